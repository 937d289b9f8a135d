//! Where Japan is, coarsely. This module does no I/O.

use crate::model::Position;

/// Bounding box of Japan with its outer islands: west, south, east and north in degrees.
const JAPAN: [f64; 4] = [122.0, 20.0, 154.1, 45.7];

/// Parts of that box in other countries: west, south, east and north in degrees.
const ABROAD: [[f64; 4]; 5] = [
    [122.0, 27.0, 126.0, 45.7],
    [126.0, 33.0, 128.5, 45.7],
    [128.5, 34.76, 129.8, 45.7],
    [129.8, 38.0, 136.0, 45.7],
    [136.0, 41.7, 139.0, 45.7],
];

/// Bounds check: the position if it is in Japan or its waters, judged by boxes: coarse at sea, never wrong about an
/// island.
pub(in crate::import::places::row) fn in_japan(lon: f64, lat: f64) -> Option<Position> {
    let within = |[west, south, east, north]: [f64; 4]| (west..=east).contains(&lon) && (south..=north).contains(&lat);
    let position = Position::new(lon, lat).ok()?;
    (within(JAPAN) && !ABROAD.into_iter().any(within)).then_some(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japan_ends_where_its_neighbours_begin() {
        let inside = [
            ("与那国島", 122.93, 24.45),
            ("南鳥島", 153.98, 24.28),
            ("択捉島", 148.8, 45.5),
            ("対馬の北端", 129.48, 34.70),
            ("沖ノ鳥島", 136.08, 20.42),
            ("奥尻島", 139.45, 42.15),
            ("隠岐", 133.2, 36.3),
            ("五島", 128.6, 32.7),
            ("竹島", 131.87, 37.24),
            ("礼文島", 141.0, 45.4),
            ("魚釣島", 123.47, 25.74),
            ("八丈島", 139.8, 33.1),
        ];
        for (name, lon, lat) in inside {
            assert!(in_japan(lon, lat).is_some(), "{name}");
        }
        for (name, lon, lat) in [
            ("ソウル", 127.0, 37.5),
            ("釜山", 129.05, 35.15),
            ("台北", 121.5, 25.0),
            ("ウラジオストク", 131.9, 43.1),
            ("済州島", 126.5, 33.4),
            ("ホノルル", -157.8, 21.3),
        ] {
            assert!(in_japan(lon, lat).is_none(), "{name}");
        }
    }
}
