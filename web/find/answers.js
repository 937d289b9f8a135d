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
const WITH_NOTE = new Set(['others', 'farther', 'unlocated']);

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
 * How the server understood the words: synonyms of the thesaurus, full-text matches, and words that it did not understand.
 *
 * @param {FindAnswer} answer
 * @param {import('../i18n.js').Translate} text
 */
function drawUnderstood({ understood: { likes, avoid, can_give: canGive } }, text) {
  /** @param {import('./types.js').UnderstoodWord} understood @param {string} nothingKey */
  const line = ({ word, means, by }, nothingKey) => {
    if (by === 'nothing') return make('li', { class: 'unknown-word' }, text(nothingKey, { word }));
    if (by === 'text') return make('li', {}, text('understood.text', { word }));
    return means.length === 1 && means[0] === word ? null : make('li', {}, text('understood.means', { word, means: means.join('・') }));
  };
  const items = [...likes, ...canGive].map((it) => line(it, 'understood.nothing'))
    .concat(avoid.filter(({ by }) => by !== 'chip').map((it) => line(it, 'understood.nothing_avoid')))
    .filter((item) => item !== null);
  byId('understood').replaceChildren(...items);
  byId('understood').hidden = items.length === 0;
}
