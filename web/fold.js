// @ts-check
/**
 * Folding (normalisation): makes spellings equal that a person means to be equal: widths, kana, old kanji. The server implements the
 * same folding in Rust; both read `fold-table.json`, and `tests/fold-cases.json` tests both.
 *
 * Pure: the caller passes the table.
 *
 * @module fold
 */

/**
 * @typedef {object} FoldTable
 * @property {string} drop
 * @property {number[][]} drop_ranges
 * @property {Record<string, string>} chars
 * @property {Record<string, string>} sequences
 * @property {string} repeat
 * @property {string} repeat_voiced
 * @property {string} voiced
 * @property {Record<string, string>} between
 * @property {string[]} kanji
 */

/** Passes, until the text is stable: one pass may produce what the next one folds. */
const MAX_PASSES = 4;
const IS_KANJI = /^[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]$/u;
const IS_SPACE = /^\p{White_Space}$/u;

/**
 * The folding that `table` describes.
 *
 * @param {FoldTable} table
 * @returns {(text: string) => string}
 */
export function createFold(table) {
  const once = createFoldOnce(table);
  return (text) => {
    let folded = text;
    for (let pass = 0; pass < MAX_PASSES; pass += 1) {
      const next = once(folded);
      if (next === folded) break;
      folded = next;
    }
    return folded;
  };
}

/**
 * @param {FoldTable} table
 * @returns {(text: string) => string}
 */
function createFoldOnce(table) {
  const chars = new Map(Object.entries(table.chars));
  for (const [older, newer] of table.kanji.flatMap(pairs)) chars.set(older, newer);
  const voiced = new Map(pairs(table.voiced));
  const dropped = new Set(table.drop);
  const sequences = Object.entries(table.sequences).sort((a, b) => b[0].length - a[0].length);

  /** @param {string} c */
  const drops = (c) => {
    const point = c.codePointAt(0) ?? 0;
    return IS_SPACE.test(c) || dropped.has(c) || table.drop_ranges.some(([from = 0, to = 0]) => from <= point && point <= to);
  };
  /** @param {string} c */
  const foldChar = (c) => {
    if (drops(c)) return '';
    const hiragana = c >= '\u30a1' && c <= '\u30f6' ? String.fromCharCode(c.charCodeAt(0) - 0x60) : c;
    return chars.get(hiragana) ?? hiragana;
  };
  return (text) => {
    const lower = [...text.normalize('NFKC')].flatMap((c) => [...c.toLowerCase()]);
    let folded = lower.map(foldChar).join('');
    folded = replaceSequences(folded, sequences);
    return normaliseBetween(expandRepeatMarks([...folded], table, voiced), table.between);
  };
}

/**
 * @param {string} text
 * @param {[string, string][]} sequences  Longest keys first.
 */
function replaceSequences(text, sequences) {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const found = sequences.find(([key]) => text.startsWith(key, at));
    out += found ? found[1] : text.charAt(at);
    at += found ? found[0].length : 1;
  }
  return out;
}

/**
 * Expands repeat marks: 佐々木 becomes 佐佐木. A mark after a mark, or at the beginning, stays.
 *
 * @param {string[]} chars
 * @param {FoldTable} table
 * @param {Map<string, string>} voiced
 */
function expandRepeatMarks(chars, table, voiced) {
  const marks = table.repeat + table.repeat_voiced;
  /** @type {string[]} */
  const out = [];
  for (const c of chars) {
    const before = out[out.length - 1];
    const again = before === undefined || marks.includes(before) ? null : before;
    if (again !== null && table.repeat.includes(c)) out.push(again);
    else if (again !== null && table.repeat_voiced.includes(c)) out.push(voiced.get(again) ?? again);
    else out.push(c);
  }
  return out;
}

/**
 * The two characters of each word of 「亞亜 惡悪」.
 *
 * @param {string} words
 * @returns {[string, string][]}
 */
function pairs(words) {
  return words.split(' ').map((word) => [...word]).flatMap(([from, to]) => (from && to ? [[from, to]] : []));
}

/**
 * Makes 自由ヶ丘, 自由ケ丘 and 自由が丘 equal, by the characters around.
 *
 * @param {string[]} chars
 * @param {Record<string, string>} between
 */
function normaliseBetween(chars, between) {
  return chars.map((c, i) => {
    const [form, before, behind] = [between[c], chars[i - 1] ?? '', chars[i + 1] ?? ''];
    const applies = form !== undefined && (IS_KANJI.test(before) || /^[0-9]$/.test(before)) && IS_KANJI.test(behind);
    return applies ? form : c;
  }).join('');
}
