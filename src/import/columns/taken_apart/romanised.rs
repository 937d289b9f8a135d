//! Headings in romanised Japanese, as old systems have them: `shisetsu_mei`, `kaikan_jikan`, `kyukan_bi`.
//!
//! Each word is put back into Japanese by `romanised.toml`, and the heading is read as if it had been written so. This module
//! does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Words in Roman letters, long vowels written short, with what they stand for.
static WORDS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let table: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("romanised.toml")).expect("the file in the program is valid");
    let pairs = table
        .into_iter()
        .flat_map(|(japanese, romans)| romans.into_iter().map(move |roman| (short(&roman), japanese.clone())));
    pairs.collect()
});

/// `text` in Japanese, if each of its words is known.
pub(super) fn in_japanese(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let japanese: Option<String> = words.map(|word| WORDS.get(&short(&word.to_lowercase())).cloned()).collect();
    japanese.filter(|text| !text.is_empty())
}

/// Long vowels written short: `bikou` is `biko`.
fn short(word: &str) -> String {
    ["ou", "oo", "uu"].iter().fold(word.to_owned(), |word, long| word.replace(long, &long[..1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanised_words_are_put_back() {
        for (heading, expected) in [
            ("shisetsu_mei", Some("施設名")),
            ("KAIKAN_JIKAN", Some("開館時間")),
            ("kyukan_bi", Some("休館日")),
            ("bikou", Some("備考")),
            ("juusho", Some("住所")),
            ("phone_number", None),
            ("mei_list", None),
        ] {
            assert_eq!(in_japanese(heading).as_deref(), expected, "{heading}");
        }
    }
}
