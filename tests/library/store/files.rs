//! What happens to the file: it is new, foreign, damaged or replaced, its log is left behind, a backup is made of it.

use std::fs;
use std::path::Path;

use tsunagari::store::{self, Store, StoreError};

use super::fill;

#[test]
fn a_new_file_may_be_opened_by_many_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| fill(&mut Store::open(&path).unwrap(), 1));
        }
    });
    assert_eq!(Store::open(&path).unwrap().places().unwrap().len(), 8);
}

type Open = fn(&Path) -> Result<Store, StoreError>;

fn refusal(path: &Path) -> String {
    Store::open(path).unwrap_err().to_string()
}

#[test]
fn what_is_no_database_of_ours_is_refused_by_name_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("list.csv");
    fs::write(&list, "名称,住所\n".repeat(500)).unwrap();
    let before = fs::read(&list).unwrap();
    assert!(refusal(&list).contains("list.csv is not a database"));
    assert_eq!(fs::read(&list).unwrap(), before);

    let foreign = dir.path().join("places.sqlite");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("create table bookmark (url text)").unwrap();
    assert!(refusal(&foreign).contains("another program"));

    assert!(refusal(dir.path()).contains("is a folder"));
    assert!(refusal(&dir.path().join("no/such/t.db")).contains("does not exist"));
    let missing = Store::open_existing(&dir.path().join("missing.db")).unwrap_err();
    assert!(matches!(missing, StoreError::NotFound(_)), "{missing}");
    assert!(!dir.path().join("missing.db").exists());
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    Store::open(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("pragma user_version = 99").unwrap();
    assert!(refusal(&path).contains("schema 99"), "{}", refusal(&path));
}

#[test]
fn a_damaged_database_says_that_it_is_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    fill(&mut Store::open(&path).unwrap(), 2000);
    let mut bytes = fs::read(&path).unwrap();
    let from = bytes.len() / 2;
    bytes[from..from + 20_000].fill(0xa5);
    fs::write(&path, &bytes).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    let store = Store::open_unchecked(&path).unwrap();
    assert!(store.check_integrity().is_err() && store.places().is_err());
    drop(store);
    assert!(fs::read(&path).unwrap() == bytes, "it was written to");
}

/// As after a power cut, when a backup is put in the place of the database and its log is forgotten.
#[test]
fn a_log_that_is_not_the_database_s_own_is_refused_and_both_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (path, other) = (dir.path().join("t.db"), dir.path().join("other.db"));
    fill(&mut Store::open(&path).unwrap(), 300);
    let mut store = Store::open(&other).unwrap();
    fill(&mut store, 40);
    let log = dir.path().join("t.db-wal");
    fs::copy(dir.path().join("other.db-wal"), &log).unwrap();
    let before = [fs::read(&path).unwrap(), fs::read(&log).unwrap()];
    let attempts: [Open; 3] =
        [Store::open, Store::open_existing, |path| Store::open_with_timeout(path, std::time::Duration::from_secs(1))];
    for open in attempts {
        let refused = open(&path).unwrap_err();
        assert!(matches!(refused, StoreError::ForeignLog { .. }), "{refused}");
        assert!(refused.to_string().contains("t.db-wal"), "{refused}");
        assert!([fs::read(&path).unwrap(), fs::read(&log).unwrap()] == before, "one of them was changed");
    }
    assert!(store::backup(&path, &dir.path().join("copy.db"), &mut |_| {}).is_err());
    for ending in ["-wal", "-shm"] {
        fs::remove_file(dir.path().join(format!("t.db{ending}"))).unwrap();
    }
    assert_eq!(Store::open(&path).unwrap().places().unwrap().len(), 300);
}

/// A file that is made right after another was deleted often has its inode.
#[test]
fn a_log_is_not_taken_for_that_of_a_file_that_was_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (path, copy, log) = (dir.path().join("t.db"), dir.path().join("copy.db"), dir.path().join("t.db-wal"));
    let mut store = Store::open(&path).unwrap();
    fill(&mut store, 40);
    store::backup(&path, &copy, &mut |_| {}).unwrap();
    fill(&mut store, 3);
    let left = fs::read(&log).unwrap();
    drop(store);
    fs::remove_file(&path).unwrap();
    fs::copy(&copy, &path).unwrap();
    fs::write(&log, left).unwrap();
    let refused = Store::open(&path).unwrap_err();
    assert!(matches!(refused, StoreError::ForeignLog { .. }), "{refused}");
    fs::remove_file(&log).unwrap();
    let _ = fs::remove_file(dir.path().join("t.db-shm"));
    assert_eq!(Store::open(&path).unwrap().places().unwrap().len(), 40);
}

/// A copy of a database is another file; what lies beside it replaces its content only if there is a page in it.
#[test]
fn a_log_without_a_page_is_used_for_any_file_and_one_with_a_page_for_its_own_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| dir.path().join(name);
    fill(&mut Store::open(&file("t.db")).unwrap(), 40);
    let mut other = Store::open(&file("other.db")).unwrap();
    fill(&mut other, 3);
    let log = fs::read(file("other.db-wal")).unwrap();
    assert!(log.len() > 4096, "the log of the other has pages");
    // As a command leaves it that was killed before it wrote a page: nothing, or the head alone; and one byte of a page.
    for (length, is_used) in [(0, true), (32, true), (33, false), (log.len(), false)] {
        let (copy, copied_log) = (file("copy.db"), file("copy.db-wal"));
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(file(&format!("copy.db{ending}")));
        }
        fs::copy(file("t.db"), &copy).unwrap();
        fs::write(&copied_log, &log[..length]).unwrap();
        match Store::open_existing(&copy) {
            Ok(store) => assert!(is_used && store.places().unwrap().len() == 40, "{length}"),
            Err(refused) => {
                assert!(!is_used && matches!(refused, StoreError::ForeignLog { .. }), "{length}: {refused}");
                assert_eq!(fs::read(&copied_log).unwrap(), log[..length], "it was left as it was");
            }
        }
    }
}

/// A command that is killed leaves its own log, with or without pages: both are used, and what was committed is there.
#[test]
fn the_log_that_a_killed_import_leaves_is_used_with_all_that_was_committed() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| dir.path().join(name);
    let mut store = Store::open(&file("t.db")).unwrap();
    fill(&mut store, 40);
    let (pages, log) = (fs::read(file("t.db")).unwrap(), fs::read(file("t.db-wal")).unwrap());
    drop(store);
    for (left, committed) in [(log.clone(), 40), ([log.as_slice(), &[0xa5; 900]].concat(), 40)] {
        // Into the same file, whose inode the tie names.
        let mut same = fs::OpenOptions::new().write(true).truncate(true).open(file("t.db")).unwrap();
        std::io::Write::write_all(&mut same, &pages).unwrap();
        drop(same);
        fs::write(file("t.db-wal"), &left).unwrap();
        let store = Store::open_existing(&file("t.db")).unwrap();
        assert_eq!(store.places().unwrap().len(), committed);
    }
}

/// What a killed process leaves is in the log, and the log is its own, also under another name.
#[test]
fn a_log_of_its_own_is_used() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| dir.path().join(name);
    let mut store = Store::open(&file("t.db")).unwrap();
    fill(&mut store, 40);
    for ending in ["", "-wal"] {
        fs::rename(file(&format!("t.db{ending}")), file(&format!("moved.db{ending}"))).unwrap();
    }
    drop(store);
    assert!(fs::metadata(file("moved.db-wal")).unwrap().len() > 0, "as it was left");
    let moved = Store::open_existing(&file("moved.db")).unwrap();
    assert_eq!(moved.places().unwrap().len(), 40);
    drop(moved);
    assert!(!file("moved.db-wal").exists(), "the last connection has moved it into the file");
}

#[test]
fn a_backup_made_while_others_write_is_whole_and_opens() {
    let dir = tempfile::tempdir().unwrap();
    let (path, copy) = (dir.path().join("t.db"), dir.path().join("backup.db"));
    fill(&mut Store::open(&path).unwrap(), 3000);
    let writer = {
        let path = path.clone();
        std::thread::spawn(move || {
            let mut store = Store::open(&path).unwrap();
            for _ in 0..10 {
                fill(&mut store, 100);
            }
        })
    };
    let mut last = None;
    for _ in 0..3 {
        store::backup(&path, &copy, &mut |p| last = Some(p)).unwrap();
    }
    writer.join().unwrap();
    let last = last.unwrap();
    assert!(last.total > 0 && last.done == last.total, "{last:?}");
    let places = Store::open(&copy).unwrap().places().unwrap().len();
    assert!(places >= 3000 && places.is_multiple_of(100), "{places}");
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".part")), "{left:?}");
}

#[test]
fn a_backup_never_takes_the_place_of_the_database_or_of_another_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    fill(&mut Store::open(&path).unwrap(), 5);
    let list = dir.path().join("list.xlsx");
    fs::write(&list, "PK and more").unwrap();
    let refusal = |to: &Path| store::backup(&path, to, &mut |_| {}).unwrap_err().to_string();
    assert!(refusal(&path).contains("the database itself"));
    assert!(refusal(&dir.path().join("./t.db-wal")).contains("the database itself"));
    assert!(refusal(&list).contains("no backup stands there"));
    assert!(refusal(dir.path()).contains("it is a folder"));
    assert!(refusal(&dir.path().join("no/such.db")).contains("does not exist"));
    assert_eq!(fs::read(&list).unwrap(), b"PK and more");
    let none = store::backup(&dir.path().join("none.db"), &dir.path().join("b.db"), &mut |_| {}).unwrap_err();
    assert!(matches!(none, StoreError::NotFound(_)), "{none}");
    assert_eq!(Store::open(&path).unwrap().places().unwrap().len(), 5);
}

#[cfg(unix)]
#[test]
fn a_backup_is_as_closed_to_others_as_the_database() {
    use std::os::unix::fs::PermissionsExt as _;

    let dir = tempfile::tempdir().unwrap();
    let (path, copy) = (dir.path().join("t.db"), dir.path().join("backup.db"));
    Store::open(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    store::backup(&path, &copy, &mut |_| {}).unwrap();
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
}
