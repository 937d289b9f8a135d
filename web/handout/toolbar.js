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
 * @param {{show: (sheet: SheetName, shown: boolean) => void, close: () => void}} actions
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
      make('div', { class: 'choices' }, ...sheets.map((sheet) => choice(text(`bar.${sheet}`), (on) => actions.show(sheet, on))))),
    hints(parts, text),
    make('p', { class: 'buttons' }, print, ' ', back));
}

/**
 * A choice that is made until it is taken back.
 *
 * @param {string} label
 * @param {(on: boolean) => void} onChange
 */
function choice(label, onChange) {
  const input = make('input', { type: 'checkbox', autocomplete: 'off' });
  input.checked = true;
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
