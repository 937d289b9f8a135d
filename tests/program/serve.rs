//! `tsunagari serve` as a process: the first start, imports by another process, and its end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::run::TestCity;

/// A running server; killed when a test fails.
pub struct Served {
    child: Child,
    address: String,
    /// The internal address, where one was requested.
    internal: Option<String>,
    /// Kept open: a server whose reader has gone must not notice, but that is another test.
    _out: BufReader<std::process::ChildStdout>,
}

impl Served {
    pub fn start(city: &TestCity, arguments: &[&str]) -> Self {
        let mut command = city.command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat());
        let mut child = command.stderr(std::fs::File::create(city.path("log")).unwrap()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut next_address = || {
            let mut line = String::new();
            while !line.contains("http://") {
                line.clear();
                assert!(
                    out.read_line(&mut line).unwrap() > 0,
                    "{}",
                    std::fs::read_to_string(city.path("log")).unwrap()
                );
            }
            line.split("http://").nth(1).unwrap().trim().trim_end_matches('/').to_owned()
        };
        let address = next_address();
        let internal = arguments.contains(&"--internal-listen").then(next_address);
        Self { child, address, internal, _out: out }
    }

    /// Status and body of the answer.
    pub fn answer(&self, path: &str) -> (u16, String) {
        exchange(&self.address, &format!("GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address)).unwrap()
    }

    /// Posts an unmet need to the internal address; `None` where no whole answer came.
    pub fn post_need(&self, body: &str) -> Option<u16> {
        let to = self.internal.as_deref().unwrap();
        let head = "Content-Type: application/json\r\nContent-Length";
        let request = format!("POST /unmet HTTP/1.0\r\nHost: {to}\r\n{head}: {}\r\n\r\n{body}", body.len());
        exchange(to, &request).map(|(status, _)| status)
    }

    /// Kills it after `patience`, from another thread: no destructor runs, nothing is flushed.
    pub fn kill_after(&self, patience: Duration) -> std::thread::JoinHandle<()> {
        let process = self.child.id().to_string();
        std::thread::spawn(move || {
            std::thread::sleep(patience);
            Command::new("kill").args(["-KILL", &process]).status().unwrap();
        })
    }

    /// The body of the answer, which must be 200.
    pub fn ask(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.split("\r\n").next().unwrap().contains(" 200"), "{path}: {answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// Asks for its end as `systemctl stop` does, and waits for it.
    pub fn stop(mut self) -> Option<i32> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

/// Sends a request and reads the whole answer: its status and its body.
fn exchange(address: &str, request: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let status = answer.split(' ').nth(1)?.parse().ok()?;
    Some((status, answer.split_once("\r\n\r\n")?.1.to_owned()))
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn sample() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/data")
}

#[test]
fn the_first_start_serves_the_sample_city_and_the_second_is_the_same() {
    let city = TestCity::new();
    let served = Served::start(&city, &["--data", sample()]);
    let first = served.ask("/places.geojson");
    let places: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert!(places["features"].as_array().unwrap().len() > 120);
    assert!(served.ask("/").contains("見本データ"));
    assert_eq!(served.stop(), Some(0));
    let served = Served::start(&city, &["--data", sample()]);
    assert_eq!(served.ask("/places.geojson"), first);
    let log = std::fs::read_to_string(city.path("log")).unwrap();
    assert!(!log.contains("panicked"), "{log}");
}

#[test]
fn without_the_sample_it_starts_empty_with_a_hint() {
    let city = TestCity::new();
    let served = Served::start(&city, &[]);
    let places: serde_json::Value = serde_json::from_str(&served.ask("/places.geojson")).unwrap();
    assert_eq!(places["features"].as_array().map(Vec::len), Some(0));
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn what_another_process_imports_is_served_within_two_seconds() {
    let city = TestCity::new();
    let served = Served::start(&city, &[]);
    city.write("list.csv", "名称,住所,緯度,経度,掲載可否\n囲碁サロン,養父市広谷,35.38,134.77,○\n".as_bytes());
    city.json(&["import", "places", "list.csv", "--json"], 0);
    let imported = Instant::now();
    while !served.ask("/places.geojson").contains("囲碁サロン") {
        assert!(imported.elapsed() < Duration::from_secs(2), "not served within two seconds");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(served.ask("/").contains("囲碁サロン"));
    assert_eq!(city.run(&["export"]).out, served.ask("/places.geojson"), "the same bytes");
    assert_eq!(city.run(&["backup", "copy.sqlite"]).code, 0, "while serving");
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn logs_hold_the_path_and_never_the_query() {
    let city = TestCity::new();
    let served = Served::start(&city, &["--log-format", "json"]);
    served.ask("/nearest?lon=134.7777&lat=35.3333");
    assert_eq!(served.stop(), Some(0));
    let log = std::fs::read_to_string(city.path("log")).unwrap();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(log.contains("/nearest") && !lines.is_empty(), "{log}");
    assert!(!log.contains("134.7777") && !log.contains("35.3333"), "{log}");
}

#[test]
fn an_address_in_use_is_said_and_ends_with_2() {
    let city = TestCity::new();
    let served = Served::start(&city, &[]);
    let other = TestCity::new().run(&["serve", "--listen", &served.address]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains(&served.address) && other.err.contains("--listen"), "{other:?}");
}

/// The option's and the setting's names of the first releases go on for one release.
#[test]
fn the_internal_address_answers_under_its_former_names_too() {
    let city = toml::from_str::<tsunagari::model::City>("staff_hosts = [\"tsunagari.office.example.jp\"]").unwrap();
    assert_eq!(city.internal_hosts, ["tsunagari.office.example.jp"]);
    let city = TestCity::new();
    let wrong = |option: &str| city.run(&["serve", option, "nowhere"]).err;
    assert!(wrong("--internal-listen").contains("nowhere") && wrong("--staff-listen").contains("nowhere"));
}
