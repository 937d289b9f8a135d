//! The planners' page: its numbers are those of the questions behind it, and no more is told than the audience may see.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::gaps::coverage::CoverageOptions;
use tsunagari::gaps::history;
use tsunagari::gaps::{GapOptions, PlannerData};
use tsunagari::http::{AppState, InternalState, internal_router};
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{
    AgeCounts, Audience, Facts, JoinBasis, NeighbourListing, NeighbourPopulation, PeopleCount, Place, PlaceId,
    PlanningSummary, PopulationArea, PopulationEdition, Position, Source, Thesaurus,
};

use super::{Answer, app, app_of, get_from};
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
    let coverage = CoverageOptions { reaches_m: vec![reach_m], add, ..CoverageOptions::default() };
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
    let app = app_of(&everything, Audience::Public);
    let rows = async |address: &str| {
        let page = text_of(&app, address).await;
        page.split("<section").find(|section| section.contains("by-district")).unwrap().matches("<tr>").count()
    };
    let (shown, rows) = (rows("/plan").await, rows("/plan?towns=all").await);
    assert_eq!(shown, 1 + 30, "a heading and the towns with most people in need");
    let data = planner(&everything);
    assert!(data.units().all().is_empty() && !data.units().are_towns());
    let snapshot = Arc::clone(data.snapshot());
    let population = Arc::clone(data.population());
    let towns = PlannerData::by(snapshot, population, tsunagari::gaps::ReportingUnitKind::Towns);
    assert_eq!(towns.units().all().len() + 2, rows, "a heading and those in none");
    let options = GapOptions::new(&towns.snapshot().city.gaps, "2026-12-01".parse().unwrap());
    let coverage = CoverageOptions { reaches_m: vec![1000.0], ..CoverageOptions::default() };
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

/// Numbers of half a year ago: without the last tenth of the places.
fn with_history(everything: SnapshotInput) -> SnapshotInput {
    let day = "2026-05-01".parse().unwrap();
    let places = everything.places[..everything.places.len() * 9 / 10].to_vec();
    let planning_history = history::summaries(&SnapshotInput { places, ..everything.clone() }, day);
    SnapshotInput { planning_history, ..everything }
}

async fn inside(everything: &SnapshotInput, address: &str) -> String {
    let app = app_of(everything, Audience::LinkWorkers);
    let router = internal_router(InternalState::new(app, Arc::new(Thesaurus::default()), &[]));
    let request = Request::get(address).header("host", "127.0.0.1:8081").body(Body::empty()).unwrap();
    let answer = router.oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn what_changed_is_told_as_it_was_and_as_it_is() {
    let everything = with_history(populated());
    let (app, data) = (app_of(&everything, Audience::Public), planner(&everything));
    let PlanningSummary { figures, .. } = &data.snapshot().planning_history[0];
    let now = data.figures("2026-11-01".parse().unwrap());
    assert!(figures.places() < now.places());
    let page = text_of(&app, "/plan?since=2026-05-20&reach=500").await;
    let sentence = format!("場は {}か所から {}か所に", figures.places(), now.places());
    assert!(page.contains(&sentence) && page.contains("2026年5月1日とくらべると"), "{sentence}");
    assert!(!page.contains("数をそのまま比べることはできません") && !page.contains("この間に、人口が変わりました"));
    assert!(text_of(&app, "/plan?since=2026-04-01").await.contains("いちばん古い2026年5月1日"));
    let report = text_of(&app, "/plan/report?since=2026-05-01").await;
    assert!(report.contains(&sentence) && !text_of(&app, "/plan/report").await.contains("これまでとのちがい"));
    let csv = get_from(&app, "/plan/change.csv?since=2026-05-01").await;
    let heading = csv.text().lines().next().unwrap().to_owned();
    assert!(heading.contains("2026-05-01"), "{heading}");
    let places: Vec<&str> = csv.text().lines().filter(|line| line.contains(",場の数,")).collect();
    let sum = |at: usize| -> usize {
        places[1..].iter().map(|line| line.split(',').nth(at).unwrap().parse::<usize>().unwrap()).sum()
    };
    assert_eq!((sum(2), sum(3)), (figures.places(), now.places()), "parts add up to the whole");
}

#[tokio::test]
async fn other_definitions_or_people_in_between_are_said() {
    let mut everything = with_history(populated());
    everything.city.gaps.reach_m = 800.0;
    everything.population.as_mut().unwrap().areas.pop();
    let page = text_of(&app_of(&everything, Audience::Public), "/plan").await;
    assert!(page.contains("数をそのまま比べることはできません") && page.contains("この間に、人口が変わりました"));
    let none = get_from(&app_of(&populated(), Audience::Public), "/plan/change.csv").await;
    assert_eq!((none.status, &none.json()["type"]), (StatusCode::CONFLICT, &"urn:tsunagari:problem:no-history".into()));
}

#[tokio::test]
async fn the_internal_page_can_be_seen_as_residents_see_it_and_no_other_way_round() {
    let mut everything = populated();
    for place in everything.places.iter_mut().step_by(3) {
        place.facts.audience = Audience::LinkWorkers;
    }
    let public = text_of(&app_of(&everything, Audience::Public), "/plan").await;
    let lead = |page: &str| page.split("plan-lead").nth(1).unwrap().split("</p>").next().unwrap().to_owned();
    let own = inside(&everything, "/plan").await;
    let as_public = inside(&everything, "/plan?audience=public").await;
    assert_ne!(lead(&own), lead(&public), "link workers see more places");
    assert_eq!(lead(&as_public), lead(&public));
    assert!(as_public.contains("/plan.csv?audience=public"), "every link stays in the view");
    assert!(own.contains("name=\"audience\"") && !public.contains("name=\"audience\""));
    for audience in ["link-workers", "staff"] {
        let page = text_of(&app_of(&everything, Audience::Public), &format!("/plan?audience={audience}")).await;
        assert_eq!(lead(&page), lead(&public), "{audience}");
        assert!(page.contains(&format!("audience={audience}")), "it is said that it means nothing");
    }
}

#[tokio::test]
async fn neighbours_are_drawn_apart_and_said_and_found_nowhere() {
    let mut everything = populated();
    let position = everything.places.iter().find_map(|place| place.facts.site).unwrap();
    let alone = text_of(&app_of(&everything, Audience::Public), "/plan").await;
    assert!(alone.contains("境の外にある場は、わかっていません") && !alone.contains("plan-neighbour"));
    let facts = Facts {
        name: "となりの見本会".to_owned(),
        category: everything.categories.all()[0].id.clone(),
        site: Some(position),
        ..Facts::default()
    };
    let source = Source { list: "となりの一覧".to_owned(), ..Source::default() };
    let place = Place { id: PlaceId("nnnnnnnnnn".to_owned()), facts, source, verification: None };
    everything.neighbour_places = vec![NeighbourListing { municipality: "37206".to_owned(), place }];
    let app = app_of(&everything, Audience::Public);
    let page = text_of(&app, "/plan").await;
    assert!(page.contains("class=\"plan-neighbour\"") && page.contains("隣の市町村（37206）の場 1か所"), "{page}");
    assert!(!text_of(&app, "/plan?inside_only=1").await.contains("class=\"plan-neighbour\""));
    for address in ["/plan", "/plan/report", "/", "/places.geojson", "/nearest?lon=134.7&lat=35.4&limit=100", "/print"]
    {
        let answer: Answer = get_from(&app, address).await;
        assert!(!answer.text().contains("となりの") && !answer.text().contains("nnnnnnnnnn"), "{address}");
    }
    assert_eq!(get_from(&app, "/places/nnnnnnnnnn").await.status, StatusCode::NOT_FOUND);
    assert!(!inside(&everything, "/find").await.contains("となりの"));

    let edition = PopulationEdition {
        as_of: "2026-10-01".parse().unwrap(),
        areas: vec![PopulationArea {
            position: Some(Position::new(134.9, 35.9).unwrap()),
            people: AgeCounts(BTreeMap::from([(65, Some(PeopleCount(1234.0)))])),
            ..PopulationArea::default()
        }],
    };
    everything.neighbour_populations = vec![NeighbourPopulation { municipality: "37206".to_owned(), edition }];
    assert!(text_of(&app_of(&everything, Audience::Public), "/plan").await.contains("65歳以上 1,234人"));
}
