//! What the finder knows of each place, made small once a snapshot: marks instead of words.
//!
//! A million places are looked at one after the other, so that everything a wish asks of a place stands in one row of some
//! hundred bytes. The words come back only for the places that are shown. This module does no I/O.

use super::avoidance::WORDS;
use super::eligibility::{self, Eligibility, GroupOnly};
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{AccessFact, Facts, Interest, MeetingMode, Position, Role, Status, Thesaurus};
use crate::text::fold;

/// Letters of a keyword at most; what is longer is a sentence.
const KEYWORD_LETTERS: usize = 14;

/// One place.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlaceFeatures {
    /// On the unit sphere; zero where nobody has placed it.
    pub(super) at: [f64; 3],
    /// Position in the snapshot.
    pub(super) place: u32,
    /// Its number when all places stand by name, those of one name by identity.
    pub(super) by_name: u32,
    /// Number of its schedules ([`super::times`]).
    pub(super) schedules: u32,
    /// Where its interests begin in the list of all, and how many there are.
    interests: (u32, u8),
    /// Bits of the facts whose answer is yes, and no.
    pub(super) yes: u32,
    pub(super) no: u32,
    /// Bits of the chips that are certainly so, and that may be so.
    pub(super) avoid: u16,
    pub(super) maybe: u16,
    /// Bits of the axes of Positive Health.
    pub(super) axes: u8,
    /// Bits of [`Role`]s.
    roles: u8,
    pub(super) least_age: u8,
    pub(super) most_age: u8,
    pub(super) only: Option<GroupOnly>,
    /// Whether it has words about who is meant.
    pub(super) unsure: bool,
    pub(super) status: Status,
    pub(super) accepts_new: Option<bool>,
    pub(super) kind: AvoidanceKind,
}

/// Where one meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum AvoidanceKind {
    /// At a place that is on the map.
    Placed,
    /// By telephone.
    Phone,
    /// At home.
    Visits,
    /// Over the internet.
    Online,
    /// Here and there.
    Roaming,
    /// At a place of which nobody knows where it is.
    Unlocated,
}

/// An interest of a place: its number in the thesaurus, and whether name or keywords state it or only a sentence mentions it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlaceInterest {
    pub(super) interest: u16,
    pub(super) stated: bool,
}

/// The number of each place when all stand by name, those of one name by identity.
pub(super) fn by_name(snapshot: &Snapshot) -> Vec<u32> {
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

/// The bit of a fact.
pub(super) fn bit(fact: AccessFact) -> u32 {
    1 << fact as u32
}

impl PlaceFeatures {
    /// Whether the place looks for people in this role.
    pub(super) fn wants(&self, role: Role) -> bool {
        self.roles & (1 << role as u8) != 0
    }

    /// Whether the fact is known to be so.
    pub(super) fn is(&self, fact: AccessFact) -> bool {
        self.yes & bit(fact) != 0
    }

    /// Whether the fact is known not to be so.
    pub(super) fn is_not(&self, fact: AccessFact) -> bool {
        self.no & bit(fact) != 0
    }

    /// Copies its interests from one list to the end of another, where they are looked for from now on.
    pub(super) fn move_interests(&mut self, from: &[PlaceInterest], to: &mut Vec<PlaceInterest>) {
        let start = u32::try_from(to.len()).expect("places have a few interests each");
        to.extend_from_slice(self.interests(from));
        self.interests.0 = start;
    }

    /// Its interests in the list of all.
    pub(super) fn interests(self, all: &[PlaceInterest]) -> &[PlaceInterest] {
        let start = self.interests.0 as usize;
        &all[start..start + usize::from(self.interests.1)]
    }
}

/// Makes rows of places.
pub(super) struct FeatureReader<'a> {
    thesaurus: &'a Thesaurus,
    /// By interest, what it is a kind of.
    above: Vec<Vec<usize>>,
    /// By interest, the bits of the chips that it brings along and of its axes.
    brings: Vec<u16>,
    axes: Vec<u8>,
    /// The interests of all places.
    pub(super) likeable: Vec<PlaceInterest>,
}

impl<'a> FeatureReader<'a> {
    pub(super) fn new(thesaurus: &'a Thesaurus) -> Self {
        let all = thesaurus.all();
        let above = thesaurus.above();
        let brings = all.iter().map(|it| chips(|chip| chip.is_brought_by(&it.traits))).collect();
        Self { thesaurus, above, brings, axes: all.iter().map(axes).collect(), likeable: Vec::new() }
    }

    /// The row of the place that stands at `place`, which is the `by_name`th and whose schedules are known as `schedules`.
    pub(super) fn row(&mut self, snapshot: &Snapshot, place: usize, (by_name, schedules): (u32, u32)) -> PlaceFeatures {
        let listed = &snapshot.places[place];
        let facts = &listed.place.facts;
        let found = interests(self.thesaurus, facts);
        let (yes, no) = access(facts);
        let (avoid, maybe) = self.avoid(facts, &found);
        let Eligibility { least, most, only, unsure } = eligibility::read(facts);
        let position = shown_position(listed);
        let kind = kind(facts, position.is_some());
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
            // What a mentor does is no place for somebody else to do it.
            roles: facts.roles.iter().filter(|_| !listed.private).fold(0, |all, role| all | 1 << *role as u8),
            least_age: least,
            most_age: most,
            only,
            unsure,
            status: facts.status,
            accepts_new: listed.place.verification.as_ref().and_then(|it| it.accepts_new),
            kind,
            interests: self.keep(&found),
        }
    }

    fn keep(&mut self, found: &[PlaceInterest]) -> (u32, u8) {
        let start = u32::try_from(self.likeable.len()).expect("places have a few interests each");
        let found = &found[..found.len().min(usize::from(u8::MAX))];
        self.likeable.extend_from_slice(found);
        (start, u8::try_from(found.len()).unwrap_or(u8::MAX))
    }

    /// Which chips are certainly so at the place, and which may be.
    ///
    /// What its facts or its own words say counts first. Then its pursuits: one among several that are otherwise brings a thing
    /// along perhaps; most of them or the one in its name, certainly. A wide term does not count beside a kind of it (工作 beside 針金アート).
    fn avoid(&self, facts: &Facts, found: &[PlaceInterest]) -> (u16, u16) {
        let stated: Vec<usize> = found.iter().filter(|it| it.stated).map(|it| usize::from(it.interest)).collect();
        let own: Vec<usize> =
            stated.iter().copied().filter(|it| !stated.iter().any(|kind| self.above[*kind].contains(it))).collect();
        let named: Vec<usize> = self.thesaurus.occurring_in(&facts.name).into_iter().map(|(it, _)| it).collect();
        let named: Vec<usize> = named.into_iter().filter(|it| own.contains(it)).collect();
        let text = fold(&own_words(facts));
        let fact = |fact: Option<AccessFact>| fact.and_then(|fact| facts.access.get(&fact)).map(|known| known.yes);
        let (mut certain, mut maybe) = (0, 0);
        for (at, chip) in WORDS.chips().enumerate() {
            let said = fact(chip.fact).or_else(|| fact(chip.fact_no).map(|yes| !yes));
            let bit = 1 << at;
            match said {
                Some(true) => certain |= bit,
                Some(false) => {}
                // The list says both: 「屋外。曇りのときは室内」.
                None if chip.is_taken_back_in(&text) => {
                    if chip.is_said_in(&text) {
                        maybe |= bit;
                    }
                }
                None if chip.is_said_in(&text) => certain |= bit,
                None => {
                    let bring = own.iter().filter(|it| self.brings[**it] & bit != 0).count();
                    let mentioned = || found.iter().any(|it| self.brings[usize::from(it.interest)] & bit != 0);
                    if bring * 2 > own.len() || named.iter().any(|it| self.brings[*it] & bit != 0) {
                        certain |= bit;
                    } else if bring > 0 || own.is_empty() && mentioned() {
                        maybe |= bit;
                    }
                }
            }
        }
        (certain, maybe)
    }
}

/// The chips for which `is_so` holds, as bits.
fn chips(is_so: impl Fn(&crate::find::avoidance::AvoidanceChip) -> bool) -> u16 {
    WORDS.chips().enumerate().filter(|(_, chip)| is_so(chip)).fold(0, |all, (at, _)| all | 1 << at)
}

/// The bits of an interest's axes, in the order of [`Axis`](super::Axis).
pub(super) fn axes(interest: &Interest) -> u8 {
    const AXES: [&str; 6] = ["身体", "心", "生きがい", "暮らし", "つながり", "日常"];
    AXES.iter()
        .enumerate()
        .filter(|(_, axis)| interest.axes.iter().any(|own| own == *axis))
        .fold(0, |a, (i, _)| a | 1 << i)
}

/// The interests of a place, those of its name and keywords first.
pub(super) fn interests(thesaurus: &Thesaurus, facts: &Facts) -> Vec<PlaceInterest> {
    let mut found: Vec<PlaceInterest> = Vec::new();
    let mut add = |interest: usize, stated: bool| {
        let interest = u16::try_from(interest).unwrap_or(u16::MAX);
        if !found.iter().any(|known| known.interest == interest) {
            found.push(PlaceInterest { interest, stated });
        }
    };
    let words = || facts.tags.iter().chain(&facts.interests);
    for word in words().filter(|word| is_keyword(word)) {
        for it in words_of(thesaurus, word) {
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

/// Whether it is a word and no sentence: lists put both into one column.
fn is_keyword(words: &str) -> bool {
    words.chars().count() <= KEYWORD_LETTERS && !words.contains(['。', '．', '！'])
}

/// The interests that a keyword means: as a whole, else by the words in it.
pub(super) fn words_of(thesaurus: &Thesaurus, word: &str) -> Vec<usize> {
    let meant = thesaurus.meant_by(word);
    if meant.is_empty() { thesaurus.occurring_in(word).into_iter().map(|(it, _)| it).collect() } else { meant.to_vec() }
}

fn access(facts: &Facts) -> (u32, u32) {
    let bits =
        |yes| facts.access.iter().filter(|(_, known)| known.yes == yes).fold(0, |all, (fact, _)| all | bit(*fact));
    (bits(true), bits(false))
}

/// What a place says of itself in sentences.
fn own_words(facts: &Facts) -> String {
    let texts = [&facts.description, &facts.note, &facts.eligibility, &facts.capacity];
    let access = facts.access.values().map(|known| &known.words);
    let sentences = facts.tags.iter().filter(|tag| !is_keyword(tag));
    let all: Vec<&str> = texts.into_iter().flatten().chain(access).chain(sentences).map(String::as_str).collect();
    all.join("\n")
}

/// Where distances to a place end: of a private person, the middle of the 大字.
pub(super) fn shown_position(listed: &VisiblePlace) -> Option<Position> {
    let facts = &listed.place.facts;
    let town = || facts.town.as_ref().map(|town| town.centre);
    if listed.private { town() } else { facts.site.map(|site| site.position) }
}

fn kind(facts: &Facts, is_placed: bool) -> AvoidanceKind {
    match facts.mode {
        MeetingMode::AtPlace if is_placed => AvoidanceKind::Placed,
        MeetingMode::AtPlace => AvoidanceKind::Unlocated,
        MeetingMode::Roaming => AvoidanceKind::Roaming,
        MeetingMode::Visiting => AvoidanceKind::Visits,
        MeetingMode::Phone => AvoidanceKind::Phone,
        MeetingMode::Online => AvoidanceKind::Online,
    }
}
