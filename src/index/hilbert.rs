//! Hilbert curve: a space-filling order of the places, so that what is near on the ground is near in memory.
//!
//! This module does no I/O.

use crate::model::Position;

/// Cells along one side of the grid; at 2³² a cell is about a centimetre.
const SIDE: u64 = 1 << 32;

/// Rank of `position` on a Hilbert curve over the whole globe (no unit). It depends on the position alone, so that a new
/// place moves no other.
pub fn neighbourhood_rank(position: Position) -> u64 {
    let mut x = cell((position.lon() + 180.0) / 360.0);
    let mut y = cell((position.lat() + 90.0) / 180.0);
    let mut rank = 0_u64;
    let mut side = SIDE / 2;
    while side > 0 {
        let (right, upper) = (u64::from(x & side > 0), u64::from(y & side > 0));
        rank = (rank << 2) | ((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                (x, y) = (SIDE - 1 - x, SIDE - 1 - y);
            }
            (x, y) = (y, x);
        }
        side /= 2;
    }
    rank
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the share is between 0 and 1")]
#[expect(clippy::cast_precision_loss, reason = "2^32 is exact in f64")]
fn cell(share: f64) -> u64 {
    ((share * SIDE as f64) as u64).min(SIDE - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_the_curve_are_neighbours_on_the_ground() {
        let mut cells: Vec<(u64, i32, i32)> = Vec::new();
        for x in 0..64 {
            for y in 0..64 {
                let position = Position::new(
                    (f64::from(x) + 0.5) * 360.0 / 64.0 - 180.0,
                    (f64::from(y) + 0.5) * 180.0 / 64.0 - 90.0,
                );
                cells.push((neighbourhood_rank(position.unwrap()), x, y));
            }
        }
        cells.sort_unstable();
        for pair in cells.windows(2) {
            let ((_, x1, y1), (_, x2, y2)) = (pair[0], pair[1]);
            assert_eq!((x1 - x2).abs() + (y1 - y2).abs(), 1, "{pair:?}");
        }
    }
}
