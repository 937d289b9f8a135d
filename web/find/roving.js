// @ts-check
/**
 * One Tab stop for a row of buttons or check boxes, or for a grid of them (the roving tabindex of the ARIA Authoring Practices): arrow
 * keys, Home and End move within it. The markup calls such a row a toolbar, and such a table a grid, so that a screen reader
 * passes the arrow keys on.
 *
 * @module find/roving
 */

/** How far each key moves, in columns and in rows; Home and End go to the ends. */
const STEPS = new Map([['ArrowRight', [1, 0]], ['ArrowDown', [0, 1]], ['ArrowLeft', [-1, 0]], ['ArrowUp', [0, -1]]]);

/**
 * The button that a key leads to. Pure.
 *
 * @param {string} key
 * @param {number} at  The button that has the focus.
 * @param {number} count
 * @param {number} [columns]  Of a grid; a row is one column of buttons below each other, or beside.
 * @returns {number | null}  `null` for any other key.
 */
export function nextStop(key, at, count, columns = 1) {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS.get(key);
  if (step === undefined) return null;
  const [across = 0, down = 0] = step;
  return (at + across + down * columns + count) % count;
}

/** @param {Iterable<Element>} rows  Each a group of buttons or check boxes; `data-columns` makes it a grid. */
export function rovingRows(rows) {
  for (const row of rows) {
    const buttons = /** @type {HTMLElement[]} */ ([...row.querySelectorAll('button, input[type="checkbox"]')]);
    buttons.forEach((button, nth) => button.setAttribute('tabindex', nth === 0 ? '0' : '-1'));
    const moveStop = (/** @type {HTMLElement} */ to) => buttons.forEach((button) => button.setAttribute('tabindex', button === to ? '0' : '-1'));
    row.addEventListener('focusin', ({ target }) => { if (target instanceof HTMLElement && buttons.includes(target)) moveStop(target); });
    row.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLElement)) return;
      const next = nextStop(event.key, buttons.indexOf(event.target), buttons.length, Number(row.getAttribute('data-columns') ?? 1));
      if (next === null) return;
      event.preventDefault();
      buttons[next]?.focus();
    });
  }
}
