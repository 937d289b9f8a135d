// @ts-check
/**
 * The page of one sheet, or of the guide: its buttons.
 *
 * @module sheets/page
 */
import { livenAssessment } from './assessment.js';
import { clear, liven } from './fields.js';
import { livenReport } from './report.js';

const paper = document.querySelector('.paper.sheet');
/** Whether something was written that is on no paper yet. */
let unprinted = false;

if (paper instanceof HTMLElement) {
  const livens = { report: livenReport, assessment: livenAssessment, referral: liven };
  livens[/** @type {keyof typeof livens} */ (paper.dataset['sheet'])](paper);
  paper.addEventListener('input', () => { unprinted = true; });
  addEventListener('afterprint', () => { unprinted = false; });
  // What is typed is kept nowhere: a wrong turn would lose it without a word.
  addEventListener('beforeunload', (event) => { if (unprinted) event.preventDefault(); });
}
for (const button of document.querySelectorAll('[data-print]')) button.addEventListener('click', () => print());
for (const button of document.querySelectorAll('button[data-clear]')) {
  button.addEventListener('click', () => askAndClear(/** @type {HTMLElement} */ (button)));
}
for (const bar of document.querySelectorAll('.bar')) bar.removeAttribute('hidden');

/** @param {HTMLElement} button */
function askAndClear(button) {
  const said = button.parentElement?.querySelector('[role="status"]');
  if (!(paper instanceof HTMLElement) || !confirm(button.dataset['ask'])) return;
  clear(paper);
  unprinted = false;
  if (said) said.textContent = button.dataset['done'] ?? '';
  paper.addEventListener('input', () => { if (said) said.textContent = ''; }, { once: true });
}
