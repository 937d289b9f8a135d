//! The districts of the municipality (地域自治協議会 and the like) and which of them a point lies in.
//!
//! This module does no I/O.

use serde::{Deserialize, Serialize};

use super::{Area, Position};

/// Code of a district in addresses and files: lower-case letters, digits and hyphens where the file gives a code, else its
/// name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DistrictId(pub String);

/// One district.
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    /// Its code.
    pub id: DistrictId,
    /// Its name.
    pub name: String,
    /// The former town (旧町) it belonged to.
    pub former_town: Option<String>,
    /// Its outline; `None` where the municipality has none drawn.
    pub boundary: Option<Area>,
    /// Where its label stands and where distances from it start: inside its outline.
    pub centre: Position,
}

/// All districts with an index over their outlines.
#[derive(Debug, Clone, Default)]
pub struct DistrictTable {
    districts: Vec<District>,
}

impl DistrictTable {
    /// Indexes `districts`, keeping their order.
    pub fn new(districts: Vec<District>) -> Self {
        Self { districts }
    }

    /// All districts in the order of the file.
    pub fn all(&self) -> &[District] {
        &self.districts
    }

    /// The district with this code.
    pub fn by_id(&self, id: &DistrictId) -> Option<&District> {
        self.districts.iter().find(|d| d.id == *id)
    }

    /// The district whose outline holds `position`; on a shared border, the first in the order of the file.
    pub fn at(&self, position: Position) -> Option<&District> {
        let _ = position;
        todo!("point in polygon through an R-tree of the outlines")
    }

    /// The district that a list means by `written`: its name or code, compared folded, with or without 地区, 地域自治協議会,
    /// 校区協議会 and the like behind it. `None` when two districts could be meant (養父市 has two 大谷-like pairs in former towns).
    pub fn named(&self, written: &str) -> Option<&District> {
        let _ = written;
        todo!("folded names")
    }
}
