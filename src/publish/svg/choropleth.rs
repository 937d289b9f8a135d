//! The districts as a drawing, shaded by how many needs were not met. This module does no I/O.

use geo::{Coord, LineString, MapCoords as _, MultiPolygon, Simplify as _};
use maud::{Markup, html};

use crate::gaps::unmet::{BATCH_SIZE, MapChoice, UnmetTable};
use crate::model::{Area, District, DistrictTable};
use crate::publish::link_worker_messages::texts;

/// The drawing's width in its own units; a phone shows it at about half of that.
const WIDTH: f64 = 640.0;
/// Empty space around it.
const MARGIN: f64 = 8.0;
/// Corners nearer than this to the line are left out.
const TOLERANCE: f64 = 0.4;
/// The radius of a district of which no outline is known.
const DOT: f64 = 26.0;

/// The lowest number of each of four classes; below the first is what is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ColourClasses([u32; 4]);

impl ColourClasses {
    /// 3, 6, 12, 24 for as long as that tells districts apart; then twice as much above the first, and so on.
    fn for_most(most: u32) -> Self {
        let mut times = 1;
        while 48 * times <= most {
            times *= 2;
        }
        Self([BATCH_SIZE, 6 * times, 12 * times, 24 * times])
    }

    /// 0 for what is held back, else 1 to 4.
    fn of(self, count: u32) -> usize {
        self.0.iter().filter(|least| count >= **least).count()
    }

    /// What the legend says of a class.
    fn name(self, class: usize) -> String {
        let words = texts("unmet");
        let Some(from) = class.checked_sub(1).map(|at| self.0[at]) else { return words.text("legend.held").to_owned() };
        let (text, to) = (from.to_string(), self.0.get(class).map(|next| next - BATCH_SIZE));
        match to {
            None => words.fill("legend.last", &[("from", &text)]),
            Some(to) if to == from => words.fill("legend.one", &[("from", &text)]),
            Some(to) => words.fill("legend.range", &[("from", &text), ("to", &to.to_string())]),
        }
    }
}

/// The map with its legend; a sentence where there is nothing to draw.
pub fn map(districts: &DistrictTable, table: &UnmetTable, choice: &MapChoice) -> Markup {
    let words = texts("unmet");
    let Some(sheet) = MapSheet::around(districts.all()) else {
        return html! { p { (words.text("map.none")) } };
    };
    let counts = table.districts.iter().map(|row| row.shown(choice));
    let rows: Vec<(&District, u32)> = districts.all().iter().zip(counts).collect();
    let classes = ColourClasses::for_most(rows.iter().map(|(_, count)| *count).max().unwrap_or(0));
    html! {
        figure class="unmet-map" {
            svg role="img" aria-label=(words.text("map.label")) viewBox={ "0 0 " (WIDTH) " " (format!("{:.0}", sheet.height)) } {
                (hatching("held"))
                @for (district, count) in &rows { (sheet.shape(district, classes.of(*count))) }
                @for (district, count) in &rows { (sheet.label(district, *count, classes.of(*count))) }
            }
            figcaption {
                span class="quiet" { (words.text("legend.heading")) }
                ul class="unmet-legend" { @for class in 0..=classes.0.len() {
                    li {
                        svg aria-hidden="true" viewBox="0 0 36 22" width="36" height="22" {
                            @if class == 0 { (hatching("held-sample")) }
                            rect x="1" y="1" width="34" height="20" class={ "district class-" (class) }
                                fill=[(class == 0).then_some("url(#held-sample)")] {}
                        }
                        (classes.name(class))
                    }
                } }
            }
        }
    }
}

/// Lines that stay what they are in grey and in print.
fn hatching(id: &str) -> Markup {
    html! {
        defs { pattern id=(id) patternUnits="userSpaceOnUse" width="7" height="7" patternTransform="rotate(45)" {
            rect class="hatch-ground" width="7" height="7" {}
            line class="hatch-line" x1="0" y1="0" x2="0" y2="7" {}
        } }
    }
}

/// Degrees as units of the drawing.
struct MapSheet {
    west: f64,
    north: f64,
    /// Units a degree of longitude, and of latitude.
    scale: (f64, f64),
    height: f64,
}

impl MapSheet {
    fn around(districts: &[District]) -> Option<Self> {
        let of = |district: &District| {
            let outline = district.boundary.as_ref().and_then(Area::bbox);
            outline.unwrap_or([
                district.centre.lon(),
                district.centre.lat(),
                district.centre.lon(),
                district.centre.lat(),
            ])
        };
        let all = districts.iter().map(of);
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

    fn at(&self, Coord { x, y }: Coord<f64>) -> Coord<f64> {
        Coord { x: (x - self.west) * self.scale.0, y: (self.north - y) * self.scale.1 }
    }

    fn shape(&self, district: &District, class: usize) -> Markup {
        let held = (class == 0).then_some("url(#held)");
        let outline = district.boundary.as_ref().map(|area| self.path(area.polygons())).filter(|path| !path.is_empty());
        let centre = self.centre(district);
        html! {
            @if let Some(path) = outline { path class={ "district class-" (class) } fill=[held] d=(path) {} }
            @else { circle class={ "district class-" (class) } fill=[held] cx=(number(centre.x)) cy=(number(centre.y)) r=(DOT) {} }
        }
    }

    fn label(&self, district: &District, count: u32, class: usize) -> Markup {
        let words = texts("unmet");
        let Coord { x, y } = self.centre(district);
        let said = if count == 0 { words.text("held.sign").to_owned() } else { count.to_string() };
        html! {
            text class={ "on-class-" (class) } x=(number(x)) y=(number(y)) {
                tspan class="name" x=(number(x)) dy="-2" { (district.name) }
                tspan class="number" x=(number(x)) dy="22" { (said) }
            }
        }
    }

    fn centre(&self, district: &District) -> Coord<f64> {
        self.at(Coord { x: district.centre.lon(), y: district.centre.lat() })
    }

    fn path(&self, area: &MultiPolygon<f64>) -> String {
        let drawn = area.map_coords(|corner| self.at(corner)).simplify(TOLERANCE);
        let rings = drawn.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        rings.filter(|ring| ring.0.len() > 3).map(ring_path).collect()
    }
}

fn ring_path(ring: &LineString<f64>) -> String {
    let corners: Vec<String> = ring.coords().map(|at| format!("{} {}", number(at.x), number(at.y))).collect();
    format!("M{}Z", corners.join("L"))
}

/// A tenth of a unit is finer than anybody sees.
fn number(units: f64) -> String {
    format!("{units:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_holds_what_the_legend_says() {
        let said = |most| {
            let classes = ColourClasses::for_most(most);
            (0..=4).map(|class| classes.name(class)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(said(45), "3件未満 3件 6〜9件 12〜21件 24件以上");
        assert_eq!(said(99), "3件未満 3〜21件 24〜45件 48〜93件 96件以上");
        assert_eq!(
            [0, 3, 6, 9, 12, 21, 24, 300].map(|count| ColourClasses::for_most(24).of(count)),
            [0, 1, 2, 2, 3, 3, 4, 4]
        );
    }
}
