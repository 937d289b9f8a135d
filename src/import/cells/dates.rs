//! Date parsing: 令和8年4月1日, R8.4.1, 2026/4/1, 20260401, and Excel's serial day numbers.
//!
//! This module does no I/O.

use chrono::{Days, NaiveDate};

use super::cell::narrow;

/// Japanese eras: spellings, the year before the first, and the last year.
const ERAS: [(&[&str], i32, i32); 5] = [
    (&["令和", "㋿", "r"], 2018, 99),
    (&["平成", "㍻", "h"], 1988, 31),
    (&["昭和", "㍼", "s"], 1925, 64),
    (&["大正", "㍽", "t"], 1911, 15),
    (&["明治", "㍾", "m"], 1867, 45),
];

/// Words that often follow a date in its cell.
const TRAILING: [&str; 6] = ["現在", "時点", "確認済み", "確認済", "確認", "更新"];

/// Serial day numbers accepted as dates: 1982 to 2064.
const SERIALS: std::ops::RangeInclusive<u64> = 30_000..=60_000;

/// Parses a date; a month alone means its first day. `None` if it is unreadable or does not exist.
pub(in crate::import) fn date(text: &str) -> Option<NaiveDate> {
    let text = narrow(text).to_lowercase();
    let text = date_part(&text);
    let compact: String = without_time(text).chars().filter(|c| !c.is_whitespace()).collect();
    let compact = TRAILING.iter().fold(&*compact, |t, word| t.strip_suffix(word).unwrap_or(t));
    if compact.bytes().all(|b| b.is_ascii_digit()) {
        return digits_alone(compact);
    }
    let (base, rest, last) = era(compact).unwrap_or((0, compact, 9999));
    let (year, rest) = year(rest)?;
    if base == 0 && year < 1868 || base > 0 && !(1..=last).contains(&year) {
        return None;
    }
    let (month, day) = month_and_day(rest)?;
    NaiveDate::from_ymd_opt(base + year, month, day)
}

/// Removes a weekday in brackets or an ISO time behind the date; the `t` of 大正 (taisho) is not a place to cut.
fn date_part(text: &str) -> &str {
    let has_digit = |s: &str| s.bytes().any(|b| b.is_ascii_digit());
    text.split_once(['(', 't']).map(|(before, _)| before).filter(|before| has_digit(before)).unwrap_or(text)
}

/// Removes the time of day behind the date.
fn without_time(text: &str) -> &str {
    match text.trim().rsplit_once(' ') {
        Some((before, time)) if time.contains(':') && before.chars().any(|c| c.is_ascii_digit()) => before,
        _ => text,
    }
}

fn digits_alone(digits: &str) -> Option<NaiveDate> {
    let number: u64 = digits.parse().ok()?;
    if digits.len() == 8 {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        let parts = (i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?);
        return NaiveDate::from_ymd_opt(parts.0, parts.1, parts.2).filter(|_| parts.0 >= 1868);
    }
    if !SERIALS.contains(&number) {
        return None;
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(number))
}

/// The year before the era's first, the text after its name, and its last year.
fn era(text: &str) -> Option<(i32, &str, i32)> {
    ERAS.iter().find_map(|&(names, base, last)| {
        let rest = names.iter().find_map(|name| text.strip_prefix(name))?;
        Some((base, rest.trim_start_matches(['.', '-']), last))
    })
}

fn year(text: &str) -> Option<(i32, &str)> {
    if let Some(rest) = text.strip_prefix("元年") {
        return Some((1, rest));
    }
    let (number, rest) = leading_number(text)?;
    let rest = rest.strip_prefix(is_separator).or_else(|| rest.strip_prefix('年'))?;
    Some((i32::try_from(number).ok()?, rest))
}

fn month_and_day(text: &str) -> Option<(u32, u32)> {
    let (month, rest) = leading_number(text)?;
    if rest.is_empty() || rest == "月" {
        return Some((month, 1));
    }
    let rest = rest.strip_prefix(is_separator).or_else(|| rest.strip_prefix('月'))?;
    let (day, rest) = leading_number(rest)?;
    matches!(rest, "" | "日").then_some((month, day))
}

fn is_separator(c: char) -> bool {
    matches!(c, '/' | '.' | '-' | ':')
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_it_is_written() {
        let day = NaiveDate::from_ymd_opt(2026, 4, 1);
        for text in [
            "令和8年4月1日",
            "令和８年４月１日",
            "R8.4.1",
            "R8/4/1",
            "Ｒ８．４．１",
            "r8-4-1",
            "㋿8年4月1日",
            "2026/4/1",
            "2026-04-01",
            "2026.4.1",
            "2026年4月1日",
            "20260401",
            "46113",
            "2026:04:01",
            "令和8年4月1日(水)",
            "2026/4/1（水）",
            "R8.4.1現在",
            "2026-04-01 10:30",
            "2026-04-01T10:30:00",
            "令和 8年 4月 1日",
            "令和8年4月",
            "2026年4月1日確認",
            "R.8.4.1",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        assert_eq!(date("令和元年5月1日"), NaiveDate::from_ymd_opt(2019, 5, 1));
        assert_eq!(date("H31/4/1"), NaiveDate::from_ymd_opt(2019, 4, 1));
        assert_eq!(date("S64.1.7"), NaiveDate::from_ymd_opt(1989, 1, 7));
        assert_eq!(date("平成30年12月3日"), NaiveDate::from_ymd_opt(2018, 12, 3));
    }

    #[test]
    fn a_day_that_does_not_exist_or_cannot_be_told_is_none() {
        for text in [
            "令和8年2月30日",
            "2026/13/1",
            "H35.4.1",
            "26/4/1",
            "4/1",
            "4月1日",
            "令和7年度",
            "済",
            "○",
            "12345",
            "20261301",
            "令和0年1月1日",
            "R8",
            "2026",
            "",
            "不明",
            "0796621234",
            "2026/4/1から",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
