//! Configuration: reads and validates the files of the data folder, which each municipality writes for itself.
//!
//! `city.toml` and `categories.csv` are required. `interests.csv` (the thesaurus of interests), `guide.md` (the city's guide),
//! `words.toml` (what it calls the parts of its programme), `holidays.csv` and `columns.toml` (additional synonyms of headings)
//! are optional, as are `referral-reasons.csv`, `institutions.csv`, `practice.csv` and `stories.md`, in place of which the program
//! has its own. District outlines, boundary and gazetteer are no
//! configuration: `import` stores them in the database. Every error names the file and the line; the command line has the
//! messages.

mod built_in;
mod categories;
mod city_file;
mod folders;
mod holidays;
mod institutions;
mod interests;
mod practice;
mod referral_reasons;
mod sample;
mod settings_text;
mod words_file;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub use built_in::{BuiltInFile, CITY_TEMPLATE};
pub use folders::DataFolders;
pub use sample::{SampleFile, SampleFiles};

use chrono::NaiveDate;
use settings_text::read_text;

use crate::import::ImportContext;
use crate::import::columns::{HeadingTable, HeadingTableError};
use crate::import::file::decode::decode;
use crate::import::places::phrases::Phrases;
use crate::model::{
    Category, CategoryTable, City, CityWords, DistrictTable, InstitutionTable, PracticePerson, ReferralReasonTable,
    Thesaurus,
};

/// The configuration of one municipality.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The data folders; none for the built-in configuration.
    pub folders: DataFolders,
    /// The municipality, from `city.toml`.
    pub city: City,
    /// The categories, from `categories.csv`.
    pub categories: CategoryTable,
    /// The thesaurus, from `interests.csv`; empty without that file.
    pub interests: Thesaurus,
    /// The city's guide as Markdown, from `guide.md`; `None` without that file.
    pub guide: Option<String>,
    /// National holidays as announced, from `holidays.csv`: whole years, which replace the computed ones.
    pub holidays: BTreeSet<NaiveDate>,
    /// Why people are referred, from `referral-reasons.csv`; the usual kinds without that file.
    pub referral_reasons: ReferralReasonTable,
    /// Where help by law begins, from `institutions.csv`; the offices that every municipality has without that file.
    pub institutions: InstitutionTable,
    /// Invented persons to practise with, from `practice.csv`; twelve of ours without that file.
    pub practice: Vec<PracticePerson>,
    /// Invented cases to read as Markdown, from `stories.md`; three of ours without that file.
    pub stories: String,
    /// The built-in synonyms of headings and those of `columns.toml`.
    pub columns: HeadingTable,
    /// The built-in phrases by which free text is read.
    pub phrases: Phrases,
}

/// Why the configuration cannot be used. The command line has the messages, by `reason`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A required file is missing, or a file cannot be read.
    #[error("cannot read {}: {reason}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The error of the operating system.
        reason: String,
    },
    /// The content of a file is invalid.
    #[error("{}, line {line}: {reason} {values:?}", file.display())]
    Wrong {
        /// The file.
        file: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// The column: a heading, or the number of the character in the line, from 1.
        column: Option<String>,
        /// Key of the message that describes the error and its remedy.
        reason: &'static str,
        /// Values of the message's placeholders.
        values: Vec<(&'static str, String)>,
    },
    /// Several faults, of one file or of several, in their order; never another of this kind.
    #[error("{} faults in the settings", .0.len())]
    Several(Vec<ConfigError>),
}

impl ConfigError {
    /// One error for all of `faults`, of which there is one at least.
    fn of_all(mut faults: Vec<Self>) -> Self {
        if faults.len() == 1 { faults.remove(0) } else { Self::Several(faults) }
    }
}

static BUILT_IN: LazyLock<CategoryTable> = LazyLock::new(|| {
    let parsed = categories::parse_categories(Path::new("categories.csv"), BuiltInFile::Categories.text());
    parsed.expect("a test reads the committed data folder")
});

impl Config {
    /// The configuration for checking lists without a data folder: the sample's categories and no municipality.
    pub fn built_in() -> Self {
        Self {
            folders: DataFolders::default(),
            city: City::default(),
            categories: BUILT_IN.clone(),
            interests: Thesaurus::default(),
            guide: None,
            holidays: BTreeSet::new(),
            referral_reasons: ReferralReasonTable::default(),
            institutions: InstitutionTable::default(),
            practice: Vec::new(),
            stories: String::new(),
            columns: HeadingTable::standard(),
            phrases: Phrases::built_in(),
        }
    }

    /// What a reader of lists knows from these settings, with `districts` and without gazetteer, outline and day.
    pub fn import_context<'a>(&'a self, districts: &'a DistrictTable) -> ImportContext<'a> {
        ImportContext {
            columns: &self.columns,
            phrases: &self.phrases,
            categories: &self.categories,
            city: &self.city,
            gazetteer: None,
            boundary: None,
            districts,
            today: None,
        }
    }

    /// Reads and validates the data folder.
    ///
    /// # Errors
    ///
    /// If `city.toml` or `categories.csv` is missing, or any of the files is invalid.
    pub fn load(folder: &Path) -> Result<Self, ConfigError> {
        Self::load_layers(&folder.into())
    }

    /// Reads and validates data folders that lie one above the other. A file of a higher one takes the place of the lower one's,
    /// whole.
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load), and if one of several folders is missing.
    pub fn load_layers(folders: &DataFolders) -> Result<Self, ConfigError> {
        folders.check()?;
        let mut faults = Vec::new();
        let city_file = folders.required("city.toml");
        // Without this file the folder is none of settings, and nothing else in it matters.
        let city = read_text(&city_file)?;
        let city = kept(city_file::parse_city(&city_file, &city), &mut faults);
        let words = kept(load_words(folders), &mut faults);
        let categories = kept(load_categories(folders), &mut faults);
        let interests = kept(load_interests(folders).map_err(|error| vec![error]), &mut faults);
        let guide = kept(load_guide(folders).map_err(|error| vec![error]), &mut faults);
        let holidays = kept(load_holidays(folders).map_err(|error| vec![error]), &mut faults);
        let columns = kept(load_columns(folders).map_err(|error| vec![error]), &mut faults);
        let tables = Self::with_built_in_tables(folders, &mut faults);
        if !faults.is_empty() {
            return Err(ConfigError::of_all(faults));
        }
        let city = City { words, ..city };
        Ok(Self {
            folders: folders.clone(),
            categories: with_offices(&categories, &city).with_thesaurus(&interests),
            city,
            interests,
            guide,
            holidays,
            columns,
            ..tables
        })
    }

    /// The tables of which the program has its own, and nothing else.
    fn with_built_in_tables(folders: &DataFolders, faults: &mut Vec<ConfigError>) -> Self {
        let reasons = load_table(folders, BuiltInFile::ReferralReasons, referral_reasons::parse_reasons);
        let institutions = load_table(folders, BuiltInFile::Institutions, institutions::parse_institutions);
        let practice = load_table(folders, BuiltInFile::Practice, practice::parse_practice);
        let stories = load_table(folders, BuiltInFile::Stories, |_, text| Ok(text.to_owned()));
        Self {
            referral_reasons: kept(reasons, faults),
            institutions: kept(institutions, faults),
            practice: kept(practice, faults),
            stories: kept(stories, faults),
            phrases: Phrases::built_in(),
            ..Self::default()
        }
    }
}

/// What was read; else its default, with the faults added to all others.
fn kept<T: Default>(read: Result<T, Vec<ConfigError>>, faults: &mut Vec<ConfigError>) -> T {
    read.unwrap_or_else(|of_this| {
        faults.extend(of_this);
        T::default()
    })
}

fn load_categories(folders: &DataFolders) -> Result<CategoryTable, Vec<ConfigError>> {
    let file = folders.required("categories.csv");
    let text = read_text(&file).map_err(|error| vec![error])?;
    categories::parse_categories(&file, &text)
}

/// The words of the city, if there is a file; else the usual ones.
fn load_words(folders: &DataFolders) -> Result<CityWords, Vec<ConfigError>> {
    let Some(file) = folders.find("words.toml") else { return Ok(CityWords::default()) };
    let text = read_text(&file).map_err(|error| vec![error])?;
    words_file::parse_words(&file, &text)
}

/// The categories; those of private persons have an office to call, the municipality's where the table names none.
fn with_offices(categories: &CategoryTable, city: &City) -> CategoryTable {
    let office = Some(city.office.clone()).filter(|office| !office.is_empty());
    let with_office = |category: &Category| match category.office {
        None if category.private_persons => {
            let office_phone = category.office_phone.clone().or_else(|| city.office_phone.clone());
            Category { office: office.clone(), office_phone, ..category.clone() }
        }
        _ => category.clone(),
    };
    CategoryTable::new(categories.all().iter().map(with_office).collect())
}

/// The thesaurus of interests, if there is a file.
fn load_interests(folders: &DataFolders) -> Result<Thesaurus, ConfigError> {
    let parse = |file: PathBuf| interests::parse_interests(&file, &read_text(&file)?);
    folders.find("interests.csv").map_or_else(|| Ok(Thesaurus::default()), parse)
}

/// A file of which the program has one of its own, read by `parse`.
fn load_table<T>(
    folders: &DataFolders,
    file: BuiltInFile,
    parse: impl FnOnce(&Path, &str) -> Result<T, Vec<ConfigError>>,
) -> Result<T, Vec<ConfigError>> {
    let Some(path) = folders.find(file.name()) else { return parse(Path::new(file.name()), file.text()) };
    let text = read_text(&path).map_err(|error| vec![error])?;
    parse(&path, &text)
}

/// The guide, if there is a file.
fn load_guide(folders: &DataFolders) -> Result<Option<String>, ConfigError> {
    folders.find("guide.md").map(|file| read_text(&file)).transpose()
}

/// The announced holidays, if there is a file; the Cabinet Office publishes it in `Shift_JIS`.
fn load_holidays(folders: &DataFolders) -> Result<BTreeSet<NaiveDate>, ConfigError> {
    let Some(file) = folders.find("holidays.csv") else { return Ok(BTreeSet::new()) };
    let bytes = std::fs::read(&file)
        .map_err(|error| ConfigError::Unreadable { file: file.clone(), reason: error.to_string() })?;
    holidays::parse_holidays(&file, &decode(&bytes).text)
}

/// The built-in headings with those of `columns.toml`, if there is one.
fn load_columns(folders: &DataFolders) -> Result<HeadingTable, ConfigError> {
    let Some(file) = folders.find("columns.toml") else { return Ok(HeadingTable::standard()) };
    let text = read_text(&file)?;
    parse_toml::<toml::Table>(&file, &text)?;
    HeadingTable::standard().with_additions(&text).map_err(|error| columns_error(&file, &text, error))
}

/// The headings of one list in `file`, in the form of `columns.toml`, added to `base`; with the text they stand in.
///
/// # Errors
///
/// If the file cannot be read or is not of that form.
pub fn list_columns(file: &Path, base: &HeadingTable) -> Result<(HeadingTable, String), ConfigError> {
    let text = read_text(file)?;
    parse_toml::<toml::Table>(file, &text)?;
    let columns = base.with_additions(&text).map_err(|error| columns_error(file, &text, error))?;
    Ok((columns, text))
}

fn columns_error(file: &Path, text: &str, error: HeadingTableError) -> ConfigError {
    let (reason, named, values) = match error {
        HeadingTableError::Toml(why) => ("config.columns", String::new(), vec![("why", why)]),
        HeadingTableError::UnknownField(field) => ("config.unknown_field", format!("[{field}"), vec![("value", field)]),
        HeadingTableError::TwoFields(heading, one, other) => {
            ("config.heading_twice", heading.clone(), vec![("value", heading), ("one", one), ("other", other)])
        }
    };
    let line = text.lines().position(|line| !named.is_empty() && line.contains(&named)).map_or(1, |at| at + 1);
    ConfigError::Wrong { file: file.to_owned(), line, column: None, reason, values }
}

fn parse_toml<T: serde::de::DeserializeOwned>(file: &Path, text: &str) -> Result<T, ConfigError> {
    toml::from_str(text).map_err(|error| toml_error(file, text, &error))
}

fn toml_error(file: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    ConfigError::Wrong {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        column: Some((before[line_start..].chars().count() + 1).to_string()),
        reason: "config.toml_syntax",
        values: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
