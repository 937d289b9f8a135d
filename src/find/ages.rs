//! Reads ages from words: the lowest and highest where they leave no doubt, by years, decades, school years or stages of
//! life. This module does no I/O.

use crate::text::fold;

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
pub(super) const EVERYBODY: [&str; 5] = ["どなたでも", "だれでも", "誰でも", "年齢不問", "制限なし"];
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

/// The lowest and highest age where the text leaves no doubt: by years, else by stages of life.
pub fn certain_ages(text: &str) -> Option<(u8, u8)> {
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
pub(super) fn has_company(text: &str) -> bool {
    COMPANY.iter().chain(&HELPERS).any(|word| text.contains(&fold(word)))
}

/// What is left behind an age when the words for the one who has it are taken away.
pub(super) fn without_ends(mut text: &str) -> &str {
    while let Some(rest) = AGE_ENDS.iter().find_map(|end| text.strip_prefix(end)) {
        text = rest;
    }
    text
}

/// The youngest age of children who come with a parent.
pub(super) fn youngest_child(text: &str) -> Option<u8> {
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
pub(super) struct WrittenAge {
    age: u8,
    bound: AgeBound,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What separates the ends of a range.
const RANGE: [char; 6] = ['~', '〜', '-', '‐', '−', 'ー'];

/// Every age with the kind of bound that follows it.
pub(super) fn ages_in(text: &str) -> Vec<WrittenAge> {
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
pub(super) fn school_years(text: &str) -> Option<(u8, u8)> {
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
pub(super) fn stage_range(text: &str) -> Option<(u8, u8)> {
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
