//! `tsunagari serve` as a process: the first start, imports by another process, and its end.

use std::time::{Duration, Instant};

use crate::run::TestCity;
use crate::served::Served;

fn sample() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/data")
}

#[test]
fn the_first_start_serves_the_sample_city_and_the_second_is_the_same() {
    let city = TestCity::new();
    let served = Served::start(&city, &["--data", sample()]);
    let first = served.ask("/places.geojson");
    let places: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert!(places["features"].as_array().unwrap().len() > 120);
    assert!(served.ask("/").contains("<p class=\"sample\"><strong>見本データ"));
    assert_eq!(served.stop(), Some(0));
    let served = Served::start(&city, &["--data", sample()]);
    assert_eq!(served.ask("/places.geojson"), first);
    let log = std::fs::read_to_string(city.path("log")).unwrap();
    assert!(!log.contains("panicked"), "{log}");
}

#[test]
fn without_the_sample_it_starts_empty_with_a_hint() {
    let city = TestCity::new();
    let served = Served::start(&city, &[]);
    let places: serde_json::Value = serde_json::from_str(&served.ask("/places.geojson")).unwrap();
    assert_eq!(places["features"].as_array().map(Vec::len), Some(0));
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn what_another_process_imports_is_served_within_two_seconds() {
    let city = TestCity::new();
    let served = Served::start(&city, &[]);
    city.write("list.csv", "名称,住所,緯度,経度,掲載可否\n囲碁サロン,養父市広谷,35.38,134.77,○\n".as_bytes());
    city.json(&["import", "places", "list.csv", "--json"], 0);
    let imported = Instant::now();
    while !served.ask("/places.geojson").contains("囲碁サロン") {
        assert!(imported.elapsed() < Duration::from_secs(2), "not served within two seconds");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(served.ask("/").contains("囲碁サロン"));
    assert_eq!(city.run(&["export"]).out, served.ask("/places.geojson"), "the same bytes");
    assert_eq!(city.run(&["backup", "copy.sqlite"]).code, 0, "while serving");
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn logs_hold_the_path_and_never_the_query() {
    let city = TestCity::new();
    let served = Served::start(&city, &["--log-format", "json"]);
    served.ask("/nearest?lon=134.7777&lat=35.3333");
    assert_eq!(served.stop(), Some(0));
    let log = std::fs::read_to_string(city.path("log")).unwrap();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(log.contains("/nearest") && !lines.is_empty(), "{log}");
    assert!(!log.contains("134.7777") && !log.contains("35.3333"), "{log}");
}

#[test]
fn every_request_has_its_line_in_the_log_though_the_server_is_ended_at_once() {
    let requests = |log: &str| log.lines().filter(|line| line.contains("path=\"/healthz\"")).count();
    let city = TestCity::new();
    let served = Served::start(&city, &[]);
    for _ in 0..200 {
        served.ask("/healthz");
    }
    assert_eq!(served.stop(), Some(0));
    let log = std::fs::read_to_string(city.path("log")).unwrap();
    assert_eq!(requests(&log), 200, "{log}");
}

#[test]
fn a_line_of_the_log_is_written_while_the_server_is_idle() {
    let city = TestCity::new();
    let served = Served::start(&city, &[]);
    served.ask("/healthz");
    let asked = Instant::now();
    while !std::fs::read_to_string(city.path("log")).unwrap().contains("/health") {
        assert!(asked.elapsed() < Duration::from_secs(2), "not written within two seconds");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn the_report_of_an_unmet_need_has_no_line_in_the_log() {
    let city = TestCity::new();
    let served = Served::start(&city, &["--log-format", "json", "--internal-listen", "127.0.0.1:0"]);
    for (body, status) in [(r#"{"reason":"full"}"#, " 204"), (r#"{"reason":"x"}"#, " 422"), ("", " 400")] {
        let answer = served.post(1, "/unmet", body);
        assert!(answer.lines().next().unwrap().contains(status), "{answer}");
    }
    served.ask_at(1, "/unmet.json");
    assert_eq!(served.stop(), Some(0));
    let log = std::fs::read_to_string(city.path("log")).unwrap();
    assert!(log.contains("/unmet.json"), "what is only read is logged: {log}");
    assert!(!log.contains("\"/unmet\"") && !log.contains("POST"), "{log}");
}

#[test]
fn an_address_in_use_is_said_and_ends_with_2() {
    let city = TestCity::new();
    let served = Served::start(&city, &[]);
    let other = TestCity::new().run(&["serve", "--listen", served.address()]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains(served.address()) && other.err.contains("--listen"), "{other:?}");
}

/// The option's and the setting's names of the first releases go on for one release.
#[test]
fn the_internal_address_answers_under_its_former_names_too() {
    let city = toml::from_str::<tsunagari::model::City>("staff_hosts = [\"tsunagari.office.example.jp\"]").unwrap();
    assert_eq!(city.internal_hosts, ["tsunagari.office.example.jp"]);
    let city = TestCity::new();
    let wrong = |option: &str| city.run(&["serve", option, "nowhere"]).err;
    assert!(wrong("--internal-listen").contains("nowhere") && wrong("--staff-listen").contains("nowhere"));
}
