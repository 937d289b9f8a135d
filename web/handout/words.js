// @ts-check
/**
 * Our own words with their readings, and words with furigana as elements.
 *
 * @module handout/words
 */
import { make } from '../dom.js';

/** @typedef {import('./types.js').Words} Words */
/** @typedef {(key: string, values?: Record<string, string | number | Words>) => Words} Say */

/**
 * @param {Record<string, string>} table  `{処方箋|しょほうせん}` is letters with their reading, `{name}` is filled in.
 * @returns {Say}  The words for a key, in one pass, so that a value with braces stays as it is.
 */
export function createWords(table) {
  return (key, values = {}) => {
    /** @type {Words} */
    const words = [];
    for (const [, before, inside] of (table[key] ?? key).matchAll(/([^{]*)(?:\{([^}]*)\})?/g)) {
      if (before) words.push({ text: before });
      if (inside === undefined) continue;
      const [text, reading] = inside.split('|');
      if (reading !== undefined) words.push({ text: text ?? '', reading });
      else words.push(...filled(values[inside]));
    }
    return words;
  };
}

/**
 * @param {string | number | Words | undefined} value
 * @returns {Words}
 */
function filled(value) {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [{ text: String(value) }];
}

/**
 * The letters alone.
 *
 * @param {Words} words
 */
export const plain = (words) => words.map((it) => it.text).join('');

/**
 * Words with their readings over them.
 *
 * @param {Words} words
 * @returns {DocumentFragment}
 */
export function furigana(words) {
  const line = document.createDocumentFragment();
  for (const { text, reading } of words) {
    line.append(reading ? make('ruby', {}, text, make('rp', {}, '('), make('rt', {}, reading), make('rp', {}, ')')) : text);
  }
  return line;
}
