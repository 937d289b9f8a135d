//! Findings in what the municipality calls itself: reading and Roman letters are those of its name. This module does no I/O.

use crate::cli::finding::Finding;
use crate::import::regions::official_names::OfficialNames;
use crate::model::City;
use crate::text::hiragana;

/// Last character of a name, and how its reading ends.
const ENDINGS: [(char, &[&str]); 4] =
    [('市', &["し"]), ('区', &["く"]), ('町', &["ちょう", "まち"]), ('村', &["むら", "そん"])];

/// What Roman names end in that is no part of the name itself.
const KINDS: [&str; 12] = ["city", "town", "village", "ward", "shi", "ku", "cho", "machi", "mura", "son", "si", "tyo"];

/// Spellings of the same sound, the first of each as the others: long vowels, and the systems of Roman letters.
const SAME_SOUNDS: [(&str, &[&str]); 12] = [
    ("o", &["ou", "oo", "oh"]),
    ("u", &["uu"]),
    ("n", &["m"]),
    ("shi", &["si"]),
    ("chi", &["ti"]),
    ("tsu", &["tu"]),
    ("fu", &["hu"]),
    ("ji", &["zi", "di"]),
    ("sh", &["sy"]),
    ("ch", &["ty", "tch"]),
    ("j", &["zy", "jy"]),
    ("zu", &["du", "dzu"]),
];

/// Findings in the names of `city`.
pub fn findings(city: &City) -> Vec<Finding> {
    let (kana, roman) = (city.kana.trim(), city.name_en.trim());
    let mut findings = Vec::new();
    if !kana.is_empty() && !is_reading_of(kana, &city.name) {
        findings.push(Finding::warning("doctor.kana_and_name", &[("kana", kana), ("name", &city.name)]));
    } else if !kana.is_empty() && !roman.is_empty() && !is_roman_of(roman, kana, &city.name) {
        findings.push(Finding::warning("doctor.kana_and_roman", &[("kana", kana), ("roman", roman)]));
    }
    findings
}

/// Whether `kana` is kana and ends as `name` does.
fn is_reading_of(kana: &str, name: &str) -> bool {
    let Some(kana) = hiragana(kana) else { return false };
    let last = name.chars().next_back();
    let endings = ENDINGS.iter().find(|(kanji, _)| Some(*kanji) == last);
    endings.is_none_or(|(_, endings)| endings.iter().any(|ending| kana.ends_with(ending)))
}

/// Whether Roman letters spell the reading. Where nothing can be made of the reading, they may be anything.
fn is_roman_of(roman: &str, kana: &str, name: &str) -> bool {
    let read = OfficialNames { name: Some(name.to_owned()), kana: hiragana(kana), roman: None };
    read.roman_or_reading().is_none_or(|read| sound(&read) == sound(roman))
}

/// Letters by which two spellings of one name are equal: without macrons, kinds and signs.
fn sound(roman: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;

    let plain: String = roman.nfd().filter(char::is_ascii).collect::<String>().to_lowercase();
    let mut words: Vec<&str> = plain.split([' ', '-', ',']).filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && words.last().is_some_and(|last| KINDS.contains(last)) {
        words.pop();
    }
    let letters: String = words.concat().chars().filter(char::is_ascii_lowercase).collect();
    SAME_SOUNDS.iter().fold(letters, |letters, (one, others)| {
        others.iter().fold(letters, |letters, other| letters.replace(other, one))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, kana: &str, name_en: &str) -> Vec<&'static str> {
        let city = City { name: name.into(), kana: kana.into(), name_en: name_en.into(), ..City::default() };
        findings(&city).iter().map(Finding::name).collect()
    }

    #[test]
    fn the_right_names_of_municipalities_are_right_in_every_usual_spelling() {
        for (name, kana, roman) in [
            ("高松市", "たかまつし", "Takamatsu"),
            ("高松市", "タカマツシ", "Takamatu-shi"),
            ("神戸市", "こうべし", "Kobe"),
            ("神戸市", "こうべし", "Kōbe City"),
            ("丹波市", "たんばし", "Tamba"),
            ("丹波市", "たんばし", "Tanba"),
            ("新発田市", "しばたし", "Shibata"),
            ("大田区", "おおたく", "Ohta"),
            ("大田区", "おおたく", "Ota City"),
            ("上市町", "かみいちまち", "Kamiichi"),
            ("新温泉町", "しんおんせんちょう", "Shin'onsen Town"),
            ("十津川村", "とつかわむら", "Totsukawa"),
            ("八丈町", "はちじょうまち", "Hachijo"),
            ("八丈町", "はちじょうまち", "Hatizyo"),
            ("中央区", "ちゅうおうく", "Chuo"),
            ("三豊市", "みとよし", "Mitoyo"),
        ] {
            assert_eq!(found(name, kana, roman), Vec::<&str>::new(), "{name} {kana} {roman}");
        }
    }

    #[test]
    fn names_of_another_municipality_or_in_another_script_are_found() {
        for (name, kana, roman, finding) in [
            ("高松市", "まるがめし", "Takamatsu", "kana_and_roman"),
            ("高松市", "たかまつし", "Marugame", "kana_and_roman"),
            ("高松市", "たかまつし", "高松", "kana_and_roman"),
            ("高松市", "高松市", "Takamatsu", "kana_and_name"),
            ("高松市", "Takamatsu", "Takamatsu", "kana_and_name"),
            ("高松市", "たかまつ", "Takamatsu", "kana_and_name"),
            ("上市町", "かみいちし", "Kamiichi", "kana_and_name"),
        ] {
            assert_eq!(found(name, kana, roman), [finding], "{name} {kana} {roman}");
        }
    }
}
