// @ts-check
/**
 * Draws an answer: how the server understood the words, the groups of places, the excluded places.
 *
 * @module find/answers
 */

import { byId, make, setText } from '../dom.js';
import { PAGE_SIZE } from './groups.js';
import { drawHit } from './hit.js';
import { drawExcluded } from './excluded.js';

/** @typedef {import('./types.js').FindAnswer} FindAnswer */
/** @typedef {import('./types.js').FinderContext} FinderContext */
/** @typedef {import('./groups.js').AnswerSection} AnswerSection */

/** Sections with a note under their heading. */
const WITH_NOTE = new Set(['near', 'desks', 'others', 'farther', 'unlocated']);

/**
 * @typedef {object} AnswerView  How the reader wants to see it.
 * @property {boolean} hasDetails  Whether anything is known of the person.
 * @property {Map<string, boolean>} open  Which groups the reader has folded or unfolded.
 * @property {(id: string) => boolean} isChosen
 * @property {number} limit  Places per group in the request.
 */

/**
 * @param {FindAnswer} answer
 * @param {readonly AnswerSection[]} sections
 * @param {AnswerView} view
 * @param {FinderContext} context
 */
export function drawAnswer(answer, sections, view, context) {
  const { text } = context;
  setText(byId('count'), text(view.hasDetails ? 'count' : 'count.all', { n: answer.fits.count }));
  setText(byId('reach'), view.hasDetails ? reachText(answer, text) : text('start'));
  drawUnderstood(answer, text);
  drawHints(answer, view, text);
  byId('groups').replaceChildren(...sections.map((section) => drawSection(section, view, context)), ...drawExcluded(answer.left_out, view.open, text));
  byId('groups').setAttribute('aria-busy', 'false');
}

/**
 * @param {AnswerSection} section
 * @param {AnswerView} view
 * @param {FinderContext} context
 */
function drawSection({ key, parts, count, open }, view, context) {
  const { text } = context;
  const title = text(key === 'fits' && !view.hasDetails ? 'group.all' : `group.${key}`);
  const details = make('details', { class: 'group', 'data-group': key },
    make('summary', {}, make('h3', {}, title), make('span', { class: 'n' }, text('group.n', { n: count }))),
    WITH_NOTE.has(key) ? make('p', { class: 'note' }, text(`group.note.${key}`)) : null,
    count === 0 ? make('p', { class: 'none' }, text('group.none')) : null,
    ...parts.flatMap((part) => [
      key === 'placeless' ? make('p', { class: 'word' }, text(`group.${part.key}`)) : null,
      make('ol', { class: 'hits', 'data-part': part.key }, ...part.hits.map((shown) => drawHit(shown, view.isChosen(shown.hit.id), context))),
      moreButton(part, view.limit, text),
    ]));
  details.open = view.open.get(key) ?? open;
  return details;
}

/**
 * @param {import('./groups.js').ShownGroup} part
 * @param {number} limit
 * @param {import('../i18n.js').Translate} text
 */
function moreButton({ key, more: rest, hits }, limit, text) {
  if (rest === 0) return null;
  if (hits.length >= limit && limit > PAGE_SIZE * 9) return make('p', { class: 'note' }, text('more.too_many', { n: rest }));
  return make('button', { type: 'button', class: 'more', 'data-more': key }, text('more.hits', { n: rest }));
}

/**
 * The reach of the search in words: means of travel, minutes, kilometres.
 *
 * @param {FindAnswer} answer
 * @param {import('../i18n.js').Translate} text
 */
function reachText({ reach, understood }, text) {
  if (!understood.from) return '';
  const km = Math.max(0.1, Math.round(reach.metres / 100) / 10);
  if (reach.ways.length === 0) return text('reach.unsaid', { km });
  const ways = reach.ways.map(({ way, minutes }) => text('reach.way', { way: text(`travel.${way}`), n: minutes })).join('・');
  return text('reach', { ways, km });
}

/**
 * Above the list: what was not understood of what to avoid, terms to try, and what lies a little farther.
 *
 * @param {FindAnswer} answer
 * @param {AnswerView} view
 * @param {import('../i18n.js').Translate} text
 */
function drawHints(answer, view, text) {
  const unprotected = answer.understood.avoid.filter(({ by }) => by === 'nothing' || by === 'beyond');
  const unread = answer.understood.likes.filter(({ by }) => by === 'beyond');
  const offered = answer.offered.map((term) => make('button', { type: 'button', class: 'quick-word', 'data-offer': term }, term));
  const byDay = answer.left_out.groups.flatMap(({ places }) => places).filter((place) => place.calls_by_day).map(({ name }) => name);
  byId('hints').replaceChildren(...[
    ...unprotected.map(({ word, by }) => make('p', { class: 'error' }, text(by === 'beyond' ? 'understood.beyond_avoid' : 'understood.nothing_avoid', { word }))),
    unread.length > 0 ? make('p', { class: 'error' }, text('understood.beyond', { words: unread.map(({ word }) => word).join('」「') })) : null,
    offered.length > 0 ? make('div', { class: 'offered', role: 'group', 'aria-label': text('offered') }, make('p', { class: 'word' }, text('offered')), ...offered) : null,
    answer.farther_fits > 0 ? make('p', { class: 'farther-fits' }, make('button', { type: 'button', 'data-open': 'farther' }, text('farther_fits', { n: answer.farther_fits }))) : null,
    answer.fits.count === 0 && byDay.length > 0 ? make('p', {}, `${text('excluded.by_day')}：${byDay.join('、')}`) : null,
    view.hasDetails ? make('p', { class: 'note' }, text('accepts_new')) : null,
  ].filter((hint) => hint !== null));
}

/**
 * How the server understood the words: terms of the thesaurus, words of the places' text, and words that it did not understand.
 *
 * @param {FindAnswer} answer
 * @param {import('../i18n.js').Translate} text
 */
function drawUnderstood({ understood: { likes, company, avoid, can_give: canGive } }, text) {
  const meaning = (/** @type {string} */ term) => make('span', { class: 'meaning' }, term);
  /** @param {import('./types.js').UnderstoodWord} understood */
  const line = ({ word, means, by }) => {
    if (by === 'beyond') return null; // said above the list
    if (by === 'nothing') return make('li', { class: 'unknown-word' }, text('understood.nothing', { word }));
    if (by === 'text') return make('li', {}, text('understood.text', { word }), ...means.filter((it) => it !== word).flatMap((it) => [' ', meaning(it)]));
    return means.length === 1 && means[0] === word ? null : make('li', {}, text('understood.means', { word }), ...means.flatMap((it) => [' ', meaning(it)]));
  };
  /** @param {import('./types.js').UnderstoodWord} understood */
  const avoided = (understood) => {
    const { word, means, by } = understood;
    if (by !== 'chip') return by === 'nothing' || by === 'beyond' ? null : line(understood);
    return means.includes(word) ? null : make('li', {}, text('understood.avoided', { word }), ...means.flatMap((it) => [' ', meaning(it)]));
  };
  const names = new Set([...document.querySelectorAll('[data-field="avoid"]')].map((input) => input.getAttribute('value')));
  const together = company ? make('li', {}, text('understood.company')) : null;
  const items = [...likes.map(line), together, ...canGive.map(line), ...avoid.filter(({ word }) => !names.has(word)).map(avoided)].filter((item) => item !== null);
  byId('understood').replaceChildren(...items);
  byId('understood').hidden = items.length === 0;
}
