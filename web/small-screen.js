// @ts-check
/**
 * The small screen: the bar that leads from the filters to what they leave, and the tab that the address names.
 *
 * @module small-screen
 */

import { byId, prefersReducedMotion } from './dom.js';
import { formatNumber } from './format.js';

const SMALL = '(max-width: 899.98px)';
let isConnected = false;

/**
 * Shows how many places a choice leaves, at the foot of the screen, until they are seen.
 *
 * @param {number} count  All that the list shows.
 * @param {import('./i18n.js').Translate} text
 */
export function showBar(count, text) {
  const [bar, button] = [byId('show-bar'), byId('show-bar').querySelector('button')];
  if (!matchMedia(SMALL).matches || !button) return;
  button.textContent = text('list.show', { n: formatNumber(count) });
  bar.hidden = isSeen(byId('count'));
  if (isConnected) return;
  isConnected = true;
  button.addEventListener('click', () => {
    for (const fold of document.querySelectorAll('details.fold[open]')) if (fold instanceof HTMLDetailsElement) fold.open = false;
    bar.hidden = true;
    byId('results').scrollIntoView({ behavior: prefersReducedMotion() ? 'auto' : 'smooth' });
    byId('results').focus({ preventScroll: true });
  });
  addEventListener('scroll', () => { if (isSeen(byId('count'))) bar.hidden = true; }, { passive: true });
}

/** @param {Element} element */
function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

/**
 * Shows the tab of the state, by pressing its button, as a reader would.
 *
 * @param {import('./types.js').State} state
 */
export function syncTab(state) {
  const wanted = state.tab ?? (state.map ? null : 'list');
  const shown = document.body.dataset['tab'] ?? 'list';
  if (!wanted || wanted === shown || !matchMedia(SMALL).matches) return;
  const button = document.querySelector(`.tabs button[data-show="${wanted}"]`);
  if (button instanceof HTMLButtonElement) button.click();
}
