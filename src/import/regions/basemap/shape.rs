//! The shape of a feature of a base map: simplified lines, or one point. This module does no I/O.

use geo::{Coord, LineString};

use crate::import::json::{JsonCoordinates, JsonGeometry};
use crate::import::regions::outlines::features::OutlineFeature;
use crate::import::{ListProblem, ProblemKind};
use crate::model::line_simplification::simplified_line;
use crate::model::{BasemapKind, BasemapShape, Position};

/// Tolerance of line simplification (Ramer–Douglas–Peucker) in degrees: some five metres, which no map of a town shows.
const TOLERANCE: f64 = 0.000_05;

/// Nested geometry collections at most.
const MAX_DEPTH: u32 = 16;

/// The shape that a feature of `kind` called `name` has; `None` if it has none of that kind.
pub(super) fn shape_of(
    feature: &OutlineFeature,
    kind: BasemapKind,
    name: &str,
) -> Result<Option<BasemapShape>, ListProblem> {
    let mut reader = LineReader { feature: feature.number, name, lines: Vec::new() };
    reader.geometry(&feature.geometry, 0)?;
    let lines = reader.lines;
    if kind.is_line() {
        let lines: Vec<Vec<[f64; 2]>> = lines.into_iter().filter(|line| line.len() > 1).map(simplified).collect();
        return Ok((!lines.is_empty()).then_some(BasemapShape::Lines(lines)));
    }
    Ok(middle(&lines).map(BasemapShape::Point))
}

fn simplified(line: Vec<Coord<f64>>) -> Vec<[f64; 2]> {
    simplified_line(&LineString::new(line), TOLERANCE).0.into_iter().map(|at| [at.x, at.y]).collect()
}

/// One point for a station that is drawn as its platform, or a school that is drawn as its ground: the middle corner.
fn middle(lines: &[Vec<Coord<f64>>]) -> Option<Position> {
    let longest = lines.iter().max_by_key(|line| line.len())?;
    let is_ring = longest.len() > 3 && longest.first() == longest.last();
    if is_ring {
        let corners = &longest[1..];
        #[expect(clippy::cast_precision_loss, reason = "a building has few corners")]
        let count = corners.len() as f64;
        let sum = corners.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.x, sum.1 + at.y));
        return Position::new(sum.0 / count, sum.1 / count).ok();
    }
    let at = longest.get(longest.len() / 2)?;
    Position::new(at.x, at.y).ok()
}

/// Collects the lines of a geometry; a point is a line of one.
struct LineReader<'a> {
    feature: u32,
    name: &'a str,
    lines: Vec<Vec<Coord<f64>>>,
}

impl LineReader<'_> {
    fn geometry(&mut self, geometry: &JsonGeometry, depth: u32) -> Result<(), ListProblem> {
        if let Some(coordinates) = &geometry.coordinates {
            self.lines_in(coordinates)?;
        }
        for part in geometry.geometries.iter().filter(|_| depth < MAX_DEPTH) {
            self.geometry(part, depth + 1)?;
        }
        Ok(())
    }

    /// Adds the lines, however deep they are nested.
    fn lines_in(&mut self, coordinates: &JsonCoordinates) -> Result<(), ListProblem> {
        let line = match coordinates {
            JsonCoordinates::Point(..) => vec![self.corner(coordinates)?],
            JsonCoordinates::List(items) if items.iter().any(|item| matches!(item, JsonCoordinates::List(_))) => {
                return items.iter().try_for_each(|item| self.lines_in(item));
            }
            JsonCoordinates::List(items) => items.iter().map(|item| self.corner(item)).collect::<Result<_, _>>()?,
        };
        if !line.is_empty() {
            self.lines.push(line);
        }
        Ok(())
    }

    fn corner(&self, point: &JsonCoordinates) -> Result<Coord<f64>, ListProblem> {
        let (lon, lat) = match *point {
            JsonCoordinates::Point(lon, lat) => (lon, lat),
            JsonCoordinates::List(_) => (f64::NAN, f64::NAN),
        };
        let is_swapped = lon.abs() <= 90.0 && lat.abs() > 90.0 && lat.abs() <= 180.0;
        let wrong = if is_swapped { ProblemKind::OutlineSwapped } else { ProblemKind::OutlineNotDegrees };
        match Position::new(lon, lat) {
            Ok(at) => Ok(Coord { x: at.lon(), y: at.lat() }),
            Err(_) => Err(self.problem(wrong, &format!("{lon}, {lat}"))),
        }
    }

    fn problem(&self, kind: ProblemKind, value: &str) -> ListProblem {
        let feature = self.feature.to_string();
        ListProblem::new(self.feature, None, kind, &[("feature", &feature), ("name", self.name), ("value", value)])
    }
}
