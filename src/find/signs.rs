//! Signs of `signs.toml`: words that reveal something of a place or of a wish. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{AccessFact, MeetingMode, Role};
use crate::text::fold;

/// The built-in table, with every word folded.
pub(super) static SIGNS: LazyLock<SignTable> = LazyLock::new(|| {
    let mut table: SignTable = toml::from_str(include_str!("signs.toml")).expect("signs.toml is checked by a test");
    table.fold_all();
    table
});

/// The schema of `signs.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignTable {
    dislikes: SignEndings,
    wanted: WantedPhrases,
    company: SignPhrases,
    helping: SignTerms,
    comes_home: ComesHomePhrases,
    writes: SignPhrases,
    everybody: SignWords,
    self_only: SelfOnlyWords,
    facts_said: BTreeMap<AccessFact, Vec<String>>,
    needs: BTreeMap<AccessFact, Vec<String>>,
    modes: BTreeMap<String, Vec<String>>,
    categories: SignTerms,
    desks: SignTerms,
    ride: RideWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignEndings {
    endings: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ComesHomePhrases {
    phrases: Vec<String>,
    /// What is visited that is no home, with the word for the visit.
    elsewhere: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignPhrases {
    phrases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignWords {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignTerms {
    terms: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedPhrases {
    help: Vec<String>,
    teach: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SelfOnlyWords {
    words: Vec<String>,
    company: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RideWords {
    limits: Vec<String>,
    whole: Vec<String>,
}

impl SignTable {
    fn fold_all(&mut self) {
        let lists = [
            &mut self.dislikes.endings,
            &mut self.company.phrases,
            &mut self.wanted.help,
            &mut self.wanted.teach,
            &mut self.comes_home.phrases,
            &mut self.comes_home.elsewhere,
            &mut self.writes.phrases,
            &mut self.everybody.words,
            &mut self.self_only.words,
            &mut self.self_only.company,
            &mut self.ride.limits,
            &mut self.ride.whole,
        ];
        let said = self.facts_said.values_mut().flatten();
        for word in lists.into_iter().flatten().chain(said) {
            *word = fold(word);
        }
    }

    /// The facts that a phrase asks for in passing: 「座ってできること」.
    pub(super) fn facts_said(&self, phrase: &str) -> impl Iterator<Item = AccessFact> {
        let folded = fold(phrase);
        let says = move |words: &Vec<String>| words.iter().any(|word| folded.contains(word.as_str()));
        self.facts_said.iter().filter(move |(_, words)| says(words)).map(|(fact, _)| *fact)
    }

    /// Whether a phrase says that somebody looks for a person to do it with.
    pub(super) fn seeks_company(&self, phrase: &str) -> bool {
        let folded = fold(phrase);
        self.company.phrases.iter().any(|word| folded.contains(word.as_str()))
    }

    /// Whether a phrase says that something is disliked.
    pub(super) fn is_dislike(&self, phrase: &str) -> bool {
        let folded = fold(phrase);
        self.dislikes.endings.iter().any(|ending| folded.ends_with(ending))
    }

    /// The roles for which the folded text of a place looks for people, as bits.
    pub(super) fn wanted_roles(&self, folded: &str) -> u8 {
        let bit = |phrases: &[String], role: Role| {
            if any_in(phrases, folded) { 1 << role as u8 } else { 0 }
        };
        bit(&self.wanted.help, Role::Help) | bit(&self.wanted.teach, Role::Teach)
    }

    /// The terms that a place which looks for helpers offers.
    pub(super) fn helping_terms(&self) -> &[String] {
        &self.helping.terms
    }

    /// Whether the folded text of a place says that it also comes home or can be reached from there.
    pub(super) fn comes_home(&self, folded: &str) -> bool {
        let ComesHomePhrases { phrases, elsewhere } = &self.comes_home;
        if !any_in(elsewhere, folded) {
            return any_in(phrases, folded);
        }
        any_in(phrases, &elsewhere.iter().fold(folded.to_owned(), |text, word| text.replace(word.as_str(), "")))
    }

    /// Whether the folded text of a telephone line says that it can be reached in writing or sign language.
    pub(super) fn can_be_written_to(&self, folded: &str) -> bool {
        any_in(&self.writes.phrases, folded)
    }

    /// Whether the folded eligibility admits everybody.
    pub(super) fn is_for_everybody(&self, folded: &str) -> bool {
        folded.is_empty() || any_in(&self.everybody.words, folded)
    }

    /// Whether the folded eligibility admits those concerned and not their families.
    pub(super) fn is_for_oneself_only(&self, folded: &str) -> bool {
        any_in(&self.self_only.words, folded) && !any_in(&self.self_only.company, folded)
    }

    /// The terms that asking for a fact says of a person.
    pub(super) fn terms_of_need(&self, fact: AccessFact) -> &[String] {
        self.needs.get(&fact).map_or(&[], Vec::as_slice)
    }

    /// The terms that meeting in this mode offers where somebody listens.
    pub(super) fn mode_terms(&self, mode: MeetingMode) -> &[String] {
        let name = match mode {
            MeetingMode::Phone => "phone",
            MeetingMode::Visiting => "visiting",
            MeetingMode::Online => "online",
            MeetingMode::AtPlace | MeetingMode::Roaming => return &[],
        };
        self.modes.get(name).map_or(&[], Vec::as_slice)
    }

    /// The terms that the name of a category states for its places.
    pub(super) fn category_terms(&self) -> &[String] {
        &self.categories.terms
    }

    /// The terms of places to turn to when nothing fits.
    pub(super) fn desk_terms(&self) -> &[String] {
        &self.desks.terms
    }

    /// Whether the folded words of a ride take in somebody who starts at a place of these folded names.
    pub(super) fn ride_takes(&self, folded: &str, start: &[String]) -> bool {
        let limited = any_in(&self.ride.limits, folded) && !any_in(&self.ride.whole, folded);
        !limited || start.iter().any(|name| folded.contains(name.as_str()))
    }
}

/// Whether a ride with the limit `words` takes in somebody who starts at a place of these names.
pub fn ride_takes(words: &str, start: &[String]) -> bool {
    let names: Vec<String> = start.iter().map(|name| fold(name)).collect();
    SIGNS.ride_takes(&fold(words), &names)
}

fn any_in(words: &[String], folded: &str) -> bool {
    words.iter().any(|word| folded.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ride_with_a_limit_takes_who_starts_inside_it() {
        let takes = |words: &str, start: &str| SIGNS.ride_takes(&fold(words), &[fold(start)]);
        for (words, start, taken) in [
            ("あり（浜町のみ）", "浜町", true),
            ("あり（浜町のみ）", "山町", false),
            ("送迎します（市内、前日まで）", "山町", true),
            ("浜町の方は車を出します", "山町", false),
            ("前日までに電話", "山町", true),
        ] {
            assert_eq!(takes(words, start), taken, "{words} {start}");
        }
    }

    #[test]
    fn who_is_meant_and_who_is_wanted_is_known_by_words() {
        for (text, comes) in [
            ("訪問もします", true),
            ("お宅へ伺います", true),
            ("施設への訪問もします", false),
            ("老人ホームを訪問します", false),
            ("小学校に訪問します。", false),
            ("施設への訪問もします。自宅へ伺うこともできます", true),
        ] {
            assert_eq!(SIGNS.comes_home(&fold(text)), comes, "{text}");
        }
        assert!(SIGNS.is_for_oneself_only(&fold("18歳以上の本人")));
        assert!(!SIGNS.is_for_oneself_only(&fold("本人と家族")));
        assert_eq!(SIGNS.wanted_roles(&fold("教える人を探しています")), 1 << Role::Teach as u8);
        assert_eq!(SIGNS.wanted_roles(&fold("世話の手伝い募集")), 1 << Role::Help as u8);
        assert!(SIGNS.is_dislike("カラオケは苦手") && !SIGNS.is_dislike("カラオケが好き"));
    }
}
