// @ts-check
/**
 * Where a list ordered by distance begins, and which districts are near another; `src/publish/html/places/start.rs` finds the same.
 *
 * Pure: no DOM, no fetch.
 *
 * @module search/start
 */

/** @typedef {import('../types.js').District} District */
/** @typedef {import('../filter.js').IndexedPlace} IndexedPlace */
/** @typedef {{name: string, at: [number, number]}} ListStart */

/** Metres. */
const EARTH_RADIUS = 6_371_008.8;

/**
 * The first of districts, 大字 and places that is called or read `from`.
 *
 * @param {string} from
 * @param {import('./types.js').SearchData} data
 * @param {readonly IndexedPlace[]} entries
 * @param {(text: string) => string} fold
 * @returns {ListStart | null}
 */
export function listStart(from, data, entries, fold) {
  const wanted = fold(from);
  if (!wanted) return null;
  const known = data.starts.find(([, names]) => names.includes(wanted));
  if (known) return { name: known[0], at: [known[2], known[3]] };
  for (const { place } of entries) {
    const { name, kana, venue } = place.properties;
    const called = fold(name) === wanted || (kana !== undefined && fold(kana) === wanted) ? name : null;
    const found = called ?? (venue !== undefined && fold(venue) === wanted ? venue : null);
    const [lon, lat] = place.geometry?.coordinates ?? [];
    if (found !== null && lon !== undefined && lat !== undefined) return { name: found, at: [lon, lat] };
  }
  return null;
}

/**
 * The great-circle distance in metres.
 *
 * @param {readonly [number, number]} a  Longitude, latitude.
 * @param {readonly [number, number]} b
 */
export function distance(a, b) {
  const radians = Math.PI / 180;
  const [north, east] = [(b[1] - a[1]) * radians, (b[0] - a[0]) * radians];
  const h = Math.sin(north / 2) ** 2 + Math.cos(a[1] * radians) * Math.cos(b[1] * radians) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * The districts nearest to one by their centres.
 *
 * @param {readonly District[]} districts
 * @param {string} id
 * @param {number} count
 * @returns {District[]}
 */
export function neighbours(districts, id, count) {
  const centre = districts.find((district) => district.id === id)?.centre;
  if (!centre) return [];
  return districts
    .flatMap((district, row) => (district.centre && district.id !== id ? [{ district, row, metres: distance(centre, district.centre) }] : []))
    .sort((a, b) => a.metres - b.metres || a.row - b.row)
    .slice(0, count)
    .map(({ district }) => district);
}
