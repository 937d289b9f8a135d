//! Address normalisation, character by character, so that the key of a prefix is a prefix of the key.
//!
//! (For that reason [`fold`](crate::text::fold) does not serve here: it looks at neighbours.) This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

use crate::text::{ascii_numerals, newer_kanji};

/// The key of a name; [`key_char`] lists the equivalent characters.
pub(super) fn key_of(name: &str) -> String {
    let key_chars = KeyChars::new(name).text;
    let bare = ["大字", "字"].iter().find_map(|prefix| key_chars.strip_prefix(prefix)).filter(|rest| !rest.is_empty());
    bare.map_or(key_chars.clone(), str::to_owned)
}

/// An address as key, with the positions of its gaps.
#[derive(Debug, Default)]
pub(super) struct KeyChars {
    pub(super) text: String,
    /// The byte offset in `text` of each character, and of the end.
    starts: Vec<usize>,
    /// Whether a gap preceded each character.
    gaps: Vec<bool>,
}

impl KeyChars {
    fn new(text: &str) -> Self {
        let mut key_chars = Self::default();
        let normal: String = text.nfkc().collect();
        for part in normal.split(|c: char| c.is_whitespace() || ",、，".contains(c)).filter(|part| !part.is_empty()) {
            key_chars.push_part(part);
        }
        key_chars.starts.push(key_chars.text.len());
        key_chars
    }

    /// The key of an address without its postal code.
    pub(super) fn of_address(text: &str) -> Self {
        let normal: String = text.nfkc().collect();
        let rest = normal.trim_start().trim_start_matches('〒').trim_start();
        let behind_code = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "-ー‐−―".contains(c));
        let code = rest[..rest.len() - behind_code.len()].chars().filter(char::is_ascii_digit).count();
        Self::new(if code == 7 { behind_code } else { rest })
    }

    fn push_part(&mut self, part: &str) {
        let mut before = None;
        let key_chars: String = part
            .chars()
            .filter_map(|c| {
                let c = if c == '々' { before? } else { key_char(c)? };
                before = Some(c);
                Some(c)
            })
            .collect();
        for (i, c) in ascii_numerals(&key_chars).chars().enumerate() {
            self.starts.push(self.text.len());
            self.gaps.push(i == 0);
            self.text.push(c);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.gaps.len()
    }

    /// The characters from `from` up to `to`, exclusive.
    pub(super) fn slice(&self, from: usize, to: usize) -> &str {
        &self.text[self.starts[from]..self.starts[to]]
    }

    /// The characters from `from` to the end.
    pub(super) fn rest(&self, from: usize) -> &str {
        self.slice(from, self.len())
    }

    /// Whether a gap precedes character `at`.
    pub(super) fn gap_before(&self, at: usize) -> bool {
        self.gaps.get(at).copied().unwrap_or(true)
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
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | 'ー' | '~' | '〜' => '-',
        _ => c,
    })
}
