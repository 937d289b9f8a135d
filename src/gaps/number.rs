//! Shares of a whole. This module does no I/O.

use crate::model::ExactNumber;

/// `part` of `whole`; `None` where there is no whole.
pub(super) fn share(part: f64, whole: f64) -> Option<ExactNumber> {
    (whole > 0.0).then(|| ExactNumber(part / whole))
}
