//! Writes a list of invented places as CSV, the same one every time: `scripts/make-places N > places.csv`.

use std::io::{self, BufWriter};
use std::process::ExitCode;

#[path = "../benches/support/generated.rs"]
mod generated;
#[path = "../benches/support/list.rs"]
mod list;

fn main() -> ExitCode {
    let Some(count) = std::env::args().nth(1).and_then(|count| count.parse().ok()) else {
        eprintln!("how many places? e.g. scripts/make-places 600 > places.csv");
        return ExitCode::from(2);
    };
    let centres = generated::centres(count);
    let rows = generated::rows(count, &centres);
    match list::write(BufWriter::new(io::stdout().lock()), rows, &centres, &(0..count)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the list could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}
