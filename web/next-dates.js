// @ts-check
/**
 * Says in a page what is next at a place: the page has the dates of a year, this module knows the day.
 *
 * @module next-dates
 */

import { make } from './dom.js';
import { dateText, nextDates, timeInJapan } from './search/dates.js';

/** @typedef {import('./i18n.js').Translate} Translate */

/** How many dates the page of a place says. */
const SHOWN = 3;

/**
 * Fills the elements below `root` that hold dates, and hides written dates that have passed.
 *
 * @param {ParentNode} root
 * @param {string} lang
 * @param {Translate} text
 * @param {number} [now]  Milliseconds since 1970.
 */
export function showNextDates(root, lang, text, now = Date.now()) {
  const time = timeInJapan(now);
  for (const element of root.querySelectorAll('[data-dates]')) {
    if (element instanceof HTMLElement) showNext(element, time, lang, text);
  }
  for (const written of root.querySelectorAll('.dates time')) {
    const item = written.closest('li');
    if (item) item.hidden = (written.getAttribute('datetime') ?? '') < time.slice(0, 10);
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} time
 * @param {string} lang
 * @param {Translate} text
 */
function showNext(element, time, lang, text) {
  const [first, dates] = JSON.parse(element.dataset['dates'] ?? '[]');
  // On paper the words of the list say the hours.
  const daysOnly = element.dataset['next'];
  const found = nextDates(dates, first, time, daysOnly ? Number(daysOnly) : SHOWN);
  const words = found.map(({ day, hours }) => dateText({ day, hours: daysOnly ? '' : hours }, lang, text));
  const [next, ...later] = daysOnly ? [[...new Set(words)].join(text('brief.comma'))] : words;
  element.hidden = !next;
  if (!next) return;
  const rest = later.length > 0 ? make('span', { class: 'brief-later' }, ` ${text('brief.later', { dates: later.join(text('brief.comma')) })}`) : null;
  element.replaceChildren(make('strong', {}, text('brief.next', { date: next })), ...(rest ? [rest] : []));
}
