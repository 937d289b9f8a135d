//! Rare family names that the grammar of a sentence shows: who does what only a person does (「鍵は鵜木が開けます」), who takes
//! a role over (「担当が鵜木に変わりました」), whose age, spouse or barn is named, and who is counted (「鵜木・轟木の2名で」).
//!
//! A company of two kanji can do much of this too: what the table knows as an ordinary word, a group or an office is no family. This
//! module does no I/O.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::family::{
    family_before, is_family_char, is_likely_family, is_possible_family, is_single_family, single_family_before,
    without_reading, without_role_behind,
};
use super::{CLAUSE_ENDS, MentionKind, PART_ENDS, PersonMention, clause_at, ends_like_people, marks_in};
use crate::privacy::persons::full_name::is_known_from_books;
use crate::privacy::persons::known_words::{is_kana, is_known_family, is_name_space, is_none, is_role, is_surname};
use crate::privacy::persons::name_characters::family_level;
use crate::privacy::persons::name_dictionary::is_noun;
use crate::privacy::words::{PeopleWords, PrivacyWordFile};
use crate::text::fold;

/// Signs between the names of a list.
const BETWEEN_NAMES: [char; 5] = ['・', '、', '，', 'と', '／'];

/// From which level on a word alone is a family name to whom one turns: 「鑓水まで」.
const LIKELY_FAMILY: i32 = 1;

/// Longest object of a verb behind its subject, in characters.
const MOST_OBJECT_CHARS: usize = 10;

/// Longest given name behind a space, in characters.
const MOST_GIVEN_CHARS: usize = 4;

/// Longest job in a bracket, in characters.
const MOST_JOB_CHARS: usize = 8;

/// Longest part that is nothing but a role and a family name, in characters.
const MOST_PART_CHARS: usize = 12;

/// Characters in which a telephone number has its digits, and how many it has at least.
const MOST_NUMBER_CHARS: usize = 13;
const FEWEST_DIGITS: usize = 9;

/// What words behind a family name ask of the clause around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameCondition {
    /// Nothing: only persons do so.
    None,
    /// That it names a role, which the person takes over.
    NamesRole,
    /// That it speaks of calling somebody: 「申込は轟木まで」.
    Calls,
}

impl NameCondition {
    /// Whether the clause of `text` around byte `at` is as this asks.
    fn holds(self, text: &str, at: usize, words: &PeopleWords) -> bool {
        match self {
            Self::None => true,
            Self::NamesRole => names_role(clause_at(text, at), words),
            Self::Calls => is_about_calling(clause_at(text, at), words),
        }
    }
}

/// The words behind a family name, by their first character.
static BEHIND: LazyLock<HashMap<char, Vec<(&'static str, NameCondition)>>> = LazyLock::new(|| {
    let words = &PrivacyWordFile::get().people;
    let lists = [
        (&words.doings, NameCondition::None),
        (&words.couples, NameCondition::None),
        (&words.rooms_of_homes, NameCondition::None),
        (&words.taking_over, NameCondition::NamesRole),
        (&words.turn_to, NameCondition::Calls),
    ];
    let mut by_first: HashMap<char, Vec<(&'static str, NameCondition)>> = HashMap::new();
    for (word, condition) in lists.into_iter().flat_map(|(list, condition)| list.iter().map(move |w| (w, condition))) {
        by_first.entry(word.chars().next().unwrap_or_default()).or_default().push((word, condition));
    }
    by_first
});

/// The family names in `text` that its sentences show to be one.
pub(super) fn in_sentences(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let is_behind = |(word, condition): &(&str, NameCondition)| {
            text[at..].starts_with(word) && condition.holds(text, at, words)
        };
        let rest = &text[at..];
        let shows_family = BEHIND.get(&c).is_some_and(|words| words.iter().any(is_behind))
            || is_age(rest)
            || is_former_job(rest, words)
            || does_something(text, at)
            || ends_a_request(text, at, words);
        let end = without_reading(&text[..at]);
        let calls = |(word, condition): &(&str, NameCondition)| {
            *condition == NameCondition::Calls && text[at..].starts_with(word) && condition.holds(text, at, words)
        };
        if (BEHIND.get(&c).is_some_and(|words| words.iter().any(calls)) || ends_a_request(text, at, words))
            && let Some(start) = single_family_before(text, end, words)
        {
            found.push((start, end));
        }
        if (shows_family || is_telephone(rest))
            && let Some(start) = family_before(text, end, words)
            && (shows_family || is_surname(&fold(&text[start..end])))
        {
            found.push((start, end));
        }
        if c == 'の' {
            let behind = at + c.len_utf8();
            if counts_people(&text[behind..]) {
                found.extend(listed_before(text, at, words));
            }
            let holder = family_at(&text[behind..], words).filter(|length| {
                let acts = text[behind + length..].starts_with('が');
                ends_with_term_of_office(&text[..at], words) || acts && ends_with_head(&text[..at], words)
            });
            let holder = holder.or_else(|| introduced_at(text, at, words));
            found.extend(holder.map(|length| (behind, behind + length)));
        }
    }
    found.extend(alone_with_role(text, words));
    found.extend(parts_with_role(text, words));
    found.extend(alone_with_telephone(text, words));
    found.extend(alone_as_address(text, words));
    found.into_iter().map(|(start, end)| PersonMention { start, end, kind: MentionKind::TurnedTo }).collect()
}

fn is_about_calling(clause: &str, words: &PeopleWords) -> bool {
    let mut all = words.private_times.iter().chain(&words.calling);
    all.any(|word| clause.contains(word.as_str()))
}

/// Whether `clause` names a role that somebody can take over.
fn names_role(clause: &str, words: &PeopleWords) -> bool {
    let has_title = marks_in(clause).any(|(_, _, kind)| kind == MentionKind::WithRole);
    has_title || words.contact_labels.iter().any(|label| clause.contains(label.as_str()))
}

/// Whether what stands before the が at byte `at` does something to something, as hardly anything but people do: 「百々が論語を読みます」,
/// 「会計を百々が兼務」.
fn does_something(text: &str, at: usize) -> bool {
    let Some(behind) = text[at..].strip_prefix('が').filter(|_| !is_known_from_books(clause_at(text, at))) else {
        return false;
    };
    let clause = &behind[..behind.find(['、', '。', '\n', 'が']).unwrap_or(behind.len())];
    let object = clause.chars().take(MOST_OBJECT_CHARS).any(|c| c == 'を');
    let subject = text[..at].rfind(|c| !is_family_char(c)).map_or("", |at| &text[at..]);
    object || subject.starts_with('を')
}

/// Whether the に at byte `at` ends a clause that asks to turn to somebody: 「詳しくは百々に」.
fn ends_a_request(text: &str, at: usize, words: &PeopleWords) -> bool {
    let Some(behind) = text[at..].strip_prefix('に') else { return false };
    behind.chars().next().is_none_or(|c| CLAUSE_ENDS.contains(c)) && is_about_calling(clause_at(text, at), words)
}

/// Whether `rest` begins with somebody's age: 「（79歳）」, but not 「（65歳以上）」.
fn is_age(rest: &str) -> bool {
    let Some(inner) = rest.strip_prefix(['（', '(']) else { return false };
    let behind = inner.trim_start_matches(char::is_numeric);
    behind.len() < inner.len()
        && ["歳", "才"].iter().filter_map(|unit| behind.strip_prefix(unit)).any(|end| end.starts_with(['）', ')']))
}

/// Whether `rest` begins with what somebody was: 「（元看護師）」, but not 「（元小学校）」.
fn is_former_job(rest: &str, words: &PeopleWords) -> bool {
    let inner = rest.strip_prefix("（元").or_else(|| rest.strip_prefix("(元")).unwrap_or_default();
    let job = &inner[..inner.find(['）', ')']).unwrap_or(0)];
    job.chars().count() <= MOST_JOB_CHARS && ends_like_people(job, words)
}

/// Whether `rest` begins with a telephone number behind a sign: 「（0790-00-0001）」. Before one stands the name of an office as often,
/// so that it shows a family of the table only.
fn is_telephone(rest: &str) -> bool {
    let number = rest.trim_start_matches(['（', '(', ' ', '\u{3000}', ':', '：']);
    let digits = number.chars().take(MOST_NUMBER_CHARS).filter(char::is_ascii_digit).count();
    number.len() < rest.len() && number.starts_with('0') && digits >= FEWEST_DIGITS
}

/// Whether `text` ends with a role that somebody had or has now: 「元校長」, 「前代表」.
fn ends_with_term_of_office(text: &str, words: &PeopleWords) -> bool {
    let run = text.chars().rev().take_while(|c| crate::text::is_kanji(*c)).map(char::len_utf8).sum::<usize>();
    let office = &text[text.len() - run..];
    let mut roles = words.terms_of_office.iter().filter_map(|term| office.strip_prefix(term.as_str()));
    roles.any(|role| is_role(&fold(role)) || role.chars().count() > 1 && ends_like_people(role, words))
}

/// Whether `text` ends with the role of somebody who heads a group: 「班長の百々が回ります」.
fn ends_with_head(text: &str, words: &PeopleWords) -> bool {
    words.heads.iter().any(|head| text.ends_with(head.as_str()))
}

/// The length of the family name behind the の at byte `at`, by which somebody with a role is introduced: 「講師の長曽です」.
fn introduced_at(text: &str, at: usize, words: &PeopleWords) -> Option<usize> {
    let has_role = words.titles.iter().any(|title| text[..at].ends_with(title.as_str()));
    let rest = &text[at + 'の'.len_utf8()..];
    let name = &rest[..rest.find("です").filter(|_| has_role)?];
    (is_possible_family(name, words) || is_single_family(name, words)).then_some(name.len())
}

/// The length of the family name with which `rest` begins before a particle.
fn family_at(rest: &str, words: &PeopleWords) -> Option<usize> {
    let length = rest.find(|c| !is_family_char(c)).unwrap_or(rest.len());
    let is_bounded = rest[length..].chars().next().is_none_or(|c| "がはもにとへを、。".contains(c));
    (is_bounded && is_possible_family(&rest[..length], words)).then_some(length)
}

/// A clause that is nothing but a role and a family name: 「代表百々」, 「轟木代表」.
fn alone_with_role(text: &str, words: &PeopleWords) -> Option<(usize, usize)> {
    let clause = text.trim();
    let start = text.len() - text.trim_start().len();
    let mut names =
        words.heads.iter().filter_map(|head| clause.strip_prefix(head.as_str()).or(clause.strip_suffix(head.as_str())));
    (!is_role(&fold(clause)) && names.any(|name| is_possible_family(name, words)))
        .then_some((start, start + clause.len()))
}

/// Parts of a text that are nothing but a role, of any kind, and what is written like a family name: 「看護師新納」, 「鑓水 保健師」.
fn parts_with_role(text: &str, words: &PeopleWords) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for part in text.split_inclusive(|c| PART_ENDS.contains(c)) {
        let bare = part.trim_end_matches(|c| PART_ENDS.contains(c)).trim();
        let start = from + part.find(bare).unwrap_or_default();
        from += part.len();
        if bare.chars().count() > MOST_PART_CHARS || is_role(&fold(bare)) {
            continue;
        }
        let cuts = || bare.char_indices().map(|(at, _)| bare.split_at(at)).skip(2);
        let is_named = |(role, name): (&str, &str)| {
            let is_apart = role.ends_with(is_name_space) || name.starts_with(is_name_space);
            let is_whole = is_role(&fold(role.trim()));
            // 「担当コーチ 仁科」
            (is_whole || is_apart && ends_with_role(role.trim()))
                && (is_likely_family(name.trim(), words) || is_apart && is_family_with_given(name.trim()))
        };
        if cuts().any(is_named) || cuts().any(|(name, role)| is_named((role, name))) {
            found.push((start, start + bare.len()));
        }
    }
    found
}

/// Whether `name` is a family name of the dictionary and, behind a space, what may be a given name: 「砂田 松鶴」.
fn is_family_with_given(name: &str) -> bool {
    let Some((family, given)) = name.split_once(is_name_space) else { return false };
    let is_short = (1..=MOST_GIVEN_CHARS).contains(&given.chars().count());
    let is_written_so = given.chars().all(|c| is_family_char(c) || is_kana(c));
    is_short && is_written_so && is_known_family(&fold(family)) && !is_none(&fold(given)) && !is_noun(&fold(given))
}

/// Whether a word ends with a role of two characters or more: 担当コーチ.
fn ends_with_role(word: &str) -> bool {
    let ends = word.char_indices().map(|(at, _)| &word[at..]);
    ends.filter(|end| end.chars().nth(1).is_some()).any(|end| is_role(&fold(end)))
}

/// A clause that is nothing but a family name and a telephone number: 「百々 0790-00-0001」.
fn alone_with_telephone(text: &str, words: &PeopleWords) -> Option<(usize, usize)> {
    let clause = text.trim();
    let start = text.len() - text.trim_start().len();
    let length = clause.find(|c| !is_family_char(c))?;
    let number = clause[length..].trim_start_matches(['、', ',', '，']);
    let is_number = number.chars().all(|c| c.is_numeric() || " \u{3000}:：-－ー―()（）".contains(c));
    let digits = number.chars().filter(|c| c.is_numeric()).count();
    let name = &clause[..length];
    let is_name = is_possible_family(name, words) || is_single_family(name, words);
    (is_number && digits >= FEWEST_DIGITS && is_name).then_some((start, start + length))
}

/// A clause that is nothing but a family name with its role and whom to turn to: 「猪俣支部長まで」.
fn alone_as_address(text: &str, words: &PeopleWords) -> Option<(usize, usize)> {
    let clause = text.trim().trim_end_matches('。');
    let start = text.len() - text.trim_start().len();
    let named = ["まで", "へ", "宛", "あて"].iter().find_map(|end| clause.strip_suffix(end))?;
    // 「犬童（いんどう）へ」, but not 「受付へ」
    let before_reading = &named[..without_reading(named)];
    let has_reading = before_reading.len() < named.len();
    let is_likely = has_reading || family_level(&fold(named)) >= LIKELY_FAMILY;
    let name = without_role_behind(named).or(Some(before_reading).filter(|_| is_likely));
    let name = name.filter(|name| is_possible_family(name, words))?;
    Some((start, start + name.len()))
}

/// Whether `rest` counts people: 「3名で運営」.
fn counts_people(rest: &str) -> bool {
    let behind = rest.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
    behind.len() < rest.len() && behind.starts_with(['名', '人'])
}

/// The family names of the list that ends at byte `at`; none unless all of at least two may be one.
fn listed_before(text: &str, at: usize, words: &PeopleWords) -> Vec<(usize, usize)> {
    let (mut names, mut end) = (Vec::new(), at);
    loop {
        let start = text[..end].rfind(|c: char| BETWEEN_NAMES.contains(&c) || !c.is_alphanumeric());
        let from = start.map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
        if !is_possible_family(&text[from..end], words) {
            break;
        }
        names.push((from, end));
        match start.filter(|at| text[*at..].starts_with(BETWEEN_NAMES)) {
            Some(separator) => end = separator,
            None => break,
        }
    }
    if names.len() > 1 { names } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let found = in_sentences(text, &PrivacyWordFile::get().people);
        found.iter().map(|mention| &text[mention.start..mention.end]).collect()
    }

    #[test]
    fn a_rare_family_name_is_seen_by_what_a_sentence_says_of_it() {
        for (text, name) in [
            ("申込は轟木まで", "轟木"),
            ("犬童へご連絡ください", "犬童"),
            ("犬童（いんどう）に連絡", "犬童"),
            ("詳しくは轟木にお尋ねください", "轟木"),
            ("困ったら百々へ", "百々"),
            ("担当が鵜木に変わりました", "鵜木"),
            ("4月から世話人が轟木に交代", "轟木"),
            ("会長は犬童から百々へ引き継ぎ", "百々"),
            ("鍵は轟木が開けます", "轟木"),
            ("犬童が車を出します", "犬童"),
            ("集金は百々が担当", "百々"),
            ("鑓水夫婦が運営", "鑓水"),
            ("鑓水（79歳）が教えます", "鑓水"),
            ("犬童・百々・轟木の3名で運営", "百々"),
            ("場所は鑓水の離れ", "鑓水"),
            ("鑓水（元看護師）が血圧を測ります", "鑓水"),
            ("高橋（0790-00-0001）", "高橋"),
            ("鑓水の長女が送迎", "鑓水"),
            ("班長の鑓水が回ります", "鑓水"),
            ("鑓水が論語を読みます", "鑓水"),
            ("会計を鑓水が兼務", "鑓水"),
            ("詳しくは鑓水に", "鑓水"),
            ("前代表の鑓水は退任", "鑓水"),
            ("代表百々", "代表百々"),
            ("鑓水支部長まで電話", "鑓水支部長"),
        ] {
            assert!(names(text).contains(&name), "{text}: {:?}", names(text));
        }
    }

    #[test]
    fn what_groups_and_ordinary_people_do_names_nobody() {
        let texts = include_str!("no_family_in_sentence.txt").lines();
        let mistaken: Vec<(&str, Vec<&str>)> =
            texts.map(|text| (text, names(text))).filter(|(_, names)| !names.is_empty()).collect();
        assert_eq!(mistaken, Vec::new());
    }
}
