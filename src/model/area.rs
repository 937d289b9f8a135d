//! A part of the Earth's surface: one or more polygons with holes. This module does no I/O.

use geo::MultiPolygon;

/// Polygons in degrees (WGS 84, longitude first); holes and exclaves allowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    polygons: MultiPolygon<f64>,
}

impl Area {
    /// Takes polygons as they are; rings may be open or closed, in either direction.
    pub fn new(polygons: MultiPolygon<f64>) -> Self {
        Self { polygons }
    }

    /// The polygons, in degrees, longitude first.
    pub fn polygons(&self) -> &MultiPolygon<f64> {
        &self.polygons
    }
}
