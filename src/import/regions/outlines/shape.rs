//! Ring assembly and nesting: the geometries of one district → one area. This module does no I/O.

use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::features::OutlineFeature;
use crate::import::json::{JsonCoordinates, JsonGeometry};
use crate::import::{ListProblem, ProblemKind};
use crate::model::{Area, Position};

/// Degrees within which two line ends are the same point: some ten metres.
const JOINED: f64 = 1e-4;

/// Lines of one outline at most, because joining compares them pair by pair.
const MAX_LINES: usize = 2000;

/// Nested geometry collections at most.
const MAX_DEPTH: u32 = 16;

/// All geometries of one district.
#[derive(Debug, Default)]
pub(super) struct OutlineShape {
    polygons: Vec<Polygon<f64>>,
    lines: Vec<Vec<Coord<f64>>>,
    points: Vec<Position>,
}

impl OutlineShape {
    /// Adds the geometry of `feature`, whose district is called `name`.
    pub(super) fn add(&mut self, feature: &OutlineFeature, name: &str) -> Result<(), ListProblem> {
        let reader = ShapeReader { feature: feature.number, name };
        reader.geometry(&feature.geometry, 0, self)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.points.is_empty() && !self.has_lines_or_areas()
    }

    pub(super) fn has_lines_or_areas(&self) -> bool {
        !self.polygons.is_empty() || !self.lines.is_empty()
    }

    /// The only point; `None` if there are none or several.
    pub(super) fn point(&self) -> Option<Position> {
        match self.points[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The area of all polygons and closed lines; `feature` and `name` are for messages.
    pub(super) fn area(mut self, feature: u32, name: &str) -> Result<Area, ListProblem> {
        let rings = joined(std::mem::take(&mut self.lines))
            .ok_or_else(|| problem(ProblemKind::OutlineNotClosed, feature, name, ""))?;
        self.polygons.extend(nested(rings));
        let area = Area::new(MultiPolygon(self.polygons));
        if area.bbox().is_some() { Ok(area) } else { Err(without_shape(feature, name)) }
    }
}

pub(super) fn without_shape(feature: u32, name: &str) -> ListProblem {
    problem(ProblemKind::OutlineWithoutShape, feature, name, "")
}

fn problem(kind: ProblemKind, feature: u32, name: &str, value: &str) -> ListProblem {
    ListProblem::new(feature, None, kind, &[("feature", &feature.to_string()), ("name", name), ("value", value)])
}

struct ShapeReader<'a> {
    feature: u32,
    name: &'a str,
}

impl ShapeReader<'_> {
    fn geometry(&self, geometry: &JsonGeometry, depth: u32, into: &mut OutlineShape) -> Result<(), ListProblem> {
        let coordinates = || {
            let given = geometry
                .coordinates
                .as_ref()
                .filter(|given| !matches!(given, JsonCoordinates::List(l) if l.is_empty()));
            given.ok_or_else(|| without_shape(self.feature, self.name))
        };
        match geometry.kind.as_str() {
            "Polygon" => into.polygons.push(self.polygon(coordinates()?)?),
            "MultiPolygon" => {
                for polygon in list(coordinates()?) {
                    into.polygons.push(self.polygon(polygon)?);
                }
            }
            "LineString" => into.lines.push(self.line(coordinates()?)?),
            "MultiLineString" => {
                for line in list(coordinates()?) {
                    into.lines.push(self.line(line)?);
                }
            }
            "Point" => into.points.push(self.position(coordinates()?)?),
            "MultiPoint" => {
                for point in list(coordinates()?) {
                    into.points.push(self.position(point)?);
                }
            }
            "GeometryCollection" if depth < MAX_DEPTH => {
                for part in &geometry.geometries {
                    self.geometry(part, depth + 1, into)?;
                }
            }
            _ => return Err(without_shape(self.feature, self.name)),
        }
        Ok(())
    }

    /// Builds a polygon. Degenerate holes are dropped, as simplified outlines have them.
    fn polygon(&self, rings: &JsonCoordinates) -> Result<Polygon<f64>, ListProblem> {
        let mut rings = list(rings).iter().map(|ring| self.line(ring)).collect::<Result<Vec<_>, _>>()?.into_iter();
        let outside = rings.next().unwrap_or_default();
        let holes = rings.filter(|ring| ring.len() >= 3).map(LineString::new).collect();
        Ok(Polygon::new(LineString::new(outside), holes))
    }

    fn line(&self, points: &JsonCoordinates) -> Result<Vec<Coord<f64>>, ListProblem> {
        let coord = |p: Position| Coord { x: p.lon(), y: p.lat() };
        list(points).iter().map(|point| self.position(point).map(coord)).collect()
    }

    fn position(&self, point: &JsonCoordinates) -> Result<Position, ListProblem> {
        let (lon, lat) = match *point {
            JsonCoordinates::Point(lon, lat) => (lon, lat),
            JsonCoordinates::List(_) => (f64::NAN, f64::NAN),
        };
        let wrong = |kind| problem(kind, self.feature, self.name, &format!("{lon}, {lat}"));
        let is_swapped = lon.abs() <= 90.0 && lat.abs() > 90.0 && lat.abs() <= 180.0;
        if is_swapped {
            return Err(wrong(ProblemKind::OutlineSwapped));
        }
        Position::new(lon, lat).map_err(|_| wrong(ProblemKind::OutlineNotDegrees))
    }
}

/// The items of a list; a position where a list should be is a list of nothing that is a position.
fn list(coordinates: &JsonCoordinates) -> &[JsonCoordinates] {
    match coordinates {
        JsonCoordinates::List(items) => items,
        JsonCoordinates::Point(..) => &[JsonCoordinates::Point(f64::NAN, f64::NAN)],
    }
}

/// Joins lines end to end into rings; `None` if an end is left over or there are too many.
fn joined(mut lines: Vec<Vec<Coord<f64>>>) -> Option<Vec<LineString<f64>>> {
    let mut rings = Vec::new();
    lines.retain(|line| line.len() > 1);
    if lines.len() > MAX_LINES {
        return None;
    }
    while let Some(mut line) = lines.pop() {
        loop {
            let (first, last) = (*line.first()?, *line.last()?);
            if meet(first, last) && line.len() > 3 {
                rings.push(LineString::new(line));
                break;
            }
            let next = lines
                .iter()
                .position(|other| meet(other[0], last) || other.last().is_some_and(|&end| meet(end, last)))?;
            let mut other = lines.swap_remove(next);
            if !meet(other[0], last) {
                other.reverse();
            }
            line.extend(other.into_iter().skip(1));
        }
    }
    Some(rings)
}

fn meet(a: Coord<f64>, b: Coord<f64>) -> bool {
    (a.x - b.x).abs() <= JOINED && (a.y - b.y).abs() <= JOINED
}

/// Nests rings into polygons by point-in-polygon tests: a ring within another is its hole.
fn nested(rings: Vec<LineString<f64>>) -> Vec<Polygon<f64>> {
    let mut areas: Vec<(Polygon<f64>, Area)> = rings
        .into_iter()
        .map(|ring| Polygon::new(ring, Vec::new()))
        .map(|polygon| (polygon.clone(), Area::new(MultiPolygon(vec![polygon]))))
        .collect();
    areas.sort_by(|a, b| width(&b.1).total_cmp(&width(&a.1)));
    let mut outer: Vec<(Polygon<f64>, Area)> = Vec::new();
    for (polygon, area) in areas {
        let inside = area.interior_point();
        let enclosing = outer.iter_mut().find(|(_, outer)| inside.is_some_and(|point| outer.contains(point)));
        match enclosing {
            Some((enclosing, _)) => enclosing.interiors_push(polygon.exterior().clone()),
            None => outer.push((polygon, area)),
        }
    }
    outer.into_iter().map(|(polygon, _)| polygon).collect()
}

fn width(area: &Area) -> f64 {
    area.bbox().map_or(0.0, |[west, _, east, _]| east - west)
}
