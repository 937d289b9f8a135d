// @ts-check
/**
 * Pages of residents without a map: what is next at their places, which copy of the site this is, and a word where the host of the
 * files could not do what the address asks for.
 *
 * @module page
 */

import { byId, make } from './dom.js';
import { createTranslate } from './i18n.js';
import { showNextDates } from './next-dates.js';
import { keepForOffline, sayFromWhen } from './offline.js';

/** What a server makes another page for. */
const STATE = ['q', 'category', 'district', 'town', 'when', 'fact', 'month'];

/** @type {{lang: string, keep: boolean, texts: Record<string, string>}} */
const { lang, keep, texts } = JSON.parse(byId('page-words').textContent ?? '{}');
const text = createTranslate(texts);

showNextDates(document, lang, text);
const query = new URLSearchParams(location.search);
if (document.body.dataset['state'] === 'default' && STATE.some((name) => query.get(name))) {
  document.querySelector('main')?.prepend(make('p', { class: 'sample', role: 'status' }, text('site.default_state')));
}
if (keep) {
  void sayFromWhen(lang, text);
  addEventListener('load', () => { void keepForOffline(); });
}
