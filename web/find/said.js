// @ts-check
/**
 * What stands beside a folded question: what was answered, in a few words. Pure.
 *
 * @module find/said
 */

import { joined } from './wish.js';

/** @typedef {import('./types.js').Person} Person */

const MOST = 3;

/**
 * @param {'free' | 'matters' | 'gives' | 'about' | 'axes'} field
 * @param {Person} person
 * @param {{text: import('../i18n.js').Text}} context
 * @returns {string}  Empty where nothing was.
 */
export function said(field, person, { text }) {
  const words = wordsOf(field, person, text).filter((word) => word !== '');
  const shown = words.slice(0, MOST).join('・');
  return words.length > MOST ? text('said.more', { words: shown, n: words.length - MOST }) : shown;
}

/**
 * @param {string} field
 * @param {Person} person
 * @param {import('../i18n.js').Text} text
 * @returns {string[]}
 */
function wordsOf(field, person, text) {
  if (field === 'free') {
    return joined(person.free).map(({ day, from, to }) => `${text(`day.${day}`)} ${text('free.hours', { from, to })}`);
  }
  if (field === 'matters') return person.matters.map((matter) => text(`matters.${matter}`));
  if (field === 'axes') return person.axes.map((axis) => text(`axes.${axis}`));
  if (field === 'gives') return [...person.gives.map((role) => text(`gives.${role}`)), ...person.canGive];
  return [person.age && `${person.age}${text('age.unit')}`, person.gender && text(`gender.${person.gender}`)];
}
