//! Whether a cell still says what went out, though a program has written it again. This module does no I/O.
//!
//! What spreadsheets and encodings do to a text that nobody touched: numbers without their zeros, dates in another form, `?` for
//! characters that `Shift_JIS` lacks, line ends, white space around it.

use std::borrow::Cow;

use chrono::{Datelike as _, NaiveDate};

use crate::import::cells::dates;

/// Digits from which on Excel writes a number with an exponent.
const EXPONENT_DIGITS: usize = 12;
/// Digits that Excel keeps of a number whose column is narrow.
const KEPT_DIGITS: usize = 8;

/// Whether `now` is `was`, written again.
pub(super) fn is_same(was: &str, now: &str) -> bool {
    if was == now {
        return true;
    }
    let (was, typed, now) = (plain(was), plain(now), plain(&unescaped(now)));
    was == now
        || was == typed
        || is_same_number(&was, &now)
        || is_same_date(&was, &now)
        || is_same_but_for_lost(&was, &now)
}

/// The text without what cells do not keep: white space around it, kinds of line ends, control characters.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| *c == '\n' || *c == '\t' || !(c.is_control() || is_invisible(*c));
    text.chars().filter(kept).collect::<String>().trim().to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// `_x000D_`: how workbooks write control characters, and `_x005F_` the sign before such a text.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let (end, written) = c.map_or((at + 2, None), |c| (at + 7, Some(c)));
        out.push_str(&rest[..if written.is_some() { at } else { end }]);
        out.extend(written);
        rest = &rest[end..];
    }
    (out + rest).into()
}

/// Whether `now` is the number that Excel makes of `was`.
fn is_same_number(was: &str, now: &str) -> bool {
    let (Some(before), Some(after)) = (number(was), now.parse::<f64>().ok()) else { return false };
    if !before.is_finite() || !after.is_finite() {
        return false;
    }
    let is_plain = |text: &str| text.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if is_plain(now) && now.trim_start_matches('-').starts_with('0') && !now.contains('.') && now != "0" {
        return false;
    }
    let digits = now.split(['e', 'E']).next().map_or(0, significant_digits);
    let is_exponent = now.contains(['e', 'E']);
    #[expect(clippy::float_cmp, reason = "the same text is the same number")]
    let is_exact = before == after;
    let is_long = significant_digits(was) >= EXPONENT_DIGITS;
    let is_shortened = is_exponent && is_long || now.contains('.') && digits >= KEPT_DIGITS;
    let places = i32::try_from(digits).unwrap_or(i32::MAX).saturating_sub(1);
    let is_near = || (before - after).abs() <= before.abs() * 0.5 * 10_f64.powi(-places);
    is_exact || is_shortened && digits < significant_digits(was) && is_near()
}

fn significant_digits(text: &str) -> usize {
    text.trim_start_matches(['-', '+', '0', '.']).bytes().filter(u8::is_ascii_digit).count()
}

/// The number that Excel reads in a text: with commas, of either width.
fn number(text: &str) -> Option<f64> {
    use unicode_normalization::UnicodeNormalization as _;
    let narrow: String = text.nfkc().filter(|c| *c != ',').collect();
    let narrow = narrow.trim();
    let is_number = narrow.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if is_number { narrow.parse().ok() } else { None }
}

/// Whether both are the same day, or `now` is the day that Excel makes of a text such as 「1-2」.
fn is_same_date(was: &str, now: &str) -> bool {
    let Some(after) = day(now) else { return false };
    if day(was).is_some_and(|before| before == after) {
        return true;
    }
    let numbers: Vec<u32> = was.split(['-', '/']).map_while(|part| part.trim().parse().ok()).collect();
    let parts = was.split(['-', '/']).count();
    match numbers[..] {
        [month, day] if parts == 2 => {
            (after.month(), after.day()) == (month, day)
                || (after.year_ce().1 % 100, after.month()) == (day % 100, month)
        }
        _ => false,
    }
}

/// A date that a program wrote: with its year, or 1月2日.
fn day(text: &str) -> Option<NaiveDate> {
    if !text.contains(['-', '/', '年', '月', '.']) || text.chars().count() > 20 {
        return None;
    }
    let month_and_day = || {
        let (month, rest) = text.split_once('月')?;
        let day = rest.strip_suffix('日')?;
        NaiveDate::from_ymd_opt(2000, month.trim().parse().ok()?, day.trim().parse().ok()?)
    };
    dates::date(text).or_else(month_and_day)
}

/// Whether `now` is `was` with `?` for what `Shift_JIS` lacks, and with the other of two characters that it does not tell apart.
fn is_same_but_for_lost(was: &str, now: &str) -> bool {
    let mut after = now.chars().peekable();
    for c in was.chars() {
        let Some(found) = after.next() else { return false };
        if found == c || twin(found) == twin(c) {
            continue;
        }
        let is_lost = found == '?' && encoding_rs::SHIFT_JIS.encode(c.encode_utf8(&mut [0; 4])).2;
        // Of a character beyond the first plane two halves are lost.
        let is_narrowed = u32::from(twin(c)) != u32::from(c) && found == '?';
        if !is_lost && !is_narrowed {
            return false;
        }
        if u32::from(c) > 0xffff {
            after.next_if_eq(&'?');
        }
    }
    after.next().is_none()
}

/// One of each two characters that are the same in `Shift_JIS`.
fn twin(c: char) -> char {
    match c {
        '〜' => '～',
        '−' => '－',
        '‖' => '∥',
        '—' => '―',
        '¢' => '￠',
        '£' => '￡',
        '¬' => '￢',
        '¥' => '\\',
        '‾' => '~',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_wrote_again_is_the_same() {
        for (was, now) in [
            ("a", "a"),
            ("a\r\nb", "a\nb"),
            (" a　", "a"),
            ("a\nb", "a_x000D_\nb"),
            ("_x0041_", "_x005F_x0041_"),
            ("0796621234", "796621234"),
            ("007", "7"),
            ("1,500", "1500"),
            ("１２", "12"),
            ("1.50", "1.5"),
            ("5220010000000", "5.22001E+12"),
            ("35.3812345678", "35.38123457"),
            ("2026-04-01", "2026/4/1"),
            ("2026-04-01", "2026-04-01 0:00"),
            ("1-2", "1月2日"),
            ("1-2", "2026-01-02"),
            ("1/2", "2026-01-02"),
            ("13:30〜15:00", "13:30～15:00"),
            ("13:30〜15:00", "13:30?15:00"),
            ("𠮷田", "??田"),
            ("𠮷田", "?田"),
            ("☕カフェ", "?カフェ"),
        ] {
            assert!(is_same(was, now), "{was} {now}");
        }
    }

    #[test]
    fn what_a_person_wrote_is_another() {
        for (was, now) in [
            ("", "a"),
            ("a", ""),
            ("7", "007"),
            ("7", "8"),
            ("0796-62-1234", "0796-62-1235"),
            ("0796621234", "796621235"),
            ("35.3812", "35.3813"),
            ("5220010000001", "5220010000002"),
            ("2026-04-01", "2026-04-02"),
            ("1-2", "1月3日"),
            ("会", "?"),
            ("会館", "会"),
            ("会", "会館"),
            ("100円", "100"),
            ("10", "１０"),
            ("段差", "段?"),
        ] {
            assert!(!is_same(was, now), "{was} {now}");
        }
    }
}
