//! Tokens that begin with a number: times, dates, days, counts, prices. This module does no I/O.

use chrono::Weekday;

use super::{ClockTime, PerUnit, TokenKind, starts_with, words};
use crate::schedule::rule::YearDay;

/// A token that begins with a number or with the word before one (第, 令和, 全), and its length.
///
/// `last` is the token before, spaces apart; `touching` the one directly before.
pub(super) fn number(
    rest: &[char],
    last: Option<TokenKind>,
    touching: Option<TokenKind>,
) -> Option<(TokenKind, usize)> {
    if rest[0] == '第' {
        return nth(rest);
    }
    if let Some(era) = era_date(rest) {
        return Some(era);
    }
    if let Some(count) = count(rest) {
        return Some(count);
    }
    let number = DigitRun::read(rest)?;
    let in_list = matches!(last, Some(TokenKind::Nth(_) | TokenKind::Number(_) | TokenKind::Comma(_)));
    if number.kanji && !in_list && !number.has_unit(rest) {
        return None;
    }
    let of_a_word = matches!(touching, Some(TokenKind::Unknown));
    if of_a_word && number.kanji {
        return None;
    }
    Some(
        western_date(rest, number)
            .or_else(|| with_colon(rest, number))
            .or_else(|| phone(rest))
            .unwrap_or_else(|| with_unit(rest, number, last)),
    )
}

/// Whether the characters begin with a digit.
pub(super) fn begins(rest: &[char]) -> bool {
    DigitRun::read(rest).is_some()
}

/// Whether the characters begin with a time of day.
pub(super) fn is_clock(rest: &[char]) -> bool {
    let Some(number) = DigitRun::read(rest) else { return false };
    let after = &rest[number.length..];
    match after {
        [':', ..] => true,
        ['時', rest @ ..] => rest.first() != Some(&'間'),
        // 「午後1〜3時」
        ['~' | '-', rest @ ..] => DigitRun::read(rest).is_some_and(|n| rest.get(n.length) == Some(&'時')),
        _ => false,
    }
}

/// A number in digits or kanji.
#[derive(Debug, Clone, Copy)]
pub(super) struct DigitRun {
    pub(super) value: u32,
    pub(super) length: usize,
    kanji: bool,
}

impl DigitRun {
    pub(super) fn read(rest: &[char]) -> Option<Self> {
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        if digits > 0 {
            let value = rest[..digits].iter().collect::<String>().parse().unwrap_or(u32::MAX);
            return Some(Self { value, length: digits, kanji: false });
        }
        let length = rest.iter().take_while(|c| kanji_digit(**c).is_some()).count();
        (length > 0).then(|| kanji_value(&rest[..length])).flatten().map(|value| Self { value, length, kanji: true })
    }

    fn has_unit(self, rest: &[char]) -> bool {
        matches!(rest.get(self.length), Some('時' | '分' | '月' | '日' | '年' | '円' | '名' | '回' | '週'))
            && !matches!((rest.get(self.length), rest.get(self.length + 1)), (Some('日'), Some('中')))
    }
}

fn kanji_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九十".chars().zip(0..).find(|(digit, _)| *digit == c).map(|(_, value)| value)
}

/// 十二, 二十, 二十五, 三, 二〇 …; `None` for what is no number below a hundred.
fn kanji_value(chars: &[char]) -> Option<u32> {
    let digits: Vec<u32> = chars.iter().filter_map(|c| kanji_digit(*c)).collect();
    let in_range = |d: &u32| (1..=9).contains(d);
    match digits.as_slice() {
        [d] => Some(*d),
        [10, ones] if in_range(ones) => Some(10 + ones),
        [tens, 10] if in_range(tens) => Some(tens * 10),
        [tens, 10, ones] if in_range(tens) && in_range(ones) => Some(tens * 10 + ones),
        [tens, ones] if in_range(tens) && *ones < 10 => Some(tens * 10 + ones),
        _ => None,
    }
}

fn nth(rest: &[char]) -> Option<(TokenKind, usize)> {
    let number = DigitRun::read(&rest[1..])?;
    Some((TokenKind::Nth(number.value), 1 + number.length))
}

/// 月2回, 週1回, 年4回, 全5回.
fn count(rest: &[char]) -> Option<(TokenKind, usize)> {
    let per = match rest[0] {
        '月' => PerUnit::Month,
        '週' => PerUnit::Week,
        '年' => PerUnit::Year,
        '全' | '計' => PerUnit::InAll,
        _ => return None,
    };
    let particle = usize::from(rest.get(1) == Some(&'に'));
    let number = DigitRun::read(&rest[1 + particle..])?;
    let end = 1 + particle + number.length;
    let of_days = per == PerUnit::Week && rest.get(end) == Some(&'日') && rest.get(end + 1) != Some(&'曜');
    let of_days = of_days
        || per == PerUnit::InAll && rest.get(end) == Some(&'日') && !matches!(rest.get(end + 1), Some('曜' | '間'));
    (of_days || rest.get(end) == Some(&'回')).then_some((TokenKind::Count { per, times: number.value }, end + 1))
}

/// 令和8年12月20日, R8.12.20, 令和8年度.
fn era_date(rest: &[char]) -> Option<(TokenKind, usize)> {
    const ERAS: [(&str, i32); 5] = [("令和", 2018), ("平成", 1988), ("R", 2018), ("H", 1988), ("r", 2018)];
    let (name, before_first) = ERAS.iter().find(|(name, _)| starts_with(rest, name))?;
    let start = name.chars().count();
    let (value, length) = if rest.get(start) == Some(&'元') {
        (1, 1)
    } else {
        let number = DigitRun::read(&rest[start..])?;
        (number.value, number.length)
    };
    let year = before_first + i32::try_from(value).ok().filter(|y| *y < 100)?;
    let end = start + length;
    if rest.get(end) == Some(&'年') { Some(year_and_more(rest, year, end + 1)) } else { dotted(rest, year, end) }
}

/// 2026年12月20日, 2026/12/20, 2026-12-20, 2026.12.20, 2026年度.
fn western_date(rest: &[char], number: DigitRun) -> Option<(TokenKind, usize)> {
    let year = i32::try_from(number.value).ok().filter(|y| (1900..2200).contains(y) && number.length == 4)?;
    let end = number.length;
    if rest.get(end) == Some(&'年') { Some(year_and_more(rest, year, end + 1)) } else { dotted(rest, year, end) }
}

fn year_and_more(rest: &[char], year: i32, end: usize) -> (TokenKind, usize) {
    if rest.get(end) == Some(&'度') {
        return (TokenKind::FiscalYear(year), end + 1);
    }
    let end_of_spaces = end + rest[end..].iter().take_while(|c| **c == ' ').count();
    if let Some((TokenKind::Date { month, day, .. }, length)) = month_and_day(&rest[end_of_spaces..]) {
        let kind = if exists(year, month, day) {
            TokenKind::Date { year: Some(year), month, day }
        } else {
            TokenKind::Unknown
        };
        return (kind, end_of_spaces + length);
    }
    (TokenKind::Year(year), end)
}

fn dotted(rest: &[char], year: i32, end: usize) -> Option<(TokenKind, usize)> {
    let mark = *rest.get(end).filter(|c| matches!(c, '.' | '/' | '-'))?;
    let month = DigitRun::read(&rest[end + 1..])?;
    let second = end + 1 + month.length;
    let day = DigitRun::read(rest.get(second + 1..).filter(|_| rest[second] == mark)?)?;
    let kind = if exists(year, month.value, day.value) {
        TokenKind::Date { year: Some(year), month: month.value, day: day.value }
    } else {
        TokenKind::Unknown
    };
    Some((kind, second + 1 + day.length))
}

fn exists(year: i32, month: u32, day: u32) -> bool {
    chrono::NaiveDate::from_ymd_opt(year, month, day).is_some()
}

/// 13:30, 9:00:00.
fn with_colon(rest: &[char], number: DigitRun) -> Option<(TokenKind, usize)> {
    let colon = number.length;
    let minutes = two_digits(rest, colon)?;
    let length = colon + 3;
    let seconds = if two_digits(rest, length) == Some(0) { 3 } else { 0 };
    let length = length + seconds;
    let ends = !rest.get(length).is_some_and(|c| c.is_ascii_digit() || *c == ':');
    let padded = number.length == 2;
    let kind = clock(number.value, minutes, padded, true).filter(|_| ends && number.length <= 2);
    Some((kind.unwrap_or(TokenKind::Unknown), length))
}

fn two_digits(rest: &[char], colon: usize) -> Option<u32> {
    if rest.get(colon) != Some(&':') {
        return None;
    }
    let tens = rest.get(colon + 1)?.to_digit(10)?;
    Some(tens * 10 + rest.get(colon + 2)?.to_digit(10)?)
}

/// A time of day; up to 29:59 for what ends after midnight.
fn clock(hours: u32, minutes: u32, padded: bool, colon: bool) -> Option<TokenKind> {
    let valid = hours <= 29 && minutes <= 59;
    let minutes = u16::try_from(hours * 60 + minutes).ok().filter(|_| valid)?;
    let sure = hours >= 13 || hours == 0 || (padded && hours < 10);
    Some(TokenKind::Clock(ClockTime { minutes, sure, colon }))
}

/// 079-669-2439.
fn phone(rest: &[char]) -> Option<(TokenKind, usize)> {
    let length = rest.iter().take_while(|c| c.is_ascii_digit() || **c == '-').count();
    let parts: Vec<usize> = rest[..length].split(|c| *c == '-').map(<[char]>::len).collect();
    let digits: usize = parts.iter().sum();
    (parts.len() == 3 && parts.iter().all(|n| *n > 0) && (9..=11).contains(&digits))
        .then_some((TokenKind::Phone, length))
}

fn with_unit(rest: &[char], number: DigitRun, last: Option<TokenKind>) -> (TokenKind, usize) {
    let n = number.length;
    let after = &rest[n..];
    let is_weekday =
        |at: usize| after.get(at + 1) == Some(&'曜') && after.get(at).is_some_and(|c| words::weekday(*c).is_some());
    if is_weekday(0) {
        return (TokenKind::Number(number.value), n);
    }
    match after.first() {
        Some('時') if after.get(1) == Some(&'間') => {
            (TokenKind::Duration, n + 2 + usize::from(after.get(2) == Some(&'半')))
        }
        Some('時') => hours_and_minutes(after, number),
        Some('分') => (TokenKind::Duration, n + 1 + usize::from(after.get(1) == Some(&'間'))),
        Some('月') => month_and_day(rest).unwrap_or((TokenKind::Unknown, n + 1)),
        Some('日') if after.get(1) == Some(&'間') => (days_in_all(number.value, last), n + 2),
        Some('日') => (TokenKind::Day(number.value), n + 1),
        Some('回') => match ["コース", "シリーズ", "連続講座", "連続"]
            .iter()
            .find(|word| starts_with(&after[1..], word))
        {
            Some(word) => (TokenKind::Count { per: PerUnit::InAll, times: number.value }, n + 1 + word.chars().count()),
            None => (counted(number.value, last), n + 1),
        },
        Some('円' | '名' | '人' | '歳' | '才' | '組' | '席' | '台') => amount(after, n),
        Some('/') => slashed(rest, number),
        _ => (TokenKind::Number(number.value), n),
    }
}

/// 「の3日間」, behind the days that it counts.
fn days_in_all(times: u32, last: Option<TokenKind>) -> TokenKind {
    match last {
        Some(TokenKind::Particle('の')) => TokenKind::Count { per: PerUnit::InAll, times },
        _ => TokenKind::Unknown,
    }
}

fn counted(times: u32, last: Option<TokenKind>) -> TokenKind {
    use super::ScheduleWord;
    match last {
        Some(TokenKind::Word(ScheduleWord::EveryWeek)) => TokenKind::Count { per: PerUnit::Week, times },
        Some(TokenKind::Word(ScheduleWord::EveryMonth)) => TokenKind::Count { per: PerUnit::Month, times },
        _ => TokenKind::Times(times),
    }
}

fn hours_and_minutes(after: &[char], number: DigitRun) -> (TokenKind, usize) {
    let (minutes, length) = match after.get(1) {
        Some('半') => (30, 2),
        Some(_) => match DigitRun::read(&after[1..]) {
            Some(m) if after.get(1 + m.length) == Some(&'分') => (m.value, 2 + m.length),
            _ => (0, 1),
        },
        None => (0, 1),
    };
    (clock(number.value, minutes, false, false).unwrap_or(TokenKind::Unknown), number.length + length)
}

/// 500円, 20名程度.
fn amount(after: &[char], n: usize) -> (TokenKind, usize) {
    const TAILS: [&str; 7] = ["以上", "以下", "未満", "程度", "まで", "前後", "ほど"];
    let tail = TAILS.iter().find(|tail| starts_with(&after[1..], tail)).map_or(0, |tail| tail.chars().count());
    (TokenKind::Amount, n + 1 + tail)
}

/// 12月20日, 12月, 2月末.
fn month_and_day(rest: &[char]) -> Option<(TokenKind, usize)> {
    let month = DigitRun::read(rest)?;
    if rest.get(month.length) != Some(&'月') {
        return None;
    }
    let end = month.length + 1;
    YearDay::new(month.value, 1)?;
    for word in ["末日", "末"] {
        if starts_with(&rest[end..], word) && rest.get(end + word.chars().count()) != Some(&'曜') {
            return Some((TokenKind::MonthEnd(month.value), end + word.chars().count()));
        }
    }
    let spaces = rest[end..].iter().take_while(|c| **c == ' ').count();
    let Some(day) = DigitRun::read(&rest[end + spaces..]) else { return Some((TokenKind::Month(month.value), end)) };
    let unit = end + spaces + day.length;
    if rest.get(unit) != Some(&'日') || matches!(rest.get(unit + 1), Some('曜' | '間')) {
        return Some((TokenKind::Month(month.value), end));
    }
    let kind = YearDay::new(month.value, day.value).map(|d| TokenKind::Date { year: None, month: d.month, day: d.day });
    Some((kind.unwrap_or(TokenKind::Unknown), unit + 1))
}

/// 12/20, unless it is part of something longer.
fn slashed(rest: &[char], number: DigitRun) -> (TokenKind, usize) {
    let plain = (TokenKind::Number(number.value), number.length);
    let Some(day) = DigitRun::read(&rest[number.length + 1..]) else { return plain };
    let end = number.length + 1 + day.length;
    let longer =
        matches!(rest.get(end), Some('/' | ':' | '時' | '月' | '.')) && rest.get(end + 1).is_some_and(|c| *c != ' ');
    if longer || number.kanji || day.kanji {
        let kind = if rest.get(end) == Some(&'/') { TokenKind::Unknown } else { plain.0 };
        return (kind, number.length);
    }
    let kind =
        YearDay::new(number.value, day.value).map(|d| TokenKind::Date { year: None, month: d.month, day: d.day });
    (kind.unwrap_or(TokenKind::Unknown), end)
}

/// The weekday meant where 「第1・3月」 has its last character taken for a month, or 「第2・4日」 for a day.
pub(in crate::schedule) fn weekday_of_unit(kind: TokenKind) -> Option<(u32, Weekday)> {
    match kind {
        TokenKind::Month(n) => Some((n, Weekday::Mon)),
        TokenKind::Day(n) => Some((n, Weekday::Sun)),
        _ => None,
    }
}
