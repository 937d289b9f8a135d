//! Addresses as people write them against gazetteers of real municipalities: right or none, never in a wrong place.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tsunagari::import::regions::gazetteer::{Gazetteer, TownLookup};
use tsunagari::model::{City, Position, Precision, TownEntry};

/// Metres from the gazetteer's own point within which a place is right.
const RIGHT_M: f64 = 60.0;

/// The folder with real data, or `None` with a word on stderr.
fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("TSUNAGARI_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
    }
    folder
}

/// The records of a table with tabs, by heading.
fn records(path: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).flexible(true).from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// A municipality's gazetteer with its entries.
struct TownIndex {
    entries: Vec<TownEntry>,
    gazetteer: Gazetteer,
}

/// The gazetteers of `CITIES.tsv` by their paths.
fn gazetteers(folder: &Path) -> HashMap<String, TownIndex> {
    let index = |city: &HashMap<String, String>| {
        let path = city["gazetteer"].clone();
        let entries = Gazetteer::read(&std::fs::read(folder.join(&path)).unwrap()).unwrap();
        let municipality = City {
            code: city["code"].clone(),
            name: city["name"].clone(),
            prefecture: city["prefecture"].clone(),
            ..City::default()
        };
        (path, TownIndex { gazetteer: Gazetteer::new(entries.clone(), &municipality), entries })
    };
    records(&folder.join("trials/addresses/cities/CITIES.tsv")).iter().map(index).collect()
}

impl TownIndex {
    /// The points of the 町字 that is written `town` or `town/小字`.
    fn points(&self, name: &str) -> Vec<Position> {
        let (town, small) = name.split_once('/').map_or((name, None), |(town, small)| (town, Some(small)));
        let is_meant =
            |entry: &&TownEntry| entry.town == town && entry.small_area.as_deref().filter(|s| !s.is_empty()) == small;
        self.entries.iter().filter(is_meant).map(|entry| entry.position).collect()
    }

    /// The point that an address gets, unless it is that of a whole district.
    fn point(&self, address: &str) -> Option<Position> {
        let site = match self.gazetteer.look_up(address) {
            TownLookup::Found(located) => located.site,
            TownLookup::WithoutTown(site) => site,
            TownLookup::Ambiguous | TownLookup::Several | TownLookup::Unknown => return None,
        };
        (site.precision != Precision::District).then_some(site.position)
    }
}

/// How an address was placed.
#[derive(Debug, PartialEq, Eq)]
enum Judgement {
    Right,
    Missing,
    Coarse,
    Wrong,
}

fn judge(index: &TownIndex, address: &str, right: &str) -> Judgement {
    let Some(point) = index.point(address) else {
        return if right.split('|').any(|name| name == "-") { Judgement::Right } else { Judgement::Missing };
    };
    let lies_at = |name: &str| {
        let points = index.points(name);
        assert!(!points.is_empty(), "{address}: the gazetteer has no {name}");
        points.iter().any(|at| at.distance_to(point).0 <= RIGHT_M)
    };
    let names = || right.split('|').filter(|name| *name != "-");
    if names().filter(|name| !name.starts_with('~')).any(lies_at) {
        Judgement::Right
    } else if names().filter_map(|name| name.strip_prefix('~')).any(lies_at) {
        Judgement::Coarse
    } else {
        Judgement::Wrong
    }
}

#[test]
fn addresses_as_people_write_them_are_placed_rightly_and_none_wrongly() {
    let Some(folder) = real_data() else { return };
    let gazetteers = gazetteers(&folder);
    let cases = records(&folder.join("trials/addresses/address-cases.tsv"));
    let mut misses = Vec::new();
    for case in &cases {
        let index = &gazetteers[&case["gazetteer"]];
        let (address, right) = (&case["address"], &case["right"]);
        let judgement = judge(index, address, right);
        if judgement != Judgement::Right {
            let found = index.gazetteer.look_up(address);
            misses.push(format!("{judgement:?}: {address}: {right} ({}) but {found:?}", case["note"]));
        }
    }
    eprintln!("{} of {} right\n{}", cases.len() - misses.len(), cases.len(), misses.join("\n"));
    assert!(cases.len() > 100 && misses.is_empty());
}
