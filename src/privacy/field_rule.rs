//! The words of the access table: what an audience can see of a field. This module does no I/O.

/// What an audience sees of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldRule {
    /// All of it: everybody of this audience may know it, or its form leaves no room for a name (a code, a date, yes or no).
    All,
    /// Nothing.
    Hidden,
    /// What the table of its own record says.
    ByField,
    /// What the table of its own record says; nothing of who looks for a person, whose remarks such facts come from.
    ByFieldUnlessSeeker,
    /// Text of the list, redacted.
    Text(TextRule),
    /// Text of the list, redacted, of an entry that has an office; nothing of one without.
    OfficeText(TextRule),
    /// Redacted words; where they name somebody, the role alone that they begin with.
    RoleWords,
    /// Redacted words; nothing of a place at a private person's home.
    WordsUnlessHome,
    /// Redacted words; nothing where the name of the place is left out.
    ReadingOfName,
    /// Redacted words; where they name somebody, a name made of category and 大字.
    NameOrGenerated,
    /// As it is; of a place at a private person's home, the 大字 alone.
    TownIfHome,
    /// The name of a person where the list or the city says that it is public.
    PublicPerson,
    /// The 大字 alone, from the gazetteer; the district alone where a person looks for a person.
    TownOnly,
    /// A name made of the category and the 大字 or district; no word of the list.
    Generated,
    /// The official name of the district; no word of the list.
    OfficialDistrict,
    /// The office that the city names for the category, with its telephone; nothing of the list.
    OfficeOfCategory,
    /// A short word without digits that names nobody.
    ShortWord,
    /// Words made only of what schedules are made of.
    PlainSchedule,
    /// One of the known ways to confirm a place.
    KnownMethod,
    /// Counts in multiples of three (statistical disclosure control), never a single one.
    CountsOnly,
}

/// How text of a list is redacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextRule {
    /// Names and keywords: mobile numbers are cut out; nothing is left of what names a private person.
    Words,
    /// Names of groups and of lists: as words, and nothing of one that is, or has in it, a family name with a given name.
    Group,
    /// Names of lists: as those of groups, and nothing of one that has in it what may be a family name.
    List,
    /// The same as words for sentences, where a family name alone is enough.
    Sentence,
    /// A published telephone number, without a private person's mobile beside it.
    Number,
    /// An address on the web or of e-mail: all of it, or nothing where it names a private person.
    Link,
}

/// A column of the access table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AccessColumn {
    LinkWorkers,
    Public,
    /// The public, where the place is a private person's.
    PrivatePerson,
}

/// One row of the access table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldAccess {
    /// The record, by the name of its type.
    pub record: &'static str,
    /// The field.
    pub field: &'static str,
    /// What link workers see.
    pub link_workers: FieldRule,
    /// What the public sees.
    pub public: FieldRule,
    /// What the public sees where the place is a private person's; `None` where that makes no difference.
    pub private_person: Option<FieldRule>,
}

impl FieldAccess {
    pub(super) fn rule(&self, column: AccessColumn) -> FieldRule {
        match column {
            AccessColumn::LinkWorkers => self.link_workers,
            AccessColumn::Public => self.public,
            AccessColumn::PrivatePerson => self.private_person.unwrap_or(self.public),
        }
    }
}

impl FieldRule {
    /// The rule in words, for documentation.
    pub fn in_words(self) -> String {
        let text = |rule: TextRule| match rule {
            TextRule::Words => "redacted",
            TextRule::Group => "redacted; nothing where it is a person's name",
            TextRule::List => "redacted; nothing where a part of it may be a person's name",
            TextRule::Sentence => "redacted as a sentence",
            TextRule::Number => "redacted as a number",
            TextRule::Link => "all, or nothing where it names a private person",
        };
        match self {
            Self::Text(rule) => text(rule).to_owned(),
            Self::OfficeText(rule) => format!("{}, of an office only", text(rule)),
            other => other.without_text().to_owned(),
        }
    }

    fn without_text(self) -> &'static str {
        match self {
            Self::Text(_) | Self::OfficeText(_) => "redacted",
            Self::All => "all",
            Self::Hidden => "–",
            Self::ByField => "by field",
            Self::ByFieldUnlessSeeker => "by field; nothing of who looks for a person",
            Self::RoleWords => "redacted; else the role alone",
            Self::WordsUnlessHome => "redacted; nothing where it is a private person's home",
            Self::ReadingOfName => "redacted; nothing where the name is left out",
            Self::NameOrGenerated => "redacted; else made of category and 大字",
            Self::TownIfHome => "redacted; the 大字 alone where it is a private person's home",
            Self::PublicPerson => "where the list or the city makes the name public",
            Self::TownOnly => "the 大字 alone; of who looks for a person, the district alone",
            Self::Generated => "made of category and 大字 or district",
            Self::OfficialDistrict => "the district's official name",
            Self::OfficeOfCategory => "the category's office and its telephone",
            Self::ShortWord => "short words without digits or names",
            Self::PlainSchedule => "only what consists of words of schedules",
            Self::KnownMethod => "only a known method",
            Self::CountsOnly => "counts in multiples of three",
        }
    }
}
