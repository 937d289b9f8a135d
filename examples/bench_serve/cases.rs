//! What is asked for: fixed lists of requests, with the answers that the floor sends.

use axum::body::Bytes;
use tsunagari::model::Position;

use super::generated::{self, CATEGORIES, Centre, Dice};
use super::program::{Municipality, Request, Served};

/// How many different requests a list has, where the kind of question allows it.
const QUERIES: usize = 2_000;
/// How many of those that make whole pages.
const PAGES: usize = 200;
/// How many places a box should hold.
const IN_A_BOX: usize = 500;
/// What is searched for.
const WORDS: [&str; 8] = ["囲碁", "合唱", "畑", "食堂", "健康麻雀", "さくら", "もみじ サロン", "写真"];

/// Makes the requests of a kind: some ask the server first.
type MakeRequests<'a> = Box<dyn Fn() -> Vec<Request> + 'a>;

/// One kind of question.
#[derive(Debug, Clone)]
pub struct Case {
    pub name: &'static str,
    pub requests: Vec<Request>,
    /// What the floor answers: status and body by the position of the request.
    pub bodies: Vec<(u16, Bytes)>,
}

impl Case {
    pub fn mean_bytes(&self) -> usize {
        self.bodies.iter().map(|(_, body)| body.len()).sum::<usize>() / self.bodies.len()
    }
}

pub fn all(city: &Municipality, served: &Served, only: &str) -> Vec<Case> {
    let centres = &city.centres;
    let all = |header| vec![Request { header, ..Request::get("/places.geojson") }];
    let gzip = Some(("accept-encoding", "gzip".to_owned()));
    let searches = |path: fn(&str) -> String| WORDS.iter().map(|word| Request::get(path(&encoded(word)))).collect();
    let kinds: Vec<(&'static str, MakeRequests<'_>)> = vec![
        ("`/places.geojson`", Box::new(|| all(None))),
        ("the same, gzip, compressed once", Box::new(move || all(gzip.clone()))),
        ("the same, `304`", Box::new(|| all(Some(("if-none-match", "*".to_owned()))))),
        (
            "a category",
            Box::new(|| CATEGORIES.map(|(id, ..)| Request::get(format!("/categories/{id}.geojson"))).to_vec()),
        ),
        ("a category in a district", Box::new(|| in_districts(centres))),
        ("20 nearest of a category", Box::new(|| nearest(centres))),
        ("a box of about 500", Box::new(|| boxes(served, centres))),
        (
            "words, the API",
            Box::new(|| searches(|word| format!("/collections/places/items?f=json&limit=1000&q={word}"))),
        ),
        ("words, the page `/?q=`", Box::new(|| searches(|word| format!("/?lang=ja&q={word}")))),
        ("`POST /find`", Box::new(|| finds(centres))),
        ("`POST /handout`", Box::new(|| handouts(city.places, served))),
    ];
    let wanted = kinds.into_iter().filter(|(name, _)| name.contains(only));
    wanted.map(|(name, requests)| case(served, name, requests())).collect()
}

fn case(served: &Served, name: &'static str, requests: Vec<Request>) -> Case {
    let bodies = requests.iter().map(|request| {
        let (status, body) = served.ask(request);
        assert!(status < 400, "{request:?}: {status} {}", String::from_utf8_lossy(&body));
        (status, Bytes::from(body))
    });
    Case { name, bodies: bodies.collect(), requests }
}

fn encoded(word: &str) -> String {
    word.bytes().fold(String::new(), |encoded, byte| encoded + &format!("%{byte:02X}"))
}

fn in_districts(centres: &[Centre]) -> Vec<Request> {
    let mut dice = Dice::new(11);
    let request = |_| {
        let district = dice.below(centres.len().div_ceil(8)) + 1;
        Request::get(format!("/categories/{}/districts/d{district:04}.geojson", dice.pick(&CATEGORIES).0))
    };
    (0..QUERIES).map(request).collect()
}

fn nearest(centres: &[Centre]) -> Vec<Request> {
    let mut dice = Dice::new(12);
    let request = |_| {
        let at = generated::somewhere(centres, &mut dice);
        let category = dice.pick(&CATEGORIES).0;
        Request::get(format!("/nearest?lon={:.6}&lat={:.6}&category={category}&limit=20", at.lon(), at.lat()))
    };
    (0..QUERIES).map(request).collect()
}

/// Boxes around random points, made wider until they hold about [`IN_A_BOX`] places.
fn boxes(served: &Served, centres: &[Centre]) -> Vec<Request> {
    let mut dice = Dice::new(13);
    let request = |_| {
        let at = generated::somewhere(centres, &mut dice);
        let (mut narrow, mut wide) = (0.0, 1.0);
        for _ in 0..16 {
            let half = f64::midpoint(narrow, wide);
            if count(served, at, half) < IN_A_BOX { narrow = half } else { wide = half }
        }
        Request::get(format!("{}&limit=1000", in_a_box(at, wide)))
    };
    (0..PAGES).map(request).collect()
}

fn in_a_box(at: Position, half: f64) -> String {
    let [west, south, east, north] = [at.lon() - half, at.lat() - half, at.lon() + half, at.lat() + half];
    format!("/collections/places/items?f=json&bbox={west:.6},{south:.6},{east:.6},{north:.6}")
}

fn count(served: &Served, at: Position, half: f64) -> usize {
    let (_, body) = served.ask(&Request::get(format!("{}&limit=1", in_a_box(at, half))));
    let page: serde_json::Value = serde_json::from_slice(&body).unwrap();
    usize::try_from(page["numberMatched"].as_u64().unwrap()).unwrap()
}

/// Half an hour by bicycle or bus, two likings, two things to keep away, the ten best of each group.
fn finds(centres: &[Centre]) -> Vec<Request> {
    let mut dice = Dice::new(9);
    let request = |_| {
        let at = generated::somewhere(centres, &mut dice);
        let wish = serde_json::json!({
            "from": { "position": [at.lon(), at.lat()] }, "travel": ["bicycle", "bus"], "minutes": 30,
            "likes": ["囲碁", "科学"], "avoid": ["outdoor", "hands"], "matters": ["met_first_time", "beginners"], "limit": 10,
        });
        Request { json: Some(wish.to_string()), internal: true, ..Request::get("/find") }
    };
    (0..PAGES).map(request).collect()
}

/// Papers of four places as a finder's answer has them.
fn handouts(places: usize, served: &Served) -> Vec<Request> {
    let centres = generated::centres(places);
    let papers = finds(&centres).into_iter().take(PAGES / 4).map(|wish| {
        let (_, body) = served.ask(&wish);
        let answer: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let groups = ["fits", "near", "others", "farther"];
        let hits = groups.iter().flat_map(|group| answer[group]["hits"].as_array().cloned().unwrap_or_default());
        let ids: Vec<_> = hits.map(|hit| hit["id"].clone()).take(4).collect();
        let order = serde_json::json!({ "places": ids, "travel": ["bicycle"] });
        Request { json: Some(order.to_string()), internal: true, ..Request::get("/handout") }
    });
    papers.collect()
}
