// @ts-check
/**
 * A workbook that came home: takes its changes, some of them, or none.
 *
 * @module edit/upload
 */

import { failure, messagesOf, pageData, say, sayNext, sayWhatWasLeft, send } from './send.js';

const { number, state, texts } = pageData();
const message = messagesOf(texts);
const form = /** @type {HTMLFormElement} */ (document.querySelector('#upload-form'));

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
  void (button?.value === 'reject' ? reject() : accept());
});
// Whoever takes what more people see takes the change too.
for (const box of form.querySelectorAll('input[name=publish]')) {
  box.addEventListener('change', () => {
    const { checked, value } = /** @type {HTMLInputElement} */ (box);
    const taken = /** @type {HTMLInputElement | undefined} */ (boxes('take').find((it) => it.value === `edited:${value}`));
    if (taken && checked) taken.checked = true;
  });
}
document.documentElement.dataset['ready'] = 'true';

/** @param {string} name */
function boxes(name) {
  return [...form.querySelectorAll(`input[name=${name}]`)].map((box) => /** @type {HTMLInputElement} */ (box));
}

/** @param {string} name */
const chosen = (name) => boxes(name).filter((box) => box.checked).map((box) => box.value);

async function accept() {
  const [take, publish] = [chosen('take'), chosen('publish')];
  if (take.length === 0) {
    say(message('upload.none_chosen'), { isFault: true });
    return;
  }
  if (publish.length > 0 && !confirm(message('upload.publish_asks', { count: publish.length }))) return;
  const buttons = [...form.querySelectorAll('button')];
  for (const button of buttons) button.disabled = true;
  const answer = await send('POST', `/edit/imports/${number}/accept`, { state, take, publish });
  for (const button of buttons) button.disabled = false;
  if (answer.status === 409) {
    sayNext(message('upload.moved_on'));
    location.reload();
  } else if (answer.status === 200) {
    const { changed, added, removed, open } = answer.body;
    sayNext(message('upload.done', { changed: changed.length, added: added.length, removed: removed.length }));
    if (open) location.reload();
    else location.assign('/edit');
  } else say(failure(message, answer), { isFault: true });
}

async function reject() {
  if (!confirm(message('upload.reject_asks'))) return;
  const answer = await send('POST', `/edit/imports/${number}/reject`, {});
  if (answer.status !== 204) {
    say(failure(message, answer), { isFault: true });
    return;
  }
  sayNext(message('upload.rejected_done'));
  location.assign('/edit');
}

sayWhatWasLeft();
