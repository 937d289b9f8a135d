// @ts-check
/**
 * Live search: a debounced request after the last change of the form. At most one request is in flight; a newer one aborts it.
 *
 * @module find/live-search
 */

import { byId } from '../dom.js';
import { postWish } from './api.js';
import { fieldOfParameter } from './wish.js';

const DEBOUNCE_MS = 150;

/**
 * @param {{wish: () => import('./types.js').Wish, invalidFields: () => string[]}} form
 * @param {{
 *   onAnswer: (answer: import('./types.js').FindAnswer) => void,
 *   onInvalidField: (field: string) => void,
 *   onError: (status: number | 'no answer') => void,
 * }} listener
 */
export function liveSearch(form, listener) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let debounce;
  let request = new AbortController();

  const searchNow = async () => {
    clearTimeout(debounce);
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const [invalid] = form.invalidFields();
    if (invalid !== undefined) {
      listener.onInvalidField(invalid);
      return;
    }
    byId('groups').setAttribute('aria-busy', 'true');
    try {
      const outcome = await postWish(form.wish(), signal);
      if (signal.aborted) return;
      if ('answer' in outcome) listener.onAnswer(outcome.answer);
      else if ('parameter' in outcome) listener.onInvalidField(fieldOfParameter(outcome.parameter));
      else listener.onError(outcome.status);
    } catch (error) {
      if (!signal.aborted) throw error; // a newer request has replaced this one
    }
  };

  return {
    searchNow,
    searchSoon() {
      clearTimeout(debounce);
      request.abort();
      byId('groups').setAttribute('aria-busy', 'true');
      debounce = setTimeout(() => void searchNow(), DEBOUNCE_MS);
    },
  };
}
