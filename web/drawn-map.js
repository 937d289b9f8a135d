// @ts-check
/**
 * The map that the server draws, where this device has no WebGL 2: the numbered map of the page to print, each number a link to its
 * place.
 *
 * @module drawn-map
 */

import { fetchPage } from './page-parts.js';
import { filterQuery, printUrl } from './state.js';

/** @typedef {import('./types.js').State} State */

/** @type {AbortController | null} */
let request = null;

/**
 * Shows the drawn map of the places that pass the filter of `state`.
 *
 * @param {HTMLElement} container
 * @param {State} state
 * @returns {Promise<boolean>}  Whether there is one.
 */
export async function showDrawnMap(container, state) {
  request?.abort();
  request = new AbortController();
  try {
    const page = await fetchPage(printUrl(state), request.signal);
    // A host of files has the paper of every place, whatever is asked for: no map is better than a wrong one.
    const isOfAll = page.body.dataset['state'] === 'default' && filterQuery(state).toString() !== '';
    const map = isOfAll ? null : page.querySelector('.paper-map svg');
    container.replaceChildren(...(map ? [document.adoptNode(map)] : []));
    return map !== null;
  } catch {
    return false;
  }
}
