// @ts-check
/**
 * Full-text search and faceted filtering: which places list and map show, and the counts on the chips.
 *
 * Pure: no DOM, no fetch, no map. List and map both draw what {@link select} returns, so the two can never disagree.
 *
 * @module filter
 */

/** @typedef {import('./types.js').Place} Place */
/** @typedef {import('./types.js').State} State */
/** @typedef {{place: Place, searchText: string, reading: string}} IndexedPlace  A place with its folded search text and sort key. */

/**
 * Builds the search index. A place is found by its own text and by the names of its category, in any language, and of its district.
 *
 * @param {readonly Place[]} places
 * @param {(text: string) => string} fold
 * @param {Pick<import('./types.js').PageData, 'categories' | 'districts'>} tables
 * @returns {IndexedPlace[]}
 */
export function indexPlaces(places, fold, { categories, districts }) {
  const categoryNames = new Map(categories.map(({ id, words }) => [id, words.map(fold).join('\n')]));
  const districtNames = new Map(districts.map(({ id, name }) => [id, fold(name)]));
  return places.map((place) => {
    const p = place.properties;
    const fields = [
      p.name, p.kana, ...(p.tags ?? []), ...(p.interests ?? []), p.organization, p.venue, p.address, p.description,
    ];
    const ownText = fields.filter((field) => field !== undefined).map(fold).join('\n');
    const searchText = [ownText, categoryNames.get(p.category), districtNames.get(p.district ?? '')].join('\n');
    return { place, searchText, reading: fold(p.kana ?? p.name) };
  });
}

/**
 * The folded words of a query; a place must contain all of them.
 *
 * @param {string} text
 * @param {(text: string) => string} fold
 */
export function searchWords(text, fold) {
  return text.split(/\p{White_Space}+/u).map(fold).filter(Boolean);
}

/**
 * @param {IndexedPlace} entry
 * @param {Pick<State, 'categories' | 'districts'>} state
 * @param {readonly string[]} words
 */
function passes(entry, state, words) {
  const p = entry.place.properties;
  return (state.categories.length === 0 || state.categories.includes(p.category)) &&
    (state.districts.length === 0 || (p.district !== undefined && state.districts.includes(p.district))) &&
    words.every((word) => entry.searchText.includes(word));
}

/**
 * The places that pass, and the facet counts: how many each chip would leave within the other filters.
 *
 * @param {readonly IndexedPlace[]} entries
 * @param {Pick<State, 'categories' | 'districts'>} state
 * @param {readonly string[]} words
 */
export function select(entries, state, words) {
  /** @type {IndexedPlace[]} */
  const selected = [];
  const byCategory = new Map();
  const byDistrict = new Map();
  const anyCategory = { ...state, categories: [] };
  const anyDistrict = { ...state, districts: [] };
  for (const entry of entries) {
    const { category, district } = entry.place.properties;
    if (passes(entry, state, words)) selected.push(entry);
    if (passes(entry, anyCategory, words)) increment(byCategory, category);
    if (district !== undefined && passes(entry, anyDistrict, words)) increment(byDistrict, district);
  }
  return { selected, byCategory, byDistrict };
}

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
