//! Date parsing: 令和8年4月1日, R8.4.1, 2026/4/1, 20260401, and Excel's serial day numbers.
//!
//! This module does no I/O.

use chrono::{Datelike as _, Days, Months, NaiveDate};

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

/// The last day of the day, month, year or fiscal year at the beginning of `text`, which has no spaces, and the bytes it takes:
/// R7年度末, 令和8年3月31日, R8.3末, 2026年3月, 来年度. A month without its year is none.
pub(in crate::import) fn period(text: &str, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let fiscal = if today.month() < 4 { today.year() - 1 } else { today.year() };
    let named = [("昨年度", fiscal - 1), ("今年度", fiscal), ("本年度", fiscal), ("来年度", fiscal + 1)];
    if let Some((name, year)) = named.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((last_of_month(year + 1, 3)?, name.len() + length_of(&text[name.len()..], &["末"])));
    }
    let lower = text.to_ascii_lowercase();
    let (base, rest) = era(&lower).map_or((0, lower.as_str()), |(base, rest, _)| (base, rest));
    let (number, rest) = rest.strip_prefix('元').map_or_else(|| leading_number(rest), |rest| Some((1, rest)))?;
    let year = base + i32::try_from(number).ok().filter(|year| base > 0 || (1900..2200).contains(year))?;
    let end = |rest: &str| lower.len() - rest.len();
    if let Some(rest) = rest.strip_prefix("年度") {
        return Some((last_of_month(year + 1, 3)?, end(rest) + length_of(rest, &["末"])));
    }
    let after_year = rest.strip_prefix('年').or_else(|| rest.strip_prefix(is_separator))?;
    let Some((month, rest)) = leading_number(after_year) else {
        return Some((NaiveDate::from_ymd_opt(year, 12, 31)?, end(after_year) + length_of(after_year, &["末"])));
    };
    let after_month = rest.strip_prefix('月').or_else(|| rest.strip_prefix(is_separator)).unwrap_or(rest);
    match leading_number(after_month) {
        Some((day, rest)) => Some((NaiveDate::from_ymd_opt(year, month, day)?, end(rest) + length_of(rest, &["日"]))),
        None => Some((last_of_month(year, month)?, end(after_month) + length_of(after_month, &["末日", "末"]))),
    }
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

fn length_of(text: &str, words: &[&str]) -> usize {
    words.iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.len())
}

/// The year before the era's first, the text after its name, and its last year.
pub(in crate::import) fn era(text: &str) -> Option<(i32, &str, i32)> {
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
    fn a_period_ends_on_its_last_day() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        for (text, day, length) in [
            ("R7年度末をもって", (2026, 3, 31), "R7年度末"),
            ("令和8年3月31日で", (2026, 3, 31), "令和8年3月31日"),
            ("R8.3末で", (2026, 3, 31), "R8.3末"),
            ("2024年2月から", (2024, 2, 29), "2024年2月"),
            ("令和6年で", (2024, 12, 31), "令和6年"),
            ("来年度で", (2028, 3, 31), "来年度"),
            ("今年度末で", (2027, 3, 31), "今年度末"),
            ("2027/3/31で", (2027, 3, 31), "2027/3/31"),
            ("令和元年度", (2020, 3, 31), "令和元年度"),
        ] {
            let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
            assert_eq!(period(text, today), Some((day, length.len())), "{text}");
        }
        for text in ["3月末で", "15:00", "12時", "8月は", "10名", "午後", ""] {
            assert_eq!(period(text, today), None, "{text}");
        }
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
