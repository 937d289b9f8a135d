//! A workbook that comes home through the pages of a running server, read in a process of its own.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::accounts;
use crate::run::TestCity;
use crate::served::Served;
use crate::workbook::{self, Grid};

const SERVE: [&str; 2] = ["--internal-listen", "127.0.0.1:0"];

/// A city with a workbook that went out, and an editor.
fn city() -> TestCity {
    let city = workbook::city();
    accounts::add(&city, "yui", "editor");
    city
}

fn sign_in(served: &Served) -> String {
    accounts::sign_in(served, "yui", accounts::PASSWORD)
}

/// Sends a request of a script of the pages; status and body. Nothing of a server that is gone.
fn ask(
    served: &Served,
    cookie: &str,
    (method, path): (&str, &str),
    (media, body): (&str, &[u8]),
) -> Option<(u16, String)> {
    let host = served.internal_address();
    let head = format!(
        "{method} {path} HTTP/1.0\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\nAccept: application/json\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    stream.write_all(&[head.as_bytes(), body].concat()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}

fn upload(served: &Served, cookie: &str, bytes: &[u8]) -> (u16, Value) {
    let head = "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"edited.xlsx\"\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--limit--\r\n"].concat();
    let media = "multipart/form-data; boundary=limit";
    let (status, body) = ask(served, cookie, ("POST", "/edit/imports"), (media, &body)).unwrap();
    (status, serde_json::from_str(&body).unwrap())
}

fn get(served: &Served, cookie: &str, path: &str) -> Value {
    let (status, body) = ask(served, cookie, ("GET", path), ("application/json", b"")).unwrap();
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).unwrap()
}

fn edited(city: &TestCity, edit: impl FnOnce(&mut Grid)) -> Vec<u8> {
    workbook::edited(city, edit);
    std::fs::read(city.path("edited.xlsx")).unwrap()
}

#[test]
fn what_is_taken_in_the_browser_is_what_the_command_line_would_take() {
    let city = city();
    let bytes = edited(&city, |grid| {
        grid.cell("サロン1", "phone").replace_range(.., "079-662-0099");
        grid.cell("サロン2", "cost").replace_range(.., "無料");
    });
    let told = workbook::preview(&city, "edited.xlsx");
    let served = Served::start(&city, &SERVE);
    let cookie = sign_in(&served);
    let (status, uploaded) = upload(&served, &cookie, &bytes);
    assert_eq!(status, 201, "{uploaded}");
    let path = format!("/edit/imports/{}", uploaded["id"]);
    let shown = get(&served, &cookie, &path);
    for key in ["changed", "added", "gone", "undecided", "widened", "unchanged"] {
        assert_eq!(shown[key], told[key], "{key}");
    }
    let body = json!({ "state": shown["state"] }).to_string();
    let accept = ("POST", format!("{path}/accept"));
    let (status, _) = ask(&served, &cookie, (accept.0, &accept.1), ("application/json", body.as_bytes())).unwrap();
    assert_eq!(status, 200);
    assert!(served.ask("/places.geojson").contains("079-662-0099"), "it is on the map at once");
    assert_eq!(served.stop(), Some(0));
    assert!(workbook::is_nothing(&workbook::preview(&city, "edited.xlsx")));
    assert_eq!(city.run(&["verify-db"]).code, 0);
}

#[test]
fn a_file_that_takes_all_memory_costs_the_server_nothing() {
    let city = city();
    let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
    city.write("data/city.toml", format!("{settings}\n[limits]\nmemory_mb = 96\nrows = 1000000\n").as_bytes());
    let served = Served::start(&city, &SERVE);
    let cookie = sign_in(&served);
    let rows = ",朝の会,salon\n".repeat(300_000);
    let before = served.resident_megabytes();
    let (status, told) =
        upload(&served, &cookie, format!("id,name,category\n4k7m2p9qrs.12.x,夜の会,salon\n{rows}").as_bytes());
    assert_eq!((status, &told["code"]), (422, &json!("too_much")));
    let after = served.resident_megabytes();
    assert!(after < before + 96, "{before} MB, then {after} MB");
    assert!(served.ask("/healthz").contains("ok"));
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn killed_while_it_is_taken_a_workbook_is_stored_in_whole_or_not_at_all() {
    let city = city();
    let bytes = edited(&city, |grid| {
        for number in 1..=6 {
            grid.cell(&format!("サロン{number}"), "cost").replace_range(.., "無料");
        }
    });
    let served = Served::start(&city, &SERVE);
    let cookie = sign_in(&served);
    let (_, uploaded) = upload(&served, &cookie, &bytes);
    drop(served);
    let path = format!("/edit/imports/{}", uploaded["id"]);
    for patience in [0, 2, 5, 10, 20, 40, 80] {
        let served = Served::start(&city, &SERVE);
        let Some((200, shown)) = ask(&served, &cookie, ("GET", &path), ("application/json", b"")) else { break };
        let shown: Value = serde_json::from_str(&shown).unwrap();
        let killing = served.kill_after(Duration::from_millis(patience));
        let body = json!({ "state": shown["state"] }).to_string();
        let _ = ask(&served, &cookie, ("POST", &format!("{path}/accept")), ("application/json", body.as_bytes()));
        killing.join().unwrap();
        drop(served);
        let verified = city.run(&["verify-db"]);
        assert_eq!(verified.code, 0, "{verified:?}");
        let changed = workbook::preview(&city, "edited.xlsx")["changed"].as_array().unwrap().len();
        assert!(changed == 6 || changed == 0, "{changed} of 6 are left to take");
    }
}
