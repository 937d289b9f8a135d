//! Heading normalisation: one spelling for all the ways in which a heading is written.
//!
//! Width, line breaks, brackets, signs of required columns and separators make no difference. This module does no I/O.

use unicode_normalization::UnicodeNormalization;

/// A normalised heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedHeading {
    /// The whole heading without brackets: `料金（基本）` is `料金基本`.
    pub whole: String,
    /// The heading without notes, numbers and 「の有無」, the most complete form first.
    pub shorter: Vec<String>,
    /// The shortest form of the heading.
    pub bare: String,
    /// The text in brackets or after a colon.
    pub notes: String,
}

/// Normalises `heading`.
pub fn folded(heading: &str) -> FoldedHeading {
    let plain = plain(heading);
    let whole = without_signs(&plain);
    let (outside, notes) = split_notes(&plain);
    let mut shorter = Vec::new();
    let mut push = |text: String| {
        if !text.is_empty() && text != whole && !shorter.contains(&text) {
            shorter.push(text);
        }
    };
    push(without_signs(&outside));
    let (before_colon, behind_colon) = outside.split_once(':').unwrap_or((outside.as_str(), ""));
    let mut bare = without_signs(before_colon);
    push(bare.clone());
    for _ in 0..3 {
        bare.truncate(trimmed_of_extras(&bare).len());
        push(bare.clone());
    }
    push(bare.replace('の', ""));
    FoldedHeading { whole, shorter, bare, notes: without_signs(&[notes.as_str(), behind_colon].concat()) }
}

/// Normalises characters: NFKC, lower case, one kind of brackets, no white space and no signs.
fn plain(heading: &str) -> String {
    let signs = [
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
    for sign in signs {
        if text.contains(sign) {
            text = text.replace(sign, "");
        }
    }
    text
}

/// Removes separators and brackets.
fn without_signs(text: &str) -> String {
    text.chars().filter(|&c| c.is_alphanumeric() || matches!(c, '#' | '々' | 'ー' | '〒')).collect()
}

/// Separates the bracketed notes from the rest. A heading that is a note as a whole, `(地区)`, has none.
fn split_notes(text: &str) -> (String, String) {
    let (mut outside, mut notes, mut depth) = (String::new(), String::new(), 0_u32);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => notes.push(c),
            _ => outside.push(c),
        }
    }
    (outside, notes)
}

/// Removes a trailing number or word that changes nothing: `備考２` is a 備考, `送迎の有無` is about 送迎.
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
