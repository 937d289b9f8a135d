//! The program is killed during a backup, an export, its first start or a request: what is there is whole, and the next run
//! finishes the work and leaves nothing behind.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tsunagari::editor::Editor;
use tsunagari::model::{CategoryTable, City};
use tsunagari::store::Store;

use crate::exchange::post_need;
use crate::kill::{PLACES, edition, whole_edition};
use crate::run::{TestCity, print_trials, random, rounds};
use crate::served::Served;

const DATABASE: &str = "tsunagari.sqlite";

/// A city with a list of 300 places.
fn full_city() -> TestCity {
    let city = TestCity::new();
    // More needs than anybody taps: the bound per day is another test's matter.
    let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
    city.write("data/city.toml", format!("unmet_per_day = 1000000\n{settings}").as_bytes());
    let editor = Editor::open(&city.path(DATABASE), City::default(), CategoryTable::default()).unwrap();
    editor.import_places(edition(0), &mut |_, _| {}).unwrap();
    city
}

/// Runs a command and kills it after `patience`; whether it was still running then.
fn killed(command: &mut Command, patience: Duration) -> bool {
    let mut child = command.spawn().unwrap();
    std::thread::sleep(patience);
    let was_running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    was_running
}

fn time_of(city: &TestCity, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    assert_eq!(city.run(arguments).code, 0);
    start.elapsed()
}

/// The files of a folder that are there only while something is written.
fn left_over(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.') || name.ends_with("-journal")).collect()
}

#[test]
fn a_killed_backup_or_export_leaves_the_file_of_before_or_a_whole_one_and_the_next_run_tidies_up() {
    let city = full_city();
    fs::create_dir(city.path("kept")).unwrap();
    let whole = city.run(&["export"]).out;
    let kills = rounds(8);
    let span = time_of(&city, &["backup", "timed.sqlite"]).max(time_of(&city, &["export", "timed.json"])).mul_f64(1.2);
    let mut in_time = 0;
    for round in 0..kills {
        let (copy, export) = (format!("kept/{}.sqlite", round % 3), format!("kept/{}.geojson", round % 3));
        in_time += usize::from(killed(&mut city.command(&["backup", &copy]), span.mul_f64(random(round))));
        in_time += usize::from(killed(&mut city.command(&["export", &export]), span.mul_f64(random(round + kills))));
        if city.path(&copy).exists() {
            assert_eq!(whole_edition(&city.path(&copy)).as_deref(), Some("第0版"));
            for ending in ["-wal", "-shm"] {
                assert!(!city.path(&format!("{copy}{ending}")).exists());
            }
        }
        if city.path(&export).exists() {
            assert!(fs::read_to_string(city.path(&export)).unwrap() == whole, "half of an export");
        }
    }
    assert_eq!(city.run(&["backup", "kept/last.sqlite"]).code, 0);
    assert_eq!(left_over(&city.path("kept")), [""; 0]);
    print_trials("backup and export killed", 2 * kills, &format!("{in_time} in time; whole or not there, tidied up"));
}

/// A folder of old temporary files, as a kill at the worst moment leaves them.
#[test]
fn what_a_killed_backup_left_is_removed_by_the_next_one_and_nothing_else_is() {
    let city = full_city();
    let abandoned = [".old.sqlite.17-1.tsunagari-part", ".old.sqlite.17-1.tsunagari-part-journal"];
    let others = [".hidden", ".film.part", "list.tsunagari-part", "notes.txt"];
    abandoned.iter().chain(&others).for_each(|name| drop(city.write(name, b"SQLite format 3\0")));
    assert_eq!(city.run(&["backup", "new.sqlite"]).code, 0);
    for name in abandoned {
        assert!(!city.path(name).exists(), "{name} is still there");
    }
    for name in others {
        assert!(city.path(name).exists(), "{name} has gone");
    }
}

fn sample() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/data")
}

fn start_and_stop(city: &TestCity) {
    let served = Served::start(city, &["--data", sample()]);
    served.ask("/healthz");
    assert_eq!(served.stop(), Some(0));
}

/// What a database of the sample has, without the random identities.
fn content(city: &TestCity) -> (Vec<String>, usize, usize) {
    let store = Store::open(&city.path(DATABASE)).unwrap();
    let stored = store.content().unwrap();
    let mut names: Vec<String> = stored.places.iter().map(|place| place.facts.name.clone()).collect();
    names.sort();
    (names, stored.link_workers.len(), stored.districts.len() + stored.towns.len())
}

#[test]
fn a_first_start_that_was_killed_is_finished_by_the_next() {
    let reference = TestCity::new();
    let start = Instant::now();
    start_and_stop(&reference);
    let span = start.elapsed();
    let whole = content(&reference);
    let kills = rounds(4);
    let mut in_part = 0;
    for round in 0..kills {
        let city = TestCity::new();
        let serve = ["serve", "--listen", "127.0.0.1:0", "--data", sample()];
        killed(&mut city.command(&serve), span.mul_f64(0.2 + 0.8 * random(round)));
        in_part += usize::from(city.path(DATABASE).exists() && content(&city) != whole);
        start_and_stop(&city);
        assert!(content(&city) == whole, "round {round}: the second start has not finished the first");
    }
    print_trials("first start killed", kills, &format!("{in_part} in part, all finished by the next start"));
}

/// The state that a kill between two lists of the sample leaves.
#[test]
fn a_first_start_that_ended_between_two_lists_is_finished_by_the_next() {
    let city = TestCity::new();
    start_and_stop(&city);
    let whole = content(&city);
    let db = rusqlite::Connection::open(city.path(DATABASE)).unwrap();
    db.execute_batch("update meta set value = 'loading' where key = 'sample'").unwrap();
    db.execute_batch(
        "drop trigger link_worker_is_never_deleted; drop trigger link_worker_edition_is_never_deleted; \
         drop trigger link_worker_file_is_never_deleted; \
         delete from link_worker; delete from link_worker_file; delete from link_worker_edition",
    )
    .unwrap();
    drop(db);
    assert!(content(&city) != whole);
    start_and_stop(&city);
    assert!(content(&city) == whole, "the second start has not finished the first");
}

#[test]
fn a_need_whose_answer_was_lost_is_counted_once_when_it_is_sent_again() {
    let city = full_city();
    let need = |number: usize| format!(r#"{{"reason":"full","key":"{number:032x}"}}"#);
    let (mut sent, mut unanswered) = (0, Vec::new());
    let kills = rounds(4);
    for round in 0..kills {
        let served = Served::start(&city, &["--internal-listen", "127.0.0.1:0"]);
        for number in unanswered.drain(..) {
            assert_eq!(post_need(&served, &need(number)), Some(204));
        }
        let killer = served.kill_after(Duration::from_millis(400).mul_f64(random(round)));
        loop {
            sent += 1;
            if post_need(&served, &need(sent)).is_none() {
                unanswered.push(sent);
                break;
            }
        }
        killer.join().unwrap();
    }
    let served = Served::start(&city, &["--internal-listen", "127.0.0.1:0"]);
    for number in unanswered.into_iter().chain(1..=sent.min(5)) {
        assert_eq!(post_need(&served, &need(number)), Some(204));
    }
    assert_eq!(served.stop(), Some(0));
    let store = Store::open_existing(&city.path(DATABASE)).unwrap();
    assert_eq!(store.unmet().unwrap().len(), sent, "after {kills} kills");
    assert_eq!(store.places().unwrap().len(), PLACES);
    print_trials("serve killed while it stores needs", kills, &format!("{sent} needs, each counted once"));
}
