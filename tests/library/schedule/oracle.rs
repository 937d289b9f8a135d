//! The dates of rules against the crate `opening-hours`, which reads what we print with our own table of holidays, and real
//! `opening_hours` of OpenStreetMap said in Japanese against the same crate.

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use compact_calendar::CompactCalendar;
use opening_hours::{Context as OsmContext, ContextHolidays, OpeningHours, RuleKind};
use serde::Deserialize;
use tsunagari::schedule::{Moment, Occurrence, Rule, ScheduleContext, holidays, read};

#[derive(Deserialize)]
struct Phrases {
    read: Vec<Phrase>,
}

#[derive(Deserialize)]
struct Phrase {
    text: String,
}

static HOLIDAYS: LazyLock<ContextHolidays> = LazyLock::new(|| {
    let mut days = CompactCalendar::default();
    holidays::all().for_each(|day| {
        days.insert(day);
    });
    ContextHolidays::new(Arc::new(days), Arc::default())
});

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// Minutes after midnight at which each opening of a day begins and ends.
type Day = Vec<Span>;

/// Minutes after midnight: start, and end where it is known.
type Span = (u16, Option<u16>);

fn by_oracle(osm: &str) -> impl Fn(NaiveDate) -> Day {
    let hours: OpeningHours = osm.parse().unwrap_or_else(|e| panic!("{osm}: {e}"));
    let hours = hours.with_context(OsmContext::default().with_holidays(HOLIDAYS.clone()));
    move |day| {
        let open = |kind| matches!(kind, RuleKind::Open | RuleKind::Unknown);
        let ranges = hours.schedule_at(day).into_iter().filter(|r| open(r.kind));
        ranges.map(|r| (r.range.start.mins_from_midnight(), Some(r.range.end.mins_from_midnight()))).collect()
    }
}

fn by_rule(rule: &Rule, day: NaiveDate) -> Day {
    let minutes = |moment: Moment| match moment {
        Moment::Day(_) => 0,
        Moment::Time(time) => u16::try_from((time - day.and_hms_opt(0, 0, 0).unwrap()).num_minutes()).unwrap(),
    };
    rule.on(day).iter().map(|o: &Occurrence| (minutes(o.start), o.end.map(minutes))).collect()
}

/// The days of two years on which the rule and the oracle differ; ends that a rule does not say are not compared.
fn differences(rule: &Rule, oracle: impl Fn(NaiveDate) -> Day) -> Vec<String> {
    let differs = |day: &NaiveDate| {
        let (ours, theirs) = (by_rule(rule, *day), oracle(*day));
        let same = |(a, b): (&Span, &Span)| a.0 == b.0 && (a.1.is_none() || a.1 == b.1);
        let equal = ours.len() == theirs.len() && ours.iter().zip(&theirs).all(same);
        (!equal).then(|| format!("{day}: ours {ours:?}, theirs {theirs:?}"))
    };
    today().iter_days().take(731).filter_map(|day| differs(&day)).collect()
}

#[test]
fn what_is_printed_means_the_same_dates_to_another_reader() {
    let phrases: Phrases = toml::from_str(include_str!("phrases.toml")).unwrap();
    let mut compared = 0;
    for phrase in phrases.read {
        let rule = read(&phrase.text, &ScheduleContext::new(today())).rule.unwrap();
        // Past midnight the oracle cuts a night in two.
        let overnight = rule.sessions.iter().flat_map(|s| &s.hours).any(|h| h.to.is_some_and(|to| to > 1_440));
        let Some(osm) = rule.opening_hours().filter(|_| !overnight) else { continue };
        let differences = differences(&rule, by_oracle(&osm));
        assert!(
            differences.is_empty(),
            "{} as {osm}: {}",
            phrase.text,
            differences[..1.min(differences.len())].join("")
        );
        compared += 1;
    }
    assert!(compared > 120, "only {compared} compared");
}

/// OSM's rules in Japanese, for those of the usual words; `None` for others, and for those that OSM reads otherwise than the same
/// words in Japanese: a comma with a space begins a further rule there, and a day off holds until a later rule opens it again.
fn in_japanese(osm: &str) -> Option<String> {
    let reopened = osm.split(';').rev().skip(1).any(|rule| rule.ends_with(" off"));
    let last_off = osm.split(';').skip_while(|rule| !rule.ends_with("off")).all(|rule| rule.ends_with("off"));
    if osm.contains(", ") || (reopened && !last_off) {
        return None;
    }
    let rules = osm.split(';').map(|rule| rule_in_japanese(rule.trim()));
    Some(rules.collect::<Option<Vec<_>>>()?.join("、"))
}

fn rule_in_japanese(rule: &str) -> Option<String> {
    let (days, times) = match rule.split_once(|c: char| c.is_ascii_digit()) {
        _ if rule.ends_with(" off") || rule.ends_with(" closed") => (rule.rsplit_once(' ')?.0, None),
        Some((before, _)) if before.trim().is_empty() => ("Mo-Su", Some(rule)),
        Some((before, _)) => (before.trim(), Some(&rule[before.len()..])),
        None => return None,
    };
    let days = match days {
        "Dec 29-Jan 03" => "12/29〜1/3".to_owned(),
        _ => days.split(',').map(|d| span_in_japanese(d.trim())).collect::<Option<Vec<_>>>()?.join("・"),
    };
    Some(match times {
        None => format!("{days}は休み"),
        Some(times) => {
            format!("{days} {}", times.split(',').map(time_in_japanese).collect::<Option<Vec<_>>>()?.join("、"))
        }
    })
}

fn span_in_japanese(span: &str) -> Option<String> {
    if let Some((day, nth)) = span.strip_suffix(']').and_then(|s| s.split_once('[')) {
        return Some(format!("第{nth}{}曜", day_in_japanese(day)?));
    }
    match span.split_once('-') {
        Some((from, to)) => Some(format!("{}〜{}", day_in_japanese(from)?, day_in_japanese(to)?)),
        None => day_in_japanese(span).map(str::to_owned),
    }
}

fn day_in_japanese(day: &str) -> Option<&'static str> {
    const DAYS: [(&str, &str); 8] = [
        ("Mo", "月"),
        ("Tu", "火"),
        ("We", "水"),
        ("Th", "木"),
        ("Fr", "金"),
        ("Sa", "土"),
        ("Su", "日"),
        ("PH", "祝"),
    ];
    DAYS.iter().find(|(osm, _)| *osm == day).map(|(_, word)| *word)
}

fn time_in_japanese(time: &str) -> Option<String> {
    let (from, to) = time.trim().split_once('-')?;
    Some(format!("{from}〜{to}"))
}

#[test]
fn real_opening_hours_said_in_japanese_give_the_dates_of_openstreetmap() {
    let Some(folder) = std::env::var_os("TSUNAGARI_REAL_DATA") else {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
        return;
    };
    let bytes = std::fs::read(std::path::Path::new(&folder).join("resources/chiyoda/osm_raw.json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let strings: Vec<String> = json["elements"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|e| Some(e["tags"]["opening_hours"].as_str()?.to_owned()))
        .collect();
    let (mut said, mut read_count, mut wrong) = (0, 0, Vec::new());
    for osm in &strings {
        let Some(text) = in_japanese(osm) else { continue };
        said += 1;
        let Some(rule) = read(&text, &ScheduleContext::new(today())).rule else {
            eprintln!("not read: {text}  ({osm})");
            continue;
        };
        read_count += 1;
        let overnight = rule.sessions.iter().flat_map(|s| &s.hours).any(|h| h.to.is_some_and(|to| to > 1_440));
        if let Some(first) = differences(&rule, by_oracle(osm)).first().filter(|_| !overnight) {
            wrong.push(format!("{text} ({osm}): {first}"));
        }
    }
    eprintln!(
        "{} strings, {said} can be said in Japanese, {read_count} of those read, {} differ",
        strings.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(read_count * 10 >= said * 9);
}
