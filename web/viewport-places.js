// @ts-check
/**
 * Viewport loading, for a city with too many places to load them all: the places within the map's bounds, and the counts per
 * district from the server's page.
 *
 * @module viewport-places
 */

import { filterQuery } from './state.js';

/** @typedef {import('./types.js').Place} Place */
/** @typedef {import('./types.js').State} State */

/** From this zoom on, the viewport holds few enough places to draw them. */
export const MIN_PLACES_ZOOM = 12;
/** Places per request. */
const LIMIT = 2000;

/** @type {AbortController | null} */
let request = null;

/**
 * The places in `bbox` that pass the filter of `state`. A new request aborts the one before.
 *
 * @param {State} state
 * @param {[number, number, number, number]} bbox  West, south, east, north in degrees.
 * @returns {Promise<Place[]>}
 */
export async function fetchPlacesIn(state, bbox) {
  request?.abort();
  request = new AbortController();
  const response = await fetch(viewportUrl(state, bbox), { signal: request.signal });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return (await response.json()).features;
}

/**
 * @param {State} state
 * @param {[number, number, number, number]} bbox
 */
export function viewportUrl(state, bbox) {
  const query = filterQuery(state);
  query.set('bbox', bbox.map((degrees) => degrees.toFixed(5)).join());
  query.set('limit', String(LIMIT));
  return `collections/places/items?${query}`;
}

/** The counts on the server's chips, by district. */
export function countsFromChips() {
  const chips = [...document.querySelectorAll('a[data-district]')];
  return new Map(chips.map((chip) => [
    chip.getAttribute('data-district') ?? '', Number(chip.querySelector('.n')?.textContent?.replaceAll(',', '') ?? 0)]));
}
