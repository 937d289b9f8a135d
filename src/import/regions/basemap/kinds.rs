//! What a feature of a base map is, by its properties (`kinds.toml`). This module does no I/O.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::import::regions::outlines::features::OutlineFeature;
use crate::model::BasemapKind;

/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 100;

/// Names that say that there is none.
const NO_NAMES: [&str; 4] = ["名称不明", "不明", "なし", "-"];

static KINDS: LazyLock<KindTable> =
    LazyLock::new(|| toml::from_str(include_str!("kinds.toml")).expect("kinds.toml holds rules; a test reads it"));

/// The table of rules.
#[derive(Debug, Deserialize)]
struct KindTable {
    rule: Vec<KindRule>,
    plain: PlainKinds,
}

/// A property that decides what a feature is.
#[derive(Debug, Deserialize)]
struct KindRule {
    kind: BasemapKind,
    property: String,
    #[serde(default)]
    values: Vec<String>,
    only: Option<RuleCondition>,
    #[serde(default)]
    name: Vec<String>,
}

/// What a further property must be.
#[derive(Debug, Deserialize)]
struct RuleCondition {
    property: String,
    values: Vec<String>,
}

/// Kinds written in words.
#[derive(Debug, Deserialize)]
struct PlainKinds {
    properties: Vec<String>,
    name: Vec<String>,
    words: HashMap<BasemapKind, Vec<String>>,
}

/// The kind and the name of a feature; `None` if nothing says what it is, or it is nothing that is drawn.
pub(super) fn kind_of(feature: &OutlineFeature) -> Option<(BasemapKind, Option<String>)> {
    let table = &*KINDS;
    if let Some(rule) = table.rule.iter().find(|rule| rule.fits(feature)) {
        let names = if rule.name.is_empty() { &table.plain.name } else { &rule.name };
        let is_wanted =
            |only: &RuleCondition| value(feature, &only.property).is_some_and(|it| only.values.contains(&it));
        return rule.only.as_ref().is_none_or(is_wanted).then(|| (rule.kind, name(feature, names)));
    }
    let word = table.plain.properties.iter().find_map(|property| value(feature, property))?;
    let mut kinds = table.plain.words.iter();
    let (kind, _) = kinds.find(|(_, words)| words.iter().any(|known| known.eq_ignore_ascii_case(&word)))?;
    Some((*kind, name(feature, &table.plain.name)))
}

/// The plain words for kinds, for messages.
pub(super) fn plain_words() -> String {
    BasemapKind::ALL.map(BasemapKind::code).join(", ")
}

impl KindRule {
    fn fits(&self, feature: &OutlineFeature) -> bool {
        value(feature, &self.property).is_some_and(|value| self.values.is_empty() || self.values.contains(&value))
    }
}

fn value(feature: &OutlineFeature, property: &str) -> Option<String> {
    feature.text(&[property])
}

/// The first name that is no code; a name that says there is none is none.
fn name(feature: &OutlineFeature, properties: &[String]) -> Option<String> {
    let is_name = |text: &String| text.chars().any(char::is_alphabetic) && !NO_NAMES.contains(&text.as_str());
    let found = properties.iter().filter_map(|property| value(feature, property)).find(is_name)?;
    Some(found.chars().filter(|c| !c.is_control() && !turns_text(*c)).take(LONGEST_NAME).collect())
}

/// Whether a character turns the direction of the text behind it (bidirectional controls).
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
