//! A crowd of slow clients: memory stays bounded, and a visitor waits five seconds at most.
//!
//! `scripts/attack.d/http` does the same with thousands of clients.

use std::fmt::Write as _;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::net;

use crate::run::TestCity;
use crate::served::Served;

/// Longest that a visitor may wait.
const WAIT: Duration = Duration::from_secs(5);

/// A city of so many places with much to say, about two kilobytes each.
fn wordy_city(places: usize) -> TestCity {
    let city = TestCity::new();
    let mut list = "名称,住所,緯度,経度,掲載可否,内容\n".to_owned();
    for n in 0..places {
        let words = format!("集いの場その{n}で皆と話します。").repeat(40);
        writeln!(list, "集い{n},養父市広谷{n},35.{:04},134.{:04},○,{words}", 3000 + n, 7000 + n).unwrap();
    }
    city.write("list.csv", list.as_bytes());
    assert_ne!(city.run(&["import", "places", "list.csv"]).code, 2);
    city
}

/// Connects and sends `request`, and reads nothing.
fn silent_client(address: &str, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let _ = stream.write_all(request.as_bytes());
    stream
}

/// How long a page takes, from connecting to its last byte.
fn visit(served: &Served, address: usize, path: &str) -> Duration {
    let started = Instant::now();
    served.ask_at(address, path);
    started.elapsed()
}

#[test]
fn clients_that_read_nothing_cost_no_memory_and_a_visitor_is_served() {
    let city = wordy_city(300);
    let served = Served::start(&city, &[]);
    let kilobytes = served.ask("/collections/places/items?limit=10000").len() >> 10;
    assert!(kilobytes >= 500, "an answer must be large for copies to show: {kilobytes} kB");
    // A page compressed, and one generated, so that both are in memory once.
    visit(&served, 0, "/");
    let before = served.resident_megabytes();
    let silent: Vec<TcpStream> = (0..400)
        .map(|n| {
            let query = ["limit=10000", "limit=9999", "q=%E9%9B%86%E3%81%84&limit=10000"][n % 3];
            let coding = ["", "Accept-Encoding: gzip\r\n"][n % 2];
            let request = format!("GET /collections/places/items?{query} HTTP/1.1\r\nHost: x\r\n{coding}\r\n");
            silent_client(served.address(), &request)
        })
        .collect();
    let waited = visit(&served, 0, "/places.geojson");
    std::thread::sleep(Duration::from_secs(1));
    let grown = served.resident_megabytes().saturating_sub(before);
    assert!(waited < WAIT, "{waited:?}");
    let copies = (kilobytes * silent.len()) >> 10;
    println!("{grown} MB more; copies would be {copies} MB");
    assert!(grown < 90 && copies > 180, "{grown} MB more for {} clients of {kilobytes} kB each", silent.len());
}

/// Clients that send the beginning of a request, wait, and come back as soon as they are cut off.
struct SlowCrowd {
    is_over: Arc<AtomicBool>,
    came: Arc<AtomicUsize>,
    threads: Vec<JoinHandle<()>>,
}

impl SlowCrowd {
    fn start(address: &str, clients: usize, request: &'static str) -> Self {
        let (is_over, came) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let threads = (0..4)
            .map(|_| {
                let (address, is_over, came) = (address.to_owned(), Arc::clone(&is_over), Arc::clone(&came));
                std::thread::spawn(move || crowd(&address, clients / 4, request, (&is_over, &came)))
            })
            .collect();
        Self { is_over, came, threads }
    }

    /// Ends it, and tells how often a client came.
    fn end(self) -> usize {
        self.is_over.store(true, Ordering::Relaxed);
        self.threads.into_iter().for_each(|thread| thread.join().unwrap());
        self.came.load(Ordering::Relaxed)
    }
}

fn crowd(address: &str, clients: usize, request: &str, (is_over, came): (&AtomicBool, &AtomicUsize)) {
    let mut slow: Vec<Option<TcpStream>> = (0..clients).map(|_| None).collect();
    while !is_over.load(Ordering::Relaxed) {
        for client in &mut slow {
            let stays = client.as_mut().is_some_and(|stream| match stream.read(&mut [0; 512]) {
                Ok(read) => read > 0,
                Err(error) => error.kind() == ErrorKind::WouldBlock,
            });
            if !stays && let Ok(mut stream) = TcpStream::connect_timeout(&address.parse().unwrap(), WAIT) {
                let _ = stream.write_all(request.as_bytes()).and_then(|()| stream.set_nonblocking(true));
                came.fetch_add(1, Ordering::Relaxed);
                *client = Some(stream);
            }
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A connection from another address of this machine, since the internal address has a bound for each.
fn connect_from(address: [u8; 4], to: &str) -> TcpStream {
    let socket = net::socket(net::AddressFamily::INET, net::SocketType::STREAM, None).unwrap();
    net::bind(&socket, &SocketAddr::from((address, 0))).unwrap();
    net::connect(&socket, &to.parse::<SocketAddr>().unwrap()).unwrap();
    TcpStream::from(socket)
}

#[test]
fn a_visitor_waits_five_seconds_at_most_among_slow_heads_and_slow_bodies() {
    let city = TestCity::new();
    let served = Served::start(&city, &["--internal-listen", "127.0.0.1:0"]);
    let heads = SlowCrowd::start(served.address(), 1_600, "GET / HTTP/1.1\r\nHost: x\r\nX-");
    let body =
        "POST /find HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";
    let bodies = SlowCrowd::start(served.internal_address(), 240, body);
    std::thread::sleep(Duration::from_secs(2));
    for round in 0..3 {
        let waited = visit(&served, 0, "/");
        assert!(waited < WAIT, "round {round}, public: {waited:?}");
        std::thread::sleep(Duration::from_millis(700));
    }
    let started = Instant::now();
    let mut colleague = connect_from([127, 0, 0, 2], served.internal_address());
    colleague.write_all(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = String::new();
    colleague.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("ok\n") && started.elapsed() < WAIT, "internal: {:?} {answer}", started.elapsed());
    assert!(heads.end() > 1_600, "they come back");
    bodies.end();
    assert!(served.resident_megabytes() < 300);
    assert_eq!(served.stop(), Some(0));
}
