// @ts-check
/**
 * The toolbar above the papers on the screen: which sheets to print, and hints for the link worker. Never printed.
 *
 * @module handout/toolbar
 */
import { make } from '../dom.js';
import { plain } from './ruby-text.js';

/** @typedef {import('./types.js').HandoutParts} HandoutParts */
/** @typedef {import('./ruby-text.js').RubyMessages} RubyMessages */
/** @typedef {'handout' | 'calendar' | 'report'} SheetName */

/**
 * @param {HandoutParts} parts
 * @param {SheetName[]} sheets  Those that can be printed.
 * @param {RubyMessages} message
 * @param {{show: (sheet: SheetName, shown: boolean) => void, month: (nth: number) => void, close: () => void, first: number}} actions
 * @returns {HTMLElement}
 */
export function toolbarOf(parts, sheets, message, actions) {
  const text = (/** @type {string} */ key, /** @type {Record<string, string | number>} */ values = {}) => plain(message(key, values));
  const print = make('button', { type: 'button', class: 'main' }, text('bar.print'));
  print.addEventListener('click', () => window.print());
  const back = make('button', { type: 'button' }, text('bar.back'));
  back.addEventListener('click', actions.close);
  return make('div', { class: 'panel handout-bar no-print' },
    make('h2', { tabindex: '-1' }, text('bar.title')),
    make('fieldset', { class: 'field' }, make('legend', {}, text('bar.sheets')),
      make('div', { class: 'choices' }, ...sheets.map((sheet) => choice(text(`bar.${sheet}`), 'checkbox', true, (on) => actions.show(sheet, on))))),
    make('fieldset', { class: 'field' }, make('legend', {}, text('bar.months')),
      make('div', { class: 'choices' }, ...parts.calendar.months.map(({ year, month }, nth) =>
        choice(text('bar.month', { year, month }), 'radio', nth === actions.first, () => actions.month(nth))))),
    hints(parts, text),
    make('p', { class: 'buttons' }, print, ' ', back));
}

/**
 * @param {string} label
 * @param {'checkbox' | 'radio'} type
 * @param {boolean} checked
 * @param {(on: boolean) => void} onChange
 */
function choice(label, type, checked, onChange) {
  const input = make('input', { type, autocomplete: 'off', name: type === 'radio' ? 'handout-month' : null });
  input.checked = checked;
  input.addEventListener('change', () => onChange(input.checked));
  return make('label', { class: 'choice' }, input, label);
}

/**
 * @param {HandoutParts} parts
 * @param {(key: string, values?: Record<string, string>) => string} text
 */
function hints({ places, links }, text) {
  const namesOf = (/** @type {(part: import('./types.js').HandoutPlace) => boolean} */ isMeant) =>
    places.filter(isMeant).map((part) => `${part.number} ${plain(part.name)}`).join('、');
  const internal = namesOf((part) => !part.public);
  const unread = namesOf((part) => !part.when.understood);
  const warned = namesOf((part) => part.warnings.length > 0);
  const all = [
    warned && text('hint.warned', { names: warned }),
    internal && text('hint.internal', { names: internal }),
    unread && text('hint.unread', { names: unread }),
    !links && text('hint.links'),
    text('hint.code'),
  ];
  return make('ul', { class: 'hints' }, ...all.map((hint) => (hint ? make('li', {}, hint) : null)));
}
