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

impl Ran {
    pub fn new(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let ran = Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) };
        assert!(!ran.err.contains("panicked") && !ran.err.contains("RUST_BACKTRACE"), "{ran:?}");
        ran
    }
}
