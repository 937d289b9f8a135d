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
    let _ = std::fs::remove_file(city.path("tsunagari.sqlite"));
    let mut command = Command::new("/usr/bin/time");
    command.args(["--quiet", "--format", "%M %U %S", "--output", "time", "timeout", "120", &program]);
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
