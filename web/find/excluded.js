// @ts-check
/**
 * The excluded places, grouped by reason; each reason unfolds to its places.
 *
 * @module find/excluded
 */

import { make } from '../dom.js';

/** @typedef {import('./types.js').FindAnswer} FindAnswer */

const METRES_PER_KM = 1000;

/**
 * @param {FindAnswer['left_out']} excluded
 * @param {Map<string, boolean>} open  Which groups the reader has unfolded.
 * @param {import('../i18n.js').Translate} text
 * @returns {HTMLElement[]}
 */
export function drawExcluded(excluded, open, text) {
  if (excluded.count === 0) return [];
  const details = make('details', { class: 'group excluded', 'data-group': 'excluded' },
    make('summary', {}, make('h3', {}, text('excluded')), make('span', { class: 'n' }, excluded.text)),
    ...excluded.groups.map((group, nth) => drawReason(group, open.get(`excluded_${nth}`) ?? false, nth, text)));
  details.open = open.get('excluded') ?? false;
  return [details];
}

/**
 * @param {FindAnswer['left_out']['groups'][number]} group
 * @param {boolean} open
 * @param {number} nth
 * @param {import('../i18n.js').Translate} text
 */
function drawReason({ text: reason, count, places }, open, nth, text) {
  const hidden = count - places.length;
  const details = make('details', { 'data-group': `excluded_${nth}` }, make('summary', {}, reason),
    make('ul', {}, ...places.map((place) => drawPlace(place, text))),
    hidden > 0 ? make('p', { class: 'note' }, text('excluded.more', { n: hidden })) : null);
  details.open = open;
  return details;
}

/**
 * @param {import('./types.js').ExcludedPlace} place
 * @param {import('../i18n.js').Translate} text
 */
function drawPlace({ id, name, matches, calls_by_day: byDay, distance_m }, text) {
  const km = distance_m === undefined ? '' : text('hit.distance', { km: Math.round(distance_m / (METRES_PER_KM / 10)) / 10 });
  return make('li', {},
    make('a', { href: `/places/${encodeURIComponent(id)}`, target: '_blank', rel: 'noopener noreferrer' }, name,
      make('span', { class: 'visually-hidden' }, text('hit.new_tab'))), ' ',
    make('span', { class: 'note' }, [matches ? text('excluded.matches') : '', byDay ? text('excluded.by_day') : '', km].filter(Boolean).join('・')));
}
