//! Calendars over HTTP: where they are, who may read them, and where there are none.

use axum::http::StatusCode;
use tsunagari::index::SnapshotInput;
use tsunagari::model::{Audience, Schedule};

use super::{app_of, city, get_from, with};

/// The city in which two places meet at times that are understood.
fn dated() -> SnapshotInput {
    let mut everything = city::everything();
    for (id, text) in [
        ("bbbbbbbbbb", "毎週木曜 13:30〜15:00"),
        ("dddddddddd", "毎月第1日曜"),
        ("eeeeeeeeee", "会長に聞いてください"),
        ("hhhhhhhhhh", "毎週金曜 19:00〜20:00"),
    ] {
        let place = everything.places.iter_mut().find(|it| it.id.0 == id).unwrap();
        place.facts.schedule = vec![Schedule { text: text.to_owned() }];
    }
    everything.city.public_url = Some("https://places.example.jp/map/".to_owned());
    everything
}

#[tokio::test]
async fn a_calendar_is_a_download_of_open_data_with_a_tag_by_its_content() {
    let app = app_of(&dated(), Audience::Public);
    for path in [
        "/places/bbbbbbbbbb.ics",
        "/places.ics",
        "/categories/salon.ics",
        "/districts/yoka.ics",
        "/categories/salon/districts/yoka.ics",
        "/collections/places/items?f=ics&category=salon",
    ] {
        let answer = get_from(&app, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8", "{path}");
        assert!(answer.header("content-disposition").contains(".ics"), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        let text = String::from_utf8(answer.body.clone()).unwrap();
        assert!(
            text.contains("bbbbbbbbbb-") && text.contains("URL:https://places.example.jp/map/places/bbb"),
            "{path}"
        );
        assert!(!text.contains("hhhhhhhhhh"), "{path} has what link workers alone may see");
        let tag = answer.header("etag").to_owned();
        let again = with(&app, path, &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
    }
    let accepted = with(&app, "/collections/places/items?category=salon", &[("accept", "text/calendar")]).await;
    let named = get_from(&app, "/collections/places/items?category=salon&f=ics").await;
    assert!(accepted.body == named.body && accepted.header("vary").contains("accept"));
    let inside = get_from(&app_of(&dated(), Audience::LinkWorkers), "/places/hhhhhhhhhh.ics").await;
    assert_eq!((inside.status, inside.header("access-control-allow-origin")), (StatusCode::OK, ""));
}

#[tokio::test]
async fn the_places_of_a_filter_are_chosen_as_for_every_download() {
    let app = app_of(&dated(), Audience::Public);
    let events = async |query: &str| {
        let answer = get_from(&app, &format!("/collections/places/items?f=ics{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        let text = String::from_utf8(answer.body).unwrap();
        ["bbbbbbbbbb", "dddddddddd"].map(|id| text.contains(&format!("UID:{id}-")))
    };
    assert_eq!(events("").await, [true, true]);
    assert_eq!(events("&category=other").await, [false, true]);
    assert_eq!(events("&filter=name%20LIKE%20'%E5%9B%B2%E7%A2%81%25'").await, [true, false]);
    assert_eq!(events("&sortby=-id&limit=4").await, [false, true]);
    assert_eq!(events("&sortby=id&offset=2").await, [false, true]);
    assert_eq!(events("&q=%E3%81%AA%E3%81%84%E3%82%82%E3%81%AE%E3%81%B0%E3%81%8B%E3%82%8A").await, [false, false]);
    let refused =
        get_from(&app, "/collections/places/items?f=ics&crs=http://www.opengis.net/def/crs/EPSG/0/3857").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn without_dates_that_can_be_read_there_is_neither_calendar_nor_link() {
    let app = app_of(&dated(), Audience::Public);
    for (id, is_there) in [
        ("bbbbbbbbbb", true),
        ("dddddddddd", true),
        ("aaaaaaaaaa", false),
        ("cccccccccc", false),
        ("eeeeeeeeee", false),
    ] {
        let status = get_from(&app, &format!("/places/{id}.ics")).await.status;
        assert_eq!(status == StatusCode::OK, is_there, "{id}");
        assert!(is_there || status == StatusCode::NOT_FOUND, "{id}");
        let page = String::from_utf8(get_from(&app, &format!("/places/{id}")).await.body).unwrap();
        assert_eq!(page.contains(&format!("href=\"../places/{id}.ics\"")), is_there, "{id}");
        let subscribed = format!("href=\"webcal://places.example.jp/map/places/{id}.ics\"");
        assert_eq!(page.contains(&subscribed), is_there, "{id}");
    }
    for (query, calendar) in [
        ("", Some("/places.ics")),
        ("?category=salon", Some("/categories/salon.ics")),
        ("?category=salon&district=yoka", Some("/categories/salon/districts/yoka.ics")),
        ("?category=farming", None),
    ] {
        let page = String::from_utf8(get_from(&app, &format!("/{query}")).await.body).unwrap();
        assert_eq!(page.contains("data-format=\"ics\""), calendar.is_some(), "{query}");
        if let Some(calendar) = calendar {
            assert!(page.contains(&format!("webcal://places.example.jp/map{calendar}\"")), "{query}");
        }
    }
    for path in ["/places/hhhhhhhhhh.ics", "/places/.ics", "/places/nowhere.ics", "/categories/none.ics"] {
        assert_eq!(get_from(&app, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
