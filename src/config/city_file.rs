//! Parses `city.toml`: every fault with its line and column, in words of our own, and a number where a text is meant.
//!
//! This module does no I/O.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::ConfigError;
use crate::model::{City, GapTargets, IpNetwork, MapSettings, ReadingLimits, is_origin};
use crate::schedule;

/// What the value of a setting must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SettingKind {
    Text,
    YesNo,
    Number,
    Texts,
    Origins,
    Networks,
    Limits,
    Gaps,
    Map,
}

/// Every setting.
const SETTINGS: [(&str, SettingKind); 25] = [
    ("code", SettingKind::Text),
    ("name", SettingKind::Text),
    ("kana", SettingKind::Text),
    ("name_en", SettingKind::Text),
    ("prefecture", SettingKind::Text),
    ("public_url", SettingKind::Text),
    ("embed_hosts", SettingKind::Origins),
    ("office", SettingKind::Text),
    ("office_phone", SettingKind::Text),
    ("office_email", SettingKind::Text),
    ("licence", SettingKind::Text),
    ("new_year", SettingKind::Text),
    ("sample", SettingKind::YesNo),
    ("representatives_public", SettingKind::YesNo),
    ("consent_months", SettingKind::Number),
    ("unmet_per_day", SettingKind::Number),
    ("results_per_day", SettingKind::Number),
    ("internal_hosts", SettingKind::Texts),
    ("staff_hosts", SettingKind::Texts),
    ("link_workers_need_account", SettingKind::YesNo),
    ("allow_plain_http", SettingKind::YesNo),
    ("trusted_proxies", SettingKind::Networks),
    ("limits", SettingKind::Limits),
    ("gaps", SettingKind::Gaps),
    ("map", SettingKind::Map),
];

/// Reads and checks the settings; fails with every fault.
pub(super) fn parse_city(file: &Path, text: &str) -> Result<City, Vec<ConfigError>> {
    let text = &with_quoted_numbers(text);
    let mut faults = SettingFaults { file, text, found: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        faults.add(error.span(), "config.toml_syntax", &[]);
    }
    let mut places = HashMap::new();
    for (key, value) in table.get_ref() {
        places.insert(key.get_ref().to_string(), key.span());
        faults.check_kind(key.get_ref(), key.span(), value.get_ref(), value.span());
    }
    if faults.found.is_empty() {
        match toml::from_str::<City>(text) {
            Ok(city) => {
                faults.check_values(&city, &places);
                if faults.found.is_empty() {
                    return Ok(city);
                }
            }
            Err(error) => faults.add(error.span(), "config.toml_syntax", &[]),
        }
    }
    Err(faults.in_order())
}

/// The text with numbers in quotes where a text is meant: a code of 012025, a telephone of 087-839-2011.
fn with_quoted_numbers(text: &str) -> String {
    let is_text = |key: &str| SETTINGS.iter().any(|(name, kind)| *name == key && *kind == SettingKind::Text);
    let quoted = |line: &str| {
        let (key, value) = line.split_once('=')?;
        let (value, comment) = value.split_once('#').map_or((value, String::new()), |(v, c)| (v, format!(" #{c}")));
        let value = value.trim();
        let is_number = value.starts_with(|c: char| c.is_numeric() || "+(（".contains(c))
            && value.chars().all(|c| c.is_numeric() || "+-‐−ー.()（） ".contains(c));
        (is_text(key.trim()) && is_number).then(|| format!("{key}= \"{value}\"{comment}"))
    };
    let lines = text.split('\n').map(|line| quoted(line).unwrap_or_else(|| line.to_owned()));
    lines.collect::<Vec<_>>().join("\n")
}

/// The faults found so far.
struct SettingFaults<'a> {
    file: &'a Path,
    text: &'a str,
    found: Vec<ConfigError>,
}

impl SettingFaults<'_> {
    fn add(&mut self, span: Option<Range<usize>>, reason: &'static str, values: &[(&'static str, &str)]) {
        let before = self.text.get(..span.map_or(0, |span| span.start)).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = Some((before[line_start..].chars().count() + 1).to_string());
        let is_known = |known: &ConfigError| matches!(known, ConfigError::Wrong { line: at, .. } if *at == line);
        // One slip makes several errors of a parser.
        if reason == "config.toml_syntax" && self.found.iter().any(is_known) {
            return;
        }
        let values = values.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        self.found.push(ConfigError::Wrong { file: self.file.to_owned(), line, column, reason, values });
    }

    /// Checks that there is such a setting and that its value is of its kind.
    fn check_kind(&mut self, key: &str, at: Range<usize>, value: &DeValue<'_>, value_at: Range<usize>) {
        let Some((_, kind)) = SETTINGS.iter().find(|(name, _)| *name == key) else {
            let names = SETTINGS.iter().map(|(name, _)| *name).filter(|name| *name != "staff_hosts");
            let names = names.collect::<Vec<_>>().join(", ");
            return self.add(Some(at), "config.unknown_setting", &[("value", key), ("names", &names)]);
        };
        let reason = match kind {
            SettingKind::Text if !value.is_str() => "config.not_text",
            SettingKind::YesNo if !value.is_bool() => "config.not_true_or_false",
            SettingKind::Number if !value.is_integer() => "config.not_whole_number",
            SettingKind::Texts | SettingKind::Origins | SettingKind::Networks if !is_texts(value) => "config.not_texts",
            SettingKind::Networks => return self.check_networks(value),
            SettingKind::Origins => return self.check_origins(value),
            SettingKind::Limits => return self.check_table(key, ReadingLimits::default(), value, value_at),
            SettingKind::Map => return self.check_map(value, value_at),
            SettingKind::Gaps => return self.check_table(key, GapTargets::default(), value, value_at),
            _ => return,
        };
        self.add(Some(value_at), reason, &[("value", key)]);
    }

    /// Checks that each text is an origin, at the line where it stands.
    fn check_origins(&mut self, value: &DeValue<'_>) {
        let texts = value.as_array().into_iter().flatten();
        for (text, at) in texts.filter_map(|it| Some((it.get_ref().as_str()?, it.span()))) {
            if !is_origin(text) {
                self.add(Some(at), "config.wrong_embed_host", &[("value", text)]);
            }
        }
    }

    /// Checks `[map]`: texts, and one that is true or false.
    fn check_map(&mut self, value: &DeValue<'_>, at: Range<usize>) {
        let Some(settings) = value.as_table() else {
            return self.add(Some(at), "config.not_table", &[("value", "map")]);
        };
        let known = serde_json::to_value(MapSettings::default()).unwrap_or_default();
        for (key, value) in settings {
            let (name, value_at) = (key.get_ref().as_ref(), value.span());
            match known.get(name) {
                None => {
                    let names = known.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
                    let names = names.collect::<Vec<_>>().join(", ");
                    self.add(Some(key.span()), "config.unknown_setting", &[("value", name), ("names", &names)]);
                }
                Some(Value::Bool(_)) if !value.get_ref().is_bool() => {
                    self.add(Some(value_at), "config.not_true_or_false", &[("value", name)]);
                }
                Some(Value::Bool(_)) => {}
                Some(_) if !value.get_ref().is_str() => self.add(Some(value_at), "config.not_text", &[("value", name)]),
                Some(_) => {}
            }
        }
    }

    /// Checks that each text is an IP address or a network.
    fn check_networks(&mut self, value: &DeValue<'_>) {
        for network in value.as_array().into_iter().flatten() {
            let text = network.get_ref().as_str().unwrap_or_default();
            if IpNetwork::parse(text).is_none() {
                self.add(Some(network.span()), "config.wrong_network", &[("value", text)]);
            }
        }
    }

    /// Checks a table of numbers, such as `[limits]`; its usual values say which there are, and which may have a decimal point.
    fn check_table(&mut self, name: &str, usual: impl Serialize, value: &DeValue<'_>, at: Range<usize>) {
        let Some(numbers) = value.as_table() else { return self.add(Some(at), "config.not_table", &[("value", name)]) };
        let known = serde_json::to_value(usual).unwrap_or_default();
        for (key, value) in numbers {
            let usual = known.get(key.get_ref().as_ref());
            if usual.is_none() {
                let names = known.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
                let names = names.collect::<Vec<_>>().join(", ");
                self.add(Some(key.span()), "config.unknown_setting", &[("value", key.get_ref()), ("names", &names)]);
            } else if !(value.get_ref().is_integer() || value.get_ref().is_float() && usual.is_some_and(Value::is_f64))
            {
                self.add(Some(value.span()), "config.not_whole_number", &[("value", key.get_ref())]);
            }
        }
    }

    /// Checks what the settings say; `places` is where each stands.
    fn check_values(&mut self, city: &City, places: &HashMap<String, Range<usize>>) {
        let is_wrong_url = |url: &str| !url.starts_with("http") || url.ends_with('/');
        let is_code = city.code.len() == 6 && city.code.bytes().all(|b| b.is_ascii_digit());
        let checks = [
            ("name", city.name.trim().is_empty(), "config.no_name"),
            ("code", !is_code, "config.wrong_code"),
            ("public_url", city.public_url.as_deref().is_some_and(is_wrong_url), "config.wrong_url"),
            (
                "map",
                city.map.tiles.as_deref().is_some_and(|tiles| MapSettings::origin_of(tiles).is_none()),
                "config.wrong_tiles",
            ),
            (
                "new_year",
                city.new_year.as_deref().is_some_and(|text| schedule::parse_season(text).is_none()),
                "config.wrong_new_year",
            ),
        ];
        for (key, is_wrong, reason) in checks {
            if is_wrong {
                self.add(places.get(key).cloned(), reason, &[]);
            }
        }
    }

    fn in_order(mut self) -> Vec<ConfigError> {
        let place = |fault: &ConfigError| match fault {
            ConfigError::Wrong { line, .. } => *line,
            _ => 0,
        };
        self.found.sort_by_key(place);
        self.found
    }
}

fn is_texts(value: &DeValue<'_>) -> bool {
    value.as_array().is_some_and(|values| values.iter().all(|value| value.get_ref().is_str()))
}
