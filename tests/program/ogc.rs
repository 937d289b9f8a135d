//! The service and its tiles as other programs read them.

use std::path::Path;
use std::process::Command;

use crate::run::TestCity;
use crate::served::Served;

/// A Python with `OWSLib`, `schemathesis`, `pmtiles` and `mapbox-vector-tile`, from `./scripts/test oracles`.
const PYTHON: &str = "TSUNAGARI_CLIENTS_PYTHON";

#[test]
fn oracle_gdal_owslib_schemathesis_and_readers_of_tiles_agree_with_the_service() {
    let Some(python) = std::env::var_os(PYTHON) else {
        println!("skipped: {PYTHON} is not set (./scripts/test oracles sets it where PyPI can be reached)");
        return;
    };
    let city = TestCity::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let served = Served::start(&city, &["--data", sample.to_str().unwrap()]);
    let archive = city.path("places.pmtiles");
    let exported = city.run(&["export", "pmtiles", archive.to_str().unwrap(), "--data", sample.to_str().unwrap()]);
    assert_eq!(exported.code, 0, "{exported:?}");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/ogc_oracle.py");
    let mut command = Command::new(&python);
    let command = command.arg(script).arg(format!("http://{}", served.address())).arg(&archive);
    let ran = command.current_dir(city.path("")).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && said.contains("all agree"), "{said}");
}

#[test]
fn tiles_are_exported_as_one_archive_of_what_the_options_choose_and_the_same_each_time() {
    let city = TestCity::new();
    let rows: Vec<String> = (0..40)
        .map(|n| {
            format!(
                "{n}番サロン,通いの場,見本市一丁目{n},{},{},毎週月曜 10:00〜12:00",
                35.38 + f64::from(n) * 0.003,
                134.77
            )
        })
        .collect();
    city.write("サロン.csv", format!("名称,分類,住所,緯度,経度,開催日時\n{}\n", rows.join("\n")).as_bytes());
    city.json(&["import", "places", "サロン.csv", "--json"], 0);
    let export = |arguments: &[&str]| {
        let ran = city.run(&[&["export", "pmtiles", "tiles.pmtiles"], arguments].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        std::fs::read(city.path("tiles.pmtiles")).unwrap()
    };
    let all = export(&[]);
    assert!(all.starts_with(b"PMTiles\x03") && all == export(&[]));
    assert!(export(&["--bbox", "134.7,35.3,134.8,35.4"]).len() < all.len());
    let refused = city.run(&["export", "pmtiles", "tiles.pmtiles", "--bbox", "1,2,3"]);
    assert!(refused.code == 2 && refused.err.contains("--bbox"), "{refused:?}");
    assert_eq!(std::fs::read(city.path("tiles.pmtiles")).unwrap(), export(&["--bbox", "134.7,35.3,134.8,35.4"]));
    let standard = city.command(&["export", "pmtiles", "-"]).output().unwrap();
    assert_eq!(standard.stdout, all);
}
