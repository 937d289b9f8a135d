//! Requests through the router, one kind after the other in turn, and the processor's time for each.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::http::{AppState, public_router};
use tsunagari::index::{SharedSnapshots, Snapshot};
use tsunagari::model::Audience;

/// Rounds, of which the median counts.
const ROUNDS: u32 = 15;
/// Requests of one kind in a round.
const REQUESTS: u32 = 40;

/// The name of a kind of request, and its address by a number that makes it another one each time.
type RequestKind = (&'static str, fn(u32) -> String);

/// Prints microseconds per request of each kind, and how many times as long as `/nearest` that is.
pub fn compare(snapshot: &Arc<Snapshot>) {
    let snapshots = SharedSnapshots::new(Audience::ALL.map(|_| Arc::clone(snapshot)));
    let router = public_router(AppState::new(Arc::new(snapshots), Audience::Public));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let kinds: [RequestKind; 3] = [
        ("GET /nearest", |n| format!("/nearest?lon={}&lat=35.4&limit=10", longitude(n))),
        ("a dragged pin", |n| format!("/plan/what-if?lon={}&lat=35.4", longitude(n))),
        ("another filter", |n| format!("/plan?{}", FILTERS[n as usize % FILTERS.len()])),
    ];
    let mut measured = vec![Vec::new(); kinds.len()];
    for round in 0..=ROUNDS {
        for (times, (_, address)) in measured.iter_mut().zip(&kinds) {
            let before = processor_nanoseconds();
            (0..REQUESTS).for_each(|n| runtime.block_on(send(&router, address(n + round))));
            // The first round fills what is kept.
            if round > 0 {
                times.push((processor_nanoseconds() - before) / 1000.0 / f64::from(REQUESTS));
            }
        }
    }
    let medians: Vec<f64> = measured.iter_mut().map(|times| median(times)).collect();
    println!("\n| request | CPU, microseconds | times `/nearest` |\n|---|---|---|");
    for ((name, _), median) in kinds.iter().zip(&medians) {
        println!("| {name} | {median:.0} | {:.1} |", median / medians[0]);
    }
}

const FILTERS: [&str; 5] = ["accepting=1", "reach=500", "step_free=1", "reach=2000&accepting=1", "exact_only=1"];

fn longitude(n: u32) -> f64 {
    134.7 + f64::from(n % 97) / 1000.0
}

async fn send(router: &Router, address: String) {
    let request = Request::get(address).header("host", "localhost").body(Body::empty()).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.into_body().collect().await.unwrap();
}

/// Nanoseconds that the threads of this process have run.
fn processor_nanoseconds() -> f64 {
    let of_thread = |folder: std::path::PathBuf| -> f64 {
        let text = std::fs::read_to_string(folder.join("schedstat")).unwrap_or_default();
        text.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0.0)
    };
    std::fs::read_dir("/proc/self/task").unwrap().map(|task| of_thread(task.unwrap().path())).sum()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
