//! Accessibility facts: what decides whether a person can and will go, from steps and toilets to who meets them.
//!
//! A fact missing from the map is unknown; unknown never means "no". This module does no I/O.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An accessibility fact. Variants are in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessFact {
    /// No steps on the way in (段差なし).
    StepFree,
    /// A wheelchair can get in (車いす可).
    Wheelchair,
    /// There is a toilet.
    Toilet,
    /// There is a toilet for wheelchair users (多目的トイレ).
    AccessibleToilet,
    /// There is somewhere to park.
    Parking,
    /// They pick people up (送迎).
    PickUp,
    /// There are chairs (椅子).
    Chairs,
    /// It takes place outdoors (屋外).
    Outdoor,
    /// It is called off when it rains (雨天中止).
    RainCancels,
    /// It is physically demanding (体力がいる); "no" means light.
    Strenuous,
    /// Visitors may come and watch first (見学可).
    VisitFirst,
    /// Beginners are welcome (初心者歓迎).
    Beginners,
    /// Somebody meets you the first time (初回は玄関で待つ, 付き添い).
    MetFirstTime,
    /// People may come alone (一人参加可).
    AloneWelcome,
    /// Men come too (男性多め).
    MenCome,
    /// Few people (少人数).
    SmallGroup,
    /// Quiet (静か).
    Quiet,
    /// Help with hearing: loop, microphone, writing (筆談).
    HearingSupport,
    /// Free of charge (無料).
    FreeOfCharge,
    /// One must book (要予約).
    BookingNeeded,
    /// No room for more people at the moment (満員).
    Full,
}

impl AccessFact {
    /// Every fact, in the order of the page.
    pub const ALL: [Self; 21] = [
        Self::StepFree,
        Self::Wheelchair,
        Self::Toilet,
        Self::AccessibleToilet,
        Self::Parking,
        Self::PickUp,
        Self::Chairs,
        Self::Outdoor,
        Self::RainCancels,
        Self::Strenuous,
        Self::VisitFirst,
        Self::Beginners,
        Self::MetFirstTime,
        Self::AloneWelcome,
        Self::MenCome,
        Self::SmallGroup,
        Self::Quiet,
        Self::HearingSupport,
        Self::FreeOfCharge,
        Self::BookingNeeded,
        Self::Full,
    ];

    /// Its code in files, addresses and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::StepFree => "step_free",
            Self::Wheelchair => "wheelchair",
            Self::Toilet => "toilet",
            Self::AccessibleToilet => "accessible_toilet",
            Self::Parking => "parking",
            Self::PickUp => "pick_up",
            Self::Chairs => "chairs",
            Self::Outdoor => "outdoor",
            Self::RainCancels => "rain_cancels",
            Self::Strenuous => "strenuous",
            Self::VisitFirst => "visit_first",
            Self::Beginners => "beginners",
            Self::MetFirstTime => "met_first_time",
            Self::AloneWelcome => "alone_welcome",
            Self::MenCome => "men_come",
            Self::SmallGroup => "small_group",
            Self::Quiet => "quiet",
            Self::HearingSupport => "hearing_support",
            Self::FreeOfCharge => "free_of_charge",
            Self::BookingNeeded => "booking_needed",
            Self::Full => "full",
        }
    }

    /// The fact with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.code() == code)
    }
}

/// The answer of a list to one [`AccessFact`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessAnswer {
    /// `true` for yes, `false` for no.
    pub yes: bool,
    /// The source text as written.
    pub words: String,
}

/// Characters of an answer that says no more than yes: 「送迎いたします」.
const PLAIN_ANSWER: usize = 6;

impl AccessAnswer {
    /// The words of a yes that say for whom, from where or when: 「あり（町内だけ）」. Whoever is told the yes is told them too.
    pub fn limit(&self) -> Option<&str> {
        (self.yes && self.words.chars().count() > PLAIN_ANSWER).then_some(self.words.as_str())
    }
}

/// All known facts; a missing one is 不明.
pub type Access = BTreeMap<AccessFact, AccessAnswer>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_serialized_form() {
        assert!(AccessFact::ALL.into_iter().all(|fact| serde_json::json!(fact) == fact.code()));
    }
}
