//! Text normalization: maps spellings that people treat as equal to one form.
//!
//! For search keys and the comparison of names, never for display. The rules are data, `web/fold-table.json`, which
//! `web/fold.js` reads as well; `tests/fold-cases.json` tests both. This module does no I/O.

pub mod formula;
mod lone_characters;
pub mod percent;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// Folds width, case, script and form: NFKC, lower case, katakana to hiragana, long-vowel marks and dashes alike, old kanji
/// to new ones, ヶ・ケ・が and iteration marks, no white space, no middle dots, no quotation marks.
///
/// Folding is idempotent. It takes about a tenth of a microsecond per name.
///
/// ```
/// use tsunagari::text::fold;
///
/// assert_eq!(fold("ﾋﾞｯｸﾞ ＬＡＢＯ"), fold("びっぐlabo"));
/// assert_eq!(fold("自由ヶ丘の齋藤さん"), fold("自由が丘の斎藤さん"));
/// ```
pub fn fold(text: &str) -> String {
    lone_characters::fold_lone(text).unwrap_or_else(|| fold_whole(text))
}

/// Folds any text, by the steps of the table.
fn fold_whole(text: &str) -> String {
    let mut folded = fold_once(text);
    // Normalized text cannot change again; only characters that met over a removed one can.
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

/// `text` with its percent-encoded characters decoded; `None` where it has none.
///
/// ```
/// use tsunagari::text::percent_decoded;
///
/// assert_eq!(percent_decoded("/%E5%B1%B1%E7%94%B0").as_deref(), Some("/山田"));
/// assert_eq!(percent_decoded("100%"), None);
/// ```
pub fn percent_decoded(text: &str) -> Option<String> {
    match Cow::from(percent_decode_str(text)) {
        Cow::Borrowed(_) => None,
        Cow::Owned(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

/// A reading as hiragana without spaces; `None` where it is empty or has a character other than kana.
///
/// ```
/// use tsunagari::text::hiragana;
///
/// assert_eq!(hiragana("ｵｵﾔ ｲﾁﾊﾞ").as_deref(), Some("おおやいちば"));
/// assert_eq!(hiragana("大屋"), None);
/// ```
pub fn hiragana(kana: &str) -> Option<String> {
    let chars = kana.nfkc().filter(|c| !c.is_whitespace());
    let kana: Option<String> = chars.map(|c| hiragana_char(c).filter(|c| is_hiragana(*c))).collect();
    kana.filter(|kana| !kana.is_empty())
}

/// A reading in full-width katakana: hiragana and half-width katakana too, spaces and anything else as they are.
pub fn katakana(kana: &str) -> String {
    let upper = |c: char| match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    };
    let mut whole = String::with_capacity(kana.len());
    // Only half-width katakana are composed: anything else keeps the form that it was written in.
    for (is_half, run) in runs_by(kana, |c| matches!(c, '\u{ff65}'..='\u{ff9f}')) {
        if is_half { whole.extend(run.nfkc()) } else { whole.extend(run.chars().map(upper)) }
    }
    whole
}

/// The runs of `text` for whose characters `is` gives the same.
fn runs_by(text: &str, is: impl Fn(char) -> bool) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let kind = is(rest.chars().next()?);
        let end = rest.find(|c| is(c) != kind).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        Some((kind, run))
    })
}

/// Katakana as hiragana, anything else unchanged; `None` for katakana without a counterpart.
pub fn hiragana_char(c: char) -> Option<char> {
    match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(c) - 0x60),
        '\u{30f7}'..='\u{30fa}' => None,
        _ => Some(c),
    }
}

/// Whether `c` is the ヶ of a place name (旭ヶ丘), which is pronounced が, か or こ.
pub fn is_spoken_otherwise(c: char, between_kanji: bool) -> bool {
    matches!(c, 'ヶ' | 'ヵ') || between_kanji && matches!(c, 'ケ' | 'ガ')
}

/// Whether `c` is hiragana or a long-vowel mark.
pub fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}' | 'ー')
}

/// The newer form of an old kanji (旧字), e.g. 沢 for 澤; any other character unchanged.
pub fn newer_kanji(c: char) -> char {
    match TABLE.chars.get(&c) {
        Some(&newer) if is_kanji(c) => newer,
        _ => c,
    }
}

/// Writes kanji numerals as ASCII digits: 「第十一地区」 → 「第11地区」, 「二〇一号」 → 「201号」.
///
/// Each run of 〇, 一 to 九, 十, 百 and 千 becomes one number, also within a name (三谷 → 3谷): compare such keys only
/// with each other. Runs that form no number (十百) stay.
pub fn ascii_numerals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| numeral_value(c).is_none()).unwrap_or(rest.len());
        if end == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        match parse_numerals(&rest[..end]) {
            Some(n) => out.push_str(&n.to_string()),
            None => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out
}

fn numeral_value(c: char) -> Option<u64> {
    Some(match c {
        '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// The number of a run of numerals: digit by digit (二〇一) or by tens, hundreds and thousands (二百一).
fn parse_numerals(run: &str) -> Option<u64> {
    let (mut sum, mut digits, mut scale) = (0u64, None::<u64>, u64::MAX);
    for value in run.chars().filter_map(numeral_value) {
        if value < 10 {
            digits = Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(value)?);
        } else if value < scale {
            sum += digits.take().unwrap_or(1).checked_mul(value)?;
            scale = value;
        } else {
            return None;
        }
    }
    sum.checked_add(digits.unwrap_or(0))
}

fn fold_once(text: &str) -> String {
    let chars: Vec<char> = text.nfkc().flat_map(char::to_lowercase).filter_map(fold_char).collect();
    replace_between_kanji(&repeat_marked(&replace_sequences(&chars)))
}

fn fold_char(c: char) -> Option<char> {
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
    Some(TABLE.chars.get(&c).copied().unwrap_or(c))
}

fn replace_sequences(chars: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(chars.len());
    let mut rest = chars;
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

fn repeat_marked(chars: &[char]) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    for &c in chars {
        let before = out.last().copied().filter(|before| !TABLE.is_mark(*before));
        out.push(match before {
            Some(before) if TABLE.repeat.contains(&c) => before,
            Some(before) if TABLE.repeat_voiced.contains(&c) => TABLE.voiced.get(&before).copied().unwrap_or(before),
            _ => c,
        });
    }
    out
}

/// 自由ヶ丘, 自由ケ丘, 自由が丘; 一之宮, 一の宮; 三ッ沢, 三つ沢.
fn replace_between_kanji(chars: &[char]) -> String {
    let settled = |i: usize| {
        let c = chars[i];
        let (_, form) = TABLE.between.iter().find(|(from, _)| *from == c)?;
        let before = *chars.get(i.checked_sub(1)?)?;
        let behind = *chars.get(i + 1)?;
        ((is_kanji(before) || before.is_ascii_digit()) && is_kanji(behind)).then_some(*form)
    };
    (0..chars.len()).map(|i| settled(i).unwrap_or(chars[i])).collect()
}

struct FoldTable {
    drop: Vec<char>,
    drop_ranges: Vec<(u32, u32)>,
    chars: HashMap<char, char>,
    /// Longest keys first.
    sequences: Vec<(Vec<char>, Vec<char>)>,
    repeat: Vec<char>,
    repeat_voiced: Vec<char>,
    voiced: HashMap<char, char>,
    between: Vec<(char, char)>,
}

impl FoldTable {
    fn is_mark(&self, c: char) -> bool {
        self.repeat.contains(&c) || self.repeat_voiced.contains(&c)
    }

    fn drops(&self, c: char) -> bool {
        self.drop.contains(&c) || self.drop_ranges.iter().any(|&(from, to)| (from..=to).contains(&(c as u32)))
    }
}

static TABLE: LazyLock<FoldTable> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct FoldFile {
        drop: String,
        drop_ranges: Vec<(u32, u32)>,
        chars: HashMap<char, char>,
        sequences: HashMap<String, String>,
        repeat: String,
        repeat_voiced: String,
        voiced: String,
        between: HashMap<char, char>,
        kanji: Vec<String>,
    }
    let file: FoldFile = serde_json::from_str(include_str!("../web/fold-table.json")).expect("the table is our own");
    let mut chars = file.chars;
    chars.extend(file.kanji.iter().flat_map(|line| pairs(line)));
    let mut sequences: Vec<(Vec<char>, Vec<char>)> =
        file.sequences.iter().map(|(key, value)| (key.chars().collect(), value.chars().collect())).collect();
    sequences.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
    FoldTable {
        drop: file.drop.chars().collect(),
        drop_ranges: file.drop_ranges,
        chars,
        sequences,
        repeat: file.repeat.chars().collect(),
        repeat_voiced: file.repeat_voiced.chars().collect(),
        voiced: pairs(&file.voiced).collect(),
        between: file.between.into_iter().collect(),
    }
});

/// Parses 「亞亜 惡悪」 into the two characters of each word.
fn pairs(words: &str) -> impl Iterator<Item = (char, char)> {
    words.split_whitespace().filter_map(|pair| {
        let mut chars = pair.chars();
        Some((chars.next()?, chars.next()?))
    })
}

/// The text without numbers behind 内線, which only the switchboard knows.
pub fn without_phone_extensions(text: &str) -> String {
    let mut parts = text.split("内線");
    let first = parts.next().unwrap_or_default().to_owned();
    let behind = |part: &str| {
        let number = part.trim_start_matches(|c: char| " :番号.)".contains(c));
        number.trim_start_matches(|c: char| c.is_ascii_digit() || "-・,、".contains(c)).to_owned()
    };
    parts.fold(first, |text, part| text + " / " + &behind(part))
}

/// Levenshtein distance in characters, of which the first 40 count; upper case of `a` does not matter.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().take(40).collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum FoldCase {
        Out { r#in: String, out: String },
        Same { same: Vec<String> },
        Differ { differ: Vec<String> },
    }

    fn cases() -> Vec<FoldCase> {
        serde_json::from_str(include_str!("../tests/fold-cases.json")).unwrap()
    }

    #[test]
    fn folding_does_what_the_shared_cases_say() {
        for case in cases() {
            match case {
                FoldCase::Out { r#in, out } => assert_eq!(fold(&r#in), out, "{in}"),
                FoldCase::Same { same } => same.iter().for_each(|s| assert_eq!(fold(s), fold(&same[0]), "{s}")),
                FoldCase::Differ { differ } => {
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
        for (from, to) in &TABLE.chars {
            assert!(!TABLE.chars.contains_key(to) && !TABLE.drops(*to), "{from} → {to}");
            assert_eq!(fold_char(*to), Some(*to), "{from} → {to}");
        }
    }

    #[test]
    fn an_old_kanji_has_a_newer_form_and_kana_have_none() {
        assert_eq!(['澤', '沢', 'ゑ', 'ー'].map(newer_kanji), ['沢', '沢', 'ゑ', 'ー']);
    }

    #[test]
    fn kanji_numerals_become_numbers() {
        for (written, expected) in [
            ("第十一地区", "第11地区"),
            ("二〇一号", "201号"),
            ("二百一番地", "201番地"),
            ("千二百三", "1203"),
            ("十二所", "12所"),
            ("三谷", "3谷"),
            ("十百", "十百"),
            ("谷", "谷"),
            ("", ""),
        ] {
            assert_eq!(ascii_numerals(written), expected);
        }
        assert_eq!(ascii_numerals(&"九".repeat(40)), "九".repeat(40));
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
