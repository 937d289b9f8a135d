//! Names in Roman letters, as they stand in e-mail and web addresses: yamada.hanako@…, /~hanako-yamada.
//!
//! Spellings differ (shi and si, ou and o), so that both sides are brought to one form. This module does no I/O.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::text::hiragana;

/// Shortest family name that identifies a person in an address of the row's own contact, in letters.
const MIN_FAMILY_LETTERS: usize = 4;

/// Syllables of one kana, in the form to which all spellings are brought.
const SYLLABLES: &str = "あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しsi すsu せse そso ざza じzi ずzu ぜze ぞzo たta ちti つtu てte とto だda ぢzi づzu でde どdo なna にni ぬnu ねne のno はha ひhi ふhu へhe ほho ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa ゐi ゑe をo んn ゔbu";

/// What a syllable of two kana begins with: kya, sya.
const GLIDES: &str = "kgsztdnhbpmr";

/// The syllables in Roman letters.
static ROMAN_SYLLABLES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| SYLLABLES.split(' ').map(|entry| entry.trim_start_matches(|c: char| !c.is_ascii())).collect());

/// The syllables by their kana.
static SYLLABLES_BY_KANA: LazyLock<HashMap<char, &str>> = LazyLock::new(|| {
    let entries = SYLLABLES.split(' ').filter_map(|entry| {
        let kana = entry.chars().next()?;
        Some((kana, &entry[kana.len_utf8()..]))
    });
    entries.collect()
});

/// Spellings and the form to which each is brought, in this order.
const SPELLINGS: [(&str, &str); 22] = [
    ("shi", "si"),
    ("sh", "sy"),
    ("chi", "ti"),
    ("tch", "tty"),
    ("ch", "ty"),
    ("tsu", "tu"),
    ("fu", "hu"),
    ("ji", "zi"),
    ("jy", "zy"),
    ("ja", "zya"),
    ("ju", "zyu"),
    ("jo", "zyo"),
    ("l", "r"),
    ("mb", "nb"),
    ("mm", "nm"),
    ("mp", "np"),
    ("oh", "o"),
    ("ou", "o"),
    ("oo", "o"),
    ("uu", "u"),
    ("nn", "n"),
    ("dzu", "zu"),
];

/// `reading`, in kana, in Roman letters; `None` where it is no reading.
pub(super) fn romaji(reading: &str) -> Option<String> {
    let kana = hiragana(reading).filter(|kana| !kana.is_empty())?;
    let mut letters = String::new();
    let mut double = false;
    for c in kana.chars() {
        match c {
            'ゃ' | 'ゅ' | 'ょ' => {
                letters.pop();
                letters.push_str(match c {
                    'ゃ' => "ya",
                    'ゅ' => "yu",
                    _ => "yo",
                });
            }
            'っ' => double = true,
            'ー' => {}
            _ => {
                let syllable = *SYLLABLES_BY_KANA.get(&c)?;
                letters.extend(syllable.chars().next().filter(|_| std::mem::take(&mut double)));
                letters.push_str(syllable);
            }
        }
    }
    Some(one_spelling(&letters))
}

/// The words of letters in `address`, each in one spelling.
pub(super) fn words_of_address(address: &str) -> Vec<String> {
    let words = address.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.map(|word| one_spelling(&word.to_ascii_lowercase())).collect()
}

/// Whether a word of an address is the name, with an initial at most: yamada, hyamada, yamadah.
pub(super) fn hold_name(words: &[String], name: &str) -> bool {
    let is_name = |word: &String| {
        let rest = word.strip_prefix(name).or_else(|| word.strip_suffix(name));
        rest.is_some_and(|rest| rest.len() <= 1)
    };
    name.len() >= MIN_FAMILY_LETTERS && words.iter().any(is_name)
}

/// Whether `word`, in one spelling, consists of Japanese syllables.
pub(super) fn is_romaji(word: &str) -> bool {
    let mut rest = word;
    while !rest.is_empty() {
        let Some(behind) = without_syllable(rest) else { return false };
        rest = behind;
    }
    !word.is_empty()
}

fn without_syllable(word: &str) -> Option<&str> {
    let mut chars = word.chars();
    let (first, second) = (chars.next()?, chars.next());
    // A double consonant: hattori.
    let word = if second == Some(first) && !"aiueon".contains(first) { &word[1..] } else { word };
    let is_glide = |three: &&str| GLIDES.contains(&three[..1]) && &three[1..2] == "y" && "auo".contains(&three[2..]);
    let known = |length: usize| word.get(..length).filter(|syllable| ROMAN_SYLLABLES.contains(syllable));
    let syllable = word.get(..3).filter(is_glide).or_else(|| known(2)).or_else(|| known(1))?;
    Some(&word[syllable.len()..])
}

/// Letters of a name, or of a word of an address, in one spelling for all of Japanese.
pub(super) fn one_spelling(letters: &str) -> String {
    SPELLINGS.iter().fold(letters.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_read_like_japanese_are_known() {
        for (word, expected) in [
            ("Kuramochi", true),
            ("Hattori", true),
            ("Ryosuke", true),
            ("Junichi", true),
            ("Ohtsuka", true),
            ("Center", false),
            ("Club", false),
            ("Smith", false),
        ] {
            assert_eq!(is_romaji(&one_spelling(&word.to_ascii_lowercase())), expected, "{word}");
        }
    }

    #[test]
    fn one_name_is_one_word_in_any_spelling() {
        for (reading, address) in [
            ("やまだはなこ", "YamadaHanako"),
            ("しのはらしょうじ", "shinoharashoji"),
            ("おおつかじゅんいち", "ohtsukajunichi"),
            ("いっとうちづる", "ittouchizuru"),
        ] {
            assert_eq!(words_of_address(address), [romaji(reading).unwrap()], "{reading}");
        }
        let yamada = romaji("やまだ").unwrap();
        for (address, named) in [("h.yamada", true), ("hyamada1", true), ("yamadamura-salon", false), ("info", false)] {
            assert_eq!(hold_name(&words_of_address(address), &yamada), named, "{address}");
        }
    }
}
