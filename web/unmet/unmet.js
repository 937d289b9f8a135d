// @ts-check
/**
 * The buttons for an unmet need: one tap stores month, district, interests, means of travel and reason, and nothing else. Nobody
 * can delete what is stored, so each tap has an undo window of a few seconds before it is sent.
 *
 * @module unmet/unmet
 */
import { make, setText } from '../dom.js';
import { createTranslate } from '../i18n.js';
import { undoWindow } from './undo-window.js';

/**
 * What is known of the need, in codes and terms of the city; each part may be missing.
 *
 * @typedef {{ district?: string | null, interests?: string[], travel?: string[] }} UnmetNeed
 */

const REASONS = ['nothing_like_it', 'too_far', 'wrong_day', 'no_ride', 'full', 'declined'];
/** The server accepts no more. */
const MAX_INTERESTS = 8;
const UNDO_S = 5;
const STYLE = '/assets/unmet/panel.css';

/**
 * The panel with the six reasons.
 *
 * @param {() => UnmetNeed} need  Called at each tap.
 * @returns {Promise<HTMLElement>}
 */
export async function unmetButtons(need) {
  const text = createTranslate(await (await fetch('/assets/lang/link-worker/unmet.json')).json());
  loadStyle();
  const status = make('p', { role: 'status' });
  const undo = make('button', { type: 'button', hidden: '' }, text('panel.undo'));
  const buttons = REASONS.map((reason) => make('button', { type: 'button', 'data-reason': reason }, text(`reason.${reason}`)));
  const panel = make('section', { class: 'panel unmet-panel no-print', 'aria-labelledby': 'unmet-heading' },
    make('h2', { id: 'unmet-heading' }, text('panel.heading')),
    make('p', {}, text('panel.text')),
    make('div', { class: 'unmet-reasons' }, ...buttons),
    make('div', { class: 'unmet-status' }, status, undo));
  connectButtons({ panel, buttons, undo, need, text, setStatus: (message) => setText(status, message) });
  return panel;
}

/**
 * @param {{ panel: HTMLElement, buttons: HTMLButtonElement[], undo: HTMLButtonElement, need: () => UnmetNeed,
 *   text: import('../i18n.js').Translate, setStatus: (message: string) => void }} parts
 */
function connectButtons({ panel, buttons, undo, need, text, setStatus }) {
  /** Bodies that were tapped, need and reason together: in memory only, and per panel, so per person. @type {Set<string>} */
  const tapped = new Set();
  const bodyFor = (/** @type {string} */ reason) => bodyOf(reason, need());
  const markTapped = () => buttons.forEach((button) => {
    button.setAttribute('aria-disabled', String(tapped.has(bodyFor(reasonOf(button)))));
  });
  const reasonName = (/** @type {string} */ body) => text(`reason.${JSON.parse(body).reason}`);
  /** Of the next body, where one is pending already. */
  let pendingMessage = '';
  const reportResult = (/** @type {string} */ message) => setStatus([message, pendingMessage].filter(Boolean).join(' '));
  const clearPending = () => {
    pendingMessage = '';
    undo.hidden = true;
  };
  const queue = undoWindow(UNDO_S * 1000, {
    async send(body, leaving) {
      clearPending();
      setStatus(text('panel.sending'));
      const failure = await postNeed(body, leaving);
      if (failure === null) return reportResult(text('panel.stored', { reason: reasonName(body) }));
      tapped.delete(body);
      markTapped();
      reportResult(failure === '429' ? text('panel.enough') : text('panel.failed', { reason: failure }));
    },
  });
  const onTap = (/** @type {HTMLButtonElement} */ button) => {
    const body = bodyFor(reasonOf(button));
    if (tapped.has(body)) return reportResult(text('panel.twice', { reason: reasonName(body) }));
    tapped.add(body);
    tapped.delete(queue.schedule(body) ?? '');
    markTapped();
    pendingMessage = text('panel.waiting', { reason: reasonName(body), seconds: UNDO_S });
    undo.hidden = false;
    setStatus(pendingMessage);
  };
  buttons.forEach((button) => button.addEventListener('click', () => onTap(button)));
  undo.addEventListener('click', () => {
    const undone = queue.undo();
    if (undone === null) return;
    tapped.delete(undone);
    markTapped();
    buttons.find((button) => bodyFor(reasonOf(button)) === undone)?.focus();
    clearPending();
    setStatus(text('panel.undone'));
  });
  // The need may have changed since; for another need the same reason is enabled again.
  for (const event of ['pointerover', 'focusin']) panel.addEventListener(event, markTapped);
  addEventListener('pagehide', () => queue.flush());
  markTapped();
}

/** @param {HTMLButtonElement} button */
const reasonOf = (button) => button.dataset['reason'] ?? '';

/**
 * The body of the request, canonical: equal needs make equal bodies.
 *
 * @param {string} reason
 * @param {UnmetNeed} need
 */
function bodyOf(reason, { district, interests = [], travel = [] }) {
  const sorted = [...new Set(interests)].sort().slice(0, MAX_INTERESTS);
  return JSON.stringify({ reason, ...(district ? { district } : {}), interests: sorted, travel: [...new Set(travel)].sort() });
}

/**
 * @param {string} body
 * @param {boolean} leaving  Whether the page is being closed.
 * @returns {Promise<string | null>}  The failure; `null` if the need is stored.
 */
async function postNeed(body, leaving) {
  try {
    const response = await fetch('/unmet', {
      method: 'POST', body, keepalive: leaving, cache: 'no-store', headers: { 'content-type': 'application/json' },
    });
    return response.ok ? null : String(response.status);
  } catch (error) {
    return error instanceof Error ? error.name : '';
  }
}

/** The panel loads its own style sheet, so that any page can show it. */
function loadStyle() {
  if (!document.querySelector(`link[href="${STYLE}"]`)) document.head.append(make('link', { rel: 'stylesheet', href: STYLE }));
}
