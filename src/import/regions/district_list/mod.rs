//! Districts as a list, without outlines: CSV or a workbook with a name, and where they are known a reading, the former town and the
//! 大字 of each district.
//!
//! 大字 stand in one cell (`国木;朝倉`) or one per row, with the district repeated, merged or 「同上」. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::import::columns::{Field, HeadingTable};
use crate::import::regions::outlines::{address_code, with_distinct_ids};
use crate::import::table::{self, ListTable};
use crate::import::{ListProblem, ProblemKind, guarded};
use crate::model::{District, DistrictId, ReadingLimits};
use crate::privacy::without_persons_in_name;
use crate::text::hiragana;

static COLUMNS: LazyLock<HeadingTable> = LazyLock::new(|| {
    HeadingTable::default().with_additions(include_str!("columns.toml")).expect("the tests read columns.toml")
});

/// The headings of lists of places.
static PLACES: LazyLock<HeadingTable> = LazyLock::new(HeadingTable::standard);

/// What parts the 大字 of one cell.
const SEPARATORS: [char; 12] = [';', '；', '、', '，', ',', '・', '/', '／', '\n', '|', '\t', '\u{3000}'];

/// Imports the districts of a table in order of first appearance.
///
/// # Errors
///
/// If there is no table in the bytes, or none with a column of names.
pub fn districts(bytes: &[u8], limits: &ReadingLimits) -> Result<Vec<District>, ListProblem> {
    guarded(|| read_districts(bytes, limits)).unwrap_or_else(|| Err(ListProblem::reading_failed()))
}

fn read_districts(bytes: &[u8], limits: &ReadingLimits) -> Result<Vec<District>, ListProblem> {
    let read = table::tables_within(bytes, &COLUMNS, limits);
    let mut drafts = DistrictDrafts::default();
    match read.refused {
        None => read.tables.iter().filter(|table| !lists_places(table)).for_each(|table| drafts.add_table(table)),
        Some(problem) if problem.kind == ProblemKind::NotATable => {}
        Some(problem) => return Err(problem),
    }
    if drafts.districts.is_empty() {
        return Err(ListProblem::new(1, None, ProblemKind::DistrictListUnreadable, &[]));
    }
    Ok(with_distinct_ids(drafts.districts))
}

/// Whether a table has columns that no list of districts has: it is one of places, whose names are not districts.
fn lists_places(table: &ListTable) -> bool {
    let of_places =
        [Field::Lon, Field::Lat, Field::LonLat, Field::Address, Field::Schedule, Field::Phone, Field::Audience];
    table.headings.iter().filter_map(|heading| PLACES.field(heading)).any(|field| of_places.contains(&field))
}

/// The districts read so far.
#[derive(Default)]
struct DistrictDrafts {
    districts: Vec<District>,
    /// By name and former town.
    numbers: BTreeMap<(String, Option<String>), usize>,
}

impl DistrictDrafts {
    fn add_table(&mut self, table: &ListTable) {
        let fields = COLUMNS.fields(&table.headings);
        for record in &table.records {
            let cells = |field| {
                let cells = fields.iter().zip(&record.cells).filter(move |(known, _)| **known == Some(field));
                cells.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty())
            };
            let Some(name) = cells(Field::Name).next() else { continue };
            // The name of a district is for everybody, and its id is often made from it.
            let former_town = cells(Field::FormerTown).next().map(without_persons_in_name);
            let number = self.number_of(&without_persons_in_name(name), former_town);
            let district = &mut self.districts[number];
            if let Some(code) = cells(Field::ListId).next().and_then(address_code) {
                district.id = DistrictId(code);
            }
            district.kana = district.kana.take().or_else(|| cells(Field::Kana).next().and_then(hiragana));
            for town in cells(Field::AddressTown).flat_map(|cell| cell.split(SEPARATORS)).map(str::trim) {
                if !town.is_empty() && !district.towns.iter().any(|known| known == town) {
                    district.towns.push(town.to_owned());
                }
            }
        }
    }

    /// The number of the district of this name and former town, new where there is none.
    fn number_of(&mut self, name: &str, former_town: Option<String>) -> usize {
        let key = (name.to_owned(), former_town);
        let next = self.districts.len();
        let number = *self.numbers.entry(key.clone()).or_insert(next);
        if number == next {
            let (name, former_town) = key;
            self.districts.push(District { id: DistrictId(name.clone()), name, former_town, ..District::default() });
        }
        number
    }
}

#[cfg(test)]
mod tests;
