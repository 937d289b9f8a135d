//! Column mapping: headings → known fields. The synonyms are data in `columns.toml`, to which a city adds its own.
//!
//! A heading is normalised first (`fold`), so that one synonym covers all its spellings. Then the table is searched for the
//! whole heading, then for the heading without its bracketed notes, its number, its 「の有無」; never for a part of it that could
//! mean something else: a wrong column is worse than an unknown one, which is kept verbatim. This module does no I/O.

mod field;
mod field_names;
mod fold;
mod office_words;
mod parts;
mod plan;
mod private_columns;
mod profile;
mod taken_apart;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

pub use self::private_columns::is_secret;
pub use field::Field;
pub use field_names::field_name;
use fold::{FoldedHeading, folded};
pub(in crate::import) use plan::says_telephone;
pub use plan::{Basis, ColumnDecision, ColumnPlan};
pub use profile::{CellKind, ColumnProfile, is_area, kind_of};

use crate::privacy::heading_words;

/// One table of `columns.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingSynonyms {
    headings: Vec<String>,
}

/// Why a table of synonyms was rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadingTableError {
    /// The text is not TOML, or not of the form of `columns.toml`; with the parser's message.
    #[error("the table of headings cannot be read: {0}")]
    Toml(String),
    /// A table's name, which is not a field.
    #[error("the table of headings names the field \"{0}\", which does not exist")]
    UnknownField(String),
    /// One heading and the two fields that claim it.
    #[error("the heading \"{0}\" stands under two fields, \"{1}\" and \"{2}\"")]
    TwoFields(String, String, String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeadingMeaning {
    Known(Field),
    /// No field: kept verbatim, even if the standard table knows the heading.
    Unknown,
}

/// Headings that give a name only where no better column does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastResort {
    /// Used if no activity, group or place has a name.
    Activity,
    /// Used if no column at all has a name.
    Name,
}

/// The synonyms of headings, by field.
#[derive(Debug, Clone, Default)]
pub struct HeadingTable {
    /// By normalised heading.
    meanings: HashMap<String, HeadingMeaning>,
    /// By normalised heading, which may have a meaning too.
    last_resorts: HashMap<String, LastResort>,
    /// Normalised headings that the city or the user gave a meaning: no contents overrule them.
    own: HashSet<String>,
    /// Synonyms of single lists, by the list's name.
    lists: BTreeMap<String, FieldTables>,
}

/// The tables of `columns.toml`, by the name of the field.
type FieldTables = BTreeMap<String, HeadingSynonyms>;

/// A file of synonyms: tables by field, and below `lists` the same for single lists.
#[derive(Debug, Deserialize)]
struct SynonymFile {
    #[serde(default)]
    lists: BTreeMap<String, FieldTables>,
    #[serde(flatten)]
    fields: FieldTables,
}

static STANDARD: LazyLock<HeadingTable> = LazyLock::new(|| {
    HeadingTable::default().with_additions(include_str!("../columns.toml")).expect("the tests read columns.toml")
});

static LINK_WORKERS: LazyLock<HeadingTable> = LazyLock::new(|| {
    let table = include_str!("../link_workers/columns.toml");
    HeadingTable::default().with_additions(table).expect("the tests read link_workers/columns.toml")
});

/// Words of a bracketed note that mark a translation of another column.
const OTHER_LANGUAGE: [&str; 6] = ["英語", "英字", "english", "中国語", "韓国語", "外国語"];
/// Words of a bracketed note that mark coordinates in a projection.
const PROJECTION: [&str; 2] = ["平面直角", "公共座標"];

impl HeadingTable {
    /// The built-in synonyms for lists of places.
    pub fn standard() -> Self {
        STANDARD.clone()
    }

    /// The built-in synonyms for lists of link workers.
    pub fn link_workers() -> &'static Self {
        &LINK_WORKERS
    }

    /// Adds the synonyms of `toml_text`, which take precedence. One table per field, as in `columns.toml`:
    ///
    /// ```
    /// use tsunagari::import::columns::{HeadingTable, Field};
    ///
    /// let columns = HeadingTable::standard().with_additions("[venue_name]\nheadings = [\"つどいの家\"]").unwrap();
    /// assert_eq!(columns.fields(&["つどいの家".into()]), [Some(Field::VenueName)]);
    /// ```
    ///
    /// # Errors
    /// If the text is not of that form, names a field that does not exist, or puts one heading under two fields.
    pub fn with_additions(&self, toml_text: &str) -> Result<Self, HeadingTableError> {
        let file: SynonymFile =
            toml::from_str(toml_text).map_err(|e| HeadingTableError::Toml(e.message().to_owned()))?;
        for tables in file.lists.values() {
            self.with_tables(tables)?;
        }
        let mut columns = self.with_tables(&file.fields)?;
        columns.lists.extend(file.lists);
        Ok(columns)
    }

    /// The synonyms with those for the list called `list`, which take precedence.
    #[must_use]
    pub fn of_list(&self, list: &str) -> Self {
        // The tables were tried when they were added.
        self.lists.get(list).and_then(|tables| self.with_tables(tables).ok()).unwrap_or_else(|| self.clone())
    }

    fn with_tables(&self, tables: &FieldTables) -> Result<Self, HeadingTableError> {
        let is_own = !self.meanings.is_empty();
        let mut columns = self.clone();
        let mut added: HashMap<String, (HeadingMeaning, &str)> = HashMap::new();
        for (name, synonyms) in tables {
            let headings = synonyms.headings.iter().map(|heading| (heading, folded(heading).whole));
            if let Some(last_resort) = last_resort(name) {
                columns.last_resorts.extend(headings.map(|(_, folded)| (folded, last_resort)));
                continue;
            }
            let meaning = meaning(name)?;
            for (heading, folded) in headings {
                let before = added.insert(folded, (meaning, name));
                if let Some((_, other)) = before.filter(|(m, _)| *m != meaning) {
                    return Err(HeadingTableError::TwoFields(heading.clone(), other.to_owned(), name.clone()));
                }
            }
        }
        if is_own {
            columns.own.extend(added.keys().cloned());
        }
        columns.meanings.extend(added.into_iter().map(|(heading, (meaning, _))| (heading, meaning)));
        Ok(columns)
    }

    /// Maps each of `headings` to a field, in order; `None` is an unknown column. Several columns may have the same field.
    pub fn fields(&self, headings: &[String]) -> Vec<Option<Field>> {
        let mut fields: Vec<_> = headings.iter().map(|h| self.field(h)).collect();
        self.name_among(headings, &mut fields);
        self.name_of_last_resort(headings, &mut fields);
        fields
    }

    /// Whether contents may decide: not in lists of link workers, whose columns are about persons.
    pub fn reads_contents(&self) -> bool {
        !self.are_of_workers()
    }

    /// Whether the city or the user said what the heading means.
    fn is_own(&self, heading: &str) -> bool {
        !self.own.is_empty() && self.own.contains(&folded(heading).whole)
    }

    /// Whether a heading must not be assumed to mean anything, whatever stands below it.
    fn is_closed(&self, heading: &str) -> bool {
        taken_apart::is_closed(heading) || self.meanings.get(&folded(heading).whole) == Some(&HeadingMeaning::Unknown)
    }

    /// Chooses the name of an activity or group where no heading is one.
    fn name_among(&self, headings: &[String], fields: &mut [Option<Field>]) {
        let has_none =
            |fields: &[Option<Field>]| !fields.iter().flatten().any(|f| f.is_name() && *f != Field::VenueName);
        if has_none(fields) {
            self.name_with_kana(headings, fields);
            parts::name_by_ending(headings, fields);
        }
        if has_none(fields) {
            self.name_by(LastResort::Activity, Field::ActivityName, headings, fields);
        }
    }

    /// Chooses a name of last resort, if the table says where things are.
    fn name_of_last_resort(&self, headings: &[String], fields: &mut [Option<Field>]) {
        let has = |test: fn(Field) -> bool| fields.iter().flatten().any(|&f| test(f));
        if !has(Field::is_name) && has(Field::is_where) {
            self.name_by(LastResort::Name, Field::Name, headings, fields);
        }
    }

    /// Maps a heading such as 「団体名（ふりがな）」 by what precedes the bracket, if no other column has the name.
    fn name_with_kana(&self, headings: &[String], fields: &mut [Option<Field>]) {
        let name_of = |heading: &String| {
            let shorter = folded(heading).shorter;
            shorter.iter().find_map(|text| known(self.meanings.get(text).copied())).filter(|field| field.is_name())
        };
        let mut kana = (0..headings.len()).filter(|&at| fields[at] == Some(Field::Kana));
        if let Some((at, field)) = kana.find_map(|at| Some((at, name_of(&headings[at])?))) {
            fields[at] = Some(field);
        }
    }

    /// Maps the first of `headings` that can be a name of last resort to `field`.
    fn name_by(&self, last_resort: LastResort, field: Field, headings: &[String], fields: &mut [Option<Field>]) {
        let can_be = |heading: &String| {
            let folded = folded(heading);
            [&folded.whole, &folded.bare].iter().any(|text| self.last_resorts.get(*text) == Some(&last_resort))
        };
        // A heading with a meaning of its own (「相談窓口」: the contact) is a name only before the building's.
        let venue = fields.iter().position(|f| *f == Some(Field::VenueName)).unwrap_or(headings.len());
        let stands_well = |at: usize| fields[at].is_none() || at < venue;
        if let Some(at) = (0..headings.len()).find(|&at| stands_well(at) && can_be(&headings[at])) {
            fields[at] = Some(field);
        }
    }

    /// Maps one heading by itself.
    pub fn field(&self, heading: &str) -> Option<Field> {
        known(self.meaning_of(heading))
    }

    fn meaning_of(&self, heading: &str) -> Option<HeadingMeaning> {
        // No heading is that long, and folding a whole cell of text costs time for nothing.
        if heading.len() > 300 {
            return None;
        }
        let folded = folded(heading);
        if folded.whole.is_empty() {
            return None;
        }
        let exact = self.meanings.get(&folded.whole).copied();
        let found = exact
            .or_else(|| self.without_notes(&folded))
            .or_else(|| self.by_parts(heading))
            .or_else(|| self.by_upper_parts(heading))
            .or_else(|| self.by_words_of_time(heading));
        // A heading that restricts its column stays private, even if the column is known. Of most cells that are tried as a
        // heading nothing is known, and they have no lower line by which a restricted one could be.
        let can_be_known = found.is_some() || heading.contains('_');
        let found = if can_be_known && is_secret(heading) { self.kept_private(heading, found) } else { found };
        found.filter(|m| *m != HeadingMeaning::Unknown)
    }

    /// The meaning of the heading without its bracketed notes.
    fn without_notes(&self, folded: &FoldedHeading) -> Option<HeadingMeaning> {
        let found = folded.shorter.iter().find_map(|shorter| self.meanings.get(shorter)).copied();
        let found = found.or_else(|| parts::by_ending(&folded.bare))?;
        let says = |words: &[&str]| words.iter().any(|word| folded.notes.contains(word));
        // Words of `privacy.toml` that make a telephone or an address a private person's.
        let is_private = || heading_words().heading_notes.iter().any(|word| folded.notes.contains(word.as_str()));
        match found {
            _ if says(&OTHER_LANGUAGE) => None,
            HeadingMeaning::Known(Field::Phone | Field::ContactOffice | Field::OfficePhone) if is_private() => {
                Some(HeadingMeaning::Known(Field::PersonPhone))
            }
            HeadingMeaning::Known(Field::OfficeAddress) if is_private() => {
                Some(HeadingMeaning::Known(Field::PersonAddress))
            }
            HeadingMeaning::Known(Field::Address) if is_private() && self.are_of_workers() => {
                Some(HeadingMeaning::Known(Field::PersonAddress))
            }
            HeadingMeaning::Known(Field::Address | Field::Email | Field::Fax) if is_private() => None,
            HeadingMeaning::Known(Field::Lon | Field::Lat | Field::LonLat) if says(&PROJECTION) => None,
            _ => Some(found),
        }
    }
}

fn known(meaning: Option<HeadingMeaning>) -> Option<Field> {
    match meaning {
        Some(HeadingMeaning::Known(field)) => Some(field),
        _ => None,
    }
}

/// The table of last resorts called `name`, if it is one.
fn last_resort(name: &str) -> Option<LastResort> {
    match name {
        "activity_name_of_last_resort" => Some(LastResort::Activity),
        "name_of_last_resort" => Some(LastResort::Name),
        _ => None,
    }
}

/// The meaning of the table called `name`.
fn meaning(name: &str) -> Result<HeadingMeaning, HeadingTableError> {
    match name {
        "unknown" => Ok(HeadingMeaning::Unknown),
        _ => serde_json::from_value(serde_json::Value::from(name))
            .map(HeadingMeaning::Known)
            .map_err(|_| HeadingTableError::UnknownField(name.to_owned())),
    }
}

#[cfg(test)]
mod tests;
