//! An import that is killed at any moment leaves all of itself or nothing, and a database that opens.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tsunagari::editor::{Editor, ListEdition, ReadFile};
use tsunagari::import::{Format, ImportedFile, ImportedPlace, ImportedSheet};
use tsunagari::model::{CategoryTable, City, Facts, Source};
use tsunagari::store::Store;

use crate::run::{print_trials, random, rounds};

/// Set in the process that imports: the database, and the number of the edition.
const DATABASE: &str = "TSUNAGARI_TEST_KILL_DB";
const EDITION: &str = "TSUNAGARI_TEST_KILL_EDITION";

const KILLS: usize = 50;
pub const PLACES: usize = 300;

/// Every edition changes every place: each row has another note.
pub fn edition(number: u32) -> ListEdition<ImportedPlace> {
    let place = |n: u32| ImportedPlace {
        source: Source { file: "g.csv".into(), row: n + 2, ..Source::default() },
        facts: Facts {
            name: format!("サロン{n}"),
            address: Some(format!("関宮{n}番地")),
            description: Some("みんなで集まって体操をします。".repeat(8)),
            note: Some(format!("第{number}版")),
            ..Facts::default()
        },
        verification: None,
    };
    let rows = u32::try_from(PLACES).unwrap();
    let sheet = ImportedSheet { heading_row: 1, entries: (0..rows).map(place).collect(), ..ImportedSheet::default() };
    let import = ImportedFile { format: Format::Csv, encoding: None, sheets: vec![sheet], refused: None };
    let file = ReadFile { file: "g.csv".into(), blake3: String::new(), import };
    ListEdition { list: "g".into(), files: vec![file], by: "test".into(), at: chrono::DateTime::UNIX_EPOCH }
}

/// Not a test of its own: what the process that is killed does. Without the two variables it has nothing to do.
#[test]
fn the_process_that_is_killed() {
    let (Some(database), Ok(number)) = (std::env::var_os(DATABASE), std::env::var(EDITION)) else { return };
    let editor = Editor::open(&PathBuf::from(database), City::default(), CategoryTable::default()).unwrap();
    editor.import_places(edition(number.parse().unwrap()), &mut |_, _| {}).unwrap();
}

/// Starts the import of an edition and kills it after `patience`, if it is not done by then.
fn import_and_kill(database: &Path, number: u32, patience: Duration) {
    let mut child = start_import(database, number);
    std::thread::sleep(patience);
    // SIGKILL on Unix: no destructor runs, nothing is flushed.
    child.kill().unwrap();
    child.wait().unwrap();
}

fn start_import(database: &Path, number: u32) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::the_process_that_is_killed"])
        .env(DATABASE, database)
        .env(EDITION, number.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The edition that the database holds: of all places the same one.
pub fn whole_edition(database: &Path) -> Option<String> {
    let store = Store::open(database).unwrap();
    store.check_integrity().unwrap();
    let places = store.places().unwrap();
    let edition = places.first()?.facts.note.clone().unwrap();
    assert_eq!(places.len(), PLACES, "part of an import was kept");
    assert!(places.iter().all(|p| p.facts.note.as_deref() == Some(&edition)), "two editions are mixed");
    Some(edition)
}

#[test]
fn killed_at_fifty_random_moments_an_import_is_there_in_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    // So that the kills fall within the work, on a fast machine and on a slow one.
    let mut span = time_of_one_import(&dir.path().join("timed.db"));

    let database = dir.path().join("t.db");
    let (mut kept, mut lost) = (0, 0);
    let mut held: Option<String> = None;
    let kills = rounds(KILLS);
    for number in 0..kills {
        let seed = number;
        let number = u32::try_from(number).unwrap();
        import_and_kill(&database, number, span.mul_f64(random(seed)));
        let now = if database.exists() { whole_edition(&database) } else { None };
        let newest = Some(format!("第{number}版"));
        assert!(now == held || now == newest, "round {number}: {held:?} became {now:?}");
        // The machine may be busier now than when it was timed: aim again, so that some imports are just done and most are not.
        if now == newest {
            (kept, span) = (kept + 1, span.mul_f64(0.85));
        } else {
            (lost, span) = (lost + 1, span.mul_f64(1.1));
        }
        held = now;
    }
    print_trials("import killed", kills, &format!("{kept} editions kept whole, {lost} not there, none in part"));
    assert!(kept > 0 && lost > 0, "all {kept} were kept or all {lost} were lost: the test proves nothing");
}

fn time_of_one_import(database: &Path) -> Duration {
    let time = |number| {
        let start = Instant::now();
        assert!(start_import(database, number).wait().unwrap().success());
        start.elapsed()
    };
    time(0);
    time(1)
}
