//! Headings without what exports and offices add: numbers, signs, notes, the names of tables.
//!
//! This module does no I/O.

use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

/// The words of `clean.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CleaningWords {
    notes: Vec<String>,
    exports: Vec<String>,
    requests: Vec<String>,
    questions: Vec<String>,
    may_they: Vec<String>,
    doings: Vec<String>,
}

static WORDS: LazyLock<CleaningWords> =
    LazyLock::new(|| toml::from_str(include_str!("clean.toml")).expect("clean.toml is part of the program and tested"));

/// `heading` on one line after NFKC, without numbers before it, notes behind it and the marks of exports; brackets and
/// joiners stay.
pub(in crate::import::columns) fn cleaned(heading: &str) -> String {
    let text: String = heading.nfkc().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    let text = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let text = without_notes(&text);
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(if is_latin(text) { " " } else { "" });
    let text = without_request(&text);
    let text = without_number(text.trim_matches(|c: char| "●○◎■□◆◇★☆▼▲・._- ".contains(c)));
    let lower = text.to_lowercase();
    let export = WORDS.exports.iter().find(|export| lower.starts_with(export.as_str())).map_or(0, String::len);
    let text = text.get(export..).unwrap_or(text).trim_matches(['_', ' ', '.']);
    text.strip_suffix("など").filter(|stem| stem.chars().count() >= 2).unwrap_or(text).to_owned()
}

/// Without the request or question around the words that it asks for.
fn without_request(text: &str) -> String {
    let (asked, note) = text.split_once('(').map_or((text, ""), |(asked, _)| (asked, &text[asked.len()..]));
    let bare = asked.trim_end_matches(['。', '?', '？', ' ']);
    let request = || {
        let stem = WORDS.requests.iter().find_map(|request| bare.strip_suffix(request.as_str()))?;
        Some(["について", "を", "も", "は"].iter().find_map(|word| stem.strip_suffix(word)).unwrap_or(stem))
    };
    let question = || WORDS.questions.iter().find_map(|question| bare.strip_suffix(question.as_str()));
    // 「車いすの方も参加できますか」 asks for those.
    let whether_they_may = || {
        let may = WORDS.may_they.iter().find_map(|may| bare.strip_suffix(may.as_str()))?;
        let doing = WORDS.doings.iter().find_map(|doing| may.strip_suffix(doing.as_str())).unwrap_or(may);
        ["でも", "も", "は", "が", "の"].iter().find_map(|word| doing.strip_suffix(word))
    };
    // 「くわしい場所は」
    let topic = || bare.strip_suffix('は').filter(|stem| stem.chars().count() >= 2);
    match request().or_else(question).or_else(whether_they_may).or_else(topic).filter(|stem| !stem.is_empty()) {
        Some(stem) => format!("{stem}{note}"),
        None => text.to_owned(),
    }
}

fn is_latin(text: &str) -> bool {
    text.is_ascii()
}

/// Without the note that begins somewhere behind the first character.
fn without_notes(text: &str) -> &str {
    let starts = WORDS.notes.iter().filter_map(|note| {
        text.char_indices().skip(1).map(|(at, _)| at).find(|at| text[*at..].starts_with(note.as_str()))
    });
    let end = starts.min().unwrap_or(text.len());
    text[..end].trim_start_matches(['※', '*', '＊']).trim()
}

/// Without the number before it: 「1.」, 「(1)」, 「01_」, 「A.」. NFKC has made 1 of ① already.
fn without_number(text: &str) -> &str {
    let inner = text.trim_start_matches(['(', 'Q', '問']);
    let digits = inner.chars().take_while(char::is_ascii_digit).count();
    let behind = &inner[digits..];
    let separators = [")", ".", ":", "_", "-", " ", "、"];
    let stripped = separators.iter().find_map(|s| behind.strip_prefix(s));
    match stripped {
        Some(rest) if (1..=3).contains(&digits) && rest.chars().any(char::is_alphabetic) => rest.trim_start(),
        // 「①施設名」 is 「1施設名」 after NFKC; 「10進緯度」 and 「1月」 keep their numbers.
        None if (1..=2).contains(&digits) && starts_a_word(behind) => behind,
        _ => text,
    }
}

fn starts_a_word(text: &str) -> bool {
    let units = [
        "月", "日", "年", "回", "進", "次", "級", "層", "階", "人", "時", "歳", "才", "号", "つ", "名", "部", "種",
        "台", "件",
    ];
    text.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_ascii())
        && !units.iter().any(|unit| text.starts_with(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exports_and_offices_add_is_seen_through() {
        for (heading, clean) in [
            ("①施設名", "施設名"),
            ("１．施設名", "施設名"),
            ("(3) 所在地", "所在地"),
            ("USER_施設名", "施設名"),
            ("01_電話番号", "電話番号"),
            ("施設名※１", "施設名"),
            ("※施設名", "施設名"),
            ("施設名\n※１施設に複数", "施設名"),
            ("利用時間 (注)祝日を除く", "利用時間"),
            ("施設  区分", "施設区分"),
            ("電話番号\n（市外局番から）", "電話番号(市外局番から)"),
            ("■名称", "名称"),
            ("facility name", "facility name"),
            ("10進緯度", "10進緯度"),
            ("第1会場", "第1会場"),
            ("活動の場所を教えてください（町名まで）", "活動の場所(町名まで)"),
            ("Q3. 参加費はかかりますか？", "参加費"),
            ("教えてくれる人", "教えてくれる人"),
            ("車いすの方も参加できますか？", "車いすの方"),
            ("はじめての人でも大丈夫ですか", "はじめての人"),
            ("ホームページなど", "ホームページ"),
        ] {
            assert_eq!(cleaned(heading), clean, "{heading}");
        }
    }
}
