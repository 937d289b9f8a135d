// @ts-check
/**
 * The start point as a position on the map. Pure.
 *
 * @module find/start-point
 */

/**
 * @param {import('./types.js').StartPoint | null} from
 * @param {import('./types.js').FindData} data
 * @param {string | null} resolvedName  Its name as the server resolved it.
 * @returns {[number, number] | null}  Longitude, latitude; `null` where the page knows no position.
 */
export function startPosition(from, data, resolvedName) {
  if (!from) return null;
  if ('position' in from) return from.position;
  if ('district' in from) return data.districts.find(({ id }) => id === from.district)?.centre ?? null;
  return data.towns.find(([town]) => town === (resolvedName ?? from.town))?.[1] ?? null;
}
