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

const SEPARATORS = /[\p{White_Space}、。，．,?？!！「」『』（）()]+/u;
const MAX_WORDS = 24;
const MAX_JOINED = 3;
const IS_LATIN = /^[a-zA-Z0-9āīūēōâîûêô'ー-]*$/u;
const MIN_LATIN = 4;

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
  for (const [word, code] of Object.entries(data.words)) meanings.set(word, code);
  let longest = 0;
  for (const word of meanings.keys()) longest = Math.max(longest, [...word].length);
  return { meanings, longest, fillers: new Set(data.fillers), interests: data.interests, romaji: data.romaji };
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
  const written = query.split(SEPARATORS).filter((word) => fold(word)).slice(0, MAX_WORDS);
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
  return words.length > 0 ? words : written.map((word) => textWord(word, fold(word), vocabulary));
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
    const meaning = vocabulary.meanings.get(folded);
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
  const meaning = vocabulary.meanings.get(folded);
  if (meaning !== undefined) return [meant(written, folded, meaning, vocabulary)];
  const whole = textWord(written, folded, vocabulary);
  if (IS_LATIN.test(folded) || whole.same.some(occurs)) return [whole];
  return takenApart(folded, vocabulary, occurs);
}

/**
 * Splits a folded word that occurs nowhere into words of the vocabulary and what is left between them.
 *
 * @param {string} folded
 * @param {Vocabulary} vocabulary
 * @param {(folded: string) => boolean} occurs
 */
function takenApart(folded, vocabulary, occurs) {
  const chars = [...folded];
  /** @type {UnderstoodWord[]} */
  const words = [];
  let [at, left] = [0, 0];
  while (at < chars.length) {
    const word = wordAt(chars, at, vocabulary);
    if (word === null) {
      at += 1;
      continue;
    }
    words.push(...readRest(chars.slice(left, at), vocabulary, occurs), meant(word, word, vocabulary.meanings.get(word) ?? 'name', vocabulary));
    at += [...word].length;
    left = at;
  }
  return [...words, ...readRest(chars.slice(left), vocabulary, occurs)];
}

/**
 * @param {string[]} chars
 * @param {number} at
 * @param {Vocabulary} vocabulary
 */
function wordAt(chars, at, vocabulary) {
  for (let length = Math.min(vocabulary.longest, chars.length - at); length >= 2; length -= 1) {
    const word = chars.slice(at, at + length).join('');
    if (vocabulary.meanings.has(word) && standsInText(word)) return word;
  }
  return null;
}

/**
 * @param {string[]} chars
 * @param {Vocabulary} vocabulary
 * @param {(folded: string) => boolean} occurs
 * @returns {UnderstoodWord[]}
 */
function readRest(chars, vocabulary, occurs) {
  const rest = chars.join('');
  const isKept = chars.length > 1 && !vocabulary.fillers.has(rest) && occurs(rest);
  const trimmed = isKept ? rest : withoutFillers(rest, vocabulary.fillers);
  if (!trimmed) return [];
  const meaning = vocabulary.meanings.get(trimmed);
  return [meaning === undefined ? textWord(trimmed, trimmed, vocabulary) : meant(trimmed, trimmed, meaning, vocabulary)];
}

/**
 * @param {string} text
 * @param {Set<string>} fillers
 */
function withoutFillers(text, fillers) {
  let rest = text;
  for (;;) {
    const [atEnd, atStart] = [longestOf(fillers, (word) => rest.endsWith(word)), longestOf(fillers, (word) => rest.startsWith(word))];
    if (atEnd) rest = rest.slice(0, -atEnd.length);
    else if (atStart) rest = rest.slice(atStart.length);
    else return rest;
  }
}

/**
 * @param {Set<string>} words
 * @param {(word: string) => boolean} fits
 */
function longestOf(words, fits) {
  let found = '';
  for (const word of words) if (word.length > found.length && fits(word)) found = word;
  return found;
}

/**
 * Whether a folded word means the same inside a text.
 *
 * @param {string} word
 */
export function standsInText(word) {
  const chars = [...word].length;
  const isKana = /^[\u3041-\u309fー]*$/u.test(word);
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
