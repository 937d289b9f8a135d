//! Message templates of the finder, from `reasons.toml`. This module does no I/O.

use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};

use crate::schedule::{Moment, Occurrence};

static SENTENCES: LazyLock<toml::Table> =
    LazyLock::new(|| include_str!("reasons.toml").parse().expect("reasons.toml is checked by a test"));

/// The message `table.key` with each `{name}` filled in; empty where the table has none.
pub(super) fn fill_sentence(table: &str, key: &str, values: &[(&str, &str)]) -> String {
    fill(sentence_template(table, key), values)
}

/// The message about an access fact for the answer `yes`, `no` or `ask`.
pub(super) fn access_sentence(fact: &str, answer: &str) -> &'static str {
    let table = SENTENCES.get("matters").and_then(|it| it.get(fact));
    table.and_then(|it| it.get(answer)).and_then(toml::Value::as_str).unwrap_or_default()
}

/// The template `table.key` of `reasons.toml`; empty where there is none.
fn sentence_template(table: &str, key: &str) -> &'static str {
    SENTENCES.get(table).and_then(|it| it.get(key)).and_then(toml::Value::as_str).unwrap_or_default()
}

/// Fills in one pass, so that braces inside a value stay.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else { break };
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    filled + rest
}

/// Formats a date and time with its weekday, e.g. 「11月26日（木）13:30〜15:00」.
pub(super) fn occurrence_text(it: &Occurrence) -> String {
    let day = it.start.date();
    let weekdays = SENTENCES.get("words").and_then(|words| words.get("weekdays")).and_then(toml::Value::as_array);
    let weekday = weekdays.and_then(|all| all.get(day.weekday().num_days_from_monday() as usize));
    let weekday = weekday.and_then(toml::Value::as_str).unwrap_or_default();
    let time = |moment: Moment| match moment {
        Moment::Day(_) => None,
        Moment::Time(time) => Some(format!("{}:{:02}", time.hour(), time.minute())),
    };
    let (month, day) = (day.month().to_string(), day.day().to_string());
    let from = time(it.start).unwrap_or_default();
    let to = it.end.and_then(|end| match end {
        Moment::Time(at) if end.date() > it.start.date() && at.time() == NaiveTime::MIN => Some("24:00".to_owned()),
        _ if end.date() > it.start.date() => {
            time(end).map(|time| fill_sentence("words", "next_day", &[("time", &time)]))
        }
        _ => time(end),
    });
    let to = to.map(|to| format!("〜{to}")).unwrap_or_default();
    fill_sentence("words", "date", &[("month", &month), ("day", &day), ("weekday", weekday)]) + &from + &to
}

/// A day as offices write it: 令和8年11月26日.
pub(super) fn era_date(day: NaiveDate) -> String {
    let reiwa = NaiveDate::from_ymd_opt(2019, 5, 1).is_some_and(|first| day >= first);
    let (key, year) = if reiwa { ("reiwa", day.year() - 2018) } else { ("heisei", day.year() - 1988) };
    let (year, month, date) = (year.to_string(), day.month().to_string(), day.day().to_string());
    fill_sentence("words", key, &[("year", if year == "1" { "元" } else { &year }), ("month", &month), ("day", &date)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccessFact;

    #[test]
    fn every_fact_can_be_said_and_asked_for() {
        for fact in AccessFact::ALL {
            let name = serde_json::to_value(fact).unwrap();
            for answer in ["yes", "no", "ask"] {
                assert!(!access_sentence(name.as_str().unwrap(), answer).is_empty(), "{name} {answer}");
            }
        }
    }

    #[test]
    fn an_end_after_midnight_is_said_to_be_of_the_next_day() {
        let at = |text: &str| Moment::Time(text.parse().unwrap());
        let text_of = |start, end| occurrence_text(&Occurrence { start: at(start), end: Some(at(end)) });
        assert_eq!(text_of("2026-11-26T00:00:00", "2026-11-27T00:00:00"), "11月26日（木）0:00〜24:00");
        assert_eq!(text_of("2026-11-26T22:00:00", "2026-11-27T02:00:00"), "11月26日（木）22:00〜翌2:00");
        assert_eq!(text_of("2026-11-26T13:30:00", "2026-11-26T15:00:00"), "11月26日（木）13:30〜15:00");
    }

    #[test]
    fn a_confirmation_is_dated_as_offices_do() {
        let text = |day: &str| era_date(day.parse().unwrap());
        assert_eq!(text("2026-09-13"), "令和8年9月13日");
        assert_eq!(text("2019-05-01"), "令和元年5月1日");
        assert_eq!(text("2019-04-30"), "平成31年4月30日");
    }

    #[test]
    fn a_value_with_braces_stays_as_it_is() {
        assert_eq!(fill("「{a}」と{b}", &[("a", "{b}"), ("b", "x")]), "「{b}」とx");
    }
}
