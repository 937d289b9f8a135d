// @ts-check
/**
 * One place of the handout.
 *
 * @module handout/place
 */
import { make } from '../dom.js';
import { qrCode } from './svg.js';
import { furigana, plain } from './ruby-text.js';

/** @typedef {import('./types.js').HandoutPlace} HandoutPlace */
/** @typedef {import('./types.js').RubyText} RubyText */
/** @typedef {import('./ruby-text.js').RubyMessages} RubyMessages */

/**
 * @param {HandoutPlace} part
 * @param {string} line  The link worker's own line; empty for none. The page shows it and sends it nowhere.
 * @param {RubyMessages} message
 * @returns {HTMLElement}
 */
export function placeArticle(part, line, message) {
  const id = `handout-place-${part.number}`;
  const isSample = part.warnings.includes('sample');
  return make('article', { class: 'place', 'aria-labelledby': id },
    make('div', { class: 'place-head' },
      make('div', {},
        make('h3', { id }, make('span', { class: 'number' }, String(part.number)), make('span', { class: 'name' }, furigana(part.name))),
        make('p', { class: 'what' }, part.what ?? part.kind, isSample ? sampleMark(message) : null)),
      part.qr ? qrFigure(part.qr, message) : null),
    ...part.warnings.filter((warning) => warning !== 'sample').map((warning) => make('p', { class: 'warning' }, furigana(message(`warning.${warning}`)))),
    line ? make('p', { class: 'own-line' }, line) : null,
    make('dl', {}, ...rows(part, message)),
    askLine(part, message),
    make('p', { class: 'to-fill' }, make('span', {}, furigana(message('fill.together'))), make('span', { class: 'blank' })));
}

/**
 * In the line below the name: the head of the paper says it in a sentence, and one for each place would leave no room for it.
 *
 * @param {RubyMessages} message
 */
const sampleMark = (message) => make('strong', { class: 'sample-mark' }, furigana(message('mark.sample')));

/**
 * @param {import('./types.js').QrCode} qr
 * @param {RubyMessages} message
 */
function qrFigure(qr, message) {
  return make('figure', { class: 'code-of-place' }, /** @type {Node} */ (qrCode(qr, plain(message('qr.alt')))),
    make('figcaption', {}, furigana(message('qr.caption'))));
}

/**
 * @param {HandoutPlace} part
 * @param {RubyMessages} message
 * @returns {Node[]}
 */
function rows(part, message) {
  return [
    ...row('way', wayOf(part, message), message),
    ...row('when', part.when.words.map((text) => paragraph([{ text }])), message),
    ...row('next', nextOf(part), message),
    ...row('phone', phoneOf(part, message), message),
    ...part.facts.filter((fact) => fact.words.length).flatMap((fact) => row(fact.kind, [paragraph(fact.words)], message)),
  ];
}

/**
 * What nobody knows, in one line: what to ask when calling.
 *
 * @param {HandoutPlace} part
 * @param {RubyMessages} message
 */
function askLine({ when, facts }, message) {
  const items = [
    ...(when.next.length ? [] : ['next']),
    ...(when.next.some((date) => date.unsure) ? ['unsure'] : []),
    ...facts.filter((fact) => !fact.words.length).map((fact) => fact.kind),
  ];
  if (!items.length) return null;
  const words = items.flatMap((item, at) => [...(at ? [{ text: '、' }] : []), ...message(`ask.item.${item}`)]);
  return make('p', { class: 'ask' }, furigana(message('ask.line', { items: words })));
}

/**
 * A term and its details; nothing where nothing is known.
 *
 * @param {string} kind
 * @param {Node[]} details
 * @param {RubyMessages} message
 */
function row(kind, details, message) {
  return details.length ? [make('dt', {}, furigana(message(`label.${kind}`))), make('dd', { class: kind }, ...details)] : [];
}

/**
 * @param {RubyText} words
 * @param {string | null} [kind]
 */
const paragraph = (words, kind = null) => make('p', { class: kind }, furigana(words));

/** A stop, a hall or directions: what one looks for on the way. @param {string | undefined} text */
const landmark = (text) => (text ? [paragraph([{ text }], 'landmark')] : []);

/**
 * In the order of use: directions in words, the building, the address, the distance.
 *
 * @param {HandoutPlace} part
 * @param {RubyMessages} message
 * @returns {Node[]}
 */
function wayOf({ way }, message) {
  const about = way.about ? message('way.about') : [];
  return [
    ...(way.mode ? [paragraph(message(`mode.${way.mode}`))] : []),
    ...landmark(way.words),
    ...landmark(way.venue),
    ...(way.address ? [paragraph([...way.address, ...about])] : way.about ? [paragraph(about)] : []),
    ...(way.heading ? [paragraph(way.heading, 'heading')] : []),
    ...(way.travel ?? []).map((words) => paragraph(words)),
  ];
}

/** @param {HandoutPlace} part */
function nextOf({ when }) {
  return when.next.length ? [make('ul', { class: 'dates' }, ...when.next.map(({ text }) => make('li', {}, text)))] : [];
}

/**
 * @param {HandoutPlace} part
 * @param {RubyMessages} message
 * @returns {Node[]}
 */
function phoneOf({ contact }, message) {
  const who = contact.ask_for ? [paragraph([{ text: contact.ask_for }])] : [];
  if (!contact.phone) return [paragraph(message('phone.none')), ...who];
  const note = contact.city ? [paragraph(message('phone.city'))] : [];
  return [make('p', { class: 'number-to-call' }, contact.phone), ...who, ...note];
}
