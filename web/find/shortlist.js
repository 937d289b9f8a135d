// @ts-check
/**
 * The places that a link worker gathers for a person. Pure: every change gives a new list.
 *
 * @module find/shortlist
 */

/** @typedef {import('./types.js').Chosen} Chosen */

/**
 * @param {readonly Chosen[]} list
 * @param {{id: string, name: string, category: string}} place
 * @param {number} most
 * @returns {Chosen[] | null}  `null` where there is no room.
 */
export function added(list, { id, name, category }, most) {
  if (list.some((chosen) => chosen.id === id)) return [...list];
  return list.length < most ? [...list, { id, name, category, line: '' }] : null;
}

/**
 * @param {readonly Chosen[]} list
 * @param {string} id
 */
export function without(list, id) {
  return list.filter((chosen) => chosen.id !== id);
}

/**
 * Moves a place by one; at the ends it stays.
 *
 * @param {readonly Chosen[]} list
 * @param {string} id
 * @param {-1 | 1} step
 * @returns {Chosen[]}
 */
export function moved(list, id, step) {
  const from = list.findIndex((chosen) => chosen.id === id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= list.length) return [...list];
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/**
 * @param {readonly Chosen[]} list
 * @param {string} id
 * @param {string} line
 */
export function withLine(list, id, line) {
  return list.map((chosen) => (chosen.id === id ? { ...chosen, line } : chosen));
}
