//! What finding places for a person costs, beside the nearest places of the same snapshot: `cargo bench --bench find`.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made may fail by panicking")]

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use divan::Bencher;
use tsunagari::config::Config;
use tsunagari::find::{Finder, TravelMode, Wish, WishStart};
use tsunagari::index::Snapshot;
use tsunagari::model::{AccessFact, Audience, Position};
use tsunagari::publish::geojson;

#[path = "support/generated.rs"]
mod generated;

use generated::Dice;

const SIZES: [usize; 2] = [600, 1_000_000];

fn main() {
    divan::main();
}

/// Built once for all benches of a size.
fn finder(places: usize) -> Arc<Finder> {
    static BUILT: OnceLock<Mutex<HashMap<usize, Arc<Finder>>>> = OnceLock::new();
    let mut kept = BUILT.get_or_init(Mutex::default).lock().unwrap();
    let build = || {
        let config = Config::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap();
        let snapshot = Arc::new(Snapshot::build(&generated::everything(places), Audience::LinkWorkers));
        Arc::new(Finder::new(snapshot, Arc::new(config.interests)))
    };
    Arc::clone(kept.entry(places).or_insert_with(build))
}

fn starts(places: usize) -> impl FnMut() -> Position {
    let (centres, mut dice) = (generated::centres(places), Dice::new(9));
    move || generated::somewhere(&centres, &mut dice)
}

/// As `GET /nearest` answers: the ten nearest, as bytes.
#[divan::bench(args = SIZES)]
fn nearest(bencher: Bencher, places: usize) {
    let finder = finder(places);
    let snapshot = finder.snapshot();
    bencher
        .with_inputs(starts(places))
        .bench_local_refs(|from| geojson::nearest(snapshot, &snapshot.nearest(*from, &[], 10)));
}

/// As `POST /find` answers: half an hour by bicycle or bus, two likings, two things to keep away; the ten best, as bytes.
#[divan::bench(args = SIZES)]
fn find(bencher: Bencher, places: usize) {
    let finder = finder(places);
    let now = "2026-11-22T10:00:00".parse().unwrap();
    let words = |words: [&str; 2]| words.map(str::to_owned).to_vec();
    bencher.with_inputs(starts(places)).bench_local_refs(|from| {
        let wish = Wish {
            from: Some(WishStart::Position(*from)),
            travel: vec![TravelMode::Bicycle, TravelMode::Bus],
            minutes: Some(30),
            likes: words(["囲碁", "科学"]),
            avoid: words(["outdoor", "hands"]),
            matters: vec![AccessFact::MetFirstTime, AccessFact::Beginners],
            limit: 10,
            ..Wish::default()
        };
        serde_json::to_vec(&finder.find(&wish, now).unwrap()).unwrap()
    });
}
