//! The rows of all places in an order in which those near a point stand together.
//!
//! Rows lie by cells of a grid, line by line from south to north; what is near a point is one stretch of rows a line. They are
//! looked at one after the other, which for thousands of places is quicker than a tree. This module does no I/O.

use std::ops::Range;

use super::features::{AvoidanceKind, PlaceFeatures};
use crate::model::position::EARTH_RADIUS_M;
use crate::model::{Metres, Position};

/// Lines and columns of the grid a degree.
const CELLS_A_DEGREE: f64 = 50.0;

/// All rows: those on the map by cell, then the others by kind.
#[derive(Debug)]
pub(super) struct FeatureGrid {
    rows: Vec<PlaceFeatures>,
    /// Line and column of each row that is on the map.
    cells: Vec<(i32, i32)>,
}

impl FeatureGrid {
    /// Puts `rows` in order; `position` says where the place of a row is.
    pub(super) fn new(rows: Vec<PlaceFeatures>, position: impl Fn(&PlaceFeatures) -> Option<Position>) -> Self {
        let mut keyed: Vec<((i32, i32), PlaceFeatures)> = Vec::with_capacity(rows.len());
        let mut rest: Vec<PlaceFeatures> = Vec::new();
        for row in rows {
            match position(&row).filter(|_| row.kind == AvoidanceKind::Placed) {
                Some(at) => keyed.push(((cell(at.lat()), cell(at.lon())), row)),
                None => rest.push(row),
            }
        }
        keyed.sort_by_key(|(cell, row)| (*cell, row.place));
        rest.sort_by_key(|row| (row.kind, row.place));
        let (cells, mut rows): (Vec<_>, Vec<PlaceFeatures>) = keyed.into_iter().unzip();
        rows.extend(rest);
        Self { rows, cells }
    }

    /// All rows in their order, to be changed in place.
    pub(super) fn each(&mut self) -> impl Iterator<Item = &mut PlaceFeatures> {
        self.rows.iter_mut()
    }

    /// The places that are not on the map.
    pub(super) fn placeless(&self) -> &[PlaceFeatures] {
        &self.rows[self.cells.len()..]
    }

    /// All places on the map.
    pub(super) fn placed(&self) -> &[PlaceFeatures] {
        &self.rows[..self.cells.len()]
    }

    /// Hands over every place at most `metres` from `from`, with its distance, always in the same order.
    pub(super) fn within<'a>(&'a self, from: Position, metres: f64, mut hand: impl FnMut(&'a PlaceFeatures, Metres)) {
        let centre = from.unit_vector();
        let longest = longest_chord(metres);
        for stretch in self.stretches(from, metres) {
            for row in &self.rows[stretch] {
                let chord_2 = chord_2(centre, row.at);
                if chord_2 <= longest {
                    hand(row, distance(chord_2));
                }
            }
        }
    }

    /// Rows that may be within `metres` of `from`.
    fn stretches(&self, from: Position, metres: f64) -> Vec<Range<usize>> {
        let degrees = (metres / EARTH_RADIUS_M).to_degrees() * 1.001 + 1e-6;
        let (south, north) = (from.lat() - degrees, from.lat() + degrees);
        let widest = south.abs().max(north.abs());
        let columns =
            (widest < 89.0).then(|| degrees / widest.to_radians().cos()).map(|d| (from.lon() - d, from.lon() + d));
        let columns = columns.filter(|(west, east)| *west >= -180.0 && *east <= 180.0);
        // Around a pole and across the antimeridian, the whole of each line.
        let (west, east) = columns.map_or((i32::MIN, i32::MAX), |(west, east)| (cell(west), cell(east)));
        let lines = cell(south.max(-90.0))..=cell(north.min(90.0));
        lines.map(|line| self.before((line, west))..self.until((line, east))).filter(|it| !it.is_empty()).collect()
    }

    fn before(&self, cell: (i32, i32)) -> usize {
        self.cells.partition_point(|it| *it < cell)
    }

    fn until(&self, cell: (i32, i32)) -> usize {
        self.cells.partition_point(|it| *it <= cell)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "degrees on the globe times 50 fit easily")]
fn cell(degrees: f64) -> i32 {
    (degrees * CELLS_A_DEGREE).floor() as i32
}

/// The square of the straight distance between two points of the unit sphere.
fn chord_2(a: [f64; 3], b: [f64; 3]) -> f64 {
    let apart = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2]
}

/// The arc over a chord. Up to a hundred kilometres the first terms of the series are exact to a millimetre at a third of the
/// price.
fn distance(chord_2: f64) -> Metres {
    let half = (chord_2.sqrt() / 2.0).min(1.0);
    let square = half * half;
    let arc = if half < 0.01 { half * (1.0 + square * (1.0 / 6.0 + square * (3.0 / 40.0))) } else { half.asin() };
    Metres(2.0 * EARTH_RADIUS_M * arc)
}

fn longest_chord(metres: f64) -> f64 {
    let half = (metres / EARTH_RADIUS_M / 2.0).min(std::f64::consts::FRAC_PI_2);
    (2.0 * half.sin()).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_agrees_with_the_arc_sine() {
        for metres in [0.0, 1.0, 250.0, 12_000.0, 90_000.0, 127_000.0, 128_000.0, 5_000_000.0] {
            let half = (metres / EARTH_RADIUS_M / 2.0_f64).sin();
            assert!((distance(4.0 * half * half).0 - metres).abs() < 0.001, "{metres}");
        }
    }
}
