// @ts-check
/**
 * Text of a card in the list; the server's cards have the same text, and a browser test compares them. Pure.
 *
 * @module format
 */

/** @typedef {import('./types.js').PlaceFacts} PlaceFacts */
/** @typedef {import('./i18n.js').Translate} Translate */

const BADGES = /** @type {const} */ ([
  ['pick_up', 'badge.pick_up'],
  ['step_free', 'badge.step_free'],
  ['free_of_charge', 'badge.free_of_charge'],
  ['visit_first', 'badge.visit_first'],
  ['booking_needed', 'badge.booking_needed'],
  ['full', 'badge.full'],
]);

/** @param {number} n  A count; it gets thousands separators. */
export function formatNumber(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * @param {number} n
 * @param {Translate} text
 */
export function formatCount(n, text) {
  return n === 1 ? text('list.count_one') : text('list.count', { n: formatNumber(n) });
}

/**
 * The number of places in a sentence, which screen readers announce.
 *
 * @param {number} n
 * @param {Translate} text
 */
export function foundText(n, text) {
  return n === 1 ? text('list.found_one') : text('list.found', { n: formatNumber(n) });
}

/**
 * The schedule in the words of the list, or that it is not known.
 *
 * @param {PlaceFacts} p
 * @param {Translate} text
 */
export function scheduleText(p, text) {
  const words = p.schedule ?? [];
  return words.length > 0 ? words.join('、') : `${text('card.when')}: ${text('unknown')}`;
}

/**
 * @param {PlaceFacts} p
 * @param {Translate} text
 * @returns {{text: string, style: string}[]}
 */
export function badges(p, text) {
  const out = [];
  if (p.sample) out.push({ text: text('badge.sample'), style: 'warn' });
  if (p.status === 'paused') out.push({ text: text('status.paused'), style: 'warn' });
  if (p.status === 'closed') out.push({ text: text('status.closed'), style: 'warn' });
  for (const [fact, key] of BADGES) {
    const known = p.access?.[fact];
    if (!known?.yes) continue;
    // A ride for some only, or from somewhere only, is told with its limit, as `AccessAnswer::limit` decides.
    const limited = fact === 'pick_up' && [...(known.words ?? '')].length > 6;
    out.push({ text: limited ? `${text(key)}: ${known.words}` : text(key), style: fact === 'full' ? 'warn' : '' });
  }
  if (isApproximate(p)) out.push({ text: text('precision.short'), style: 'quiet-badge' });
  return out;
}

/**
 * 「2026年9月に確認」.
 *
 * @param {string} on  A day, `2026-09-12`.
 * @param {Translate} text
 */
export function confirmedText(on, text) {
  const [year = '', month = ''] = on.split('-');
  return text('brief.confirmed', { year, month: text('date.months').split(',')[Number(month) - 1] ?? '' });
}

/**
 * The first number in `phone` that a telephone in Japan can dial, for a `tel:` link; empty if there is none. `layout::digits` decides
 * alike.
 *
 * @param {string} phone
 */
export function dialable(phone) {
  const runs = phone.normalize('NFKC').split(/[^0-9+\-\u2010\u2011\u2013\u2014\u2212\u30fc()\u30fb. ]/u);
  return runs.map((run) => run.replace(/[^0-9+]/g, '')).find(isDialable) ?? '';
}

/** @param {string} number */
function isDialable(number) {
  if (!/^\+?\d+$/.test(number)) return false;
  if (number.startsWith('+')) return number.length >= 10 && number.length <= 16 && number[1] !== '0';
  if (number.startsWith('0') && number.length === 10) return number[1] !== '0';
  if (number.startsWith('0') && number.length === 11) return (number[2] === '0' && Number(number[1]) >= 5) || number.startsWith('0800');
  return number.startsWith('1') && number.length === 3;
}

/**
 * Whether its position stands for more than the building.
 *
 * @param {PlaceFacts} p
 */
export function isApproximate(p) {
  return p.precision !== undefined && p.precision !== 'door';
}

/**
 * Whether a language is written in Latin letters.
 *
 * @param {string} lang
 */
export const isLatin = (lang) => lang === 'en' || lang === 'vi';

/**
 * The `lang` attribute for text of a list within a page of another language; `null` where both are the same.
 *
 * @param {string} listText
 * @param {string} pageLang
 */
export function langOf(listText, pageLang) {
  return isLatin(pageLang) && /[\u3000-\u{10ffff}]/u.test(listText) ? 'ja' : null;
}
