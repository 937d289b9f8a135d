//! Problems of a list: kind, severity, and a message that tells the person who keeps the list what to fix.
//!
//! Severities and messages are in `problems.toml`; `docs/data-format.md` has the whole table. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::columns::field_name;
use crate::model::messages::{fill, placeholders};
use crate::model::{CityWords, Language, Translated};

/// Longest quotation of a cell in a message, in characters; the rest is an ellipsis.
const QUOTED_CHARS: usize = 60;

/// Severity of a problem, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Information: nothing has to be fixed.
    Info,
    /// Something could not be used as it stands; the place was kept.
    Warning,
    /// The row did not become a place, or characters of it are lost.
    Error,
}

/// One problem of a list, in one row or in the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListProblem {
    /// Row number as Excel shows it, from 1; for the sheet as a whole, the heading's row; 0 for the file as a whole.
    pub row: u32,
    /// The heading of the column as it stands in the file; `None` where the whole row or file is meant.
    pub column: Option<String>,
    /// Kind of the problem.
    pub kind: ProblemKind,
    /// Values of the message's placeholders, by name.
    pub values: Vec<(&'static str, String)>,
}

impl ListProblem {
    /// A problem in `row` (as Excel shows it); `values` must hold every placeholder of the kind's messages.
    pub fn new(row: u32, column: Option<&str>, kind: ProblemKind, values: &[(&'static str, &str)]) -> Self {
        let values: Vec<_> = values.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        debug_assert!(
            placeholders(kind.wording().sentence.japanese()).all(|p| values.iter().any(|(name, _)| *name == p)),
            "{kind:?} needs all of the values its sentences name, got {values:?}"
        );
        Self { row, column: column.map(str::to_owned), kind, values }
    }

    /// Makes the refusal of a file that exceeds the limit `name` of `[limits]` in `city.toml`, which is `value`.
    pub fn too_large(name: &str, value: impl std::fmt::Display) -> Self {
        Self::new(0, None, ProblemKind::TooLarge, &[("value", &format!("{name} = {value}"))])
    }

    /// Makes the refusal of a file on which the program itself failed.
    pub fn reading_failed() -> Self {
        Self::new(0, None, ProblemKind::ReadingFailed, &[])
    }

    /// Severity of its kind.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// The message in plain words: what is wrong and how to fix it.
    pub fn message(&self, lang: Language) -> String {
        let wording = self.kind.wording();
        let is_repaired = self.values.iter().any(|(name, _)| *name == "repaired");
        let sentence = wording.repaired.as_ref().filter(|_| is_repaired).unwrap_or(&wording.sentence);
        let template = sentence.text(lang);
        let value = |name: &str| {
            let value = self.values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            // A field is kept by its key and said in the reader's language.
            match name {
                "field" => field_name(value, lang).to_owned(),
                "fields" => value.split(',').map(|key| field_name(key, lang)).collect::<Vec<_>>().join(", "),
                _ => value.to_owned(),
            }
        };
        let values: Vec<_> = placeholders(template).map(|name| (name, quoted(&value(name)))).collect();
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(template, &values)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Kinds of problems. The serialised names are stable; `check --json` prints them.
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
    /// The name is blank; the building's name was used.
    NamedByVenue,
    /// Characters were lost when the file was saved (U+FFFD).
    LostCharacters,

    // Coordinates.
    /// A coordinate is no number.
    NotANumber,
    /// A coordinate is no place on Earth.
    NotOnGlobe,
    /// Longitude and latitude stand in each other's column; repaired.
    SwappedCoordinates,
    /// A decimal point of the coordinates was lost; repaired.
    RepairedCoordinates,
    /// The coordinates have so few decimals that the point is no door.
    RoundedCoordinates,
    /// The coordinates have so few decimals that they are of no use.
    CoarseCoordinates,
    /// The coordinates are of the former Japanese datum; converted.
    DatumConverted,
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
    /// The cell holds two addresses of different 町字.
    TwoAddresses,
    /// The point lies in another 町字 than the address names; kept.
    PointFarFromAddress,
    /// The written district is not the one the position lies in.
    DistrictDisagrees,
    /// The written district is none of the municipality's.
    UnknownDistrict,
    /// None of the districts that the list names is known.
    UnknownDistricts,
    /// No district is known, and the list names some.
    DistrictsOfList,

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
    /// In a file that this program exported, a cell was changed into what cannot stand there.
    ExportedValueChanged,
    /// The file is a workbook of edits, and no list.
    WorkbookOfEdits,
    /// In a workbook of edits, what stands for an identity is none.
    MistypedId,
    /// In a workbook of edits, the identity is of no place of this database.
    ForeignId,
    /// The category is none of the municipality's.
    UnknownCategory,
    /// A word that names no category was taken for the one that it means.
    CategoryByMeaning,
    /// A word that names no category was taken for the one of the rows that it stands in.
    CategoryByRows,
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
    /// A private person's row says nothing of a consent that its category needs.
    ConsentMissing,
    /// The last day of the consent is past.
    ConsentOver,
    /// The consent was refused or withdrawn.
    ConsentWithdrawn,
    /// What the list says of the consent is not understood.
    UnclearConsent,
    /// A name or number that may be a private person's is kept from the public.
    PersonKeptPrivate,
    /// A text of a column that is public names somebody.
    PersonInText,

    // Columns.
    /// A column was taken for a field by something else than its heading alone.
    ColumnAssumed,
    /// A column with filled cells is not used.
    ColumnUnused,
    /// No column gives the rows a name.
    NoNameColumn,
    /// The list has no row of headings.
    NoHeadingRow,
    /// The name of the sheet was read as the district of its rows.
    SheetIsDistrict,
    /// A cell holds a value of another column's kind; a row that has slipped.
    MisplacedValue,
    /// An end lies before its start.
    EndBeforeStart,

    // The file.
    /// Rows have more or fewer cells than the heading.
    RaggedRow,
    /// The list is no table but lines of a label with its value.
    LabelledLines,
    /// The values of a row stood beside their columns, and were put right.
    RowRealigned,
    /// The values of a row seem to stand beside their columns.
    RowShifted,
    /// A quote was opened and never closed.
    UnclosedQuote,
    /// A cell holds an error of Excel's.
    FormulaError,
    /// A cell is calculated, but the file does not hold the result.
    FormulaWithoutValue,
    /// A private-use character (gaiji), which other computers cannot display.
    #[serde(rename = "private_letter")]
    PrivateUseCharacter,
    /// A column has no heading.
    UnnamedColumn,
    /// A district written once for several rows was read for all of them.
    GroupedColumn,
    /// A shape in `GeoJSON` that is no point.
    NotAPoint,
    /// A coordinate system other than degrees of the world's datum.
    UnknownCrs,
    /// Mojibake: text that was saved in a wrong encoding was restored.
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
    /// Text of the row that is struck out was not read.
    StruckText,
    /// A row that is struck out, or whose name is, was left out.
    StruckRowSkipped,
    /// A hidden row is for staff only.
    HiddenRow,
    /// A hidden column is for staff only.
    HiddenColumn,

    // The file as a whole: nothing was read.
    /// The bytes hold no table.
    NotATable,
    /// There is nothing in the file.
    EmptyFile,
    /// The file has another known format.
    OtherFormat,
    /// The file is an HTML page, perhaps named `.xls`.
    HtmlNotATable,
    /// The file is a zip archive without a workbook.
    ZipWithoutWorkbook,
    /// The workbook is locked by a password.
    WorkbookEncrypted,
    /// The workbook cannot be read.
    WorkbookDamaged,
    /// The JSON cannot be read.
    JsonDamaged,
    /// There is no list in the JSON.
    JsonWithoutList,
    /// The file exceeds a limit (decompression bombs, memory).
    TooLarge,
    /// A cell holds more text than a cell can.
    CellTooLong,
    /// The program failed on the file.
    ReadingFailed,

    // Lists of link workers.
    /// The row has neither role nor person nor office.
    MissingWorker,
    /// It is not clear whether the row is of 1層 or 2層.
    UnknownLayer,
    /// An area somebody serves is none of the municipality's districts or 大字.
    UnknownServedArea,
    /// A community connector without an area was taken to serve the whole municipality.
    BlankServedArea,
    /// Numbers and addresses without an office are kept from the public.
    OwnNumbersKeptPrivate,
    /// The list has no column that says who may see its rows.
    NoAudienceColumnOfWorkers,

    // Tables of population.
    /// The file is no table of population.
    NotPopulation,
    /// The numbers are of a day that has not come.
    DayToCome,
    /// A number that no area can have.
    ImpossibleNumber,
    /// The sheets count men alone, or women alone.
    OneSexOnly,
    /// Neither the file nor the command gives the day of the numbers.
    NoDate,
    /// The rows are of different days.
    SeveralDates,
    /// All rows are of other municipalities.
    OnlyOtherMunicipalities,
    /// Rows of another municipality were left out.
    OtherMunicipality,
    /// A number of people is below zero.
    NegativeNumber,
    /// The area stands in an earlier row already.
    DuplicateArea,
    /// The code is no cell of the grid (JIS X 0410).
    BadMeshCode,
    /// No town of the gazetteer has the area's name.
    UnknownName,
    /// Several towns of the gazetteer have the area's name.
    AmbiguousName,
    /// The file's point lies far from the town of the area's name.
    GivenFarFromTown,
    /// The sums show that dashes of the row are suppressed numbers.
    DashIsNotZero,
    /// The parts of a row do not add up to its total.
    SumDisagrees,
    /// Areas lie outside the municipality; counted.
    AreasOutside,
    /// The areas of a table stand side by side: numbers of rows are those of columns.
    AreasSideBySide,
    /// A sheet repeats the areas of an earlier one.
    SheetRepeatsAreas,

    /// No town of a table of towns and districts is known.
    NoKnownTown,

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
    /// The file holds several municipalities, but not the configured one.
    OutlineOfOthers,
    /// No feature of a base map is of a kind that is drawn.
    BasemapUnknown,

    // A list of districts.
    /// The bytes hold no table with names of districts.
    DistrictListUnreadable,

    // 町字 with coordinates.
    /// The bytes hold no 町字.
    GazetteerUnreadable,
    /// A 町字 has coordinates that are no degrees.
    GazetteerBadPosition,

    // Unmet needs that were counted on paper.
    /// The file has no columns of a quarter, a reason and a number.
    NotUnmetNeeds,
    /// The number is none.
    UnmetCountUnreadable,
    /// The number was suppressed, or is missing.
    UnmetCountHidden,
    /// The quarter or month cannot be read.
    UnmetPeriodUnreadable,
    /// The quarter has not begun.
    UnmetPeriodToCome,
    /// A later month is in already.
    UnmetPeriodPassed,
    /// There is no such reason.
    UnmetReasonUnknown,
    /// There is no such district.
    UnmetDistrictUnknown,
    /// There is no such interest.
    UnmetInterestUnknown,
    /// The file is what the program itself published.
    UnmetOwnRelease,
    /// The cell of the table stands twice.
    UnmetTwice,
    /// The number is less than the one that was imported before.
    UnmetCountLowered,
}

/// Entry of `problems.toml` for one kind: severity and messages.
///
/// No [`Messages`](crate::model::Messages), which is the catalogue of one language by key: here all languages of a kind stand
/// side by side, so that whoever changes a message sees its translation. Both fill their placeholders by the same function.
#[derive(Debug, Deserialize)]
struct ProblemWording {
    severity: Severity,
    /// The message; any other key of the entry is an error.
    #[serde(flatten)]
    sentence: Translated,
    /// The message where the value was repaired, with the placeholder `{repaired}`.
    #[serde(default)]
    repaired: Option<Translated>,
}

static WORDINGS: LazyLock<BTreeMap<ProblemKind, ProblemWording>> = LazyLock::new(|| {
    toml::from_str(&CityWords::fill_standard(include_str!("problems.toml"))).expect("the tests read problems.toml")
});

impl ProblemKind {
    /// Severity, from `problems.toml`.
    pub fn severity(self) -> Severity {
        self.wording().severity
    }

    /// The stable code, e.g. `missing_name`.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The message with its `{placeholders}`, for documentation.
    pub fn template(self, lang: Language) -> &'static str {
        self.wording().sentence.text(lang)
    }

    fn wording(self) -> &'static ProblemWording {
        WORDINGS.get(&self).expect("the tests find every kind in problems.toml")
    }
}

/// `value` for a message: on one line, truncated.
fn quoted(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests;
