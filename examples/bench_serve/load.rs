//! Load by `wrk`, and what it costs this process.

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::Command;

use super::cases::Case;

/// Bodies above this are asked for by fewer clients, and counted in bytes.
const LARGE: usize = 1 << 20;

/// One run.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub per_second: f64,
    /// Processor time of this process a request, in microseconds.
    pub cpu_us: f64,
}

impl Load {
    pub fn run(server: SocketAddr, paths: &[String], case: &Case) -> Self {
        let header = case.header.as_ref().map(|(name, value)| format!("[{name:?}] = {value:?}")).unwrap_or_default();
        let gets: Vec<String> =
            paths.iter().map(|path| format!("wrk.format('GET', {path:?}, {{ {header} }})")).collect();
        Self::of_requests(server, &gets, case.mean_bytes())
    }

    /// Load of `requests`, each as Lua makes it; answers have about `mean_bytes`.
    pub fn of_requests(server: SocketAddr, requests: &[String], mean_bytes: usize) -> Self {
        let large = mean_bytes > LARGE;
        let mut script = tempfile::NamedTempFile::new().unwrap();
        script.write_all(lua(requests).as_bytes()).unwrap();
        let before = cpu_seconds();
        let output = Command::new("wrk")
            .args([
                "-t1",
                if large { "-c4" } else { "-c32" },
                if large { "-d4s" } else { "-d2s" },
                "--timeout",
                "30s",
                "-s",
            ])
            .arg(script.path())
            .arg(format!("http://{server}"))
            .output()
            .unwrap();
        let cpu = cpu_seconds() - before;
        let said = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<f64> = said.lines().last().unwrap().split(' ').map(|it| it.parse().unwrap()).collect();
        let [requests, bytes, microseconds, failed] = *numbers else { panic!("{said}") };
        assert!(failed < 1.0, "{said}");
        #[expect(clippy::cast_precision_loss, reason = "bodies are far below 2^52 bytes")]
        let requests = if large { bytes / mean_bytes as f64 } else { requests };
        Self { per_second: requests / microseconds * 1e6, cpu_us: cpu / requests * 1e6 }
    }
}

/// Requests are put together before the clock starts.
fn lua(requests: &[String]) -> String {
    let made: Vec<String> = requests.iter().map(|request| format!("function() return {request} end")).collect();
    format!(
        "local requests = {{ {} }}
local i = 0
init = function() for n, make in ipairs(requests) do requests[n] = make() end end
request = function() i = i % #requests + 1; return requests[i] end
done = function(summary)
  local e = summary.errors
  io.write(string.format('%d %d %d %d\\n', summary.requests, summary.bytes, summary.duration,
    e.connect + e.read + e.write + e.timeout + e.status))
end
",
        made.join(", ")
    )
}

/// Processor time of this process, in seconds.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    // utime and stime, in the hundredths of a second that Linux counts in
    fields[11..13].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}
