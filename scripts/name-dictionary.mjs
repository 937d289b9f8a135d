// Writes dictionary/names.txt (not in git): the names of persons in IPADIC, the dictionary that the npm package kuromoji holds, for
// the recogniser of persons in src/privacy. The same package gives the same bytes. `scripts/web-assets` runs it.
//
//   node scripts/name-dictionary.mjs
//
// Words are folded as src/text.rs folds them, readings are in hiragana. A line begins with its kind:
//   f  a family name, its marks, its readings in hiragana
//   g  a given name, its marks, its readings
//   r  a reading that only family names have, its marks
//   s  a reading that only given names have, its marks
//   w  an ordinary noun of two to four kanji
// Marks: w an ordinary noun is written alike, p a place or an organisation is, k (of readings) another word sounds alike; - none of them.
import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import kuromoji from 'kuromoji';
import { createFold } from '../web/fold.js';

const FILE = 'dictionary/names.txt';
const NAME = { '名詞/固有名詞/人名/姓': 'f', '名詞/固有名詞/人名/名': 'g' };
const NOUN = /^名詞\/(一般|サ変接続|形容動詞語幹|副詞可能|ナイ形容詞語幹|接尾)/;
const PLACE = /^名詞\/固有名詞\/(地域|組織|一般)/;
/** Nouns and places above these costs have the cost of words that the corpus of the dictionary does not hold: 蓑毛 as a noun. */
const RAREST_NOUN = 5600;
const RAREST_PLACE = 7500;

const KANJI = /^[\p{Script=Han}々]{2,4}$/u;
const KANA = /^[\u3041-\u3096\u30a1-\u30faー]+$/;
/** Names of other countries, in katakana, sound like other words: Chan and ちゃん. */
const KATAKANA = /^[\u30a1-\u30faー・]+$/;
const NAME_LETTERS = /^[\p{Script=Han}々ヶケノの\u3041-\u3096\u30a1-\u30faー]+$/u;
/** Readings of one kana, and of two, say nothing. */
const FEWEST_KANA = 3;

const hiragana = (kana) => kana.replace(/[\u30a1-\u30f6]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));

function* entries({ token_info_dictionary: words }) {
  for (const ids of Object.values(words.target_map)) {
    for (const id of ids) {
      const [surface, ...features] = words.getFeatures(id).split(',');
      yield { surface, kind: features.slice(0, 4).join('/'), reading: hiragana(features[7] ?? ''), cost: words.dictionary.getShort(id + 4) };
    }
  }
}

const fold = createFold(JSON.parse(readFileSync('web/fold-table.json', 'utf8')));

function lines(dictionary) {
  const names = { f: new Map(), g: new Map() };
  const nouns = new Set();
  const places = new Set();
  const spoken = { noun: new Set(), other: new Set() };
  const readings = { f: new Set(), g: new Set() };
  for (const { surface, kind, reading, cost } of entries(dictionary)) {
    const word = fold(surface);
    const name = NAME[kind];
    if (name) {
      if (!KATAKANA.test(surface)) readings[name].add(reading);
      if (NAME_LETTERS.test(surface)) names[name].set(word, (names[name].get(word) ?? new Set()).add(reading));
    } else if (PLACE.test(kind)) {
      places.add(word);
      if (cost < RAREST_PLACE) spoken.noun.add(reading);
    } else if (!kind.startsWith('名詞/固有名詞')) {
      const isNoun = NOUN.test(kind);
      if (!isNoun || cost < RAREST_NOUN) {
        nouns.add(word);
        for (const kana of [reading, hiragana(surface)]) spoken[isNoun || kind.startsWith('動詞') ? 'noun' : 'other'].add(kana);
      }
    }
  }
  const written = [...nouns].filter((noun) => KANJI.test(noun) && !names.f.has(noun) && !names.g.has(noun)).map((noun) => `w${noun}`);
  for (const kind of ['f', 'g']) {
    for (const [word, spellings] of names[kind]) {
      const marks = `${nouns.has(word) ? 'w' : ''}${places.has(word) ? 'p' : ''}` || '-';
      written.push(`${kind}${word} ${marks} ${[...spellings].sort().join(' ')}`);
    }
    for (const reading of readings[kind]) {
      const says = [...reading].length >= FEWEST_KANA && KANA.test(reading) && !spoken.noun.has(reading);
      if (says) written.push(`${kind === 'f' ? 'r' : 's'}${reading} ${spoken.other.has(reading) ? 'k' : '-'}`);
    }
  }
  return written.sort();
}

kuromoji.builder({ dicPath: 'node_modules/kuromoji/dict' }).build((error, dictionary) => {
  if (error) throw error;
  const text = `${lines(dictionary).join('\n')}\n`;
  mkdirSync('dictionary', { recursive: true });
  // Written anew only where it differs: what is newer is compiled again.
  if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) writeFileSync(FILE, text);
});
