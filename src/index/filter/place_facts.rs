//! What is known of each place that can be required of it, as two sets of bits. This module does no I/O.

use super::conditions::{FilterFit, PlaceFact};
use crate::model::{AccessFact, Facts, Place, Status};
use crate::text::fold;

/// What is known of a place, by [`PlaceFact::bit`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KnownFacts {
    /// What is so.
    pub yes: u32,
    /// What is known, whether it is so or not.
    pub known: u32,
}

/// The facts from which others follow where they are so.
const FOLLOWS: [(AccessFact, AccessFact); 2] =
    [(AccessFact::Wheelchair, AccessFact::StepFree), (AccessFact::AccessibleToilet, AccessFact::Toilet)];

impl KnownFacts {
    /// Reads the facts of `place`.
    pub(in crate::index) fn of(place: &Place) -> Self {
        let facts = &place.facts;
        let mut known = Self::default();
        for (fact, answer) in &facts.access {
            known.add(PlaceFact::Access(*fact), answer.yes);
        }
        for (narrow, wide) in FOLLOWS {
            if known.fit(PlaceFact::Access(narrow)) == FilterFit::Certain {
                known.add(PlaceFact::Access(wide), true);
            }
        }
        let free = PlaceFact::Access(AccessFact::FreeOfCharge);
        if let Some(is_free) = is_free(facts).filter(|_| known.fit(free) == FilterFit::Unknown) {
            known.add(free, is_free);
        }
        let is_full = facts.access.get(&AccessFact::Full).is_some_and(|answer| answer.yes);
        if is_full || facts.status != Status::Active {
            known.add(PlaceFact::AcceptsNew, false);
        } else if let Some(accepts) = place.verification.as_ref().and_then(|it| it.accepts_new) {
            known.add(PlaceFact::AcceptsNew, accepts);
        }
        known
    }

    fn add(&mut self, fact: PlaceFact, yes: bool) {
        self.known |= fact.bit();
        self.yes = if yes { self.yes | fact.bit() } else { self.yes & !fact.bit() };
    }

    /// Whether the fact is known to be so.
    pub fn fit(self, fact: PlaceFact) -> FilterFit {
        match (self.known & fact.bit() != 0, self.yes & fact.bit() != 0) {
            (false, _) => FilterFit::Unknown,
            (true, true) => FilterFit::Certain,
            (true, false) => FilterFit::Never,
        }
    }
}

/// What the words about the cost say: an amount is not free, and only words that say nothing else than 無料 are.
fn is_free(facts: &Facts) -> Option<bool> {
    let cost = fold(facts.cost.as_deref()?);
    let amount: String = cost.chars().filter(char::is_ascii_digit).collect();
    if amount.chars().any(|digit| digit != '0') || cost.contains("有料") {
        return Some(false);
    }
    ["無料", "なし", "無し", "不要", "0円", "free"].iter().any(|word| cost == fold(word)).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Access, AccessAnswer, PlaceId, Source};

    fn fit(cost: Option<&str>, access: &[(AccessFact, bool)], fact: PlaceFact) -> FilterFit {
        let answers = access.iter().map(|(fact, yes)| (*fact, AccessAnswer { yes: *yes, words: String::new() }));
        let facts = Facts { cost: cost.map(str::to_owned), access: answers.collect::<Access>(), ..Facts::default() };
        let place = Place { id: PlaceId::default(), facts, source: Source::default(), verification: None };
        KnownFacts::of(&place).fit(fact)
    }

    #[test]
    fn an_unknown_fact_is_neither_yes_nor_no() {
        let step_free = PlaceFact::Access(AccessFact::StepFree);
        assert_eq!(fit(None, &[], step_free), FilterFit::Unknown);
        assert_eq!(fit(None, &[(AccessFact::StepFree, false)], step_free), FilterFit::Never);
        assert_eq!(fit(None, &[(AccessFact::Wheelchair, true)], step_free), FilterFit::Certain);
        assert_eq!(fit(None, &[(AccessFact::Wheelchair, false)], step_free), FilterFit::Unknown);
        assert_eq!(fit(None, &[(AccessFact::Full, true)], PlaceFact::AcceptsNew), FilterFit::Never);
    }

    #[test]
    fn an_amount_is_not_free_and_silence_is_not_known() {
        let free = PlaceFact::Access(AccessFact::FreeOfCharge);
        for (cost, expected) in [
            ("無料", FilterFit::Certain),
            ("０円", FilterFit::Certain),
            ("1回１００円", FilterFit::Never),
            ("無料（材料費500円）", FilterFit::Never),
            ("材料費実費", FilterFit::Unknown),
            ("有料", FilterFit::Never),
        ] {
            assert_eq!(fit(Some(cost), &[], free), expected, "{cost}");
        }
        assert_eq!(fit(Some("100円"), &[(AccessFact::FreeOfCharge, true)], free), FilterFit::Certain);
    }
}
