//! The numbered map of a list: land, districts, and a number for every place, none over another.
//!
//! Neighbours on the list are neighbours on the ground, so that places too close for a number each share one sign: 「3–5」. Every
//! sign is a link. This module does no I/O.

use maud::{Markup, html};

use super::labels::{LabelBoard, label_width};
use super::land;
use super::view::{DrawingPoint, HEIGHT, MapView, WIDTH, one_decimal};
use super::{LARGE, north_arrow_box, north_arrow_of, outline, scale_bar, scale_bar_box};
use crate::index::LandMap;
use crate::model::messages::fill;
use crate::model::{Area, District, DistrictId, DistrictTable, Position};

/// How much larger names are on a telephone's screen than on paper.
const SCREEN_LETTERS: f64 = 1.7;

/// What stands in the sign of a place that is alone on its map.
const ALONE: &str = "●";

/// Half the height of a sign, in user units.
const HALF: f64 = 24.0;
/// Margin around all places, in user units.
const MARGIN: f64 = 90.0;
/// The least extent of a map, in metres: a smaller one would show nothing that people know.
const LEAST_M: f64 = 2_400.0;
/// Distances by which a sign may be moved aside, in user units, nearest first.
const ASIDE: [f64; 6] = [0.0, 40.0, 60.0, 85.0, 115.0, 150.0];
/// How close places share a sign, in user units; the next where signs have no room otherwise.
const SHARED: [f64; 7] = [30.0, 45.0, 70.0, 105.0, 160.0, 240.0, 400.0];

/// A place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberedPlace {
    /// Its number on the list.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Its position.
    pub position: Position,
    /// Whether the position is the centre of an area, not an exact point.
    pub rough: bool,
    /// The page of the place.
    pub address: String,
}

/// What the map shows.
#[derive(Debug)]
pub struct PlacesMapContent<'a> {
    /// What lies below.
    pub land: &'a LandMap,
    /// The districts.
    pub districts: &'a DistrictTable,
    /// The district that the map is of.
    pub focus: Option<&'a DistrictId>,
    /// The places by number, neighbours beside each other.
    pub places: &'a [NumberedPlace],
    /// The text alternative.
    pub label: &'a str,
    /// The letter of the north arrow.
    pub north: &'a str,
    /// Whether it is for the screen, a telephone's too, where names must be larger than on paper.
    pub for_screen: bool,
    /// What a sign of several places is called, with `{from}` and `{to}` for the numbers.
    pub several: &'a str,
    /// The address of the list, where each number has the anchor `#n…`.
    pub list: &'a str,
}

/// One sign: places with consecutive numbers.
#[derive(Debug, Clone, Copy)]
struct NumberSign {
    first: usize,
    last: usize,
    /// The middle of its places.
    spot: DrawingPoint,
    /// Where it is drawn.
    at: DrawingPoint,
}

/// Draws the map; `None` where nothing has a position.
pub fn draw(content: &PlacesMapContent) -> Option<Markup> {
    let letters = if content.for_screen { SCREEN_LETTERS } else { 1.0 };
    let view = MapView::spanning(&extent(content), MARGIN, LEAST_M)?.with_letters(letters);
    let mut board = LabelBoard::default();
    board.occupy(north_arrow_box());
    board.occupy(scale_bar_box());
    let spots: Vec<DrawingPoint> = content.places.iter().map(|it| view.point(it.position)).collect();
    let signs = placed_signs(&spots, content.places, &mut board);
    let districts = outline::names(content.districts, &view, &mut board);
    let names = land::names(content.land, &view, &mut board);
    Some(html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (one_decimal(WIDTH)) " " (one_decimal(HEIGHT)) }
            role="group" aria-label=(content.label) fill="#000" {
            rect class="land-paper" width=(one_decimal(WIDTH)) height=(one_decimal(HEIGHT)) fill="#fff" {}
            (land::ground(content.land, &view))
            (outline::outlines(content.districts, &view))
            (focus_outline(content, &view))
            (names)
            (districts)
            (north_arrow_of(content.north))
            (scale_bar(&view))
            @for sign in &signs { (drawn_sign(sign, content)) }
            rect x="1.5" y="1.5" width=(one_decimal(WIDTH - 3.0)) height=(one_decimal(HEIGHT - 3.0)) fill="none" stroke="#000" stroke-width="3" {}
        }
    })
}

/// What must be in view: the places and the district; without either, the municipality.
fn extent(content: &PlacesMapContent) -> Vec<Position> {
    let corners = |bbox: [f64; 4]| {
        [(bbox[0], bbox[1]), (bbox[2], bbox[3])].into_iter().filter_map(|(lon, lat)| Position::new(lon, lat).ok())
    };
    let focus = content.focus.and_then(|id| content.districts.by_id(id)).and_then(drawn_outline);
    let mut extent: Vec<Position> = content.places.iter().map(|place| place.position).collect();
    extent.extend(focus.and_then(Area::bbox).into_iter().flat_map(corners));
    if extent.is_empty() {
        extent.extend(content.land.bbox().into_iter().flat_map(corners));
    }
    extent
}

fn drawn_outline(district: &District) -> Option<&Area> {
    district.boundary.as_ref().or(district.sketch.as_ref())
}

fn focus_outline(content: &PlacesMapContent, view: &MapView) -> Markup {
    let focus = content.focus.and_then(|id| content.districts.by_id(id)).and_then(drawn_outline);
    let path = focus.map(|area| outline::area_path(area, view)).unwrap_or_default();
    html! { @if !path.is_empty() { path d=(path) fill="none" stroke="#333" stroke-width="4.5" stroke-linejoin="round" {} } }
}

/// Signs that overlap nothing: places too close for a sign each share one. Where there is no room even so, so many neighbours on the
/// list share one that there is.
fn placed_signs(spots: &[DrawingPoint], places: &[NumberedPlace], board: &mut LabelBoard) -> Vec<NumberSign> {
    let by_distance = SHARED.iter().map(|shared| runs(spots, places, |_, apart| apart < *shared));
    let by_count = (1..).map(|power| runs(spots, places, move |count, _| count < 1 << power));
    for signs in by_distance.chain(by_count) {
        let mut attempt = board.clone();
        let is_last = signs.len() <= 1;
        let fitting: Option<Vec<NumberSign>> = signs.iter().map(|sign| placed(*sign, &mut attempt)).collect();
        if let Some(fitting) = fitting {
            *board = attempt;
            return fitting;
        }
        if is_last {
            return signs;
        }
    }
    Vec::new()
}

/// Consecutive places, as far as `joins` the sign before: by the number of its places, and how far from its first the next one is.
fn runs(spots: &[DrawingPoint], places: &[NumberedPlace], joins: impl Fn(usize, f64) -> bool) -> Vec<NumberSign> {
    let mut signs: Vec<NumberSign> = Vec::new();
    for (spot, place) in spots.iter().zip(places) {
        let joins =
            |sign: &NumberSign| joins(1 + sign.last - sign.first, (sign.spot.x - spot.x).hypot(sign.spot.y - spot.y));
        match signs.last_mut().filter(|sign| joins(sign)) {
            Some(sign) => sign.last = place.number,
            None => signs.push(NumberSign { first: place.number, last: place.number, spot: *spot, at: *spot }),
        }
    }
    signs
}

fn placed(sign: NumberSign, board: &mut LabelBoard) -> Option<NumberSign> {
    let at = board.room_near(sign.spot, (half_width(&sign) + 5.0, HALF + 5.0), &ASIDE)?;
    Some(NumberSign { at, ..sign })
}

fn half_width(sign: &NumberSign) -> f64 {
    (label_width(&text_of(sign), LARGE) / 2.0 + 10.0).max(HALF)
}

fn text_of(sign: &NumberSign) -> String {
    let NumberSign { first, last, .. } = sign;
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

/// A sign, filled where the position is exact and dashed where it is not; one that was moved aside keeps a line to its place.
fn drawn_sign(sign: &NumberSign, content: &PlacesMapContent) -> Markup {
    let of_sign = |place: &&NumberedPlace| (sign.first..=sign.last).contains(&place.number);
    let places: Vec<&NumberedPlace> = content.places.iter().filter(of_sign).collect();
    let (address, name) = match places.as_slice() {
        [one] if content.places.len() == 1 => (one.address.clone(), format!("{ALONE} {}", one.name)),
        [one] => (one.address.clone(), format!("{} {}", one.number, one.name)),
        _ => {
            let several = fill(content.several, &[("from", &sign.first.to_string()), ("to", &sign.last.to_string())]);
            // The name begins with what is seen (WCAG 2.5.3).
            (format!("{}#n{}", content.list, sign.first), format!("{} {several}", text_of(sign)))
        }
    };
    let rough = places.iter().all(|place| place.rough);
    let (back, ink, dashes) = if rough { ("#fff", "#000", Some("9 6")) } else { ("#000", "#fff", None) };
    let (wide, NumberSign { spot, at, .. }) = (half_width(sign), sign);
    let moved = (spot.x - at.x).hypot(spot.y - at.y) > 1.0;
    html! {
        a href=(address) aria-label=(name) {
            title { (name) }
            @if moved {
                line x1=(one_decimal(spot.x)) y1=(one_decimal(spot.y)) x2=(one_decimal(at.x)) y2=(one_decimal(at.y)) stroke="#000" stroke-width="3" {}
                circle cx=(one_decimal(spot.x)) cy=(one_decimal(spot.y)) r="6" {}
            }
            rect x=(one_decimal(at.x - wide)) y=(one_decimal(at.y - HALF)) width=(one_decimal(wide * 2.0)) height=(one_decimal(HALF * 2.0)) rx=(one_decimal(HALF))
                fill=(back) stroke="#000" stroke-width="4" stroke-dasharray=[dashes] {}
            text x=(one_decimal(at.x)) y=(one_decimal(at.y + LARGE * 0.36)) font-size=(one_decimal(LARGE)) font-weight="bold"
                text-anchor="middle" fill=(ink) { @if content.places.len() > 1 { (text_of(sign)) } @else { (ALONE) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::labels::LabelBox;
    use super::*;

    fn sign_box(sign: &NumberSign) -> LabelBox {
        LabelBox::around(sign.at, half_width(sign), HALF)
    }

    fn place(number: usize, lon: f64, lat: f64) -> NumberedPlace {
        let position = Position::new(lon, lat).unwrap();
        NumberedPlace {
            number,
            name: format!("<b>{number}"),
            position,
            rough: false,
            address: format!("/places/{number}"),
        }
    }

    fn drawn(places: &[NumberedPlace]) -> String {
        let content = PlacesMapContent {
            land: &LandMap::default(),
            districts: &DistrictTable::default(),
            focus: None,
            places,
            label: "地図",
            north: "北",
            several: "{from}から{to}",
            list: "/print",
            for_screen: false,
        };
        draw(&content).map(Markup::into_string).unwrap_or_default()
    }

    #[test]
    fn every_place_is_a_link_and_places_on_one_spot_share_one() {
        let svg = drawn(&[place(1, 134.7, 35.3), place(2, 134.7, 35.3), place(3, 134.8, 35.4)]);
        assert!(svg.contains("href=\"/print#n1\" aria-label=\"1-2 1から2\""), "{svg}");
        assert!(svg.contains("href=\"/places/3\" aria-label=\"3 &lt;b&gt;3\""), "{svg}");
    }

    #[test]
    fn a_map_of_nothing_is_none() {
        assert_eq!(drawn(&[]), "");
    }

    proptest! {
        #[test]
        fn signs_overlap_nothing_and_stand_for_every_place(
            points in prop::collection::vec((134.0f64..134.3, 35.0f64..35.2), 1..60),
        ) {
            let places: Vec<NumberedPlace> = (1..).zip(&points).map(|(n, (lon, lat))| place(n, *lon, *lat)).collect();
            let positions: Vec<Position> = places.iter().map(|it| it.position).collect();
            let view = MapView::spanning(&positions, MARGIN, LEAST_M).unwrap();
            let spots: Vec<DrawingPoint> = positions.iter().map(|it| view.point(*it)).collect();
            let signs = placed_signs(&spots, &places, &mut LabelBoard::default());
            let numbers: Vec<usize> = signs.iter().flat_map(|sign| sign.first..=sign.last).collect();
            prop_assert_eq!(numbers, (1..=places.len()).collect::<Vec<_>>());
            for (nth, sign) in signs.iter().enumerate() {
                prop_assert!(signs[..nth].iter().all(|other| !sign_box(sign).meets(&sign_box(other))));
            }
        }
    }
}
