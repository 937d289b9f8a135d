// @ts-check
/**
 * The pseudonymous code at the foot of the papers. This module creates it, the paper shows it, and nothing stores it.
 *
 * @module handout/handout-code
 */

/** Characters that nobody confuses, also in handwriting: no 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B. */
export const CODE_CHARACTERS = 'ACDEFGHJKMNPQRTUVWXY34679';

const LENGTH = 8;

/**
 * A random code: XXXX-XXXX.
 *
 * @param {() => number} [byte]  A random number from 0 to 255.
 * @returns {string}
 */
export function createCode(byte = () => crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) {
  // Rejection sampling avoids modulo bias: bytes above a whole multiple would favour the first characters.
  const limit = 256 - (256 % CODE_CHARACTERS.length);
  let code = '';
  while (code.length < LENGTH) {
    const number = byte();
    if (number < limit) code += CODE_CHARACTERS[number % CODE_CHARACTERS.length];
  }
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}
