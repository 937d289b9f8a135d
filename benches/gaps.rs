//! What planners' questions cost, beside the plain double loop over areas and places: `cargo bench --bench gaps`.
//!
//! `coverage_*` and `catchment_*` of 50,000 areas and 100,000 places; the loops take a hundredth of the areas, so that their time is to be
//! taken a hundred times. At the end, requests of a city's size (235 areas, 111 places) beside `GET /nearest`, one kind after the
//! other in turn, by the time that the processor spends on each; `cargo bench --bench gaps -- requests` measures these alone.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made may fail by panicking")]

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use tsunagari::gaps::catchment::{CatchmentOptions, DistanceDecay, SupplyUnit};
use tsunagari::gaps::coverage::CoverageOptions;
use tsunagari::gaps::siting::{CandidateSites, SitingModel, SitingOptions};
use tsunagari::gaps::{GapOptions, PlannerData};
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{AgeCounts, Audience, GapTargets, PeopleCount, PopulationArea, PopulationEdition, Position};

#[path = "support/generated.rs"]
mod generated;
#[path = "support/requests.rs"]
mod requests;

use generated::Dice;

const REACH_M: f64 = 2000.0;
/// The loops take one of so many areas.
const SAMPLED: usize = 100;

fn main() {
    if !std::env::args().any(|argument| argument == "requests") {
        divan::main();
    }
    requests::compare(town().data.snapshot());
}

/// Generated places and areas.
struct BenchCity {
    data: PlannerData,
    places: Vec<Position>,
    areas: Vec<(Position, f64)>,
}

fn bench_city(places: usize, areas: usize) -> BenchCity {
    let input = generated::everything(places);
    let (centres, mut dice) = (generated::centres(places), Dice::new(7));
    let area = |row: usize, dice: &mut Dice| {
        let people = Some(PeopleCount(f64::from(u32::try_from(row % 300).unwrap())));
        PopulationArea {
            name: format!("町{row}"),
            position: Some(generated::somewhere(&centres, dice)),
            people: AgeCounts(BTreeMap::from([(0, people), (65, people)])),
            ..PopulationArea::default()
        }
    };
    let areas: Vec<PopulationArea> = (0..areas).map(|row| area(row, &mut dice)).collect();
    let spots = areas.iter().map(|area| (area.position.unwrap(), area.people.over(65).unwrap())).collect();
    let population = PopulationEdition { as_of: day(), areas };
    let snapshot = Snapshot::build(&SnapshotInput { population: Some(population.clone()), ..input }, Audience::Public);
    let places = snapshot.places.iter().filter_map(|it| it.place.facts.site.map(|site| site.position)).collect();
    BenchCity { data: PlannerData::new(Arc::new(snapshot), Arc::new(population)), places, areas: spots }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

fn large() -> &'static BenchCity {
    static LARGE: OnceLock<BenchCity> = OnceLock::new();
    LARGE.get_or_init(|| bench_city(100_000, 50_000))
}

fn town() -> &'static BenchCity {
    static TOWN: OnceLock<BenchCity> = OnceLock::new();
    TOWN.get_or_init(|| bench_city(111, 235))
}

fn options() -> GapOptions {
    GapOptions::new(&GapTargets::default(), day())
}

fn coverage_options() -> CoverageOptions {
    CoverageOptions { reaches_m: vec![500.0, 1000.0, REACH_M], ..CoverageOptions::default() }
}

#[divan::bench(sample_count = 5)]
fn coverage_of_50_000_areas_and_100_000_places(bencher: Bencher) {
    let city = large();
    let selection = city.data.select(&options()).unwrap();
    bencher.bench_local(|| selection.coverage(&coverage_options()).unwrap());
}

/// Times a hundred is the plain double loop.
#[divan::bench(sample_count = 3)]
fn coverage_of_a_hundredth_by_plain_loops(bencher: Bencher) {
    let city = large();
    bencher.bench_local(|| {
        let nearest =
            |at: &Position| city.places.iter().map(|place| at.distance_to(*place).0).fold(f64::INFINITY, f64::min);
        city.areas
            .iter()
            .step_by(SAMPLED)
            .map(|(at, people)| if nearest(at) <= REACH_M { *people } else { 0.0 })
            .sum::<f64>()
    });
}

#[divan::bench(sample_count = 5)]
fn catchment_of_50_000_areas_and_100_000_places(bencher: Bencher) {
    let city = large();
    let selection = city.data.select(&options()).unwrap();
    // Schedules are read once per snapshot and day.
    let wanted = CatchmentOptions { reach_m: REACH_M, decay: DistanceDecay::default(), supply: SupplyUnit::One };
    black_box(selection.catchment(&wanted).unwrap());
    bencher.bench_local(|| selection.catchment(&wanted).unwrap());
}

/// Times a hundred is the plain double loop (of which there are two: demand, then accessibility).
#[divan::bench(sample_count = 3)]
fn catchment_of_a_hundredth_by_plain_loops(bencher: Bencher) {
    let city = large();
    let decay = DistanceDecay::default();
    bencher.bench_local(|| {
        let areas: Vec<_> = city.areas.iter().step_by(SAMPLED).collect();
        let mut accessibility = vec![0.0; areas.len()];
        for place in &city.places {
            let weight = |at: &Position| decay.weight(at.distance_to(*place).0, REACH_M);
            let demand: f64 = areas.iter().map(|(at, people)| people * weight(at)).sum();
            if demand > 0.0 {
                areas.iter().zip(&mut accessibility).for_each(|((at, _), sum)| *sum += weight(at) / demand);
            }
        }
        accessibility
    });
}

#[divan::bench(args = [2, 5])]
fn sites(bencher: Bencher, count: usize) {
    let selection = town().data.select(&options()).unwrap();
    let wanted = |model| SitingOptions { model, sites: count, reach_m: 300.0, candidates: CandidateSites::Areas };
    bencher.bench_local(|| {
        [SitingModel::Mclp, SitingModel::PMedian].map(|model| selection.siting(&wanted(model)).unwrap())
    });
}
