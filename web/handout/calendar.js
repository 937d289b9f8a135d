// @ts-check
/**
 * Five weeks of the chosen places as a table. Weeks begin on Sunday, as calendars in Japan do.
 *
 * @module handout/calendar
 */
import { make } from '../dom.js';
import { footOf } from './prescription.js';
import { furigana, plain } from './ruby-text.js';

/** @typedef {import('./types.js').CalendarEntry} CalendarEntry */
/** @typedef {import('./types.js').HandoutParts} HandoutParts */
/** @typedef {import('./ruby-text.js').RubyMessages} RubyMessages */

const DAY_MS = 86_400_000;
/** From so many days per week on, a day shows only the place's number; the name stands below the days. */
const FREQUENT_DAYS_PER_WEEK = 2.5;

/**
 * The weeks of the calendar, Sunday first, as dates; `null` before its first day and after its last one.
 *
 * @param {{first: string, last: string}} span
 * @returns {(string | null)[][]}
 */
export function weeksOf({ first, last }) {
  const [start, end] = [utc(first), utc(last)];
  const sunday = start - new Date(start).getUTCDay() * DAY_MS;
  const weeks = Math.ceil((end - sunday + DAY_MS) / (7 * DAY_MS));
  const day = (/** @type {number} */ at) => (at >= start && at <= end ? new Date(at).toISOString().slice(0, 10) : null);
  return Array.from({ length: weeks }, (_, week) => Array.from({ length: 7 }, (__, weekday) => day(sunday + (week * 7 + weekday) * DAY_MS)));
}

/** Days are counted in UTC, which has no summer time. @param {string} date */
const utc = (date) => Date.parse(`${date}T00:00:00Z`);

/**
 * What stands in the corner of a day: the month too, where it is a new one.
 *
 * @param {string} date
 * @param {string} first
 */
export function dayLabel(date, first) {
  const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8))];
  return date === first || day === 1 ? `${month}/${day}` : String(day);
}

/**
 * @param {HandoutParts} parts
 * @param {{code: string, message: RubyMessages, dense: boolean}} options  `dense`: days without names, because they would not fit.
 * @returns {HTMLElement}
 */
export function calendarOf(parts, { code, message, dense }) {
  const { calendar } = parts;
  const frequent = parts.places.map((part) => part.number).filter((number) => isFrequent(number, calendar));
  const title = message('calendar.title', { from: calendar.first_words, to: calendar.last_words });
  return make('div', { class: 'paper calendar' },
    make('h2', {}, furigana(title)),
    // On a small screen the table scrolls sideways; the tabindex makes that possible by keyboard.
    make('div', { class: 'days', role: 'region', 'aria-label': plain(title), tabindex: '0' }, make('table', {},
      make('thead', {}, make('tr', {}, ...[...plain(message('date.weekdays'))].map((day) => make('th', { scope: 'col' }, day)))),
      make('tbody', {}, ...weeksOf(calendar).map((week) => make('tr', {}, ...week.map((day, weekday) => cell(day, weekday))))))),
    placesBelow(parts, dense ? parts.places.map((part) => part.number) : frequent, message),
    footOf(code, 1, 1, message));

  /**
   * @param {string | null} date
   * @param {number} weekday
   */
  function cell(date, weekday) {
    if (!date) return make('td', { class: 'other' });
    const isHoliday = calendar.holidays.includes(date);
    const ofDay = calendar.entries.filter((entry) => entry.date === date);
    const brief = ofDay.filter((entry) => frequent.includes(entry.number));
    return make('td', { class: isHoliday || weekday === 0 ? 'off' : null },
      make('p', { class: 'day' }, dayLabel(date, calendar.first), isHoliday ? make('span', { class: 'holiday' }, furigana(message('calendar.holiday'))) : null),
      brief.length ? make('p', { class: 'brief' }, ...[...new Set(brief.map((it) => it.number))].map(numberOf)) : null,
      ...ofDay.filter((entry) => !frequent.includes(entry.number)).map((entry) => entryOf(entry, dense ? null : parts)));
  }
}

/** @param {number} number */
const numberOf = (number) => make('span', { class: 'number' }, String(number));

/**
 * Whether a place is open so often that its days need no names, measured from its first day on.
 *
 * @param {number} number
 * @param {import('./types.js').HandoutCalendar} calendar
 */
export function isFrequent(number, { entries, last }) {
  const days = [...new Set(entries.filter((entry) => entry.number === number).map((entry) => entry.date))].sort();
  const weeks = days[0] ? Math.max(1, (utc(last) - utc(days[0]) + DAY_MS) / (7 * DAY_MS)) : 1;
  return days.length > FREQUENT_DAYS_PER_WEEK * weeks;
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
 * @param {number[]} frequent
 * @param {RubyMessages} message
 */
function placesBelow({ places, calendar }, frequent, message) {
  const listed = places.filter((part) => frequent.includes(part.number) || calendar.unread.includes(part.number));
  const item = (/** @type {import('./types.js').HandoutPlace} */ part) => make('li', {}, numberOf(part.number), furigana(part.name), ' ',
    part.when.words.join('、'), calendar.unread.includes(part.number) ? make('span', { class: 'ask' }, furigana(message('dates.ask'))) : null);
  return make('div', { class: 'below' },
    calendar.entries.length ? null : make('p', {}, furigana(message('calendar.empty'))),
    listed.length ? make('ul', {}, ...listed.map(item)) : null);
}
