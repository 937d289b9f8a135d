//! What a link worker's question costs beside the nearest places of the same snapshot, both over HTTP.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use tower::ServiceExt as _;
use tsunagari::config::Config;
use tsunagari::http::{AppState, InternalState, internal_router};

use super::generated::{self, Dice};
use super::load::Load;
use super::{ROUNDS, median};

/// How many starts are asked from.
const STARTS: usize = 500;
/// About as long is an answer of the ten best a group.
const ANSWER_BYTES: usize = 40_000;

/// What answers at the internal address, with its finder built.
pub async fn app(link_workers: AppState) -> InternalState {
    let config = Config::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap();
    let staff = InternalState::new(link_workers, Arc::new(config.interests), &[]);
    loop {
        let request = Request::post("/find").header("host", "localhost").header("content-type", "application/json");
        let answer = internal_router(staff.clone()).oneshot(request.body(Body::from("{\"limit\":1}")).unwrap()).await;
        if answer.unwrap().status().is_success() {
            return staff;
        }
    }
}

/// Half an hour by bicycle or bus, two likings, two things to keep away, the ten best; beside the ten nearest.
pub fn measure(places: usize, (public, inner): (SocketAddr, SocketAddr)) {
    let (centres, mut dice) = (generated::centres(places), Dice::new(9));
    let starts: Vec<(f64, f64)> = (0..STARTS)
        .map(|_| generated::somewhere(&centres, &mut dice))
        .map(|position| (position.lon(), position.lat()))
        .collect();
    let nearest = |(lon, lat): &(f64, f64)| format!("wrk.format('GET', '/nearest?lon={lon}&lat={lat}&limit=10')");
    let find = |(lon, lat): &(f64, f64)| {
        format!(
            "wrk.format('POST', '/find', {{['content-type'] = 'application/json'}}, \
             '{{\"from\":{{\"position\":[{lon},{lat}]}},\"travel\":[\"bicycle\",\"bus\"],\"minutes\":30,\
             \"likes\":[\"囲碁\",\"科学\"],\"avoid\":[\"outdoor\",\"hands\"],\
             \"matters\":[\"met_first_time\",\"beginners\"],\"limit\":10}}')"
        )
    };
    let nearest: Vec<String> = starts.iter().map(nearest).collect();
    let find: Vec<String> = starts.iter().map(find).collect();
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let a = Load::of_requests(public, &nearest, ANSWER_BYTES);
        let b = Load::of_requests(inner, &find, ANSWER_BYTES);
        times.push((a.per_second / b.per_second, a.cpu_us, b.cpu_us));
    }
    let of = |what: fn(&(f64, f64, f64)) -> f64| median(times.iter().map(what).collect());
    println!(
        "POST /find takes {:.1} times as long as GET /nearest; CPU us {:.1} / {:.1}",
        of(|it| it.0),
        of(|it| it.2),
        of(|it| it.1)
    );
}
