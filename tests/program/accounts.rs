//! Accounts as a city keeps them: the first start, the command line beside a running server, a restart, and `verify-db`.

use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::run::{Ran, TestCity};
use crate::served::Served;

pub const PASSWORD: &str = "trout lantern nineteen";
const OTHER: &str = "gravel teapot orchard";

/// A city whose link workers need accounts.
fn closed_city() -> TestCity {
    let city = TestCity::new();
    let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
    let closed = settings.replace("link_workers_need_account = false", "");
    assert_ne!(closed, settings);
    city.write("data/city.toml", closed.as_bytes());
    city
}

/// Runs a command with a first line of standard input.
fn run_with_input(city: &TestCity, arguments: &[&str], input: &str) -> Ran {
    let mut child = city.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    // A command that is refused before it reads closes its end.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Ran::new(child.wait_with_output().unwrap())
}

/// Adds an account whose password is that of these tests.
pub fn add(city: &TestCity, account: &str, role: &str) {
    let added = run_with_input(city, &["user", "add", account, "--role", role, "--password-stdin"], PASSWORD);
    assert_eq!(added.code, 0, "{added:?}");
}

/// Signs in; the cookie, empty where that was refused.
pub fn sign_in(served: &Served, account: &str, password: &str) -> String {
    let password = password.replace(' ', "+");
    let answer = served.send_form("/login", "", &format!("name={account}&password={password}"));
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    cookie.map_or(String::new(), |it| it.split(';').next().unwrap().to_owned())
}

/// Waits until `is_so`, at most the two seconds in which a server follows.
fn within_two_seconds(is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(2), "the server has not followed");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn the_first_start_prints_a_link_with_which_the_first_administrator_is_made_once() {
    let city = closed_city();
    let mut served = Served::start(&city, &["--log-format", "json", "--internal-listen", "127.0.0.1:0"]);
    let line = served.next_line();
    let code = line.trim().rsplit_once("/setup#").unwrap().1.to_owned();
    assert!(code.len() * 5 >= 128 && line.contains(served.internal_address()), "{line}");
    assert_eq!(served.status("/find", ""), 401);
    let set = |code: &str, name: &str| {
        served.send_form("/setup", "", &format!("code={code}&name={name}&password={}", PASSWORD.replace(' ', "+")))
    };
    assert!(set("wrong", "boss").contains(" 401 "));
    assert!(set(&code, "boss").contains(" 303 "));
    assert!(set(&code, "other").contains(" 401 "), "once");
    let cookie = sign_in(&served, "boss", PASSWORD);
    assert_eq!((served.status("/find", &cookie), served.status("/admin/accounts", &cookie)), (200, 200));
    assert_eq!(served.stop(), Some(0));
    let served = Served::start(&city, &["--log-format", "json", "--internal-listen", "127.0.0.1:0"]);
    assert_eq!(served.status("/admin/accounts", &cookie), 200, "a session outlives a restart");
    let answer = served.send_form("/logout", &cookie, "");
    assert!(answer.contains(" 303 "), "{answer}");
    assert_eq!(served.status("/find", &cookie), 401);
    let token = cookie.split('=').nth(1).unwrap();
    let written = ["log", "tsunagari.sqlite", "tsunagari.sqlite-wal"]
        .map(|file| std::fs::read(city.path(file)).unwrap_or_default());
    for secret in [PASSWORD, &code, token] {
        let holds = |bytes: &Vec<u8>| bytes.windows(secret.len()).any(|it| it == secret.as_bytes());
        assert!(!written.iter().any(holds), "{secret}");
    }
    let log = String::from_utf8(written[0].clone()).unwrap();
    assert!(!log.contains("boss") && !log.contains("open to"), "{log}");
    let list = city.json(&["user", "list", "--json"], 0);
    assert_eq!((list.len(), &list[0]["name"], &list[0]["role"]), (1, &"boss".into(), &"administrator".into()));
}

#[test]
fn a_running_server_follows_the_command_line_within_two_seconds() {
    let city = closed_city();
    add(&city, "boss", "administrator");
    let served = Served::start(&city, &["--internal-listen", "127.0.0.1:0"]);
    let boss = sign_in(&served, "boss", PASSWORD);
    assert_eq!(served.status("/admin/log", &boss), 200);
    let added = city.run(&["user", "add", "Hanako", "--role", "editor"]);
    let code = added.out.trim().rsplit_once("/welcome#").unwrap().1.to_owned();
    let welcome = format!("code={code}&name=hanako&password={}", OTHER.replace(' ', "+"));
    within_two_seconds(|| served.send_form("/welcome", "", &welcome).contains(" 303 "));
    let hanako = sign_in(&served, "hanako", OTHER);
    assert_eq!((served.status("/find", &hanako), served.status("/admin/log", &hanako)), (200, 403));
    assert_eq!(city.run(&["user", "disable", "hanako"]).code, 0);
    within_two_seconds(|| served.status("/find", &hanako) == 401);
    assert_eq!(sign_in(&served, "hanako", OTHER), "");
    let reset = run_with_input(&city, &["user", "reset", "hanako", "--password-stdin"], &format!("{PASSWORD}\r\n"));
    assert_eq!(reset.code, 0, "{reset:?}");
    // Not tried again and again: that would be throttled.
    std::thread::sleep(Duration::from_secs(2));
    assert_ne!(sign_in(&served, "hanako", PASSWORD), "");
    let state = &city.json(&["user", "list", "--json"], 0)[1];
    assert_eq!(
        (&state["name"], &state["disabled"], &state["password_set"]),
        (&"hanako".into(), &false.into(), &true.into())
    );
}

#[test]
fn what_cannot_be_is_refused_by_name_and_exits_2() {
    let city = closed_city();
    assert_eq!(city.run(&["user", "list"]).code, 2, "there is no database yet");
    add(&city, "boss", "administrator");
    for (arguments, said) in [
        (&["user", "add", "boss", "--role", "editor"][..], "already"),
        (&["user", "add", "a b", "--role", "editor"], "64"),
        (&["user", "add", "x", "--role", "king"], "king"),
        (&["user", "add", "x"], "--role"),
        (&["user", "reset", "nobody"], "nobody"),
        (&["user", "disable", "nobody"], "nobody"),
        (&["user", "disable", "boss"], "last administrator"),
    ] {
        let ran = city.run(arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(said) && ran.out.is_empty(), "{ran:?}");
    }
    for (password, said) in [("short", "12"), ("password1234", "guessed"), ("", "12"), (&"x y".repeat(50), "128")] {
        let ran = run_with_input(&city, &["user", "add", "x", "--role", "editor", "--password-stdin"], password);
        assert!(ran.code == 2 && ran.err.contains(said), "{ran:?}");
        assert!(password.is_empty() || !ran.err.contains(password), "{ran:?}");
    }
    assert_eq!(city.json(&["user", "list", "--json"], 0).len(), 1);
}

#[test]
fn serve_warns_of_settings_that_open_the_internal_address() {
    let city = TestCity::new();
    let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
    city.write("data/city.toml", settings.replace("# allow_plain_http = false", "allow_plain_http = true").as_bytes());
    let served = Served::start(&city, &["--internal-listen", "127.0.0.1:0"]);
    assert_eq!(
        (served.status("/find", ""), served.status("/account", "")),
        (200, 401),
        "today's pages, and only those"
    );
    drop(served);
    let log = std::fs::read_to_string(city.path("log")).unwrap();
    assert!(log.contains("link_workers_need_account") && log.contains("allow_plain_http"), "{log}");
    let wrong = settings.replace("# trusted_proxies = [\"127.0.0.1\"]", "trusted_proxies = [\"127.0.0.1\", \"proxy\"]");
    city.write("data/city.toml", wrong.as_bytes());
    let ran = city.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(ran.code == 2 && ran.err.contains("proxy"), "{ran:?}");
}

#[test]
fn verify_db_names_the_row_that_is_wrong() {
    let city = closed_city();
    assert_eq!(city.run(&["verify-db"]).code, 2, "there is none");
    let list =
        city.write("list.csv", "名前,住所,種別\n囲碁の会,養父市八鹿町,サロン\n茶の間,養父市大屋町,サロン\n".as_bytes());
    assert_eq!(city.run(&["import", "places", list.to_str().unwrap()]).code, 0);
    add(&city, "boss", "administrator");
    let staff = city.run(&["export", "csv", "staff.csv", "--audience", "staff"]);
    assert_eq!(staff.code, 0, "{staff:?}");
    assert_eq!(city.run(&["export", "csv", "public.csv"]).code, 0);
    let fine = city.run(&["verify-db"]);
    assert_eq!((fine.code, fine.err.as_str()), (0, ""), "{fine:?}");
    let path = city.path("tsunagari.sqlite");
    let logged = rusqlite::Connection::open(&path).unwrap();
    let mut query = logged.prepare("select action || ' ' || subject from audit order by id").unwrap();
    let rows: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows, ["imported list", "account-added boss", "exported csv staff"]);
    drop(query);
    let whole = std::fs::read(&path).unwrap();
    drop(logged);
    for (statements, said) in [
        ("drop trigger audit_is_never_updated; update audit set made_by = 'x' where id = 2", "row 2"),
        ("drop trigger audit_is_never_deleted; delete from audit where id = 3", "row 3"),
        ("drop trigger revision_is_never_updated; update revision set number = 2 where rowid = 1", "revision 1"),
        ("drop trigger revision_is_never_deleted; delete from revision where rowid = 2", "revision 1"),
        (
            "pragma foreign_keys = off; insert into login_session values (zeroblob(32), 'nobody', '', '')",
            "login_session",
        ),
    ] {
        std::fs::write(&path, &whole).unwrap();
        rusqlite::Connection::open(&path).unwrap().execute_batch(statements).unwrap();
        let ran = city.run(&["verify-db"]);
        assert!(ran.code == 1 && ran.out.contains(said), "{statements}: {ran:?}");
        assert_eq!(ran.out.lines().count(), 1, "{ran:?}");
    }
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 4096].fill(0xa5);
    std::fs::write(&path, &damaged).unwrap();
    let ran = city.run(&["verify-db"]);
    assert!(ran.code == 1 && ran.out.contains("damaged"), "{ran:?}");
    std::fs::write(&path, "no database").unwrap();
    assert_eq!(city.run(&["verify-db"]).code, 2);
}

/// A note, not a list, is removed with the sample.
#[test]
fn accounts_outlive_the_removal_of_the_sample() {
    let city = TestCity::new();
    let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
    city.write("data/city.toml", settings.replace("sample = false", "sample = true").as_bytes());
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let data = sample.to_str().unwrap();
    drop(Served::start(&city, &["--data", data]));
    add(&city, "boss", "administrator");
    let removed = city.run(&["sample", "remove", "--data", data]);
    assert_eq!(removed.code, 0, "{removed:?}");
    assert_eq!(city.json(&["user", "list", "--json"], 0).len(), 1);
    assert_eq!(city.run(&["verify-db"]).code, 0, "the audit log is whole");
}
