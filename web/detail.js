// @ts-check
/**
 * Shows one place beside the map. The text is the place's own page, so that there is one telling of it.
 *
 * @module detail
 */

import { byId, make } from './dom.js';
import { listUrl, placeUrl } from './state.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./i18n.js').Text} Text */

/** @type {AbortController | null} */
let loading = null;
/** Where the list stood when a place was opened from it. */
let listScroll = 0;

/**
 * Shows `state.place`, or the list when there is none.
 *
 * @param {State} state
 * @param {State} before
 * @param {{text: Text}} context
 */
export async function showDetail(state, before, { text }) {
  loading?.abort();
  const [panel, browse] = [byId('detail'), byId('browse')];
  if (!state.place) {
    if (browse.classList.contains('behind')) closeDetail(panel, browse, before.place);
    return;
  }
  const shown = panel.querySelector('article')?.dataset['place'];
  if (shown !== state.place) {
    loading = new AbortController();
    const article = await loadArticle(placeUrl(state, state.place), loading.signal, text).catch(() => null);
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
 * @param {string | null} id  The place that was open.
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
 * @param {Text} text
 * @returns {Promise<Element | null>}  `null` when something else was asked for meanwhile.
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
