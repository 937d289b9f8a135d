// @ts-check
/**
 * A month of what somebody chose, as a table that begins on Sunday, as calendars in Japan do.
 *
 * @module handout/calendar
 */
import { make } from '../dom.js';
import { footOf } from './prescription.js';
import { furigana, plain } from './words.js';

/** @typedef {import('./types.js').Entry} Entry */
/** @typedef {import('./types.js').Month} Month */
/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./words.js').Say} Say */

/** A place that is open on more days of a week than this stands in the days with its number alone, and below with its words. */
const OFTEN = 2.5;

/**
 * The weeks of a month, Sunday first; 0 for a day of another month.
 *
 * @param {Month} month
 * @returns {number[][]}
 */
export function weeksOf({ starts_on: before, days }) {
  const weeks = Math.ceil((before + days) / 7);
  const day = (/** @type {number} */ cell) => (cell >= before && cell < before + days ? cell - before + 1 : 0);
  return Array.from({ length: weeks }, (_, week) => Array.from({ length: 7 }, (__, weekday) => day(week * 7 + weekday)));
}

/**
 * Which month to print first: the one in which most of the places have a date, the earlier where they are alike: on the 22nd this month
 * has little left.
 *
 * @param {Parts} parts
 * @returns {number}
 */
export function firstMonth({ calendar }) {
  const places = (/** @type {Month | undefined} */ month) => new Set(calendar.entries.filter((entry) => month && isIn(entry, month)).map((entry) => entry.number)).size;
  const most = Math.max(...calendar.months.map(places));
  return Math.max(calendar.months.findIndex((month) => places(month) === most), 0);
}

/**
 * @param {Entry} entry
 * @param {Month} month
 */
const isIn = (entry, { year, month }) => entry.date.startsWith(`${year}-${String(month).padStart(2, '0')}-`);

/**
 * @param {Parts} parts
 * @param {number} nth  Which of the months.
 * @param {{code: string, say: Say, dense: boolean}} with_  Dense: without names in the days, where they would not fit.
 * @returns {HTMLElement | null}
 */
export function calendarOf(parts, nth, { code, say, dense }) {
  const month = parts.calendar.months[nth];
  if (!month) return null;
  const entries = parts.calendar.entries.filter((entry) => isIn(entry, month));
  const often = parts.places.map((part) => part.number).filter((number) => isOften(entries.filter((it) => it.number === number), month));
  const title = say('calendar.title', { year: month.year, month: month.month });
  return make('div', { class: 'paper calendar' },
    make('h2', {}, furigana(title)),
    // On a small screen the table is moved sideways, by keyboard as well.
    make('div', { class: 'days', role: 'region', 'aria-label': plain(title), tabindex: '0' }, make('table', {},
      make('thead', {}, make('tr', {}, ...[...plain(say('date.weekdays'))].map((day) => make('th', { scope: 'col' }, day)))),
      make('tbody', {}, ...weeksOf(month).map((week) => make('tr', {}, ...week.map((day, weekday) => cell(day, weekday))))))),
    below(parts, entries, dense ? parts.places.map((part) => part.number) : often, say),
    footOf(code, 1, 1, say));

  /**
   * @param {number} day
   * @param {number} weekday
   */
  function cell(day, weekday) {
    if (!day || !month) return make('td', { class: 'other' });
    const isHoliday = month.holidays.includes(day);
    const there = entries.filter((entry) => dayOf(entry) === day);
    const brief = there.filter((entry) => often.includes(entry.number));
    return make('td', { class: isHoliday || weekday === 0 ? 'off' : null },
      make('p', { class: 'day' }, String(day), isHoliday ? make('span', { class: 'holiday' }, furigana(say('calendar.holiday'))) : null),
      brief.length ? make('p', { class: 'brief' }, ...[...new Set(brief.map((it) => it.number))].map(numberOf)) : null,
      ...there.filter((entry) => !often.includes(entry.number)).map((entry) => entryOf(entry, dense ? null : parts)));
  }
}

/** @param {number} number */
const numberOf = (number) => make('span', { class: 'number' }, String(number));

/** @param {Entry} entry */
const dayOf = (entry) => Number(entry.date.slice(-2));

/**
 * Whether a place is open so often that its days need no names: reckoned over the days of the month that are left.
 *
 * @param {Entry[]} entries  Its own.
 * @param {Month} month
 */
function isOften(entries, { days }) {
  const all = [...new Set(entries.map(dayOf))];
  const weeks = Math.max(1, (days - Math.min(...all) + 1) / 7);
  return all.length > OFTEN * weeks;
}

/**
 * @param {Entry} entry
 * @param {Parts | null} parts  Without them, the number and the hours alone.
 */
function entryOf({ number, time }, parts) {
  const [from = '', to = ''] = time.split(/(?<=〜)/);
  const name = parts && plain(parts.places[number - 1]?.name ?? []);
  return make('div', { class: 'entry' },
    make('p', { class: 'hours' }, numberOf(number), from, make('wbr'), to),
    name ? make('p', { class: 'short-name' }, name) : null);
}

/**
 * What stands below the days: places that are open on most of them, and those of which no date is known.
 *
 * @param {Parts} parts
 * @param {Entry[]} entries
 * @param {number[]} often
 * @param {Say} say
 */
function below({ places, calendar }, entries, often, say) {
  const listed = places.filter((part) => often.includes(part.number) || calendar.unread.includes(part.number));
  const item = (/** @type {import('./types.js').Part} */ part) => make('li', {}, numberOf(part.number), furigana(part.name), ' ',
    part.when.words.join('、'), calendar.unread.includes(part.number) ? make('span', { class: 'ask' }, furigana(say('dates.ask'))) : null);
  return make('div', { class: 'below' },
    entries.length ? null : make('p', {}, furigana(say('calendar.empty'))),
    listed.length ? make('ul', {}, ...listed.map(item)) : null);
}
