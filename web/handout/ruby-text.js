// @ts-check
/**
 * Text with furigana (ruby): our messages with readings, and ruby elements.
 *
 * @module handout/ruby-text
 */
import { make } from '../dom.js';

/** @typedef {import('./types.js').RubyText} RubyText */
/** @typedef {(key: string, values?: Record<string, string | number | RubyText>) => RubyText} RubyMessages */

/**
 * @param {Record<string, string>} table  `{処方箋|しょほうせん}` is characters with their reading, `{name}` a placeholder.
 * @returns {RubyMessages}  One pass per message, so that braces in a value stay as they are.
 */
export function createRubyMessages(table) {
  return (key, values = {}) => {
    /** @type {RubyText} */
    const parts = [];
    for (const [, before, inside] of (table[key] ?? key).matchAll(/([^{]*)(?:\{([^}]*)\})?/g)) {
      if (before) parts.push({ text: before });
      if (inside === undefined) continue;
      const [text, reading] = inside.split('|');
      if (reading !== undefined) parts.push({ text: text ?? '', reading });
      else parts.push(...toRuby(values[inside]));
    }
    return parts;
  };
}

/**
 * @param {string | number | RubyText | undefined} value
 * @returns {RubyText}
 */
function toRuby(value) {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [{ text: String(value) }];
}

/**
 * The characters without their readings.
 *
 * @param {RubyText} text
 */
export const plain = (text) => text.map((part) => part.text).join('');

/**
 * `<ruby>` elements.
 *
 * @param {RubyText} rubyText
 * @returns {DocumentFragment}
 */
export function furigana(rubyText) {
  const fragment = document.createDocumentFragment();
  for (const { text, reading } of rubyText) {
    fragment.append(reading ? make('ruby', {}, text, make('rp', {}, '('), make('rt', {}, reading), make('rp', {}, ')')) : text);
  }
  return fragment;
}
