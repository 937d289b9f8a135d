// @ts-check
/**
 * An answer as the page shows it: groups in their order, so many of each, numbered where they are on the map. Pure.
 *
 * @module find/groups
 */

/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Hit} Hit */
/** @typedef {import('./types.js').Group} Group */

/**
 * @typedef {object} Shown  A stretch of a group.
 * @property {string} key
 * @property {{hit: Hit, number: number | null}[]} hits
 * @property {number} count  How many there are.
 * @property {number} more  How many are not shown.
 *
 * @typedef {object} Section  Groups that stand under one heading.
 * @property {string} key
 * @property {Shown[]} parts
 * @property {number} count
 * @property {boolean} open  Whether it is unfolded where nobody has said otherwise.
 */

/** So many places of a group are shown first, and so many more at a time. */
export const STEP = 10;
/** The server gives no more of a group. */
export const MOST = 100;

const PLACELESS = /** @type {const} */ (['phone', 'visits', 'online', 'roaming']);

/**
 * @param {Answer} answer
 * @param {(key: string) => number} wanted  How many places of a group are to be shown.
 * @returns {Section[]}  Those that have something in them, and always what fits.
 */
export function sectionsOf(answer, wanted) {
  let last = 0;
  /**
   * @param {string} key
   * @param {Group} group
   * @returns {Shown}
   */
  const part = (key, { count, hits }) => {
    const shown = hits.slice(0, wanted(key));
    return {
      key, count, more: count - shown.length,
      hits: shown.map((hit) => ({ hit, number: hit.position ? (last += 1) : null })),
    };
  };
  const { fits, others, farther, placeless } = answer;
  const sections = [
    section('fits', [part('fits', fits)], true),
    section('others', [part('others', others)], fits.count === 0),
    section('farther', [part('farther', farther)], anyMatches(farther)),
    section('placeless', PLACELESS.filter((key) => placeless[key].count > 0).map((key) => part(key, placeless[key])),
      PLACELESS.some((key) => anyMatches(placeless[key]))),
    section('unlocated', [part('unlocated', placeless.unlocated)], anyMatches(placeless.unlocated)),
  ];
  return sections.filter(({ key, count }) => key === 'fits' || count > 0);
}

/**
 * @param {string} key
 * @param {Shown[]} parts
 * @param {boolean} open
 * @returns {Section}
 */
function section(key, parts, open) {
  return { key, parts, open, count: parts.reduce((sum, { count }) => sum + count, 0) };
}

/** @param {Group} group  Whether something of it is what the person named. */
function anyMatches({ hits }) {
  return hits.some(({ matches }) => matches);
}

/**
 * What the map shows of it: places on one spot are one mark with all their numbers, the best first.
 *
 * @param {readonly Section[]} sections
 * @returns {{at: [number, number], ids: string[], numbers: number[], best: boolean}[]}
 */
export function marksOf(sections) {
  /** @type {Map<string, {at: [number, number], ids: string[], numbers: number[], best: boolean}>} */
  const marks = new Map();
  for (const { key, parts } of sections) {
    for (const { hit, number } of parts.flatMap(({ hits }) => hits)) {
      if (!hit.position || number === null) continue;
      const spot = hit.position.join();
      const mark = marks.get(spot) ?? { at: hit.position, ids: [], numbers: [], best: key === 'fits' };
      mark.ids.push(hit.id);
      mark.numbers.push(number);
      marks.set(spot, mark);
    }
  }
  return [...marks.values()];
}
