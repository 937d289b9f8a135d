// @ts-check
/**
 * The panel of results: one tap stores quarter, outcome and what was chosen of the city's own tables, and nothing else. The code of a
 * paper is read here alone: it fills in two choices, and is neither sent nor kept.
 *
 * @module results/results
 */
import { setText } from '../dom.js';
import { isWhole, readCode } from '../handout/paper-code.js';
import { createTranslate } from '../i18n.js';
import { connectTaps } from '../unmet/taps.js';

const FIELDS = /** @type {const} */ (['district', 'kind', 'reason', 'source']);

const panel = document.querySelector('#report');
if (panel instanceof HTMLElement) await enable(panel);

/** @param {HTMLElement} panel */
async function enable(panel) {
  const text = createTranslate(await (await fetch('/assets/lang/link-worker/results.json')).json());
  const code = /** @type {HTMLInputElement} */ (panel.querySelector('[data-code]'));
  const status = /** @type {HTMLElement} */ (panel.querySelector('[data-status]'));
  const codeStatus = /** @type {HTMLElement} */ (panel.querySelector('[data-code-status]'));
  const undo = /** @type {HTMLButtonElement} */ (panel.querySelector('[data-undo]'));
  const next = /** @type {HTMLButtonElement} */ (panel.querySelector('[data-next]'));
  const selects = new Map(FIELDS.map((field) => [field, /** @type {HTMLSelectElement} */ (panel.querySelector(`[data-field="${field}"]`))]));
  const taps = connectTaps({
    address: '/results', panel, undo, text,
    buttons: [...panel.querySelectorAll('button')].filter((button) => button.dataset['outcome']),
    bodyFor: (button) => bodyOf(button.dataset['outcome'] ?? '', selects),
    nameOf: (body) => text(`outcome.${JSON.parse(body).outcome}`),
    setStatus(message) {
      setText(status, message);
      next.hidden = !message;
    },
  });
  code.addEventListener('input', () => {
    setText(codeStatus, fillIn(code.value, Number(panel.dataset['tables']), selects, text));
    taps.refresh();
  });
  next.addEventListener('click', () => {
    taps.reset();
    for (const field of [code, ...selects.values()]) field.value = '';
    for (const line of [status, codeStatus]) setText(line, '');
    [next.hidden, undo.hidden] = [true, true];
    code.focus();
  });
  panel.hidden = false;
}

/**
 * Fills in what a code says, and returns what to say of it.
 *
 * @param {string} typed
 * @param {number} tables
 * @param {Map<string, HTMLSelectElement>} selects
 * @param {import('../i18n.js').Translate} text
 */
function fillIn(typed, tables, selects, text) {
  if (!isWhole(typed)) return '';
  const parts = readCode(typed, tables);
  if (!parts) return text('panel.code_unknown');
  /** @type {string[]} */
  const names = [];
  for (const [field, number] of Object.entries(parts)) {
    const select = selects.get(field);
    const option = number > 0 ? select?.options[number] : undefined;
    if (!select || !option) continue;
    select.value = option.value;
    names.push(option.text);
  }
  return names.length > 0 ? text('panel.code_filled', { names: names.join('、') }) : text('panel.code_empty');
}

/**
 * The body of the request, canonical: equal results make equal bodies.
 *
 * @param {string} outcome
 * @param {Map<string, HTMLSelectElement>} selects
 */
function bodyOf(outcome, selects) {
  const chosen = [...selects].filter(([, select]) => select.value).map(([field, select]) => [field, select.value]);
  return JSON.stringify({ outcome, ...Object.fromEntries(chosen) });
}
