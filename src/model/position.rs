//! Positions on the Earth and distances between them.
//!
//! A [`Position`] is WGS 84 longitude and latitude in degrees, longitude first, as in GeoJSON (RFC 7946) and OGC:CRS84.
//! [`Metres`] are great-circle distances, not distances by road or bus. This module does no I/O.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Mean radius of the Earth in metres (IUGG).
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A point on the Earth in degrees (WGS 84), longitude first; always finite and in range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct Position {
    lon: f64,
    lat: f64,
}

/// Why two numbers are not a [`Position`].
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// The first number is not a longitude.
    #[error("longitude {0} is not between -180 and 180 degrees")]
    Longitude(f64),
    /// The second number is not a latitude; in Japan, swapped columns cause this.
    #[error("latitude {0} is not between -90 and 90 degrees (are longitude and latitude swapped?)")]
    Latitude(f64),
}

impl Position {
    /// Validates a position in degrees, **longitude first**.
    ///
    /// # Errors
    ///
    /// If either number is out of range, infinite or NaN.
    ///
    /// ```
    /// use tsunagari::model::position::{Position, PositionError};
    ///
    /// assert!(Position::new(134.77, 35.40).is_ok());
    /// assert_eq!(Position::new(35.40, 134.77), Err(PositionError::Latitude(134.77)));
    /// ```
    pub fn new(lon: f64, lat: f64) -> Result<Self, PositionError> {
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PositionError::Longitude(lon));
        }
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PositionError::Latitude(lat));
        }
        Ok(Self { lon, lat })
    }

    /// Degrees east of Greenwich.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north of the equator.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Metres to `other` along the great circle (haversine; within 0.6 % of the ellipsoid).
    pub fn distance_to(self, other: Self) -> Metres {
        let (lat1, lat2) = (self.lat.to_radians(), other.lat.to_radians());
        let half_dlat = (lat2 - lat1) / 2.0;
        let half_dlon = (other.lon - self.lon).to_radians() / 2.0;
        let h = half_dlat.sin().powi(2) + lat1.cos() * lat2.cos() * half_dlon.sin().powi(2);
        Metres(2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin())
    }

    /// The point of the unit sphere (no unit; x towards 0° E, z towards the pole). The straight distance of two such
    /// points grows with the great-circle distance, so that a tree over them finds the nearest place exactly.
    pub fn unit_vector(self) -> [f64; 3] {
        let (sin_lat, cos_lat) = self.lat.to_radians().sin_cos();
        let (sin_lon, cos_lon) = self.lon.to_radians().sin_cos();
        [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
    }
}

impl TryFrom<[f64; 2]> for Position {
    type Error = PositionError;

    fn try_from([lon, lat]: [f64; 2]) -> Result<Self, PositionError> {
        Self::new(lon, lat)
    }
}

impl From<Position> for [f64; 2] {
    fn from(p: Position) -> Self {
        [p.lon, p.lat]
    }
}

/// A distance in metres; never negative, never NaN.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Metres(pub f64);

impl fmt::Display for Metres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} m", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    #[test]
    fn a_degree_of_longitude_is_shorter_than_one_of_latitude_in_japan() {
        let yabu = at(134.77, 35.40);
        let east = yabu.distance_to(at(134.78, 35.40)).0;
        let north = yabu.distance_to(at(134.77, 35.409)).0;
        assert!((east - 906.3).abs() < 1.0, "{east}");
        assert!((north - 1000.8).abs() < 1.0, "{north}");
    }

    #[test]
    fn numbers_that_are_no_place_on_earth_are_refused() {
        assert!(matches!(Position::new(f64::NAN, 0.0), Err(PositionError::Longitude(_))));
        assert!(matches!(Position::new(0.0, f64::INFINITY), Err(PositionError::Latitude(_))));
    }

    #[test]
    fn positions_are_stored_longitude_first() {
        assert_eq!(serde_json::to_string(&at(134.77, 35.4)).unwrap(), "[134.77,35.4]");
        assert!(serde_json::from_str::<Position>("[35.4,134.77]").is_err());
    }
}
