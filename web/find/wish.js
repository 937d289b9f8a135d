// @ts-check
/**
 * Builds the wish of a request from the person of the form, and validates the form's fields. Pure.
 *
 * @module find/wish
 */

/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./types.js').FreeTime} FreeTime */
/** @typedef {import('./types.js').Wish} Wish */

/** Words per field; the server accepts no more. */
export const MAX_WORDS = 24;
/** Characters per word; the server accepts no more. */
const MAX_WORD_LENGTH = 100;
const MAX_AGE = 120;
/** From so many hours on, an interval counts as the whole day. */
const ALL_DAY_HOURS = 14;
/** When mornings begin, and when they do for early risers. */
const MORNING_HOUR = 8;
const EARLY_HOUR = 6;

/** @returns {Person}  Of whom nothing is known. */
export function emptyPerson() {
  return {
    from: null, travel: [], minutes: null, homeOnly: false, early: false, likes: [], company: false, avoid: [], avoidWords: [], free: [], matters: [], gives: [], canGive: [],
    age: '', gender: '', axes: [],
  };
}

/**
 * The wish as `docs/wish.schema.json` describes it, without the fields that are empty.
 *
 * @param {Person} person
 * @param {number} limit  Places per group.
 * @returns {Wish}
 */
export function wishOf(person, limit) {
  const age = parseAge(person.age);
  const fields = {
    from: person.from,
    travel: person.travel,
    minutes: person.minutes,
    home_only: person.homeOnly || null,
    likes: person.likes,
    company: person.company || null,
    avoid: [...person.avoid, ...person.avoidWords].slice(0, MAX_WORDS),
    free: mergedFreeTimes(freeTimesOf(person)).map(formatFreeTime),
    matters: person.matters,
    gives: person.gives,
    can_give: person.canGive,
    age: age === 'invalid' ? null : age,
    gender: person.gender || null,
    axes: person.axes,
  };
  const filled = Object.entries(fields).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  return { ...Object.fromEntries(filled), limit };
}

/**
 * Whether anything is known of a person.
 *
 * @param {Person} person
 */
export function hasDetails(person) {
  return Object.keys(wishOf(person, 1)).length > 1;
}

/**
 * Client-side validation.
 *
 * @param {Person} person
 * @returns {string[]}
 */
export function invalidFields(person) {
  return parseAge(person.age) === 'invalid' ? ['age'] : [];
}

/**
 * @param {string} typed  Digits of any width.
 * @returns {number | null | 'invalid'}  `null` where nothing is typed.
 */
export function parseAge(typed) {
  const plain = typed.normalize('NFKC').trim();
  if (plain === '') return null;
  return /^\d{1,3}$/.test(plain) && Number(plain) <= MAX_AGE ? Number(plain) : 'invalid';
}

/**
 * The intervals that a person is free; mornings begin at eight unless they may begin earlier.
 *
 * @param {Person} person
 * @returns {FreeTime[]}
 */
export function freeTimesOf({ free, early }) {
  return free.map((interval) => (early && interval.from === MORNING_HOUR ? { ...interval, from: EARLY_HOUR } : interval));
}

/**
 * Merges adjacent intervals of a day, so that an activity from ten to three fits somebody who is free in the morning and afternoon.
 *
 * @param {readonly FreeTime[]} intervals
 * @returns {FreeTime[]}
 */
export function mergedFreeTimes(intervals) {
  /** @type {FreeTime[]} */
  const merged = [];
  for (const next of intervals) {
    const before = merged.find((known) => known.day === next.day && known.to === next.from);
    if (before) before.to = next.to;
    else merged.push({ ...next });
  }
  return merged;
}

/** @param {FreeTime} interval */
function formatFreeTime({ day, from, to }) {
  return to - from >= ALL_DAY_HOURS ? { day } : { day, from: formatHour(from), to: formatHour(to) };
}

/** @param {number} hour */
function formatHour(hour) {
  return `${String(hour).padStart(2, '0')}:00`;
}

/**
 * Adds words: no duplicates, none empty, no more than a wish may have.
 *
 * @param {readonly string[]} words
 * @param {string} typed  One word, or several with commas.
 * @returns {string[]}
 */
export function addWords(words, typed) {
  const more = typed.split(/[、，,；;\n]/).map((word) => word.trim().slice(0, MAX_WORD_LENGTH)).filter((word) => word !== '');
  return [...new Set([...words, ...more])].slice(0, MAX_WORDS);
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {T} value
 * @returns {T[]}  With `value` if it was not there, else without.
 */
export function toggled(list, value) {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}

/**
 * The field of the form that a problem of the server names: `free[0].from` belongs to `free`.
 *
 * @param {string} parameter
 */
export function fieldOfParameter(parameter) {
  return parameter.split(/[.[]/)[0] ?? '';
}
