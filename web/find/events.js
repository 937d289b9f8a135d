// @ts-check
/**
 * Event delegation for the page of the finder: DOM events become calls of one listener.
 *
 * @module find/events
 */

import { byId } from '../dom.js';

/**
 * @typedef {object} FinderListener
 * @property {(button: HTMLElement) => void} onChoose  The shortlist button of a place.
 * @property {(group: string) => void} onShowMore
 * @property {(group: string, open: boolean) => void} onToggleGroup  By hand.
 * @property {(id: string) => void} onPointAtPlace  Empty for none.
 * @property {(term: string) => void} onOffer  A term that the page offered.
 * @property {(group: string) => void} onOpenGroup  From above the list.
 * @property {() => void} onPickStart  The next click on the map sets the start.
 * @property {() => void} onReset  For the next person.
 * @property {() => void} onLeavePage
 */

/** @param {FinderListener} listener */
export function connectEvents(listener) {
  connectGroups(byId('groups'), listener);
  byId('hints').addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('button') : null;
    if (pressed?.dataset['offer']) listener.onOffer(pressed.dataset['offer']);
    if (pressed?.dataset['open']) listener.onOpenGroup(pressed.dataset['open']);
  });
  byId('from-map').addEventListener('click', listener.onPickStart);
  for (const button of document.querySelectorAll('.finder-bar [data-to]')) {
    button.addEventListener('click', () => {
      const target = byId(button.getAttribute('data-to') ?? '');
      target.scrollIntoView({ block: 'start' });
      target.focus({ preventScroll: true });
    });
  }
  connectReset(listener);
  // Shared computers: neither a return to this page nor the back/forward cache may show the wish of the person before.
  addEventListener('pagehide', listener.onLeavePage);
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
}

/** @param {FinderListener} listener */
function connectReset({ onReset }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('reset-dialog'));
  const reset = () => {
    onReset();
    scrollTo(0, 0);
  };
  byId('reset').addEventListener('click', () => {
    // Safari before 15.4 has no dialogs of the page's own.
    if (typeof dialog.showModal === 'function') dialog.showModal();
    else if (confirm(dialog.firstElementChild?.textContent ?? '')) reset();
  });
  byId('reset-no').addEventListener('click', () => dialog.close());
  byId('reset-yes').addEventListener('click', () => {
    dialog.close();
    reset();
  });
}

/**
 * @param {HTMLElement} groups
 * @param {FinderListener} listener
 */
function connectGroups(groups, { onChoose, onShowMore, onToggleGroup, onPointAtPlace }) {
  groups.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('button, summary') : null;
    if (!(pressed instanceof HTMLElement)) return;
    if (pressed.dataset['choose']) onChoose(pressed);
    if (pressed.dataset['more']) onShowMore(pressed.dataset['more']);
    const group = pressed.localName === 'summary' ? pressed.parentElement : null;
    if (group instanceof HTMLDetailsElement) onToggleGroup(group.dataset['group'] ?? '', !group.open);
  });
  for (const name of /** @type {const} */ (['pointerover', 'focusin'])) {
    groups.addEventListener(name, ({ target }) => {
      const hit = target instanceof Element ? target.closest('[data-hit]') : null;
      onPointAtPlace(hit?.getAttribute('data-hit') ?? '');
    });
  }
}
