//! The program as a municipality runs it: its command line, its database file, its log.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::generated::{self, CATEGORIES, Centre};
use super::list;
use super::process::{children_cpu_seconds, cpu_seconds, descendants, memory};

/// So many rows one list has at most.
const ROWS_OF_A_LIST: usize = 100_000;

/// What a command cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub seconds: f64,
    pub cpu_seconds: f64,
    /// Of one of its processes, the largest, in bytes.
    pub peak_bytes: f64,
}

/// A municipality of invented places in a temporary folder.
pub struct Municipality {
    folder: TempDir,
    pub places: usize,
    pub centres: Vec<Centre>,
    lists: Vec<PathBuf>,
}

impl Municipality {
    pub fn new(places: usize) -> Self {
        let (folder, centres) = (tempfile::tempdir().unwrap(), generated::centres(places));
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        fs::write(data.join("city.toml"), CITY).unwrap();
        fs::write(data.join("categories.csv"), categories()).unwrap();
        fs::write(data.join("districts.geojson"), districts(&centres)).unwrap();
        let interests = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/interests.csv");
        fs::copy(interests, data.join("interests.csv")).unwrap();
        let starts = (0..places).step_by(ROWS_OF_A_LIST);
        let lists = starts.map(|start| {
            let path = folder.path().join(format!("一覧{}.csv", start / ROWS_OF_A_LIST + 1));
            let (file, rows) = (BufWriter::new(File::create(&path).unwrap()), generated::rows(places, &centres));
            list::write(file, rows, &centres, &(start..start + ROWS_OF_A_LIST)).unwrap();
            path
        });
        let lists = lists.collect();
        Self { folder, places, centres, lists }
    }

    /// The bytes of all lists.
    pub fn list_bytes(&self) -> u64 {
        self.lists.iter().map(|list| fs::metadata(list).unwrap().len()).sum()
    }

    /// Changes the telephone of one place in the first list.
    pub fn change_one_row(&self) {
        let text = fs::read_to_string(&self.lists[0]).unwrap();
        let (head, rest) = text.split_once(",079-").unwrap();
        let tail = &rest[rest.char_indices().nth(8).unwrap().0..];
        let number = 1000 + Instant::now().elapsed().subsec_nanos() % 9000;
        fs::write(&self.lists[0], format!("{head},079-000-{}{tail}", number.max(1000))).unwrap();
    }

    pub fn import(&self) -> Cost {
        let (started, before) = (Instant::now(), children_cpu_seconds());
        let mut command = self.command("import");
        let mut child = command.arg("places").args(&self.lists).stdout(Stdio::null()).spawn().unwrap();
        let mut peak_bytes: f64 = 0.0;
        let status = loop {
            for process in descendants(child.id()) {
                peak_bytes = peak_bytes.max(memory(process, "VmHWM:").unwrap_or(0.0));
            }
            match child.try_wait().unwrap() {
                Some(status) => break status,
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        };
        assert_eq!(status.code(), Some(0), "the list comes in whole");
        Cost { seconds: started.elapsed().as_secs_f64(), cpu_seconds: children_cpu_seconds() - before, peak_bytes }
    }

    pub fn serve(&self) -> Served {
        let started = Instant::now();
        let log = File::create(self.folder.path().join("log")).unwrap();
        let mut command = self.command("serve");
        command.args(["--listen", "127.0.0.1:0", "--internal-listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = || -> SocketAddr {
            loop {
                let line = lines.next().expect("the server names its addresses").unwrap();
                if let Some((_, address)) = line.split_once("http://") {
                    return address.trim().trim_end_matches('/').parse().unwrap();
                }
            }
        };
        let (public, internal) = (address(), address());
        let start = Cost {
            seconds: started.elapsed().as_secs_f64(),
            cpu_seconds: cpu_seconds(child.id()),
            peak_bytes: memory(child.id(), "VmHWM:").unwrap(),
        };
        Served { child, public, internal, start }
    }

    fn command(&self, name: &str) -> Command {
        let program = std::env::current_exe().unwrap().parent().unwrap().with_file_name("tsunagari");
        let mut command = Command::new(program);
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command.arg(name).args(["--data", "data", "--db", "places.sqlite"]);
        command
    }
}

/// A running server.
pub struct Served {
    child: Child,
    pub public: SocketAddr,
    pub internal: SocketAddr,
    /// What it cost until it answered.
    pub start: Cost,
}

impl Served {
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn resident_bytes(&self) -> f64 {
        memory(self.process(), "VmRSS:").unwrap()
    }

    /// Waits until it has used next to no time of the processor for a second: everything is compressed and built.
    pub fn wait_until_idle(&self) {
        loop {
            let before = cpu_seconds(self.process());
            std::thread::sleep(Duration::from_secs(1));
            if cpu_seconds(self.process()) - before < 0.03 {
                return;
            }
        }
    }

    /// The status and body of an answer.
    pub fn ask(&self, request: &Request) -> (u16, Vec<u8>) {
        let address = if request.internal { self.internal } else { self.public };
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_http(address).as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]);
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer[end + 4..].to_vec())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub path: String,
    /// A header beside the usual ones.
    pub header: Option<(&'static str, String)>,
    /// The body of a `POST`.
    pub json: Option<String>,
    /// Whether it goes to the internal address.
    pub internal: bool,
}

impl Request {
    pub fn get(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    fn as_http(&self, host: SocketAddr) -> String {
        let method = if self.json.is_some() { "POST" } else { "GET" };
        let mut text = format!("{method} {} HTTP/1.0\r\nHost: {host}\r\n", self.path);
        if let Some((name, value)) = &self.header {
            text = text + name + ": " + value + "\r\n";
        }
        match &self.json {
            Some(body) => {
                text + &format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())
            }
            None => text + "\r\n",
        }
    }
}

/// The settings: an invented municipality, whose internal pages need no account.
const CITY: &str = "code = \"999998\"\nname = \"生成市\"\nname_en = \"Generated\"\nprefecture = \"兵庫県\"\noffice = \"見本課\"\n\
                    office_phone = \"079-000-0000\"\nlink_workers_need_account = false\n";

fn categories() -> String {
    let row = |(id, name, group): (&str, &str, &str)| {
        let private = if id == list::PERSONS { "yes" } else { "no" };
        format!("{id},{name},{name},{id},{group},{group},#0072b2,circle,{private},,,,,\n")
    };
    let head = "id,name_ja,name_easy,name_en,group_ja,group_en,color,icon,private_persons,office,office_phone,words,buildings,person_to_person";
    format!("{head}\n{}", CATEGORIES.map(row).concat())
}

fn districts(centres: &[Centre]) -> String {
    let feature = |(number, centre): (usize, &Centre)| {
        let corners: Vec<[f64; 2]> = centre.corners().into();
        serde_json::json!({
            "type": "Feature",
            "properties": { "id": format!("d{:04}", number + 1), "name": centre.name },
            "geometry": { "type": "Polygon", "coordinates": [corners] },
        })
    };
    let features: Vec<_> = centres.iter().enumerate().map(feature).collect();
    serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string()
}
