//! Grouping and order of the list: by category or district, then by reading. `web/groups.js` implements the same.
//!
//! This module does no I/O.

use std::collections::{HashMap, HashSet};

use super::LOAD_ALL_MAX;
use super::start::list_start;
use crate::index::{FilterAnswer, Snapshot, VisiblePlace};
use crate::model::{CategoryId, DistrictId, Language, MeetingMode};
use crate::publish::html::view::{Grouping, PageView};
use crate::publish::messages::page_messages;
use crate::publish::name_readings::NameReadings;
use crate::publish::ruby::{RubyText, plain};
use crate::text::fold;

/// The group of a place in the list, in display order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceGroup {
    /// The category or district at this index of its table.
    Nth(usize),
    /// Nearest to the chosen start.
    ByDistance,
    /// Without a known district.
    NoDistrict,
    /// Without a meeting place: by telephone, online, at home.
    Away,
    /// At a place that has not been located.
    Unplaced,
    /// Only near what was typed.
    Near,
    /// Not known to pass every condition.
    Unknown,
}

/// Sorts the places of an answer in display order, each with its group: what certainly fits, then what is near it, then what is
/// not known to fit; from a chosen start the nearest first, else by reading.
pub fn ordered(snapshot: &Snapshot, answer: &FilterAnswer, view: &PageView) -> Vec<(PlaceGroup, usize)> {
    let ranks = GroupRanks::of(snapshot, view.by);
    let start = list_start(snapshot, &view.from).map(|start| start.position);
    let group = |i: usize| match ranks.group(&snapshot.places[i]) {
        PlaceGroup::Nth(_) | PlaceGroup::NoDistrict if start.is_some() => PlaceGroup::ByDistance,
        group => group,
    };
    let certain = answer.certain.iter().map(|i| (group(i), i));
    let near = answer.near.iter().map(|i| (PlaceGroup::Near, i));
    let mut list: Vec<_> = certain.chain(near).chain(answer.unknown.iter().map(|i| (PlaceGroup::Unknown, i))).collect();
    if let Some(start) = start {
        let distance =
            |i: usize| snapshot.places[i].place.facts.site.map_or(f64::MAX, |site| start.distance_to(site.position).0);
        // To the metre, as the script has it, so that both break ties alike.
        list.sort_by_cached_key(|&(group, i)| {
            (group, OrderedMetres(distance(i).round()), &snapshot.places[i].place.id.0)
        });
    } else if list.len() <= LOAD_ALL_MAX {
        list.sort_by_cached_key(|&(group, i)| (group, reading(&snapshot.places[i])));
    } else {
        list.sort_by_key(|&(group, _)| group); // stable: the order of the snapshot within a group
    }
    list
}

/// Metres as a sort key; a distance is never NaN.
struct OrderedMetres(f64);

impl PartialEq for OrderedMetres {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for OrderedMetres {}

impl PartialOrd for OrderedMetres {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OrderedMetres {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Sort key within a group: the folded reading, else the name, in UTF-16 code units as JavaScript compares them.
fn reading(listed: &VisiblePlace) -> (Vec<u16>, &str) {
    let facts = &listed.place.facts;
    let words = facts.kana.as_deref().unwrap_or(&facts.name);
    (fold(words).encode_utf16().collect(), &listed.place.id.0)
}

/// The index of each category and district in its table.
struct GroupRanks<'a> {
    by: Grouping,
    /// Of a municipality without districts: the 大字 in their place.
    towns: HashMap<&'a str, usize>,
    categories: HashMap<&'a CategoryId, usize>,
    districts: HashMap<&'a DistrictId, usize>,
}

impl<'a> GroupRanks<'a> {
    /// Numbers the categories and districts of a snapshot.
    fn of(snapshot: &'a Snapshot, by: Grouping) -> Self {
        let categories = snapshot.categories.all().iter().enumerate().map(|(n, c)| (&c.id, n)).collect();
        let districts = snapshot.districts.all().iter().enumerate().map(|(n, d)| (&d.id, n)).collect();
        let towns = towns(snapshot).into_iter().enumerate().map(|(n, name)| (name, n)).collect();
        Self { by, towns, categories, districts }
    }

    /// The group of a place.
    fn group(&self, listed: &VisiblePlace) -> PlaceGroup {
        let facts = &listed.place.facts;
        if facts.site.is_none() {
            return if facts.mode == MeetingMode::AtPlace { PlaceGroup::Unplaced } else { PlaceGroup::Away };
        }
        match self.by {
            Grouping::Category => {
                PlaceGroup::Nth(self.categories.get(&facts.category).copied().unwrap_or(self.categories.len()))
            }
            Grouping::District => {
                let town = || self.towns.get(facts.town.as_ref()?.name.as_str());
                let rank = listed.district.as_ref().and_then(|d| self.districts.get(d)).or_else(town);
                rank.map_or(PlaceGroup::NoDistrict, |&n| PlaceGroup::Nth(n))
            }
        }
    }
}

/// The 大字 by which the places of a municipality without districts are grouped, in the order of the gazetteer; none where there are
/// districts.
pub fn towns(snapshot: &Snapshot) -> Vec<&str> {
    if !snapshot.districts.all().is_empty() {
        return Vec::new();
    }
    let listed = snapshot.towns.iter().filter(|it| it.small_area.is_none()).map(|it| it.town.as_str());
    let placed = snapshot.places.iter().filter_map(|it| it.place.facts.town.as_ref()).map(|it| it.name.as_str());
    let with_places: HashSet<&str> = placed.clone().collect();
    let mut seen = HashSet::new();
    listed.filter(|name| with_places.contains(name)).chain(placed).filter(|name| seen.insert(*name)).collect()
}

/// The heading of `group`; of a district with its reading.
pub fn heading(snapshot: &Snapshot, group: PlaceGroup, view: &PageView, names: &NameReadings) -> RubyText {
    match group {
        PlaceGroup::Nth(n) if view.by == Grouping::District && !snapshot.districts.all().is_empty() => {
            snapshot.districts.all().get(n).map(|district| names.district(district)).unwrap_or_default()
        }
        other => plain(&plain_heading(snapshot, other, view)),
    }
}

fn plain_heading(snapshot: &Snapshot, group: PlaceGroup, view: &PageView) -> String {
    let (by, lang): (Grouping, Language) = (view.by, view.lang);
    let messages = page_messages(lang);
    match group {
        PlaceGroup::ByDistance => {
            let start = list_start(snapshot, &view.from).map_or(view.from.as_str(), |start| start.name);
            messages.fill("list.from", &[("place", start)])
        }
        PlaceGroup::Near => messages.text("list.near").to_owned(),
        PlaceGroup::Unknown => messages.text("list.unknown").to_owned(),
        PlaceGroup::Away => messages.text("list.away").to_owned(),
        PlaceGroup::Unplaced => messages.text("list.unplaced").to_owned(),
        PlaceGroup::NoDistrict => messages.text("list.no_district").to_owned(),
        PlaceGroup::Nth(n) if by == Grouping::District => {
            towns(snapshot).get(n).map(|&town| town.to_owned()).unwrap_or_default()
        }
        PlaceGroup::Nth(n) => {
            snapshot.categories.all().get(n).map(|c| c.name.text(lang).to_owned()).unwrap_or_default()
        }
    }
}
