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
    /// The youngest age of children who come with a parent; 0 where nothing is said.
    pub(super) youngest_child: u8,
}

/// The only gender that the place admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupOnly {
    Women,
    Men,
}

impl Default for Eligibility {
    fn default() -> Self {
        Self { least: 0, most: u8::MAX, only: None, unsure: false, youngest_child: 0 }
    }
}

/// Words that admit companions, so that no age is certain.
const COMPANY: [&str; 9] = ["家族", "保護者", "親", "誰でも", "だれでも", "どなたでも", "問わず", "不問", "以外も"];
/// Words of those who help: the age may be that of those whom they help.
const HELPERS: [&str; 12] = [
    "お宅",
    "宅の",
    "世帯",
    "を手伝",
    "お手伝い",
    "ボランティア",
    "支える方",
    "を支え",
    "の世話",
    "見守る",
    "を訪ね",
    "の家を",
];
/// Words that make an age approximate.
const ABOUT: [&str; 6] = ["概ね", "おおむね", "およそ", "約", "程度", "くらい"];
/// The tolerance of an approximate age, in years.
const ABOUT_YEARS: u8 = 5;
/// Words that admit everybody.
const EVERYBODY: [&str; 5] = ["どなたでも", "だれでも", "誰でも", "年齢不問", "制限なし"];
/// Stages of life with their lowest and highest age; school years have a year to spare on both sides.
const STAGES: [(&str, u8, u8); 8] = [
    ("未就学児", 0, 7),
    ("幼児", 0, 7),
    ("乳幼児", 0, 7),
    ("小学生", 5, 13),
    ("中学生", 11, 16),
    ("高校生", 14, 19),
    ("小中学生", 5, 16),
    ("中高生", 11, 19),
];

/// Ages of children who come with a parent: the ages are not the person's.
const YOUNG: u8 = 12;
/// Words of those who come along with a child.
const PARENTS: [&str; 5] = ["保護者", "親", "母", "父", "ママ"];
/// Words of parents-to-be, beside whom an age is the child's.
const EXPECTING: [&str; 3] = ["妊娠", "産後", "生後"];
/// What may follow an age that is certain.
const AGE_ENDS: [&str; 24] = [
    "の方",
    "の人",
    "の者",
    "の男女",
    "の男性",
    "の女性",
    "の子ども",
    "の子供",
    "の子",
    "の児童",
    "の本人",
    "の市民",
    "の住民",
    "の若者",
    "の",
    "方",
    "人",
    "本人",
    "男女",
    "のみ",
    "限定",
    "対象",
    "向け",
    "くらい",
];
/// How words end that describe the one whose age follows: 「家族の世話をしている」18歳まで.
const DESCRIBES: [char; 6] = ['る', 'た', 'い', 'な', 'の', '、'];

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

/// The lowest and highest age where the text leaves no doubt: by years, else by stages of life.
fn certain_ages(text: &str) -> Option<(u8, u8)> {
    if EXPECTING.iter().any(|word| text.contains(word)) {
        return None;
    }
    let ages = ages_in(text);
    let mentions = text.matches(['歳', '才', '代']).count();
    let (Some(first), Some(last)) = (ages.first(), ages.last()) else {
        let open = mentions > 0 || has_company(text);
        return if open { None } else { school_years(text).or_else(|| stage_range(text)) };
    };
    let (before, behind) = (&text[..first.start], without_ends(&text[last.end..]));
    let described = before.is_empty() || before.ends_with(DESCRIBES) && !behind.starts_with(['と', 'や', 'か', '・']);
    if has_company(behind) || !described && has_company(before) || EVERYBODY.iter().any(|it| text.contains(it)) {
        return None;
    }
    // Helpers and companions may be of any age, unless the words only describe the one whose age it is.
    if has_company(before) && !behind.is_empty() {
        return None;
    }
    age_range(text, &ages, mentions)
}

/// Whether words name companions, or people who are helped.
fn has_company(text: &str) -> bool {
    COMPANY.iter().chain(&HELPERS).any(|word| text.contains(&fold(word)))
}

/// What is left behind an age when the words for the one who has it are taken away.
fn without_ends(mut text: &str) -> &str {
    while let Some(rest) = AGE_ENDS.iter().find_map(|end| text.strip_prefix(end)) {
        text = rest;
    }
    text
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

/// The youngest age of children who come with a parent.
fn youngest_child(text: &str) -> Option<u8> {
    let ages = ages_in(text);
    let (first, last) = (ages.first()?, ages.last()?);
    (last.age <= YOUNG && PARENTS.iter().any(|word| text.contains(word))).then_some(first.age)
}

/// The lowest and highest age. The whole text must describe one range, else no age is certain.
fn age_range(text: &str, ages: &[WrittenAge], mentions: usize) -> Option<(u8, u8)> {
    let slack = if ABOUT.iter().any(|word| text.contains(&fold(word))) { ABOUT_YEARS } else { 0 };
    let bounds: Vec<(u8, AgeBound)> = ages.iter().map(|it| (it.age, it.bound)).collect();
    let range = match bounds.as_slice() {
        [(age, AgeBound::AndUp)] if mentions == 1 => (*age, u8::MAX),
        [(age, AgeBound::AndDown)] if mentions == 1 => (0, *age),
        [(age, AgeBound::Decade)] if mentions == 1 => (*age, age.saturating_add(9)),
        [(age, AgeBound::Below)] if mentions == 1 => (0, age.saturating_sub(1)),
        [(from, AgeBound::AndUp | AgeBound::From), (to, AgeBound::AndDown)] if mentions <= 2 && from <= to => {
            (*from, *to)
        }
        [(from, AgeBound::From), (to, AgeBound::Decade)] if mentions <= 2 && from <= to => {
            (*from, to.saturating_add(9))
        }
        [(from, AgeBound::AndUp | AgeBound::From), (to, AgeBound::Below)] if mentions <= 2 && from < to => {
            (*from, to - 1)
        }
        _ => return None,
    };
    Some((range.0.saturating_sub(slack), range.1.saturating_add(slack)))
}

/// How an age bounds the range: 以上, 以下, 未満, から; 20代 is ten years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AgeBound {
    AndUp,
    AndDown,
    Below,
    From,
    Decade,
}

/// An age in a text, with the bytes that it and its bound take.
#[derive(Debug, Clone, Copy)]
struct WrittenAge {
    age: u8,
    bound: AgeBound,
    start: usize,
    end: usize,
}

/// What separates the ends of a range.
const RANGE: [char; 6] = ['~', '〜', '-', '‐', '−', 'ー'];

/// Every age with the kind of bound that follows it.
fn ages_in(text: &str) -> Vec<WrittenAge> {
    let mut found: Vec<WrittenAge> = Vec::new();
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '歳' | '才' | '代')) {
        let digits_before = |end: usize| end - text[..end].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let start = at - digits_before(at);
        // 「18～45歳」: the unit stands once, behind both.
        if let Some(rest) = text[..start].strip_suffix(RANGE) {
            let first = rest.len() - digits_before(rest.len());
            if let Ok(age) = rest[first..].parse() {
                found.push(WrittenAge { age, bound: AgeBound::From, start: first, end: start });
            }
        }
        let Ok(age) = text[start..at].parse::<u8>() else { continue };
        let behind = &text[at + mark.len_utf8()..];
        let roughly = ["くらい", "ぐらい", "程度", "頃", "ごろ"].iter().find_map(|it| behind.strip_prefix(it));
        let rest = roughly.unwrap_or(behind);
        let known = [
            ("以上", AgeBound::AndUp),
            ("以下", AgeBound::AndDown),
            ("まで", AgeBound::AndDown),
            ("未満", AgeBound::Below),
            ("から", AgeBound::From),
        ];
        let written = known.into_iter().find_map(|(word, bound)| Some((bound, rest.strip_prefix(word)?)));
        let ranged = || rest.strip_prefix(RANGE).map(|rest| (AgeBound::From, rest));
        let second = || {
            let second = found.last().is_some_and(|it| it.bound == AgeBound::From);
            second.then_some((if mark == '代' { AgeBound::Decade } else { AgeBound::AndDown }, rest))
        };
        let decade = || (mark == '代' && age % 10 == 0 && age >= 10).then_some((AgeBound::Decade, rest));
        let Some((bound, rest)) = written.or_else(ranged).or_else(second).or_else(decade) else { continue };
        found.push(WrittenAge { age, bound, start, end: text.len() - rest.len() });
    }
    found
}

/// School years such as 小4～中3, alone in their text, with a year to spare on both sides.
fn school_years(text: &str) -> Option<(u8, u8)> {
    let year = |text: &str| {
        let mut chars = text.trim_end_matches("年生").trim_end_matches("生").chars();
        let first_age = match chars.next()? {
            '小' => 6,
            '中' => 12,
            '高' => 15,
            _ => return None,
        };
        let digit: u8 = chars.as_str().parse().ok().filter(|it| (1..=6).contains(it))?;
        Some(first_age + digit - 1)
    };
    let (from, to) = text.split_once(RANGE).or_else(|| text.split_once("から"))?;
    let (from, to) = (year(from)?, year(without_ends(to.trim_end_matches("まで")))?);
    (from <= to).then_some((from - 1, to + 2))
}

/// The ages of stages of life such as 小学生; `None` where the text names none or more than those.
fn stage_range(text: &str) -> Option<(u8, u8)> {
    let bare = without_ends_of(text);
    if matches!(bare, "大学生以上") {
        return Some((17, u8::MAX));
    }
    let named: Vec<(usize, &str, u8, u8)> =
        STAGES.iter().filter_map(|(name, from, to)| Some((text.find(name)?, *name, *from, *to))).collect();
    if named.is_empty() {
        return (bare.ends_with("大人") || bare == "成人").then_some((18, u8::MAX));
    }
    let grown = ["大人", "成人", "一般", "高齢", "シニア", "しにあ", "社会人", "女性", "男性", "先生", "教え", "募集"];
    if grown.iter().any(|word| text.contains(word)) {
        return None;
    }
    let (from, to) = (named.iter().map(|it| it.2).min()?, named.iter().map(|it| it.3).max()?);
    let last = named.iter().max_by_key(|it| it.0)?;
    let behind = &text[last.0 + last.1.len()..];
    match without_ends(behind) {
        "" => Some((from, to)),
        "以上" | "から" => Some((from, u8::MAX)),
        "以下" => Some((0, to)),
        "まで" => Some((if named.len() > 1 || text.contains("から") { from } else { 0 }, to)),
        _ => None,
    }
}

/// A text without the words for people at its end.
fn without_ends_of(text: &str) -> &str {
    let mut text = text;
    while let Some(rest) =
        ["のみ", "限定", "対象", "向け", "の方", "の人"].iter().find_map(|end| text.strip_suffix(end))
    {
        text = rest;
    }
    text
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
