//! One object of a list → its cells, each with its heading. This module does no I/O.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{each_item, each_member, is_object};

/// Levels of objects and arrays within a row; what lies deeper stays as it is written.
const DEPTH: usize = 6;

/// What members mean as headings, from `json_list.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberWords {
    wrappers: Vec<String>,
    unread: Vec<String>,
    japanese: Vec<String>,
}

static WORDS: LazyLock<MemberWords> = LazyLock::new(|| {
    toml::from_str(include_str!("json_list.toml")).expect("json_list.toml is part of the program and tested")
});

/// The cells of one object, in the order of its members.
#[derive(Debug, Default)]
pub(super) struct JsonRow {
    /// Headings, each once, and texts.
    pub(super) cells: Vec<(String, String)>,
    /// The headings of `cells`.
    taken: HashSet<String>,
}

impl JsonRow {
    /// Flattens `object`; anything else has no cells.
    pub(super) fn of(object: &RawValue) -> Self {
        let mut row = Self::default();
        if is_object(object) {
            row.members("", object, DEPTH);
        }
        row
    }

    /// Adds the members of `object`, which stands below `heading`.
    fn members(&mut self, heading: &str, object: &RawValue, depth: usize) {
        if let Some((lon, lat)) = point(object) {
            self.add("longitude", heading, lon);
            self.add("latitude", heading, lat);
            return;
        }
        each_member(object, |name, value| {
            let lower = name.to_lowercase();
            let text = match lower.as_str() {
                "@value" => return self.value(heading, "", value, depth),
                "@id" if heading.is_empty() => "id",
                _ if lower.starts_with('@') || WORDS.unread.contains(&lower) => return,
                _ if WORDS.japanese.contains(&lower) && !heading.is_empty() => "",
                _ => name.as_str(),
            };
            self.value(text, heading, value, depth);
        });
    }

    /// Adds `value` of the member `name` of what stands below `above`.
    fn value(&mut self, name: &str, above: &str, value: &RawValue, depth: usize) {
        let heading = joined(above, name);
        match value.get().as_bytes().first() {
            Some(b'{') if depth > 0 => {
                let heading = if is_wrapper(name) { above } else { &heading };
                self.members(heading, value, depth - 1);
            }
            Some(b'[') if depth > 0 => match only_object(value) {
                Some(object) => self.members(if is_wrapper(name) { above } else { &heading }, object, depth - 1),
                None => self.add(&heading, above, text(value, depth - 1)),
            },
            _ => self.add(&heading, above, text(value, 0)),
        }
    }

    /// Adds a cell; what is there already is told apart by what stands `above`.
    fn add(&mut self, heading: &str, above: &str, text: String) {
        let is_taken = self.taken.contains(heading);
        let heading = if is_taken { joined(above, heading) } else { heading.to_owned() };
        if !heading.is_empty() && self.taken.insert(heading.clone()) {
            self.cells.push((heading, text));
        }
    }
}

/// Both names as a heading over two lines.
fn joined(above: &str, name: &str) -> String {
    match (above.is_empty(), name.is_empty()) {
        (true, _) => name.to_owned(),
        (_, true) => above.to_owned(),
        _ => format!("{above}_{name}"),
    }
}

fn is_wrapper(name: &str) -> bool {
    WORDS.wrappers.contains(&name.to_lowercase())
}

/// Longitude and latitude of a `GeoJSON` point.
fn point(object: &RawValue) -> Option<(String, String)> {
    let (mut is_point, mut numbers) = (false, Vec::new());
    each_member(object, |name, value| {
        is_point |= name == "type" && value.get() == "\"Point\"";
        if name == "coordinates" {
            each_item(value, |number| {
                numbers.push(number.get().to_owned());
                numbers.len() < 3
            });
        }
    });
    match numbers.as_slice() {
        [lon, lat, ..] if is_point => Some((lon.clone(), lat.clone())),
        _ => None,
    }
}

/// The object of an array that holds one and nothing else.
fn only_object(array: &RawValue) -> Option<&RawValue> {
    let (mut only, mut count) = (None, 0);
    each_item(array, |item| {
        count += 1;
        only = Some(item).filter(|item| is_object(item));
        count < 2
    });
    only.filter(|_| count == 1)
}

/// `value` as a cell's text. Numbers stay as they are written, but for a fraction of nothing.
fn text(value: &RawValue, depth: usize) -> String {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw).unwrap_or_default(),
        Some(b'n') => String::new(),
        Some(b't') => "TRUE".to_owned(),
        Some(b'f') => "FALSE".to_owned(),
        Some(b'[') if depth > 0 => {
            let (mut parts, mut has_objects) = (Vec::new(), false);
            each_item(value, |item| {
                has_objects |= is_object(item);
                parts.push(text(item, depth - 1));
                true
            });
            parts.retain(|part| !part.is_empty());
            parts.join(if has_objects { "\n" } else { "、" })
        }
        Some(b'{') if depth > 0 => {
            let mut parts = Vec::new();
            each_member(value, |name, member| {
                if !name.starts_with('@') {
                    parts.push(text(member, depth - 1));
                }
            });
            parts.retain(|part| !part.is_empty());
            parts.join(" ")
        }
        _ => raw.strip_suffix(".0").unwrap_or(raw).to_owned(),
    }
}
