//! Districts on the locator map: simplified outlines, and names where there is room. This module does no I/O.

use std::fmt::Write as _;

use geo::{Coord, LineString};
use maud::{Markup, html};

use super::labels::{LabelBoard, LabelBox, label_width, shortened_name};
use super::view::{DrawingPoint, HEIGHT, MapView, WIDTH, one_decimal};
use super::{SMALL, svg_text};
use crate::model::line_simplification::simplified_line;
use crate::model::{Area, District, DistrictTable};

/// Tolerance of line simplification (Ramer–Douglas–Peucker), in user units: a third of a millimetre.
const TOLERANCE: f64 = 1.5;

/// The outlines of the districts that are in view.
pub(super) fn outlines(districts: &DistrictTable, view: &MapView) -> Markup {
    let paths = districts.all().iter().map(|district| outline_path(district, view)).filter(|path| !path.is_empty());
    html! {
        g fill="none" stroke="#777" stroke-width="2.5" stroke-linejoin="round" stroke-dasharray="16 5 3 5" {
            @for path in paths { path d=(path) {} }
        }
    }
}

/// Whether an outline that is in view is a sketch (概形), which the legend has to say.
pub(super) fn shows_sketch(districts: &DistrictTable, view: &MapView) -> bool {
    let is_sketch = |district: &&District| district.boundary.as_ref().is_some_and(Area::is_sketch);
    districts.all().iter().filter(is_sketch).any(|district| !outline_path(district, view).is_empty())
}

/// The outline of a district as SVG path data; empty if it is out of view.
fn outline_path(district: &District, view: &MapView) -> String {
    district.boundary.as_ref().map(|area| area_path(area, view)).unwrap_or_default()
}

/// An outline as SVG path data; empty if it is out of view.
pub(super) fn area_path(area: &Area, view: &MapView) -> String {
    rings_path(area, view, |ring| simplified_line(&ring, TOLERANCE))
}

/// The same for an outline that was simplified for drawings of this size.
pub(super) fn overview_path(area: &Area, view: &MapView) -> String {
    rings_path(area, view, |ring| ring)
}

fn rings_path(area: &Area, view: &MapView, drawn: impl Fn(LineString<f64>) -> LineString<f64>) -> String {
    let polygons = area.polygons().iter();
    let rings = polygons.flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let mut path = String::new();
    for ring in rings {
        let ring: LineString<f64> = ring
            .coords()
            .filter(|at| at.x.is_finite() && at.y.is_finite())
            .map(|at| view.at(at.x, at.y))
            .map(|at| Coord { x: at.x, y: at.y })
            .collect();
        let ring = if is_in_view(&ring) { drawn(ring) } else { continue };
        for (nth, corner) in ring.coords().enumerate() {
            let step = if nth == 0 { 'M' } else { 'L' };
            write!(path, "{step}{} {}", one_decimal(corner.x), one_decimal(corner.y))
                .expect("a string takes everything");
        }
        if ring.0.len() > 1 {
            path.push('Z');
        }
    }
    path
}

/// Whether the bounding box of a ring meets the view.
pub(super) fn is_in_view(ring: &LineString<f64>) -> bool {
    let nothing = LabelBox { west: f64::MAX, north: f64::MAX, east: f64::MIN, south: f64::MIN };
    let around = ring.coords().fold(nothing, |it, at| LabelBox {
        west: it.west.min(at.x),
        north: it.north.min(at.y),
        east: it.east.max(at.x),
        south: it.south.max(at.y),
    });
    around.meets(&LabelBox { west: 0.0, north: 0.0, east: WIDTH, south: HEIGHT })
}

/// The names of districts, each at its centre if that is in view and free.
pub(super) fn names(districts: &DistrictTable, view: &MapView, board: &mut LabelBoard) -> Markup {
    let size = view.font(SMALL);
    let mut named: Vec<(String, DrawingPoint)> = Vec::new();
    for district in districts.all() {
        let Some(centre) = district.centre else { continue };
        let (name, middle) = (shortened_name(&district.name), view.point(centre));
        if board.try_occupy(LabelBox::around(middle, label_width(&name, size) / 2.0, size * 0.6)) {
            named.push((name, DrawingPoint { y: middle.y + size * 0.36, ..middle }));
        }
    }
    html! { g fill="#444" { @for (name, at) in &named { (svg_text(name, *at, size, "middle")) } } }
}
