// @ts-check
/**
 * The code at the foot of the papers. It is made here, stands on the paper, and is kept nowhere.
 *
 * @module handout/code
 */

/** Letters and figures that nobody takes for each other, also in handwriting: no 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B. */
export const LETTERS = 'ACDEFGHJKMNPQRTUVWXY34679';

const LENGTH = 8;

/**
 * A random code: XXXX-XXXX.
 *
 * @param {() => number} [byte]  A random number from 0 to 255.
 * @returns {string}
 */
export function createCode(byte = () => crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) {
  // Above a whole multiple of their number, the first letters would come up more often.
  const most = 256 - (256 % LETTERS.length);
  let code = '';
  while (code.length < LENGTH) {
    const number = byte();
    if (number < most) code += LETTERS[number % LETTERS.length];
  }
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}
