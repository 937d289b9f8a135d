// @ts-check
/**
 * Draws the list from entries: the same elements as `src/publish/page/{list,card}.rs`, which a test in a browser compares.
 *
 * @module list
 */

import { make } from './dom.js';
import { badges, langOf, thousands, when } from './format.js';
import { grouped, pageOf } from './groups.js';
import { listUrl, placeUrl } from './state.js';

/** @typedef {import('./types.js').PageData} PageData */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./filter.js').Entry} Entry */
/** @typedef {import('./i18n.js').Text} Text */

/**
 * @param {HTMLElement} container
 * @param {readonly Entry[]} entries  What passes the filter, in any order.
 * @param {State} state
 * @param {{data: PageData, text: Text}} context
 */
export function drawList(container, entries, state, context) {
  const { data, text } = context;
  const offset = Math.min(state.offset, entries.length);
  const groups = pageOf(grouped(entries, state.by, data), offset, data.pageLength);
  const sections = groups.map((group) => make('section', { class: 'group' },
    make('h3', {}, group.heading, ' ', make('span', { class: 'n' }, thousands(group.size))),
    group.kind === 'unplaced' ? make('p', { class: 'note' }, text('list.unplaced_note')) : null,
    make('ul', { class: 'cards' }, ...group.entries.map((entry) => card(entry, state, context)))));
  if (sections.length === 0) {
    container.replaceChildren(make('p', { class: 'none' }, text('list.none')));
    return;
  }
  container.replaceChildren(...sections, ...pager(state, offset, entries.length, context));
}

/**
 * @param {Entry} entry
 * @param {State} state
 * @param {{data: PageData, text: Text}} context
 */
function card({ place }, state, { data, text }) {
  const p = place.properties;
  const nth = data.categories.findIndex((category) => category.id === p.category);
  const category = data.categories[nth]?.name ?? p.category;
  const district = data.districts.find((d) => d.id === p.district)?.name;
  const marks = badges(p, text);
  return make('li', { class: nth < 0 ? 'card' : `card k${nth}`, 'data-place': place.id },
    make('span', { class: 'icon', 'aria-hidden': 'true' }),
    make('div', { class: 'card-text' },
      make('p', { class: 'name' }, make('a', {
        href: placeUrl(state, place.id), lang: langOf(p.name, data.lang), 'aria-current': place.id === state.place ? 'true' : null,
      }, p.name)),
      p.kana && p.kana !== p.name ? make('p', { class: 'kana', lang: langOf(p.kana, data.lang) }, p.kana) : null,
      make('p', { class: 'kind' }, district ? `${category} ・ ${district}` : category),
      make('p', { class: 'when', lang: langOf(when(p, text), data.lang) }, when(p, text)),
      p.cost ? make('p', { class: 'cost' }, `${text('card.cost')}: `,
        make('span', { lang: langOf(p.cost, data.lang) }, p.cost)) : null,
      p.contact?.phone ? make('p', { class: 'phone' }, `${text('detail.phone')}: ${p.contact.phone}`) : null,
      marks.length > 0 ? make('ul', { class: 'badges' },
        ...marks.map((mark) => make('li', { class: mark.style || null }, mark.text))) : null));
}

/**
 * @param {State} state
 * @param {number} offset
 * @param {number} total
 * @param {{data: PageData, text: Text}} context
 */
function pager(state, offset, total, { data: { pageLength }, text }) {
  if (total <= pageLength) return [];
  const until = Math.min(total, offset + pageLength);
  /** @param {number} to */
  const at = (to) => listUrl({ ...state, offset: to, place: null });
  const range = { from: thousands(offset + 1), to: thousands(until), total: thousands(total) };
  return [make('nav', { class: 'pager', 'aria-label': text('list.pages') },
    make('p', {}, text('list.range', range)),
    offset > 0 ? make('a', { class: 'button', href: at(Math.max(0, offset - pageLength)) },
      text('list.previous', { n: thousands(Math.min(pageLength, offset)) })) : null,
    until < total ? make('a', { class: 'button', href: at(until) },
      text('list.next', { n: thousands(Math.min(pageLength, total - until)) })) : null)];
}
