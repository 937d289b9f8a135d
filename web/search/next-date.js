// @ts-check
/**
 * Which of the dates that the server has worked out comes next, as of the hour: `places/next_dates.rs` and `meetings.rs` in the page.
 *
 * Pure: no DOM, no clock of its own.
 *
 * @module search/next-date
 */

import { isLatin } from '../format.js';

/** Japan Standard Time, where the places are. */
const JAPAN_MS = 9 * 3_600_000;

/**
 * The beginning of the hour in Japan, `2026-11-27T14:00`; of the server's day where this device has another.
 *
 * @param {string} today  The server's day.
 * @param {number} now  Milliseconds since 1970.
 */
export function hourInJapan(today, now) {
  const here = new Date(now + JAPAN_MS).toISOString();
  return here.startsWith(today) ? `${here.slice(0, 13)}:00` : `${today}T00:00`;
}

/**
 * The first of `dates` that is still to come; a whole day is until it is over.
 *
 * @param {readonly string[]} dates
 * @param {string} hour
 */
export function nextOf(dates, hour) {
  return dates.find((date) => (date.includes('T') ? date > hour : date >= hour.slice(0, 10))) ?? null;
}

/**
 * 「11月26日（木）13:30」, in the words of the page.
 *
 * @param {string} date
 * @param {string} lang
 * @param {import('../i18n.js').Translate} text
 */
export function dateText(date, lang, text) {
  const [day = '', time] = date.split('T');
  const at = new Date(`${day}T00:00:00Z`);
  const month = text('date.months').split(',')[at.getUTCMonth()] ?? '';
  const weekday = text('date.weekdays').split(',')[at.getUTCDay()] ?? '';
  const words = text('date.short', { month, day: String(at.getUTCDate()), weekday });
  return time ? `${words}${isLatin(lang) ? ' ' : ''}${time.replace(/^0/, '')}` : words;
}
