// @ts-check
/**
 * One place of an answer: reasons, times, cautions, questions to ask, contact.
 *
 * @module find/hit
 */

import { make } from '../dom.js';

/** @typedef {import('./types.js').Hit} Hit */
/** @typedef {import('./types.js').HitReason} HitReason */
/** @typedef {import('./types.js').FinderContext} FinderContext */

/** Kinds of reasons and cautions whose text contains the schedule. */
const WITH_SCHEDULE = new Set(['when', 'free_partly']);

/**
 * @param {{hit: Hit, number: number | null}} shown
 * @param {boolean} isChosen
 * @param {FinderContext} context
 */
export function drawHit({ hit, number }, isChosen, { data, text }) {
  const rank = data.categories.findIndex(({ id }) => id === hit.category);
  const kind = [data.categories[rank]?.name, data.districts.find(({ id }) => id === hit.district)?.name, hit.venue];
  const containsSchedule = [...hit.reasons, ...hit.cautions].some(({ kind }) => WITH_SCHEDULE.has(kind));
  const kinds = ['hit', rank < 0 ? '' : `k${rank}`, hit.near ? 'near' : ''].filter(Boolean).join(' ');
  return make('li', { class: kinds, 'data-hit': hit.id },
    make('div', { class: 'hit-head' },
      make('span', { class: 'icon', 'aria-hidden': 'true' }),
      make('div', { class: 'hit-title' },
        make('h4', { tabindex: '-1' },
          number === null ? null : make('span', { class: 'number' }, make('span', { 'aria-hidden': 'true' }, String(number)),
            make('span', { class: 'visually-hidden' }, `${text('hit.number', { n: number })} `)),
          hit.name, ...(hit.sample ? [' ', make('strong', { class: 'sample-mark' }, text('hit.sample'))] : [])),
        make('p', { class: 'kind' }, kind.filter(Boolean).join(' ・ '))),
      shortlistButton(hit, isChosen, text)),
    reasonList('reasons', text('hit.reasons'), hit.reasons),
    containsSchedule || hit.schedule.length === 0 ? null : make('p', { class: 'when' }, hit.schedule.join('、')),
    hit.next.length > 0 ? make('p', { class: 'next' }, make('span', { class: 'word' }, text('hit.next')),
      ...hit.next.map((date) => make('span', { class: 'date' }, date.text))) : null,
    ownWords(hit, text),
    reasonList('cautions', text('hit.cautions'), hit.cautions),
    reasonList('questions', text('hit.ask'), hit.ask),
    make('p', { class: 'hit-foot' }, ...contact(hit, text),
      make('a', { href: `/places/${encodeURIComponent(hit.id)}`, target: '_blank', rel: 'noopener noreferrer' },
        text('hit.open'), make('span', { class: 'visually-hidden' }, `${hit.name}${text('hit.new_tab')}`))));
}

/**
 * The toggle button that adds a place to the shortlist or removes it.
 *
 * @param {{id: string, name: string}} hit
 * @param {boolean} isChosen
 * @param {import('../i18n.js').Translate} text
 */
function shortlistButton({ id, name }, isChosen, text) {
  const button = make('button', { type: 'button', class: 'choose', 'data-choose': id, 'data-name': name });
  updateShortlistButton(button, isChosen, text);
  return button;
}

/**
 * @param {HTMLElement} button
 * @param {boolean} isChosen
 * @param {import('../i18n.js').Translate} text
 */
export function updateShortlistButton(button, isChosen, text) {
  const name = button.dataset['name'] ?? '';
  button.textContent = text(isChosen ? 'chosen' : 'choose');
  button.classList.toggle('on', isChosen);
  button.setAttribute('aria-label', text(isChosen ? 'chosen.label' : 'choose.label', { name }));
}

/**
 * @param {'reasons' | 'cautions' | 'questions'} className
 * @param {string} title
 * @param {readonly HitReason[]} reasons
 */
function reasonList(className, title, reasons) {
  if (reasons.length === 0) return null;
  return make('div', { class: className }, make('p', { class: className === 'reasons' ? 'visually-hidden' : 'word' }, title),
    make('ul', {}, ...reasons.map((reason) => make('li', {}, reason.text))));
}

/**
 * What the list itself says of a place.
 *
 * @param {Hit} hit
 * @param {import('../i18n.js').Translate} text
 */
function ownWords({ words = [] }, text) {
  if (words.length === 0) return null;
  return make('p', { class: 'own-words' }, make('span', { class: 'visually-hidden' }, `${text('hit.words')} `), words.join('／'));
}

/**
 * @param {Hit} hit
 * @param {import('../i18n.js').Translate} text
 */
function contact({ contact: { office, phone, fax, email, internal } }, text) {
  if (!office && !phone && !fax && !email) return [];
  const digits = phone ? dialableDigits(phone) : '';
  const ways = [
    office ?? null,
    phone && digits ? make('a', { href: `tel:${digits}` }, phone) : phone ?? null,
    fax ? `${text('hit.fax')} ${fax}` : null,
    email ? make('a', { href: `mailto:${encodeURIComponent(email).replace('%40', '@')}` }, email) : null,
    internal ? make('strong', { class: 'internal' }, text('hit.internal')) : null,
  ].filter((way) => way !== null);
  return [make('span', { class: 'contact' }, make('span', { class: 'word' }, text('hit.contact')), ...ways.flatMap((way) => [' ', way])), ' '];
}

/**
 * The digits of the first number in `phone`; the server's pages use the same rule.
 *
 * @param {string} phone
 */
export function dialableDigits(phone) {
  const runs = phone.normalize('NFKC').split(/[^0-9+\-‐‑–—−\u30fc()・. ]/u).map((run) => run.replace(/[^0-9+]/g, ''));
  return runs.find(isDialable) ?? '';
}

/**
 * Whether a telephone in Japan can dial it: an area code and ten digits, eleven of a mobile or IP number, three of a service, or a
 * number with its country.
 *
 * @param {string} digits
 */
function isDialable(digits) {
  return /^(?:\+[1-9][0-9]{8,14}|0[1-9][0-9]{8}|0[5-9]0[0-9]{8}|0800[0-9]{7}|1[0-9]{2})$/u.test(digits);
}
