// @ts-check
/**
 * A tag input: each word that was entered becomes a pill above the field, with a button that removes it.
 *
 * @module find/words-field
 */

import { byId, make } from '../dom.js';
import { combobox } from './combobox.js';
import { addWords } from './wish.js';

/**
 * @param {string} name  Of the field in the page.
 * @param {{text: import('../i18n.js').Translate, suggest: (typed: string) => import('./suggest.js').Suggestion[]}} context
 * @param {(words: string[]) => void} onChange
 */
export function wordsField(name, { text, suggest }, onChange) {
  const input = /** @type {HTMLInputElement} */ (byId(`input-${name}`));
  const list = byId(`pills-${name}`);
  /** @type {string[]} */
  let words = [];
  /** @type {Set<string>}  Words that the server did not understand. */
  let unknown = new Set();

  const draw = () => {
    list.replaceChildren(...words.map((word) => pill(word, unknown.has(word), text)));
  };
  const change = (/** @type {string[]} */ next) => {
    words = next;
    draw();
    onChange(words);
  };
  const add = (/** @type {string} */ typed) => {
    input.value = '';
    change(addWords(words, typed));
  };

  combobox(input, byId(`options-${name}`), { suggest, onSelect: ({ value }) => add(value), onCommitText: add });
  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const word = button?.dataset['word'];
    if (word === undefined) return;
    change(words.filter((other) => other !== word));
    input.focus();
  });

  return {
    /** @param {string[]} next  Set without a call of `onChange`. */
    set(next) {
      words = next;
      input.value = '';
      draw();
    },
    /** @param {readonly import('./types.js').UnderstoodWord[]} understood */
    markUnknown(understood) {
      unknown = new Set(understood.filter(({ by }) => by === 'nothing').map(({ word }) => word));
      for (const item of list.children) {
        if (!(item instanceof HTMLElement)) continue;
        const [word, isMarked] = [item.dataset['word'] ?? '', item.classList.contains('unknown-word')];
        if (unknown.has(word) !== isMarked) item.replaceWith(pill(word, unknown.has(word), text));
      }
    },
  };
}

/**
 * @param {string} word
 * @param {boolean} isUnknown
 * @param {import('../i18n.js').Translate} text
 */
function pill(word, isUnknown, text) {
  return make('li', { class: isUnknown ? 'pill unknown-word' : 'pill', 'data-word': word }, make('span', {}, word),
    isUnknown ? make('span', { class: 'why' }, text('pill.nothing')) : null,
    make('button', { type: 'button', 'data-word': word, 'aria-label': text('remove.label', { word }) },
      make('span', { 'aria-hidden': 'true' }, '×')));
}
