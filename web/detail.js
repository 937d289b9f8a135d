// @ts-check
/**
 * The detail panel beside the map. Its content is the article of the place's own page, so that the server is the only place that
 * renders it. Focus moves to the heading, and back to the card when the panel closes.
 *
 * @module detail
 */

import { byId, make } from './dom.js';
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
 */
export async function showDetail(state, previous, { text }) {
  request?.abort();
  const [panel, browse] = [byId('detail'), byId('browse')];
  if (!state.place) {
    if (browse.classList.contains('behind')) closeDetail(panel, browse, previous.place);
    return;
  }
  const shownId = panel.querySelector('article')?.dataset['place'];
  if (shownId !== state.place) {
    request = new AbortController();
    const article = await loadArticle(placeUrl(state, state.place), request.signal, text).catch(() => null);
    if (article === null) return;
    if (!browse.classList.contains('behind')) listScroll = scrollY;
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
  const link = id ? document.querySelector(`[data-place="${CSS.escape(id)}"] .name a`) : null;
  if (link instanceof HTMLElement) link.focus({ preventScroll: true });
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @param {Translate} text
 * @returns {Promise<Element | null>}  `null` where a newer request has replaced this one.
 */
async function loadArticle(url, signal, text) {
  try {
    const response = await fetch(url, { signal, headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const article = page.querySelector('article');
    if (article) return document.adoptNode(article);
  } catch {
    if (signal.aborted) return null;
  }
  return make('article', { class: 'detail' },
    make('p', { class: 'back' }, make('a', { href: '/' }, text('detail.back'))), make('p', { class: 'closed' }, text('error.load')));
}
