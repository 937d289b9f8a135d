// @ts-check
/**
 * The state of the page and its address (URL state). The server reads and writes the same addresses, and
 * `tests/address-cases.json` tests both. The fragment after `#` holds the map's view, so it never reaches the server.
 *
 * Pure: no DOM, no history.
 *
 * @module state
 */

import { codesOf, wishOf } from './search/conditions.js';

/** @typedef {import('./types.js').State} State */

/** @type {Readonly<State>} */
export const START = Object.freeze({
  page: 'index', q: '', categories: [], districts: [], towns: [], when: [], facts: [], from: '', here: null, by: 'category', offset: 0, place: null, lang: 'ja', map: null, inView: false, tab: null,
});

/** Characters of a query; the server accepts no more. */
const MAX_QUERY_LENGTH = 200;
/** Categories, and districts, per address: each becomes a link that names all the others, so the page grows with their square. */
const MAX_CODES = 50;
/** Characters; longer codes are ignored, because none is as long. */
const MAX_CODE_LENGTH = 100;
const LANGS = ['ja', 'easy', 'en', 'vi'];

/** Codes of facts that may be required, as `src/index/filter/conditions.rs` has them. */
const FACTS = [
  'step_free', 'wheelchair', 'toilet', 'accessible_toilet', 'parking', 'pick_up', 'chairs', 'outdoor', 'rain_cancels', 'strenuous',
  'visit_first', 'beginners', 'met_first_time', 'alone_welcome', 'men_come', 'small_group', 'quiet', 'hearing_support', 'free_of_charge',
  'booking_needed', 'full', 'accepts_new',
];

/**
 * @template T
 * @param {T[]} items
 * @returns {T | undefined}
 */
const lastOf = (items) => items[items.length - 1];

/**
 * @param {string} search  The address from `?` on.
 * @param {string} [hash]  The address from `#` on.
 * @param {Pick<State, 'page' | 'lang'>} [file]  The page that has the address, and its language where the address names none.
 * @returns {State}
 */
export function parseState(search, hash = '', { page, lang: own } = START) {
  const query = new URLSearchParams(search);
  const lang = lastOf(query.getAll('lang').filter((code) => LANGS.includes(code)));
  return {
    ...START,
    page,
    q: [...(lastOf(query.getAll('q')) ?? '').trim()].slice(0, MAX_QUERY_LENGTH).join(''),
    categories: codes(query, 'category'),
    districts: codes(query, 'district'),
    towns: codes(query, 'town'),
    when: codesOf(wishOf(codes(query, 'when'))),
    facts: codes(query, 'fact').filter((code) => FACTS.includes(code)),
    from: [...(lastOf(query.getAll('from')) ?? '').trim()].slice(0, MAX_CODE_LENGTH).join(''),
    by: query.getAll('by').includes('district') ? 'district' : 'category',
    offset: wholeNumber(lastOf(query.getAll('offset'))),
    place: lastOf(query.getAll('place').filter(Boolean)) ?? null,
    lang: lang ?? own,
    ...parseHash(hash),
  };
}

/**
 * @param {URLSearchParams} query
 * @param {string} name
 */
function codes(query, name) {
  const all = query.getAll(name).flatMap((value) => value.split(','));
  return [...new Set(all.filter((code) => code && [...code].length <= MAX_CODE_LENGTH))].slice(0, MAX_CODES);
}

/** @param {string | undefined} text */
function wholeNumber(text) {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/**
 * @param {string} hash  E.g. `#map=11.5/35.404/134.767`.
 * @returns {Pick<State, 'map' | 'inView' | 'tab'>}
 */
function parseHash(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const numbers = (parts.get('map') ?? '').split('/').map((part) => (part === '' ? NaN : Number(part)));
  const [zoom = NaN, lat = NaN, lon = NaN] = numbers;
  const tab = parts.get('tab');
  const isValid = numbers.length === 3 && zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return { map: isValid ? { zoom, lat, lon } : null, inView: parts.get('inview') === '1', tab: tab === 'map' || tab === 'list' ? tab : null };
}

/**
 * The query of the filter alone.
 *
 * @param {State} state
 */
export function filterQuery(state) {
  const query = new URLSearchParams();
  if (state.q) query.append('q', state.q);
  state.categories.forEach((id) => query.append('category', id));
  state.districts.forEach((id) => query.append('district', id));
  state.towns.forEach((town) => query.append('town', town));
  state.when.forEach((code) => query.append('when', code));
  state.facts.forEach((code) => query.append('fact', code));
  return query;
}

/**
 * The query of the filter and the order of the list.
 *
 * @param {State} state
 */
function orderedQuery(state) {
  const query = filterQuery(state);
  if (state.from) query.append('from', state.from);
  if (state.by === 'district') query.append('by', 'district');
  return query;
}

/**
 * @param {string} path
 * @param {URLSearchParams} query
 */
function join(path, query) {
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * The file of a page in a language, as `src/publish/page_file` names it. All addresses are relative to the root of the site, where the
 * list's page is.
 *
 * @param {string} page
 * @param {string} lang
 */
export function fileOf(page, lang) {
  return lang === 'ja' ? `${page}.html` : `${page}.${lang}.html`;
}

/**
 * The address of the month with the places of this list.
 *
 * @param {State} state
 */
export function monthUrl(state) {
  return join(fileOf('month', state.lang), orderedQuery(state));
}

/**
 * The canonical address of the list in this state, without the map's view.
 *
 * @param {State} state
 */
export function listUrl(state) {
  const query = orderedQuery(state);
  if (state.offset > 0) query.append('offset', String(state.offset));
  if (state.place) query.append('place', state.place);
  return join(fileOf(state.page, state.lang), query);
}

/**
 * The address of the whole state, with the map's view.
 *
 * @param {State} state
 */
export function stateUrl(state) {
  /** @type {string[]} */
  const hash = [];
  if (state.map) hash.push(`map=${state.map.zoom.toFixed(2)}/${state.map.lat.toFixed(5)}/${state.map.lon.toFixed(5)}`);
  if (state.inView) hash.push('inview=1');
  if (state.tab) hash.push(`tab=${state.tab}`);
  return listUrl(state) + (hash.length > 0 ? `#${hash.join('&')}` : '');
}

/**
 * The address of a place's page; its link back leads to this list.
 *
 * @param {State} state
 * @param {string} id
 */
export function placeUrl(state, id) {
  return join(fileOf(`places/${segment(id)}`, state.lang), orderedQuery(state));
}

/**
 * The address of exactly the places of this list in a format.
 *
 * @param {State} state
 * @param {string} [format] the ending of its files
 */
export function dataUrl(state, format = 'geojson') {
  const [category, district] = [state.categories[0], state.districts[0]];
  if (state.q || state.towns.length > 0 || state.when.length > 0 || state.facts.length > 0 || state.categories.length > 1 || state.districts.length > 1) {
    const query = filterQuery(state);
    // Features come page by page, downloads whole.
    if (format === 'geojson') query.append('limit', '10000');
    else query.append('f', format);
    return join('collections/places/items', query);
  }
  if (!category && !district) return `places.${format}`;
  return [...(category ? ['categories', segment(category)] : []), ...(district ? ['districts', segment(district)] : [])].join('/') + `.${format}`;
}

/**
 * The address of the same list on paper.
 *
 * @param {State} state
 */
export function printUrl(state) {
  const [district, ...others] = state.districts;
  const query = filterQuery(state);
  if (district && others.length === 0 && [...query].length === 1) return fileOf(`print/districts/${segment(district)}`, state.lang);
  return join(fileOf('print', state.lang), query);
}

/** @param {string} id */
function segment(id) {
  return new URLSearchParams([['', id]]).toString().slice(1).replaceAll('+', '%20');
}

/**
 * `list` with `id` if it was not in it, without it if it was.
 *
 * @param {readonly string[]} list
 * @param {string} id
 */
export function toggled(list, id) {
  return list.includes(id) ? list.filter((other) => other !== id) : [...list, id];
}
