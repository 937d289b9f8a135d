//! What a place offers: the interests that its words state or mention, and whom it is meant for. This module does no I/O.

use std::borrow::Cow;
use std::collections::HashMap;

use super::signs::SIGNS;
use crate::model::{CategoryId, CategoryTable, Facts, InterestKind, MeetingMode, Thesaurus};
use crate::text::fold;

/// The longest keyword in characters; anything longer is a sentence.
const KEYWORD_CHARS: usize = 14;

/// An interest of a place: its number in the thesaurus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PlaceInterest {
    pub(super) interest: u16,
    /// Whether the name, a keyword or the eligibility states it; else only a sentence mentions it.
    pub(super) stated: bool,
    /// Whether the place is meant for people of whom it is true, and for no others.
    pub(super) meant: bool,
    /// Whether the place states something narrower beside it, so that it is not for the whole of it.
    pub(super) narrowed: bool,
}

/// The terms that the name of each category states for its places.
pub(super) fn category_terms(categories: &CategoryTable, thesaurus: &Thesaurus) -> HashMap<CategoryId, Vec<usize>> {
    let stated: Vec<usize> = SIGNS.category_terms().iter().flat_map(|term| thesaurus.meant_by(term)).copied().collect();
    let of = |name: &str| thesaurus.occurring_in(name).into_iter().filter(|it| stated.contains(it)).collect();
    categories.all().iter().map(|it| (it.id.clone(), of(it.name.japanese()))).collect()
}

/// The interests of a place, those that are stated first; `of_category` are stated by its kind.
pub(super) fn interests_of(thesaurus: &Thesaurus, facts: &Facts, of_category: &[usize]) -> Vec<PlaceInterest> {
    let mut found = FoundInterests { thesaurus, found: Vec::new() };
    let words = || facts.tags.iter().chain(&facts.interests);
    for word in words().filter(|word| is_keyword(word)) {
        found.add(&keyword_interests(thesaurus, word), true, false);
    }
    found.add(&thesaurus.offered_in(&facts.name), true, false);
    found.add(of_category, true, false);
    found.add_eligibility(facts);
    let sentences = words().filter(|word| !is_keyword(word));
    for text in sentences.chain(&facts.description).chain(&facts.note).chain(&facts.eligibility) {
        found.add(&thesaurus.offered_in(text), false, false);
    }
    found.mark_narrowed();
    found.found
}

/// A place with nothing to be found by but its interests.
pub(super) fn interests_alone(facts: &Facts) -> Cow<'_, Facts> {
    Cow::Owned(Facts { interests: facts.interests.clone(), ..Facts::default() })
}

/// The interests that the name, the keywords and the eligibility of a place state, as indices into the thesaurus.
pub fn stated_interests(thesaurus: &Thesaurus, facts: &Facts) -> Vec<usize> {
    interests_of(thesaurus, facts, &[]).iter().filter(|it| it.stated).map(|it| usize::from(it.interest)).collect()
}

struct FoundInterests<'a> {
    thesaurus: &'a Thesaurus,
    found: Vec<PlaceInterest>,
}

impl FoundInterests<'_> {
    /// Adds interests that are not known yet.
    fn add(&mut self, interests: &[usize], stated: bool, meant: bool) {
        for interest in interests.iter().map(|it| u16::try_from(*it).unwrap_or(u16::MAX)) {
            match self.found.iter_mut().find(|known| known.interest == interest) {
                Some(known) => known.meant |= meant,
                None => self.found.push(PlaceInterest { interest, stated, meant, narrowed: false }),
            }
        }
    }

    /// Marks what is stated together with something narrower: 生活に困っている方 at a food bank.
    fn mark_narrowed(&mut self) {
        let stated: Vec<usize> = self.found.iter().filter(|it| it.stated).map(|it| usize::from(it.interest)).collect();
        let all = self.thesaurus.all();
        for it in self.found.iter_mut().filter(|it| it.stated) {
            let own = usize::from(it.interest);
            if all[own].kind != InterestKind::Trouble {
                continue;
            }
            it.narrowed = stated.iter().any(|other| self.thesaurus.broader_of(*other).contains(&own));
        }
    }

    /// Adds what the eligibility names of people, and what the name does where there is no eligibility.
    fn add_eligibility(&mut self, facts: &Facts) {
        let all = self.thesaurus.all();
        // Behind the first sentence, lists put remarks.
        let written = facts.eligibility.as_deref().unwrap_or_default();
        let written = written.split('。').next().unwrap_or_default();
        let named = self.thesaurus.occurring_in(written);
        let open = SIGNS.is_for_everybody(&fold(written))
            || named.iter().any(|it| all[*it].is_general() && all[*it].kind == InterestKind::Role);
        let people: Vec<usize> =
            named.into_iter().filter(|it| !all[*it].is_pursuit() && !all[*it].is_general()).collect();
        if !SIGNS.is_for_everybody(&fold(written)) {
            self.add(&people, true, !open);
        }
        if written.is_empty() {
            let name = self.thesaurus.occurring_in(&facts.name);
            let conditions: Vec<usize> =
                name.into_iter().filter(|it| all[*it].kind == InterestKind::Condition).collect();
            self.add(&conditions, true, true);
        }
    }
}

/// Whether the cell is a keyword and not a sentence: lists put both into one column.
pub(super) fn is_keyword(words: &str) -> bool {
    words.chars().count() <= KEYWORD_CHARS && !words.contains(['。', '．', '！'])
}

/// The interests that a keyword means: as a whole, else by the terms that occur in it.
fn keyword_interests(thesaurus: &Thesaurus, word: &str) -> Vec<usize> {
    let meant = thesaurus.meant_by(word);
    if meant.is_empty() { thesaurus.offered_in(word) } else { meant.to_vec() }
}

/// The free text of a place, folded, for phrase search.
pub(super) fn descriptive_text(facts: &Facts) -> String {
    let texts = [&facts.description, &facts.note, &facts.eligibility, &facts.capacity, &facts.venue];
    let access = facts.access.values().map(|known| &known.words);
    let sentences = facts.tags.iter().filter(|tag| !is_keyword(tag));
    let all = texts.into_iter().flatten().chain(access).chain(sentences).chain([&facts.name]);
    let all: Vec<String> = all.map(|text| fold(text)).collect();
    all.join("\n")
}

/// Whether one can only speak with a place by telephone.
pub(super) fn is_voice_only(facts: &Facts, folded: &str) -> bool {
    let contact = &facts.contact;
    let phone = contact.phone.as_deref().unwrap_or_default();
    facts.mode == MeetingMode::Phone
        && contact.email.is_none()
        && contact.fax.is_none()
        && !SIGNS.can_be_written_to(folded)
        && !SIGNS.can_be_written_to(&fold(phone))
}
