// @ts-check
/**
 * Which axes of an assessment are low. Pure.
 *
 * @module sheets/low-axes
 */

/** Up to here a rating is low in itself. */
const LOW = 4;
/** So far below the median a rating is clearly lower than the others. */
const BELOW_MEDIAN = 2;

/**
 * The low axes: those rated 4 or less; where there are none, the two lowest (and their ties), if they lie clearly below the median
 * of the ratings.
 *
 * @param {(number | null)[]} values  0 to 10 by axis; `null` where not rated
 * @returns {number[]} Indices of axes, the lowest first, ties in the order of the axes.
 */
export function lowAxes(values) {
  const rated = values.flatMap((value, at) => (value === null ? [] : [{ at, value }])).sort((a, b) => a.value - b.value || a.at - b.at);
  const low = rated.filter(({ value }) => value <= LOW);
  if (low.length > 0) return low.map(({ at }) => at);
  const clearlyLow = rated.filter(({ value }) => value <= median(rated.map((it) => it.value)) - BELOW_MEDIAN);
  const bound = clearlyLow[1]?.value ?? clearlyLow[0]?.value ?? -1;
  return clearlyLow.filter(({ value }) => value <= bound).map(({ at }) => at);
}

/** @param {number[]} sorted */
function median(sorted) {
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
