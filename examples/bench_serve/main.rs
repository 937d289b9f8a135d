//! Measures `tsunagari` as a municipality runs it, beside an axum route that sends the same bytes from memory, and prints what it found
//! as the tables of docs/performance.md.
//!
//! See `scripts/bench`. No server on this stack is faster than the floor, which clones a `Bytes`. Both are asked in turn, so that what
//! else the machine does hits both alike.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made may fail by panicking")]

mod cases;
mod floor;
mod load;
mod process;
mod program;

#[path = "../../benches/support/generated.rs"]
mod generated;
#[path = "../../benches/support/list.rs"]
mod list;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use cases::Case;
use load::Load;
use program::{Cost, Municipality, Request, Served};

/// Odd, so that there is a median.
const ROUNDS: usize = 5;
/// How long an import may take to be served.
const PATIENCE: Duration = Duration::from_mins(5);

fn main() {
    let places: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).expect("how many places?");
    let only = std::env::args().nth(2).unwrap_or_default();
    let city = Municipality::new(places);
    let first_import = city.import();
    let served = city.serve();
    served.wait_until_idle();
    let resting = served.resident_bytes();
    let geojson = served.ask(&Request::get("/places.geojson")).1.len();
    requests(&city, &served, &only);
    if only.is_empty() {
        let known = city.import();
        let edit = edit(&city, &served);
        served.wait_until_idle();
        lifecycle(&city, (first_import, known, edit), (&served, resting, geojson));
    }
}

/// What requests cost, beside the floor.
fn requests(city: &Municipality, served: &Served, only: &str) {
    let cases = cases::all(city, served, only);
    let floor = floor::start(cases.clone());
    println!(
        "| {} places | bytes | CPU µs, floor / ours | share | p50 µs | p99 µs |\n|---|---|---|---|---|---|",
        thousands(city.places)
    );
    for (number, case) in cases.iter().enumerate() {
        measure(number, case, floor, served);
    }
    println!();
}

fn measure(number: usize, case: &Case, floor: SocketAddr, served: &Served) {
    let floor_requests: Vec<Request> =
        (0..case.requests.len()).map(|at| Request::get(format!("/{number}/{at}"))).collect();
    let ours = if case.requests[0].internal { served.internal } else { served.public };
    let (mut floors, mut own) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        floors.push(Load::run((floor, std::process::id()), &floor_requests, case.mean_bytes()));
        own.push(Load::run((ours, served.process()), &case.requests, case.mean_bytes()));
    }
    let shares: Vec<f64> = floors.iter().zip(&own).map(|(floor, own)| own.per_second / floor.per_second).collect();
    let of = |loads: &[Load], what: fn(&Load) -> f64| median(loads.iter().map(what).collect());
    println!(
        "| {} | {} | {} / {} | {:.2} | {} | {} |",
        case.name,
        thousands(case.mean_bytes()),
        rounded(of(&floors, |it| it.cpu_us)),
        rounded(of(&own, |it| it.cpu_us)),
        median(shares),
        rounded(of(&own, |it| it.p50_us)),
        rounded(of(&own, |it| it.p99_us)),
    );
}

/// What an edition with one changed row cost the import and the server, and how long after its end the server had it.
struct EditCost {
    import: Cost,
    server_cpu_seconds: f64,
    seconds_behind: f64,
}

fn edit(city: &Municipality, served: &Served) -> EditCost {
    city.change_one_row();
    served.wait_until_idle();
    let version = || served.ask(&Request::get("/readyz")).1;
    let (before, cpu) = (version(), process::cpu_seconds(served.process()));
    let import = city.import();
    let ended = Instant::now();
    while version() == before {
        assert!(ended.elapsed() < PATIENCE, "the edition is not served");
        std::thread::sleep(Duration::from_millis(20));
    }
    let server_cpu_seconds = process::cpu_seconds(served.process()) - cpu;
    EditCost { import, server_cpu_seconds, seconds_behind: ended.elapsed().as_secs_f64() }
}

/// What a database costs over its life.
fn lifecycle(city: &Municipality, imports: (Cost, Cost, EditCost), (served, resting, geojson): (&Served, f64, usize)) {
    let (first, known, edit) = imports;
    #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
    let (list, geojson) = (city.list_bytes() as f64, geojson as f64);
    let megabytes = |bytes: f64| format!("{:.0} MB", bytes / 1e6);
    println!("| {} places | CPU s | seconds | memory |\n|---|---|---|---|", thousands(city.places));
    let row = |name: &str, cost: Cost, memory: String| {
        println!("| {name} | {:.2} | {:.2} | {memory} |", cost.cpu_seconds, cost.seconds);
    };
    let peak = |cost: Cost| format!("{}, {:.1} × the list", megabytes(cost.peak_bytes), cost.peak_bytes / list);
    row("import of a new list", first, peak(first));
    row("the same files again", known, peak(known));
    row("an edition with one changed row", edit.import, peak(edit.import));
    println!(
        "| until it is served | {:.2} | {:.2} behind the import | |",
        edit.server_cpu_seconds, edit.seconds_behind
    );
    row("start of the server", served.start, megabytes(served.start.peak_bytes));
    let of_geojson = |bytes: f64| format!("{}, {:.1} × the GeoJSON", megabytes(bytes), bytes / geojson);
    println!("| the server at rest | | | {} |", of_geojson(resting));
    println!("| the server after an edit | | | {} |\n", of_geojson(served.resident_bytes()));
}

fn rounded(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "microseconds")]
    let whole = value.round() as usize;
    if value < 10.0 { format!("{value:.1}") } else { thousands(whole) }
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = (0..digits.len().div_ceil(3))
        .rev()
        .map(|group| {
            let end = digits.len() - 3 * group;
            &digits[end.saturating_sub(3)..end]
        })
        .collect();
    groups.join(",")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
