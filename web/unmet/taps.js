// @ts-check
/**
 * Buttons of which each tap sends one report: an undo window before it is sent, an idempotency key, and no second report of the same
 * kind for the same person. Used for unmet needs and for results of referrals.
 *
 * @module unmet/taps
 */
import { needKeys } from './need-keys.js';
import { undoWindow } from './undo-window.js';

const UNDO_S = 5;

/**
 * @typedef {object} TapParts
 * @property {string} address  Where reports are posted.
 * @property {HTMLElement} panel
 * @property {HTMLButtonElement[]} buttons
 * @property {HTMLButtonElement} undo
 * @property {(button: HTMLButtonElement) => string} bodyFor  The body of a report, canonical: equal reports make equal bodies.
 * @property {(body: string) => string} nameOf  What a body says, for messages.
 * @property {import('../i18n.js').Translate} text
 * @property {(message: string) => void} setStatus
 */

/**
 * @param {TapParts} parts
 * @returns {{ reset: () => void, refresh: () => void }}  `reset` begins with the next person, and sends what is pending; `refresh` marks
 *   the buttons anew, after what the bodies are made of has changed.
 */
export function connectTaps({ address, panel, buttons, undo, bodyFor, nameOf, text, setStatus }) {
  /** Bodies that were tapped: in memory only, and per panel, so per person. @type {Set<string>} */
  const tapped = new Set();
  const keys = needKeys();
  /** Of the next body, where one is pending already. */
  let pendingMessage = '';
  const markTapped = () => buttons.forEach((button) => {
    button.setAttribute('aria-disabled', String(tapped.has(bodyFor(button))));
  });
  const reportResult = (/** @type {string} */ message) => setStatus([message, pendingMessage].filter(Boolean).join(' '));
  const clearPending = () => {
    pendingMessage = '';
    undo.hidden = true;
  };
  const queue = undoWindow(UNDO_S * 1000, {
    async send(body, leaving) {
      clearPending();
      setStatus(text('panel.sending'));
      const failure = await post(address, keys.withKey(body), leaving);
      if (failure === null) {
        keys.forget(body);
        return reportResult(text('panel.stored', { name: nameOf(body) }));
      }
      tapped.delete(body);
      markTapped();
      reportResult(failure === '429' ? text('panel.enough') : text('panel.failed', { reason: failure }));
    },
  });
  const onTap = (/** @type {HTMLButtonElement} */ button) => {
    const body = bodyFor(button);
    if (tapped.has(body)) return reportResult(text('panel.twice', { name: nameOf(body) }));
    tapped.add(body);
    tapped.delete(queue.schedule(body) ?? '');
    markTapped();
    pendingMessage = text('panel.waiting', { name: nameOf(body), seconds: UNDO_S });
    undo.hidden = false;
    setStatus(pendingMessage);
  };
  const onUndo = () => {
    const undone = queue.undo();
    if (undone === null) return;
    tapped.delete(undone);
    markTapped();
    buttons.find((button) => bodyFor(button) === undone)?.focus();
    clearPending();
    setStatus(text('panel.undone'));
  };
  buttons.forEach((button) => button.addEventListener('click', () => onTap(button)));
  undo.addEventListener('click', onUndo);
  // What the bodies are made of may have changed since; for another report the same button is enabled again.
  for (const event of ['pointerover', 'focusin']) panel.addEventListener(event, markTapped);
  addEventListener('pagehide', () => queue.flush());
  markTapped();
  return {
    reset() {
      queue.flush();
      tapped.clear();
      markTapped();
    },
    refresh: markTapped,
  };
}

/**
 * @param {string} address
 * @param {string} body
 * @param {boolean} leaving  Whether the page is being closed.
 * @returns {Promise<string | null>}  The failure; `null` if the report is stored.
 */
async function post(address, body, leaving) {
  try {
    const response = await fetch(address, {
      method: 'POST', body, keepalive: leaving, cache: 'no-store', headers: { 'content-type': 'application/json' },
    });
    return response.ok ? null : String(response.status);
  } catch (error) {
    return error instanceof Error ? error.name : '';
  }
}
