//! Configuration: reads and validates the files of the data folder, which each municipality writes for itself.
//!
//! `city.toml` and `categories.csv` are required. `interests.csv` (the thesaurus of interests), `guide.md` (the city's guide)
//! and `columns.toml` (additional synonyms of headings) are optional. District outlines, boundary and gazetteer are no
//! configuration: `import` stores them in the database. Every error names the file and the line; the command line has the
//! messages.

mod categories;
mod interests;
mod sample;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub use sample::{SampleFile, SampleFiles};

use crate::import::columns::{HeadingTable, HeadingTableError};
use crate::import::places::phrases::Phrases;
use crate::model::{CategoryTable, City, Thesaurus};
use crate::schedule;

/// The configuration of one municipality.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The data folder; empty for the built-in configuration.
    pub folder: PathBuf,
    /// The municipality, from `city.toml`.
    pub city: City,
    /// The categories, from `categories.csv`.
    pub categories: CategoryTable,
    /// The thesaurus, from `interests.csv`; empty without that file.
    pub interests: Thesaurus,
    /// The city's guide as Markdown, from `guide.md`; `None` without that file.
    pub guide: Option<String>,
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
}

static BUILT_IN: LazyLock<CategoryTable> = LazyLock::new(|| {
    let parsed = categories::parse_categories(Path::new("categories.csv"), include_str!("../../data/categories.csv"));
    parsed.expect("a test reads the committed data folder")
});

impl Config {
    /// The configuration for checking lists without a data folder: the sample's categories and no municipality.
    pub fn built_in() -> Self {
        Self {
            folder: PathBuf::new(),
            city: City::default(),
            categories: BUILT_IN.clone(),
            interests: Thesaurus::default(),
            guide: None,
            columns: HeadingTable::standard(),
            phrases: Phrases::built_in(),
        }
    }

    /// Reads and validates the data folder.
    ///
    /// # Errors
    ///
    /// If `city.toml` or `categories.csv` is missing, or any of the files is invalid.
    pub fn load(folder: &Path) -> Result<Self, ConfigError> {
        let city_file = folder.join("city.toml");
        let city: City = parse_toml(&city_file, &read_text(&city_file)?)?;
        check_city(&city_file, &city)?;
        let categories_file = folder.join("categories.csv");
        let categories = categories::parse_categories(&categories_file, &read_text(&categories_file)?)?;
        Ok(Self {
            folder: folder.to_owned(),
            city,
            categories,
            interests: load_interests(folder)?,
            guide: load_guide(folder)?,
            columns: load_columns(folder)?,
            phrases: Phrases::built_in(),
        })
    }
}

/// The thesaurus of interests, if there is a file.
fn load_interests(folder: &Path) -> Result<Thesaurus, ConfigError> {
    let file = folder.join("interests.csv");
    if file.exists() { interests::parse_interests(&file, &read_text(&file)?) } else { Ok(Thesaurus::default()) }
}

/// The guide, if there is a file.
fn load_guide(folder: &Path) -> Result<Option<String>, ConfigError> {
    let file = folder.join("guide.md");
    file.exists().then(|| read_text(&file)).transpose()
}

/// The built-in headings with those of `columns.toml`, if there is one.
fn load_columns(folder: &Path) -> Result<HeadingTable, ConfigError> {
    let file = folder.join("columns.toml");
    if !file.exists() {
        return Ok(HeadingTable::standard());
    }
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

fn check_city(file: &Path, city: &City) -> Result<(), ConfigError> {
    let wrong =
        |reason| Err(ConfigError::Wrong { file: file.to_owned(), line: 1, column: None, reason, values: Vec::new() });
    if city.name.trim().is_empty() {
        return wrong("config.no_name");
    }
    if city.code.len() != 6 || !city.code.bytes().all(|b| b.is_ascii_digit()) {
        return wrong("config.wrong_code");
    }
    if city.public_url.as_deref().is_some_and(|url| !url.starts_with("http") || url.ends_with('/')) {
        return wrong("config.wrong_url");
    }
    if city.new_year.as_deref().is_some_and(|text| schedule::parse_season(text).is_none()) {
        return wrong("config.wrong_new_year");
    }
    Ok(())
}

fn read_text(file: &Path) -> Result<String, ConfigError> {
    let bytes = std::fs::read(file)
        .map_err(|error| ConfigError::Unreadable { file: file.to_owned(), reason: error.to_string() })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        ConfigError::Wrong {
            file: file.to_owned(),
            line: before.split(|byte| *byte == b'\n').count(),
            column: None,
            reason: "config.not_utf8",
            values: Vec::new(),
        }
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
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
        reason: "config.syntax",
        values: vec![("why", error.message().replace('\n', " "))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(city: &str, categories: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("city.toml"), city).unwrap();
        std::fs::write(folder.path().join("categories.csv"), categories).unwrap();
        folder
    }

    fn error_of(city: &str, categories: &str) -> String {
        let folder = folder(city, categories);
        let error = Config::load(folder.path()).unwrap_err();
        format!("{error:?}").replace(&folder.path().display().to_string(), "data")
    }

    const CITY: &str = "code = \"282227\"\nname = \"養父市\"\n";
    const HEADING: &str =
        "id,name_ja,name_easy,name_en,group_ja,group_en,color,icon,private_persons,office,office_phone,words\n";

    #[test]
    fn the_committed_data_folder_can_be_read() {
        let config = Config::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap();
        assert_eq!(config.city.name, "養父市");
        assert!(config.categories.all().iter().any(|c| c.private_persons && c.office.is_some()));
        assert_eq!(config.categories.all().last().unwrap().id.0, "other");
        assert!(config.interests.all().len() >= 250, "{}", config.interests.all().len());
        assert_eq!(config.guide, None, "the guide of the sample is the sample's");
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = Config::load(folder.path()).unwrap_err();
        assert!(matches!(error, ConfigError::Unreadable { file, .. } if file.ends_with("city.toml")));
    }

    #[test]
    fn an_error_in_city_toml_names_its_line_and_column() {
        insta::assert_snapshot!(error_of("code = \"282227\"\nnaem = \"養父市\"\n", HEADING));
        insta::assert_snapshot!(error_of("name = 養父市\n", HEADING));
        insta::assert_snapshot!(error_of("code = \"28222\"\nname = \"養父市\"\n", HEADING));
    }

    #[test]
    fn an_error_in_categories_names_its_line_and_column() {
        let rows = |row: &str| error_of(CITY, &format!("{HEADING}{row}\n"));
        insta::assert_snapshot!(rows("salon,サロン,,Salon,通いの場,Gathering,orange,cafe,no,,,"));
        insta::assert_snapshot!(rows("サロン,サロン,,Salon,通いの場,Gathering,#e69f00,cafe,no,,,"));
        insta::assert_snapshot!(rows("salon,サロン,,Salon,通いの場,Gathering,#e69f00,cafe,maybe,,,"));
        insta::assert_snapshot!(error_of(CITY, "id,name_ja\nsalon,サロン\n"));
        insta::assert_snapshot!(error_of(CITY, HEADING));
    }

    #[test]
    fn private_persons_need_an_office_to_call() {
        let row = "farm,農業,,Farm,農業,Farming,#009e73,farm,yes,,,\n";
        insta::assert_snapshot!(error_of(CITY, &format!("{HEADING}{row}")));
    }

    #[test]
    fn an_error_in_interests_names_its_line_and_column() {
        let folder = folder(CITY, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n"));
        let error_of = |rows: &str| {
            let heading = "term,reading,synonyms,broader,neighbours,axes,traits\n";
            std::fs::write(folder.path().join("interests.csv"), format!("{heading}{rows}")).unwrap();
            match Config::load(folder.path()).unwrap_err() {
                ConfigError::Wrong { line, column, reason, .. } => (line, column.unwrap_or_default(), reason),
                ConfigError::Unreadable { .. } => panic!("it can be read"),
            }
        };
        let at = |line, column: &str, reason| (line, column.to_owned(), reason);
        assert_eq!(error_of("囲碁,いご,,,,,\n囲碁,いご,,,,,\n"), at(3, "term", "config.term_twice"));
        assert_eq!(error_of("囲碁,いご,,,,,\n将棋,しょうぎ,,,囲棋,,\n"), at(3, "neighbours", "config.unknown_term"));
        assert_eq!(error_of("囲碁,いご,,将棋,,,\n将棋,しょうぎ,,囲碁,,,\n"), at(2, "broader", "config.term_circle"));
        assert_eq!(error_of("囲碁,いご,,,,体\n"), at(2, "", "config.ragged"));
        assert_eq!(error_of("囲碁,いご,,,,体,\n"), at(2, "axes", "config.wrong_axis"));
    }

    #[test]
    fn an_error_in_columns_names_its_line() {
        let folder = folder(CITY, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n"));
        let error_of = |columns: &str| {
            std::fs::write(folder.path().join("columns.toml"), columns).unwrap();
            match Config::load(folder.path()).unwrap_err() {
                ConfigError::Wrong { line, reason, .. } => (line, reason),
                ConfigError::Unreadable { .. } => panic!("it can be read"),
            }
        };
        assert_eq!(error_of("# ours\n\n[venue]\nheadings = [\"つどいの家\"]\n"), (3, "config.unknown_field"));
        assert_eq!(error_of("[venue_name]\nheadings = [つどいの家]\n"), (2, "config.syntax"));
        assert_eq!(error_of("[venue_name]\nwords = [\"つどいの家\"]\n"), (1, "config.columns"));
        let twice = "[venue_name]\nheadings = [\"つどいの家\"]\n[schedule]\nheadings = [\"つどいの家\"]\n";
        assert_eq!(error_of(twice), (2, "config.heading_twice"));
    }

    #[test]
    fn a_guide_may_be_left_out_and_one_in_another_encoding_is_named_with_its_line() {
        let folder = folder(CITY, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n"));
        assert_eq!(Config::load(folder.path()).unwrap().guide, None);
        let file = folder.path().join("guide.md");
        std::fs::write(&file, "\u{feff}# 手引き\n").unwrap();
        assert_eq!(Config::load(folder.path()).unwrap().guide.as_deref(), Some("# 手引き\n"));
        std::fs::write(&file, b"# tebiki\n\n\x8e\xe8\x88\xf8\x82\xab\n").unwrap();
        let ConfigError::Wrong { file, line, reason, .. } = Config::load(folder.path()).unwrap_err() else {
            panic!("it can be read")
        };
        assert!(file.ends_with("guide.md"));
        assert_eq!((line, reason), (3, "config.not_utf8"));
    }

    #[test]
    fn a_byte_order_mark_does_not_matter() {
        let row = "salon,サロン,,Salon,通いの場,Gathering,#E69F00,cafe,no,,,サロン; カフェ ;\n";
        let folder = folder(&format!("\u{feff}{CITY}"), &format!("\u{feff}{HEADING}{row}"));
        let config = Config::load(folder.path()).unwrap();
        assert_eq!(config.categories.all()[0].words, ["サロン", "カフェ"]);
    }
}
