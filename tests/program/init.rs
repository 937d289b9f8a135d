//! `tsunagari init`: the data folder of a municipality from its code and published files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::run::{Ran, TestCity};

/// A prefecture's 大字 in the form of 位置参照情報: two municipalities, in the encoding that they are published in.
pub fn towns() -> Vec<u8> {
    let text = "都道府県コード,都道府県名,市区町村コード,市区町村名,大字町丁目コード,大字町丁目名,緯度,経度,原典資料コード\n\
        28,兵庫県,28222,養父市,282220001000,三谷,35.333523,134.734854,1\n\
        28,兵庫県,28222,養父市,282220002000,広谷,35.380000,134.770000,1\n\
        28,兵庫県,28223,丹波市,282230001000,氷上,35.180000,135.030000,1\n";
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

/// A prefecture's outlines in the form of 国土数値情報: squares.
pub fn outlines() -> String {
    let square = |code: &str, name: &str, west: f64| {
        let (south, east, north) = (35.2, west + 0.2, 35.5);
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"N03_001\":\"兵庫県\",\"N03_003\":null,\"N03_004\":\"{name}\",\"N03_007\":\"{code}\"}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"
        )
    };
    let features = [square("28222", "養父市", 134.6), square("28223", "丹波市", 135.0)].join(",");
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
}

pub fn with_files() -> TestCity {
    let city = TestCity::new();
    city.write("towns.csv", &towns());
    city.write("N03.geojson", outlines().as_bytes());
    city.write("codes.csv", "団体コード,市区町村名（漢字）,市区町村名（カナ）\n282227,養父市,ﾔﾌﾞｼ\n".as_bytes());
    city
}

fn files_in(folder: &Path) -> BTreeMap<String, String> {
    let read =
        |entry: fs::DirEntry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap());
    fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap())).collect()
}

#[test]
fn a_folder_is_made_of_the_own_part_of_a_prefectures_files() {
    let city = with_files();
    let ran = city.run(&["init", "282227", "--dir", "yabu", "--from", "towns.csv", "N03.geojson", "codes.csv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let files = files_in(&city.path("yabu"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "README.md",
            "boundary.geojson",
            "categories.csv",
            "city.toml",
            "gazetteer.csv",
            "guide.md",
            "institutions.csv",
            "interests.csv",
            "practice.csv",
            "referral-reasons.csv",
            "stories.md"
        ]
    );
    let settings: toml::Table = files["city.toml"].parse().unwrap();
    let text = |key: &str| settings[key].as_str().unwrap();
    assert_eq!(
        ["code", "name", "kana", "name_en", "prefecture"].map(text),
        ["282227", "養父市", "やぶし", "Yabu", "兵庫県"]
    );
    assert_eq!((settings["sample"].as_bool(), text("office")), (Some(false), ""));
    assert!(files["gazetteer.csv"].contains("広谷") && !files["gazetteer.csv"].contains("氷上"));
    assert!(files["boundary.geojson"].contains("28222") && !files["boundary.geojson"].contains("28223"));
    assert!(ran.out.contains("2 towns") && ran.out.contains("1 of other municipalities"), "{}", ran.out);
    assert!(files["README.md"].contains("nlftp.mlit.go.jp/ksj") && files["README.md"].contains("nlftp.mlit.go.jp/isj"));
    assert!(!files["README.md"].contains('{'), "every value is filled in: {}", files["README.md"]);
}

#[test]
fn archives_as_they_are_downloaded_are_opened() {
    use std::io::Write as _;

    let zip = |files: &[(&str, &[u8])]| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    let city = with_files();
    let outlines = outlines();
    city.write(
        "towns.zip",
        &zip(&[
            ("28000-18.0b/28_2024.csv", &towns()),
            ("28000-18.0b/readme.html", b"<html>"),
            ("x/format.csv", b"a,b\n"),
        ]),
    );
    city.write("N03.zip", &zip(&[("N03/N03-24_28.shp", b"shape"), ("N03/N03-24_28.GEOJSON", outlines.as_bytes())]));
    city.write("empty.zip", &zip(&[("readme.txt", b"nothing")]));
    let ran = city.run(&["init", "28222", "--dir", "yabu", "--from", "towns.zip", "N03.zip"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let files = files_in(&city.path("yabu"));
    assert!(files["gazetteer.csv"].contains("広谷") && files["boundary.geojson"].contains("28222"));
    for arguments in
        [["init", "28222", "--dir", "b", "--from", "empty.zip"], ["init", "28201", "--dir", "c", "--from", "N03.zip"]]
    {
        let ran = city.run(&arguments);
        assert!(ran.code == 2 && ran.err.contains("knows nothing"), "{ran:?}");
    }
}

#[test]
fn the_folder_is_of_use_at_once() {
    let city = with_files();
    city.run(&["init", "28222", "--dir", "yabu", "--from", "towns.csv", "N03.geojson"]);
    city.write("salons.csv", "名称,住所\n囲碁サロン,養父市広谷100\n体操の会,広谷\n".as_bytes());
    let report = city.json(&["import", "places", "--data", "yabu", "--json", "salons.csv"], 0);
    assert_eq!(report[0]["added"].as_array().map(Vec::len), Some(2));
    let places = city.run(&["export", "--data", "yabu"]);
    assert!(places.out.contains("134.77"), "placed by the folder's own towns: {}", places.out);
}

#[test]
fn what_is_missing_is_named_in_the_folder_and_on_the_screen() {
    let city = with_files();
    let ran = city.run(&["init", "28222", "--dir", "bare", "--name", "養父市", "--lang", "ja"]);
    let readme = fs::read_to_string(city.path("bare/README.md")).unwrap();
    for missing in ["大字の位置", "境界（N03）", "kana", "name_en", "office_phone"] {
        assert!(ran.out.contains(missing) && readme.contains(missing), "{missing}: {}", ran.out);
    }
    let ran =
        city.run(&["init", "28222", "--dir", "read", "--name", "養父市", "--kana", "ヤブシ", "--from", "N03.geojson"]);
    assert!(ran.out.contains("outline") && !ran.out.contains("name_en"), "{}", ran.out);
}

#[test]
fn nothing_is_overwritten_and_nothing_is_left_half_done() {
    let city = with_files();
    city.write("mine", b"keep");
    fs::create_dir(city.path("full")).unwrap();
    city.write("full/city.toml", b"keep");
    for (arguments, words) in [
        (&["init", "28222", "--name", "養父市", "--dir", "full"][..], "is there already"),
        (&["init", "28222", "--name", "養父市", "--dir", "mine"], "is there already"),
        (&["init", "28222", "--dir", "new", "--from", "towns.csv", "absent.csv"], "no such file"),
        (&["init", "28222", "--dir", "new"], "--name"),
        (&["init", "28201", "--dir", "new", "--from", "towns.csv"], "knows nothing"),
        (&["init", "28201", "--dir", "new", "--from", "N03.geojson"], "knows nothing"),
        (&["init", "28222", "--dir", "new", "--from", "data/categories.csv"], "knows nothing"),
    ] {
        let ran = city.run(arguments);
        assert!(ran.code == 2 && ran.err.contains(words), "{arguments:?}: {ran:?}");
    }
    assert_eq!(fs::read(city.path("mine")).unwrap(), b"keep");
    assert_eq!(fs::read(city.path("full/city.toml")).unwrap(), b"keep");
    let left: Vec<_> = fs::read_dir(city.path("")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 6, "{left:?}");
    fs::create_dir(city.path("empty")).unwrap();
    assert_eq!(city.run(&["init", "28222", "--name", "養父市", "--dir", "empty"]).code, 0, "an empty folder is fine");
}

#[test]
fn a_code_that_is_none_is_refused_with_what_to_do() {
    let city = TestCity::new();
    for (code, words) in [
        ("282228", "would be 7"),
        ("2822", "five digits"),
        ("990000", "prefecture"),
        ("280003", "whole prefecture"),
        ("12025", "012025"),
    ] {
        let Ran { code: exit, err, .. } = city.run(&["init", code, "--name", "x市"]);
        assert!(exit == 2 && err.contains(words), "{code}: {err}");
    }
}

#[test]
fn a_folder_in_the_programs_own_is_refused() {
    let inside = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/new-city");
    let ran = TestCity::new().run(&["init", "28222", "--name", "養父市", "--dir", inside.to_str().unwrap()]);
    assert!(ran.code == 2 && ran.err.contains("--dir") && !inside.exists(), "{ran:?}");
}

#[test]
fn nothing_of_the_sample_is_in_another_municipalitys_folder() {
    let city = TestCity::new();
    city.run(&["init", "372013", "--name", "高松市", "--kana", "たかまつし", "--dir", "new"]);
    for (name, text) in files_in(&city.path("new")) {
        // Explanations in comments may name the sample as an example.
        let is_comment = |line: &&str| line.starts_with('#') && ["city.toml", "columns.toml"].contains(&name.as_str());
        let text: Vec<&str> = text.lines().filter(|line| !is_comment(line)).collect();
        for word in ["養父", "見本", "000-0000"] {
            let line = text.iter().find(|line| line.contains(word));
            assert!(line.is_none(), "{name}: {line:?}");
        }
    }
}

#[test]
fn what_a_layer_below_has_is_left_to_it() {
    let city = TestCity::new();
    fs::create_dir(city.path("prefecture")).unwrap();
    fs::copy(city.path("data/categories.csv"), city.path("prefecture/categories.csv")).unwrap();
    city.run(&["init", "28222", "--name", "養父市", "--dir", "yabu", "--data", "prefecture"]);
    let files = files_in(&city.path("yabu"));
    assert!(!files.contains_key("categories.csv") && files.contains_key("interests.csv"), "{:?}", files.keys());
    city.write("salons.csv", "名称\n囲碁サロン\n".as_bytes());
    let ran = city.run(&["import", "places", "--data", "prefecture", "--data", "yabu", "salons.csv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn real_files_of_a_country_give_towns_cities_and_cities_of_wards() {
    let Some(real) = std::env::var_os("TSUNAGARI_REAL_DATA").map(std::path::PathBuf::from) else {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
        return;
    };
    let file = |name: &str| real.join(name).to_str().unwrap().to_owned();
    let (outline, towns) = (file("boundaries/N03-21_28_hyogo_s0010.geojson"), file("geocode/isj-b_hyogo.csv"));
    let halls = file("geocode/localgovjp-utf8.csv");
    let city = TestCity::new();
    for (code, name, roman, least) in [
        ("282227", "養父市", "Yabu", 90),
        ("281000", "神戸市", "Kobe", 1000),
        ("282057", "洲本市", "Sumoto", 50),
        ("285854", "香美町", "Kami", 50),
    ] {
        let ran = city.run(&["init", code, "--dir", code, "--from", &outline, &towns, &halls]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let files = files_in(&city.path(code));
        let settings: toml::Table = files["city.toml"].parse().unwrap();
        assert_eq!((settings["name"].as_str(), settings["name_en"].as_str()), (Some(name), Some(roman)));
        assert!(files["gazetteer.csv"].lines().count() > least && files.contains_key("boundary.geojson"), "{name}");
    }
}
