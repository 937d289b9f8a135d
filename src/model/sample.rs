//! What a database notes of the sample: whether it holds it, and which of its lists are the sample's. This module does no I/O.

use std::collections::BTreeSet;

/// The lists of a database that are the sample's: what stands in them is invented. Every page, paper and export marks it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SampleLists(BTreeSet<String>);

impl SampleLists {
    /// Whether no list is the sample's.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the list of this name is the sample's.
    pub fn contains(&self, list: &str) -> bool {
        self.0.contains(list)
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<T: Into<String>> FromIterator<T> for SampleLists {
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Self {
        Self(names.into_iter().map(Into::into).collect())
    }
}

/// The note of a database on the sample.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SampleNote {
    /// How far the sample has got.
    pub state: SampleState,
    /// Its lists; empty unless the database holds the sample.
    pub lists: SampleLists,
}

impl SampleNote {
    /// Whether the database holds the sample, or a part of it.
    pub fn is_held(&self) -> bool {
        matches!(self.state, SampleState::Loading | SampleState::Loaded)
    }
}

/// How far the sample has got in a database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SampleState {
    /// It was never there.
    #[default]
    Absent,
    /// It is being imported, or that was interrupted.
    Loading,
    /// All of its lists are there.
    Loaded,
    /// It was there and has been removed: it does not come back by itself.
    Removed,
}

impl SampleState {
    /// The word for it in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Loading => "loading",
            Self::Loaded => "loaded",
            Self::Removed => "removed",
        }
    }

    /// The state that a database notes as `word`; one of a later version means that something of the sample is there.
    pub fn of_word(word: &str) -> Self {
        match word {
            "absent" => Self::Absent,
            "loading" => Self::Loading,
            "removed" => Self::Removed,
            _ => Self::Loaded,
        }
    }
}
