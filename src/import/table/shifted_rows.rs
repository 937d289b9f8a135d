//! Rows whose cells stand one or two columns beside their headings, as a cell that was deleted or inserted leaves them.
//!
//! A row is put right only if nothing else can be meant: two cells of unmistakable kinds stand under columns of other kinds, one
//! way of moving brings every such cell under a column of its own kind, and all ways that do agree on the row. What stood in a
//! private column goes into no other. Every such row is reported, moved or not. This module does no I/O.

use std::collections::{BTreeSet, HashSet};

use super::{ListTable, TableRecord};
use crate::import::columns::{CellKind, ColumnPlan, Field, is_secret, kind_of};
use crate::import::{ListProblem, ProblemKind};

/// Filled cells from which a column shows what stands in it, and the percent of them that do.
const LEAST_CELLS: usize = 4;
const ENOUGH: usize = 70;

/// Cells that must stand under another kind of column.
const LEAST_MISFITS: usize = 2;

/// Columns by which a row may be shifted.
const MOST_COLUMNS: usize = 2;

/// Characters of a longer cell, which is a text.
const MOST_CHARS: usize = 120;

/// Digits of a telephone number at least.
const FEWEST_DIGITS: usize = 6;

/// What stands in a column.
struct ColumnContents<'a> {
    kind: Option<CellKind>,
    /// The kind of most of its cells, however few they are.
    usual: Option<CellKind>,
    /// The values that stand there more than once.
    repeated: HashSet<&'a str>,
    is_private: bool,
    is_name: bool,
}

/// How well the cells of a row fit their columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct RowFit {
    fits: usize,
    /// Cells whose value stands in the column elsewhere.
    known: usize,
    misfits: usize,
}

impl ColumnContents<'_> {
    /// Whether `found` is not what stands in this column, which has too few cells for a kind, but is the kind of another.
    fn is_strange(&self, found: CellKind, all: &[ColumnContents<'_>]) -> bool {
        self.usual != Some(found) && all.iter().any(|other| other.kind == Some(found))
    }
}

/// Puts the rows of `table` right that have shifted against the columns of `plan`; whether it moved any.
pub(in crate::import) fn realign(table: &mut ListTable, plan: &ColumnPlan) -> bool {
    let contents: Vec<ColumnContents<'_>> = (0..table.headings.len()).map(|at| contents_of(table, plan, at)).collect();
    let shifted: Vec<(usize, Option<Vec<String>>)> = (0..table.records.len())
        .filter(|&at| is_suspicious(&table.records[at], &contents))
        .filter_map(|at| Some((at, realigned(&table.records[at], &contents)?)))
        .collect();
    drop(contents);
    let is_moved = shifted.iter().any(|(_, cells)| cells.is_some());
    for (at, cells) in shifted {
        let record = &mut table.records[at];
        let kind = if cells.is_some() { ProblemKind::RowRealigned } else { ProblemKind::RowShifted };
        record.cells = cells.unwrap_or_else(|| std::mem::take(&mut record.cells));
        table.problems.push(ListProblem::new(record.row, None, kind, &[]));
    }
    is_moved
}

fn contents_of<'a>(table: &'a ListTable, plan: &ColumnPlan, at: usize) -> ColumnContents<'a> {
    let cells = table.records.iter().filter_map(|record| record.cells.get(at)).map(|cell| cell.trim());
    let filled: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    let sample: Vec<CellKind> =
        filled.iter().step_by(filled.len() / 240 + 1).filter_map(|cell| sure_kind(cell)).collect();
    let sampled = filled.len().div_ceil(filled.len() / 240 + 1);
    let kinds: BTreeSet<CellKind> = sample.iter().copied().collect();
    let count = |kind: &CellKind| sample.iter().filter(|other| *other == kind).count();
    let usual = kinds.into_iter().find(|kind| count(kind) * 100 >= sampled * ENOUGH && count(kind) > 1);
    let (mut seen, mut repeated) = (HashSet::new(), HashSet::new());
    for cell in &filled {
        if !seen.insert(*cell) {
            repeated.insert(*cell);
        }
    }
    let field = plan.columns.get(at).and_then(|column| column.field);
    ColumnContents {
        kind: usual.filter(|_| filled.len() >= LEAST_CELLS),
        usual,
        repeated,
        is_private: is_secret(&table.headings[at]) || matches!(field, Some(Field::Person | Field::PersonPhone)),
        is_name: matches!(field, Some(Field::Name | Field::ActivityName | Field::GroupName)),
    }
}

/// The kind of a cell that cannot be mistaken; telephones of offices and of persons are one.
fn sure_kind(cell: &str) -> Option<CellKind> {
    use CellKind::{
        Address, Date, Email, Lat, Lon, LonLat, Mark, Mobile, Number, Phone, Postal, Time, Url, Weekday, When,
    };
    if cell.chars().nth(MOST_CHARS).is_some() {
        return None;
    }
    match kind_of(cell) {
        Mobile | Phone => Some(Phone),
        When | Weekday => Some(When),
        kind @ (Address | Date | Email | Lat | Lon | LonLat | Mark | Number | Postal | Time | Url) => Some(kind),
        _ => None,
    }
}

/// Whether a look at the characters of a row raises doubt; most rows need no more than that.
fn is_suspicious(record: &TableRecord, contents: &[ColumnContents<'_>]) -> bool {
    let cells = record.cells.iter().zip(contents).filter(|(cell, _)| !cell.trim().is_empty());
    cells.filter_map(|(cell, column)| Some((cell, column.kind?))).any(|(cell, kind)| !may_be(cell, kind))
}

fn may_be(cell: &str, kind: CellKind) -> bool {
    let has_digit = || cell.contains(char::is_numeric);
    match kind {
        CellKind::Email => cell.contains(['@', '＠']),
        CellKind::Url => cell.contains([':', '.', '：', '．']),
        CellKind::Phone => cell.chars().filter(|c| c.is_numeric()).count() >= FEWEST_DIGITS,
        CellKind::Postal => has_digit() && cell.chars().count() <= 10,
        CellKind::Lat => cell.trim_start().starts_with(['2', '3', '4', '北', 'N']) && cell.contains(['.', '度', '°']),
        CellKind::Mark => cell.chars().count() <= 5,
        CellKind::Address => {
            !cell.trim_start().starts_with(|c: char| c.is_numeric() || c == '(') && !cell.contains("://")
        }
        CellKind::Time => cell.contains([':', '：', '時']),
        CellKind::Lon | CellKind::LonLat | CellKind::Number | CellKind::Date => has_digit(),
        _ => true,
    }
}

/// The row put right, or nothing where several ways are left; `None` where it has not shifted.
#[expect(clippy::option_option, reason = "a row that has not shifted, and one of which nobody knows how")]
fn realigned(record: &TableRecord, contents: &[ColumnContents<'_>]) -> Option<Option<Vec<String>>> {
    let before = fit(&record.cells, contents);
    if before.misfits < LEAST_MISFITS {
        return None;
    }
    let tried = moves(&record.cells).into_iter().filter(|(from, by, _)| is_allowed(record, contents, *from, *by));
    let fitting = tried.filter_map(|(_, _, cells)| {
        let fit = fit(&cells, contents);
        (fit.misfits == 0 && fit.fits >= LEAST_MISFITS && fit.fits > before.fits).then_some((fit, cells))
    });
    let fitting: Vec<(RowFit, Vec<String>)> = fitting.collect();
    let has_name =
        |cells: &[String]| cells.iter().zip(contents).any(|(cell, it)| it.is_name && !cell.trim().is_empty());
    let named = fitting.iter().any(|(_, cells)| has_name(cells));
    let best = fitting.iter().filter(|(_, cells)| !named || has_name(cells)).map(|(fit, _)| *fit).max()?;
    let rows: BTreeSet<&Vec<String>> = fitting
        .iter()
        .filter(|(fit, cells)| *fit == best && (!named || has_name(cells)))
        .map(|(_, cells)| cells)
        .collect();
    Some(rows.first().filter(|_| rows.len() == 1).map(|cells| (*cells).clone()))
}

fn fit(cells: &[String], contents: &[ColumnContents<'_>]) -> RowFit {
    let mut fit = RowFit::default();
    for (cell, column) in cells.iter().zip(contents) {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        fit.known += usize::from(column.repeated.contains(cell));
        match (column.kind, sure_kind(cell)) {
            (Some(wanted), found) if found == Some(wanted) => fit.fits += 1,
            (Some(_), _) => fit.misfits += 1,
            (None, Some(found)) if column.is_strange(found, contents) => fit.misfits += 1,
            _ => {}
        }
    }
    fit
}

/// The ways to move the cells from a column on: blanks put in before it, or taken out there. Nothing that is filled is lost.
fn moves(cells: &[String]) -> Vec<(usize, isize, Vec<String>)> {
    let mut moves = Vec::new();
    let is_blank = |part: &[String]| part.iter().all(|cell| cell.trim().is_empty());
    for by in 1..=MOST_COLUMNS.min(cells.len()) {
        let blanks = || std::iter::repeat_n(String::new(), by);
        let distance = isize::try_from(by).unwrap_or_default();
        for from in 0..=cells.len() - by {
            if is_blank(&cells[cells.len() - by..]) {
                let cells_moved =
                    cells[..from].iter().cloned().chain(blanks()).chain(cells[from..cells.len() - by].iter().cloned());
                moves.push((from, distance, cells_moved.collect()));
            }
            if is_blank(&cells[from..from + by]) {
                let cells_moved = cells[..from].iter().chain(&cells[from + by..]).cloned().chain(blanks());
                moves.push((from, -distance, cells_moved.collect()));
            }
        }
    }
    moves
}

/// Whether the cells from a column on may be moved: none was filled in from a merged cell, and none leaves a private column for
/// another.
fn is_allowed(record: &TableRecord, contents: &[ColumnContents<'_>], from: usize, by: isize) -> bool {
    let stays_private = |at: usize| {
        let target = at.checked_add_signed(by).and_then(|target| contents.get(target));
        !contents[at].is_private || record.cells[at].trim().is_empty() || target.is_none_or(|target| target.is_private)
    };
    record.filled.iter().all(|&at| at < from) && (from..contents.len().min(record.cells.len())).all(stays_private)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::columns::HeadingTable;
    use crate::import::table::tables;

    const GOOD: &str = "1,A会,広谷公民館,養父市広谷12-3,079-662-0001,10:00\n2,B会,八鹿会館,養父市八鹿45-6,079-662-0002,13:30\n\
        3,C会,大屋会館,養父市大屋7-8,079-662-0003,9:00\n4,D会,広谷公民館,養父市広谷9-1,079-662-0004,10:00\n\
        5,E会,八鹿会館,養父市八鹿2-3,079-662-0005,13:30\n";

    /// The last row of the list with `row` at its end, and whether it was moved or only reported.
    fn last(row: &str) -> (String, Option<ProblemKind>) {
        let columns = HeadingTable::standard();
        let text = format!("番号,名称,会場,住所,電話,開始時刻\n{GOOD}{row}\n");
        let mut table = tables(text.as_bytes(), &columns).tables.remove(0);
        let plan = table.plan(&columns, &|_| false);
        realign(&mut table, &plan);
        let kinds = [ProblemKind::RowRealigned, ProblemKind::RowShifted];
        let problem = table.problems.iter().map(|problem| problem.kind).find(|kind| kinds.contains(kind));
        (table.records.last().unwrap().cells[..6].join("|"), problem)
    }

    #[test]
    fn a_row_that_has_shifted_is_put_right_and_said() {
        for row in [
            // The cell of the number is missing, or one was put in before it.
            "F会,広谷公民館,養父市広谷1-2,079-662-0006,10:00,",
            ",,F会,広谷公民館,養父市広谷1-2,079-662-0006,10:00",
            // A cell was put in before the telephone.
            ",F会,広谷公民館,養父市広谷1-2,,079-662-0006,10:00",
        ] {
            let right = "|F会|広谷公民館|養父市広谷1-2|079-662-0006|10:00";
            assert_eq!(last(row), (right.to_owned(), Some(ProblemKind::RowRealigned)), "{row}");
        }
    }

    #[test]
    fn a_column_with_few_cells_holds_what_most_of_them_are() {
        let columns = HeadingTable::standard();
        let text = "番号,名称,住所,電話,開館時間,休館日\n1,東館,養父市広谷1-1,079-662-0001,9:00～17:00,月曜日\n\
            2,西館,養父市広谷2-2,079-662-0002,9:00～17:00,月曜日\n南館,養父市広谷3-3,079-662-0003,9:00～21:00,火曜日\n\
            4,北館,養父市広谷4-4,079-662-0004,9:00～17:00,月曜日\n";
        let mut table = tables(text.as_bytes(), &columns).tables.remove(0);
        let plan = table.plan(&columns, &|_| false);
        assert!(realign(&mut table, &plan));
        assert_eq!(table.records[2].cells.join("|"), "|南館|養父市広谷3-3|079-662-0003|9:00～21:00|火曜日");
    }

    #[test]
    fn a_row_that_can_be_read_in_two_ways_is_left_and_said() {
        let columns = HeadingTable::standard();
        let rows = "A会,広谷公民館,お茶,養父市広谷12-3,079-662-0001\nB会,八鹿会館,体操,養父市八鹿4-5,079-662-0002\n\
            C会,大屋会館,手芸,養父市大屋6-7,079-662-0003\nD会,関宮会館,囲碁,養父市関宮8-9,079-662-0004\n";
        for (row, kind) in [
            // Whether it is the venue or what is done there, nobody knows.
            ("E会,つどい,養父市広谷1-1,079-662-0005,", ProblemKind::RowShifted),
            // Two rows say so.
            (
                "E会,お茶,養父市広谷1-1,079-662-0005,\nF会,関宮会館,お茶,養父市広谷1-2,079-662-0006",
                ProblemKind::RowRealigned,
            ),
        ] {
            let text = format!("名称,会場,内容,住所,電話\n{rows}{row}\n");
            let mut table = tables(text.as_bytes(), &columns).tables.remove(0);
            let plan = table.plan(&columns, &|_| false);
            assert_eq!(realign(&mut table, &plan), kind == ProblemKind::RowRealigned, "{row}");
            assert!(table.problems.iter().any(|problem| problem.kind == kind), "{row}");
        }
    }

    #[test]
    fn rows_that_only_lack_something_are_left_alone() {
        for row in [
            "6,F会,,養父市広谷1-2,,",
            "6,F会,広谷公民館,広谷の丘の上,不明,10:00",
            "6,F会,広谷公民館,,079-662-0006,",
            "6,F会,養父市広谷1-2,,079-662-0006,10:00",
        ] {
            assert_eq!(last(row).1, None, "{row}");
        }
    }

    #[test]
    fn what_stands_in_a_private_column_goes_into_no_other() {
        let columns = HeadingTable::standard();
        let rows = "A会,079-662-0001,079-662-1001,養父市広谷12-3\nB会,079-662-0002,079-662-1002,養父市広谷4-5\n\
            C会,079-662-0003,079-662-1003,養父市広谷6-7\nD会,079-662-0004,079-662-1004,養父市広谷8-9\n\
            E会,,079-662-0005,079-662-1005,養父市広谷1-1\n";
        let text = format!("名称,電話,携帯（非公開）,住所\n{rows}");
        let mut table = tables(text.as_bytes(), &columns).tables.remove(0);
        let plan = table.plan(&columns, &|_| false);
        assert!(!realign(&mut table, &plan));
    }
}
