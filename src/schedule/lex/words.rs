//! Longest-match lookup of the words of `words.toml`. This module does no I/O.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use chrono::Weekday;
use serde::Deserialize;

use super::{TokenKind, starts_with};

/// What a known word does; the file says which words are which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::schedule) enum ScheduleWord {
    EveryWeek,
    EveryMonth,
    EveryYear,
    Fortnight,
    SomeWeeks,
    Bimonthly,
    EvenMonths,
    OddMonths,
    Daily,
    Workday,
    Holiday,
    DayOff,
    AfterHoliday,
    LastDay,
    Week,
    DigitDays,
    Last,
    YearEnd,
    NewYearDay,
    NewYearEve,
    FirstThreeDays,
    VagueSeason,
    Vacation,
    SameMonth,
    NextYear,
    Fiscal,
    Closed,
    Off,
    Except,
    NeverOff,
    Held,
    Condition,
    ThatDay,
    NextDay,
    NextWorkday,
    NextWeek,
    NextNamed,
    PreviousDay,
    PreviousWorkday,
    PreviousWeek,
    PreviousNamed,
    OtherDay,
    ToBeMoved,
    NextTime,
    But,
    Noon,
    AllDay,
    Reception,
    Gathering,
    Pause,
    BeforeClosing,
    Booking,
    PartOfDay,
    Label,
    Starts,
    Ends,
    Only,
    About,
    Harmless,
}

/// The words by their first character, the longest first.
static WORDS: LazyLock<HashMap<char, Vec<(String, ScheduleWord)>>> = LazyLock::new(|| {
    let lists: BTreeMap<ScheduleWord, Vec<String>> =
        toml::from_str(include_str!("../words.toml")).expect("the file in the program is valid");
    let mut by_letter: HashMap<char, Vec<(String, ScheduleWord)>> = HashMap::new();
    for (kind, words) in lists {
        for word in words {
            let first = word.chars().next().expect("no word of the file is empty");
            by_letter.entry(first).or_default().push((word, kind));
        }
    }
    for words in by_letter.values_mut() {
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.chars().count()));
    }
    by_letter
});

/// The longest known word at the beginning, and its length.
pub(super) fn word(rest: &[char]) -> Option<(TokenKind, usize)> {
    let words = WORDS.get(rest.first()?)?;
    words.iter().find_map(|(word, kind)| {
        let length = word.chars().count();
        let whole = || !cuts_a_weekday(rest, length) && !cuts_a_compound(rest, length, *kind);
        (starts_with(rest, word) && whole()).then_some((TokenKind::Word(*kind), length))
    })
}

/// The weekday in kana at the beginning, and its length: もくようび.
pub(super) fn kana_weekday(rest: &[char]) -> Option<(Weekday, usize)> {
    const DAYS: [(&str, Weekday); 7] = [
        ("げつようび", Weekday::Mon),
        ("かようび", Weekday::Tue),
        ("すいようび", Weekday::Wed),
        ("もくようび", Weekday::Thu),
        ("きんようび", Weekday::Fri),
        ("どようび", Weekday::Sat),
        ("にちようび", Weekday::Sun),
    ];
    DAYS.iter().find(|(word, _)| starts_with(rest, word)).map(|(word, day)| (*day, word.chars().count()))
}

/// Whether the word's last character begins a weekday: 毎月曜 is every Monday, 毎日曜 every Sunday.
fn cuts_a_weekday(rest: &[char], length: usize) -> bool {
    rest.get(length) == Some(&'曜') && weekday(rest[length - 1]).is_some()
}

/// Whether the word is only the beginning of another one: 昼 in 昼食, 冬 in 冬まつり, 次の in 次の会.
fn cuts_a_compound(rest: &[char], length: usize, kind: ScheduleWord) -> bool {
    let next = rest.get(length).copied();
    match kind {
        ScheduleWord::PartOfDay if "昼夜朝晩".contains(rest[length - 1]) => next.is_some_and(|c| {
            ('\u{4e00}'..='\u{9fff}').contains(&c) && !"第毎各午前後月火水木金土日祝一二三四五六七八九十".contains(c)
        }),
        // 「及び」 in kana.
        ScheduleWord::Condition => starts_with(rest, "ならび"),
        ScheduleWord::VagueSeason if length == 1 => !matches!(next, Some('は' | 'の' | '(')),
        ScheduleWord::NextNamed | ScheduleWord::PreviousNamed => {
            let named = next.is_some_and(|c| weekday(c).is_some());
            !named || rest.get(length + 1).is_some_and(|c| *c != '曜' && c.is_alphanumeric())
        }
        _ => false,
    }
}

/// The day of the week that a character stands for.
pub(super) fn weekday(ch: char) -> Option<Weekday> {
    Some(match ch {
        '月' => Weekday::Mon,
        '火' => Weekday::Tue,
        '水' => Weekday::Wed,
        '木' => Weekday::Thu,
        '金' => Weekday::Fri,
        '土' => Weekday::Sat,
        '日' => Weekday::Sun,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::lex::fold::fold;

    #[test]
    fn every_word_is_written_as_the_reader_sees_it_and_only_once() {
        let mut seen = std::collections::BTreeSet::new();
        for (word, _) in WORDS.values().flatten() {
            assert_eq!(fold(word).0.iter().collect::<String>(), *word, "not folded");
            assert!(seen.insert(word), "{word} stands twice");
        }
    }
}
