//! Whether a consent still stands. What it no longer covers is for staff only.
//!
//! A private person's consent ends: on the day that the list names, else some months after it was given
//! ([`ConsentMonths`](crate::model::ConsentMonths)). A group's ends only where the list says so. Where persons look for a person
//! ([`Category::person_to_person`]), nobody is shown without one. This module does no I/O.

use chrono::NaiveDate;

use super::persons;
use crate::model::{Category, ConsentMonths, ConsentState, Facts};

/// The day, and for how long a consent without a last day holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentRules {
    /// The day on which somebody wants to see the place.
    pub today: NaiveDate,
    /// For how many months a private person's consent holds where the list names no last day.
    pub months: ConsentMonths,
}

/// Where the consent to a place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentStanding {
    /// The list says nothing of one, and the category needs none.
    NotNeeded,
    /// It holds until the end of this day, where it ends at all.
    Holds(Option<NaiveDate>),
    /// The category needs one, and the list does not say since when there is.
    Missing,
    /// Its last day is past.
    Over,
    /// It was refused or withdrawn.
    Withdrawn,
    /// What the list says of it is not understood.
    Unclear,
}

impl ConsentRules {
    /// Where the consent to a place of `category` stands; `None` is a category that nobody knows.
    pub fn standing(self, facts: &Facts, category: Option<&Category>) -> ConsentStanding {
        let needed = category.is_some_and(|category| category.person_to_person);
        let Some(consent) = &facts.consent else {
            return if needed { ConsentStanding::Missing } else { ConsentStanding::NotNeeded };
        };
        match consent.state {
            ConsentState::Withdrawn => return ConsentStanding::Withdrawn,
            ConsentState::Unclear => return ConsentStanding::Unclear,
            ConsentState::Given => {}
        }
        let is_person = || {
            category.is_none_or(|category| category.private_persons)
                || persons::is_private_person(&facts.name, facts.contact.person.as_ref())
        };
        let last = consent.until.or_else(|| consent.last_day(self.months).filter(|_| is_person()));
        match last {
            Some(last) if last < self.today => ConsentStanding::Over,
            None if needed => ConsentStanding::Missing,
            last => ConsentStanding::Holds(last),
        }
    }
}

impl ConsentStanding {
    /// Whether the place is for staff only.
    pub fn hides(self) -> bool {
        !matches!(self, Self::NotNeeded | Self::Holds(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CategoryId, Consent};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn category(private_persons: bool, person_to_person: bool) -> Category {
        Category { id: CategoryId("a".into()), private_persons, person_to_person, ..Category::default() }
    }

    fn standing(today: &str, consent: Option<Consent>, category: Option<&Category>) -> ConsentStanding {
        let facts = Facts { name: "谷川の会".into(), consent, ..Facts::default() };
        ConsentRules { today: day(today), months: ConsentMonths(12) }.standing(&facts, category)
    }

    fn given(on: &str, until: &str) -> Consent {
        let read = |text: &str| text.parse().ok();
        Consent { given_on: read(on), until: read(until), state: ConsentState::Given }
    }

    #[test]
    fn a_private_person_s_consent_ends_with_its_last_day_and_a_year_after_it_was_given() {
        use ConsentStanding::{Holds, Over};
        for kind in [category(true, true), category(true, false)] {
            for (today, on, until, expected) in [
                ("2026-09-30", "2026-04-01", "2026-09-30", Holds(Some(day("2026-09-30")))),
                ("2026-10-01", "2026-04-01", "2026-09-30", Over),
                ("2027-04-01", "2026-04-01", "", Holds(Some(day("2027-04-01")))),
                ("2027-04-02", "2026-04-01", "", Over),
                ("2029-01-01", "2026-04-01", "2029-12-31", Holds(Some(day("2029-12-31")))),
            ] {
                assert_eq!(standing(today, Some(given(on, until)), Some(&kind)), expected, "{today} {on} {until}");
            }
        }
    }

    #[test]
    fn a_group_s_consent_ends_only_where_the_list_says_so() {
        use ConsentStanding::{Holds, Over};
        let group = category(false, false);
        assert_eq!(standing("2036-01-01", Some(given("2026-04-01", "")), Some(&group)), Holds(None));
        assert_eq!(standing("2036-01-01", Some(given("2026-04-01", "2026-12-31")), Some(&group)), Over);
        // Nobody knows whether this is a group.
        assert_eq!(standing("2036-01-01", Some(given("2026-04-01", "")), None), Over);
    }

    #[test]
    fn who_looks_for_a_person_is_shown_by_consent_only() {
        let (companion, mentor) = (category(true, true), category(true, false));
        for unknown in [None, Some(given("", ""))] {
            assert_eq!(standing("2026-11-27", unknown, Some(&companion)), ConsentStanding::Missing);
        }
        assert_eq!(standing("2026-11-27", None, Some(&mentor)), ConsentStanding::NotNeeded);
        for (state, expected) in
            [(ConsentState::Withdrawn, ConsentStanding::Withdrawn), (ConsentState::Unclear, ConsentStanding::Unclear)]
        {
            let consent = Consent { state, ..given("2026-04-01", "2029-12-31") };
            for kind in [&companion, &mentor, &category(false, false)] {
                let found = standing("2026-11-27", Some(consent.clone()), Some(kind));
                assert_eq!(found, expected);
                assert!(found.hides());
            }
        }
    }
}
