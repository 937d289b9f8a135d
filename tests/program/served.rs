//! A running server, with one address or both; killed when a test fails.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::time::Duration;

use crate::run::TestCity;

pub struct Served {
    child: Child,
    addresses: Vec<String>,
    /// Kept open: a server whose reader has gone must not notice, but that is another test.
    out: BufReader<std::process::ChildStdout>,
}

impl Served {
    /// Starts `serve` with further `arguments`; its log is the file `log` of the city.
    pub fn start(city: &TestCity, arguments: &[&str]) -> Self {
        let mut command = city.command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat());
        let mut child = command.stderr(std::fs::File::create(city.path("log")).unwrap()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let wanted = if arguments.contains(&"--internal-listen") { 2 } else { 1 };
        let mut addresses = Vec::new();
        while addresses.len() < wanted {
            let mut line = String::new();
            assert!(out.read_line(&mut line).unwrap() > 0, "{}", std::fs::read_to_string(city.path("log")).unwrap());
            let address = line.split_once("http://").map(|(_, rest)| rest.trim().trim_end_matches('/').to_owned());
            addresses.extend(address);
        }
        Self { child, addresses, out }
    }

    /// The next line that it prints.
    pub fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }

    /// The whole answer of the internal address to a form of its own pages.
    pub fn send_form(&self, path: &str, cookie: &str, body: &str) -> String {
        let (host, length) = (&self.addresses[1], body.len());
        let head = format!("POST {path} HTTP/1.0\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n");
        let form = "Content-Type: application/x-www-form-urlencoded\r\n";
        let answer = self.send(1, &format!("{head}{form}Content-Length: {length}\r\n\r\n{body}"));
        String::from_utf8(answer).unwrap()
    }

    /// The status of a path of the internal address.
    pub fn status(&self, path: &str, cookie: &str) -> u16 {
        let host = &self.addresses[1];
        let answer = self.send(1, &format!("GET {path} HTTP/1.0\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n"));
        String::from_utf8_lossy(&answer).split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// The public address.
    pub fn address(&self) -> &str {
        &self.addresses[0]
    }

    /// The internal address.
    pub fn internal_address(&self) -> &str {
        &self.addresses[1]
    }

    /// The body of the answer of the public address, which must be 200.
    pub fn ask(&self, path: &str) -> String {
        self.ask_at(0, path)
    }

    /// The body of the answer of an address, which must be 200.
    pub fn ask_at(&self, address: usize, path: &str) -> String {
        let host = &self.addresses[address];
        let answer = self.send(address, &format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n"));
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.split("\r\n").next().unwrap().contains(" 200"), "{path}: {answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// The whole answer to a JSON body.
    pub fn post(&self, address: usize, path: &str, body: &str) -> String {
        let (host, length) = (&self.addresses[address], body.len());
        let head = format!("POST {path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\n");
        let answer = self.send(address, &format!("{head}Content-Length: {length}\r\n\r\n{body}"));
        String::from_utf8(answer).unwrap()
    }

    /// Every byte that the server answers to `request`.
    pub fn send(&self, address: usize, request: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.addresses[address]).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        answer
    }

    /// Memory of the process, in megabytes.
    pub fn resident_megabytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    /// Kills it after `patience`, from another thread: no destructor runs, nothing is flushed.
    pub fn kill_after(&self, patience: Duration) -> std::thread::JoinHandle<()> {
        let process = self.child.id().to_string();
        std::thread::spawn(move || {
            std::thread::sleep(patience);
            Command::new("kill").args(["-KILL", &process]).status().unwrap();
        })
    }

    /// Asks for its end as `systemctl stop` does, and waits for it.
    pub fn stop(mut self) -> Option<i32> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
