//! Approximate outlines of districts from one rough centre point each: what is nearest to it, within a rough outline of the
//! whole. They are no real boundaries and say so in every feature.

use std::error::Error;

use serde_json::{Value, json};

use super::Rows;

/// A rough outline of the sample city in degrees, longitude first, drawn by hand.
const OUTLINE: [[f64; 2]; 16] = [
    [134.50, 35.36],
    [134.52, 35.33],
    [134.57, 35.28],
    [134.62, 35.25],
    [134.67, 35.23],
    [134.73, 35.26],
    [134.79, 35.26],
    [134.82, 35.33],
    [134.84, 35.36],
    [134.87, 35.39],
    [134.85, 35.44],
    [134.81, 35.46],
    [134.74, 35.46],
    [134.66, 35.44],
    [134.58, 35.41],
    [134.52, 35.40],
];

/// Metres of a degree of longitude for one of latitude, at 35.37° N.
const LON_SCALE: f64 = 0.8154;

/// The districts of the table as a `FeatureCollection`.
pub fn geojson(table: &Rows) -> Result<Vec<u8>, Box<dyn Error>> {
    let centres: Vec<[f64; 2]> = table
        .iter()
        .skip(1)
        .map(|row| Ok([row[4].parse()?, row[5].parse()?]))
        .collect::<Result<_, Box<dyn Error>>>()?;
    let features = table.iter().skip(1).enumerate().map(|(at, row)| feature(row, at, &centres));
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    text.push_str(&features.map(|f| f.to_string()).collect::<Vec<_>>().join(",\n"));
    text.push_str("\n]}\n");
    Ok(text.into_bytes())
}

fn feature(row: &[String], at: usize, centres: &[[f64; 2]]) -> Value {
    json!({
        "type": "Feature",
        "id": row[0],
        "properties": {
            "id": row[0], "name": row[1], "kana": row[2], "former_town": row[3],
            "approximate": true,
            "note": "見本のためのおおよその範囲で、実際の境界ではありません",
        },
        "geometry": {"type": "Polygon", "coordinates": [ring(cell(at, centres))]},
    })
}

/// The part of the outline that is nearer to the centre at `at` than to every other one.
fn cell(at: usize, centres: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let others = centres.iter().enumerate().filter(|(other, _)| *other != at);
    others.fold(OUTLINE.to_vec(), |polygon, (_, &other)| clip(&polygon, centres[at], other))
}

/// Cuts away what is nearer to `other` (Sutherland–Hodgman for one half-plane).
fn clip(polygon: &[[f64; 2]], centre: [f64; 2], other: [f64; 2]) -> Vec<[f64; 2]> {
    let side = |p: [f64; 2]| squared(p, other) - squared(p, centre);
    let mut kept = Vec::new();
    for (i, &from) in polygon.iter().enumerate() {
        let to = polygon[(i + 1) % polygon.len()];
        let (a, b) = (side(from), side(to));
        if a >= 0.0 {
            kept.push(from);
        }
        if (a > 0.0 && b < 0.0) || (a < 0.0 && b > 0.0) {
            let t = a / (a - b);
            kept.push([from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]);
        }
    }
    kept
}

fn squared(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]) * LON_SCALE).powi(2) + (a[1] - b[1]).powi(2)
}

/// Closed, four decimals (some ten metres): more would pretend to know.
fn ring(points: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    let mut ring: Vec<[f64; 2]> = points.into_iter().map(|p| p.map(|c| (c * 1e4).round() / 1e4)).collect();
    ring.dedup();
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
    }
    ring
}
