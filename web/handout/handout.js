// @ts-check
/**
 * The handout that a person takes home: requests its parts, lays them out on the screen as they will be printed, and prints.
 *
 * Only the body of one request carries the start point; no request carries the link worker's own lines or the code.
 *
 * @module handout/handout
 */
import { make } from '../dom.js';
import { calendarOf } from './calendar.js';
import { CONTENT_HEIGHT, measureHeight } from './pagination.js';
import { createCode } from './paper-code.js';
import { prescription } from './prescription.js';
import { toolbarOf } from './toolbar.js';
import { createRubyMessages, plain } from './ruby-text.js';

/** @typedef {import('./types.js').HandoutParts} HandoutParts */
/** @typedef {{from?: unknown, travel?: string[], items: {id: string, line?: string}[]}} HandoutOrder */

/**
 * Fills `container` with the papers and shows it.
 *
 * @param {HTMLElement} container  An empty, hidden section.
 * @param {HandoutOrder} order
 * @param {{onClose?: () => void}} [listener]  `onClose` is called when the reader goes back.
 * @returns {Promise<void>}
 */
export async function openHandout(container, order, { onClose = () => {} } = {}) {
  const focusedBefore = document.activeElement;
  const message = createRubyMessages(await loadMessages());
  const close = () => {
    container.replaceChildren();
    container.hidden = true;
    container.classList.remove('handout');
    document.body.classList.remove('has-handout');
    onClose();
    if (focusedBefore instanceof HTMLElement && focusedBefore.isConnected) focusedBefore.focus();
  };
  container.classList.add('handout');
  document.body.classList.add('has-handout');
  container.closest('main > *')?.classList.add('holds-handout');
  container.replaceChildren(make('p', { role: 'status', class: 'panel no-print' }, plain(message('bar.waiting'))));
  container.hidden = false;
  try {
    await layOutPapers(container, await requestParts(order), { lines: order.items.map((item) => item.line ?? ''), message, close });
  } catch {
    const back = make('button', { type: 'button' }, plain(message('bar.back')));
    back.addEventListener('click', close);
    container.replaceChildren(make('div', { class: 'panel no-print' }, make('p', { role: 'alert' }, plain(message('bar.failed'))), back));
    back.focus();
  }
}

/** @returns {Promise<Record<string, string>>} */
async function loadMessages() {
  const response = await fetch('/assets/lang/link-worker/handout.json');
  return response.ok ? response.json() : {};
}

/**
 * @param {HandoutOrder} order
 * @returns {Promise<HandoutParts>}
 */
async function requestParts({ from = null, travel = [], items }) {
  const body = JSON.stringify({ from, travel, places: items.map((item) => item.id) });
  const response = await fetch('/handout', { method: 'POST', headers: { 'content-type': 'application/json' }, body, cache: 'no-store', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/**
 * @param {HTMLElement} container
 * @param {HandoutParts} parts
 * @param {{lines: string[], message: import('./ruby-text.js').RubyMessages, close: () => void}} options
 */
async function layOutPapers(container, parts, { lines, message, close }) {
  const code = createCode(parts.code);
  const report = await loadReportFor(code, parts);
  const ruler = make('div', { class: 'paper' });
  const hiddenRuler = make('div', { class: 'ruler', 'aria-hidden': 'true' }, ruler);
  const sheet = (/** @type {string} */ name) => make('div', { 'data-sheet': name });
  /** @type {Record<import('./toolbar.js').SheetName, HTMLElement>} */
  const places = { handout: sheet('handout'), calendar: sheet('calendar'), report: sheet('report') };
  const calendar = () => {
    const papers = [false, true, true].map((dense) => calendarOf(parts, { code, message, dense }));
    papers[2]?.classList.add('tight');
    return papers.find((paper) => measureHeight(ruler, paper) <= CONTENT_HEIGHT) ?? papers[2] ?? '';
  };
  const show = (/** @type {import('./toolbar.js').SheetName} */ name, /** @type {boolean} */ shown) => { places[name].hidden = !shown; };
  /** @type {import('./toolbar.js').SheetName[]} */
  const sheets = report ? ['handout', 'calendar', 'report'] : ['handout', 'calendar'];
  const bar = toolbarOf(parts, sheets, message, { show, close });
  container.replaceChildren(hiddenRuler, bar, ...sheets.map((name) => places[name]));
  places.handout.append(...prescription(parts, { code, lines, message, ruler }));
  places.calendar.append(calendar());
  hiddenRuler.remove();
  if (report) places.report.append(report);
  bar.querySelector('h2')?.focus();
}

/**
 * The sheet for the doctor with the same code; `null` where that module is missing.
 *
 * @param {string} code
 * @param {HandoutParts} parts
 * @returns {Promise<HTMLElement | null>}
 */
async function loadReportFor(code, parts) {
  const places = parts.places.map(({ name, contact }) => ({ name: plain(name), office: contact.ask_for ?? '', phone: contact.phone ?? '' }));
  try {
    const { loadReport } = await import(new URL('../sheets/report.js', import.meta.url).href);
    return await loadReport({ code, places });
  } catch {
    return null;
  }
}
