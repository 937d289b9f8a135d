// @ts-check
/**
 * What a link worker presses when nothing fitted: one tap stores month, district, interests, ways and reason, and nothing else.
 * What is stored cannot be taken back, so that each tap waits a few seconds before it is sent.
 *
 * @module unmet
 */
import { make, setText } from '../dom.js';
import { createText } from '../i18n.js';
import { waiting } from './waiting.js';

/**
 * What is known of the wish, in the codes and terms of the city; nothing of it need be known.
 *
 * @typedef {{ district?: string | null, interests?: string[], travel?: string[] }} Wish
 */

const REASONS = ['nothing_like_it', 'too_far', 'wrong_day', 'no_ride', 'full', 'declined'];
/** As many as the server takes. */
const MAX_INTERESTS = 8;
const WAIT_S = 5;
const STYLE = '/assets/unmet/panel.css';

/**
 * The panel with the six reasons.
 *
 * @param {() => Wish} wish  Asked at each tap.
 * @returns {Promise<HTMLElement>}
 */
export async function unmetButtons(wish) {
  const text = createText(await (await fetch('/assets/lang/desk/unmet.json')).json());
  bringStyle();
  const status = make('p', { role: 'status' });
  const undo = make('button', { type: 'button', hidden: '' }, text('panel.undo'));
  const buttons = REASONS.map((reason) => make('button', { type: 'button', 'data-reason': reason }, text(`reason.${reason}`)));
  const panel = make('section', { class: 'panel unmet-panel no-print', 'aria-labelledby': 'unmet-heading' },
    make('h2', { id: 'unmet-heading' }, text('panel.heading')),
    make('p', {}, text('panel.text')),
    make('div', { class: 'unmet-reasons' }, ...buttons),
    make('div', { class: 'unmet-said' }, status, undo));
  listen({ panel, buttons, undo, wish, text, say: (words) => setText(status, words) });
  return panel;
}

/**
 * @param {{ panel: HTMLElement, buttons: HTMLButtonElement[], undo: HTMLButtonElement, wish: () => Wish,
 *   text: import('../i18n.js').Text, say: (words: string) => void }} parts
 */
function listen({ panel, buttons, undo, wish, text, say }) {
  /** What was tapped, wish and reason together: in memory only, and for one person's panel. @type {Set<string>} */
  const taken = new Set();
  const body = (/** @type {string} */ reason) => bodyOf(reason, wish());
  const mark = () => buttons.forEach((button) => {
    button.setAttribute('aria-disabled', String(taken.has(body(reasonOf(button)))));
  });
  const name = (/** @type {string} */ sent) => text(`reason.${JSON.parse(sent).reason}`);
  /** What is said of the next one that waits, if one does. */
  let then = '';
  const tell = (/** @type {string} */ words) => say([words, then].filter(Boolean).join(' '));
  const rest = () => {
    then = '';
    undo.hidden = true;
  };
  const line = waiting(WAIT_S * 1000, {
    async send(sent, leaving) {
      rest();
      say(text('panel.sending'));
      const failure = await post(sent, leaving);
      if (failure === null) return tell(text('panel.stored', { reason: name(sent) }));
      taken.delete(sent);
      mark();
      tell(text('panel.failed', { reason: failure }));
    },
  });
  const tap = (/** @type {HTMLButtonElement} */ button) => {
    const asked = body(reasonOf(button));
    if (taken.has(asked)) return tell(text('panel.twice', { reason: name(asked) }));
    taken.add(asked);
    taken.delete(line.put(asked) ?? '');
    mark();
    then = text('panel.waiting', { reason: name(asked), seconds: WAIT_S });
    undo.hidden = false;
    say(then);
  };
  buttons.forEach((button) => button.addEventListener('click', () => tap(button)));
  undo.addEventListener('click', () => {
    const back = line.takeBack();
    if (back === null) return;
    taken.delete(back);
    mark();
    buttons.find((button) => body(reasonOf(button)) === back)?.focus();
    rest();
    say(text('panel.undone'));
  });
  // The wish may have changed since: then the same reason may be given again.
  for (const event of ['pointerover', 'focusin']) panel.addEventListener(event, mark);
  addEventListener('pagehide', () => line.flush());
  mark();
}

/** @param {HTMLButtonElement} button */
const reasonOf = (button) => button.dataset['reason'] ?? '';

/** The same wish makes the same body. @param {string} reason @param {Wish} wish */
function bodyOf(reason, { district, interests = [], travel = [] }) {
  const kinds = [...new Set(interests)].sort().slice(0, MAX_INTERESTS);
  return JSON.stringify({ reason, ...(district ? { district } : {}), interests: kinds, travel: [...new Set(travel)].sort() });
}

/** Why it failed; `null` if it is stored. @param {string} body @param {boolean} leaving @returns {Promise<string | null>} */
async function post(body, leaving) {
  try {
    const answer = await fetch('/unmet', {
      method: 'POST', body, keepalive: leaving, cache: 'no-store', headers: { 'content-type': 'application/json' },
    });
    return answer.ok ? null : String(answer.status);
  } catch (error) {
    return error instanceof Error ? error.name : '';
  }
}

/** Whoever shows the panel need not know of its style sheet. */
function bringStyle() {
  if (!document.querySelector(`link[href="${STYLE}"]`)) document.head.append(make('link', { rel: 'stylesheet', href: STYLE }));
}
