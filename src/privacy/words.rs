//! The word lists of `privacy.toml`, folded for matching. This module does no I/O.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::fold;

/// `privacy.toml` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivacyWordFile {
    /// Words beside telephone numbers.
    pub numbers: NumberWords,
    /// What persons who look for a person are called.
    pub seeking: SeekingWords,
    /// Words beside addresses.
    pub addresses: AddressWords,
    /// Words by which persons are told from offices.
    pub people: PeopleWords,
    /// How given names are written.
    pub given: GivenNameWords,
}

/// How given names are written, by which a full name is known without any word beside it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenNameWords {
    /// First characters.
    pub first: String,
    /// Characters between one of these and 子 or 江.
    pub middle: String,
    /// Last characters.
    pub last: String,
    /// What stands behind a first character: 太郎, 之助.
    pub behind: Vec<String>,
    /// Whole names.
    pub whole: Vec<String>,
    /// Whole names of one character, which count behind a frequent family name only.
    pub single: Vec<String>,
    /// Names in kana.
    pub kana: Vec<String>,
    /// Ordinary words that look like one.
    pub ordinary: Vec<String>,
    /// Words before a name in one run of characters.
    pub before: Vec<String>,
    /// Words behind a name in one run of characters.
    pub after: Vec<String>,
    /// Words beside the name of somebody known from books.
    pub known: Vec<String>,
}

/// Words beside telephone numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberWords {
    /// Words that make a number somebody's own.
    pub own: Vec<String>,
    /// Words that hold one of those and mean something else.
    pub not_own: Vec<String>,
    /// Labels of a telephone number, as written.
    pub labels: Vec<String>,
    /// Labels of a fax number, as written.
    pub fax_labels: Vec<String>,
}

/// What a person who looks for a person is called in public; `{what}` is an interest, of pairs the second is without one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeekingWords {
    /// Where: `{area}` is the district.
    pub area: String,
    /// Whom to call: `{office}`.
    pub office: String,
    /// Who looks for company.
    pub company: [String; 2],
    /// Who teaches.
    pub teach: [String; 2],
    /// Who helps.
    pub help: [String; 2],
}

/// Words beside addresses.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddressWords {
    /// Words that make an address somebody's home.
    pub own: Vec<String>,
    /// What an address counts.
    pub marks: Vec<String>,
    /// What follows two numbers that are no address.
    pub counted: Vec<String>,
}

/// Words by which persons are told from offices.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleWords {
    /// Roles, which name nobody by themselves.
    pub roles: Vec<String>,
    /// Titles behind which a name is looked for, as written.
    pub titles: Vec<String>,
    /// Of these, the ones behind which other words stand as often.
    pub jobs: Vec<String>,
    /// Of the titles, the ones before which hardly anything but a name stands.
    pub heads: Vec<String>,
    /// Further roles in a bracket behind a name.
    pub bracketed_roles: Vec<String>,
    /// What stands before a role that somebody has no more, or has now: 元, 初代.
    pub terms_of_office: Vec<String>,
    /// Forms of address behind which hardly anything but a name stands, as written.
    pub address_forms: Vec<String>,
    /// Roles that are a person and no office.
    pub private_roles: Vec<String>,
    /// Words for somebody behind which a bracket with a name stands.
    pub before_names: Vec<String>,
    /// Common words of the names of places.
    pub place_words: Vec<String>,
    /// Forms of address behind a name.
    pub honorifics: Vec<String>,
    /// Those that hardly follow anything but a name.
    pub spoken: Vec<String>,
    /// What else follows the name of a row's own person.
    pub own_spoken: Vec<String>,
    /// What makes the name before it a private home, as written.
    pub homes: Vec<String>,
    /// Parts of a house behind the name of a family, as written: 薬袋家の蔵.
    pub parts_of_homes: Vec<String>,
    /// Ordinary words that look like a name with a form of address, as written.
    pub not_names: Vec<String>,
    /// Words that stand where a name could and are none.
    pub ordinary: Vec<String>,
    /// Endings of words for people, gods and trades, whose form of address names nobody.
    pub people_endings: Vec<String>,
    /// Words behind the name of who has made a list.
    pub made_by: Vec<String>,
    /// Words of a clause about the hours when nobody is at an office.
    pub private_times: Vec<String>,
    /// Words of a clause that says whom to turn to.
    pub contact_words: Vec<String>,
    /// Labels behind which a family name stands alone, as written.
    pub contact_labels: Vec<String>,
    /// What such a label may end with.
    pub label_endings: Vec<String>,
    /// Words of a clause about calling somebody, as written.
    pub calling: Vec<String>,
    /// Characters that stand in no family name.
    pub never_in_families: String,
    /// Family names written with such characters all the same, with a space between them.
    pub odd_families: String,
    /// Characters with which no family name ends.
    pub never_last_in_families: String,
    /// Single characters that make a word of 宅 and 邸 behind them.
    pub never_before_homes: String,
    /// Single characters that are a word by themselves.
    pub single_words: String,
    /// What may follow the name of somebody who is turned to, as written.
    pub behind_names: Vec<String>,
    /// What follows the name of whom one turns to, in a clause about calling somebody, as written.
    pub turn_to: Vec<String>,
    /// What only a person does, behind the person's name, as written: 「鍵は百々が開けます」.
    pub doings: Vec<String>,
    /// What follows the name of somebody who takes a role over, in a clause that names the role.
    pub taking_over: Vec<String>,
    /// Posts that a person holds, behind the person's name, as written.
    pub posts: Vec<String>,
    /// The same, where a branch of something stands before them as often.
    pub branch_posts: Vec<String>,
    /// Endings of words before a post that say of what it is: 老人会長.
    pub before_posts: Vec<String>,
    /// What the place of somebody who teaches ends with: 教室, 塾.
    pub lessons: Vec<String>,
    /// What is taught in lessons that are called after who gives them.
    pub subjects: Vec<String>,
    /// Shops and buildings that are called after whose they are, behind a family name.
    pub houses: Vec<String>,
    /// The same, which nobody but a family has.
    pub outbuildings: Vec<String>,
    /// Words in Roman letters by which offices and groups call themselves in addresses.
    pub public_users: Vec<String>,
    /// The same, which are a given name as often: hana, hikari.
    pub group_users: Vec<String>,
    /// Words of the names of files that say what a list is of.
    pub list_words: Vec<String>,
    /// More than one of a family, behind its name.
    pub couples: Vec<String>,
    /// Rooms and outbuildings that only homes have, behind the name of a family.
    pub rooms_of_homes: Vec<String>,
    /// Words in kana for people of a kind, before a form of address: ヘルパーさん.
    pub kana_people: Vec<String>,
    /// Titles before a name in Roman letters.
    pub roman_titles: Vec<String>,
    /// Titles behind a name in Roman letters.
    pub roman_titles_behind: Vec<String>,
    /// Words of offices in Roman letters, in lower case.
    pub roman_offices: Vec<String>,
    /// What lists are called whose rows are persons.
    pub lists_of_persons: Vec<String>,
    /// Labels in Roman letters before a name.
    pub roman_labels: Vec<String>,
    /// Words in Roman letters that read like Japanese and are no name.
    pub not_roman_names: Vec<String>,
    /// Endings of parts of a town.
    pub areas: Vec<String>,
    /// Endings of offices.
    pub offices: Vec<String>,
    /// Single characters with which offices end.
    pub office_letters: Vec<String>,
    /// Beginnings of offices.
    pub office_starts: Vec<String>,
    /// Words of headings that make a number below them a private person's.
    pub headings: Vec<String>,
    /// Further words of headings about persons, of whose columns nothing public is assumed.
    pub closed_headings: Vec<String>,
    /// What makes a number private in a bracketed note behind a heading.
    pub heading_notes: Vec<String>,
    /// Known methods of confirming a place.
    pub verification: Vec<String>,
    /// Domains of mobile carriers.
    pub mobile_mail: Vec<String>,
    /// Frequent family names, each with its reading behind a space.
    pub surnames: Vec<String>,
    /// Endings of given names.
    pub given_endings: Vec<String>,
}

impl PeopleWords {
    /// The lists that are compared with folded text.
    fn folded_lists(&mut self) -> [&mut Vec<String>; 14] {
        [
            &mut self.roles,
            &mut self.private_roles,
            &mut self.honorifics,
            &mut self.spoken,
            &mut self.own_spoken,
            &mut self.ordinary,
            &mut self.areas,
            &mut self.offices,
            &mut self.office_letters,
            &mut self.office_starts,
            &mut self.verification,
            &mut self.given_endings,
            &mut self.before_posts,
            &mut self.place_words,
        ]
    }
}

static WORDS: LazyLock<PrivacyWordFile> = LazyLock::new(|| {
    let mut words = file();
    [&mut words.numbers.own, &mut words.numbers.not_own].into_iter().for_each(fold_all);
    let AddressWords { own, marks, counted } = &mut words.addresses;
    [own, marks, counted].into_iter().for_each(fold_all);
    words.people.folded_lists().into_iter().for_each(fold_all);
    let GivenNameWords { behind, whole, single, kana, ordinary, before, after, .. } = &mut words.given;
    [behind, whole, single, kana, ordinary, before, after].into_iter().for_each(fold_all);
    let GivenNameWords { first, middle, last, .. } = &mut words.given;
    for characters in [first, middle, last] {
        *characters = fold(characters);
    }
    words
});

/// The table as it is written, for documentation.
///
/// # Panics
///
/// Never: the file is a part of the program, and the tests read it.
pub fn file() -> PrivacyWordFile {
    toml::from_str(include_str!("privacy.toml")).expect("the tests read privacy.toml")
}

static SURNAMES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let names = WORDS.people.surnames.iter().filter_map(|entry| entry.split_once(' '));
    names.map(|(name, reading)| (fold(name), reading.to_owned())).collect()
});

static FREQUENT_SURNAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let names = WORDS.people.surnames.iter().filter_map(|entry| entry.split_once(' '));
    names.map(|(name, _)| fold(name)).collect()
});

static NOT_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut words = WORDS.people.not_names.clone();
    fold_all(&mut words);
    words
});

static ROLES: LazyLock<HashSet<String>> =
    LazyLock::new(|| WORDS.people.roles.iter().chain(&WORDS.people.private_roles).cloned().collect());

static PRIVATE_ROLES: LazyLock<Vec<String>> = LazyLock::new(|| file().people.private_roles);

static ORDINARY: LazyLock<HashSet<String>> = LazyLock::new(|| WORDS.people.ordinary.iter().cloned().collect());

static ODD_FAMILIES: LazyLock<HashSet<String>> =
    LazyLock::new(|| WORDS.people.odd_families.split_whitespace().map(fold).collect());

impl PrivacyWordFile {
    /// Family names written with characters of words, folded.
    pub(super) fn odd_families() -> &'static HashSet<String> {
        &ODD_FAMILIES
    }

    /// Ordinary words that look like a name with a form of address, folded.
    pub(super) fn not_names() -> &'static [String] {
        &NOT_NAMES
    }

    /// Roles that are a person and no office, as written.
    pub(super) fn private_roles() -> &'static [String] {
        &PRIVATE_ROLES
    }

    /// All roles, folded.
    pub(super) fn roles() -> &'static HashSet<String> {
        &ROLES
    }

    /// Words that stand where a name could and are none, folded.
    pub(super) fn ordinary() -> &'static HashSet<String> {
        &ORDINARY
    }

    /// The readings of frequent family names, by folded name.
    pub(super) fn surnames() -> &'static HashMap<String, String> {
        &SURNAMES
    }

    /// The most frequent family names, folded.
    pub(super) fn frequent_surnames() -> &'static HashSet<String> {
        &FREQUENT_SURNAMES
    }

    /// The table with folded words; the labels stay as written.
    pub(super) fn get() -> &'static Self {
        &WORDS
    }
}

/// Folds `words`, the longest first. A word that folds to nothing would begin every text.
fn fold_all(words: &mut Vec<String>) {
    *words = words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect();
    words.sort_by_key(|word| usize::MAX - word.len());
    words.dedup();
}

/// `folded` without the `words` that hold a word searched for and mean something else.
pub(super) fn masked(folded: &str, words: &[String]) -> String {
    let mut text = folded.to_owned();
    for word in words.iter().filter(|word| folded.contains(word.as_str())) {
        text = text.replace(word.as_str(), " ");
    }
    text
}
