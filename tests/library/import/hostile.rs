//! Whatever the bytes, the reader of lists ends, within bounds, and what it says holds together.
//!
//! Arbitrary bytes, and lists with bytes changed, moved, doubled and cut. This is also the target for long runs:
//! `TSUNAGARI_FUZZ_CASES=1000000 cargo test --release --test library hostile -- --ignored`. What is found is written by proptest into
//! `hostile.proptest-regressions` beside this file and is tried first ever after.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, FileFailurePersistence};
use tsunagari::import::columns::HeadingTable;
use tsunagari::import::regions::{gazetteer, outlines};
use tsunagari::import::table::{FileTables, tables};
use tsunagari::import::{ListProblem, ProblemKind};
use tsunagari::model::City;

static COLUMNS: LazyLock<HeadingTable> = LazyLock::new(HeadingTable::standard);

/// Reads `bytes` and holds what must always be true of the answer.
fn read(bytes: &[u8]) -> FileTables {
    let read = tables(bytes, &COLUMNS);
    assert_eq!(read.refused.is_some(), read.tables.is_empty());
    for table in &read.tables {
        let mut above = table.heading_row;
        for record in &table.records {
            assert!(record.row > above, "row {} stands below row {above}", record.row);
            above = record.row;
            assert_eq!(record.cells.len(), table.headings.len(), "row {}", record.row);
            assert!(record.filled.iter().all(|&column| column < table.headings.len()), "row {}", record.row);
        }
        assert!(table.problems.is_sorted_by_key(|problem| problem.row));
    }
    read
}

/// One way to damage a file.
#[derive(Debug, Clone)]
enum Damage {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, Index),
    Repeat(Index, Index),
    Cut(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let telling = prop::sample::select(&b"\"\r\n\t,;\0\xFF\xEF\x81\x1B<{[(#"[..]);
    let bytes = prop::collection::vec(prop_oneof![telling.clone(), any::<u8>()], 1..8);
    prop_oneof![
        4 => (any::<Index>(), prop_oneof![telling, any::<u8>()]).prop_map(|(at, byte)| Damage::Set(at, byte)),
        3 => (any::<Index>(), bytes).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Remove(from, to)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Repeat(from, to)),
        1 => any::<Index>().prop_map(Damage::Cut),
    ]
}

/// `bytes` with `damages` done one after the other.
fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        let range = |a: &Index, b: &Index| {
            let (a, b) = (a.index(length), b.index(length));
            a.min(b)..a.max(b).min(a.min(b) + 4096)
        };
        match damage {
            Damage::Set(at, byte) => bytes[at.index(length)] = *byte,
            Damage::Insert(at, new) => drop(bytes.splice(at.index(length)..at.index(length), new.iter().copied())),
            Damage::Remove(from, to) => drop(bytes.drain(range(from, to))),
            Damage::Repeat(from, to) => {
                let part = bytes[range(from, to)].to_vec();
                bytes.extend(part);
            }
            Damage::Cut(at) => bytes.truncate(at.index(length)),
        }
    }
    bytes
}

/// Lists of every kind, made here.
static LISTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let row = |n| format!("{n},サロン{n},\"公民館\n{n}\",35.{n},134.{n},〃,毎月第2・4木曜\r\n");
    let rows = (1..30).map(row).collect::<Vec<_>>().concat();
    let csv = format!("通いの場一覧\r\nNo.,サロン名,会場,緯度,経度,地区,開催日時\r\n{rows}合計,29,,,,,\r\n");
    let geojson = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[134.7,35.4]},"properties":{"name":"甲","tags":["a",{"b":[1,2]}]}}]}"#;
    vec![
        csv.clone().into_bytes(),
        csv.replace(',', "\t").into_bytes(),
        encoding_rs::SHIFT_JIS.encode(&csv).0.into_owned(),
        encoding_rs::EUC_JP.encode(&csv).0.into_owned(),
        csv.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        geojson.as_bytes().to_vec(),
        workbook(),
    ]
});

/// A workbook with merged cells, a formula, a date and two sheets, stored without compression so that damage goes deep.
fn workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for name in ["一覧", "入力例"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (column, heading) in (0..).zip(["地区", "サロン名", "緯度", "経度", "確認日", "人数"]) {
            sheet.write_string(0, column, heading).unwrap();
        }
        let date = rust_xlsxwriter::Format::new().set_num_format("ggge\"年\"m\"月\"d\"日\"");
        for row in 1..20 {
            sheet.write_string(row, 1, format!("サロン{row}")).unwrap();
            sheet.write_number(row, 2, 35.4).unwrap();
            sheet.write_number_with_format(row, 4, 46_348, &date).unwrap();
            sheet.write_formula(row, 5, "=1+1").unwrap();
        }
        sheet.merge_range(1, 0, 9, 0, "大屋", &rust_xlsxwriter::Format::new()).unwrap();
    }
    stored(&workbook.save_to_buffer().unwrap())
}

/// The parts of a zip archive in a new one that does not pack them.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        to.start_file(name, options).unwrap();
        std::io::copy(&mut part, &mut to).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// Outlines and gazetteers of every kind, made here.
static REGIONS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let square =
        "[[[134,35],[135,35],[135,36],[134,36],[134,35]],[[134.2,35.2],[134.4,35.2],[134.4,35.4],[134.2,35.2]]]";
    let feature = |name: &str, kind: &str, coordinates: &str| {
        format!(
            "{{\"type\":\"Feature\",\"id\":1,\"properties\":{{\"name\":\"{name}\",\"N03_007\":\"28222\"}},\
             \"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}}}"
        )
    };
    let features = [
        feature("大屋", "Polygon", square),
        feature("関宮", "MultiPolygon", &format!("[{square},{square}]")),
        feature("八鹿", "LineString", "[[134,35],[135,35],[135,36],[134,35]]"),
        feature("養父", "Point", "[134.7,35.4]"),
    ];
    let collection = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","));
    let towns = "大字町丁目コード,市区町村名,大字町丁目名,緯度,経度\n282220001001,養父市,大屋町加保,35.1,134.2\n";
    let json = r#"{"data":[{"oaza_cho":"加保","koaza":"奥","code":"282220","point":[134.2,35.1]},{"town":"関宮","lat":35,"lng":134}]}"#;
    vec![collection.into_bytes(), square.into(), features[0].clone().into_bytes(), towns.into(), json.into()]
});

/// Real lists small enough to damage many times.
static REAL: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let Some(folder) = std::env::var_os("TSUNAGARI_REAL_DATA").map(PathBuf::from) else {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
        return Vec::new();
    };
    let mut files = Vec::new();
    gather(&folder.join("resources"), &mut files);
    files.sort();
    files.iter().map(|path| std::fs::read(path).unwrap()).filter(|bytes| bytes.len() < 25_000).collect()
});

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|e| e == "csv" || e == "xlsx" || e == "geojson") {
            files.push(path);
        }
    }
}

fn config(cases: u32) -> Config {
    let persistence = FileFailurePersistence::WithSource("proptest-regressions");
    Config { cases, failure_persistence: Some(Box::new(persistence)), max_shrink_time: 60_000, ..Config::default() }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn arbitrary_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        read(&bytes);
    }

    #[test]
    fn arbitrary_cells_are_answered(text in "([名称住所緯度経度,;\t\"\r\n※〃例0-9a-c\u{FFFD}\u{0}\u{FEFF}]|サロン名,会場\n){0,200}") {
        read(text.as_bytes());
    }

    #[test]
    fn damaged_lists_are_answered(at in any::<Index>(), damages in prop::collection::vec(damage(), 1..6)) {
        read(&damaged(at.get(&LISTS).clone(), &damages));
    }

    #[test]
    fn damaged_outlines_and_gazetteers_are_answered(at in any::<Index>(), damages in prop::collection::vec(damage(), 1..6)) {
        let bytes = damaged(at.get(&REGIONS).clone(), &damages);
        let city = City { code: "282227".to_owned(), ..City::default() };
        let failed = |problem: ListProblem| problem.kind == ProblemKind::ReadingFailed;
        prop_assert!(!outlines::districts(&bytes).is_err_and(failed));
        prop_assert!(!outlines::boundary(&bytes, &city).is_err_and(failed));
        prop_assert!(!gazetteer::read(&bytes).is_err_and(failed));
    }

    #[test]
    fn damaged_real_lists_are_answered(at in any::<Index>(), damages in prop::collection::vec(damage(), 1..6)) {
        if !REAL.is_empty() {
            read(&damaged(at.get(&REAL).clone(), &damages));
        }
    }
}

/// The long run: as many cases as `TSUNAGARI_FUZZ_CASES` says (default: 20,000), each a list with up to thirty damages.
#[test]
#[ignore = "takes as long as it is told to"]
fn a_long_run_of_damaged_lists_is_answered() {
    let cases = std::env::var("TSUNAGARI_FUZZ_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let all: Vec<Vec<u8>> = LISTS.iter().chain(REAL.iter()).cloned().collect();
    let damages = (any::<Index>(), prop::collection::vec(damage(), 1..30));
    let mut runner = proptest::test_runner::TestRunner::new(config(cases));
    let run = runner.run(&damages, |(at, damages)| {
        read(&damaged(at.get(&all).clone(), &damages));
        Ok(())
    });
    run.unwrap();
}

#[test]
fn the_lists_that_are_damaged_are_good_before() {
    for bytes in LISTS.iter() {
        let read = read(bytes);
        assert_eq!(read.refused, None);
        assert!(!read.tables[0].records.is_empty());
    }
}

#[test]
fn json_nested_without_end_is_answered() {
    for open in ["[", "{\"a\":", "{\"type\":\"FeatureCollection\",\"features\":[", "[{\"a\":["] {
        let read = read(open.repeat(200_000).as_bytes());
        assert!(read.refused.is_some());
    }
}

#[test]
fn ten_megabytes_are_read_in_proportion() {
    let row = |n: u32| format!("{n},サロン{n},養父市大屋町{n}番地,35.1,134.1,毎週月曜 10時から12時まで,備考です\n");
    let rows = (0..40_000).map(row).collect::<Vec<_>>().concat();
    let list = |rows: &str| format!("No,名称,住所,緯度,経度,開催日時,備考\n{rows}");
    let time = |text: String| {
        let started = std::time::Instant::now();
        assert!(read(text.as_bytes()).refused.is_none());
        started.elapsed()
    };
    let tenth = time(list(&(0..4_000).map(row).collect::<Vec<_>>().concat()));
    let whole = time(list(&rows));
    assert!(whole < tenth * 40 + std::time::Duration::from_secs(1), "a tenth took {tenth:?}, the whole {whole:?}");
}
