// @ts-check
/**
 * The form that orders the list by distance: from a name, or from where this device is. The position stays in the page: it is in no
 * address and no request.
 *
 * @module search/here
 */

import { byId, make } from '../dom.js';

/** Milliseconds. */
const LONGEST_WAIT = 15_000;
const OLDEST = 60_000;

/**
 * @param {{text: import('../i18n.js').Translate}} context
 * @param {{onName: (from: string) => boolean, onHere: (at: [number, number]) => void}} listener  `onName` says whether there is such a place.
 */
export function connectStart({ text }, { onName, onHere }) {
  const [form, note] = [byId('from-form'), byId('from-note')];
  const field = /** @type {HTMLInputElement} */ (byId('from'));
  form.addEventListener('submit', (event) => {
    const from = field.value.trim();
    const isKnown = onName(from);
    if (!document.querySelector('#load-note:empty')) return;
    event.preventDefault();
    note.textContent = isKnown ? text('filter.from_note') : text('filter.from_unknown', { place: from });
  });
  if (!('geolocation' in navigator)) return;
  const button = make('button', { type: 'button', id: 'from-here' }, text('filter.here'));
  button.addEventListener('click', () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        note.textContent = text('filter.here_note');
        onHere([coords.longitude, coords.latitude]);
      },
      () => { note.textContent = text('filter.here_failed'); },
      { timeout: LONGEST_WAIT, maximumAge: OLDEST });
  });
  form.append(button);
}
