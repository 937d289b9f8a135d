//! Results of referrals: what is taken, what is stored of it, and what is told again.

use std::ops::Deref;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt as _;
use tsunagari::editor::ReportLog;
use tsunagari::http::{AppState, CityContent, InternalState, internal_router};
use tsunagari::model::{
    Audience, CategoryId, DistrictId, Month, Quarter, ReferralOutcome, ReferralReason, ReferralReasonId,
    ReferralReasonTable, ReferralResult, ReferralSource, Thesaurus,
};

use super::internal_address::InternalAddress;
use super::{Answer, app_of, city};

/// An internal address with a database of its own.
struct Inside(InternalAddress);

impl Deref for Inside {
    type Target = InternalAddress;

    fn deref(&self) -> &InternalAddress {
        &self.0
    }
}

fn app() -> AppState {
    let reason = |id: &str, name: &str| {
        let id = ReferralReasonId(id.to_owned());
        ReferralReason { id, name: name.to_owned(), about: String::new() }
    };
    let reasons = vec![reason("isolation", "社会的孤立"), reason("mind", "=認知")];
    let content = CityContent { referral_reasons: ReferralReasonTable::new(reasons), ..CityContent::default() };
    app_of(&city::everything(), Audience::LinkWorkers).with_city_content(Arc::new(content))
}

impl Inside {
    fn new() -> Self {
        Self(InternalAddress::of(InternalState::new(app(), Arc::new(Thesaurus::default()), &[])))
    }

    async fn post(&self, body: &str) -> Answer {
        let request = Request::post("/results").header("host", "localhost").header("content-type", "application/json");
        self.ask(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Results of the last quarter that is over, as they would have been stored in it.
    fn stored_last_quarter(&self, outcome: ReferralOutcome, (kind, reason): (&str, &str), times: usize) {
        let quarter = Quarter::of(Quarter::of(this_month()).first().back(1));
        let result = ReferralResult {
            quarter,
            outcome,
            kind: Some(CategoryId(kind.to_owned())),
            district: Some(DistrictId("yoka".to_owned())),
            reason: Some(ReferralReasonId(reason.to_owned())),
            source: Some(ReferralSource::Clinic),
        };
        let log = ReportLog::new(&self.dir.path().join("t.db"));
        (0..times).for_each(|_| log.add_result(&result, None).unwrap());
    }

    /// Every row of the table, without the random key.
    fn rows(&self) -> Vec<String> {
        let raw = rusqlite::Connection::open(self.dir.path().join("t.db")).unwrap();
        let columns = "outcome || '|' || batch || '|' || quarter || '|' || kind || '|' || district || '|' || reason || '|' || source";
        let mut query = raw.prepare(&format!("select {columns} from referral_result")).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    /// Everything that planners can request.
    async fn all_numbers(&self) -> Vec<String> {
        let mut all = Vec::new();
        for query in ["", "?period=8", "?period=all"] {
            for path in ["/results", "/results.json", "/results.csv"] {
                all.push(self.get(&format!("{path}{query}")).await.text().to_owned());
            }
        }
        all.push(self.get("/results/report").await.text().to_owned());
        all.push(self.get("/plan").await.text().to_owned());
        all
    }
}

fn this_month() -> Month {
    Month::of(tsunagari::http::now_in_japan().date())
}

const RESULT: &str = r#"{"outcome":"goes_on","kind":"salon","district":"yoka","reason":"isolation","source":"clinic"}"#;

#[tokio::test]
async fn of_a_result_the_database_holds_quarter_and_codes_and_nothing_else() {
    let inside = Inside::new();
    let answer = inside.post(RESULT).await;
    assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::NO_CONTENT, "no-store"));
    assert!(answer.body.is_empty());
    assert_eq!(inside.post(r#"{"outcome":"no_consent"}"#).await.status, StatusCode::NO_CONTENT);
    let quarter = Quarter::of(this_month()).first();
    let expected = [format!("goes_on|0|{quarter}|salon|yoka|isolation|clinic"), format!("no_consent|0|{quarter}||||")];
    assert_eq!(inside.rows(), expected);
    let raw = rusqlite::Connection::open(inside.dir.path().join("t.db")).unwrap();
    for change in ["update referral_result set kind = ''", "delete from referral_result"] {
        assert!(raw.execute(change, []).is_err(), "{change}");
    }
}

#[tokio::test]
async fn a_result_that_is_sent_again_with_its_key_is_counted_once_and_does_not_use_up_the_day() {
    let inside = Inside::new();
    let result = |outcome: &str, key: usize| format!(r#"{{"outcome":"{outcome}","key":"{key:032x}"}}"#);
    for key in 1..=59 {
        assert_eq!(inside.post(&result("ended", key)).await.status, StatusCode::NO_CONTENT);
        assert_eq!(inside.post(&result("ended", 1)).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(inside.rows().len(), 59);
    assert_eq!(
        inside.post(&result("met", 1)).await.status,
        StatusCode::NO_CONTENT,
        "another outcome is another report"
    );
    let refused = inside.post(&result("ended", 60)).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.json()["type"], "urn:tsunagari:problem:enough-today");
    assert_eq!(inside.rows().len(), 60);
}

#[tokio::test]
async fn a_code_or_anything_else_of_a_person_is_refused_and_never_repeated() {
    let inside = Inside::new();
    for body in [
        r#"{"outcome":"goes_on","code":"ACDE-FGHJ-KMNP"}"#,
        r#"{"outcome":"goes_on","key":"ACDE-FGHJ-KMNP"}"#,
        r#"{"outcome":"goes_on","note":"田中さん"}"#,
        r#"{"outcome":"goes_on","age":78}"#,
        r#"{"outcome":"田中さん"}"#,
        r#"{"outcome":"goes_on","kind":"田中さん"}"#,
        r#"{"outcome":"goes_on","district":"田中さん"}"#,
        r#"{"outcome":"goes_on","reason":"田中さん"}"#,
        "田中さん",
        "[]",
    ] {
        let answer = inside.post(body).await;
        assert!(answer.status.is_client_error(), "{body}");
        assert!(!answer.text().contains("田中") && !answer.text().contains("ACDE"), "{}", answer.text());
    }
    for address in ["/results?code=ACDE-FGHJ-KMNP", "/results.csv?code=x", "/results/report?code=x"] {
        let answer = inside.get(address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(!answer.text().contains("ACDE"));
    }
    let foreign = Request::post("/results").header("host", "localhost").header("origin", "https://evil.example");
    let foreign = foreign.header("content-type", "application/json").body(Body::from(RESULT)).unwrap();
    assert_eq!(inside.ask(foreign).await.status, StatusCode::FORBIDDEN);
    assert!(inside.rows().is_empty());
}

#[tokio::test]
async fn three_of_an_outcome_are_told_and_two_are_in_no_page_and_no_file() {
    let inside = Inside::new();
    let none = inside.all_numbers().await;
    inside.stored_last_quarter(ReferralOutcome::GoesOn, ("salon", "isolation"), 2);
    inside.stored_last_quarter(ReferralOutcome::Ended, ("salon", "mind"), 2);
    assert_eq!(inside.all_numbers().await, none, "two of each are told");
    inside.stored_last_quarter(ReferralOutcome::GoesOn, ("salon", "mind"), 1);
    let told = inside.get("/results.json").await.json();
    assert_eq!(told["outcomes"], serde_json::json!({"goes_on": 3}));
    assert_eq!(told["kinds"][0], serde_json::json!({"code": "salon", "outcomes": {"goes_on": 3}}));
    let reasons = told["reasons"].as_array().unwrap();
    assert_eq!(reasons[0]["outcomes"], serde_json::json!({}), "two and one of the reasons wait");
    assert_eq!(reasons.last().unwrap(), &serde_json::json!({"code": null, "outcomes": {"goes_on": 3}}));
    let page = inside.get("/results").await;
    assert!(page.text().contains("何が続くか") && page.text().contains("<td>3</td>"), "{}", page.text());
    assert!(!page.text().contains("style=") && !page.text().contains("<form"), "{}", page.text());
    let plan = inside.get("/plan").await;
    assert!(plan.text().contains("id=\"outcomes\"") && plan.text().contains("href=\"/results\""), "{}", plan.text());
    let report = inside.get("/results/report").await;
    assert!(report.text().contains("社会的処方 令和") && report.text().contains("年度）の件数"), "{}", report.text());
}

#[tokio::test]
async fn files_hold_the_same_numbers_and_no_cell_is_a_formula() {
    let inside = Inside::new();
    inside.stored_last_quarter(ReferralOutcome::TriedOnce, ("salon", "mind"), 3);
    let csv = inside.get("/results.csv").await;
    assert!(
        csv.text().starts_with('\u{feff}') && csv.text().contains("依頼のわけ,mind,'=認知,一度行った,"),
        "{}",
        csv.text()
    );
    let xlsx = inside.get("/results.xlsx").await;
    assert_eq!(xlsx.status, StatusCode::OK);
    assert!(xlsx.body.starts_with(b"PK"), "a workbook is an archive");
    let again = inside.get("/results.xlsx").await;
    assert_eq!(xlsx.body, again.body, "the same numbers are the same bytes");
}

#[tokio::test]
async fn within_a_quarter_no_number_moves_however_often_somebody_taps() {
    let inside = Inside::new();
    inside.stored_last_quarter(ReferralOutcome::GoesOn, ("salon", "isolation"), 5);
    let before = inside.all_numbers().await;
    for _ in 0..40 {
        assert_eq!(inside.post(RESULT).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(inside.all_numbers().await, before);
}

#[tokio::test]
async fn a_period_or_a_year_that_is_none_is_refused_and_a_year_to_come_is_empty() {
    let inside = Inside::new();
    for (address, parameter) in [
        ("/results?period=5", "period"),
        ("/results.json?period=x", "period"),
        ("/results/report?year=x", "year"),
        ("/results/report?year=-1", "year"),
    ] {
        let answer = inside.get(address).await;
        assert_eq!(
            (answer.status, &answer.json()["parameter"]),
            (StatusCode::BAD_REQUEST, &parameter.into()),
            "{address}"
        );
    }
    for year in ["2100", "65535", "0", "1990"] {
        let page = inside.get(&format!("/results/report?year={year}")).await;
        assert_eq!(page.status, StatusCode::OK, "{year}");
        assert!(page.text().contains("出せる数がまだありません"), "{year}");
    }
}

#[tokio::test]
async fn without_a_record_nothing_is_stored_and_the_planners_page_is_as_it_was() {
    let staff = InternalState::new(app(), Arc::new(Thesaurus::default()), &[]);
    let ask = |request: axum::http::request::Builder, body: &'static str| {
        let request = request.header("host", "localhost").header("content-type", "application/json");
        internal_router(staff.clone()).oneshot(request.body(Body::from(body)).unwrap())
    };
    let refused = ask(Request::post("/results"), RESULT).await.unwrap();
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ask(Request::get("/plan"), "").await.unwrap().status(), StatusCode::OK);
}
