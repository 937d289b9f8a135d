//! What the index costs, beside a full scan: `cargo bench --bench index`.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made may fail by panicking")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use divan::Bencher;
use tsunagari::index::{Filter, Snapshot};
use tsunagari::model::{Audience, CategoryId, Position};
use tsunagari::publish::geojson;

#[path = "support/generated.rs"]
mod generated;

use generated::{CATEGORIES, Dice};

const SIZES: [usize; 3] = [600, 10_000, 1_000_000];
const NEAREST: usize = 20;

fn main() {
    divan::main();
}

/// Built once for all benches of a size.
fn snapshot(places: usize) -> Arc<Snapshot> {
    static KEPT: OnceLock<Mutex<HashMap<usize, Arc<Snapshot>>>> = OnceLock::new();
    let mut kept = KEPT.get_or_init(Mutex::default).lock().unwrap();
    let build = || Arc::new(Snapshot::build(&generated::everything(places), Audience::Public));
    Arc::clone(kept.entry(places).or_insert_with(build))
}

fn questions(places: usize) -> impl Fn() -> (Position, CategoryId) + Sync {
    let (centres, dice) = (generated::centres(places), Mutex::new(Dice::new(9)));
    move || {
        let mut dice = dice.lock().unwrap();
        (generated::somewhere(&centres, &mut dice), CategoryId(dice.pick(&CATEGORIES).0.to_owned()))
    }
}

/// A box about the size of a town.
fn town(at: Position) -> Filter {
    let half = 0.01;
    Filter { bbox: Some([at.lon() - half, at.lat() - half, at.lon() + half, at.lat() + half]), ..Filter::default() }
}

fn position(snapshot: &Snapshot, place: usize) -> Option<Position> {
    snapshot.places[place].place.facts.site.map(|site| site.position)
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn build(bencher: Bencher, places: usize) {
    let everything = generated::everything(places);
    bencher.bench(|| Snapshot::build(&everything, Audience::Public));
}

#[divan::bench(args = SIZES)]
fn nearest_of_a_category(bencher: Bencher, places: usize) {
    let snapshot = snapshot(places);
    bencher
        .with_inputs(questions(places))
        .bench_refs(|(from, category)| snapshot.nearest(*from, std::slice::from_ref(category), NEAREST));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn nearest_of_a_category_by_scan(bencher: Bencher, places: usize) {
    let snapshot = snapshot(places);
    bencher.with_inputs(questions(places)).bench_refs(|(from, category)| {
        let of_category = (0..places).filter(|&place| snapshot.places[place].place.facts.category == *category);
        let mut all: Vec<(f64, usize)> =
            of_category.filter_map(|place| Some((from.distance_to(position(&snapshot, place)?).0, place))).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.truncate(NEAREST);
        all
    });
}

#[divan::bench(args = SIZES)]
fn a_box(bencher: Bencher, places: usize) {
    let snapshot = snapshot(places);
    bencher.with_inputs(questions(places)).bench_refs(|(at, _)| snapshot.matching(&town(*at)));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn a_box_by_scan(bencher: Bencher, places: usize) {
    let snapshot = snapshot(places);
    bencher.with_inputs(questions(places)).bench_refs(|(at, _)| {
        let [west, south, east, north] = town(*at).bbox.unwrap();
        let holds = |at: Position| west <= at.lon() && at.lon() <= east && south <= at.lat() && at.lat() <= north;
        (0..places).filter(|&place| position(&snapshot, place).is_some_and(holds)).collect::<Vec<usize>>()
    });
}

#[divan::bench(args = SIZES)]
fn a_word(bencher: Bencher, places: usize) {
    let snapshot = snapshot(places);
    let filter = Filter { text: "囲碁 第0003地区".to_owned(), ..Filter::default() };
    bencher.bench(|| snapshot.matching(&filter));
}

#[divan::bench(args = SIZES)]
fn encode_a_box(bencher: Bencher, places: usize) {
    let snapshot = snapshot(places);
    let question = questions(places);
    let runs = || snapshot.matching(&town(question().0));
    bencher.with_inputs(runs).bench_refs(|runs| geojson::collection(&snapshot, runs));
}

#[divan::bench(args = SIZES)]
fn encode_the_nearest(bencher: Bencher, places: usize) {
    let snapshot = snapshot(places);
    let question = questions(places);
    let hits = || snapshot.nearest(question().0, &[], NEAREST);
    bencher.with_inputs(hits).bench_refs(|hits| geojson::nearest(&snapshot, hits));
}
