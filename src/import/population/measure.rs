//! What a column counts, by its heading: people of which sex and ages. A heading that is not understood whole counts nothing:
//! 65歳以上世帯員のいる世帯 are no people. This module does no I/O.

use super::words::{WORDS, heading_key};

/// Whom a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Measure {
    pub(super) sex: CountedSex,
    pub(super) ages: AgeSpan,
}

/// Of which sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum CountedSex {
    Both,
    Male,
    Female,
}

/// Of which ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum AgeSpan {
    /// Everybody.
    All,
    /// Those of whom no age is known.
    Unknown,
    /// From an age to another, inclusive; without end where `None`.
    Years(u32, Option<u32>),
}

/// Years that no age exceeds.
const OLDEST: u32 = 130;

impl Measure {
    /// Whom a column with this heading counts; `None` if that is not people, or not clear.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let mut key = heading_key(heading);
        if let Some(measure) = numbered(&key) {
            return Some(measure);
        }
        let words = &WORDS.measures;
        if words.other.iter().any(|word| key.contains(word.as_str())) {
            return None;
        }
        if words.all.contains(&key) {
            return Some(Self { sex: CountedSex::Both, ages: AgeSpan::All });
        }
        // 5歳階級 is no age of five.
        for word in ["5歳階級", "5歳別", "3区分", "各歳"] {
            key = key.replace(word, "");
        }
        let ages = take_ages(&mut key)?;
        let counts_people = words.all.iter().any(|word| key.contains(word.as_str()));
        let sex = take_sex(&mut key);
        for word in &words.noise {
            key = key.replace(word.as_str(), "");
        }
        // 人数 alone is of anybody's.
        let says_whom = counts_people || sex != CountedSex::Both || ages != AgeSpan::All;
        (key.is_empty() && says_whom).then_some(Self { sex, ages })
    }
}

/// `man1` … `man18` and `woman1` … of the government's form in English: five years each, the last 85 and over.
fn numbered(key: &str) -> Option<Measure> {
    let (sex, number) = match key.strip_prefix("woman") {
        Some(rest) => (CountedSex::Female, rest),
        None => (CountedSex::Male, key.strip_prefix("man")?),
    };
    let number: u32 = number.parse().ok().filter(|number| (1..=18).contains(number))?;
    let from = (number - 1) * 5;
    Some(Measure { sex, ages: AgeSpan::Years(from, (number < 18).then_some(from + 4)) })
}

/// The ages of a heading, which are removed from it; `None` if they contradict each other.
fn take_ages(key: &mut String) -> Option<AgeSpan> {
    let mut found: Option<AgeSpan> = None;
    while let Some((start, end, span)) = written_span(key) {
        if found.is_some_and(|before| before != span) {
            return None;
        }
        found = Some(span);
        key.replace_range(start..end, "");
    }
    for named in &WORDS.measures.spans {
        if key.contains(&named.word) {
            *key = key.replace(&named.word, "");
            found = found.or(Some(AgeSpan::Years(named.from, (named.to > 0).then_some(named.to))));
        }
    }
    let includes_unknown = ["不詳含む", "不詳を含む"].iter().any(|word| key.contains(word));
    let unknown = WORDS.measures.unknown_age.iter().find(|word| !includes_unknown && key.contains(word.as_str()));
    if let (Some(word), None) = (unknown, found) {
        *key = key.replace(word.as_str(), "");
        return Some(AgeSpan::Unknown);
    }
    Some(found.unwrap_or(AgeSpan::All))
}

/// The first ages in numbers, and where they stand: 65~69歳, 65歳以上70歳未満, 85歳以上, 15歳未満, 7歳.
fn written_span(key: &str) -> Option<(usize, usize, AgeSpan)> {
    let start = key.find(|c: char| c.is_ascii_digit())?;
    let (from, mut rest) = number(&key[start..])?;
    let at = |rest: &str| key.len() - rest.len();
    let has_unit = rest.starts_with('歳');
    rest = rest.strip_prefix('歳').unwrap_or(rest);
    let year_before = |n: u32| n.checked_sub(1);
    let ranged = ["以上~", "~", "から", "以上"].iter().find_map(|sign| {
        let (to, behind) = number(rest.strip_prefix(sign)?)?;
        let behind = behind.strip_prefix('歳').unwrap_or(behind);
        let (to, behind) = match behind.strip_prefix("未満") {
            Some(behind) => (year_before(to)?, behind),
            None => (to, behind.strip_prefix("以下").unwrap_or(behind)),
        };
        (to >= from && *sign != "以上" || key[..at(behind)].ends_with("未満")).then_some((to, behind))
    });
    if let Some((to, behind)) = ranged {
        return Some((start, at(behind), AgeSpan::Years(from, Some(to))));
    }
    if let Some(behind) = ["以上", "~", "+", "超"].iter().find_map(|sign| rest.strip_prefix(sign)) {
        return Some((start, at(behind), AgeSpan::Years(from, None)));
    }
    if let Some(behind) = rest.strip_prefix("未満") {
        return Some((start, at(behind), AgeSpan::Years(0, Some(year_before(from)?))));
    }
    if let Some(behind) = rest.strip_prefix("以下") {
        return Some((start, at(behind), AgeSpan::Years(0, Some(from))));
    }
    has_unit.then(|| (start, at(rest), AgeSpan::Years(from, Some(from))))
}

/// The number that `text` begins with and what is behind it, if it can be an age.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number = text[..end].parse().ok().filter(|number| *number <= OLDEST)?;
    Some((number, &text[end..]))
}

/// The sex of a heading, which is removed from it.
fn take_sex(key: &mut String) -> CountedSex {
    let words = &WORDS.measures;
    for both in ["男女計", "男女"] {
        *key = key.replace(both, "");
    }
    for (sex, words) in [(CountedSex::Female, &words.female), (CountedSex::Male, &words.male)] {
        if let Some(word) = words.iter().find(|word| key.contains(word.as_str())) {
            *key = key.replacen(word.as_str(), "", 1);
            return sex;
        }
    }
    CountedSex::Both
}

#[cfg(test)]
mod tests {
    use super::AgeSpan::{All, Unknown, Years};
    use super::CountedSex::{Both, Female, Male};
    use super::*;

    #[test]
    fn headings_of_bureaus_and_cities_are_understood() {
        for (heading, sex, ages) in [
            ("総人口", Both, All),
            ("人口（総数）", Both, All),
            (" 人口（総数）　男", Male, All),
            ("人口総数", Both, All),
            ("総数、年齢「不詳」含む", Both, All),
            ("男の総数、年齢「不詳」含む", Male, All),
            ("totalPopulation", Both, All),
            ("woman", Female, All),
            ("male", Male, All),
            ("男性", Male, All),
            ("計", Both, All),
            ("人口計（人）", Both, All),
            ("0-4歳の男性", Male, Years(0, Some(4))),
            ("85歳以上の女性", Female, Years(85, None)),
            ("man1", Male, Years(0, Some(4))),
            ("woman18", Female, Years(85, None)),
            ("６５歳以上人口　総数", Both, Years(65, None)),
            ("６５歳以上人口　男", Male, Years(65, None)),
            ("０～１４歳人口　総数", Both, Years(0, Some(14))),
            ("総数６５～６９歳", Both, Years(65, Some(69))),
            ("総数１００歳以上", Both, Years(100, None)),
            ("総数１５歳未満", Both, Years(0, Some(14))),
            ("女１５～６４歳", Female, Years(15, Some(64))),
            ("総数年齢「不詳」", Both, Unknown),
            ("65歳以上（再掲）", Both, Years(65, None)),
            ("老年人口（65歳以上）", Both, Years(65, None)),
            ("老年人口", Both, Years(65, None)),
            ("後期高齢者", Both, Years(75, None)),
            ("65歳以上75歳未満", Both, Years(65, Some(74))),
            ("90〜94", Both, Years(90, Some(94))),
            ("100～", Both, Years(100, None)),
            ("7歳", Both, Years(7, Some(7))),
            ("年齢5歳階級別人口0～4歳男", Male, Years(0, Some(4))),
        ] {
            assert_eq!(Measure::of(heading), Some(Measure { sex, ages }), "{heading}");
        }
    }

    #[test]
    fn a_heading_that_counts_something_else_counts_nobody() {
        for heading in [
            "世帯数",
            "世帯総数",
            "６５歳以上世帯員のいる一般世帯数",
            "外国人人口　総数",
            "高齢化率",
            "65歳以上割合（％）",
            "平均年齢",
            "総年齢",
            "人口密度",
            "対前年増減数",
            "numberOfHouseholds",
            "備考",
            "令和2年",
            "面積",
            "",
            "ひだまりサロン",
            "番号",
            "人数",
            "402",
        ] {
            assert_eq!(Measure::of(heading), None, "{heading}");
        }
    }
}
