// @ts-check
/**
 * The view model of an answer: groups in their order, paged, with numbers for the places that the map shows. Pure.
 *
 * @module find/groups
 */

/** @typedef {import('./types.js').FindAnswer} FindAnswer */
/** @typedef {import('./types.js').Hit} Hit */
/** @typedef {import('./types.js').HitGroup} HitGroup */

/**
 * @typedef {object} ShownGroup  The shown part of a group.
 * @property {string} key
 * @property {{hit: Hit, number: number | null}[]} hits
 * @property {number} count  All of the group.
 * @property {number} more  Of them not shown.
 *
 * @typedef {object} AnswerSection  Groups under one heading.
 * @property {string} key
 * @property {ShownGroup[]} parts
 * @property {number} count
 * @property {boolean} open  The default; the reader may fold and unfold it.
 */

/** Places per group at first, and per press of the button for more. */
export const PAGE_SIZE = 10;
/** Places per group; the server returns no more. */
export const MAX_HITS = 100;

const PLACELESS = /** @type {const} */ (['phone', 'visits', 'online', 'roaming']);

/**
 * @param {FindAnswer} answer
 * @param {(key: string) => number} sizeOf  How many places of a group to show.
 * @returns {AnswerSection[]}  Without the empty ones, except for what fits.
 */
export function sectionsOf(answer, sizeOf) {
  let last = 0;
  /**
   * @param {string} key
   * @param {HitGroup} group
   * @returns {ShownGroup}
   */
  const part = (key, { count, hits }) => {
    const shown = hits.slice(0, sizeOf(key));
    return {
      key, count, more: count - shown.length,
      hits: shown.map((hit) => ({ hit, number: hit.position ? (last += 1) : null })),
    };
  };
  const { placeless } = answer;
  const calls = PLACELESS.filter((key) => placeless[key].count > 0);
  const make = {
    fits: () => section('fits', [part('fits', answer.fits)], true),
    desks: () => section('desks', [part('desks', answer.desks)], true),
    near: () => section('near', [part('near', answer.near)], true),
    others: () => section('others', [part('others', answer.others)], false),
    farther: () => section('farther', [part('farther', answer.farther)], answer.farther_fits > 0 || anyMatches(answer.farther)),
    placeless: () => section('placeless', calls.map((key) => part(key, placeless[key])), calls.some((key) => anyMatches(placeless[key]))),
    unlocated: () => section('unlocated', [part('unlocated', placeless.unlocated)], anyMatches(placeless.unlocated)),
  };
  // Numbers follow the order on the page.
  return orderOf(answer).map((key) => make[key]()).filter(({ key, count }) => key === 'fits' || count > 0);
}

/**
 * The order of the sections. The thing itself, though farther, comes before what is only near it; where nothing fits, desks and
 * telephones come first.
 *
 * @param {FindAnswer} answer
 */
function orderOf({ fits, farther_fits: farther }) {
  const nothing = fits.count === 0;
  if (nothing && farther > 0) return /** @type {const} */ (['fits', 'farther', 'placeless', 'desks', 'near', 'unlocated', 'others']);
  if (nothing) return /** @type {const} */ (['fits', 'desks', 'placeless', 'near', 'unlocated', 'farther', 'others']);
  if (farther > 0) return /** @type {const} */ (['fits', 'farther', 'near', 'placeless', 'unlocated', 'others']);
  return /** @type {const} */ (['fits', 'near', 'placeless', 'unlocated', 'farther', 'others']);
}

/**
 * @param {string} key
 * @param {ShownGroup[]} parts
 * @param {boolean} open
 * @returns {AnswerSection}
 */
function section(key, parts, open) {
  return { key, parts, open, count: parts.reduce((sum, { count }) => sum + count, 0) };
}

/** @param {HitGroup} group  Whether it holds something that the person named. */
function anyMatches({ hits }) {
  return hits.some(({ matches }) => matches);
}

/**
 * The map's pins: places at one position share a pin with all their numbers, the best first.
 *
 * @param {readonly AnswerSection[]} sections
 * @returns {{at: [number, number], ids: string[], numbers: number[], best: boolean}[]}
 */
export function pinsOf(sections) {
  /** @type {Map<string, {at: [number, number], ids: string[], numbers: number[], best: boolean}>} */
  const pins = new Map();
  for (const { key, parts } of sections) {
    for (const { hit, number } of parts.flatMap(({ hits }) => hits)) {
      if (!hit.position || number === null) continue;
      const position = hit.position.join();
      const pin = pins.get(position) ?? { at: hit.position, ids: [], numbers: [], best: key === 'fits' };
      pin.ids.push(hit.id);
      pin.numbers.push(number);
      pins.set(position, pin);
    }
  }
  return [...pins.values()];
}
