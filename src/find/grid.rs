//! Spatial grid index over the feature rows.
//!
//! Rows are sorted by grid cell, line by line from south to north, so the surroundings of a point are one range of rows
//! per line. Scanning these ranges is quicker than a tree for thousands of places. Rows without a position are no part of it: they
//! are within every reach, and lie in runs of [`AlikeRows`]. This module does no I/O.

use std::ops::Range;

use super::alike::AlikeRows;
use super::features::{LocationKind, PlaceFeatures};
use super::offers::PlaceInterest;
use crate::model::position::EARTH_RADIUS_M;
use crate::model::{Metres, Position};

/// Grid cells per degree of latitude and longitude.
const CELLS_PER_DEGREE: f64 = 50.0;

/// All rows: those with a position by cell, the others by what they have in common.
#[derive(Debug)]
pub(super) struct FeatureGrid {
    rows: Vec<PlaceFeatures>,
    /// Line and column of each row.
    cells: Vec<(i32, i32)>,
    placeless: AlikeRows,
}

impl FeatureGrid {
    /// Sorts `rows` by the cell of their `position`, and `interests`, of which rows hold slices, in the order of the rows, for locality
    /// of the scan.
    pub(super) fn new(
        rows: Vec<PlaceFeatures>,
        interests: &mut Vec<PlaceInterest>,
        position: impl Fn(&PlaceFeatures) -> Option<Position>,
    ) -> Self {
        let mut keyed: Vec<((i32, i32), PlaceFeatures)> = Vec::with_capacity(rows.len());
        let mut rest: Vec<PlaceFeatures> = Vec::new();
        for row in rows {
            match position(&row).filter(|_| row.kind == LocationKind::Placed) {
                Some(at) => keyed.push(((cell_index(at.lat()), cell_index(at.lon())), row)),
                None => rest.push(row),
            }
        }
        keyed.sort_by_key(|(cell, row)| (*cell, row.place));
        let (cells, mut rows): (Vec<_>, Vec<PlaceFeatures>) = keyed.into_iter().unzip();
        let mut sorted = Vec::with_capacity(interests.len());
        rows.iter_mut().chain(&mut rest).for_each(|row| row.move_interests(interests, &mut sorted));
        *interests = sorted;
        Self { rows, cells, placeless: AlikeRows::new(rest, interests) }
    }

    /// The rows without a position.
    pub(super) fn placeless(&self) -> &AlikeRows {
        &self.placeless
    }

    /// Makes each row without a position a run of its own, for a plain scan.
    #[cfg(test)]
    pub(super) fn look_at_each_alone(&mut self) {
        self.placeless.look_at_each_alone();
    }

    /// The rows with a position.
    pub(super) fn placed(&self) -> &[PlaceFeatures] {
        &self.rows
    }

    /// Visits every row within `radius` of `from` with its distance, always in the same order.
    pub(super) fn within<'a>(
        &'a self,
        from: Position,
        radius: Metres,
        mut visit: impl FnMut(&'a PlaceFeatures, Metres),
    ) {
        let centre = from.unit_vector();
        let longest = longest_chord_squared(radius);
        for range in self.row_ranges(from, radius) {
            for row in &self.rows[range] {
                let chord_squared = chord_squared(centre, row.at);
                if chord_squared <= longest {
                    visit(row, arc_length(chord_squared));
                }
            }
        }
    }

    /// Ranges of rows that may lie within `radius` of `from`.
    fn row_ranges(&self, from: Position, radius: Metres) -> Vec<Range<usize>> {
        let degrees = (radius.0 / EARTH_RADIUS_M).to_degrees() * 1.001 + 1e-6;
        let (south, north) = (from.lat() - degrees, from.lat() + degrees);
        let widest = south.abs().max(north.abs());
        let columns =
            (widest < 89.0).then(|| degrees / widest.to_radians().cos()).map(|d| (from.lon() - d, from.lon() + d));
        let columns = columns.filter(|(west, east)| *west >= -180.0 && *east <= 180.0);
        // Around a pole and across the antimeridian, every line is scanned whole.
        let (west, east) = columns.map_or((i32::MIN, i32::MAX), |(west, east)| (cell_index(west), cell_index(east)));
        let lines = cell_index(south.max(-90.0))..=cell_index(north.min(90.0));
        lines
            .map(|line| self.first_row_at((line, west))..self.first_row_after((line, east)))
            .filter(|it| !it.is_empty())
            .collect()
    }

    /// The index of the first row in `cell` or behind it.
    fn first_row_at(&self, cell: (i32, i32)) -> usize {
        self.cells.partition_point(|it| *it < cell)
    }

    /// The index of the first row behind `cell`.
    fn first_row_after(&self, cell: (i32, i32)) -> usize {
        self.cells.partition_point(|it| *it <= cell)
    }
}

/// The grid line or column of a latitude or longitude.
#[expect(clippy::cast_possible_truncation, reason = "degrees on the globe times 50 fit easily")]
fn cell_index(degrees: f64) -> i32 {
    (degrees * CELLS_PER_DEGREE).floor() as i32
}

/// The squared chord between two points of the unit sphere.
fn chord_squared(a: [f64; 3], b: [f64; 3]) -> f64 {
    let apart = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2]
}

/// The great-circle distance for a squared chord. Up to 100 km the first terms of the series are exact to a millimetre
/// at a third of the cost.
fn arc_length(chord_squared: f64) -> Metres {
    let half = (chord_squared.sqrt() / 2.0).min(1.0);
    let square = half * half;
    let arc = if half < 0.01 { half * (1.0 + square * (1.0 / 6.0 + square * (3.0 / 40.0))) } else { half.asin() };
    Metres(2.0 * EARTH_RADIUS_M * arc)
}

/// The squared chord of a great-circle distance.
fn longest_chord_squared(radius: Metres) -> f64 {
    let half = (radius.0 / EARTH_RADIUS_M / 2.0).min(std::f64::consts::FRAC_PI_2);
    (2.0 * half.sin()).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_agrees_with_the_arc_sine() {
        for metres in [0.0, 1.0, 250.0, 12_000.0, 90_000.0, 127_000.0, 128_000.0, 5_000_000.0] {
            let half = (metres / EARTH_RADIUS_M / 2.0_f64).sin();
            assert!((arc_length(4.0 * half * half).0 - metres).abs() < 0.001, "{metres}");
        }
    }
}
