//! The bounded attack on everything that reads files: every hostile file ends in a report or in a sentence that names a bound.

mod files;

use std::path::Path;
use std::process::{Command, Stdio};

use crate::run::{Ran, TestCity};
use files::{ATTACKS, HostileFile};

/// The program that is attacked: another one than the tests', for a comparison.
const PROGRAM: &str = "TSUNAGARI_ATTACK_PROGRAM";

/// How a command ended, and what it took.
struct Attacked {
    ran: Ran,
    megabytes: u64,
    seconds: f64,
}

/// Runs the program on `file` under GNU time, which measures what the process and its children took.
fn attack(city: &TestCity, file: &HostileFile) -> Attacked {
    let program = std::env::var(PROGRAM).unwrap_or_else(|_| env!("CARGO_BIN_EXE_tsunagari").to_owned());
    let path = city.write("hostile", &file.bytes);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(city.path(&format!("tsunagari.sqlite{end}")));
    }
    let mut command = Command::new("/usr/bin/time");
    command.args(["--quiet", "--format", "%M %U %S", "--output", "time", "timeout", "300", &program]);
    command.args(file.command).arg(&path).current_dir(city.path("")).env_clear().env("LANG", "en_US.UTF-8");
    let ran = Ran::new(command.stdin(Stdio::null()).output().unwrap());
    let took = std::fs::read_to_string(city.path("time")).unwrap();
    let numbers: Vec<f64> = took.split_whitespace().map(|n| n.parse().unwrap()).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some kilobytes")]
    Attacked { ran, megabytes: numbers[0] as u64 / 1024, seconds: numbers[1] + numbers[2] }
}

/// Whether the attack ended as it must: read, or refused by the bound that is meant for it.
fn is_as_expected(file: &HostileFile, ran: &Ran) -> bool {
    let said = format!("{}{}", ran.out, ran.err);
    let is_named = file.bound.is_empty() || ran.code != 2 || file.bound.split('|').any(|bound| said.contains(bound));
    (0..=2).contains(&ran.code) && is_named && !said.contains("error of the program")
}

/// Limits of a hundredth, so that a hundredth of each attack meets them.
const SMALL_LIMITS: &str = "\n[limits]\nunpacked_mb = 2\nsheets = 10\nrows = 600\ncolumns = 100\ncells = 20000\nnodes = 200\n\
                            points = 5000\nrings = 500\ntowns = 3000\n";

/// Runs every attack whose name holds `wanted` in the size `scale`, prints what came of it, and returns what went wrong.
fn run_all(scale: usize, wanted: &str) -> Vec<String> {
    let city = TestCity::new();
    if scale < 100 {
        let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
        city.write("data/city.toml", (settings + SMALL_LIMITS).as_bytes());
    }
    let mut wrong = Vec::new();
    println!("{:<44} {:>8} {:>5} {:>5} {:>6}  ended with", "file", "KB", "code", "MB", "CPU s");
    for attack_of in ATTACKS.iter().filter(|attack| attack.0.contains(wanted)) {
        let file = files::file(attack_of, scale);
        let Attacked { ran, megabytes, seconds } = attack(&city, &file);
        println!(
            "{:<44} {:>8} {:>5} {megabytes:>5} {seconds:>6.1}  {}",
            file.name,
            file.bytes.len() >> 10,
            ran.code,
            end_of(&ran)
        );
        if !is_as_expected(&file, &ran) || megabytes > 512 {
            wrong.push(format!("{}: {megabytes} MB, {ran:?}", file.name));
        }
    }
    wrong
}

/// A city whose `[limits]` are `limits`, with a list of `rows` rows.
fn city_with_limits(limits: &str, rows: usize) -> TestCity {
    let city = TestCity::new();
    let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
    city.write("data/city.toml", format!("{settings}\n[limits]\n{limits}\n").as_bytes());
    let row = |n: usize| format!("サロン{n},国木{n},毎週火曜 10時から,誰でもどうぞ\n");
    let list: String = (0..rows).map(row).collect();
    city.write("list.csv", format!("名称,住所,開催日時,備考\n{list}").as_bytes());
    city
}

#[test]
fn what_no_bound_of_a_reader_foresees_ends_in_a_sentence_that_names_the_bound_of_the_process() {
    for (limits, bound) in [("memory_mb = 96", "memory_mb = 96"), ("cpu_seconds = 0", "cpu_seconds = 0")] {
        let city = city_with_limits(limits, 20_000);
        for command in [&["check", "list.csv"][..], &["import", "places", "list.csv"]] {
            let ran = city.run(command);
            assert_eq!(ran.code, 2, "{command:?}: {ran:?}");
            let last = ran.err.lines().last().unwrap_or_default();
            assert!(last.contains(bound) && last.contains("city.toml"), "{command:?}: {ran:?}");
            assert!(!ran.err.contains("サロン"), "the list is not quoted: {ran:?}");
        }
    }
}

#[test]
fn a_reader_ends_with_the_process_that_started_it() {
    if !Path::new("/proc/self/task").exists() {
        println!("skipped: there is no /proc");
        return;
    }
    let city = city_with_limits("rows = 200000", 20_000);
    let mut parent = city.command(&["import", "places", "list.csv"]).spawn().unwrap();
    let readers = || -> Vec<u32> {
        let children = format!("/proc/{0}/task/{0}/children", parent.id());
        let listed = std::fs::read_to_string(children).unwrap_or_default();
        listed.split_whitespace().map(|pid| pid.parse().unwrap()).collect()
    };
    let is_bounded = |pid: u32| {
        let bounds = std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap_or_default();
        bounds.lines().any(|line| line.starts_with("Max address space") && line.contains("536870912"))
    };
    let reader = loop {
        match readers().first() {
            Some(&reader) if is_bounded(reader) => break reader,
            _ => std::thread::sleep(std::time::Duration::from_millis(5)),
        }
    };
    std::thread::sleep(std::time::Duration::from_millis(50));
    parent.kill().unwrap();
    parent.wait().unwrap();
    let is_running =
        || std::fs::read_to_string(format!("/proc/{reader}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while is_running() {
        assert!(std::time::Instant::now() < until, "the reader goes on without anybody to report to");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// The bound that is named, or the end of the sentence.
fn end_of(ran: &Ran) -> String {
    let said = ran.err.lines().last().or(ran.out.lines().nth(1)).unwrap_or_default();
    let bound = said.split_once("the bound is ").map(|(_, after)| after.split([',', ')']).next().unwrap_or_default());
    bound.map_or_else(|| said.chars().take(70).collect(), str::to_owned)
}

#[test]
fn a_hostile_file_of_any_kind_is_read_or_refused_by_the_name_of_a_bound() {
    if !Path::new("/usr/bin/time").exists() {
        println!("skipped: GNU time is not installed");
        return;
    }
    let wrong = run_all(1, "");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "takes minutes: scripts/attack files runs it"]
fn hostile_files_in_full_size() {
    let wrong = run_all(100, &std::env::var("TSUNAGARI_ATTACK").unwrap_or_default());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
