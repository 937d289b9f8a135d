// @ts-check
/**
 * The search over the loaded places: one answer per state, and where its list begins.
 *
 * @module search/search
 */

import { createFilter, indexPlaces, select } from '../filter.js';
import { createFold } from '../fold.js';
import { timeInJapan } from './dates.js';
import { compoundsOf, createVocabulary, occursIn, understandQuery } from './query.js';
import { listStart } from './start.js';

/** @typedef {import('../types.js').State} State */

/**
 * @param {import('../load.js').LoadedPlaces} loaded
 * @param {import('../types.js').PageData} data
 */
export function createSearch({ places, table, search }, data) {
  const fold = createFold(table);
  const vocabulary = createVocabulary(search);
  const now = timeInJapan(Date.now());
  const entries = indexPlaces(places, fold, data, search, now);
  const compounds = compoundsOf(search.compounds);
  const names = [...data.categories.flatMap((row) => row.words), ...data.districts.flatMap((row) => [
    row.name, row.kana ?? '', row.town ?? '', search.districtLatin[row.id] ?? ''])].map(fold);
  /** @param {string} folded */
  const occurs = (folded) => names.some((name) => occursIn(name, folded, compounds)) || entries.some((entry) => occursIn(entry.searchText, folded, compounds));
  /** @param {State} state */
  const answer = (state) => {
    const words = state.q ? understandQuery(state.q, vocabulary, fold, occurs) : [];
    return { words, answer: select(entries, createFilter(state, words, search, compounds, now)) };
  };
  return {
    entries, fold, answer,
    /** @param {State} state */
    countOf: (state) => answer(state).answer.certain.length,
    /** @param {State} state */
    start: (state) => (state.here ? { name: '', at: state.here } : listStart(state.from, search, entries, fold)),
  };
}
