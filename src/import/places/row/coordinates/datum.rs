//! Geodetic datums: positions of the former Japanese one (日本測地系, Tokyo) as those of the present one.
//!
//! Until 2002 Japan's maps had the Tokyo datum, whose longitudes and latitudes lie some 450 m from those of JGD2000, JGD2011
//! and WGS 84, which are one for this program. [`to_world`] shifts the geocentric coordinates on the Bessel ellipsoid by the
//! three parameters of the Geospatial Information Authority (EPSG:15483) and reads them on the GRS 80 ellipsoid. EPSG states
//! an accuracy of 9 m: the old network of triangles was bent, which only the authority's grid (TKY2JGD, 4.5 MB, 20 cm)
//! undoes. For a door 9 m are enough. This module does no I/O.

use crate::import::cells::cell::narrow;
use crate::model::Position;

/// Semi-major axis in metres and flattening of the Bessel ellipsoid.
const BESSEL: (f64, f64) = (6_377_397.155, 1.0 / 299.152_812_8);

/// Semi-major axis in metres and flattening of the GRS 80 ellipsoid.
const GRS80: (f64, f64) = (6_378_137.0, 1.0 / 298.257_222_101);

/// Metres along the geocentric axes from the Tokyo datum to JGD2000.
const SHIFT_M: [f64; 3] = [-146.414, 507.337, 680.507];

/// Words for the Tokyo datum, in lower case.
const TOKYO: [&str; 5] = ["日本測地系", "旧測地系", "tokyo", "bessel", "ベッセル"];

/// Words for the present datum that contain one of [`TOKYO`], in lower case.
const PRESENT: [&str; 5] = ["日本測地系2000", "日本測地系2011", "jgd", "世界測地系", "wgs"];

/// Whether a heading or a cell says that coordinates are of the Tokyo datum.
pub(super) fn names_tokyo(text: &str) -> bool {
    let text = narrow(text).to_lowercase();
    TOKYO.iter().any(|word| text.contains(word)) && !PRESENT.iter().any(|word| text.contains(word))
}

/// The position in the present datum of a position in the Tokyo datum; within 9 m.
pub(super) fn to_world(tokyo: Position) -> Option<Position> {
    let [x, y, z] = geocentric(tokyo, BESSEL);
    on_ellipsoid([x + SHIFT_M[0], y + SHIFT_M[1], z + SHIFT_M[2]], GRS80)
}

/// The geocentric coordinates in metres of a position on the ellipsoid.
fn geocentric(position: Position, (axis, flattening): (f64, f64)) -> [f64; 3] {
    let (sin_lat, cos_lat) = position.lat().to_radians().sin_cos();
    let (sin_lon, cos_lon) = position.lon().to_radians().sin_cos();
    let eccentricity = flattening * (2.0 - flattening);
    let normal = axis / (1.0 - eccentricity * sin_lat * sin_lat).sqrt();
    [normal * cos_lat * cos_lon, normal * cos_lat * sin_lon, normal * (1.0 - eccentricity) * sin_lat]
}

/// The position of geocentric coordinates near the surface, by Bowring's formula.
fn on_ellipsoid([x, y, z]: [f64; 3], (axis, flattening): (f64, f64)) -> Option<Position> {
    let eccentricity = flattening * (2.0 - flattening);
    let polar = axis * (1.0 - flattening);
    let from_axis = x.hypot(y);
    let (sin, cos) = (z * axis).atan2(from_axis * polar).sin_cos();
    let second = eccentricity / (1.0 - eccentricity);
    let lat = (z + second * polar * sin.powi(3)).atan2(from_axis - eccentricity * axis * cos.powi(3));
    Position::new(y.atan2(x).to_degrees(), lat.to_degrees()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: (f64, f64, f64), lon: (f64, f64, f64)) -> Position {
        let degrees = |(d, m, s): (f64, f64, f64)| d + m / 60.0 + s / 3600.0;
        Position::new(degrees(lon), degrees(lat)).unwrap()
    }

    #[test]
    fn published_pairs_of_both_datums_agree_within_the_stated_accuracy() {
        for (name, tokyo, world) in [
            (
                "日本経緯度原点",
                at((35.0, 39.0, 17.5148), (139.0, 44.0, 40.5020)),
                at((35.0, 39.0, 29.1572), (139.0, 44.0, 28.8759)),
            ),
            (
                "TKY2JGD, Tsukuba",
                Position::new(140.087_855_041_667, 36.103_774_791_667).unwrap(),
                Position::new(140.084_576_866_294, 36.106_966_281_601).unwrap(),
            ),
            (
                "村松",
                at((36.0, 27.0, 39.205), (140.0, 35.0, 6.111)),
                at((36.0, 27.0, 50.584_87), (140.0, 34.0, 54.1008)),
            ),
            (
                "BLconverter",
                at((35.0, 43.0, 18.0), (138.0, 44.0, 36.1809)),
                at((35.0, 43.0, 29.556_34), (138.0, 44.0, 24.9011)),
            ),
        ] {
            let error = to_world(tokyo).unwrap().distance_to(world).0;
            assert!(error < 9.0, "{name}: {error} m");
            assert!(tokyo.distance_to(world).0 > 400.0, "{name}");
        }
    }

    #[test]
    fn only_the_former_datum_is_converted() {
        for text in ["日本測地系", "緯度（日本測地系）", "旧測地系", "旧日本測地系", "Tokyo Datum", "TOKYO"]
        {
            assert!(names_tokyo(text), "{text}");
        }
        for text in ["世界測地系", "WGS84", "JGD2011", "日本測地系2011", "日本測地系２０００（世界測地系）", "緯度", ""]
        {
            assert!(!names_tokyo(text), "{text}");
        }
    }
}
