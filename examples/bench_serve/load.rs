//! Load by `wrk`, and what it costs the process that answers.

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::Command;

use super::process::cpu_seconds;
use super::program::Request;

/// Bodies above this are asked for by fewer clients, and counted in bytes.
const LARGE: usize = 1 << 20;

/// One run.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub per_second: f64,
    /// Processor time of the process a request, in microseconds.
    pub cpu_us: f64,
    /// How long half of the requests took at most, and 99 of a hundred, in microseconds.
    pub p50_us: f64,
    pub p99_us: f64,
}

impl Load {
    /// Load of `requests` on `server`, which is `process`; answers have about `mean_bytes`.
    pub fn run((server, process): (SocketAddr, u32), requests: &[Request], mean_bytes: usize) -> Self {
        let large = mean_bytes > LARGE;
        let mut script = tempfile::NamedTempFile::new().unwrap();
        script.write_all(lua(requests).as_bytes()).unwrap();
        let before = cpu_seconds(process);
        let (clients, time) = if large { ("-c4", "-d4s") } else { ("-c32", "-d2s") };
        let output = Command::new("wrk")
            .args(["-t1", clients, time, "--timeout", "30s", "-s"])
            .arg(script.path())
            .arg(format!("http://{server}"))
            .output()
            .unwrap();
        let cpu = cpu_seconds(process) - before;
        let said = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<f64> = said.lines().last().unwrap().split(' ').map(|it| it.parse().unwrap()).collect();
        let [requests, bytes, microseconds, failed, p50_us, p99_us] = *numbers else { panic!("{said}") };
        assert!(failed < 1.0, "{said}");
        #[expect(clippy::cast_precision_loss, reason = "bodies are far below 2^52 bytes")]
        let requests = if large { bytes / mean_bytes as f64 } else { requests };
        Self { per_second: requests / microseconds * 1e6, cpu_us: cpu / requests * 1e6, p50_us, p99_us }
    }
}

/// Requests are put together before the clock starts.
fn lua(requests: &[Request]) -> String {
    let made: Vec<String> = requests.iter().map(|it| format!("function() return {} end", lua_request(it))).collect();
    format!(
        "local requests = {{ {} }}
local i = 0
init = function() for n, make in ipairs(requests) do requests[n] = make() end end
request = function() i = i % #requests + 1; return requests[i] end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('%d %d %d %d %d %d\\n', summary.requests, summary.bytes, summary.duration,
    e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50), latency:percentile(99)))
end
",
        made.join(", ")
    )
}

fn lua_request(request: &Request) -> String {
    let Request { path, header, json, internal: _ } = request;
    let header = header.as_ref().map(|(name, value)| format!("[{name:?}] = {value:?}")).unwrap_or_default();
    match json {
        Some(body) => {
            format!("wrk.format('POST', {path:?}, {{ ['content-type'] = 'application/json' }}, [==[{body}]==])")
        }
        None => format!("wrk.format('GET', {path:?}, {{ {header} }})"),
    }
}
