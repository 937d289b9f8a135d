//! Several rows of one area become one: rows of a table in long form, with the class of age in a column of its own, and rows of men
//! and women. This module does no I/O.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

use super::PopulationRow;
use crate::import::file::SheetRow;
use crate::import::population::cell::PopulationCell;
use crate::import::population::counts::RowCells;
use crate::import::population::layout::PopulationColumns;
use crate::import::population::measure::{AgeSpan, CountedSex, Measure};

/// Of the rows this share, in tenths, must name a class of age.
const AGE_TENTHS: usize = 8;

/// Rows that are looked at.
const LOOKED_AT: usize = 200;

/// The column that names classes of age, if the table has one: no heading counts an age, and the cells of a column that is nothing
/// else are ages.
pub(super) fn age_column(body: &[SheetRow], columns: &PopulationColumns) -> Option<u32> {
    if columns.measures.keys().any(|measure| measure.ages != AgeSpan::All) {
        return None;
    }
    let rows = &body[..body.len().min(LOOKED_AT)];
    let mut candidates: Vec<u32> = rows.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column)).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let names_ages = |column: &u32| {
        let spans: Vec<AgeSpan> = rows.iter().filter_map(|row| Some(Measure::of(row.cell(*column))?.ages)).collect();
        spans.len() * 10 >= rows.len() * AGE_TENTHS && spans.iter().any(|span| *span != AgeSpan::All)
    };
    candidates.into_iter().filter(|column| !columns.uses(*column)).find(names_ages)
}

/// The cells of a row as those of the class of age that `class` names; none where it names none.
pub(super) fn of_class(cells: RowCells, class: &str) -> RowCells {
    let Some(ages) = Measure::of(class).map(|measure| measure.ages) else { return RowCells::new() };
    cells.into_iter().map(|(measure, cell)| (Measure { ages, ..measure }, cell)).collect()
}

/// Makes one row of the rows of an area and sex, at the place of the first.
pub(super) fn join_ages(rows: Vec<PopulationRow>) -> Vec<PopulationRow> {
    type RowKey = (String, Option<String>, Option<String>, Option<CountedSex>);
    let mut joined: Vec<PopulationRow> = Vec::new();
    let mut at: HashMap<RowKey, usize> = HashMap::new();
    for row in rows {
        match at.entry((row.name.clone(), row.code.clone(), row.district.clone(), row.sex)) {
            Entry::Vacant(new) => {
                new.insert(joined.len());
                joined.push(row);
            }
            Entry::Occupied(first) => {
                let first = &mut joined[*first.get()];
                for (measure, cell) in row.cells {
                    first.cells.entry(measure).or_insert(cell);
                }
                first.negative = first.negative.take().or(row.negative);
            }
        }
    }
    joined
}

/// Makes one row of an area's rows of both sexes, men and women: the one of both, else the sum of the two.
pub(super) fn join_sexes(rows: Vec<PopulationRow>) -> Vec<PopulationRow> {
    if rows.iter().all(|row| row.sex.is_none()) {
        return rows;
    }
    let same = |a: &PopulationRow, b: &PopulationRow| a.name == b.name && a.code == b.code && a.district == b.district;
    let mut joined: Vec<PopulationRow> = Vec::new();
    for group in rows.chunk_by(same) {
        let of = |sex| group.iter().find(|row| row.sex == Some(sex));
        match (of(CountedSex::Both), of(CountedSex::Male), of(CountedSex::Female)) {
            (Some(both), ..) => joined.push(both.clone()),
            (None, Some(men), Some(women)) => joined.push(sum(men, women)),
            _ => joined.extend(group.iter().cloned()),
        }
    }
    joined
}

/// Makes one row of an area's rows in a sheet of men and in one of women. Of an area that only one of them has, nothing is known.
pub(in crate::import::population) fn join_sheets(men: &[PopulationRow], women: &[PopulationRow]) -> Vec<PopulationRow> {
    type AreaKey<'a> = (&'a str, Option<&'a str>, Option<&'a str>);
    fn key(row: &PopulationRow) -> AreaKey<'_> {
        (&row.name, row.code.as_deref(), row.district.as_deref())
    }
    let unknown = |row: &PopulationRow| {
        let cells = row.cells.keys().map(|measure| (*measure, PopulationCell::Hidden)).collect();
        PopulationRow { cells, ..row.clone() }
    };
    let mut left: HashMap<AreaKey<'_>, VecDeque<&PopulationRow>> = HashMap::new();
    for row in women {
        left.entry(key(row)).or_default().push_back(row);
    }
    let mut joined = Vec::with_capacity(men.len());
    for row in men {
        let other = left.get_mut(&key(row)).and_then(VecDeque::pop_front);
        joined.push(other.map_or_else(|| unknown(row), |women| sum(row, women)));
    }
    let only_women =
        women.iter().filter(|row| left.get(&key(row)).is_some_and(|of| of.iter().any(|it| it.row == row.row)));
    joined.extend(only_women.map(unknown));
    joined
}

fn sum(men: &PopulationRow, women: &PopulationRow) -> PopulationRow {
    let plus = |a: PopulationCell, b: PopulationCell| match (a, b) {
        (PopulationCell::Number(a), PopulationCell::Number(b)) => PopulationCell::Number(a + b),
        (PopulationCell::Dash, other) | (other, PopulationCell::Dash) => other,
        _ => PopulationCell::Hidden,
    };
    // What one of them does not count is not known, unless its heading says that it is of one sex.
    let of = |row: &PopulationRow, measure: &Measure| {
        let nobody = if measure.sex == CountedSex::Both { PopulationCell::Hidden } else { PopulationCell::Dash };
        row.cells.get(measure).copied().unwrap_or(nobody)
    };
    let measures = men.cells.keys().chain(women.cells.keys());
    let cells = measures.map(|measure| (*measure, plus(of(men, measure), of(women, measure))));
    let negative = men.negative.clone().or_else(|| women.negative.clone());
    PopulationRow { cells: cells.collect(), negative, ..men.clone() }
}
