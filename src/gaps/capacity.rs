//! How many people a place has room for, as its list has it in words. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

/// Units behind a number that are no people.
const OTHER_UNITS: [&str; 5] = ["組", "世帯", "台", "室", "団体"];

/// Signs and words between the two ends of a range.
const RANGE_SIGNS: [&str; 8] = ["~", "〜", "-", "–", "—", "―", "−", "から"];

/// The one whole number of `text`, of a range its upper end; `None` with several numbers, none, or one of something else than
/// people.
///
/// 定員12名（先着） is 12, 10〜20名 is 20; 5組 and 20名（うち車いす2名） are not known.
pub(super) fn people(text: &str) -> Option<f64> {
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let (mut rest, mut found): (&str, Option<u32>) = (&folded, None);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (mut number, mut behind) = whole_number(&rest[start..])?;
        let unit = behind.strip_prefix(['名', '人']).unwrap_or(behind);
        let upper = RANGE_SIGNS.iter().find_map(|sign| unit.strip_prefix(sign)).filter(|to| begins_with_digit(to));
        if let Some(upper) = upper {
            (number, behind) = whole_number(upper)?;
        }
        if found.is_some() || OTHER_UNITS.iter().any(|unit| behind.starts_with(unit)) {
            return None;
        }
        found = Some(number);
        rest = behind;
    }
    found.map(f64::from)
}

/// The whole number that `text` begins with and what is behind it; `None` if it has decimals or is too large.
fn whole_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(text.len());
    let (digits, behind) = text.split_at(end);
    let is_decimal = behind.strip_prefix('.').is_some_and(begins_with_digit);
    let number = digits.replace(',', "").parse().ok().filter(|_| !is_decimal)?;
    Some((number, behind))
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_number_of_people_is_the_capacity() {
        for (text, capacity) in [
            ("20名", Some(20.0)),
            ("定員12名（先着）", Some(12.0)),
            ("10〜20名", Some(20.0)),
            ("１０名～２０名程度", Some(20.0)),
            ("10人から15人", Some(15.0)),
            ("1,200人", Some(1200.0)),
            ("約30", Some(30.0)),
            ("5組", None),
            ("3〜5世帯", None),
            ("駐車場2台", None),
            ("20名（うち車いす2名）", None),
            ("1.5倍", None),
            ("なし", None),
            ("", None),
        ] {
            assert_eq!(people(text), capacity, "{text}");
        }
    }
}
