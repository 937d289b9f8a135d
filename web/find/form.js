// @ts-check
/**
 * The questions: what is chosen becomes a person, told at once. What is known of them is here and in no other place.
 *
 * @module find/form
 */

import { byId, setText } from '../dom.js';
import { said } from './said.js';
import { startField } from './start-field.js';
import { suggest, termEntries } from './suggest.js';
import { nobody, toggled, wrongFields } from './wish.js';
import { wordsField } from './words-field.js';

/** @typedef {import('./types.js').Person} Person */

const FOLDED = /** @type {const} */ (['free', 'matters', 'gives', 'about', 'axes']);

/**
 * @param {import('./types.js').Context} context
 * @param {(text: string) => string} fold
 * @param {(person: Person) => void} changed
 */
export function personForm(context, fold, changed) {
  const { data, text } = context;
  const terms = termEntries(data.terms, fold);
  const find = (/** @type {string} */ typed) => suggest(terms, fold(typed));
  const age = /** @type {HTMLInputElement} */ (byId('age'));
  let person = nobody();

  /** @param {Partial<Person>} change */
  const update = (change) => {
    person = { ...person, ...change };
    forgive(change);
    show();
    changed(person);
  };
  const show = () => {
    for (const field of FOLDED) setText(sayer(field), said(field, person, context));
    for (const chip of quickWords()) chip.setAttribute('aria-pressed', String(person.likes.includes(chip.dataset['word'] ?? '')));
  };
  const start = startField(context, fold, (from) => update({ from }));
  const likes = wordsField('likes', { text, find }, (words) => update({ likes: words }));
  const avoid = wordsField('avoid', { text, find }, (words) => update({ avoidWords: words }));
  const canGive = wordsField('can_give', { text, find }, (words) => update({ canGive: words }));

  byId('finder').addEventListener('change', (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.dataset['field']) update(readField(input.dataset['field']));
  });
  age.addEventListener('input', () => update({ age: age.value }));
  for (const chip of quickWords()) {
    chip.addEventListener('click', () => {
      const words = toggled(person.likes, chip.dataset['word'] ?? '');
      likes.set(words);
      update({ likes: words });
    });
  }

  return {
    get person() { return person; },
    /** Fields that need not be sent: nobody would understand them. */
    wrong: () => wrongFields(person),
    setStart: start.set,
    /** @param {string[]} axes  Those that the sheet found low. */
    setAxes(axes) {
      for (const input of inputs('axes')) input.checked = axes.includes(input.value);
      update({ axes });
    },
    /** @param {import('./types.js').Answer['understood']} understood */
    understood(understood) {
      likes.mark(understood.likes);
      avoid.mark(understood.avoid);
      canGive.mark(understood.can_give);
      if (person.from && 'town' in person.from && understood.from?.name) start.understood(understood.from.name);
    },
    /** @param {string} field */
    refuse(field) {
      const key = { from: start.isAmbiguous() ? 'error.several' : 'error.from', age: 'error.age', minutes: 'error.minutes' }[field];
      showError(field, text(key ?? 'error.field'));
    },
    /** Makes it the form for somebody of whom nothing is known. */
    reset() {
      person = nobody();
      for (const input of inputs()) input.checked = input.type === 'radio' && input.value === '';
      age.value = '';
      start.show(null);
      for (const field of [likes, avoid, canGive]) field.set([]);
      forgive(person);
      for (const fold of document.querySelectorAll('#finder details')) fold.removeAttribute('open');
      show();
    },
  };
}

/** @param {string} field */
function sayer(field) {
  return /** @type {HTMLElement} */ (document.querySelector(`[data-said="${field}"]`));
}

function quickWords() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.quick-word')]);
}

/** @param {string} [field] */
function inputs(field) {
  const selector = field ? `input[data-field="${field}"]` : 'input[data-field]';
  return /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(selector)]);
}

/**
 * @param {string} field
 * @returns {Partial<Person>}
 */
function readField(field) {
  const chosen = inputs(field).filter((input) => input.checked);
  const [first = ''] = chosen.map((input) => input.value);
  if (field === 'minutes') return { minutes: first === '' ? null : Number(first) };
  if (field === 'gender') return { gender: first };
  if (field === 'free') {
    return { free: chosen.map(({ dataset }) => ({ day: dataset['day'] ?? '', from: Number(dataset['from']), to: Number(dataset['until']) })) };
  }
  return { [field]: chosen.map((input) => input.value) };
}

/** @param {Partial<Person>} change  Whose complaints are settled. */
function forgive(change) {
  Object.keys(change).forEach((field) => showError(field === 'canGive' ? 'can_give' : field, ''));
}

/**
 * @param {string} field
 * @param {string} words
 */
function showError(field, words) {
  const error = document.getElementById(`error-${field}`);
  if (!error) return;
  setText(error, words);
  const typed = error.closest('.field, .fold')?.querySelector('input[type="text"]');
  if (words) typed?.setAttribute('aria-invalid', 'true');
  else typed?.removeAttribute('aria-invalid');
  if (words) error.closest('details')?.setAttribute('open', '');
}
