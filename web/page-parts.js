// @ts-check
/**
 * Fetches another page of the site to show parts of it here. Its links are relative to it, not to this page.
 *
 * @module page-parts
 */

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<Document>}  With absolute links.
 */
export async function fetchPage(url, signal) {
  const response = await fetch(url, { signal, headers: { accept: 'text/html' } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const name of ['href', 'src']) {
    for (const element of page.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, new URL(element.getAttribute(name) ?? '', response.url || new URL(url, location.href)).href);
    }
  }
  return page;
}
