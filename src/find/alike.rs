//! Rows that a wish cannot tell apart, gathered once per snapshot, so that a wish looks at one of them and counts the others.
//!
//! Places without a position are within every reach, a tenth of a large directory. What a wish compares of them is little: bit sets,
//! ages, interests, for some wishes the times. This module does no I/O.

use std::collections::HashMap;
use std::ops::Range;

use super::features::{DecisiveFeatures, PlaceFeatures};
use super::offers::PlaceInterest;

/// Rows in runs of alike ones, by name within a run.
#[derive(Debug)]
pub(super) struct AlikeRows {
    /// For wishes that do not ask for times.
    at_any_time: RowRuns,
    /// For wishes that do.
    by_times: RowRuns,
}

/// Whether a wish compares the times of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ComparedTimes {
    /// It names no free time.
    None,
    /// It names some.
    All,
}

impl AlikeRows {
    /// Gathers `rows`, which hold slices of `interests`.
    pub(super) fn new(rows: Vec<PlaceFeatures>, interests: &[PlaceInterest]) -> Self {
        let by_times = RowRuns::new(rows.clone(), |row| row.decisive(interests, true));
        Self { at_any_time: RowRuns::new(rows, |row| row.decisive(interests, false)), by_times }
    }

    /// Makes each row a run of its own.
    #[cfg(test)]
    pub(super) fn look_at_each_alone(&mut self) {
        for it in [&mut self.at_any_time, &mut self.by_times] {
            it.runs = (0..row_number(it.rows.len())).map(|at| at..at + 1).collect();
        }
    }

    /// Visits all rows in runs that a wish cannot tell apart. `apart` are places of which the wish compares the text; each of them is
    /// visited alone.
    pub(super) fn visit<'a>(&'a self, times: ComparedTimes, apart: &[u32], visit: impl FnMut(&'a [PlaceFeatures])) {
        match times {
            ComparedTimes::None => self.at_any_time.visit(apart, visit),
            ComparedTimes::All => self.by_times.visit(apart, visit),
        }
    }
}

/// Rows with the runs of those that are alike.
#[derive(Debug)]
struct RowRuns {
    rows: Vec<PlaceFeatures>,
    runs: Vec<Range<u32>>,
    /// Place and row, in the order of the places.
    row_of_place: Vec<(u32, u32)>,
}

impl RowRuns {
    /// Gathers the rows that have the same `key`.
    fn new<'k>(mut rows: Vec<PlaceFeatures>, key: impl Fn(&PlaceFeatures) -> DecisiveFeatures<'k>) -> Self {
        let mut numbers: HashMap<DecisiveFeatures<'k>, u32> = HashMap::new();
        rows.sort_by_cached_key(|row| {
            let next = row_number(numbers.len());
            (*numbers.entry(key(row)).or_insert(next), row.by_name)
        });
        let runs = rows.chunk_by(|a, b| key(a) == key(b)).scan(0, |end, run| {
            *end += row_number(run.len());
            Some((*end - row_number(run.len()))..*end)
        });
        let runs = runs.collect();
        let numbered = rows.iter().enumerate().map(|(at, row)| (row.place, row_number(at)));
        let mut row_of_place: Vec<(u32, u32)> = numbered.collect();
        row_of_place.sort_unstable();
        Self { rows, runs, row_of_place }
    }

    fn visit<'a>(&'a self, apart: &[u32], mut visit: impl FnMut(&'a [PlaceFeatures])) {
        let row = |place: &u32| self.row_of_place.binary_search_by_key(place, |(place, _)| *place).ok();
        let mut apart: Vec<u32> = apart.iter().filter_map(row).map(|at| self.row_of_place[at].1).collect();
        apart.sort_unstable();
        apart.dedup();
        let mut apart = apart.into_iter().peekable();
        let mut visit_rows = |rows: Range<u32>| {
            if !rows.is_empty() {
                visit(&self.rows[rows.start as usize..rows.end as usize]);
            }
        };
        for run in &self.runs {
            let mut start = run.start;
            while let Some(alone) = apart.next_if(|alone| *alone < run.end) {
                visit_rows(start..alone);
                visit_rows(alone..alone + 1);
                start = alone + 1;
            }
            visit_rows(start..run.end);
        }
    }
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).expect("places are numbered in 32 bits")
}
