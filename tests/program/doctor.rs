//! `tsunagari doctor`: finds each planted mistake, and nothing where all is right.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Mutex;

use tsunagari::editor::Editor;
use tsunagari::model::{CategoryTable, City};

use crate::init::{outlines, towns, with_files};
use crate::run::{TestCity, in_parallel};
use crate::served::Served;

/// The list of the right municipality: enough places for shares to mean something, all within it.
fn list() -> String {
    let row = |n: usize| {
        let kind = ["サロン", "体操教室", "認知症カフェ"][n % 3];
        format!("{kind}{n},養父市広谷{n},35.38{},134.77{},東地区,○\n", n % 10, n % 10)
    };
    let rows: Vec<String> = (1..=30).map(row).collect();
    format!("名称,住所,緯度,経度,地区,掲載可否\n{}", rows.concat())
}

fn districts(names: [&str; 2], west: f64) -> String {
    let square = |name: &str, west: f64| {
        let east = west + 0.1;
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":[[[{west},35.2],[{east},35.2],[{east},35.5],[{west},35.5],[{west},35.2]]]}}}}"
        )
    };
    let features = [square(names[0], west), square(names[1], west + 0.1)].join(",");
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
}

/// A folder made by `init`, with what only the municipality knows filled in, and its list imported.
fn right() -> TestCity {
    let city = with_files();
    let made = city.run(&["init", "282227", "--dir", "yabu", "--from", "towns.csv", "N03.geojson", "codes.csv"]);
    assert_eq!(made.code, 0, "{made:?}");
    edit(&city, "office = \"\"", "office = \"健康福祉課\"");
    edit(&city, "# office_phone = \"\"", "office_phone = \"079-664-1234\"");
    edit(
        &city,
        "# public_url = \"https://tsunagari.city.example.jp\"",
        "public_url = \"https://tsunagari.city.yabu.lg.jp\"",
    );
    city.write("yabu/guide.md", "# わたしたちの進め方\n\n保健師が話を聴きます。\n".as_bytes());
    city.write("yabu/districts.geojson", districts(["西地区", "東地区"], 134.6).as_bytes());
    city.write("salons.csv", list().as_bytes());
    let imported = city.run(&["import", "places", "--data", "yabu", "salons.csv"]);
    assert_eq!(imported.code, 0, "{imported:?}");
    city
}

/// Replaces `old` in the settings, which must be there.
fn edit(city: &TestCity, old: &str, new: &str) {
    let text = fs::read_to_string(city.path("yabu/city.toml")).unwrap();
    assert!(text.contains(old), "{old}");
    city.write("yabu/city.toml", text.replacen(old, new, 1).as_bytes());
}

fn sql(city: &TestCity, statement: &str) {
    rusqlite::Connection::open(city.path("tsunagari.sqlite")).unwrap().execute_batch(statement).unwrap();
}

fn editor(city: &TestCity) -> Editor {
    Editor::open(&city.path("tsunagari.sqlite"), City::default(), CategoryTable::default()).unwrap()
}

fn import(city: &TestCity, what: &[&str]) -> String {
    let ran = city.run(&[&["import", "--data", "yabu"], what].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.err
}

/// Imports a person who looks for company, with these dates of consent: given, until, withdrawn.
fn seekers(city: &TestCity, consent: &str) {
    let heading = "分類,氏名,地区,キーワード,掲載可否,同意日,同意期限,同意撤回日";
    city.write(
        "seekers.csv",
        format!("{heading}\n仲間をさがす人,谷川 花子,東地区,針金アート,○,{consent}\n").as_bytes(),
    );
    import(city, &["places", "seekers.csv"]);
}

/// The names of what is found, and the exit code.
fn found(city: &TestCity, arguments: &[&str]) -> (Vec<String>, i32) {
    let schema = serde_json::from_str(include_str!("../../docs/doctor.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let all = [&["doctor", "--json", "--data", "yabu"], arguments].concat();
    let listen = if arguments.contains(&"--listen") { &[][..] } else { &["--listen", "127.0.0.1:0"] };
    let ran = city.run(&[&all, listen].concat());
    let names = ran.out.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(schema.is_valid(&line), "{line}");
        line["finding"].as_str().unwrap().to_owned()
    });
    (names.collect(), ran.code)
}

/// A mistake: its name, the exit code it leads to, how it is made.
type PlantedMistake = (&'static str, i32, fn(&TestCity));

const MISTAKES: &[PlantedMistake] = &[
    ("check_digit", 1, |city| edit(city, "282227", "282228")),
    ("no_code", 1, |city| edit(city, "282227", "480000")),
    ("prefecture_and_code", 1, |city| edit(city, "兵庫県", "京都府")),
    ("name_and_code", 1, |city| edit(city, "name = \"養父市\"", "name = \"朝来市\"")),
    ("placeholder", 1, |city| edit(city, "健康福祉課", "見本市役所 健康福祉課")),
    ("placeholder", 1, |city| edit(city, "079-664-1234", "079-000-0000")),
    ("placeholder", 1, |city| edit(city, "city.yabu.lg.jp", "city.example.jp")),
    ("sample_setting", 1, |city| edit(city, "sample = false", "sample = true")),
    ("sample_database", 2, |city| editor(city).set_meta("sample", "loaded").unwrap()),
    ("no_public_url", 1, |city| edit(city, "public_url =", "# public_url =")),
    ("no_office", 1, |city| edit(city, "健康福祉課", " ")),
    ("no_office_phone", 1, |city| edit(city, "office_phone =", "# office_phone =")),
    ("no_kana", 1, |city| edit(city, "やぶし", "")),
    ("config_wrong_character", 2, |city| edit(city, "office =", "ofice =")),
    ("config_unreadable", 2, |city| fs::remove_file(city.path("yabu/categories.csv")).unwrap()),
    ("gazetteer_of_others", 1, |city| {
        let others =
            fs::read_to_string(city.path("yabu/gazetteer.csv")).unwrap().replace("養父市,28222", "丹波市,28223");
        city.write("yabu/gazetteer.csv", others.as_bytes());
    }),
    ("gazetteer_with_others", 1, |city| {
        import(city, &["gazetteer", "towns.csv"]);
    }),
    ("boundary_of_others", 1, |city| {
        let others = outlines().replace("28222", "28225").replace("養父市", "朝来市");
        city.write(
            "yabu/boundary.geojson",
            others.split_once("},{").map(|(first, _)| first.to_owned() + "}]}").unwrap().as_bytes(),
        );
    }),
    ("districts_of_others", 1, |city| {
        city.write("yabu/districts.geojson", districts(["西地区", "東地区"], 137.1).as_bytes());
    }),
    ("districts_of_others", 1, |city| {
        city.write("far.geojson", districts(["西地区", "東地区"], 137.1).as_bytes());
        import(city, &["districts", "far.geojson"]);
    }),
    ("far_outside", 1, |city| {
        city.write("far.csv", "名称,緯度,経度,掲載可否\n囲碁の会,35.38,135.9,○\n".as_bytes());
        import(city, &["places", "far.csv"]);
    }),
    ("unknown_districts", 1, |city| {
        city.write("more.csv", "名称,住所,地区,掲載可否\n囲碁の会,養父市広谷1,南校区,○\n".as_bytes());
        import(city, &["places", "more.csv"]);
    }),
    ("unused_categories", 1, |city| {
        let table = fs::read_to_string(city.path("yabu/categories.csv")).unwrap();
        let last = table.trim_end().lines().last().unwrap();
        let own = "moss,苔の会,,Moss,趣味,Hobbies,#009e73,garden,no,,,苔玉,,";
        city.write("yabu/categories.csv", table.replace(last, &format!("{own}\n{last}")).as_bytes());
    }),
    ("consent_over", 1, |city| seekers(city, "令和6年4月1日,令和7年3月31日,")),
    ("consent_missing", 1, |city| seekers(city, ",,")),
    ("unclear_consent", 1, |city| seekers(city, "春ごろ,,")),
    ("consent_withdrawn", 0, |city| seekers(city, "令和8年4月1日,令和99年3月31日,撤回")),
    ("many_others", 1, |city| {
        let rows: Vec<String> = (0..20).map(|n| format!("ぬぬぬ{n},養父市広谷{n},○\n")).collect();
        city.write("more.csv", format!("名称,住所,掲載可否\n{}", rows.concat()).as_bytes());
        import(city, &["places", "more.csv"]);
    }),
    ("no_districts", 1, |city| sql(city, "delete from district")),
    ("no_towns", 1, |city| sql(city, "delete from town")),
    ("no_boundary", 1, |city| sql(city, "delete from boundary")),
    ("inside_checkout", 1, |city| {
        city.write("Cargo.toml", b"[package]\nname = \"tsunagari\"\n");
    }),
    ("writable_by_all", 1, |city| {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(city.path("tsunagari.sqlite"), fs::Permissions::from_mode(0o666)).unwrap();
    }),
    ("older_database", 1, |city| sql(city, "pragma user_version = 4")),
    ("newer_database", 2, |city| sql(city, "pragma user_version = 99")),
    ("other_database", 2, |city| sql(city, "pragma application_id = 7")),
    ("other_database", 2, |city| {
        city.write(
            "tsunagari.sqlite",
            b"no database at all, but longer than the head of one would be, so that it is read",
        );
    }),
    ("orphan_log", 2, |city| {
        fs::remove_file(city.path("tsunagari.sqlite")).unwrap();
        city.write("tsunagari.sqlite-wal", b"pages of a database that has gone");
    }),
    ("old_list", 1, |city| {
        sql(city, "drop trigger edition_is_never_updated; update edition set at = '2020-01-01T00:00:00Z'");
    }),
];

/// What clerks do besides; of each several forms, so that a finding is no special case.
const SLIPS: &[PlantedMistake] = &[
    ("gazetteer_of_others", 1, |city| edit(city, "282227", "282235")),
    ("kana_and_roman", 1, |city| edit(city, "やぶし", "たんばし")),
    ("kana_and_name", 1, |city| edit(city, "やぶし", "養父市")),
    ("kana_and_roman", 1, |city| edit(city, "name_en = \"Yabu\"", "name_en = \"Tamba\"")),
    ("unplaced_list", 1, |city| {
        let rows: Vec<String> = (0..9).map(|n| format!("隣のサロン{n},丹波市氷上{n},○\n")).collect();
        city.write("neighbour.csv", format!("名称,住所,掲載可否\n{}", rows.concat()).as_bytes());
        import(city, &["places", "neighbour.csv"]);
    }),
    ("old_holidays", 1, |city| {
        let days: Vec<String> = (1..=16).map(|day| format!("2024/5/{day},休日\n")).collect();
        city.write("yabu/holidays.csv", format!("国民の祝日・休日月日,名称\n{}", days.concat()).as_bytes());
    }),
    ("lists_alike", 1, |city| {
        fs::copy(city.path("salons.csv"), city.path("salons のコピー.csv")).unwrap();
        import(city, &["places", "salons のコピー.csv"]);
    }),
    ("lists_alike", 1, |city| {
        // Last year's edition: three in ten were different then.
        let rows = list();
        let rows =
            rows.lines().enumerate().map(|(n, row)| if n % 10 > 6 { format!("旧{row}\n") } else { format!("{row}\n") });
        city.write("salons_R7.csv", rows.collect::<String>().as_bytes());
        import(city, &["places", "salons_R7.csv"]);
    }),
    ("local_public_url", 1, |city| edit(city, "https://tsunagari.city.yabu.lg.jp", "http://localhost:8080")),
    ("local_public_url", 1, |city| edit(city, "https://tsunagari.city.yabu.lg.jp", "http://10.20.30.40")),
    ("undialable", 1, |city| edit(city, "079-664-1234", "664-1234")),
    ("undialable", 1, |city| edit(city, "079-664-1234", "内線 123")),
    ("internal_host", 1, |city| {
        edit(
            city,
            "# internal_hosts = [\"tsunagari.office.example.jp\"]",
            "internal_hosts = [\"http://server:8081/\"]",
        );
    }),
    ("misnamed_file", 1, |city| {
        fs::rename(city.path("yabu/districts.geojson"), city.path("yabu/district.geojson")).unwrap();
    }),
    ("misnamed_file", 1, |city| drop(city.write("yabu/holidays.csv.txt", b"2027/1/1\n"))),
    ("copy_of_file", 0, |city| {
        fs::copy(city.path("yabu/categories.csv"), city.path("yabu/categories - コピー.csv")).unwrap();
    }),
    ("guide_skeleton", 0, |city| {
        let made = city.run(&["init", "28222", "--dir", "other", "--name", "養父市"]);
        assert_eq!(made.code, 0);
        fs::copy(city.path("other/guide.md"), city.path("yabu/guide.md")).unwrap();
    }),
];

#[test]
fn each_slip_of_a_clerk_is_found() {
    assert_each_is_found(SLIPS);
}

#[test]
fn each_planted_mistake_is_found() {
    assert_each_is_found(MISTAKES);
}

fn assert_each_is_found(mistakes: &[PlantedMistake]) {
    let first = right();
    let missed = Mutex::new(Vec::new());
    in_parallel(mistakes.len(), |number| {
        let (name, code, plant) = &mistakes[number];
        let city = copy_of(&first);
        plant(&city);
        let (names, exit) = found(&city, &[]);
        if !names.contains(&(*name).to_owned()) || exit != *code {
            missed.lock().unwrap().push(format!("{number} {name}: {names:?}, exit {exit} and not {code}"));
        }
    });
    let missed = missed.into_inner().unwrap();
    assert!(missed.is_empty(), "of {}:\n{}", mistakes.len(), missed.join("\n"));
}

/// Another folder with the same files.
fn copy_of(city: &TestCity) -> TestCity {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
            let to = to.join(entry.file_name());
            if entry.path().is_dir() { copy(&entry.path(), &to) } else { fs::copy(entry.path(), to).map(drop).unwrap() }
        }
    }
    let other = TestCity::new();
    copy(&city.path(""), &other.path(""));
    other
}

#[test]
fn nothing_is_found_in_a_right_folder() {
    let city = right();
    assert_eq!(found(&city, &[]), (Vec::new(), 0));
    assert_eq!(found(&city, &["--internal-listen", "127.0.0.1:0"]), (Vec::new(), 0));
    let words = city.run(&["doctor", "--data", "yabu", "--listen", "127.0.0.1:0"]);
    assert!(words.code == 0 && words.out.starts_with("Nothing to report"), "{words:?}");
}

#[test]
fn a_look_changes_nothing() {
    let city = right();
    sql(&city, "pragma user_version = 4");
    let before = fs::read(city.path("tsunagari.sqlite")).unwrap();
    found(&city, &[]);
    assert!(before == fs::read(city.path("tsunagari.sqlite")).unwrap(), "an older database stays one");
    fs::remove_file(city.path("tsunagari.sqlite")).unwrap();
    assert_eq!(found(&city, &[]), (vec!["no_database".to_owned()], 0));
    assert!(!city.path("tsunagari.sqlite").exists());
}

#[test]
fn addresses_are_tried_and_the_internal_one_must_be_private() {
    let city = right();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_eq!(found(&city, &["--listen", &address]), (vec!["address".to_owned()], 1));
    let (names, code) = found(&city, &["--internal-listen", "203.0.113.5:8081"]);
    assert!(names.contains(&"internal_public".to_owned()) && code == 2, "{names:?}");
    assert_eq!(found(&city, &["--internal-listen", "0.0.0.0:0"]), (vec!["internal_everywhere".to_owned()], 1));
    // The program itself, which serves there already, is no other program.
    let served = Served::start(&city, &["--data", "yabu"]);
    assert_eq!(found(&city, &["--listen", served.address()]), (Vec::new(), 0));
}

#[test]
fn the_sample_is_said_to_be_one() {
    let city = TestCity::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let arguments = ["doctor", "--json", "--listen", "127.0.0.1:0", "--data", sample.to_str().unwrap()];
    let ran = city.run(&arguments);
    for name in ["sample_setting", "placeholder", "inside_checkout"] {
        assert!(ran.out.contains(&format!("\"{name}\"")), "{name}: {}", ran.out);
    }
    let served = Served::start(&city, &["--data", sample.to_str().unwrap()]);
    drop(served);
    let ran = city.run(&arguments);
    assert!(ran.code == 1 && ran.out.contains("\"sample_database\""), "{ran:?}");
}

#[test]
fn findings_are_told_in_the_users_language_with_what_to_do() {
    let city = right();
    edit(&city, "282227", "282228");
    let ran = city.run(&["doctor", "--data", "yabu", "--listen", "127.0.0.1:0", "--lang", "ja"]);
    assert!(ran.code == 1 && ran.out.contains("正しければ 7") && ran.out.contains("確かめる（？）1"), "{ran:?}");
    let ran = city.run(&["doctor", "--data", "yabu", "--listen", "127.0.0.1:0", "--lang", "en"]);
    assert!(ran.out.contains("would be 7") && ran.out.contains("1 to look into"), "{ran:?}");
}

#[test]
fn an_import_of_another_municipalitys_files_warns_and_one_of_the_own_does_not() {
    let city = right();
    city.write("own.csv", &fs::read(city.path("yabu/gazetteer.csv")).unwrap());
    let others =
        String::from_utf8(fs::read(city.path("own.csv")).unwrap()).unwrap().replace("養父市,28222", "丹波市,28223");
    city.write("others.csv", others.as_bytes());
    // Nothing but its points say whose it is.
    city.write("elsewhere.csv", "town,lat,lng\n本町,43.06,141.35\n東町,43.07,141.36\n".as_bytes());
    city.write("prefecture.csv", &towns());
    city.write("own.geojson", &fs::read(city.path("yabu/boundary.geojson")).unwrap());
    let square = outlines().replace("28222", "28225").replace("養父市", "朝来市");
    let square = square.split_once("},{").map(|(first, _)| first.to_owned() + "}]}").unwrap();
    city.write("neighbour.geojson", square.as_bytes());
    let named = square.replace("N03_004", "name").replace("N03_007", "x");
    city.write("named.geojson", named.as_bytes());
    city.write("districts.geojson", districts(["西地区", "東地区"], 134.6).as_bytes());
    city.write("far.geojson", districts(["西地区", "東地区"], 137.1).as_bytes());
    city.write("official.geojson", outlines().replace("28222", "28225").replace("養父市", "朝来市").as_bytes());
    for (what, warns) in [
        (["gazetteer", "own.csv"], ""),
        (["gazetteer", "others.csv"], "another municipality than 養父市"),
        (["gazetteer", "elsewhere.csv"], "another municipality than 養父市"),
        (["gazetteer", "prefecture.csv"], "1 are of other municipalities"),
        (["gazetteer", "own.csv"], ""),
        (["boundary", "own.geojson"], ""),
        (["boundary", "N03.geojson"], ""),
        (["boundary", "neighbour.geojson"], "another municipality than 養父市"),
        (["boundary", "named.geojson"], "another municipality than 養父市"),
        (["boundary", "own.geojson"], ""),
        (["districts", "districts.geojson"], ""),
        (["districts", "far.geojson"], "another municipality than 養父市"),
        (["districts", "official.geojson"], "another municipality than 養父市"),
    ] {
        let said = import(&city, &what);
        assert!(if warns.is_empty() { said.is_empty() } else { said.contains(warns) }, "{what:?}: {said}");
    }
}
