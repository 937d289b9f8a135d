//! `tsunagari import`, `export` and `backup` on the command line.

use crate::run::TestCity;

const FIRST: &str = "名称,住所,緯度,経度,開催日時,掲載可否\n\
    囲碁サロン,養父市八鹿町八鹿,35.41,134.77,第2木曜,○\n\
    体操の会,養父市広谷,35.38,134.77,毎週月曜,○\n\
    ,養父市上野,35.37,134.79,,○\n";
const SECOND: &str = "名称,住所,緯度,経度,開催日時,掲載可否\n\
    囲碁サロン,養父市八鹿町八鹿,35.41,134.77,第4木曜,○\n\
    絵手紙の会,養父市建屋,35.30,134.75,毎月5日,○\n";

#[test]
fn an_edition_says_what_is_new_changed_and_gone() {
    let city = TestCity::new();
    city.write("salons.csv", FIRST.as_bytes());
    let first = &city.json(&["import", "places", "salons.csv", "--json"], 1)[0];
    let keys: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys[..7], ["file", "sheet", "added", "changed", "unchanged", "gone", "rejected"]);
    assert_eq!(first["added"].as_array().unwrap().len(), 2);
    assert_eq!(
        (first["rejected"][0]["row"].as_u64(), first["rejected"][0]["kind"].as_str()),
        (Some(4), Some("missing_name"))
    );

    city.write("salons.csv", SECOND.as_bytes());
    let second = &city.json(&["import", "places", "salons.csv", "--json"], 0)[0];
    assert_eq!(second["added"][0]["name"], "絵手紙の会");
    assert_eq!(second["changed"][0]["name"], "囲碁サロン");
    assert_eq!(second["changed"][0]["fields"].as_array().unwrap(), &["schedule"]);
    assert_eq!(second["gone"][0]["name"], "体操の会");
    let kept = first["added"].as_array().unwrap().iter().find(|place| place["name"] == "囲碁サロン").unwrap();
    assert_eq!(second["changed"][0]["id"], kept["id"], "a place keeps its identity");
}

#[test]
fn every_line_is_of_the_form_that_is_promised() {
    let schema = serde_json::from_str(include_str!("../../docs/import.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let city = TestCity::new();
    let renamed = SECOND.replace("囲碁サロン", "いごのひろば");
    for (list, extra, code) in
        [(FIRST, "--dry-run", 1), (FIRST, "--json", 1), (SECOND, "--json", 0), (&renamed, "--json", 0)]
    {
        city.write("salons.csv", list.as_bytes());
        let arguments = ["import", "places", "salons.csv", "--json", extra];
        let arguments = if extra == "--json" { &arguments[..4] } else { &arguments[..] };
        for line in city.json(arguments, code) {
            let wrong: Vec<String> = schema.iter_errors(&line).map(|error| error.to_string()).collect();
            assert_eq!(wrong, Vec::<String>::new(), "{line}");
        }
    }
}

#[test]
fn a_place_that_was_renamed_is_told_as_one_with_what_it_was_called() {
    let city = TestCity::new();
    let list = |name: &str| {
        format!("名称,住所,電話番号,開催日時,掲載可否\n{name},養父市八鹿町八鹿100番地,079-000-0001,第2木曜,○\n")
    };
    city.write("salons.csv", list("囲碁サロン").as_bytes());
    city.run(&["import", "places", "salons.csv"]);
    city.write("salons.csv", list("八鹿の囲碁サロン").as_bytes());
    let ran = city.run(&["import", "places", "salons.csv", "--lang", "ja"]);
    assert!(ran.out.contains("八鹿の囲碁サロン（") && ran.out.contains("前の名前: 囲碁サロン"), "{}", ran.out);
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let city = TestCity::new();
    city.write("salons.csv", SECOND.as_bytes());
    city.json(&["import", "places", "salons.csv", "--json"], 0);
    let again = &city.json(&["import", "places", "salons.csv", "--json"], 0)[0];
    assert_eq!(again["unchanged"].as_u64(), Some(2));
    for part in ["added", "changed", "gone", "rejected"] {
        assert_eq!(again[part].as_array().map(Vec::len), Some(0), "{part}");
    }
}

/// What is said of a list that was not read again.
const KNOWN: &str = "not read again";

#[test]
fn the_files_of_the_last_edition_are_not_read_again_and_reported_as_if_they_were() {
    let city = TestCity::new();
    city.write("salons.csv", FIRST.as_bytes());
    city.json(&["import", "places", "salons.csv", "--json"], 1);
    let database = || std::fs::read(city.path("tsunagari.sqlite")).unwrap();
    let before = database();
    assert!(city.run(&["import", "places", "salons.csv"]).out.contains(KNOWN));
    assert!(city.run(&["import", "places", "salons.csv", "--dry-run"]).out.contains(KNOWN));
    let known = city.json(&["import", "places", "salons.csv", "--json"], 1);
    assert_eq!(database(), before, "nothing is written");
    let editor = editor(&city);
    editor.keep_note("reading:salons", "{}").unwrap();
    drop(editor);
    assert!(!city.run(&["import", "places", "salons.csv", "--dry-run"]).out.contains(KNOWN));
    assert_eq!(city.json(&["import", "places", "salons.csv", "--json"], 1), known, "as if it was read");
    assert!(city.run(&["import", "places", "salons.csv"]).out.contains(KNOWN));
}

#[test]
fn what_a_reading_rests_on_makes_a_list_read_again() {
    let city = TestCity::new();
    let file = "salons.csv";
    let is_known = || {
        let known = city.run(&["import", "places", file]).out.contains(KNOWN);
        assert!(city.run(&["import", "places", file]).out.contains(KNOWN), "the next time it is known");
        known
    };
    city.write(file, SECOND.as_bytes());
    assert!(!is_known(), "a new list");
    city.write(file, SECOND.replace("毎月5日", "毎月6日").as_bytes());
    assert!(!is_known(), "other bytes");
    let editing = editor(&city);
    let places = editing.snapshot_input().unwrap().places;
    let place = places.into_iter().find(|place| place.facts.name == "囲碁サロン").unwrap();
    editing.revise(place, 1, "見本 編集", chrono::Utc::now()).unwrap();
    drop(editing);
    assert!(!is_known(), "somebody has edited a place");
    city.write("towns.csv", "town,lat,lng\n広谷,35.38,134.77\n".as_bytes());
    let towns = city.run(&["import", "gazetteer", "towns.csv"]);
    assert_eq!(towns.code, 0, "{towns:?}");
    assert!(!is_known(), "there is a gazetteer");
    city.write("columns.toml", "[columns]\nname = [\"会の名\"]\n".as_bytes());
    assert!(!city.run(&["import", "places", file, "--columns", "columns.toml"]).out.contains(KNOWN), "other headings");
}

fn editor(city: &TestCity) -> tsunagari::editor::Editor {
    let (settings, categories) = Default::default();
    tsunagari::editor::Editor::open(&city.path("tsunagari.sqlite"), settings, categories).unwrap()
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let city = TestCity::new();
    city.write("salons.csv", SECOND.as_bytes());
    let dry = &city.json(&["import", "places", "salons.csv", "--json", "--dry-run"], 0)[0];
    assert_eq!(dry["added"].as_array().unwrap().len(), 2);
    let wet = &city.json(&["import", "places", "salons.csv", "--json"], 0)[0];
    assert_eq!(wet["added"].as_array().unwrap().len(), 2, "the dry run must have added nothing");
}

#[test]
fn a_renamed_file_is_the_same_list_when_that_is_said() {
    let city = TestCity::new();
    city.write("salons.csv", SECOND.as_bytes());
    city.write("salons-2026.csv", SECOND.as_bytes());
    city.json(&["import", "places", "salons.csv", "--json"], 0);
    let named = &city.json(&["import", "places", "salons-2026.csv", "--list", "salons", "--json"], 0)[0];
    assert_eq!((named["unchanged"].as_u64(), named["gone"].as_array().map(Vec::len)), (Some(2), Some(0)));
}

#[test]
fn several_files_of_one_list_are_one_edition() {
    let city = TestCity::new();
    let row = |name: &str| format!("名称,住所,緯度,経度,掲載可否\n{name},養父市広谷,35.38,134.77,○\n");
    city.write("east.csv", row("ひがしの会").as_bytes());
    city.write("west.csv", row("にしの会").as_bytes());
    let together = &["import", "places", "east.csv", "west.csv", "--list", "salons", "--json"];
    city.json(together, 0);
    let again = city.json(together, 0);
    assert_eq!(again.len(), 2);
    for line in again {
        assert_eq!((line["unchanged"].as_u64(), line["gone"].as_array().map(Vec::len)), (Some(1), Some(0)), "{line}");
    }
    let ran = city.run(&["import", "places", "east.csv", "missing.csv", "--list", "salons", "--json"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "half of a list is no edition");
}

#[test]
fn what_was_imported_is_told_to_people_with_what_to_do_next() {
    let city = TestCity::new();
    city.write("salons.csv", FIRST.as_bytes());
    let ran = city.run(&["import", "places", "salons.csv", "--lang", "ja"]);
    assert_eq!(ran.code, 1);
    for words in ["囲碁サロン", "4行目", "tsunagari serve"] {
        assert!(ran.out.contains(words), "{words} in {}", ran.out);
    }
}

#[test]
fn a_missing_list_and_a_refused_one_do_not_keep_the_others_out() {
    let city = TestCity::new();
    city.write("salons.csv", SECOND.as_bytes());
    city.write("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\0");
    let ran = city.run(&["import", "places", "missing.csv", "photo.csv", "salons.csv"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let again = &city.json(&["import", "places", "salons.csv", "--json"], 0)[0];
    assert_eq!(again["unchanged"].as_u64(), Some(2));
}

#[test]
fn districts_boundary_and_gazetteer_go_in_and_wrong_files_are_refused() {
    let city = TestCity::new();
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/city");
    for (what, file) in
        [("districts", "districts.geojson"), ("boundary", "districts.geojson"), ("gazetteer", "gazetteer.csv")]
    {
        let file = format!("{data}/{file}");
        let ran = city.run(&["import", what, &file]);
        assert_eq!(ran.code, 0, "{what}: {ran:?}");
        let ran = city.run(&["import", what, "missing.file"]);
        assert_eq!(ran.code, 2, "{what}: {ran:?}");
        let wrong = city.write("wrong.txt", "これは表ではありません".as_bytes());
        let ran = city.run(&["import", what, wrong.to_str().unwrap()]);
        assert_eq!(ran.code, 2, "{what}: {ran:?}");
        assert!(ran.err.contains("wrong.txt"), "{what}: {ran:?}");
    }
    city.write("list.csv", "名称,住所,掲載可否\n囲碁サロン,養父市八鹿町八鹿,○\n".as_bytes());
    city.json(&["import", "places", "list.csv", "--json"], 0);
    let places: serde_json::Value = serde_json::from_str(&city.run(&["export"]).out).unwrap();
    assert_eq!(places["features"][0]["geometry"]["type"], "Point", "placed by its address");
}

#[test]
fn an_export_holds_what_its_audience_may_see() {
    let city = TestCity::new();
    let list = "名称,住所,緯度,経度,掲載可否\nみんなの会,養父市広谷,35.38,134.77,○\nひみつの会,養父市広谷,35.38,134.77,支援者のみ\n";
    city.write("list.csv", list.as_bytes());
    city.json(&["import", "places", "list.csv", "--json"], 0);
    assert!(!city.run(&["export"]).out.contains("ひみつ"));
    assert!(city.run(&["export", "--audience", "link-workers"]).out.contains("ひみつ"));
    let ran = city.run(&["export", "places.geojson"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(std::fs::read_to_string(city.path("places.geojson")).unwrap(), city.run(&["export", "-"]).out);
}

#[test]
fn standard_input_is_a_list_only_with_a_name() {
    let city = TestCity::new();
    let list = city.write("salons.csv", SECOND.as_bytes());
    let from_stdin = |arguments: &[&str]| {
        let output = city.command(arguments).stdin(std::fs::File::open(&list).unwrap()).output().unwrap();
        crate::run::Ran::new(output)
    };
    let ran = from_stdin(&["import", "places", "-"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--list"), "{ran:?}");
    assert_eq!(from_stdin(&["import", "places", "-", "--list", "salons"]).code, 0);
}

#[test]
fn commands_that_need_a_database_say_so_where_there_is_none() {
    let city = TestCity::new();
    for arguments in [&["export"][..], &["backup", "copy.sqlite"]] {
        let ran = city.run(arguments);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("tsunagari.sqlite"), "{ran:?}");
        assert!(!city.path("tsunagari.sqlite").exists(), "asking must not make one");
    }
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let city = TestCity::new();
    city.write("salons.csv", SECOND.as_bytes());
    let letter = city.write("letter.txt", "大切な手紙\n".repeat(100).as_bytes());
    let ran = city.run(&["import", "places", "salons.csv", "--db", "letter.txt"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(std::fs::read_to_string(letter).unwrap(), "大切な手紙\n".repeat(100));
}

#[test]
fn a_backup_can_be_used_in_place_of_the_database() {
    let city = TestCity::new();
    city.write("salons.csv", SECOND.as_bytes());
    city.json(&["import", "places", "salons.csv", "--json"], 0);
    assert_eq!(city.run(&["backup", "copy.sqlite"]).code, 0);
    assert_eq!(city.run(&["export", "--db", "copy.sqlite"]).out, city.run(&["export"]).out);
}

#[test]
fn headings_given_for_a_list_are_remembered_for_its_next_edition_and_for_no_other_list() {
    let city = TestCity::new();
    let list = |words: &str| format!("名称,住所,よしなしごと\n谷の会,養父市八鹿町八鹿1,{words}\n");
    let described = |words: &str| {
        city.run(&["export", "places.json"]);
        std::fs::read_to_string(city.path("places.json")).unwrap().contains(&format!("\"description\":\"{words}\""))
    };
    city.write("own.toml", "[description]\nheadings = [\"よしなしごと\"]\n".as_bytes());
    city.write("salons.csv", list("お茶を飲む").as_bytes());
    assert_eq!(city.run(&["import", "places", "salons.csv", "--columns", "own.toml"]).code, 0);
    assert!(described("お茶を飲む"));

    std::fs::remove_file(city.path("own.toml")).unwrap();
    city.write("salons.csv", list("歌をうたう").as_bytes());
    assert_eq!(city.run(&["import", "places", "salons.csv"]).code, 0);
    assert!(described("歌をうたう"), "the next edition of the list");

    city.write("halls.csv", list("本を読む").replace("谷の会", "森の会").as_bytes());
    assert_eq!(city.run(&["import", "places", "halls.csv"]).code, 0);
    assert!(!described("本を読む"), "another list");
}

#[test]
fn a_check_knows_the_headings_that_an_import_remembers() {
    let city = TestCity::new();
    city.write("own.toml", "[description]\nheadings = [\"よしなしごと\"]\n".as_bytes());
    city.write("salons.csv", "名称,住所,よしなしごと\n谷の会,北町1,お茶を飲む\n".as_bytes());
    let unused = |arguments: &[&str]| {
        let ran = city.run(arguments);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.out.lines().any(|line| line.contains("not used") && line.contains("よしなしごと"))
    };
    assert!(unused(&["check", "salons.csv"]));
    assert_eq!(city.run(&["import", "places", "salons.csv", "--columns", "own.toml"]).code, 0);
    assert!(!unused(&["check", "salons.csv"]), "as the next import would read it");
    for renamed in ["salons-2027.csv", "halls.csv"] {
        std::fs::copy(city.path("salons.csv"), city.path(renamed)).unwrap();
        assert!(unused(&["check", renamed]), "another list");
        assert!(!unused(&["check", renamed, "--list", "salons"]), "the same list under another name of its file");
    }
    // A table on the command line goes before what is remembered, and is not remembered by a look.
    city.write("other.toml", "[note]\nheadings = [\"よしなしごと\"]\n".as_bytes());
    let columns = city.run(&["check", "salons.csv", "--columns", "other.toml"]).out;
    let again = city.run(&["check", "salons.csv", "--columns"]).out;
    assert_ne!(columns, again, "{columns}");
    assert_eq!(city.run(&["check", "salons.csv", "--columns", "own.toml"]).out, again);
}

#[test]
fn a_hall_is_a_hall_and_what_takes_place_in_it_comes_first() {
    let city = TestCity::new();
    let category = |list: &str, name: &str| {
        let features: serde_json::Value = serde_json::from_str(&city.run(&["export"]).out).unwrap();
        let of_list = features["features"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["properties"]["name"] == name && it["properties"]["list"] == list);
        of_list.unwrap()["properties"]["category"].as_str().unwrap().to_owned()
    };
    let rows = "名称,活動内容,掲載可否\n北公民館,囲碁,○\n南公民館,,○\n東集会所,百歳体操,○\n西コミュニティセンター,,○\n\
        中央公民館囲碁クラブ,,○\n公民館カフェ,,○\n山の交流センター,,○\n谷会館,会議室の貸出,○\n";
    // Whatever the file is called, and where most of its rows are halls.
    for list in ["list", "公民館一覧"] {
        city.write(&format!("{list}.csv"), rows.as_bytes());
        assert_eq!(city.run(&["import", "places", &format!("{list}.csv")]).code, 0);
        for (name, expected) in [
            ("北公民館", "hobby"),
            ("南公民館", "hall"),
            ("東集会所", "exercise"),
            ("西コミュニティセンター", "hall"),
            ("中央公民館囲碁クラブ", "hobby"),
            ("公民館カフェ", "salon"),
            ("山の交流センター", "hall"),
            ("谷会館", "hall"),
        ] {
            assert_eq!(category(list, name), expected, "{list}: {name}");
        }
    }
    // A column of kinds decides.
    city.write("kinds.csv", "名称,分類,活動内容,掲載可否\n丘公民館,公民館,囲碁,○\n".as_bytes());
    assert_eq!(city.run(&["import", "places", "kinds.csv"]).code, 0);
    assert_eq!(category("kinds", "丘公民館"), "hall");
}

#[test]
fn check_knows_the_regions_that_an_import_would_know() {
    let city = TestCity::new();
    let towns = "市区町村名,大字町丁目名,緯度,経度\n養父市,国木,35.40,134.70\n";
    let boundary = r#"{"type":"Polygon","coordinates":[[[134,35],[135,35],[135,36],[134,36],[134,35]]]}"#;
    city.write(
        "list.csv",
        "名称,地区,住所,緯度,経度,掲載可否\nサロン,どこか,国木1,,,○\n囲碁,北,国木2,36.51234,134.51234,○\n".as_bytes(),
    );
    let kinds = |options: &[&str]| -> Vec<String> {
        let report = city.json(&[&["check", "list.csv", "--json"], options].concat(), 0);
        let problems = report[0]["problems"].as_array().unwrap();
        let mut kinds: Vec<String> = problems.iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect();
        kinds.retain(|kind| ["placed_by_address", "outside_municipality", "unknown_district"].contains(&kind.as_str()));
        kinds
    };
    assert_eq!(kinds(&[]), Vec::<String>::new());
    let known = ["placed_by_address", "unknown_district", "outside_municipality"];
    let has_all = |kinds: Vec<String>| known.iter().all(|kind| kinds.iter().any(|it| it == kind));
    city.write("data/gazetteer.csv", towns.as_bytes());
    city.write("data/boundary.geojson", boundary.as_bytes());
    city.write("data/districts.csv", "name\n北\n".as_bytes());
    assert!(has_all(kinds(&[])), "the data folder: {:?}", kinds(&[]));
    assert!(!city.path("tsunagari.sqlite").exists(), "nothing is written");
    assert_eq!(city.run(&["import", "places", "list.csv"]).code, 0);
    for name in ["gazetteer.csv", "boundary.geojson", "districts.csv"] {
        std::fs::remove_file(city.path(&format!("data/{name}"))).unwrap();
    }
    let before = std::fs::read(city.path("tsunagari.sqlite")).unwrap();
    assert!(has_all(kinds(&[])), "the database: {:?}", kinds(&[]));
    assert_eq!(std::fs::read(city.path("tsunagari.sqlite")).unwrap(), before);
    city.write("other.csv", "name\nどこか\n北\n".as_bytes());
    assert!(!kinds(&["--districts", "other.csv"]).contains(&"unknown_district".to_owned()), "a named file counts");
    // A database that cannot be read, or is of another version, keeps nobody from checking a list.
    std::fs::write(city.path("tsunagari.sqlite"), "not a database").unwrap();
    assert_eq!(kinds(&[]), Vec::<String>::new());
}

#[test]
fn the_next_command_names_the_database_that_was_given() {
    let city = TestCity::new();
    city.write("list.csv", "名称,住所\n囲碁の会,養父市広谷\n".as_bytes());
    let other = city.run(&["import", "places", "--db", "other.sqlite", "list.csv"]);
    assert!(other.out.contains("tsunagari serve --db other.sqlite "), "{other:?}");
    let usual = city.run(&["import", "places", "list.csv"]);
    assert!(usual.out.contains("tsunagari serve ("), "{usual:?}");
}
