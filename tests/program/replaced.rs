//! The database is deleted, emptied or replaced while it is served: an import that says "imported" is there afterwards, and
//! what was served stays until there is something better.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tsunagari::store::Store;

use crate::exchange::{answer, post_need};
use crate::run::{Ran, TestCity, in_parallel, print_trials, random, rounds};
use crate::served::Served;

const DATABASE: &str = "tsunagari.sqlite";

/// How long the server is given to notice.
const PATIENCE: Duration = Duration::from_secs(5);

/// What happens to the database file under a running server.
type Mishap = (&'static str, fn(&TestCity));

/// The file or its content goes, and nothing stands in its place.
const LOSSES: &[Mishap] = &[
    ("deleted", |city| remove(city, &[""])),
    ("deleted with its log", |city| remove(city, &["", "-wal", "-shm"])),
    ("deleted with its log, but for the lock file", |city| remove(city, &["", "-wal"])),
    ("renamed", |city| fs::rename(city.path(DATABASE), city.path("away.sqlite")).unwrap()),
    ("emptied", |city| fs::write(city.path(DATABASE), "").unwrap()),
    ("emptied, its log deleted", |city| {
        fs::write(city.path(DATABASE), "").unwrap();
        remove(city, &["-wal", "-shm"]);
    }),
    ("its log deleted", |city| remove(city, &["-wal", "-shm"])),
    ("replaced by an empty file", |city| {
        remove(city, &["", "-wal", "-shm"]);
        fs::write(city.path(DATABASE), "").unwrap();
    }),
];

/// Another database of ours, with an edition, comes in its place.
const REPLACEMENTS: &[Mishap] = &[
    ("replaced by a copy", |city| fs::rename(city.path("copy.sqlite"), city.path(DATABASE)).unwrap()),
    ("overwritten by a copy", |city| {
        fs::copy(city.path("copy.sqlite"), city.path(DATABASE)).unwrap();
    }),
    ("deleted with its log, then a copy", |city| {
        remove(city, &["", "-wal", "-shm"]);
        fs::copy(city.path("copy.sqlite"), city.path(DATABASE)).unwrap();
    }),
];

/// Something comes in its place that is no database of ours with an edition.
const STRANGERS: &[Mishap] = &[
    ("a list", |city| put(city, "名称,住所\nサロン,養父市\n".repeat(300).as_bytes())),
    ("one byte", |city| put(city, b"S")),
    ("nothing but a header", |city| put(city, b"SQLite format 3\0")),
    ("a database of another program", |city| {
        remove(city, &["", "-wal", "-shm"]);
        let other = rusqlite::Connection::open(city.path(DATABASE)).unwrap();
        other.execute_batch("create table place (id text); insert into place values ('x')").unwrap();
    }),
    ("an empty database of another program", |city| {
        remove(city, &["", "-wal", "-shm"]);
        rusqlite::Connection::open(city.path(DATABASE)).unwrap().execute_batch("pragma user_version = 1").unwrap();
    }),
    ("a database of ours without an edition", |city| {
        remove(city, &["", "-wal", "-shm"]);
        drop(Store::open(&city.path(DATABASE)).unwrap());
    }),
    ("a damaged copy", |city| {
        let mut bytes = fs::read(city.path("copy.sqlite")).unwrap();
        let half = bytes.len() / 2;
        bytes[half..].fill(0xa5);
        put(city, &bytes);
    }),
];

fn remove(city: &TestCity, endings: &[&str]) {
    for ending in endings {
        let _ = fs::remove_file(city.path(&format!("{DATABASE}{ending}")));
    }
}

fn put(city: &TestCity, bytes: &[u8]) {
    remove(city, &["", "-wal", "-shm"]);
    city.write(DATABASE, bytes);
}

fn list_of(name: &str) -> String {
    format!("名称,住所,緯度,経度,掲載可否\n{name},養父市広谷,35.38,134.77,○\n")
}

fn import(city: &TestCity, name: &str) -> Ran {
    let file = format!("{name}.csv");
    city.write(&file, list_of(name).as_bytes());
    city.run(&["import", "places", &file])
}

/// A server of a database with one place, of which there is a copy; more was imported since.
fn served_city() -> (TestCity, Served) {
    let city = TestCity::new();
    assert_eq!(import(&city, "囲碁サロン").code, 0);
    assert_eq!(city.run(&["backup", "copy.sqlite"]).code, 0);
    let served = Served::start(&city, &["--internal-listen", "127.0.0.1:0"]);
    assert_eq!(import(&city, "茶道の会").code, 0);
    within_patience("the import is served", || served.ask("/places.geojson").contains("茶道の会"));
    (city, served)
}

fn within_patience(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn has(city: &TestCity, name: &str) -> bool {
    city.run(&["export"]).out.contains(name)
}

fn check(city: &TestCity) {
    Store::open_existing(&city.path(DATABASE)).unwrap().check_integrity().unwrap();
}

/// What the messages and docs/operations.md say to do.
fn clear_away(city: &TestCity) {
    let is_empty = fs::metadata(city.path(DATABASE)).is_ok_and(|file| file.len() == 0);
    remove(city, if is_empty { &["", "-wal", "-shm"] } else { &["-wal", "-shm"] });
}

/// Runs `trial` for each mishap, again and again for a longer run, and with the seed of its random pause.
fn for_each(mishaps: &[Mishap], usual: usize, trial: impl Fn(&Mishap, usize) + Sync) -> usize {
    let count = rounds(usual);
    in_parallel(count, |number| trial(&mishaps[number % mishaps.len()], number));
    count
}

#[test]
fn an_import_that_says_imported_is_there_whatever_happened_to_the_file() {
    let mishaps: Vec<Mishap> = REPLACEMENTS.iter().chain(LOSSES).copied().collect();
    let imported = AtomicUsize::new(0);
    let trials = for_each(&mishaps, 8, |(what, happen), seed| {
        let (city, served) = served_city();
        happen(&city);
        std::thread::sleep(Duration::from_millis(800).mul_f64(random(seed)));
        let ran = import(&city, "将棋クラブ");
        if ran.code == 0 {
            imported.fetch_add(1, Ordering::Relaxed);
            assert!(has(&city, "将棋クラブ"), "{what}: {ran:?}");
            within_patience(what, || served.ask("/places.geojson").contains("将棋クラブ"));
        } else {
            assert!(ran.code == 2 && ran.err.contains(DATABASE), "{what}: {ran:?}");
            assert!(served.ask("/places.geojson").contains("囲碁サロン"), "{what}: what was served has gone");
        }
        assert_eq!(served.stop(), Some(0));
        if ran.code != 0 {
            clear_away(&city);
            let again = import(&city, "将棋クラブ");
            assert_eq!(again.code, 0, "{what}: {ran:?} {again:?}");
        }
        assert!(has(&city, "将棋クラブ"), "{what}: lost when the server ended; {ran:?}");
        check(&city);
    });
    let imported = imported.into_inner();
    let refused = trials - imported;
    print_trials("file gone or replaced, import", trials, &format!("{imported} imported and there, {refused} refused"));
}

/// The file is replaced at a random moment of the import.
#[test]
fn an_import_during_which_the_file_is_replaced_is_there_or_says_that_it_is_not() {
    let mishaps: Vec<Mishap> = REPLACEMENTS.iter().chain(&LOSSES[..5]).copied().collect();
    let imported = AtomicUsize::new(0);
    let trials = for_each(&mishaps, 8, |(what, happen), seed| {
        let city = TestCity::new();
        assert_eq!(import(&city, "囲碁サロン").code, 0);
        assert_eq!(city.run(&["backup", "copy.sqlite"]).code, 0);
        city.write("b.csv", list_of("将棋クラブ").as_bytes());
        let started = city.command(&["import", "places", "b.csv"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(150).mul_f64(random(seed)));
        happen(&city);
        let ran = Ran::new(started.wait_with_output().unwrap());
        // What happens after "imported" was said is not the import's fault: it is there if the file is of after.
        if ran.code == 0 {
            imported.fetch_add(1, Ordering::Relaxed);
        } else {
            assert!(ran.code == 2 && ran.err.contains(DATABASE), "{what}: {ran:?}");
            remove(&city, &["", "-wal", "-shm"]);
        }
        let again = import(&city, "将棋クラブ");
        assert!(again.code == 0 || again.err.contains(DATABASE), "{what}: {ran:?} {again:?}");
        if again.code == 0 {
            assert!(has(&city, "将棋クラブ"), "{what}: {ran:?} {again:?}");
            check(&city);
        }
    });
    let said = format!("{} imported, the others said why not", imported.into_inner());
    print_trials("file replaced during an import", trials, &said);
}

#[test]
fn what_is_no_database_of_ours_with_an_edition_never_replaces_what_is_served() {
    let strangers: Vec<Mishap> = LOSSES[1..2].iter().chain(STRANGERS).copied().collect();
    let trials = for_each(&strangers, strangers.len(), |(what, happen), _| {
        let (city, served) = served_city();
        assert_eq!(answer(&served, "/readyz").0, 200);
        happen(&city);
        within_patience(what, || answer(&served, "/readyz").0 == 503);
        let (_, ready) = answer(&served, "/readyz");
        assert!(ready.contains("\"ready\":false") && !ready.contains(DATABASE), "{what}: {ready}");
        assert!(served.ask("/places.geojson").contains("茶道の会"), "{what}: what was served has gone");
        assert!(fs::read_to_string(city.path("log")).unwrap().contains("ERROR"), "{what}: nothing is in the log");
        remove(&city, &["", "-wal", "-shm"]);
        fs::rename(city.path("copy.sqlite"), city.path(DATABASE)).unwrap();
        within_patience(what, || answer(&served, "/readyz").0 == 200);
        assert!(!served.ask("/places.geojson").contains("茶道の会"), "{what}: the copy is served");
        assert!(served.ask("/places.geojson").contains("囲碁サロン"), "{what}: the copy is served");
    });
    print_trials("something else in its place", trials, "old places served, then the copy");
}

#[test]
fn a_need_that_was_accepted_is_there_whatever_happened_to_the_file() {
    let mishaps: Vec<Mishap> = REPLACEMENTS.iter().chain(LOSSES).chain(STRANGERS).copied().collect();
    let trials = for_each(&mishaps, 6, |(what, happen), _| {
        let (city, served) = served_city();
        assert_eq!(post_need(&served, r#"{"reason":"full"}"#), Some(204));
        happen(&city);
        let status = post_need(&served, r#"{"reason":"no_ride"}"#);
        assert_eq!(served.stop(), Some(0));
        if status == Some(204) {
            let stored = Store::open_existing(&city.path(DATABASE)).unwrap().unmet().unwrap();
            let is_there = stored.iter().any(|need| need.report.reason.code() == "no_ride");
            assert!(is_there, "{what}: it was accepted and is not there");
            check(&city);
        } else {
            assert_eq!(status, Some(503), "{what}");
        }
    });
    print_trials("file gone or replaced, unmet need", trials, "there, or refused with 503");
}

#[test]
fn a_log_without_its_database_is_refused_with_what_to_do() {
    let city = TestCity::new();
    city.write("tsunagari.sqlite-wal", b"what the database before has left");
    for arguments in [&["import", "places", "a.csv"][..], &["export"], &["serve", "--listen", "127.0.0.1:0"]] {
        city.write("a.csv", list_of("囲碁サロン").as_bytes());
        let ran = city.run(arguments);
        assert!(ran.code == 2 && ran.err.contains("tsunagari.sqlite-wal"), "{ran:?}");
        assert!(!city.path(DATABASE).exists(), "{ran:?}");
    }
    remove(&city, &["-wal"]);
    assert_eq!(import(&city, "囲碁サロン").code, 0);
}
