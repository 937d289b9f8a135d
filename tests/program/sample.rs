//! The sample and a municipality's own lists never stand in one database, and what is invented is marked wherever it is shown.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::run::TestCity;
use crate::served::Served;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
/// The element of the banner; its words alone stand on every page, for the script.
const BANNER: &str = r#"<p class="sample">"#;
const LIST: &str = "名称,住所,緯度,経度,掲載可否\n囲碁サロン,北町1,35.38,134.77,○\n";
const WORKERS: &str = "区分,役割,所属,電話,担当地区\n2層,相談員,北町支所,079-662-0001,北町\n";
const DISTRICT: &str = r#"{"type":"Feature","properties":{"name":"北町"},"geometry":{"type":"Polygon",
    "coordinates":[[[134,35],[135,35],[135,36],[134,36],[134,35]]]}}"#;

/// A database that holds the sample, as `serve` leaves it: made once for all tests, because that takes seconds.
static SAMPLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let city = TestCity::new();
    let served = Served::start(&city, &["--data", DATA]);
    served.ask("/healthz");
    assert_eq!(served.stop(), Some(0));
    std::fs::read(city.path("tsunagari.sqlite")).unwrap()
});

/// A city whose database holds the sample.
fn sample_city() -> TestCity {
    let city = TestCity::new();
    city.write("tsunagari.sqlite", &SAMPLE);
    city.write("list.csv", LIST.as_bytes());
    city.write("workers.csv", WORKERS.as_bytes());
    city.write("districts.geojson", DISTRICT.as_bytes());
    city
}

/// What a database of a former version notes: that the sample is there, not which lists are.
fn forget_which_lists(city: &TestCity) {
    let db = rusqlite::Connection::open(city.path("tsunagari.sqlite")).unwrap();
    db.execute_batch("delete from meta where key = 'sample_lists'; update content set changes = changes + 1").unwrap();
}

/// A database in which a former version let both stand.
fn mixed_city() -> TestCity {
    let city = sample_city();
    let note = |state: &str| {
        let db = rusqlite::Connection::open(city.path("tsunagari.sqlite")).unwrap();
        db.execute("update meta set value = ?1 where key = 'sample'", [state]).unwrap();
    };
    note("absent");
    assert_eq!(city.run(&["import", "places", "list.csv"]).code, 0);
    note("loaded");
    forget_which_lists(&city);
    city
}

fn features(city: &TestCity) -> Vec<Value> {
    let places: Value = serde_json::from_str(&city.run(&["export"]).out).unwrap();
    places["features"].as_array().unwrap().clone()
}

/// Names of the places that are marked, and of those that are not.
fn marked(city: &TestCity) -> (usize, Vec<String>) {
    let (marked, plain): (Vec<Value>, _) =
        features(city).into_iter().partition(|it| it["properties"]["sample"] == true);
    (marked.len(), plain.iter().map(|it| it["properties"]["name"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn nothing_of_a_municipalitys_own_goes_beside_the_sample() {
    let city = sample_city();
    let before = city.run(&["export"]).out;
    for command in [
        &["import", "places", "list.csv"][..],
        &["import", "places", "list.csv", "--dry-run"],
        &["import", "places", "list.csv", "--json"],
        &["import", "link-workers", "workers.csv"],
        &["import", "districts", "districts.geojson"],
        &["import", "boundary", "districts.geojson"],
        &["import", "gazetteer", concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/city/gazetteer.csv")],
    ] {
        let ran = city.run(command);
        assert_eq!(ran.code, 2, "{command:?}: {ran:?}");
        assert!(ran.err.contains("tsunagari sample remove") && ran.err.contains("--db"), "{command:?}: {ran:?}");
    }
    assert_eq!(city.run(&["export"]).out, before);
    assert_eq!(city.run(&["import", "places", "list.csv", "--db", "other.sqlite"]).code, 0);
}

#[test]
fn what_is_invented_is_marked_by_the_databases_note_and_not_by_the_settings() {
    let city = sample_city();
    // These settings say `sample = false`.
    let served = Served::start(&city, &["--internal-listen", "127.0.0.1:0"]);
    let places: Value = serde_json::from_str(&served.ask("/places.geojson")).unwrap();
    let places = places["features"].as_array().unwrap();
    assert!(places.len() > 120 && places.iter().all(|it| it["properties"]["sample"] == true));
    let (list, id) = (served.ask("/"), places[0]["id"].as_str().unwrap());
    assert!(list.contains(BANNER));
    assert_eq!(list.matches(r#"<li class="warn">見本</li>"#).count(), list.matches(r#"<li class="card"#).count());
    assert!(served.ask(&format!("/places/{id}?lang=en")).contains("This place is sample data"));
    let found = served.post(1, "/find", r#"{"likes":["囲碁"]}"#);
    assert!(found.contains(r#""sample":true"#), "{found}");
    let paper = served.post(1, "/handout", &format!(r#"{{"places":["{id}"]}}"#));
    assert!(paper.contains(r#""warnings":["sample""#) && paper.contains(r#""sample":true"#), "{paper}");
    for path in ["/link-workers", "/sheets", "/guide", "/find", "/unmet", "/plan", "/plan/report", "/sheets/referral"] {
        let page = served.ask_at(1, path);
        assert!(page.contains(BANNER), "{path}");
        // It is printed, too, unless the paper bears a mark of its own.
        let has_own_mark = path.starts_with("/sheets") || path == "/find";
        assert_eq!(page.contains(&format!(r#"<div class="no-print">{BANNER}"#)), has_own_mark, "{path}");
    }
    assert!(served.ask_at(1, "/link-workers").matches(r#"class="mark">見本<"#).count() > 5);
    std::fs::write(city.path("wish.json"), r#"{"likes":["囲碁"]}"#).unwrap();
    assert!(city.run(&["find", "--wish", "wish.json"]).out.contains("[sample]"));
    assert!(city.run(&["export", "out.geojson"]).err.contains("sample data"));
    // These say `sample = true`, and the list is the city's own.
    let own = TestCity::new();
    own.write("list.csv", LIST.as_bytes());
    assert_eq!(own.run(&["import", "places", "list.csv"]).code, 0);
    let served = Served::start(&own, &["--data", DATA]);
    for page in ["/", "/guide", "/sheets", "/places.geojson"] {
        assert!(!served.ask(page).contains(BANNER), "{page}");
    }
    assert_eq!(marked(&own), (0, vec!["囲碁サロン".to_owned()]));
}

#[test]
fn after_its_removal_nothing_of_the_sample_is_left_and_a_running_server_shows_it_no_more() {
    let city = sample_city();
    let served = Served::start(&city, &["--data", DATA]);
    assert_eq!(city.run(&["sample", "remove"]).code, 0);
    let removed = Instant::now();
    while served.ask("/").contains(BANNER) {
        let log = std::fs::read_to_string(city.path("log")).unwrap();
        assert!(removed.elapsed() < Duration::from_secs(4), "still served: {log}");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!served.ask("/districts.geojson").contains("Feature\","));
    served.ask("/readyz");
    assert_eq!(served.stop(), Some(0));
    // It does not come back by itself, though `sample = true` stands in these settings.
    let served = Served::start(&city, &["--data", DATA]);
    assert_eq!(city.run(&["import", "places", "list.csv"]).code, 0);
    assert_eq!(marked(&city), (0, vec!["囲碁サロン".to_owned()]));
    assert_eq!(served.stop(), Some(0));
    assert_eq!(city.run(&["import", "link-workers", "workers.csv"]).code, 0);
    let again = city.run(&["sample", "remove"]);
    assert!(again.code == 0 && again.out.contains("no sample"), "{again:?}");
    assert_eq!(features(&city).len(), 1);
    assert_eq!(city.run(&["sample", "remove", "--db", "none.sqlite"]).code, 2);
    assert!(!city.path("none.sqlite").exists());
}

#[test]
fn a_database_of_a_former_version_is_marked_list_by_list_and_kept_where_it_is_mixed() {
    let city = sample_city();
    let places = features(&city).len();
    forget_which_lists(&city);
    assert_eq!(marked(&city), (places, Vec::new()));
    let mixed = mixed_city();
    assert_eq!(marked(&mixed), (places, vec!["囲碁サロン".to_owned()]));
    let refused = mixed.run(&["sample", "remove"]);
    assert!(refused.code == 2 && refused.err.contains("list") && refused.err.contains("--db"), "{refused:?}");
    assert_eq!(features(&mixed).len(), places + 1, "nothing was changed");
    assert_eq!(mixed.run(&["import", "places", "list.csv"]).code, 2);
    assert_eq!(city.run(&["sample", "remove"]).code, 0);
    assert_eq!(features(&city).len(), 0);
}

#[test]
fn the_population_of_the_sample_goes_with_it_and_an_own_one_can_then_come() {
    let city = sample_city();
    city.write("population.csv", "町名,総数,65歳以上\n北町,120,40\n".as_bytes());
    let counts = |table: &str| -> u32 {
        let db = rusqlite::Connection::open(city.path("tsunagari.sqlite")).unwrap();
        db.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
    };
    let tables = ["population_edition", "population_file", "population_area"];
    assert!(tables.iter().all(|table| counts(table) > 0));
    assert_eq!(city.run(&["gaps", "coverage"]).code, 0);
    let own = ["import", "population", "population.csv", "--as-of", "2026-10-01"];
    let refused = city.run(&own);
    assert!(refused.code == 2 && refused.err.contains("tsunagari sample remove"), "{refused:?}");

    assert_eq!(city.run(&["sample", "remove"]).code, 0);
    assert_eq!(tables.map(counts), [0; 3]);
    let without = city.run(&["gaps", "coverage"]);
    assert!(without.code == 2 && without.err.contains("population"), "{without:?}");
    // Nothing but what was removed is gone: a population is added, and never rewritten, as before.
    assert_eq!(city.run(&own).code, 0);
    assert_eq!(tables.map(counts), [1; 3]);
    let db = rusqlite::Connection::open(city.path("tsunagari.sqlite")).unwrap();
    assert!(db.execute("delete from population_area", []).is_err(), "its triggers are there again");
    drop(db);
    let served = Served::start(&city, &["--internal-listen", "127.0.0.1:0"]);
    assert!(!served.ask("/plan").contains(BANNER));
}

#[test]
fn a_list_of_the_sample_that_is_imported_by_hand_is_marked_and_never_goes_among_real_ones() {
    let sample = std::fs::read(format!("{DATA}/sample/見本_農業・ボランティア.csv")).unwrap();
    let city = TestCity::new();
    city.write("copy.csv", &sample);
    city.write("list.csv", LIST.as_bytes());
    assert_eq!(city.run(&["import", "places", "copy.csv"]).code, 0);
    let (marked_places, plain) = marked(&city);
    assert!(marked_places > 30 && plain.is_empty(), "{marked_places} {plain:?}");
    assert_eq!(city.run(&["import", "places", "list.csv"]).code, 2);
    let own = TestCity::new();
    own.write("copy.csv", &sample);
    own.write("list.csv", LIST.as_bytes());
    assert_eq!(own.run(&["import", "places", "list.csv"]).code, 0);
    for further in [&[][..], &["--dry-run"], &["--list", "list"]] {
        let ran = own.run(&[&["import", "places", "copy.csv"], further].concat());
        assert!(ran.code == 2 && ran.err.contains("sample"), "{further:?}: {ran:?}");
    }
    assert_eq!(marked(&own), (0, vec!["囲碁サロン".to_owned()]));
}

#[test]
fn the_sample_can_be_tried_without_any_file() {
    let city = TestCity::new();
    std::fs::remove_dir_all(city.path("data")).unwrap();
    let served = Served::start(&city, &["--try", "--internal-listen", "127.0.0.1:0"]);
    let places: Value = serde_json::from_str(&served.ask("/places.geojson")).unwrap();
    let places = places["features"].as_array().unwrap();
    assert!(places.len() > 120, "{}", places.len());
    assert!(places.iter().all(|it| it["properties"]["sample"] == true), "{:?}", places[0]);
    assert!(served.ask("/").contains(BANNER) && served.ask("/guide").contains("手引き"));
    assert!(served.ask_at(1, "/link-workers").contains("見本"));
    let answer = served.post(1, "/unmet", r#"{"reason":"full"}"#);
    assert!(answer.lines().next().unwrap().contains(" 204"), "{answer}");
    served.ask_at(1, "/unmet");
    assert_eq!(served.stop(), Some(0));
    let left: Vec<_> = std::fs::read_dir(city.path("")).unwrap().flatten().map(|it| it.file_name()).collect();
    assert_eq!(left, ["log"], "nothing but the log of this test");
}
