// @ts-check
/**
 * The report to the doctor (支援状況連絡シート): its rows of places, filled in by the program or by hand.
 *
 * @module sheets/report
 */
import { enableFields, setArea } from './fields.js';
import { loadPaper } from './load-paper.js';

/**
 * @typedef {{ name: string, office?: string, phone?: string }} ReportPlace
 */

/**
 * The report filled in with a code and places. The caller puts it into the page.
 *
 * @param {{ code?: string, places?: ReportPlace[] }} [content]
 * @returns {Promise<HTMLElement>}
 */
export async function loadReport(content = {}) {
  const paper = await loadPaper('/sheets/report');
  enableReport(paper);
  fillReport(paper, content);
  return paper;
}

/** @param {HTMLElement} paper */
export function enableReport(paper) {
  enableFields(paper);
  const button = paper.querySelector('[data-add-row]');
  button?.removeAttribute('hidden');
  button?.addEventListener('click', () => addRow(paper)[0]?.focus());
}

/**
 * @param {HTMLElement} paper
 * @param {{ code?: string, places?: ReportPlace[] }} content
 */
export function fillReport(paper, { code = '', places = [] }) {
  const codeArea = paper.querySelector('.code textarea');
  if (codeArea instanceof HTMLTextAreaElement) setArea(codeArea, code);
  places.forEach(({ name, office, phone }, at) => {
    const row = rowsOf(paper)[at];
    const [placeArea, contactArea] = row ? areasOf(row) : addRow(paper);
    if (placeArea) setArea(placeArea, name);
    if (contactArea) setArea(contactArea, [office, phone].filter(Boolean).join(' '));
  });
}

/** @param {ParentNode} paper */
const rowsOf = (paper) => [...paper.querySelectorAll('.places tbody tr')];

/** @param {ParentNode} row */
const areasOf = (row) => [...row.querySelectorAll('textarea')];

/**
 * @param {HTMLElement} paper
 * @returns {HTMLTextAreaElement[]} its text areas
 */
function addRow(paper) {
  const all = rowsOf(paper);
  const row = all[all.length - 1]?.cloneNode(true);
  if (!(row instanceof HTMLElement)) return [];
  const body = /** @type {HTMLElement} */ (all[0]?.parentElement);
  for (const area of areasOf(row)) {
    const column = area.closest('td')?.dataset['column'] ?? '';
    area.setAttribute('aria-label', (body.dataset['rowName'] ?? '').replace('{n}', String(all.length + 1)).replace('{column}', column));
    setArea(area, '');
  }
  body.append(row);
  return areasOf(row);
}
