// @ts-check
/**
 * What stands in place of an answer where there is none. Old answers are taken away: they must not be read as those to what the
 * form says now.
 *
 * @module find/trouble
 */

import { byId, make, setText } from '../dom.js';

/** Where the questions are whose fields go by another name. */
const QUESTIONS = /** @type {Record<string, string>} */ ({ can_give: 'gives', age: 'about', gender: 'about' });

/**
 * @param {string} field  That cannot be used as it is.
 * @param {import('../i18n.js').Text} text
 */
export function showRefusal(field, text) {
  const back = make('button', { type: 'button' }, text('count.wrong'));
  back.addEventListener('click', () => {
    const question = document.getElementById(`field-${QUESTIONS[field] ?? field}`) ?? byId('field-from');
    question.scrollIntoView({ block: 'center' });
    const typed = question.querySelector('input[aria-invalid]') ?? question.querySelector('input');
    if (typed instanceof HTMLElement) typed.focus({ preventScroll: true });
  });
  showInstead(text('count.wrong'), text, back);
}

/**
 * @param {number | 'no answer'} status
 * @param {() => void} again
 * @param {import('../i18n.js').Text} text
 */
export function showFailure(status, again, text) {
  const button = make('button', { type: 'button' }, text('again'));
  button.addEventListener('click', again);
  const words = status === 'no answer' ? text('network') : text('network.server', { status });
  showInstead(text('count.none_sent'), text, make('p', { class: 'error' }, words), button);
}

/**
 * @param {string} status
 * @param {import('../i18n.js').Text} text
 * @param {...HTMLElement} children
 */
function showInstead(status, text, ...children) {
  setText(byId('count'), status);
  setText(byId('reach'), '');
  setText(byId('bar-answers'), text('answers'));
  byId('trouble').replaceChildren(...children);
  byId('understood').hidden = true;
  byId('groups').replaceChildren();
  byId('groups').setAttribute('aria-busy', 'false');
}
