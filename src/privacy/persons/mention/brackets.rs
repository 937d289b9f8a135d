//! Persons named in brackets: 「ひだまり会（代表 山田花子）」, 「社協（薬袋）」. This module does no I/O.

use super::{
    Context, MentionKind, NameLikelihood, PersonMention, ends_like_people, full_names_in, is_possible_family,
    is_surname, likelihood, name_behind, persons_in, without_form,
};
use crate::privacy::persons::full_name::{is_given, is_given_in_kana, is_mixed_given};
use crate::privacy::words::{PeopleWords, PrivacyWordFile};
use crate::text::{fold, is_kanji};

/// Opening and closing brackets.
const BRACKETS: [(char, char); 6] = [('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('[', ']'), ('〔', '〕')];

/// Most characters of a bracket that is read like a text of its own.
const MOST_CONTENT_CHARS: usize = 16;

/// `text` without the brackets that name a person, and what stood in them.
pub(crate) fn without_bracketed_persons(text: &str) -> (String, Vec<String>) {
    let groups = bracketed(text, &PrivacyWordFile::get().people);
    let (mut kept, mut persons, mut from) = (String::with_capacity(text.len()), Vec::new(), 0);
    for group in groups {
        kept.push_str(&text[from..group.start]);
        persons.push(text[group.start..group.end].trim_matches(is_bracket).trim().to_owned());
        from = group.end;
    }
    kept.push_str(&text[from..]);
    (kept.trim().to_owned(), persons)
}

/// `text` without the brackets that hold nothing but what may be a rare family name; `is_common`: whether a folded word names a
/// town.
pub(in crate::privacy) fn without_bracketed_families(text: &str, is_common: impl Fn(&str) -> bool) -> String {
    let words = &PrivacyWordFile::get().people;
    let (kept, _) = without_bracketed_persons(text);
    let is_family = |part: &str| {
        let bare = without_form(part.trim(), words);
        (2..=4).contains(&bare.chars().count()) && is_possible_family(bare, words) && !is_common(&fold(bare))
    };
    let mut left = String::with_capacity(kept.len());
    let mut rest = kept.as_str();
    while let Some(open) = rest.find(['（', '(']) {
        let inner = &rest[open + rest[open..].chars().next().map_or(0, char::len_utf8)..];
        let Some(length) = inner.find(['）', ')', '（', '(']).filter(|at| inner[*at..].starts_with(['）', ')']))
        else {
            left.push_str(&rest[..rest.len() - inner.len()]);
            rest = inner;
            continue;
        };
        let behind = &inner[length..];
        let behind = &behind[behind.chars().next().map_or(0, char::len_utf8)..];
        left.push_str(&rest[..if is_family(&inner[..length]) { open } else { rest.len() - behind.len() }]);
        rest = behind;
    }
    left.push_str(rest);
    left
}

/// The brackets that hold a role with a name, or a family name and a given name. One that is not closed ends with its line.
pub(super) fn bracketed(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let mut found: Vec<PersonMention> = Vec::new();
    for (open, close) in BRACKETS {
        for (start, _) in text.match_indices(open) {
            let inner = start + open.len_utf8();
            let line = &text[inner..];
            // Up to the next bracket, so that the time grows with the length of the text alone.
            let content = &line[..line.find([open, close, '\n']).unwrap_or(line.len())];
            let is_named_behind = is_named_behind(&text[..start], content.trim(), words);
            if is_named_behind
                || names_somebody_within(&text[..start], content)
                || content.split(['、', ',', '，', '／', '/', ';', '；']).any(|part| is_person(part.trim(), words))
            {
                let end = line.find('\n').unwrap_or(line.len());
                let end = line[..end].find(close).map_or(end, |at| at + close.len_utf8());
                found.push(PersonMention { start, end: inner + end, kind: MentionKind::Bracketed });
            }
        }
    }
    found.sort_by_key(|group| group.start);
    found.dedup_by(|next, before| next.start < before.end);
    found
}

/// Whether `content`, a short bracket behind `before`, names somebody in any way: 「上町（百々宅）」, 「500円（集金 百々）」. Behind a number
/// the bracket says whose it is, so that the two stay together.
fn names_somebody_within(before: &str, content: &str) -> bool {
    let before = before.trim_end();
    !before.is_empty()
        && !before.ends_with(char::is_numeric)
        && content.chars().nth(MOST_CONTENT_CHARS).is_none()
        && !content.contains(is_bracket)
        && persons_in(content).iter().any(|mention| mention.kind != MentionKind::Alone)
}

/// Whether `content`, a bracket behind `before`, which ends with a word for somebody, is nothing but what that person is called:
/// 「奥さん（ふさ江）」.
fn is_named_behind(before: &str, content: &str, words: &PeopleWords) -> bool {
    let has_word = words.before_names.iter().any(|word| before.ends_with(word.as_str()));
    let bare = without_form(content, words);
    let is_given_name = || is_mixed_given(bare) || bare.chars().count() == 2 && is_given(&fold(bare));
    // A family name is as often a part of the town: 「畑の先生（小西）」.
    has_word && (is_given_in_kana(&fold(bare)) || is_given_name())
}

/// Whether `part`, the words of a bracket, names a person.
fn is_person(part: &str, words: &PeopleWords) -> bool {
    let part = without_form(part, words);
    let title = words.titles.iter().find(|title| part.starts_with(title.as_str()));
    let behind = title.and_then(|title| {
        name_behind(&part[title.len()..], words, Context { bracketed: true, job: false, head: false })
    });
    // 「山田花子代表」
    let before = words.titles.iter().find_map(|title| Some((part.strip_suffix(title.as_str())?, title)));
    let is_named = |(name, title): (&str, &String)| {
        // 「（蓬莱谷代表）」: a rare family name. 「（大屋区長）」 names a part of the town, 「（書道講師）」 a trade.
        let is_rare =
            || words.heads.contains(title) && (2..=4).contains(&name.chars().count()) && name.chars().all(is_kanji);
        match likelihood(name) {
            NameLikelihood::Certain => true,
            NameLikelihood::Possible => is_surname(&fold(name)) || is_rare() && !ends_like_people(name, words),
            NameLikelihood::No => is_surname(&fold(name)),
        }
    };
    behind.is_some()
        || likelihood(part) == NameLikelihood::Certain
        || before.is_some_and(is_named)
        || is_author(part, words)
        || full_names_in(part).into_iter().any(|(start, _)| start == 0)
}

/// Whether `part` says who has made the list: 「鴫原作成」.
fn is_author(part: &str, words: &PeopleWords) -> bool {
    let made = &PrivacyWordFile::get().people.made_by;
    let name = made.iter().find_map(|word| part.strip_suffix(word.as_str()));
    name.is_some_and(|name| (2..=4).contains(&name.chars().count()) && is_possible_family(name, words))
}

fn is_bracket(c: char) -> bool {
    BRACKETS.iter().any(|(open, close)| c == *open || c == *close)
}
