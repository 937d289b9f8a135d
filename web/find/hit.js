// @ts-check
/**
 * One place of an answer: what speaks for it, when, what to mind and to ask, whom to call.
 *
 * @module find/hit
 */

import { make } from '../dom.js';

/** @typedef {import('./types.js').Hit} Hit */
/** @typedef {import('./types.js').Reason} Reason */
/** @typedef {import('./types.js').Context} Context */

/** Reasons and cautions that say the schedule in its own words. */
const TIMES = new Set(['when', 'free_partly']);

/**
 * @param {{hit: Hit, number: number | null}} shown
 * @param {boolean} isChosen
 * @param {Context} context
 */
export function drawHit({ hit, number }, isChosen, { data, text }) {
  const nth = data.categories.findIndex(({ id }) => id === hit.category);
  const place = [data.categories[nth]?.name, data.districts.find(({ id }) => id === hit.district)?.name, hit.venue];
  const isTold = [...hit.reasons, ...hit.cautions].some(({ kind }) => TIMES.has(kind));
  return make('li', { class: nth < 0 ? 'hit' : `hit k${nth}`, 'data-hit': hit.id },
    make('div', { class: 'hit-head' },
      make('span', { class: 'icon', 'aria-hidden': 'true' }),
      make('div', { class: 'hit-title' },
        make('h4', { tabindex: '-1' },
          number === null ? null : make('span', { class: 'number' }, make('span', { 'aria-hidden': 'true' }, String(number)),
            make('span', { class: 'quiet' }, `${text('hit.number', { n: number })} `)),
          hit.name),
        make('p', { class: 'kind' }, place.filter(Boolean).join(' ・ '))),
      chooser(hit, isChosen, text)),
    lines('for', text('hit.reasons'), hit.reasons),
    isTold || hit.schedule.length === 0 ? null : make('p', { class: 'when' }, hit.schedule.join('、')),
    hit.next.length > 0 ? make('p', { class: 'next' }, make('span', { class: 'word' }, text('hit.next')),
      ...hit.next.map((date) => make('span', { class: 'date' }, date.text))) : null,
    lines('mind', text('hit.cautions'), hit.cautions),
    lines('ask', text('hit.ask'), hit.ask),
    make('p', { class: 'hit-foot' }, ...contact(hit, text),
      make('a', { href: `/places/${encodeURIComponent(hit.id)}`, target: '_blank', rel: 'noopener noreferrer' },
        text('hit.open'), make('span', { class: 'quiet' }, `${hit.name}${text('hit.new_tab')}`))));
}

/**
 * The button that puts a place into the shortlist or takes it out.
 *
 * @param {{id: string, name: string}} hit
 * @param {boolean} isChosen
 * @param {import('../i18n.js').Text} text
 */
function chooser({ id, name }, isChosen, text) {
  const button = make('button', { type: 'button', class: 'choose', 'data-choose': id, 'data-name': name });
  showChosen(button, isChosen, text);
  return button;
}

/**
 * @param {HTMLElement} button
 * @param {boolean} isChosen
 * @param {import('../i18n.js').Text} text
 */
export function showChosen(button, isChosen, text) {
  const name = button.dataset['name'] ?? '';
  button.textContent = text(isChosen ? 'chosen' : 'choose');
  button.classList.toggle('on', isChosen);
  button.setAttribute('aria-label', text(isChosen ? 'chosen.label' : 'choose.label', { name }));
}

/**
 * @param {string} style
 * @param {string} title
 * @param {readonly Reason[]} reasons
 */
function lines(style, title, reasons) {
  if (reasons.length === 0) return null;
  return make('div', { class: style }, make('p', { class: style === 'for' ? 'quiet' : 'word' }, title),
    make('ul', {}, ...reasons.map((reason) => make('li', {}, reason.text))));
}

/**
 * @param {Hit} hit
 * @param {import('../i18n.js').Text} text
 */
function contact({ contact: { office, phone } }, text) {
  if (!office && !phone) return [];
  const digits = phone ? dialled(phone) : '';
  return [make('span', { class: 'contact' }, make('span', { class: 'word' }, text('hit.contact')), ' ', office ?? '', office && phone ? ' ' : '',
    phone && digits ? make('a', { href: `tel:${digits}` }, phone) : phone ?? ''), ' '];
}

/**
 * The digits of the first number in `phone`, as in `src/publish/page/layout.rs`.
 *
 * @param {string} phone
 */
export function dialled(phone) {
  const runs = phone.normalize('NFKC').split(/[^0-9+\-‐‑–—−\u30fc()・. ]/u).map((run) => run.replace(/[^0-9+]/g, ''));
  return runs.find((run) => run.length >= 3) ?? '';
}
