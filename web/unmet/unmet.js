// @ts-check
/**
 * The buttons for an unmet need: one tap stores month, district, interests, means of travel and reason, and nothing else. Nobody
 * can delete what is stored, so each tap has an undo window of a few seconds before it is sent.
 *
 * @module unmet/unmet
 */
import { make, setText } from '../dom.js';
import { createTranslate } from '../i18n.js';
import { connectTaps } from './taps.js';

/**
 * What is known of the need, in codes and terms of the city; each part may be missing.
 *
 * @typedef {{ district?: string | null, interests?: string[], travel?: string[] }} UnmetNeed
 */

const REASONS = ['nothing_like_it', 'too_far', 'wrong_day', 'no_ride', 'full', 'declined'];
/** The server accepts no more. */
const MAX_INTERESTS = 8;
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
  connectTaps({
    address: '/unmet', panel, buttons, undo, text,
    bodyFor: (button) => bodyOf(button.dataset['reason'] ?? '', need()),
    nameOf: (body) => text(`reason.${JSON.parse(body).reason}`),
    setStatus: (message) => setText(status, message),
  });
  return panel;
}

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

/** The panel loads its own style sheet, so that any page can show it. */
function loadStyle() {
  if (!document.querySelector(`link[href="${STYLE}"]`)) document.head.append(make('link', { rel: 'stylesheet', href: STYLE }));
}
