//! docs/planning.md: the walk from a city's published files to a paper for the council, by exactly the commands of the document.
//!
//! Reads the city's files from `TSUNAGARI_REAL_DATA`; without it the test says that it is skipped.

use std::path::{Path, PathBuf};

use crate::run::TestCity;

const DOCUMENT: &str = include_str!("../../docs/planning.md");

/// The commands of the first block of the walk, without their remarks.
fn commands() -> Vec<Vec<&'static str>> {
    let walk = DOCUMENT.split("## From a city's published files to numbers").nth(1).unwrap();
    let block = walk.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let commands = block.lines().map(|line| line.split(" #").next().unwrap().split_whitespace().collect::<Vec<_>>());
    let commands: Vec<_> = commands.filter(|words: &Vec<&str>| !words.is_empty()).collect();
    assert!(commands.len() > 8 && commands.iter().all(|words| words[0] == "tsunagari"), "{commands:?}");
    commands
}

/// The published file of this name, wherever it lies.
fn published(folder: &Path, name: &str) -> Option<PathBuf> {
    let folders = ["geocode", "boundaries", "population", "resources/takamatsu"];
    folders.iter().map(|of| folder.join(of).join(name)).find(|file| file.exists())
}

#[test]
fn the_walk_of_the_document_leads_from_published_files_to_a_paper() {
    let commands = commands();
    let Some(folder) = std::env::var_os("TSUNAGARI_REAL_DATA").map(PathBuf::from) else {
        println!("skipped: TSUNAGARI_REAL_DATA is not set");
        return;
    };
    let city = TestCity::new();
    let settings = std::fs::read_to_string(city.path("data/city.toml")).unwrap();
    let named = settings.lines().map(|line| match line.split(" = ").next() {
        Some("code") => "code = \"372013\"".to_owned(),
        Some("name") => "name = \"高松市\"".to_owned(),
        Some("prefecture") => "prefecture = \"香川県\"".to_owned(),
        _ => line.to_owned(),
    });
    city.write("data/city.toml", named.collect::<Vec<_>>().join("\n").as_bytes());
    let files = commands.iter().flatten().filter(|word| word.ends_with("json") || word.ends_with("xlsx"));
    for (name, file) in files.filter_map(|name| Some((name, published(&folder, name)?))) {
        city.write(name, &std::fs::read(file).unwrap());
    }
    for words in &commands {
        let ran = city.run(&words[1..]);
        assert!(ran.code <= 1, "{words:?}: {ran:?}");
    }
    let paper = std::fs::read_to_string(city.path("council.html")).unwrap();
    assert!(paper.contains("<svg") && paper.contains("<style>"), "it has its map and its styles");
    assert!(!paper.contains("<a ") && !paper.contains("<script") && !paper.contains("<link"), "it needs no other file");
    let table = std::fs::read_to_string(city.path("table.csv")).unwrap();
    assert!(table.lines().count() > 500, "a row per town and category: {}", table.lines().count());
    assert!(std::fs::read(city.path("table.xlsx")).unwrap().starts_with(b"PK"));
}
