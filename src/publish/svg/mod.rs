//! One map of where the person starts and where the places are, as SVG without a base map.
//!
//! Black on white and plain enough for any printer: outlines of the districts, numbers that never cover each other, the start,
//! north and a scale. Presentation attributes only, so that the strictest policy lets it be. The same places give the same
//! bytes. This module does no I/O.

pub mod choropleth;
mod labels;
mod outline;
mod view;

use maud::{Markup, html};
use serde::Serialize;

use self::labels::{LabelBoard, LabelBox};
use self::view::{DrawingPoint, HEIGHT, MapView, WIDTH, short};
use crate::model::{DistrictTable, Position};
use crate::publish::ruby::{base_text, ruby_message};

/// A place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapMarker {
    /// Its number on the paper.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub position: Position,
    /// Whether that is a middle of something.
    pub rough: bool,
}

/// The map, ready to be put into a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapDrawing {
    /// The drawing, an `svg` element.
    pub svg: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Whether the start is on it.
    pub start: bool,
    /// Whether a place on it is only about there.
    pub rough: bool,
    /// The numbers of the places on it.
    pub numbers: Vec<usize>,
}

/// Letters of the numbers and of the start, in units of the drawing: some 18 points on paper.
const LARGE: f64 = 34.0;
/// Letters of names.
const MEDIUM: f64 = 27.0;
/// Letters of districts.
const SMALL: f64 = 24.0;
/// The radius of a number's circle.
const RADIUS: f64 = 27.0;

/// Draws the map; `None` where no place has a position.
pub fn draw(districts: &DistrictTable, start: Option<Position>, markers: &[MapMarker]) -> Option<MapDrawing> {
    let positions: Vec<Position> = markers.iter().map(|it| it.position).chain(start).collect();
    let view = MapView::around(&positions).filter(|_| !markers.is_empty())?;
    let mut board = LabelBoard::default();
    board.take(north_rect());
    board.take(scale_rect());
    // What must be on the map takes its room first: the start, then numbers, then names, then districts.
    let start_at = start.map(|start| view.point(start));
    let start_drawn = start_at.map(|at| start_sign(at, &mut board));
    let spots: Vec<DrawingPoint> = markers.iter().map(|it| view.point(it.position)).collect();
    let circles: Vec<DrawingPoint> = spots.iter().map(|spot| board.room_for_circle(*spot, RADIUS)).collect();
    let numbers = markers.iter().zip(spots.iter().zip(&circles)).map(|(it, (spot, circle))| number(it, *spot, *circle));
    let numbers: Vec<Markup> = numbers.collect();
    let names: Vec<Markup> = markers.iter().zip(&circles).map(|(it, circle)| name(it, *circle, &mut board)).collect();
    let districts_named = outline::names(districts, &view, &mut board);
    let alt = alt(start.is_some(), markers.len());
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (short(WIDTH)) " " (short(HEIGHT)) }
            role="img" aria-label=(alt) fill="#000" {
            rect width=(short(WIDTH)) height=(short(HEIGHT)) fill="#fff" {}
            (outline::outlines(districts, &view))
            (districts_named)
            (north())
            (scale(&view))
            @for name in &names { (name) }
            @if let Some(start) = start_drawn { (start) }
            @for number in &numbers { (number) }
            rect x="1.5" y="1.5" width=(short(WIDTH - 3.0)) height=(short(HEIGHT - 3.0)) fill="none" stroke="#000" stroke-width="3" {}
        }
    };
    let numbers = markers.iter().map(|it| it.number).collect();
    Some(MapDrawing {
        svg: svg.into_string(),
        alt,
        start: start.is_some(),
        rough: markers.iter().any(|it| it.rough),
        numbers,
    })
}

fn alt(with_start: bool, count: usize) -> String {
    let count = ("count", crate::publish::ruby::plain(&count.to_string()));
    base_text(&ruby_message(if with_start { "map.alt_from" } else { "map.alt" }, &[count]))
}

/// Words on the map: a white rim keeps them readable over lines. `anchor` is `start`, `middle` or `end`.
fn text(words: &str, at: DrawingPoint, size: f64, anchor: &str) -> Markup {
    html! {
        text x=(short(at.x)) y=(short(at.y)) font-size=(short(size)) text-anchor=(anchor) stroke="#fff" stroke-width="7"
            stroke-linejoin="round" paint-order="stroke" { (words) }
    }
}

/// A square with a dot, and the word beside it: nothing else on the map is square.
fn start_sign(at: DrawingPoint, board: &mut LabelBoard) -> Markup {
    let half = 17.0;
    board.take(LabelBox::around(at, half + 3.0, half + 3.0));
    let word = base_text(&ruby_message("map.start", &[]));
    let place = board.room_for_words(at, half + 8.0, labels::width(&word, LARGE), LARGE);
    html! {
        rect x=(short(at.x - half)) y=(short(at.y - half)) width=(short(half * 2.0)) height=(short(half * 2.0))
            fill="#fff" stroke="#000" stroke-width="6" {}
        circle cx=(short(at.x)) cy=(short(at.y)) r="7" {}
        @if let Some((corner, anchor)) = place { (text(&word, corner, LARGE, anchor)) }
    }
}

/// The number in its circle: filled where the place is, dashed where it is only about there. Moved aside, it keeps a line.
fn number(marker: &MapMarker, spot: DrawingPoint, circle: DrawingPoint) -> Markup {
    let moved = (spot.x - circle.x).hypot(spot.y - circle.y) > 1.0;
    let (back, ink, dashes) = if marker.rough { ("#fff", "#000", Some("9 6")) } else { ("#000", "#fff", None) };
    html! {
        @if moved {
            line x1=(short(spot.x)) y1=(short(spot.y)) x2=(short(circle.x)) y2=(short(circle.y)) stroke="#000" stroke-width="3" {}
            circle cx=(short(spot.x)) cy=(short(spot.y)) r="6" {}
        }
        circle cx=(short(circle.x)) cy=(short(circle.y)) r=(short(RADIUS)) fill=(back) stroke="#000" stroke-width="4"
            stroke-dasharray=[dashes] {}
        text x=(short(circle.x)) y=(short(circle.y + LARGE * 0.36)) font-size=(short(LARGE)) font-weight="bold"
            text-anchor="middle" fill=(ink) { (marker.number) }
    }
}

/// The name beside its number, where there is room; the list below the map has it in any case.
fn name(marker: &MapMarker, circle: DrawingPoint, board: &mut LabelBoard) -> Markup {
    let rough = base_text(&ruby_message("map.rough", &[]));
    let whole = labels::cut(&marker.name) + if marker.rough { &rough } else { "" };
    let candidates = [Some(whole), marker.rough.then_some(rough)];
    for words in candidates.iter().flatten() {
        if let Some((corner, anchor)) = board.room_for_words(circle, RADIUS + 8.0, labels::width(words, MEDIUM), MEDIUM)
        {
            return text(words, corner, MEDIUM, anchor);
        }
    }
    html! {}
}

fn north_rect() -> LabelBox {
    LabelBox { west: WIDTH - 80.0, north: 12.0, east: WIDTH - 12.0, south: 128.0 }
}

fn north() -> Markup {
    let x = WIDTH - 46.0;
    html! {
        path d={ "M" (short(x)) " 20l20 52l-20 -12l-20 12z" } {}
        (text(&base_text(&ruby_message("map.north", &[])), DrawingPoint { x, y: 112.0 }, LARGE, "middle"))
    }
}

fn scale_rect() -> LabelBox {
    LabelBox { west: 12.0, north: HEIGHT - 76.0, east: 320.0, south: HEIGHT - 12.0 }
}

fn scale(view: &MapView) -> Markup {
    let (metres, words) = view.round_length(260.0);
    let (left, right, y) = (30.0, 30.0 + metres * view.units_a_metre(), HEIGHT - 28.0);
    html! {
        path d={ "M" (short(left)) " " (short(y - 14.0)) "V" (short(y)) "H" (short(right)) "V" (short(y - 14.0)) }
            fill="none" stroke="#000" stroke-width="4" {}
        (text(&words, DrawingPoint { x: left + 6.0, y: y - 14.0 }, MEDIUM, "start"))
    }
}

#[cfg(test)]
mod tests;
