// @ts-check
/**
 * Takes the paper of a sheet's page into this one, with its style.
 *
 * @module sheets/load
 */
import { make } from '../dom.js';

/**
 * @param {string} address  Where the sheet's page is, e.g. `/sheets/report`.
 * @returns {Promise<HTMLElement>} the paper, not yet in the document
 */
export async function loadPaper(address) {
  const [response] = await Promise.all([fetch(address), linkStyle()]);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const paper = page.querySelector('.paper');
  if (!paper) throw new Error(`${address} has no paper`);
  return /** @type {HTMLElement} */ (document.importNode(paper, true));
}

/** Resolves when the style is there, also where it cannot be had: the words matter more. */
function linkStyle() {
  const { pathname: href } = new URL('sheets.css', import.meta.url);
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = make('link', { rel: 'stylesheet', href });
  return new Promise((resolve) => {
    link.addEventListener('load', () => resolve(undefined));
    link.addEventListener('error', () => resolve(undefined));
    document.head.append(link);
  });
}
