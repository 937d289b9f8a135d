// @ts-check
/**
 * The card of a place at the foot of the map: name, kind, where, the next date, telephone. Its parts are those of the place's own page,
 * so that the server is the only place that renders them.
 *
 * @module map-card
 */

import { make } from './dom.js';
import { langOf } from './format.js';
import { showNextDates } from './next-dates.js';
import { fetchPage } from './page-parts.js';
import { placeUrl } from './state.js';

/** @typedef {import('./types.js').Place} Place */
/** @typedef {import('./types.js').State} State */

/** Of the page: what a card shows of it. */
const PARTS = ['.brief', '.contact .call'];

/** @type {AbortController | null} */
let request = null;

/** Removes the card. */
export function closeCard() {
  request?.abort();
  document.getElementById('map-card')?.remove();
}

/**
 * Shows the card of `place` in `frame`. The name is there at once, the rest when it has come.
 *
 * @param {HTMLElement} frame
 * @param {Place} place
 * @param {{state: State, data: import('./types.js').PageData, text: import('./i18n.js').Translate, onOpen: (id: string) => void, onClose: () => void}} context
 */
export async function showCard(frame, place, { state, data, text, onOpen, onClose }) {
  closeCard();
  request = new AbortController();
  const { signal } = request;
  const p = place.properties;
  const rank = data.categories.findIndex((category) => category.id === p.category);
  const url = placeUrl({ ...state, place: null }, place.id);
  const title = make('h2', { tabindex: '-1', lang: langOf(p.name, data.lang) }, p.name);
  const more = make('a', { class: 'button', href: url, 'data-more': place.id }, text('map.card_more'));
  const close = make('button', { type: 'button', class: 'close' }, text('detail.close'));
  const facts = make('div', { class: 'card-facts' });
  const card = make('div', { class: rank < 0 ? 'map-card' : `map-card k${rank}`, id: 'map-card', role: 'group', 'aria-label': p.name },
    make('span', { class: 'icon', 'aria-hidden': 'true' }),
    make('div', { class: 'card-text' }, title, make('p', { class: 'kind' }, data.categories[rank]?.name ?? p.category), facts,
      make('p', { class: 'card-buttons' }, more, close)));
  const closeAll = () => {
    closeCard();
    onClose();
  };
  close.addEventListener('click', closeAll);
  card.addEventListener('keydown', (event) => { if (event.key === 'Escape') closeAll(); });
  more.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    closeCard();
    onOpen(place.id);
  });
  frame.append(card);
  title.focus({ preventScroll: true });
  try {
    const page = await fetchPage(url, signal);
    showNextDates(page, data.lang, text);
    facts.append(...PARTS.flatMap((part) => [...page.querySelectorAll(`article ${part}`)]).map((part) => document.adoptNode(part)));
  } catch {
    if (!signal.aborted) facts.append(make('p', { class: 'note' }, text('error.load')));
  }
}
