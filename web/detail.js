// @ts-check
/**
 * The detail panel beside the map. Its content is the article of the place's own page, so that the server is the only place that
 * renders it. Focus moves to the heading, and back to the card when the panel closes.
 *
 * @module detail
 */

import { byId, make } from './dom.js';
import { nameLink } from './list.js';
import { showNextDates } from './next-dates.js';
import { fetchPage } from './page-parts.js';
import { listUrl, placeUrl } from './state.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./i18n.js').Translate} Translate */

/** @type {AbortController | null} */
let request = null;
/** The scroll position of the list before a place was opened. */
let listScroll = 0;

/**
 * Shows `state.place`, or the list where that is `null`.
 *
 * @param {State} state
 * @param {State} previous
 * @param {{text: Translate}} context
 * @param {readonly import('./filter.js').IndexedPlace[]} entries  The loaded places, for a place that cannot be fetched.
 */
export async function showDetail(state, previous, { text }, entries) {
  request?.abort();
  const [panel, browse] = [byId('detail'), byId('browse')];
  if (!state.place) {
    if (browse.classList.contains('behind')) closeDetail(panel, browse, previous.place);
    return;
  }
  const shownId = panel.querySelector('article')?.dataset['place'];
  if (shownId !== state.place) {
    request = new AbortController();
    const known = entries.find((entry) => entry.place.id === state.place)?.place;
    const article = await loadArticle(state, request.signal, text, known).catch(() => null);
    if (article === null) return;
    if (!browse.classList.contains('behind')) listScroll = scrollY;
    showNextDates(article, state.lang, text);
    panel.replaceChildren(article);
    browse.classList.add('behind');
    scrollTo({ top: Math.min(scrollY, byId('list-pane').offsetTop) });
    panel.querySelector('h1')?.focus({ preventScroll: true });
  }
  const back = panel.querySelector('.back a');
  back?.setAttribute('href', listUrl({ ...state, place: null }));
}

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} browse
 * @param {string | null} id  Of the place that was open.
 */
function closeDetail(panel, browse, id) {
  panel.replaceChildren();
  browse.classList.remove('behind');
  scrollTo({ top: listScroll });
  if (id) nameLink(document, id)?.focus({ preventScroll: true });
}

/**
 * @param {State} state  With the place.
 * @param {AbortSignal} signal
 * @param {Translate} text
 * @param {import('./types.js').Place | undefined} known
 * @returns {Promise<Element | null>}  `null` where a newer request has replaced this one.
 */
async function loadArticle(state, signal, text, known) {
  try {
    const article = (await fetchPage(placeUrl(state, state.place ?? ''), signal)).querySelector('article');
    if (article) return document.adoptNode(article);
  } catch {
    if (signal.aborted) return null;
  }
  const back = make('p', { class: 'back' }, make('a', { href: listUrl({ ...state, place: null }) }, text('detail.back')));
  if (known) return offlineArticle(known, back, text);
  return make('article', { class: 'detail' }, back, make('p', { class: 'closed' }, text('error.load')));
}

/**
 * What is loaded of a place, where its page cannot be fetched.
 *
 * @param {import('./types.js').Place} place
 * @param {Element} back
 * @param {Translate} text
 */
function offlineArticle({ id, properties: p }, back, text) {
  /** @type {[string, string | undefined][]} */
  const rows = [
    ['card.when', p.schedule?.join('、')], ['detail.venue', p.venue], ['detail.address', p.address], ['detail.cost', p.cost],
    ['detail.phone', p.contact?.phone],
  ];
  const known = rows.flatMap(([key, value]) => (value ? [make('dt', {}, text(key)), make('dd', {}, value)] : []));
  return make('article', { class: 'detail', 'data-place': id }, back,
    p.kana ? make('p', { class: 'kana' }, p.kana) : null, make('h1', { tabindex: '-1' }, p.name),
    make('p', { class: 'closed' }, text('offline.opened')), make('dl', {}, ...known));
}
