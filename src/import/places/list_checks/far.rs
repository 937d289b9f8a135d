//! Outlier detection: rows far from all others, judged by the list alone. This module does no I/O.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::{CheckedHeadings, exact};
use crate::import::{ImportedPlace, ListProblem, ProblemKind};
use crate::model::Position;

/// Rows with a position from which on outliers are searched.
const ENOUGH_ROWS: usize = 8;

/// Metres from the centre of a list within which nothing is far: a large municipality.
const NEAR_M: f64 = 20_000.0;

/// Metres to the nearest of the others from which a row stands alone: a list of several municipalities has no outlier in
/// the village beside its last one.
const ALONE_M: f64 = 5_000.0;

/// Multiple of the median distance from the centre beyond which a row is far.
const TIMES_THE_MEDIAN: f64 = 6.0;

pub(super) fn far_from_others(places: &[ImportedPlace], headings: &CheckedHeadings) -> Vec<ListProblem> {
    let located: Vec<(u32, Position)> =
        places.iter().filter_map(|place| Some((place.source.row, exact(&place.facts)?))).collect();
    let Some(middle) = middle(&located).filter(|_| located.len() >= ENOUGH_ROWS) else { return Vec::new() };
    let distances: Vec<f64> = located.iter().map(|(_, position)| position.distance_to(middle).0).collect();
    let limit = NEAR_M.max(TIMES_THE_MEDIAN * median(distances.clone()));
    let (far, near): (Vec<_>, Vec<_>) = located.iter().zip(&distances).partition(|(_, distance)| **distance > limit);
    let near =
        near.into_iter().map(|((_, position), _)| GeomWithData::new(position.unit_vector(), *position)).collect();
    let near = RTree::bulk_load(near);
    let problem = |((row, position), _): (&(u32, Position), &f64)| {
        let nearest = near.nearest_neighbor(&position.unit_vector())?.data;
        let distance = position.distance_to(nearest).0;
        let km = format!("{:.0}", distance / 1000.0);
        (distance >= ALONE_M).then(|| {
            ListProblem::new(*row, headings.lat.as_deref(), ProblemKind::FarFromOthers, &[("distance_km", &km)])
        })
    };
    far.into_iter().filter_map(problem).collect()
}

/// The medians of longitude and latitude, which a few wrong rows do not move.
fn middle(located: &[(u32, Position)]) -> Option<Position> {
    let coordinate = |part: fn(Position) -> f64| median(located.iter().map(|(_, position)| part(*position)).collect());
    if located.is_empty() { None } else { Position::new(coordinate(Position::lon), coordinate(Position::lat)).ok() }
}

/// The median; there must be one number at least.
fn median(mut numbers: Vec<f64>) -> f64 {
    let middle = numbers.len() / 2;
    *numbers.select_nth_unstable_by(middle, f64::total_cmp).1
}
