//! When needs were counted: a quarter or a month in the ways that cities write it. This module does no I/O.

use crate::import::cells::dates::era;
use crate::model::Month;
use crate::text::fold;

/// The last month of the quarter, or the month, that `cell` names: 2026-Q3, 2026年度第2四半期, 令和8年度第1四半期, 2026-07/2026-09,
/// 2026年7〜9月, 2026-07, R8.7. `None` where it is none, or a span that is no quarter.
pub(super) fn last_month(cell: &str) -> Option<Month> {
    let text = fold(cell);
    if let Some((from, to)) = text.split_once('/').filter(|(from, _)| from.parse::<Month>().is_ok()) {
        let last = to.parse::<Month>().ok()?;
        return (last.back(2) == from.parse().ok()?).then_some(last);
    }
    let (base, rest) = era(&text).map_or((0, text.as_str()), |(base, rest, _)| (base, rest));
    let (year, rest) = match rest.strip_prefix('元') {
        Some(rest) => (1, rest),
        None => number(rest)?,
    };
    let year = base + i32::try_from(year).ok().filter(|year| base > 0 || (1900..2200).contains(year))?;
    let (is_fiscal, rest) = match rest.strip_prefix("年度") {
        Some(rest) => (true, rest),
        None => (false, rest.trim_start_matches(['年', '-', 'ー', '/', '.', '_'])),
    };
    if let Some(quarter) = quarter(rest) {
        return month_of(year, quarter * 3 + if is_fiscal { 3 } else { 0 });
    }
    let month = months(rest).filter(|month| (1..=12).contains(month))?;
    month_of(year + i32::from(is_fiscal && month < 4), month)
}

/// The quarter of a year that `text` names: 第2四半期, q2, 2q.
fn quarter(text: &str) -> Option<u32> {
    let text = text.trim_start_matches('第');
    let (number, rest) = match text.strip_prefix('q') {
        Some(rest) => number(rest)?,
        None => number(text).filter(|(_, rest)| ["四半期", "q", "期"].contains(rest)).map(|(n, _)| (n, ""))?,
    };
    (rest.is_empty() && (1..=4).contains(&number)).then_some(number)
}

/// The month, or the last one of three, that `text` names: 7月, 07, 7〜9月, 7-9.
fn months(text: &str) -> Option<u32> {
    let (first, rest) = number(text)?;
    let rest = rest.trim_start_matches('月');
    let rest = rest.trim_end_matches(['分', '末']);
    if rest.is_empty() {
        return Some(first);
    }
    let behind = rest.strip_prefix("から").or_else(|| rest.strip_prefix(['〜', '~', '-', 'ー', '・', '、']))?;
    let (last, rest) = number(behind.trim_start_matches(|c: char| !c.is_ascii_digit()))?;
    (rest.trim_start_matches('月').is_empty() && last == first + 2 && first % 3 == 1).then_some(last)
}

/// The month `month` of `year`; of a fiscal year the fourth quarter ends in the third month of the next year.
fn month_of(year: i32, month: u32) -> Option<Month> {
    let (year, month) = if (13..=15).contains(&month) { (year + 1, month - 12) } else { (year, month) };
    format!("{year:04}-{month:02}").parse().ok()
}

/// The number at the beginning of `text`, and what stands behind it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        const NUMERALS: [(&str, u32); 4] = [("一", 1), ("二", 2), ("三", 3), ("四", 4)];
        return NUMERALS.iter().find_map(|(word, value)| Some((*value, text.strip_prefix(word)?)));
    }
    // 202607 is a month.
    if digits.len() == 6 {
        return Some((digits[..4].parse().ok()?, &text[4..]));
    }
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_months_are_read_as_cities_write_them() {
        for (cell, expected) in [
            ("2026-07/2026-09", "2026-09"),
            ("2026Q3", "2026-09"),
            ("2026-Q1", "2026-03"),
            ("２０２６年第４四半期", "2026-12"),
            ("2026年度第1四半期", "2026-06"),
            ("2026年度第４四半期", "2027-03"),
            ("令和8年度第2四半期", "2026-09"),
            ("令和元年度 第三四半期", "2019-12"),
            ("R8年度Q4", "2027-03"),
            ("R8.7", "2026-07"),
            ("2026-07", "2026-07"),
            ("2026/7", "2026-07"),
            ("202607", "2026-07"),
            ("2026年7月", "2026-07"),
            ("令和8年7〜9月", "2026-09"),
            ("2026年10月～12月", "2026-12"),
            ("2026年度2月", "2027-02"),
            ("2026年度4月", "2026-04"),
        ] {
            assert_eq!(last_month(cell).map(|month| month.to_string()).as_deref(), Some(expected), "{cell}");
        }
    }

    #[test]
    fn what_is_no_quarter_and_no_month_is_none() {
        for cell in [
            "",
            "2026",
            "2026年度",
            "2026Q5",
            "2026-13",
            "2026-00",
            "7月",
            "2026-07/2026-10",
            "2026年7〜10月",
            "2026年8〜10月",
            "令和",
            "99999-01",
            "2026年第0四半期",
            "昨年",
            "2026-07/",
            "/2026-07",
            "2026年7〜9月ごろ",
        ] {
            assert_eq!(last_month(cell), None, "{cell}");
        }
    }
}
