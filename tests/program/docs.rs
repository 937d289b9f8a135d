//! The papers, held true by the code: what exists is documented, and what is linked exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Fails with every name of `names` that `paper` does not hold in backticks, alone or at the start of a code span.
fn assert_documented(paper: &str, names: impl IntoIterator<Item = String>) {
    let text = read(paper);
    let names: BTreeSet<String> = names.into_iter().collect();
    assert!(!names.is_empty(), "nothing to look for in {paper}: the test does not see the code");
    let missing: Vec<&String> = names.iter().filter(|name| !stands_in_code(&text, name)).collect();
    assert!(missing.is_empty(), "{paper} says nothing of: {missing:?}");
}

fn stands_in_code(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        !joins(text[..at].chars().next_back()) && !joins(text[at + name.len()..].chars().next())
    })
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("Cargo.toml is TOML");
    let names = |table: &toml::Table, kinds: &[&str]| -> BTreeSet<String> {
        let tables = kinds.iter().filter_map(|kind| table.get(*kind)?.as_table());
        tables.flat_map(|table| table.keys().cloned()).collect()
    };
    let mut used = names(&manifest, &["dependencies", "build-dependencies"]);
    for target in manifest["target"].as_table().expect("there are systems").values() {
        used.extend(names(target.as_table().expect("a system has dependencies"), &["dependencies"]));
    }
    let for_tests = names(&manifest, &["dev-dependencies"]);
    let architecture = read("ARCHITECTURE.md");
    let (shipped, rest) = architecture.split_once("For development only:").expect("two tables");
    let documented = |text: &str| -> BTreeSet<String> {
        let rows = text.lines().skip_while(|line| !line.starts_with("| crate |")).skip(2);
        let rows = rows.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(1));
        rows.flat_map(|cell| cell.split(',')).map(|name| name.trim().to_owned()).collect()
    };
    assert_eq!(documented(shipped), used, "ARCHITECTURE.md: Dependencies");
    let only_for_tests: BTreeSet<String> = for_tests.difference(&used).cloned().collect();
    assert_eq!(documented(rest), only_for_tests, "ARCHITECTURE.md: for development only");
}

#[test]
fn every_kind_of_problem_stands_in_the_table() {
    let problems: toml::Table = read("src/import/problems.toml").parse().expect("problems.toml is TOML");
    assert_documented("docs/data-format.md", problems.keys().cloned());
}

#[test]
fn every_address_is_documented() {
    assert_documented("docs/api.md", tsunagari::http::ROUTES.iter().map(|route| route.path.to_owned()));
}

#[test]
fn every_key_of_the_city_is_explained_where_the_city_writes_it() {
    let source = read("src/model/city.rs");
    let keys = source.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':').map(|(key, _)| key));
    let keys: Vec<String> = keys.filter(|key| !key.contains(' ')).map(str::to_owned).collect();
    assert_documented("data/city.toml", keys.clone());
    assert_documented("docs/operations.md", keys);
}

#[test]
fn every_limit_of_the_server_stands_in_the_papers_with_its_value() {
    let operations = read("docs/operations.md");
    let missing: Vec<String> = tsunagari::http::server_limits()
        .iter()
        .map(|(name, value)| format!("| `{name}` | {value} |"))
        .filter(|row| !operations.contains(row))
        .collect();
    assert!(missing.is_empty(), "docs/operations.md has no {missing:?}");
    let value = |name: &str| tsunagari::http::server_limits().into_iter().find(|it| it.0 == name).unwrap().1;
    let api = read("docs/api.md");
    let sizes = ["body_kib", "address_kib", "header_kib"].map(value);
    let [body, address, header] = sizes;
    let row = format!(
        "a body of more than {body} KiB, an address of more than {address} KiB, header fields of more than {header} KiB"
    );
    assert!(api.contains(&row), "docs/api.md: {row}");
    let (requests, generated) = (value("requests_in_flight"), value("generated_mib"));
    assert!(
        api.contains(&format!("more than {requests} requests in flight")) && api.contains(&format!("{generated} MiB"))
    );
    assert!(operations.contains(&format!("client_max_body_size {body}k;")), "nginx has the same bound");
    let needs = tsunagari::model::City::default().unmet_per_day.0;
    for paper in ["docs/operations.md", "docs/unmet.md", "data/city.toml", "CHANGELOG.md"] {
        let text = read(paper);
        let at = text.find("unmet_per_day").unwrap_or_else(|| panic!("{paper} says nothing of it"));
        let around: String = text[..at]
            .chars()
            .rev()
            .take(200)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .chain(text[at..].chars().take(200))
            .collect();
        assert!(around.contains(&needs.to_string()), "{paper}: {around}");
    }
}

/// The tests that a paper names, as `path/to/file.rs::name_of_the_test`.
fn named_tests(text: &str) -> Vec<(String, String)> {
    let spans = text.split('`').skip(1).step_by(2);
    let named = spans.filter_map(|span| span.split_once(".rs::"));
    named.map(|(file, test)| (format!("{file}.rs"), test.to_owned())).collect()
}

#[test]
fn every_threat_in_the_security_paper_has_a_test_that_exists() {
    let paper = read("SECURITY.md");
    let threats = paper.split("## Threats by name").nth(1).and_then(|rest| rest.split("\n\n").nth(2));
    let rows: Vec<&str> = threats.expect("there is a table").lines().skip(2).collect();
    for standard in [
        "DNS rebinding",
        "CSRF",
        "slow loris",
        "archive bomb",
        "statistical disclosure",
        "formula injection",
        "insider",
        "side channel",
        "supply chain",
    ] {
        assert!(rows.iter().any(|row| row.contains(standard)), "no row for {standard}");
    }
    for row in rows {
        let tests = named_tests(row);
        assert!(!tests.is_empty(), "no test: {row}");
        for (file, test) in tests {
            let source = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
            assert!(source.contains(&format!("fn {test}(")), "{file} has no test {test}");
        }
    }
}

#[test]
fn the_proxy_of_the_papers_has_tls_limits_and_no_log_of_the_internal_address() {
    let operations = read("docs/operations.md");
    let nginx = operations.split("```nginx").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    assert_eq!(nginx.matches('{').count(), nginx.matches('}').count());
    let servers: Vec<&str> = nginx.split("\nserver {").skip(1).collect();
    let of = |port: &str| *servers.iter().find(|server| server.contains(port)).expect("a server of that port");
    for server in [of(":8080"), of(":8081")] {
        for directive in [
            "443 ssl;",
            "ssl_certificate ",
            "ssl_protocols TLSv1.2 TLSv1.3;",
            "limit_conn ",
            "Strict-Transport-Security",
        ] {
            assert!(server.contains(directive), "{directive} in {server}");
        }
    }
    assert!(of(":8081").contains("access_log off;") && of(":8081").contains("deny all;"));
    assert!(!nginx.contains("$request ") && !nginx.contains("$http_referer"));
}

#[test]
fn every_limit_is_documented_with_the_value_that_the_code_has() {
    let limits = toml::Table::try_from(tsunagari::model::ReadingLimits::default()).expect("limits are TOML");
    let (papers, settings) = (read("docs/operations.md"), read("data/city.toml"));
    assert!(limits.len() > 10, "{limits:?}");
    for (key, value) in &limits {
        assert!(papers.contains(&format!("| `{key}` | {value} |")), "docs/operations.md: {key} = {value}");
        assert!(settings.contains(&format!("\n# {key} = {value}\n")), "data/city.toml: {key} = {value}");
    }
    let documented = papers.split("### Limits of what is read").nth(1).and_then(|after| after.split("\n### ").next());
    let rows = documented.expect("the section is there").lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(rows, limits.len(), "docs/operations.md names no limit that is gone");
}

#[test]
fn every_option_of_the_command_line_is_documented() {
    let mut options = BTreeSet::new();
    let mut pages = vec![vec![]];
    while let Some(words) = pages.pop() {
        let help = help_of(&words);
        options.extend(help.split(|c: char| !(c.is_ascii_lowercase() || c == '-')).filter_map(long_option));
        pages.extend(subcommands(&help).into_iter().map(|name| [words.clone(), vec![name]].concat()));
    }
    assert!(options.len() > 8, "the help must be readable, found {options:?}");
    assert_documented("docs/operations.md", options);
}

fn help_of(words: &[String]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_tsunagari"))
        .args(words)
        .args(["--lang", "en", "--help"])
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{words:?} --help failed");
    String::from_utf8(output.stdout).expect("help is UTF-8")
}

fn long_option(word: &str) -> Option<String> {
    let name = word.strip_prefix("--")?.trim_end_matches('-');
    (!name.is_empty()).then(|| format!("--{name}"))
}

/// The names below `Commands:`, without `help`, which explains itself.
fn subcommands(help: &str) -> Vec<String> {
    let below = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let names = below.take_while(|line| line.starts_with("  ") || line.is_empty());
    names
        .filter(|line| line.starts_with("  ") && !line.starts_with("    "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_environment_variable_is_documented() {
    let mut files = Vec::new();
    collect(Path::new("src"), "rs", &mut files);
    let names = files.iter().flat_map(|file| {
        let text = fs::read_to_string(file).expect("sources are UTF-8");
        let words = text.split(|c: char| !(c.is_ascii_uppercase() || c == '_'));
        words.filter(|w| w.starts_with("TSUNAGARI_") && w.len() > 10).map(str::to_owned).collect::<Vec<_>>()
    });
    assert_documented("docs/operations.md", names);
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the project").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
}

fn papers() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(".").expect("the project").flatten().map(|e| e.path()).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == "md"));
    collect(Path::new("docs"), "md", &mut found);
    found.push("data/README.md".into());
    assert!(found.len() >= 10, "README, ARCHITECTURE and the others must be found: {found:?}");
    found
}

#[test]
fn what_a_paper_links_to_exists() {
    let mut broken = Vec::new();
    for paper in papers() {
        let text = fs::read_to_string(&paper).expect("papers are UTF-8");
        for target in text.split("](").skip(1).filter_map(|after| after.split(')').next()) {
            let file = target.split('#').next().unwrap_or("");
            let outside = target.contains("://") || target.starts_with("mailto:") || file.is_empty();
            let beside = paper.parent().unwrap_or(Path::new(".")).join(file);
            if !outside && !beside.exists() {
                broken.push(format!("{}: {target}", paper.display()));
            }
        }
    }
    assert!(broken.is_empty(), "links to nothing:\n{}", broken.join("\n"));
}

#[test]
fn scripts_that_papers_name_exist() {
    let mut missing = Vec::new();
    for paper in papers() {
        let text = fs::read_to_string(&paper).expect("papers are UTF-8");
        for after in text.split("scripts/").skip(1) {
            let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
            let name = name.trim_end_matches('.');
            if !name.is_empty() && !Path::new("scripts").join(name).exists() {
                missing.push(format!("{}: scripts/{name}", paper.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_file_of_the_sources_stands_in_the_code_map() {
    fn files(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("src").flatten().map(|entry| entry.path()) {
            if entry.is_dir() {
                files(&entry, found);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                found.push(entry.file_stem().unwrap_or_default().to_string_lossy().into_owned());
            }
        }
    }
    let mut names = Vec::new();
    files(std::path::Path::new("src"), &mut names);
    names.retain(|name| !["mod", "tests", "main", "lib"].contains(&name.as_str()));
    let map = read("ARCHITECTURE.md");
    // As `name.rs`, or as `name` where a whole folder is listed.
    let is_named = |name: &String| map.contains(&format!("`{name}.rs")) || map.contains(&format!("`{name}`"));
    names.retain(|name| !is_named(name));
    assert!(names.is_empty(), "ARCHITECTURE.md says nothing of {names:?}");
}

#[test]
fn every_part_stands_in_the_code_map() {
    let parts = fs::read_dir("src").expect("src").flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    assert_documented(
        "ARCHITECTURE.md",
        parts.filter(|name| name != "lib.rs" && name != "main.rs").map(|name| name.trim_end_matches(".rs").to_owned()),
    );
}
