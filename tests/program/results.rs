//! `results`: the planners' numbers of what became of referrals on the command line.

use tsunagari::editor::ReportLog;
use tsunagari::model::{CategoryId, Quarter, ReferralOutcome, ReferralReasonId, ReferralResult};
use tsunagari::store::Store;

use crate::run::TestCity;

/// A database in which `times` results of `outcome` were filed in the quarter of `month`.
fn filed(city: &TestCity, outcome: ReferralOutcome, times: usize, month: &str) {
    let path = city.path("tsunagari.sqlite");
    drop(Store::open(&path).unwrap());
    let result = ReferralResult {
        quarter: Quarter::of(month.parse().unwrap()),
        outcome,
        kind: Some(CategoryId("salon".to_owned())),
        district: None,
        reason: Some(ReferralReasonId("isolation".to_owned())),
        source: None,
    };
    (0..times).for_each(|_| ReportLog::new(&path).add_result(&result, None).unwrap());
}

#[test]
fn three_of_an_outcome_are_printed_and_written_and_two_are_not() {
    let city = TestCity::new();
    filed(&city, ReferralOutcome::GoesOn, 5, "2026-02");
    filed(&city, ReferralOutcome::Ended, 2, "2026-02");
    let ran = city.run(&["results"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("goes on 3") && ran.out.contains("社会的孤立: goes on 3"), "{ran:?}");
    assert!(!ran.out.contains("ended"), "{ran:?}");
    let ran = city.run(&["results", "--csv", "results.csv", "--lang", "ja"]);
    assert_eq!((ran.code, ran.err.trim()), (0, "results.csv に書きました。"));
    let csv = std::fs::read_to_string(city.path("results.csv")).unwrap();
    assert!(csv.contains("続いている") && !csv.contains("終わった"), "{csv}");
    assert_eq!(city.run(&["results", "--csv", "-"]).out, csv);
    assert!(!city.run(&["results", "--since", "2026-04"]).out.contains("goes on"));
    assert!(city.run(&["results", "--since", "2026-03"]).out.contains("goes on 3"), "a quarter is counted whole");
}

#[test]
fn what_cannot_be_done_is_said_and_the_database_is_left_alone() {
    let city = TestCity::new();
    assert_eq!(city.run(&["results"]).code, 2, "there is no database");
    assert!(!city.path("tsunagari.sqlite").exists());
    filed(&city, ReferralOutcome::Met, 3, "2026-02");
    assert_eq!(city.run(&["results", "--csv", "tsunagari.sqlite"]).code, 2);
    let ran = city.run(&["results", "--since", "January"]);
    assert!(ran.code == 2 && ran.err.contains("--since") && ran.err.contains("January"), "{ran:?}");
    assert!(city.run(&["results"]).out.contains("met 3"));
}

/// The tables that the program has of its own are replaced by the city's, and each bad row is named.
#[test]
fn every_bad_row_of_the_tables_is_named_with_what_to_do() {
    let city = TestCity::new();
    let files = [
        (
            "referral-reasons.csv",
            "id,name\nisolation,社会的孤立\nisolation,ふたたび\nＡ,大文字\nlong,これは十六文字をこえるとても長い理由の名前\n",
        ),
        (
            "institutions.csv",
            "group,trouble,what,office,phone\n介護,,説明,窓口,\n介護,困った,説明,窓口,代表まで\n介護,困った,説明,,\n",
        ),
        (
            "practice.csv",
            "name,age,afternoon,story,says,likes,questions\n田中,70,1,話,言葉,,問い\n練習 花,千,1,話,言葉,,問い\n練習 花,70,1,話,言葉,,\n",
        ),
    ];
    for (name, text) in files {
        std::fs::write(city.path("data").join(name), text).unwrap();
    }
    let ran = city.run(&["doctor", "--lang", "ja"]);
    let said = format!("{}{}", ran.out, ran.err);
    for (file, lines) in
        [("referral-reasons.csv", [3, 4, 5]), ("institutions.csv", [2, 3, 4]), ("practice.csv", [2, 3, 4])]
    {
        for line in lines {
            let named = said.lines().any(|it| it.contains(file) && it.contains(&format!("{line}")));
            assert!(named, "{file} line {line}: {said}");
        }
    }
}
