// @ts-check
/**
 * Two persons of one household, a mother and her son say: the form shows one of them, and the other's wish, shortlist and answer
 * wait beside it. Both live in this page's memory only; each has a request and papers of their own. Pure but for `householdPanel`.
 *
 * @module find/household
 */

import { byId, make, setText } from '../dom.js';
import { emptyPerson } from './wish.js';

/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./types.js').FindAnswer} FindAnswer */
/** @typedef {import('./types.js').ShortlistItem} ShortlistItem */
/** @typedef {{person: Person, items: readonly ShortlistItem[], answer: FindAnswer | null}} Member */

/** How many places of the other person are named. */
const NAMED = 5;

/**
 * Somebody of whom nothing is known but where they live, which is where the other lives.
 *
 * @param {Person} other
 * @returns {Member}
 */
export function newMember(other) {
  return { person: { ...emptyPerson(), from: other.from }, items: [], answer: null };
}

/**
 * The places that an answer found to fit, at a place or from home.
 *
 * @param {FindAnswer | null} answer
 */
export function fitsOf(answer) {
  if (!answer) return [];
  const fromHome = Object.values(answer.placeless).flatMap(({ hits }) => hits).filter(({ matches }) => matches);
  return [...answer.fits.hits, ...fromHome];
}

/**
 * The places that fit both.
 *
 * @param {FindAnswer | null} one
 * @param {FindAnswer | null} other
 * @returns {string[]}  Their identities, in the order of `one`.
 */
export function fitsBoth(one, other) {
  const known = new Set(fitsOf(other).map(({ id }) => id));
  return fitsOf(one).map(({ id }) => id).filter((id) => known.has(id));
}

/**
 * The choice of the person, and what fits the one who is not in the form.
 *
 * @param {import('../i18n.js').Translate} text
 * @param {{
 *   now: () => Member,
 *   show: (member: Member) => void,
 *   onChange: () => void,
 * }} page  `show` fills form and shortlist with somebody.
 */
export function householdPanel(text, page) {
  /** @type {Member | null}  Whoever is not in the form. */
  let other = null;
  let shown = 0;
  const radios = () => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('input[name="household"]')]);
  const name = (/** @type {number} */ nth) => text(nth === 0 ? 'household.first' : 'household.second');

  const draw = () => {
    byId('household-who').hidden = other === null;
    byId('household-add').hidden = other !== null;
    for (const [nth, radio] of radios().entries()) radio.checked = nth === shown;
    setText(byId('make-handout'), other === null ? text('handout.make') : text('household.handout', { who: name(shown) }));
    drawOther(other, page.now().answer, { text, who: name(1 - shown) });
  };
  const change = (/** @type {number} */ nth) => {
    if (other === null || nth === shown) return;
    const next = other;
    other = page.now();
    shown = nth;
    page.show(next);
    draw();
  };

  byId('household-add').addEventListener('click', () => {
    other = newMember(page.now().person);
    shown = 0;
    change(1);
    radios()[1]?.focus();
  });
  byId('household-who').addEventListener('change', ({ target }) => {
    const nth = radios().findIndex((radio) => radio === target);
    if (nth >= 0) change(nth);
  });
  byId('household-end').addEventListener('click', () => {
    other = null;
    shown = 0;
    draw();
    page.onChange();
    byId('household-add').focus();
  });
  byId('other-answers').addEventListener('click', ({ target }) => {
    if (!(target instanceof Element) || !target.closest('[data-change]')) return;
    change(1 - shown);
    radios()[shown]?.focus();
  });

  return {
    draw,
    /** Whoever is not in the form. */
    get other() { return other; },
    reset() {
      other = null;
      shown = 0;
      draw();
    },
  };
}

/**
 * @param {Member | null} member
 * @param {FindAnswer | null} beside  The answer for the person in the form.
 * @param {{text: import('../i18n.js').Translate, who: string}} context
 */
function drawOther(member, beside, { text, who }) {
  const panel = byId('other-answers');
  panel.setAttribute('aria-labelledby', 'other-title');
  panel.hidden = member === null;
  if (!member) {
    panel.replaceChildren();
    return;
  }
  const both = new Set(fitsBoth(member.answer, beside));
  const fits = fitsOf(member.answer);
  const first = [...fits].sort((a, b) => Number(both.has(b.id)) - Number(both.has(a.id))).slice(0, NAMED);
  panel.replaceChildren(
    make('h3', { id: 'other-title' }, text('household.other', { who, n: fits.length })),
    both.size > 0 ? make('p', { class: 'both' }, text('household.both.n', { n: both.size })) : make('p', { class: 'note' }, text('household.both.none')),
    make('ol', {}, ...first.map(({ id, name, schedule }) => make('li', {},
      make('span', { class: 'other-name' }, name), both.has(id) ? make('strong', { class: 'both' }, text('household.both')) : null,
      schedule.length > 0 ? make('span', { class: 'note' }, schedule.join('、')) : null))),
    make('button', { type: 'button', 'data-change': '' }, text('household.change', { who })),
  );
}
