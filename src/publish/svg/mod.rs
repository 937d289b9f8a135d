//! Maps as SVG, drawn without tiles. Here the locator map of the handout: the start and the numbered places.
//!
//! Black on white for any printer: the land in pale lines, outlines of the districts, numbers that never overlap, the start, a north arrow and a scale
//! bar. It uses presentation attributes only, which the Content-Security-Policy allows. The same places give the same bytes.
//! This module does no I/O.

pub mod choropleth;
mod labels;
mod land;
mod outline;
pub mod places_map;
pub mod plan_map;
mod view;

use maud::{Markup, html};
use serde::Serialize;

use self::labels::{LabelBoard, LabelBox};
use self::view::{DrawingPoint, HEIGHT, MapView, WIDTH, one_decimal};
use crate::index::LandMap;
use crate::model::{DistrictTable, Position};
use crate::publish::ruby::{base_text, ruby_message};

/// A place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapMarker {
    /// The number on the handout, from 1.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// The position of the place.
    pub position: Position,
    /// Whether the position is the centre of an area, not an exact point.
    pub rough: bool,
}

/// A drawn map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapDrawing {
    /// The `svg` element.
    pub svg: String,
    /// The text alternative for screen readers.
    pub alt: String,
    /// Whether it shows the start.
    pub start: bool,
    /// Whether it shows any place whose position is approximate.
    pub rough: bool,
    /// Whether an outline on it is a sketch (概形).
    pub sketch: bool,
    /// The numbers of the places that it shows.
    pub numbers: Vec<usize>,
}

/// Font size of the numbers and of the start, in user units: about 18 pt on paper.
const LARGE: f64 = 34.0;
/// Font size of place names.
const MEDIUM: f64 = 27.0;
/// Font size of district names.
const SMALL: f64 = 24.0;
/// Radius of the circle around a number.
const RADIUS: f64 = 27.0;

/// Draws the map; `None` where no place has a position.
pub fn draw(
    (land, districts): (&LandMap, &DistrictTable),
    start: Option<Position>,
    markers: &[MapMarker],
) -> Option<MapDrawing> {
    let positions: Vec<Position> = markers.iter().map(|it| it.position).chain(start).collect();
    let view = MapView::around(&positions).filter(|_| !markers.is_empty())?;
    let mut board = LabelBoard::default();
    board.occupy(north_arrow_box());
    board.occupy(scale_bar_box());
    // Labels are placed by importance: the start, then numbers, then names, then districts.
    let start_at = start.map(|start| view.point(start));
    let start_drawn = start_at.map(|at| start_marker(at, &mut board));
    let spots: Vec<DrawingPoint> = markers.iter().map(|it| view.point(it.position)).collect();
    let circles: Vec<DrawingPoint> = spots.iter().map(|spot| board.room_for_circle(*spot, RADIUS)).collect();
    let numbers =
        markers.iter().zip(spots.iter().zip(&circles)).map(|(it, (spot, circle))| numbered_circle(it, *spot, *circle));
    let numbers: Vec<Markup> = numbers.collect();
    let names: Vec<Markup> =
        markers.iter().zip(&circles).map(|(it, circle)| place_label(it, *circle, &mut board)).collect();
    let districts_named = outline::names(districts, &view, &mut board);
    let land_named = land::names(land, &view, &mut board);
    let alt = alt_text(start.is_some(), markers.len());
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (one_decimal(WIDTH)) " " (one_decimal(HEIGHT)) }
            role="img" aria-label=(alt) fill="#000" {
            rect width=(one_decimal(WIDTH)) height=(one_decimal(HEIGHT)) fill="#fff" {}
            (land::ground(land, &view))
            (outline::outlines(districts, &view))
            (land_named)
            (districts_named)
            (north_arrow())
            (scale_bar(&view))
            @for name in &names { (name) }
            @if let Some(start) = start_drawn { (start) }
            @for number in &numbers { (number) }
            rect x="1.5" y="1.5" width=(one_decimal(WIDTH - 3.0)) height=(one_decimal(HEIGHT - 3.0)) fill="none" stroke="#000" stroke-width="3" {}
        }
    };
    let numbers = markers.iter().map(|it| it.number).collect();
    Some(MapDrawing {
        svg: svg.into_string(),
        alt,
        start: start.is_some(),
        rough: markers.iter().any(|it| it.rough),
        sketch: outline::shows_sketch(districts, &view),
        numbers,
    })
}

/// The text alternative: the number of places, and whether the start is shown.
fn alt_text(with_start: bool, count: usize) -> String {
    let count = ("count", crate::publish::ruby::plain(&count.to_string()));
    base_text(&ruby_message(if with_start { "map.alt_from" } else { "map.alt" }, &[count]))
}

/// A text with a white halo, which keeps it legible over lines. `anchor` is the `text-anchor`: `start`, `middle` or `end`.
fn svg_text(label: &str, at: DrawingPoint, size: f64, anchor: &str) -> Markup {
    html! {
        text x=(one_decimal(at.x)) y=(one_decimal(at.y)) font-size=(one_decimal(size)) text-anchor=(anchor) stroke="#fff" stroke-width="7"
            stroke-linejoin="round" paint-order="stroke" { (label) }
    }
}

/// The marker of the start: a square with a dot, unlike anything else on the map, and its label.
fn start_marker(at: DrawingPoint, board: &mut LabelBoard) -> Markup {
    let half = 17.0;
    board.occupy(LabelBox::around(at, half + 3.0, half + 3.0));
    let word = base_text(&ruby_message("map.start", &[]));
    let place = board.room_for_label(at, half + 8.0, labels::label_width(&word, LARGE), LARGE);
    html! {
        rect x=(one_decimal(at.x - half)) y=(one_decimal(at.y - half)) width=(one_decimal(half * 2.0)) height=(one_decimal(half * 2.0))
            fill="#fff" stroke="#000" stroke-width="6" {}
        circle cx=(one_decimal(at.x)) cy=(one_decimal(at.y)) r="7" {}
        @if let Some((corner, anchor)) = place { (svg_text(&word, corner, LARGE, anchor)) }
    }
}

/// The number of a place in a circle: filled if the position is exact, dashed if it is approximate. A circle that was moved
/// aside keeps a leader line to its place.
fn numbered_circle(marker: &MapMarker, spot: DrawingPoint, circle: DrawingPoint) -> Markup {
    let moved = (spot.x - circle.x).hypot(spot.y - circle.y) > 1.0;
    let (back, ink, dashes) = if marker.rough { ("#fff", "#000", Some("9 6")) } else { ("#000", "#fff", None) };
    html! {
        @if moved {
            line x1=(one_decimal(spot.x)) y1=(one_decimal(spot.y)) x2=(one_decimal(circle.x)) y2=(one_decimal(circle.y)) stroke="#000" stroke-width="3" {}
            circle cx=(one_decimal(spot.x)) cy=(one_decimal(spot.y)) r="6" {}
        }
        circle cx=(one_decimal(circle.x)) cy=(one_decimal(circle.y)) r=(one_decimal(RADIUS)) fill=(back) stroke="#000" stroke-width="4"
            stroke-dasharray=[dashes] {}
        text x=(one_decimal(circle.x)) y=(one_decimal(circle.y + LARGE * 0.36)) font-size=(one_decimal(LARGE)) font-weight="bold"
            text-anchor="middle" fill=(ink) { (marker.number) }
    }
}

/// The name beside the number, if there is room; the list below the map has it anyway.
fn place_label(marker: &MapMarker, circle: DrawingPoint, board: &mut LabelBoard) -> Markup {
    let rough = base_text(&ruby_message("map.rough", &[]));
    let whole = labels::shortened_name(&marker.name) + if marker.rough { &rough } else { "" };
    let candidates = [Some(whole), marker.rough.then_some(rough)];
    for label in candidates.iter().flatten() {
        if let Some((corner, anchor)) =
            board.room_for_label(circle, RADIUS + 8.0, labels::label_width(label, MEDIUM), MEDIUM)
        {
            return svg_text(label, corner, MEDIUM, anchor);
        }
    }
    html! {}
}

/// The space that the north arrow occupies.
fn north_arrow_box() -> LabelBox {
    LabelBox { west: WIDTH - 80.0, north: 12.0, east: WIDTH - 12.0, south: 128.0 }
}

/// The north arrow of the handout.
fn north_arrow() -> Markup {
    north_arrow_of(&base_text(&ruby_message("map.north", &[])))
}

/// The north arrow above `letter`.
fn north_arrow_of(letter: &str) -> Markup {
    let x = WIDTH - 46.0;
    html! {
        path d={ "M" (one_decimal(x)) " 20l20 52l-20 -12l-20 12z" } {}
        (svg_text(letter, DrawingPoint { x, y: 112.0 }, LARGE, "middle"))
    }
}

/// The space that the scale bar occupies.
fn scale_bar_box() -> LabelBox {
    LabelBox { west: 12.0, north: HEIGHT - 76.0, east: 320.0, south: HEIGHT - 12.0 }
}

/// The scale bar: a round length, at most 260 user units.
fn scale_bar(view: &MapView) -> Markup {
    let (metres, label) = view.round_length(260.0);
    let (left, right, y) = (30.0, 30.0 + metres * view.units_per_metre(), HEIGHT - 28.0);
    html! {
        path d={ "M" (one_decimal(left)) " " (one_decimal(y - 14.0)) "V" (one_decimal(y)) "H" (one_decimal(right)) "V" (one_decimal(y - 14.0)) }
            fill="none" stroke="#000" stroke-width="4" {}
        (svg_text(&label, DrawingPoint { x: left + 6.0, y: y - 14.0 }, MEDIUM, "start"))
    }
}

#[cfg(test)]
mod tests;
