// @ts-check
/**
 * The papers that a person takes home: fetches their parts, lays them out on the screen as they will be printed, and prints.
 *
 * Where the person starts goes into the body of one request; the link worker's own lines and the code go nowhere at all.
 *
 * @module handout
 */
import { make } from '../dom.js';
import { calendarOf, firstMonth } from './calendar.js';
import { createCode } from './code.js';
import { heightOf, ROOM } from './pages.js';
import { prescription } from './prescription.js';
import { toolbarOf } from './toolbar.js';
import { createWords, plain } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {{from?: unknown, travel?: string[], items: {id: string, line?: string}[]}} Order */

/**
 * Fills `container` with the papers for some places and shows it.
 *
 * @param {HTMLElement} container  An empty, hidden section.
 * @param {Order} order
 * @param {{onClose?: () => void}} [then]  What to do when the reader goes back.
 * @returns {Promise<void>}
 */
export async function openHandout(container, order, { onClose = () => {} } = {}) {
  const before = document.activeElement;
  const say = createWords(await table());
  const close = () => {
    container.replaceChildren();
    container.hidden = true;
    container.classList.remove('handout');
    document.body.classList.remove('has-handout');
    onClose();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  container.classList.add('handout');
  document.body.classList.add('has-handout');
  container.replaceChildren(make('p', { role: 'status', class: 'panel no-print' }, plain(say('bar.waiting'))));
  container.hidden = false;
  try {
    await layOut(container, await ask(order), { lines: order.items.map((item) => item.line ?? ''), say, close });
  } catch {
    const back = make('button', { type: 'button' }, plain(say('bar.back')));
    back.addEventListener('click', close);
    container.replaceChildren(make('div', { class: 'panel no-print' }, make('p', { role: 'alert' }, plain(say('bar.failed'))), back));
    back.focus();
  }
}

/** @returns {Promise<Record<string, string>>} */
async function table() {
  const answer = await fetch('/assets/lang/desk/handout.json');
  return answer.ok ? answer.json() : {};
}

/**
 * @param {Order} order
 * @returns {Promise<Parts>}
 */
async function ask({ from = null, travel = [], items }) {
  const body = JSON.stringify({ from, travel, places: items.map((item) => item.id) });
  const answer = await fetch('/handout', { method: 'POST', headers: { 'content-type': 'application/json' }, body, cache: 'no-store', referrerPolicy: 'no-referrer' });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/**
 * @param {HTMLElement} container
 * @param {Parts} parts
 * @param {{lines: string[], say: import('./words.js').Say, close: () => void}} with_
 */
async function layOut(container, parts, { lines, say, close }) {
  const code = createCode();
  const report = await reportOf(code, parts);
  const ruler = make('div', { class: 'paper' });
  const unseen = make('div', { class: 'ruler', 'aria-hidden': 'true' }, ruler);
  const sheet = (/** @type {string} */ name) => make('div', { 'data-sheet': name });
  /** @type {Record<import('./toolbar.js').Sheet, HTMLElement>} */
  const places = { handout: sheet('handout'), calendar: sheet('calendar'), report: sheet('report') };
  const month = (/** @type {number} */ nth) => {
    container.append(unseen);
    const papers = [false, true, true].map((dense) => calendarOf(parts, nth, { code, say, dense }));
    papers[2]?.classList.add('tight');
    const paper = papers.find((it) => it && heightOf(ruler, it) <= ROOM) ?? papers[2];
    unseen.remove();
    places.calendar.replaceChildren(...(paper ? [paper] : []));
  };
  const show = (/** @type {import('./toolbar.js').Sheet} */ name, /** @type {boolean} */ shown) => { places[name].hidden = !shown; };
  const first = firstMonth(parts);
  /** @type {import('./toolbar.js').Sheet[]} */
  const sheets = report ? ['handout', 'calendar', 'report'] : ['handout', 'calendar'];
  const bar = toolbarOf(parts, sheets, say, { show, month, close, first });
  container.replaceChildren(unseen, bar, ...sheets.map((name) => places[name]));
  places.handout.append(...prescription(parts, { code, lines, say, ruler }));
  unseen.remove();
  month(first);
  if (report) places.report.append(report);
  bar.querySelector('h2')?.focus();
}

/**
 * The sheet for the doctor with the same code, where there is one.
 *
 * @param {string} code
 * @param {Parts} parts
 * @returns {Promise<HTMLElement | null>}
 */
async function reportOf(code, parts) {
  const places = parts.places.map(({ name, contact }) => ({ name: plain(name), office: contact.ask_for ?? '', phone: contact.phone ?? '' }));
  try {
    const { loadReport } = await import(new URL('../sheets/report.js', import.meta.url).href);
    return await loadReport({ code, places });
  } catch {
    return null;
  }
}
