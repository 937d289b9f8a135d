//! The rows below the heading of a population table, as they stand: names, codes and cells. This module does no I/O.

mod joined;

pub(super) use joined::join_sheets;

use std::collections::HashMap;

use super::cell::PopulationCell;
use super::counts::{MergedRow, RowCells};
use super::layout::{PopulationColumns, PopulationFormat, TableLayout};
use super::measure::CountedSex;
use super::words::{ColumnRole, WORDS, heading_key};
use crate::import::ListProblem;
use crate::import::file::{CellSheet, SheetRow};
use crate::import::table::vertical_fills;
use crate::model::Position;
use crate::model::town::base_of;

/// Characters of a remark at least; an area's name is shorter.
const REMARK_CHARS: usize = 30;

/// One row with an area or a sum.
#[derive(Debug, Clone)]
pub(super) struct PopulationRow {
    /// As Excel displays it.
    pub(super) row: u32,
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) city_code: Option<String>,
    pub(super) city_name: Option<String>,
    pub(super) district: Option<String>,
    pub(super) date: Option<String>,
    /// The file's own point.
    pub(super) given: Option<Position>,
    pub(super) merged: MergedRow,
    /// The code of the row that counts this one's hidden people.
    pub(super) merged_into: Option<String>,
    pub(super) sex: Option<CountedSex>,
    pub(super) cells: RowCells,
    /// The first number below zero, as written.
    pub(super) negative: Option<String>,
    /// Whether nothing but the name is written.
    pub(super) is_bare: bool,
}

/// Reads the rows of a sheet; merged cells hold for all their rows.
///
/// # Errors
///
/// If the merged cells repeat more text than a list can hold.
pub(super) fn rows(sheet: &CellSheet, layout: &TableLayout) -> Result<Vec<PopulationRow>, ListProblem> {
    let mut all = Vec::new();
    for columns in &layout.blocks {
        let body = sheet.rows.get(layout.body..).unwrap_or_default();
        let ages = joined::age_column(body, columns);
        let reader = RowReader { layout, columns, ages, fills: vertical_fills(sheet)? };
        let mut rows: Vec<PopulationRow> = body.iter().filter_map(|row| reader.row(row)).collect();
        fill_names(&mut rows, body, columns, layout.format);
        if ages.is_some() {
            fill_repeated_names(&mut rows);
        }
        fill_bare_blocks(&mut rows);
        rows.retain(|row| !row.name.is_empty() || row.code.is_some());
        fill_districts(&mut rows);
        let rows = if ages.is_some() { joined::join_ages(rows) } else { rows };
        all.extend(joined::join_sexes(rows));
    }
    Ok(all)
}

struct RowReader<'a> {
    layout: &'a TableLayout,
    columns: &'a PopulationColumns,
    /// The column that names classes of age, in a table in long form.
    ages: Option<u32>,
    fills: HashMap<(u32, u32), String>,
}

impl RowReader<'_> {
    /// The text of a cell, trimmed; of a merged one that of its first row.
    fn text<'r>(&'r self, row: &'r SheetRow, column: u32) -> &'r str {
        let own = row.cell(column).trim();
        if own.is_empty() { self.fills.get(&(row.number, column)).map_or("", |text| text.trim()) } else { own }
    }

    fn of(&self, row: &SheetRow, role: ColumnRole) -> Option<String> {
        let texts = self.columns.of(role).iter().map(|&column| self.text(row, column));
        texts.into_iter().find(|text| !text.is_empty()).map(str::to_owned)
    }

    /// One row; `None` if it holds no area: blank, a remark, the heading again.
    fn row(&self, row: &SheetRow) -> Option<PopulationRow> {
        if self.layout.is_linkdata && row.cell(0).trim_start().starts_with('#') || is_remark(row) {
            return None;
        }
        let name = self.name(row);
        if self.columns.name_headings.contains(&heading_key(&name)) {
            return None;
        }
        let measures = &self.columns.measures;
        let cell = |column: u32| PopulationCell::of(self.text(row, column));
        let cells: RowCells = measures.iter().map(|(measure, &column)| (*measure, cell(column))).collect();
        let cells = match self.ages {
            Some(column) => joined::of_class(cells, self.text(row, column)),
            None => cells,
        };
        let negative = measures.values().find(|&&column| cell(column) == PopulationCell::Negative);
        let code = self.code(row);
        let is_blank = measures.values().all(|&column| self.text(row, column).is_empty());
        if is_blank && name.is_empty() {
            return None;
        }
        let others = row.cells.iter().filter(|(_, text)| !text.trim().is_empty()).count();
        Some(PopulationRow {
            row: row.number,
            city_code: self.city_code(row, code.as_deref()),
            city_name: self.of(row, ColumnRole::CityName),
            district: self.of(row, ColumnRole::District),
            date: self.of(row, ColumnRole::Date),
            given: self.given(row),
            merged: self.merged(row),
            merged_into: self.of(row, ColumnRole::Htksaki),
            sex: self.sex(row),
            negative: negative.map(|&column| self.text(row, column).to_owned()),
            is_bare: is_blank && others <= 1,
            name,
            code,
            cells,
        })
    }

    /// The name, its parts joined; a sum's where it stands left of an empty name.
    fn name(&self, row: &SheetRow) -> String {
        let roles = PopulationColumns::name_roles(self.layout.format);
        let role = roles.iter().find(|role| !self.columns.of(**role).is_empty());
        let columns = role.map_or(&[][..], |role| self.columns.of(*role));
        let columns =
            if self.layout.format == PopulationFormat::Mesh { &columns[..columns.len().min(1)] } else { columns };
        let parts = columns.iter().chain(self.columns.of(ColumnRole::Part));
        let name: String = parts.map(|&column| self.text(row, column)).collect();
        if !name.is_empty() {
            return name;
        }
        let first = row.cells.iter().map(|(_, text)| text.trim()).find(|text| !text.is_empty());
        first.filter(|text| is_sum_of_municipality(text)).unwrap_or_default().to_owned()
    }

    fn code(&self, row: &SheetRow) -> Option<String> {
        let role = match self.layout.format {
            PopulationFormat::Mesh if !self.columns.of(ColumnRole::MeshCode).is_empty() => ColumnRole::MeshCode,
            PopulationFormat::Mesh | PopulationFormat::SmallArea => ColumnRole::KeyCode,
            PopulationFormat::Municipal | PopulationFormat::District => ColumnRole::Code,
        };
        self.of(row, role).map(|code| narrow(&code))
    }

    /// The municipality's code: the first digits of e-Stat's code, else a column of its own.
    fn city_code(&self, row: &SheetRow, code: Option<&str>) -> Option<String> {
        match self.layout.format {
            PopulationFormat::SmallArea => code.map(|code| code.chars().take(5).collect()),
            PopulationFormat::Mesh => None,
            PopulationFormat::Municipal | PopulationFormat::District => self.of(row, ColumnRole::CityCode),
        }
    }

    fn given(&self, row: &SheetRow) -> Option<Position> {
        let number = |text: &str| narrow(text).parse::<f64>().ok();
        let of = |role| self.of(row, role).and_then(|text| number(&text));
        if let (Some(lat), Some(lon)) = (of(ColumnRole::Lat), of(ColumnRole::Lon)) {
            return Position::new(lon, lat).ok();
        }
        let both = self.of(row, ColumnRole::Point)?;
        let (lat, lon) = both.split_once([',', '、', ' '])?;
        Position::new(number(lon)?, number(lat)?).ok()
    }

    fn merged(&self, row: &SheetRow) -> MergedRow {
        match self.of(row, ColumnRole::Htksyori).as_deref().map(narrow).as_deref() {
            Some("1") => MergedRow::Receives,
            Some("2") => MergedRow::Gives,
            _ => MergedRow::No,
        }
    }

    fn sex(&self, row: &SheetRow) -> Option<CountedSex> {
        let text = self.of(row, ColumnRole::Sex)?;
        super::measure::Measure::of(&text).map(|measure| measure.sex)
    }
}

/// Text in ASCII where it has a counterpart there, without white space.
pub(super) fn narrow(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Whether `name` is a word for the sum of everything.
pub(super) fn is_sum_of_municipality(name: &str) -> bool {
    let key = narrow(name);
    WORDS.rows.municipality.contains(&key) || WORDS.rows.sums.contains(&key)
}

/// Whether a row is a remark below or between the numbers.
fn is_remark(row: &SheetRow) -> bool {
    let mut filled = row.cells.iter().map(|(_, text)| text.trim()).filter(|text| !text.is_empty());
    let (Some(first), second) = (filled.next(), filled.next()) else { return true };
    let key = narrow(first);
    let begins = WORDS.rows.notes.iter().any(|note| key.starts_with(note.as_str()));
    second.is_none() && (begins || key.chars().count() > REMARK_CHARS || key.contains('。'))
}

/// Gives rows that have a part (丁目) and no name the name above them.
fn fill_names(rows: &mut [PopulationRow], body: &[SheetRow], columns: &PopulationColumns, format: PopulationFormat) {
    let role = PopulationColumns::name_roles(format).iter().find(|role| !columns.of(**role).is_empty());
    let (Some(role), parts) = (role, columns.of(ColumnRole::Part)) else { return };
    if parts.is_empty() {
        return;
    }
    let text = |row: u32, columns: &[u32]| -> String {
        let found = body.binary_search_by_key(&row, |row| row.number).ok().map(|at| &body[at]);
        found.into_iter().flat_map(|row| columns.iter().map(|&column| row.cell(column).trim())).collect()
    };
    let mut above = String::new();
    for row in rows {
        let (name, part) = (text(row.row, columns.of(*role)), text(row.row, parts));
        if !name.is_empty() {
            above = name;
        } else if !part.is_empty() && row.name == part {
            row.name = above.clone() + &part;
        }
    }
}

/// Gives rows of a table in long form the name above them, where the file writes it once.
fn fill_repeated_names(rows: &mut [PopulationRow]) {
    let mut above = String::new();
    for row in rows {
        if row.name.is_empty() {
            row.name.clone_from(&above);
        } else {
            above.clone_from(&row.name);
        }
    }
}

/// Gives rows that are named by their 丁目 alone, below the row of their town, its name: 本町, 一丁目, 二丁目.
fn fill_bare_blocks(rows: &mut [PopulationRow]) {
    let mut above = String::new();
    for row in rows.iter_mut().filter(|row| !is_sum_of_municipality(&row.name)) {
        if is_bare_block(&row.name) {
            row.name.insert_str(0, &above);
        } else {
            base_of(&row.name).clone_into(&mut above);
        }
    }
}

/// Whether a name is a number of a 丁目 and nothing else.
fn is_bare_block(name: &str) -> bool {
    let key = narrow(name);
    let number = key.strip_suffix("丁目").or_else(|| key.strip_suffix('丁')).unwrap_or_default();
    !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "〇一二三四五六七八九十".contains(c))
}

/// Gives rows below the first of a district its name, where the file writes each district once.
fn fill_districts(rows: &mut [PopulationRow]) {
    let mut written: Vec<&str> = rows.iter().filter_map(|row| row.district.as_deref()).collect();
    let filled = written.len();
    written.sort_unstable();
    written.dedup();
    if filled == 0 || filled > written.len() || filled * 2 > rows.len() {
        return;
    }
    let mut above: Option<String> = None;
    for row in rows.iter_mut().filter(|row| !is_sum_of_municipality(&row.name)) {
        if row.district.is_some() {
            above.clone_from(&row.district);
        } else {
            row.district.clone_from(&above);
        }
    }
}
