// @ts-check
/**
 * The line that shows the list in its state in a page of another site, where the city allows some.
 *
 * @module embed-code
 */

import { listUrl } from './state.js';

/** @typedef {import('./types.js').State} State */

/** @param {string} value */
const escaped = (value) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/**
 * @param {State} state
 * @param {string} base  The root of the site.
 * @param {string} site  Its name.
 */
export function embedCode(state, base, site) {
  const src = new URL(listUrl({ ...state, page: 'embed', offset: 0, place: null }), base).href;
  return `<iframe src="${escaped(src)}" title="${escaped(site)}" width="100%" height="640" loading="lazy"></iframe>`;
}

/**
 * @param {State} state
 * @param {string} site
 */
export function updateEmbedding(state, site) {
  const [fold, code] = [document.getElementById('embed'), document.getElementById('embed-code')];
  if (!fold || !(code instanceof HTMLTextAreaElement)) return;
  fold.hidden = false;
  code.value = embedCode(state, fold.dataset['base'] ?? new URL('.', location.href).href, site);
}

/** @param {import('./i18n.js').Translate} text */
export function connectEmbedding(text) {
  const [button, code] = [document.getElementById('embed-copy'), document.getElementById('embed-code')];
  if (!button || !(code instanceof HTMLTextAreaElement)) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    code.select();
    // Without a secure connection there is no clipboard; the line is selected to be copied by hand.
    void navigator.clipboard?.writeText(code.value).then(() => {
      const status = document.getElementById('embed-status');
      if (status) status.textContent = text('embed.copied');
    });
  });
}
