//! `unmet`: the planners' numbers on the command line.

use tsunagari::editor::ReportLog;
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
    (0..times).for_each(|_| ReportLog::new(&path).add_need(&need, None).unwrap());
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

const PAPER: &str = "四半期,地区,好きなこと,理由,件数\n2026年度第1四半期,,囲碁,送迎がない,4\n2026年度第1四半期,,囲碁,満員,2\n\
    2026年度第1四半期,どこか,囲碁,満員,3\n2026年度第1四半期,,囲碁,飽きた,3\n";

#[test]
fn needs_from_paper_are_added_once_and_told_in_threes() {
    let city = TestCity::new();
    std::fs::copy(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/interests.csv"),
        city.path("data/interests.csv"),
    )
    .unwrap();
    city.write("紙.csv", PAPER.as_bytes());
    let trial = city.json(&["import", "unmet", "紙.csv", "--json", "--dry-run"], 1);
    let line = city.json(&["import", "unmet", "紙.csv", "--json"], 1);
    assert_eq!(line, trial);
    assert_eq!((line[0]["cells"].as_u64(), line[0]["added"].as_u64()), (Some(2), Some(6)));
    let kinds: Vec<_> = line[0]["problems"].as_array().unwrap().iter().map(|it| (&it["row"], &it["kind"])).collect();
    assert_eq!(
        serde_json::to_value(kinds).unwrap(),
        serde_json::json!([[4, "unmet_district_unknown"], [5, "unmet_reason_unknown"]])
    );
    assert_eq!(city.json(&["import", "unmet", "紙.csv", "--json"], 1)[0]["added"], 0, "twice is once");
    let told = city.run(&["unmet"]).out;
    assert!(told.contains("no district: 3") && told.contains("no ride 3") && !told.contains("full"), "{told}");
    filed(&city, UnmetReason::Full, 1, "2026-06");
    assert!(
        !city.run(&["unmet"]).out.contains("full"),
        "what was tapped and what was counted never fill a batch together"
    );
    city.write("紙.csv", PAPER.replace("満員,2", "満員,6").replace("送迎がない,4", "送迎がない,1").as_bytes());
    let line = city.json(&["import", "unmet", "紙.csv", "--json"], 1);
    assert_eq!(line[0]["added"], 4);
    assert!(city.run(&["unmet"]).out.contains("full 6"), "{}", city.run(&["unmet"]).out);
    city.write("places.csv", "名称,住所\nサロン,見本市\n".as_bytes());
    assert_eq!(city.run(&["import", "unmet", "places.csv"]).code, 2);
}
