// @ts-check
/**
 * The pseudonymous code at the foot of the papers. The page that prints a paper makes it, the paper shows it, and nothing stores it.
 *
 * Six of its twelve characters are random. The others say, in numbers of the city's own tables, the district and the kind of place,
 * and check that the code was typed right and is of these tables. So the page of results can fill both in, offline, by `readCode`;
 * no code is ever sent.
 *
 * @module handout/paper-code
 */

/** Characters that nobody confuses, also in handwriting: no 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B. */
export const CODE_CHARACTERS = 'ACDEFGHJKMNPQRTUVWXY34679';

const BASE = CODE_CHARACTERS.length;
const RANDOM = 6;
const LENGTH = 12;
const GROUP = 4;
/** Prime to the base, so that no single wrong character and no two exchanged neighbours have the same check number. */
const FACTOR = 31;

/** @typedef {{ tables: number, district: number, kind: number }} CodeParts  Row numbers from 1, 0 for none; the check number of the tables. */

/**
 * A random code: XXXX-XXXX-XXXX.
 *
 * @param {CodeParts} parts
 * @param {() => number} [byte]  A random number from 0 to 255.
 * @returns {string}
 */
export function createCode({ tables, district, kind }, byte = () => crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) {
  // Rejection sampling avoids modulo bias: bytes above a whole multiple would favour the first characters.
  const limit = 256 - (256 % BASE);
  const digits = [...pair(district), ...pair(kind)];
  while (digits.length < RANDOM + 4) {
    const number = byte();
    if (number < limit) digits.push(number % BASE);
  }
  return written([...digits, ...pair(checkOf(digits, tables))]);
}

/**
 * What a typed code says, in any width and with or without hyphens; `null` for one that was mistyped or is of other tables.
 *
 * @param {string} typed
 * @param {number} tables  The check number of the city's tables.
 * @returns {{ district: number, kind: number } | null}
 */
export function readCode(typed, tables) {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[^A-Z0-9]/gu, '');
  const digits = [...plain].map((character) => CODE_CHARACTERS.indexOf(character));
  if (digits.length !== LENGTH || digits.includes(-1)) return null;
  const said = digits.slice(0, -2);
  const [district, kind, check] = [value(digits, 0), value(digits, 2), value(digits, LENGTH - 2)];
  return check === checkOf(said, tables) ? { district, kind } : null;
}

/** How many characters of a code were typed: shorter ones are not finished yet. @param {string} typed */
export const isWhole = (typed) => typed.normalize('NFKC').replace(/[^A-Za-z0-9]/gu, '').length >= LENGTH;

/** @param {number} number */
const pair = (number) => [Math.floor(number / BASE) % BASE, number % BASE];

/**
 * @param {number[]} digits
 * @param {number} at
 */
const value = (digits, at) => (digits[at] ?? 0) * BASE + (digits[at + 1] ?? 0);

/**
 * @param {number[]} digits
 * @param {number} tables
 */
const checkOf = (digits, tables) => digits.reduce((sum, digit) => (sum * FACTOR + digit + 1) % (BASE * BASE), tables % (BASE * BASE));

/** @param {number[]} digits */
function written(digits) {
  const code = digits.map((digit) => CODE_CHARACTERS[digit] ?? '').join('');
  return code.match(new RegExp(`.{${GROUP}}`, 'gu'))?.join('-') ?? code;
}
