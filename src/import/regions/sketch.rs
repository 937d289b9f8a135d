//! Districts drawn from towns, where a city has no outlines: each point of the gazetteer takes what is nearest to it (Voronoi
//! cells), clipped to the municipality's outline and joined by district.
//!
//! Such a shape is a sketch (概形) and is marked as one. This module does no I/O.

use std::collections::BTreeMap;

use geo::{
    BooleanOps as _, BoundingRect as _, Coord, Intersects as _, MultiPoint, Point, Polygon, Rect, Voronoi as _,
    VoronoiClip, VoronoiParams, unary_union,
};

use super::gazetteer::{Gazetteer, TownNameMatch};
use crate::import::columns::{Field, HeadingTable};
use crate::import::file;
use crate::import::{ListProblem, ProblemKind};
use crate::model::{Area, District, DistrictId, Position, ReadingLimits};
use crate::text::fold;

/// Headings of the column of towns; that of districts is known to every list.
const TOWN_HEADINGS: [&str; 12] = [
    "大字",
    "大字名",
    "町名",
    "町字",
    "町字名",
    "町丁名",
    "町丁字名",
    "地域名",
    "大字町丁目名",
    "大字・町",
    "town",
    "name",
];

/// How far away the points are that bound all cells, in sizes of the frame.
const FAR: f64 = 40.0;

/// Degrees round the towns where there is no outline.
const MARGIN: f64 = 0.01;

/// Districts drawn from towns.
#[derive(Debug, Clone, PartialEq)]
pub struct DistrictSketch {
    /// The districts in the order of the table.
    pub districts: Vec<District>,
    /// Rows of the table whose town the gazetteer does not have.
    pub unknown_towns: Vec<(u32, String)>,
}

/// Draws the districts of a table of towns and districts (two columns, 大字 and 地区).
///
/// # Errors
///
/// If the bytes are no such table, or name fewer than one town that is known.
pub fn districts(
    bytes: &[u8],
    gazetteer: &Gazetteer,
    boundary: Option<&Area>,
    limits: &ReadingLimits,
) -> Result<DistrictSketch, ListProblem> {
    let rows = town_rows(bytes, limits)?;
    let (mut names, mut points, mut unknown_towns): (Vec<String>, Vec<(Position, usize)>, _) =
        (Vec::new(), Vec::new(), Vec::new());
    for (row, town, district) in rows {
        let TownNameMatch::Found(position) = gazetteer.town_named(&town) else {
            unknown_towns.push((row, town));
            continue;
        };
        let at = names.iter().position(|name| *name == district).unwrap_or_else(|| {
            names.push(district);
            names.len() - 1
        });
        if !points.iter().any(|(other, _)| *other == position) {
            points.push((position, at));
        }
    }
    if points.is_empty() {
        return Err(ListProblem::new(0, None, ProblemKind::NoKnownTown, &[]));
    }
    let districts = drawn(&names, &points, boundary);
    Ok(DistrictSketch { districts, unknown_towns })
}

/// The rows of the table: where they stand, town and district.
fn town_rows(bytes: &[u8], limits: &ReadingLimits) -> Result<Vec<(u32, String, String)>, ListProblem> {
    let headings = HeadingTable::standard();
    let contents = file::open(bytes, &headings, limits).map_err(|refusal| refusal.problem)?;
    for sheet in &contents.sheets {
        let is_town = |text: &str| TOWN_HEADINGS.iter().any(|heading| fold(heading) == fold(text));
        let is_district = |text: &str| headings.field(text) == Some(Field::District) || fold(text) == fold("district");
        let columns = sheet.rows.iter().take(30).enumerate().find_map(|(at, row)| {
            let column =
                |wanted: &dyn Fn(&str) -> bool| row.cells.iter().find(|(_, text)| wanted(text.trim())).map(|(c, _)| *c);
            Some((at, column(&is_town)?, column(&is_district)?))
        });
        let Some((at, town, district)) = columns else { continue };
        let text = |row: &file::SheetRow, column: u32| row.cell(column).trim().to_owned();
        let rows = sheet.rows[at + 1..].iter().map(|row| (row.number, text(row, town), text(row, district)));
        return Ok(rows.filter(|(_, town, district)| !town.is_empty() && !district.is_empty()).collect());
    }
    Err(ListProblem::new(0, None, ProblemKind::NotATable, &[]))
}

fn drawn(names: &[String], points: &[(Position, usize)], boundary: Option<&Area>) -> Vec<District> {
    let mut cells: BTreeMap<usize, Vec<Polygon>> = BTreeMap::new();
    for (cell, district) in cells_of(points, boundary) {
        cells.entry(district).or_default().push(cell);
    }
    let district = |(at, name): (usize, &String)| {
        let joined = unary_union(cells.get(&at)?);
        let clipped = boundary.map_or(joined.clone(), |outline| joined.intersection(outline.polygons()));
        let area = Area::new(clipped).into_sketch();
        let own = points.iter().find(|(_, of)| *of == at).map(|(position, _)| *position)?;
        let centre = area.interior_point().unwrap_or(own);
        let (id, name) = (DistrictId(name.clone()), name.clone());
        Some(District { id, name, boundary: Some(area), centre: Some(centre), ..District::default() })
    };
    names.iter().enumerate().filter_map(district).collect()
}

/// The cell of each point with its district.
fn cells_of(points: &[(Position, usize)], boundary: Option<&Area>) -> Vec<(Polygon, usize)> {
    let around = frame(points, boundary);
    let own = points.iter().map(|(position, _)| Point::new(position.lon(), position.lat()));
    // Points far away on all sides make every cell of a town end where the frame does, also of towns on one line.
    let (middle, far) = (around.center(), FAR * around.width().max(around.height()));
    let others = [(-far, 0.0), (far, 0.0), (0.0, -far), (0.0, far)];
    let others = others.map(|(x, y)| Point::new(middle.x + x, middle.y + y));
    let sites: MultiPoint = own.chain(others).collect();
    let frame_polygon = around.to_polygon();
    let params = VoronoiParams::new().clip(VoronoiClip::Polygon(&frame_polygon));
    let cells = sites.voronoi_cells_with_params(params).unwrap_or_default();
    // Which cell is whose is told by the point in it.
    let of = |position: &Position| {
        let point = Point::new(position.lon(), position.lat());
        cells.iter().find(|cell| cell.intersects(&point)).cloned()
    };
    points.iter().filter_map(|(position, district)| Some((of(position)?, *district))).collect()
}

/// The rectangle that all cells fill.
fn frame(points: &[(Position, usize)], boundary: Option<&Area>) -> Rect {
    let sites: MultiPoint = points.iter().map(|(position, _)| Point::new(position.lon(), position.lat())).collect();
    let of_towns = sites.bounding_rect().unwrap_or_else(|| Rect::new((0.0, 0.0), (0.0, 0.0)));
    let of_outline = boundary.and_then(|outline| outline.polygons().bounding_rect()).unwrap_or(of_towns);
    let low = |a: f64, b: f64| a.min(b) - MARGIN;
    let high = |a: f64, b: f64| a.max(b) + MARGIN;
    Rect::new(
        Coord { x: low(of_towns.min().x, of_outline.min().x), y: low(of_towns.min().y, of_outline.min().y) },
        Coord { x: high(of_towns.max().x, of_outline.max().x), y: high(of_towns.max().y, of_outline.max().y) },
    )
}
