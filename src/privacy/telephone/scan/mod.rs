//! The scan for telephone numbers: at which characters one begins and ends, and whether it is a mobile number.
//!
//! Mobile numbers are found in any notation: 090-1234-5678, ０９０／１２３４／５６７８, 〇九〇ー一二三四ー五六七八, 90-1234-5678 (a
//! spreadsheet dropped the zero), +81 90 1234 5678. All others are found in the notations of offices. Times, dates and prices
//! are no numbers. This module does no I/O.

use super::digits::{DigitReader, READERS, digit};
use super::spoken::DigitText;

/// Alphanumeric characters accepted as separators: の as in 090の1234の5678, 局 and 番 as in 090局1234番5678, and kanji and kana
/// that look like a dash.
const SEPARATOR_LETTERS: &str = "ーｰ一ノのﾉ局番号";

/// Dashes, as people type them.
const DASHES: &str = "-‐‑‒–—―−ーｰ－─﹣";

/// Other separators that hardly stand between numbers which belong to different things.
const CLOSE_SIGNS: &str = "()（） \u{3000}";

/// Maximum length of a separator, in characters: a line break, a dash and a space. A run of spaces counts as one.
const GAP_SIGNS: usize = 3;

/// Maximum number of digits including the country code: 0081 (0)90 1234 5678.
const MOST_DIGITS: usize = 15;

/// Number of digits of a number abroad, with its country code, and at most with what one dials before it.
const FEWEST_FOREIGN_DIGITS: usize = 9;
const MOST_FOREIGN_DIGITS: usize = 18;

/// Minimum number of digits of a whole number: 90 1234 5678.
const FEWEST_DIGITS: usize = 10;

/// Digits of a number without its area code.
const LOCAL_DIGITS: usize = 6;

/// Prefixes of mobile numbers.
const MOBILE_PREFIXES: [&str; 4] = ["060", "070", "080", "090"];

/// A number found by the scan, as a half-open range of character positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberRange {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) mobile: bool,
}

/// The telephone numbers in `chars`, ascending and disjoint. The time grows with the length of the text alone.
pub(super) fn numbers_in(chars: &[char]) -> Vec<NumberRange> {
    let Some(read) = DigitText::of(chars) else { return written_numbers_in(chars) };
    let as_written = |number: NumberRange| {
        let (start, end) = read.written((number.start, number.end));
        NumberRange { start, end, ..number }
    };
    written_numbers_in(&read.chars).into_iter().map(as_written).collect()
}

/// The numbers in digits.
fn written_numbers_in(chars: &[char]) -> Vec<NumberRange> {
    let mut found: Vec<NumberRange> = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let number = READERS.iter().find_map(|value| number_at(chars, i, *value));
        if let Some((end, mobile)) = number {
            let free_from = found.last().map_or(0, |last| last.end);
            found.push(NumberRange { start: with_sign(chars, (i, end), free_from), end, mobile });
            i = end;
        } else {
            i += 1;
        }
    }
    found
}

/// Runs of digits that may be a number without its area code, of six digits or more: 662-7777. Times and dates are none.
pub(super) fn local_numbers_in(chars: &[char]) -> Vec<(usize, usize)> {
    let (mut runs, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        let length = if digit(chars[i]).is_some() { length_of_run(&chars[i..]) } else { 0 };
        let count = chars[i..i + length].iter().filter_map(|c| digit(*c)).count();
        let end = i + chars[i..i + length].iter().rposition(|c| digit(*c).is_some()).map_or(0, |last| last + 1);
        let next = chars.get(i + length);
        if count >= LOCAL_DIGITS && next.is_none_or(|c| !":：〜~～時月日年".contains(*c)) {
            runs.push((i, end));
        }
        i += length.max(1);
    }
    runs
}

/// The length of the run of digits, and of what stands between the digits of a number, with which `chars` begins: 62-9911, 62の9911.
fn length_of_run(chars: &[char]) -> usize {
    let is_between = |at: usize| {
        let is_digit = |at: usize| chars.get(at).is_some_and(|c| digit(*c).is_some());
        "の局".contains(chars[at]) && at > 0 && is_digit(at - 1) && is_digit(at + 1)
    };
    let is_part =
        |at: &usize| digit(chars[*at]).is_some() || is_close(chars[*at]) || is_form(chars[*at]) || is_between(*at);
    (0..chars.len()).take_while(is_part).count()
}

/// Whether `text`, a whole cell, begins like a mobile number, though it is too short or too long for one.
pub(in crate::privacy) fn begins_like_a_mobile(text: &str) -> bool {
    let mut number = WrittenNumber::default();
    text.chars().filter_map(digit).take(MOST_DIGITS).for_each(|digit| number.add(digit, false, '-'));
    let domestic = number.domestic();
    // 0800-123-4567 is toll-free.
    let short = ["70-", "80-", "90-"].iter().any(|start| text.starts_with(start));
    domestic.len() >= 8
        && (short || MOBILE_PREFIXES.iter().any(|prefix| domestic.starts_with(prefix)) && !domestic.starts_with("0800"))
}

/// The plus sign of the country code belongs to the number, and the bracket that closes within it.
fn with_sign(chars: &[char], (start, end): (usize, usize), free_from: usize) -> usize {
    let bracket = chars[start..end].iter().find(|c| "()（）".contains(**c));
    if start > free_from && matches!(chars[start - 1], '(' | '（') && bracket.is_some_and(|c| matches!(c, ')' | '）'))
    {
        return start - 1;
    }
    let before = chars[free_from..start].iter().rev().take_while(|c| c.is_whitespace() || is_form(**c)).count();
    let plus = (start - before).checked_sub(1).filter(|at| *at >= free_from && matches!(chars[*at], '+' | '＋'));
    plus.unwrap_or(start)
}

/// The end (exclusive) of the number that begins at `start`, and whether it is a mobile number.
fn number_at(chars: &[char], start: usize, value: DigitReader) -> Option<(usize, bool)> {
    if matches!(chars[start], '(' | '（') {
        let next = chars.get(start + 1).copied().and_then(value)?;
        return end_of_office(chars, start, value).filter(|_| next == '0').map(|end| (end, false));
    }
    value(chars[start])?;
    let before = start.checked_sub(1).map(|i| chars[i]);
    // In ③090-… the ③ is a list marker. A digit inside a longer number begins no number.
    let begins = before.is_none_or(|c| value(c).is_none() || is_enclosed(c) != is_enclosed(chars[start]));
    if !begins {
        return None;
    }
    let mobile =
        end_of_mobile(chars, start, value).or_else(|| end_of_foreign(chars, start, value)).map(|end| (end, true));
    mobile.or_else(|| end_of_office(chars, start, value).map(|end| (end, false)))
}

fn end_of_mobile(chars: &[char], start: usize, value: DigitReader) -> Option<usize> {
    read_number(chars, start, value, WrittenNumber::is_mobile)
}

/// The end of a number of another country, which no office of a municipality has: +84 90 123 4567, 0086-138-1234-5678.
fn end_of_foreign(chars: &[char], start: usize, value: DigitReader) -> Option<usize> {
    let has_plus = start.checked_sub(1).is_some_and(|at| matches!(chars[at], '+' | '＋'));
    if !has_plus && value(chars[start]) != Some('0') {
        return None;
    }
    let (mut digits, mut groups, mut gap, mut end) = (String::new(), 1, 0, start);
    for (at, &c) in chars.iter().enumerate().skip(start) {
        match value(c) {
            Some(digit) => {
                groups += usize::from(gap > 0);
                digits.push(digit);
                (gap, end) = (0, at + 1);
            }
            None if is_form(c) => {}
            None if (is_close(c) || matches!(c, '.' | '．')) && gap < GAP_SIGNS => gap += 1,
            None => break,
        }
        if digits.len() > MOST_FOREIGN_DIGITS {
            return None;
        }
    }
    let abroad = ["010", "00"].iter().find_map(|prefix| digits.strip_prefix(prefix)).filter(|_| groups >= 3);
    let country = if has_plus { digits.as_str() } else { abroad? };
    let is_foreign = !country.starts_with("81") && !country.starts_with('0') && country.len() >= FEWEST_FOREIGN_DIGITS;
    is_foreign.then(|| end_of_form(chars, end))
}

/// The end of a number of ten digits, or of eleven behind 050 or 0800. After a dash none begins: 2026-0790-…
fn end_of_office(chars: &[char], start: usize, value: DigitReader) -> Option<usize> {
    if start.checked_sub(1).is_some_and(|i| DASHES.contains(chars[i])) {
        return None;
    }
    let abroad = has_plus(chars, start);
    read_number(chars, start, value, |number| number.is_office(abroad))
}

fn has_plus(chars: &[char], start: usize) -> bool {
    chars[..start].iter().rev().find(|c| !c.is_whitespace()).is_some_and(|c| matches!(c, '+' | '＋'))
}

/// Reads digits and separators from `start` until `is_whole` accepts what was read, and no further digit follows.
fn read_number(
    chars: &[char],
    start: usize,
    value: DigitReader,
    is_whole: impl Fn(&WrittenNumber) -> bool,
) -> Option<usize> {
    let mut number = WrittenNumber::default();
    let (mut gap, mut spaced) = (Gap::default(), false);
    for (i, &c) in chars.iter().enumerate().skip(start) {
        if let Some(digit) = value(c) {
            number.add(digit, gap.signs > 0, gap.sign);
            (gap, spaced) = (Gap::default(), false);
        } else {
            if is_form(c) {
                continue;
            }
            gap.add(c, spaced);
            spaced = c.is_whitespace();
            if gap.signs > GAP_SIGNS || !is_separator(c) {
                return None;
            }
            continue;
        }
        if number.digits.len() > MOST_DIGITS {
            return None;
        }
        let may_be_whole = number.digits.len() >= FEWEST_DIGITS;
        if may_be_whole && is_whole(&number) && chars.get(i + 1).copied().and_then(value).is_none() {
            return Some(end_of_form(chars, i + 1));
        }
    }
    None
}

/// What stands between two digits.
#[derive(Clone, Copy)]
struct Gap {
    signs: usize,
    /// Its least usual sign.
    sign: char,
}

impl Default for Gap {
    fn default() -> Self {
        Self { signs: 0, sign: '-' }
    }
}

impl Gap {
    fn add(&mut self, sign: char, spaced: bool) {
        self.signs += usize::from(!(spaced && sign.is_whitespace()));
        if !is_close(sign) {
            self.sign = sign;
        }
    }
}

/// Includes trailing variation selectors and combining marks, which only style the last digit (keycap emoji).
fn end_of_form(chars: &[char], from: usize) -> usize {
    from + chars[from..].iter().take_while(|c| is_form(**c)).count()
}

/// Characters of no width, which style or join others.
fn is_form(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

/// The digits and their grouping, accumulated while the scan moves on.
#[derive(Default)]
struct WrittenNumber {
    digits: String,
    /// Digits per group, in order.
    groups: Vec<usize>,
    has_colon: bool,
    /// Whether a separator is one that also stands in dates, times and sums.
    has_loose: bool,
}

impl WrittenNumber {
    fn add(&mut self, digit: char, new_group: bool, sign: char) {
        self.digits.push(digit);
        self.has_colon |= matches!(sign, ':' | '：');
        self.has_loose |= !is_close(sign);
        match self.groups.last_mut() {
            Some(last) if !new_group => *last += 1,
            _ => self.groups.push(1),
        }
    }

    /// The digits as dialled at home: 81 90 1234 5678 is 09012345678.
    fn domestic(&self) -> String {
        let abroad = ["0081", "01081", "81"].iter().find_map(|code| self.digits.strip_prefix(code));
        abroad.map_or_else(|| self.digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')))
    }

    fn is_mobile(&self) -> bool {
        let number = self.domestic();
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| number.starts_with(prefix));
        match number.len() {
            // 08:00〜12:00 (300円) has eleven digits as well; the grouping rules it out.
            11 => {
                begins(&MOBILE_PREFIXES)
                    && (!self.has_colon || self.is_grouped_behind(3))
                    && !self.is_toll_free()
                    && !self.is_two_times()
            }
            // 9:00〜12:00 500円 has ten.
            10 => begins(&["60", "70", "80", "90"]) && self.is_grouped_behind(2),
            _ => false,
        }
    }

    /// 0800-123-4567, which only the grouping tells from 080-0123-4567.
    fn is_toll_free(&self) -> bool {
        self.digits.starts_with("0800") && self.groups == [4, 3, 4]
    }

    /// 0900-1200 (300円): four digits each for the beginning and the end.
    fn is_two_times(&self) -> bool {
        let is_time = |text: &str| matches!((text[..2].parse(), text[2..].parse()), (Ok(0..=24), Ok(0..=59)));
        self.groups == [4, 4, 3] && is_time(&self.digits[..4]) && is_time(&self.digits[4..8])
    }

    fn is_office(&self, abroad: bool) -> bool {
        if self.digits.starts_with('0') {
            let eleven = self.digits.starts_with("050") || self.is_toll_free();
            let mobile = MOBILE_PREFIXES.iter().any(|prefix| self.digits.starts_with(prefix)) && !eleven;
            let whole = self.digits.len() == if eleven { 11 } else { 10 };
            return whole && !mobile && self.is_grouped_as_offices_write();
        }
        let number = self.domestic();
        abroad && self.digits.starts_with("81") && number.len() == 10 && self.groups.len() <= 5
    }

    /// Whether the number ends with four digits (three behind 0120), and dots and slashes stand where offices put them.
    fn is_grouped_as_offices_write(&self) -> bool {
        let last = self.groups.last().copied().unwrap_or_default();
        let groups = self.groups.len();
        if self.has_colon || (self.has_loose && groups != 3) {
            return false;
        }
        let toll_free = ["0120", "0570", "0800"].iter().any(|prefix| self.digits.starts_with(prefix));
        groups == 1 || last >= 4 || last == 3 && toll_free && groups == 3
    }

    /// Whether separators occur only after the first `first` digits and before the last four.
    fn is_grouped_behind(&self, first: usize) -> bool {
        let ends = self.groups.iter().scan(0, |sum, group| {
            *sum += group;
            Some(*sum)
        });
        ends.into_iter().all(|end| end == first || end == first + 4 || end == first + 8)
    }
}

fn is_close(c: char) -> bool {
    DASHES.contains(c) || CLOSE_SIGNS.contains(c)
}

fn is_separator(c: char) -> bool {
    !c.is_alphanumeric() || SEPARATOR_LETTERS.contains(c)
}

/// Enclosed alphanumerics (①, ❶), which usually are list markers.
fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}')
}

#[cfg(test)]
mod tests;
