// @ts-check
/**
 * Which axes are low enough to look there first.
 *
 * @module sheets/low
 */

/** Up to here a number is low in itself. */
const LOW = 4;
/** So far below the middle of all a number is clearly lower than the others. */
const CLEARLY = 2;

/**
 * The axes that are low: those of 4 and less; where there are none, the two lowest (and what is level with them), if they lie clearly
 * below the middle of those given. None where nothing is given.
 *
 * @param {(number | null)[]} values  0 to 10 by axis; `null` is not given
 * @returns {number[]} which axes, the lowest first, then in their order
 */
export function lowAxes(values) {
  const given = values.flatMap((value, at) => (value === null ? [] : [{ at, value }])).sort((a, b) => a.value - b.value || a.at - b.at);
  const low = given.filter(({ value }) => value <= LOW);
  if (low.length > 0) return low.map(({ at }) => at);
  const clearly = given.filter(({ value }) => value <= middle(given.map((it) => it.value)) - CLEARLY);
  const bound = clearly[1]?.value ?? clearly[0]?.value ?? -1;
  return clearly.filter(({ value }) => value <= bound).map(({ at }) => at);
}

/** @param {number[]} sorted */
function middle(sorted) {
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
