// @ts-check
/**
 * Where on the map a person starts. Pure.
 *
 * @module find/start
 */

/**
 * @param {import('./types.js').Start | null} from
 * @param {import('./types.js').FindData} data
 * @param {string | null} name  What the server understood it as.
 * @returns {[number, number] | null}  Longitude, latitude; `null` where nobody knows.
 */
export function startPosition(from, data, name) {
  if (!from) return null;
  if ('position' in from) return from.position;
  if ('district' in from) return data.districts.find(({ id }) => id === from.district)?.centre ?? null;
  return data.towns.find(([town]) => town === (name ?? from.town))?.[1] ?? null;
}
