//! What fields are called in reports. The words stand in `field_names.toml`. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Field;
use crate::model::Language;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldName {
    ja: String,
    en: String,
}

static NAMES: LazyLock<BTreeMap<String, FieldName>> =
    LazyLock::new(|| toml::from_str(include_str!("field_names.toml")).expect("the tests read field_names.toml"));

impl Field {
    /// The name of the field in settings and in `columns.toml`: `venue_name`.
    pub fn key(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// What the field with this `key` is called in reports; the key itself if there is none.
pub fn field_name(key: &str, language: Language) -> &str {
    match NAMES.get(key) {
        Some(name) if language.of_reports() == Language::Ja => &name.ja,
        Some(name) => &name.en,
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_tables_has_a_name_in_both_languages() {
        for table in [include_str!("../columns.toml"), include_str!("../link_workers/columns.toml")] {
            let tables: toml::Table = table.parse().unwrap();
            for key in tables.keys().filter(|key| !key.contains("last_resort") && *key != "unknown") {
                let name = NAMES.get(key).unwrap_or_else(|| panic!("{key} has no name"));
                assert!(!name.ja.is_empty() && !name.en.is_empty());
            }
        }
        assert_eq!(field_name("venue_name", Language::En), "building or hall");
        assert_eq!(Field::VenueName.key(), "venue_name");
    }
}
