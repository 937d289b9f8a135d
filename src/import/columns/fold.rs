//! One spelling for all the ways in which a heading is written.
//!
//! Full and half width, line breaks, brackets, marks of required columns and separators make no difference.
//! This module does no I/O.

use unicode_normalization::UnicodeNormalization;

/// A heading, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedHeading {
    /// The whole heading, brackets opened: `料金（基本）` is `料金基本`.
    pub whole: String,
    /// What is left when notes, numbers and 「の有無」 are taken away, the most complete first.
    pub shorter: Vec<String>,
    /// The last of these.
    pub bare: String,
    /// What stood in brackets or behind a colon.
    pub notes: String,
}

/// Folds `heading`.
pub fn folded(heading: &str) -> FoldedHeading {
    let plain = plain(heading);
    let whole = letters(&plain);
    let (outside, notes) = notes_apart(&plain);
    let mut shorter = Vec::new();
    let mut push = |text: String| {
        if !text.is_empty() && text != whole && !shorter.contains(&text) {
            shorter.push(text);
        }
    };
    push(letters(&outside));
    let (before_colon, behind_colon) = outside.split_once(':').unwrap_or((outside.as_str(), ""));
    let mut bare = letters(before_colon);
    push(bare.clone());
    for _ in 0..3 {
        bare.truncate(trimmed_of_extras(&bare).len());
        push(bare.clone());
    }
    push(bare.replace('の', ""));
    FoldedHeading { whole, shorter, bare, notes: letters(&[notes.as_str(), behind_colon].concat()) }
}

/// `heading` in NFKC and small letters, with one kind of brackets, without white space and without marks.
fn plain(heading: &str) -> String {
    let marks = [
        "(必須)",
        "(任意)",
        "(必須項目)",
        "(任意項目)",
        "(必要)",
        "*",
        "※",
        "★",
        "☆",
        "●",
        "◎",
        "○",
        "■",
        "◆",
        "▼",
        "✓",
    ];
    let mut text: String = heading
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}'))
        .map(|c| match c {
            '[' | '{' | '〔' | '【' | '〈' | '《' | '「' | '『' | '<' => '(',
            ']' | '}' | '〕' | '】' | '〉' | '》' | '」' | '』' | '>' => ')',
            _ => c,
        })
        .collect();
    for mark in marks {
        if text.contains(mark) {
            text = text.replace(mark, "");
        }
    }
    text
}

/// `text` without separators and brackets.
fn letters(text: &str) -> String {
    text.chars().filter(|&c| c.is_alphanumeric() || matches!(c, '#' | '々' | 'ー' | '〒')).collect()
}

/// `text` without its bracketed notes, and these. A heading that is a note as a whole, `(地区)`, has none.
fn notes_apart(text: &str) -> (String, String) {
    let (mut outside, mut notes, mut depth) = (String::new(), String::new(), 0_u32);
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => notes.push(letter),
            _ => outside.push(letter),
        }
    }
    (outside, notes)
}

/// `text` without a number or a word behind it that changes nothing: `備考２` is a 備考, `送迎の有無` says whether there is 送迎.
fn trimmed_of_extras(text: &str) -> &str {
    let text = text.strip_suffix("の有無").or_else(|| text.strip_suffix("有無")).unwrap_or(text);
    let without_number = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if without_number.chars().count() >= 2 { without_number } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_heading_fold_alike() {
        for spelling in ["名称_カナ", "名称＿ｶﾅ", "名称\nカナ", " 名称・カナ※", "名称（カナ）", "【名称】カナ(必須)"]
        {
            assert_eq!(folded(spelling).whole, "名称カナ", "{spelling}");
        }
        assert_eq!(folded("telephoneNumber").whole, folded("Telephone_Number").whole);
    }

    #[test]
    fn notes_and_numbers_are_taken_away_one_after_the_other() {
        let longitude = folded("経度：東経（世界測地系10進法）");
        assert_eq!(longitude.whole, "経度東経世界測地系10進法");
        assert_eq!(longitude.shorter, ["経度東経", "経度"]);
        assert_eq!(longitude.notes, "世界測地系10進法東経");
        assert_eq!(folded("備考２-１").bare, "備考");
        assert_eq!(folded("送迎の有無").bare, "送迎");
    }
}
