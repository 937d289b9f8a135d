// @ts-check
/**
 * Sends what somebody has typed, and says in words why it was not stored.
 *
 * @module edit/send
 */

import { byId } from '../dom.js';

/** Under which key the next page finds what it is to say. */
const NEXT = 'edit-said';

/** @typedef {{ status: number, body: any, revision: number | null }} EditAnswer  What the server answered; `status` 0: nothing. */

/** The data that the server has put into the page. */
export const pageData = () => JSON.parse(byId('page-data').textContent ?? '{}');

/**
 * A message of the page with its values.
 *
 * @param {Record<string, string>} texts
 */
export const messagesOf = (texts) => (/** @type {string} */ key, /** @type {Record<string, string | number>} */ values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), texts[key] ?? key);

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} value
 * @param {{ revision?: number | null, keepalive?: boolean }} [options]  The revision that it is based on.
 * @returns {Promise<EditAnswer>}
 */
export async function send(method, path, value, { revision = null, keepalive = false } = {}) {
  try {
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...(revision === null ? {} : { 'if-match': `"${revision}"` }) };
    const response = await fetch(path, { method, headers, body: value === undefined ? null : JSON.stringify(value), keepalive, cache: 'no-store', redirect: 'manual' });
    const text = await response.text();
    const tag = /"(\d+)"/.exec(response.headers.get('etag') ?? '');
    return { status: response.status, body: text ? JSON.parse(text) : null, revision: tag ? Number(tag[1]) : null };
  } catch {
    return { status: 0, body: null, revision: null };
  }
}

/**
 * Why something was not stored, in words.
 *
 * @param {ReturnType<typeof messagesOf>} message
 * @param {EditAnswer} answer
 */
export function failure(message, { status, body }) {
  const known = { 0: 'failed.network', 401: 'failed.signed_out', 403: 'failed.signed_out', 404: 'failed.gone' };
  const key = /** @type {Record<number, string>} */ (known)[status];
  return message('failed', { reason: key ? message(key) : (body?.detail ?? String(status)) });
}

/** Says something above the page, where it is announced. */
export function say(/** @type {string} */ text, { isFault = false } = {}) {
  const line = byId('edit-message');
  line.textContent = text;
  line.classList.toggle('is-fault', isFault);
  line.scrollIntoView({ block: 'nearest' });
}

/** Says something on the page that is opened next. */
export const sayNext = (/** @type {string} */ text) => sessionStorage.setItem(NEXT, text);

/** Says what the page before left to say. */
export function sayWhatWasLeft() {
  const left = sessionStorage.getItem(NEXT);
  if (!left) return;
  sessionStorage.removeItem(NEXT);
  say(left);
}

/**
 * Sends something; where more people would see something by it, asks first.
 *
 * @param {ReturnType<typeof messagesOf>} message
 * @param {(publish: boolean) => Promise<EditAnswer>} attempt
 * @param {(question: string) => Promise<boolean>} [ask]
 */
export async function sendAsking(message, attempt, ask = async (question) => confirm(question)) {
  const answer = await attempt(false);
  const isWidening = answer.status === 409 && answer.body?.type === 'urn:tsunagari:problem:widens';
  return isWidening && await ask(message('publish.lead')) ? attempt(true) : answer;
}
