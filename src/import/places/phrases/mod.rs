//! Keyword-based information extraction: access facts in free text, and the words lists use for yes, no and audience,
//! by `phrases.toml`.
//!
//! The table is data that a person can read; `scan` applies it. A phrase that is negated, questioned or wished for
//! gives nothing, and if two phrases disagree the fact stays unknown. This module does no I/O.

mod scan;
mod sentences;

use std::collections::HashMap;

use serde::Deserialize;

use crate::model::{AccessFact, MeetingMode, Role, Status};
use crate::text::fold;

pub use scan::{FoundPhrase, ScannedText};
pub(super) use sentences::{SentenceFact, facts_of_sentences};

/// Words of one entry of the table, folded.
type PhraseWords = Vec<String>;

/// `phrases.toml` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhraseFile {
    /// Words for yes and no.
    pub answers: Answers,
    /// Words for the audience of a place.
    pub audience: AudienceWords,
    /// Words for the status of a place.
    pub status: StatusWords,
    /// Words for modes of meeting.
    pub mode: ModeWords,
    /// Words of a list for the mode of meeting of all its rows.
    pub mode_of_list: ListModeWords,
    /// Words that stand for a mode of meeting where an address is expected.
    pub instead_of_address: AddressModeWords,
    /// Words for taking part, helping and teaching.
    pub roles: RoleWords,
    /// Words on a person's consent.
    pub consent: ConsentWords,
    /// Nouns that an answer follows.
    pub noun: Vec<NounPattern>,
    /// Phrases that are complete statements.
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
        /// Yes, as a cell.
        yes,
        /// No, as a cell.
        no,
        /// Words that follow a noun and affirm it.
        assert,
        /// Words that follow a noun and deny it.
        deny,
        /// Counters of things.
        counters,
        /// Words that leave a question open.
        unsure,
        /// Words that negate a phrase.
        negations,
        /// Particles between a word and its answer.
        particles,
    }
}

words! {
    /// Words for the audience of a place.
    AudienceWords {
        /// For everybody.
        public,
        /// For the staff who keep the list.
        staff,
        /// For link workers.
        link_workers,
        /// Names of groups of people …
        circles,
        /// … words that limit something to a group …
        limits,
        /// … and words that may accompany both.
        fillers,
    }
}

words! {
    /// Words for the status of a place.
    StatusWords {
        /// The activity takes place.
        active,
        /// The activity is paused.
        paused,
        /// The activity has ended.
        closed,
    }
}

words! {
    /// Words for modes of meeting.
    ModeWords {
        /// People come to a place.
        at_place,
        /// The place moves about.
        roaming,
        /// A visitor comes to the person's home.
        visiting,
        /// By telephone.
        phone,
        /// Online.
        online,
    }
}

words! {
    /// What headings and titles of a list say of how people meet.
    ListModeWords {
        /// Titles of lists of what moves about.
        roaming_titles,
        /// Beginnings of headings of its stops.
        roaming_headings,
        /// Beginnings of headings of the areas to which somebody comes, where a list has no column for places.
        visiting_areas,
        /// Beginnings of headings of visits.
        visiting_headings,
    }
}

words! {
    /// What stands as an address where people do not come to a place.
    AddressModeWords {
        /// The place moves about.
        roaming,
        /// A visitor comes to the person's home.
        visiting,
        /// By telephone.
        phone,
        /// Online.
        online,
        /// What may follow these words.
        endings,
    }
}

words! {
    /// Words for what a person can do.
    RoleWords {
        /// Taking part.
        join,
        /// Helping.
        help,
        /// Teaching.
        teach,
        /// Doing something together.
        company,
    }
}

words! {
    /// Words on a consent.
    ConsentWords {
        /// It was refused, withdrawn, or not given yet.
        withdrawn,
        /// It was given.
        given,
        /// It has no last day of its own.
        endless,
    }
}

/// A noun whose answer follows it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NounPattern {
    /// The access fact that the noun is about.
    pub fact: AccessFact,
    /// Spellings of the noun.
    pub words: Vec<String>,
    /// Whether the noun alone means yes in remarks or keywords.
    #[serde(default)]
    pub bare: bool,
    /// Further facts that a yes implies.
    #[serde(default)]
    pub also: Vec<AccessFact>,
}

/// A phrase that is a complete statement. Without a meaning it only keeps shorter phrases within it from matching.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// The access fact that the phrase is about.
    pub fact: Option<AccessFact>,
    /// The answer to that fact.
    pub yes: Option<bool>,
    /// The role that the phrase offers.
    pub role: Option<Role>,
    /// The status that the phrase states.
    pub status: Option<Status>,
    /// The mode of meeting that the phrase states.
    pub mode: Option<MeetingMode>,
    /// Spellings of the phrase.
    pub words: Vec<String>,
    /// The kinds of text in which it counts; empty: all.
    #[serde(default)]
    pub only: Vec<ScannedText>,
    /// Whether its negation means the opposite.
    #[serde(default)]
    pub opposite: bool,
}

/// The meaning of a phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhraseMeaning {
    /// Yes or no to an access fact.
    Fact(AccessFact, bool),
    /// A role one can take.
    Role(Role),
    /// Whether the activity takes place.
    Status(Status),
    /// How people meet.
    Mode(MeetingMode),
}

impl Phrase {
    fn meaning(&self) -> Option<PhraseMeaning> {
        let fact = self.fact.zip(self.yes).map(|(fact, yes)| PhraseMeaning::Fact(fact, yes));
        fact.or(self.role.map(PhraseMeaning::Role))
            .or(self.status.map(PhraseMeaning::Status))
            .or(self.mode.map(PhraseMeaning::Mode))
    }
}

#[derive(Debug, Clone)]
enum PhraseEntry {
    Noun { fact: AccessFact, bare: bool, also: Vec<AccessFact> },
    Phrase { meaning: Option<PhraseMeaning>, only: Vec<ScannedText>, opposite: bool },
}

/// The table of phrases, indexed for matching.
#[derive(Debug, Clone)]
pub struct Phrases {
    words: PhraseFile,
    /// By first character, the longest words first.
    by_first_char: HashMap<char, Vec<(Vec<char>, usize)>>,
    entries: Vec<PhraseEntry>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Phrases {
    /// The built-in table.
    pub fn built_in() -> Self {
        Self::new(Self::file())
    }

    /// `phrases.toml` as written, for documentation.
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
        words.mode_of_list.fold();
        words.instead_of_address.fold();
        words.roles.fold();
        words.consent.fold();
        let (mut entries, mut by_first_char) = (Vec::new(), HashMap::new());
        for noun in &words.noun {
            index_words(&mut by_first_char, &noun.words, entries.len());
            entries.push(PhraseEntry::Noun { fact: noun.fact, bare: noun.bare, also: noun.also.clone() });
        }
        for phrase in &words.phrase {
            index_words(&mut by_first_char, &phrase.words, entries.len());
            let meaning = phrase.meaning();
            entries.push(PhraseEntry::Phrase { meaning, only: phrase.only.clone(), opposite: phrase.opposite });
        }
        for words in by_first_char.values_mut() {
            words.sort_by_key(|(word, entry)| (usize::MAX - word.len(), *entry));
        }
        Self { words, by_first_char, entries }
    }

    pub(super) fn answers(&self) -> &Answers {
        &self.words.answers
    }

    pub(in crate::import) fn audience(&self) -> &AudienceWords {
        &self.words.audience
    }

    pub(super) fn status(&self) -> &StatusWords {
        &self.words.status
    }

    pub(super) fn mode(&self) -> &ModeWords {
        &self.words.mode
    }

    pub(super) fn mode_of_list(&self) -> &ListModeWords {
        &self.words.mode_of_list
    }

    pub(super) fn instead_of_address(&self) -> &AddressModeWords {
        &self.words.instead_of_address
    }

    pub(super) fn roles(&self) -> &RoleWords {
        &self.words.roles
    }

    pub(super) fn consent(&self) -> &ConsentWords {
        &self.words.consent
    }
}

fn index_words(by_first_char: &mut HashMap<char, Vec<(Vec<char>, usize)>>, words: &PhraseWords, entry: usize) {
    for word in words {
        let folded: Vec<char> = fold(word).chars().collect();
        if let Some(&first) = folded.first() {
            by_first_char.entry(first).or_default().push((folded, entry));
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
