//! The base map: a municipality's own lines and points by which people know where they are. This module does no I/O.

use serde::{Deserialize, Serialize};

use super::Position;

/// What a feature of the base map is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BasemapKind {
    /// 川.
    River,
    /// 道路.
    Road,
    /// 鉄道.
    Railway,
    /// 駅.
    Station,
    /// 役所・支所.
    TownHall,
    /// 病院.
    Hospital,
    /// 学校.
    School,
    /// 郵便局.
    PostOffice,
    /// バス停.
    BusStop,
    /// Any other point that people steer by.
    Landmark,
}

impl BasemapKind {
    /// Every kind, in the order in which they are drawn and labelled: what more people steer by first.
    pub const ALL: [Self; 10] = [
        Self::River,
        Self::Road,
        Self::Railway,
        Self::Station,
        Self::TownHall,
        Self::Hospital,
        Self::School,
        Self::PostOffice,
        Self::BusStop,
        Self::Landmark,
    ];

    /// The name in files and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::River => "river",
            Self::Road => "road",
            Self::Railway => "railway",
            Self::Station => "station",
            Self::TownHall => "town_hall",
            Self::Hospital => "hospital",
            Self::School => "school",
            Self::PostOffice => "post_office",
            Self::BusStop => "bus_stop",
            Self::Landmark => "landmark",
        }
    }

    /// Whether features of this kind are lines, not points.
    pub fn is_line(self) -> bool {
        matches!(self, Self::River | Self::Road | Self::Railway)
    }
}

/// Where a feature of the base map is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BasemapShape {
    /// Lines, each of two points or more, in degrees with longitude first.
    Lines(Vec<Vec<[f64; 2]>>),
    /// A point.
    Point(Position),
}

/// One line or point of the base map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BasemapFeature {
    /// What it is.
    pub kind: BasemapKind,
    /// What people call it.
    pub name: Option<String>,
    /// Whether it is a rough sketch (概形).
    #[serde(default)]
    pub sketch: bool,
    /// Where it is.
    pub shape: BasemapShape,
}

impl BasemapFeature {
    /// West, south, east, north in degrees; `None` without a point.
    pub fn bbox(&self) -> Option<[f64; 4]> {
        let around = |a: [f64; 4], b: [f64; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
        match &self.shape {
            BasemapShape::Point(at) => Some([at.lon(), at.lat(), at.lon(), at.lat()]),
            BasemapShape::Lines(lines) => lines.iter().flatten().map(|&[x, y]| [x, y, x, y]).reduce(around),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_called_alike_in_the_database_and_in_addresses() {
        for kind in BasemapKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
    }
}
