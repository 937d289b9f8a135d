//! Neighbouring municipalities as one audience may see them: places and people beyond the border that count for reach.
//!
//! They are in no list, index or file of the snapshot: only planners' questions read them. This module does no I/O.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::{
    Area, Audience, CategoryTable, DistrictTable, NeighbourListing, NeighbourPlace, NeighbourPopulation, Place,
    PopulationArea, PopulationEdition, Position,
};
use crate::privacy::{PrivateNames, redact_neighbour};
use crate::text::fold;

use super::encoded::rounded;

/// Metres within which a neighbour's place of the same name is the municipality's own, listed by both.
const SAME_PLACE_M: f64 = 100.0;

/// What is known beyond the border.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Neighbours {
    /// Their places, by identity.
    pub places: Vec<NeighbourPlace>,
    /// Their small areas.
    pub areas: Vec<PopulationArea>,
    /// The five digits of the codes of those with places or people.
    pub municipalities: BTreeSet<String>,
}

/// What neighbours are told apart from.
pub(super) struct OwnTerritory<'a> {
    pub(super) places: &'a [Place],
    pub(super) boundary: Option<&'a Area>,
    pub(super) population: Option<&'a PopulationEdition>,
}

/// What is decided once for all audiences: neighbours' places that are listed here too do not count twice, and neither do people.
#[derive(Debug, Default)]
pub(super) struct NeighbourInput<'a> {
    places: Vec<&'a NeighbourListing>,
    areas: Vec<PopulationArea>,
    municipalities: BTreeSet<String>,
}

impl<'a> NeighbourInput<'a> {
    pub(super) fn new(
        places: &'a [NeighbourListing],
        populations: &[NeighbourPopulation],
        own: &OwnTerritory<'_>,
    ) -> Self {
        let listed_here = own_names(own.places);
        let is_own = |it: &&NeighbourListing| {
            let Some(site) = it.place.facts.site else { return false };
            let same = listed_here.get(&fold(&it.place.facts.name)).into_iter().flatten();
            same.into_iter().any(|at| at.distance_to(site.position).0 <= SAME_PLACE_M)
        };
        let municipalities = places.iter().map(|it| &it.municipality);
        let municipalities = municipalities.chain(populations.iter().map(|it| &it.municipality)).cloned().collect();
        Self {
            places: places.iter().filter(|it| !is_own(it)).collect(),
            areas: areas_beyond(populations, own),
            municipalities,
        }
    }

    /// What `audience` may see of them.
    pub(super) fn of_audience(
        &self,
        audience: Audience,
        (categories, names): (&CategoryTable, &PrivateNames),
    ) -> Neighbours {
        // Their districts are none of ours.
        let none = DistrictTable::default();
        let seen = self.places.iter().filter_map(|it| redact_neighbour(it, audience, categories, &none, names));
        let mut places: Vec<NeighbourPlace> = seen.map(|it| published(it, categories)).collect();
        places.sort_by(|a, b| a.id.cmp(&b.id));
        Neighbours { places, areas: self.areas.clone(), municipalities: self.municipalities.clone() }
    }
}

/// As the municipality's own: positions of seven decimals, and an unknown category is the last one.
fn published(mut place: NeighbourPlace, categories: &CategoryTable) -> NeighbourPlace {
    if let Some(site) = &mut place.site {
        let (lon, lat) = (rounded(site.position.lon()), rounded(site.position.lat()));
        site.position = Position::new(lon, lat).unwrap_or(site.position);
    }
    if categories.by_id(&place.category).is_none()
        && let Some(last) = categories.all().last()
    {
        place.category = last.id.clone();
    }
    place
}

/// The positions of the municipality's own places, by folded name.
fn own_names(places: &[Place]) -> HashMap<String, Vec<Position>> {
    let mut names: HashMap<String, Vec<Position>> = HashMap::new();
    for place in places {
        if let Some(site) = place.facts.site {
            names.entry(fold(&place.facts.name)).or_default().push(site.position);
        }
    }
    names
}

/// The areas with a point that the municipality's own population does not count: of grid squares on the border both have the same.
fn areas_beyond(populations: &[NeighbourPopulation], own: &OwnTerritory<'_>) -> Vec<PopulationArea> {
    let own_areas = own.population.map(|population| population.areas.as_slice()).unwrap_or_default();
    let codes: HashSet<&str> = own_areas.iter().filter_map(|area| area.code.as_deref()).collect();
    let is_own = |area: &&PopulationArea| {
        let is_inside = |position| own.boundary.is_some_and(|boundary| boundary.contains(position));
        area.position.is_none_or(is_inside) || area.code.as_deref().is_some_and(|code| codes.contains(code))
    };
    let mut seen: HashSet<&str> = HashSet::new();
    let areas = populations.iter().flat_map(|population| &population.edition.areas).filter(|area| !is_own(area));
    // Two neighbours share the squares on their border.
    areas
        .filter(|area| area.code.as_deref().is_none_or(|code| !is_square(code) || seen.insert(code)))
        .cloned()
        .collect()
}

/// Whether a code is that of a grid square, which is the same for every municipality.
fn is_square(code: &str) -> bool {
    (8..=11).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit())
}
