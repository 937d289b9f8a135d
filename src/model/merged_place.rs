//! A place that turned out to be another one. This module does no I/O.

use super::{Place, PlaceId};

/// A place that was merged into another one.
#[derive(Debug, Clone, PartialEq)]
pub struct MergedPlace {
    /// The place as it was when it was merged, or as its list has it since.
    pub place: Place,
    /// The place that it is now.
    pub into: PlaceId,
}
