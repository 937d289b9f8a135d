// @ts-check
/**
 * The assessment of six axes: ratings become a radar chart, a table and hints. Nothing of it leaves the page.
 *
 * @module sheets/assessment
 */
import { drawLine } from './radar-chart.js';
import { enableFields } from './fields.js';
import { loadPaper } from './load-paper.js';
import { lowAxes } from './low-axes.js';

/** Codes of the axes, as in a wish, in the order of the chart. */
export const AXES = ['body', 'mind', 'purpose', 'living', 'ties', 'daily'];
const TIMES = /** @type {const} */ (['now', 'later']);

/**
 * @typedef {{ onLowAxes?: (axes: string[]) => void }} AssessmentListener
 *   `onLowAxes` is called with the low axes of today, the lowest first, whenever they change.
 */

/**
 * The assessment, ready to be put into the page, filled in and printed.
 *
 * @param {AssessmentListener} [listener]
 * @returns {Promise<HTMLElement>}
 */
export async function loadAssessment(listener = {}) {
  const paper = await loadPaper('/sheets/assessment');
  enableAssessment(paper, listener);
  return paper;
}

/**
 * @param {HTMLElement} paper
 * @param {AssessmentListener} [listener]
 */
export function enableAssessment(paper, { onLowAxes } = {}) {
  enableFields(paper);
  let reported = '';
  const update = () => {
    const now = ratings(paper, 'now');
    const low = lowAxes(now).map((at) => AXES[at] ?? '');
    showRatings(paper, now, ratings(paper, 'later'));
    showHints(paper, low, now.some((value) => value !== null));
    if (low.join() !== reported) {
      reported = low.join();
      onLowAxes?.(low);
    }
  };
  paper.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLSelectElement || target === paper) update();
  });
  update();
}

/**
 * @param {ParentNode} paper
 * @param {'now' | 'later'} time
 * @returns {(number | null)[]}
 */
function ratings(paper, time) {
  return AXES.map((axis) => {
    const select = paper.querySelector(`.axis[data-axis="${axis}"] select[data-time="${time}"]`);
    return select instanceof HTMLSelectElement && select.value !== '' ? Number(select.value) : null;
  });
}

/**
 * @param {ParentNode} paper
 * @param {(number | null)[]} now
 * @param {(number | null)[]} later
 */
function showRatings(paper, now, later) {
  const chart = paper.querySelector('svg.radar-chart');
  if (chart instanceof SVGElement) {
    drawLine(chart, 'later', later);
    drawLine(chart, 'now', now);
  }
  AXES.forEach((axis, at) => {
    const rating = { now: now[at] ?? null, later: later[at] ?? null };
    const row = paper.querySelector(`.numbers tr[data-axis="${axis}"]`);
    const labels = { now: format(rating.now), later: format(rating.later), change: formatChange(rating.now, rating.later) };
    for (const [time, label] of Object.entries(labels)) {
      const cell = row?.querySelector(`[data-time="${time}"]`);
      if (cell) cell.textContent = label;
    }
    for (const number of paper.querySelectorAll(`.axis[data-axis="${axis}"] [data-n]`)) {
      for (const time of TIMES) number.classList.toggle(time, number.getAttribute('data-n') === format(rating[time]));
    }
  });
}

/** @param {number | null} value */
const format = (value) => (value === null ? '' : String(value));

/**
 * @param {number | null} now
 * @param {number | null} later
 */
function formatChange(now, later) {
  if (now === null || later === null) return '';
  if (later === now) return '±0';
  return later > now ? `+${later - now}` : `−${now - later}`;
}

/**
 * @param {ParentNode} paper
 * @param {string[]} low
 * @param {boolean} isRated  Whether any axis is rated today.
 */
function showHints(paper, low, isRated) {
  let shown = 'empty';
  if (isRated) shown = low.length > 0 ? 'low' : 'even';
  for (const hint of paper.querySelectorAll('[data-hint]')) hint.toggleAttribute('hidden', hint.getAttribute('data-hint') !== shown);
  const list = paper.querySelector('[data-hint="low"] dl');
  for (const axis of [...low].reverse()) {
    const row = list?.querySelector(`[data-axis="${axis}"]`);
    if (row) list?.prepend(row);
  }
  for (const row of list?.children ?? []) row.toggleAttribute('hidden', !low.includes(row.getAttribute('data-axis') ?? ''));
}
