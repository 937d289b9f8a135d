//! Planners' numbers over time and across the border: `gaps history`, and imports with `--municipality`.

use serde_json::{Value, json};

use crate::gaps::{GAZETTEER, PLACES, POPULATION, gaps, town};
use crate::run::TestCity;

/// A place in the town next door, 300 m beyond 奥の沢, and one that keeps its people from being private.
const NEIGHBOURS: &str = "名称,分類,緯度,経度,日時,連絡先,掲載可否\n\
    となりサロン,サロン,35.052701,134.000001,第1月曜 10:00〜11:30,0870-00-0000,○\n\
    となり秘密の会,サロン,35.052801,134.000001,毎週月曜 10:00〜11:30,,支援者のみ\n";

fn history(city: &TestCity, arguments: &[&str]) -> Value {
    let all: Vec<&str> = ["gaps", "history", "--json"].iter().chain(arguments).copied().collect();
    city.json(&all, 0)[0].clone()
}

/// Rows of the database, by another program's eyes.
fn rows(city: &TestCity, query: &str) -> i64 {
    let db = rusqlite::Connection::open(city.path("tsunagari.sqlite")).unwrap();
    db.query_row(query, [], |row| row.get(0)).unwrap()
}

#[test]
fn each_import_keeps_its_numbers_once_and_nothing_else_does() {
    let city = town();
    let kept = || rows(&city, "select count(*) from planning_summary where audience = 'public'");
    // The gazetteer moves no number of an empty town; the list does.
    let after_list = kept();
    assert!(after_list >= 1);
    city.json(&["import", "population", "population.csv", "--json"], 0);
    assert_eq!(kept(), after_list + 1);
    for again in [
        &["import", "population", "population.csv"][..],
        &["import", "places", "salons.csv"],
        &["import", "gazetteer", "gazetteer.csv"],
        &["import", "population", "population.csv", "--as-of", "2026-10-01", "--dry-run"],
        &["gaps", "coverage"],
    ] {
        assert_eq!(city.run(again).code, 0, "{again:?}");
        assert_eq!(kept(), after_list + 1, "{again:?}");
    }
    // What only link workers see moves their numbers alone.
    let hidden = PLACES.replace(
        "緑の体操,体操,35.010001,134.000001,,,○",
        "緑の体操,体操,35.010001,134.000001,,,○\n内の会,サロン,35.0,134.0,,,支援者のみ",
    );
    city.write("salons.csv", hidden.as_bytes());
    assert_eq!(city.run(&["import", "places", "salons.csv"]).code, 0);
    assert_eq!(kept(), after_list + 1);
    let inside = rows(&city, "select count(*) from planning_summary where audience = 'link-workers'");
    assert_eq!(inside, after_list + 2);
    let db = rusqlite::Connection::open(city.path("tsunagari.sqlite")).unwrap();
    for change in ["update planning_summary set day = '2020-01-01'", "delete from planning_summary"] {
        assert!(db.execute(change, []).is_err(), "{change}");
    }
}

#[test]
fn a_change_is_told_with_what_stands_in_the_way_of_comparing() {
    let city = town();
    city.json(&["import", "population", "population.csv", "--json"], 0);
    let today = history(&city, &[])["kept"].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned();
    let closed = PLACES.replace("緑の体操,体操,35.010001,134.000001,,,○\n", "");
    city.write("salons.csv", format!("{closed}沢の会,サロン,35.050001,134.0,,,○\n").as_bytes());
    city.write("other.csv", POPULATION.replace("緑が丘,60,20,10", "緑が丘,80,30,10").as_bytes());
    // The day of the first numbers is put back by a year: only the clock could do so.
    let db = rusqlite::Connection::open(city.path("tsunagari.sqlite")).unwrap();
    db.execute_batch("drop trigger planning_summary_is_never_updated; update planning_summary set day = '2025-11-01'")
        .unwrap();
    drop(db);
    assert_eq!(city.run(&["import", "places", "salons.csv"]).code, 0);
    let change = history(&city, &["--since", "2026-01-01"])["change"].clone();
    assert_eq!((&change["since"], &change["until"].as_str().unwrap().len()), (&json!("2025-11-01"), &today.len()));
    assert_eq!((&change["population_changed"], &change["definitions_changed"]), (&json!(false), &json!(false)));
    let valley = change["units"].as_array().unwrap().iter().find(|unit| unit["name"] == "奥の沢").unwrap();
    assert_eq!(valley["categories"], json!([{"category": "salon", "before": 0, "after": 1}]));
    // A place that its list lacks is a candidate for the end and counts until somebody closes it.
    assert_eq!(change["places"], json!({"before": 2, "after": 3}));

    city.json(&["import", "population", "other.csv", "--as-of", "2026-10-01", "--json"], 0);
    let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
    city.write("data/city.toml", format!("{settings}\n[gaps]\nreach_m = 600.0\n").as_bytes());
    let change = history(&city, &[])["change"].clone();
    assert_eq!((&change["population_changed"], &change["definitions_changed"]), (&json!(true), &json!(true)));
    assert_eq!(change["population"], json!({"before": "2026-04-01", "after": "2026-10-01"}));
    assert_eq!(change["people"], json!({"before": 60, "after": 70}));
    let told = city.run(&["gaps", "history"]).out;
    assert!(
        told.contains("2025-11-01") && told.contains("cannot be compared") && told.contains("2026-10-01"),
        "{told}"
    );
    let csv = city.run(&["gaps", "history", "--csv", "-"]).out;
    assert!(csv.starts_with('\u{feff}') && csv.contains(",2,3,1"), "{csv}");
    let staff = city.run(&["gaps", "history", "--audience", "staff"]);
    assert!(staff.code == 2 && staff.out.is_empty() && !staff.err.is_empty(), "{staff:?}");
}

#[test]
fn neighbours_count_for_reach_and_are_in_no_list() {
    let city = town();
    city.json(&["import", "population", "population.csv", "--json"], 0);
    city.write("open.csv", POPULATION.replace("奥の沢,40,X,X", "奥の沢,40,10,5").as_bytes());
    city.json(&["import", "population", "open.csv", "--json"], 0);
    let before = gaps(&city, &["coverage", "--reach", "500"]);
    assert_eq!((&before["coverage"][0]["reached"], &before["places"]["neighbours"]), (&json!(60), &Value::Null));
    let places_before = std::fs::read(export(&city)).unwrap();

    city.write("となり.csv", NEIGHBOURS.as_bytes());
    for (arguments, said) in [
        (&["import", "places", "となり.csv", "--municipality", "1"][..], "no code"),
        (&["import", "places", "salons.csv", "--municipality", "37206"], "own"),
        (&["import", "places", "となり.csv", "--gazetteer", "gazetteer.csv"], "--municipality"),
    ] {
        let refused = city.run(arguments);
        assert!(refused.code == 2 && refused.err.contains(said), "{arguments:?}: {refused:?}");
    }
    assert_eq!(city.run(&["import", "places", "となり.csv", "--municipality", "37206"]).code, 0);
    assert_eq!(city.run(&["import", "places", "となり.csv"]).code, 2, "it is a neighbour's list");

    let after = gaps(&city, &["coverage", "--reach", "500"]);
    assert_eq!(after["coverage"][0]["reached"], 70);
    assert_eq!(
        after["places"]["neighbours"],
        json!({"municipalities": ["37206"], "places": 1, "areas": 0, "people": 0})
    );
    assert_eq!(after["areas"][2]["nearest"]["municipality"], "37206");
    assert!(!after.to_string().contains("となり"), "no word of the neighbour's list is public: {after}");
    assert_eq!(gaps(&city, &["coverage", "--reach", "500", "--inside-only"])["coverage"][0]["reached"], 60);
    let inside = gaps(&city, &["coverage", "--reach", "500", "--audience", "link-workers"]);
    assert_eq!(inside["places"]["neighbours"]["places"], 2);
    let cells = gaps(&city, &["table"])["cells"].as_array().unwrap().clone();
    assert_eq!(cells.iter().map(|cell| cell["places"].as_u64().unwrap()).sum::<u64>(), 2, "the city's own");
    assert_eq!(std::fs::read(export(&city)).unwrap(), places_before, "open data is the same to the byte");
}

#[test]
fn neighbours_people_share_places_and_are_nobody_of_the_city() {
    let city = town();
    city.json(&["import", "population", "population.csv", "--json"], 0);
    let alone = gaps(&city, &["catchment", "--reach", "500", "--decay", "none"]);
    // 40 people of 川原町 share one salon; then 60 across the border share it with them.
    let accessibility = |answer: &Value| answer["areas"][0]["accessibility"].as_f64().unwrap();
    assert!((accessibility(&alone) - 1.0 / 40.0).abs() < 1e-12);
    let across = "調査年月日,地域名,総人口,65歳以上,緯度,経度\n2026-04-01,となり町,90,60,34.9985,134.0\n2026-04-01,名のみ町,9,6,,\n";
    city.write("across.csv", across.as_bytes());
    let gazetteer = GAZETTEER.replace("見本市", "となり市").replace("川原町,35.00000", "名のみ町,34.99900");
    city.write("across-towns.csv", gazetteer.as_bytes());
    let import = ["import", "population", "across.csv", "--municipality", "372064"];
    let line = city.json(&[&import[..], &["--json"]].concat(), 0);
    assert_eq!(line[0]["joined"]["given"], 1);
    let with_towns = [&import[..], &["--gazetteer", "across-towns.csv", "--json"]].concat();
    assert_eq!(city.json(&with_towns, 0)[0]["joined"]["name"], 1);
    let shared = gaps(&city, &["catchment", "--reach", "500", "--decay", "none"]);
    assert!((accessibility(&shared) - 1.0 / 106.0).abs() < 1e-12, "{}", accessibility(&shared));
    assert_eq!(shared["population"], alone["population"]);
    assert_eq!(shared["areas"].as_array().unwrap().len(), 3);
    assert_eq!(shared["places"]["neighbours"]["people"], 66);
    let closed = gaps(&city, &["catchment", "--reach", "500", "--decay", "none", "--inside-only"]);
    assert!((accessibility(&closed) - 1.0 / 40.0).abs() < 1e-12);
    assert_eq!(
        gaps(&city, &["coverage"])["population"]["people"],
        60,
        "the city's own population is the latest of its own"
    );
}

/// The places as open data.
fn export(city: &TestCity) -> std::path::PathBuf {
    assert_eq!(city.run(&["export", "out.geojson"]).code, 0);
    city.path("out.geojson")
}
