//! The identity of a row: place, revision and a check character, `4k7m2p9qrs.12.x`. This module does no I/O.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use unicode_normalization::UnicodeNormalization as _;

use crate::model::PlaceId;

/// Crockford's base 32, as in the identities of places.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of a place's identity.
const PLACE_LENGTH: usize = 10;
/// Between the parts.
const SEPARATOR: char = '.';

/// The place that a row is of, and the revision of it that was written.
///
/// ```
/// use tsunagari::model::PlaceId;
/// use tsunagari::model::place_workbook::WorkbookRowId;
///
/// let id = WorkbookRowId { place: PlaceId("4k7m2p9qrs".to_owned()), revision: 12 };
/// assert_eq!(id.to_string().parse(), Ok(id.clone()));
/// assert!("4k7m2p9qrt.12.x".parse::<WorkbookRowId>().is_err(), "one character is another");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkbookRowId {
    /// The place.
    pub place: PlaceId,
    /// The number of its revision, from 1.
    pub revision: u32,
}

impl Serialize for WorkbookRowId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WorkbookRowId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NoRowId| de::Error::custom("no identity of a row"))
    }
}

/// Why a text is no identity of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRowId;

impl fmt::Display for WorkbookRowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, revision } = self;
        write!(f, "{}{SEPARATOR}{revision}{SEPARATOR}{}", place.0, check_character(&place.0, *revision))
    }
}

impl FromStr for WorkbookRowId {
    type Err = NoRowId;

    /// Reads what was typed or pasted: of any width, in capitals, with spaces, and with the letters that base 32 leaves out for those
    /// that they are misread for.
    fn from_str(text: &str) -> Result<Self, NoRowId> {
        let kept = text.nfkc().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{200b}');
        let plain: String = kept.collect::<String>().to_lowercase().trim_start_matches('\'').replace(['。', '．'], ".");
        let mut parts = plain.split(SEPARATOR);
        let (Some(place), Some(revision), Some(check), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NoRowId);
        };
        let (place, revision, check) = (unmistaken(place), unmistaken(revision), unmistaken(check));
        let is_place = place.len() == PLACE_LENGTH && place.bytes().all(|b| DIGITS.contains(&b));
        let revision: u32 = revision.parse().map_err(|_| NoRowId)?;
        let is_right = is_place && revision > 0 && check == check_character(&place, revision).to_string();
        if is_right { Ok(Self { place: PlaceId(place), revision }) } else { Err(NoRowId) }
    }
}

/// The digits that letters outside of base 32 are written for.
fn unmistaken(text: &str) -> String {
    text.replace('o', "0").replace(['i', 'l'], "1")
}

/// Check character: the digits as a polynomial over the field of 32 elements, at a generator of it. Any single wrong character and any
/// two that changed places give another one.
fn check_character(place: &str, revision: u32) -> char {
    let value = |byte: u8| DIGITS.iter().position(|digit| *digit == byte).unwrap_or(0);
    let digits = place.bytes().chain(revision.to_string().into_bytes());
    let sum = digits.fold(1, |sum, byte| times_generator(sum) ^ value(byte));
    char::from(DIGITS[times_generator(sum)])
}

/// `value` times x, modulo x⁵ + x² + 1.
fn times_generator(value: usize) -> usize {
    let doubled = value << 1;
    if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> WorkbookRowId {
        WorkbookRowId { place: PlaceId("4k7m2p9qrs".to_owned()), revision: 12 }
    }

    #[test]
    fn it_is_read_however_it_was_typed() {
        let written = id().to_string();
        let wide: String = written.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        let spaced = format!(" {}　{} ", &written[..4], &written[4..]);
        for typed in
            [written.clone(), written.to_uppercase(), wide, spaced, format!("'{written}"), written.clone() + "\n"]
        {
            assert_eq!(typed.parse(), Ok(id()), "{typed:?}");
        }
        let confusable = WorkbookRowId { place: PlaceId("0110110011".to_owned()), revision: 10 }.to_string();
        assert_eq!(confusable.replace('0', "O").replace('1', "l").parse(), confusable.parse::<WorkbookRowId>());
    }

    #[test]
    fn every_single_wrong_character_and_every_swap_is_noticed() {
        let written = id().to_string();
        let bytes = written.as_bytes();
        let end = bytes.len() - 1;
        for at in (0..end).filter(|at| bytes[*at] != b'.') {
            let is_revision = at > PLACE_LENGTH;
            for digit in DIGITS.iter().filter(|digit| **digit != bytes[at] && (!is_revision || digit.is_ascii_digit()))
            {
                let mut typed = bytes.to_vec();
                typed[at] = *digit;
                assert!(String::from_utf8(typed).unwrap().parse::<WorkbookRowId>().is_err(), "{at} {digit}");
            }
            for other in (at + 1..end).filter(|other| bytes[*other] != b'.' && bytes[*other] != bytes[at]) {
                let mut typed = bytes.to_vec();
                typed.swap(at, other);
                assert!(String::from_utf8(typed).unwrap().parse::<WorkbookRowId>().is_err(), "{at} and {other}");
            }
        }
        for other in ["", "4k7m2p9qrs", "4k7m2p9qrs.12", "4k7m2p9qrs..x", "4k7m2p9qrs.0.x", "ID", "a.b.c.d"] {
            assert!(other.parse::<WorkbookRowId>().is_err(), "{other}");
        }
    }
}
