// @ts-check
/**
 * The summary beside a folded question: the first few of the chosen answers. Pure.
 *
 * @module find/summary
 */

import { freeTimesOf, mergedFreeTimes } from './wish.js';

/** @typedef {import('./types.js').Person} Person */

const MAX_SHOWN = 3;

/**
 * @param {'free' | 'matters' | 'gives' | 'about' | 'axes'} field
 * @param {Person} person
 * @param {{text: import('../i18n.js').Translate}} context
 * @returns {string}  Empty where nothing is chosen.
 */
export function summaryOf(field, person, { text }) {
  const answers = chosenAnswers(field, person, text).filter((answer) => answer !== '');
  const shown = answers.slice(0, MAX_SHOWN).join('・');
  return answers.length > MAX_SHOWN ? text('summary.more', { words: shown, n: answers.length - MAX_SHOWN }) : shown;
}

/**
 * @param {string} field
 * @param {Person} person
 * @param {import('../i18n.js').Translate} text
 * @returns {string[]}
 */
function chosenAnswers(field, person, text) {
  if (field === 'free') {
    return mergedFreeTimes(freeTimesOf(person)).map(({ day, from, to }) => `${text(`day.${day}`)} ${text('free.hours', { from, to })}`);
  }
  if (field === 'matters') return person.matters.map((matter) => text(`matters.${matter}`));
  if (field === 'axes') return person.axes.map((axis) => text(`axes.${axis}`));
  if (field === 'gives') return [...person.gives.map((role) => text(`gives.${role}`)), ...person.canGive];
  return [person.age && `${person.age}${text('age.unit')}`, person.gender && text(`gender.${person.gender}`)];
}
