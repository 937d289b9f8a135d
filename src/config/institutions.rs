//! Parses `institutions.csv`: where help by law begins, by trouble.
//!
//! This module does no I/O.

use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;

use super::ConfigError;
use super::categories::{CategoryRow, parse_rows};
use crate::model::{Institution, InstitutionTable};

/// Columns of the file, in any order; `phone` and `hours` may be left out.
const COLUMNS: [&str; 4] = ["group", "trouble", "what", "office"];

/// Digits of a telephone number: three of a short one (189, #8008), eleven of a mobile.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=11;

/// Reads the table; fails with every fault.
pub(super) fn parse_institutions(file: &Path, text: &str) -> Result<InstitutionTable, Vec<ConfigError>> {
    parse_rows((file, text), (&COLUMNS, "config.no_row"), |row, _: &[Institution]| parse_institution(row))
        .map(InstitutionTable::new)
}

fn parse_institution(row: &CategoryRow<'_>) -> Result<Institution, ConfigError> {
    let troubles = row.list("trouble");
    if troubles.is_empty() {
        return Err(row.wrong("trouble", "config.empty_cell"));
    }
    let phone = row.optional("phone").map(|phone| normalized(&phone));
    if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
        return Err(row.wrong("phone", "config.wrong_phone"));
    }
    Ok(Institution {
        group: row.required("group")?,
        troubles,
        what: row.required("what")?,
        office: row.required("office")?,
        phone,
        hours: row.optional("hours"),
    })
}

/// The number with ASCII digits and hyphens, however wide it was written.
fn normalized(phone: &str) -> String {
    phone.nfkc().map(|c| if "‐‑‒–—―−ー".contains(c) { '-' } else { c }).collect()
}

/// Whether `phone` is one number and nothing else: it is printed large, and called.
fn is_phone(phone: &str) -> bool {
    let rest = phone.strip_prefix('#').unwrap_or(phone);
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let is_written = rest.chars().all(|c| c.is_ascii_digit() || "-() ".contains(c));
    is_written && DIGITS.contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_is_one_number_in_any_width() {
        for phone in ["189", "#8008", "079-000-0000", "0120-000-000", "(079) 000-0000", "090-0000-0000", "119"] {
            assert!(is_phone(phone), "{phone}");
        }
        for wrong in ["", "12", "代表", "079-000-0000 / 0001", "079-000-0000内線3", "#", "0790000000000", "+81-79-000"]
        {
            assert!(!is_phone(wrong), "{wrong}");
        }
        assert!(is_phone(&normalized("０７９－０００－００００")));
    }
}
