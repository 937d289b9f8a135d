//! Which rows are sums of others and no areas. The numbers decide, not the names alone: 塩江町安原下 is an area beside
//! 塩江町安原下第１号, and 朝日町 has people of its own beside its 丁目. This module does no I/O.

use std::collections::HashMap;

use super::counts::CountPlan;
use super::layout::PopulationFormat;
use super::rows::{PopulationRow, narrow};
use super::words::WORDS;
use crate::import::regions::gazetteer::{Gazetteer, TownNameMatch};
use crate::model::City;
use crate::text::{ascii_numerals, fold};

/// Digits of e-Stat's code of a whole municipality.
const CITY_DIGITS: usize = 5;

/// People may differ by this and be equal, where files have decimals.
const SAME: f64 = 1e-6;

/// A row that is a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subtotal {
    /// Of the whole municipality.
    Municipality,
    /// Of some of its areas.
    Part,
}

/// Finds the sums among rows of one table, by their names and codes.
pub(super) fn by_name_and_code(
    rows: &[PopulationRow],
    format: PopulationFormat,
    city: &City,
    gazetteer: Option<&Gazetteer>,
) -> Vec<Option<Subtotal>> {
    let own = [city.name.clone(), format!("{}{}", city.prefecture, city.name)].map(|name| fold(&name));
    let has_key_codes = matches!(format, PopulationFormat::SmallArea | PopulationFormat::Mesh);
    let mut codes: Vec<&str> = rows.iter().filter_map(|row| row.code.as_deref()).collect();
    codes.sort_unstable();
    let begins_another = |code: &str| {
        let next = codes.partition_point(|other| *other <= code);
        codes.get(next).is_some_and(|other| other.starts_with(code))
    };
    let of = |row: &PopulationRow| {
        let (key, name) = (narrow(&row.name), fold(&row.name));
        let code = row.code.as_deref().filter(|_| has_key_codes);
        if format == PopulationFormat::SmallArea && code.is_some_and(|code| code.len() == CITY_DIGITS) {
            return Some(Subtotal::Municipality);
        }
        if WORDS.rows.municipality.contains(&key) || (!name.is_empty() && own.contains(&name)) {
            return Some(Subtotal::Municipality);
        }
        let is_town = || {
            gazetteer.is_some_and(|towns| {
                matches!(towns.town_named(&row.name), TownNameMatch::Found(_) | TownNameMatch::Ambiguous)
            })
        };
        let is_sum = WORDS.rows.sums.contains(&key) || (key.ends_with('計') && !is_town());
        (is_sum || code.is_some_and(begins_another)).then_some(Subtotal::Part)
    };
    rows.iter().map(of).collect()
}

/// Which of `rows` have at least two children, rows named as they are plus N丁目 or 第N号, whose totals add up exactly to theirs.
pub(super) fn by_children(rows: &[PopulationRow], plan: &CountPlan) -> Vec<bool> {
    let total = |row: &PopulationRow| plan.counts(row.cells.clone(), row.merged).0.over(0);
    let mut children: HashMap<String, Vec<Option<f64>>> = HashMap::new();
    for row in rows {
        if let Some(parent) = parent_of(&key(&row.name)) {
            children.entry(parent).or_default().push(total(row));
        }
    }
    let is_sum = |row: &PopulationRow| {
        let of = children.get(&key(&row.name)).filter(|of| of.len() >= 2)?;
        let sum = of.iter().copied().sum::<Option<f64>>()?;
        Some((sum - total(row)?).abs() < SAME)
    };
    rows.iter().map(|row| is_sum(row).unwrap_or(false)).collect()
}

/// The name of a row with 丁目 or 号 as number.
fn key(name: &str) -> String {
    ascii_numerals(&fold(name))
}

/// The name without N丁目 or 第N号; `None` if it has neither.
fn parent_of(key: &str) -> Option<String> {
    let without_number = |rest: &str| {
        let base = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        (base.len() < rest.len() && !base.is_empty()).then(|| base.to_owned())
    };
    match key.strip_suffix("丁目") {
        Some(rest) => without_number(rest),
        None => without_number(key.strip_suffix('号')?)?
            .strip_suffix('第')
            .filter(|base| !base.is_empty())
            .map(str::to_owned),
    }
}
