//! Searches bytes that the program wrote for everything that was planted, in whatever form it was written down.

use std::collections::{BTreeMap, HashMap, HashSet};

/// What was planted, and where.
#[derive(Debug, Clone)]
pub struct Planted {
    pub list: &'static str,
    pub row: usize,
    pub column: &'static str,
    pub label: &'static str,
    pub text: String,
}

/// What must not be found, by its first two characters.
#[derive(Default)]
pub struct Searched {
    needles: HashMap<[char; 2], Vec<(Vec<char>, Planted)>>,
    /// Which characters a needle begins with.
    starts: Vec<bool>,
}

impl Searched {
    pub fn add(&mut self, needle: &str, planted: Planted) {
        let needle: Vec<char> = plain(needle);
        assert!(needle.len() >= 3, "{planted:?}");
        self.starts.resize(0x1_0000, false);
        self.starts[needle[0] as usize] = true;
        self.needles.entry([needle[0], needle[1]]).or_default().push((needle, planted));
    }

    /// How many were planted.
    pub fn len(&self) -> usize {
        self.needles.values().map(Vec::len).sum()
    }

    /// Adds to `leaks` what of `bytes` was planted, with the first place where it was found. Each text between two tags is
    /// searched once, however many pages have it.
    pub fn find(&self, wherein: &str, bytes: &[u8], leaks: &mut Leaks) {
        for part in bytes.split(|byte| matches!(byte, b'<' | b'\n')) {
            if leaks.seen.contains(part) {
                continue;
            }
            leaks.seen.insert(part.to_vec());
            let text = plain(&decoded(part));
            self.find_in(wherein, &text, leaks);
            if text.iter().any(|c| kanji_digit(*c) != *c) {
                let digits: Vec<char> = text.iter().map(|c| kanji_digit(*c)).collect();
                self.find_in(wherein, &digits, leaks);
            }
        }
    }

    fn find_in(&self, wherein: &str, text: &[char], leaks: &mut Leaks) {
        for (at, pair) in text.windows(2).enumerate() {
            if !self.starts.get(pair[0] as usize).copied().unwrap_or(false) {
                continue;
            }
            for (needle, planted) in self.needles.get(&[pair[0], pair[1]]).into_iter().flatten() {
                if text[at..].starts_with(needle) {
                    let key = (planted.list, planted.row, planted.column, planted.text.clone());
                    leaks.found.entry(key).or_insert_with(|| {
                        let around: String =
                            text[at.saturating_sub(12)..text.len().min(at + needle.len() + 12)].iter().collect();
                        format!("{} in {wherein}: …{around}…", planted.label)
                    });
                }
            }
        }
    }
}

/// What was found: list, row, column and what was planted there, with the writing and where it was found first.
#[derive(Default)]
pub struct Leaks {
    found: BTreeMap<(&'static str, usize, &'static str, String), String>,
    /// Texts that were searched already.
    seen: HashSet<Vec<u8>>,
}

impl Leaks {
    /// How many different ones were found.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Fails with the leaks, counted by column and the first ones in full.
    pub fn assert_none(&self) {
        let mut columns: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        self.found.keys().for_each(|(list, _, column, _)| *columns.entry((list, column)).or_default() += 1);
        let each: Vec<String> = self
            .found
            .iter()
            .map(|((list, row, column, text), found)| format!("{list} row {row}, {column} 「{text}」: {found}"))
            .collect();
        assert!(self.len() == 0, "{} leaks, by column {columns:?}\n{}", self.len(), each.join("\n"));
    }
}

/// The text without percent-encoding and entities.
fn decoded(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|b| (*b as char).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (bytes[at], hex(at + 1), hex(at + 2)) {
            out.push(u8::try_from(high * 16 + low).unwrap());
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    let text = String::from_utf8_lossy(&out);
    if text.contains("&#") || text.contains("&amp;") {
        text.replace("&#39;", "'").replace("&amp;", "&")
    } else {
        text.into_owned()
    }
}

/// Characters and digits alone, in one width and one kana, so that no sign between hides anything.
fn plain(text: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len() / 2);
    for c in text.chars() {
        match c {
            '0'..='9' | 'a'..='z' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => {}
            'ァ'..='ン' => out.push(char::from_u32(c as u32 - 0x60).unwrap()),
            '０'..='９' | 'ａ'..='ｚ' => out.push(char::from_u32(c as u32 - 0xfee0).unwrap()),
            '⓪' => out.push('0'),
            '①'..='⑨' => out.push(char::from_u32(c as u32 - '①' as u32 + '1' as u32).unwrap()),
            'ぁ'..='ん' | '一'..='龥' | '〇' => out.push(c),
            _ => {}
        }
    }
    out
}

fn kanji_digit(c: char) -> char {
    "〇一二三四五六七八九"
        .chars()
        .position(|digit| digit == c)
        .map_or(c, |digit| char::from_digit(u32::try_from(digit).unwrap(), 10).unwrap())
}
