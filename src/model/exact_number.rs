//! A number as JSON has it: not rounded, and without a decimal point where it is whole. This module does no I/O.

use serde::{Serialize, Serializer};

/// A finite number that is written as exactly as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct ExactNumber(pub f64);

impl Serialize for ExactNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_possible_truncation, reason = "only whole numbers below 2^53 are cast")]
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}
