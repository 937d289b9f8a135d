//! Editions of lists, edits and snapshots: what is written, what is told, what is seen.

use std::path::Path;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;
use tsunagari::editor::{EditionError, Editor, ListEdition, ReadFile, ReportLog, SheetReport};
use tsunagari::import::{Format, ImportedFile, ImportedPlace, ImportedSheet, ListProblem, ProblemKind};
use tsunagari::model::{
    Area, Audience, Author, CategoryTable, City, District, DistrictId, Facts, Location, Place, Position, Precision,
    ReadingLimits, Source, Status, TownEntry, UnmetNeed,
};
use tsunagari::store::{Store, StoreError};

fn at() -> DateTime<Utc> {
    "2026-11-22T01:02:03Z".parse().unwrap()
}

fn new_editor() -> (TempDir, Editor) {
    let dir = tempfile::tempdir().unwrap();
    let editor = open(&dir.path().join("t.db"));
    (dir, editor)
}

fn open(path: &Path) -> Editor {
    Editor::open(path, City::default(), CategoryTable::default()).unwrap()
}

/// A sheet of rows `name | address | cost`, from row 2 on.
fn sheet(name: Option<&str>, file: &str, rows: &[&str]) -> ImportedSheet<ImportedPlace> {
    let place = |(row, text): (u32, &&str)| {
        let cells: Vec<&str> = text.split('|').map(str::trim).collect();
        let some = |i: usize| cells.get(i).filter(|c| !c.is_empty()).map(|c| (*c).to_owned());
        let facts = Facts { name: cells[0].into(), address: some(1), cost: some(2), ..Facts::default() };
        let source = Source { file: file.into(), sheet: name.map(Into::into), row, ..Source::default() };
        ImportedPlace { source, facts, verification: None }
    };
    ImportedSheet {
        sheet: name.map(Into::into),
        heading_row: 1,
        entries: (2..).zip(rows).map(place).collect(),
        ..ImportedSheet::default()
    }
}

fn file(name: &str, sheets: Vec<ImportedSheet<ImportedPlace>>) -> ReadFile<ImportedPlace> {
    let import = ImportedFile { format: Format::Csv, encoding: None, sheets, refused: None };
    ReadFile { file: name.into(), blake3: "00".into(), import }
}

fn edition(rows: &[&str]) -> ListEdition<ImportedPlace> {
    edition_of(vec![file("a.csv", vec![sheet(None, "a.csv", rows)])])
}

fn edition_of(files: Vec<ReadFile<ImportedPlace>>) -> ListEdition<ImportedPlace> {
    ListEdition { list: "通いの場".into(), files, by: "tanaka".into(), at: at() }
}

fn import(editor: &Editor, edition: ListEdition<ImportedPlace>) -> Vec<SheetReport> {
    editor.import_places(edition, &mut |_, _| {}).unwrap()
}

fn names(report: &[SheetReport], key: &str) -> Vec<String> {
    let lines = serde_json::to_value(report).unwrap();
    let lines = lines.as_array().unwrap().iter().flat_map(|line| line[key].as_array().unwrap().clone());
    lines.map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

/// `added`, `changed`, `unchanged`, `gone`.
fn counts(report: &[SheetReport]) -> [usize; 4] {
    let sum = |f: fn(&SheetReport) -> usize| report.iter().map(f).sum();
    [sum(|r| r.added.len()), sum(|r| r.changed.len()), sum(|r| r.unchanged as usize), sum(|r| r.gone.len())]
}

fn place(editor: &Editor, name: &str) -> Place {
    let places = editor.snapshot_input().unwrap().places;
    places.into_iter().find(|p| p.facts.name == name).unwrap()
}

fn revisions(editor: &Editor) -> usize {
    let places = editor.snapshot_input().unwrap().places;
    places.iter().map(|p| editor.history(&p.id).unwrap().len()).sum()
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let (_dir, editor) = new_editor();
    let rows = ["囲碁 | 関宮1", "囲碁 | 関宮1", "将棋 | 関宮1", "茶道"];
    assert_eq!(counts(&import(&editor, edition(&rows))), [4, 0, 0, 0]);
    let before = editor.snapshot_input().unwrap().places;
    assert_eq!(counts(&import(&editor, edition(&rows))), [0, 0, 4, 0]);
    assert_eq!(
        counts(&import(&editor, edition(&["茶道", "囲碁 | 関宮1", "将棋 | 関宮1", "囲碁 | 関宮1"]))),
        [0, 0, 4, 0]
    );
    assert_eq!((editor.snapshot_input().unwrap().places, revisions(&editor)), (before, 4));
}

#[test]
fn the_report_is_a_line_a_sheet_in_the_shape_that_is_promised() {
    let (_dir, editor) = new_editor();
    import(&editor, edition(&["囲碁 | 関宮1", "将棋 | 関宮2", "茶道 | 関宮3"]));
    let [go, shogi] = ["囲碁", "将棋"].map(|name| place(&editor, name).id);
    let mut newer = sheet(None, "a.csv", &["囲碁 | 関宮1 | 100円", "茶道 | 関宮3", "手芸 | 大谷9"]);
    newer.problems.push(ListProblem::new(9, None, ProblemKind::MissingName, &[]));
    newer.problems.push(ListProblem::new(2, None, ProblemKind::MissingCoordinates, &[]));
    let report = import(&editor, edition_of(vec![file("a.csv", vec![newer])]));
    let knitting = place(&editor, "手芸").id;
    let expected = json!([{
        "file": "a.csv", "sheet": null,
        "added": [{"id": knitting, "name": "手芸"}],
        "changed": [{"id": go, "name": "囲碁", "fields": ["cost"]}],
        "unchanged": 1,
        "gone": [{"id": shogi, "name": "将棋"}],
        "rejected": [{"row": 9, "kind": "missing_name"}],
    }]);
    assert_eq!(serde_json::to_value(&report).unwrap(), expected);
}

#[test]
fn a_place_that_the_list_says_to_have_ended_is_named_and_so_is_one_that_then_leaves_the_list() {
    let (_dir, editor) = new_editor();
    let ended = |names: &[&str]| {
        let mut edition = edition(&["囲碁 | 関宮1", "将棋 | 関宮2", "茶道 | 関宮3"]);
        for entry in
            edition.files.iter_mut().flat_map(|file| &mut file.import.sheets).flat_map(|sheet| &mut sheet.entries)
        {
            if names.contains(&entry.facts.name.as_str()) {
                entry.facts.status = Status::Closed;
            }
        }
        edition
    };
    let told = |report: &[SheetReport]| {
        let names = |places: &[tsunagari::editor::NamedPlace]| places.iter().map(|place| place.name.clone()).collect();
        let gone: Vec<String> = report[0].gone.iter().map(|place| format!("{} {}", place.name, place.ended)).collect();
        (names(&report[0].closed), gone)
    };
    let (none, go, shogi): (Vec<String>, _, _) = (vec![], vec!["囲碁".to_owned()], vec!["将棋".to_owned()]);
    assert_eq!(told(&import(&editor, ended(&["囲碁"]))), (go, none.clone()));
    assert_eq!(told(&import(&editor, ended(&["囲碁", "将棋"]))), (shogi, none.clone()));
    let without_go = edition(&["将棋 | 関宮2", "茶道 | 関宮3"]);
    assert_eq!(told(&import(&editor, without_go.clone())), (none.clone(), vec!["囲碁 true".to_owned()]));
    assert_eq!(told(&import(&editor, without_go)), (none.clone(), none), "once is enough");
}

#[test]
fn a_preview_tells_the_same_and_writes_nothing() {
    let (_dir, editor) = new_editor();
    import(&editor, edition(&["囲碁 | 関宮1", "将棋 | 関宮2"]));
    let before = editor.snapshot_input().unwrap().places;
    let newer = edition(&["囲碁 | 関宮1 | 100円", "手芸 | 大谷9"]);
    let preview = editor.preview_places(newer.clone()).unwrap();
    assert_eq!(preview[0].added[0].id, None);
    assert_eq!(editor.snapshot_input().unwrap().places, before);
    let mut done = serde_json::to_value(import(&editor, newer)).unwrap();
    done[0]["added"][0]["id"] = Value::Null;
    assert_eq!(done, serde_json::to_value(&preview).unwrap());
}

#[test]
fn a_place_that_is_gone_stays_and_is_told_until_it_is_closed_or_comes_back() {
    let (_dir, editor) = new_editor();
    let all = ["囲碁 | 関宮1", "将棋 | 関宮2"];
    import(&editor, edition(&all));
    for _ in 0..2 {
        let report = import(&editor, edition(&all[..1]));
        assert_eq!((counts(&report), names(&report, "gone")), ([0, 0, 1, 1], vec!["将棋".to_owned()]));
    }
    assert_eq!(editor.lists().unwrap()[0].absent, 1);
    assert_eq!((editor.snapshot_input().unwrap().places.len(), revisions(&editor)), (2, 2));

    let mut shogi = place(&editor, "将棋");
    shogi.facts.status = Status::Closed;
    editor.revise(shogi, 1, "suzuki", at()).unwrap();
    assert_eq!(counts(&import(&editor, edition(&all[..1]))), [0, 0, 1, 0]);

    let back = import(&editor, edition(&all));
    assert_eq!(counts(&back), [0, 1, 1, 0]);
    assert_eq!(back[0].changed[0].change.conflicts, ["status"]);
    assert_eq!(place(&editor, "将棋").facts.status, Status::Closed);
    assert_eq!(counts(&import(&editor, edition(&all))), [0, 0, 2, 0]);
    assert_eq!(editor.lists().unwrap()[0].absent, 0);
}

#[test]
fn an_edit_survives_newer_editions_and_a_conflict_is_told_once() {
    let (_dir, editor) = new_editor();
    import(&editor, edition(&["囲碁 | 関宮1 | 無料"]));
    let mut go = place(&editor, "囲碁");
    go.facts.cost = Some("50円".into());
    go.facts.note = Some("要予約".into());
    assert_eq!(editor.revise(go.clone(), 1, "suzuki", at()).unwrap(), 2);

    assert_eq!(counts(&import(&editor, edition(&["囲碁 | 関宮1 | 無料"]))), [0, 0, 1, 0]);
    let report = import(&editor, edition(&["囲碁 | 関宮1 | 100円"]));
    assert_eq!(report[0].changed[0].change.conflicts, ["cost"]);
    assert_eq!(place(&editor, "囲碁").facts, go.facts);
    assert_eq!(counts(&import(&editor, edition(&["囲碁 | 関宮1 | 100円"]))), [0, 0, 1, 0]);

    let history = editor.history(&go.id).unwrap();
    let authors: Vec<_> = history.iter().map(|r| r.author.clone()).collect();
    assert_eq!(authors, [Author::Import, Author::Person("suzuki".into()), Author::Import]);
    let stale = editor.revise(go, 1, "tanaka", at()).unwrap_err();
    assert!(matches!(stale, StoreError::Conflict { expected: 1, current: 3, .. }), "{stale}");
}

#[test]
fn a_workbook_is_one_list_whatever_sheet_a_row_stands_on() {
    let (_dir, editor) = new_editor();
    let book = |first: &[&str], second: &[&str]| {
        edition_of(vec![file(
            "b.xlsx",
            vec![sheet(Some("八鹿"), "b.xlsx", first), sheet(Some("関宮"), "b.xlsx", second)],
        )])
    };
    import(&editor, book(&["囲碁 | 八鹿1", "将棋 | 八鹿2"], &["茶道 | 関宮3", "手芸 | 関宮4"]));
    let report = import(&editor, book(&["囲碁 | 八鹿1"], &["将棋 | 八鹿2", "手芸 | 関宮4"]));
    assert_eq!(counts(&report), [0, 0, 3, 1]);
    assert_eq!((report[0].gone.len(), report[1].gone.len()), (0, 1));
    assert_eq!((report[0].unchanged, report[1].unchanged), (1, 2));
}

#[test]
fn lists_are_judged_apart() {
    let (_dir, editor) = new_editor();
    import(&editor, edition(&["囲碁 | 関宮1"]));
    let other = ListEdition { list: "農業".into(), ..edition(&["囲碁 | 関宮1"]) };
    assert_eq!(counts(&import(&editor, other)), [1, 0, 0, 0]);
    assert_eq!(counts(&import(&editor, edition(&["囲碁 | 関宮1"]))), [0, 0, 1, 0]);
    assert_eq!(editor.snapshot_input().unwrap().places.len(), 2);
}

#[test]
fn an_empty_or_refused_edition_does_not_end_the_whole_list() {
    let (_dir, editor) = new_editor();
    import(&editor, edition(&["囲碁 | 関宮1"]));
    let empty = editor.import_places(edition(&[]), &mut |_, _| {}).unwrap_err();
    assert!(matches!(empty, EditionError::Empty { had: 1, .. }), "{empty}");
    let mut refused = file("b.csv", Vec::new());
    refused.import.refused = Some(ListProblem::new(0, None, ProblemKind::NotATable, &[]));
    let both = edition_of(vec![file("a.csv", vec![sheet(None, "a.csv", &["将棋 | 関宮2"])]), refused]);
    let refused = editor.import_places(both, &mut |_, _| {}).unwrap_err();
    assert!(refused.to_string().contains("b.csv"), "{refused}");
    assert_eq!((editor.snapshot_input().unwrap().places.len(), editor.lists().unwrap()[0].absent), (1, 0));
}

#[test]
fn a_new_gazetteer_places_what_has_no_position_and_the_next_edition_agrees() {
    let (_dir, editor) = new_editor();
    import(&editor, edition(&["囲碁 | 関宮1", "将棋 | 大谷2", "茶道"]));
    let mut shogi = place(&editor, "将棋");
    let by_hand = Location { position: Position::new(134.61, 35.41).unwrap(), precision: Precision::Door };
    shogi.facts.site = Some(by_hand);
    editor.revise(shogi, 1, "suzuki", at()).unwrap();

    let centre = Position::new(134.6, 35.4).unwrap();
    let locate = |facts: &mut Facts| {
        if facts.address.is_some() {
            facts.site = Some(Location { position: centre, precision: Precision::Town });
        }
    };
    let town = TownEntry {
        prefecture: None,
        city: None,
        city_code: None,
        town: "関宮".into(),
        kana: None,
        small_area: None,
        position: centre,
    };
    assert_eq!(editor.set_towns(std::slice::from_ref(&town), at(), &locate).unwrap(), 1);
    assert_eq!(editor.towns().unwrap(), std::slice::from_ref(&town));
    assert_eq!(place(&editor, "囲碁").facts.site.unwrap().position, centre);
    assert_eq!(place(&editor, "将棋").facts.site, Some(by_hand));
    assert_eq!(place(&editor, "茶道").facts.site, None);
    assert_eq!(editor.set_towns(&[town], at(), &locate).unwrap(), 0);

    let mut again = edition(&["囲碁 | 関宮1", "将棋 | 大谷2", "茶道"]);
    again.files[0].import.sheets[0].entries.iter_mut().for_each(|p| locate(&mut p.facts));
    assert_eq!(counts(&import(&editor, again)), [0, 0, 3, 0]);
    assert_eq!(place(&editor, "将棋").facts.site, Some(by_hand));
}

#[test]
fn who_serves_sees_every_change_and_those_of_other_processes_when_asked() {
    let (dir, editor) = new_editor();
    let served = editor.shared_snapshots().unwrap();
    let seen = |audience| served.load(audience).places.len();
    assert_eq!(seen(Audience::Staff), 0);
    import(&editor, edition(&["囲碁 | 関宮1"]));
    assert_eq!(seen(Audience::Public), 1);
    assert!(!editor.reload_if_changed().unwrap());

    let other = open(&dir.path().join("t.db"));
    import(&other, edition(&["囲碁 | 関宮1", "将棋 | 関宮2"]));
    assert_eq!(seen(Audience::Staff), 1);
    assert!(editor.reload_if_changed().unwrap());
    assert_eq!((seen(Audience::Public), seen(Audience::LinkWorkers), seen(Audience::Staff)), (2, 2, 2));
    assert!(!editor.reload_if_changed().unwrap());

    let before = served.load(Audience::Public);
    import(&other, edition(&["囲碁 | 関宮1", "将棋 | 関宮2"]));
    assert!(!editor.reload_if_changed().unwrap());
    assert_eq!(served.load(Audience::Public).version, before.version);

    let centre = Position::new(134.6, 35.4).unwrap();
    let district = District {
        id: DistrictId("y".into()),
        name: "関宮".into(),
        kana: None,
        former_town: None,
        boundary: None,
        centre: Some(centre),
        ..District::default()
    };
    editor.set_districts(&[district]).unwrap();
    assert_eq!(served.load(Audience::Public).districts.all().len(), 1);
}

/// Where a person may start and how 大字 are read comes from the gazetteer, so that a server must notice a new one.
#[test]
fn who_serves_sees_a_gazetteer_that_another_process_imported() {
    let (dir, editor) = new_editor();
    let served = editor.shared_snapshots().unwrap();
    let version = served.load(Audience::Public).version.clone();
    let other = open(&dir.path().join("t.db"));
    let town = TownEntry {
        prefecture: None,
        city: None,
        city_code: None,
        town: "関宮".into(),
        kana: Some("せきのみや".into()),
        small_area: None,
        position: Position::new(134.6, 35.4).unwrap(),
    };
    for towns in [vec![town], Vec::new()] {
        other.set_towns(&towns, at(), &|_| ()).unwrap();
        assert!(editor.reload_if_changed().unwrap());
        assert_eq!(served.load(Audience::LinkWorkers).towns.as_ref(), towns);
        let is_drawn = !towns.is_empty();
        assert_eq!(served.load(Audience::Public).version != version, is_drawn, "the map names what the gazetteer has");
    }
}

fn unmet() -> UnmetNeed {
    let month = "2026-11".parse().unwrap();
    let reason = tsunagari::model::unmet_need::UnmetReason::Full;
    UnmetNeed { month, district: None, interests: vec!["囲碁".into()], travel: Vec::new(), reason }
}

/// As two processes do: each with snapshots of its own, on one file.
#[test]
fn an_unmet_need_rebuilds_no_snapshot_here_nor_in_another_server() {
    let (dir, here) = new_editor();
    import(&here, edition(&["囲碁 | 関宮1"]));
    let path = dir.path().join("t.db");
    let there = open(&path);
    let served = [here.shared_snapshots().unwrap(), there.shared_snapshots().unwrap()];
    let snapshots = || served.each_ref().map(|served| Audience::ALL.map(|audience| served.load(audience)));
    let before = snapshots();
    let log = ReportLog::new(&path);
    for number in 1..=4 {
        log.add_need(&unmet(), None).unwrap();
        assert_eq!(log.needs().unwrap().len(), number);
        assert!(!here.reload_if_changed().unwrap() && !there.reload_if_changed().unwrap());
    }
    let same = |a: &[_; 3], b: &[_; 3]| a.iter().zip(b).all(|(a, b)| std::sync::Arc::ptr_eq(a, b));
    assert!(before.iter().zip(&snapshots()).all(|(a, b)| same(a, b)));
    import(&here, edition(&["囲碁 | 関宮1", "将棋 | 関宮2"]));
    log.add_need(&unmet(), None).unwrap();
    assert!(there.reload_if_changed().unwrap(), "an import is still noticed");
    assert_eq!(served[1].load(Audience::Public).places.len(), 2);
}

#[test]
fn an_unmet_need_does_not_wait_for_a_long_import_and_is_then_not_stored_later() {
    let (dir, _editor) = new_editor();
    let path = dir.path().join("t.db");
    let log = ReportLog::with_timeout(&path, std::time::Duration::from_millis(100));
    log.add_need(&unmet(), None).unwrap();
    let mut importing = Store::open(&path).unwrap();
    let edit = importing.edit().unwrap();
    let started = std::time::Instant::now();
    let refused = log.add_need(&unmet(), None).unwrap_err();
    assert!(matches!(refused, StoreError::Locked(_)), "{refused}");
    assert!(started.elapsed() < std::time::Duration::from_secs(3));
    assert_eq!(log.needs().unwrap().len(), 1, "reading never waits");
    edit.commit().unwrap();
    log.add_need(&unmet(), None).unwrap();
    assert_eq!(log.needs().unwrap().len(), 2);
}

#[test]
fn the_log_of_unmet_needs_follows_a_database_that_was_restored() {
    let (dir, _editor) = new_editor();
    let path = dir.path().join("t.db");
    let log = ReportLog::new(&path);
    log.add_need(&unmet(), None).unwrap();
    let copy = dir.path().join("copy.db");
    tsunagari::store::backup(&path, &copy, &mut |_| {}).unwrap();
    log.add_need(&unmet(), None).unwrap();
    for suffix in ["", "-wal", "-shm"] {
        std::fs::remove_file(dir.path().join(format!("t.db{suffix}"))).unwrap();
    }
    assert!(matches!(log.add_need(&unmet(), None).unwrap_err(), StoreError::NotFound(_)));
    std::fs::rename(&copy, &path).unwrap();
    log.add_need(&unmet(), None).unwrap();
    assert_eq!(log.needs().unwrap().len(), 2);
}

#[test]
fn a_backup_is_made_while_the_editor_is_in_use() {
    let (dir, editor) = new_editor();
    let served = editor.shared_snapshots().unwrap();
    import(&editor, edition(&["囲碁 | 関宮1"]));
    editor.set_boundary(&Area::new(geo::MultiPolygon::new(Vec::new()))).unwrap();
    editor.set_meta("columns:x", "loaded").unwrap();
    let copy = dir.path().join("copy.db");
    editor.backup(&copy, &mut |_| {}).unwrap();
    let copy = Store::open_existing(&copy).unwrap();
    assert_eq!((copy.places().unwrap().len(), copy.meta("columns:x").unwrap()), (1, Some("loaded".into())));
    assert_eq!(served.load(Audience::Staff).places.len(), 1);
}

#[test]
fn two_imports_of_one_list_at_the_same_time_do_not_double_it() {
    let (dir, _editor) = new_editor();
    let rows: Vec<String> = (0..200).map(|n| format!("サロン{n} | 関宮{n}")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| import(&open(&dir.path().join("t.db")), edition(&rows)));
        }
    });
    assert_eq!(open(&dir.path().join("t.db")).snapshot_input().unwrap().places.len(), 200);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever editions come and whatever is edited in between: no row is lost, no place is doubled, and every edit stands.
    #[test]
    fn no_row_and_no_edit_is_ever_lost(
        editions in prop::collection::vec(prop::collection::btree_map(0..8_u8, "[ab]?", 1..8), 1..6),
        edited in prop::collection::vec(0..8_u8, 0..6),
    ) {
        let (_dir, editor) = new_editor();
        let mut edits = std::collections::BTreeMap::new();
        for (n, rows) in editions.iter().enumerate() {
            let lines: Vec<String> = rows.iter().map(|(k, cost)| format!("グループ{k} | 関宮{k} | {cost}")).collect();
            import(&editor, edition(&lines.iter().map(String::as_str).collect::<Vec<_>>()));
            let known = editor.snapshot_input().unwrap().places;
            for k in rows.keys() {
                let name = format!("グループ{k}");
                prop_assert_eq!(known.iter().filter(|p| p.facts.name == name).count(), 1);
            }
            if let Some(mut place) = edited.get(n).and_then(|k| known.into_iter().find(|p| p.facts.name == format!("グループ{k}"))) {
                place.facts.note = Some(format!("編集{n}"));
                let last = editor.history(&place.id).unwrap().len();
                editor.revise(place.clone(), u32::try_from(last).unwrap(), "suzuki", at()).unwrap();
                edits.insert(place.id, place.facts.note);
            }
            for place in editor.snapshot_input().unwrap().places {
                prop_assert_eq!(&place.facts.note, edits.get(&place.id).unwrap_or(&None));
            }
        }
    }
}

#[test]
fn an_edition_of_more_values_than_the_city_allows_is_refused_and_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let limits = ReadingLimits { values: 3, ..ReadingLimits::default() };
    let city = City { limits, ..City::default() };
    let editor = Editor::open(&dir.path().join("t.db"), city, CategoryTable::default()).unwrap();
    let with_tags = |name: &str, tags: usize| {
        let mut sheet = sheet(None, "a.csv", &[name]);
        sheet.entries[0].facts.tags = (0..tags).map(|n| format!("語{n}")).collect();
        edition_of(vec![file("a.csv", vec![sheet])])
    };
    import(&editor, with_tags("囲碁", 2));
    for refused in [with_tags("将棋", 3), edition(&["甲", "乙", "丙", "丁"])] {
        for result in [editor.preview_places(refused.clone()), editor.import_places(refused, &mut |_, _| {})] {
            let error = result.unwrap_err();
            assert!(matches!(error, EditionError::TooManyValues { values: 4, limit: 3, .. }), "{error}");
        }
    }
    let stored = editor.snapshot_input().unwrap();
    let names: Vec<&str> = stored.places.iter().map(|place| place.facts.name.as_str()).collect();
    assert_eq!(names, ["囲碁"], "the edition before stays");
}
