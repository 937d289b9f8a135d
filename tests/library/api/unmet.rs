//! Unmet needs: what is taken, what is stored of it, and what is told again.

use std::ops::Deref;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use tower::ServiceExt as _;
use tsunagari::editor::ReportLog;
use tsunagari::http::{InternalState, internal_router};
use tsunagari::model::unmet_need::UnmetReason;
use tsunagari::model::{Audience, DistrictId, Interest, Month, Thesaurus, TravelMode, UnmetNeed};

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

impl Inside {
    fn new() -> Self {
        Self(InternalAddress::of(staff()))
    }

    async fn post(&self, body: &str) -> Answer {
        self.ask(need(&[], body)).await
    }

    /// Needs of the last month, as they would have been stored in it.
    fn stored_last_month(&self, reason: UnmetReason, district: &str, interests: &[&str], times: usize) {
        let need = UnmetNeed {
            month: Month::of(tsunagari::http::now_in_japan().date()).back(1),
            district: Some(DistrictId(district.to_owned())),
            interests: interests.iter().map(|it| (*it).to_owned()).collect(),
            travel: vec![TravelMode::PickUp],
            reason,
        };
        (0..times).for_each(|_| ReportLog::new(&self.dir.path().join("t.db")).add_need(&need, None).unwrap());
    }

    /// Everything that planners can request.
    async fn all_numbers(&self) -> Vec<String> {
        let mut all = Vec::new();
        for query in ["", "?period=all", "?period=3", "?reason=no_ride", "?group=%E8%B6%A3%E5%91%B3"] {
            for path in ["/unmet", "/unmet.json", "/unmet.csv"] {
                all.push(self.get(&format!("{path}{query}")).await.text().to_owned());
            }
        }
        all
    }

    async fn store(&self, body: &str, times: usize) {
        for _ in 0..times {
            let answer = self.post(body).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
        }
    }

    /// Every row of the table, as SQLite prints it, without the random key.
    fn rows(&self) -> Vec<String> {
        let raw = rusqlite::Connection::open(self.dir.path().join("t.db")).unwrap();
        let mut query = raw
            .prepare("select district || '|' || reason || '|' || batch || '|' || month || '|' || interests || '|' || travel from unmet")
            .unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }
}

fn staff() -> InternalState {
    let interest = |(term, broader): (&str, &str)| {
        let broader = Some(broader.to_owned()).filter(|it| !it.is_empty()).into_iter().collect();
        Interest { term: term.to_owned(), broader, ..Interest::default() }
    };
    let thesaurus = Thesaurus::new([("趣味", ""), ("囲碁", "趣味"), ("天文", "趣味")].map(interest).to_vec()).unwrap();
    InternalState::new(app_of(&city::everything(), Audience::LinkWorkers), Arc::new(thesaurus), &[])
}

fn need(headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let start = Request::post("/unmet").header("host", "127.0.0.1:8081").header("content-type", "application/json");
    let request = headers.iter().fold(start, |request, (name, value)| request.header(*name, *value));
    request.body(Body::from(body.to_owned())).unwrap()
}

const NEED: &str = r#"{"reason":"no_ride","district":"yoka","interests":["天文","囲碁"],"travel":["pick_up"]}"#;

#[tokio::test]
async fn of_a_need_the_database_holds_month_district_terms_ways_and_reason_and_nothing_else() {
    let inside = Inside::new();
    let answer = inside.post(NEED).await;
    assert_eq!(
        (answer.status, answer.header("cache-control"), answer.body.len()),
        (StatusCode::NO_CONTENT, "no-store", 0)
    );
    inside.store(r#"{"reason":"declined"}"#, 1).await;
    let month = tsunagari::http::now_in_japan().format("%Y-%m").to_string();
    let expected =
        [format!("|declined|0|{month}|[]|[]"), format!("yoka|no_ride|0|{month}|[\"囲碁\",\"天文\"]|[\"pick_up\"]")];
    assert_eq!(inside.rows(), expected);
}

#[tokio::test]
async fn a_need_that_is_sent_again_with_its_key_is_counted_once_also_by_a_server_that_was_restarted() {
    let mut inside = Inside::new();
    let need = |reason: &str, key: usize| format!(r#"{{"reason":"{reason}","key":"{key:032x}"}}"#);
    for _ in 0..3 {
        inside.store(&need("full", 1), 1).await;
    }
    assert_eq!(inside.rows().len(), 1);
    inside.0.staff = staff().with_reports(ReportLog::new(&inside.dir.path().join("t.db")));
    inside.store(&need("full", 1), 1).await;
    assert_eq!(inside.rows().len(), 1, "the key is known after a restart");
    inside.store(&need("no_ride", 1), 1).await;
    for key in 2..40 {
        inside.store(&need("full", key), 1).await;
    }
    assert_eq!(inside.rows().len(), 40);
    // Nothing of the keys that were counted up can be seen, neither their digits nor their order.
    let raw = rusqlite::Connection::open(inside.dir.path().join("t.db")).unwrap();
    let mut query = raw.prepare("select hex(random) from unmet where reason = 'full' order by batch, random").unwrap();
    let stored: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(stored.iter().all(|random| random.len() == 16 && !random.starts_with("000000")), "{stored:?}");
}

#[tokio::test]
async fn what_cannot_be_used_is_named_and_never_repeated_and_nothing_is_stored() {
    let inside = Inside::new();
    for (body, parameter) in [
        (r#"{"reason":"田中さん"}"#, "reason"),
        (r#"{"reason":"full","district":"田中さん"}"#, "district"),
        (r#"{"reason":"full","interests":["囲碁","田中さん"]}"#, "interests[1]"),
        (r#"{"reason":"full","travel":["田中さん"]}"#, "travel[0]"),
        (r#"{"reason":"full","key":"田中さん"}"#, "key"),
    ] {
        let answer = inside.post(body).await;
        assert_eq!((answer.status, &answer.json()["parameter"]), (StatusCode::UNPROCESSABLE_ENTITY, &parameter.into()));
        assert!(!answer.text().contains("田中"), "{}", answer.text());
    }
    for body in [r#"{"reason":"full","田中さん":1}"#, "田中さん", "[]", ""] {
        let answer = inside.post(body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(!answer.text().contains("田中"), "{}", answer.text());
    }
    assert_eq!(inside.post(&" ".repeat(70_000)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let post = |address: &str| Request::post(address.to_owned()).header("host", "localhost");
    let form = post("/unmet").header("content-type", "text/plain").body(Body::from(NEED)).unwrap();
    assert_eq!(inside.ask(form).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let query = post("/unmet?reason=full").header("content-type", "application/json").body(Body::from(NEED)).unwrap();
    assert_eq!(inside.ask(query).await.status, StatusCode::BAD_REQUEST);
    let delete = Request::builder().method(Method::DELETE).uri("/unmet").header("host", "localhost");
    assert_eq!(inside.ask(delete.body(Body::empty()).unwrap()).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(inside.rows().is_empty());
}

#[tokio::test]
async fn other_names_and_other_pages_store_nothing() {
    let inside = Inside::new();
    for (headers, status) in [
        (vec![("origin", "http://127.0.0.1:8081"), ("sec-fetch-site", "same-origin")], 204),
        (vec![("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], 403),
        (vec![("origin", "null")], 403),
    ] {
        let answer = inside.ask(need(&headers, NEED)).await;
        assert_eq!(answer.status.as_u16(), status, "{headers:?}");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
    let foreign = Request::post("/unmet").header("host", "evil.example").header("content-type", "application/json");
    assert_eq!(inside.ask(foreign.body(Body::from(NEED)).unwrap()).await.status, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(inside.rows().len(), 1);
}

#[tokio::test]
async fn three_of_a_kind_are_told_and_two_are_in_no_page_and_no_file() {
    let inside = Inside::new();
    inside.stored_last_month(UnmetReason::NoRide, "yoka", &["囲碁", "天文"], 2);
    inside.stored_last_month(UnmetReason::Full, "ginza", &["囲碁"], 2);
    for address in ["/unmet", "/unmet.json", "/unmet.csv", "/unmet?period=all", "/unmet?period=3&reason=no_ride"] {
        let few = inside.get(address).await;
        assert_eq!((few.status, few.header("cache-control")), (StatusCode::OK, "no-store"), "{address}");
        let none = Inside::new().get(address).await;
        assert_eq!(few.text(), none.text(), "{address} tells of two");
    }
    inside.stored_last_month(UnmetReason::NoRide, "yoka", &["囲碁", "天文"], 1);
    let told = inside.get("/unmet.json").await.json();
    assert_eq!(told["districts"][0]["count"], 3);
    assert_eq!(told["districts"][0]["reasons"], serde_json::json!({"no_ride": 3}));
    assert_eq!(
        told["interests"][0]["terms"],
        serde_json::json!([{"term": "囲碁", "count": 3}, {"term": "天文", "count": 3}])
    );
    assert_eq!((told["months"][0]["count"].clone(), told["travel"][0]["way"].clone()), (3.into(), "pick_up".into()));
    let page = inside.get("/unmet?group=%E8%B6%A3%E5%91%B3").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text().contains("<td>3</td>") && page.text().contains("<svg"), "{}", page.text());
    assert!(!page.text().contains("style="), "the policy would forbid it");
    let csv = inside.get("/unmet.csv").await;
    assert!(csv.text().starts_with('\u{feff}') && csv.text().contains("yoka,八鹿,送迎がない"), "{}", csv.text());
}

#[tokio::test]
async fn within_a_month_no_number_moves_however_often_somebody_taps() {
    let inside = Inside::new();
    inside.stored_last_month(UnmetReason::NoRide, "yoka", &["囲碁", "天文"], 5);
    let before = inside.all_numbers().await;
    assert!(before[1].contains("\"count\":3"), "{}", before[1]);
    for _ in 0..20 {
        inside.store(NEED, 2).await;
        assert_eq!(inside.all_numbers().await, before);
    }
}

#[tokio::test]
async fn more_needs_than_the_bound_of_a_day_are_refused_and_not_stored() {
    let inside = Inside::new();
    inside.store(NEED, 60).await;
    let before = inside.rows();
    for _ in 0..3 {
        let refused = inside.post(NEED).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.json()["type"], "urn:tsunagari:problem:enough-today");
        assert!(refused.header("retry-after").parse::<u32>().unwrap() <= 86_400);
    }
    assert_eq!(inside.rows(), before);
    assert_eq!(
        inside.post(r#"{"reason":"x"}"#).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "what is wrong is said"
    );
}

#[tokio::test]
async fn a_need_that_is_sent_again_does_not_use_up_the_day() {
    let inside = Inside::new();
    let need = |key: usize| format!(r#"{{"reason":"full","key":"{key:032x}"}}"#);
    for key in 1..=60 {
        inside.store(&need(key), 1).await;
        inside.store(&need(1), 1).await;
    }
    assert_eq!(inside.rows().len(), 60);
    assert_eq!(inside.post(&need(61)).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_period_a_reason_or_a_group_that_is_none_is_refused() {
    let inside = Inside::new();
    for (query, parameter) in [
        ("period=7", "period"),
        ("reason=other", "reason"),
        ("group=%E5%9B%B2%E7%A2%81", "group"),
        ("reason=full&group=%E8%B6%A3%E5%91%B3", "group"),
        ("q=x", "q"),
    ] {
        for path in ["/unmet", "/unmet.json", "/unmet.csv"] {
            let answer = inside.get(&format!("{path}?{query}")).await;
            assert_eq!(
                (answer.status, &answer.json()["parameter"]),
                (StatusCode::BAD_REQUEST, &parameter.into()),
                "{query}"
            );
        }
    }
}

#[tokio::test]
async fn where_nothing_can_be_stored_that_is_said() {
    let inside = Inside::new();
    inside.store(NEED, 1).await;
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(inside.dir.path().join(format!("t.db{suffix}")));
    }
    let answer = inside.post(NEED).await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
    assert_eq!(answer.json()["type"], "urn:tsunagari:problem:not-stored");
    let without = internal_router(staff()).oneshot(need(&[], NEED)).await.unwrap();
    assert_eq!(without.status(), StatusCode::SERVICE_UNAVAILABLE);
}

/// Needs of a kind, months ago.
fn add_needs(inside: &Inside, (district, reason): (&str, UnmetReason), interest: &str, count: usize) {
    let need = UnmetNeed {
        month: Month::of(tsunagari::http::now_in_japan().date()).back(2),
        district: Some(DistrictId(district.to_owned())),
        interests: vec![interest.to_owned()],
        travel: vec![TravelMode::Walk],
        reason,
    };
    let log = ReportLog::new(&inside.dir.path().join("t.db"));
    (0..count).for_each(|_| log.add_need(&need, None).unwrap());
}

#[tokio::test]
async fn planners_see_needs_beside_supply_in_threes_and_a_sheet_to_begin_from() {
    let inside = Inside::new();
    let district = city::everything().districts.all()[0].id.0.clone();
    add_needs(&inside, (&district, UnmetReason::Full), "囲碁", 4);
    add_needs(&inside, (&district, UnmetReason::NoRide), "囲碁", 2);
    let page = inside.get("/plan").await;
    assert_eq!(page.status, StatusCode::OK);
    let section = page.text().split("id=\"needs\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
    assert!(section.contains("満員 3") && !section.contains("送迎がない"), "{section}");
    let csv = inside.get("/plan/unmet.csv").await;
    assert_eq!(csv.text().lines().count(), 2, "{}", csv.text());
    assert!(csv.text().contains(",満員,3"), "{}", csv.text());
    let link = section.split("href=\"/plan/starters").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let sheet = inside.get(&format!("/plan/starters{link}")).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(sheet.text().contains("三人いれば始められる") && sheet.text().contains("3件"), "{}", sheet.text());
    for wrong in
        ["/plan/starters", "/plan/starters?interest=x", "/plan/starters?interest=%E5%9B%B2%E7%A2%81&district=x"]
    {
        assert_eq!(inside.get(wrong).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}
