//! Compact feature rows, one per place, built once per snapshot: bit sets instead of text.
//!
//! The finder scans all rows in order, up to a million places, so a row holds everything a wish compares in about a
//! hundred bytes. Text is looked up only for the places in the response. This module does no I/O.

use super::avoidance::AVOIDANCE_TABLE;
use super::eligibility::{self, Eligibility, GroupOnly};
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{AccessFact, Facts, Interest, MeetingMode, Position, Role, Status, Thesaurus};
use crate::text::fold;

/// The longest keyword in characters; anything longer is a sentence.
const KEYWORD_CHARS: usize = 14;

/// The features of one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlaceFeatures {
    /// The point on the unit sphere; zero without a position.
    pub(super) at: [f64; 3],
    /// Index into the places of the snapshot.
    pub(super) place: u32,
    /// Its rank among all places by name, then by identity.
    pub(super) by_name: u32,
    /// The number of its schedules in [`super::times`].
    pub(super) schedules: u32,
    /// Start and length of its slice in the list of all interests.
    interests: (u32, u8),
    /// Bits of the access facts answered yes; `no` holds those answered no.
    pub(super) yes: u32,
    pub(super) no: u32,
    /// Bits of the avoidance chips that certainly apply; `maybe` holds those that may apply.
    pub(super) avoid: u16,
    pub(super) maybe: u16,
    /// Bits of the axes of Positive Health.
    pub(super) axes: u8,
    roles: u8,
    pub(super) least_age: u8,
    pub(super) most_age: u8,
    pub(super) only: Option<GroupOnly>,
    /// Whether it has words about eligibility that need checking.
    pub(super) unsure: bool,
    pub(super) status: Status,
    pub(super) accepts_new: Option<bool>,
    pub(super) kind: LocationKind,
}

/// Where people meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum LocationKind {
    /// At a place with a position.
    Placed,
    /// By telephone.
    Phone,
    /// At the person's home.
    Visits,
    /// Over the internet.
    Online,
    /// At changing places.
    Roaming,
    /// At a place that has not been located.
    Unlocated,
}

/// An interest of a place: its number in the thesaurus, and whether the name or a keyword states it or only a sentence
/// mentions it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlaceInterest {
    pub(super) interest: u16,
    pub(super) stated: bool,
}

/// The rank of each place by name, then by identity.
pub(super) fn ranks_by_name(snapshot: &Snapshot) -> Vec<u32> {
    let number = |at: usize| u32::try_from(at).expect("places are numbered in 32 bits");
    let mut order: Vec<u32> = (0..snapshot.places.len()).map(number).collect();
    let name = |at: &u32| {
        let place = &snapshot.places[*at as usize].place;
        (&place.facts.name, &place.id)
    };
    order.sort_unstable_by(|a, b| name(a).cmp(&name(b)));
    let mut numbers = vec![0; order.len()];
    for (at, place) in order.into_iter().enumerate() {
        numbers[place as usize] = number(at);
    }
    numbers
}

/// The bit of an access fact in [`PlaceFeatures::yes`] and [`PlaceFeatures::no`].
pub(super) fn bit(fact: AccessFact) -> u32 {
    1 << fact as u32
}

impl PlaceFeatures {
    /// Whether the place wants people in this role.
    pub(super) fn wants(&self, role: Role) -> bool {
        self.roles & (1 << role as u8) != 0
    }

    /// Whether the fact is answered yes.
    pub(super) fn is(&self, fact: AccessFact) -> bool {
        self.yes & bit(fact) != 0
    }

    /// Whether the fact is answered no.
    pub(super) fn is_not(&self, fact: AccessFact) -> bool {
        self.no & bit(fact) != 0
    }

    /// Copies its interests to the end of another list and refers to that list from now on.
    pub(super) fn move_interests(&mut self, from: &[PlaceInterest], to: &mut Vec<PlaceInterest>) {
        let start = u32::try_from(to.len()).expect("places have a few interests each");
        to.extend_from_slice(self.interests(from));
        self.interests.0 = start;
    }

    /// Its slice of the list of all interests.
    pub(super) fn interests(self, all: &[PlaceInterest]) -> &[PlaceInterest] {
        let start = self.interests.0 as usize;
        &all[start..start + usize::from(self.interests.1)]
    }
}

/// Builds the feature rows of a snapshot.
pub(super) struct FeatureReader<'a> {
    thesaurus: &'a Thesaurus,
    /// Per interest, all its broader terms.
    above: Vec<Vec<usize>>,
    /// Per interest, the bits of the chips that it implies.
    implied_chips: Vec<u16>,
    axes: Vec<u8>,
    /// The interests of all places.
    pub(super) place_interests: Vec<PlaceInterest>,
}

impl<'a> FeatureReader<'a> {
    pub(super) fn new(thesaurus: &'a Thesaurus) -> Self {
        let all = thesaurus.all();
        let above = thesaurus.above();
        let implied_chips = all.iter().map(|it| chip_bits(|chip| chip.is_implied_by(&it.traits))).collect();
        Self { thesaurus, above, implied_chips, axes: all.iter().map(axis_bits).collect(), place_interests: Vec::new() }
    }

    /// The row of the place at index `place`, with its rank by name and the number of its schedules.
    pub(super) fn features_of(
        &mut self,
        snapshot: &Snapshot,
        place: usize,
        (by_name, schedules): (u32, u32),
    ) -> PlaceFeatures {
        let listed = &snapshot.places[place];
        let facts = &listed.place.facts;
        let found = interests_of(self.thesaurus, facts);
        let (yes, no) = access_bits(facts);
        let (avoid, maybe) = self.avoidance_bits(facts, &found);
        let Eligibility { least, most, only, unsure } = eligibility::read_eligibility(facts);
        let position = shown_position(listed);
        let kind = location_kind(facts, position.is_some());
        let at = position.map_or([0.0; 3], Position::unit_vector);
        let axes = found.iter().filter(|it| it.stated).map(|it| self.axes[usize::from(it.interest)]);
        PlaceFeatures {
            at,
            place: u32::try_from(place).expect("places are numbered in 32 bits"),
            by_name,
            schedules,
            yes,
            no,
            avoid,
            maybe,
            axes: axes.fold(0, |all, one| all | one),
            // A mentor's own role is not a vacancy for somebody else.
            roles: facts.roles.iter().filter(|_| !listed.private).fold(0, |all, role| all | 1 << *role as u8),
            least_age: least,
            most_age: most,
            only,
            unsure,
            status: facts.status,
            accepts_new: listed.place.verification.as_ref().and_then(|it| it.accepts_new),
            kind,
            interests: self.append_interests(&found),
        }
    }

    /// Appends interests to the list of all places and returns start and length of the slice.
    fn append_interests(&mut self, found: &[PlaceInterest]) -> (u32, u8) {
        let start = u32::try_from(self.place_interests.len()).expect("places have a few interests each");
        let found = &found[..found.len().min(usize::from(u8::MAX))];
        self.place_interests.extend_from_slice(found);
        (start, u8::try_from(found.len()).unwrap_or(u8::MAX))
    }

    /// The bits of the chips that certainly apply to the place, and of those that may.
    ///
    /// Its facts and its own words decide first, then its interests: most of them, or the one in its name, imply a chip
    /// certainly; one among several implies it perhaps. A broader term does not count beside a narrower one (工作
    /// beside 針金アート).
    fn avoidance_bits(&self, facts: &Facts, found: &[PlaceInterest]) -> (u16, u16) {
        let stated: Vec<usize> = found.iter().filter(|it| it.stated).map(|it| usize::from(it.interest)).collect();
        let own: Vec<usize> =
            stated.iter().copied().filter(|it| !stated.iter().any(|kind| self.above[*kind].contains(it))).collect();
        let named: Vec<usize> = self.thesaurus.occurring_in(&facts.name).into_iter().map(|(it, _)| it).collect();
        let named: Vec<usize> = named.into_iter().filter(|it| own.contains(it)).collect();
        let text = fold(&descriptive_text(facts));
        let fact = |fact: Option<AccessFact>| fact.and_then(|fact| facts.access.get(&fact)).map(|known| known.yes);
        let (mut certain, mut maybe) = (0, 0);
        for (at, chip) in AVOIDANCE_TABLE.chips().enumerate() {
            let answer = fact(chip.fact).or_else(|| fact(chip.fact_no).map(|yes| !yes));
            let bit = 1 << at;
            match answer {
                Some(true) => certain |= bit,
                Some(false) => {}
                // The list states both: 「屋外。曇りのときは室内」.
                None if chip.is_contradicted_in(&text) => {
                    if chip.is_stated_in(&text) {
                        maybe |= bit;
                    }
                }
                None if chip.is_stated_in(&text) => certain |= bit,
                None => {
                    let implying = own.iter().filter(|it| self.implied_chips[**it] & bit != 0).count();
                    let mentioned = || found.iter().any(|it| self.implied_chips[usize::from(it.interest)] & bit != 0);
                    if implying * 2 > own.len() || named.iter().any(|it| self.implied_chips[*it] & bit != 0) {
                        certain |= bit;
                    } else if implying > 0 || own.is_empty() && mentioned() {
                        maybe |= bit;
                    }
                }
            }
        }
        (certain, maybe)
    }
}

/// The bits of the chips for which `is_so` holds.
fn chip_bits(is_so: impl Fn(&crate::find::avoidance::AvoidanceChip) -> bool) -> u16 {
    AVOIDANCE_TABLE.chips().enumerate().filter(|(_, chip)| is_so(chip)).fold(0, |all, (at, _)| all | 1 << at)
}

/// The bits of an interest's axes, in the order of [`LifeAxis`](super::LifeAxis).
pub(super) fn axis_bits(interest: &Interest) -> u8 {
    const AXES: [&str; 6] = ["身体", "心", "生きがい", "暮らし", "つながり", "日常"];
    AXES.iter()
        .enumerate()
        .filter(|(_, axis)| interest.axes.iter().any(|own| own == *axis))
        .fold(0, |a, (i, _)| a | 1 << i)
}

/// The interests of a place, those stated in its name and keywords first.
pub(super) fn interests_of(thesaurus: &Thesaurus, facts: &Facts) -> Vec<PlaceInterest> {
    let mut found: Vec<PlaceInterest> = Vec::new();
    let mut add = |interest: usize, stated: bool| {
        let interest = u16::try_from(interest).unwrap_or(u16::MAX);
        if !found.iter().any(|known| known.interest == interest) {
            found.push(PlaceInterest { interest, stated });
        }
    };
    let words = || facts.tags.iter().chain(&facts.interests);
    for word in words().filter(|word| is_keyword(word)) {
        for it in keyword_interests(thesaurus, word) {
            add(it, true);
        }
    }
    for (it, _) in thesaurus.occurring_in(&facts.name) {
        add(it, true);
    }
    for text in words().filter(|word| !is_keyword(word)).chain(&facts.description) {
        for (it, _) in thesaurus.occurring_in(text) {
            add(it, false);
        }
    }
    found
}

/// The interests that the name and keywords of a place state, as indices into the thesaurus.
pub fn stated_interests(thesaurus: &Thesaurus, facts: &Facts) -> Vec<usize> {
    interests_of(thesaurus, facts).iter().filter(|it| it.stated).map(|it| usize::from(it.interest)).collect()
}

/// Whether the cell is a keyword and not a sentence: lists put both into one column.
fn is_keyword(words: &str) -> bool {
    words.chars().count() <= KEYWORD_CHARS && !words.contains(['。', '．', '！'])
}

/// The interests that a keyword means: as a whole, else by the terms that occur in it.
pub(super) fn keyword_interests(thesaurus: &Thesaurus, word: &str) -> Vec<usize> {
    let meant = thesaurus.meant_by(word);
    if meant.is_empty() { thesaurus.occurring_in(word).into_iter().map(|(it, _)| it).collect() } else { meant.to_vec() }
}

/// The bits of the access facts answered yes, and of those answered no.
fn access_bits(facts: &Facts) -> (u32, u32) {
    let bits =
        |yes| facts.access.iter().filter(|(_, known)| known.yes == yes).fold(0, |all, (fact, _)| all | bit(*fact));
    (bits(true), bits(false))
}

/// The free text of a place, folded, for phrase search.
fn descriptive_text(facts: &Facts) -> String {
    let texts = [&facts.description, &facts.note, &facts.eligibility, &facts.capacity];
    let access = facts.access.values().map(|known| &known.words);
    let sentences = facts.tags.iter().filter(|tag| !is_keyword(tag));
    let all: Vec<&str> = texts.into_iter().flatten().chain(access).chain(sentences).map(String::as_str).collect();
    all.join("\n")
}

/// The position that distances are measured to: for a private person's place, the centre of its 大字.
pub(super) fn shown_position(listed: &VisiblePlace) -> Option<Position> {
    let facts = &listed.place.facts;
    let town = || facts.town.as_ref().map(|town| town.centre);
    if listed.private { town() } else { facts.site.map(|site| site.position) }
}

/// Where people meet; `is_placed` says whether the place has a position.
fn location_kind(facts: &Facts, is_placed: bool) -> LocationKind {
    match facts.mode {
        MeetingMode::AtPlace if is_placed => LocationKind::Placed,
        MeetingMode::AtPlace => LocationKind::Unlocated,
        MeetingMode::Roaming => LocationKind::Roaming,
        MeetingMode::Visiting => LocationKind::Visits,
        MeetingMode::Phone => LocationKind::Phone,
        MeetingMode::Online => LocationKind::Online,
    }
}
