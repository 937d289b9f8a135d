// @ts-check
/**
 * A month of the chosen places as a table. Weeks begin on Sunday, as calendars in Japan do.
 *
 * @module handout/calendar
 */
import { make } from '../dom.js';
import { footOf } from './prescription.js';
import { furigana, plain } from './ruby-text.js';

/** @typedef {import('./types.js').CalendarEntry} CalendarEntry */
/** @typedef {import('./types.js').CalendarMonth} CalendarMonth */
/** @typedef {import('./types.js').HandoutParts} HandoutParts */
/** @typedef {import('./ruby-text.js').RubyMessages} RubyMessages */

/** From so many days per week on, a day shows only the place's number; the name stands below the days. */
const FREQUENT_DAYS_PER_WEEK = 2.5;

/**
 * The weeks of a month, Sunday first; 0 for a day of another month.
 *
 * @param {CalendarMonth} month
 * @returns {number[][]}
 */
export function weeksOf({ starts_on: before, days }) {
  const weeks = Math.ceil((before + days) / 7);
  const day = (/** @type {number} */ cell) => (cell >= before && cell < before + days ? cell - before + 1 : 0);
  return Array.from({ length: weeks }, (_, week) => Array.from({ length: 7 }, (__, weekday) => day(week * 7 + weekday)));
}

/**
 * The index of the month to print first: the one in which most places have a date; a tie goes to the earlier one. Late in a month,
 * that is often the next.
 *
 * @param {HandoutParts} parts
 * @returns {number}
 */
export function firstMonth({ calendar }) {
  const places = (/** @type {CalendarMonth | undefined} */ month) => new Set(calendar.entries.filter((entry) => month && isIn(entry, month)).map((entry) => entry.number)).size;
  const most = Math.max(...calendar.months.map(places));
  return Math.max(calendar.months.findIndex((month) => places(month) === most), 0);
}

/**
 * @param {CalendarEntry} entry
 * @param {CalendarMonth} month
 */
const isIn = (entry, { year, month }) => entry.date.startsWith(`${year}-${String(month).padStart(2, '0')}-`);

/**
 * @param {HandoutParts} parts
 * @param {number} nth  Index of the month.
 * @param {{code: string, message: RubyMessages, dense: boolean}} options  `dense`: days without names, because they would not fit.
 * @returns {HTMLElement | null}
 */
export function calendarOf(parts, nth, { code, message, dense }) {
  const month = parts.calendar.months[nth];
  if (!month) return null;
  const entries = parts.calendar.entries.filter((entry) => isIn(entry, month));
  const frequent = parts.places.map((part) => part.number).filter((number) => isFrequent(entries.filter((it) => it.number === number), month));
  const title = message('calendar.title', { year: month.year, month: month.month });
  return make('div', { class: 'paper calendar' },
    make('h2', {}, furigana(title)),
    // On a small screen the table scrolls sideways; the tabindex makes that possible by keyboard.
    make('div', { class: 'days', role: 'region', 'aria-label': plain(title), tabindex: '0' }, make('table', {},
      make('thead', {}, make('tr', {}, ...[...plain(message('date.weekdays'))].map((day) => make('th', { scope: 'col' }, day)))),
      make('tbody', {}, ...weeksOf(month).map((week) => make('tr', {}, ...week.map((day, weekday) => cell(day, weekday))))))),
    placesBelow(parts, entries, dense ? parts.places.map((part) => part.number) : frequent, message),
    footOf(code, 1, 1, message));

  /**
   * @param {number} day
   * @param {number} weekday
   */
  function cell(day, weekday) {
    if (!day || !month) return make('td', { class: 'other' });
    const isHoliday = month.holidays.includes(day);
    const ofDay = entries.filter((entry) => dayOf(entry) === day);
    const brief = ofDay.filter((entry) => frequent.includes(entry.number));
    return make('td', { class: isHoliday || weekday === 0 ? 'off' : null },
      make('p', { class: 'day' }, String(day), isHoliday ? make('span', { class: 'holiday' }, furigana(message('calendar.holiday'))) : null),
      brief.length ? make('p', { class: 'brief' }, ...[...new Set(brief.map((it) => it.number))].map(numberOf)) : null,
      ...ofDay.filter((entry) => !frequent.includes(entry.number)).map((entry) => entryOf(entry, dense ? null : parts)));
  }
}

/** @param {number} number */
const numberOf = (number) => make('span', { class: 'number' }, String(number));

/** @param {CalendarEntry} entry */
const dayOf = (entry) => Number(entry.date.slice(-2));

/**
 * Whether a place is open so often that its days need no names, measured over the days that are left of the month.
 *
 * @param {CalendarEntry[]} entries  Of one place.
 * @param {CalendarMonth} month
 */
function isFrequent(entries, { days }) {
  const all = [...new Set(entries.map(dayOf))];
  const weeks = Math.max(1, (days - Math.min(...all) + 1) / 7);
  return all.length > FREQUENT_DAYS_PER_WEEK * weeks;
}

/**
 * @param {CalendarEntry} entry
 * @param {HandoutParts | null} parts  `null` for number and hours alone.
 */
function entryOf({ number, time }, parts) {
  // No look-behind: where it is a syntax error (Safari before 16.4), none of the papers could be made.
  const behind = time.indexOf('〜') + 1 || time.length;
  const [from, to] = [time.slice(0, behind), time.slice(behind)];
  const name = parts && plain(parts.places[number - 1]?.name ?? []);
  return make('div', { class: 'entry' },
    make('p', { class: 'hours' }, numberOf(number), from, make('wbr'), to),
    name ? make('p', { class: 'short-name' }, name) : null);
}

/**
 * Below the days: frequent places, and those whose dates are not known.
 *
 * @param {HandoutParts} parts
 * @param {CalendarEntry[]} entries
 * @param {number[]} frequent
 * @param {RubyMessages} message
 */
function placesBelow({ places, calendar }, entries, frequent, message) {
  const listed = places.filter((part) => frequent.includes(part.number) || calendar.unread.includes(part.number));
  const item = (/** @type {import('./types.js').HandoutPlace} */ part) => make('li', {}, numberOf(part.number), furigana(part.name), ' ',
    part.when.words.join('、'), calendar.unread.includes(part.number) ? make('span', { class: 'ask' }, furigana(message('dates.ask'))) : null);
  return make('div', { class: 'below' },
    entries.length ? null : make('p', {}, furigana(message('calendar.empty'))),
    listed.length ? make('ul', {}, ...listed.map(item)) : null);
}
