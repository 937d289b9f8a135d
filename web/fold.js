// @ts-check
/**
 * Makes spellings equal that a person means to be equal. The same folding is written in `src/model/text.rs`; the rules and
 * their tables are `fold-table.json`, and both are held to `tests/fold-cases.json`.
 *
 * Pure: the table is handed in.
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

const AT_MOST = 4;
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
    for (let pass = 0; pass < AT_MOST; pass += 1) {
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
  const letters = new Map(Object.entries(table.chars));
  for (const [older, newer] of table.kanji.flatMap(pairs)) letters.set(older, newer);
  const voiced = new Map(pairs(table.voiced));
  const dropped = new Set(table.drop);
  const sequences = Object.entries(table.sequences).sort((a, b) => b[0].length - a[0].length);

  /** @param {string} c */
  const drops = (c) => {
    const point = c.codePointAt(0) ?? 0;
    return IS_SPACE.test(c) || dropped.has(c) || table.drop_ranges.some(([from = 0, to = 0]) => from <= point && point <= to);
  };
  /** @param {string} c */
  const foldLetter = (c) => {
    if (drops(c)) return '';
    const hiragana = c >= '\u30a1' && c <= '\u30f6' ? String.fromCharCode(c.charCodeAt(0) - 0x60) : c;
    return letters.get(hiragana) ?? hiragana;
  };
  return (text) => {
    const lower = [...text.normalize('NFKC')].flatMap((c) => [...c.toLowerCase()]);
    let folded = lower.map(foldLetter).join('');
    folded = replaceSequences(folded, sequences);
    return settleNeighbours(repeatMarked([...folded], table, voiced), table.between);
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
 * 佐々木 becomes 佐佐木. A mark behind a mark, or at the beginning, stays.
 *
 * @param {string[]} letters
 * @param {FoldTable} table
 * @param {Map<string, string>} voiced
 */
function repeatMarked(letters, table, voiced) {
  const marks = table.repeat + table.repeat_voiced;
  /** @type {string[]} */
  const out = [];
  for (const c of letters) {
    const before = out.at(-1);
    const again = before === undefined || marks.includes(before) ? null : before;
    if (again !== null && table.repeat.includes(c)) out.push(again);
    else if (again !== null && table.repeat_voiced.includes(c)) out.push(voiced.get(again) ?? again);
    else out.push(c);
  }
  return out;
}

/**
 * 「亞亜 惡悪」: the two letters of each word.
 *
 * @param {string} words
 * @returns {[string, string][]}
 */
function pairs(words) {
  return words.split(' ').map((word) => [...word]).flatMap(([from, to]) => (from && to ? [[from, to]] : []));
}

/**
 * 自由ヶ丘, 自由ケ丘, 自由が丘.
 *
 * @param {string[]} letters
 * @param {Record<string, string>} between
 */
function settleNeighbours(letters, between) {
  return letters.map((c, i) => {
    const [form, before, behind] = [between[c], letters[i - 1] ?? '', letters[i + 1] ?? ''];
    const settled = form !== undefined && (IS_KANJI.test(before) || /^[0-9]$/.test(before)) && IS_KANJI.test(behind);
    return settled ? form : c;
  }).join('');
}
