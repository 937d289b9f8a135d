// @ts-check
/**
 * One place on the paper.
 *
 * @module handout/place
 */
import { make } from '../dom.js';
import { qrCode } from './drawing.js';
import { furigana, plain } from './words.js';

/** @typedef {import('./types.js').Part} Part */
/** @typedef {import('./types.js').Words} Words */
/** @typedef {import('./words.js').Say} Say */

/**
 * @param {Part} part
 * @param {string} line  The link worker's own line for it; empty for none. It is shown and goes nowhere.
 * @param {Say} say
 * @returns {HTMLElement}
 */
export function placeOf(part, line, say) {
  const id = `handout-place-${part.number}`;
  return make('article', { class: 'place', 'aria-labelledby': id },
    make('div', { class: 'place-head' },
      make('div', {},
        make('h3', { id }, make('span', { class: 'number' }, String(part.number)), make('span', { class: 'name' }, furigana(part.name))),
        make('p', { class: 'what' }, part.what ?? part.kind)),
      part.qr ? codeOf(part.qr, say) : null),
    ...part.warnings.map((warning) => make('p', { class: 'warning' }, furigana(say(`warning.${warning}`)))),
    line ? make('p', { class: 'own-line' }, line) : null,
    make('dl', {}, ...rows(part, say)));
}

/**
 * @param {import('./types.js').Qr} qr
 * @param {Say} say
 */
function codeOf(qr, say) {
  return make('figure', { class: 'code-of-place' }, /** @type {Node} */ (qrCode(qr, plain(say('qr.alt')))),
    make('figcaption', {}, furigana(say('qr.caption'))));
}

/**
 * @param {Part} part
 * @param {Say} say
 * @returns {Node[]}
 */
function rows(part, say) {
  const ask = () => make('p', { class: 'ask' }, furigana(say('ask')));
  return [
    ...row('way', wayOf(part, say), say),
    ...row('when', part.when.words.map((text) => paragraph([{ text }])), say),
    ...row('next', nextOf(part, say), say),
    ...row('phone', phoneOf(part, say), say),
    ...part.facts.flatMap((fact) => row(fact.kind, [fact.words.length ? paragraph(fact.words) : ask()], say)),
  ];
}

/**
 * A heading and what stands beside it; nothing where nothing is known.
 *
 * @param {string} kind
 * @param {Node[]} about
 * @param {Say} say
 */
function row(kind, about, say) {
  return about.length ? [make('dt', {}, furigana(say(`label.${kind}`))), make('dd', { class: kind }, ...about)] : [];
}

/**
 * @param {Words} words
 * @param {string | null} [kind]
 */
const paragraph = (words, kind = null) => make('p', { class: kind }, furigana(words));

/** @param {string | undefined} text */
const said = (text) => (text ? [paragraph([{ text }])] : []);

/**
 * Words first: how to get there as people say it, then the building, then the address, then how far.
 *
 * @param {Part} part
 * @param {Say} say
 * @returns {Node[]}
 */
function wayOf({ way }, say) {
  const about = way.about ? say('way.about') : [];
  return [
    ...(way.mode ? [paragraph(say(`mode.${way.mode}`))] : []),
    ...said(way.words),
    ...said(way.venue),
    ...(way.address ? [paragraph([...way.address, ...about])] : way.about ? [paragraph(about)] : []),
    ...(way.heading ? [paragraph(way.heading)] : []),
    ...(way.travel ?? []).map((words) => paragraph(words)),
  ];
}

/**
 * @param {Part} part
 * @param {Say} say
 * @returns {Node[]}
 */
function nextOf({ when }, say) {
  const unsure = when.next.some((date) => date.unsure) ? [make('p', { class: 'ask' }, furigana(say('dates.unsure')))] : [];
  return when.next.length
    ? [make('ul', { class: 'dates' }, ...when.next.map(({ text }) => make('li', {}, text))), ...unsure]
    : [make('p', { class: 'ask' }, furigana(say(when.understood ? 'dates.none' : 'dates.ask')))];
}

/**
 * @param {Part} part
 * @param {Say} say
 * @returns {Node[]}
 */
function phoneOf({ contact }, say) {
  const who = contact.ask_for ? [paragraph([{ text: contact.ask_for }])] : [];
  if (!contact.phone) return [paragraph(say('phone.none')), ...who];
  const note = contact.city ? [paragraph(say('phone.city'))] : [];
  return [make('p', { class: 'number-to-call' }, contact.phone), ...who, ...note];
}
