// @ts-check
/**
 * Renders the list: the same elements as the server's list, which a browser test compares.
 *
 * @module list
 */

import { make } from './dom.js';
import { badges, confirmedText, dialable, formatNumber, langOf, scheduleText } from './format.js';
import { grouped, pageOf } from './groups.js';
import { baseText, rubyNodes } from './ruby.js';
import { dateText } from './search/dates.js';
import { listUrl, placeUrl } from './state.js';

/** @typedef {import('./types.js').PageData} PageData */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./filter.js').IndexedPlace} IndexedPlace */
/** @typedef {import('./i18n.js').Translate} Translate */

/**
 * @param {HTMLElement} container
 * @param {import('./filter.js').Answer} answer
 * @param {import('./search/start.js').ListStart | null} start  Where a list ordered by distance begins.
 * @param {HTMLElement | null} nothing  What stands in place of an empty list.
 * @param {State} state
 * @param {{data: PageData, text: Translate}} context
 */
export function drawList(container, answer, start, nothing, state, context) {
  const { data, text } = context;
  const total = answer.certain.length + answer.near.length + answer.unknown.length;
  const offset = Math.min(state.offset, total);
  const groups = pageOf(grouped(answer, state.by, start, data), offset, data.pageLength);
  const sections = groups.map((group) => make('section', { class: 'group' },
    make('h3', {}, ...rubyNodes(group.shown), ' ', make('span', { class: 'n' }, formatNumber(group.size))),
    group.kind === 'unplaced' ? make('p', { class: 'note' }, text('list.unplaced_note')) : null,
    group.kind === 'unknown' ? make('p', { class: 'note' }, text('list.unknown_note')) : null,
    make('ul', { class: 'cards' }, ...group.entries.map((entry) => card(entry, state, context)))));
  const focused = focusedPlace(container);
  container.replaceChildren(...(nothing ? [nothing] : []), ...sections, ...pager(state, offset, total, context));
  if (focused) nameLink(container, focused)?.focus({ preventScroll: true });
}

/**
 * The place whose name has the focus: a list that is drawn anew keeps it, since a key pressed at that moment is meant for the name.
 *
 * @param {HTMLElement} container
 */
function focusedPlace(container) {
  const focused = document.activeElement;
  const card = focused && container.contains(focused) && focused.closest('.name') ? focused.closest('.card') : null;
  return card instanceof HTMLElement ? card.dataset['place'] ?? null : null;
}

/**
 * The name of a place's card, which opens the place.
 *
 * @param {ParentNode} container
 * @param {string} id
 * @returns {HTMLElement | null}
 */
export const nameLink = (container, id) => container.querySelector(`.card[data-place="${CSS.escape(id)}"] .name a`);

/**
 * @param {IndexedPlace} entry
 * @param {State} state
 * @param {{data: PageData, text: Translate}} context
 */
function card({ place, names, next, spoken }, state, { data, text }) {
  const p = place.properties;
  const rank = data.categories.findIndex((category) => category.id === p.category);
  const category = data.categories[rank]?.name ?? p.category;
  const district = data.districts.find((d) => d.id === p.district);
  const [name = [p.name], below = p.kana && p.kana !== p.name ? p.kana : null, where = null] = names ?? [];
  const badgeList = badges(p, text);
  return make('li', { class: rank < 0 ? 'card' : `card k${rank}`, 'data-place': place.id },
    make('span', { class: 'icon', 'aria-hidden': 'true' }),
    make('div', { class: 'card-text' },
      make('h4', { class: 'name' }, make('a', {
        href: placeUrl(state, place.id), lang: langOf(p.name, data.lang), 'aria-current': place.id === state.place ? 'true' : null,
      }, ...rubyNodes(name))),
      below ? make('p', { class: 'kana', lang: langOf(below, data.lang) }, below) : null,
      make('p', { class: 'kind' }, category, ...(district ? [' ・ ', ...rubyNodes(district.shown ?? [district.name])] : [])),
      ...whereLine(p, where, data.lang),
      next ? make('p', { class: 'next' }, text('brief.next', { date: dateText({ ...next, hours: next.hours.slice(0, 5) }, data.lang, text) })) : null,
      ...scheduleLines(scheduleText(p, text), spoken, data.lang, text),
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
 * @param {import('./search/types.js').Segment[] | null} where  The line with readings.
 * @param {string} lang
 */
function whereLine(p, where, lang) {
  const line = p.venue ?? p.town ?? p.address;
  const segments = where ?? (line ? [line] : null);
  return segments ? [make('p', { class: 'where', lang: langOf(baseText(segments), lang) }, ...rubyNodes(segments))] : [];
}

/**
 * The days in the words of the page where the schedule engine has them, and those of the list where these say more.
 *
 * @param {string} written
 * @param {[string, boolean] | null} spoken
 * @param {string} lang
 * @param {Translate} text
 */
function scheduleLines(written, spoken, lang, text) {
  const own = { lang: langOf(written, lang) };
  if (!spoken) return [make('p', { class: 'when', ...own }, written)];
  const [words, isWhole] = spoken;
  const beside = isWhole ? [] : [make('p', { class: 'written', ...own }, text('schedule.written', { words: written }))];
  return [make('p', { class: 'when' }, words), ...beside];
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
