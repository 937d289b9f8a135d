//! Modes of travel. This module does no I/O.

use serde::{Deserialize, Serialize};

/// A mode of travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TravelMode {
    /// On foot.
    Walk,
    /// By bicycle.
    Bicycle,
    /// By bus; no timetable is known.
    Bus,
    /// By car, as driver or passenger.
    Car,
    /// By the place's own pick-up service (送迎).
    PickUp,
}

impl TravelMode {
    /// Every mode.
    pub const ALL: [Self; 5] = [Self::Walk, Self::Bicycle, Self::Bus, Self::Car, Self::PickUp];

    /// Its name in files and APIs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Bicycle => "bicycle",
            Self::Bus => "bus",
            Self::Car => "car",
            Self::PickUp => "pick_up",
        }
    }

    /// The mode with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_name_on_the_wire() {
        for way in TravelMode::ALL {
            assert_eq!(serde_json::to_value(way).unwrap(), way.code());
            assert_eq!(TravelMode::from_code(way.code()), Some(way));
        }
    }
}
