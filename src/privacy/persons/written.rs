//! What a column of persons holds: names among roles and forms of address. This module does no I/O.

use super::known_words::is_role;
use crate::text::fold;

/// Forms of address behind a name in a column of persons, folded.
const TITLES_BEHIND: [&str; 8] = ["さん", "さま", "様", "氏", "ちゃん", "様方", "様宅", "先生"];

/// Maximum length of a role, in characters: a cell without a gap is not searched for one at each of its characters.
const MAX_ROLE_CHARS: usize = 24;

/// The words of a column of persons without roles and honorifics, folded.
pub(in crate::privacy) fn words_of(written: &str) -> impl Iterator<Item = String> {
    let is_gap = |c: char| c.is_whitespace() || "（）()・･,、，/／:：;；「」『』【】[]".contains(c);
    written.split(is_gap).map(fold).map(|word| without_role(&word)).filter(|word| !word.is_empty())
}

/// The longest role at the beginning of a text whose rest is redacted.
pub(in crate::privacy) fn role_before(text: &str) -> Option<String> {
    let text = text.trim_start();
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|at| is_role(&fold(&text[..*at])));
    ends.max().map(|end| text[..end].trim_end().to_owned())
}

/// The folded `word` without roles before it and roles and forms of address behind it. 「自治会長」 is a role as a whole.
fn without_role(word: &str) -> String {
    let mut rest = word;
    while !is_role(rest) {
        match with_less_roles(rest) {
            Some(shorter) => rest = shorter,
            None => return rest.to_owned(),
        }
    }
    String::new()
}

/// `word` without the longest role before it, else without the longest role or form of address behind it. A role of one
/// character is none here: 長谷川, 鬼頭.
fn with_less_roles(word: &str) -> Option<&str> {
    let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(1).collect();
    let is_form = |text: &str| TITLES_BEHIND.contains(&text);
    let is_long = |text: &str| text.chars().nth(1).is_some();
    let is_front = |at: &&usize| is_long(&word[..**at]) && is_role(&word[..**at]);
    let front = cuts.iter().take(MAX_ROLE_CHARS).filter(is_front).max().map(|at| &word[*at..]);
    let is_back = |at: &&usize| is_form(&word[**at..]) || is_long(&word[**at..]) && is_role(&word[**at..]);
    let ends = &cuts[cuts.len().saturating_sub(MAX_ROLE_CHARS)..];
    front.or_else(|| ends.iter().find(is_back).map(|at| &word[..*at]))
}
