//! `unmet`: the planners' numbers on the command line.

use tsunagari::editor::UnmetLog;
use tsunagari::model::UnmetNeed;
use tsunagari::model::unmet_need::UnmetReason;
use tsunagari::store::Store;

use crate::run::TestCity;

/// A database in which `times` needs without a district were filed for `reason`.
fn filed(city: &TestCity, reason: UnmetReason, times: usize, month: &str) {
    let path = city.path("tsunagari.sqlite");
    drop(Store::open(&path).unwrap());
    let need = UnmetNeed {
        month: month.parse().unwrap(),
        district: None,
        interests: vec!["囲碁".to_owned()],
        travel: Vec::new(),
        reason,
    };
    (0..times).for_each(|_| UnmetLog::new(&path).add(&need).unwrap());
}

#[test]
fn three_of_a_kind_are_printed_and_written_and_two_are_not() {
    let city = TestCity::new();
    filed(&city, UnmetReason::Full, 5, "2026-01");
    filed(&city, UnmetReason::TooFar, 2, "2026-01");
    let ran = city.run(&["unmet"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.contains("no district: 3") && ran.out.contains("full 3") && ran.out.contains("「囲碁」: 3"),
        "{ran:?}"
    );
    assert!(!ran.out.contains("too far"), "{ran:?}");
    let ran = city.run(&["unmet", "--csv", "unmet.csv", "--lang", "ja"]);
    assert_eq!((ran.code, ran.err.trim()), (0, "unmet.csv に書きました。"));
    let csv = std::fs::read_to_string(city.path("unmet.csv")).unwrap();
    assert!(csv.contains("満員") && !csv.contains("遠すぎる"), "{csv}");
    assert_eq!(city.run(&["unmet", "--csv", "-"]).out, csv);
    assert!(!city.run(&["unmet", "--since", "2026-02"]).out.contains('3'));
}

#[test]
fn what_cannot_be_done_is_said_and_the_database_is_left_alone() {
    let city = TestCity::new();
    assert_eq!(city.run(&["unmet"]).code, 2, "there is no database");
    assert!(!city.path("tsunagari.sqlite").exists());
    filed(&city, UnmetReason::Full, 3, "2026-01");
    let ran = city.run(&["unmet", "--since", "January"]);
    assert!(ran.code == 2 && ran.err.contains("--since") && ran.err.contains("January"), "{ran:?}");
    assert_eq!(city.run(&["unmet", "--csv", "tsunagari.sqlite"]).code, 2);
    assert_eq!(city.run(&["unmet", "--csv", "."]).code, 2);
    assert!(city.run(&["unmet"]).out.contains("full 3"));
}
