// @ts-check
/**
 * How a place is put in words in the list: the same as `src/publish/page/card.rs`. Pure.
 *
 * @module format
 */

/** @typedef {import('./types.js').PlaceFacts} PlaceFacts */
/** @typedef {import('./i18n.js').Text} Text */

const BADGES = /** @type {const} */ ([
  ['pick_up', 'badge.pick_up'],
  ['step_free', 'badge.step_free'],
  ['free_of_charge', 'badge.free_of_charge'],
  ['visit_first', 'badge.visit_first'],
  ['booking_needed', 'badge.booking_needed'],
  ['full', 'badge.full'],
]);

/** @param {number} n  A count. */
export function thousands(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * @param {number} n
 * @param {Text} text
 */
export function countWords(n, text) {
  return n === 1 ? text('list.count_one') : text('list.count', { n: thousands(n) });
}

/**
 * When it takes place, in the words of the list; says so when that is not known.
 *
 * @param {PlaceFacts} p
 * @param {Text} text
 */
export function when(p, text) {
  const words = p.schedule ?? [];
  return words.length > 0 ? words.join('、') : `${text('card.when')}: ${text('unknown')}`;
}

/**
 * @param {PlaceFacts} p
 * @param {Text} text
 * @returns {{text: string, style: string}[]}
 */
export function badges(p, text) {
  const out = [];
  if (p.status === 'paused') out.push({ text: text('status.paused'), style: 'warn' });
  if (p.status === 'closed') out.push({ text: text('status.closed'), style: 'warn' });
  for (const [fact, key] of BADGES) {
    if (p.access?.[fact]?.yes) out.push({ text: text(key), style: fact === 'full' ? 'warn' : '' });
  }
  if (isApproximate(p)) out.push({ text: text('precision.short'), style: 'quiet-badge' });
  return out;
}

/**
 * Whether its point stands for more than the building.
 *
 * @param {PlaceFacts} p
 */
export function isApproximate(p) {
  return p.precision !== undefined && p.precision !== 'door';
}

/**
 * The `lang` of words from a list that stand in a page of this language; `null` where it is the page's own.
 *
 * @param {string} words
 * @param {string} page
 */
export function langOf(words, page) {
  return page === 'en' && /[\u3000-\u{10ffff}]/u.test(words) ? 'ja' : null;
}
