// @ts-check
/**
 * Renders the list: the same elements as the server's list, which a browser test compares.
 *
 * @module list
 */

import { make } from './dom.js';
import { badges, confirmedText, dialable, formatNumber, langOf, scheduleText } from './format.js';
import { grouped, pageOf } from './groups.js';
import { listUrl, placeUrl } from './state.js';

/** @typedef {import('./types.js').PageData} PageData */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./filter.js').IndexedPlace} IndexedPlace */
/** @typedef {import('./i18n.js').Translate} Translate */

/**
 * @param {HTMLElement} container
 * @param {readonly IndexedPlace[]} entries  The places that pass the filter, in any order.
 * @param {State} state
 * @param {{data: PageData, text: Translate}} context
 */
export function drawList(container, entries, state, context) {
  const { data, text } = context;
  const offset = Math.min(state.offset, entries.length);
  const groups = pageOf(grouped(entries, state.by, data), offset, data.pageLength);
  const sections = groups.map((group) => make('section', { class: 'group' },
    make('h3', {}, group.heading, ' ', make('span', { class: 'n' }, formatNumber(group.size))),
    group.kind === 'unplaced' ? make('p', { class: 'note' }, text('list.unplaced_note')) : null,
    make('ul', { class: 'cards' }, ...group.entries.map((entry) => card(entry, state, context)))));
  if (sections.length === 0) {
    container.replaceChildren(make('p', { class: 'none' }, text('list.none')));
    return;
  }
  container.replaceChildren(...sections, ...pager(state, offset, entries.length, context));
}

/**
 * @param {IndexedPlace} entry
 * @param {State} state
 * @param {{data: PageData, text: Translate}} context
 */
function card({ place }, state, { data, text }) {
  const p = place.properties;
  const rank = data.categories.findIndex((category) => category.id === p.category);
  const category = data.categories[rank]?.name ?? p.category;
  const district = data.districts.find((d) => d.id === p.district)?.name;
  const badgeList = badges(p, text);
  return make('li', { class: rank < 0 ? 'card' : `card k${rank}`, 'data-place': place.id },
    make('span', { class: 'icon', 'aria-hidden': 'true' }),
    make('div', { class: 'card-text' },
      make('p', { class: 'name' }, make('a', {
        href: placeUrl(state, place.id), lang: langOf(p.name, data.lang), 'aria-current': place.id === state.place ? 'true' : null,
      }, p.name)),
      p.kana && p.kana !== p.name ? make('p', { class: 'kana', lang: langOf(p.kana, data.lang) }, p.kana) : null,
      make('p', { class: 'kind' }, district ? `${category} ・ ${district}` : category),
      ...whereLine(p, data.lang),
      make('p', { class: 'when', lang: langOf(scheduleText(p, text), data.lang) }, scheduleText(p, text)),
      p.cost ? make('p', { class: 'cost' }, `${text('card.cost')}: `,
        make('span', { lang: langOf(p.cost, data.lang) }, p.cost)) : null,
      p.contact?.phone ? telephone(p.contact.phone, text) : null,
      badgeList.length > 0 ? make('ul', { class: 'badges' },
        ...badgeList.map((badge) => make('li', { class: badge.style || null }, badge.text))) : null,
      p.verified_on ? make('p', { class: 'confirmed' }, confirmedText(p.verified_on, text)) : null));
}

/**
 * Venue, else 大字, else address, in one line.
 *
 * @param {import('./types.js').PlaceFacts} p
 * @param {string} lang
 */
function whereLine(p, lang) {
  const line = p.venue ?? p.town ?? p.address;
  return line ? [make('p', { class: 'where', lang: langOf(line, lang) }, line)] : [];
}

/**
 * @param {string} phone
 * @param {Translate} text
 */
function telephone(phone, text) {
  const number = dialable(phone);
  return make('p', { class: 'phone' }, `${text('detail.phone')}: `, number ? make('a', { href: `tel:${number}` }, phone) : phone);
}

/**
 * @param {State} state
 * @param {number} offset
 * @param {number} total
 * @param {{data: PageData, text: Translate}} context
 */
function pager(state, offset, total, { data: { pageLength }, text }) {
  if (total <= pageLength) return [];
  const until = Math.min(total, offset + pageLength);
  /** @param {number} to */
  const urlAt = (to) => listUrl({ ...state, offset: to, place: null });
  const range = { from: formatNumber(offset + 1), to: formatNumber(until), total: formatNumber(total) };
  return [make('nav', { class: 'pager', 'aria-label': text('list.pages') },
    make('p', {}, text('list.range', range)),
    offset > 0 ? make('a', { class: 'button', href: urlAt(Math.max(0, offset - pageLength)) },
      text('list.previous', { n: formatNumber(Math.min(pageLength, offset)) })) : null,
    until < total ? make('a', { class: 'button', href: urlAt(until) },
      text('list.next', { n: formatNumber(Math.min(pageLength, total - until)) })) : null)];
}
