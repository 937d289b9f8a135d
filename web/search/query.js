// @ts-check
/**
 * How a typed query is understood: its words, what they mean, and what only connects them. `src/index/filter/query.rs` implements the
 * same with the same vocabulary, which the server sends; a browser test compares both for many queries.
 *
 * Pure: no DOM, no fetch.
 *
 * @module search/query
 */

/** @typedef {import('./types.js').SearchData} SearchData */
/** @typedef {import('./types.js').UnderstoodWord} UnderstoodWord */
/** @typedef {(text: string) => string} Fold */

const MAX_WORDS = 24;
const MAX_JOINED = 3;
const IS_LATIN = /^[a-zA-Z0-9\u0101\u012b\u016b\u0113\u014d\u00e2\u00ee\u00fb\u00ea\u00f4'\u30fc-]*$/u;
const MIN_LATIN = 4;
const IS_HIRAGANA = /^[\u3041-\u3096\u309d\u309e\u30fc]$/u;
/** From how many characters on an unknown word of kana alone is told, and not taken for an ending of what stands before it. */
const TOLD_KANA = 3;
/** Words of Latin letters up to this length must stand at the beginning of one. */
const SHORT_LATIN = 4;
/** Two kanji, in the ranges that `text::is_kanji` has. */
const IS_PAIR = /^[\u3400-\u9fff\uf900-\ufaff]{2}$/u;
/** @type {ReadonlySet<string>} */
const NO_WORDS = new Set();

/**
 * The vocabulary as the reader needs it: one meaning per folded word.
 *
 * @param {SearchData} data
 */
export function createVocabulary(data) {
  /** @type {Map<string, string | number[]>} */
  const meanings = new Map();
  data.interests.forEach(([, words], number) => words.forEach((word) => {
    const known = meanings.get(word);
    if (Array.isArray(known)) known.push(number);
    else meanings.set(word, [number]);
  }));
  for (const [word, numbers] of Object.entries(data.foreign)) meanings.set(word, numbers);
  for (const [word, code] of Object.entries(data.words)) meanings.set(word, code);
  let longest = 0;
  for (const word of meanings.keys()) longest = Math.max(longest, [...word].length);
  return { meanings, longest, fillers: new Set(data.fillers), interests: data.interests, romaji: data.romaji, separators: data.separators, particles: data.particles };
}

/** @typedef {ReturnType<typeof createVocabulary>} Vocabulary */

/**
 * @param {string} query
 * @param {Vocabulary} vocabulary
 * @param {Fold} fold
 * @param {(folded: string) => boolean} occurs  Whether a folded text occurs in any place.
 * @returns {UnderstoodWord[]}
 */
export function understandQuery(query, vocabulary, fold, occurs) {
  const written = wordsOf(query, vocabulary.separators).filter((word) => fold(word)).slice(0, MAX_WORDS);
  /** @type {UnderstoodWord[]} */
  const words = [];
  let at = 0;
  while (at < written.length) {
    const joined = joinedWord(written.slice(at, at + MAX_JOINED), vocabulary, fold);
    if (joined) {
      words.push(joined.word);
      at += joined.count;
      continue;
    }
    const word = written[at] ?? '';
    words.push(...readWord(word, fold(word), vocabulary, occurs));
    at += 1;
  }
  // Nothing but connecting words: then they are what is searched.
  return words.length > 0 ? words : written.map((word) => wholeWord(word, fold(word), vocabulary));
}

/**
 * @param {string} query
 * @param {string} separators  Characters that part words, besides white space.
 */
function wordsOf(query, separators) {
  const spaced = [...query].map((c) => (separators.includes(c) ? ' ' : c)).join('');
  return spaced.split(/\p{White_Space}+/u);
}

/**
 * What a whole folded word means; Latin letters in any spelling.
 *
 * @param {string} folded
 * @param {Vocabulary} vocabulary
 */
function meaningOf(folded, { meanings, romaji }) {
  const isAscii = !/[^\0-\x7f]/.test(folded);
  return meanings.get(folded) ?? (isAscii ? meanings.get(oneRomaji(folded, romaji)) : undefined);
}

/**
 * A word as its own meaning, else as text.
 *
 * @param {string} written
 * @param {string} folded
 * @param {Vocabulary} vocabulary
 */
function wholeWord(written, folded, vocabulary) {
  const meaning = meaningOf(folded, vocabulary);
  return meaning === undefined ? textWord(written, folded, vocabulary) : meant(written, folded, meaning, vocabulary);
}

/**
 * @param {string[]} next
 * @param {Vocabulary} vocabulary
 * @param {Fold} fold
 */
function joinedWord(next, vocabulary, fold) {
  for (let count = next.length; count >= 2; count -= 1) {
    const written = next.slice(0, count).join(' ');
    const folded = fold(written);
    const meaning = meaningOf(folded, vocabulary);
    if (meaning !== undefined) return { count, word: meant(written, folded, meaning, vocabulary) };
  }
  return null;
}

/**
 * @param {string} written
 * @param {string} folded
 * @param {Vocabulary} vocabulary
 * @param {(folded: string) => boolean} occurs
 * @returns {UnderstoodWord[]}
 */
function readWord(written, folded, vocabulary, occurs) {
  if (vocabulary.fillers.has(folded)) return [];
  const meaning = meaningOf(folded, vocabulary);
  if (meaning !== undefined) return [meant(written, folded, meaning, vocabulary)];
  const whole = textWord(written, folded, vocabulary);
  if (IS_LATIN.test(folded) || whole.same.some(occurs)) return [whole];
  const parts = takenApart(splitWord(written, folded), vocabulary, occurs);
  return parts.every((part) => part.kind === 'ignored') ? [whole] : parts;
}

/**
 * A word as it was typed and folded, character by character; as folded alone where folding changes the number of characters.
 *
 * @param {string} written
 * @param {string} folded
 */
function splitWord(written, folded) {
  const [chars, typed] = [[...folded], [...written]];
  return { folded: chars, typed: typed.length === chars.length ? typed : chars };
}

/** @typedef {ReturnType<typeof splitWord>} SplitWord */

/**
 * Splits a word that occurs nowhere into words of the vocabulary and what is left between them.
 *
 * @param {SplitWord} word
 * @param {Vocabulary} vocabulary
 * @param {(folded: string) => boolean} occurs
 */
function takenApart(word, vocabulary, occurs) {
  /** @type {UnderstoodWord[]} */
  const parts = [];
  let [at, left] = [0, 0];
  while (at < word.folded.length) {
    const length = lengthAt(word.folded, at, vocabulary);
    if (length === 0) {
      at += 1;
      continue;
    }
    const text = textOf(word.folded, at, at + length);
    parts.push(...readRest(word, left, at, vocabulary, occurs));
    parts.push(meant(textOf(word.typed, at, at + length), text, vocabulary.meanings.get(text) ?? 'name', vocabulary));
    at += length;
    left = at;
  }
  return [...parts, ...readRest(word, left, word.folded.length, vocabulary, occurs)];
}

/**
 * @param {string[]} chars
 * @param {number} from
 * @param {number} to
 */
const textOf = (chars, from, to) => chars.slice(from, to).join('');

/**
 * The length of the longest word of the vocabulary at a character; 0 for none.
 *
 * @param {string[]} chars
 * @param {number} at
 * @param {Vocabulary} vocabulary
 */
function lengthAt(chars, at, vocabulary) {
  for (let length = Math.min(vocabulary.longest, chars.length - at); length >= 2; length -= 1) {
    const word = textOf(chars, at, at + length);
    if (vocabulary.meanings.has(word) && standsInText(word) && !vocabulary.fillers.has(word)) return length;
  }
  return 0;
}

/**
 * What stands between two words of the vocabulary: nothing where it only connects, else text, whole or by its particles.
 *
 * @param {SplitWord} word
 * @param {number} from
 * @param {number} to
 * @param {Vocabulary} vocabulary
 * @param {(folded: string) => boolean} occurs
 * @returns {UnderstoodWord[]}
 */
function readRest(word, from, to, vocabulary, occurs) {
  const whole = readPart(word, from, to, vocabulary, occurs);
  if (whole) return whole;
  const ends = word.folded.flatMap((c, at) => (at >= from && at < to && vocabulary.particles.includes(c) ? [at] : []));
  let start = from;
  return [...ends, to].flatMap((end) => {
    const [begin] = [start];
    start = end + 1;
    const part = readPart(word, begin, end, vocabulary, occurs);
    if (part) return part;
    const [left, right] = withoutFillers(word.folded, begin, end, vocabulary.fillers);
    const isTold = right - left >= TOLD_KANA || !word.folded.slice(left, right).every((c) => IS_HIRAGANA.test(c));
    return isTold ? [{ written: textOf(word.typed, left, right), kind: /** @type {const} */ ('ignored'), code: '', terms: [], same: [], near: [] }] : [];
  });
}

/**
 * Reads a part as one word.
 *
 * @param {SplitWord} word
 * @param {number} from
 * @param {number} to
 * @param {Vocabulary} vocabulary
 * @param {(folded: string) => boolean} occurs
 * @returns {UnderstoodWord[] | null}  `null` where it cannot be read.
 */
function readPart(word, from, to, vocabulary, occurs) {
  /**
   * @param {number} a
   * @param {number} b
   */
  const isFound = (a, b) => {
    const text = textOf(word.folded, a, b);
    return !(b - a === 1 && IS_HIRAGANA.test(text)) && !vocabulary.fillers.has(text) && occurs(text);
  };
  const [left, right] = to - from > 1 && isFound(from, to) ? [from, to] : withoutFillers(word.folded, from, to, vocabulary.fillers);
  if (left >= right) return [];
  const [text, typed] = [textOf(word.folded, left, right), textOf(word.typed, left, right)];
  const meaning = meaningOf(text, vocabulary);
  if (meaning !== undefined) return [meant(typed, text, meaning, vocabulary)];
  return isFound(left, right) ? [textWord(typed, text, vocabulary)] : null;
}

/**
 * A part without the connecting words at its ends, the longest first.
 *
 * @param {string[]} chars
 * @param {number} from
 * @param {number} to
 * @param {Set<string>} fillers
 * @returns {[number, number]}
 */
function withoutFillers(chars, from, to, fillers) {
  let [start, end] = [from, to];
  for (;;) {
    let next = start;
    while (next < end && !fillers.has(textOf(chars, next, end))) next += 1;
    if (next < end) {
      end = next;
      continue;
    }
    next = end;
    while (next > start && !fillers.has(textOf(chars, start, next))) next -= 1;
    if (next <= start) return [start, end];
    start = next;
  }
}

/**
 * Words of two kanji, as {@link occursIn} needs them.
 *
 * @param {string} joined
 */
export function compoundsOf(joined) {
  const chars = [...joined];
  return new Set(chars.flatMap((c, at) => (at % 2 === 0 ? [c + (chars[at + 1] ?? '')] : [])));
}

/**
 * Whether a folded word occurs in folded text: anywhere, but a short one in Latin letters only where no letter stands before it, and one
 * of two kanji not where two other words meet (人参 in 一人参加).
 *
 * @param {string} text
 * @param {string} word
 * @param {ReadonlySet<string>} [compounds]
 */
export function occursIn(text, word, compounds = NO_WORDS) {
  const isShortLatin = word.length <= SHORT_LATIN && /^[a-zA-Z]*$/.test(word);
  const isPair = word.length === 2 && IS_PAIR.test(word);
  if (!isShortLatin && !isPair) return text.includes(word);
  if (word === '') return true;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + word.length)];
    const isPart = isPair ? compounds.has(before + word.charAt(0)) && compounds.has(word.charAt(1) + after) : /[a-zA-Z]/.test(before);
    if (!isPart) return true;
  }
  return false;
}

/**
 * Whether a folded word means the same inside a text.
 *
 * @param {string} word
 */
export function standsInText(word) {
  const chars = [...word].length;
  const isKana = /^[\u3041-\u309f\u30fc]*$/u.test(word);
  const isLatin = /^[a-zA-Z0-9]*$/.test(word);
  return chars >= 2 && !(isKana && chars === 2) && !(isLatin && chars < MIN_LATIN);
}

/**
 * A folded word in Latin letters in one spelling.
 *
 * @param {string} folded
 * @param {[string, string][]} pairs
 */
export function oneRomaji(folded, pairs) {
  return pairs.reduce((text, [from, to]) => text.replaceAll(from, to), folded);
}

/**
 * @param {string} written
 * @param {string} folded
 * @param {Vocabulary} vocabulary
 * @returns {UnderstoodWord}
 */
function textWord(written, folded, vocabulary) {
  const key = IS_LATIN.test(folded) ? oneRomaji(folded, vocabulary.romaji) : folded;
  const same = key !== folded && [...key].length > 2 ? [folded, key] : [folded];
  return { written, kind: 'text', code: '', terms: [], same, near: [] };
}

/**
 * @param {string} written
 * @param {string} folded
 * @param {string | number[]} meaning
 * @param {Vocabulary} vocabulary
 * @returns {UnderstoodWord}
 */
function meant(written, folded, meaning, vocabulary) {
  if (meaning === 'name') return textWord(written, folded, vocabulary);
  if (typeof meaning === 'string') {
    const [kind, code = ''] = meaning.split(':');
    if (kind === 'name') return { written, kind: 'text', code: '', terms: [], same: code.split(' '), near: [] };
    return { written, kind: kind === 'when' ? 'when' : 'fact', code, terms: [], same: [folded], near: [] };
  }
  const all = vocabulary.interests;
  /** @param {number} number */
  const finds = (number) => all[number]?.[1].slice(0, all[number]?.[2]) ?? [];
  const found = meaning.flatMap((number) => all[number]?.[3] ?? []).flatMap(finds);
  const isOwn = standsInText(folded) || found.length === 0;
  const same = new Set([...(isOwn ? [folded] : []), ...found]);
  const near = new Set(meaning.flatMap((number) => all[number]?.[4] ?? []).flatMap(finds).filter((word) => !same.has(word)));
  return { written, kind: 'interest', code: '', terms: meaning.map((number) => all[number]?.[0] ?? ''), same: [...same], near: [...near] };
}
