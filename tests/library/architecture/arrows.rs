//! The direction of the code's arrows, read from the sources themselves.
//!
//! A pure part that learns of disks or sockets, or an arrow that points back, fails here with its file and line.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::sources::sources;

/// Which parts each part may name. Left may use right, never back.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("schedule", &["model", "text"]),
    ("privacy", &["model", "text"]),
    ("import", &["privacy", "schedule", "model", "text"]),
    ("index", &["schedule", "privacy", "model", "text"]),
    ("find", &["index", "schedule", "privacy", "model", "text"]),
    ("gaps", &["index", "schedule", "privacy", "model", "text"]),
    ("publish", &["find", "gaps", "index", "schedule", "privacy", "model", "text"]),
    ("store", &["model", "text"]),
    ("accounts", &["store", "model", "text"]),
    ("config", &["import", "schedule", "model", "text"]),
    ("editor", &["store", "import", "index", "privacy", "model", "text"]),
    ("http", &["accounts", "editor", "publish", "find", "gaps", "index", "schedule", "privacy", "model", "text"]),
    (
        "cli",
        &[
            "accounts", "config", "http", "editor", "store", "publish", "find", "gaps", "import", "index", "schedule",
            "privacy", "model", "text",
        ],
    ),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// Parts that are plain functions over plain values.
const PURE: &[&str] = &["text", "model", "schedule", "privacy", "import", "index", "find", "gaps", "publish"];

/// What a pure part must not name: disk, network, clock, and the libraries of the shell.
const IMPURE: &[&str] = &[
    "tokio",
    "axum",
    "tower",
    "rusqlite",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "Utc::now",
    "Local::now",
    "SystemTime",
    "Instant::now",
    "indicatif",
    "tracing::",
];

/// A line of code that is neither comment nor test.
struct Line {
    file: PathBuf,
    number: usize,
    code: String,
}

fn part_of(file: &Path) -> String {
    let inside = file.strip_prefix("src").expect("sources lie in src");
    let first = inside.components().next().expect("a file has a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Code lines of `text`: without comments, and without anything from a file's own tests on.
fn code_lines(file: &Path, text: &str) -> Vec<Line> {
    let own = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    let is_test_file = file.file_stem().is_some_and(|s| s == "tests");
    own.lines()
        .enumerate()
        .filter(|_| !is_test_file)
        .map(|(i, line)| (i + 1, line.split("//").next().unwrap_or("")))
        .filter(|(_, code)| !code.trim().is_empty())
        .map(|(number, code)| Line { file: file.to_owned(), number, code: code.to_owned() })
        .collect()
}

fn all_lines() -> Vec<Line> {
    let files = sources(Path::new("src"));
    assert!(files.len() > 20, "the test must see the sources, found {}", files.len());
    files.iter().flat_map(|f| code_lines(f, &fs::read_to_string(f).expect("sources are UTF-8"))).collect()
}

/// The parts that `code` names by `crate::part`, also inside `use crate::{a, b::c}`.
fn named_parts(code: &str) -> BTreeSet<String> {
    let parts: BTreeSet<&str> = MAY_USE.iter().map(|(part, _)| *part).collect();
    let mut named = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let group = after.strip_prefix('{').map_or(after, |inner| inner.split('}').next().unwrap_or(inner));
        let words = if after.starts_with('{') { group.split(',').collect() } else { vec![group] };
        for word in words {
            let name: String = word.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if parts.contains(name.as_str()) {
                named.insert(name);
            }
        }
    }
    named
}

#[test]
fn no_arrow_points_back() {
    let mut wrong = Vec::new();
    for line in all_lines() {
        let part = part_of(&line.file);
        let allowed = MAY_USE
            .iter()
            .find(|(name, _)| *name == part)
            .unwrap_or_else(|| {
                panic!("src/{part} is a new part: say in tests/library/architecture/arrows.rs what it may use")
            })
            .1;
        for other in named_parts(&line.code) {
            if part != "lib" && other != part && !allowed.contains(&other.as_str()) {
                wrong.push(format!("{}:{}: {part} must not use {other}", line.file.display(), line.number));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn pure_parts_touch_neither_disk_nor_network_nor_clock() {
    let mut wrong = Vec::new();
    for line in all_lines().iter().filter(|l| PURE.contains(&part_of(&l.file).as_str())) {
        for word in IMPURE.iter().filter(|w| names(&line.code, w)) {
            wrong.push(format!("{}:{}: a pure part names {word}", line.file.display(), line.number));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whether `word` stands in `code` as a word of its own, not inside a longer one.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            && !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[test]
fn sql_stands_in_the_store_alone() {
    let wrong: Vec<String> = all_lines()
        .iter()
        .filter(|l| part_of(&l.file) != "store" && names(&l.code, "rusqlite"))
        .map(|l| format!("{}:{}: only the store may name rusqlite", l.file.display(), l.number))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A second store must be able to take its place, so no type of rusqlite may be seen from outside.
#[test]
fn no_public_signature_of_the_store_names_rusqlite() {
    let wrong: Vec<String> = all_lines()
        .iter()
        .filter(|l| {
            part_of(&l.file) == "store" && l.code.trim_start().starts_with("pub ") && names(&l.code, "rusqlite")
        })
        .map(|l| format!("{}:{}: {}", l.file.display(), l.number, l.code.trim()))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn async_stands_in_http_and_the_command_line_alone() {
    let wrong: Vec<String> = all_lines()
        .iter()
        .filter(|l| !["http", "cli", "main"].contains(&part_of(&l.file).as_str()) && names(&l.code, "async"))
        .map(|l| format!("{}:{}: async outside http and main", l.file.display(), l.number))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Every module says what it is for; without that the next reader has to guess.
#[test]
fn every_module_opens_with_what_it_is_for() {
    let files = sources(Path::new("src"));
    let silent: Vec<String> = files
        .iter()
        .filter(|f| f.file_stem().is_some_and(|name| name != "tests"))
        .filter(|f| !fs::read_to_string(f).expect("sources are UTF-8").starts_with("//! "))
        .map(|f| f.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no `//!` at the top of:\n{}", silent.join("\n"));
}

/// What is shown on pages stands in `web/lang`, so that it can be translated and put into plain words.
#[test]
fn pages_hold_no_words_of_their_own() {
    let is_japanese =
        |c: char| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}');
    let wrong: Vec<String> = all_lines()
        .iter()
        .filter(|l| ["publish", "http"].contains(&part_of(&l.file).as_str()) && l.code.chars().any(is_japanese))
        .map(|l| format!("{}:{}: {}", l.file.display(), l.number, l.code.trim()))
        .collect();
    assert!(wrong.is_empty(), "text for pages belongs into web/lang:\n{}", wrong.join("\n"));
}
