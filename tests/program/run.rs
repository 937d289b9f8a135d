//! Runs the binary in a folder of its own, with nothing of the environment but what a test sets.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A city for one test: a temporary folder with a database and a data folder, in which the program runs.
pub struct TestCity {
    folder: TempDir,
}

/// What a command printed and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl TestCity {
    /// With the settings and categories of the sample, but no places, districts or towns.
    pub fn new() -> Self {
        let city = Self { folder: tempfile::tempdir().unwrap() };
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        std::fs::create_dir(city.path("data")).unwrap();
        std::fs::copy(sample.join("categories.csv"), city.path("data/categories.csv")).unwrap();
        let settings = std::fs::read_to_string(sample.join("city.toml")).unwrap();
        city.write("data/city.toml", settings.replace("sample = true", "sample = false").as_bytes());
        city
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Opens the internal pages of a new municipality's `folder` without accounts, which have tests of their own.
    pub fn open_internal_pages(&self, folder: &str) {
        let file = format!("{folder}/city.toml");
        let settings = std::fs::read_to_string(self.path(&file)).unwrap();
        let open = settings.replace("# link_workers_need_account = false", "link_workers_need_account = false");
        assert_ne!(open, settings, "a new municipality's link workers need accounts");
        self.write(&file, open.as_bytes());
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The command, not yet started; English unless the arguments say otherwise.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsunagari"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().env("LANG", "en_US.UTF-8");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::new(self.command(arguments).output().unwrap())
    }

    /// Runs a command that must end with `code` and print lines of JSON.
    pub fn json(&self, arguments: &[&str], code: i32) -> Vec<Value> {
        let ran = self.run(arguments);
        assert_eq!(ran.code, code, "{ran:?}");
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Set by `scripts/attack.d/kills`, so that tests with random trials run longer.
const ROUNDS: &str = "TSUNAGARI_ATTACK_ROUNDS";

/// How many trials a test makes: `usual`, but for a longer run.
pub fn rounds(usual: usize) -> usize {
    std::env::var(ROUNDS).ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}

/// Runs `trial` for the numbers below `count`, four at a time: a trial mostly waits.
pub fn in_parallel(count: usize, trial: impl Fn(usize) + Sync) {
    std::thread::scope(|threads| {
        for first in 0..4 {
            let trial = &trial;
            threads.spawn(move || (first..count).step_by(4).for_each(trial));
        }
    });
}

/// A line of the table that `scripts/attack.d/kills` prints.
pub fn print_trials(attack: &str, trials: usize, outcome: &str) {
    eprintln!("| {attack} | {trials} | {outcome} |");
}

/// Numbers that look random and are the same in every run (`SplitMix64`), from 0 to 1.
pub fn random(seed: usize) -> f64 {
    f64::from(u32::try_from(random_bits(seed) >> 32).unwrap()) / f64::from(u32::MAX)
}

/// As [`random`], in bits.
pub fn random_bits(seed: usize) -> u64 {
    let mut z = u64::try_from(seed).unwrap().wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Ran {
    pub fn new(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let ran = Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) };
        assert!(!ran.err.contains("panicked") && !ran.err.contains("RUST_BACKTRACE"), "{ran:?}");
        ran
    }
}
