//! Which places are asked for.

use crate::model::{CategoryId, DistrictId};

/// What is asked for; an empty part asks for everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Any of these categories.
    pub categories: Vec<CategoryId>,
    /// Any of these districts.
    pub districts: Vec<DistrictId>,
    /// West, south, east, north in degrees (OGC:CRS84). West may be greater than east: across the antimeridian.
    pub bbox: Option<[f64; 4]>,
    /// Words, all of which must occur; compared folded.
    pub text: String,
}
