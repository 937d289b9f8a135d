// @ts-check
/**
 * What was left out and why; each reason opens to its places.
 *
 * @module find/left-out
 */

import { make } from '../dom.js';

/** @typedef {import('./types.js').Answer} Answer */

const METRES_A_KM = 1000;

/**
 * @param {Answer['left_out']} leftOut
 * @param {Map<string, boolean>} open
 * @param {import('../i18n.js').Text} text
 * @returns {HTMLElement[]}
 */
export function drawLeftOut(leftOut, open, text) {
  if (leftOut.count === 0) return [];
  const details = make('details', { class: 'group left-out', 'data-group': 'left_out' },
    make('summary', {}, make('h3', {}, text('left_out')), make('span', { class: 'n' }, leftOut.text)),
    ...leftOut.groups.map((group, nth) => drawReason(group, open.get(`left_out_${nth}`) ?? false, nth, text)));
  details.open = open.get('left_out') ?? false;
  return [details];
}

/**
 * @param {Answer['left_out']['groups'][number]} group
 * @param {boolean} open
 * @param {number} nth
 * @param {import('../i18n.js').Text} text
 */
function drawReason({ text: reason, count, places }, open, nth, text) {
  const rest = count - places.length;
  const details = make('details', { 'data-group': `left_out_${nth}` }, make('summary', {}, reason),
    make('ul', {}, ...places.map((place) => drawPlace(place, text))),
    rest > 0 ? make('p', { class: 'note' }, text('left_out.more', { n: rest })) : null);
  details.open = open;
  return details;
}

/**
 * @param {import('./types.js').LeftOutPlace} place
 * @param {import('../i18n.js').Text} text
 */
function drawPlace({ id, name, matches, distance_m }, text) {
  const km = distance_m === undefined ? '' : text('hit.distance', { km: Math.round(distance_m / (METRES_A_KM / 10)) / 10 });
  return make('li', {},
    make('a', { href: `/places/${encodeURIComponent(id)}`, target: '_blank', rel: 'noopener noreferrer' }, name,
      make('span', { class: 'quiet' }, text('hit.new_tab'))), ' ',
    make('span', { class: 'note' }, [matches ? text('left_out.matches') : '', km].filter(Boolean).join('・')));
}
