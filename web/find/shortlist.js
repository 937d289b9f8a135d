// @ts-check
/**
 * The shortlist that a link worker makes for a person. Pure: every change returns a new list.
 *
 * @module find/shortlist
 */

/** @typedef {import('./types.js').ShortlistItem} ShortlistItem */

/**
 * @param {readonly ShortlistItem[]} list
 * @param {{id: string, name: string, category: string}} place
 * @param {number} max
 * @returns {ShortlistItem[] | null}  `null` where the list is full.
 */
export function added(list, { id, name, category }, max) {
  if (list.some((item) => item.id === id)) return [...list];
  return list.length < max ? [...list, { id, name, category, line: '' }] : null;
}

/**
 * @param {readonly ShortlistItem[]} list
 * @param {string} id
 */
export function without(list, id) {
  return list.filter((item) => item.id !== id);
}

/**
 * Moves a place by one; at the ends it stays.
 *
 * @param {readonly ShortlistItem[]} list
 * @param {string} id
 * @param {-1 | 1} step
 * @returns {ShortlistItem[]}
 */
export function moved(list, id, step) {
  const from = list.findIndex((item) => item.id === id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= list.length) return [...list];
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/**
 * @param {readonly ShortlistItem[]} list
 * @param {string} id
 * @param {string} line
 */
export function withLine(list, id, line) {
  return list.map((item) => (item.id === id ? { ...item, line } : item));
}
