// @ts-check
/**
 * Autocomplete: ranks suggestions for the beginning of a word. Pure.
 *
 * @module find/suggest
 */

/**
 * @typedef {object} Suggestion
 * @property {string} value  What is entered when it is selected.
 * @property {string} label
 * @property {string} note  Beside the label.
 *
 * @typedef {Suggestion & {words: string[]}} SuggestionEntry  `words` are folded; the first is its own name.
 */

const MAX_SUGGESTIONS = 8;

/**
 * Exact matches, then prefix matches, then substring matches; a tie keeps the order of `entries`.
 *
 * @param {readonly SuggestionEntry[]} entries
 * @param {string} folded  The typed text, folded.
 * @returns {Suggestion[]}
 */
export function suggest(entries, folded) {
  if (folded === '') return [];
  const ranked = entries.map((entry, nth) => ({ entry, nth, rank: rankOf(entry, folded) })).filter(({ rank }) => rank < 4);
  return ranked.sort((a, b) => a.rank - b.rank || a.nth - b.nth).slice(0, MAX_SUGGESTIONS).map(({ entry }) => entry);
}

/**
 * @param {SuggestionEntry} entry
 * @param {string} folded
 */
function rankOf({ words }, folded) {
  if (words.includes(folded)) return 0;
  if (words[0]?.startsWith(folded)) return 1;
  if (words.some((word) => word.startsWith(folded))) return 2;
  return words.some((word) => word.includes(folded)) ? 3 : 4;
}

/**
 * The terms of the thesaurus, found by kanji, reading and synonyms.
 *
 * @param {import('./types.js').FindData['terms']} terms
 * @param {(text: string) => string} fold
 * @returns {SuggestionEntry[]}
 */
export function termEntries(terms, fold) {
  return terms.map(([term, reading, synonyms]) => ({
    value: term, label: term, note: reading === term ? '' : reading, words: [term, reading, ...synonyms].map(fold),
  }));
}

/**
 * Districts and areas (大字), found by name and by reading.
 *
 * @param {import('./types.js').FindData} data
 * @param {{district: string, town: string}} kinds
 * @param {(text: string) => string} fold
 * @returns {SuggestionEntry[]}
 */
export function startEntries({ districts, towns }, kinds, fold) {
  return [
    ...districts.filter(({ centre }) => centre !== null).map(({ id, name, kana }) => ({ value: `district:${id}`, label: name, note: kinds.district, words: [name, kana ?? name].map(fold) })),
    ...towns.map(([name, , kana]) => ({ value: `town:${name}`, label: name, note: kinds.town, words: [name, kana ?? name].map(fold) })),
  ];
}
