//! Where a position is in the tile matrices of `WebMercatorQuad`. A position is floored once, to the units of the deepest zoom; all
//! others are shifts of that, so that a place is in one tile of each zoom and tiles nest. This module does no I/O.

use std::f64::consts::PI;

use crate::model::Position;

/// The deepest zoom.
pub const MAX_ZOOM: u8 = 14;
/// Units along the side of a tile.
pub const EXTENT: i32 = 1 << EXTENT_BITS;
/// How far beside a tile features are drawn in it, in units.
pub const BUFFER: i32 = 64;
/// The finest cell of the grid of clusters, in units: 32 cells a side.
pub(super) const FINEST_CELL: i32 = 128;
pub(super) const EXTENT_BITS: u32 = 12;

/// Units along the side of the world at the deepest zoom.
const WORLD: f64 = 67_108_864.0;
/// A tile, by zoom, row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileAddress {
    /// The tile matrix.
    pub zoom: u8,
    /// From the north.
    pub row: u32,
    /// From the west.
    pub column: u32,
}

/// Which part of an address is none of a tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {part} `{value}` is not a whole number from 0 to {most}")]
pub struct TileAddressError {
    /// `zoom`, `row` or `column`.
    pub part: &'static str,
    /// As it was given.
    pub value: String,
    /// The greatest there is.
    pub most: u32,
}

/// The rows and columns of a zoom that have content, each from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileRange {
    /// The tile matrix.
    pub zoom: u8,
    /// First and last row.
    pub rows: [u32; 2],
    /// First and last column.
    pub columns: [u32; 2],
}

/// A position in units of the deepest zoom: to the east and to the south.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WorldUnits(pub(super) [u32; 2]);

impl WorldUnits {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 26 bits")]
    pub(super) fn of(at: Position) -> Self {
        Self(world(at).map(|it| it.floor().clamp(0.0, WORLD - 1.0) as u32))
    }

    /// The tile of `zoom` that it is in.
    pub(super) fn tile(self, zoom: u8) -> TileAddress {
        let [column, row] = self.0.map(|it| it >> (EXTENT_BITS + u32::from(MAX_ZOOM - zoom)));
        TileAddress { zoom, row, column }
    }

    /// Where it is in a tile, in its units; outside of them where it is in another.
    pub(super) fn within(self, at: TileAddress) -> [i32; 2] {
        let [x, y] = self.0.map(|it| it >> u32::from(MAX_ZOOM - at.zoom));
        // Both have 26 bits at most.
        [x.cast_signed() - origin(at.column), y.cast_signed() - origin(at.row)]
    }
}

/// The first unit of a row or column of tiles.
fn origin(tile: u32) -> i32 {
    (tile << EXTENT_BITS).cast_signed()
}

/// A position in units of the deepest zoom, before they are floored. From degrees at once, not by way of metres: what lies on the
/// border of a tile, such as 135° east, must be in the tile in which every other program has it.
pub(super) fn world(at: Position) -> [f64; 2] {
    let north = at.lat().to_radians().tan().asinh();
    [(at.lon() + 180.0) / 360.0 * WORLD, (0.5 - north / (2.0 * PI)) * WORLD]
}

impl TileAddress {
    /// The tile with these parts of an address.
    ///
    /// # Errors
    ///
    /// If one of them is no number, or outside of the matrix.
    pub fn parse(zoom: &str, row: &str, column: &str) -> Result<Self, TileAddressError> {
        let part = |part: &'static str, value: &str, most: u32| {
            let is_plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            let number = value.parse::<u32>().ok().filter(|number| is_plain && *number <= most);
            number.ok_or_else(|| TileAddressError { part, value: value.chars().take(60).collect(), most })
        };
        let zoom = u8::try_from(part("zoom", zoom, u32::from(MAX_ZOOM))?).unwrap_or(MAX_ZOOM);
        let most = (1 << zoom) - 1;
        Ok(Self { zoom, row: part("row", row, most)?, column: part("column", column, most)? })
    }

    /// West, south, east, north in degrees of the tile and `margin` units around it.
    pub(super) fn bounds(self, margin: i32) -> [f64; 4] {
        let scale = f64::from(1_u32 << (MAX_ZOOM - self.zoom));
        let units = |tile: u32, offset: i32| (f64::from(origin(tile) + offset) * scale).clamp(0.0, WORLD);
        let (low, high) = (-margin, EXTENT + margin);
        let corner =
            |x: f64, y: f64| [x / WORLD * 360.0 - 180.0, (PI * (1.0 - 2.0 * y / WORLD)).sinh().atan().to_degrees()];
        let [west, north] = corner(units(self.column, low), units(self.row, low));
        let [east, south] = corner(units(self.column, high), units(self.row, high));
        // What lies beyond the square is drawn at its edge.
        let south = if units(self.row, high) >= WORLD { -90.0 } else { south - ROUNDING };
        let north = if units(self.row, low) <= 0.0 { 90.0 } else { north + ROUNDING };
        [(west - ROUNDING).max(-180.0), south, (east + ROUNDING).min(180.0), north]
    }

    /// The tiles beside it, and itself.
    pub(super) fn with_neighbours(self) -> impl Iterator<Item = Self> {
        let most = (1_u32 << self.zoom) - 1;
        let around = move |at: u32| at.saturating_sub(1)..=(at + 1).min(most);
        around(self.row)
            .flat_map(move |row| around(self.column).map(move |column| Self { zoom: self.zoom, row, column }))
    }
}

/// More than what rounding moves an edge in degrees: a millimetre.
const ROUNDING: f64 = 1e-8;

impl TileRange {
    /// The range of a zoom that holds a box in degrees, with what is drawn beside it.
    pub fn around([west, south, east, north]: [f64; 4], zoom: u8) -> Option<Self> {
        let corner = |lon, lat| Some(WorldUnits::of(Position::new(lon, lat).ok()?).tile(zoom));
        let (first, last) = (corner(west, north)?, corner(east, south)?);
        Some(Self { zoom, rows: [first.row, last.row], columns: [first.column, last.column] })
    }

    /// Its tiles.
    pub fn tiles(self) -> impl Iterator<Item = TileAddress> {
        let Self { zoom, rows, columns } = self;
        (rows[0]..=rows[1])
            .flat_map(move |row| (columns[0]..=columns[1]).map(move |column| TileAddress { zoom, row, column }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_all_tiles_of_the_deepest_zoom() {
        assert_eq!(WORLD.to_string(), (1_u32 << (u32::from(MAX_ZOOM) + EXTENT_BITS)).to_string());
    }

    #[test]
    fn a_position_is_in_the_tile_that_everybody_puts_it_in() {
        // From the formulas of the OpenStreetMap wiki, computed with Python's math.
        for (lon, lat, zoom, column, row) in [
            (134.767, 35.404, 14, 14325, 6467),
            (139.7671, 35.6812, 10, 909, 403),
            (-180.0, 85.06, 3, 0, 0),
            (135.0, 0.0, 3, 7, 4),
            (180.0, -89.0, 3, 7, 7),
        ] {
            let tile = WorldUnits::of(Position::new(lon, lat).unwrap()).tile(zoom);
            assert_eq!(tile, TileAddress { zoom, row, column });
            let [west, south, east, north] = tile.bounds(0);
            assert!(west <= lon && lon <= east && south <= lat && lat <= north, "{lon} {lat}");
        }
    }

    #[test]
    fn a_part_that_is_none_of_a_tile_is_named() {
        assert!(TileAddress::parse("14", "16383", "0").is_ok());
        for (parts, part) in [
            (["15", "0", "0"], "zoom"),
            (["-1", "0", "0"], "zoom"),
            (["a", "0", "0"], "zoom"),
            (["3", "8", "0"], "row"),
            (["3", "+1", "0"], "row"),
            (["3", "7", ""], "column"),
            (["3", "7", "99999999999"], "column"),
            (["3", "7", "1.0"], "column"),
        ] {
            assert_eq!(TileAddress::parse(parts[0], parts[1], parts[2]).unwrap_err().part, part, "{parts:?}");
        }
    }
}
