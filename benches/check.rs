//! What it costs to read a list: `cargo bench --bench check`.
//!
//! One list as offices keep them, whose remarks and schedules repeat, and one of which every text is another: the first is what
//! remembering texts is for, the second what it must not slow down.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot be made may fail by panicking")]

use std::fmt::Write as _;

use chrono::NaiveDate;
use divan::Bencher;
use tsunagari::import::columns::HeadingTable;
use tsunagari::import::places::phrases::Phrases;
use tsunagari::import::{ImportContext, read};
use tsunagari::model::{CategoryTable, City, DistrictTable};

const ROWS: [usize; 3] = [1_000, 10_000, 100_000];

const REMARKS: [&str; 6] = [
    "上履きをお持ちください",
    "初めての方は受付で世話人が待っています",
    "駐車場なし。送迎はありません",
    "椅子に座ってできる体操です",
    "男性も歓迎、見学自由",
    "玄関に2段の段差あり",
];
const SCHEDULES: [&str; 5] = [
    "毎週月曜 10:00〜11:30",
    "第2・4木曜 13:30〜15:00",
    "毎月第1水曜（8月は休み） 9:30〜",
    "毎週火・金 14時〜15時",
    "毎月15日 13:00〜",
];

fn main() {
    divan::main();
}

/// A list in which few texts repeat on many rows, or, if `distinct`, none at all.
fn list(rows: usize, distinct: bool) -> String {
    let mut text = "名称,種別,会場,住所,開催日時,参加費,対象,電話番号,備考\n".to_owned();
    for row in 0..rows {
        let own = if distinct { format!("（{row}番）") } else { String::new() };
        let (remark, schedule) = (REMARKS[row % REMARKS.len()], SCHEDULES[row % SCHEDULES.len()]);
        writeln!(
            text,
            "青葉の会{row},サロン,第{}会館,乙市青葉{row},{schedule}{own},{}円,どなたでも{own},079-000-{:04},{remark}{own}",
            row % 40,
            row % 4 * 100,
            row % 10_000,
        )
        .unwrap();
    }
    text
}

fn measure(bencher: Bencher, rows: usize, distinct: bool) {
    let (columns, phrases) = (HeadingTable::standard(), Phrases::built_in());
    let (categories, city, districts) = (CategoryTable::default(), City::default(), DistrictTable::default());
    let known = ImportContext {
        columns: &columns,
        phrases: &phrases,
        categories: &categories,
        city: &city,
        gazetteer: None,
        boundary: None,
        districts: &districts,
        today: NaiveDate::from_ymd_opt(2026, 11, 22),
    };
    let text = list(rows, distinct);
    bencher.bench(|| read(text.as_bytes(), "list.csv", known).sheets.len());
}

#[divan::bench(args = ROWS, sample_count = 3, sample_size = 1)]
fn texts_that_repeat(bencher: Bencher, rows: usize) {
    measure(bencher, rows, false);
}

#[divan::bench(args = ROWS, sample_count = 3, sample_size = 1)]
fn texts_that_differ(bencher: Bencher, rows: usize) {
    measure(bencher, rows, true);
}
