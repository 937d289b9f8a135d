// @ts-check
/**
 * Asks the server. The wish goes into the body and nowhere else; the answer is kept nowhere.
 *
 * @module find/ask
 */

/**
 * @typedef {{answer: import('./types.js').Answer}
 *   | {parameter: string}
 *   | {status: number}
 *   | {status: 'no answer'}} Outcome  What came back: an answer, a field that cannot be used, or trouble.
 */

const UNPROCESSABLE = 422;

/**
 * @param {import('./types.js').Wish} wish
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
export async function ask(wish, signal) {
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
