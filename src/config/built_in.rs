//! Files of the data folder that the program carries, for a municipality that begins. This module does no I/O.

/// `city.toml` with its explanations, and the sample's values.
pub const CITY_TEMPLATE: &str = include_str!("../../data/city.toml");

/// A file that any municipality can begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltInFile {
    /// The categories.
    Categories,
    /// The thesaurus of interests.
    Interests,
}

impl BuiltInFile {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Categories, Self::Interests];

    /// Its name in a data folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Categories => "categories.csv",
            Self::Interests => "interests.csv",
        }
    }

    /// What it holds.
    pub fn text(self) -> &'static str {
        match self {
            Self::Categories => include_str!("../../data/categories.csv"),
            Self::Interests => include_str!("../../data/interests.csv"),
        }
    }
}
