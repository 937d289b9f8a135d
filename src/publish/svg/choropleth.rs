//! Choropleth map: districts shaded by their released number of unmet needs. This module does no I/O.

use geo::{Coord, LineString, MapCoords as _, MultiPolygon};
use maud::{Markup, html};

use crate::gaps::unmet::{MapChoice, UnmetTable};
use crate::model::BATCH_SIZE;
use crate::model::line_simplification::simplified_area;
use crate::model::{Area, District, DistrictTable};
use crate::publish::link_worker_messages::catalogue;

/// Width of the view box, in user units; a phone shows it at about half of that in pixels.
const WIDTH: f64 = 640.0;
/// Margin around all outlines, in user units.
const MARGIN: f64 = 8.0;
/// Tolerance of line simplification (Ramer–Douglas–Peucker), in user units.
const TOLERANCE: f64 = 0.4;
/// Radius of the circle that stands for a district without an outline, in user units.
const DOT: f64 = 26.0;

/// Class breaks: the lowest count of each of four classes. Class 0, below the first break, holds suppressed counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ColourClasses([u32; 4]);

impl ColourClasses {
    /// Breaks at 3, 6, 12 and 24; for larger maxima, the last three are doubled until `most` is below twice the last.
    fn for_most(most: u32) -> Self {
        let mut times = 1;
        while 48 * times <= most {
            times *= 2;
        }
        Self([BATCH_SIZE, 6 * times, 12 * times, 24 * times])
    }

    /// The class of a count: 0 if it is suppressed, else 1 to 4.
    fn class_of(self, count: u32) -> usize {
        self.0.iter().filter(|least| count >= **least).count()
    }

    /// The legend entry of a class.
    fn legend_text(self, class: usize) -> String {
        let messages = catalogue("unmet");
        let Some(from) = class.checked_sub(1).map(|at| self.0[at]) else {
            return messages.text("legend.held").to_owned();
        };
        let (text, to) = (from.to_string(), self.0.get(class).map(|next| next - BATCH_SIZE));
        match to {
            None => messages.fill("legend.last", &[("from", &text)]),
            Some(to) if to == from => messages.fill("legend.one", &[("from", &text)]),
            Some(to) => messages.fill("legend.range", &[("from", &text), ("to", &to.to_string())]),
        }
    }
}

/// Draws the choropleth map with its legend; a sentence if the municipality has no districts.
pub fn map(districts: &DistrictTable, table: &UnmetTable, choice: &MapChoice) -> Markup {
    let messages = catalogue("unmet");
    let Some(sheet) = MapSheet::around(districts.all()) else {
        return html! { p { (messages.text("map.none")) } };
    };
    let counts = table.districts.iter().map(|row| row.shown(choice));
    let rows: Vec<(&District, u32)> = districts.all().iter().zip(counts).collect();
    let classes = ColourClasses::for_most(rows.iter().map(|(_, count)| *count).max().unwrap_or(0));
    html! {
        figure class="unmet-map" {
            svg role="img" aria-label=(messages.text("map.label")) viewBox={ "0 0 " (WIDTH) " " (format!("{:.0}", sheet.height)) } {
                (hatch_pattern("held"))
                @for (district, count) in &rows { (sheet.shape(district, classes.class_of(*count))) }
                @for (district, count) in &rows { (sheet.label(district, *count, classes.class_of(*count))) }
            }
            figcaption {
                span class="visually-hidden" { (messages.text("legend.heading")) }
                ul class="unmet-legend" { @for class in 0..=classes.0.len() {
                    li {
                        svg aria-hidden="true" viewBox="0 0 36 22" width="36" height="22" {
                            @if class == 0 { (hatch_pattern("held-sample")) }
                            rect x="1" y="1" width="34" height="20" class={ "district class-" (class) }
                                fill=[(class == 0).then_some("url(#held-sample)")] {}
                        }
                        (classes.legend_text(class))
                    }
                } }
            }
        }
    }
}

/// A hatch pattern for suppressed counts: unlike a colour, it stays distinct in grayscale and in print.
fn hatch_pattern(id: &str) -> Markup {
    html! {
        defs { pattern id=(id) patternUnits="userSpaceOnUse" width="7" height="7" patternTransform="rotate(45)" {
            rect class="hatch-ground" width="7" height="7" {}
            line class="hatch-line" x1="0" y1="0" x2="0" y2="7" {}
        } }
    }
}

/// Projects degrees to user units: equirectangular around the middle of all districts.
struct MapSheet {
    west: f64,
    north: f64,
    /// User units per degree of longitude, and of latitude.
    scale: (f64, f64),
    height: f64,
}

impl MapSheet {
    /// Fits all districts into the width; `None` without districts.
    fn around(districts: &[District]) -> Option<Self> {
        let bounds = |district: &District| {
            let outline = district.drawn().and_then(Area::bbox);
            outline.or_else(|| district.centre.map(|at| [at.lon(), at.lat(), at.lon(), at.lat()]))
        };
        let all = districts.iter().filter_map(bounds);
        let [west, south, east, north] =
            all.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])?;
        let narrowing = f64::midpoint(south, north).to_radians().cos().max(0.01);
        // A municipality is no wider than a few degrees and no narrower than a hundred metres.
        let across = ((east - west) * narrowing).max((north - south) / 1.5).max(0.001);
        let edge = MARGIN + DOT;
        let units = (WIDTH - 2.0 * edge) / across;
        let spare = (across - (east - west) * narrowing) / 2.0 / narrowing;
        let height = (north - south) * units + 2.0 * edge;
        let scale = (units * narrowing, units);
        Some(Self { west: west - spare - edge / scale.0, north: north + edge / scale.1, scale, height })
    }

    /// Projects a longitude and latitude.
    fn at(&self, Coord { x, y }: Coord<f64>) -> Coord<f64> {
        Coord { x: (x - self.west) * self.scale.0, y: (self.north - y) * self.scale.1 }
    }

    /// The outline of a district in the colour of its class; a circle without an outline.
    fn shape(&self, district: &District, class: usize) -> Markup {
        let hatch = (class == 0).then_some("url(#held)");
        let outline = district.drawn().map(|area| self.path(area.polygons())).filter(|path| !path.is_empty());
        html! {
            @if let Some(path) = outline { path class={ "district class-" (class) } fill=[hatch] d=(path) {} }
            @else if let Some(centre) = self.centre(district) { circle class={ "district class-" (class) } fill=[hatch] cx=(one_decimal(centre.x)) cy=(one_decimal(centre.y)) r=(DOT) {} }
        }
    }

    /// The name and count of a district.
    fn label(&self, district: &District, count: u32, class: usize) -> Markup {
        let messages = catalogue("unmet");
        let Some(Coord { x, y }) = self.centre(district) else { return html! {} };
        let text = if count == 0 { messages.text("held.sign").to_owned() } else { count.to_string() };
        html! {
            text class={ "on-class-" (class) } x=(one_decimal(x)) y=(one_decimal(y)) {
                tspan class="name" x=(one_decimal(x)) dy="-2" { (district.name) }
                tspan class="number" x=(one_decimal(x)) dy="22" { (text) }
            }
        }
    }

    /// Where the label of a district stands; `None` where nobody knows where it is: the table has its number.
    fn centre(&self, district: &District) -> Option<Coord<f64>> {
        district.centre.map(|at| self.at(Coord { x: at.lon(), y: at.lat() }))
    }

    /// An outline as SVG path data, simplified.
    fn path(&self, area: &MultiPolygon<f64>) -> String {
        let drawn = simplified_area(&area.map_coords(|corner| self.at(corner)), TOLERANCE);
        let rings = drawn.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        rings.filter(|ring| ring.0.len() > 3).map(ring_path).collect()
    }
}

/// A ring as a closed subpath.
fn ring_path(ring: &LineString<f64>) -> String {
    let corners: Vec<String> = ring.coords().map(|at| format!("{} {}", one_decimal(at.x), one_decimal(at.y))).collect();
    format!("M{}Z", corners.join("L"))
}

/// User units with one decimal, which is finer than a pixel.
fn one_decimal(units: f64) -> String {
    format!("{units:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_holds_what_the_legend_says() {
        let text = |most| {
            let classes = ColourClasses::for_most(most);
            (0..=4).map(|class| classes.legend_text(class)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(text(45), "3件未満 3件 6〜9件 12〜21件 24件以上");
        assert_eq!(text(99), "3件未満 3〜21件 24〜45件 48〜93件 96件以上");
        assert_eq!(
            [0, 3, 6, 9, 12, 21, 24, 300].map(|count| ColourClasses::for_most(24).class_of(count)),
            [0, 1, 2, 2, 3, 3, 4, 4]
        );
    }
}
