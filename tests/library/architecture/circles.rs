//! No two files of `src` use each other, straight or round about: of any two, one can be read and moved without the other.
//!
//! A parent and its children are one matter: it calls them, and they use what it defines. So a circle is one that is still there
//! when children use nothing of their parents, or when parents use nothing of their children.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::sources::sources;
use super::uses::{Modules, Uses};

/// Circles that are known, by the files in `src`, and what closes each. All of them are to go, and none is to come.
const EXCEPTIONS: &[(&[&str], &str)] = &[];

type Circle = BTreeSet<PathBuf>;

fn read(file: &Path) -> Option<String> {
    fs::read_to_string(file).ok()
}

/// All files that a file uses, of itself or through others.
fn reached<'a>(from: &'a Path, uses: &'a Uses) -> BTreeSet<&'a Path> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        let others = uses.get(file).into_iter().flat_map(BTreeMap::keys);
        open.extend(others.map(PathBuf::as_path).filter(|other| found.insert(*other)));
    }
    found
}

/// The sets of files of which each uses every other (the strongly connected components of more than one).
fn connected(uses: &Uses) -> BTreeSet<Circle> {
    let reached: BTreeMap<&Path, BTreeSet<&Path>> =
        uses.keys().map(|file| (file.as_path(), reached(file, uses))).collect();
    let circle_of = |(file, others): (&&Path, &BTreeSet<&Path>)| {
        others.iter().filter(|other| reached[**other].contains(file)).map(|other| (*other).to_owned()).collect()
    };
    reached.iter().map(circle_of).filter(|circle: &Circle| circle.len() > 1).collect()
}

/// Where the children of `file` lie: `a` for both `a.rs` and `a/mod.rs`.
fn home(file: &Path) -> PathBuf {
    let is_root = file.file_name().is_some_and(|name| name == "mod.rs" || name == "lib.rs");
    if is_root { file.parent().unwrap_or(file).to_owned() } else { file.with_extension("") }
}

fn is_below(child: &Path, parent: &Path) -> bool {
    let (child, parent) = (home(child), home(parent));
    child != parent && child.starts_with(parent)
}

/// `uses` without those of one file of another that are `left_out`.
fn without(uses: &Uses, left_out: impl Fn(&Path, &Path) -> bool) -> Uses {
    let mut uses = uses.clone();
    for (file, others) in &mut uses {
        others.retain(|other, _| !left_out(file, other));
    }
    uses
}

fn circles(uses: &Uses) -> BTreeSet<Circle> {
    let of_parents = connected(&without(uses, is_below));
    let of_children = connected(&without(uses, |file, other| is_below(other, file)));
    let all = &of_parents | &of_children;
    let is_part = |circle: &Circle| all.iter().any(|other| other.len() > circle.len() && circle.is_subset(other));
    all.iter().filter(|circle| !is_part(circle)).cloned().collect()
}

/// A circle with what each of its files uses of the others.
fn described(circle: &Circle, uses: &Uses) -> String {
    let mut lines = vec!["files that use each other:".to_owned()];
    for file in circle {
        for (other, names) in uses[file].iter().filter(|(other, _)| circle.contains(*other)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            lines.push(format!("  {} uses {}: {}", file.display(), other.display(), names.join(", ")));
        }
    }
    lines.join("\n")
}

#[test]
fn no_two_files_use_each_other() {
    let uses = Modules::read(Path::new("src"), &read).uses();
    let found = circles(&uses);
    let excepted: BTreeSet<Circle> =
        EXCEPTIONS.iter().map(|(files, _)| files.iter().map(|file| Path::new("src").join(file)).collect()).collect();
    let new = found.difference(&excepted).map(|circle| described(circle, &uses));
    let gone = excepted.difference(&found).map(|circle| format!("an exception that is no longer needed: {circle:?}"));
    let wrong: Vec<String> = new.chain(gone).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A file that is not read is in no circle.
#[test]
fn every_file_but_those_of_tests_is_read() {
    let modules = Modules::read(Path::new("src"), &read);
    let read = modules.files();
    let is_left_out = |file: &Path| file == Path::new("src/main.rs") || file.file_stem().is_some_and(|s| s == "tests");
    let unread: Vec<PathBuf> = sources(Path::new("src"))
        .into_iter()
        .filter(|file| !is_left_out(file) && !read.contains(file.as_path()))
        .collect();
    assert!(unread.is_empty(), "{unread:?}");
}

/// What the files of an invented crate use of each other.
fn uses_in(files: &[(&str, &str)]) -> Uses {
    let text_of = |file: &Path| Some(files.iter().find(|(name, _)| Path::new(name) == file)?.1.to_owned());
    Modules::read(Path::new(""), &text_of).uses()
}

/// `a.rs -> b.rs` for every file that uses another.
fn arrows(uses: &Uses) -> Vec<String> {
    let arrow = |from: &Path, to: &Path| format!("{} -> {}", from.display(), to.display());
    uses.iter().flat_map(|(file, used)| used.keys().map(|other| arrow(file, other))).collect()
}

#[test]
fn a_name_is_followed_to_the_file_that_defines_it() {
    let parents = [
        ("lib.rs", "pub mod a; mod other; mod user;"),
        ("other.rs", "use crate::a::b::c; fn c() {}"),
        ("a/mod.rs", "mod b; pub use b::{Deep as Renamed, b, c::Deeper};"),
    ];
    let children = [("a/b.rs", "pub mod c; pub struct Deep;"), ("a/b/c.rs", "pub struct Deeper;")];
    for (code, used) in [
        ("use crate::a::Renamed;", "user.rs -> a/b.rs"),
        ("use crate::{a::{self, Deeper}};", "user.rs -> a/b/c.rs"),
        ("use super::a; fn f(_: a::Renamed) {}", "user.rs -> a/b.rs"),
        ("fn f() { let _ = [crate::a::Deeper]; }", "user.rs -> a/b/c.rs"),
        ("fn f() { (0..super::a::OTHER).len() }", "user.rs -> a/mod.rs"),
        ("mod inner { fn f() { super::super::a::own() } }", "user.rs -> a/mod.rs"),
        ("html! { (crate::a::Renamed) }", "user.rs -> a/b.rs"),
        ("fn f() { super::a::b() }", "user.rs -> a/b.rs"),
        ("fn f() { super::other::c() }", "user.rs -> other.rs"),
    ] {
        let files = [&parents[..], &children, &[("user.rs", code)]].concat();
        assert_eq!(arrows(&uses_in(&files)), [used], "{code}");
    }
}

#[test]
fn modules_comments_texts_tests_and_other_crates_are_not_used() {
    for code in [
        "use super::a; use chrono::{self, Days}; pub(in crate::a) fn f(_: Days, d: chrono::Days) {}",
        "//! [`crate::a::Item`]\nfn f() -> &'static str { \"crate::a::Item\" } // crate::a::Item",
        "#[cfg(test)] mod tests { use crate::a::Item; } #[cfg(test)] use crate::a::Item;",
        "pub use crate::a::Item; fn f(x: &X) -> impl Iterator + use<'_> { x.Item }",
    ] {
        let uses = uses_in(&[("lib.rs", "mod a; mod user;"), ("a.rs", ""), ("user.rs", code)]);
        assert_eq!(arrows(&uses), [""; 0], "{code}");
    }
}

#[test]
fn circles_are_found_but_those_of_a_parent_and_its_children() {
    let root = ("lib.rs", "mod a; mod b; mod c;");
    let child = ("a/d.rs", "pub struct D(super::A);");
    for (a, b, c, found) in [
        ("use crate::b::B;", "use crate::a::A;", "", &["a.rs", "b.rs"][..]),
        ("use crate::b::B;", "use crate::c::C;", "use crate::a::A;", &["a.rs", "b.rs", "c.rs"]),
        ("mod d; fn f(_: d::D) {}", "use crate::a::A;", "use crate::a::d::D;", &[]),
        ("mod d; pub use d::D; use crate::b::B;", "use crate::a::D;", "", &["a.rs", "a/d.rs", "b.rs"]),
    ] {
        let uses = uses_in(&[root, child, ("a.rs", a), ("b.rs", b), ("c.rs", c)]);
        let expected: Circle = found.iter().map(PathBuf::from).collect();
        assert_eq!(circles(&uses), BTreeSet::from_iter((!found.is_empty()).then_some(expected)), "{a}");
    }
    let child = ("a/d.rs", "use crate::b::B; pub struct D;");
    let uses = uses_in(&[root, child, ("a.rs", "mod d; fn f(_: d::D) {}"), ("b.rs", "use crate::a::A;"), ("c.rs", "")]);
    assert_eq!(circles(&uses), BTreeSet::from([["a.rs", "a/d.rs", "b.rs"].map(PathBuf::from).into()]));
}
