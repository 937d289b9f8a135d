// @ts-check
/**
 * Full-text search and faceted filtering: which places list and map show, how surely, and the counts on the chips.
 *
 * Pure: no DOM, no fetch, no map. List and map both draw what {@link select} returns, so the two can never disagree.
 *
 * @module filter
 */

import { FIT, fitOfFact, fitOfTimes, isAnyTime, withCode, anyTime, wishOf } from './search/conditions.js';
import { nextDates, timesOf, weekdayOf } from './search/dates.js';
import { occursIn } from './search/query.js';

/** @typedef {import('./types.js').Place} Place */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./search/types.js').SearchData} SearchData */
/** @typedef {import('./search/types.js').UnderstoodWord} UnderstoodWord */
/**
 * A place with its folded search text, its sort key, its times and facts, and what its card says beyond the list's own words.
 *
 * @typedef {object} IndexedPlace
 * @property {Place} place
 * @property {string} searchText
 * @property {string} reading
 * @property {number[] | undefined} times
 * @property {number} yes
 * @property {number} known
 * @property {import('./search/dates.js').PlaceDate | null} next
 * @property {[string, boolean] | null} spoken
 * @property {SearchData['names'][number] | null} names
 */

/**
 * Builds the search index. A place is found by its own text, by how it is read, and by the names of its category and district.
 *
 * @param {readonly Place[]} places
 * @param {(text: string) => string} fold
 * @param {Pick<import('./types.js').PageData, 'categories' | 'districts'>} tables
 * @param {SearchData} search
 * @param {string} now  The time in Japan.
 * @returns {IndexedPlace[]}
 */
export function indexPlaces(places, fold, { categories, districts }, search, now) {
  const categoryNames = new Map(categories.map(({ id, words }) => [id, words.map(fold).join('\n')]));
  const times = search.dates.map((dates) => timesOf(dates, search.first, now.slice(0, 10)));
  const next = search.dates.map((dates) => nextDates(dates, search.first, now, 1)[0] ?? null);
  const districtNames = new Map(districts.map(({ id, name, kana, town }) => [
    id, [name, town, kana, search.districtLatin[id]].map((word) => fold(word ?? '')).join('\n')]));
  return places.map((place, row) => {
    const p = place.properties;
    const [number = -1, yes = 0, known = 0, readings = ''] = search.places[row] ?? [];
    const texts = [...search.fields.flatMap((path) => textsAt(p, path)), readings];
    const lines = texts.flatMap((text) => text.split('\n')).map(fold);
    const searchText = [...lines, categoryNames.get(p.category), districtNames.get(p.district ?? '')].join('\n');
    return {
      place, searchText, reading: fold(p.kana ?? p.name), times: times[number], yes, known,
      next: next[number] ?? null, spoken: search.spoken[number] ?? null, names: search.names[row] ?? null,
    };
  });
}

/**
 * The texts at a path of the properties; those of `access` are the words of its answers.
 *
 * @param {Record<string, unknown>} properties
 * @param {string} path
 * @returns {string[]}
 */
function textsAt(properties, path) {
  if (path === 'access') {
    const answers = /** @type {Record<string, {words?: string}>} */ (properties['access'] ?? {});
    return Object.values(answers).map((answer) => answer.words ?? '');
  }
  const [name = '', inner] = path.split('.');
  const value = inner ? /** @type {Record<string, unknown>} */ (properties[name] ?? {})[inner] : properties[name];
  return [value].flat().filter((text) => typeof text === 'string');
}

/**
 * The filter of a state, with the words of its query as they are understood.
 *
 * @param {Pick<State, 'categories' | 'districts' | 'towns' | 'when' | 'facts'>} state
 * @param {readonly UnderstoodWord[]} words
 * @param {SearchData} search
 * @param {ReadonlySet<string>} compounds
 * @param {string} now  The time in Japan.
 */
export function createFilter(state, words, search, compounds, now) {
  /** @param {string} code */
  const bit = (code) => 1 << search.facts.indexOf(code);
  const typedWhen = words.filter((word) => word.kind === 'when');
  return {
    categories: state.categories,
    districts: state.districts,
    towns: state.towns,
    when: wishOf(state.when),
    facts: state.facts.filter((code) => search.facts.includes(code)).map(bit),
    found: words.filter((word) => word.kind === 'text' || word.kind === 'interest'),
    typedWhen: typedWhen.map((word) => word.code).reduce(withCode, anyTime()),
    typedWhenWords: typedWhen.flatMap((word) => word.same),
    typedFacts: words.filter((word) => word.kind === 'fact').map((word) => ({ bit: bit(word.code), word: word.same[0] ?? '' })),
    weekday: weekdayOf(now.slice(0, 10)),
    compounds,
  };
}

/** @typedef {ReturnType<typeof createFilter>} Filter */

/**
 * How far a place passes; of several conditions, the worst counts.
 *
 * @param {IndexedPlace} entry
 * @param {Filter} filter
 */
export function fitOf(entry, filter) {
  if (!passesTables(entry, filter)) return FIT.never;
  const { words, typedFacts, typedWhen, chosen } = fitsOf(entry, filter);
  return Math.max(FIT.certain, ...words, ...typedFacts, ...chosen, ...typedWhen);
}

/**
 * Whether a place is of the chosen categories, districts and towns.
 *
 * @param {IndexedPlace} entry
 * @param {Filter} filter
 */
function passesTables({ place }, filter) {
  const { category, district, town } = place.properties;
  return (filter.towns.length === 0 || filter.towns.includes(town ?? '')) &&
    (filter.categories.length === 0 || filter.categories.includes(category)) &&
    (filter.districts.length === 0 || (district !== undefined && filter.districts.includes(district)));
}

/**
 * How far a place passes each condition: those typed by word, and those chosen.
 *
 * @param {IndexedPlace} entry
 * @param {Filter} filter
 */
function fitsOf(entry, filter) {
  const { searchText, times, yes, known } = entry;
  /** @param {string} text */
  const occurs = (text) => occursIn(searchText, text, filter.compounds);
  const words = filter.found.map((word) => fitOfWord(word, occurs));
  const facts = filter.facts.map((bit) => fitOfFact(yes, known, bit));
  const typedFacts = filter.typedFacts.map(({ bit, word }) => typed(fitOfFact(yes, known, bit), occurs(word)));
  const when = fitOfTimes(times, filter.when, filter.weekday);
  const typedWhen = isAnyTime(filter.typedWhen) ? [] : [typed(
    fitOfTimes(times, filter.typedWhen, filter.weekday), filter.typedWhenWords.every(occurs))];
  return { words, typedFacts, typedWhen, chosen: [...facts, when] };
}

/**
 * How much of a query a word that a place fits stands for: what one wants to do weighs more than where, either more than when and how.
 *
 * @param {UnderstoodWord | undefined} word
 * @param {number} fit
 */
function shareOf(word, fit) {
  const weight = word?.kind === 'interest' ? 3 : 2;
  if (fit === FIT.certain) return weight;
  return fit === FIT.near ? weight - 1 : 0;
}

/**
 * Where no place fits all that was typed: those that pass what was chosen and fit the most of it.
 *
 * @param {readonly IndexedPlace[]} entries
 * @param {Filter} filter
 */
function nearestToAll(entries, filter) {
  let most = 1;
  /** @type {IndexedPlace[]} */
  let best = [];
  for (const entry of entries) {
    if (!passesTables(entry, filter)) continue;
    const { words, typedFacts, typedWhen, chosen } = fitsOf(entry, filter);
    if (chosen.some((fit) => fit !== FIT.certain)) continue;
    const n = words.reduce((sum, fit, nth) => sum + shareOf(filter.found[nth], fit), /** @type {number} */ (0)) + [...typedFacts, ...typedWhen].filter((fit) => fit === FIT.certain).length;
    if (n > most) [most, best] = [n, []];
    if (n === most) best.push(entry);
  }
  return best;
}

/**
 * @param {UnderstoodWord} word
 * @param {(text: string) => boolean} occurs
 */
function fitOfWord(word, occurs) {
  if (word.same.some(occurs)) return FIT.certain;
  return word.near.some(occurs) ? FIT.near : FIT.never;
}

/**
 * How a typed condition fits: what is not known may still be written as it was typed.
 *
 * @param {number} fit
 * @param {boolean} isWritten
 */
function typed(fit, isWritten) {
  return fit === FIT.unknown && isWritten ? FIT.certain : fit;
}

/**
 * The places that pass, parted by how surely, and the facet counts: how many each chip would leave within the other filters.
 *
 * @param {readonly IndexedPlace[]} entries
 * @param {Filter} filter
 */
export function select(entries, filter) {
  /** @type {[IndexedPlace[], IndexedPlace[], IndexedPlace[]]} */
  const parts = [[], [], []];
  const byCategory = new Map();
  const byDistrict = new Map();
  const byTown = new Map();
  const anyTable = { ...filter, categories: [], districts: [], towns: [] };
  for (const entry of entries) {
    const { category, district, town } = entry.place.properties;
    const fit = fitOf(entry, anyTable);
    if (fit === FIT.never) continue;
    const inCategory = filter.categories.length === 0 || filter.categories.includes(category);
    const inDistrict = filter.districts.length === 0 || (district !== undefined && filter.districts.includes(district));
    const inTown = filter.towns.length === 0 || filter.towns.includes(town ?? '');
    if (inCategory && inDistrict && inTown) parts[fit]?.push(entry);
    if (fit !== FIT.certain) continue;
    if (inDistrict && inTown) increment(byCategory, category);
    if (inCategory && inTown && district !== undefined) increment(byDistrict, district);
    if (inCategory && inDistrict && town !== undefined) increment(byTown, town);
  }
  const [certain, near, unknown] = parts;
  const wishes = filter.found.length + filter.typedFacts.length + (isAnyTime(filter.typedWhen) ? 0 : 1);
  if (wishes > 1 && parts.every((part) => part.length === 0)) near.push(...nearestToAll(entries, filter));
  return { certain, near, unknown, byCategory, byDistrict, byTown };
}

/** @typedef {ReturnType<typeof select>} Answer */

/**
 * @param {Map<string, number>} counts
 * @param {string} key
 */
function increment(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/**
 * Whether a place lies within a bounding box.
 *
 * @param {Place} place
 * @param {[number, number, number, number]} bbox  West, south, east, north in degrees.
 */
export function isWithin(place, [west, south, east, north]) {
  if (!place.geometry) return false;
  const [lon = NaN, lat = NaN] = place.geometry.coordinates;
  return lon >= west && lon <= east && lat >= south && lat <= north;
}
