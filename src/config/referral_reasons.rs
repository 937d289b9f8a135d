//! Parses `referral-reasons.csv`: why people are referred.
//!
//! This module does no I/O.

use std::path::Path;

use super::ConfigError;
use super::categories::{CategoryRow, parse_rows};
use crate::model::{ReferralReason, ReferralReasonId, ReferralReasonTable};

/// Columns of the file, in any order; `about` may be left out.
const COLUMNS: [&str; 2] = ["id", "name"];

/// The longest name in characters: more would be the reason of one person in words, and fit on no button.
const LONGEST_NAME: usize = 16;

/// Reads the table; fails with every fault.
pub(super) fn parse_reasons(file: &Path, text: &str) -> Result<ReferralReasonTable, Vec<ConfigError>> {
    parse_rows((file, text), (&COLUMNS, "config.no_row"), parse_reason).map(ReferralReasonTable::new)
}

fn parse_reason(row: &CategoryRow<'_>, before: &[ReferralReason]) -> Result<ReferralReason, ConfigError> {
    let (id, name) = (ReferralReasonId(row.id()?), row.required("name")?);
    if before.iter().any(|it| it.id == id) {
        return Err(row.wrong("id", "config.id_twice"));
    }
    if before.iter().any(|it| it.name == name) {
        return Err(row.wrong("name", "config.id_twice"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(row.wrong("name", "config.long_name"));
    }
    Ok(ReferralReason { id, name, about: row.cell("about").to_owned() })
}
