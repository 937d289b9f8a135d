//! Parses eligibility: the ages and the gender that a place certainly requires.
//!
//! Only certain requirements count, because they exclude people; the link worker clarifies everything else. This module
//! does no I/O.

use crate::model::Facts;
use crate::text::{ascii_numerals, fold};

/// The certain requirements of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Eligibility {
    /// The lowest possible age in years.
    pub(super) least: u8,
    /// The highest possible age in years.
    pub(super) most: u8,
    /// The only gender that the place admits.
    pub(super) only: Option<GroupOnly>,
    /// Whether the words leave something for the link worker to check.
    pub(super) unsure: bool,
}

/// The only gender that the place admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupOnly {
    Women,
    Men,
}

impl Default for Eligibility {
    fn default() -> Self {
        Self { least: 0, most: u8::MAX, only: None, unsure: false }
    }
}

/// Words that admit companions, so that no age is certain.
const COMPANY: [&str; 9] = ["家族", "保護者", "親", "誰でも", "だれでも", "どなたでも", "問わず", "不問", "以外も"];
/// Words that make an age approximate.
const ABOUT: [&str; 6] = ["概ね", "おおむね", "およそ", "約", "程度", "くらい"];
/// The tolerance of an approximate age, in years.
const ABOUT_YEARS: u8 = 5;
/// Words that admit everybody.
const EVERYBODY: [&str; 5] = ["どなたでも", "だれでも", "誰でも", "年齢不問", "制限なし"];
/// Stages of life with their lowest and highest age; school years have a year to spare on both sides.
const STAGES: [(&str, u8, u8); 6] =
    [("未就学児", 0, 7), ("幼児", 0, 7), ("乳幼児", 0, 7), ("小学生", 5, 13), ("中学生", 11, 16), ("高校生", 14, 19)];

/// Reads the certain requirements from the facts of a place.
pub(super) fn read_eligibility(facts: &Facts) -> Eligibility {
    let written = facts.eligibility.as_deref().unwrap_or_default();
    let text = fold(&ascii_numerals(written));
    let everybody = text.is_empty() || EVERYBODY.iter().any(|word| text.contains(&fold(word)));
    let (least, most) =
        if COMPANY.iter().any(|word| text.contains(&fold(word))) { (0, u8::MAX) } else { age_range(&text) };
    let only = only_gender(&text, everybody).or_else(|| only_in_remarks(facts));
    Eligibility { least, most, only, unsure: !everybody }
}

/// The lowest and highest age. The whole text must describe one range, else no age is certain.
fn age_range(text: &str) -> (u8, u8) {
    let slack = if ABOUT.iter().any(|word| text.contains(&fold(word))) { ABOUT_YEARS } else { 0 };
    let numbers = ages_in(text);
    let mentions = text.matches('歳').count() + text.matches('才').count();
    let range = match numbers.as_slice() {
        [(age, AgeBound::AndUp)] if mentions == 1 => (*age, u8::MAX),
        [(age, AgeBound::AndDown)] if mentions == 1 => (0, *age),
        [(age, AgeBound::Below)] if mentions == 1 => (0, age.saturating_sub(1)),
        [(from, AgeBound::AndUp | AgeBound::From), (to, AgeBound::AndDown)] if mentions == 2 && from <= to => {
            (*from, *to)
        }
        [(from, AgeBound::AndUp | AgeBound::From), (to, AgeBound::Below)] if mentions == 2 && from < to => {
            (*from, to - 1)
        }
        [] if mentions == 0 => return stage_range(text),
        _ => (0, u8::MAX),
    };
    (range.0.saturating_sub(slack), range.1.saturating_add(slack))
}

/// How an age bounds the range: 以上, 以下, 未満, から.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AgeBound {
    AndUp,
    AndDown,
    Below,
    From,
}

/// Every age with the kind of bound that follows it.
fn ages_in(text: &str) -> Vec<(u8, AgeBound)> {
    let mut found = Vec::new();
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '歳' | '才')) {
        let before = &text[..at];
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(age) = before[before.len() - digits..].parse::<u8>() else { continue };
        let behind = &text[at + mark.len_utf8()..];
        let bound = match behind {
            _ if behind.starts_with("以上") => AgeBound::AndUp,
            _ if behind.starts_with("以下") || behind.starts_with("まで") => AgeBound::AndDown,
            _ if behind.starts_with("未満") => AgeBound::Below,
            _ if behind.starts_with("から") || behind.starts_with(['~', '〜', '-']) => AgeBound::From,
            _ => continue,
        };
        found.push((age, bound));
    }
    found
}

/// The ages of a stage of life such as 小学生; any age where the text names none.
fn stage_range(text: &str) -> (u8, u8) {
    match text {
        "大人" | "成人" | "大人のみ" => (18, u8::MAX),
        "大学生以上" => (17, u8::MAX),
        _ => {
            let named = STAGES.iter().find(|(name, ..)| text.starts_with(&fold(name)));
            let Some((name, from, to)) = named else { return (0, u8::MAX) };
            match &text[fold(name).len()..] {
                "" | "のみ" | "限定" | "対象" => (*from, *to),
                "以上" => (*from, u8::MAX),
                "以下" | "まで" => (0, *to),
                _ => (0, u8::MAX),
            }
        }
    }
}

/// The gender, where the text names nothing else or rules out the other.
fn only_gender(text: &str, everybody: bool) -> Option<GroupOnly> {
    let (women, men) = (text.contains("女性"), text.contains("男性"));
    if women == men || everybody {
        return None;
    }
    let word = if women { "女性" } else { "男性" };
    let alone = text.ends_with(word) || text.ends_with(&format!("{word}の方")) || is_limited_to(text, word);
    alone.then_some(if women { GroupOnly::Women } else { GroupOnly::Men })
}

/// Finds 「男性のみ」 and the like in the remarks and the description.
fn only_in_remarks(facts: &Facts) -> Option<GroupOnly> {
    let texts = [&facts.note, &facts.description].into_iter().flatten();
    let folded: Vec<String> = texts.map(|text| fold(text)).collect();
    let is_limited = |word: &str| folded.iter().any(|text| is_limited_to(text, word));
    match (is_limited("女性"), is_limited("男性")) {
        (true, false) => Some(GroupOnly::Women),
        (false, true) => Some(GroupOnly::Men),
        _ => None,
    }
}

/// Whether the text limits admission to the group `word`: 「女性のみ」.
fn is_limited_to(text: &str, word: &str) -> bool {
    ["のみ", "限定", "専用", "に限る", "に限り", "だけの"].iter().any(|only| text.contains(&format!("{word}{only}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (u8, u8, Option<GroupOnly>) {
        let read = read_eligibility(&Facts { eligibility: Some(text.to_owned()), ..Facts::default() });
        (read.least, read.most, read.only)
    }

    #[test]
    fn ages_are_read_where_they_leave_no_doubt() {
        for (text, least, most) in [
            ("65歳以上", 65, 255),
            ("６５歳以上の方", 65, 255),
            ("六十五歳以上", 65, 255),
            ("概ね60歳以上", 55, 255),
            ("おおむね65歳以上", 60, 255),
            ("18歳未満", 0, 17),
            ("39歳以下", 0, 39),
            ("15歳から49歳まで", 15, 49),
            ("15歳〜49歳まで", 15, 49),
            ("小学生", 5, 13),
            ("高校生以上", 14, 255),
            ("大人", 18, 255),
        ] {
            assert_eq!(of(text), (least, most, None), "{text}");
        }
    }

    #[test]
    fn what_leaves_a_doubt_keeps_nobody_away() {
        for text in [
            "どなたでも",
            "65歳以上の方と家族",
            "0～3歳と保護者",
            "15歳から49歳と家族",
            "小学生から大人まで",
            "65歳以上、または障害のある人は40歳以上",
            "高齢者",
            "おもに65歳の人",
            "男性も女性も",
            "男性が多い会",
            "300歳以上",
            "",
        ] {
            assert_eq!(of(text), (0, 255, None), "{text}");
        }
    }

    #[test]
    fn a_place_for_one_gender_says_so() {
        for (text, only) in [
            ("女性", GroupOnly::Women),
            ("女性の方", GroupOnly::Women),
            ("男性", GroupOnly::Men),
            ("男性のみ", GroupOnly::Men),
            ("介護をしている男性", GroupOnly::Men),
            ("60歳以上の女性限定", GroupOnly::Women),
        ] {
            assert_eq!(of(text).2, Some(only), "{text}");
        }
        let note = Facts { note: Some("男性のみ".into()), ..Facts::default() };
        assert_eq!(read_eligibility(&note).only, Some(GroupOnly::Men));
    }
}
