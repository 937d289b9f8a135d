// @ts-check
/**
 * Something that is done in a while, unless it is taken back. One thing waits at a time: the next one sends it off. Pure but
 * for its timer.
 *
 * @module waiting
 */

/**
 * @param {number} wait_ms
 * @param {{ send: (thing: string, leaving: boolean) => void }} to  `leaving` is true when the page is being closed.
 * @returns {{ put: (thing: string) => void, takeBack: () => string | null, flush: () => void }}
 */
export function waiting(wait_ms, { send }) {
  /** @type {{ thing: string, timer: ReturnType<typeof setTimeout> } | null} */
  let held = null;
  const takeBack = () => {
    if (!held) return null;
    clearTimeout(held.timer);
    const { thing } = held;
    held = null;
    return thing;
  };
  const off = (/** @type {boolean} */ leaving) => {
    const thing = takeBack();
    if (thing !== null) send(thing, leaving);
  };
  return {
    put(thing) {
      off(false);
      held = { thing, timer: setTimeout(() => off(false), wait_ms) };
    },
    takeBack,
    flush: () => off(true),
  };
}
