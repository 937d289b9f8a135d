//! Radar chart of the six axes: empty, to draw in by hand or by script. This module does no I/O.

use std::f64::consts::PI;

use maud::{Markup, html};

/// Radius of the outermost ring, in user units.
pub(super) const RADIUS: f64 = 100.0;
/// The values of the rings.
const RINGS: [u32; 5] = [2, 4, 6, 8, 10];

/// The point of `value` (0 to 10) on axis `at` of six; the first axis points up, the others follow clockwise.
fn point(at: usize, value: f64) -> (f64, f64) {
    let angle = PI / 3.0 * f64::from(u32::try_from(at).unwrap_or_default()) - PI / 2.0;
    let length = RADIUS * value / 10.0;
    (length * angle.cos(), length * angle.sin())
}

/// The corners of a ring as SVG points.
fn corners(value: f64) -> String {
    let corner = |at| point(at, value);
    (0..6).map(corner).map(|(x, y)| format!("{x:.2},{y:.2}")).collect::<Vec<_>>().join(" ")
}

/// The empty chart; a script draws the two lines into the groups at the end.
pub(super) fn empty_chart(names: &[&str; 6], alt: &str) -> Markup {
    html! {
        svg class="radar-chart" viewBox="-165 -128 330 262" role="img" aria-label=(alt) data-radius=(RADIUS) {
            @for ring in RINGS { polygon class="ring" points=(corners(f64::from(ring))) {} }
            @for at in 0..6 {
                @let (x, y) = point(at, 10.0);
                line class="spoke" x1="0" y1="0" x2=(format!("{x:.2}")) y2=(format!("{y:.2}")) {}
            }
            @for ring in RINGS {
                @let (_, y) = point(0, f64::from(ring));
                text class="ring-name" x="3" y=(format!("{:.2}", y + 7.5)) { (ring) }
            }
            @for (at, name) in names.iter().enumerate() { (axis_name(at, name)) }
            g data-line="later" {}
            g data-line="now" {}
        }
    }
}

/// The label at the end of an axis.
fn axis_name(at: usize, name: &str) -> Markup {
    let (x, y) = point(at, 11.0);
    let anchor = if x.abs() < 1.0 {
        "middle"
    } else if x > 0.0 {
        "start"
    } else {
        "end"
    };
    html! { text class="axis-name" x=(format!("{x:.2}")) y=(format!("{:.2}", y + 5.0)) text-anchor=(anchor) { (name) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_axis_points_up_and_the_others_go_round_with_the_clock() {
        let near = |(x, y): (f64, f64), (a, b): (f64, f64)| (x - a).abs() < 0.01 && (y - b).abs() < 0.01;
        assert!(near(point(0, 10.0), (0.0, -100.0)));
        assert!(near(point(1, 10.0), (86.60, -50.0)));
        assert!(near(point(3, 5.0), (0.0, 50.0)));
        assert!(near(point(4, 0.0), (0.0, 0.0)));
    }
}
