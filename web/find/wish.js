// @ts-check
/**
 * From what was said of a person to the wish that is sent. Pure: plain values in, plain values out.
 *
 * @module find/wish
 */

/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./types.js').Free} Free */
/** @typedef {import('./types.js').Wish} Wish */

/** So many words a field of a wish may have. */
export const MOST_WORDS = 24;
const OLDEST = 120;
const ALL_DAY_HOURS = 16;

/** @returns {Person}  Somebody of whom nothing is known. */
export function nobody() {
  return {
    from: null, travel: [], minutes: null, likes: [], avoid: [], avoidWords: [], free: [], matters: [], gives: [], canGive: [],
    age: '', gender: '', axes: [],
  };
}

/**
 * The wish as `docs/wish.schema.json` has it; what was not said is not in it.
 *
 * @param {Person} person
 * @param {number} limit  How many places of a group are wanted.
 * @returns {Wish}
 */
export function wishOf(person, limit) {
  const age = ageOf(person.age);
  const said = {
    from: person.from,
    travel: person.travel,
    minutes: person.minutes,
    likes: person.likes,
    avoid: [...person.avoid, ...person.avoidWords].slice(0, MOST_WORDS),
    free: joined(person.free).map(writtenFree),
    matters: person.matters,
    gives: person.gives,
    can_give: person.canGive,
    age: age === 'wrong' ? null : age,
    gender: person.gender || null,
    axes: person.axes,
  };
  const known = Object.entries(said).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  return { ...Object.fromEntries(known), limit };
}

/** @param {Person} person  Whether anything was said of them. */
export function isSaid(person) {
  return Object.keys(wishOf(person, 1)).length > 1;
}

/**
 * The fields that cannot be used as they are.
 *
 * @param {Person} person
 * @returns {string[]}
 */
export function wrongFields(person) {
  return ageOf(person.age) === 'wrong' ? ['age'] : [];
}

/**
 * @param {string} typed  Digits of any width.
 * @returns {number | null | 'wrong'}
 */
export function ageOf(typed) {
  const plain = typed.normalize('NFKC').trim();
  if (plain === '') return null;
  return /^\d{1,3}$/.test(plain) && Number(plain) <= OLDEST ? Number(plain) : 'wrong';
}

/**
 * Stretches of a day that meet become one, so that something from ten to three suits a whole day.
 *
 * @param {readonly Free[]} stretches
 * @returns {Free[]}
 */
export function joined(stretches) {
  /** @type {Free[]} */
  const out = [];
  for (const next of stretches) {
    const before = out.find((known) => known.day === next.day && known.to === next.from);
    if (before) before.to = next.to;
    else out.push({ ...next });
  }
  return out;
}

/** @param {Free} stretch  A day that is free from early to late is free altogether. */
function writtenFree({ day, from, to }) {
  return to - from >= ALL_DAY_HOURS ? { day } : { day, from: clock(from), to: clock(to) };
}

/** @param {number} hour */
function clock(hour) {
  return `${String(hour).padStart(2, '0')}:00`;
}

/**
 * Adds words to those that are there: not twice, not empty, and no more than a wish may have.
 *
 * @param {readonly string[]} words
 * @param {string} written  Words with commas or on their own.
 * @returns {string[]}
 */
export function withWords(words, written) {
  const more = written.split(/[、，,；;\n]/).map((word) => word.trim().slice(0, 100)).filter((word) => word !== '');
  return [...new Set([...words, ...more])].slice(0, MOST_WORDS);
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
 * The field of the form that a problem of the server is about: `free[0].from` is about `free`.
 *
 * @param {string} parameter
 */
export function fieldOf(parameter) {
  return parameter.split(/[.[]/)[0] ?? '';
}
