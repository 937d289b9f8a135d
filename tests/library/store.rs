//! The database: history that cannot be rewritten, whole transactions, files that are not ours, backups while in use.

use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use geo::{LineString, MultiPolygon, Polygon};
use tsunagari::model::unmet_need::{NeedKey, StoredNeed, UnmetReason};
use tsunagari::model::{
    Area, Author, District, DistrictId, Facts, Location, Place, PlaceId, Position, Precision, Revision, Source,
    TownEntry, TravelMode, UnmetNeed, Verification,
};
use tsunagari::store::{self, Edition, EditionFile, Store, StoreError};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn facts(name: &str) -> Facts {
    let position = Position::new(134.767_123_456_789, 35.405_000_000_000_1).unwrap();
    let site = Some(Location { position, precision: Precision::Door });
    Facts { name: name.into(), site, ..Facts::default() }
}

fn revision(id: &PlaceId, number: u32, name: &str) -> Revision {
    let source = Source { list: "通いの場".into(), file: "kayoi.xlsx".into(), row: 4, ..Source::default() };
    Revision {
        number,
        place: Place { id: id.clone(), facts: facts(name), source, verification: None },
        base: Some(facts(name)),
        author: Author::Import,
        at: at("2026-11-22T01:02:03Z"),
    }
}

fn edition(list: &str) -> Edition {
    let file = EditionFile { file: "kayoi.xlsx".into(), blake3: "00".into() };
    Edition { list: list.into(), files: vec![file], made_by: "tanaka".into(), at: at("2026-11-22T01:02:03Z") }
}

/// Adds `count` places as one edition.
fn fill(store: &mut Store, count: usize) -> Vec<PlaceId> {
    let mut edit = store.edit().unwrap();
    edit.begin_edition(&edition("通いの場")).unwrap();
    let mut ids = Vec::new();
    for n in 0..count {
        let id = edit.new_place_id().unwrap();
        edit.append(&revision(&id, 1, &format!("サロン{n}"))).unwrap();
        ids.push(id);
    }
    edit.commit().unwrap();
    ids
}

#[test]
fn what_is_stored_comes_back_to_the_last_digit() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("t.db")).unwrap();
    let verification = Verification {
        on: NaiveDate::from_ymd_opt(2026, 4, 1).unwrap(),
        by: Some("田中".into()),
        how: None,
        accepts_new: Some(true),
    };
    let edit = store.edit().unwrap();
    let id = edit.new_place_id().unwrap();
    let mut first = revision(&id, 1, "いきいきサロン");
    first.place.verification = Some(verification);
    first.place.source.list_id = Some("A-7".into());
    let mut second = revision(&id, 2, "いきいきサロン八鹿");
    second.author = Author::Person("suzuki".into());
    second.base = Some(first.place.facts.clone());
    let mut third = revision(&id, 3, "ひとりで作った所");
    third.base = None;
    for r in [&first, &second, &third] {
        edit.append(r).unwrap();
    }
    edit.commit().unwrap();
    assert_eq!(store.history(&id).unwrap(), [first, second, third.clone()]);
    assert_eq!(store.places().unwrap(), [third.place.clone()]);
    let listed = store.places_of("通いの場").unwrap();
    assert_eq!((listed.len(), &listed[0].revision, listed[0].absent), (1, &third, false));
}

#[test]
fn the_history_cannot_be_rewritten_even_past_the_program() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    fill(&mut Store::open(&path).unwrap(), 3);
    let db = rusqlite::Connection::open(&path).unwrap();
    let columns = "place_id, number, facts, list, file, row, at";
    for sql in [
        "update revision set facts = '{}'".to_owned(),
        "delete from revision".to_owned(),
        "delete from place".to_owned(),
        "update edition set made_by = 'nobody'".to_owned(),
        "delete from edition".to_owned(),
        format!("insert or replace into revision ({columns}) select {columns} from revision"),
        format!("insert into revision ({columns}) select place_id, 7, facts, list, file, row, at from revision"),
    ] {
        let refused = db.execute_batch(&sql).unwrap_err().to_string();
        assert!(refused.contains("never") || refused.contains("follows the last"), "{sql}: {refused}");
    }
    assert_eq!(Store::open(&path).unwrap().places().unwrap().len(), 3);
}

#[test]
fn of_two_writers_who_read_the_same_revision_the_second_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("t.db")).unwrap();
    let id = fill(&mut store, 1).remove(0);
    let edit = store.edit().unwrap();
    edit.append(&revision(&id, 2, "一人目")).unwrap();
    let refused = edit.append(&revision(&id, 2, "二人目")).unwrap_err();
    assert!(matches!(refused, StoreError::Conflict { expected: 1, current: 2, .. }), "{refused}");
    edit.commit().unwrap();
    assert_eq!(store.places().unwrap()[0].facts.name, "一人目");
}

#[test]
fn a_transaction_that_is_not_committed_leaves_no_trace() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("t.db")).unwrap();
    {
        let mut edit = store.edit().unwrap();
        edit.begin_edition(&edition("通いの場")).unwrap();
        let id = edit.new_place_id().unwrap();
        edit.append(&revision(&id, 1, "消える")).unwrap();
        edit.set_meta("columns:x", "loaded").unwrap();
    }
    assert!(store.places().unwrap().is_empty());
    assert!(store.lists().unwrap().is_empty());
    assert_eq!(store.meta("columns:x").unwrap(), None);
}

#[test]
fn a_place_that_its_list_no_longer_has_stays_and_is_marked() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("t.db")).unwrap();
    let ids = fill(&mut store, 2);
    let mut edit = store.edit().unwrap();
    edit.begin_edition(&edition("通いの場")).unwrap();
    edit.mark_absent(&ids[0]).unwrap();
    edit.commit().unwrap();
    assert_eq!(store.places().unwrap().len(), 2);
    let lists = store.lists().unwrap();
    assert_eq!((lists[0].name.as_str(), lists[0].places, lists[0].absent), ("通いの場", 2, 1));

    let edit = store.edit().unwrap();
    edit.mark_present(&ids[0]).unwrap();
    edit.commit().unwrap();
    assert_eq!(store.lists().unwrap()[0].absent, 0);
}

#[test]
fn identities_are_ten_digits_that_cannot_be_mistaken_for_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("t.db")).unwrap();
    let mut ids = fill(&mut store, 500);
    for id in &ids {
        assert!(id.0.len() == 10 && id.0.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase()), "{}", id.0);
        assert!(!id.0.contains(['i', 'l', 'o', 'u']), "{}", id.0);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 500);
}

#[test]
fn districts_outline_and_gazetteer_come_back_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("t.db")).unwrap();
    let ring = |x: f64| LineString::from(vec![(x, 0.1), (x + 1.0, 0.1), (x + 1.0, 1.3), (x, 0.1)]);
    let area = Area::new(MultiPolygon::new(vec![
        Polygon::new(ring(134.1), vec![ring(134.2), ring(134.3)]),
        Polygon::new(ring(136.7), Vec::new()),
    ]));
    let centre = Position::new(134.5, 35.3).unwrap();
    let district = |id: &str, boundary| District {
        id: DistrictId(id.into()),
        name: format!("{id}地区"),
        kana: Some("ちく".into()),
        former_town: Some("八鹿町".into()),
        boundary,
        centre: Some(centre),
        ..District::default()
    };
    let districts = vec![district("z", Some(area.clone())), district("a", None)];
    let town = |small: Option<&str>| TownEntry {
        prefecture: Some("兵庫県".into()),
        city: None,
        city_code: Some("28222".into()),
        town: "八鹿町八鹿".into(),
        kana: Some("ようかちょうようか".into()),
        small_area: small.map(Into::into),
        position: centre,
    };
    let towns = vec![town(None), town(Some("下町"))];
    for _ in 0..2 {
        let edit = store.edit().unwrap();
        edit.replace_districts(&districts).unwrap();
        edit.replace_boundary(&area).unwrap();
        edit.replace_towns(&towns).unwrap();
        edit.commit().unwrap();
    }
    assert_eq!(store.districts().unwrap(), districts);
    assert_eq!(store.boundary().unwrap(), Some(area));
    assert_eq!(store.towns().unwrap(), towns);
    assert_eq!(store.content().unwrap().districts, districts);
}

#[test]
fn every_change_moves_the_content_version_and_reading_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let (mut ours, mut others) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let before = ours.content_version().unwrap();
    assert_eq!(ours.content_version().unwrap(), before);
    fill(&mut ours, 1);
    let after = ours.content_version().unwrap();
    assert_ne!(after, before);
    fill(&mut others, 1);
    assert_ne!(ours.content_version().unwrap(), after);
}

#[test]
fn readers_see_whole_imports_while_another_connection_writes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let reader = Store::open(&path).unwrap();
    let writer = {
        let path = path.clone();
        std::thread::spawn(move || {
            let mut store = Store::open(&path).unwrap();
            for _ in 0..20 {
                fill(&mut store, 50);
            }
        })
    };
    while !writer.is_finished() {
        assert!(reader.content().unwrap().places.len().is_multiple_of(50));
    }
    writer.join().unwrap();
    assert_eq!(reader.places().unwrap().len(), 1000);
}

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
fn a_need_with_the_same_key_is_stored_once_also_by_many_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let store = Store::open(&path).unwrap();
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                let store = Store::open_existing(&path).unwrap();
                store.add_unmet_once(&need("yoka", UnmetReason::Full, &[]), NeedKey([7; 8])).unwrap();
            });
        }
    });
    assert_eq!(store.unmet().unwrap().len(), 1);
    store.add_unmet_once(&need("yoka", UnmetReason::Full, &[]), NeedKey([8; 8])).unwrap();
    store.add_unmet_once(&need("yoka", UnmetReason::Declined, &[]), NeedKey([7; 8])).unwrap();
    store.add_unmet_once(&need("", UnmetReason::Full, &[]), NeedKey([7; 8])).unwrap();
    for _ in 0..2 {
        store.add_unmet(&need("yoka", UnmetReason::Full, &[])).unwrap();
    }
    assert_eq!(
        store.unmet().unwrap().len(),
        6,
        "another key, reason or district is another need, and none is always one"
    );
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

fn need(district: &str, reason: UnmetReason, interests: &[&str]) -> UnmetNeed {
    UnmetNeed {
        month: "2026-11".parse().unwrap(),
        district: (!district.is_empty()).then(|| DistrictId(district.to_owned())),
        interests: interests.iter().map(|it| (*it).to_owned()).collect(),
        travel: vec![TravelMode::Walk, TravelMode::PickUp],
        reason,
    }
}

#[test]
fn an_unmet_need_comes_back_in_its_batch_of_three() {
    let dir = tempfile::tempdir().unwrap();
    let (ours, theirs) =
        (Store::open(&dir.path().join("t.db")).unwrap(), Store::open(&dir.path().join("t.db")).unwrap());
    let mut stored = Vec::new();
    for round in 0..7 {
        for (district, reason) in
            [("yoka", UnmetReason::NoRide), ("", UnmetReason::NoRide), ("yoka", UnmetReason::Declined)]
        {
            let unmet = need(district, reason, &["囲碁", "「\"'\\;--"]);
            let store = if round % 2 == 0 { &ours } else { &theirs };
            store.add_unmet(&unmet).unwrap();
            stored.push(StoredNeed { unmet, batch: round / 3 });
        }
    }
    let mut read = ours.unmet().unwrap();
    read.sort();
    stored.sort();
    assert_eq!(read, stored);
}

#[test]
fn unmet_needs_are_never_changed_or_deleted_and_have_no_place_in_time() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let store = Store::open(&path).unwrap();
    for _ in 0..4 {
        store.add_unmet(&need("yoka", UnmetReason::Full, &["囲碁"])).unwrap();
    }
    let raw = rusqlite::Connection::open(&path).unwrap();
    for (statement, refused) in [
        ("update unmet set month = '2020-01'", "never updated"),
        ("delete from unmet", "never deleted"),
        (
            "insert or replace into unmet select district, reason, 0, random, month, interests, travel from unmet where batch = 0",
            "",
        ),
        ("insert into unmet values ('yoka', 'full', 0, randomblob(8), '2026-11', '[]', '[]')", "batch has three"),
        ("insert into unmet values ('x', 'full', 0, randomblob(8), '2026-11-22', '[]', '[]')", "CHECK"),
        ("insert into unmet values ('x', 'other', 0, randomblob(8), '2026-11', '[]', '[]')", "CHECK"),
        ("select rowid from unmet", "no such column"),
    ] {
        let error = raw.execute_batch(statement).unwrap_err().to_string();
        assert!(error.contains(refused), "{statement}: {error}");
    }
    let columns = "select group_concat(name) from pragma_table_info('unmet')";
    let columns: String = raw.query_row(columns, [], |row| row.get(0)).unwrap();
    assert_eq!(columns, "district,reason,batch,random,month,interests,travel");
}

#[test]
fn an_unmet_need_moves_nothing_that_snapshots_are_made_of() {
    let dir = tempfile::tempdir().unwrap();
    let (mut ours, theirs) =
        (Store::open(&dir.path().join("t.db")).unwrap(), Store::open(&dir.path().join("t.db")).unwrap());
    let mut seen = vec![theirs.content_version().unwrap()];
    ours.add_unmet(&need("yoka", UnmetReason::Full, &[])).unwrap();
    assert_eq!(seen[0], theirs.content_version().unwrap());
    fill(&mut ours, 1);
    seen.push(theirs.content_version().unwrap());
    let centre = Position::new(134.7, 35.4).unwrap();
    let district = |name: &str| District {
        id: DistrictId("a".into()),
        name: name.into(),
        former_town: None,
        kana: None,
        boundary: None,
        centre: Some(centre),
        ..District::default()
    };
    for districts in [vec![district("a")], vec![district("b")], vec![]] {
        let edit = ours.edit().unwrap();
        edit.replace_districts(&districts).unwrap();
        edit.commit().unwrap();
        seen.push(theirs.content_version().unwrap());
    }
    for (at, version) in seen.iter().enumerate() {
        assert!(!seen[at + 1..].contains(version), "{seen:?}");
    }
}

/// A database as the version before migration `newest` + 1 left it.
fn database_of(path: &Path, newest: usize) -> rusqlite::Connection {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
    let mut steps: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    steps.sort();
    assert!(steps.len() > newest, "{steps:?}");
    let db = rusqlite::Connection::open(path).unwrap();
    for step in &steps[..newest] {
        db.execute_batch(&fs::read_to_string(step).unwrap()).unwrap();
    }
    db.execute_batch(&format!("pragma application_id = 0x74736e67; pragma user_version = {newest};")).unwrap();
    db
}

#[test]
fn districts_of_the_version_before_keep_outline_reading_and_sketch_and_new_ones_need_no_centre() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let old = database_of(&path, 6);
    let square = "[[[[134.0,35.0],[134.1,35.0],[134.1,35.1],[134.0,35.0]]]]";
    for (number, polygons, kana, sketch) in
        [(1, Some(square), Some("きた"), 1), (2, Some(square), None, 0), (3, None, None, 0)]
    {
        old.execute(
            "insert into district (number, id, name, former_town, polygons, lon, lat, kana, sketch) values (?1, ?2, ?2, '北町', ?3, 134.7, 35.4, ?4, ?5)",
            (number, format!("d{number}"), polygons, kana, sketch),
        )
        .unwrap();
    }
    old.execute("insert into meta (key, value) values ('districts_from', 'file')", []).unwrap();
    assert!(
        old.execute("update district set lon = null", []).is_err(),
        "that version knew no district without a centre"
    );
    drop(old);
    assert!(!store::is_up_to_date(&path));

    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.meta("districts_from").unwrap().as_deref(), Some("file"));
    let districts = store.districts().unwrap();
    let seen: Vec<_> = districts
        .iter()
        .map(|it| (it.name.as_str(), it.kana.as_deref(), it.boundary.as_ref().map(Area::is_sketch), it.towns.len()))
        .collect();
    assert_eq!(seen, [("d1", Some("きた"), Some(true), 0), ("d2", None, Some(false), 0), ("d3", None, None, 0)]);
    assert!(districts.iter().all(|it| it.centre == Position::new(134.7, 35.4).ok() && it.former_town.is_some()));

    // What the new version is for; and that snapshots notice it, since the triggers went with the old table.
    let before = store.content_version().unwrap();
    let bare =
        District {
            id: DistrictId("e".into()), name: "東".into(), towns: vec!["国木".into()], ..District::default()
        };
    let edit = store.edit().unwrap();
    edit.replace_districts(std::slice::from_ref(&bare)).unwrap();
    edit.commit().unwrap();
    assert_eq!(store.districts().unwrap(), [bare]);
    assert_ne!(store.content_version().unwrap(), before);
    drop(store);
    assert!(store::is_up_to_date(&path));
}
