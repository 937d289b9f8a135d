// @ts-check
/**
 * The conditions that can be chosen, and how far a place passes them: `src/index/filter/conditions.rs` and `meetings.rs` in the page.
 * When a place meets the server has worked out.
 *
 * Pure: no DOM, no fetch.
 *
 * @module search/conditions
 */

/** @typedef {import('./types.js').MeetingWish} MeetingWish */

/** How far a place passes, in the order in which the worst counts. */
export const FIT = /** @type {const} */ ({ certain: 0, near: 1, unknown: 2, never: 3 });

const DAYS = ['today', 'tomorrow', 'week'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const PARTS = ['morning', 'afternoon', 'evening'];
const [WORKDAYS, WEEKEND] = [0b0011111, 0b1100000];
/** Bits of a day beside its parts. */
const [UNTIMED, OPEN] = [8, 16];
/** First and last day that a code asks for, counted from today. */
const ASKED = /** @type {Record<string, [number, number]>} */ ({ today: [0, 1], tomorrow: [1, 2], week: [0, 7] });

/** @returns {MeetingWish} */
export const anyTime = () => ({ days: '', weekdays: 0, parts: 0 });

/** @param {MeetingWish} wish */
export const isAnyTime = (wish) => !wish.days && wish.weekdays === 0 && wish.parts === 0;

/**
 * @param {MeetingWish} wish
 * @param {string} code
 * @returns {MeetingWish}  With what `code` names; unchanged for an unknown code.
 */
export function withCode(wish, code) {
  const [day, part] = [WEEKDAYS.indexOf(code), PARTS.indexOf(code)];
  if (day >= 0) return { ...wish, weekdays: wish.weekdays | (1 << day) };
  if (part >= 0) return { ...wish, parts: wish.parts | (1 << part) };
  if (DAYS.includes(code)) return { ...wish, days: code };
  if (code === 'weekday') return { ...wish, weekdays: wish.weekdays | WORKDAYS };
  return code === 'weekend' ? { ...wish, weekdays: wish.weekdays | WEEKEND } : wish;
}

/** @param {readonly string[]} codes */
export const wishOf = (codes) => codes.reduce(withCode, anyTime());

/**
 * The codes of a wish in their canonical order.
 *
 * @param {MeetingWish} wish
 */
export function codesOf(wish) {
  return [
    ...(wish.days ? [wish.days] : []), ...WEEKDAYS.filter((_, day) => wish.weekdays & (1 << day)),
    ...PARTS.filter((_, part) => wish.parts & (1 << part)),
  ];
}

/**
 * `codes` with `code`, or without it if they had it; of single days there is one at most.
 *
 * @param {readonly string[]} codes
 * @param {string} code
 */
export function toggledWhen(codes, code) {
  if (codes.includes(code)) return codes.filter((other) => other !== code);
  return codesOf(withCode(wishOf(codes), code));
}

/**
 * Whether a place meets as wished.
 *
 * @param {readonly number[] | undefined} times  Seven weekdays, seven days to come, whether all is read; none where it does not meet.
 * @param {MeetingWish} wish
 * @param {number} weekday  Of today; Monday is 0.
 */
export function fitOfTimes(times, wish, weekday) {
  if (isAnyTime(wish)) return FIT.certain;
  if (!times) return FIT.never;
  /** @param {number} day */
  const isWished = (day) => wish.weekdays === 0 || (wish.weekdays & (1 << day)) !== 0;
  const [from, to] = ASKED[wish.days] ?? [0, 7];
  const first = wish.days ? 7 : 0;
  const days = [];
  for (let day = from; day < to; day += 1) {
    if (isWished(wish.days ? (weekday + day) % 7 : day)) days.push(times[first + day] ?? 0);
  }
  /** @param {number} day */
  const hasHours = (day) => (day & ~OPEN) !== 0 && (wish.parts === 0 || (day & wish.parts) !== 0);
  if (days.some((day) => (day & OPEN) === 0 && hasHours(day))) return FIT.certain;
  const mayBe = days.some((day) => (day & UNTIMED) !== 0 || ((day & OPEN) !== 0 && hasHours(day)));
  return mayBe || times[14] !== 1 ? FIT.unknown : FIT.never;
}

/**
 * Whether a fact is known to be so.
 *
 * @param {number} yes
 * @param {number} known
 * @param {number} bit
 */
export function fitOfFact(yes, known, bit) {
  if ((known & bit) === 0) return FIT.unknown;
  return (yes & bit) === 0 ? FIT.never : FIT.certain;
}
