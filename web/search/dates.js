// @ts-check
/**
 * What is today, this week and next, from the dates of the months that a page covers: the page is made once a month and knows no day.
 * `src/index/filter/meeting_dates.rs` writes the dates, `meetings.rs` answers the same on the server.
 *
 * Pure: no DOM, no clock of its own.
 *
 * @module search/dates
 */

import { isLatin } from '../format.js';

/** @typedef {import('./types.js').MeetingDates} MeetingDates */
/** @typedef {{day: string, hours: string}} PlaceDate  `2026-11-26`; `13:30`, `13:30-15:00` or empty. */

/** Japan Standard Time, where the places are. */
const JAPAN_MS = 9 * 3_600_000;
const DAY_MS = 86_400_000;
const WEEK = 7;
/** The days that `0` steps over; as in `meeting_dates.rs`. */
const LONGEST_STEP = 35;
/** How many dates say on which weekdays a place meets; as in `meetings.rs`. */
const AHEAD = 60;
/** The bit of a day on which it may not meet. */
const OPEN = 16;

/**
 * The time in Japan, `2026-11-27T14:05`.
 *
 * @param {number} now  Milliseconds since 1970.
 */
export const timeInJapan = (now) => new Date(now + JAPAN_MS).toISOString().slice(0, 16);

/** @param {string} day */
const numberOf = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

/** @param {number} number */
const dayOf = (number) => new Date(number * DAY_MS).toISOString().slice(0, 10);

/**
 * The weekday of a day; Monday is 0.
 *
 * @param {string} day
 */
export const weekdayOf = (day) => (numberOf(day) + 3) % WEEK;

/**
 * Days as numbers.
 *
 * @param {string} steps  A character each for how many days it is after the one before, to base 36; `0` is 35 days without a date.
 * @param {string} first  The day whose eve they begin at.
 * @returns {number[]}
 */
export function daysOf(steps, first) {
  let at = numberOf(first) - 1;
  const days = [];
  for (const step of steps) {
    const length = parseInt(step, 36);
    at += length || LONGEST_STEP;
    if (length > 0) days.push(at);
  }
  return days;
}

/**
 * When it meets: seven weekdays, seven days from `today` on, whether all was read.
 *
 * @param {MeetingDates} dates
 * @param {string} first
 * @param {string} today
 * @returns {number[]}
 */
export function timesOf([complete, , rules], first, today) {
  const times = Array(2 * WEEK).fill(0);
  const start = numberOf(today);
  for (const [slots, open] of rules) {
    const firstOpen = firstFrom(daysOf(open, first), start);
    const held = slots
      .flatMap(([steps, , parts]) => daysOf(steps, first).filter((day) => day >= start).map((day) => /** @type {const} */ ([day, parts])))
      .sort((a, b) => a[0] - b[0])
      .slice(0, AHEAD);
    for (const [day, parts] of held) {
      times[(day + 3) % WEEK] |= parts;
      if (day - start < WEEK) times[WEEK + day - start] |= day >= firstOpen ? parts | OPEN : parts;
    }
  }
  return [...times, complete];
}

/**
 * @param {readonly number[]} days
 * @param {number} start
 */
const firstFrom = (days, start) => days.find((day) => day >= start) ?? Infinity;

/**
 * The next dates: those that begin after `now`, a whole day until it is over, before the first that may be off.
 *
 * @param {MeetingDates} dates
 * @param {string} first
 * @param {string} now  The time in Japan.
 * @param {number} count
 * @returns {PlaceDate[]}
 */
export function nextDates([, canTellNext, rules], first, now, count) {
  if (!canTellNext) return [];
  const [today, time = ''] = now.split('T');
  const start = numberOf(today ?? '');
  const end = Math.min(...rules.map(([, open]) => firstFrom(daysOf(open, first), start)));
  /** @param {number} day @param {string} hours */
  const isToCome = (day, hours) => day > start || (day === start && (hours === '' || hours.slice(0, 5) > time));
  const found = rules.flatMap(([slots]) => slots.flatMap(([steps, hours]) => daysOf(steps, first)
    .filter((day) => day < end && isToCome(day, hours)).slice(0, count).map((day) => ({ day: dayOf(day), hours }))));
  const keys = [...new Set(found.map(({ day, hours }) => `${day} ${hours}`))].sort().slice(0, count);
  return keys.map((key) => ({ day: key.slice(0, 10), hours: key.slice(11) }));
}

/**
 * 「11月26日（木）13:30〜15:00」, in the words of the page.
 *
 * @param {PlaceDate} date
 * @param {string} lang
 * @param {import('../i18n.js').Translate} text
 */
export function dateText({ day, hours }, lang, text) {
  const at = new Date(`${day}T00:00:00Z`);
  const month = text('date.months').split(',')[at.getUTCMonth()] ?? '';
  const weekday = text('date.weekdays').split(',')[at.getUTCDay()] ?? '';
  const words = text('date.short', { month, day: String(at.getUTCDate()), weekday });
  const [from = '', to] = hours.split('-').map((time) => time.replace(/^0/, ''));
  const shown = to ? text('date.hours', { from, to }) : from;
  return shown ? `${words}${isLatin(lang) ? ' ' : ''}${shown}` : words;
}
