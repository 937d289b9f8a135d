// @ts-check
/**
 * Keeps what somebody is typing on the server, so that a crash costs a few seconds.
 *
 * @module edit/drafts
 */

import { send } from './send.js';

/** After a pause in typing of so many milliseconds it is kept, and at the latest after `LATEST`. */
const PAUSE = 1_000;
const LATEST = 4_000;

/**
 * @param {string} place  The identity of the place, or the word for a new one.
 * @param {{ content: () => { revision: number, fields: Record<string, string> }, kept: () => void, failed: () => void }} form
 */
export function keptDraft(place, { content, kept, failed }) {
  const path = `/edit/drafts/${place}`;
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  let since = 0;
  let isKept = false;
  /** What is under way. @type {Promise<unknown>} */
  let sending = Promise.resolve();

  const keep = async (/** @type {{ keepalive?: boolean }} */ options = {}) => {
    if (timer) clearTimeout(timer);
    [timer, since] = [null, 0];
    const draft = content();
    if (Object.keys(draft.fields).length === 0) {
      if (isKept) await drop();
      return;
    }
    const { status } = await send('PUT', path, draft, options);
    isKept = status === 204;
    if (isKept) kept();
    else failed();
  };
  const drop = async () => {
    if (timer) clearTimeout(timer);
    [timer, since, isKept] = [null, 0, false];
    await send('DELETE', path, undefined);
  };
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer) void keep({ keepalive: true });
  });
  return {
    /** Something was typed. */
    typed() {
      const now = Date.now();
      since ||= now;
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => { sending = keep(); }, Math.max(0, Math.min(PAUSE, since + LATEST - now)));
    },
    /** Keeps nothing more until something is typed: what is stored next removes the draft, and none may come after it. */
    async hold() {
      if (timer) clearTimeout(timer);
      [timer, since] = [null, 0];
      await sending;
    },
    /** It was stored, which removes the draft. */
    stored() {
      if (timer) clearTimeout(timer);
      [timer, since, isKept] = [null, 0, false];
    },
    drop,
  };
}
