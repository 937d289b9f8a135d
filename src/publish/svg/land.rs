//! The land on paper: water, outline, rivers, roads, railways, points by which people find their way, names of 大字 and former towns.
//!
//! Pale, so that it stays in the background on any printer. The same land is on the screen (`web/land-style.js`). This module does
//! no I/O.

use std::fmt::Write as _;

use geo::{Coord, LineString};
use maud::{Markup, html};

use super::labels::{LabelBoard, LabelBox, label_width, shortened_name};
use super::outline;
use super::svg_text;
use super::view::{DrawingPoint, HEIGHT, MapView, WIDTH, one_decimal};
use crate::index::{LandLabel, LandMap};
use crate::model::line_simplification::simplified_line;
use crate::model::{BasemapFeature, BasemapKind, BasemapShape};

/// Tolerance of line simplification (Ramer–Douglas–Peucker), in user units: a third of a millimetre.
const TOLERANCE: f64 = 1.5;
/// Font sizes of former towns, of points and of 大字.
const FORMER: f64 = 26.0;
const POINT: f64 = 20.0;
const TOWN: f64 = 21.0;
/// The most points of one kind, and the most names of 大字, on one map: what the scale leaves room for.
const MOST_POINTS: usize = 14;
const MOST_TOWNS: usize = 34;
/// Half the side of a point's sign.
const SIGN: f64 = 7.0;
/// How far from its middle the name of a line, or of a former town, may stand, in user units, nearest first.
const ASIDE: [f64; 4] = [0.0, 34.0, 60.0, 90.0];

/// Water, the ground within the outline, lines. Nothing where nothing is known.
pub(super) fn ground(land: &LandMap, view: &MapView) -> Markup {
    let outline = land.outline.as_ref().map(|area| outline::area_path(area, view)).filter(|path| !path.is_empty());
    html! {
        @if let Some(outline) = outline {
            rect class="land-water" width=(one_decimal(WIDTH)) height=(one_decimal(HEIGHT)) fill="#e3edf4" {}
            path class="land-ground" d=(outline) fill="#fff" stroke="#8296a5" stroke-width="2" stroke-linejoin="round" {}
        }
        (lines(land, view))
    }
}

/// Rivers, roads and railways.
pub(super) fn lines(land: &LandMap, view: &MapView) -> Markup {
    html! { @for feature in &land.features { (line(feature, view)) } }
}

/// A river, road or railway; nothing if it is out of view.
fn line(feature: &BasemapFeature, view: &MapView) -> Markup {
    let BasemapShape::Lines(lines) = &feature.shape else { return html! {} };
    let path = line_path(lines, view);
    if path.is_empty() {
        return html! {};
    }
    let strokes: &[(&str, &str, Option<&str>)] = match feature.kind {
        BasemapKind::River => &[("#9cc3de", "6", None)],
        BasemapKind::Road => &[("#a98a5b", "6", None), ("#fbe7c6", "3.5", None)],
        _ => &[("#555", "5", None), ("#fff", "2.6", Some("12 12"))],
    };
    html! {
        @for (colour, width, dashes) in strokes {
            path d=(path) fill="none" stroke=(colour) stroke-width=(width) stroke-dasharray=[*dashes] stroke-linejoin="round" {}
        }
    }
}

/// Lines as SVG path data, without those that are out of view.
fn line_path(lines: &[Vec<[f64; 2]>], view: &MapView) -> String {
    let mut path = String::new();
    for line in lines {
        let drawn: LineString<f64> =
            line.iter().map(|at| view.at(at[0], at[1])).map(|at| Coord { x: at.x, y: at.y }).collect();
        if !outline::is_in_view(&drawn) {
            continue;
        }
        for (nth, corner) in simplified_line(&drawn, TOLERANCE).coords().enumerate() {
            let step = if nth == 0 { 'M' } else { 'L' };
            write!(path, "{step}{} {}", one_decimal(corner.x), one_decimal(corner.y))
                .expect("a string takes everything");
        }
    }
    path
}

/// Signs and names, each where it is free: points, lines, former towns, 大字.
pub(super) fn names(land: &LandMap, view: &MapView, board: &mut LabelBoard) -> Markup {
    let points: Vec<Markup> =
        BasemapKind::ALL.into_iter().flat_map(|kind| points_of(land, kind, view, board)).collect();
    let mut named = Vec::new();
    let lines: Vec<Markup> = land.features.iter().filter_map(|it| line_name(it, view, board, &mut named)).collect();
    let former: Vec<Markup> = land.former_towns.iter().filter_map(|it| former_name(it, view, board)).collect();
    let towns = land.towns.iter().filter_map(|it| town_name(it, view, board));
    let towns: Vec<Markup> = towns.take(MOST_TOWNS).collect();
    if points.is_empty() && lines.is_empty() && former.is_empty() && towns.is_empty() {
        return html! {};
    }
    html! {
        g class="land-names" fill="#4c4c4c" {
            @for name in points.iter().chain(&lines).chain(&former).chain(&towns) { (name) }
        }
    }
}

/// The points of a kind that are in view, with their names where there is room.
fn points_of(land: &LandMap, kind: BasemapKind, view: &MapView, board: &mut LabelBoard) -> Vec<Markup> {
    let points =
        land.features.iter().filter(|feature| feature.kind == kind).filter_map(|feature| match &feature.shape {
            BasemapShape::Point(at) => Some((feature, view.point(*at))),
            BasemapShape::Lines(_) => None,
        });
    let mut drawn = Vec::new();
    for (feature, at) in points {
        if drawn.len() >= MOST_POINTS || !board.try_occupy(LabelBox::around(at, SIGN + 2.0, SIGN + 2.0)) {
            continue;
        }
        let name = feature.name.as_deref().map(shortened_name).unwrap_or_default();
        let room = board
            .room_for_label(at, SIGN + 5.0, label_width(&name, view.font(POINT)), view.font(POINT))
            .filter(|_| !name.is_empty());
        drawn.push(html! {
            rect x=(one_decimal(at.x - SIGN)) y=(one_decimal(at.y - SIGN)) width=(one_decimal(SIGN * 2.0)) height=(one_decimal(SIGN * 2.0))
                fill="#fff" stroke="#555" stroke-width="4" {}
            @if let Some((corner, anchor)) = room { (svg_text(&name, corner, view.font(POINT), anchor)) }
        });
    }
    drawn
}

/// The name of a line, once per name, at its middle within the view.
fn line_name<'a>(
    feature: &'a BasemapFeature,
    view: &MapView,
    board: &mut LabelBoard,
    named: &mut Vec<&'a str>,
) -> Option<Markup> {
    let BasemapShape::Lines(lines) = &feature.shape else { return None };
    let name = feature.name.as_deref().filter(|name| !named.contains(name))?;
    let inside = |at: &DrawingPoint| (60.0..WIDTH - 60.0).contains(&at.x) && (40.0..HEIGHT - 40.0).contains(&at.y);
    let corners = lines.iter().flat_map(|line| with_middles(line)).map(|at| view.at(at[0], at[1]));
    let corners: Vec<DrawingPoint> = corners.filter(inside).collect();
    let middle = *corners.get(corners.len() / 2)?;
    let label = shortened_name(name);
    let at = board.room_near(middle, (label_width(&label, view.font(POINT)) / 2.0, view.font(POINT) * 0.6), &ASIDE)?;
    named.push(name);
    Some(svg_text(&label, DrawingPoint { y: at.y + view.font(POINT) * 0.36, ..at }, view.font(POINT), "middle"))
}

/// The corners of a line with the middles between them: a straight road has few corners in view.
fn with_middles(line: &[[f64; 2]]) -> impl Iterator<Item = [f64; 2]> {
    line.windows(2).flat_map(|ends| {
        let middle = [f64::midpoint(ends[0][0], ends[1][0]), f64::midpoint(ends[0][1], ends[1][1])];
        [ends[0], middle, ends[1]]
    })
}

fn former_name(label: &LandLabel, view: &MapView, board: &mut LabelBoard) -> Option<Markup> {
    let name = shortened_name(&label.name);
    let width = label_width(&name, view.font(FORMER)) * 1.2;
    let at = board.room_near(view.point(label.position), (width / 2.0, view.font(FORMER) * 0.6), &ASIDE)?;
    let at = DrawingPoint { y: at.y + view.font(FORMER) * 0.36, ..at };
    Some(html! { g letter-spacing="4" fill="#6b6b6b" { (svg_text(&name, at, view.font(FORMER), "middle")) } })
}

fn town_name(label: &LandLabel, view: &MapView, board: &mut LabelBoard) -> Option<Markup> {
    let name = shortened_name(&label.name);
    let middle = view.point(label.position);
    let is_free = board.try_occupy(LabelBox::around(
        middle,
        label_width(&name, view.font(TOWN)) / 2.0 + 6.0,
        view.font(TOWN) * 0.8,
    ));
    is_free.then(|| {
        svg_text(&name, DrawingPoint { y: middle.y + view.font(TOWN) * 0.36, ..middle }, view.font(TOWN), "middle")
    })
}
