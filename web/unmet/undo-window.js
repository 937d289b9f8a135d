// @ts-check
/**
 * Undo window: a value is sent after a delay, unless the user undoes it. At most one value is pending; a new one replaces it,
 * because pressing another button means a change of mind. Pure but for its timer.
 *
 * @module unmet/undo-window
 */

/**
 * @param {number} delay_ms
 * @param {{ send: (value: string, leaving: boolean) => void }} listener  `leaving` is true while the page is being closed.
 * @returns {{ schedule: (value: string) => string | null, undo: () => string | null, flush: () => void }}
 */
export function undoWindow(delay_ms, { send }) {
  /** @type {{ value: string, timer: ReturnType<typeof setTimeout> } | null} */
  let pending = null;
  const undo = () => {
    if (!pending) return null;
    clearTimeout(pending.timer);
    const { value } = pending;
    pending = null;
    return value;
  };
  const sendPending = (/** @type {boolean} */ leaving) => {
    const value = undo();
    if (value !== null) send(value, leaving);
  };
  return {
    /** Returns the pending value that it replaced, if there was one. */
    schedule(value) {
      const replaced = undo();
      pending = { value, timer: setTimeout(() => sendPending(false), delay_ms) };
      return replaced;
    },
    undo,
    flush: () => sendPending(true),
  };
}
