//! The planners' page: its numbers are those of the questions behind it, and no more is told than the audience may see.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use tsunagari::gaps::coverage::{CoverageGrouping, CoverageOptions};
use tsunagari::gaps::{GapOptions, PlannerData};
use tsunagari::http::AppState;
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{
    AgeCounts, Audience, JoinBasis, PeopleCount, PopulationArea, PopulationEdition, Position, Source,
};

use super::{app, app_of, get_from};
use crate::sample_city;

/// The sample city with an invented population: ten more people in each town than in the one before.
fn populated() -> SnapshotInput {
    let mut everything = sample_city::sample().everything;
    let towns = everything.towns.iter().filter(|town| town.small_area.is_none()).enumerate();
    let areas = towns.map(|(at, town)| {
        let count = |of: usize| Some(PeopleCount(f64::from(u32::try_from(of * (at + 1)).unwrap())));
        PopulationArea {
            source: Source { row: u32::try_from(at).unwrap() + 2, ..Source::default() },
            name: town.town.clone(),
            position: Some(town.position),
            joined: Some(JoinBasis::Name),
            people: AgeCounts(BTreeMap::from([(0, count(10)), (65, count(4)), (75, count(2))])),
            ..PopulationArea::default()
        }
    });
    let areas = areas.collect();
    everything.population = Some(PopulationEdition { as_of: "2026-10-01".parse().unwrap(), areas });
    everything
}

fn planner(everything: &SnapshotInput) -> PlannerData {
    let snapshot = Arc::new(Snapshot::build(everything, Audience::Public));
    let population = Arc::clone(snapshot.population.as_ref().unwrap());
    PlannerData::new(snapshot, population)
}

async fn text_of(app: &AppState, address: &str) -> String {
    let answer = get_from(app, address).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (StatusCode::OK, "text/html; charset=utf-8"),
        "{address}"
    );
    answer.text().to_owned()
}

/// The people reached by places within `reach_m`, with places that are not there yet.
fn reached(data: &PlannerData, reach_m: f64, add: Vec<Position>) -> f64 {
    let options = GapOptions::new(&data.snapshot().city.gaps, "2026-12-01".parse().unwrap());
    let coverage = CoverageOptions { reaches_m: vec![reach_m], by: CoverageGrouping::Category, add };
    data.select(&options).unwrap().coverage(&coverage).unwrap().coverage[0].reached.0
}

#[tokio::test]
async fn the_first_sentence_says_what_coverage_says() {
    let everything = populated();
    let (app, data) = (app_of(&everything, Audience::Public), planner(&everything));
    for reach in [500.0, 1000.0, 2000.0] {
        let page = text_of(&app, &format!("/plan?reach={reach}")).await;
        let count = reached(&data, reach, Vec::new());
        let shown = page.split("のうち ").nth(1).and_then(|rest| rest.split("人（").next()).unwrap_or_default();
        assert_eq!(shown.replace(',', "").parse(), Ok(count), "{reach} m: {shown}");
    }
}

#[tokio::test]
async fn a_pin_adds_what_one_more_place_adds() {
    let everything = populated();
    let (app, data) = (app_of(&everything, Audience::Public), planner(&everything));
    let mut found = 0;
    for area in data.population().areas.iter().step_by(7) {
        let at = area.position.unwrap();
        let address = format!("/plan/what-if?lon={}&lat={}&reach=200", at.lon(), at.lat());
        let answer = get_from(&app, &address).await.json();
        let expected = reached(&data, 200.0, vec![at]) - reached(&data, 200.0, Vec::new());
        assert_eq!(answer["newly_reached"].as_f64(), Some(expected), "{}", area.name);
        found += usize::from(expected > 0.0);
    }
    assert!(found > 3, "somebody is out of reach");
}

#[tokio::test]
async fn every_language_filter_and_map_is_a_page_with_all_its_texts() {
    let app = app_of(&populated(), Audience::Public);
    for query in [
        "",
        "?lang=en",
        "?map=access&p=2",
        "?p=3&model=p-median&at=places",
        "?category=salon&day=sat&step_free=1&sort=salon",
    ] {
        for path in ["/plan", "/plan/report"] {
            let page = text_of(&app, &format!("{path}{query}")).await;
            assert!(page.contains("<svg role=\"img\"") && page.contains("plan-shade-"), "{path}{query}");
            assert!(!page.contains("><<") && !page.contains("summary.") && !page.contains("{people}"), "{path}{query}");
        }
    }
}

#[tokio::test]
async fn without_a_population_the_page_shows_what_there_is_and_says_what_to_import() {
    let page = text_of(&app(), "/plan").await;
    assert!(page.contains("tsunagari import population") && page.contains("plan-table"), "{page}");
    for address in ["/plan.csv", "/plan/what-if?lon=134.7&lat=35.4"] {
        let answer = get_from(&app(), address).await;
        assert_eq!(
            (answer.status, &answer.json()["type"]),
            (StatusCode::CONFLICT, &"urn:tsunagari:problem:no-population".into())
        );
    }
}

#[tokio::test]
async fn what_means_nothing_in_the_address_is_told_and_escaped() {
    let page = text_of(&app_of(&populated(), Audience::Public), "/plan?reach=-1&foo=%3Cscript%3E").await;
    assert!(page.contains("reach=-1") && page.contains("foo=&lt;script&gt;"), "{page}");
}

#[tokio::test]
async fn a_pin_without_a_place_on_earth_is_a_problem_that_names_the_parameter() {
    let app = app_of(&populated(), Audience::Public);
    for (query, parameter) in
        [("lat=35", "lon"), ("lon=134&lat=x", "lat"), ("lon=181&lat=35", "lon"), ("lon=134&lat=91", "lat")]
    {
        let answer = get_from(&app, &format!("/plan/what-if?{query}")).await;
        assert_eq!(
            (answer.status, &answer.json()["parameter"]),
            (StatusCode::BAD_REQUEST, &parameter.into()),
            "{query}"
        );
    }
}

#[tokio::test]
async fn the_csv_is_the_table_of_the_page() {
    let app = app_of(&populated(), Audience::Public);
    let (csv, page) = (get_from(&app, "/plan.csv").await, text_of(&app, "/plan").await);
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"plan.csv\"");
    let rows: Vec<Vec<&str>> = csv.text().lines().skip(1).map(|line| line.split(',').collect()).collect();
    let cells = page.matches("class=\"plan-shade-").count();
    assert!(rows.len() >= cells && cells > 20, "{} rows, {cells} cells", rows.len());
}

#[tokio::test]
async fn without_districts_the_rows_are_towns_and_the_questions_on_the_command_line_stay_as_they_are() {
    let mut everything = populated();
    everything.districts = tsunagari::model::DistrictTable::default();
    let page = text_of(&app_of(&everything, Audience::Public), "/plan").await;
    let rows = page.split("<section").find(|section| section.contains("by-district")).unwrap().matches("<tr>").count();
    assert!(rows > 5, "{rows} rows");
    let data = planner(&everything);
    assert!(data.units().all().is_empty() && !data.units().are_towns());
    let snapshot = Arc::clone(data.snapshot());
    let population = Arc::clone(data.population());
    let towns = PlannerData::by(snapshot, population, tsunagari::gaps::ReportingUnitKind::Towns);
    assert_eq!(towns.units().all().len() + 2, rows, "a heading and those in none");
    let options = GapOptions::new(&towns.snapshot().city.gaps, "2026-12-01".parse().unwrap());
    let coverage = CoverageOptions { reaches_m: vec![1000.0], by: CoverageGrouping::Category, add: Vec::new() };
    let answer = towns.select(&options).unwrap().coverage(&coverage).unwrap();
    let of_rows: f64 = answer.districts.iter().map(|row| row.coverage[0].reached.0).sum();
    assert!((of_rows - answer.coverage[0].reached.0).abs() < 1e-9, "rows add up to the whole");
}

#[tokio::test]
async fn a_number_of_the_work_list_opens_as_many_places() {
    let app = app_of(&populated(), Audience::Public);
    let page = text_of(&app, "/plan").await;
    let mut opened = 0;
    for link in page.split("href=\"/plan/work-list?").skip(1) {
        let (query, rest) = link.split_once("\">").unwrap();
        let count: usize = rest.split('<').next().unwrap().parse().unwrap();
        let list = text_of(&app, &format!("/plan/work-list?{}", query.replace("&amp;", "&"))).await;
        assert_eq!(list.matches("<th scope=\"row\">").count(), count, "{query}");
        opened += 1;
    }
    assert!(opened > 3, "{opened}");
    let unknown = get_from(&app, "/plan/work-list?what=weather").await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_workbook_has_the_cells_of_the_csv_and_the_same_bytes_each_time() {
    use calamine::Reader as _;
    let app = app_of(&populated(), Audience::Public);
    let (book, again) = (get_from(&app, "/plan.xlsx").await, get_from(&app, "/plan.xlsx").await);
    assert_eq!(book.body, again.body);
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book.body)).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let cells: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let csv = get_from(&app, "/plan.csv").await;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&csv.body[3..]);
    let expected: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(cells, expected);
}
