//! Serves invented places and, beside them, the same bytes from memory; asks both in turn and prints the shares.
//!
//! See `scripts/bench`. The floor is an axum route that clones a `Bytes`: no server on this stack is faster.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made may fail by panicking")]

mod cases;
mod find;
mod floor;
mod load;

#[path = "../../benches/support/generated.rs"]
mod generated;

use std::sync::Arc;
use std::time::Instant;

use tokio::net::TcpListener;

use tsunagari::http::{AppState, serve, serve_internal};
use tsunagari::index::{SharedSnapshots, Snapshot};
use tsunagari::model::Audience;

use cases::Case;
use load::Load;

/// Odd, so that there is a median.
const ROUNDS: usize = 5;

fn main() {
    let places: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).expect("how many places?");
    let only = std::env::args().nth(2).unwrap_or_default();
    if std::env::var_os("BENCH_LOG").is_some() {
        tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    }
    let started = Instant::now();
    let snapshot = Arc::new(Snapshot::build(&generated::everything(places), Audience::Public));
    let feature_bytes = snapshot.encoded().whole().len() / places.max(1);
    println!("{places} places, {feature_bytes} bytes each, built in {:.1} s", started.elapsed().as_secs_f64());
    let snapshots = [Arc::clone(&snapshot), Arc::clone(&snapshot), Arc::clone(&snapshot)];
    let snapshots = Arc::new(SharedSnapshots::new(snapshots));
    let link_workers = AppState::new(Arc::clone(&snapshots), Audience::LinkWorkers);
    let app = AppState::new(snapshots, Audience::Public);
    app.compress_now();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let cases = cases::all(&app, places).await;
        let (floor, ours) =
            (TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap());
        let addresses = (floor.local_addr().unwrap(), ours.local_addr().unwrap());
        tokio::spawn(floor::serve(floor, cases.clone()));
        tokio::spawn(serve(ours, app, std::future::pending()));
        let inner = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let finds = (addresses.1, inner.local_addr().unwrap());
        tokio::spawn(serve_internal(inner, find::app(link_workers).await, std::future::pending()));
        println!("{:<28}{:>10}{:>14}{:>12}{:>10}{:>22}", "", "bytes", "floor", "ours", "share", "CPU us floor / ours");
        for (number, case) in cases.iter().enumerate().filter(|(_, case)| case.name.contains(&only)) {
            tokio::task::block_in_place(|| measure(number, case, addresses));
        }
        if "find".contains(&only) {
            tokio::task::block_in_place(|| find::measure(places, finds));
        }
    });
    runtime.shutdown_background();
}

fn measure(number: usize, case: &Case, (floor, ours): (std::net::SocketAddr, std::net::SocketAddr)) {
    let floor_paths: Vec<String> = (0..case.paths.len()).map(|at| format!("/{number}/{at}")).collect();
    let mut shares = Vec::new();
    let (mut floors, mut own) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let a = Load::run(floor, &floor_paths, case);
        let b = Load::run(ours, &case.paths, case);
        shares.push(b.per_second / a.per_second);
        floors.push(a);
        own.push(b);
    }
    let of = |loads: &[Load], what: fn(&Load) -> f64| median(loads.iter().map(what).collect());
    println!(
        "{:<28}{:>10}{:>12.0}/s{:>10.0}/s{:>10.2}{:>14.1} / {:.1}",
        case.name,
        case.mean_bytes(),
        of(&floors, |it| it.per_second),
        of(&own, |it| it.per_second),
        median(shares),
        of(&floors, |it| it.cpu_us),
        of(&own, |it| it.cpu_us),
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
