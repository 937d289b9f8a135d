//! What is asked for: fixed lists of addresses, with the answers that the floor sends.

use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::http::{AppState, public_router};
use tsunagari::index::Filter;

use super::generated::{self, CATEGORIES, Centre, Dice};

/// How many different addresses a list has, where the kind of question allows it.
const QUERIES: usize = 2_000;
/// How many places a box should hold.
const IN_A_BOX: usize = 500;

/// One kind of question.
#[derive(Debug, Clone)]
pub struct Case {
    pub name: &'static str,
    /// Sent with each request.
    pub header: Option<(&'static str, String)>,
    pub paths: Vec<String>,
    /// What the floor answers: status and body by the position of the path.
    pub bodies: Vec<(u16, Bytes)>,
}

impl Case {
    pub fn mean_bytes(&self) -> usize {
        self.bodies.iter().map(|(_, body)| body.len()).sum::<usize>() / self.bodies.len()
    }
}

pub async fn all(app: &AppState, places: usize) -> Vec<Case> {
    let centres = generated::centres(places);
    let gzip = || Some(("accept-encoding", "gzip".to_owned()));
    let places_path = || vec!["/places.geojson".to_owned()];
    vec![
        case(app, "/places.geojson", None, places_path()).await,
        case(app, "/places.geojson, gzip", gzip(), places_path()).await,
        case(app, "/places.geojson, 304", Some(("if-none-match", "*".to_owned())), places_path()).await,
        case(app, "a category", None, CATEGORIES.map(|(id, ..)| format!("/categories/{id}.geojson")).to_vec()).await,
        case(app, "a category in a district", None, in_districts(&centres)).await,
        case(app, "20 nearest of a category", None, nearest(&centres)).await,
        case(app, "a box of about 500", None, boxes(app, &centres)).await,
    ]
}

async fn case(app: &AppState, name: &'static str, header: Option<(&'static str, String)>, paths: Vec<String>) -> Case {
    let mut bodies = Vec::new();
    for path in &paths {
        bodies.push(ask(app, path, header.as_ref()).await);
    }
    Case { name, header, paths, bodies }
}

async fn ask(app: &AppState, path: &str, sent: Option<&(&'static str, String)>) -> (u16, Bytes) {
    let request = sent.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, value));
    let response = public_router(app.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let gzipped = response.headers().contains_key(header::CONTENT_ENCODING);
    assert_eq!(gzipped, sent.is_some_and(|(name, _)| *name == "accept-encoding"));
    let status = response.status().as_u16();
    (status, response.into_body().collect().await.unwrap().to_bytes())
}

fn in_districts(centres: &[Centre]) -> Vec<String> {
    let mut dice = Dice::new(11);
    let address = |_| {
        let district = dice.below(centres.len().div_ceil(8)) + 1;
        format!("/categories/{}/districts/d{district:04}.geojson", dice.pick(&CATEGORIES).0)
    };
    (0..QUERIES).map(address).collect()
}

fn nearest(centres: &[Centre]) -> Vec<String> {
    let mut dice = Dice::new(12);
    let address = |_| {
        let at = generated::somewhere(centres, &mut dice);
        let category = dice.pick(&CATEGORIES).0;
        format!("/nearest?lon={:.6}&lat={:.6}&category={category}&limit=20", at.lon(), at.lat())
    };
    (0..QUERIES).map(address).collect()
}

/// Boxes around random points, made wider until they hold about [`IN_A_BOX`] places.
fn boxes(app: &AppState, centres: &[Centre]) -> Vec<String> {
    let (snapshot, mut dice) = (app.snapshot(), Dice::new(13));
    let address = |_| {
        let at = generated::somewhere(centres, &mut dice);
        let around = |half: f64| [at.lon() - half, at.lat() - half, at.lon() + half, at.lat() + half];
        let count = |half| snapshot.matching(&Filter { bbox: Some(around(half)), ..Filter::default() }).len();
        let (mut narrow, mut wide) = (0.0, 1.0);
        for _ in 0..24 {
            let half = f64::midpoint(narrow, wide);
            if count(half) < IN_A_BOX { narrow = half } else { wide = half }
        }
        let [west, south, east, north] = around(wide);
        format!("/collections/places/items?bbox={west:.6},{south:.6},{east:.6},{north:.6}&limit=1000")
    };
    (0..QUERIES).map(address).collect()
}
