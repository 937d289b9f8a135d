//! Reads `categories.csv`.

use std::path::Path;

use super::ConfigError;
use crate::model::{Category, CategoryId, CategoryTable, Language, Translated};

/// The columns of the file; all must be there, in any order.
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

/// One row of the file, with what is needed to say what is wrong with it.
pub(super) struct CategoryRow<'a> {
    pub(super) file: &'a Path,
    pub(super) line: usize,
    pub(super) headings: &'a csv::StringRecord,
    pub(super) cells: &'a csv::StringRecord,
}

pub(super) fn parse(file: &Path, text: &str) -> Result<CategoryTable, ConfigError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| csv_error(file, &error))?.clone();
    if let Some(missing) = COLUMNS.iter().find(|c| !headings.iter().any(|h| h == **c)) {
        return Err(wrong(file, 1, Some(missing), ("config.missing_column", &[])));
    }
    let mut categories: Vec<Category> = Vec::new();
    for record in reader.records() {
        let cells = record.map_err(|error| csv_error(file, &error))?;
        let line = cells.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(usize::MAX));
        let row = CategoryRow { file, line, headings: &headings, cells: &cells };
        let category = category(&row)?;
        if categories.iter().any(|c| c.id == category.id) {
            return Err(row.wrong("id", "config.id_twice"));
        }
        categories.push(category);
    }
    if categories.is_empty() {
        return Err(wrong(file, 1, None, ("config.no_category", &[])));
    }
    Ok(CategoryTable::new(categories))
}

fn category(row: &CategoryRow<'_>) -> Result<Category, ConfigError> {
    let private_persons = match row.cell("private_persons") {
        "yes" => true,
        "no" | "" => false,
        _ => return Err(row.wrong("private_persons", "config.not_yes_or_no")),
    };
    let office = row.optional("office");
    if private_persons && office.is_none() {
        return Err(row.wrong("office", "config.no_office"));
    }
    Ok(Category {
        id: id(row)?,
        name: name(row)?,
        group: row.translated("group", ["group_ja", "group_en"])?,
        color: color(row)?,
        icon: row.needed("icon")?,
        private_persons,
        office,
        office_phone: row.optional("office_phone"),
        words: row.list("words"),
    })
}

/// Plain Japanese that is left out is published as the Japanese name.
fn name(row: &CategoryRow<'_>) -> Result<Translated, ConfigError> {
    let name = row.translated("name", ["name_ja", "name_en"])?;
    Ok(Language::ALL.into_iter().map(|language| (language, name.text(language))).collect())
}

fn id(row: &CategoryRow<'_>) -> Result<CategoryId, ConfigError> {
    let id = row.needed("id")?;
    if id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Ok(CategoryId(id));
    }
    Err(row.wrong("id", "config.wrong_id"))
}

fn color(row: &CategoryRow<'_>) -> Result<String, ConfigError> {
    let color = row.needed("color")?.to_ascii_lowercase();
    let digits = color.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(color);
    }
    Err(row.wrong("color", "config.wrong_color"))
}

impl CategoryRow<'_> {
    /// The trimmed cell below `heading`.
    pub(super) fn cell(&self, heading: &str) -> &str {
        self.headings.iter().position(|h| h == heading).and_then(|at| self.cells.get(at)).unwrap_or_default()
    }

    /// The entries of the cell, parted by semicolons.
    pub(super) fn list(&self, heading: &str) -> Vec<String> {
        let entries = self.cell(heading).split([';', '；']).map(str::trim);
        entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
    }

    /// The cells below `start` and the code of each language, such as `name_en`; those below `needed` must not be empty.
    fn translated<const N: usize>(&self, start: &str, needed: [&'static str; N]) -> Result<Translated, ConfigError> {
        needed.into_iter().try_for_each(|heading| self.needed(heading).map(|_| ()))?;
        let cell = |language: Language| (language, self.cell(&format!("{start}_{}", language.code())));
        Ok(Language::ALL.into_iter().map(cell).collect())
    }

    fn optional(&self, heading: &str) -> Option<String> {
        Some(self.cell(heading)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    pub(super) fn needed(&self, heading: &'static str) -> Result<String, ConfigError> {
        self.optional(heading).ok_or_else(|| self.wrong(heading, "config.empty_cell"))
    }

    pub(super) fn wrong(&self, heading: &'static str, reason: &'static str) -> ConfigError {
        wrong(self.file, self.line, Some(heading), (reason, &[("value", self.cell(heading))]))
    }
}

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
        _ => wrong(file, line, None, ("config.syntax", &[("why", &error.to_string())])),
    }
}
