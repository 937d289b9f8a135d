//! Detection of personal data: Japanese mobile numbers in free text, in any notation.
//!
//! It finds 090-1234-5678, ０９０／１２３４／５６７８, 〇九〇ー一二三四ー五六七八, 90-1234-5678 (a spreadsheet dropped the zero) and
//! +81 90 1234 5678. It must not match times, dates, prices and landline numbers. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

/// Kanji numerals by value. The scan reads ASCII digits first and falls back to these.
const KANJI_DIGITS: &str = "〇一二三四五六七八九";

/// Alphanumeric characters accepted as separators: の as in 090の1234の5678, and kanji and kana that look like a dash.
const SEPARATOR_CHARS: &str = "ーｰ一の";

/// Maximum length of a separator, in characters: a line break, a dash and a space.
const GAP_SIGNS: usize = 3;

/// Maximum number of digits including the country code: 0081 (0)90 1234 5678.
const MOST_DIGITS: usize = 15;

/// The digits of `text` as ASCII (NFKC-normalised), without kanji numerals.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

/// The digits of `text` as ASCII, kanji numerals included.
pub(super) fn digits_and_kanji(text: &str) -> String {
    text.chars().filter_map(digit_or_kanji).collect()
}

/// The mobile numbers in `chars` as half-open ranges (start, end) of character positions, ascending and disjoint.
pub(super) fn mobiles_in(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        match mobile_at(chars, i) {
            Some(end) => {
                found.push((i, end));
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

/// The end (exclusive) of the mobile number that begins at `start`.
fn mobile_at(chars: &[char], start: usize) -> Option<usize> {
    let before = start.checked_sub(1).map(|i| chars[i]);
    let of = |value: fn(char) -> Option<char>| {
        value(chars[start])?;
        // In ③090-… the ③ is a list marker. A digit inside a longer number begins no number.
        let begins = before.is_none_or(|c| value(c).is_none() || is_enclosed(c) != is_enclosed(chars[start]));
        if begins { end_of_mobile(chars, start, value) } else { None }
    };
    of(digit).or_else(|| of(digit_or_kanji))
}

fn end_of_mobile(chars: &[char], start: usize, value: fn(char) -> Option<char>) -> Option<usize> {
    let mut number = WrittenNumber::default();
    let mut gap = 0;
    for (i, &c) in chars.iter().enumerate().skip(start) {
        let Some(digit) = value(c) else {
            gap += 1;
            if gap > GAP_SIGNS || !is_separator(c) {
                return None;
            }
            number.has_colon |= matches!(c, ':' | '：');
            continue;
        };
        number.add(digit, gap > 0);
        gap = 0;
        if number.digits.len() > MOST_DIGITS {
            return None;
        }
        if number.is_mobile() && chars.get(i + 1).copied().and_then(value).is_none() {
            return Some(end_of_form(chars, i + 1));
        }
    }
    None
}

/// Includes trailing variation selectors and combining marks, which only style the last digit (keycap emoji).
fn end_of_form(chars: &[char], from: usize) -> usize {
    let is_form =
        |c: &&char| matches!(**c, '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}' | '\u{200b}'..='\u{200d}');
    from + chars[from..].iter().take_while(is_form).count()
}

/// The digits and their grouping, accumulated while the scan moves on.
#[derive(Default)]
struct WrittenNumber {
    digits: String,
    /// Digits per group, in order.
    groups: Vec<usize>,
    has_colon: bool,
}

impl WrittenNumber {
    fn add(&mut self, digit: char, new_group: bool) {
        self.digits.push(digit);
        match self.groups.last_mut() {
            Some(last) if !new_group => *last += 1,
            _ => self.groups.push(1),
        }
    }

    fn is_mobile(&self) -> bool {
        let abroad = ["0081", "01081", "81"].iter().find_map(|code| self.digits.strip_prefix(code));
        let home = abroad.map(|rest| format!("0{}", rest.trim_start_matches('0')));
        let number = home.as_deref().unwrap_or(&self.digits);
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| number.starts_with(prefix));
        match number.len() {
            // 08:00〜12:00 (300円) has eleven digits as well; the grouping rules it out.
            11 => begins(&["060", "070", "080", "090"]) && (!self.has_colon || self.is_grouped_behind(3)),
            // 9:00〜12:00 500円 has ten.
            10 => begins(&["70", "80", "90"]) && self.is_grouped_behind(2),
            _ => false,
        }
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

fn is_separator(c: char) -> bool {
    !c.is_alphanumeric() || SEPARATOR_CHARS.contains(c)
}

/// Enclosed alphanumerics (①, ❶), which usually are list markers.
fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}')
}

/// The ASCII digit to which NFKC normalises `c`: ９, ⑨, 𝟗, ⁹.
pub(super) fn digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let mut digits = std::iter::once(c).nfkc().filter(char::is_ascii_digit);
    digits.next().filter(|_| digits.next().is_none())
}

fn digit_or_kanji(c: char) -> Option<char> {
    let kanji = if c == '零' { Some(0) } else { KANJI_DIGITS.chars().position(|kanji| kanji == c) };
    digit(c).or_else(|| char::from_digit(u32::try_from(kanji?).ok()?, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for (from, to) in mobiles_in(&chars).into_iter().rev() {
            chars.drain(from..to);
        }
        chars.into_iter().collect()
    }

    #[test]
    fn a_mobile_number_is_found_in_any_writing() {
        for number in [
            "090-1234-5678",
            "09012345678",
            "090/1234/5678",
            "090_1234_5678",
            "090~1234〜5678",
            "090→1234→5678",
            "090=1234=5678",
            "090*1234*5678",
            "090､1234､5678",
            "090⏎1234⏎5678",
            "090\u{200b}1234\u{200b}5678",
            "090-1234-\r\n5678",
            "090-12\n34-5678",
            "090:1234:5678",
            "090の1234の5678",
            "090一1234一5678",
            "90-3333-0014",
            "９０３３３３００１５",
            "〇九〇ー一二三四ー五六七八",
            "〇九〇一二三四五六七八",
            "零八〇-1234-5678",
            "⓪⑨⓪-①②③④-⑤⑥⑦⑧",
            "𝟎𝟗𝟎-𝟏𝟐𝟑𝟒-𝟓𝟔𝟕𝟖",
            "0\u{fe0f}\u{20e3}9\u{fe0f}\u{20e3}0\u{fe0f}\u{20e3}12345678\u{fe0f}\u{20e3}",
            "０９０⁻１２３４⁻５６７８",
            "81 90 1234 5678",
            "81-(0)90-1234-5678",
        ] {
            assert_eq!(without(&format!("9:00〜12:00 電話 {number}まで")), "9:00〜12:00 電話 まで", "{number}");
        }
        assert_eq!(without("③090-1234-5678"), "③");
    }

    #[test]
    fn times_dates_prices_and_land_lines_are_no_mobile_numbers() {
        for text in [
            "9:00〜12:00",
            "9:00〜12:00 500円",
            "08:00〜12:00（300円）",
            "90分",
            "2026-11-28",
            "2026/11/28 09:00-10:30",
            "900〜1,200円、80円",
            "079-000-0000",
            "0796-62-0000、079-662-7777",
            "079-000-0000 / 0796-00-0000",
            "第二・四木曜",
            "第一・三・五土曜 十時〜十二時",
            "令和八年九月一日",
            "〒667-0021",
            "0120-000-000",
            "70〜80歳、90歳代",
        ] {
            assert_eq!(without(text), text);
        }
    }
}
