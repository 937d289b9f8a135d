//! Time of day parsing: 9：00, 900, 13時半, 午後1時, 24:00, and Excel's fractions of a day.
//!
//! This module does no I/O.

use super::cell::narrow;

/// Time of day in minutes after midnight, up to 24:00 and, for nights, 29:59.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) struct DayMinutes(pub(in crate::import) u32);

impl std::fmt::Display for DayMinutes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// Parses a time of day; `None` if `text` is not one.
pub(in crate::import) fn time(text: &str) -> Option<DayMinutes> {
    let text: String = narrow(text).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.strip_suffix("頃").or_else(|| text.strip_suffix("ごろ")).unwrap_or(&text);
    let (text, afternoon) = half_of_day(text);
    let minutes = clock(text).or_else(|| kanji(text)).or_else(|| digits(text)).or_else(|| fraction(text))?;
    match afternoon {
        Some(true) if minutes < 12 * 60 => Some(DayMinutes(minutes + 12 * 60)),
        Some(false) if minutes > 12 * 60 => None,
        _ => (minutes < 30 * 60).then_some(DayMinutes(minutes)),
    }
}

fn half_of_day(text: &str) -> (&str, Option<bool>) {
    for (word, afternoon) in [("午前", false), ("午後", true), ("am", false), ("pm", true)] {
        if let Some(rest) = text.strip_prefix(word).or_else(|| text.strip_suffix(word)) {
            return (rest.trim_start_matches('.'), Some(afternoon));
        }
    }
    (text, None)
}

/// Parses `9:00`, `09:00:00`, `9.30`.
fn clock(text: &str) -> Option<u32> {
    let mut parts = text.split(':');
    let (hour, minute) = match (parts.next()?, parts.next()) {
        (hour, Some(minute)) => (hour, minute),
        (only, None) => only.split_once('.').filter(|(hour, minute)| minute.len() == 2 && *hour != "0")?,
    };
    let seconds_are_fine = parts.next().is_none_or(|s| number(s, 2).is_some_and(|s| s < 60)) && parts.next().is_none();
    let minute = number(minute, 2).filter(|m| *m < 60 && minute.len() == 2)?;
    Some(number(hour, 2).filter(|_| seconds_are_fine)? * 60 + minute)
}

/// Parses `13時`, `13時半`, `13時30分`.
fn kanji(text: &str) -> Option<u32> {
    let (hour, rest) = text.split_once('時')?;
    let minute = match rest {
        "" => 0,
        "半" => 30,
        rest => number(rest.strip_suffix('分').unwrap_or(rest), 2).filter(|m| *m < 60)?,
    };
    Some(number(hour, 2)? * 60 + minute)
}

/// Parses `9`, `24`, `900`, `0930`, `1330`.
fn digits(text: &str) -> Option<u32> {
    let value = number(text, 4)?;
    match text.len() {
        1 | 2 => (value <= 24).then_some(value * 60),
        _ => (value % 100 < 60).then_some(value / 100 * 60 + value % 100),
    }
}

/// Parses `0.375`, a fraction of a day, rounded to the minute.
fn fraction(text: &str) -> Option<u32> {
    let plain = text.starts_with("0.") && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let minutes = text.parse::<f64>().ok().filter(|_| plain)? * 24.0 * 60.0;
    let whole = (0..24 * 60).find(|m| (f64::from(*m) - minutes).abs() < 0.51)?;
    ((f64::from(whole) - minutes).abs() < 0.02).then_some(whole)
}

fn number(text: &str, longest: usize) -> Option<u32> {
    let plain = (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_however_it_is_written() {
        for (text, expected) in [
            ("9：00", "9:00"),
            ("09:00", "9:00"),
            ("９：００", "9:00"),
            ("9:00:00", "9:00"),
            ("900", "9:00"),
            ("0900", "9:00"),
            ("9", "9:00"),
            ("24", "24:00"),
            ("24:00", "24:00"),
            ("0.375", "9:00"),
            ("0.5625", "13:30"),
            ("13時半", "13:30"),
            ("13時", "13:00"),
            ("１３時３０分", "13:30"),
            ("午後1時30分", "13:30"),
            ("午前9時", "9:00"),
            ("PM1:00", "13:00"),
            ("9.30", "9:30"),
            ("1330", "13:30"),
            ("午後0時30分", "12:30"),
            ("10時頃", "10:00"),
            ("0.395833333333333", "9:30"),
            ("25:00", "25:00"),
            ("00:00", "0:00"),
        ] {
            assert_eq!(time(text).map(|t| t.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "日没",
            "なし",
            "9:75",
            "99:00",
            "975",
            "午前13時",
            "9時70分",
            "",
            "1.5",
            "0.3751234",
            "月",
            "9:00〜17:00",
            "12345",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
