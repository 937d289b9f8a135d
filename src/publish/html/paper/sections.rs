//! Sections of a paper: places that one map holds, neighbours beside each other. This module does no I/O.

use std::collections::HashMap;

use super::PaperContext;
use crate::index::{VisiblePlace, neighbourhood_rank};
use crate::model::{DistrictId, Status};

/// The most places of one map.
const MOST: usize = 36;

/// How many 大字 the heading of a part names.
const NAMED_TOWNS: usize = 3;

/// Places with one map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PaperSection {
    /// Its heading.
    pub(super) heading: String,
    /// The district that it is of.
    pub(super) district: Option<DistrictId>,
    /// The places, as indexes into the snapshot: neighbours beside each other, so that their numbers are too.
    pub(super) places: Vec<usize>,
    /// Whether they have positions.
    pub(super) is_on_map: bool,
}

/// The sections of the `selected` places: by district, else by former town; what one map cannot hold is parted along the ground.
/// Places without a position come last.
pub(super) fn sections(paper: &PaperContext, selected: &[usize]) -> Vec<PaperSection> {
    let place = |index: &usize| &paper.snapshot.places[*index];
    let open = selected.iter().copied().filter(|it| place(it).place.facts.status != Status::Closed);
    let (mut located, unplaced): (Vec<usize>, Vec<usize>) = open.partition(|it| place(it).place.facts.site.is_some());
    located.sort_by_cached_key(|it| place(it).place.facts.site.map(|site| neighbourhood_rank(site.position)));
    let mut groups: Vec<(usize, String, Option<DistrictId>, Vec<usize>)> = Vec::new();
    for index in located {
        let (rank, heading, district) = group_of(paper, place(&index));
        match groups.iter_mut().find(|group| group.0 == rank) {
            Some(group) => group.3.push(index),
            None => groups.push((rank, heading, district, vec![index])),
        }
    }
    groups.sort_by_key(|group| group.0);
    let parts = groups
        .into_iter()
        .flat_map(|(_, heading, district, places)| parted(paper, &heading, district.as_ref(), &places));
    let last = (!unplaced.is_empty()).then(|| PaperSection {
        heading: paper.text("print.not_on_map").to_owned(),
        district: None,
        places: unplaced,
        is_on_map: false,
    });
    parts.chain(last).collect()
}

/// The rank, the name and the district of the group that a place belongs to.
fn group_of(paper: &PaperContext, listed: &VisiblePlace) -> (usize, String, Option<DistrictId>) {
    let snapshot = paper.snapshot;
    let districts = snapshot.districts.all();
    if let Some(rank) = listed.district.as_ref().and_then(|id| districts.iter().position(|it| it.id == *id)) {
        return (rank, districts[rank].name.clone(), Some(districts[rank].id.clone()));
    }
    let town = listed.place.facts.town.as_ref().map(|town| town.name.as_str()).unwrap_or_default();
    let former = snapshot.land.former_towns.iter().position(|it| town.starts_with(it.name.as_str()));
    let Some(nth) = former.filter(|_| districts.is_empty()) else {
        return (usize::MAX, paper.text("print.elsewhere").to_owned(), None);
    };
    (districts.len() + nth, snapshot.land.former_towns[nth].name.clone(), None)
}

/// Parts of a group that one map holds each, of about the same size, each named by the 大字 in it.
fn parted(paper: &PaperContext, heading: &str, district: Option<&DistrictId>, places: &[usize]) -> Vec<PaperSection> {
    let parts = places.len().div_ceil(MOST);
    let size = places.len().div_ceil(parts.max(1)).max(1);
    let section = |places: &[usize]| PaperSection {
        heading: if parts == 1 { heading.to_owned() } else { heading_of_part(paper, heading, places) },
        district: district.filter(|_| parts == 1).cloned(),
        places: places.to_vec(),
        is_on_map: true,
    };
    places.chunks(size).map(section).collect()
}

/// 「八鹿：九鹿・国木のあたり」.
fn heading_of_part(paper: &PaperContext, heading: &str, places: &[usize]) -> String {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let towns = places.iter().filter_map(|it| paper.snapshot.places[*it].place.facts.town.as_ref());
    towns.for_each(|town| *counts.entry(town.name.as_str()).or_default() += 1);
    let mut towns: Vec<(&str, usize)> = counts.into_iter().collect();
    towns.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let names: Vec<&str> = towns.iter().take(NAMED_TOWNS).map(|(name, _)| *name).collect();
    if names.is_empty() {
        return heading.to_owned();
    }
    paper.fill("print.part", &[("group", heading), ("towns", &names.join("・"))])
}
