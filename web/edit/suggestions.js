// @ts-check
/**
 * What people suggest: takes fields, or closes it.
 *
 * @module edit/suggestions
 */

import { failure, messagesOf, pageData, say, send, sendAsking } from './send.js';

const message = messagesOf(pageData().texts);

for (const form of document.querySelectorAll('form[data-suggestion]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
    void decide(/** @type {HTMLFormElement} */ (form), button?.value ?? 'reject');
  });
}
document.documentElement.dataset['ready'] = 'true';

/** @param {HTMLFormElement} form @param {string} decision */
async function decide(form, decision) {
  const fields = new FormData(form).getAll('field');
  const path = `/edit/suggestions/${form.dataset['suggestion']}`;
  const answer = await sendAsking(message, (publish) => send('POST', path, { decision, fields, publish }));
  if (answer.status === 422 && answer.body?.errors) {
    say(answer.body.errors.map((/** @type {{ field: string, code: string }} */ it) => `${it.field}：${message(`fault.${it.code}`)}`).join(' '), { isFault: true });
  } else if (answer.status !== 200) say(failure(message, answer), { isFault: true });
  else if (answer.body.outcome === 'drafted') location.assign('/edit/places/new');
  else {
    const next = /** @type {HTMLElement | null} */ (form.nextElementSibling ?? document.querySelector('h1'));
    form.remove();
    say(message('suggest.done'));
    next?.querySelector('button')?.focus();
  }
}
