//! What went wrong once when the running program was attacked, and must not again.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::config::Config;
use tsunagari::editor::Editor;
use tsunagari::http::{AppState, public_router};
use tsunagari::index::{SharedSnapshots, Snapshot, SnapshotInput};
use tsunagari::model::{Audience, District, DistrictId, Position};
use tsunagari::store::{Store, backup};

use crate::run::TestCity;

async fn get(address: &str, accept: &str) -> (HeaderMap, Bytes) {
    let everything = SnapshotInput { categories: Config::built_in().categories, ..SnapshotInput::default() };
    let app = AppState::new(Arc::new(SharedSnapshots::new(Snapshot::build_all(&everything))), Audience::Public);
    let request = Request::get(address).header("accept", accept).body(Body::empty()).unwrap();
    let (parts, body) = public_router(app).oneshot(request).await.unwrap().into_parts();
    (parts.headers, body.collect().await.unwrap().to_bytes())
}

#[tokio::test]
async fn an_address_full_of_codes_does_not_make_a_page_of_many_megabytes() {
    for name in ["category", "district"] {
        // Each code became a chip, and each chip a link that named all the others: 68 MB from 8 KB.
        let codes: Vec<String> = (0..2_000).map(|n| format!("{n:x}")).collect();
        let (_, body) = get(&format!("/?{name}={}", codes.join(",")), "text/html").await;
        assert!(body.len() < 1 << 20, "{name}: {} bytes", body.len());
        // A few long ones do the same; a letter of theirs is three bytes in a link.
        let codes: Vec<String> = (0..40).map(|n| format!("{n:0>190}")).collect();
        let (_, body) = get(&format!("/?{name}={}", codes.join(",")), "text/html").await;
        assert!(body.len() < 1 << 20, "{name}: {} bytes", body.len());
    }
}

#[tokio::test]
async fn a_page_that_is_missing_is_not_kept() {
    for address in ["/nowhere", "/places/zzzzzzzzzz"] {
        let (headers, _) = get(address, "text/html").await;
        assert_eq!(headers.get("cache-control").map(|value| value.to_str().unwrap()), Some("no-store"), "{address}");
    }
}

fn tsunagari(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tsunagari"));
    command.args(arguments).current_dir(folder).env_clear().env("LANG", "en_US.UTF-8");
    let output = command.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn an_export_never_takes_the_place_of_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    drop(database(&path("t.sqlite"), &["first"]));
    backup(&path("t.sqlite"), &path("copy.sqlite"), &mut |_| {}).unwrap();
    std::os::unix::fs::symlink("t.sqlite", path("link")).unwrap();
    for file in ["t.sqlite", "./t.sqlite", "link", "t.sqlite-wal", "t.sqlite-shm", "t.sqlite-journal", "copy.sqlite"] {
        let (code, said) = tsunagari(folder.path(), &["export", file, "--db", "t.sqlite"]);
        assert_eq!(code, 2, "{file}: {said}");
        assert!(said.contains(file) && said.contains("another name"), "{said}");
    }
    for name in ["t.sqlite", "copy.sqlite"] {
        let store = Store::open_existing(&path(name)).unwrap();
        store.check_integrity().unwrap();
        assert_eq!(store.districts().unwrap().len(), 1, "{name}");
    }
}

#[test]
fn a_backup_to_a_pipe_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (db, pipe) = (folder.path().join("t.sqlite"), folder.path().join("pipe"));
    drop(database(&db, &[]));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut child = Command::new(env!("CARGO_BIN_EXE_tsunagari"))
        .args([Path::new("backup"), &pipe, Path::new("--db"), &db])
        .spawn()
        .unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("it waits for somebody to read the pipe");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

/// A database with districts of these names, closed but for the editor.
fn database(path: &Path, districts: &[&str]) -> Editor {
    let editor = Editor::open(path, Config::built_in().city, Config::built_in().categories).unwrap();
    editor.set_districts(&districts.iter().map(|name| district(name)).collect::<Vec<_>>()).unwrap();
    editor
}

fn district(name: &str) -> District {
    District {
        id: DistrictId(name.to_owned()),
        name: name.to_owned(),
        kana: None,
        former_town: None,
        boundary: None,
        centre: Position::new(134.77, 35.4).ok(),
        ..District::default()
    }
}

fn served(snapshots: &SharedSnapshots) -> Vec<String> {
    snapshots.load(Audience::Public).districts.all().iter().map(|district| district.name.clone()).collect()
}

fn companions(db: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| PathBuf::from(format!("{}{ending}", db.display())))
}

#[test]
fn a_database_that_took_the_place_of_the_one_being_served_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("t.sqlite");
    let editor = database(&db, &["old"]);
    let snapshots = editor.shared_snapshots().unwrap();
    std::fs::remove_file(&db).unwrap();
    assert!(!companions(&db).iter().any(|file| file.exists()), "a server keeps no log between two uses");
    assert!(editor.reload_if_changed().is_err(), "nobody is told that the database has gone");
    assert_eq!(served(&snapshots), ["old"]);

    drop(database(&db, &["new"]));
    assert!(editor.reload_if_changed().unwrap());
    assert_eq!(served(&snapshots), ["new"]);
    assert!(!editor.reload_if_changed().unwrap());

    database(&db, &["newer"]);
    assert!(editor.reload_if_changed().unwrap());
    assert_eq!(served(&snapshots), ["newer"]);
    drop(editor);
    let kept = Store::open_existing(&db).unwrap();
    kept.check_integrity().unwrap();
    assert_eq!(kept.districts().unwrap()[0].name, "newer");
}

#[test]
fn a_restored_database_is_not_opened_with_the_log_of_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let (db, copy) = (folder.path().join("t.sqlite"), folder.path().join("copy.sqlite"));
    let editor = database(&db, &["old"]);
    let snapshots = editor.shared_snapshots().unwrap();
    let names: Vec<String> = (0..200).map(|n| format!("restored {n}")).collect();
    drop(database(&copy, &names.iter().map(String::as_str).collect::<Vec<_>>()));
    // As an import does that runs at that moment, or one that was killed.
    let importing = database(&db, &["half"]);
    let left = companions(&db).map(|file| std::fs::read(file).unwrap());
    drop(importing);
    std::fs::rename(&copy, &db).unwrap();
    std::fs::write(&companions(&db)[1], &left[1]).unwrap();
    let restored = std::fs::read(&db).unwrap();
    let refused = editor.reload_if_changed().unwrap_err().to_string();
    assert!(refused.contains("t.sqlite"), "{refused}");
    assert_eq!(served(&snapshots), ["old"]);
    assert!(std::fs::read(&db).unwrap() == restored, "the log was applied to the restored database: {refused}");
    // What docs/operations.md says to do.
    companions(&db)[1..].iter().for_each(|file| drop(std::fs::remove_file(file)));
    assert!(editor.reload_if_changed().unwrap());
    assert_eq!(served(&snapshots).len(), 200);
}

/// What a list says reaches the terminal of the person who reads it: escape sequences, a changed direction of writing.
#[test]
fn control_characters_of_a_list_never_reach_a_terminal() {
    let city = TestCity::new();
    let evil = "\u{1b}[31m\u{1b}]0;x\u{7}\u{202e}\u{9b}2J\u{200b}\u{2066}";
    let list =
        format!("名称,住所,掲載可否,電話{evil}\n囲碁{evil}会,養父市{evil},{evil},{evil}\n,養父市広谷,{evil}○,x\n");
    city.write("list.csv", list.as_bytes());
    let named = format!("{evil}.csv");
    city.write(&named, list.as_bytes());
    let unprintable = |c: char| c.is_control() && !"\n\t".contains(c) || "\u{202e}\u{200b}\u{2066}".contains(c);
    for arguments in [
        &["check", "list.csv"][..],
        &["check", "list.csv", "--json"],
        &["check", "list.csv", "--lang", "ja"],
        &["check", &named],
        &["check", &format!("missing{named}")],
        &["import", "places", "list.csv"],
        &["import", "places", &named],
        &["import", "places", "list.csv", "--json"],
        &["import", "link-workers", "list.csv"],
        &["schedule", &format!("毎週{evil}")],
        &["export", &format!("no/{named}")],
        &[&format!("no{evil}")],
        &["serve", "--listen", evil],
    ] {
        let ran = city.run(arguments);
        for printed in [&ran.out, &ran.err] {
            assert!(!printed.contains(unprintable), "{arguments:?}: {printed:?}");
        }
    }
}

/// A name and password in a link are a secret, and can show one host and lead to another.
#[test]
fn passwords_in_links_and_hidden_characters_are_not_imported() {
    let city = TestCity::new();
    let list = "名称,住所,掲載可否,ホームページ,備考\n\
        囲碁会,養父市広谷,○,https://kanri:himitsu@example.jp/a,資料 https://kanri:himitsu@example.jp/b を見る\n\
        将\u{202e}棋会,養父市広谷,○,https://city.example.jp@evil.example/\u{2066},\n";
    city.write("list.csv", list.as_bytes());
    city.run(&["import", "places", "list.csv"]);
    for audience in ["public", "link-workers", "staff"] {
        let export = city.run(&["export", "-", "--audience", audience]).out;
        assert!(export.contains("https://example.jp/a") && export.contains("https://evil.example/"), "{export}");
        assert!(export.contains("将棋会") && !export.contains(['\u{202e}', '\u{2066}']), "{export}");
        assert!(!export.contains("himitsu") && !export.contains("city.example.jp@"), "{export}");
    }
}
