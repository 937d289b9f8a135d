//! Parses `categories.csv`, the table of categories.
//!
//! This module does no I/O.

use std::path::Path;

use super::ConfigError;
use super::settings_text::delimiter;
use crate::model::{Category, CategoryId, CategoryTable, Language, RESERVED_CATEGORY_IDS, Translated};

/// Columns of the file; all are required, in any order.
const COLUMNS: [&str; 12] = [
    "id",
    "name_ja",
    "name_easy",
    "name_en",
    "group_ja",
    "group_en",
    "color",
    "icon",
    "private_persons",
    "office",
    "office_phone",
    "words",
];

/// One row of a settings file, with its position for error messages.
pub(super) struct CategoryRow<'a> {
    pub(super) file: &'a Path,
    pub(super) line: usize,
    pub(super) headings: &'a csv::StringRecord,
    pub(super) cells: &'a csv::StringRecord,
}

/// Reads the table; fails with every fault.
pub(super) fn parse_categories(file: &Path, text: &str) -> Result<CategoryTable, Vec<ConfigError>> {
    let parse = |row: &CategoryRow<'_>, before: &[Category]| {
        let category = parse_category(row)?;
        if RESERVED_CATEGORY_IDS.contains(&category.id.0.as_str()) {
            Err(row.wrong("id", "config.reserved_id"))
        } else if before.iter().any(|it| it.id == category.id) {
            Err(row.wrong("id", "config.id_twice"))
        } else {
            Ok(category)
        }
    };
    parse_rows((file, text), (&COLUMNS, "config.no_category"), parse).map(CategoryTable::new)
}

/// The rows of a table of settings with the columns `required`, each read by `parse`, which is given the rows before it; every fault of
/// every row. A table without a row is a fault of its own, for which `none` is the key of the message.
pub(super) fn parse_rows<T>(
    (file, text): (&Path, &str),
    (required, none): (&[&'static str], &'static str),
    parse: impl Fn(&CategoryRow<'_>, &[T]) -> Result<T, ConfigError>,
) -> Result<Vec<T>, Vec<ConfigError>> {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut reader = settings_table(text);
    let headings = reader.headers().map_err(|error| vec![csv_error(file, &error)])?.clone();
    if let Some(missing) = required.iter().find(|column| !headings.iter().any(|heading| heading == **column)) {
        return Err(vec![wrong(file, 1, Some(missing), ("config.missing_column", &[]))]);
    }
    for record in reader.records() {
        let parsed = record.map_err(|error| csv_error(file, &error)).and_then(|cells| {
            let line = cells.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
            parse(&CategoryRow { file, line, headings: &headings, cells: &cells }, &rows)
        });
        match parsed {
            Ok(row) => rows.push(row),
            Err(fault) => faults.push(fault),
        }
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push(wrong(file, 1, None, (none, &[])));
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

/// The rows of a table, as an editor or Excel saves it.
pub(super) fn settings_table(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().trim(csv::Trim::All).delimiter(delimiter(text)).from_reader(text.as_bytes())
}

fn parse_category(row: &CategoryRow<'_>) -> Result<Category, ConfigError> {
    let private_persons = match row.cell("private_persons") {
        "yes" => true,
        "no" | "" => false,
        _ => return Err(row.wrong("private_persons", "config.not_yes_or_no")),
    };
    // A table of the first versions has no such column.
    let buildings = match row.cell("buildings") {
        "yes" => true,
        "no" | "" => false,
        _ => return Err(row.wrong("buildings", "config.not_yes_or_no")),
    };
    let person_to_person = match row.cell("person_to_person") {
        "yes" if private_persons => true,
        "yes" => return Err(row.wrong("person_to_person", "config.not_private_persons")),
        "no" | "" => false,
        _ => return Err(row.wrong("person_to_person", "config.not_yes_or_no")),
    };
    Ok(Category {
        id: CategoryId(row.id()?),
        name: parse_name(row)?,
        group: row.translated("group", ["group_ja", "group_en"])?,
        color: parse_color(row)?,
        icon: row.required("icon")?,
        private_persons,
        person_to_person,
        buildings,
        office: row.optional("office"),
        office_phone: row.optional("office_phone"),
        words: row.list("words"),
    })
}

/// The name in every language; plain Japanese that is left out is published as the Japanese name.
fn parse_name(row: &CategoryRow<'_>) -> Result<Translated, ConfigError> {
    let name = row.translated("name", ["name_ja", "name_en"])?;
    let published = [Language::Ja, Language::Easy, Language::En].map(|language| (language, name.text(language)));
    let other = name.written(Language::Vi).map(|text| (Language::Vi, text));
    Ok(published.into_iter().chain(other).collect())
}

fn parse_color(row: &CategoryRow<'_>) -> Result<String, ConfigError> {
    let color = row.required("color")?.to_ascii_lowercase();
    let digits = color.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(color);
    }
    Err(row.wrong("color", "config.wrong_color"))
}

impl CategoryRow<'_> {
    /// The trimmed cell of the column `heading`; empty where there is none.
    pub(super) fn cell(&self, heading: &str) -> &str {
        self.headings.iter().position(|h| h == heading).and_then(|at| self.cells.get(at)).unwrap_or_default()
    }

    /// The entries of the cell, separated by semicolons.
    pub(super) fn list(&self, heading: &str) -> Vec<String> {
        let entries = self.cell(heading).split([';', '；']).map(str::trim);
        entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
    }

    /// The cells below `start` and the code of each language, such as `name_en`; those below `required` must not be empty.
    fn translated<const N: usize>(&self, start: &str, required: [&'static str; N]) -> Result<Translated, ConfigError> {
        required.into_iter().try_for_each(|heading| self.required(heading).map(|_| ()))?;
        let cell = |language: Language| (language, self.cell(&format!("{start}_{}", language.code())));
        Ok(Language::ALL.into_iter().map(cell).collect())
    }

    pub(super) fn optional(&self, heading: &str) -> Option<String> {
        Some(self.cell(heading)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// The cell of the column `heading`; an empty one is an error.
    pub(super) fn required(&self, heading: &'static str) -> Result<String, ConfigError> {
        self.optional(heading).ok_or_else(|| self.wrong(heading, "config.empty_cell"))
    }

    /// The cell of the column `id`: characters that may stand in an address.
    pub(super) fn id(&self) -> Result<String, ConfigError> {
        let id = self.required("id")?;
        let is_plain = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if is_plain { Ok(id) } else { Err(self.wrong("id", "config.wrong_id")) }
    }

    /// An error in this row, with the cell's value; `reason` is a key of the command line's messages.
    pub(super) fn wrong(&self, heading: &'static str, reason: &'static str) -> ConfigError {
        wrong(self.file, self.line, Some(heading), (reason, &[("value", self.cell(heading))]))
    }
}

/// An error at `line` of `file`; `reason` is a key of the command line's messages.
pub(super) fn wrong(
    file: &Path,
    line: usize,
    column: Option<&str>,
    (reason, values): (&'static str, &[(&'static str, &str)]),
) -> ConfigError {
    let values = values.iter().map(|&(name, value)| (name, value.to_owned())).collect();
    ConfigError::Wrong { file: file.to_owned(), line, column: column.map(str::to_owned), reason, values }
}

pub(super) fn csv_error(file: &Path, error: &csv::Error) -> ConfigError {
    let line = error.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(usize::MAX));
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            let (found, expected) = (len.to_string(), expected_len.to_string());
            wrong(file, line, None, ("config.ragged", &[("found", &found), ("expected", &expected)]))
        }
        _ => wrong(file, line, None, ("config.table_syntax", &[])),
    }
}
