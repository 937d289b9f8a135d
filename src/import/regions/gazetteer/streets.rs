//! Kyoto's addresses by streets: 烏丸通七条下る東塩小路町 is 東塩小路町. This module does no I/O.

use super::key::AddressKey;

/// Keys of the way from a crossing to the town.
const WAYS: [&str; 10] = ["上る", "下る", "上がる", "下がる", "あがる", "さがる", "東入る", "西入る", "東入", "西入"];

/// Where the town may begin behind streets that begin at `at`, the likeliest first: behind the last way from a crossing, with
/// or without a 丁目 of the street.
pub(super) fn towns_behind_streets(key: &AddressKey, at: usize) -> Vec<usize> {
    let ways = (at..key.len()).filter_map(|from| end_of(key, from, &WAYS)).max();
    let Some(behind) = ways.or_else(|| (at..key.len()).filter_map(|from| end_of(key, from, &["通"])).max()) else {
        return Vec::new();
    };
    let block = key.number(behind).filter(|(_, to)| key.rest(*to).starts_with("丁目")).map(|(_, to)| to + 2);
    std::iter::once(behind).chain(block).collect()
}

fn end_of(key: &AddressKey, from: usize, words: &[&str]) -> Option<usize> {
    let rest = key.rest(from);
    let word = words.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len())?;
    Some(from + word.chars().count())
}
