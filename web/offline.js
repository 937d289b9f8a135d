// @ts-check
/**
 * Registers the service worker of the site, hands it what this page has loaded, and says from when the data is where there is no
 * connection.
 *
 * @module offline
 */

import { make } from './dom.js';
import { dateText, timeInJapan } from './search/dates.js';

/** @typedef {import('./i18n.js').Translate} Translate */

/** The root of the site: this module is at `assets/{version}/` below it. */
const ROOT = new URL('../../', import.meta.url);
/** For an answer of the worker, in milliseconds. */
const PATIENCE = 2_000;

/** Keeps the site for when there is no connection. Where browsers have no workers, or not for this address, everything else works. */
export async function keepForOffline() {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(new URL('service-worker.js', ROOT), { scope: ROOT.pathname });
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
    const page = new URL(location.href);
    page.search = page.hash = '';
    active?.postMessage({ keep: [...new Set([page.href, ...loaded.filter((url) => url.startsWith(ROOT.href))])] });
  } catch (error) {
    console.info(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Shows from when the data is, where the worker had to answer for the network.
 *
 * @param {string} lang
 * @param {Translate} text
 */
export async function sayFromWhen(lang, text) {
  const at = await keptAt();
  if (at === null || document.getElementById('offline')) return;
  const [day = '', hours = ''] = timeInJapan(at).split('T');
  const note = make('p', { class: 'sample', id: 'offline', role: 'status' }, text('offline.data', { date: dateText({ day, hours }, lang, text) }));
  (document.querySelector('header') ?? document.body).append(note);
}

/** @returns {Promise<number | null>} */
function keptAt() {
  const controller = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
  if (!controller) return Promise.resolve(null);
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data.at);
    setTimeout(() => resolve(null), PATIENCE);
    controller.postMessage({ since: true }, [port2]);
  });
}
