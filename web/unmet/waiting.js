// @ts-check
/**
 * Something that is done in a while, unless it is taken back. One thing waits at a time: the next one takes its place, since who
 * presses another button has changed their mind. Pure but for its timer.
 *
 * @module waiting
 */

/**
 * @param {number} wait_ms
 * @param {{ send: (thing: string, leaving: boolean) => void }} to  `leaving` is true when the page is being closed.
 * @returns {{ put: (thing: string) => string | null, takeBack: () => string | null, flush: () => void }}
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
    /** What it took the place of, if anything waited. */
    put(thing) {
      const before = takeBack();
      held = { thing, timer: setTimeout(() => off(false), wait_ms) };
      return before;
    },
    takeBack,
    flush: () => off(true),
  };
}
