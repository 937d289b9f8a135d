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
    /// Why people are referred.
    ReferralReasons,
    /// Where help by law begins.
    Institutions,
    /// Invented persons to practise with.
    Practice,
    /// Invented cases to read.
    Stories,
}

impl BuiltInFile {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Categories, Self::Interests, Self::ReferralReasons, Self::Institutions, Self::Practice, Self::Stories];

    /// Its name in a data folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Categories => "categories.csv",
            Self::Interests => "interests.csv",
            Self::ReferralReasons => "referral-reasons.csv",
            Self::Institutions => "institutions.csv",
            Self::Practice => "practice.csv",
            Self::Stories => "stories.md",
        }
    }

    /// What it holds.
    pub fn text(self) -> &'static str {
        match self {
            Self::Categories => include_str!("../../data/categories.csv"),
            Self::Interests => include_str!("../../data/interests.csv"),
            Self::ReferralReasons => include_str!("../../data/referral-reasons.csv"),
            Self::Institutions => include_str!("../../data/institutions.csv"),
            Self::Practice => include_str!("../../data/practice.csv"),
            Self::Stories => include_str!("../../data/stories.md"),
        }
    }
}
