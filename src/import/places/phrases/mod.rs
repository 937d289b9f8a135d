//! Facts that live in free text, and the words lists use for yes, no and who may see a place, by `phrases.toml`.
//!
//! The table is data that a person can read; `scan` applies it. A phrase that is denied, asked or wished for says nothing,
//! and where two phrases disagree the fact stays unknown. This module does no I/O.

mod scan;

use std::collections::HashMap;

use serde::Deserialize;

use crate::model::{AccessFact, MeetingMode, Role, Status};
use crate::text::fold;

pub use scan::{FoundPhrase, ScannedText};

/// The words of one place of the table, folded.
type PhraseWords = Vec<String>;

/// `phrases.toml` as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhraseFile {
    /// Words for yes and no.
    pub answers: Answers,
    /// Words for who may see a place.
    pub audience: AudienceWords,
    /// Words for whether a place is active.
    pub status: StatusWords,
    /// Words for how one meets.
    pub mode: ModeWords,
    /// Words for what a person can do.
    pub roles: RoleWords,
    /// Words by which persons and offices are told apart.
    pub people: PeopleWords,
    /// Things whose answer follows.
    pub noun: Vec<NounPattern>,
    /// Words that say all by themselves.
    pub phrase: Vec<Phrase>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: Vec<String>,)+ }

        impl $name {
            fn fold(&mut self) {
                // A word that folds to nothing (「・」) would begin every text.
                $(self.$field = self.$field.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect();)+
            }
        }
    };
}

words! {
    /// Words for yes and no, in columns and in sentences.
    Answers {
        /// Yes, in a column.
        yes,
        /// No, in a column.
        no,
        /// What follows a noun and affirms it.
        assert,
        /// What follows a noun and denies it.
        deny,
        /// What counts things.
        counters,
        /// What leaves a question open.
        unsure,
        /// What turns a phrase round.
        negations,
        /// What may stand between a word and its answer.
        particles,
    }
}

words! {
    /// Words for who may see a place.
    AudienceWords {
        /// Everybody.
        public,
        /// Those who keep the list.
        staff,
        /// Those who connect people.
        link_workers,
        /// Circles of people …
        circles,
        /// … to whom something is limited …
        limits,
        /// … and what may stand beside.
        fillers,
    }
}

words! {
    /// Words for whether a place is active.
    StatusWords {
        /// It takes place.
        active,
        /// It will again.
        paused,
        /// It is no more.
        closed,
    }
}

words! {
    /// Words for how one meets.
    ModeWords {
        /// People come to a place.
        at_place,
        /// It moves about.
        roaming,
        /// Somebody comes home.
        visiting,
        /// By telephone.
        phone,
        /// Over the internet.
        online,
    }
}

words! {
    /// Words for what a person can do.
    RoleWords {
        /// Take part.
        join,
        /// Help.
        help,
        /// Teach.
        teach,
    }
}

words! {
    /// Words by which persons and offices are told apart.
    PeopleWords {
        /// Roles that name nobody.
        roles,
        /// What stands behind a person's name.
        honorifics,
        /// How offices end.
        offices,
        /// Single letters with which offices end.
        office_letters,
        /// How offices begin.
        office_starts,
    }
}

/// A thing whose answer follows it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NounPattern {
    /// The fact it is about.
    pub fact: AccessFact,
    /// How it is called.
    pub words: Vec<String>,
    /// Whether it says yes when it stands alone in remarks or keywords.
    #[serde(default)]
    pub bare: bool,
    /// What a yes says besides.
    #[serde(default)]
    pub also: Vec<AccessFact>,
}

/// Words that say all by themselves. Without a meaning they keep shorter words in them from being read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// The fact it is about.
    pub fact: Option<AccessFact>,
    /// What it says of that fact.
    pub yes: Option<bool>,
    /// Which role it offers.
    pub role: Option<Role>,
    /// Which status it tells.
    pub status: Option<Status>,
    /// Which way of meeting it tells.
    pub mode: Option<MeetingMode>,
    /// The words.
    pub words: Vec<String>,
    /// Where it counts; empty: everywhere.
    #[serde(default)]
    pub only: Vec<ScannedText>,
    /// Whether its negation says the opposite.
    #[serde(default)]
    pub opposite: bool,
}

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhraseMeaning {
    /// Yes or no to a fact.
    Fact(AccessFact, bool),
    /// Something one can do.
    Role(Role),
    /// Whether it takes place.
    Status(Status),
    /// How one meets.
    Mode(MeetingMode),
}

impl Phrase {
    /// What it says, if anything.
    fn meaning(&self) -> Option<PhraseMeaning> {
        let fact = self.fact.zip(self.yes).map(|(fact, yes)| PhraseMeaning::Fact(fact, yes));
        fact.or(self.role.map(PhraseMeaning::Role))
            .or(self.status.map(PhraseMeaning::Status))
            .or(self.mode.map(PhraseMeaning::Mode))
    }
}

/// One word of the table: what it says and where.
#[derive(Debug, Clone)]
enum PhraseEntry {
    Noun { fact: AccessFact, bare: bool, also: Vec<AccessFact> },
    Phrase { meaning: Option<PhraseMeaning>, only: Vec<ScannedText>, opposite: bool },
}

/// The table of phrases, ready to be used.
#[derive(Debug, Clone)]
pub struct Phrases {
    words: PhraseFile,
    /// By first letter, the longest words first.
    by_letter: HashMap<char, Vec<(Vec<char>, usize)>>,
    entries: Vec<PhraseEntry>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Phrases {
    /// The table that comes with the program.
    pub fn built_in() -> Self {
        Self::new(Self::file())
    }

    /// `phrases.toml` as it is written, for documentation.
    ///
    /// # Panics
    ///
    /// Never: the file is a part of the program, and the tests read it.
    pub fn file() -> PhraseFile {
        toml::from_str(include_str!("phrases.toml")).expect("the tests read phrases.toml")
    }

    fn new(mut words: PhraseFile) -> Self {
        words.answers.fold();
        words.audience.fold();
        words.status.fold();
        words.mode.fold();
        words.roles.fold();
        words.people.fold();
        let (mut entries, mut by_letter) = (Vec::new(), HashMap::new());
        for noun in &words.noun {
            file_under(&mut by_letter, &noun.words, entries.len());
            entries.push(PhraseEntry::Noun { fact: noun.fact, bare: noun.bare, also: noun.also.clone() });
        }
        for phrase in &words.phrase {
            file_under(&mut by_letter, &phrase.words, entries.len());
            let meaning = phrase.meaning();
            entries.push(PhraseEntry::Phrase { meaning, only: phrase.only.clone(), opposite: phrase.opposite });
        }
        for words in by_letter.values_mut() {
            words.sort_by_key(|(word, entry)| (usize::MAX - word.len(), *entry));
        }
        Self { words, by_letter, entries }
    }

    /// Words for yes and no, folded.
    pub(super) fn answers(&self) -> &Answers {
        &self.words.answers
    }

    /// Words for who may see a place, folded.
    pub(in crate::import) fn audience(&self) -> &AudienceWords {
        &self.words.audience
    }

    /// Words for whether a place is active, folded.
    pub(super) fn status(&self) -> &StatusWords {
        &self.words.status
    }

    /// Words for how one meets, folded.
    pub(super) fn mode(&self) -> &ModeWords {
        &self.words.mode
    }

    /// Words for what a person can do, folded.
    pub(super) fn roles(&self) -> &RoleWords {
        &self.words.roles
    }

    /// Words by which persons and offices are told apart, folded.
    pub(in crate::import) fn people(&self) -> &PeopleWords {
        &self.words.people
    }
}

fn file_under(by_letter: &mut HashMap<char, Vec<(Vec<char>, usize)>>, words: &PhraseWords, entry: usize) {
    for word in words {
        let folded: Vec<char> = fold(word).chars().collect();
        if let Some(&first) = folded.first() {
            by_letter.entry(first).or_default().push((folded, entry));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_table_holds_more_than_a_hundred_phrases_for_every_fact_it_speaks_of() {
        let file = Phrases::file();
        let count: usize = file.phrase.iter().map(|p| p.words.len()).sum();
        assert!(count >= 120, "{count}");
        for fact in AccessFact::ALL {
            let spoken = file.noun.iter().any(|n| n.fact == fact) || file.phrase.iter().any(|p| p.fact == Some(fact));
            assert!(spoken, "{fact:?}");
        }
    }

    #[test]
    fn no_word_stands_twice_with_different_meanings() {
        let mut seen: BTreeMap<(String, Option<ScannedText>), Option<PhraseMeaning>> = BTreeMap::new();
        for phrase in Phrases::file().phrase {
            let places =
                if phrase.only.is_empty() { vec![None] } else { phrase.only.iter().copied().map(Some).collect() };
            for (word, place) in phrase.words.iter().flat_map(|w| places.iter().map(move |p| (w, *p))) {
                let before = seen.insert((fold(word), place), phrase.meaning());
                assert!(before.is_none_or(|meaning| meaning == phrase.meaning()), "{word} in {place:?}");
            }
        }
    }

    #[test]
    fn a_fact_and_its_answer_come_together() {
        for phrase in Phrases::file().phrase {
            assert_eq!(phrase.fact.is_some(), phrase.yes.is_some(), "{:?}", phrase.words);
        }
    }
}
