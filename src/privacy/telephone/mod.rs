//! The one recogniser of telephone numbers: where they stand in a text, and whose they are.
//!
//! Import and redaction both ask it, so that a number is as private in one as in the other. A number is a private person's
//! if it is a mobile number, in any writing, or if the words beside it say so: 自宅, 会長宅. This module does no I/O.

pub(super) mod digits;
mod owner;
mod scan;
mod split;
mod spoken;

use self::scan::numbers_in;
pub(crate) use self::split::{WrittenTelephone, split_telephones, with_leading_zero};

pub(super) use self::scan::begins_like_a_mobile;

/// Trailing digits that identify a number: people omit the area code of their own town.
pub(super) const LOCAL_DIGITS: usize = 6;

/// A telephone number in a text, as a half-open range of character positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FoundTelephone {
    /// Its first character.
    pub(super) start: usize,
    /// Behind its last character.
    pub(super) end: usize,
    /// Whether it is a private person's own: a mobile number, or one that words beside it claim.
    pub(super) own: bool,
}

/// The telephone numbers in `chars`, ascending and disjoint.
pub(super) fn telephones_in(chars: &[char]) -> Vec<FoundTelephone> {
    let numbers = numbers_in(chars);
    let ranges: Vec<(usize, usize)> = numbers.iter().map(|number| (number.start, number.end)).collect();
    let claimed = owner::claimed(chars, &ranges);
    let found = numbers.iter().zip(claimed).map(|(number, claimed)| FoundTelephone {
        start: number.start,
        end: number.end,
        own: number.mobile || claimed,
    });
    found.collect()
}

/// Whether the whole cell `text` is a number that is to be kept private though it is not complete.
pub(crate) fn is_damaged_mobile(text: &str) -> bool {
    begins_like_a_mobile(text)
}

/// Whether `text` holds a private person's own number.
pub(crate) fn has_own_telephone(text: &str) -> bool {
    telephones_in(&text.chars().collect::<Vec<_>>()).iter().any(|number| number.own)
}

/// Which of `parts`, neighbours in a list, hold a piece of somebody's own number that more than one of them makes up.
pub(super) fn parts_of_own_telephones(parts: &[String]) -> Vec<bool> {
    let (mut chars, mut ranges) = (Vec::new(), Vec::with_capacity(parts.len()));
    for part in parts {
        let start = chars.len();
        chars.extend(part.chars());
        ranges.push((start, chars.len()));
        chars.push('・');
    }
    let numbers: Vec<FoundTelephone> = telephones_in(&chars).into_iter().filter(|number| number.own).collect();
    let touches = |number: &FoundTelephone, (start, end): (usize, usize)| number.start < end && number.end > start;
    let is_piece = |range: (usize, usize)| {
        numbers
            .iter()
            .any(|number| touches(number, range) && ranges.iter().filter(|other| touches(number, **other)).count() > 1)
    };
    ranges.iter().map(|range| is_piece(*range)).collect()
}

/// The digits of the telephone numbers in `text`, as dialled at home.
pub(super) fn telephone_digits_in(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let numbers = numbers_in(&chars).into_iter();
    let digits = numbers.map(|number| digits::any_digits(&chars[number.start..number.end]));
    digits.map(|digits| digits.strip_prefix("81").map_or_else(|| digits.clone(), |rest| format!("0{rest}"))).collect()
}

/// Whether `text` holds digits that may be a number, complete or not, which words beside it claim: 「自宅 662-7777」.
pub(super) fn has_claimed_digits(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let runs = scan::local_numbers_in(&chars);
    owner::claimed(&chars, &runs).contains(&true)
}

/// `text` without private persons' own numbers.
pub(super) fn without_own_telephones(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    let numbers = telephones_in(&chars);
    let ranges: Vec<(usize, usize)> = numbers.iter().map(|number| (number.start, number.end)).collect();
    for (at, number) in numbers.iter().enumerate().filter(|(_, number)| number.own) {
        kept.extend(&chars[from..number.start]);
        // The bracket behind it may name its owner.
        from = owner::name_behind(&chars, &ranges, at).unwrap_or(number.end);
    }
    kept.extend(&chars[from..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_a_list_was_split_at_is_found_in_all_its_pieces() {
        let pieces = |list: &str| parts_of_own_telephones(&list.split('|').map(str::to_owned).collect::<Vec<_>>());
        for (list, expected) in [
            ("会場は090|1234|5678です", &[true, true, true][..]),
            ("体操|080|1234|5678|囲碁", &[false, true, true, true, false]),
            ("+81|90|1234|5678", &[true, true, true, true]),
            ("〇九〇|一二三四|五六七八（夜）", &[true, true, true]),
            ("９０|１２３４|５６７８", &[true, true, true]),
            ("3|070|1234|5678", &[false, true, true, true]),
            ("自宅 079|660|0001", &[true, true, true]),
            ("電話 079|660|0001", &[false, false, false]),
            ("090-1234-5678|囲碁", &[false, false]),
            ("10:00|12:00|300円", &[false, false, false]),
            ("体操|囲碁", &[false, false]),
        ] {
            assert_eq!(pieces(list), expected, "{list}");
        }
    }
}
