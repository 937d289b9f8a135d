//! Districts without outlines: from a table, or from the lists of places themselves.

use serde_json::Value;

use crate::run::TestCity;

/// An invented city of islands, without 大字; `灯台島` has one row.
const ISLANDS: &str = "名称,島,緯度,経度,掲載可否\n大浜サロン,大波島,34.75,139.40,○\n大浜体操,大波島,34.77,139.42,○\n\
    大浜将棋,大波島,34.75,139.42,○\n小浜サロン,小波島,34.40,139.20,○\n小浜体操,小波島地区,34.42,139.20,○\n\
    灯台の会,灯台島,33.90,139.90,○\n巡回相談,全島,,,○\n";
const TOWNS: &str =
    "市区町村名,大字町丁目名,緯度,経度\n養父市,国木,35.40,134.70\n養父市,朝倉,35.42,134.72\n養父市,加保,35.30,134.60\n";

fn district(places: &[Value], name: &str) -> String {
    let place = places.iter().find(|it| it["properties"]["name"] == name).unwrap();
    place["properties"]["district"].as_str().unwrap_or_default().to_owned()
}

fn features(city: &TestCity) -> Vec<Value> {
    let places: Value = serde_json::from_str(&city.run(&["export"]).out).unwrap();
    places["features"].as_array().unwrap().clone()
}

#[test]
fn a_list_makes_the_districts_that_it_names_twice_and_this_is_told_once() {
    let city = TestCity::new();
    city.write("list.csv", ISLANDS.as_bytes());
    let report = city.json(&["check", "list.csv", "--json"], 0);
    let kinds: Vec<&str> =
        report[0]["problems"].as_array().unwrap().iter().filter_map(|it| it["kind"].as_str()).collect();
    assert_eq!(kinds.iter().filter(|kind| kind.contains("district")).collect::<Vec<_>>(), [&"districts_of_list"]);
    assert_eq!(city.run(&["import", "places", "list.csv", "--dry-run"]).err, "");
    let imported = city.run(&["import", "places", "list.csv"]);
    assert_eq!(imported.err.matches("Made 2 districts").count(), 1, "{imported:?}");
    let places = features(&city);
    assert_eq!(district(&places, "大浜サロン"), "大波島");
    assert_eq!(district(&places, "小浜体操"), district(&places, "小浜サロン"));
    assert_eq!((district(&places, "灯台の会"), district(&places, "巡回相談")), (String::new(), String::new()));
    assert_eq!(city.run(&["import", "places", "list.csv"]).err, "", "nothing is made twice");
    // A second list adds what both name together; it takes nothing away.
    city.write("more.csv", "名称,地区,掲載可否\n灯台囲碁,灯台島,○\n大浜囲碁,大波島,○\n".as_bytes());
    let more = city.run(&["import", "places", "more.csv"]);
    assert!(more.err.contains("Made 1 districts") && more.err.contains("灯台島"), "{more:?}");
    assert_eq!(district(&features(&city), "灯台の会"), "灯台島");
    // A file replaces them, and no list adds to it.
    city.write("districts.csv", "name\n大波島\n".as_bytes());
    assert_eq!(city.run(&["import", "districts", "districts.csv"]).code, 0);
    assert_eq!(city.run(&["import", "places", "list.csv"]).err, "");
    assert_eq!(district(&features(&city), "小浜サロン"), "");
}

#[test]
fn a_table_of_districts_gives_each_its_places_by_their_addresses() {
    let city = TestCity::new();
    city.write("data/gazetteer.csv", TOWNS.as_bytes());
    // As Excel saves it in Japan.
    let (table, _, _) =
        encoding_rs::SHIFT_JIS.encode("name,kana,former_town,大字\r\n北,きた,,国木;朝倉\r\n南,みなみ,,加保\r\n");
    city.write("data/districts.csv", &table);
    city.write("list.csv", "名称,住所,掲載可否\n囲碁サロン,養父市国木1,○\n将棋の会,加保7,○\n".as_bytes());
    assert_eq!(city.run(&["import", "places", "list.csv"]).code, 0);
    let places = features(&city);
    assert_eq!((district(&places, "囲碁サロン"), district(&places, "将棋の会")), ("北".to_owned(), "南".to_owned()));
    for wrong in ["list.csv", "data/gazetteer.csv"] {
        let ran = city.run(&["import", "districts", wrong]);
        // A list of places has names, too.
        assert!(ran.code == 2 && ran.err.contains(wrong), "{wrong}: {ran:?}");
    }
}

#[test]
fn districts_that_nobody_knows_are_told_once_with_counts() {
    let city = TestCity::new();
    city.write("districts.csv", "地区名\n北\n南\n".as_bytes());
    assert_eq!(city.run(&["import", "districts", "districts.csv"]).code, 0);
    city.write("list.csv", ISLANDS.as_bytes());
    let imported = city.json(&["import", "places", "list.csv", "--json"], 0);
    let text = imported[0].to_string();
    assert!(!text.contains("error"), "{text}");
    let report = city.run(&["check", "list.csv", "--db", "tsunagari.sqlite"]);
    assert!(report.code == 0, "{report:?}");
}
