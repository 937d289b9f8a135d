// @ts-check
/**
 * Where there are too many places to load them all: the places of the part that the map shows, and the numbers of the
 * districts as the server's page has them.
 *
 * @module area
 */

import { filterQuery } from './state.js';

/** @typedef {import('./types.js').Place} Place */
/** @typedef {import('./types.js').State} State */

/** From here on the part that a map shows holds few enough places to draw them. */
export const NEAR_ZOOM = 12;
const MOST = 2000;

/** @type {AbortController | null} */
let loading = null;

/**
 * The places in `bbox` that pass the filter of `state`; the last question asked is the one that is answered.
 *
 * @param {State} state
 * @param {[number, number, number, number]} bbox  West, south, east, north in degrees.
 * @returns {Promise<Place[]>}
 */
export async function placesIn(state, bbox) {
  loading?.abort();
  loading = new AbortController();
  const response = await fetch(areaUrl(state, bbox), { signal: loading.signal });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return (await response.json()).features;
}

/**
 * @param {State} state
 * @param {[number, number, number, number]} bbox
 */
export function areaUrl(state, bbox) {
  const query = filterQuery(state);
  query.set('bbox', bbox.map((degrees) => degrees.toFixed(5)).join());
  query.set('limit', String(MOST));
  return `/collections/places/items?${query}`;
}

/** The numbers on the server's chips, by district. */
export function countsOnChips() {
  const chips = [...document.querySelectorAll('a[data-district]')];
  return new Map(chips.map((chip) => [
    chip.getAttribute('data-district') ?? '', Number(chip.querySelector('.n')?.textContent?.replaceAll(',', '') ?? 0)]));
}
