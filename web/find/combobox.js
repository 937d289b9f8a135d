// @ts-check
/**
 * The combobox pattern of the ARIA Authoring Practices: a text field with a listbox of suggestions. While an input method (IME) is
 * composing, nothing is committed.
 *
 * @module find/combobox
 */

import { make } from '../dom.js';

/** @typedef {import('./suggest.js').Suggestion} Suggestion */

/**
 * @typedef {object} ComboboxListener
 * @property {(typed: string) => Suggestion[]} suggest
 * @property {(suggestion: Suggestion) => void} onSelect
 * @property {(typed: string) => void} onCommitText  Free text: by Enter, a comma, or leaving the field.
 */

const COMMA = /[、，,；;]/;
/** The Latin rest of a syllable that the input method has not converted yet. */
const UNCONVERTED = /[a-zａ-ｚ]+$/iu;

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} listbox
 * @param {ComboboxListener} listener
 */
export function combobox(input, listbox, listener) {
  /** @type {Suggestion[]} */
  let suggestions = [];
  let activeIndex = -1;

  const close = () => {
    suggestions = [];
    activeIndex = -1;
    listbox.hidden = true;
    listbox.replaceChildren();
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const open = (/** @type {string} */ typed) => {
    suggestions = listener.suggest(typed);
    if (suggestions.length === 0) {
      close();
      return;
    }
    activeIndex = -1;
    listbox.replaceChildren(...suggestions.map((it, nth) => option(`${listbox.id}-${nth}`, it)));
    listbox.hidden = false;
    listbox.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-expanded', 'true');
    input.removeAttribute('aria-activedescendant');
  };
  const moveActive = (/** @type {number} */ step) => {
    const { length } = suggestions;
    activeIndex = (activeIndex + step + length + 1) % (length + 1);
    if (activeIndex === length) activeIndex = step > 0 ? 0 : length - 1;
    [...listbox.children].forEach((item, nth) => item.setAttribute('aria-selected', String(nth === activeIndex)));
    listbox.children[activeIndex]?.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', `${listbox.id}-${activeIndex}`);
  };
  const select = (/** @type {Suggestion} */ suggestion) => {
    close();
    listener.onSelect(suggestion);
  };
  const commitText = () => {
    close();
    if (input.value.trim() !== '') listener.onCommitText(input.value);
  };

  input.addEventListener('input', (event) => {
    const isComposing = event instanceof InputEvent && event.isComposing;
    if (!isComposing && COMMA.test(input.value)) commitText();
    else open(isComposing ? input.value.replace(UNCONVERTED, '') : input.value);
  });
  input.addEventListener('compositionend', () => { if (COMMA.test(input.value)) commitText(); });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return; // 229: Safari's key of a composition that has just ended
    const active = suggestions[activeIndex];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (suggestions.length === 0) open(input.value);
      if (suggestions.length === 0) return;
      moveActive(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      if (active) select(active);
      else commitText();
    } else if (event.key === 'Escape' && suggestions.length > 0) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', commitText);
  listbox.addEventListener('pointerdown', (event) => event.preventDefault()); // keeps the focus in the field
  listbox.addEventListener('click', (event) => {
    const item = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
    const suggestion = item ? suggestions[[...listbox.children].indexOf(item)] : undefined;
    if (suggestion) select(suggestion);
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
