//! Requests to a server that may be gone before it has answered.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::served::Served;

/// Status and body of the answer of the public address.
pub fn answer(served: &Served, path: &str) -> (u16, String) {
    let host = served.address();
    exchange(host, &format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n")).unwrap()
}

/// Posts an unmet need to the internal address and returns the status; `None` where no whole answer came.
pub fn post_need(served: &Served, body: &str) -> Option<u16> {
    let (host, length) = (served.internal_address(), body.len());
    let head = format!("POST /unmet HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\n");
    exchange(host, &format!("{head}Content-Length: {length}\r\n\r\n{body}")).map(|(status, _)| status)
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
