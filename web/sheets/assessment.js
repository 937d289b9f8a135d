// @ts-check
/**
 * The six sides of a life: numbers become a web, a table and a hint where to look. Nothing of it leaves the page.
 *
 * @module sheets/assessment
 */
import { draw } from './chart.js';
import { liven } from './fields.js';
import { loadPaper } from './load.js';
import { lowAxes } from './low.js';

/** The axes as a wish knows them, in the order of the web. */
export const AXES = ['body', 'mind', 'purpose', 'living', 'ties', 'daily'];
const TIMES = /** @type {const} */ (['now', 'later']);

/**
 * @typedef {{ onLow?: (axes: string[]) => void }} Listening
 *   `onLow` hears of the low axes of today, the lowest first, whenever they change.
 */

/**
 * The assessment, ready to be put into the page, filled in and printed.
 *
 * @param {Listening} [listening]
 * @returns {Promise<HTMLElement>}
 */
export async function loadAssessment(listening = {}) {
  const paper = await loadPaper('/sheets/assessment');
  livenAssessment(paper, listening);
  return paper;
}

/**
 * @param {HTMLElement} paper
 * @param {Listening} [listening]
 */
export function livenAssessment(paper, { onLow } = {}) {
  liven(paper);
  let said = '';
  const show = () => {
    const now = numbers(paper, 'now');
    const low = lowAxes(now).map((at) => AXES[at] ?? '');
    showNumbers(paper, now, numbers(paper, 'later'));
    showHints(paper, low, now.some((value) => value !== null));
    if (low.join() !== said) {
      said = low.join();
      onLow?.(low);
    }
  };
  paper.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLSelectElement || target === paper) show();
  });
  show();
}

/**
 * @param {ParentNode} paper
 * @param {'now' | 'later'} time
 * @returns {(number | null)[]}
 */
function numbers(paper, time) {
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
function showNumbers(paper, now, later) {
  const web = paper.querySelector('svg.web');
  if (web instanceof SVGElement) {
    draw(web, 'later', later);
    draw(web, 'now', now);
  }
  AXES.forEach((axis, at) => {
    const pair = { now: now[at] ?? null, later: later[at] ?? null };
    const row = paper.querySelector(`.numbers tr[data-axis="${axis}"]`);
    const texts = { now: text(pair.now), later: text(pair.later), change: change(pair.now, pair.later) };
    for (const [time, said] of Object.entries(texts)) {
      const cell = row?.querySelector(`[data-time="${time}"]`);
      if (cell) cell.textContent = said;
    }
    for (const number of paper.querySelectorAll(`.axis[data-axis="${axis}"] [data-n]`)) {
      for (const time of TIMES) number.classList.toggle(time, number.getAttribute('data-n') === text(pair[time]));
    }
  });
}

/** @param {number | null} value */
const text = (value) => (value === null ? '' : String(value));

/**
 * @param {number | null} now
 * @param {number | null} later
 */
function change(now, later) {
  if (now === null || later === null) return '';
  if (later === now) return '±0';
  return later > now ? `+${later - now}` : `−${now - later}`;
}

/**
 * @param {ParentNode} paper
 * @param {string[]} low
 * @param {boolean} given  whether any number is given today
 */
function showHints(paper, low, given) {
  let shown = 'empty';
  if (given) shown = low.length > 0 ? 'low' : 'even';
  for (const hint of paper.querySelectorAll('[data-hint]')) hint.toggleAttribute('hidden', hint.getAttribute('data-hint') !== shown);
  const list = paper.querySelector('[data-hint="low"] dl');
  for (const axis of [...low].reverse()) {
    const row = list?.querySelector(`[data-axis="${axis}"]`);
    if (row) list?.prepend(row);
  }
  for (const row of list?.children ?? []) row.toggleAttribute('hidden', !low.includes(row.getAttribute('data-axis') ?? ''));
}
