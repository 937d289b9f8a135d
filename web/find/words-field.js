// @ts-check
/**
 * A question that is answered in words: what was given stands above the field, each with a way to take it back.
 *
 * @module find/words-field
 */

import { byId, make } from '../dom.js';
import { combobox } from './combobox.js';
import { withWords } from './wish.js';

/** @typedef {import('./types.js').Understood} Understood */

/**
 * @param {string} name  Of the field in the page.
 * @param {{text: import('../i18n.js').Text, find: (typed: string) => import('./suggest.js').Suggestion[]}} context
 * @param {(words: string[]) => void} changed
 */
export function wordsField(name, { text, find }, changed) {
  const input = /** @type {HTMLInputElement} */ (byId(`input-${name}`));
  const list = byId(`pills-${name}`);
  /** @type {string[]} */
  let words = [];
  /** @type {Set<string>} */
  let puzzling = new Set();

  const draw = () => {
    list.replaceChildren(...words.map((word) => pill(word, puzzling.has(word), text)));
  };
  const change = (/** @type {string[]} */ next) => {
    words = next;
    draw();
    changed(words);
  };
  const add = (/** @type {string} */ written) => {
    input.value = '';
    change(withWords(words, written));
  };

  combobox(input, byId(`options-${name}`), { find, taken: ({ value }) => add(value), written: add });
  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const word = button?.dataset['word'];
    if (word === undefined) return;
    change(words.filter((other) => other !== word));
    input.focus();
  });

  return {
    /** @param {string[]} next  Without telling anybody. */
    set(next) {
      words = next;
      input.value = '';
      draw();
    },
    /** @param {readonly Understood[]} understood  Marks the words that nobody understood. */
    mark(understood) {
      puzzling = new Set(understood.filter(({ by }) => by === 'nothing').map(({ word }) => word));
      for (const item of list.children) {
        if (!(item instanceof HTMLElement)) continue;
        const [word, isMarked] = [item.dataset['word'] ?? '', item.classList.contains('puzzling')];
        if (puzzling.has(word) !== isMarked) item.replaceWith(pill(word, puzzling.has(word), text));
      }
    },
  };
}

/**
 * @param {string} word
 * @param {boolean} puzzling
 * @param {import('../i18n.js').Text} text
 */
function pill(word, puzzling, text) {
  return make('li', { class: puzzling ? 'pill puzzling' : 'pill', 'data-word': word }, make('span', {}, word),
    puzzling ? make('span', { class: 'why' }, text('pill.nothing')) : null,
    make('button', { type: 'button', 'data-word': word, 'aria-label': text('remove.label', { word }) },
      make('span', { 'aria-hidden': 'true' }, '×')));
}
