//! The database: history that cannot be rewritten, whole transactions, needs; `files` what happens to the file.

mod files;

use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use geo::{LineString, MultiPolygon, Polygon};
use tsunagari::model::ReportKey;
use tsunagari::model::unmet_need::{StoredNeed, UnmetReason};
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
fn a_need_with_the_same_key_is_stored_once_also_by_many_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let store = Store::open(&path).unwrap();
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                let store = Store::open_existing(&path).unwrap();
                store.add_unmet(&need("yoka", UnmetReason::Full, &[]), Some(ReportKey([7; 8]))).unwrap();
            });
        }
    });
    assert_eq!(store.unmet().unwrap().len(), 1);
    store.add_unmet(&need("yoka", UnmetReason::Full, &[]), Some(ReportKey([8; 8]))).unwrap();
    store.add_unmet(&need("yoka", UnmetReason::Declined, &[]), Some(ReportKey([7; 8]))).unwrap();
    store.add_unmet(&need("", UnmetReason::Full, &[]), Some(ReportKey([7; 8]))).unwrap();
    for _ in 0..2 {
        store.add_unmet(&need("yoka", UnmetReason::Full, &[]), None).unwrap();
    }
    assert_eq!(
        store.unmet().unwrap().len(),
        6,
        "another key, reason or district is another need, and none is always one"
    );
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
            store.add_unmet(&unmet, None).unwrap();
            stored.push(StoredNeed { report: unmet, batch: round / 3 });
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
        store.add_unmet(&need("yoka", UnmetReason::Full, &["囲碁"]), None).unwrap();
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
    ours.add_unmet(&need("yoka", UnmetReason::Full, &[]), None).unwrap();
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
