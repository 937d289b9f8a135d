// @ts-check
/**
 * When to ask: a little after the last touch, and one question at a time; what is overtaken is broken off.
 *
 * @module find/asking
 */

import { byId } from '../dom.js';
import { ask } from './ask.js';
import { fieldOf } from './wish.js';

const PAUSE_MS = 150;

/**
 * @param {{wish: () => import('./types.js').Wish, wrong: () => string[]}} form
 * @param {{
 *   answered: (answer: import('./types.js').Answer) => void,
 *   refused: (field: string) => void,
 *   troubled: (status: number | 'no answer') => void,
 * }} listener
 */
export function asking(form, listener) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  let asked = new AbortController();

  const now = async () => {
    clearTimeout(pause);
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const [wrong] = form.wrong();
    if (wrong !== undefined) {
      listener.refused(wrong);
      return;
    }
    try {
      const outcome = await ask(form.wish(), signal);
      if (signal.aborted) return;
      if ('answer' in outcome) listener.answered(outcome.answer);
      else if ('parameter' in outcome) listener.refused(fieldOf(outcome.parameter));
      else listener.troubled(outcome.status);
    } catch (error) {
      if (!signal.aborted) throw error; // asked again meanwhile: that answer will come
    }
  };

  return {
    now,
    soon() {
      clearTimeout(pause);
      asked.abort();
      byId('groups').setAttribute('aria-busy', 'true');
      pause = setTimeout(() => void now(), PAUSE_MS);
    },
  };
}
