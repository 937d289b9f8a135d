//! Coordinate reference systems: their names, the order of their axes, and degrees of WGS 84 into them and back.
//!
//! EPSG:6668 (JGD2011) equals WGS 84 within a metre or so, which is less than a place's position is good for. This module does no
//! I/O.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

use crate::model::Position;

/// Radius of the sphere of Web Mercator in metres (EPSG:3857).
const MERCATOR_RADIUS_M: f64 = 6_378_137.0;
/// Half the side of the square that Web Mercator draws, in metres.
const MERCATOR_EDGE_M: f64 = MERCATOR_RADIUS_M * std::f64::consts::PI;

/// A coordinate reference system in which positions can be requested.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CoordinateSystem {
    /// OGC:CRS84: WGS 84, longitude first.
    #[default]
    Crs84,
    /// EPSG:4326: WGS 84, latitude first.
    Epsg4326,
    /// EPSG:3857: Web Mercator, metres east and north.
    Epsg3857,
    /// EPSG:6668: JGD2011, latitude first.
    Epsg6668,
}

impl CoordinateSystem {
    /// Every one, the default first.
    pub const ALL: [Self; 4] = [Self::Crs84, Self::Epsg4326, Self::Epsg3857, Self::Epsg6668];

    /// Its URI, as `Content-Crs` names it.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Epsg4326 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::Epsg3857 => "http://www.opengis.net/def/crs/EPSG/0/3857",
            Self::Epsg6668 => "http://www.opengis.net/def/crs/EPSG/0/6668",
        }
    }

    /// Its short name, of which `[EPSG:4326]` is the safe CURIE.
    fn short_name(self) -> &'static str {
        match self {
            Self::Crs84 => "OGC:CRS84",
            Self::Epsg4326 => "EPSG:4326",
            Self::Epsg3857 => "EPSG:3857",
            Self::Epsg6668 => "EPSG:6668",
        }
    }

    /// The system that `name` is the URI or the safe CURIE of.
    ///
    /// # Errors
    ///
    /// If it is none of [`ALL`](Self::ALL), with those that are.
    pub fn from_name(name: &str) -> Result<Self, String> {
        let curie = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let is = |it: &Self| name == it.uri() || curie == Some(it.short_name());
        let known = || Self::ALL.map(Self::uri).join(", ");
        Self::ALL.into_iter().find(is).ok_or_else(|| format!("it is none of {}", known()))
    }

    /// Whether the first of two coordinates is the latitude.
    pub fn is_latitude_first(self) -> bool {
        matches!(self, Self::Epsg4326 | Self::Epsg6668)
    }

    /// The coordinates with the one to the east first.
    pub fn easting_first(self, [first, second]: [f64; 2]) -> [f64; 2] {
        if self.is_latitude_first() { [second, first] } else { [first, second] }
    }

    /// The position at these coordinates.
    ///
    /// # Errors
    ///
    /// If they lie outside of the system.
    pub fn position(self, coordinates: [f64; 2]) -> Result<Position, String> {
        let [east, north] = self.easting_first(coordinates);
        if self != Self::Epsg3857 {
            return Position::new(east, north).map_err(|error| error.to_string());
        }
        // What was rounded to millimetres may lie so far outside.
        let edge = MERCATOR_EDGE_M + 1e-3;
        for metres in [east, north] {
            if !(-edge..=edge).contains(&metres) {
                return Err(format!("{metres} is not between -{MERCATOR_EDGE_M:.2} and {MERCATOR_EDGE_M:.2} metres"));
            }
        }
        let lon = (east / MERCATOR_RADIUS_M).to_degrees();
        let lat = (2.0 * (north / MERCATOR_RADIUS_M).exp().atan() - FRAC_PI_2).to_degrees();
        Position::new(lon.clamp(-180.0, 180.0), lat).map_err(|error| error.to_string())
    }

    /// The position in the plane of the system, the coordinate to the east first: degrees, or metres of Web Mercator.
    pub fn plane(self, at: Position) -> [f64; 2] {
        if self != Self::Epsg3857 {
            return [at.lon(), at.lat()];
        }
        let east = at.lon().to_radians() * MERCATOR_RADIUS_M;
        let north = (FRAC_PI_4 + at.lat().to_radians() / 2.0).tan().ln() * MERCATOR_RADIUS_M;
        // The poles are infinitely far north; the square ends before them.
        [east, north.clamp(-MERCATOR_EDGE_M, MERCATOR_EDGE_M)]
    }

    /// The coordinates of a position in the order of the axes: degrees to seven decimals, metres to three.
    pub fn coordinates(self, at: Position) -> [f64; 2] {
        let scale = if self == Self::Epsg3857 { 1e3 } else { 1e7 };
        self.easting_first(self.plane(at)).map(|it| (it * scale).round() / scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "coordinates are rounded")]
    fn the_order_of_the_axes_is_the_authoritys() {
        let at = Position::new(134.77, 35.4).unwrap();
        assert_eq!(CoordinateSystem::Crs84.coordinates(at), [134.77, 35.4]);
        assert_eq!(CoordinateSystem::Epsg4326.coordinates(at), [35.4, 134.77]);
        assert_eq!(CoordinateSystem::Epsg6668.coordinates(at), [35.4, 134.77]);
        // From PROJ: `echo 134.77 35.4 | gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:3857`.
        assert_eq!(CoordinateSystem::Epsg3857.coordinates(at), [15_002_527.774, 4_218_373.287]);
    }

    #[test]
    fn every_position_comes_back_from_every_system() {
        for (lon, lat) in [(134.77, 35.4), (-179.99, -84.0), (0.0, 0.0), (180.0, 60.0)] {
            let at = Position::new(lon, lat).unwrap();
            for system in CoordinateSystem::ALL {
                let back = system.position(system.coordinates(at)).unwrap();
                assert!(at.distance_to(back).0 < 0.02, "{system:?} {at:?} {back:?}");
            }
        }
    }

    #[test]
    fn a_name_is_a_uri_or_a_safe_curie() {
        for system in CoordinateSystem::ALL {
            assert_eq!(CoordinateSystem::from_name(system.uri()), Ok(system));
            assert_eq!(CoordinateSystem::from_name(&format!("[{}]", system.short_name())), Ok(system));
        }
        for name in ["", "EPSG:2447", "http://www.opengis.net/def/crs/EPSG/0/2447", "[EPSG:4326", "4326"] {
            assert!(CoordinateSystem::from_name(name).is_err(), "{name}");
        }
    }
}
