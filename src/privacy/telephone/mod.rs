//! The one recogniser of telephone numbers: where they stand in a text, and whose they are.
//!
//! Import and redaction both ask it, so that a number is as private in one as in the other. A number is a private person's
//! if it is a mobile number, in any writing, or if the words beside it say so: 自宅, 会長宅. This module does no I/O.

pub(super) mod digits;
mod owner;
mod scan;
mod split;

use self::scan::numbers_in;
pub(crate) use self::split::{WrittenTelephone, split_telephones, with_leading_zero};

pub(super) use self::scan::begins_like_a_mobile;

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
    for number in telephones_in(&chars).into_iter().filter(|number| number.own) {
        kept.extend(&chars[from..number.start]);
        from = number.end;
    }
    kept.extend(&chars[from..]);
    kept
}
