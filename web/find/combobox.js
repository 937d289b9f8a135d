// @ts-check
/**
 * A field with suggestions below it (the combobox of ARIA's patterns). Nothing is taken while letters are still being put
 * together by an input method.
 *
 * @module find/combobox
 */

import { make } from '../dom.js';

/** @typedef {import('./suggest.js').Suggestion} Suggestion */

/**
 * @typedef {object} Listener
 * @property {(typed: string) => Suggestion[]} find
 * @property {(suggestion: Suggestion) => void} taken  One of the suggestions.
 * @property {(typed: string) => void} written  Words of their own: by Enter, a comma, or leaving the field.
 */

const COMMA = /[、，,；;]/;
/** What is left of a syllable that is being typed. */
const UNFINISHED = /[a-zａ-ｚ]+$/iu;

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {Listener} listener
 */
export function combobox(input, list, listener) {
  /** @type {Suggestion[]} */
  let found = [];
  let at = -1;

  const close = () => {
    found = [];
    at = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const open = (/** @type {string} */ typed) => {
    found = listener.find(typed);
    if (found.length === 0) {
      close();
      return;
    }
    at = -1;
    list.replaceChildren(...found.map((it, nth) => option(`${list.id}-${nth}`, it)));
    list.hidden = false;
    list.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-expanded', 'true');
    input.removeAttribute('aria-activedescendant');
  };
  const move = (/** @type {number} */ step) => {
    at = (at + step + found.length + 1) % (found.length + 1);
    if (at === found.length) at = step > 0 ? 0 : found.length - 1;
    [...list.children].forEach((item, nth) => item.setAttribute('aria-selected', String(nth === at)));
    list.children[at]?.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', `${list.id}-${at}`);
  };
  const take = (/** @type {Suggestion} */ suggestion) => {
    close();
    listener.taken(suggestion);
  };
  const write = () => {
    close();
    if (input.value.trim() !== '') listener.written(input.value);
  };

  input.addEventListener('input', (event) => {
    const composing = event instanceof InputEvent && event.isComposing;
    if (!composing && COMMA.test(input.value)) write();
    else open(composing ? input.value.replace(UNFINISHED, '') : input.value);
  });
  input.addEventListener('compositionend', () => { if (COMMA.test(input.value)) write(); });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const chosen = found[at];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (found.length === 0) open(input.value);
      if (found.length === 0) return;
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      if (chosen) take(chosen);
      else write();
    } else if (event.key === 'Escape' && found.length > 0) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', write);
  list.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener('click', (event) => {
    const item = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
    const suggestion = item ? found[[...list.children].indexOf(item)] : undefined;
    if (suggestion) take(suggestion);
  });
}

/**
 * @param {string} id
 * @param {Suggestion} suggestion
 */
function option(id, { label, note }) {
  return make('li', { role: 'option', id, 'aria-selected': 'false' }, label,
    note ? make('span', { class: 'note' }, note) : null);
}
