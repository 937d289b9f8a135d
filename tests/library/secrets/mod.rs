//! Nothing private leaks: lists in which every column and every free text gives somebody away, in more than a hundred writings,
//! and every public answer searched for it.

mod lists;
mod search;
mod writings;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::config::Config;
use tsunagari::http::{AppState, ROUTES, RouteAccess, public_router};
use tsunagari::import::columns::HeadingTable;
use tsunagari::import::{self, ImportContext, ImportedPlace};
use tsunagari::index::{SharedSnapshots, Snapshot, SnapshotInput};
use tsunagari::model::{Audience, District, DistrictId, DistrictTable, Place, PlaceId, Position, Source};
use tsunagari::publish::tiles::TileRange;

use self::lists::{SecretLists, generated};
use self::search::Leaks;

/// How many places the list has.
const ROWS: usize = 1000;

fn categories(config: &Config) -> Vec<&str> {
    let private = config.categories.all().iter().filter(|it| it.private_persons).take(2);
    let others = config.categories.all().iter().filter(|it| !it.private_persons).take(8);
    others.chain(private).map(|it| it.name.japanese()).collect()
}

fn district() -> DistrictTable {
    let centre = Position::new(134.7, 35.4).unwrap();
    let (id, name) = (DistrictId("yoka".to_owned()), "八鹿".to_owned());
    DistrictTable::new(vec![District {
        id,
        name,
        kana: None,
        former_town: None,
        centre: Some(centre),
        ..District::default()
    }])
}

/// A digit as a letter.
fn letter(c: char) -> char {
    c.to_digit(10).and_then(|digit| char::from_u32(u32::from('a') + digit)).unwrap_or(c)
}

/// What the two lists are stored as.
fn everything(lists: &SecretLists, config: &Config) -> SnapshotInput {
    let districts = district();
    let known = ImportContext {
        columns: &HeadingTable::standard(),
        phrases: &config.phrases,
        categories: &config.categories,
        city: &config.city,
        gazetteer: None,
        boundary: None,
        districts: &districts,
        today: None,
    };
    let places = import::read(lists.places.as_bytes(), "一覧.csv", known);
    let workers = import::link_workers::read(lists.workers.as_bytes(), "連携役.csv", known);
    let place = |(n, it): (usize, ImportedPlace)| Place {
        // Letters alone: digits beside those of dates may look like anybody's number.
        id: PlaceId(format!("p{n:09}").chars().map(letter).collect()),
        facts: it.facts,
        source: Source { list: "一覧".to_owned(), ..it.source },
        verification: it.verification,
    };
    let everything = SnapshotInput {
        city: config.city.clone(),
        categories: config.categories.clone(),
        places: places.sheets.into_iter().flat_map(|sheet| sheet.entries).enumerate().map(place).collect(),
        link_workers: workers.sheets.into_iter().flat_map(|sheet| sheet.entries).collect(),
        districts,
        ..SnapshotInput::default()
    };
    assert_eq!((everything.places.len(), everything.link_workers.len()), (ROWS, ROWS / 4), "a row is lost");
    everything
}

/// Tiles of three zooms that may hold a place. They come unpacked, so that the search reads what they say.
fn tiles(snapshot: &Snapshot) -> Vec<String> {
    let bounds = snapshot.bounds(None).unwrap_or([134.0, 35.0, 135.5, 36.0]);
    let tiles = [0, 9, 11].into_iter().flat_map(|zoom| TileRange::around(bounds, zoom).unwrap().tiles());
    tiles.take(400).map(|at| format!("{}/{}/{}", at.zoom, at.row, at.column)).collect()
}

/// Of pages that say the same in another form or language, one of so many places is looked at: a prime, so that every kind of
/// secret is among them.
const ONE_OF: usize = 7;

/// Every address of the public routes, with every place, category and district, and pages in a second language.
fn addresses(snapshot: &Snapshot) -> Vec<String> {
    let public = ROUTES.iter().filter(|route| route.access != RouteAccess::Internal).map(|route| route.path);
    let mut all: Vec<String> = Vec::new();
    for path in public.filter(|path| *path != "/assets/{file}") {
        let path = path.replace("{district}", "yoka").replace("{code}", &snapshot.city.code).replace("{lang}", "en");
        if path.contains("{z}") {
            let of = |at: String| path.replace("{collection}", "places").replace("{z}/{y}/{x}", &at);
            all.extend(tiles(snapshot).into_iter().map(of));
            continue;
        }
        if path.contains("{collection}") && path.contains("{id}") {
            // The same features under two names: each place of all places, each district, and each place of its category.
            let of = |collection: &str, id: &str| path.replace("{collection}", collection).replace("{id}", id);
            all.extend(snapshot.places.iter().map(|it| of("places", &it.place.id.0)));
            let some = snapshot.places.iter().step_by(ONE_OF);
            all.extend(some.map(|it| of(&it.place.facts.category.0, &it.place.id.0) + "?f=html"));
            all.push(of("districts", "yoka"));
        } else if path.contains("{collection}") {
            let named = snapshot.categories.all().iter().map(|it| it.id.0.as_str());
            all.extend(named.chain(["places", "districts"]).map(|id| path.replace("{collection}", id)));
        } else if path.contains("{category}") {
            all.extend(snapshot.categories.all().iter().map(|it| path.replace("{category}", &it.id.0)));
        } else if path.contains("{id}") {
            let step = if path == "/places/{id}" { 1 } else { ONE_OF };
            all.extend(snapshot.places.iter().step_by(step).map(|it| path.replace("{id}", &it.place.id.0)));
        } else {
            all.push(path);
        }
    }
    let pages = (0..ROWS).step_by(100).map(|offset| format!("/?offset={offset}"));
    let more = [
        "/hsds/services?full=true&per_page=1000",
        "/hsds/organizations?full_service=true&per_page=1000",
        "/nearest?lon=134.7&lat=35.4",
        "/collections/places/items?limit=1000",
        "/collections/places/items?f=html&limit=1000",
        "/?lang=easy",
        "/?lang=en",
    ];
    all.extend(pages.chain(more.map(str::to_owned)));
    all
}

async fn body(router: &Router, address: &str) -> Vec<u8> {
    let request = Request::get(address).body(Body::empty()).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    answer.into_body().collect().await.unwrap().to_bytes().to_vec()
}

/// A text without its dates: `2026-12-03`.
fn without_dates(body: &[u8]) -> Vec<u8> {
    let is_date = |ten: &[u8]| {
        ten.starts_with(b"20")
            && ten.iter().enumerate().all(|(n, c)| if n == 4 || n == 7 { *c == b'-' } else { c.is_ascii_digit() })
    };
    let (mut kept, mut rest) = (Vec::with_capacity(body.len()), body);
    while let Some((first, behind)) = rest.split_first() {
        if rest.get(..10).is_some_and(is_date) {
            kept.extend_from_slice("日".as_bytes());
            rest = &rest[10..];
        } else {
            kept.push(*first);
            rest = behind;
        }
    }
    kept
}

/// Redaction that leaves nothing would pass every search.
fn assert_harmless_words_stay(public: &Snapshot) {
    let seekers = public.places.iter().filter(|it| it.place.facts.name.contains("の仲間をさがす人")).count();
    assert!(seekers > ROWS / 20, "{seekers} of {} look for company", ROWS / 10);
    let venues = public.places.iter().filter(|it| it.place.facts.venue.as_deref() == Some("集会所")).count();
    let schedules = public.places.iter().filter(|it| !it.place.facts.schedule.is_empty()).count();
    let offices = public.link_workers.iter().filter(|it| it.worker.office.as_deref() == Some("社会福祉協議会")).count();
    assert!(venues > ROWS * 6 / 10 && schedules > ROWS * 8 / 10, "{venues} venues, {schedules} schedules");
    assert!(offices > ROWS / 4 * 6 / 10, "{offices} offices");
}

#[tokio::test]
async fn what_is_private_in_a_thousand_rows_is_in_no_byte_of_any_public_answer() {
    let config = Config::load(&crate::sample_city::data()).unwrap();
    let lists = generated(ROWS, &categories(&config));
    assert!(lists.searched.len() >= ROWS * 3);
    let public = Arc::new(Snapshot::build(&everything(&lists, &config), Audience::Public));
    assert_harmless_words_stay(&public);
    let mut leaks = Leaks::default();
    for listed in public.places.iter() {
        lists.searched.find("the snapshot", &serde_json::to_vec(&listed.place).unwrap(), &mut leaks);
    }
    let snapshots = SharedSnapshots::new([0; 3].map(|_| Arc::clone(&public)));
    let router = public_router(AppState::new(Arc::new(snapshots), Audience::Public));
    for address in addresses(&public) {
        let body = body(&router, &address).await;
        // Two dates side by side hold the digits of a number that somebody was given by chance.
        let body = if address.starts_with("/opendata/") { without_dates(&body) } else { body };
        lists.searched.find(&address, &body, &mut leaks);
    }
    leaks.assert_none();
}

#[test]
fn the_search_finds_what_is_planted_in_every_writing() {
    let lists = generated(200, &["サロン・カフェ"]);
    let mut leaks = Leaks::default();
    lists.searched.find("the list", lists.places.as_bytes(), &mut leaks);
    lists.searched.find("the list", lists.workers.as_bytes(), &mut leaks);
    assert_eq!(leaks.len(), lists.searched.len(), "a writing that the search does not know proves nothing");
}
