//! The planners' map: districts by the share of people out of reach, small areas by how many they are, places, and numbered sites.
//! This module does no I/O.

use maud::{Markup, html};

use super::labels::{self, LabelBoard, LabelBox};
use super::land;
use super::outline;
use super::view::{DrawingPoint, HEIGHT, MapView, WIDTH, one_decimal};
use super::{north_arrow_of, scale_bar, svg_text};
use crate::gaps::siting::ChosenSite;
use crate::index::LandMap;
use crate::model::{Area, District, Position};

/// Classes of shares and of accessibility.
pub const CLASSES: usize = 5;

/// Upper bounds of the shares of all classes but the last.
const SHARES: [f64; 4] = [0.1, 0.25, 0.5, 0.75];

/// Radius of the circle of the area with most people, in user units.
const LARGEST: f64 = 26.0;
/// Radius of the smallest circle that is still seen.
const SMALLEST: f64 = 3.0;
/// Radius of a place.
const PLACE: f64 = 3.5;
/// Half the width of a neighbour's place.
const NEIGHBOUR: f64 = 5.0;
/// Radius of a numbered site, and of the circle of a district without an outline.
const SITE: f64 = 20.0;
/// Margin around all outlines, in user units.
const MARGIN: f64 = 24.0;
/// Font size of labels.
const LABEL: f64 = 22.0;
/// How far from the middle of its district a label may stand, in user units, nearest first.
const LABEL_DISTANCES: [f64; 4] = [0.0, 30.0, 50.0, 70.0];

/// A district with its class, and the text for its label; without people it has neither.
#[derive(Debug)]
pub struct DistrictShade<'a> {
    /// The district.
    pub district: &'a District,
    /// 0 to [`CLASSES`] − 1.
    pub class: Option<usize>,
    /// The share, as text.
    pub label: Option<String>,
}

/// A small area, drawn in proportion to its people.
#[derive(Debug)]
pub struct AreaCircle {
    /// Its point.
    pub position: Position,
    /// The people that it stands for.
    pub people: f64,
    /// Its colour.
    pub class: usize,
    /// Its name and number, for a pointer that rests on it.
    pub title: String,
}

/// What the map shows.
#[derive(Debug)]
pub struct PlanMapContent<'a> {
    /// What lies below: its outline, lines and names.
    pub land: &'a LandMap,
    /// The outline of the municipality, simplified for a drawing of all of it.
    pub boundary: Option<&'a Area>,
    /// Its districts.
    pub districts: Vec<DistrictShade<'a>>,
    /// Small areas.
    pub areas: Vec<AreaCircle>,
    /// Places.
    pub places: Vec<Position>,
    /// Places of neighbouring municipalities.
    pub neighbours: Vec<Position>,
    /// Sites for new places, numbered from 1.
    pub sites: &'a [ChosenSite],
    /// The text alternative.
    pub label: &'a str,
    /// The letter of the north arrow.
    pub north: &'a str,
}

/// The class of a share of people out of reach.
pub fn class_of_share(share: f64) -> usize {
    SHARES.iter().filter(|bound| share > **bound).count()
}

/// The class of an accessibility, the least darkest, by its part of the greatest.
pub fn class_of_accessibility(accessibility: f64, most: f64) -> usize {
    if most <= 0.0 { CLASSES - 1 } else { class_of_share(1.0 - accessibility / most) }
}

/// Draws the map; `None` where nothing has a position. The `svg` names its centre and scale, from which a script knows where a
/// pin lies.
pub fn draw(content: &PlanMapContent) -> Option<Markup> {
    let view = MapView::within_margin(&extent(content), MARGIN)?;
    let (lon, lat) = view.centre();
    let largest = content.areas.iter().map(|area| area.people).fold(0.0, f64::max);
    let mut board = LabelBoard::default();
    content.sites.iter().for_each(|site| board.occupy(LabelBox::around(view.point(site.position), SITE, SITE)));
    Some(html! {
        svg role="img" aria-label=(content.label) viewBox={ "0 0 " (one_decimal(WIDTH)) " " (one_decimal(HEIGHT)) }
            data-lon=(lon) data-lat=(lat) data-units-per-metre=(view.units_per_metre()) {
            rect class="plan-water" width=(one_decimal(WIDTH)) height=(one_decimal(HEIGHT)) {}
            @if let Some(boundary) = content.boundary { path class="plan-land" d=(outline::overview_path(boundary, &view)) {} }
            @for shade in &content.districts { (district_shape(shade, &view)) }
            (land::lines(content.land, &view))
            @for place in &content.places { (place_dot(*place, &view)) }
            @for place in &content.neighbours { (neighbour_sign(*place, &view)) }
            @for area in &content.areas { (area_circle(area, largest, &view)) }
            @for shade in &content.districts { (district_label(shade, &view, &mut board)) }
            (land::names(content.land, &view, &mut board))
            @for (number, site) in content.sites.iter().enumerate() { (site_marker(number + 1, site, &view)) }
            (north_arrow_of(content.north))
            (scale_bar(&view))
        }
    })
}

/// The corners of what must be in view: districts and outline, else areas and places.
fn extent(content: &PlanMapContent) -> Vec<Position> {
    let corners = |bbox: [f64; 4]| {
        [(bbox[0], bbox[1]), (bbox[2], bbox[3])].into_iter().filter_map(|(lon, lat)| Position::new(lon, lat).ok())
    };
    let outlines = content.districts.iter().filter_map(|shade| shade.district.drawn());
    let boxes = content.boundary.into_iter().chain(outlines).filter_map(Area::bbox);
    let mut extent: Vec<Position> = boxes.flat_map(corners).collect();
    if extent.is_empty() {
        extent.extend(content.districts.iter().filter_map(|shade| shade.district.centre));
        extent.extend(content.areas.iter().map(|area| area.position));
        extent.extend(&content.places);
    }
    extent
}

fn district_shape(shade: &DistrictShade, view: &MapView) -> Markup {
    let class =
        shade.class.map_or_else(|| "plan-district".to_owned(), |class| format!("plan-district plan-class-{class}"));
    let path = shade.district.drawn().map(|area| outline::area_path(area, view)).filter(|path| !path.is_empty());
    let centre = shade.district.centre.map(|centre| view.point(centre));
    html! {
        @if let Some(path) = path { path class=(class) d=(path) {} }
        @else if let Some(centre) = centre { circle class=(class) cx=(one_decimal(centre.x)) cy=(one_decimal(centre.y)) r=(SITE) {} }
    }
}

/// The name and the share of a district, where there is room.
fn district_label(shade: &DistrictShade, view: &MapView, board: &mut LabelBoard) -> Markup {
    let Some(centre) = shade.district.centre.map(|centre| view.point(centre)) else { return html! {} };
    let name = labels::shortened_name(&shade.district.name);
    let widths = [Some(&name), shade.label.as_ref()].map(|text| text.map_or(0.0, |it| labels::label_width(it, LABEL)));
    let half_width = widths[0].max(widths[1]) / 2.0;
    // The name stands above the middle and the share below it.
    let Some(middle) = board.room_near(centre, (half_width, LABEL * 1.1), &LABEL_DISTANCES) else { return html! {} };
    let below = DrawingPoint { y: middle.y + LABEL * 0.9, ..middle };
    let middle = DrawingPoint { y: middle.y - LABEL * 0.1, ..middle };
    html! {
        g class="plan-label" {
            (svg_text(&name, middle, LABEL, "middle"))
            @if let Some(label) = &shade.label { (svg_text(label, below, LABEL, "middle")) }
        }
    }
}

fn place_dot(position: Position, view: &MapView) -> Markup {
    let at = view.point(position);
    html! { circle class="plan-place" cx=(one_decimal(at.x)) cy=(one_decimal(at.y)) r=(PLACE) {} }
}

/// A neighbour's place: a diamond, so that its form alone tells it apart.
fn neighbour_sign(position: Position, view: &MapView) -> Markup {
    let at = view.point(position);
    let (left, right, top, bottom) = (at.x - NEIGHBOUR, at.x + NEIGHBOUR, at.y - NEIGHBOUR, at.y + NEIGHBOUR);
    let [x, y] = [at.x, at.y].map(one_decimal);
    let corners = format!(
        "{x},{} {},{y} {x},{} {},{y}",
        one_decimal(top),
        one_decimal(right),
        one_decimal(bottom),
        one_decimal(left)
    );
    html! { polygon class="plan-neighbour" points=(corners) {} }
}

/// A circle whose area is in proportion to the people.
fn area_circle(area: &AreaCircle, largest: f64, view: &MapView) -> Markup {
    let at = view.point(area.position);
    let radius = (LARGEST * (area.people / largest).sqrt()).max(SMALLEST);
    html! {
        circle class={ "plan-area plan-class-" (area.class) } cx=(one_decimal(at.x)) cy=(one_decimal(at.y)) r=(one_decimal(radius)) {
            title { (area.title) }
        }
    }
}

fn site_marker(number: usize, site: &ChosenSite, view: &MapView) -> Markup {
    let at = view.point(site.position);
    html! {
        g class="plan-site" {
            circle cx=(one_decimal(at.x)) cy=(one_decimal(at.y)) r=(SITE) { title { (site.name) } }
            text x=(one_decimal(at.x)) y=(one_decimal(at.y + LABEL * 0.36)) font-size=(LABEL) text-anchor="middle" { (number) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_grows_with_the_share_that_is_missing() {
        assert_eq!([0.0, 0.1, 0.11, 0.5, 0.51, 0.76, 1.0].map(class_of_share), [0, 0, 1, 2, 3, 4, 4]);
        assert_eq!([0.0, 0.2, 0.5, 1.0].map(|n| class_of_accessibility(n, 1.0)), [4, 4, 2, 0]);
        assert_eq!(class_of_accessibility(0.0, 0.0), 4);
    }
}
