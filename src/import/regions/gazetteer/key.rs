//! Spelling of addresses: one key for all spellings of a name, character by character, with what stood between.
//!
//! A character's key depends on what precedes it and never on what follows the name, so that the key of a prefix is a prefix
//! of the key: a 大字 is found by its key at the beginning of the rest of an address. (For that reason
//! [`fold`](crate::text::fold) does not serve here: it looks at neighbours.) White space, brackets and 字 are no part of a
//! key; that they were there is kept as [`Breaks`]. This module does no I/O.

use std::ops::BitOr;

use unicode_normalization::UnicodeNormalization as _;

use crate::text::{ascii_numerals, newer_kanji};

/// The key of a name; [`key_char`] lists the equivalent characters.
pub(super) fn key_of(name: &str) -> String {
    let key = AddressKey::of_name(name).text;
    // A place called 字.
    if key.is_empty() { name.trim().to_owned() } else { key }
}

/// What stood before a character of an address and is no part of its key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Breaks(u8);

impl Breaks {
    /// White space or a quotation mark, or the beginning or end of the address.
    pub(super) const GAP: Self = Self(1);
    /// A comma, a slash or a line break.
    pub(super) const COMMA: Self = Self(2);
    /// A middle dot or a word between two of a kind: 及び.
    pub(super) const AND: Self = Self(4);
    /// An opening bracket.
    pub(super) const OPEN: Self = Self(8);
    /// A closing bracket.
    pub(super) const CLOSE: Self = Self(16);
    /// 字 or 小字.
    pub(super) const AZA: Self = Self(32);
    /// 大字.
    pub(super) const OAZA: Self = Self(64);

    /// Whether there was any of `wanted`.
    pub(super) fn has(self, wanted: Self) -> bool {
        self.0 & wanted.0 != 0
    }

    /// Whether there was anything.
    pub(super) fn any(self) -> bool {
        self.0 != 0
    }
}

impl BitOr for Breaks {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Words that stand between two addresses.
const CONJUNCTIONS: [&str; 9] =
    ["及び", "および", "又は", "または", "並びに", "ならびに", "若しくは", "もしくは", "並に"];

/// Words for 「number」 before a number, in lower case.
const NUMBER_SIGNS: [&str; 3] = ["no.", "no", "#"];

/// Characters behind which 字 begins a new name (八鹿町字八鹿) rather than being part of one (阿字町).
const BEFORE_AZA: &str = "都道府県市区郡町村目丁割";

/// An address as key, with the breaks before each character.
#[derive(Debug, Default)]
pub(super) struct AddressKey {
    pub(super) text: String,
    /// The byte offset in `text` of each character, and of the end.
    starts: Vec<usize>,
    breaks: Vec<Breaks>,
    /// Whether each character is a digit that was written as a kanji numeral.
    numerals: Vec<bool>,
    /// Each character as it was written; numerals as digits.
    written: Vec<char>,
    /// Breaks before the next character.
    pending: Breaks,
    /// Kanji numerals that are not yet written as digits.
    run: String,
    /// The character before, as written.
    last: Option<char>,
}

impl AddressKey {
    /// The key of a name.
    pub(super) fn of_name(name: &str) -> Self {
        Self::new(&name.nfkc().collect::<String>())
    }

    /// The key of an address or a name in NFKC.
    pub(super) fn new(normal: &str) -> Self {
        let mut key = Self { pending: Breaks::GAP, ..Self::default() };
        let mut rest = normal;
        while let Some(first) = rest.chars().next() {
            let (found, len) = break_at(rest, key.last).unwrap_or((Breaks::default(), 0));
            if len > 0 {
                key.interrupt(found);
                rest = &rest[len..];
            } else {
                rest = &rest[first.len_utf8()..];
                key.push(first, rest);
            }
        }
        key.write_run();
        key.starts.push(key.text.len());
        key
    }

    fn interrupt(&mut self, found: Breaks) {
        self.write_run();
        self.pending = self.pending | found;
        self.last = None;
    }

    fn push(&mut self, c: char, behind: &str) {
        let written = c;
        let Some(c) = (if c == '々' { self.last } else { key_char(c) }) else { return };
        // 大通り and 大通 are one.
        if c == 'り' && self.last == Some('通') {
            return;
        }
        let c = plain_numeral(c, self.last, behind);
        self.last = Some(c);
        if is_numeral(c) {
            self.run.push(c);
        } else {
            self.write_run();
            self.write(c, false, written);
        }
    }

    fn write_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.is_empty() {
            ascii_numerals(&run).chars().for_each(|c| self.write(c, c.is_ascii_digit(), c));
        }
    }

    fn write(&mut self, c: char, is_numeral: bool, written: char) {
        self.starts.push(self.text.len());
        self.breaks.push(std::mem::take(&mut self.pending));
        self.numerals.push(is_numeral);
        self.written.push(written);
        self.text.push(c);
    }

    pub(super) fn len(&self) -> usize {
        self.breaks.len()
    }

    /// The characters from `from` up to `to`, exclusive.
    pub(super) fn slice(&self, from: usize, to: usize) -> &str {
        &self.text[self.starts[from]..self.starts[to]]
    }

    /// The characters from `from` to the end.
    pub(super) fn rest(&self, from: usize) -> &str {
        self.slice(from, self.len())
    }

    /// The characters from `from` to the next break.
    pub(super) fn word(&self, from: usize) -> &str {
        let end = (from + 1..self.len()).find(|&at| self.breaks[at].any()).unwrap_or(self.len());
        self.slice(from.min(end), end)
    }

    /// What stood before character `at`; the end counts as a gap.
    pub(super) fn breaks(&self, at: usize) -> Breaks {
        self.breaks.get(at).copied().unwrap_or(Breaks::GAP)
    }

    /// Whether character `at` is a digit that was written as a kanji numeral.
    pub(super) fn is_numeral(&self, at: usize) -> bool {
        self.numerals.get(at).copied().unwrap_or(false)
    }

    /// The characters from `from` up to `to`, as they were written; numerals as digits.
    pub(super) fn written(&self, from: usize, to: usize) -> &[char] {
        self.written.get(from..to).unwrap_or_default()
    }

    /// Whether character `at` is a digit.
    pub(super) fn is_digit(&self, at: usize) -> bool {
        self.starts.get(at).is_some_and(|&start| self.text[start..].starts_with(|c: char| c.is_ascii_digit()))
    }

    /// The number that begins at `at` and its end: digits of one script without a break between them.
    pub(super) fn number(&self, at: usize) -> Option<(u32, usize)> {
        if !self.is_digit(at) {
            return None;
        }
        let goes_on =
            |&i: &usize| self.is_digit(i) && !self.breaks(i).any() && self.is_numeral(i) == self.is_numeral(at);
        let end = (at + 1..self.len()).find(|i| !goes_on(i)).unwrap_or(self.len());
        Some((self.slice(at, end).parse().unwrap_or(u32::MAX), end))
    }
}

/// The break that `rest` begins with and its length; `last` is the character before.
fn break_at(rest: &str, last: Option<char>) -> Option<(Breaks, usize)> {
    let first = rest.chars().next()?;
    let simple = match first {
        c if c.is_whitespace() && c != '\n' => Some(Breaks::GAP),
        '「' | '」' | '『' | '』' | '"' | '\'' | '“' | '”' | ':' | '。' | '*' | '※' | '〒' | '_' => {
            Some(Breaks::GAP)
        }
        '\n' | ',' | '、' | '/' | '|' => Some(Breaks::COMMA),
        '・' | ';' | '&' => Some(Breaks::AND),
        '(' | '[' | '{' | '【' | '〔' | '〈' | '《' | '<' => Some(Breaks::OPEN),
        ')' | ']' | '}' | '】' | '〕' | '〉' | '》' | '>' => Some(Breaks::CLOSE),
        _ => None,
    };
    if let Some(found) = simple {
        return Some((found, first.len_utf8()));
    }
    aza_at(rest, last).or_else(|| {
        let word = CONJUNCTIONS.iter().find(|word| rest.starts_with(**word));
        word.map(|word| (Breaks::AND, word.len())).or_else(|| number_sign(rest, last))
    })
}

/// 大字, 小字 or 字 that introduces a name.
fn aza_at(rest: &str, last: Option<char>) -> Option<(Breaks, usize)> {
    let begins = last.is_none_or(|c| BEFORE_AZA.contains(c));
    let (found, len) = [("大字", Breaks::OAZA), ("小字", Breaks::AZA), ("字", Breaks::AZA)]
        .into_iter()
        .find(|(word, _)| rest.starts_with(word))
        .map(|(word, found)| (found, word.len()))?;
    let names_something = !rest[len..].trim_start().is_empty();
    ((begins || found == Breaks::OAZA) && names_something).then_some((found, len))
}

/// № or # before a number.
fn number_sign(rest: &str, last: Option<char>) -> Option<(Breaks, usize)> {
    let sign = NUMBER_SIGNS.into_iter().find(|s| rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s)))?;
    let behind = rest[sign.len()..].trim_start();
    let counts = behind.starts_with(|c: char| c.is_ascii_digit());
    (counts && last.is_none_or(|c| !c.is_ascii_alphabetic())).then_some((Breaks::GAP, sign.len()))
}

fn is_numeral(c: char) -> bool {
    "〇一二三四五六七八九十百千".contains(c)
}

/// The plain form of a numeral of deeds (大字): 壱, 弐, 拾; 参 only beside others, because names have it (参宮).
fn plain_numeral(c: char, last: Option<char>, behind: &str) -> char {
    match c {
        '壱' => '一',
        '弐' => '二',
        '拾' => '十',
        '参' if last.is_some_and(is_numeral) || behind.starts_with(['拾', '番', '丁', '号', '参']) => '三',
        _ => c,
    }
}

/// Normalises one character: lower case, hiragana, new kanji; ヶケカが, ノ之の and ツッつ are equivalent, and so are dashes.
fn key_char(c: char) -> Option<char> {
    let c = match c {
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => return None,
        '\u{30a1}'..='\u{30f6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        'A'..='Z' => c.to_ascii_lowercase(),
        _ => newer_kanji(c),
    };
    Some(match c {
        'ゖ' | 'ゕ' | 'け' | 'か' | '箇' => 'が',
        '之' | '乃' => 'の',
        'っ' => 'つ',
        'ゐ' => 'い',
        'ゑ' => 'え',
        '○' | '◯' => '〇',
        '頸' => '頚',
        '凾' => '函',
        '瀉' => '潟',
        '圦' => '杁',
        '葢' | '盖' => '蓋',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | 'ー' | '~' | '〜' => '-',
        _ => c,
    })
}
