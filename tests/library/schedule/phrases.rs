//! Schedules in the words of those who run them: phrases with dates known beforehand, and phrases that must give none.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;
use serde::Deserialize;
use tsunagari::schedule::{Moment, Occurrence, Rule, ScheduleContext, read};

#[derive(Deserialize)]
struct Phrases {
    read: Vec<Phrase>,
    unread: Vec<Unread>,
}

#[derive(Deserialize)]
struct Phrase {
    text: String,
    next: Vec<String>,
}

#[derive(Deserialize)]
struct Unread {
    texts: Vec<String>,
}

fn phrases() -> Phrases {
    toml::from_str(include_str!("phrases.toml")).unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn shown(occurrence: &Occurrence) -> String {
    let end = occurrence.end.map(|end| end.to_string().split('T').nth(1).unwrap().to_owned());
    end.map_or(occurrence.start.to_string(), |end| format!("{}/{end}", occurrence.start))
}

static RULES: LazyLock<Vec<(String, Rule)>> = LazyLock::new(|| {
    let read = |text: String| read(&text, &ScheduleContext::new(today())).rule.map(|rule| (text, rule));
    phrases().read.into_iter().filter_map(|p| read(p.text)).collect()
});

#[test]
fn every_phrase_gives_the_dates_found_with_a_calendar() {
    let mut wrong = Vec::new();
    for phrase in phrases().read {
        let reading = read(&phrase.text, &ScheduleContext::new(today()));
        let Some(rule) = reading.rule else {
            wrong.push(format!("{}: not read: {}", phrase.text, reading.unread.unwrap()));
            continue;
        };
        let next: Vec<String> = rule.next_from(today(), phrase.next.len().max(1)).iter().map(shown).collect();
        if next != phrase.next {
            wrong.push(format!("{}: {rule}\n    is     {next:?}\n    should {:?}", phrase.text, phrase.next));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_phrase_without_certain_dates_gives_none_and_names_its_own_words() {
    let mut wrong = Vec::new();
    for text in phrases().unread.into_iter().flat_map(|u| u.texts) {
        let reading = read(&text, &ScheduleContext::new(today()));
        if let Some(rule) = reading.rule {
            wrong.push(format!("{text}: read as {rule}"));
        } else if !reading.unread.as_ref().is_some_and(|u| !u.is_empty() && text.contains(u)) {
            wrong.push(format!("{text}: {:?} is no part of it", reading.unread));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[derive(Deserialize)]
struct Offices {
    read: Vec<Phrase>,
    part: Vec<Part>,
    none: Vec<Unread>,
}

#[derive(Deserialize)]
struct Part {
    text: String,
    weekdays: Vec<String>,
    sure: Vec<String>,
}

fn offices() -> Offices {
    toml::from_str(include_str!("offices.toml")).unwrap()
}

#[test]
fn the_phrases_of_offices_give_the_dates_found_with_a_calendar() {
    let mut wrong = Vec::new();
    for phrase in offices().read {
        let reading = read(&phrase.text, &ScheduleContext::new(today()));
        let count = phrase.next.len().max(1);
        let next: Vec<String> =
            reading.rule.iter().flat_map(|rule| rule.next_from(today(), count)).map(|it| shown(&it)).collect();
        if next != phrase.next {
            wrong.push(format!("{}: {next:?}, not {:?} ({:?})", phrase.text, phrase.next, reading.unread));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_exception_without_days_leaves_the_weekdays_and_only_certain_dates() {
    for phrase in offices().part {
        let reading = read(&phrase.text, &ScheduleContext::new(today()));
        let rule = reading.rule.unwrap_or_else(|| panic!("{}: not read", phrase.text));
        let unread = reading.unread.unwrap_or_else(|| panic!("{}: read whole", phrase.text));
        assert!(!rule.open.is_empty() && phrase.text.contains(&unread), "{}: {unread}", phrase.text);
        for date in rule.next_from(today(), 4) {
            assert!(phrase.sure.contains(&shown(&date)), "{}: {date:?} may be off", phrase.text);
        }
        let possible = rule.possible_from(today(), 60);
        let weekdays: std::collections::BTreeSet<String> =
            possible.iter().map(|it| it.start.date().format("%a").to_string()).collect();
        let wanted: std::collections::BTreeSet<String> = phrase.weekdays.into_iter().collect();
        assert_eq!(weekdays, wanted, "{}", phrase.text);
        assert!(rule.opening_hours().is_none(), "{}: OSM cannot say what is open", phrase.text);
    }
}

#[test]
fn phrases_of_offices_without_days_give_neither() {
    for text in offices().none.into_iter().flat_map(|it| it.texts) {
        let reading = read(&text, &ScheduleContext::new(today()));
        assert!(reading.rule.is_none() && reading.unread.is_some(), "{text}: {:?}", reading.rule);
    }
}

#[test]
fn the_table_is_large_enough_to_be_trusted() {
    let phrases = phrases();
    let unread: usize = phrases.unread.iter().map(|u| u.texts.len()).sum();
    assert!(phrases.read.len() >= 140 && unread >= 60, "{} and {unread}", phrases.read.len());
    let offices = offices();
    assert!(offices.read.len() >= 120 && offices.part.len() >= 20, "{}", offices.read.len());
}

#[test]
fn a_rule_survives_storage() {
    for (text, rule) in RULES.iter() {
        let json = serde_json::to_string(&rule).unwrap();
        assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), *rule, "{text}");
    }
}

#[test]
fn a_schedule_is_stored_as_its_words_alone() {
    let stored: tsunagari::model::Schedule = serde_json::from_str("\"毎週水曜\"").unwrap();
    assert_eq!(serde_json::to_string(&stored).unwrap(), "\"毎週水曜\"");
    assert!(read(&stored.text, &ScheduleContext::new(today())).rule.is_some());
}

#[test]
fn the_turn_of_the_year_is_what_the_city_says_it_is() {
    use tsunagari::schedule::rule::{Season, YearDay};
    let new_year = Season { from: YearDay { month: 12, day: 28 }, to: YearDay { month: 1, day: 4 } };
    let rule = read("月〜金 9:00〜17:00 年末年始休", &ScheduleContext { today: today(), new_year }).rule.unwrap();
    assert!(!rule.is_on(NaiveDate::from_ymd_opt(2026, 12, 28).unwrap()));
    assert!(!rule.is_on(NaiveDate::from_ymd_opt(2027, 1, 4).unwrap()));
}

#[test]
fn a_far_single_day_is_found_and_a_past_one_gives_nothing() {
    let far = read("令和12年5月1日 10:00〜", &ScheduleContext::new(today())).rule.unwrap();
    assert_eq!(far.next_from(today(), 5).iter().map(shown).collect::<Vec<_>>(), ["2030-05-01T10:00"]);
    let past = read("令和7年12月20日（土）", &ScheduleContext::new(today())).rule.unwrap();
    assert!(past.next_from(today(), 5).is_empty());
}

fn any_moment() -> impl Strategy<Value = NaiveDateTime> {
    (0i64..20_000, 0u32..1_440).prop_map(|(day, minute)| {
        let date = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(day.unsigned_abs());
        date.and_hms_opt(minute / 60, minute % 60, 0).unwrap()
    })
}

/// Texts from the words that schedules are made of, in any order.
fn any_words() -> impl Strategy<Value = String> {
    const WORDS: [&str; 70] = [
        "毎週",
        "毎月",
        "隔週",
        "第2",
        "第2・4",
        "最終",
        "月",
        "火曜",
        "水曜日",
        "土日",
        "祝",
        "祝日",
        "平日",
        "毎日",
        "・",
        "、",
        " ",
        "〜",
        "（",
        "）",
        "休み",
        "休館",
        "休館日",
        "は",
        "の",
        "を除く",
        "以外",
        "8月",
        "12〜3月",
        "偶数月",
        "12/1",
        "12月20日",
        "令和8年",
        "（日）",
        "10:00",
        "13時半",
        "午後",
        "3時",
        "まで",
        "から",
        "の場合",
        "翌日",
        "翌平日",
        "開館",
        "次回",
        "年末年始",
        "要予約",
        "ただし",
        "のみ",
        "月2回",
        "全3回",
        "15日",
        "末日",
        "。",
        "\n",
        "9",
        "1",
        "：",
        "週",
        "隔月",
        "偶数週",
        "お盆",
        "夏休み",
        "祭りの",
        "積雪のため",
        "前の",
        "次の",
        "1回目",
        "なら",
        "会場は",
    ];
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..12).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_never_panics(text in "\\PC{0,40}", words in any_words()) {
        for text in [text, words] {
            let reading = read(&text, &ScheduleContext::new(today()));
            let open = reading.rule.as_ref().is_some_and(|rule| !rule.open.is_empty());
            prop_assert_eq!(reading.rule.is_none() || open, reading.unread.is_some());
            if let Some(rule) = reading.rule {
                let _ = (rule.to_string(), rule.next_from(today(), 3));
            }
        }
    }

    #[test]
    fn the_next_times_are_later_in_order_and_on_open_days(which in 0usize..1_000, after in any_moment()) {
        let (text, rule) = &RULES[which % RULES.len()];
        let next = rule.next(after, 8);
        prop_assert!(next.len() <= 8);
        for occurrence in &next {
            let later = match occurrence.start {
                Moment::Day(day) => day >= after.date(),
                Moment::Time(time) => time > after,
            };
            prop_assert!(later, "{text}: {occurrence:?} is not after {after}");
            prop_assert!(rule.is_on(occurrence.start.date()), "{text}");
            prop_assert!(rule.closures.iter().all(|c| !c.has(occurrence.start.date())), "{text}: closed on {occurrence:?}");
        }
        let starts: Vec<String> = next.iter().map(shown).collect();
        prop_assert!(starts.is_sorted(), "{text}: {starts:?}");
    }
}
