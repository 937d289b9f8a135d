//! The address of a private home in free text: 「自宅（字上谷12番地3）」. This module does no I/O.
//!
//! A word such as 自宅 closes the address beside it, as it closes the telephone number beside it.

use super::words::{PrivacyWordFile, masked};
use crate::text::fold;

/// How far behind the word for a home its number may stand, in characters.
const BEHIND_CHARS: usize = 18;

/// Ends of a clause.
const CLAUSE_ENDS: &str = "。\n；;";

/// Whether `text` speaks of a home of its own: 自宅, but not 自宅訪問.
pub(super) fn is_own_home(text: &str) -> bool {
    let words = PrivacyWordFile::get();
    let folded = fold(text);
    words.addresses.own.iter().any(|word| folded.contains(word.as_str())) && {
        let masked = masked(&folded, &words.numbers.not_own);
        words.addresses.own.iter().any(|word| masked.contains(word.as_str()))
    }
}

/// Whether `text` gives the address of a home.
pub(super) fn gives_home_address(text: &str) -> bool {
    let has_digits = text.chars().any(|c| c.is_numeric() || is_digit(c));
    has_digits && is_own_home(text) && (has_house_number(&fold(text)) || has_number_behind_home(text))
}

/// Whether a number that counts nothing stands behind the word for a home: 「自宅（広谷123）」, but not 「自宅 13:30」.
fn has_number_behind_home(text: &str) -> bool {
    let words = PrivacyWordFile::get();
    let folded = masked(&fold(text), &words.numbers.not_own);
    let behind_homes = words
        .addresses
        .own
        .iter()
        .flat_map(|word| folded.match_indices(word.as_str()).map(|(at, word)| &folded[at + word.len()..]));
    behind_homes.into_iter().any(|behind| {
        let near = behind.char_indices().take(BEHIND_CHARS).filter(|(_, c)| c.is_ascii_digit());
        let starts = near.filter(|(at, _)| !behind[..*at].ends_with(|c: char| c.is_ascii_digit() || "-:".contains(c)));
        starts
            .map(|(at, _)| behind[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '-'))
            .any(|next| !words.addresses.counted.iter().any(|unit| next.starts_with(unit.as_str())))
    })
}

/// `text` without the clauses that give the address of a home; `None` if nothing is left.
pub(super) fn without_home_addresses(text: &str) -> Option<String> {
    if !gives_home_address(text) {
        return Some(text.to_owned());
    }
    let clauses = text.split_inclusive(|c| CLAUSE_ENDS.contains(c));
    let kept: String = clauses.filter(|clause| !has_house_number(&fold(clause))).collect();
    (!kept.trim().is_empty()).then_some(kept)
}

/// Whether the folded `text` has a house number: 1173番地, 3丁目, 大谷12-3. 「週2-3回」 and 「10-12時」 are none.
fn has_house_number(text: &str) -> bool {
    let words = &PrivacyWordFile::get().addresses;
    let starts = text.char_indices().filter(|(at, c)| is_digit(*c) && !text[..*at].ends_with(is_digit));
    starts.map(|(at, _)| at).any(|at| {
        let behind = text[at..].trim_start_matches(is_digit);
        if words.marks.iter().any(|mark| behind.starts_with(mark.as_str())) {
            return true;
        }
        let second = behind.strip_prefix(['-', 'ー', '−', '‐', 'の']).filter(|rest| rest.starts_with(is_digit));
        let Some(second) = second.map(|rest| rest.trim_start_matches(is_digit)) else { return false };
        let is_counted = words.counted.iter().any(|unit| second.starts_with(unit.as_str()));
        !is_counted && text[..at].trim_end().ends_with(|c: char| c.is_alphabetic() && !c.is_ascii())
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "〇一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_beside_a_word_for_somebody_s_home_is_private() {
        for text in [
            "自宅 字上谷12番地3",
            "会場は自宅（字上谷１２番地）です",
            "大屋町加保12-3（自宅）",
            "個人宅：加保七番地",
            "実家は朝倉3丁目",
            "じたく かほ12の3",
            "自宅(若杉４５－６)に集合",
            "自宅兼教室 筏300番地",
            "自宅（広谷123）で開きます",
        ] {
            assert!(gives_home_address(text), "{text}");
        }
        for text in [
            "自宅訪問 週2-3回",
            "自宅から徒歩2-3分",
            "自宅 13:30〜15:00",
            "自宅へ月1-2回うかがいます",
            "在宅介護支援センター 加保12-3",
            "公民館（加保12番地）",
            "自宅療養の方 10-12時",
            "自宅で待つ人に",
            "市営住宅12番地の集会所",
            "社宅 3丁目",
            "自宅 1時間以内",
            "自宅に10分ほど",
        ] {
            assert!(!gives_home_address(text), "{text}");
        }
    }

    #[test]
    fn only_the_clause_with_the_address_is_left_out() {
        assert_eq!(
            without_home_addresses("毎週開きます。会場は自宅（筏12番地）です。").as_deref(),
            Some("毎週開きます。")
        );
        assert_eq!(without_home_addresses("自宅 筏12番地"), None);
        assert_eq!(without_home_addresses("公民館 筏12番地").as_deref(), Some("公民館 筏12番地"));
    }
}
