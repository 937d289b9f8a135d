//! `import population` and `gaps`: an invented town, a village worked by hand, and a city's published files.
//!
//! The village and the city are read from `TSUNAGARI_REAL_DATA`; without it those tests say that they are skipped.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::run::TestCity;

pub const GAZETTEER: &str = "都道府県名,市区町村名,大字町丁目名,緯度,経度\n\
    見本県,見本市,川原町,35.00000,134.00000\n見本県,見本市,緑ヶ丘,35.01000,134.00000\n見本県,見本市,奥の沢,35.05000,134.00000\n";
pub const PLACES: &str = "名称,分類,緯度,経度,日時,定員,掲載可否\n\
    川原サロン,サロン,35.001001,134.000001,第2・4木曜 10:00〜11:30,20名,○\n緑の体操,体操,35.010001,134.000001,,,○\n";
pub const POPULATION: &str = "調査年月日,地域名,総人口,65歳以上,75歳以上\n\
    2026-04-01,川原町,100,40,20\n2026-04-01,緑が丘,60,20,10\n2026-04-01,奥の沢,40,X,X\n2026-04-01,合計,205,70,35\n";

/// A town with three areas and two places.
pub fn town() -> TestCity {
    let city = TestCity::new();
    let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
    let named = settings.lines().map(|line| match line.split(" = ").next() {
        Some("name") => "name = \"見本市\"".to_owned(),
        Some("prefecture") => "prefecture = \"見本県\"".to_owned(),
        _ => line.to_owned(),
    });
    city.write("data/city.toml", named.collect::<Vec<_>>().join("\n").as_bytes());
    for (name, text) in [("gazetteer.csv", GAZETTEER), ("salons.csv", PLACES), ("population.csv", POPULATION)] {
        city.write(name, text.as_bytes());
    }
    assert_eq!(city.run(&["import", "gazetteer", "gazetteer.csv"]).code, 0);
    assert_eq!(city.run(&["import", "places", "salons.csv"]).code, 0);
    city
}

pub fn gaps(city: &TestCity, arguments: &[&str]) -> Value {
    let all: Vec<&str> = ["gaps"].iter().chain(arguments).chain(&["--json"]).copied().collect();
    let lines = city.json(&all, 0);
    assert_eq!(lines.len(), 1);
    lines[0].clone()
}

#[test]
fn a_population_is_imported_once_and_what_is_hidden_stays_so() {
    let city = town();
    let trial = city.json(&["import", "population", "population.csv", "--json", "--dry-run"], 0);
    assert!(city.run(&["gaps", "coverage"]).err.contains("import population"), "a dry run writes nothing");
    let line = city.json(&["import", "population", "population.csv", "--json"], 0);
    assert_eq!(line, trial);
    assert_eq!(line[0]["people"], json!({"all": 200, "65": 60, "75": 30}));
    assert_eq!(line[0]["hidden"], json!({"all": 0, "65": 1, "75": 1}));
    assert_eq!(line[0]["total"], json!({"row": 5, "people": 205, "missing": 5}));
    assert!(city.run(&["import", "population", "population.csv"]).out.contains("Nothing has changed"));

    let coverage = gaps(&city, &["coverage", "--reach", "500", "--from", "2026-12-01"]);
    assert_eq!(coverage["population"]["located"], 60);
    assert_eq!(coverage["population"]["hidden_areas"], 1);
    assert_eq!((&coverage["coverage"][0]["reached"], &coverage["coverage"][0]["share"]), (&json!(60), &json!(1)));
    let hidden = &coverage["areas"][2];
    assert_eq!((&hidden["people"]["65"], &hidden["nearest"]["name"]), (&Value::Null, &json!("緑の体操")));
}

#[test]
fn an_edition_replaces_the_one_of_its_day_and_older_days_can_be_requested() {
    let city = town();
    city.json(&["import", "population", "population.csv", "--json"], 0);
    city.write("corrected.csv", POPULATION.replace("100,40,20", "110,50,20").as_bytes());
    city.json(&["import", "population", "corrected.csv", "--json"], 0);
    assert_eq!(gaps(&city, &["coverage"])["population"]["people"], 70);
    city.json(&["import", "population", "population.csv", "--as-of", "2026-10-01", "--json"], 0);
    assert_eq!(gaps(&city, &["coverage"])["population"]["people"], 60);
    assert_eq!(gaps(&city, &["coverage", "--as-of", "2026-04-01"])["population"]["people"], 70);
    let none = city.run(&["gaps", "coverage", "--as-of", "2020-01-01"]);
    assert!(none.code == 2 && none.out.is_empty() && none.err.contains("2026-04-01, 2026-10-01"), "{none:?}");
}

#[test]
fn a_file_that_is_refused_changes_nothing() {
    let city = town();
    city.json(&["import", "population", "population.csv", "--json"], 0);
    for (name, bytes, kind) in [
        ("undated.csv", "町名,総人口\n川原町,1\n".as_bytes(), "no_date"),
        ("lost.csv", "調査年月日,町名,総人口\n2027-01-01,川\u{FFFD}町,1\n".as_bytes(), "lost_characters"),
        ("shape.shp", b"\0\0\x27\x0A\0\0\0\0\0\0\0\0", "other_format"),
        ("paper.pdf", b"%PDF-1.7\n", "other_format"),
        (
            "other.csv",
            "市区町村コード,調査年月日,地域名,総人口\n131016,2027-01-01,丸の内,1\n".as_bytes(),
            "only_other_municipalities",
        ),
    ] {
        city.write(name, bytes);
        let lines = city.json(&["import", "population", name, "--json"], 2);
        assert_eq!(lines[0]["refused"]["kind"], kind, "{name}");
        let good_too = city.run(&["import", "population", "population.csv", name, "--as-of", "2027-01-01"]);
        // With a day given, the first file is read; its area stands in the other one already.
        assert_eq!(good_too.code, if kind == "no_date" { 1 } else { 2 }, "{name}");
        assert!(kind == "no_date" || good_too.out.is_empty() && good_too.err.contains(name), "{good_too:?}");
        if kind != "no_date" {
            assert_eq!(gaps(&city, &["coverage", "--as-of", "2026-04-01"])["population"]["people"], 60, "{name}");
        }
    }
    city.write(
        "negative.csv",
        "調査年月日,地域名,総人口,65歳以上\n2026-05-01,川原町,-1,0\n2026-05-01,緑ヶ丘,9,4\n".as_bytes(),
    );
    let lines = city.json(&["import", "population", "negative.csv", "--json"], 1);
    assert_eq!(lines[0]["rejected"], json!([{"row": 2, "kind": "negative_number"}]));
    assert_eq!(gaps(&city, &["coverage", "--as-of", "2026-05-01"])["population"]["people"], 4);
}

#[test]
fn a_question_that_means_nothing_is_refused_with_what_there_is() {
    let city = town();
    city.json(&["import", "population", "population.csv", "--json"], 0);
    for (arguments, said) in [
        (&["coverage", "--age", "66"][..], "0, 65, 75"),
        (&["coverage", "--category", "golf"], "salon"),
        (&["coverage", "--list", "nothing"], "salons"),
        (&["coverage", "--reach", "0"], "--reach"),
        (&["coverage", "--detour", "-1"], "--detour"),
        (&["table", "--monthly", "nan"], "--monthly"),
        (&["catchment", "--decay", "linear"], "linear"),
        (&["site", "--candidates", "areas", "--p", "11"], "--p"),
        (&["site", "--candidates", "places", "--candidate-list", "nothing"], "salons"),
        (&["site"], "--candidates"),
        (&["coverage", "--add", "34,135"], "--add"),
    ] {
        let all: Vec<&str> = ["gaps"].iter().chain(arguments).copied().collect();
        let ran = city.run(&all);
        assert!(ran.code == 2 && ran.out.is_empty() && ran.err.contains(said), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn answers_are_the_same_bytes_in_json_and_sentences_in_both_languages() {
    let city = town();
    city.json(&["import", "population", "population.csv", "--json"], 0);
    for question in [&["coverage"][..], &["table"], &["catchment"], &["site", "--candidates", "areas"]] {
        let all: Vec<&str> = ["gaps"].iter().chain(question).copied().collect();
        let json = [&all[..], &["--from", "2026-12-01", "--json"]].concat();
        assert_eq!(city.run(&json).out, city.run(&json).out);
        let (japanese, english) = (city.run(&[&all[..], &["--lang", "ja"]].concat()), city.run(&all));
        assert!(japanese.out.contains("2026-04-01 現在"), "{japanese:?}");
        assert!(english.out.contains("As of 2026-04-01") && !english.out.contains('{'), "{english:?}");
    }
    let csv = city.run(&["gaps", "table", "--csv", "-"]).out;
    assert!(csv.starts_with("\u{feff}地区,分類,場の数"), "{csv}");
}

#[test]
fn an_added_place_reaches_what_siting_says() {
    let city = town();
    city.json(&["import", "population", "population.csv", "--json"], 0);
    let site = gaps(&city, &["site", "--category", "exercise", "--candidates", "areas", "--reach", "500", "--p", "1"]);
    let solution = &site["solutions"][0];
    assert_eq!((&solution["sites"][0]["name"], &solution["newly_reached"]), (&json!("川原町"), &json!(40)));
    let at = solution["sites"][0]["position"].as_array().unwrap();
    let added = format!("{},{}", at[0], at[1]);
    let coverage = gaps(&city, &["coverage", "--category", "exercise", "--reach", "500", "--add", &added]);
    assert_eq!(coverage["coverage"][0]["reached"], solution["reached"]);
}

/// The folder of real data, or a word that the test is skipped.
fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("TSUNAGARI_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: TSUNAGARI_REAL_DATA is not set");
    }
    folder
}

fn fraction(value: &Value) -> f64 {
    value[0].as_f64().unwrap() / value[1].as_f64().unwrap()
}

fn assert_near(found: &Value, expected: f64, what: &str) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what}: {found} is not {expected}");
}

#[test]
fn a_village_worked_by_hand_gives_its_numbers() {
    let Some(folder) = real_data().map(|data| data.join("gaps")) else { return };
    let city = TestCity::new();
    for name in ["city.toml", "categories.csv"] {
        std::fs::copy(folder.join("data").join(name), city.path("data").join(name)).unwrap();
    }
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    for kind in ["gazetteer.csv", "districts.geojson", "boundary.geojson", "places.csv", "population.csv"] {
        let ran = city.run(&["import", kind.split('.').next().unwrap(), &file(kind)]);
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let hand: Value = serde_json::from_slice(&std::fs::read(file("hand.json")).unwrap()).unwrap();
    check_coverage(&city, &hand);
    check_catchment(&city, &hand);
    check_table(&city, &hand);
    check_sites(&city, &hand);
}

fn check_coverage(city: &TestCity, hand: &Value) {
    let answer = gaps(city, &["coverage", "--reach", "1100", "--from", "2026-12-01"]);
    for (found, expected) in answer["coverage"].as_array().unwrap().iter().zip(hand["coverage"].as_array().unwrap()) {
        for key in ["category", "reach_m", "reached", "share"] {
            assert_eq!(found[key], expected[key], "{found}");
        }
    }
    assert_eq!(answer["kinds"], hand["kinds"]);
    assert_eq!(answer["places"]["counted"], 4);
    assert_eq!((&answer["places"]["outside"], &answer["places"]["left_out"]["paused"]), (&json!(1), &json!(1)));
}

fn check_catchment(city: &TestCity, hand: &Value) {
    let hand = &hand["catchment"];
    let question = ["catchment", "--category", "salon", "--reach", "2100", "--decay", "step:1100=1,2100=0.5"];
    let answer = gaps(city, &question);
    for area in answer["areas"].as_array().unwrap() {
        let name = area["name"].as_str().unwrap();
        assert_near(&area["accessibility"], fraction(&hand["areas"][name]), name);
    }
    let found = &answer["accessibility"];
    assert_near(&found["mean"], fraction(&hand["mean"]), "mean");
    assert_near(&found["gini"], fraction(&hand["gini"]), "gini");
    assert_near(&found["worst_tenth"]["mean"], fraction(&hand["worst_tenth"]["mean"]), "worst tenth");
    assert_near(&found["worst_tenth"]["share"], fraction(&hand["worst_tenth"]["share"]), "share");
    assert_eq!(found["none"], hand["none"]);
    for (supply, total) in [("monthly", 4.5), ("person-places", 72.5)] {
        let answer = gaps(city, &[&question[..], &["--supply", supply, "--from", "2026-12-01"]].concat());
        assert_near(&answer["supply"]["total"], total, supply);
    }
}

fn check_table(city: &TestCity, hand: &Value) {
    let answer = gaps(city, &["table", "--reach", "1100", "--monthly", "2", "--from", "2026-12-01"]);
    for expected in hand["table"]["cells"].as_array().unwrap() {
        let same = |cell: &&Value| cell["district"] == expected["district"] && cell["category"] == expected["category"];
        let found = answer["cells"].as_array().unwrap().iter().find(same).unwrap();
        for key in ["places", "monthly", "monthly_unknown", "gap"] {
            assert_eq!(found[key], expected[key], "{key} of {found}");
        }
        if expected["per_1000"].is_null() {
            assert!(found["per_1000"].is_null());
        } else {
            assert_near(&found["per_1000"], fraction(&expected["per_1000"]), "per_1000");
        }
    }
}

fn check_sites(city: &TestCity, hand: &Value) {
    let step = hand["step_m"].as_f64().unwrap();
    for model in ["mclp", "p-median"] {
        let question = ["site", "--model", model, "--category", "salon", "--candidates", "areas", "--reach", "1100"];
        let answer = gaps(city, &[&question[..], &["--p", "4"]].concat());
        assert_eq!(answer["before"]["reached"], hand["site"]["before"]["reached"]);
        for expected in hand["site"][model].as_array().unwrap() {
            let same = |solution: &&Value| solution["p"] == expected["p"];
            let found = answer["solutions"].as_array().unwrap().iter().find(same).unwrap();
            assert_eq!(found["exact"], true);
            if let Some(names) = expected["first"].as_array() {
                let found: Vec<&Value> = found["sites"].as_array().unwrap().iter().map(|site| &site["name"]).collect();
                assert_eq!(found, names.iter().collect::<Vec<_>>());
            }
            if model == "mclp" {
                assert_eq!(found["reached"], expected["reached"]);
            } else {
                let mean = found["mean_m"].as_f64().unwrap() / step;
                assert!((mean - fraction(&expected["mean_steps"])).abs() < 1e-6, "{found}");
            }
        }
    }
}

#[test]
fn a_citys_published_files_give_its_figures_to_the_person() {
    let Some(data) = real_data() else { return };
    let city = TestCity::new();
    let settings = "code = \"372013\"\nname = \"高松市\"\nkana = \"たかまつし\"\nname_en = \"Takamatsu\"\nprefecture = \"香川県\"\noffice = \"x\"\n";
    city.write("data/city.toml", settings.as_bytes());
    let import = |kind: &str, file: &Path| {
        let ran = city.run(&["import", kind, file.to_str().unwrap()]);
        assert!(ran.code <= 1, "{ran:?}");
    };
    import("gazetteer", &data.join("geocode/geolonia_takamatsu_machiaza.json"));
    import("boundary", &data.join("boundaries/37201_takamatsu.geojson"));
    for entry in std::fs::read_dir(data.join("resources/takamatsu")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "xlsx") {
            import("places", &path);
        }
    }
    let population = data.join("population/takamatsu_0066_202602.xlsx");
    let line = city.json(&["import", "population", population.to_str().unwrap(), "--json"], 0)[0].clone();
    assert_eq!(line["people"], json!({"all": 418_129, "65": 120_999, "75": 72_026}));
    assert_eq!((&line["areas"], &line["joined"]["name"]), (&json!(235), &json!(235)));
    assert_eq!(line["problems"].as_array().unwrap().len(), 38);
    check_reached(&city);
    check_accessibility(&city);
    check_houses_of_rest(&city);
    let by_file = ["import", "population", population.to_str().unwrap(), "--positions", "file", "--json"];
    assert_eq!(city.json(&by_file, 0)[0]["joined"]["given"], 234);
    assert_eq!(reached(&city, &["coverage"]), [79_825, 100_902, 120_362]);
}

/// People with any place within 500, 1,000 and 2,000 m.
fn reached(city: &TestCity, question: &[&str]) -> Vec<u64> {
    let answer = gaps(city, question);
    let any = answer["coverage"].as_array().unwrap().iter().filter(|row| row["category"].is_null());
    any.map(|row| row["reached"].as_u64().unwrap()).collect()
}

fn check_reached(city: &TestCity) {
    for (question, people) in [
        (&["coverage"][..], [36_841, 84_790, 119_778]),
        (&["coverage", "--age", "75"], [21_492, 50_450, 71_281]),
        (&["coverage", "--age", "0"], [129_446, 301_060, 415_766]),
        (&["coverage", "--list", "community_center"], [27_744, 77_917, 119_243]),
        (&["coverage", "--list", "elderly_wedding_house"], [10_035, 22_093, 45_787]),
    ] {
        assert_eq!(reached(city, question), people, "{question:?}");
    }
}

fn check_accessibility(city: &TestCity) {
    let of = |options: &[&str]| {
        let question = [&["catchment", "--list", "community_center"], options].concat();
        gaps(city, &question)["accessibility"].clone()
    };
    let near = |found: &Value, expected: f64| assert!((found.as_f64().unwrap() - expected).abs() < 5e-7, "{found}");
    let step = of(&["--decay", "step", "--reach", "3000"]);
    near(&step["gini"], 0.232_114);
    assert_eq!(step["none"], 675);
    assert!((step["worst_tenth"]["share"].as_f64().unwrap() - 0.046_56).abs() < 5e-6);
    let plain = of(&["--decay", "none", "--reach", "1000"]);
    near(&plain["gini"], 0.584_869);
    assert_eq!(plain["none"], 43_082);
    near(&of(&["--age", "75", "--decay", "gaussian", "--reach", "2000"])["gini"], 0.297_009);
}

fn check_houses_of_rest(city: &TestCity) {
    for (candidates, covered, metres) in [
        (
            &["places", "--candidate-list", "community_center"][..],
            [30_549, 35_124, 39_439, 43_341, 46_547],
            [2_851.5, 2_481.5, 2_198.8, 2_027.3, 1_874.6],
        ),
        (&["areas"], [30_582, 35_821, 39_985, 44_003, 47_449], [2_829.6, 2_448.2, 2_189.1, 2_000.9, 1_848.4]),
    ] {
        let solutions = |model: &str| {
            let question = ["site", "--list", "elderly_wedding_house", "--model", model, "--candidates"];
            gaps(city, &[&question[..], candidates].concat())["solutions"].as_array().unwrap().clone()
        };
        for (solution, expected) in solutions("mclp").iter().zip(covered) {
            assert_eq!(solution["reached"], expected, "{candidates:?}");
        }
        for (solution, expected) in solutions("p-median").iter().zip(metres) {
            assert!((solution["mean_m"].as_f64().unwrap() - expected).abs() < 0.05, "{candidates:?} {solution}");
        }
    }
}

/// A Python with `access` and `spopt`, from `./scripts/test oracles`.
const PYTHON: &str = "TSUNAGARI_ORACLE_PYTHON";

#[test]
fn oracle_access_and_spopt_give_the_same_numbers_for_random_towns() {
    let Some(python) = std::env::var_os(PYTHON) else {
        println!("skipped: {PYTHON} is not set (./scripts/test oracles sets it where PyPI can be reached)");
        return;
    };
    for seed in 1..=4 {
        let city = town();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/gaps_oracle.py");
        let ran = Command::new(&python)
            .arg(script)
            .arg(env!("CARGO_BIN_EXE_tsunagari"))
            .arg(seed.to_string())
            .current_dir(city.path(""))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success() && said.contains("all agree"), "{said}");
    }
}

#[test]
fn districts_are_drawn_from_a_table_of_towns_and_imported() {
    let city = town();
    city.write("towns.csv", "大字,地区\n川原町,南\n緑が丘,北\n奥の沢,北\n消えた町,北\n".as_bytes());
    let sketch = city.run(&["districts", "sketch", "--towns", "towns.csv", "--out", "districts.geojson"]);
    assert!(sketch.code == 1 && sketch.err.contains("Row 5") && sketch.err.contains("消えた町"), "{sketch:?}");
    assert!(city.run(&["import", "districts", "districts.geojson"]).out.contains("Imported 2 districts"));
    city.json(&["import", "population", "population.csv", "--json"], 0);
    let table = gaps(&city, &["table"]);
    let districts: Vec<&Value> = table["cells"].as_array().unwrap().iter().map(|cell| &cell["district"]).collect();
    assert!(districts.contains(&&json!("南")) && districts.contains(&&json!("北")));
    let refused = city.run(&["districts", "sketch", "--towns", "salons.csv"]);
    assert!(refused.code == 2 && refused.out.is_empty(), "{refused:?}");
}
