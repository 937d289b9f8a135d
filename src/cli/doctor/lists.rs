//! Findings in the places themselves: positions elsewhere, districts that nobody knows, categories. Names of places are not
//! printed, since they may be private. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet};

use crate::cli::finding::Finding;
use crate::cli::import::region_owner::KnownRegions;
use crate::config::BuiltInFile;
use crate::index::{ConsentCounts, SnapshotInput};
use crate::model::{Place, Position};

/// Metres outside of the municipality beyond which a place is reported: the next town's hall may be somebody's nearest.
const FAR_OUTSIDE_M: f64 = 5_000.0;

/// Share of all places, in percent, from which the last category holds too many.
const MANY_OTHERS: usize = 30;

/// Fewer places than this show nothing about categories.
const FEW_PLACES: usize = 20;

/// Findings in the places of `input`.
pub fn findings(input: &SnapshotInput, known: &KnownRegions) -> Vec<Finding> {
    let mut findings = far_outside(&input.places, known);
    findings.extend(unknown_districts(input));
    findings.extend(categories(input));
    findings.extend(consents(input));
    findings
}

/// How many places are for staff only because of their consent, and how many soon will be.
fn consents(input: &SnapshotInput) -> Vec<Finding> {
    let standings = input.places.iter().map(|place| input.consent_of(place));
    let ConsentCounts { over, missing, withdrawn, unclear, soon } = ConsentCounts::of(standings, input.today);
    let days = ConsentCounts::SOON_DAYS.to_string();
    let finding = |count: usize, key, make: fn(&'static str, &[(&'static str, &str)]) -> Finding| {
        (count > 0).then(|| make(key, &[("count", &count.to_string()), ("days", &days)]))
    };
    let findings = [
        finding(over, "doctor.consent_over", Finding::warning),
        finding(missing, "doctor.consent_missing", Finding::warning),
        finding(unclear, "doctor.unclear_consent", Finding::warning),
        finding(withdrawn, "doctor.consent_withdrawn", Finding::note),
        finding(soon, "doctor.consent_soon", Finding::note),
    ];
    findings.into_iter().flatten().collect()
}

/// One finding per list with places far outside.
fn far_outside(places: &[Place], known: &KnownRegions) -> Vec<Finding> {
    let mut far: BTreeMap<&str, usize> = BTreeMap::new();
    for place in places {
        let position = place.facts.site.map(|site| site.position);
        if position.is_some_and(|position| known.is_near(position) == Some(false) && !is_beside(position, known)) {
            *far.entry(&place.source.list).or_default() += 1;
        }
    }
    let finding = |(list, count): (&&str, &usize)| {
        Finding::warning("doctor.far_outside", &[("list", list), ("count", &count.to_string())])
    };
    far.iter().map(finding).collect()
}

fn is_beside(position: Position, known: &KnownRegions) -> bool {
    let corners = known.boundary.iter().flat_map(|area| area.polygons().iter().flat_map(|p| p.exterior().coords()));
    let corners = corners.filter_map(|corner| Position::new(corner.x, corner.y).ok());
    let towns = known.towns.iter().map(|town| town.position);
    corners.chain(towns).any(|near| near.distance_to(position).0 <= FAR_OUTSIDE_M)
}

/// The districts as lists write them that are none of the municipality's.
fn unknown_districts(input: &SnapshotInput) -> Option<Finding> {
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for written in input.places.iter().filter_map(|place| place.facts.district_written.as_deref()) {
        let is_known = input.districts.named(written).is_some() || input.districts.former_town_of(written).is_some();
        if !written.trim().is_empty() && !is_known {
            *unknown.entry(written).or_default() += 1;
        }
    }
    if unknown.is_empty() {
        return None;
    }
    let key = if input.districts.all().is_empty() { "doctor.no_districts" } else { "doctor.unknown_districts" };
    let count: usize = unknown.values().sum();
    let mut names: Vec<(&str, usize)> = unknown.into_iter().collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let names: Vec<&str> = names.iter().take(5).map(|(name, _)| *name).collect();
    Some(Finding::warning(key, &[("count", &count.to_string()), ("names", &names.join(" / "))]))
}

/// Categories that a municipality wrote for itself and does not use, and too many places in the last one.
fn categories(input: &SnapshotInput) -> Vec<Finding> {
    let mut findings = Vec::new();
    if input.places.len() < FEW_PLACES {
        return findings;
    }
    let used: BTreeSet<&str> = input.places.iter().map(|place| place.facts.category.0.as_str()).collect();
    let is_own = |id: &str| !BuiltInFile::Categories.text().lines().any(|line| line.split(',').next() == Some(id));
    let unused = input.categories.all().iter().map(|it| it.id.0.as_str()).filter(|id| is_own(id) && !used.contains(id));
    let unused: Vec<&str> = unused.collect();
    if !unused.is_empty() {
        findings.push(Finding::warning("doctor.unused_categories", &[("names", &unused.join(", "))]));
    }
    let Some(last) = input.categories.all().last() else { return findings };
    let others = input.places.iter().filter(|place| place.facts.category == last.id).count();
    if others * 100 >= input.places.len() * MANY_OTHERS {
        let share = (others * 100 / input.places.len()).to_string();
        let values = [("count", others.to_string()), ("share", share)];
        let values: Vec<(&'static str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        findings.push(Finding::warning("doctor.many_others", &values));
    }
    findings
}
