//! A person's consent to be listed: given when, until when, and whether it still stands. This module does no I/O.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// What a list says of a person's consent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Consent {
    /// The day it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_on: Option<NaiveDate>,
    /// The last day it holds, where the list names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// What has become of it.
    pub state: ConsentState,
}

/// What has become of a consent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// It was given.
    #[default]
    Given,
    /// It was refused or withdrawn.
    Withdrawn,
    /// The list's words on it are not understood, so that nobody may rely on it.
    Unclear,
}

impl ConsentState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Given, Self::Withdrawn, Self::Unclear];

    /// Its code, as it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Withdrawn => "withdrawn",
            Self::Unclear => "unclear",
        }
    }
}

impl Consent {
    /// The last day on which it holds: the list's own, else `months` after it was given; `None` where neither is known.
    pub fn last_day(&self, months: ConsentMonths) -> Option<NaiveDate> {
        self.until.or_else(|| self.given_on?.checked_add_months(Months::new(months.0)))
    }
}

/// For how many months a private person's consent holds where the list names no last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentMonths(pub u32);

impl Default for ConsentMonths {
    /// A year: whoever is still looking for company is asked again once a year.
    fn default() -> Self {
        Self(12)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consent_without_a_last_day_holds_for_the_usual_time() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let consent = |given_on, until| Consent { given_on, until, ..Consent::default() };
        for (given, until, months, last) in [
            (day("2026-04-01"), day("2026-09-30"), 12, day("2026-09-30")),
            (day("2026-04-01"), None, 12, day("2027-04-01")),
            (day("2026-04-01"), None, 6, day("2026-10-01")),
            (day("2026-08-31"), None, 6, day("2027-02-28")),
            (None, day("2026-09-30"), 12, day("2026-09-30")),
            (None, None, 12, None),
        ] {
            assert_eq!(consent(given, until).last_day(ConsentMonths(months)), last);
        }
    }
}
