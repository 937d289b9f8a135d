//! What each file of a crate names of its other files, read from its tokens.
//!
//! Comments, texts and `#[cfg(test)]` parts name nothing, and neither does `mod x;`. A name that a module passes on (`pub use`)
//! is followed to the file that defines it; the module itself names it only where its own code does. So a parent that only
//! passes its children on uses none of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The way to a module or an item: `["model", "place"]` from the root, or as it is written.
type Way = Vec<String>;

/// For each file the other files that it uses, with the names it calls them by.
pub type Uses = BTreeMap<PathBuf, BTreeMap<PathBuf, BTreeSet<String>>>;

/// A way that loops through `use` lines (`use chrono::{self}`) leads out of the crate; no honest one is this long.
const LONGEST: usize = 20;

/// A module: that of a file, or one that stands in braces inside of it.
struct Module {
    file: PathBuf,
    imports: Vec<Import>,
    named: BTreeSet<Way>,
}

/// A name that a `use` brings into a module.
struct Import {
    name: String,
    way: Way,
    /// By `pub use`, also where only a part of the crate may see it.
    passed_on: bool,
}

/// All modules of a crate, read from its root.
pub struct Modules<'a> {
    folder: &'a Path,
    text_of: &'a dyn Fn(&Path) -> Option<String>,
    by_way: BTreeMap<Way, Module>,
}

impl<'a> Modules<'a> {
    /// The modules below `lib.rs` in `folder`, whose files `text_of` reads.
    pub fn read(folder: &'a Path, text_of: &'a dyn Fn(&Path) -> Option<String>) -> Self {
        let mut modules = Self { folder, text_of, by_way: BTreeMap::new() };
        modules.read_file(&[]);
        modules
    }

    /// Every file that was read.
    pub fn files(&self) -> BTreeSet<&Path> {
        self.by_way.values().map(|module| module.file.as_path()).collect()
    }

    /// What each file uses of the others.
    pub fn uses(&self) -> Uses {
        let mut uses = Uses::new();
        for (at, module) in &self.by_way {
            let others = uses.entry(module.file.clone()).or_default();
            let imported = module.imports.iter().filter(|import| !import.passed_on).map(|import| &import.way);
            for way in imported.chain(&module.named) {
                if let Some(file) = self.file_of(at, way, 0).filter(|file| *file != module.file) {
                    others.entry(file.to_owned()).or_default().insert(way.join("::"));
                }
            }
        }
        uses
    }

    /// The file that defines what `way` names in the module `at`; `None` where that is a module, or not of this crate.
    fn file_of(&self, at: &[String], way: &[String], steps: usize) -> Option<&Path> {
        let mut here = at.to_vec();
        for (index, name) in way.iter().enumerate() {
            // `pub use self::read::read`: a function may be called what its module is called, and is meant at the end of a way.
            let is_item = index + 1 == way.len() && self.imported(&here, name).is_some();
            match name.as_str() {
                "crate" => here.clear(),
                "self" => {}
                "super" => drop(here.pop()),
                _ if !is_item && self.by_way.contains_key(&below(&here, name)) => here.push(name.clone()),
                _ => return self.file_of_item(&here, &way[index..], index == 0, steps),
            }
        }
        None
    }

    fn file_of_item(&self, here: &[String], way: &[String], bare: bool, steps: usize) -> Option<&Path> {
        match self.imported(here, &way[0]) {
            Some(_) if steps > LONGEST => None,
            Some(import) => self.file_of(here, &[&import.way, &way[1..]].concat(), steps + 1),
            // The file's own, the prelude's, or another crate.
            None if bare => None,
            None => self.by_way.get(here).map(|module| module.file.as_path()),
        }
    }

    /// What a `use` of the module `at` calls `name`.
    fn imported(&self, at: &[String], name: &str) -> Option<&Import> {
        self.by_way.get(at)?.imports.iter().find(|import| import.name == name)
    }

    /// Reads the file of the module `at`, in either style: `a/b.rs` or `a/b/mod.rs`.
    fn read_file(&mut self, at: &[String]) {
        let stem = at.iter().fold(self.folder.to_owned(), |path, name| path.join(name));
        let styles = if at.is_empty() {
            vec![stem.join("lib.rs")]
        } else {
            vec![stem.with_extension("rs"), stem.join("mod.rs")]
        };
        let found = styles.into_iter().find_map(|file| Some(((self.text_of)(&file)?, file)));
        let (text, file) = found.unwrap_or_else(|| panic!("there is no file for the module {}", at.join("::")));
        let tokens = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.read_module(at, &file, tokens);
    }

    fn read_module(&mut self, at: &[String], file: &Path, tokens: TokenStream) {
        let mut scan = Scan::default();
        scan.tokens(tokens);
        self.by_way.insert(at.to_vec(), Module { file: file.to_owned(), imports: scan.imports, named: scan.named });
        for (name, inside) in scan.children {
            let child = below(at, &name);
            match inside {
                Some(tokens) => self.read_module(&child, file, tokens),
                None => self.read_file(&child),
            }
        }
    }
}

fn below(at: &[String], name: &str) -> Way {
    at.iter().cloned().chain([name.to_owned()]).collect()
}

/// What stands in one module.
#[derive(Default)]
struct Scan {
    imports: Vec<Import>,
    named: BTreeSet<Way>,
    /// `mod x;`, and `mod x { … }` with what stands in it.
    children: Vec<(String, Option<TokenStream>)>,
}

impl Scan {
    fn tokens(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at += self.step(&tokens[..at], &tokens[at..]);
        }
    }

    /// Reads what stands at the start of `tokens`, and gives how many of them that was.
    fn step(&mut self, before: &[TokenTree], tokens: &[TokenTree]) -> usize {
        match tokens {
            [hash, TokenTree::Group(attribute), ..] if is(hash, '#') && is_for_tests(attribute) => item_end(tokens),
            [TokenTree::Ident(word), next, ..] if word == "use" && !is(next, '<') => {
                let end = item_end_at_semicolon(tokens);
                self.import(&tokens[1..end - 1], passes_on(before));
                end
            }
            [TokenTree::Ident(word), TokenTree::Ident(name), body, ..] if word == "mod" => {
                let inside = if let TokenTree::Group(group) = body { Some(group.stream()) } else { None };
                self.children.push((name.to_string(), inside));
                3
            }
            [TokenTree::Ident(_), ..] => self.way(tokens),
            [TokenTree::Group(group), ..] => {
                self.tokens(group.stream());
                1
            }
            _ => passed_over(tokens),
        }
    }

    /// Notes `a::b::c`, and gives how many tokens that is.
    fn way(&mut self, tokens: &[TokenTree]) -> usize {
        let mut way = vec![tokens[0].to_string()];
        let mut length = 1;
        while let [first, second, TokenTree::Ident(name), ..] = &tokens[length..]
            && is(first, ':')
            && is(second, ':')
        {
            way.push(name.to_string());
            length += 3;
        }
        self.named.insert(way);
        length
    }

    /// Notes what a `use` brings in: `a::{b, c::d as e}`.
    fn import(&mut self, tree: &[TokenTree], passed_on: bool) {
        for (name, way) in leaves(&[], tree) {
            self.imports.push(Import { name, way, passed_on });
        }
    }
}

/// How many tokens at the start of `tokens` name nothing by a way: marks, and the names that belong to what is in front.
fn passed_over(tokens: &[TokenTree]) -> usize {
    match tokens {
        // A range; what follows it is a name as anywhere else.
        [first, second, ..] if is(first, '.') && is(second, '.') => 2,
        // A field, a method, a lifetime.
        [mark, TokenTree::Ident(_), ..] if is(mark, '.') || is(mark, '\'') => 2,
        // What belongs to a type that was written out in front: `<T as Trait>::name`.
        [first, second, TokenTree::Ident(_), ..] if is(first, ':') && is(second, ':') => 3,
        _ => 1,
    }
}

/// Every name of a tree of `use` below `above`, with its way.
fn leaves(above: &[String], tree: &[TokenTree]) -> Vec<(String, Way)> {
    let mut way = above.to_vec();
    let mut name = None;
    for token in tree {
        match token {
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                return inside.split(|token| is(token, ',')).flat_map(|branch| leaves(&way, branch)).collect();
            }
            TokenTree::Ident(word) if word == "as" => name = Some(String::new()),
            TokenTree::Ident(word) if name.is_some() => name = Some(word.to_string()),
            TokenTree::Ident(word) if word == "self" && !way.is_empty() => {}
            TokenTree::Ident(word) => way.push(word.to_string()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    // After a last comma there is nothing.
    let last = way.last().filter(|_| !tree.is_empty()).cloned();
    name.or(last).map(|name| (name, way)).into_iter().collect()
}

fn is(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn is_for_tests(attribute: &Group) -> bool {
    attribute.stream().to_string().replace(' ', "") == "cfg(test)"
}

/// Whether `pub` or `pub(…)` stands at the end of what is `before` a `use`.
fn passes_on(before: &[TokenTree]) -> bool {
    let before = match before {
        [rest @ .., TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => rest,
        all => all,
    };
    matches!(before.last(), Some(TokenTree::Ident(word)) if word == "pub")
}

/// How many tokens the item at the start of `tokens` has: up to its semicolon or its braces.
fn item_end(tokens: &[TokenTree]) -> usize {
    let ends = |token: &TokenTree| {
        is(token, ';') || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
    };
    tokens.iter().position(ends).map_or(tokens.len(), |end| end + 1)
}

/// The same for a `use`, whose braces are not its end.
fn item_end_at_semicolon(tokens: &[TokenTree]) -> usize {
    tokens.iter().position(|token| is(token, ';')).map_or(tokens.len(), |end| end + 1)
}
