//! One problem of a list, in a sentence from which the person who keeps the list can fix it.
//!
//! Kind, severity and sentences stand in `problems.toml`; `docs/data-format.md` has the whole table. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::model::Language;
use crate::model::messages::{fill, placeholders};

/// Characters of a cell that a sentence quotes; what follows is an ellipsis.
const QUOTED_CHARS: usize = 60;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something could not be used as it stands; the place was kept.
    Warning,
    /// The row did not become a place, or characters of it are lost.
    Error,
}

/// One problem to fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListProblem {
    /// The row as Excel shows it; for the sheet as a whole, the heading's row.
    pub row: u32,
    /// The heading of the column as it stands in the file; `None` where the whole row or file is meant.
    pub column: Option<String>,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The values the sentences name, by the name of the placeholder.
    pub values: Vec<(&'static str, String)>,
}

impl ListProblem {
    /// Makes a problem of `row` (as Excel shows it); `values` are what the kind's sentences name, by placeholder.
    pub fn new(row: u32, column: Option<&str>, kind: ProblemKind, values: &[(&'static str, &str)]) -> Self {
        let values: Vec<_> = values.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        debug_assert!(
            placeholders(&kind.words().ja).all(|p| values.iter().any(|(name, _)| *name == p)),
            "{kind:?} needs all of the values its sentences name, got {values:?}"
        );
        Self { row, column: column.map(str::to_owned), kind, values }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// One plain sentence or two: what is wrong and what to do.
    pub fn message(&self, lang: Language) -> String {
        let words = self.kind.words();
        let is_repaired = self.values.iter().any(|(name, _)| *name == "repaired");
        let (ja, en) = match &words.repaired {
            Some(repaired) if is_repaired => (&repaired.ja, &repaired.en),
            _ => (&words.ja, &words.en),
        };
        let template = if lang.of_reports() == Language::Ja { ja } else { en };
        let value = |name| self.values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        let values: Vec<_> = placeholders(template).map(|name| (name, quoted(value(name)))).collect();
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(template, &values)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// What can be wrong. The serialised names are stable; `check --json` prints them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ProblemKind {
            $($(#[$doc])* $name,)+
        }

        impl ProblemKind {
            /// Every kind, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

kinds! {
    // The row did not become a place, or characters are lost.
    /// The row has no name.
    MissingName,
    /// The name was blank; the building's was taken.
    NamedByVenue,
    /// Letters were lost when the file was saved (U+FFFD).
    LostCharacters,

    // Coordinates.
    /// A coordinate is no number.
    NotANumber,
    /// A coordinate is no place on Earth.
    NotOnGlobe,
    /// Longitude and latitude stand in each other's column; repaired.
    SwappedCoordinates,
    /// Both coordinates are zero.
    ZeroCoordinates,
    /// There are no coordinates.
    MissingCoordinates,
    /// Only one of the two coordinates is there.
    IncompleteCoordinates,
    /// The coordinates are not in Japan.
    OutsideJapan,
    /// The place lies outside the municipality; kept.
    OutsideMunicipality,
    /// The place lies far from all others of its list; kept.
    FarFromOthers,
    /// Placed by its address, roughly.
    PlacedByAddress,
    /// The address names no 町字 of the gazetteer.
    AddressNotFound,
    /// The address fits two or more 町字 of the gazetteer.
    AddressAmbiguous,
    /// The written district is not the one the position lies in.
    DistrictDisagrees,
    /// The written district is none of the municipality's.
    UnknownDistrict,

    // The same place twice.
    /// The row says the same as another.
    DuplicateRow,
    /// The row is probably the same place as another.
    LikelyDuplicate,
    /// An ID stands in several rows or is missing in some.
    DoubtfulId,

    // Values.
    /// Excel turned the value into something else.
    ExcelDamage,
    /// The category is none of the municipality's.
    UnknownCategory,
    /// The list has no column of categories.
    NoCategoryColumn,
    /// A time cannot be read.
    BadTime,
    /// A date cannot be read or does not exist.
    BadDate,
    /// The last day of events is past.
    EventsOver,
    /// The list has no column that says who may see a place.
    NoAudienceColumn,
    /// The cell that says who may see a place is blank.
    BlankAudience,
    /// The cell that says who may see a place is not understood.
    UnclearAudience,
    /// A name or number that may be a private person's is kept from the public.
    PersonKeptPrivate,

    // The file.
    /// Rows have more or fewer cells than the heading.
    RaggedRow,
    /// A quote was opened and never closed.
    UnclosedQuote,
    /// A cell holds an error of Excel's.
    FormulaError,
    /// A cell is calculated, but the file does not hold the result.
    FormulaWithoutValue,
    /// A private-use character (gaiji) that only the machine it was made on can show.
    PrivateLetter,
    /// A column has no heading.
    UnnamedColumn,
    /// A district written once for several rows was read for all of them.
    GroupedColumn,
    /// A shape in `GeoJSON` that is no point.
    NotAPoint,
    /// A coordinate system other than degrees of the world's datum.
    UnknownCrs,
    /// Text that had been saved in a wrong encoding was put right.
    RecoveredEncoding,
    /// A sheet of examples was left out.
    ExampleSheetSkipped,
    /// A sheet of explanations, codes or choices was left out.
    LegendSheetSkipped,
    /// A hidden sheet was left out.
    HiddenSheetSkipped,
    /// A sheet in which no heading was found was left out.
    SheetWithoutHeadings,
    /// A row of examples was left out.
    ExampleRowSkipped,
    /// A row of remarks was left out.
    CommentRowSkipped,
    /// A row of totals was left out.
    TotalRowSkipped,
    /// A row that stands above others as their heading was read as such.
    SectionRow,
    /// The heading stands again among the rows.
    HeadingRepeated,

    // The file as a whole: nothing was read.
    /// The bytes hold no table.
    NotATable,
    /// There is nothing in the file.
    EmptyFile,
    /// The file is something else, with a name.
    OtherFormat,
    /// The file is a page of the web, perhaps saved as `.xls`.
    HtmlNotATable,
    /// The file is a zip archive without a workbook.
    ZipWithoutWorkbook,
    /// The workbook is locked by a password.
    WorkbookEncrypted,
    /// The workbook cannot be read.
    WorkbookDamaged,
    /// The JSON cannot be read.
    JsonDamaged,
    /// The JSON is no `GeoJSON`.
    JsonNotGeojson,
    /// The file is larger than can be read safely.
    TooLarge,

    // Lists of link workers.
    /// The row has neither role nor person nor office.
    MissingWorker,
    /// Nobody can tell whether the row is of 1層 or 2層.
    UnknownLayer,
    /// An area somebody serves is none of the municipality's districts or 大字.
    UnknownServedArea,
    /// A community connector without an area was taken to serve the whole municipality.
    BlankServedArea,
    /// Numbers and addresses without an office are kept from the public.
    OwnNumbersKeptPrivate,
    /// The list has no column that says who may see its rows.
    NoAudienceColumnOfWorkers,

    // Outlines of districts or of the municipality; the row counts features.
    /// The bytes are no GeoJSON.
    OutlinesUnreadable,
    /// The bytes are `TopoJSON`.
    OutlinesTopojson,
    /// A feature has neither a name nor a code.
    OutlineWithoutName,
    /// A feature has no shape that surrounds anything.
    OutlineWithoutShape,
    /// The lines of an outline do not close.
    OutlineNotClosed,
    /// Coordinates are not degrees of longitude and latitude.
    OutlineNotDegrees,
    /// Latitude stands before longitude.
    OutlineSwapped,
    /// The file holds several municipalities and not the one that is wanted.
    OutlineOfOthers,

    // 町字 with coordinates.
    /// The bytes hold no 町字.
    GazetteerUnreadable,
    /// A 町字 has coordinates that are no degrees.
    GazetteerBadPosition,
}

/// What `problems.toml` says of one kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProblemWording {
    severity: Severity,
    ja: String,
    en: String,
    /// What to say instead where the value could be repaired.
    #[serde(default)]
    repaired: Option<RepairedDamage>,
}

/// The sentences for a value that could be repaired; they name it as `{repaired}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RepairedDamage {
    ja: String,
    en: String,
}

static WORDS: LazyLock<BTreeMap<ProblemKind, ProblemWording>> =
    LazyLock::new(|| toml::from_str(include_str!("problems.toml")).expect("the tests read problems.toml"));

impl ProblemKind {
    /// How bad it is.
    pub fn severity(self) -> Severity {
        self.words().severity
    }

    /// The stable name, e.g. `missing_name`.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The sentence with its `{placeholders}`, for documentation.
    pub fn template(self, lang: Language) -> &'static str {
        let words = self.words();
        if lang.of_reports() == Language::Ja { &words.ja } else { &words.en }
    }

    fn words(self) -> &'static ProblemWording {
        WORDS.get(&self).expect("the tests find every kind in problems.toml")
    }
}

/// `value` on one line and not too long.
fn quoted(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_sentence_in_both_languages_that_names_the_same_values() {
        for kind in ProblemKind::ALL {
            let words = kind.words();
            assert!(words.ja.ends_with('。'), "{kind:?}: {}", words.ja);
            assert!(words.en.ends_with('.'), "{kind:?}: {}", words.en);
            let names = |text| {
                let mut names: Vec<_> = placeholders(text).collect();
                names.sort_unstable();
                names.dedup();
                names.join(" ")
            };
            assert_eq!(names(&words.ja), names(&words.en), "{kind:?}");
        }
        assert_eq!(WORDS.len(), ProblemKind::ALL.len());
    }

    #[test]
    fn only_rows_that_are_lost_and_letters_that_are_lost_are_errors() {
        let errors: Vec<_> = ProblemKind::ALL.iter().filter(|k| k.severity() == Severity::Error).collect();
        assert!(errors.contains(&&ProblemKind::MissingName) && errors.contains(&&ProblemKind::LostCharacters));
        for kind in ["missing_coordinates", "placed_by_address", "example_sheet_skipped"] {
            let found = ProblemKind::ALL.iter().find(|k| k.name() == kind).unwrap();
            assert_eq!(found.severity(), Severity::Info, "{kind}");
        }
    }

    #[test]
    fn a_sentence_names_the_value_on_one_line_and_never_reads_it_as_a_template() {
        let problem = ListProblem::new(7, Some("緯度"), ProblemKind::NotANumber, &[("value", "{value}\n北緯")]);
        assert!(problem.message(Language::Ja).contains("「{value} 北緯」"), "{}", problem.message(Language::Ja));
        let long = ListProblem::new(7, None, ProblemKind::NotANumber, &[("value", &"あ".repeat(500))]);
        assert!(long.message(Language::En).chars().count() < 300);
    }
}
