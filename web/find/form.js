// @ts-check
/**
 * The form: its fields become a `Person`, and each change is reported. The person is held here and nowhere else.
 *
 * @module find/form
 */

import { byId, setText } from '../dom.js';
import { startField } from './start-field.js';
import { suggest, termEntries } from './suggest.js';
import { summaryOf } from './summary.js';
import { addWords, emptyPerson, invalidFields, toggled } from './wish.js';
import { rovingRows } from './roving.js';
import { wordsField } from './words-field.js';

/** @typedef {import('./types.js').Person} Person */

/** Fields whose question is folded, with a summary. */
const FOLDED = /** @type {const} */ (['free', 'matters', 'gives', 'about', 'axes']);

/**
 * @param {import('./types.js').FinderContext} context
 * @param {(text: string) => string} fold
 * @param {(person: Person) => void} onChange
 */
export function personForm(context, fold, onChange) {
  const { data, text } = context;
  const terms = termEntries(data.terms, fold);
  const suggestTerms = (/** @type {string} */ typed) => suggest(terms, fold(typed));
  const age = /** @type {HTMLInputElement} */ (byId('age'));
  let person = emptyPerson();

  /** @param {Partial<Person>} change */
  const update = (change) => {
    person = { ...person, ...change };
    clearErrors(change);
    draw();
    onChange(person);
  };
  const draw = () => {
    for (const field of FOLDED) setText(summaryElement(field), summaryOf(field, person, context));
    for (const button of quickWords()) button.setAttribute('aria-pressed', String(person.likes.includes(button.dataset['word'] ?? '')));
  };
  const start = startField(context, fold, (from) => update({ from }));
  const likes = wordsField('likes', { text, suggest: suggestTerms }, (words) => update({ likes: words }));
  const avoid = wordsField('avoid', { text, suggest: suggestTerms }, (words) => update({ avoidWords: words }));
  const canGive = wordsField('can_give', { text, suggest: suggestTerms }, (words) => update({ canGive: words }));

  byId('finder').addEventListener('change', (event) => {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.dataset['field']) update(readField(input.dataset['field']));
  });
  age.addEventListener('input', () => update({ age: age.value }));
  for (const button of quickWords()) {
    button.addEventListener('click', () => {
      const words = toggled(person.likes, button.dataset['word'] ?? '');
      likes.set(words);
      update({ likes: words });
    });
  }

  rovingRows(document.querySelectorAll('.finder-form [role="toolbar"], .finder-form [role="grid"]'));

  return {
    get person() { return person; },
    /** @param {string} word  Added to the likings, such as a term that was offered. */
    addLiking(word) {
      const words = addWords(person.likes, word);
      likes.set(words);
      update({ likes: words });
    },
    /** Client-side validation: fields that the server would reject. */
    invalidFields: () => invalidFields(person),
    setStart: start.set,
    /** @param {string[]} axes  The low axes of the assessment. */
    setAxes(axes) {
      for (const input of inputs('axes')) input.checked = axes.includes(input.value);
      update({ axes });
    },
    /** @param {import('./types.js').FindAnswer['understood']} understood */
    showUnderstood(understood) {
      likes.markUnknown(understood.likes);
      avoid.markUnknown(understood.avoid);
      canGive.markUnknown(understood.can_give);
      if (person.from && 'town' in person.from && understood.from?.name) start.showResolved(understood.from.name);
    },
    /** @param {string} field */
    showInvalid(field) {
      const key = { from: start.isAmbiguous() ? 'error.several' : 'error.from', age: 'error.age', minutes: 'error.minutes' }[field];
      showError(field, text(key ?? 'error.field'));
    },
    /**
     * Shows somebody, without a call of `onChange`.
     *
     * @param {Person} next
     */
    show(next) {
      person = next;
      for (const input of inputs()) input.checked = isChosen(input, person);
      age.value = person.age;
      start.draw(person.from);
      likes.set(person.likes);
      avoid.set(person.avoidWords);
      canGive.set(person.canGive);
      clearErrors(person);
      for (const fold of document.querySelectorAll('#finder details')) fold.removeAttribute('open');
      draw();
    },
  };
}

/** @param {string} field */
function summaryElement(field) {
  return /** @type {HTMLElement} */ (document.querySelector(`[data-summary="${field}"]`));
}

function quickWords() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.quick-word')]);
}

/** @param {string} [field]  All fields if it is left out. */
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
  if (field === 'home_only') return { homeOnly: chosen.length > 0 };
  if (field === 'early') return { early: chosen.length > 0 };
  if (field === 'company') return { company: chosen.length > 0 };
  if (field === 'free') {
    return { free: chosen.map(({ dataset }) => ({ day: dataset['day'] ?? '', from: Number(dataset['from']), to: Number(dataset['until']) })) };
  }
  return { [field]: chosen.map((input) => input.value) };
}

/**
 * Whether a box or a radio button is on for somebody: what `readField` reads from it.
 *
 * @param {HTMLInputElement} input
 * @param {Person} person
 */
function isChosen({ value, dataset }, person) {
  const field = dataset['field'];
  if (field === 'minutes') return value === String(person.minutes ?? '');
  if (field === 'gender') return value === person.gender;
  if (field === 'home_only') return person.homeOnly;
  if (field === 'early') return person.early;
  if (field === 'company') return person.company;
  if (field === 'free') return person.free.some(({ day, from }) => day === dataset['day'] && from === Number(dataset['from']));
  const chosen = { travel: person.travel, avoid: person.avoid, matters: person.matters, gives: person.gives, axes: person.axes }[field ?? ''];
  return chosen?.includes(value) ?? false;
}

/** @param {Partial<Person>} change  The fields that were changed. */
function clearErrors(change) {
  Object.keys(change).forEach((field) => showError(field === 'canGive' ? 'can_give' : field, ''));
}

/**
 * @param {string} field
 * @param {string} message  Empty to remove it.
 */
function showError(field, message) {
  const error = document.getElementById(`error-${field}`);
  if (!error) return;
  setText(error, message);
  const input = error.closest('.field, .fold')?.querySelector('input[type="text"]');
  if (message) input?.setAttribute('aria-invalid', 'true');
  else input?.removeAttribute('aria-invalid');
  if (message) error.closest('details')?.setAttribute('open', '');
}
