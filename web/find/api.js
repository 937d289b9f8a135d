// @ts-check
/**
 * Client of `POST /find`. The wish goes into the body and nowhere else, and no cache stores the answer, because the wish is about
 * a person.
 *
 * @module find/api
 */

/**
 * @typedef {{answer: import('./types.js').FindAnswer}
 *   | {parameter: string}
 *   | {status: number}
 *   | {status: 'no answer'}} FindOutcome  An answer, the parameter that the server rejected, or an error.
 */

const UNPROCESSABLE = 422;

/**
 * @param {import('./types.js').Wish} wish
 * @param {AbortSignal} signal
 * @returns {Promise<FindOutcome>}
 */
export async function postWish(wish, signal) {
  try {
    const response = await fetch('/find', {
      method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(wish),
      cache: 'no-store', signal,
    });
    if (response.ok) return { answer: await response.json() };
    const problem = response.status === UNPROCESSABLE ? await response.json() : {};
    return typeof problem.parameter === 'string' ? { parameter: problem.parameter } : { status: response.status };
  } catch (error) {
    if (signal.aborted) throw error;
    return { status: 'no answer' };
  }
}
