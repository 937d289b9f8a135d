//! The papers for those who decide and for newcomers: every command in them is run as it stands there, in its order, for the invented
//! town of `tests/kirisawa`, with files of the kinds that they name.

use std::io::Write as _;
use std::path::Path;

use crate::run::TestCity;
use crate::served::Served;

/// The papers whose commands follow each other.
const PAPERS: [&str; 3] = ["docs/start.ja.md", "docs/it.ja.md", "docs/council.ja.md"];

/// What an administrator does to the machine, which no test may do; `scripts/package` checks what the packages hold.
const OF_THE_MACHINE: [&str; 2] = ["sudo apt install ./tsunagari_", "sudo systemctl enable --now tsunagari"];

fn kirisawa(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kirisawa");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(content).unwrap();
    archive.finish().unwrap().into_inner()
}

fn workbook(csv: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    for (row, record) in (0..).zip(rows.records().map(Result::unwrap)) {
        sheet.write_row(row, 0, record.iter()).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// A folder with the files that the papers name, as they are downloaded and as offices have them.
fn with_files() -> TestCity {
    let city = TestCity::new();
    std::fs::remove_dir_all(city.path("data")).unwrap();
    let towns = kirisawa("towns.csv");
    city.write("大字.zip", &zipped("20000-18.0b/20_2024.csv", &encoding_rs::SHIFT_JIS.encode(&towns).0));
    city.write("境界.zip", &zipped("N03/N03-24_20.geojson", kirisawa("N03.geojson").as_bytes()));
    city.write("コード表.xlsx", &workbook(&kirisawa("codes.csv")));
    let places = kirisawa("places.csv");
    city.write("サロン一覧.xlsx", &workbook(&places));
    let next =
        places.replace("毎週金曜 13:00〜16:00", "毎週金曜 13:00〜15:30").replace("橋場カフェ", "橋場えんがわカフェ");
    city.write("サロン一覧_新年度.xlsx", &workbook(&next));
    city
}

/// The commands of the `sh` blocks of a paper, in order; those in lists are indented.
fn commands(paper: &str) -> Vec<String> {
    let text = std::fs::read_to_string(paper).unwrap();
    let blocks = text.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix("sh\n"));
    blocks.flat_map(str::lines).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// What the paper has somebody write into the settings.
fn fill_in_settings(city: &TestCity) {
    let text = std::fs::read_to_string("docs/start.ja.md").unwrap();
    let lines = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let mut settings = std::fs::read_to_string(city.path("kirisawa/city.toml")).unwrap();
    for line in lines.lines() {
        let key = line.split(" = ").next().unwrap();
        let old = settings.lines().find(|old| old.trim_start_matches("# ").starts_with(&format!("{key} = "))).unwrap();
        settings = settings.replacen(&old.to_owned(), line, 1);
    }
    city.write("kirisawa/city.toml", settings.as_bytes());
    city.open_internal_pages("kirisawa");
}

/// Runs one command of a paper, and `serve` until it answers.
fn run(city: &TestCity, command: &str, newest: &mut String) {
    let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
    if arguments[0] == "serve" {
        // On ports of this test: those of the paper may be taken.
        let own = arguments[1..].iter().map(|word| word.replace(":8081", ":0"));
        let own: Vec<String> = own.collect();
        let served = Served::start(city, &own.iter().map(String::as_str).collect::<Vec<_>>());
        *newest = served.ask("/");
        if own.contains(&"--internal-listen".to_owned()) {
            assert!(served.ask_at(1, "/find").contains("霧沢町"));
            assert!(served.ask_at(1, "/unmet").contains("概形"), "a map of hulls says that they are sketches");
        }
        assert_eq!(served.stop(), Some(0), "{command}");
        return;
    }
    let ran = city.run(&[&arguments[..], &["--lang", "ja"]].concat());
    let is_fine = if arguments[0] == "doctor" {
        ran.code <= 1 && !ran.out.contains('！') || ran.out.contains("直す（！）0")
    } else {
        ran.code == 0
    };
    assert!(is_fine, "{command}: {ran:?}");
}

#[test]
fn every_command_of_the_papers_for_newcomers_does_what_they_say() {
    let city = with_files();
    let (mut ran, mut page) = (0, String::new());
    for paper in PAPERS {
        for command in commands(paper) {
            if OF_THE_MACHINE.iter().any(|known| command.starts_with(known))
                || command.starts_with("sudo tsunagari init")
            {
                continue;
            }
            assert!(command.starts_with("tsunagari "), "{paper}: nobody runs this: {command}");
            run(&city, &command, &mut page);
            ran += 1;
            match command.split_whitespace().nth(1) {
                Some("init") => fill_in_settings(&city),
                Some("serve") if !command.contains("--try") => {
                    assert!(
                        page.contains("霧沢町") && page.contains("0269-82-1234") && page.contains("一覧"),
                        "{page}"
                    );
                    assert!(page.contains(r#"class="map-sketch""#), "districts that lists made are sketches");
                    for district in ["上沢", "霧ヶ原", "下沢", "杉平"] {
                        assert!(page.contains(district), "{district}");
                    }
                }
                _ => {}
            }
        }
    }
    assert!(ran >= 11, "{ran}");
    let places = city.run(&["export", "--db", "kirisawa.sqlite", "--data", "kirisawa"]).out;
    assert_eq!(places.matches("橋場えんがわカフェ").count(), 1, "the next year's edition is one of the same list");
    assert!(places.matches("\"type\":\"Feature\"").count() == 19 && !places.contains("家族の会"), "{places}");
}

#[test]
fn the_service_of_the_package_finds_what_the_paper_for_it_makes() {
    let city = with_files();
    let command = commands("docs/it.ja.md").into_iter().find(|it| it.starts_with("sudo tsunagari init")).unwrap();
    let words: Vec<String> =
        command.split_whitespace().skip(2).map(|it| it.replace("/etc/tsunagari/data", "data")).collect();
    let made = city.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(made.code, 0, "{made:?}");
    let unit = std::fs::read_to_string("packaging/tsunagari.service").unwrap();
    let settings = std::fs::read_to_string("packaging/tsunagari.conf").unwrap();
    assert!(
        command.contains("/etc/tsunagari/data") && unit.contains("ConditionPathExists=/etc/tsunagari/data/city.toml")
    );
    assert!(settings.contains("TSUNAGARI_DATA=/etc/tsunagari/data"));
}

/// The answers that the form of consent leads to mean what the paper says.
#[test]
fn what_the_form_of_consent_has_somebody_write_is_understood() {
    let city = TestCity::new();
    let list = "名称,掲載可否,新規受入,確認日\nだれでもの会,○,可,2026-10-01\n支援者の会,支援者のみ,不可,2026-10-01\n職員の会,×,,\n返事のない会,,,\n";
    city.write("list.csv", list.as_bytes());
    assert_eq!(city.run(&["import", "places", "list.csv"]).code, 0);
    let seen = |audience: &str| {
        let places = city.run(&["export", "--audience", audience]).out;
        ["だれでもの会", "支援者の会", "職員の会", "返事のない会"].map(|name| places.contains(name))
    };
    assert_eq!(seen("public"), [true, false, false, false]);
    assert_eq!(seen("link-workers"), [true, true, false, false]);
    assert_eq!(seen("staff"), [true; 4]);
    let places: serde_json::Value =
        serde_json::from_str(&city.run(&["export", "--audience", "link-workers"]).out).unwrap();
    let accepts: Vec<_> =
        places["features"].as_array().unwrap().iter().map(|it| it["properties"]["accepts_new"].clone()).collect();
    assert_eq!(accepts.iter().filter(|it| **it == true).count(), 1, "{accepts:?}");
    assert_eq!(accepts.iter().filter(|it| **it == false).count(), 1, "{accepts:?}");
}
