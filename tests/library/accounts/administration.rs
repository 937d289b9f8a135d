//! Administrators' pages, and what they leave in the audit log.

use axum::http::{StatusCode, header};
use tsunagari::model::AccountRole;
use tsunagari::store::{DatabaseFault, verify};

use super::{ORIGIN, Office, PASSWORD};

#[tokio::test]
async fn an_administrator_adds_an_account_whose_person_sets_the_password() {
    let office = Office::new();
    let boss = office.sign_in(AccountRole::Administrator).await;
    let added = office.send("/admin/accounts", &boss, &[("name", "Ｈａｎａｋｏ"), ("role", "editor")]).await;
    assert_eq!(added.status, StatusCode::CREATED);
    assert!(added.body.contains(&format!("{ORIGIN}/welcome#")), "a link that can be sent as it is: {}", added.body);
    let code = added.body.split("/welcome#").nth(1).unwrap().split('<').next().unwrap();
    assert!(!office.open("/admin/accounts", &boss).await.body.contains(code), "it is shown once");
    for (fields, status) in [
        ([("name", "hanako"), ("role", "editor")], StatusCode::CONFLICT),
        ([("name", "a b"), ("role", "editor")], StatusCode::UNPROCESSABLE_ENTITY),
        ([("name", "taro"), ("role", "king")], StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(office.send("/admin/accounts", &boss, &fields).await.status, status, "{fields:?}");
    }
    let set = office.send("/welcome", "", &[("code", code), ("name", "hanako"), ("password", PASSWORD)]).await;
    assert_eq!(set.header(header::LOCATION), "/login");
    let hanako = office.send("/login", "", &[("name", "hanako"), ("password", PASSWORD)]).await.cookie();
    assert!(office.open("/account", &hanako).await.body.contains("hanako"));
}

#[tokio::test]
async fn a_role_a_reset_and_a_disabled_account_hold_from_the_next_request_on() {
    let office = Office::new();
    let boss = office.sign_in(AccountRole::Administrator).await;
    let editor = office.sign_in(AccountRole::Editor).await;
    assert_eq!(office.open("/admin/log", &editor).await.status, StatusCode::FORBIDDEN);
    let promoted = office.send("/admin/accounts/editor/role", &boss, &[("role", "administrator")]).await;
    assert_eq!((promoted.status, promoted.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/admin/accounts"));
    assert_eq!(office.open("/admin/log", &editor).await.status, StatusCode::OK);
    assert_eq!(office.send("/admin/accounts/administrator/disable", &editor, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(office.open("/account", &boss).await.status, StatusCode::UNAUTHORIZED);
    for (path, fields) in [("disable", &[][..]), ("role", &[("role", "editor")])] {
        let last = office.send(&format!("/admin/accounts/editor/{path}"), &editor, fields).await;
        assert_eq!(last.status, StatusCode::CONFLICT, "the last administrator stays");
    }
    let reset = office.send("/admin/accounts/administrator/reset", &editor, &[]).await;
    assert!(reset.status == StatusCode::CREATED && reset.body.contains(&format!("{ORIGIN}/welcome#")));
    for path in ["nobody", "%20", "a%2Fb"] {
        assert_eq!(
            office.send(&format!("/admin/accounts/{path}/reset"), &editor, &[]).await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn the_log_shows_what_was_done_and_the_chain_is_whole() {
    let office = Office::new();
    let boss = office.sign_in(AccountRole::Administrator).await;
    office.send("/login", "", &[("name", "editor"), ("password", "wrong")]).await;
    office.send("/login", "", &[("name", "hunter2 is my password"), ("password", "wrong")]).await;
    office.send("/admin/accounts/editor/role", &boss, &[("role", "link-worker")]).await;
    let log = office.open("/admin/log", &boss).await.body;
    for row in [
        "できることの変更</td><td>editor</td><td>role",
        "サインインの失敗</td><td>editor",
        "サインイン</td><td>administrator",
    ] {
        assert!(log.contains(row), "{row}: {log}");
    }
    assert!(!log.contains("hunter2"), "who mistakes the fields has not published a password");
    assert_eq!(office.open("/admin/log?before=2", &boss).await.body.matches("<tr>").count(), 2, "a heading and a row");
    assert_eq!(office.open("/admin/log?before=x", &boss).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(verify(&office.dir.path().join("t.sqlite")).unwrap(), []);
}

/// Changes the database as somebody would who wants to hide something: with the triggers taken away.
fn tamper(office: &Office, statements: &str) {
    let db = rusqlite::Connection::open(office.dir.path().join("t.sqlite")).unwrap();
    let triggers =
        "drop trigger audit_is_never_updated; drop trigger audit_is_never_deleted; drop trigger audit_has_no_gap;";
    db.execute_batch(&format!("{triggers} {statements}")).unwrap();
}

#[test]
fn a_row_of_the_log_that_was_changed_put_in_or_taken_away_is_named() {
    for (statements, rows) in [
        ("update audit set subject = 'editor' where id = 1", vec![1]),
        ("update audit set made_by = 'boss', at = at where id = 2", vec![2]),
        ("update audit set at = '2026-01-01T00:00:00Z' where id = 3", vec![3]),
        ("update audit set fields = '[]' where id = 2", vec![2]),
        ("delete from audit where id = 2", vec![2]),
        ("delete from audit where id = 1", vec![1]),
        ("delete from audit where id = 3", vec![3]),
        ("delete from audit", vec![1, 2, 3]),
        ("insert into audit select 4, at, made_by, action, subject, fields, hash from audit where id = 3", vec![4]),
    ] {
        let office = Office::new();
        tamper(&office, statements);
        let faults = verify(&office.dir.path().join("t.sqlite")).unwrap();
        let named: Vec<_> = rows.into_iter().map(|row| DatabaseFault::BrokenAudit { row }).collect();
        assert_eq!(faults, named, "{statements}");
    }
}

#[test]
fn the_log_is_only_ever_added_to() {
    let office = Office::new();
    let db = rusqlite::Connection::open(office.dir.path().join("t.sqlite")).unwrap();
    for statement in [
        "update audit set subject = ''",
        "delete from audit",
        "insert into audit select 9, at, made_by, action, subject, fields, hash from audit where id = 3",
        "insert or replace into audit select 1, at, made_by, action, subject, fields, hash from audit where id = 3",
        "delete from account",
    ] {
        assert!(db.execute_batch(statement).is_err(), "{statement}");
    }
}
