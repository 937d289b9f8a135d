//! `export`: formats, filters, refusals, and the way back by `import`.

use crate::run::TestCity;

/// Each format with the ending of its files.
const FORMATS: [(&str, &str); 4] = [("geojson", "geojson"), ("csv", "csv"), ("table", "xlsx"), ("jsonl", "jsonl")];

/// A city with two lists.
fn city() -> TestCity {
    let city = TestCity::new();
    let head = "名称,分類,住所,緯度,経度,開催日時,料金,段差,代表者,掲載可否";
    let salons = [
        "ひだまりサロン,通いの場,見本市一丁目1,35.38,134.77,毎週月曜 10:00〜12:00,無料,なし,会長,○",
        "=1+1の会,通いの場,見本市二丁目2,35.39,134.78,毎週火曜 13:30〜15:00,100円,,山田 太郎,○",
        "支援者の会,通いの場,見本市二丁目3,35.39,134.78,,,,,支援者のみ",
    ];
    city.write("サロン.csv", format!("{head}\n{}\n", salons.join("\n")).as_bytes());
    city.write("教室.csv", format!("{head}\n囲碁教室,通いの場,見本市三丁目,,,,,,,○\n").as_bytes());
    city.json(&["import", "places", "サロン.csv", "教室.csv", "--json"], 0);
    city
}

/// The features of an export without their ids, in one order.
fn places(city: &TestCity, arguments: &[&str]) -> Vec<String> {
    let ran = city.run(&[&["export", "jsonl"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let without_id = |line: &str| {
        let mut feature: serde_json::Value = serde_json::from_str(line).unwrap();
        feature.as_object_mut().unwrap().remove("id");
        feature.to_string()
    };
    let mut lines: Vec<String> = ran.out.lines().map(without_id).collect();
    lines.sort();
    lines
}

#[test]
fn every_format_comes_back_as_the_same_lists_and_a_second_time_changes_nothing() {
    let city = city();
    for audience in ["public", "staff"] {
        let before = places(&city, &["--audience", audience]);
        for (format, ending) in FORMATS {
            let (file, db) = (format!("out-{audience}.{ending}"), format!("again-{audience}-{format}.sqlite"));
            assert_eq!(city.run(&["export", format, &file, "--audience", audience]).code, 0);
            let reports = city.json(&["import", "places", &file, "--db", &db, "--json"], 0);
            assert_eq!(reports.len(), 2, "each list is an edition of its own: {reports:?}");
            assert_eq!(places(&city, &["--db", &db, "--audience", audience]), before, "{audience} {format}");
            for report in city.json(&["import", "places", &file, "--db", &db, "--json"], 0) {
                let counts = (report["added"].as_array().unwrap().len(), report["changed"].as_array().unwrap().len());
                assert_eq!(counts, (0, 0), "{audience} {format}: {report}");
            }
        }
    }
}

#[test]
fn options_choose_the_places_as_parameters_do() {
    let city = city();
    assert_eq!(places(&city, &[]).len(), 3);
    for (arguments, count) in [
        (&["--bbox", "134.77,35.38,134.775,35.385"][..], 1),
        (&["--datetime", "2026-12-07"], 1),
        (&["--filter", "cost = '無料'"], 1),
        (&["--filter", "NOT (cost = '無料')"], 1),
        (&["--filter", "geometry IS NULL"], 1),
        (&["--q", "囲碁"], 1),
        (&["--category", "salon,hobby"], 3),
        (&["--category", "garden"], 0),
        (&["--audience", "link-workers"], 4),
    ] {
        assert_eq!(places(&city, arguments).len(), count, "{arguments:?}");
    }
}

#[test]
fn an_option_or_path_that_cannot_be_used_is_named() {
    let city = city();
    for (arguments, word) in [
        (&["csv", "--filter", "nome = 1"][..], "--filter"),
        (&["csv", "--datetime", "soon"], "--datetime"),
        (&["csv", "--bbox", "1,2,3"], "--bbox"),
        (&["csv", "--category", "nothing"], "--category"),
        (&["csv", "--district", "nothing"], "--district"),
        (&["csv", "no/such/folder.csv"], "no/such/folder.csv"),
        (&["xlsx", "tsunagari.sqlite"], "tsunagari.sqlite"),
        (&["table", "tsunagari.sqlite"], "tsunagari.sqlite"),
        (&["csv", "--nothing"], "--nothing"),
    ] {
        let ran = city.run(&[&["export"], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?} {ran:?}");
        assert!(ran.err.contains(word), "{arguments:?} {ran:?}");
    }
    assert!(city.run(&["export", "csv", "-"]).out.contains("'=1+1の会"), "no cell is a formula");
}

#[test]
fn the_form_without_a_format_still_writes_geojson() {
    let city = city();
    assert_eq!(city.run(&["export", "old.geojson"]).code, 0);
    assert_eq!(std::fs::read_to_string(city.path("old.geojson")).unwrap(), city.run(&["export", "geojson"]).out);
}

/// The names in a folder, in order.
fn names(city: &TestCity, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(city.path(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_site_is_written_whole_replaced_when_that_is_said_and_never_over_other_files() {
    let city = city();
    let export = |arguments: &[&str]| city.run(&[&["export", "site"], arguments].concat());
    assert_eq!(export(&["--out", "site"]).code, 0);
    let text = |name: &str| std::fs::read_to_string(city.path("site").join(name)).unwrap();
    assert!(text("index.html").contains("ひだまりサロン") && !text("places.geojson").contains("支援者の会"));
    assert!(text("nginx.conf").contains("application/geo+json") && text("_headers").contains("frame-ancestors 'none'"));
    let again = export(&["--out", "site"]);
    assert!(again.code == 2 && again.err.contains("--replace"), "{again:?}");
    city.write("教室.csv", "名称,分類,住所,掲載可否\n将棋教室,通いの場,見本市三丁目,○\n".as_bytes());
    city.json(&["import", "places", "教室.csv", "--json"], 0);
    assert_eq!(export(&["--out", "site", "--replace"]).code, 0);
    assert!(text("index.html").contains("将棋教室"));
    std::fs::create_dir(city.path("own")).unwrap();
    city.write("own/letter.txt", b"x");
    for arguments in [&["--out", "own"][..], &["--out", "own", "--replace"], &["--out", "own/letter.txt", "--replace"]]
    {
        let refused = export(arguments);
        assert!(refused.code == 2 && refused.err.contains("--out"), "{refused:?}");
    }
    assert_eq!(names(&city, "own"), ["letter.txt"]);
    for (arguments, named) in [(&["--out", "x", "--audience", "staff"][..], "--audience"), (&[][..], "--out")] {
        let refused = export(arguments);
        assert!(refused.code == 2 && refused.err.contains(named), "{refused:?}");
    }
    let left: Vec<String> = names(&city, ".").into_iter().filter(|name| name.contains("tsunagari-export")).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn folders_of_open_data_hold_what_everybody_may_see_and_nothing_else_is_replaced() {
    let city = city();
    let exported = |arguments: &[&str]| city.run(&[&["export"], arguments].concat());
    for (what, files) in [("opendata", 3), ("hsds", 6 + 3)] {
        assert_eq!(exported(&[what, "--out", what]).code, 0);
        let mut texts = Vec::new();
        read_files(&city.path(what), &mut texts);
        assert_eq!(texts.len(), files + 1, "{what} and its mark");
        let all = texts.join("\n");
        assert!(all.contains("ひだまりサロン") && all.contains("毎週月曜 10:00〜12:00"), "{what}");
        assert!(!all.contains("山田") && !all.contains("支援者の会"), "{what} has what is hidden");
        assert!(what != "opendata" || all.contains("'=1+1の会"), "a cell is a formula");

        let again = exported(&[what, "--out", what]);
        assert!(again.code == 2 && again.err.contains("--replace"), "{again:?}");
        assert_eq!(exported(&[what, "--out", what, "--replace"]).code, 0);
        std::fs::create_dir_all(city.path("own")).unwrap();
        city.write("own/letter.txt", b"mine");
        for (arguments, named) in [
            (&["--out", "own", "--replace"][..], "--out"),
            (&["--out", "サロン.csv"], "--out"),
            (&["--out", "new", "--audience", "staff"], "--audience"),
            (&[], "--out"),
        ] {
            let refused = exported(&[&[what], arguments].concat());
            assert!(refused.code == 2 && refused.err.contains(named), "{arguments:?} {refused:?}");
        }
        assert!(city.path("own/letter.txt").exists() && !city.path("new").exists());
    }
    assert_eq!(exported(&["opendata", "--out", "sjis", "--encoding", "shift_jis"]).code, 0);
    let lists: Vec<_> = std::fs::read_dir(city.path("sjis")).unwrap().map(|it| it.unwrap().path()).collect();
    let facilities = lists.iter().find(|path| path.to_string_lossy().contains("public_facility")).unwrap();
    let bytes = std::fs::read(facilities).unwrap();
    let (text, _, is_broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
    assert!(!is_broken && text.contains("ひだまりサロン"));
}

#[test]
fn a_calendar_has_the_dates_of_the_places_that_pass() {
    let city = city();
    let ran = city.run(&["export", "ics"]);
    assert!(ran.code == 0 && ran.out.starts_with("BEGIN:VCALENDAR\r\n"), "{ran:?}");
    let events =
        |arguments: &[&str]| city.run(&[&["export", "ics"], arguments].concat()).out.matches("BEGIN:VEVENT").count();
    let (all, free) = (events(&[]), events(&["--filter", "cost = '無料'"]));
    assert!(all > 100 && free > 50 && free < all, "{free} of {all}");
    assert_eq!(city.run(&["export", "ics", "dates.ics"]).code, 0);
    assert_eq!(std::fs::read_to_string(city.path("dates.ics")).unwrap(), ran.out);
}

/// Every file below a folder, as text.
fn read_files(folder: &std::path::Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if entry.is_dir() {
            read_files(&entry, texts);
        } else {
            texts.push(String::from_utf8(std::fs::read(entry).unwrap()).unwrap());
        }
    }
}

/// A running nginx that ends with the test.
struct Nginx(std::process::Child);

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Status and headers of a request, in lower case.
fn head_of(port: u16, path: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "HEAD {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.to_lowercase()
}

#[test]
fn nginx_serves_the_site_below_a_folder_with_types_caching_and_policy() {
    let program = ["/usr/sbin/nginx", "/usr/bin/nginx"].into_iter().find(|path| std::path::Path::new(path).exists());
    let Some(program) = program else { return eprintln!("skipped: nginx is not installed") };
    let city = city();
    assert_eq!(city.run(&["export", "site", "--out", "site"]).code, 0);
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (folder, site) = (city.path("nginx"), city.path("site"));
    std::fs::create_dir(&folder).unwrap();
    let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = folders.map(|name| format!("{name}_temp_path {};", folder.join(name).display())).join(" ");
    let location = format!("alias {0}/; include {0}/nginx.conf; error_page 404 /a/b/404.html;", site.display());
    let settings = format!(
        "daemon off; pid {0}/pid; error_log stderr; events {{}} http {{ access_log off; {temporary} \
         server {{ listen 127.0.0.1:{port}; location /a/b/ {{ {location} }} }} }}",
        folder.display()
    );
    let file = city.write("nginx/settings.conf", settings.as_bytes());
    let mut command = std::process::Command::new(program);
    command.args(["-p", folder.to_str().unwrap(), "-c", file.to_str().unwrap()]);
    let _running = Nginx(command.stderr(std::process::Stdio::null()).spawn().unwrap());
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    for (path, status, holds) in [
        ("/a/b/", "200", "text/html; charset=utf-8"),
        ("/a/b/index.en.html", "200", "cache-control: public, max-age=0, must-revalidate"),
        ("/a/b/guide", "200", "text/html"),
        ("/a/b/places.geojson", "200", "application/geo+json"),
        ("/a/b/places.csv", "200", "text/csv; charset=utf-8; header=present"),
        ("/a/b/manifest.webmanifest", "200", "application/manifest+json"),
        ("/a/b/places/nobody.html", "404", "frame-ancestors 'none'"),
        ("/a/b/nginx.conf", "404", "x-content-type-options: nosniff"),
        ("/a/b/.tsunagari-export", "404", ""),
    ] {
        let head = head_of(port, path);
        assert!(head.split(' ').nth(1) == Some(status) && head.contains(holds), "{path}: {head}");
    }
}
