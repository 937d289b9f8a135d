//! Makes spellings equal that a person means to be equal.
//!
//! Used for search keys and for comparing names, never for what is shown. The rules and their tables are data,
//! `web/fold-table.json`, which `web/fold.js` reads as well; both are held to `tests/fold-cases.json`. This module does no
//! I/O.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// Folds width, case, script and form: NFKC, lower case, katakana to hiragana, long-vowel marks and dashes alike, old kanji
/// to new ones, ヶ・ケ・が and iteration marks, no white space, no middle dots, no quotation marks.
///
/// Folding twice is folding once. The cost is about a microsecond for a name.
///
/// ```
/// use tsunagari::model::text::fold;
///
/// assert_eq!(fold("ﾋﾞｯｸﾞ ＬＡＢＯ"), fold("びっぐlabo"));
/// assert_eq!(fold("自由ヶ丘の齋藤さん"), fold("自由が丘の斎藤さん"));
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = fold_once(text);
    // What is normal already cannot change again; only letters that met over a gap can.
    for _ in 0..3 {
        if is_nfkc_quick(folded.chars()) == IsNormalized::Yes {
            break;
        }
        folded = fold_once(&folded);
    }
    folded
}

/// Whether `c` is a kanji, as the folding means it.
pub fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The newer form of an old kanji (旧字), e.g. 沢 for 澤; any other letter as it is.
pub fn newer_kanji(c: char) -> char {
    match TABLE.letters.get(&c) {
        Some(&newer) if is_kanji(c) => newer,
        _ => c,
    }
}

fn fold_once(text: &str) -> String {
    let letters: Vec<char> = text.nfkc().flat_map(char::to_lowercase).filter_map(fold_letter).collect();
    settle_neighbours(&repeat_marked(&replace_sequences(&letters)))
}

fn fold_letter(c: char) -> Option<char> {
    if c.is_ascii_alphanumeric() {
        return Some(c);
    }
    if c.is_whitespace() || TABLE.drops(c) {
        return None;
    }
    let c = match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    };
    Some(TABLE.letters.get(&c).copied().unwrap_or(c))
}

fn replace_sequences(letters: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(letters.len());
    let mut rest = letters;
    while let Some((&first, behind)) = rest.split_first() {
        let found = TABLE.sequences.iter().find(|(key, _)| key[0] == first && rest.starts_with(key));
        if let Some((key, value)) = found {
            out.extend(value);
            rest = &rest[key.len()..];
        } else {
            out.push(first);
            rest = behind;
        }
    }
    out
}

fn repeat_marked(letters: &[char]) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(letters.len());
    for &c in letters {
        match out.last().copied() {
            Some(before) if TABLE.repeat.contains(&c) => out.push(before),
            Some(before) if TABLE.repeat_voiced.contains(&c) => out.extend([before, '\u{3099}']),
            _ => out.push(c),
        }
    }
    out
}

/// 自由ヶ丘, 自由ケ丘, 自由が丘; 一之宮, 一の宮; 三ッ沢, 三つ沢.
fn settle_neighbours(letters: &[char]) -> String {
    let settled = |i: usize| {
        let c = letters[i];
        let (_, form) = TABLE.between.iter().find(|(from, _)| *from == c)?;
        let before = *letters.get(i.checked_sub(1)?)?;
        let behind = *letters.get(i + 1)?;
        ((is_kanji(before) || before.is_ascii_digit()) && is_kanji(behind)).then_some(*form)
    };
    (0..letters.len()).map(|i| settled(i).unwrap_or(letters[i])).collect()
}

struct Table {
    drop: Vec<char>,
    drop_ranges: Vec<(u32, u32)>,
    letters: HashMap<char, char>,
    /// Longest keys first.
    sequences: Vec<(Vec<char>, Vec<char>)>,
    repeat: Vec<char>,
    repeat_voiced: Vec<char>,
    between: Vec<(char, char)>,
}

impl Table {
    fn drops(&self, c: char) -> bool {
        self.drop.contains(&c) || self.drop_ranges.iter().any(|&(from, to)| (from..=to).contains(&(c as u32)))
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        drop: String,
        drop_ranges: Vec<(u32, u32)>,
        chars: HashMap<char, char>,
        sequences: HashMap<String, String>,
        repeat: String,
        repeat_voiced: String,
        between: HashMap<char, char>,
        kanji: Vec<String>,
    }
    let file: File = serde_json::from_str(include_str!("../../web/fold-table.json")).expect("the table is our own");
    let pairs = file.kanji.iter().flat_map(|line| line.split_whitespace()).filter_map(|pair| {
        let mut letters = pair.chars();
        Some((letters.next()?, letters.next()?))
    });
    let mut letters = file.chars;
    letters.extend(pairs);
    let mut sequences: Vec<(Vec<char>, Vec<char>)> =
        file.sequences.iter().map(|(key, value)| (key.chars().collect(), value.chars().collect())).collect();
    sequences.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
    Table {
        drop: file.drop.chars().collect(),
        drop_ranges: file.drop_ranges,
        letters,
        sequences,
        repeat: file.repeat.chars().collect(),
        repeat_voiced: file.repeat_voiced.chars().collect(),
        between: file.between.into_iter().collect(),
    }
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Case {
        Out { r#in: String, out: String },
        Same { same: Vec<String> },
        Differ { differ: Vec<String> },
    }

    fn cases() -> Vec<Case> {
        serde_json::from_str(include_str!("../../tests/fold-cases.json")).unwrap()
    }

    #[test]
    fn folding_does_what_the_shared_cases_say() {
        for case in cases() {
            match case {
                Case::Out { r#in, out } => assert_eq!(fold(&r#in), out, "{in}"),
                Case::Same { same } => same.iter().for_each(|s| assert_eq!(fold(s), fold(&same[0]), "{s}")),
                Case::Differ { differ } => {
                    let mut folded: Vec<String> = differ.iter().map(|s| fold(s)).collect();
                    folded.sort();
                    folded.dedup();
                    assert_eq!(folded.len(), differ.len(), "{differ:?}");
                }
            }
        }
    }

    #[test]
    fn no_replacement_is_itself_replaced() {
        for (from, to) in &TABLE.letters {
            assert!(!TABLE.letters.contains_key(to) && !TABLE.drops(*to), "{from} → {to}");
            assert_eq!(fold_letter(*to), Some(*to), "{from} → {to}");
        }
    }

    #[test]
    fn an_old_kanji_has_a_newer_form_and_kana_have_none() {
        assert_eq!(['澤', '沢', 'ゑ', 'ー'].map(newer_kanji), ['沢', '沢', 'ゑ', 'ー']);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,24}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn folding_twice_is_folding_once_where_rules_meet(text in "[か゛が々ゞゝヴァ゙ 　ヶケ之箇っ三1谷Σİｶﾞ・－-]{0,12}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn folding_stops_only_where_a_further_pass_changes_nothing(text in "\\PC{0,24}") {
            let folded = fold(&text);
            prop_assert_eq!(fold_once(&folded), folded);
        }
    }
}
