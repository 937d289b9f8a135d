//! A full disk, a locked database, damage: the program says so in a sentence, and nothing is half done.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tsunagari::editor::Editor;
use tsunagari::model::{CategoryTable, City};
use tsunagari::store::Store;

use crate::kill::{PLACES, edition, whole_edition};
use crate::run::{Ran, TestCity, print_trials, random_bits, rounds};

const DATABASE: &str = "tsunagari.sqlite";

fn import(database: &Path, number: u32) {
    let editor = Editor::open(database, City::default(), CategoryTable::default()).unwrap();
    editor.import_places(edition(number), &mut |_, _| {}).unwrap();
}

fn full_city() -> TestCity {
    let city = TestCity::new();
    import(&city.path(DATABASE), 0);
    city
}

/// Runs a command that can write no file larger than `blocks` of 512 bytes: to SQLite and to the program it looks like a disk or a
/// quota that is full.
fn run_with_limit(city: &TestCity, blocks: u64, arguments: &[&str]) -> Ran {
    let command = city.command(arguments);
    let mut shell = Command::new("/bin/sh");
    // The signal would end the program; a full disk sends none.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    shell.args(["-c", &script]).arg(command.get_program()).args(command.get_args());
    shell.current_dir(city.path("")).env_clear().env("LANG", "en_US.UTF-8");
    shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Ran::new(shell.output().unwrap())
}

fn long_list() -> String {
    let row = |n: usize| format!("囲碁サロン{n},養父市広谷{n}番地,{},○\n", "みんなで集まって碁を打ちます。".repeat(20));
    format!("名称,住所,内容,掲載可否\n{}", (0..200).map(row).collect::<String>())
}

#[test]
fn on_a_full_disk_nothing_is_half_done_and_the_message_says_so() {
    let city = full_city();
    city.write("b.csv", long_list().as_bytes());
    let export = city.run(&["export"]).out;
    let size = fs::metadata(city.path(DATABASE)).unwrap().len() / 512;
    let trials = rounds(6);
    let mut refused = 0;
    for trial in 0..trials {
        let blocks = [size / 8, size / 2, size + 8, size + 100][trial % 4] + random_bits(trial) % 64;
        for arguments in [&["import", "places", "b.csv"][..], &["backup", "copy.sqlite"], &["export", "out.json"]] {
            if arguments[0] == "import" && refused > 0 && trial % 3 > 0 {
                continue;
            }
            let ran = run_with_limit(&city, blocks, arguments);
            assert!(ran.code == 0 || ran.code == 2, "{arguments:?} within {blocks} blocks: {ran:?}");
            if ran.code == 2 {
                refused += 1;
                let says_so = ["full", "File too large", "cannot be written"].iter().any(|said| ran.err.contains(said));
                assert!(says_so, "{arguments:?} within {blocks} blocks: {ran:?}");
            }
            let store = Store::open_existing(&city.path(DATABASE)).unwrap();
            let places = store.places().unwrap().len();
            assert!(places == PLACES || (ran.code == 0 && places == PLACES + 200), "{ran:?}: {places} places");
            if arguments[0] == "import" && ran.code == 0 {
                // As it was, for the next trial.
                drop(store);
                fs::remove_file(city.path(DATABASE)).unwrap();
                import(&city.path(DATABASE), 0);
            }
        }
        for whole in ["copy.sqlite"].map(|name| city.path(name)).iter().filter(|file| file.exists()) {
            assert_eq!(whole_edition(whole).as_deref(), Some("第0版"));
        }
        let written = fs::read_to_string(city.path("out.json"));
        assert!(written.is_err() || written.unwrap().len() == export.len(), "half of an export");
    }
    assert!(refused > 0, "no limit was met: the test proves nothing");
    let left = fs::read_dir(city.path(""))
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("tsunagari-part"));
    assert_eq!(left.count(), 0);
    assert_eq!(city.run(&["import", "places", "b.csv"]).code, 0, "with room it goes on");
    print_trials("disk full", trials, &format!("{refused} refused with a sentence, nothing half done"));
}

#[test]
fn a_database_that_another_program_writes_is_waited_for_and_read_meanwhile() {
    let city = full_city();
    city.write("b.csv", "名称,住所,掲載可否\n囲碁サロン,養父市広谷,○\n".as_bytes());
    let other = rusqlite::Connection::open(city.path(DATABASE)).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let start = Instant::now();
    for arguments in [&["export"][..], &["backup", "copy.sqlite"], &["unmet"]] {
        assert_eq!(city.run(arguments).code, 0, "{arguments:?}: reading waits for nobody");
    }
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    let waiting = city.command(&["import", "places", "b.csv"]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(whole_edition(&city.path("copy.sqlite")).as_deref(), Some("第0版"));
    other.execute_batch("rollback").unwrap();
    drop(other);
    assert_eq!(Ran::new(waiting.wait_with_output().unwrap()).code, 0);
    assert_eq!(Store::open_existing(&city.path(DATABASE)).unwrap().places().unwrap().len(), PLACES + 1);
}

/// Damages a database in one of five ways, by the numbers of `seed`.
fn damage(bytes: &mut Vec<u8>, seed: usize) {
    let number = |n: usize, below: usize| usize::try_from(random_bits(seed * 100 + n)).unwrap() % below;
    let size = bytes.len();
    match seed % 5 {
        0 => (0..=number(0, 64))
            .for_each(|n| bytes[number(n + 1, size)] ^= u8::try_from(number(n + 70, 255)).unwrap() + 1),
        1 => bytes.truncate(1 + number(0, size - 1)),
        2 => {
            let page = number(0, size / 4096) * 4096;
            bytes[page..page + 4096].fill(0);
        }
        3 => (0..4).for_each(|n| bytes[number(n, 100)] ^= 0x41),
        _ => {
            let (from, to) = (number(0, size / 4096) * 4096, number(1, size / 4096) * 4096);
            let page = bytes[from..from + 4096].to_vec();
            bytes[to..to + 4096].copy_from_slice(&page);
        }
    }
}

#[test]
fn a_damaged_database_is_refused_with_a_sentence_and_never_read_in_part() {
    let city = full_city();
    let whole = fs::read(city.path(DATABASE)).unwrap();
    city.write("b.csv", "名称,住所,掲載可否\n囲碁サロン,養父市広谷,○\n".as_bytes());
    let trials = rounds(40);
    let mut refused = 0;
    for seed in 0..trials {
        let mut bytes = whole.clone();
        damage(&mut bytes, seed);
        for ending in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(city.path(&format!("{DATABASE}{ending}")));
        }
        fs::write(city.path(DATABASE), &bytes).unwrap();
        match Store::open_existing(&city.path(DATABASE)).and_then(|store| store.content()) {
            Ok(content) => assert_eq!(content.places.len(), PLACES, "seed {seed}: read in part"),
            Err(error) => {
                refused += 1;
                assert!(error.to_string().contains(DATABASE), "seed {seed}: {error}");
            }
        }
        if seed % 8 == 1 {
            fs::write(city.path(DATABASE), &bytes).unwrap();
            for arguments in [&["export"][..], &["import", "places", "b.csv"], &["backup", "copy.sqlite"]] {
                let ran = city.run(arguments);
                assert!(ran.code == 0 || (ran.code == 2 && ran.err.contains(".sqlite")), "seed {seed}: {ran:?}");
            }
        }
    }
    assert!(refused > trials / 3, "only {refused} of {trials} were noticed");
    print_trials("database damaged", trials, &format!("{refused} refused with a sentence, the others read whole"));
}
