// @ts-check
/**
 * What somebody may mean who has typed the beginning of a word. Pure.
 *
 * @module find/suggest
 */

/**
 * @typedef {object} Suggestion
 * @property {string} value  What is taken.
 * @property {string} label
 * @property {string} note  What stands beside it.
 *
 * @typedef {Suggestion & {words: string[]}} Entry  With its words, folded: the first is its own.
 */

const MOST = 8;

/**
 * Words that begin so come first, then those that hold it; in the order of `entries` otherwise.
 *
 * @param {readonly Entry[]} entries
 * @param {string} folded  What was typed.
 * @returns {Suggestion[]}
 */
export function suggest(entries, folded) {
  if (folded === '') return [];
  const ranked = entries.map((entry, nth) => ({ entry, nth, rank: rankOf(entry, folded) })).filter(({ rank }) => rank < 4);
  return ranked.sort((a, b) => a.rank - b.rank || a.nth - b.nth).slice(0, MOST).map(({ entry }) => entry);
}

/**
 * @param {Entry} entry
 * @param {string} folded
 */
function rankOf({ words }, folded) {
  if (words.includes(folded)) return 0;
  if (words[0]?.startsWith(folded)) return 1;
  if (words.some((word) => word.startsWith(folded))) return 2;
  return words.some((word) => word.includes(folded)) ? 3 : 4;
}

/**
 * The terms of the thesaurus, by kanji, reading and other words.
 *
 * @param {import('./types.js').FindData['terms']} terms
 * @param {(text: string) => string} fold
 * @returns {Entry[]}
 */
export function termEntries(terms, fold) {
  return terms.map(([term, reading, synonyms]) => ({
    value: term, label: term, note: reading === term ? '' : reading, words: [term, reading, ...synonyms].map(fold),
  }));
}

/**
 * Districts and 大字, also by how they are read and without the former town before them.
 *
 * @param {import('./types.js').FindData} data
 * @param {{district: string, town: string}} kinds
 * @param {(text: string) => string} fold
 * @returns {Entry[]}
 */
export function startEntries({ districts, towns }, kinds, fold) {
  return [
    ...districts.map(({ id, name, kana }) => ({ value: `district:${id}`, label: name, note: kinds.district, words: [name, kana ?? name].map(fold) })),
    ...towns.map(([name, , kana]) => ({ value: `town:${name}`, label: name, note: kinds.town, words: [name, kana ?? name].map(fold) })),
  ];
}
