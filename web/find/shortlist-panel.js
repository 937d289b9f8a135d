// @ts-check
/**
 * The shortlist on the page: its order, its lines, and the way to the handout. It lives as long as the page.
 *
 * @module find/shortlist-panel
 */

import { byId, make, setText } from '../dom.js';
import { added, moved, withLine, without } from './shortlist.js';

/** @typedef {import('./types.js').Chosen} Chosen */
/** @typedef {import('./types.js').Context} Context */

const LINE_LETTERS = 80;

/**
 * @param {Context} context
 * @param {{changed: () => void, print: (chosen: readonly Chosen[]) => void}} listener
 */
export function shortlistPanel(context, listener) {
  const { data, text } = context;
  const most = Number(byId('shortlist').dataset['most']);
  const items = byId('shortlist-items');
  /** @type {Chosen[]} */
  let list = [];

  /** @param {Chosen[]} next @param {string} words  What to say of it. */
  const change = (next, words) => {
    list = next;
    draw();
    setText(byId('shortlist-said'), words);
    byId('shortlist-trouble').textContent = '';
    listener.changed();
  };
  const draw = () => {
    items.replaceChildren(...list.map((chosen, nth) => item(chosen, { isFirst: nth === 0, isLast: nth === list.length - 1 }, context)));
    setText(byId('shortlist-count'), list.length > 0 ? text('shortlist.n', { n: list.length, most }) : '');
    byId('shortlist-empty').hidden = list.length > 0;
    byId('make-handout').hidden = list.length === 0;
    byId('shortlist-note').hidden = list.length === 0;
    for (const [nth, { category }] of list.entries()) {
      const known = data.categories.findIndex(({ id }) => id === category);
      if (known >= 0) items.children[nth]?.classList.add(`k${known}`);
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
    refocus(chosen.id, action ?? '');
  });
  items.addEventListener('input', (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement) list = withLine(list, input.dataset['id'] ?? '', input.value);
  });
  byId('make-handout').addEventListener('click', () => listener.print(list));

  const focusItem = (/** @type {number} */ nth) => {
    const button = items.children[nth]?.querySelector('[data-action="remove"]');
    if (button instanceof HTMLElement) button.focus();
    else byId('shortlist').focus();
  };
  /** Where the button cannot be used any more, its neighbour has the focus. */
  const refocus = (/** @type {string} */ id, /** @type {string} */ action) => {
    const buttons = [...items.querySelectorAll(`button[data-id="${CSS.escape(id)}"]:not([disabled])`)];
    const same = buttons.find((button) => button instanceof HTMLElement && button.dataset['action'] === action) ?? buttons[0];
    if (same instanceof HTMLElement) same.focus();
  };

  return {
    /** @param {string} id */
    has: (id) => list.some((chosen) => chosen.id === id),
    get length() { return list.length; },
    /**
     * Puts a place in, or takes it out if it is there.
     *
     * @param {{id: string, name: string, category: string}} place
     * @returns {boolean}  Whether there was room.
     */
    toggle(place) {
      if (list.some(({ id }) => id === place.id)) {
        change(without(list, place.id), text('shortlist.removed', { name: place.name, n: list.length - 1 }));
        return true;
      }
      const next = added(list, place, most);
      if (next) change(next, text('shortlist.added', { name: place.name, n: next.length }));
      else setText(byId('shortlist-trouble'), text('shortlist.full', { most }));
      return next !== null;
    },
    /** @param {string} words */
    trouble: (words) => setText(byId('shortlist-trouble'), words),
    reset: () => change([], ''),
  };
}

/**
 * @param {Chosen} chosen
 * @param {{isFirst: boolean, isLast: boolean}} at
 * @param {Context} context
 */
function item({ id, name, line }, { isFirst, isLast }, { text }) {
  /** @param {string} action @param {string} sign @param {string} label @param {boolean} off */
  const button = (action, sign, label, off) => make('button', { type: 'button', 'data-id': id, 'data-action': action, 'aria-label': label,
    disabled: off ? '' : null }, make('span', { 'aria-hidden': 'true' }, sign));
  const input = make('input', { type: 'text', 'data-id': id, maxlength: String(LINE_LETTERS), autocomplete: 'off', autocapitalize: 'off',
    spellcheck: 'false', 'aria-label': text('shortlist.line', { name }), placeholder: text('shortlist.line.hint') });
  input.value = line;
  return make('li', { 'data-chosen': id },
    make('p', { class: 'chosen-name' }, name),
    make('div', { class: 'chosen-row' }, input, button('up', '▲', text('shortlist.up', { name }), isFirst), button('down', '▼', text('shortlist.down', { name }), isLast),
      button('remove', '×', text('remove.label', { word: name }), false)));
}
