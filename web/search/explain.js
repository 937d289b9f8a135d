// @ts-check
/**
 * What is said about an answer: how a query was understood, what else there is, and why there is nothing. The server says the same
 * (`src/publish/html/places/explain.rs`), and a browser test compares both.
 *
 * @module search/explain
 */

import { make } from '../dom.js';
import { formatNumber } from '../format.js';
import { listUrl, toggled } from '../state.js';
import { toggledWhen } from './conditions.js';
import { neighbours } from './start.js';

/** @typedef {import('../types.js').State} State */
/** @typedef {import('../i18n.js').Translate} Translate */
/** @typedef {{data: import('../types.js').PageData, text: Translate}} PageContext */
/** @typedef {import('./types.js').UnderstoodWord} UnderstoodWord */

const MAX_NEIGHBOURS = 3;
const MAX_EXPLAINED = 10;

/**
 * How the words of a query were understood, where that is more than as text.
 *
 * @param {readonly UnderstoodWord[]} words
 * @param {Translate} text
 * @param {(text: string) => string} fold
 */
export function understoodText(words, text, fold) {
  const said = words.flatMap((word) => {
    if (word.kind === 'ignored') return [text('search.ignored', { word: word.written })];
    const meaning = meaningOf(word, text);
    return meaning && fold(meaning) !== fold(word.written) ? [text('search.understood', { word: word.written, meaning })] : [];
  });
  return said.join(text('search.understood_between'));
}

/**
 * @param {UnderstoodWord} word
 * @param {Translate} text
 */
function meaningOf(word, text) {
  if (word.kind === 'interest') return word.terms.join('・');
  if (word.kind === 'when') return text(`when.${word.code}`);
  return word.kind === 'fact' ? text(`access.${word.code}`) : '';
}

/**
 * How many places more there are, beside those that certainly fit.
 *
 * @param {{near: readonly unknown[], unknown: readonly unknown[]}} answer
 * @param {Translate} text
 */
export function moreText({ near, unknown }, text) {
  return [
    ...(near.length > 0 ? [text('list.more_near', { n: formatNumber(near.length) })] : []),
    ...(unknown.length > 0 ? [text('list.more_unknown', { n: formatNumber(unknown.length) })] : []),
  ].join(' ');
}

/**
 * The districts beside the one chosen, with what each of them has.
 *
 * @param {State} state
 * @param {Map<string, number>} byDistrict
 * @param {PageContext} context
 */
export function nearbyDistricts(state, byDistrict, { data, text }) {
  const [chosen] = state.districts;
  if (chosen === undefined || state.districts.length !== 1) return [];
  const near = neighbours(data.districts, chosen, MAX_NEIGHBOURS);
  if (near.length === 0) return [];
  const start = { ...state, offset: 0, place: null };
  return [
    make('p', { class: 'note' }, text('filter.nearby')),
    make('ul', { class: 'chips' }, ...near.map(({ id, name }) => make('li', {},
      make('a', { class: 'chip', href: listUrl({ ...start, districts: toggled(state.districts, id) }) },
        make('span', {}, name), ' ', make('span', { class: 'n' }, formatNumber(byDistrict.get(id) ?? 0)))))),
  ];
}

/**
 * In place of an empty list: which condition empties it, with a link to the list without that one, and whom to call.
 *
 * @param {State} state
 * @param {readonly UnderstoodWord[]} words
 * @param {boolean} hasMore  Whether there are places near it, or of which it is not known.
 * @param {(state: State) => number} countOf
 * @param {PageContext} context
 */
export function nothingFound(state, words, hasMore, countOf, context) {
  const { data, text } = context;
  const helpful = conditions(state, words, context).slice(0, MAX_EXPLAINED)
    .map(([name, without]) => ({ name, url: listUrl(without), n: countOf(without) })).filter(({ n }) => n > 0);
  return make('div', { class: 'none' },
    make('p', {}, text(hasMore ? 'list.none_certain' : 'list.none')),
    helpful.length > 0 ? make('ul', { class: 'chips' }, ...helpful.map(({ name, url, n }) => make('li', {},
      make('a', { class: 'chip', href: url }, text('list.without', { name, n: formatNumber(n) }))))) : null,
    data.office ? make('p', {}, text('list.ask_office', { office: data.office.name }), ' ',
      make('a', { href: `tel:${data.office.number}` }, data.office.phone)) : null);
}

/**
 * Every condition by its name, with the state without it.
 *
 * @param {State} state
 * @param {readonly UnderstoodWord[]} words
 * @param {PageContext} context
 * @returns {[string, State][]}
 */
function conditions(state, words, { data, text }) {
  const start = { ...state, offset: 0, place: null };
  /** @param {number} at */
  const queryWithout = (at) => words.filter((_, i) => i !== at).map((word) => word.written).join(' ');
  return [
    ...words.flatMap((word, at) => (word.kind === 'ignored' ? [] : [/** @type {[string, State]} */ ([`「${word.written}」`, { ...start, q: queryWithout(at) }])])),
    ...state.categories.map((id) => /** @type {[string, State]} */ ([
      data.categories.find((row) => row.id === id)?.name ?? id, { ...start, categories: toggled(state.categories, id) }])),
    ...state.districts.map((id) => /** @type {[string, State]} */ ([
      data.districts.find((row) => row.id === id)?.name ?? id, { ...start, districts: toggled(state.districts, id) }])),
    ...state.towns.map((town) => /** @type {[string, State]} */ ([town, { ...start, towns: toggled(state.towns, town) }])),
    ...state.when.map((code) => /** @type {[string, State]} */ ([text(`when.${code}`), { ...start, when: toggledWhen(state.when, code) }])),
    ...state.facts.map((code) => /** @type {[string, State]} */ ([text(`access.${code}`), { ...start, facts: toggled(state.facts, code) }])),
  ];
}
