//! Places and people of neighbouring municipalities: they count for reach, and nobody finds them here.
//!
//! This module does no I/O.

use super::{Access, CategoryId, Location, MeetingMode, Place, PlaceId, PopulationEdition, Schedule, Status};

/// A place of a neighbouring municipality before redaction, with all that its list says.
#[derive(Debug, Clone, PartialEq)]
pub struct NeighbourListing {
    /// The five digits of its municipality's code.
    pub municipality: String,
    /// The place.
    pub place: Place,
}

/// A place of a neighbouring municipality as far as planners need it: whether it counts, where it is, when it meets. Nothing that a
/// person would find it by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NeighbourPlace {
    /// Its identity, random like that of every place.
    pub id: PlaceId,
    /// The five digits of its municipality's code.
    pub municipality: String,
    /// Its name, or one made of its category.
    pub name: String,
    /// Its list, as far as the audience may know.
    pub list: Option<String>,
    /// Its category.
    pub category: CategoryId,
    /// How people meet.
    pub mode: MeetingMode,
    /// Its point, as far as the audience may know.
    pub site: Option<Location>,
    /// When it meets.
    pub schedule: Vec<Schedule>,
    /// What is known of getting in.
    pub access: Access,
    /// For how many people it has room.
    pub capacity: Option<String>,
    /// Whether it takes place.
    pub status: Status,
    /// Whether new people are welcome.
    pub accepts_new: Option<bool>,
}

/// The population of a neighbouring municipality.
#[derive(Debug, Clone, PartialEq)]
pub struct NeighbourPopulation {
    /// The five digits of its code.
    pub municipality: String,
    /// Its people.
    pub edition: PopulationEdition,
}
