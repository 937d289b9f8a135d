// @ts-check
/**
 * Error messages in place of an answer. They also remove the previous answer: nobody must read it as the answer to what the form
 * contains now.
 *
 * @module find/error-message
 */

import { byId, make, setText } from '../dom.js';

/** The question of a field whose question has another name. */
const QUESTIONS = /** @type {Record<string, string>} */ ({ can_give: 'gives', age: 'about', gender: 'about' });

/**
 * Says that a field is invalid, with a button that moves the focus there.
 *
 * @param {string} field
 * @param {import('../i18n.js').Translate} text
 */
export function showInvalidField(field, text) {
  const goToField = make('button', { type: 'button' }, text('count.wrong'));
  goToField.addEventListener('click', () => {
    const question = document.getElementById(`field-${QUESTIONS[field] ?? field}`) ?? byId('field-from');
    question.scrollIntoView({ block: 'center' });
    const input = question.querySelector('input[aria-invalid]') ?? question.querySelector('input');
    if (input instanceof HTMLElement) input.focus({ preventScroll: true });
  });
  replaceAnswer(text('count.wrong'), text, goToField);
}

/**
 * @param {number | 'no answer'} status  Of HTTP.
 * @param {() => void} retry
 * @param {import('../i18n.js').Translate} text
 */
export function showRequestError(status, retry, text) {
  const button = make('button', { type: 'button' }, text('again'));
  button.addEventListener('click', retry);
  const message = status === 'no answer' ? text('network') : text('network.server', { status });
  replaceAnswer(text('count.none_sent'), text, make('p', { class: 'error' }, message), button);
}

/**
 * @param {string} status  For the live region.
 * @param {import('../i18n.js').Translate} text
 * @param {...HTMLElement} children
 */
function replaceAnswer(status, text, ...children) {
  setText(byId('count'), status);
  setText(byId('reach'), '');
  setText(byId('bar-answers'), text('answers'));
  byId('error-message').replaceChildren(...children);
  byId('understood').hidden = true;
  byId('groups').replaceChildren();
  byId('groups').setAttribute('aria-busy', 'false');
}
