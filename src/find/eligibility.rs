//! Parses eligibility: the ages and the gender that a place certainly requires.
//!
//! Only certain requirements count, because they exclude people; the link worker clarifies everything else. This module
//! does no I/O.

use super::ages::{
    EVERYBODY, ages_in, certain_ages, has_company, school_years, stage_range, without_ends, youngest_child,
};
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
    /// The youngest age of children who come with a parent; 0 where nothing is said.
    pub(super) youngest_child: u8,
}

/// The only gender that the place admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum GroupOnly {
    Women,
    Men,
}

impl Default for Eligibility {
    fn default() -> Self {
        Self { least: 0, most: u8::MAX, only: None, unsure: false, youngest_child: 0 }
    }
}

/// Reads the certain requirements from the facts of a place.
pub(super) fn read_eligibility(facts: &Facts) -> Eligibility {
    let written = facts.eligibility.as_deref().unwrap_or_default();
    let text = fold(&ascii_numerals(written));
    let everybody = text.is_empty() || EVERYBODY.iter().any(|word| text.contains(&fold(word)));
    let range = certain_ages(&text).or_else(|| ages_in_remarks(facts)).unwrap_or((0, u8::MAX));
    let only = only_gender(&text, everybody).or_else(|| only_in_remarks(facts));
    let youngest_child = youngest_child(&text).or_else(|| remarks_of(facts).iter().find_map(|it| youngest_child(it)));
    let youngest_child = youngest_child.unwrap_or(0);
    Eligibility { least: range.0, most: range.1, only, unsure: !everybody, youngest_child }
}

/// The sentences of remarks, eligibility and description, folded; those of the eligibility whole.
fn remarks_of(facts: &Facts) -> Vec<String> {
    const SENTENCES: [char; 7] = ['。', '\n', '\u{3000}', '(', ')', '（', '）'];
    let clauses = |text: &String| -> Vec<String> {
        text.split(|c| SENTENCES.contains(&c) || ['、', ' ', '／'].contains(&c)).map(str::to_owned).collect()
    };
    let note = facts.note.iter().flat_map(clauses);
    let eligibility = facts.eligibility.iter().flat_map(|text| text.split(SENTENCES)).map(str::to_owned);
    let all = note.chain(eligibility).chain(facts.description.iter().flat_map(clauses));
    all.map(|part| fold(&ascii_numerals(&part))).filter(|part| !part.is_empty()).collect()
}

/// Ages that a remark states by itself: 「18～45歳。体力が要ります」.
fn ages_in_remarks(facts: &Facts) -> Option<(u8, u8)> {
    let stated = |part: &String| {
        let ages = ages_in(part);
        let years = match (ages.first(), ages.last()) {
            (Some(first), Some(last)) => first.start == 0 && without_ends(&part[last.end..]).is_empty(),
            _ => false,
        };
        if years { certain_ages(part) } else { school_years(part) }
    };
    let parts = remarks_of(facts);
    // A stage of life says whom it is for only where the remarks begin with it.
    let first = facts.note.as_ref().or(facts.eligibility.as_ref()).and(parts.first());
    parts.iter().find_map(stated).or_else(|| first.filter(|it| !has_company(it)).and_then(|it| stage_range(it)))
}

/// The gender, where the text names nothing else or rules out the other.
fn only_gender(text: &str, everybody: bool) -> Option<GroupOnly> {
    let (women, men) = (text.contains("女性"), text.contains("男性"));
    if women == men || everybody {
        return None;
    }
    let word = if women { "女性" } else { "男性" };
    // 「女性（年代は問わず）」 leaves the age open, not the gender.
    let text = text.split(['(', '、', ',', '・']).find(|part| part.contains(word)).unwrap_or(text);
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
    ["のみ", "限定", "専用", "に限る", "に限り", "だけの", "のための"]
        .iter()
        .any(|only| text.contains(&format!("{word}{only}")))
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
            ("18～45歳", 18, 45),
            ("18歳～45歳", 18, 45),
            ("20-64才", 20, 64),
            ("20歳から64歳", 20, 64),
            ("概ね20～39歳", 15, 44),
            ("15～30歳の方", 15, 30),
            ("小学生", 5, 13),
            ("高校生以上", 14, 255),
            ("大人", 18, 255),
            ("学校に行きづらい中学生・高校生", 11, 19),
            ("小学生から高校生まで", 5, 19),
            ("中高生", 11, 19),
            ("10代向け", 10, 19),
            ("認知症と診断された50～70代の本人", 50, 79),
            ("家族の世話をしている18歳くらいまでの人", 0, 23),
            ("体力に自信のある18～60歳", 18, 60),
            ("小4～中3", 8, 16),
            ("発達障害のある大人", 18, 255),
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
            "65歳以上のお宅の雪かきをする方",
            "80歳以上の世帯を見守るボランティア",
            "男性も女性も",
            "男性が多い会",
            "300歳以上",
            "妊娠中から1歳まで",
            "産後1年までのお母さん",
            "親が80代、子が50代のご家庭",
            "中学生・高校生、学び直したい大人",
            "小学生、家族",
            "",
        ] {
            assert_eq!(of(text), (0, 255, None), "{text}");
        }
    }

    #[test]
    fn remarks_state_ages_by_themselves_and_children_come_with_a_parent() {
        let noted = |note: &str| {
            let read = read_eligibility(&Facts { note: Some(note.into()), ..Facts::default() });
            (read.least, read.most, read.youngest_child)
        };
        assert_eq!(noted("18～45歳。体力が要ります"), (18, 45, 0));
        assert_eq!(noted("小学生、雨の日も"), (5, 13, 0));
        assert_eq!(noted("高校生が教えに来る日もあり"), (0, 255, 0));
        assert_eq!(noted("20代～60代が多い"), (0, 255, 0));
        assert_eq!(noted("1～3歳と保護者"), (0, 255, 1));
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
            ("女性（年代は問わず）", GroupOnly::Women),
            ("女性、18歳以上", GroupOnly::Women),
        ] {
            assert_eq!(of(text).2, Some(only), "{text}");
        }
        let note = Facts { note: Some("男性のみ".into()), ..Facts::default() };
        assert_eq!(read_eligibility(&note).only, Some(GroupOnly::Men));
    }
}
