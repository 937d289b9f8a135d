//! From degrees to the paper: a local plane in metres, as large as fits. This module does no I/O.

use crate::model::Position;
use crate::model::position::EARTH_RADIUS_M;

/// Units of the drawing from side to side: 186 mm on paper.
pub(super) const WIDTH: f64 = 1_000.0;
/// Units from top to bottom.
pub(super) const HEIGHT: f64 = 740.0;
/// Units that stay free around all points.
const MARGIN: f64 = 110.0;
/// Metres that the map shows at least: nearer, nothing would tell where it is.
const LEAST_M: f64 = 1_500.0;
/// The same around a single point: then only the districts around tell where it is.
const ALONE_M: f64 = 9_000.0;

/// A point of the drawing, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DrawingPoint {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Which part of the Earth is drawn, and how large.
#[derive(Debug, Clone, Copy)]
pub(super) struct MapView {
    lon: f64,
    lat: f64,
    units_a_metre: f64,
}

impl MapView {
    /// The smallest part that holds all of `positions`; `None` where there is none.
    pub(super) fn around(positions: &[Position]) -> Option<Self> {
        let first = positions.first()?;
        let around = positions.iter().fold([first.lon(), first.lat(), first.lon(), first.lat()], |box_, it| {
            [box_[0].min(it.lon()), box_[1].min(it.lat()), box_[2].max(it.lon()), box_[3].max(it.lat())]
        });
        let (lon, lat) = (f64::midpoint(around[0], around[2]), f64::midpoint(around[1], around[3]));
        let unscaled = Self { lon, lat, units_a_metre: 1.0 };
        let (wide, high) = unscaled.metres(around[2], around[3]);
        let least = if wide.max(high) < 1.0 { ALONE_M } else { LEAST_M };
        let fits = |units: f64, metres: f64| (units - 2.0 * MARGIN) / (2.0 * metres).max(least);
        Some(Self { units_a_metre: fits(WIDTH, wide).min(fits(HEIGHT, high)), ..unscaled })
    }

    /// Metres to the east and north of the middle.
    fn metres(&self, lon: f64, lat: f64) -> (f64, f64) {
        let east = (lon - self.lon).to_radians() * EARTH_RADIUS_M * self.lat.to_radians().cos();
        (east, (lat - self.lat).to_radians() * EARTH_RADIUS_M)
    }

    /// Where degrees lie on the drawing.
    pub(super) fn at(&self, lon: f64, lat: f64) -> DrawingPoint {
        let (east, north) = self.metres(lon, lat);
        DrawingPoint { x: WIDTH / 2.0 + east * self.units_a_metre, y: HEIGHT / 2.0 - north * self.units_a_metre }
    }

    pub(super) fn point(&self, position: Position) -> DrawingPoint {
        self.at(position.lon(), position.lat())
    }

    /// How large a metre is.
    pub(super) fn units_a_metre(&self) -> f64 {
        self.units_a_metre
    }

    /// The longest round length that is at most `units` long: metres, and in words.
    pub(super) fn round_length(&self, units: f64) -> (f64, String) {
        let most = units / self.units_a_metre;
        let ten = 10f64.powf(most.log10().floor());
        let metres = [5.0, 2.0, 1.0].into_iter().map(|n| n * ten).find(|it| *it <= most).unwrap_or(ten);
        let words = if metres < 1_000.0 { format!("{metres:.0}m") } else { format!("{:.0}km", metres / 1_000.0) };
        (metres, words)
    }
}

/// A number of the drawing with at most one decimal, without a sign before nothing.
pub(super) fn short(number: f64) -> String {
    let tenths = (number * 10.0).round() / 10.0;
    if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() }
}
