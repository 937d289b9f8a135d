//! The sample's base map: a few rough lines (概形) through rounded points, and two stations.

use std::error::Error;
use std::fmt::Write as _;

use super::Rows;

/// The features as GeoJSON, each marked as a sketch.
pub fn geojson(rows: &Rows) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut features = Vec::new();
    for row in rows.iter().skip(1) {
        let [kind, name, points] = row.as_slice() else { return Err(format!("basemap.csv: {row:?}").into()) };
        let points = points.split(';').map(|point| point.split_once(' ')).collect::<Option<Vec<_>>>();
        let points = points.ok_or_else(|| format!("basemap.csv: the points of {name}"))?;
        let corners: Vec<String> = points.iter().map(|(lon, lat)| format!("[{lon},{lat}]")).collect();
        let (kind_of_shape, coordinates) = match corners.as_slice() {
            [one] => ("Point", one.clone()),
            several => ("LineString", format!("[{}]", several.join(","))),
        };
        let mut feature =
            format!("{{\"type\":\"Feature\",\"properties\":{{\"kind\":\"{kind}\",\"name\":\"{name}\",\"sketch\":true,");
        write!(feature, "\"note\":\"見本のための概形で、実際の位置ではありません\"}},")?;
        write!(feature, "\"geometry\":{{\"type\":\"{kind_of_shape}\",\"coordinates\":{coordinates}}}}}")?;
        features.push(feature);
    }
    Ok(format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n")).into_bytes())
}
