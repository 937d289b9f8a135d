// @ts-check
/**
 * 支援状況連絡シート: its rows of places, filled in by the program or by hand.
 *
 * @module sheets/report
 */
import { liven, write } from './fields.js';
import { loadPaper } from './load.js';

/**
 * @typedef {{ name: string, office?: string, phone?: string }} ReportPlace
 */

/**
 * The report with a number and places in it, ready to be put into the page, typed into and printed.
 *
 * @param {{ code?: string, places?: ReportPlace[] }} [known]
 * @returns {Promise<HTMLElement>}
 */
export async function loadReport(known = {}) {
  const paper = await loadPaper('/sheets/report');
  livenReport(paper);
  fillReport(paper, known);
  return paper;
}

/** @param {HTMLElement} paper */
export function livenReport(paper) {
  liven(paper);
  const button = paper.querySelector('[data-add-row]');
  button?.removeAttribute('hidden');
  button?.addEventListener('click', () => addRow(paper)[0]?.focus());
}

/**
 * @param {HTMLElement} paper
 * @param {{ code?: string, places?: ReportPlace[] }} known
 */
export function fillReport(paper, { code = '', places = [] }) {
  const number = paper.querySelector('.code textarea');
  if (number instanceof HTMLTextAreaElement) write(number, code);
  places.forEach(({ name, office, phone }, at) => {
    const row = rows(paper)[at];
    const [place, door] = row ? boxes(row) : addRow(paper);
    if (place) write(place, name);
    if (door) write(door, [office, phone].filter(Boolean).join(' '));
  });
}

/** @param {ParentNode} paper */
const rows = (paper) => [...paper.querySelectorAll('.places tbody tr')];

/** @param {ParentNode} row */
const boxes = (row) => [...row.querySelectorAll('textarea')];

/**
 * Adds an empty row of places.
 *
 * @param {HTMLElement} paper
 * @returns {HTMLTextAreaElement[]} its boxes
 */
function addRow(paper) {
  const all = rows(paper);
  const row = all.at(-1)?.cloneNode(true);
  if (!(row instanceof HTMLElement)) return [];
  const body = /** @type {HTMLElement} */ (all[0]?.parentElement);
  for (const box of boxes(row)) {
    const column = box.closest('td')?.dataset['column'] ?? '';
    box.setAttribute('aria-label', (body.dataset['rowName'] ?? '').replace('{n}', String(all.length + 1)).replace('{column}', column));
    write(box, '');
  }
  body.append(row);
  return boxes(row);
}
