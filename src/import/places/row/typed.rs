//! One value that a person typed under a heading of ours, where it is not written as we write it. `None`: it is not understood.
//!
//! The same words as in lists, without what a list's other columns would add. This module does no I/O.

use super::{access, coordinates, status};
use crate::import::ImportContext;
use crate::import::cells::cell::{Cell, narrow};
use crate::model::{AccessAnswer, AccessFact, Position, Status};

/// Characters of an answer that says no more than yes or no: 「あり」.
const PLAIN_ANSWER: usize = 2;

/// 休止, 終了しました, 再開.
pub(in crate::import::places) fn status(text: &str, known: ImportContext<'_>) -> Option<Status> {
    status::of_text(text, known)
}

/// 有, あり（町内だけ）: the answer with its words, where these say more.
pub(in crate::import::places) fn answer(
    fact: AccessFact,
    heading: &str,
    text: &str,
    known: ImportContext<'_>,
) -> Option<AccessAnswer> {
    let yes = access::answer_of_column(known.phrases, fact, Cell { heading, text }, &[])?;
    let words = if text.chars().count() > PLAIN_ANSWER { text.to_owned() } else { String::new() };
    Some(AccessAnswer { yes, words })
}

/// ○, 可, いいえ.
pub(in crate::import::places) fn yes_or_no(text: &str, known: ImportContext<'_>) -> Option<bool> {
    access::answer(known.phrases, narrow(text).trim())
}

/// Degrees in any notation and width; longitude if `is_lon`.
pub(in crate::import::places) fn degrees(text: &str, is_lon: bool) -> Option<f64> {
    coordinates::typed(text, is_lon)
}

/// The position, if it lies in Japan.
pub(in crate::import::places) fn in_japan(lon: f64, lat: f64) -> Option<Position> {
    coordinates::in_japan(lon, lat)
}
