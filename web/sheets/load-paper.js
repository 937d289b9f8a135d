// @ts-check
/**
 * Fetches a sheet's page and imports its paper into this document, with its style sheet.
 *
 * @module sheets/load-paper
 */
import { make } from '../dom.js';

/**
 * @param {string} address  Of the sheet's page, e.g. `/sheets/report`.
 * @returns {Promise<HTMLElement>} the paper, not yet in the document
 */
export async function loadPaper(address) {
  const [response] = await Promise.all([fetch(address), loadStyle()]);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const paper = page.querySelector('.paper');
  if (!paper) throw new Error(`${address} has no paper`);
  return /** @type {HTMLElement} */ (document.importNode(paper, true));
}

/** Resolves once the style sheet is loaded or has failed: the words matter more. */
function loadStyle() {
  const { pathname: href } = new URL('sheets.css', import.meta.url);
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = make('link', { rel: 'stylesheet', href });
  return new Promise((resolve) => {
    link.addEventListener('load', () => resolve(undefined));
    link.addEventListener('error', () => resolve(undefined));
    document.head.append(link);
  });
}
