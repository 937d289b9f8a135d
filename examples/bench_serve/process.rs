//! What Linux tells of processes: the time of the processor that they used, and their memory.

use std::fs;

/// Processor time of all threads of a process, in seconds.
pub fn cpu_seconds(process: u32) -> f64 {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let running: f64 = tasks
        .filter_map(|task| {
            let text = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
            text.split(' ').next()?.parse::<f64>().ok()
        })
        .sum();
    running / 1e9
}

/// Processor time of the processes that this one has started and waited for, and of theirs, in seconds.
pub fn children_cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    // cutime and cstime, in the hundredths of a second that Linux counts in
    fields[13..15].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

/// A process with those that it has started.
pub fn descendants(process: u32) -> Vec<u32> {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|child| child.parse().ok());
    std::iter::once(process).chain(children.flat_map(descendants)).collect()
}

/// A line of the memory of a process, in bytes: `VmRSS:` now, `VmHWM:` at most.
pub fn memory(process: u32, line: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|it| it.strip_prefix(line))?;
    Some(value.trim().trim_end_matches(" kB").trim().parse::<f64>().ok()? * 1024.0)
}
