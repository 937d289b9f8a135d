//! Persons whose names are written in Roman letters, whom no column announces: 「Contact: Yamada Taro」, 「Ms. Kuramochi」,
//! 「Kuramochiさん」. Of words that could as well be English, only those that read like Japanese count. This module does no I/O.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{MentionKind, PersonMention};
use crate::privacy::persons::known_words::readings_of_surnames;
use crate::privacy::romaji::{is_romaji, one_spelling, romaji};
use crate::privacy::words::{PeopleWords, PrivacyWordFile};

/// Shortest name in Roman letters, in characters.
const MIN_LETTERS: usize = 3;

/// Signs between a label or a title and a name.
const SEPARATORS: &str = " \u{3000}.:：=＝/／-–→（(";

/// Most signs between a label and a name.
const MOST_SIGNS: usize = 3;

/// How given names end, in one spelling.
const GIVEN_ENDS: [&str; 14] =
    ["ko", "taro", "ziro", "iro", "suke", "hiko", "iti", "zi", "yosi", "masa", "nori", "hiro", "yuki", "kazu"];

/// Forms of address and particles behind a name in Roman letters.
const FORMS: [&str; 6] = ["さん", "さま", "様", "氏", "先生", "ちゃん"];
const TURN_TO: [&str; 4] = ["まで", "へ", "宛", "に"];

static SURNAMES: LazyLock<HashSet<String>> = LazyLock::new(|| readings_of_surnames().filter_map(romaji).collect());

static GIVEN: LazyLock<HashSet<String>> =
    LazyLock::new(|| PrivacyWordFile::get().given.kana.iter().filter_map(|name| romaji(name)).collect());

static NO_NAMES: LazyLock<HashSet<String>> =
    LazyLock::new(|| PrivacyWordFile::get().people.not_roman_names.iter().map(|word| one_spelling(word)).collect());

/// A word in Roman letters, as a range of bytes.
#[derive(Clone, Copy)]
struct RomanWord<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl RomanWord<'_> {
    fn is_capital(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_uppercase())
    }

    fn spelling(&self) -> String {
        one_spelling(&self.text.to_ascii_lowercase())
    }

    /// Whether the word reads like a Japanese name.
    fn may_be_name(&self) -> bool {
        // Three capital letters are an abbreviation: NPO.
        let least = if self.text.chars().all(|c| c.is_ascii_uppercase()) { MIN_LETTERS + 1 } else { MIN_LETTERS };
        self.text.len() >= least && self.is_capital() && {
            let spelling = self.spelling();
            is_romaji(&spelling) && !NO_NAMES.contains(&spelling)
        }
    }

    fn is_family(&self) -> bool {
        self.may_be_name() && SURNAMES.contains(&self.spelling())
    }

    fn is_given(&self) -> bool {
        let spelling = self.spelling();
        self.may_be_name() && (GIVEN.contains(&spelling) || GIVEN_ENDS.iter().any(|end| spelling.ends_with(end)))
    }
}

/// The persons in `text` who are named in Roman letters.
pub(super) fn in_roman_letters(text: &str) -> Vec<PersonMention> {
    // Addresses are no text; `romaji` reads those.
    if !text.contains(|c: char| c.is_ascii_uppercase()) || text.contains("://") {
        return Vec::new();
    }
    let words = words_of(text);
    let kind_of = |run: &[RomanWord<'_>], at: usize| {
        let before = &text[..run[0].start];
        let behind = &text[run[run.len() - 1].end..];
        kind(run, (before, behind), words.get(at + run.len()))
    };
    let mut found = Vec::new();
    for at in 0..words.len() {
        let longest = (1..=2).rev().filter_map(|length| run_at(text, &words, at, length));
        let named = longest.into_iter().find_map(|run| Some((run, kind_of(run, at)?)));
        found.extend(named.map(|(run, kind)| PersonMention { start: run[0].start, end: run[run.len() - 1].end, kind }));
    }
    found
}

/// E-mail addresses at a mobile carrier, which are somebody's own.
pub(super) fn with_own_mail(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let domains = words.mobile_mail.iter().flat_map(|domain| text.match_indices(domain.as_str()));
    let named = domains.filter_map(|(at, domain)| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
        let start = text[..at].char_indices().rev().take_while(|(_, c)| is_part(*c)).last()?.0;
        let has_sign = text[start..at].contains('@');
        has_sign.then_some(PersonMention { start, end: at + domain.len(), kind: MentionKind::Addressed })
    });
    named.collect()
}

/// How the `run` of one or two words names somebody, by what stands before and behind it; `next` is the word after it.
fn kind(run: &[RomanWord<'_>], (before, behind): (&str, &str), next: Option<&RomanWord<'_>>) -> Option<MentionKind> {
    let goes_on = next.is_some_and(|next| behind.starts_with(' ') && next.start == run[run.len() - 1].end + 1);
    let is_titled = has_title(before) && run.iter().all(RomanWord::is_capital);
    let is_addressed = is_addressed(run, behind);
    let may_be = run.iter().all(RomanWord::may_be_name) && !goes_on;
    let is_full =
        matches!(run, [one, other] if one.is_family() && other.is_given() || one.is_given() && other.is_family());
    if is_titled || is_addressed {
        return Some(MentionKind::WithRole);
    }
    if may_be
        && (has_label(before)
            || (run.len() == 2 || has_initial(before))
                && TURN_TO.iter().any(|word| behind.trim_start().starts_with(word)))
    {
        return Some(MentionKind::TurnedTo);
    }
    is_full.then_some(MentionKind::FullName)
}

/// 「Kuramochiさん」, 「Emily先生」, 「Kuramochi-san」; 「JAさん」 is an office.
fn is_addressed(run: &[RomanWord<'_>], behind: &str) -> bool {
    let last = run[run.len() - 1];
    let is_mixed = last.text.contains(|c: char| c.is_ascii_lowercase());
    let has_form = FORMS.iter().any(|form| behind.trim_start_matches([' ', '\u{3000}']).starts_with(form));
    let titles = &PrivacyWordFile::get().people.roman_titles_behind;
    let rest = behind.trim_start_matches(['-', ' ', '\u{2010}']);
    let title = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    // 「Kuramochi's phone」
    if last.may_be_name() && (behind.starts_with("'s ") || behind.starts_with("\u{2019}s ")) {
        return true;
    }
    let is_called = rest.len() < behind.len() && titles.iter().any(|known| known == title);
    last.is_capital() && (has_form && (is_mixed || last.may_be_name()) || is_called && last.may_be_name())
}

/// Whether `before` ends with Mr., Ms. and the like.
fn has_title(before: &str) -> bool {
    let bare = before.trim_end_matches([' ', '.', '\u{3000}']);
    let titles = &PrivacyWordFile::get().people.roman_titles;
    bare.len() < before.len() && titles.iter().any(|title| ends_with_word(bare, title))
}

/// Whether `before` ends with the initial of a given name: 「G. Kuramochi」.
fn has_initial(before: &str) -> bool {
    let letters = before.trim_end_matches(' ').strip_suffix('.').unwrap_or_default();
    let initial = letters.chars().rev().take_while(char::is_ascii_alphabetic).count();
    initial == 1 && letters.ends_with(|c: char| c.is_ascii_uppercase())
}

/// Whether `before` ends with a label for whom to call, and a sign.
fn has_label(before: &str) -> bool {
    let is_sign = |c: char| SEPARATORS.contains(c);
    let bare = before.trim_end_matches(is_sign);
    let signs = before[bare.len()..].chars().count();
    let words = &PrivacyWordFile::get().people;
    let lower = bare.to_ascii_lowercase();
    let is_japanese = || words.contact_labels.iter().chain(&words.titles).any(|label| bare.ends_with(label.as_str()));
    (1..=MOST_SIGNS).contains(&signs)
        && (words.roman_labels.iter().any(|label| ends_with_word(&lower, label)) || is_japanese())
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphabetic()))
}

/// The words in Roman letters of `text`, each with its place.
fn words_of(text: &str) -> Vec<RomanWord<'_>> {
    let (mut words, mut from) = (Vec::new(), 0);
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_alphabetic()).map(|at| from + at) {
        let end = text[start..].find(|c: char| !c.is_ascii_alphabetic()).map_or(text.len(), |at| start + at);
        words.push(RomanWord { text: &text[start..end], start, end });
        from = end;
    }
    words
}

/// `length` words from `at` with nothing but a space, a comma or a middle dot between them.
fn run_at<'w, 't>(text: &str, words: &'w [RomanWord<'t>], at: usize, length: usize) -> Option<&'w [RomanWord<'t>]> {
    let run = words.get(at..at + length)?;
    let is_joined =
        |pair: &[RomanWord<'_>]| matches!(&text[pair[0].end..pair[1].start], " " | "\u{3000}" | ", " | "・");
    run.windows(2).all(is_joined).then_some(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        in_roman_letters(text).iter().map(|mention| &text[mention.start..mention.end]).collect()
    }

    #[test]
    fn a_person_is_known_in_roman_letters() {
        for (text, name) in [
            ("Contact: Yamada Taro", "Yamada Taro"),
            ("Contact: Kuramochi", "Kuramochi"),
            ("連絡：Kuramochi Hanae", "Kuramochi Hanae"),
            ("主宰：Suzuki Ichiro", "Suzuki Ichiro"),
            ("YAMADA Taro まで", "YAMADA Taro"),
            ("Taro Yamada teaches here", "Taro Yamada"),
            ("Ms. Kuramochi が案内します", "Kuramochi"),
            ("Mr Smith speaks English", "Smith"),
            ("Kuramochiさんに電話", "Kuramochi"),
            ("Emily先生と英会話", "Emily"),
            ("Ask Kuramochi-san", "Kuramochi"),
            ("担当 Ohtsuka", "Ohtsuka"),
            ("G. Kuramochi まで", "Kuramochi"),
            ("Kuramochi さんに電話", "Kuramochi"),
            ("Shigihara Hisao 宛", "Shigihara Hisao"),
        ] {
            assert!(names(text).contains(&name), "{text}: {:?}", names(text));
        }
    }

    #[test]
    fn offices_places_and_english_words_are_nobody() {
        for text in [
            "Contact: City Hall",
            "Contact: Yoka Community Center",
            "Contact: Kominkan",
            "Peaceful Yoga for beginners",
            "Open Cafe Minami",
            "Koala Club",
            "Minami Park",
            "JAさんの畑",
            "NPO様",
            "Tea Time at Home",
            "Zoom ID を送ります",
            "Wi-Fi あり",
            "Facebook をご覧ください",
            "LINE へ",
            "Tel: 079-662-0000",
            "E-mail でどうぞ",
            "Ukulele Hana",
            "Yoka Kominkan まで",
            "YouTube Live に",
        ] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
    }
}
