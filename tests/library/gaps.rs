//! Planners' answers against plain loops on random small cities, and what an audience's answers may be made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;
use tsunagari::editor::Editor;
use tsunagari::gaps::catchment::{CatchmentOptions, DistanceDecay, SupplyUnit};
use tsunagari::gaps::coverage::{CoverageGrouping, CoverageOptions};
use tsunagari::gaps::siting::{CandidateSites, SitingModel, SitingOptions};
use tsunagari::gaps::table::TableOptions;
use tsunagari::gaps::{GapOptions, PlannerData};
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{
    AgeCounts, Audience, Category, CategoryId, CategoryTable, City, Facts, GapTargets, Location, PeopleCount, Place,
    PlaceId, PopulationArea, PopulationEdition, Position, Precision, Schedule, Source,
};

/// A point within a few kilometres.
type Spot = (u16, u16);

/// A random city: areas with people (`None`: hidden), places with a category and whether they have a schedule.
#[derive(Debug, Clone)]
struct RandomCity {
    areas: Vec<(Spot, Option<u16>)>,
    places: Vec<(Spot, u8, Option<u8>)>,
    detour: f64,
}

const SCHEDULES: [&str; 3] = ["毎月15日", "第2・4木曜 10:00〜11:00", "毎週月曜"];

fn random_city() -> impl Strategy<Value = RandomCity> {
    let spot = || (0_u16..400, 0_u16..400);
    let areas = proptest::collection::vec((spot(), proptest::option::weighted(0.9, 0_u16..300)), 1..14);
    let places = proptest::collection::vec((spot(), 0_u8..3, proptest::option::of(0_u8..3)), 0..9);
    (areas, places, prop_oneof![Just(1.0), Just(1.3)]).prop_map(|(areas, places, detour)| RandomCity {
        areas,
        places,
        detour,
    })
}

fn position((x, y): Spot) -> Position {
    Position::new(134.0 + f64::from(x) / 10_000.0, 35.0 + f64::from(y) / 10_000.0).unwrap()
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

fn place(number: usize, (spot, category, schedule): (Spot, u8, Option<u8>)) -> Place {
    let schedule = schedule.map(|at| Schedule { text: SCHEDULES[usize::from(at)].to_owned() });
    Place {
        id: PlaceId(format!("p{number:09}")),
        facts: Facts {
            name: format!("場{number}"),
            category: CategoryId(format!("c{category}")),
            site: Some(Location { position: position(spot), precision: Precision::Door }),
            schedule: schedule.into_iter().collect(),
            ..Facts::default()
        },
        source: Source { list: "一覧".to_owned(), ..Source::default() },
        verification: None,
    }
}

fn area(row: u32, (spot, people): (Spot, Option<u16>)) -> PopulationArea {
    let people = people.map(|people| PeopleCount(f64::from(people)));
    PopulationArea {
        source: Source { row, ..Source::default() },
        name: format!("町{row}"),
        position: Some(position(spot)),
        people: AgeCounts(BTreeMap::from([(0, people), (65, people)])),
        ..PopulationArea::default()
    }
}

fn planner_data(city: &RandomCity) -> PlannerData {
    let categories = (0..3).map(|n| Category { id: CategoryId(format!("c{n}")), ..Category::default() });
    let input = SnapshotInput {
        categories: CategoryTable::new(categories.collect()),
        places: city.places.iter().copied().enumerate().map(|(n, it)| place(n, it)).collect(),
        ..SnapshotInput::default()
    };
    let areas = (2..).zip(&city.areas).map(|(row, it)| area(row, *it)).collect();
    let population = PopulationEdition { as_of: day(), areas };
    PlannerData::new(Arc::new(Snapshot::build(&input, Audience::Public)), Arc::new(population))
}

fn options(city: &RandomCity) -> GapOptions {
    GapOptions { detour: city.detour, ..GapOptions::new(&GapTargets::default(), day()) }
}

impl RandomCity {
    fn metres(&self, a: Spot, b: Spot) -> f64 {
        position(a).distance_to(position(b)).0 * self.detour
    }

    /// Areas with known people.
    fn demand(&self) -> Vec<(Spot, f64)> {
        self.areas.iter().filter_map(|(spot, people)| Some((*spot, f64::from((*people)?)))).collect()
    }

    fn nearest(&self, from: Spot, wanted: impl Fn(u8) -> bool) -> f64 {
        let of_kind = self.places.iter().filter(|(_, category, _)| wanted(*category));
        of_kind.map(|(spot, ..)| self.metres(from, *spot)).fold(f64::INFINITY, f64::min)
    }

    fn people(&self) -> f64 {
        self.demand().iter().map(|(_, people)| people).sum()
    }
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}

/// Days a month of the schedule with this number in the year from [`day`].
fn monthly(schedule: u8) -> f64 {
    let read =
        tsunagari::schedule::read(SCHEDULES[usize::from(schedule)], &tsunagari::schedule::ScheduleContext::new(day()));
    let rule = read.rule.unwrap();
    f64::from(u32::try_from(day().iter_days().take(365).filter(|day| rule.is_on(*day)).count()).unwrap()) / 12.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn coverage_is_that_of_plain_loops(city in random_city(), reach in 200.0_f64..4000.0) {
        let data = planner_data(&city);
        let selection = data.select(&options(&city)).unwrap();
        let wanted = CoverageOptions { reaches_m: vec![reach], ..CoverageOptions::default() };
        let answer = selection.coverage(&wanted).unwrap();
        for (at, row) in answer.coverage.iter().enumerate() {
            let of_kind = |category: u8| at == 0 || usize::from(category) == at - 1;
            let reached: f64 =
                city.demand().iter().filter(|(spot, _)| city.nearest(*spot, of_kind) <= reach).map(|(_, p)| p).sum();
            prop_assert!(is_near(row.reached.0, reached));
            prop_assert!(is_near(row.not_reached.0, city.people() - reached));
        }
        for (found, (spot, _)) in answer.areas.iter().zip(&city.areas) {
            let nearest = city.nearest(*spot, |_| true);
            prop_assert!(found.nearest_m.map_or(nearest.is_infinite(), |metres| is_near(metres.0, nearest)));
        }
        let kinds: f64 = answer.kinds[0].people.iter().map(|people| people.0).sum();
        prop_assert!(is_near(kinds, city.people()));
    }

    #[test]
    fn gaps_are_those_of_plain_loops(city in random_city(), reach in 200.0_f64..4000.0, target in 0.5_f64..6.0) {
        let data = planner_data(&city);
        let answer = data.select(&options(&city)).unwrap().table(&TableOptions { reach_m: reach, monthly: target }).unwrap();
        for cell in &answer.cells {
            let category: u8 = cell.category.0[1..].parse().unwrap();
            let (mut certain, mut possible) = (0.0, 0.0);
            for (spot, people) in city.demand() {
                let within = city.places.iter().filter(|(at, of, _)| *of == category && city.metres(spot, *at) <= reach);
                let days: f64 = within.clone().filter_map(|(.., schedule)| schedule.map(monthly)).sum();
                if days < target {
                    possible += people;
                    certain += if within.clone().any(|(.., schedule)| schedule.is_none()) { 0.0 } else { people };
                }
            }
            prop_assert_eq!((cell.gap.certain.0, cell.gap.possible.0), (certain, possible));
        }
    }

    #[test]
    fn accessibility_is_that_of_plain_loops_and_shares_out_all_supply(city in random_city(), reach in 200.0_f64..4000.0) {
        let data = planner_data(&city);
        for decay in [DistanceDecay::None, DistanceDecay::Thirds, DistanceDecay::Gaussian(None)] {
            let wanted = CatchmentOptions { reach_m: reach, decay: decay.clone(), supply: SupplyUnit::One };
            let answer = data.select(&options(&city)).unwrap().catchment(&wanted).unwrap();
            let weight = |a: Spot, b: Spot| decay.weight(city.metres(a, b), reach);
            for (found, (spot, _)) in answer.areas.iter().zip(&city.areas) {
                let of_place = |(at, ..): &(Spot, u8, Option<u8>)| {
                    let demand: f64 = city.demand().iter().map(|(other, people)| people * weight(*other, *at)).sum();
                    if demand > 0.0 { weight(*spot, *at) / demand } else { 0.0 }
                };
                let expected: f64 = city.places.iter().map(of_place).sum();
                prop_assert!(is_near(found.accessibility.unwrap().0, expected), "{found:?} {expected}");
            }
            if let Some(mean) = answer.accessibility.mean {
                prop_assert!(is_near(mean.0 * city.people(), answer.supply.used.0));
            }
        }
    }

    #[test]
    fn no_other_sites_are_better(city in random_city(), reach in 200.0_f64..3000.0) {
        let data = planner_data(&city);
        for model in [SitingModel::Mclp, SitingModel::PMedian] {
            let wanted = SitingOptions { model, sites: 3, reach_m: reach, candidates: CandidateSites::Areas };
            let answer = data.select(&options(&city)).unwrap().siting(&wanted).unwrap();
            let mut spots: Vec<Spot> = Vec::new();
            city.areas.iter().for_each(|(spot, _)| if !spots.contains(spot) { spots.push(*spot) });
            prop_assert_eq!(answer.candidates, spots.len());
            for solution in &answer.solutions {
                let worth = |chosen: &[Spot]| -> f64 {
                    city.demand().iter().map(|(spot, people)| {
                        let new = chosen.iter().map(|at| city.metres(*spot, *at));
                        let nearest = new.fold(city.nearest(*spot, |_| true), f64::min);
                        match model {
                            SitingModel::Mclp => if nearest <= reach { *people } else { 0.0 },
                            SitingModel::PMedian => -people * nearest,
                        }
                    }).sum()
                };
                let best = choices(&spots, solution.p).iter().map(|chosen| worth(chosen)).fold(f64::NEG_INFINITY, f64::max);
                let found = match model {
                    SitingModel::Mclp => solution.reached.0,
                    SitingModel::PMedian => -solution.mean_m.map_or(0.0, |mean| mean.0) * city.people(),
                };
                prop_assert!((found - best).abs() <= 1e-9 * best.abs().max(1.0), "{model:?} {solution:?} {best}");
                prop_assert!(solution.exact);
            }
        }
    }
}

/// All choices of `count` of `spots`.
fn choices(spots: &[Spot], count: usize) -> Vec<Vec<Spot>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let with = |(at, spot): (usize, &Spot)| {
        choices(&spots[at + 1..], count - 1).into_iter().map(|rest| [vec![*spot], rest].concat()).collect::<Vec<_>>()
    };
    spots.iter().enumerate().flat_map(with).collect()
}

#[test]
fn the_public_does_not_find_a_private_persons_house_list_or_capacity() {
    let teacher = Place {
        facts: Facts {
            capacity: Some("3名".to_owned()),
            town: Some(tsunagari::model::Town { name: "川原町".to_owned(), centre: position((100, 100)) }),
            ..place(0, ((0, 0), 1, None)).facts
        },
        source: Source { list: "個人の一覧".to_owned(), ..Source::default() },
        ..place(0, ((0, 0), 1, None))
    };
    let categories =
        (0..2).map(|n| Category { id: CategoryId(format!("c{n}")), private_persons: n == 1, ..Category::default() });
    let input = SnapshotInput {
        categories: CategoryTable::new(categories.collect()),
        places: vec![teacher],
        ..SnapshotInput::default()
    };
    let population = Arc::new(PopulationEdition { as_of: day(), areas: vec![area(2, ((0, 0), Some(10)))] });
    let city = RandomCity { areas: Vec::new(), places: Vec::new(), detour: 1.0 };
    let data = |audience| PlannerData::new(Arc::new(Snapshot::build(&input, audience)), Arc::clone(&population));
    let public = data(Audience::Public);
    let wanted = CoverageOptions { reaches_m: vec![500.0], by: CoverageGrouping::List, ..CoverageOptions::default() };
    let answer = public.select(&options(&city)).unwrap().coverage(&wanted).unwrap();
    assert_eq!(answer.coverage.len(), 1, "no list of a private person is named");
    assert!(answer.areas[0].nearest_m.unwrap().0 > 1000.0, "the middle of the town, not the house");
    let by_list = GapOptions { lists: vec!["個人の一覧".to_owned()], ..options(&city) };
    assert!(public.select(&by_list).is_err());
    let unknown = CatchmentOptions { reach_m: 9000.0, decay: DistanceDecay::None, supply: SupplyUnit::PersonPlaces };
    assert_eq!(public.select(&options(&city)).unwrap().catchment(&unknown).unwrap().supply.capacity_unknown, 1);
}

#[test]
fn the_served_snapshot_has_the_newest_population_after_each_import() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.sqlite");
    let serving = Editor::open(&path, City::default(), CategoryTable::default()).unwrap();
    let snapshots = serving.shared_snapshots().unwrap();
    assert!(snapshots.load(Audience::Public).population.is_none(), "no population is fine");
    let version = snapshots.load(Audience::Public).version.clone();
    for (day, people) in [("2026-04-01", 10), ("2026-10-01", 20), ("2025-04-01", 30)] {
        let other = Editor::open(&path, City::default(), CategoryTable::default()).unwrap();
        other.import_population(edition(people), day.parse().unwrap()).unwrap();
        assert!(serving.reload_if_changed().unwrap());
        let served = snapshots.load(Audience::Public).population.clone().unwrap();
        let expected = if day < "2026" { "2026-10-01" } else { day };
        assert_eq!(served.as_of.to_string(), expected);
    }
    assert_eq!(snapshots.load(Audience::Public).version, version, "open data is the same");
    let again = serving.import_population(edition(20), "2026-10-01".parse().unwrap()).unwrap();
    assert!(!again, "the same edition writes nothing");
}

fn edition(people: u16) -> tsunagari::editor::ListEdition<PopulationArea> {
    let import = tsunagari::import::ImportedFile {
        format: tsunagari::import::Format::Csv,
        encoding: None,
        sheets: vec![tsunagari::import::ImportedSheet {
            entries: vec![area(2, ((0, 0), Some(people)))],
            ..tsunagari::import::ImportedSheet::default()
        }],
        refused: None,
    };
    tsunagari::editor::ListEdition {
        list: "population".to_owned(),
        files: vec![tsunagari::editor::ReadFile { file: "人口.csv".to_owned(), blake3: String::new(), import }],
        by: "見本".to_owned(),
        at: chrono::Utc::now(),
    }
}

#[test]
fn an_answer_without_people_or_places_has_no_shares_and_no_panic() {
    let empty = RandomCity { areas: vec![((0, 0), Some(0))], places: Vec::new(), detour: 1.0 };
    let data = planner_data(&empty);
    let selection = data.select(&options(&empty)).unwrap();
    let wanted = CoverageOptions { reaches_m: vec![500.0], ..CoverageOptions::default() };
    assert_eq!(selection.coverage(&wanted).unwrap().coverage[0].share, None);
    let catchment = CatchmentOptions { reach_m: 500.0, decay: DistanceDecay::None, supply: SupplyUnit::One };
    let answer = json!(selection.catchment(&catchment).unwrap());
    assert_eq!(
        answer["accessibility"],
        json!({"mean": null, "gini": null, "worst_tenth": {"mean": null, "share": null}, "none": 0})
    );
    let site =
        SitingOptions { model: SitingModel::PMedian, sites: 2, reach_m: 500.0, candidates: CandidateSites::Areas };
    let answer = json!(selection.siting(&site).unwrap());
    assert_eq!(answer["solutions"][0]["mean_m"], json!(null));
}
