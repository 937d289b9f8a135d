// @ts-check
/**
 * Draws an answer: what was understood, the groups with their places, and what was left out.
 *
 * @module find/answers
 */

import { byId, make, setText } from '../dom.js';
import { STEP } from './groups.js';
import { drawHit } from './hit.js';
import { drawLeftOut } from './left-out.js';

/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Context} Context */
/** @typedef {import('./groups.js').Section} Section */

/** Notes under headings, where there are any. */
const NOTED = new Set(['others', 'farther', 'unlocated']);

/**
 * @typedef {object} View  How the reader wants to see it.
 * @property {boolean} isSaid  Whether anything was said of the person.
 * @property {Map<string, boolean>} open  What was folded or unfolded by hand.
 * @property {(id: string) => boolean} isChosen
 * @property {number} limit  How many of a group were asked for.
 */

/**
 * @param {Answer} answer
 * @param {readonly Section[]} sections
 * @param {View} view
 * @param {Context} context
 */
export function drawAnswer(answer, sections, view, context) {
  const { text } = context;
  setText(byId('count'), text(view.isSaid ? 'count' : 'count.all', { n: answer.fits.count }));
  setText(byId('reach'), view.isSaid ? reachWords(answer, text) : text('start'));
  drawUnderstood(answer, text);
  byId('groups').replaceChildren(...sections.map((section) => drawSection(section, view, context)), ...drawLeftOut(answer.left_out, view.open, text));
  byId('groups').setAttribute('aria-busy', 'false');
}

/**
 * @param {Section} section
 * @param {View} view
 * @param {Context} context
 */
function drawSection({ key, parts, count, open }, view, context) {
  const { text } = context;
  const title = text(key === 'fits' && !view.isSaid ? 'group.all' : `group.${key}`);
  const details = make('details', { class: 'group', 'data-group': key },
    make('summary', {}, make('h3', {}, title), make('span', { class: 'n' }, text('group.n', { n: count }))),
    NOTED.has(key) ? make('p', { class: 'note' }, text(`group.note.${key}`)) : null,
    count === 0 ? make('p', { class: 'none' }, text('group.none')) : null,
    ...parts.flatMap((part) => [
      key === 'placeless' ? make('p', { class: 'word' }, text(`group.${part.key}`)) : null,
      make('ol', { class: 'hits', 'data-part': part.key }, ...part.hits.map((shown) => drawHit(shown, view.isChosen(shown.hit.id), context))),
      more(part, view.limit, text),
    ]));
  details.open = view.open.get(key) ?? open;
  return details;
}

/**
 * @param {import('./groups.js').Shown} part
 * @param {number} limit
 * @param {import('../i18n.js').Text} text
 */
function more({ key, more: rest, hits }, limit, text) {
  if (rest === 0) return null;
  if (hits.length >= limit && limit > STEP * 9) return make('p', { class: 'note' }, text('more.too_many', { n: rest }));
  return make('button', { type: 'button', class: 'more', 'data-more': key }, text('more.hits', { n: rest }));
}

/**
 * How far is looked, in words.
 *
 * @param {Answer} answer
 * @param {import('../i18n.js').Text} text
 */
function reachWords({ reach, understood }, text) {
  if (!understood.from) return '';
  const km = Math.max(0.1, Math.round(reach.metres / 100) / 10);
  if (reach.ways.length === 0) return text('reach.unsaid', { km });
  const ways = reach.ways.map(({ way, minutes }) => text('reach.way', { way: text(`travel.${way}`), n: minutes })).join('・');
  return text('reach', { ways, km });
}

/**
 * Words that were taken to mean something else, and those that nobody understood, with what to do.
 *
 * @param {Answer} answer
 * @param {import('../i18n.js').Text} text
 */
function drawUnderstood({ understood: { likes, avoid, can_give: canGive } }, text) {
  /** @param {import('./types.js').Understood} it @param {string} nothing */
  const line = ({ word, means, by }, nothing) => {
    if (by === 'nothing') return make('li', { class: 'puzzling' }, text(nothing, { word }));
    if (by === 'text') return make('li', {}, text('understood.text', { word }));
    return means.length === 1 && means[0] === word ? null : make('li', {}, text('understood.means', { word, means: means.join('・') }));
  };
  const items = [...likes, ...canGive].map((it) => line(it, 'understood.nothing'))
    .concat(avoid.filter(({ by }) => by !== 'chip').map((it) => line(it, 'understood.nothing_avoid')))
    .filter((item) => item !== null);
  byId('understood').replaceChildren(...items);
  byId('understood').hidden = items.length === 0;
}
