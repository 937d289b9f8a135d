// @ts-check
/**
 * The shortlist panel: order, own lines, the button of the handout, and focus management. The list lives as long as the page.
 *
 * @module find/shortlist-panel
 */

import { byId, make, setText } from '../dom.js';
import { added, moved, withLine, without } from './shortlist.js';

/** @typedef {import('./types.js').ShortlistItem} ShortlistItem */
/** @typedef {import('./types.js').FinderContext} FinderContext */

/** Characters. */
const MAX_LINE_LENGTH = 80;

/**
 * @param {FinderContext} context
 * @param {{onChange: () => void, onMakeHandout: (items: readonly ShortlistItem[]) => void}} listener
 */
export function shortlistPanel(context, listener) {
  const { data, text } = context;
  const max = Number(byId('shortlist').dataset['max']);
  const items = byId('shortlist-items');
  /** @type {ShortlistItem[]} */
  let list = [];

  /** @param {ShortlistItem[]} next @param {string} message  For the live region. */
  const change = (next, message) => {
    list = next;
    draw();
    setText(byId('shortlist-status'), message);
    byId('shortlist-error').textContent = '';
    listener.onChange();
  };
  const draw = () => {
    items.replaceChildren(...list.map((chosen, nth) => item(chosen, { isFirst: nth === 0, isLast: nth === list.length - 1 }, context)));
    setText(byId('shortlist-count'), list.length > 0 ? text('shortlist.n', { n: list.length, most: max }) : '');
    byId('shortlist-empty').hidden = list.length > 0;
    byId('make-handout').hidden = list.length === 0;
    byId('shortlist-note').hidden = list.length === 0;
    for (const [nth, { category }] of list.entries()) {
      const rank = data.categories.findIndex(({ id }) => id === category);
      if (rank >= 0) items.children[nth]?.classList.add(`k${rank}`);
    }
  };

  items.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const [id, action] = [button?.dataset['id'], button?.dataset['action']];
    const chosen = list.find((it) => it.id === id);
    if (!chosen) return;
    if (action === 'remove') {
      const nth = list.indexOf(chosen);
      change(without(list, chosen.id), text('shortlist.removed', { name: chosen.name, n: list.length - 1 }));
      focusItem(Math.min(nth, list.length - 1));
      return;
    }
    const next = moved(list, chosen.id, action === 'up' ? -1 : 1);
    const at = next.findIndex((it) => it.id === chosen.id);
    change(next, text('shortlist.moved', { name: chosen.name, n: at + 1 }));
    restoreFocus(chosen.id, action ?? '');
  });
  items.addEventListener('input', (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement) list = withLine(list, input.dataset['id'] ?? '', input.value);
  });
  byId('make-handout').addEventListener('click', () => listener.onMakeHandout(list));

  const focusItem = (/** @type {number} */ nth) => {
    const button = items.children[nth]?.querySelector('[data-action="remove"]');
    if (button instanceof HTMLElement) button.focus();
    else byId('shortlist').focus();
  };
  /** Focus management: the item is redrawn, so the same button gets the focus again; where it is now disabled, its neighbour does. */
  const restoreFocus = (/** @type {string} */ id, /** @type {string} */ action) => {
    const buttons = [...items.querySelectorAll(`button[data-id="${CSS.escape(id)}"]:not([disabled])`)];
    const same = buttons.find((button) => button instanceof HTMLElement && button.dataset['action'] === action) ?? buttons[0];
    if (same instanceof HTMLElement) same.focus();
  };

  return {
    /** @param {string} id */
    has: (id) => list.some((chosen) => chosen.id === id),
    get length() { return list.length; },
    /** @returns {readonly ShortlistItem[]} */
    get items() { return list; },
    /** @param {readonly ShortlistItem[]} next  Of somebody else. */
    show: (next) => change([...next], ''),
    /**
     * Adds a place, or removes it if the list has it.
     *
     * @param {{id: string, name: string, category: string}} place
     * @returns {boolean}  `false` where the list is full.
     */
    toggle(place) {
      if (list.some(({ id }) => id === place.id)) {
        change(without(list, place.id), text('shortlist.removed', { name: place.name, n: list.length - 1 }));
        return true;
      }
      const next = added(list, place, max);
      if (next) change(next, text('shortlist.added', { name: place.name, n: next.length }));
      else setText(byId('shortlist-error'), text('shortlist.full', { most: max }));
      return next !== null;
    },
    /** @param {string} message */
    showError: (message) => setText(byId('shortlist-error'), message),
    reset: () => change([], ''),
  };
}

/**
 * @param {ShortlistItem} chosen
 * @param {{isFirst: boolean, isLast: boolean}} at
 * @param {FinderContext} context
 */
function item({ id, name, line }, { isFirst, isLast }, { text }) {
  /** @param {string} action @param {string} symbol @param {string} label @param {boolean} isDisabled */
  const button = (action, symbol, label, isDisabled) => make('button', { type: 'button', 'data-id': id, 'data-action': action, 'aria-label': label,
    disabled: isDisabled ? '' : null }, make('span', { 'aria-hidden': 'true' }, symbol));
  const input = make('input', { type: 'text', 'data-id': id, maxlength: String(MAX_LINE_LENGTH), autocomplete: 'off', autocapitalize: 'off',
    spellcheck: 'false', 'aria-label': text('shortlist.line', { name }), placeholder: text('shortlist.line.hint') });
  input.value = line;
  return make('li', { 'data-chosen': id },
    make('p', { class: 'chosen-name' }, name),
    make('div', { class: 'chosen-row' }, input, button('up', '▲', text('shortlist.up', { name }), isFirst), button('down', '▼', text('shortlist.down', { name }), isLast),
      button('remove', '×', text('remove.label', { word: name }), false)));
}
