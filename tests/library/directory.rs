//! Editions of the directory of link workers: what is written, what is kept, what is told, what is served.

use std::path::Path;

use chrono::{DateTime, Utc};
use tsunagari::editor::{EditionError, Editor, ListEdition, ReadFile};
use tsunagari::import::{Format, ImportedFile, ImportedSheet, ListProblem, ProblemKind};
use tsunagari::model::{Audience, CategoryTable, City, Layer, LinkWorker, Person, Position, ServedArea, Source, Town};
use tsunagari::store::{Edition, EditionFile, Store};

fn at() -> DateTime<Utc> {
    "2026-11-22T01:02:03Z".parse().unwrap()
}

fn worker(role: &str, name: &str, row: u32) -> LinkWorker {
    LinkWorker {
        layer: Some(Layer::Two),
        role: Some(role.to_owned()),
        person: Some(Person { name: name.to_owned(), public: false }),
        source: Source { file: "名簿.xlsx".to_owned(), row, ..Source::default() },
        ..LinkWorker::default()
    }
}

fn edition_of(list: &str, workers: Vec<LinkWorker>) -> ListEdition<LinkWorker> {
    let sheet = ImportedSheet { entries: workers, ..ImportedSheet::default() };
    let import = ImportedFile { format: Format::Xlsx, encoding: None, sheets: vec![sheet], refused: None };
    let file = ReadFile { file: "名簿.xlsx".to_owned(), blake3: "00".to_owned(), import };
    ListEdition { list: list.to_owned(), files: vec![file], by: "tanaka".to_owned(), at: at() }
}

fn edition(workers: Vec<LinkWorker>) -> ListEdition<LinkWorker> {
    edition_of("名簿", workers)
}

fn open(path: &Path) -> Editor {
    Editor::open(path, City::default(), CategoryTable::default()).unwrap()
}

fn names(path: &Path) -> Vec<String> {
    let stored = Store::open(path).unwrap().content().unwrap().link_workers;
    stored.iter().map(|worker| worker.name().unwrap().to_owned()).collect()
}

#[test]
fn an_entry_comes_back_as_it_was_stored() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("t.db")).unwrap();
    let town = Town { name: "八鹿町国木".to_owned(), centre: Position::new(134.767_123_456_789, 35.4).unwrap() };
    let full = LinkWorker {
        vacant: true,
        person_kana: Some("みほん".to_owned()),
        person_phones: vec!["090-0000-0000".to_owned()],
        person_address: Some("国木".to_owned()),
        office: Some("健康課".to_owned()),
        phone: Some("079-000-0000".to_owned()),
        fax: Some("079-000-0001".to_owned()),
        email: Some("a@example.jp".to_owned()),
        url: Some("https://example.jp/".to_owned()),
        address: Some("八鹿".to_owned()),
        hours: Some("平日".to_owned()),
        ask_for: Some("健康".to_owned()),
        note: Some("備考\n二行目".to_owned()),
        area: Some("国木・全域".to_owned()),
        serves: vec![
            ServedArea { written: "国木".to_owned(), whole: false, town: Some(town) },
            ServedArea { written: "全域".to_owned(), whole: true, town: None },
        ],
        audience: Audience::LinkWorkers,
        extra: [("生年".to_owned(), "S30".to_owned())].into(),
        ..worker("保健師", "見本 花子", 7)
    };
    let file = EditionFile { file: "名簿.xlsx".to_owned(), blake3: "00".to_owned() };
    let header = Edition { list: "名簿".to_owned(), files: vec![file], made_by: "tanaka".to_owned(), at: at() };
    let edit = store.edit().unwrap();
    edit.add_link_workers(&header, &[full.clone(), LinkWorker::default()]).unwrap();
    edit.commit().unwrap();
    assert_eq!(store.content().unwrap().link_workers, [full, LinkWorker::default()]);
}

#[test]
fn the_same_edition_twice_writes_nothing_and_a_later_one_takes_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let editor = open(&path);
    let first = || edition(vec![worker("民生委員", "見本 太郎", 4), worker("民生委員", "見本 次郎", 5)]);
    let report = editor.import_link_workers(first()).unwrap();
    assert_eq!((report.added.len(), report.removed.len(), report.unchanged), (2, 0, 0));
    let report = editor.import_link_workers(first()).unwrap();
    assert!(!report.changes_something() && report.unchanged == 2);
    assert_eq!(editor.directories().unwrap()[0].editions, 1, "nothing was written");

    let second = || edition(vec![worker("民生委員", "見本 次郎", 4), worker("民生委員", "見本 三郎", 5)]);
    let preview = editor.preview_link_workers(second()).unwrap();
    assert_eq!(names(&path), ["見本 太郎", "見本 次郎"], "a preview writes nothing");
    let report = editor.import_link_workers(second()).unwrap();
    assert_eq!(preview, report);
    assert_eq!(
        (&*report.added, &*report.removed),
        (&["民生委員 見本 三郎".to_owned()][..], &["民生委員 見本 太郎".to_owned()][..])
    );
    assert_eq!(names(&path), ["見本 次郎", "見本 三郎"]);
    let state = &editor.directories().unwrap()[0];
    assert_eq!((state.editions, state.entries), (2, 2), "the edition before is kept");
}

#[test]
fn lists_stand_beside_each_other_and_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let editor = open(&path);
    editor.import_link_workers(edition_of("2層", vec![worker("民生委員", "見本 太郎", 4)])).unwrap();
    let report = editor.import_link_workers(edition_of("1層", vec![worker("保健師", "見本 花子", 4)])).unwrap();
    assert_eq!(report.other_lists, ["2層"]);
    assert_eq!(names(&path), ["見本 花子", "見本 太郎"], "lists by name");
    assert!(editor.lists().unwrap().is_empty(), "they are no lists of places");
}

#[test]
fn an_edition_of_nobody_a_refused_file_and_a_list_without_a_name_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let editor = open(&path);
    assert!(matches!(editor.import_link_workers(edition(Vec::new())), Err(EditionError::NoLinkWorkers { .. })));
    editor.import_link_workers(edition(vec![worker("民生委員", "見本 太郎", 4)])).unwrap();
    let mut refused = edition(vec![worker("民生委員", "見本 次郎", 4)]);
    let mut second = refused.files[0].clone();
    second.import.refused = Some(ListProblem::new(0, None, ProblemKind::NotATable, &[]));
    refused.files.push(second);
    assert!(matches!(editor.import_link_workers(refused), Err(EditionError::Refused { .. })));
    assert!(matches!(editor.import_link_workers(edition(Vec::new())), Err(EditionError::NoLinkWorkers { .. })));
    assert!(matches!(editor.import_link_workers(edition_of(" ", vec![])), Err(EditionError::Unnamed)));
    assert_eq!(names(&path), ["見本 太郎"]);
}

#[test]
fn what_is_written_is_never_changed_or_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    open(&path).import_link_workers(edition(vec![worker("民生委員", "見本 太郎", 4)])).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    for statement in [
        "update link_worker set entry = '{}'",
        "delete from link_worker",
        "update link_worker_edition set list = 'x'",
        "delete from link_worker_edition",
        "update link_worker_file set file = 'x'",
        "delete from link_worker_file",
        "insert or replace into link_worker (edition_id, number, entry) values (1, 1, '{}')",
    ] {
        // `insert or replace` deletes first, which the trigger sees with recursive triggers on, as the program has them.
        db.execute_batch("pragma recursive_triggers = on;").unwrap();
        assert!(db.execute(statement, []).unwrap_err().to_string().contains("never"), "{statement}");
    }
    assert_eq!(names(&path), ["見本 太郎"]);
}

#[test]
fn a_server_sees_what_another_process_imports_and_the_public_sees_no_private_change() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let server = open(&path);
    let shared = server.shared_snapshots().unwrap();
    open(&path).import_link_workers(edition(vec![worker("民生委員", "見本 太郎", 4)])).unwrap();
    assert!(server.reload_if_changed().unwrap());
    let seen = shared.load(Audience::Public);
    assert_eq!((seen.link_workers.len(), seen.link_workers[0].worker.name()), (1, None));
    let (public, inner) = (seen.version.clone(), shared.load(Audience::LinkWorkers).version.clone());
    open(&path).import_link_workers(edition(vec![worker("民生委員", "見本 次郎", 4)])).unwrap();
    assert!(server.reload_if_changed().unwrap());
    assert_eq!(shared.load(Audience::Public).version, public);
    assert_ne!(shared.load(Audience::LinkWorkers).version, inner);
}

#[test]
fn a_database_from_before_the_directory_gets_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../../src/store/migrations/0001_init.sql")).unwrap();
    old.execute_batch("pragma application_id = 0x74736e67; pragma user_version = 1;").unwrap();
    let district = "insert into district (number, id, name, former_town, polygons, lon, lat) \
                    values (1, 'kita', '北', '北町', null, 134.7, 35.4)";
    old.execute_batch(district).unwrap();
    drop(old);
    // Districts of former versions keep their centre.
    let districts = open(&path).districts().unwrap();
    assert_eq!(districts.all()[0].centre, Position::new(134.7, 35.4).ok());
    assert_eq!((districts.all()[0].former_town.as_deref(), districts.all()[0].towns.len()), (Some("北町"), 0));
    open(&path).import_link_workers(edition(vec![worker("民生委員", "見本 太郎", 4)])).unwrap();
    assert_eq!(names(&path), ["見本 太郎"]);
}

/// As two processes do: each with snapshots of its own, on one file.
#[test]
fn another_server_on_the_same_file_notices_a_new_directory() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.db");
    let (here, there) = (open(&path), open(&path));
    let served = there.shared_snapshots().unwrap();
    assert!(served.load(Audience::LinkWorkers).link_workers.is_empty());
    here.import_link_workers(edition(vec![worker("民生委員", "見本 太郎", 4)])).unwrap();
    assert!(there.reload_if_changed().unwrap());
    assert_eq!(served.load(Audience::LinkWorkers).link_workers.len(), 1);
    here.import_link_workers(edition(vec![worker("民生委員", "見本 太郎", 4)])).unwrap();
    assert!(!there.reload_if_changed().unwrap(), "the same edition again changes nothing");
}
