// @ts-check
/**
 * The first page of those who edit: undoes what was made together.
 *
 * @module edit/overview
 */

import { failure, messagesOf, pageData, say, sayWhatWasLeft, send, sendAsking } from './send.js';

const message = messagesOf(pageData().texts);

for (const button of document.querySelectorAll('button[data-batch]')) {
  button.addEventListener('click', () => void undo(/** @type {HTMLButtonElement} */ (button)));
}
document.documentElement.dataset['ready'] = 'true';
sayWhatWasLeft();

// What is too large is said before it is sent.
document.querySelector('.edit-upload')?.addEventListener('submit', (event) => {
  const input = /** @type {HTMLInputElement} */ (document.querySelector('#edit-file'));
  if ((input.files?.[0]?.size ?? 0) <= Number(input.dataset['most'])) return;
  event.preventDefault();
  say(message('upload.refused.too_large'), { isFault: true });
});

/** @param {HTMLButtonElement} button */
async function undo(button) {
  if (!confirm(message('undo.asks'))) return;
  button.disabled = true;
  const answer = await sendAsking(message, (publish) => send('POST', `/edit/batches/${button.dataset['batch']}/undo`, { publish }));
  button.disabled = false;
  if (answer.status === 409) say(message('undo.nothing'));
  if (answer.status !== 200) {
    if (answer.status !== 409) say(failure(message, answer), { isFault: true });
    return;
  }
  const { undone, ended, skipped } = answer.body;
  const parts = [message('undo.done', { count: undone.length })];
  if (ended.length > 0) parts.push(message('undo.ended', { count: ended.length }));
  if (skipped.length > 0) parts.push(message('undo.skipped', { names: skipped.map((/** @type {{name: string}} */ it) => it.name).join('、') }));
  say(parts.join(' '));
}
