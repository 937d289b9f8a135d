//! Unmet needs beside what there is: by district and kind of interest, those of which nothing is nearby first. This module does no
//! I/O.

use std::collections::BTreeSet;

use super::NeedLedger;
use super::disclosure::WidestTerms;
use crate::gaps::disclosure::MonthPeriod;
use crate::index::Snapshot;
use crate::model::unmet_need::UnmetReason;
use crate::model::{DistrictId, MeetingMode, Month, Position, Quarter, Role, Status, Thesaurus};

/// How many halls, and how many people and groups, a starting point names.
const NAMED: usize = 6;

/// Released needs of one district, kind of interest, reason and quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedCell {
    /// The quarter.
    pub quarter: Quarter,
    /// The district; `None` where none was given, or one that is no more.
    pub district: Option<DistrictId>,
    /// The kind of interest: a top term of the thesaurus.
    pub interest: String,
    /// Why no place fitted.
    pub reason: UnmetReason,
    /// A multiple of three.
    pub count: u32,
}

/// The needs of one district and kind of interest beside what there is.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedBesideSupply {
    /// The district; `None` where none was given.
    pub district: Option<DistrictId>,
    /// The kind of interest.
    pub interest: String,
    /// Its released needs.
    pub count: u32,
    /// The same by reason, in the order of [`UnmetReason::ALL`].
    pub reasons: [u32; 6],
    /// The same by quarter, those with a released need.
    pub quarters: Vec<(Quarter, u32)>,
    /// Active places of that interest in the district or within reach of its centre; of the whole municipality where no district
    /// was given.
    pub places: usize,
    /// Metres from the district's centre to the nearest of them anywhere.
    pub nearest_m: Option<f64>,
}

/// What could grow in a district: places of the snapshot, by index, nearest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartingPoint {
    /// Buildings in which people can meet.
    pub halls: Vec<usize>,
    /// Persons who teach what they know.
    pub teachers: Vec<usize>,
    /// Groups of that interest, and those that look for or are helpers.
    pub groups: Vec<usize>,
}

/// What places offer: a snapshot with the kinds of interest of each place.
#[derive(Debug)]
pub struct InterestSupply<'a> {
    snapshot: &'a Snapshot,
    /// Kinds of interest by place.
    kinds: Vec<BTreeSet<&'a str>>,
    reach_m: f64,
}

impl NeedBesideSupply {
    /// Whether nothing of the kind is nearby.
    pub fn is_missing(&self) -> bool {
        self.places == 0
    }
}

/// The released cells of `period`, by quarter, district, interest and reason. A district that is no more is none.
pub fn need_cells(ledger: &NeedLedger, snapshot: &Snapshot, period: MonthPeriod) -> Vec<NeedCell> {
    let mut cells: Vec<NeedCell> = Vec::new();
    for ((district, reason, interest), count) in &ledger.cells {
        let district = district.clone().filter(|id| snapshot.districts.by_id(id).is_some());
        let first = period.first.or_else(|| count.months().min()).unwrap_or(period.last);
        let mut quarter = Quarter::of(first);
        while quarter.first() <= period.last {
            let within = count.within(Some(quarter.first().max(first)), quarter.last().min(period.last));
            if within > 0 {
                let (district, interest) = (district.clone(), interest.clone());
                cells.push(NeedCell { quarter, district, interest, reason: *reason, count: within });
            }
            quarter = quarter.next();
        }
    }
    let order = |id: &Option<DistrictId>| position_of(snapshot, id.as_ref());
    cells.sort_by(|a, b| {
        let key = |it: &NeedCell| (it.quarter, order(&it.district), it.interest.clone(), it.reason);
        key(a).cmp(&key(b))
    });
    // Former districts are told as none, together.
    cells.dedup_by(|next, kept| {
        let is_same = (next.quarter, &next.district, &next.interest, next.reason)
            == (kept.quarter, &kept.district, &kept.interest, kept.reason);
        kept.count += if is_same { next.count } else { 0 };
        is_same
    });
    cells
}

/// The number of a district in its table; those without one come last.
fn position_of(snapshot: &Snapshot, id: Option<&DistrictId>) -> usize {
    let districts = snapshot.districts.all();
    id.and_then(|id| districts.iter().position(|it| it.id == *id)).unwrap_or(districts.len())
}

impl<'a> InterestSupply<'a> {
    /// What the places of `snapshot` offer. `interests` are those of each place, as indices into `thesaurus`; `reach_m` is how far
    /// from a district's centre a place still serves it.
    pub fn new(
        snapshot: &'a Snapshot,
        thesaurus: &'a Thesaurus,
        interests: impl Iterator<Item = Vec<usize>>,
        reach_m: f64,
    ) -> Self {
        let widest = WidestTerms::new(thesaurus);
        let kinds = |of: Vec<usize>| of.iter().filter_map(|&at| widest.of(&thesaurus.all()[at].term)).collect();
        Self { snapshot, kinds: interests.map(kinds).collect(), reach_m }
    }

    /// The needs of `cells` by district and interest, beside what there is: what is missing first, then by number.
    pub fn beside(&self, cells: &[NeedCell]) -> Vec<NeedBesideSupply> {
        let mut rows: Vec<NeedBesideSupply> = Vec::new();
        for cell in cells {
            let known = rows.iter().position(|row| row.district == cell.district && row.interest == cell.interest);
            let at = known.unwrap_or_else(|| {
                rows.push(self.supply_of(cell));
                rows.len() - 1
            });
            let row = &mut rows[at];
            row.count += cell.count;
            row.reasons[cell.reason as usize] += cell.count;
            match row.quarters.last_mut().filter(|(quarter, _)| *quarter == cell.quarter) {
                Some((_, count)) => *count += cell.count,
                None => row.quarters.push((cell.quarter, cell.count)),
            }
        }
        rows.sort_by(|a, b| {
            let order = |it: &NeedBesideSupply| position_of(self.snapshot, it.district.as_ref());
            let key = |it: &NeedBesideSupply| (!it.is_missing(), std::cmp::Reverse(it.count), order(it));
            key(a).cmp(&key(b)).then_with(|| a.interest.cmp(&b.interest))
        });
        rows
    }

    /// A row without needs yet.
    fn supply_of(&self, cell: &NeedCell) -> NeedBesideSupply {
        let offering: Vec<usize> =
            self.active().filter(|&at| self.kinds[at].contains(cell.interest.as_str())).collect();
        let nearby = offering.iter().filter(|&&at| self.is_nearby(at, cell.district.as_ref())).count();
        let metres = offering.iter().filter_map(|&at| self.metres(at, cell.district.as_ref()));
        NeedBesideSupply {
            district: cell.district.clone(),
            interest: cell.interest.clone(),
            count: 0,
            reasons: [0; 6],
            quarters: Vec::new(),
            places: nearby,
            nearest_m: metres.min_by(f64::total_cmp),
        }
    }

    /// What could grow in a district for an interest: halls, persons who teach, and groups to turn to.
    pub fn starting_point(&self, district: Option<&DistrictId>, interest: &str) -> StartingPoint {
        let places = &self.snapshot.places;
        let nearest = |of: Vec<usize>| {
            let mut of: Vec<(f64, usize)> =
                of.into_iter().map(|at| (self.metres(at, district).unwrap_or(f64::INFINITY), at)).collect();
            of.sort_by(|a, b| {
                a.0.total_cmp(&b.0).then_with(|| places[a.1].place.facts.name.cmp(&places[b.1].place.facts.name))
            });
            of.into_iter().map(|(_, at)| at).take(NAMED).collect()
        };
        let is_hall = |at: &usize| {
            let category = self.snapshot.category_of(*at).map(|it| &self.snapshot.categories.all()[it]);
            let facts = &places[*at].place.facts;
            !places[*at].private && facts.mode == MeetingMode::AtPlace && category.is_some_and(|it| it.buildings)
        };
        let offers = |at: &usize| self.kinds[*at].contains(interest);
        let teaches = |at: &usize| places[*at].private || places[*at].place.facts.roles.contains(&Role::Teach);
        StartingPoint {
            halls: nearest(self.active().filter(is_hall).filter(|at| self.is_nearby(*at, district)).collect()),
            teachers: nearest(self.active().filter(offers).filter(teaches).collect()),
            groups: nearest(self.active().filter(offers).filter(|at| !teaches(at)).collect()),
        }
    }

    fn active(&self) -> impl Iterator<Item = usize> + '_ {
        let is_active = |at: &usize| self.snapshot.places[*at].place.facts.status == Status::Active;
        (0..self.snapshot.places.len()).filter(is_active)
    }

    /// Whether a place lies in the district or within reach of its centre; everything is nearby where no district was given.
    fn is_nearby(&self, place: usize, district: Option<&DistrictId>) -> bool {
        let Some(id) = district else { return true };
        self.snapshot.places[place].district.as_ref() == Some(id)
            || self.metres(place, district).is_some_and(|metres| metres <= self.reach_m)
    }

    fn metres(&self, place: usize, district: Option<&DistrictId>) -> Option<f64> {
        let centre: Position = self.snapshot.districts.by_id(district?)?.centre?;
        let facts = &self.snapshot.places[place].place.facts;
        Some(centre.distance_to(facts.site?.position).0)
    }
}

/// The first month of a period of whole quarters that ends with `last` and has `quarters` of them, the running one included.
pub fn first_of_quarters(last: Month, quarters: u16) -> Month {
    Quarter::of(last).first().back(3 * (quarters.max(1) - 1))
}
