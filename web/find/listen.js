// @ts-check
/**
 * What is pressed and pointed at on the page, handed on.
 *
 * @module find/listen
 */

import { byId } from '../dom.js';

/**
 * @typedef {object} Listener
 * @property {(button: HTMLElement) => void} choose  A place for the shortlist.
 * @property {(group: string) => void} showMore
 * @property {(group: string, open: boolean) => void} folded  By hand.
 * @property {(id: string) => void} point  At a place, or at none.
 * @property {() => void} aim  The next touch of the map is to be the start.
 * @property {() => void} reset  Somebody else comes.
 * @property {() => void} forget  The page is left.
 */

/** @param {Listener} listener */
export function listen(listener) {
  listenToGroups(byId('groups'), listener);
  byId('from-map').addEventListener('click', listener.aim);
  for (const button of document.querySelectorAll('.finder-bar [data-to]')) {
    button.addEventListener('click', () => {
      const part = byId(button.getAttribute('data-to') ?? '');
      part.scrollIntoView({ block: 'start' });
      part.focus({ preventScroll: true });
    });
  }
  const dialog = /** @type {HTMLDialogElement} */ (byId('reset-dialog'));
  byId('reset').addEventListener('click', () => dialog.showModal());
  byId('reset-no').addEventListener('click', () => dialog.close());
  byId('reset-yes').addEventListener('click', () => {
    dialog.close();
    listener.reset();
    scrollTo(0, 0);
  });
  // A shared computer: who comes back to this page, or finds it in the browser's memory, finds nobody's wish.
  addEventListener('pagehide', listener.forget);
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
}

/**
 * @param {HTMLElement} groups
 * @param {Listener} listener
 */
function listenToGroups(groups, { choose, showMore, folded, point }) {
  groups.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('button, summary') : null;
    if (!(pressed instanceof HTMLElement)) return;
    if (pressed.dataset['choose']) choose(pressed);
    if (pressed.dataset['more']) showMore(pressed.dataset['more']);
    const group = pressed.localName === 'summary' ? pressed.parentElement : null;
    if (group instanceof HTMLDetailsElement) folded(group.dataset['group'] ?? '', !group.open);
  });
  for (const name of /** @type {const} */ (['pointerover', 'focusin'])) {
    groups.addEventListener(name, ({ target }) => {
      const hit = target instanceof Element ? target.closest('[data-hit]') : null;
      point(hit?.getAttribute('data-hit') ?? '');
    });
  }
}
