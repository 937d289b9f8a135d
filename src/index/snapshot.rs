//! All that one audience may see at one moment.

use crate::model::{Audience, CategoryTable, City, DistrictId, DistrictTable, Place, PlaceId};

/// What a snapshot is built from: everything, before redaction.
#[derive(Debug, Clone, Default)]
pub struct Everything {
    /// The municipality.
    pub city: City,
    /// Its categories.
    pub categories: CategoryTable,
    /// Its districts.
    pub districts: DistrictTable,
    /// The current state of every place.
    pub places: Vec<Place>,
}

/// A place as this audience may see it, with what is derived from it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The redacted place.
    pub place: Place,
    /// The district: by its outline for an exact position, else as the list says.
    pub district: Option<DistrictId>,
}

/// All that one audience may see at one moment. Never changed.
#[derive(Debug)]
pub struct Snapshot {
    /// A hash of what the audience sees and of the encoder: the `ETag`.
    pub version: String,
    /// For whom it is.
    pub audience: Audience,
    /// The municipality.
    pub city: City,
    /// Its categories.
    pub categories: CategoryTable,
    /// Its districts.
    pub districts: DistrictTable,
    /// The places, in the order of the encoded features.
    pub places: Vec<Listed>,
}

impl Snapshot {
    /// Redacts, sorts, indexes and encodes `everything` for `audience`.
    pub fn build(everything: &Everything, audience: Audience) -> Self {
        let _ = (everything, audience);
        todo!()
    }

    /// The place with this identity.
    pub fn by_id(&self, id: &PlaceId) -> Option<&Listed> {
        self.places.iter().find(|p| p.place.id == *id)
    }

    /// The places that pass `filter`, as positions in [`places`](Self::places), in that order.
    pub fn select(&self, filter: &super::Filter) -> Vec<usize> {
        let _ = filter;
        todo!()
    }
}
