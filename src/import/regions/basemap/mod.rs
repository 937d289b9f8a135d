//! A base map: bytes of GeoJSON (国土数値情報, OpenStreetMap, or a plain `kind`) → lines and points.
//!
//! Lines are simplified to what a printed map can show. What lies elsewhere than the municipality is left out: published files hold
//! a whole prefecture. What is of no kind that is drawn is counted. This module does no I/O.

mod kinds;
mod shape;

use crate::import::regions::outlines::features::{OutlineFeature, features_of};
use crate::import::{ListProblem, ProblemKind, guarded};
use crate::model::{BasemapFeature, ReadingLimits};

/// Degrees beyond the municipality within which lines are still drawn: what leads there, some five kilometres.
const BESIDE: f64 = 0.05;

/// A base map as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BasemapReading {
    /// What is drawn.
    pub features: Vec<BasemapFeature>,
    /// How many features lie elsewhere.
    pub elsewhere: usize,
    /// How many features are of no kind that is drawn, or have no shape.
    pub unknown: usize,
}

/// Reads a base map. `around` is the municipality (west, south, east, north in degrees), outside of which nothing is kept.
///
/// # Errors
///
/// If the bytes are no GeoJSON in degrees, exceed a limit, or hold nothing that is drawn.
pub fn read(bytes: &[u8], around: Option<[f64; 4]>, limits: &ReadingLimits) -> Result<BasemapReading, ListProblem> {
    guarded(|| read_features(bytes, around, limits)).unwrap_or_else(|| Err(ListProblem::reading_failed()))
}

fn read_features(
    bytes: &[u8],
    around: Option<[f64; 4]>,
    limits: &ReadingLimits,
) -> Result<BasemapReading, ListProblem> {
    let features = features_of(bytes, limits, &|_| true)?;
    let mut reading = BasemapReading::default();
    for feature in &features {
        let Some(drawn) = drawn(feature)? else {
            reading.unknown += 1;
            continue;
        };
        if around.is_none_or(|around| is_near(&drawn, around)) {
            reading.features.push(drawn);
        } else {
            reading.elsewhere += 1;
        }
    }
    if reading.features.is_empty() && reading.elsewhere == 0 {
        let values = [("count", &*features.len().to_string()), ("kinds", &kinds::plain_words())];
        return Err(ListProblem::new(1, None, ProblemKind::BasemapUnknown, &values));
    }
    Ok(reading)
}

/// A feature as it is drawn; `None` if it is of no kind that is, or has no shape of its kind.
fn drawn(feature: &OutlineFeature) -> Result<Option<BasemapFeature>, ListProblem> {
    let Some((kind, name)) = kinds::kind_of(feature) else { return Ok(None) };
    let shape = shape::shape_of(feature, kind, name.as_deref().unwrap_or_default())?;
    let sketch = feature.properties.get("sketch") == Some(&serde_json::Value::Bool(true));
    Ok(shape.map(|shape| BasemapFeature { kind, name, sketch, shape }))
}

fn is_near(feature: &BasemapFeature, [west, south, east, north]: [f64; 4]) -> bool {
    feature.bbox().is_some_and(|[w, s, e, n]| {
        w <= east + BESIDE && e >= west - BESIDE && s <= north + BESIDE && n >= south - BESIDE
    })
}

#[cfg(test)]
mod tests;
