//! Grouping and order of the list: by category or district, then by reading. `web/groups.js` implements the same.
//!
//! This module does no I/O.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::LOAD_ALL_MAX;
use super::start::list_start;
use crate::index::{FilterAnswer, Snapshot, VisiblePlace};
use crate::model::{Language, MeetingMode};
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

/// The places of an answer in display order, as far as a page shows them.
#[derive(Debug, PartialEq, Eq)]
pub struct OrderedPlaces {
    /// Those of the page, each with its group.
    pub page: Vec<(PlaceGroup, usize)>,
    /// How many there are on all pages.
    pub total: usize,
    sizes: BTreeMap<PlaceGroup, usize>,
}

impl OrderedPlaces {
    /// The size of a group over all pages.
    pub fn size_of(&self, group: PlaceGroup) -> usize {
        self.sizes.get(&group).copied().unwrap_or_default()
    }

    /// Those of `list` that stand in `shown` when it is in order; no two have the same group and key.
    fn new<K: Ord>(mut list: Vec<(PlaceGroup, K, usize)>, shown: Range<usize>) -> Self {
        let total = list.len();
        let mut sizes = BTreeMap::new();
        for (group, ..) in &list {
            *sizes.entry(*group).or_default() += 1;
        }
        let (start, end) = (shown.start.min(total), shown.end.min(total));
        if end < total {
            list.select_nth_unstable(end);
            list.truncate(end);
        }
        if start < end {
            list.select_nth_unstable(start);
        }
        let page = &mut list[start..];
        page.sort_unstable();
        Self { page: page.iter().map(|(group, _, place)| (*group, *place)).collect(), total, sizes }
    }
}

/// The places of an answer that stand in `shown` in display order: what certainly fits, then what is near it, then what is not known
/// to fit; from a chosen start the nearest first, else by reading.
pub fn ordered(snapshot: &Snapshot, answer: &FilterAnswer, view: &PageView, shown: Range<usize>) -> OrderedPlaces {
    let ranks = GroupRanks::of(snapshot, view.by);
    let start = list_start(snapshot, &view.from).map(|start| start.position);
    let group = |i: usize| match ranks.group(i) {
        PlaceGroup::Nth(_) | PlaceGroup::NoDistrict if start.is_some() => PlaceGroup::ByDistance,
        group => group,
    };
    let certain = answer.certain.iter().map(|i| (group(i), i));
    let near = answer.near.iter().map(|i| (PlaceGroup::Near, i));
    let all = certain.chain(near).chain(answer.unknown.iter().map(|i| (PlaceGroup::Unknown, i)));
    if let Some(start) = start {
        let distance =
            |i: usize| snapshot.places[i].place.facts.site.map_or(f64::MAX, |site| start.distance_to(site.position).0);
        // To the metre, as the script has it, so that both break ties alike.
        let key = |i: usize| (OrderedMetres(distance(i).round()), &snapshot.places[i].place.id.0);
        return OrderedPlaces::new(all.map(|(group, i)| (group, key(i), i)).collect(), shown);
    }
    let all: Vec<(PlaceGroup, usize)> = all.collect();
    if all.len() > LOAD_ALL_MAX {
        // The order of the snapshot within a group.
        return OrderedPlaces::new(all.into_iter().map(|(group, i)| (group, i, i)).collect(), shown);
    }
    if let Some(ranks) = ReadingRanks::of(snapshot) {
        return OrderedPlaces::new(all.into_iter().map(|(group, i)| (group, ranks.0[i], i)).collect(), shown);
    }
    let key = |i: usize| reading(&snapshot.places[i]);
    OrderedPlaces::new(all.into_iter().map(|(group, i)| (group, key(i), i)).collect(), shown)
}

/// The rank of each place by its reading.
#[derive(Debug)]
pub struct ReadingRanks(Vec<u32>);

impl ReadingRanks {
    /// The ranks of a snapshot, kept with it. Of very many places they are prepared ahead or not at all: to rank them takes longer than
    /// a visitor waits.
    fn of(snapshot: &Snapshot) -> Option<Arc<Self>> {
        let is_quick = snapshot.places.len() <= LOAD_ALL_MAX;
        if is_quick { Some(Self::prepared(snapshot)) } else { snapshot.kept.known() }
    }

    /// The ranks of a snapshot, which the first call makes.
    pub fn prepared(snapshot: &Snapshot) -> Arc<Self> {
        snapshot.kept.get(|| {
            let number = |at: usize| u32::try_from(at).expect("places are numbered in 32 bits");
            let mut order: Vec<usize> = (0..snapshot.places.len()).collect();
            order.sort_by_cached_key(|&i| reading(&snapshot.places[i]));
            let mut ranks = vec![0; order.len()];
            order.into_iter().enumerate().for_each(|(rank, i)| ranks[i] = number(rank));
            Self(ranks)
        })
    }
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

/// The group of each place of a snapshot.
struct GroupRanks<'a> {
    snapshot: &'a Snapshot,
    by: Grouping,
    /// Of a municipality without districts: the 大字 in their place.
    towns: Arc<ListedTowns>,
}

impl<'a> GroupRanks<'a> {
    fn of(snapshot: &'a Snapshot, by: Grouping) -> Self {
        Self { snapshot, by, towns: towns(snapshot) }
    }

    /// The group of the place number `i`.
    fn group(&self, i: usize) -> PlaceGroup {
        let facts = &self.snapshot.places[i].place.facts;
        if facts.site.is_none() {
            return if facts.mode == MeetingMode::AtPlace { PlaceGroup::Unplaced } else { PlaceGroup::Away };
        }
        match self.by {
            Grouping::Category => {
                PlaceGroup::Nth(self.snapshot.category_of(i).unwrap_or(self.snapshot.categories.all().len()))
            }
            Grouping::District => {
                let town = || self.towns.ranks.get(&facts.town.as_ref()?.name).copied();
                self.snapshot.district_of(i).or_else(town).map_or(PlaceGroup::NoDistrict, PlaceGroup::Nth)
            }
        }
    }
}

/// The 大字 by which the places of a municipality without districts are grouped; none where there are districts.
#[derive(Debug)]
pub struct ListedTowns {
    /// Their names, in the order of the gazetteer.
    pub names: Vec<String>,
    ranks: HashMap<String, usize>,
}

/// The 大字 of a snapshot, gathered once.
pub fn towns(snapshot: &Snapshot) -> Arc<ListedTowns> {
    snapshot.kept.get(|| {
        let names: Vec<String> = town_names(snapshot).into_iter().map(str::to_owned).collect();
        let ranks = names.iter().enumerate().map(|(rank, name)| (name.clone(), rank)).collect();
        ListedTowns { names, ranks }
    })
}

fn town_names(snapshot: &Snapshot) -> Vec<&str> {
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
        PlaceGroup::Nth(n) if by == Grouping::District => towns(snapshot).names.get(n).cloned().unwrap_or_default(),
        PlaceGroup::Nth(n) => {
            snapshot.categories.all().get(n).map(|c| c.name.text(lang).to_owned()).unwrap_or_default()
        }
    }
}
