//! Writes a list of invented places as CSV, the same one every time: `scripts/make-places N > places.csv`.
//!
//! The list is in the dialect of `docs/data-format.md`, so that it goes through `tsunagari import places` like any other.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

#[path = "../benches/support/generated.rs"]
mod generated;

use generated::{CATEGORIES, Centre, Row};

const HEADINGS: [&str; 12] = [
    "番号",
    "分野",
    "名称",
    "地区",
    "住所",
    "経度",
    "緯度",
    "キーワード",
    "活動日時",
    "電話番号",
    "トイレ",
    "掲載可否",
];

fn main() -> ExitCode {
    let Some(count) = std::env::args().nth(1).and_then(|count| count.parse().ok()) else {
        eprintln!("how many places? e.g. scripts/make-places 600 > places.csv");
        return ExitCode::from(2);
    };
    match write(count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the list could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(count: usize) -> io::Result<()> {
    let centres = generated::centres(count);
    let mut csv = csv::Writer::from_writer(BufWriter::new(io::stdout().lock()));
    csv.write_record(HEADINGS)?;
    for row in generated::rows(count, &centres) {
        csv.write_record(cells(&row, &centres))?;
    }
    csv.into_inner().map_err(csv::IntoInnerError::into_error)?.flush()
}

fn cells(row: &Row, centres: &[Centre]) -> [String; HEADINGS.len()] {
    let yes_or_unknown = if row.toilet { "あり" } else { "" };
    [
        (row.number + 1).to_string(),
        CATEGORIES[row.category].1.to_owned(),
        row.name.clone(),
        centres[row.centre].name.clone(),
        row.address.clone(),
        row.lon.to_string(),
        row.lat.to_string(),
        row.interest.to_owned(),
        row.schedule.clone(),
        row.phone.clone(),
        yes_or_unknown.to_owned(),
        "○".to_owned(),
    ]
}
