// @ts-check
/**
 * One Tab stop for a row of buttons (the roving tabindex of the ARIA Authoring Practices): arrow keys, Home and End move within it.
 *
 * @module find/roving
 */

/** How far each key moves; Home and End go to the ends. */
const STEPS = new Map([['ArrowRight', 1], ['ArrowDown', 1], ['ArrowLeft', -1], ['ArrowUp', -1]]);

/**
 * The button that a key leads to. Pure.
 *
 * @param {string} key
 * @param {number} at  The button that has the focus.
 * @param {number} count
 * @returns {number | null}  `null` for any other key.
 */
export function nextStop(key, at, count) {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS.get(key);
  return step === undefined ? null : (at + step + count) % count;
}

/** @param {Iterable<Element>} rows  Each a group of buttons. */
export function rovingRows(rows) {
  for (const row of rows) {
    const buttons = /** @type {HTMLElement[]} */ ([...row.querySelectorAll('button')]);
    buttons.forEach((button, nth) => button.setAttribute('tabindex', nth === 0 ? '0' : '-1'));
    const moveStop = (/** @type {HTMLElement} */ to) => buttons.forEach((button) => button.setAttribute('tabindex', button === to ? '0' : '-1'));
    row.addEventListener('focusin', ({ target }) => { if (target instanceof HTMLElement && buttons.includes(target)) moveStop(target); });
    row.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLElement)) return;
      const next = nextStop(event.key, buttons.indexOf(event.target), buttons.length);
      if (next === null) return;
      event.preventDefault();
      buttons[next]?.focus();
    });
  }
}
