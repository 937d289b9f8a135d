//! Where a text names somebody whom no column announces: 「（代表 山田花子）」, 「会長：山田」, 「山田様方」, 「山田さんへ」.
//!
//! It needs no list of names: a role, a form of address or a house number says that a name stands beside it. Whatever could as
//! well be something else is no mention. This module does no I/O.

mod brackets;
mod by_dictionary;
mod columns;
mod family;
mod in_sentences;
mod kana;
mod known_texts;
mod roman;
mod turned_to;
mod with_posts;

use std::collections::HashMap;
use std::sync::LazyLock;

use self::brackets::bracketed;
pub(in crate::privacy) use self::brackets::without_bracketed_families;
pub(crate) use self::brackets::without_bracketed_persons;
use self::by_dictionary::by_dictionary;
pub(in crate::privacy) use self::columns::{asks_for_a_person, is_person_in_column};
use self::family::{is_clear_family, is_ordinary_word, is_possible_family, is_single_family};
pub(in crate::privacy) use self::family::{is_list_maker, without_list_words};
use self::in_sentences::in_sentences;
use self::kana::{
    addressed_in_kana, at_home_in_kana, family_home_in_kana, kana_name_behind, spaced_in_kana, turned_to_in_kana,
};
use self::known_texts::known_or;
use self::roman::{in_roman_letters, with_own_mail};
use self::turned_to::turned_to;
use self::with_posts::with_posts;

use super::full_name::{full_names_in, is_known_from_books, kana_behind};
use super::known_words::{is_kana, is_name_space, is_ordinary, is_role, is_surname};
use super::lone_name::{ALONE, AMONG_WORDS, is_probably_a_name};
use super::name::{NameLikelihood, likelihood};
use crate::privacy::home_address::{gives_home_address, is_own_home};
use crate::privacy::words::{PeopleWords, PrivacyWordFile};
use crate::text::{fold, is_kanji};

/// Separators between a role and a name.
const SEPARATORS: &str = " \u{3000}:：・＝=／/→⇒…‥｜|のは";

/// What a person is looked for beside, by its first character.
type MarkIndex = HashMap<char, Vec<(&'static str, MentionKind)>>;

/// Titles, forms of address and homes.
static MARKS: LazyLock<MarkIndex> = LazyLock::new(|| {
    let words = &PrivacyWordFile::get().people;
    let lists = [
        (&words.titles, MentionKind::WithRole),
        (&words.homes, MentionKind::Home),
        (&words.address_forms, MentionKind::Addressed),
    ];
    let mut marks = MarkIndex::new();
    for (mark, kind) in lists.into_iter().flat_map(|(list, kind)| list.iter().map(move |word| (word.as_str(), kind))) {
        marks.entry(mark.chars().next().unwrap_or_default()).or_default().push((mark, kind));
    }
    for marks in marks.values_mut() {
        marks.sort_by_key(|(mark, _)| usize::MAX - mark.len());
    }
    marks
});

/// Ends of a clause.
const CLAUSE_ENDS: &str = "。\n；;";

/// Ends of the parts of a text that say something by themselves.
const PART_ENDS: &str = "。\n；;、，,／/（）()：:→・";

/// Longest run of characters that is looked at as a name.
const RUN_CHARS: usize = 6;

/// A clause that is not longer, in characters, speaks of the place; a longer one may tell of people of history.
const SHORT_CLAUSE_CHARS: usize = 25;

/// How a text names somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MentionKind {
    /// In a bracket behind an organisation; the text is whole without it.
    Bracketed,
    /// A private home.
    Home,
    /// With a form of address.
    Addressed,
    /// Behind a role.
    WithRole,
    /// As whom one turns to, by what may be a family name.
    TurnedTo,
    /// By a family name alone, which the dictionary knows.
    Family,
    /// By a full name alone.
    FullName,
    /// By nothing but what is written like a name, as the whole text.
    Alone,
}

/// A person named in a text, as a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonMention {
    /// Its first byte.
    pub(crate) start: usize,
    /// Behind its last byte.
    pub(crate) end: usize,
    /// How the person is named.
    pub(crate) kind: MentionKind,
}

impl PersonMention {
    /// Whether what looks like a home or a name in `text` is the name of a town: 上三宅, 新庄徳蔵.
    pub(in crate::privacy) fn is_town(&self, text: &str, is_common: impl Fn(&str) -> bool) -> bool {
        let words = &text[self.start..self.end];
        let own = words.rsplit_once(['市', '区', '町', '村', '郡']).map_or(words, |(_, own)| own);
        let may_be = matches!(
            self.kind,
            MentionKind::Home
                | MentionKind::FullName
                | MentionKind::TurnedTo
                | MentionKind::Family
                | MentionKind::Alone
        );
        // 「江川 和佐」 are two towns.
        let are_all = || words.contains(is_name_space) && words.split(is_name_space).all(|word| is_common(&fold(word)));
        may_be && ([words, own].iter().any(|name| is_common(&fold(name))) || are_all())
    }
}

/// The persons named in `text`, in no order.
pub(crate) fn persons_in(text: &str) -> Vec<PersonMention> {
    known_or(text, find_persons)
}

fn find_persons(text: &str) -> Vec<PersonMention> {
    let words = &PrivacyWordFile::get().people;
    let mut found = bracketed(text, words);
    found.extend(behind_titles(text, words));
    found.extend(before_titles(text, words));
    found.extend(with_forms(text, words));
    found.extend(turned_to(text, words));
    found.extend(in_sentences(text, words));
    found.extend(addressed_in_kana(text, words));
    found.extend(at_home_in_kana(text, words));
    found.extend(family_home_in_kana(text, words));
    found.extend(turned_to_in_kana(text, words));
    found.extend(spaced_in_kana(text, words));
    found.extend(in_roman_letters(text));
    found.extend(by_full_name(text));
    found.extend(with_own_mail(text, words));
    found.extend(alone(text));
    found.extend(with_posts(text, words));
    found.extend(by_dictionary(text, words));
    found.retain(|mention| mention.kind == MentionKind::Bracketed || is_of_the_place(clause_at(text, mention.start)));
    found
}

/// Full names without any word beside them.
fn by_full_name(text: &str) -> Vec<PersonMention> {
    let names = full_names_in(text).into_iter().filter(|(start, _)| !is_known_from_books(clause_at(text, *start)));
    names.map(|(start, end)| PersonMention { start, end, kind: MentionKind::FullName }).collect()
}

/// The whole text, or one of its parts between signs, where it is nothing but what is probably a name.
fn alone(text: &str) -> Vec<PersonMention> {
    let mut found = Vec::new();
    let mut from = 0;
    for part in text.split_inclusive(|c| PART_ENDS.contains(c)) {
        let bare = part.trim_end_matches(|c| PART_ENDS.contains(c));
        let is_whole = bare.trim().len() == text.trim().len();
        let start = from + (bare.len() - bare.trim_start().len());
        let end = from + bare.trim_end().len();
        from += part.len();
        if start >= end {
            continue;
        }
        let is_name = |least: i32| is_probably_a_name(&text[start..end], least);
        let kind = if is_name(AMONG_WORDS) {
            Some(MentionKind::FullName)
        } else {
            Some(MentionKind::Alone).filter(|_| is_whole && is_name(ALONE))
        };
        found.extend(kind.map(|kind| PersonMention { start, end, kind }));
    }
    found
}

/// Whether `text`, the words in a bracket behind a telephone number, names whose it is; `outside_hours`: whether the number is one
/// for the hours when nobody is at an office.
pub(in crate::privacy) fn is_owner(text: &str, outside_hours: bool) -> bool {
    let words = &PrivacyWordFile::get().people;
    let bare = without_form(text.trim(), words);
    let is_family = || (2..=4).contains(&bare.chars().count()) && is_possible_family(bare, words);
    likelihood(bare) == NameLikelihood::Certain || is_surname(&fold(bare)) || outside_hours && is_family()
}

/// The clause of `text` in which the byte `at` lies.
fn clause_at(text: &str, at: usize) -> &str {
    let from = text[..at].rfind(|c| CLAUSE_ENDS.contains(c)).map_or(0, |end| end + 1);
    let from = (from..=at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
    let to = text[at..].find(|c| CLAUSE_ENDS.contains(c)).map_or(text.len(), |end| at + end);
    &text[from..to]
}

/// Whether a clause speaks of the place and whom to call; a long one tells of its history and of the people in it.
fn is_of_the_place(clause: &str) -> bool {
    let narrow = clause.chars().filter(char::is_ascii).count();
    // Of what Japanese says in a character, English needs two letters.
    clause.chars().count() - narrow / 2 <= SHORT_CLAUSE_CHARS || is_about_contact(clause)
}

fn is_about_contact(clause: &str) -> bool {
    PrivacyWordFile::get().people.contact_words.iter().any(|word| clause.contains(word.as_str()))
}

/// The name of a part of the municipality without the persons that are named with it. One that is nothing but what looks like a
/// full name is the part's own: 新庄徳蔵.
pub(in crate::privacy) fn without_persons_in_name(name: &str) -> String {
    let (kept, _) = without_bracketed_persons(name);
    // 三宅 is the name of a part, too.
    let is_named = |mention: &PersonMention| match mention.kind {
        MentionKind::Home | MentionKind::Addressed | MentionKind::Family => false,
        MentionKind::FullName | MentionKind::Alone => kept[..mention.start].len() + kept[mention.end..].len() > 0,
        _ => true,
    };
    let first = persons_in(&kept).into_iter().filter(is_named).min_by_key(|mention| mention.start);
    let Some(PersonMention { start, end, .. }) = first else { return kept };
    let rest = [&kept[..start], &kept[end..]].map(str::trim).into_iter().find(|rest| !rest.is_empty());
    rest.unwrap_or("地区").to_owned()
}

/// A sentence without the brackets and clauses that name a person; `None` if nothing is left. `is_common`: whether a folded word
/// names a town.
pub(in crate::privacy) fn without_persons(text: &str, is_common: impl Fn(&str) -> bool) -> Option<String> {
    let (text, _) = without_bracketed_persons(text);
    let mut mentions = persons_in(&text);
    mentions.retain(|mention| !mention.is_town(&text, &is_common));
    if mentions.is_empty() && !gives_home_address(&text) {
        return (!text.is_empty()).then_some(text);
    }
    let (mut kept, mut at) = (String::new(), 0);
    for clause in text.split_inclusive(|c| CLAUSE_ENDS.contains(c)) {
        let range = at..at + clause.len();
        let is_named = mentions.iter().any(|mention| mention.start < range.end && mention.end > range.start);
        if !is_named && !gives_home_address(clause) {
            kept.push_str(clause);
        }
        at = range.end;
    }
    (!kept.trim().is_empty()).then(|| kept.trim().to_owned())
}

/// Whether `text`, a venue or an address, is a private home: 山田宅, 会長宅, 自宅, 12番地 山田方.
pub(crate) fn is_home(text: &str) -> bool {
    is_own_home(text) || persons_in(text).iter().any(|mention| mention.kind == MentionKind::Home)
}

fn without_form<'t>(part: &'t str, words: &PeopleWords) -> &'t str {
    words.address_forms.iter().find_map(|form| part.strip_suffix(form.as_str())).unwrap_or(part)
}

/// Names behind a title outside of brackets.
fn behind_titles(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let (mut found, mut free_from) = (Vec::new(), 0);
    for (start, title, _) in marks_in(text).filter(|(_, _, kind)| *kind == MentionKind::WithRole) {
        let from = start + title.len();
        if start < free_from {
            continue;
        }
        free_from = from;
        let is_in = |list: &[String]| list.iter().any(|word| word == title);
        let context = Context { bracketed: false, job: is_in(&words.jobs), head: is_in(&words.heads) };
        if let Some(length) = name_behind(&text[from..], words, context) {
            found.push(PersonMention { start, end: from + length, kind: MentionKind::WithRole });
        }
    }
    found
}

/// Family names right before the title of somebody who heads a group: 山田会長. Of rare ones only those whom one turns to, since
/// 老人会長 and 地区代表 look alike: 「轟木班長へ」.
fn before_titles(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let titles = marks_in(text).filter(|(_, _, kind)| *kind == MentionKind::WithRole);
    let named = titles.filter_map(|(at, title, _)| {
        let end = at + title.len();
        let run = text[..at].chars().rev().take_while(|c| is_kanji(*c) || *c == '々').take(RUN_CHARS);
        let start = at - run.map(char::len_utf8).sum::<usize>();
        let is_head = words.heads.iter().any(|head| head == title);
        // 「糸賀会長の挨拶」: what follows is about somebody. Of a town, its name is told by where it is known.
        let behind = text[end..].chars().next();
        let acts = title.ends_with("会長") && behind.is_none_or(|c| "のがはよかを、。（(".contains(c));
        let is_rare_head = acts && is_head && !["自治会長", "町内会長"].contains(&title);
        if is_rare_head && is_possible_family(&text[start..at], words) && !is_surname(&fold(&text[start..at])) {
            return Some(PersonMention { start, end: at, kind: MentionKind::TurnedTo });
        }
        let is_rare = || {
            let is_turned_to = words.turn_to.iter().any(|word| text[end..].starts_with(word.as_str()));
            is_turned_to && is_possible_family(&text[start..at], words)
        };
        let is_name = is_head && (is_surname(&fold(&text[start..at])) || is_rare());
        is_name.then_some(PersonMention { start, end, kind: MentionKind::WithRole })
    });
    named.collect()
}

/// Where a title stands.
#[derive(Debug, Clone, Copy)]
struct Context {
    bracketed: bool,
    /// Whether the title is also what somebody does, so that more words about it may follow: 講師 料理研究家.
    job: bool,
    /// Whether hardly anything but a name follows the title: 代表 鴫原.
    head: bool,
}

/// The length of the separator and the name with which `rest` begins, if a person's name stands there.
fn name_behind(rest: &str, words: &PeopleWords, context: Context) -> Option<usize> {
    let Context { bracketed, job, head } = context;
    if let Some(length) = kana_name_behind(rest, words) {
        return Some(length);
    }
    let separator: String = rest.chars().take_while(|c| SEPARATORS.contains(*c)).take(4).collect();
    let behind = &rest[separator.len()..];
    let (name, length) = name_run(behind);
    let form = words.address_forms.iter().find(|form| behind[length..].starts_with(form.as_str()));
    let kind = likelihood(&name);
    let is_open = behind[length..]
        .chars()
        .next()
        .is_some_and(|c| is_kanji(c) || is_kana(c) && !"でへにがはのまをとか".contains(c));
    let chars = name.chars().filter(|c| !is_name_space(*c)).count();
    let given = kana_behind(&behind[length..]).filter(|_| is_possible_family(&name, words));
    if let Some(given) = given.filter(|_| !separator.is_empty()) {
        return Some(separator.len() + length + given.len());
    }
    let loose = separator.contains(['の', 'は']);
    let is_name = match kind {
        _ if is_known(&name) => false,
        NameLikelihood::Certain => true,
        _ if form.is_some() => kind == NameLikelihood::Possible || is_surname(&fold(&name)),
        NameLikelihood::No => false,
        NameLikelihood::Possible if is_ordinary_word(&name) => false,
        _ if loose || is_open && !bracketed => false,
        _ if separator.is_empty() => bracketed && chars >= 3,
        _ if head && chars == 2 && name.chars().all(is_kanji) => !ends_like_people(&name, words),
        NameLikelihood::Possible => {
            chars >= 3 && !job || bracketed || separator.contains([':', '：', '・']) || is_surname(&fold(&name))
        }
    };
    is_name.then(|| separator.len() + length + form.map_or(0, String::len))
}

fn is_known(name: &str) -> bool {
    let folded = fold(name);
    is_ordinary(&folded) || is_role(&folded)
}

/// The run of kanji and katakana with which `text` begins, with a given name behind a space, and its length in bytes.
fn name_run(text: &str) -> (String, usize) {
    let is_letter = |c: char| is_kanji(c) || matches!(c, '\u{30a1}'..='\u{30fa}' | '々' | 'ー');
    let family: String = text.chars().take_while(|c| is_letter(*c)).take(RUN_CHARS + 2).collect();
    let rest = &text[family.len()..];
    let space = rest.chars().next().filter(|c| is_name_space(*c) && *c != '\n');
    let Some(space) = space.filter(|_| !family.is_empty() && family.chars().count() <= 4) else {
        let length = family.len();
        return (family, length);
    };
    let given: String = rest[space.len_utf8()..].chars().take_while(|c| is_letter(*c) || is_kana(*c)).collect();
    let whole = format!("{family} {given}");
    if given.chars().count() <= 4 && likelihood(&whole) != NameLikelihood::No {
        let length = family.len() + space.len_utf8() + given.len();
        return (whole, length);
    }
    let length = family.len();
    (family, length)
}

/// Names with a form of address, and homes.
fn with_forms(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let mut found = Vec::new();
    for (at, form, kind) in marks_in(text).filter(|(_, _, kind)| *kind != MentionKind::WithRole) {
        if let Some(start) = name_before(text, at, form, kind, words) {
            found.push(PersonMention { start, end: at + form.len(), kind });
        }
    }
    found
}

/// The titles, forms of address and homes in `text`, with the bytes at which they begin; of one byte, the longest first.
fn marks_in(text: &str) -> impl Iterator<Item = (usize, &'static str, MentionKind)> {
    let marks = move |(at, c): (usize, char)| {
        let marks = MARKS.get(&c).map_or(&[][..], Vec::as_slice).iter();
        marks.filter(move |(mark, _)| text[at..].starts_with(mark)).map(move |(mark, kind)| (at, *mark, *kind))
    };
    text.char_indices().flat_map(marks)
}

/// The start of the name that stands before the `form` at byte `at`.
fn name_before(text: &str, at: usize, form: &str, kind: MentionKind, words: &PeopleWords) -> Option<usize> {
    let is_letter = |c: &char| is_kanji(*c) || matches!(*c, '々' | '\u{30a1}'..='\u{30fa}');
    let run: Vec<char> = text[..at].chars().rev().take_while(is_letter).take(RUN_CHARS).collect();
    let name: String = run.into_iter().rev().collect();
    let start = at - name.len();
    let behind = &text[at + form.len()..];
    let window: String = text[start..at + form.len()].chars().chain(behind.chars().take(3)).collect();
    if words.not_names.iter().any(|word| word.contains(form) && window.contains(word.as_str())) {
        return None;
    }
    let is_polite = name.chars().nth(1).is_none() && text[..start].ends_with(['お', 'ご', '御']);
    let is_name = match kind {
        MentionKind::Home => names_a_home(text, (start, at), form, behind),
        // お金ちゃんと
        _ => !is_polite && is_addressed(&name, form, behind),
    };
    let start = given_in_kana(text, (start, at)).unwrap_or(start);
    (is_name || start < at - name.len()).then_some(start)
}

/// Where a given name in kana begins that the one character at `start..at` ends: ふさ子さん.
fn given_in_kana(text: &str, (start, at): (usize, usize)) -> Option<usize> {
    let is_end = ["子", "江", "代", "枝", "美"].contains(&&text[start..at]);
    let kana: usize = text[..start].chars().rev().take_while(|c| is_kana(*c)).map(char::len_utf8).sum();
    let run = &text[start - kana..start];
    let run = run.rsplit(['は', 'を', 'も', 'へ']).next().unwrap_or(run);
    let is_given = (2..=3).contains(&run.chars().count()) && !run.ends_with(['の', 'っ', 'お', 'な', 'い']);
    (is_end && is_given).then(|| start - run.len())
}

fn is_addressed(name: &str, form: &str, behind: &str) -> bool {
    let goes_on = |signs: &str| behind.chars().next().is_some_and(|c| signs.contains(c));
    let is_word = match form {
        // さんぽ, さんか, さんご, さんすう
        "さん" => goes_on("ぽかごすぶまくぎりみち"),
        "様" => goes_on("子式々変相態"),
        "氏" => goes_on("名神子族"),
        _ => false,
    };
    let names_people = ends_like_people(name, &PrivacyWordFile::get().people);
    let kanji = name.chars().all(is_kanji) && (2..=4).contains(&name.chars().count());
    let kanji = kanji || form == "さん" && is_single_family(name, &PrivacyWordFile::get().people);
    !is_word
        && !is_known(name)
        && (is_surname(&fold(name))
            || kanji && !names_people && (likelihood(name) != NameLikelihood::No || name.chars().count() == 1))
}

/// Whether `name` ends like a word for people, gods or trades.
fn ends_like_people(name: &str, words: &PeopleWords) -> bool {
    words.people_endings.iter().any(|end| name.ends_with(end.as_str()))
}

/// Whether the name at `start..at` and the `form` behind it are a home: 山田宅, 会長宅, 12番地 山田方.
fn names_a_home(text: &str, (start, at): (usize, usize), form: &str, behind: &str) -> bool {
    let words = &PrivacyWordFile::get().people;
    let name = without_municipality(&text[start..at]);
    if is_surname(&fold(&format!("{name}{form}"))) {
        return false; // 三宅 is a family name and the name of many a 大字.
    }
    let next = behind.chars().next();
    let before = text[..start].trim_end().chars().next_back();
    let is_end = next.is_none_or(|c| !is_kanji(c) && !is_kana(c) || "前横裏隣へでにはのをとま".contains(c));
    let folded = fold(name);
    let has_form = form.chars().count() > 1;
    let is_name = is_surname(&folded)
        || likelihood(name) != NameLikelihood::No && (has_form || name.chars().count() >= 2)
        || (has_form || !words.never_before_homes.contains(name)) && is_single_family(name, words);
    match form {
        // 「12番地 山田方」, but neither 「12番地の裏の方」 nor 「1日の夕方」.
        "方" => is_end && is_name && before.is_some_and(|c| c.is_numeric() || "番地号目字".contains(c)),
        "家" => {
            let is_part = words.parts_of_homes.iter().any(|part| behind.starts_with(part.as_str()));
            let is_house = is_part && !name.starts_with('旧') && (2..=3).contains(&name.chars().count()) && is_name;
            before.is_none() && (is_surname(&folded) && behind.trim().is_empty() || is_house)
        }
        "邸" => is_end && is_name && !name.starts_with('旧') && before != Some('旧'),
        // 「鑓水の家」 is a family's, 「山の家」 a lodge.
        "の家" => {
            before.is_none() && is_end && (2..=3).contains(&name.chars().count()) && is_clear_family(name, words)
        }
        _ => is_end && (is_name || is_role(&folded)),
    }
}

/// What follows 市, 区, 町 or 村 in `name`: 「養父市三」 is the 三 of a 大字 三宅. Family names such as 市川 and 中村 stay whole.
fn without_municipality(name: &str) -> &str {
    if is_surname(&fold(name)) {
        return name;
    }
    // 町 and 村 stand within family names too, so that they end a municipality of three characters or more only.
    let least = |c: char| if "市区".contains(c) { 2 } else { 3 };
    let ends = name.char_indices().filter(|(_, c)| "市区町村郡".contains(*c));
    let is_end = |(at, c): &(usize, char)| name[..at + c.len_utf8()].chars().count() >= least(*c);
    let end = ends.filter(is_end).map(|(at, c)| at + c.len_utf8()).rfind(|end| *end < name.len());
    end.map_or(name, |end| &name[end..])
}

#[cfg(test)]
mod tests;
