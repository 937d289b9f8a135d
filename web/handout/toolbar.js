// @ts-check
/**
 * What stands above the papers on the screen: which of them to print, and what the link worker should know. Never printed.
 *
 * @module handout/toolbar
 */
import { make } from '../dom.js';
import { plain } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./words.js').Say} Say */
/** @typedef {'handout' | 'calendar' | 'report'} Sheet */

/**
 * @param {Parts} parts
 * @param {Sheet[]} sheets  Those that can be printed.
 * @param {Say} say
 * @param {{show: (sheet: Sheet, shown: boolean) => void, month: (nth: number) => void, close: () => void, first: number}} does
 * @returns {HTMLElement}
 */
export function toolbarOf(parts, sheets, say, does) {
  const words = (/** @type {string} */ key, /** @type {Record<string, string | number>} */ values = {}) => plain(say(key, values));
  const print = make('button', { type: 'button', class: 'main' }, words('bar.print'));
  print.addEventListener('click', () => window.print());
  const back = make('button', { type: 'button' }, words('bar.back'));
  back.addEventListener('click', does.close);
  return make('div', { class: 'panel handout-bar no-print' },
    make('h2', { tabindex: '-1' }, words('bar.title')),
    make('fieldset', { class: 'field' }, make('legend', {}, words('bar.sheets')),
      make('div', { class: 'choices' }, ...sheets.map((sheet) => choice(words(`bar.${sheet}`), 'checkbox', true, (on) => does.show(sheet, on))))),
    make('fieldset', { class: 'field' }, make('legend', {}, words('bar.months')),
      make('div', { class: 'choices' }, ...parts.calendar.months.map(({ year, month }, nth) =>
        choice(words('bar.month', { year, month }), 'radio', nth === does.first, () => does.month(nth))))),
    hints(parts, words),
    make('p', { class: 'buttons' }, print, ' ', back));
}

/**
 * @param {string} label
 * @param {'checkbox' | 'radio'} type
 * @param {boolean} checked
 * @param {(on: boolean) => void} changed
 */
function choice(label, type, checked, changed) {
  const input = make('input', { type, autocomplete: 'off', name: type === 'radio' ? 'handout-month' : null });
  input.checked = checked;
  input.addEventListener('change', () => changed(input.checked));
  return make('label', { class: 'choice' }, input, label);
}

/**
 * @param {Parts} parts
 * @param {(key: string, values?: Record<string, string>) => string} words
 */
function hints({ places, links }, words) {
  const named = (/** @type {(part: import('./types.js').Part) => boolean} */ which) =>
    places.filter(which).map((part) => `${part.number} ${plain(part.name)}`).join('、');
  const inner = named((part) => !part.public);
  const unread = named((part) => !part.when.understood);
  const warned = named((part) => part.warnings.length > 0);
  const all = [
    warned && words('hint.warned', { names: warned }),
    inner && words('hint.inner', { names: inner }),
    unread && words('hint.unread', { names: unread }),
    !links && words('hint.links'),
    words('hint.code'),
  ];
  return make('ul', { class: 'hints' }, ...all.map((hint) => (hint ? make('li', {}, hint) : null)));
}
