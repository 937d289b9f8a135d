// @ts-check
/**
 * The page of one sheet, or of the guide: its buttons, and a warning before unprinted text is lost.
 *
 * @module sheets/page
 */
import { enableAssessment } from './assessment.js';
import { clearFields, enableFields } from './fields.js';
import { enableReport } from './report.js';

const paper = document.querySelector('.paper.sheet');
/** Whether something was typed since the last print. */
let hasUnprinted = false;

if (paper instanceof HTMLElement) {
  const enable = { report: enableReport, assessment: enableAssessment, referral: enableFields };
  enable[/** @type {keyof typeof enable} */ (paper.dataset['sheet'])](paper);
  paper.addEventListener('input', () => { hasUnprinted = true; });
  addEventListener('afterprint', () => { hasUnprinted = false; });
  // Data loss: nothing typed is stored anywhere, so leaving the page would lose it without a warning.
  addEventListener('beforeunload', (event) => { if (hasUnprinted) event.preventDefault(); });
}
for (const button of document.querySelectorAll('[data-print]')) button.addEventListener('click', () => print());
for (const button of document.querySelectorAll('button[data-clear]')) {
  button.addEventListener('click', () => confirmAndClear(/** @type {HTMLElement} */ (button)));
}
for (const bar of document.querySelectorAll('.bar')) bar.removeAttribute('hidden');

/** @param {HTMLElement} button */
function confirmAndClear(button) {
  const status = button.parentElement?.querySelector('[role="status"]');
  if (!(paper instanceof HTMLElement) || !confirm(button.dataset['confirm'])) return;
  clearFields(paper);
  hasUnprinted = false;
  if (status) status.textContent = button.dataset['done'] ?? '';
  paper.addEventListener('input', () => { if (status) status.textContent = ''; }, { once: true });
}
