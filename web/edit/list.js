// @ts-check
/**
 * A list of places to edit: gives many of them the same category, status or audience, and merges two.
 *
 * @module edit/list
 */

import { failure, messagesOf, pageData, say, sayNext, sayWhatWasLeft, send, sendAsking } from './send.js';

const message = messagesOf(pageData().texts);
const form = /** @type {HTMLFormElement | null} */ (document.querySelector('#many-form'));
const FIELDS = ['category', 'status', 'audience'];

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void storeMany(form);
});
document.querySelector('#many-all')?.addEventListener('change', (event) => {
  for (const box of boxes()) box.checked = /** @type {HTMLInputElement} */ (event.target).checked;
});
for (const button of document.querySelectorAll('button[data-merged]')) {
  button.addEventListener('click', () => void merge(/** @type {HTMLButtonElement} */ (button)));
}
document.documentElement.dataset['ready'] = 'true';

/** @returns {HTMLInputElement[]} */
function boxes() {
  return [...document.querySelectorAll('input[name=place]')].map((box) => /** @type {HTMLInputElement} */ (box));
}

/** @param {HTMLFormElement} of */
async function storeMany(of) {
  const places = boxes().filter((box) => box.checked).map((box) => ({ id: box.value, revision: Number(box.dataset['revision']) }));
  const values = new FormData(of);
  const fields = Object.fromEntries(FIELDS.map((name) => [name, String(values.get(name) ?? '')]).filter(([, text]) => text));
  if (places.length === 0 || Object.keys(fields).length === 0) {
    say(message('many.none_chosen'), { isFault: true });
    return;
  }
  const answer = await sendAsking(message, (publish) => send('POST', '/edit/bulk', { places, fields, publish }));
  if (answer.status !== 200) {
    say(failure(message, answer), { isFault: true });
    return;
  }
  const { changed, skipped } = answer.body;
  const parts = [message('many.done', { count: changed.length })];
  if (skipped.length > 0) parts.push(message('many.skipped', { count: skipped.length }));
  sayNext(parts.join(' '));
  location.reload();
}

/** @param {HTMLButtonElement} button */
async function merge(button) {
  const { kept, merged, asks } = button.dataset;
  if (asks && !confirm(message('merge.asks'))) return;
  button.disabled = true;
  const answer = await send('POST', '/edit/merge', { kept, merged });
  button.disabled = false;
  if (answer.status !== 200) {
    say(failure(message, answer), { isFault: true });
    return;
  }
  sayNext(message('merge.done'));
  location.reload();
}

sayWhatWasLeft();
