//! Nothing of a person is left behind: the real program, asked in good ways and bad, with every log switched on; then every
//! byte that it wrote anywhere is searched for what it was asked.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use tempfile::TempDir;

/// What only a wish of this test says. The terms that are stored on purpose are not among them.
const WORDS: [&str; 6] =
    ["ひみつの願い人", "碁盤屋の隣の赤い家", "kakushigoto-4711", "養父市広谷字架空九十九番地", "泣き虫", "六十四歳男"];
/// Positions as they are sent, and their digits.
const POSITION: [&str; 2] = ["134.7654321", "35.3987654"];

/// A server with both addresses; killed when a test fails.
struct Served {
    child: Child,
    addresses: [String; 2],
    folder: TempDir,
}

impl Served {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        copy_folder(&data, &folder.path().join("data"));
        let out = folder.path().join("out");
        let listen = ["serve", "--listen", "127.0.0.1:0", "--internal-listen", "127.0.0.1:0", "--log-format", "json"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsunagari"));
        command.args(listen).current_dir(folder.path()).env_clear().env("RUST_LOG", "trace");
        let (stdout, stderr) = (File::create(&out).unwrap(), File::create(folder.path().join("err")).unwrap());
        let child = command.stdout(stdout).stderr(stderr).spawn().unwrap();
        let mut served = Self { child, addresses: Default::default(), folder };
        served.addresses = served.wait_for_addresses(&out);
        served
    }

    fn wait_for_addresses(&mut self, out: &Path) -> [String; 2] {
        for _ in 0..600 {
            let lines = BufReader::new(File::open(out).unwrap()).lines().map(Result::unwrap);
            let addresses = lines.filter_map(|line| Some(line.split_once("http://")?.1.split('/').next()?.to_owned()));
            // Behind them may stand the one at which the first administrator is made.
            if let [public, inner, ..] = addresses.collect::<Vec<_>>().as_slice() {
                return [public.clone(), inner.clone()];
            }
            assert_eq!(self.child.try_wait().unwrap(), None, "it ended");
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("no addresses within a minute");
    }

    /// Sends a request as it is; the status line of the answer, or nothing where the line is cut.
    fn send(&self, address: usize, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.addresses[address]).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        if holds(&request[..40], b" /unmet") || holds(&request[..40], b" /results") {
            let repeated = WORDS.iter().chain(&POSITION).find(|word| answer.contains(**word));
            assert_eq!(repeated, None, "an answer repeats what was asked: {answer}");
        }
        answer.lines().next().unwrap_or_default().to_owned()
    }

    /// Sends the beginning of a request and hangs up.
    fn break_off(&self, request: &[u8]) {
        let mut stream = TcpStream::connect(&self.addresses[1]).unwrap();
        stream.write_all(request).unwrap();
        std::thread::sleep(Duration::from_millis(200));
    }

    fn post(&self, path: &str, headers: &str, body: &str) -> String {
        self.ask(("POST", path), headers, body)
    }

    fn ask(&self, (method, path): (&str, &str), headers: &str, body: &str) -> String {
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.addresses[1]) };
        let media = if headers.contains("Content-Type:") { "" } else { "Content-Type: application/json\r\n" };
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nConnection: close\r\n{host}{media}{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        self.send(1, request.as_bytes())
    }

    fn stop(&mut self) {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copy_folder(&path, &copy) } else { fs::copy(path, copy).map(drop).unwrap() }
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() { files(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

/// A word as it may have been written down.
fn guises(word: &str) -> Vec<Vec<u8>> {
    let each = |write: &dyn Fn(u8) -> String| word.bytes().map(write).collect::<Vec<_>>().concat();
    let escaped = word.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat();
    let texts = [
        word.to_owned(),
        each(&|byte| format!("%{byte:02X}")),
        each(&|byte| format!("%{byte:02x}")),
        each(&|byte| format!("\\x{byte:02x}")),
        escaped.to_uppercase().replace("\\U", "\\u"),
        escaped,
    ];
    let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode(word);
    let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    texts.into_iter().map(String::into_bytes).chain([shift_jis.into_owned(), utf16]).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The wishes, good and bad, in every way in which they can come.
fn ask_everything(served: &Served) {
    let [who, house, code, home, trait_, age] = WORDS;
    let [lon, lat] = POSITION;
    let good = format!(
        r#"{{"from":{{"position":[{lon},{lat}]}},"travel":["bicycle"],"likes":["囲碁","{who}","{code}"],"avoid":["{trait_}"],"can_give":["{house}"]}}"#
    );
    assert!(served.post("/find", "", &good).contains(" 200 "));
    let bad_wishes = [
        format!(r#"{{"from":{{"town":"{home}"}}}}"#),
        format!(r#"{{"from":{{"district":"{home}"}},"likes":["{who}"]}}"#),
        format!(r#"{{"{code}":"{who}"}}"#),
        format!(r#"{{"gender":"{age}","likes":["{who}"]}}"#),
        format!(r#"{{"likes":["{who}", {lon}, {lat}]}}"#),
        format!(r#"{{"from":{{"position":[{lat},{lon},"{code}"]}}}}"#),
        format!("{{\"likes\":[\"{who}\" {lon}"),
        who.to_owned(),
        format!(r#"{{"likes":["{}"]}}"#, who.repeat(20_000)),
    ];
    for body in &bad_wishes {
        served.post("/find", "", body);
    }
    let need = format!(r#"{{"reason":"full","interests":["{who}"],"travel":["{house}"],"district":"{home}"}}"#);
    let bad_needs = [
        need.clone(),
        format!(r#"{{"reason":"{who}"}}"#),
        format!(r#"{{"reason":"full","{who}":1}}"#),
        format!("[{lon}"),
        who.to_owned(),
    ];
    for body in &bad_needs {
        assert!(served.post("/unmet", "", body).contains(" 4"));
    }
    let result = format!(r#"{{"outcome":"goes_on","kind":"{who}","reason":"{house}","district":"{home}"}}"#);
    let bad_results = [
        result.clone(),
        format!(r#"{{"outcome":"{who}"}}"#),
        format!(r#"{{"outcome":"goes_on","code":"{code}"}}"#),
        format!(r#"{{"outcome":"goes_on","key":"{code}"}}"#),
        format!(r#"{{"outcome":"goes_on","{who}":"{age}"}}"#),
        format!("{{\"outcome\":\"goes_on\" {lon}"),
        code.to_owned(),
    ];
    for body in &bad_results {
        assert!(served.post("/results", "", body).contains(" 4"));
    }
    let stored = r#"{"outcome":"goes_on","kind":"salon","district":"yoka","reason":"isolation","source":"clinic"}"#;
    assert!(served.post("/results", "", stored).contains(" 204 "));
    let stored = r#"{"reason":"no_ride","district":"yoka","interests":["囲碁"],"travel":["pick_up"]}"#;
    assert!(served.post("/unmet", "", stored).contains(" 204 "));
    for (path, body) in [("/find", &good), ("/unmet", &need), ("/results", &result)] {
        for headers in ["Host: evil.example\r\n", "Origin: https://evil.example\r\n", "Content-Type: text/plain\r\n"] {
            assert!(served.post(path, headers, body).contains(" 4"), "{headers}");
        }
        for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "GET", "QUERY"] {
            served.ask((method, path), "", body);
        }
        served.post(
            path,
            &format!("Referer: http://127.0.0.1/?q={code}\r\nCookie: wish={code}\r\nX-Wish: {code}\r\n"),
            body,
        );
        served.post(path, "Transfer-Encoding: chunked\r\n", body);
        // On the wrong address, and broken off in the middle.
        served.send(
            0,
            format!(
                "POST {path} HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
            .as_bytes(),
        );
        let head = "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999";
        served.break_off(format!("POST {path} HTTP/1.1\r\n{head}\r\n\r\n{body}").as_bytes());
    }
    // In the query where it does not belong: the log has no query.
    for path in ["/find", "/unmet", "/unmet.json", "/results", "/results.xlsx", "/results/report", "/nearest"] {
        for method in ["GET", "POST"] {
            served.ask((method, &format!("{path}?lon={lon}&lat={lat}&likes={code}")), "", &good);
        }
    }
}

#[test]
fn no_log_no_database_and_no_file_holds_anything_of_a_wish() {
    let mut served = Served::start();
    ask_everything(&served);
    let has_wal = |names: &[String]| names.iter().any(|name| name.ends_with("-wal"));
    // A look at what other processes have changed opens the database for milliseconds.
    let mut running = search(served.folder.path());
    for _ in 0..50 {
        if !has_wal(&running) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        running = search(served.folder.path());
    }
    let database = fs::read(served.folder.path().join("tsunagari.sqlite")).unwrap();
    assert!(holds(&database, b"pick_up"), "the search sees what is stored on purpose");
    served.stop();
    let stopped = search(served.folder.path());
    assert!(!has_wal(&running), "no connection is kept open: {running:?}");
    assert!(
        stopped.iter().any(|file| file == "tsunagari.sqlite") && stopped.iter().any(|file| file == "err"),
        "{stopped:?}"
    );
    let log = fs::read_to_string(served.folder.path().join("err")).unwrap();
    assert!(log.contains(r#""path":"/find""#) && log.lines().count() > 25, "{log}");
    // A report has no line, since the lines around it would date it.
    for path in ["/unmet", "/results"] {
        assert!(!log.contains(&format!(r#""method":"POST","path":"{path}""#)), "{log}");
    }
    let db = rusqlite::Connection::open(served.folder.path().join("tsunagari.sqlite")).unwrap();
    let row: String = db
        .query_row("select district || reason || batch || interests || travel from unmet", [], |row| row.get(0))
        .unwrap();
    assert_eq!(row, r#"yokano_ride0["囲碁"]["pick_up"]"#);
    let result = "select outcome || batch || kind || district || reason || source from referral_result";
    let result: String = db.query_row(result, [], |row| row.get(0)).unwrap();
    assert_eq!(result, "goes_on0salonyokaisolationclinic");
}

/// Fails if any file of `folder` holds any of it; the names of those that were searched.
fn search(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    files(folder, &mut found);
    for file in &found {
        let bytes = fs::read(file).unwrap();
        for word in WORDS {
            for guise in guises(word) {
                assert!(!holds(&bytes, &guise), "{} holds {word}", file.display());
            }
        }
        for degrees in POSITION {
            let rounded = &degrees[..degrees.len() - 2];
            assert!(!holds(&bytes, rounded.as_bytes()), "{} holds {degrees}", file.display());
            let number: f64 = degrees.parse().unwrap();
            for raw in [number.to_le_bytes(), number.to_be_bytes()] {
                assert!(!holds(&bytes, &raw), "{} holds {degrees} as a number", file.display());
            }
        }
    }
    found.iter().map(|file| file.strip_prefix(folder).unwrap().display().to_string()).collect()
}
