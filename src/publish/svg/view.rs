//! Map projection: a local equirectangular plane in metres, scaled to fit the paper. This module does no I/O.

use crate::model::Position;
use crate::model::position::EARTH_RADIUS_M;

/// Width of the view box, in user units: 186 mm on paper.
pub(super) const WIDTH: f64 = 1_000.0;
/// Height of the view box, in user units.
pub(super) const HEIGHT: f64 = 740.0;
/// Margin around all points, in user units.
const MARGIN: f64 = 110.0;
/// The least extent, in metres: a smaller map would show no landmark.
const LEAST_M: f64 = 1_500.0;
/// The least extent around a single point, in metres: only the districts around it show where it is.
const ALONE_M: f64 = 9_000.0;

/// A point in user units, from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DrawingPoint {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// The centre of the map, in degrees, and its scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct MapView {
    lon: f64,
    lat: f64,
    units_per_metre: f64,
    /// How much larger names are than on paper.
    letters: f64,
}

impl MapView {
    /// The largest scale at which all `positions` fit; `None` without positions.
    pub(super) fn around(positions: &[Position]) -> Option<Self> {
        Self::within_margin(positions, MARGIN)
    }

    /// The same with a margin of `margin` user units.
    pub(super) fn within_margin(positions: &[Position], margin: f64) -> Option<Self> {
        let is_spot = positions.iter().all(|it| it.distance_to(positions[0]).0 < 1.0);
        Self::spanning(positions, margin, if is_spot { ALONE_M } else { LEAST_M })
    }

    /// The same with an extent of at least `least` metres.
    pub(super) fn spanning(positions: &[Position], margin: f64, least: f64) -> Option<Self> {
        let first = positions.first()?;
        let around = positions.iter().fold([first.lon(), first.lat(), first.lon(), first.lat()], |box_, it| {
            [box_[0].min(it.lon()), box_[1].min(it.lat()), box_[2].max(it.lon()), box_[3].max(it.lat())]
        });
        let (lon, lat) = (f64::midpoint(around[0], around[2]), f64::midpoint(around[1], around[3]));
        let unscaled = Self { lon, lat, units_per_metre: 1.0, letters: 1.0 };
        let (wide, high) = unscaled.metres(around[2], around[3]);
        let fits = |units: f64, metres: f64| (units - 2.0 * margin) / (2.0 * metres).max(least);
        Some(Self { units_per_metre: fits(WIDTH, wide).min(fits(HEIGHT, high)), ..unscaled })
    }

    /// The same with names `times` as large, for a small map on a telephone.
    pub(super) fn with_letters(self, times: f64) -> Self {
        Self { letters: times, ..self }
    }

    /// A font size of paper on this map.
    pub(super) fn font(&self, size: f64) -> f64 {
        size * self.letters
    }

    /// Metres east and north of the centre.
    fn metres(&self, lon: f64, lat: f64) -> (f64, f64) {
        let east = (lon - self.lon).to_radians() * EARTH_RADIUS_M * self.lat.to_radians().cos();
        (east, (lat - self.lat).to_radians() * EARTH_RADIUS_M)
    }

    /// Projects a longitude and latitude.
    pub(super) fn at(&self, lon: f64, lat: f64) -> DrawingPoint {
        let (east, north) = self.metres(lon, lat);
        DrawingPoint { x: WIDTH / 2.0 + east * self.units_per_metre, y: HEIGHT / 2.0 - north * self.units_per_metre }
    }

    /// Projects a position.
    pub(super) fn point(&self, position: Position) -> DrawingPoint {
        self.at(position.lon(), position.lat())
    }

    /// The longitude and latitude of the middle.
    pub(super) fn centre(&self) -> (f64, f64) {
        (self.lon, self.lat)
    }

    /// The scale, in user units per metre.
    pub(super) fn units_per_metre(&self) -> f64 {
        self.units_per_metre
    }

    /// The longest round length of at most `units`, in metres, with its text (`500m`, `2km`).
    pub(super) fn round_length(&self, units: f64) -> (f64, String) {
        let most = units / self.units_per_metre;
        let ten = 10f64.powf(most.log10().floor());
        let metres = [5.0, 2.0, 1.0].into_iter().map(|n| n * ten).find(|it| *it <= most).unwrap_or(ten);
        let text = if metres < 1_000.0 { format!("{metres:.0}m") } else { format!("{:.0}km", metres / 1_000.0) };
        (metres, text)
    }
}

/// Formats user units with at most one decimal; never `-0`.
pub(super) fn one_decimal(number: f64) -> String {
    let tenths = (number * 10.0).round() / 10.0;
    if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() }
}
