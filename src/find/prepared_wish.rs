//! A wish resolved against one snapshot: words expanded, start resolved, reach computed.
//!
//! This module does no I/O.

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::avoidance::AVOIDANCE_TABLE;
use super::features::{PlaceFeatures, bit};
use super::interests::{InterestQuery, MatchKind, UnderstoodTerm};
use super::phrases::{self, UnderstoodPhrase};
use super::reach::{TravelReach, rule_of_thumb};
use super::sentences::access_sentence;
use super::signs::SIGNS;
use super::times::{CalendarDay, MeetingTimes};
use super::{Finder, Wish, WishError, WishStart};
use crate::model::{AccessFact, DistrictId, Position, Role};
use crate::schedule::ScheduleContext;
use crate::text::fold;

/// Facts that ease the first step.
pub(super) const FIRST_STEPS: [AccessFact; 4] =
    [AccessFact::MetFirstTime, AccessFact::Beginners, AccessFact::VisitFirst, AccessFact::AloneWelcome];

/// A wish resolved against a snapshot.
#[derive(Debug)]
pub(super) struct PreparedWish<'a> {
    pub(super) finder: &'a Finder,
    pub(super) wish: &'a Wish,
    pub(super) now: NaiveDateTime,
    /// The context in which schedules are parsed; `day` caches the results.
    pub(super) context: ScheduleContext,
    day: Arc<CalendarDay>,
    /// Bits of the facts that matter; `first_steps` holds the others that ease the first step.
    pub(super) matters: u32,
    pub(super) first_steps: u32,
    pub(super) from: Option<StartPoint>,
    pub(super) reach: TravelReach,
    pub(super) likes: InterestQuery,
    /// Phrases that ask for a fact and for nothing else.
    pub(super) facts_said: Vec<UnderstoodTerm>,
    pub(super) giving: Option<GivingRole>,
    /// The avoided chips in the order of the wish; `chip_bits` holds their bits.
    pub(super) chips: Vec<usize>,
    pub(super) chip_bits: u16,
    pub(super) avoid: InterestQuery,
    /// How the avoided words were understood, in the order of the wish.
    pub(super) avoid_words: Vec<UnderstoodTerm>,
    pub(super) axes: u8,
    /// Whether the person looks for somebody to do it with.
    pub(super) company: bool,
    /// Terms that what the wish asks for tells of the person.
    pub(super) implied: Vec<u16>,
    /// What the words of the wish say of the person.
    pub(super) person: PersonSigns,
    /// The folded names of the area in which the person starts, for rides with a limit.
    start_names: Vec<String>,
}

/// What the words of a wish say of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
pub(super) struct PersonSigns {
    /// Whether the wish says anything but where an answer begins and ends.
    pub(super) says_something: bool,
    /// Whether there are likings, none of which was understood.
    pub(super) no_word_understood: bool,
    /// Whether there is a baby, who takes part in nothing that is for older children.
    pub(super) has_baby: bool,
    /// Whether the person cannot hear, so that a voice on the telephone is of no use.
    pub(super) cannot_hear: bool,
}

/// What a trait of a term says of a person.
const BABY: &str = "乳児";
const CANNOT_HEAR: &str = "電話が使えない";
const SIGNS_WITH_HANDS: &str = "手で話す";

/// A resolved start.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StartPoint {
    /// The name of the district or 大字; `None` for a point of the person's own.
    pub name: Option<String>,
    /// The district that contains it.
    pub district: Option<DistrictId>,
    /// Whether it is the centre of an area and not the person's own point.
    pub about: bool,
    #[serde(skip)]
    pub(super) position: Position,
}

impl StartPoint {
    /// The point from which distances are measured.
    pub fn position(&self) -> Position {
        self.position
    }
}

/// What the person can contribute.
#[derive(Debug)]
pub(super) struct GivingRole {
    pub(super) roles: Vec<Role>,
    pub(super) words: InterestQuery,
    /// Terms of places where anybody can contribute.
    pub(super) terms: InterestQuery,
}

impl<'a> PreparedWish<'a> {
    /// Resolves a wish; fails if its start does not exist or is ambiguous.
    pub(super) fn new(finder: &'a Finder, wish: &'a Wish, now: NaiveDateTime) -> Result<Self, WishError> {
        let thesaurus = finder.thesaurus.as_ref();
        let (likes, disliked) = phrases::likes_and_dislikes(&wish.likes, thesaurus);
        let (facts_said, likes) = facts_among(likes);
        let avoided = AvoidedPhrases::new(wish, disliked, finder);
        let mut likes = InterestQuery::new(likes, thesaurus, &finder.snapshot);
        let says = |likes: &InterestQuery, name: &str| {
            (0..thesaurus.all().len()).any(|it| likes.says(it) && thesaurus.all()[it].has_trait(name))
        };
        // To ask for help with hearing is no deafness; to sign besides is.
        let signs = wish.matters.contains(&AccessFact::HearingSupport) && says(&likes, SIGNS_WITH_HANDS);
        let cannot_hear = says(&likes, CANNOT_HEAR) || signs;
        let needs = wish.matters.iter().flat_map(|fact| SIGNS.terms_of_need(*fact));
        let needs: Vec<usize> = needs.flat_map(|term| thesaurus.meant_by(term)).copied().collect();
        likes.imply(thesaurus, &needs);
        let context = ScheduleContext::of_city(&finder.snapshot.city, wish.at.unwrap_or(now).date());
        let from = wish.from.as_ref().map(|start| resolve_start(finder, start)).transpose()?;
        Ok(Self {
            start_names: start_names(finder, from.as_ref()),
            from,
            reach: TravelReach::new(&wish.travel, wish.minutes, rule_of_thumb),
            person: PersonSigns {
                says_something: *wish != Wish { at: wish.at, limit: wish.limit, ..Wish::default() },
                no_word_understood: !likes.words.is_empty() && likes.words.iter().all(|it| it.by == MatchKind::Nothing),
                has_baby: says(&likes, BABY),
                cannot_hear,
            },
            company: wish.company || likes.words.iter().any(|it| SIGNS.seeks_company(&it.word)),
            implied: needs.iter().filter_map(|it| u16::try_from(*it).ok()).collect(),
            likes,
            facts_said,
            giving: GivingRole::new(finder, wish),
            chip_bits: avoided.chips.iter().fold(0, |all, chip| all | 1 << chip),
            chips: avoided.chips,
            avoid_words: avoided.words,
            avoid: avoided.query,
            axes: wish.axes.iter().fold(0, |all, axis| all | 1 << *axis as u8),
            context,
            day: finder.calendar.day(context),
            matters: fact_bits(&wish.matters),
            first_steps: fact_bits(&FIRST_STEPS) & !fact_bits(&wish.matters),
            now: wish.at.unwrap_or(now),
            finder,
            wish,
        })
    }

    /// Whether a place fetches this person: it has a ride, and not one for somebody else's district.
    pub(super) fn is_fetched(&self, row: &PlaceFeatures) -> bool {
        if !row.is(AccessFact::PickUp) || !row.has(PlaceFeatures::LIMITED_RIDE) || self.start_names.is_empty() {
            return row.is(AccessFact::PickUp);
        }
        let facts = &self.finder.snapshot.places[row.place as usize].place.facts;
        let words = facts.access.get(&AccessFact::PickUp).and_then(|known| known.limit());
        words.is_none_or(|words| SIGNS.ride_takes(&fold(words), &self.start_names))
    }

    /// Whether the text of a place mentions a word to avoid, although the place is not about it: a question.
    pub(super) fn mentions_avoided(&self, row: &PlaceFeatures) -> bool {
        if self.avoid.words.is_empty() {
            return false;
        }
        let bits = self.avoid.match_bits(row, &self.finder.place_interests);
        (bits.same_mentioned | bits.text) & !bits.same != 0
    }

    /// The places that it compares by their texts.
    pub(super) fn places_by_text(&self) -> Vec<u32> {
        let given = self.giving.iter().flat_map(|giving| giving.words.places_by_text());
        self.likes.places_by_text().chain(self.avoid.places_by_text()).chain(given).collect()
    }

    /// Whether the wish names what is liked, what weighs, or what can be given.
    pub(super) fn has_words(&self) -> bool {
        !self.likes.words.is_empty() || self.giving.is_some()
    }

    /// The meeting times of a place.
    pub(super) fn times(&self, row: &PlaceFeatures) -> &MeetingTimes {
        self.finder.calendar.times(row.schedules, &self.day)
    }
}

/// The phrases that ask for a fact and for nothing else, as they were understood, and the rest.
fn facts_among(phrases: Vec<UnderstoodPhrase>) -> (Vec<UnderstoodTerm>, Vec<UnderstoodPhrase>) {
    let (mut facts, mut rest) = (Vec::new(), Vec::new());
    for phrase in phrases {
        let said: Vec<AccessFact> = SIGNS.facts_said(&phrase.text).collect();
        if said.is_empty() || !phrase.terms.is_empty() {
            rest.push(phrase);
            continue;
        }
        let means = said.into_iter().map(|fact| access_sentence(&fact_name(fact), "yes").to_owned()).collect();
        facts.push(UnderstoodTerm { word: phrase.text, means, by: MatchKind::Chip });
    }
    (facts, rest)
}

fn fact_name(fact: AccessFact) -> String {
    serde_json::json!(fact).as_str().unwrap_or_default().to_owned()
}

/// The bits of several access facts.
fn fact_bits(facts: &[AccessFact]) -> u32 {
    facts.iter().fold(0, |all, fact| all | bit(*fact))
}

impl GivingRole {
    /// `None` where the wish names neither a role nor a word.
    fn new(finder: &Finder, wish: &Wish) -> Option<Self> {
        if wish.gives.is_empty() && wish.can_give.is_empty() {
            return None;
        }
        let roles = if wish.gives.is_empty() { vec![Role::Help, Role::Teach] } else { wish.gives.clone() };
        // Who can do something of their own, or teaches, is not sent to every volunteering.
        let any = wish.can_give.is_empty() && roles.contains(&Role::Help);
        let terms = if any { AVOIDANCE_TABLE.giving_terms() } else { AVOIDANCE_TABLE.taking_terms() };
        let terms = InterestQuery::of_terms(terms, &finder.thesaurus);
        let phrases = phrases::phrases_of(&wish.can_give, &finder.thesaurus);
        Some(Self { roles, words: InterestQuery::new(phrases, &finder.thesaurus, &finder.snapshot), terms })
    }
}

/// What a wish wants kept away: chips, words, and the dislikes among its likings.
struct AvoidedPhrases {
    chips: Vec<usize>,
    query: InterestQuery,
    words: Vec<UnderstoodTerm>,
}

impl AvoidedPhrases {
    /// A word that names a chip is the chip; a sentence in which one stands excludes as well, and is said to be read so.
    fn new(wish: &Wish, disliked: Vec<UnderstoodPhrase>, finder: &Finder) -> Self {
        let (mut chips, mut words, mut others) = (Vec::new(), Vec::new(), Vec::new());
        let written = wish.avoid.iter().flat_map(|word| match AVOIDANCE_TABLE.chip_of(word) {
            Some(_) => vec![UnderstoodPhrase { text: word.clone(), ..UnderstoodPhrase::default() }],
            None => phrases::phrases_of(std::slice::from_ref(word), &finder.thesaurus),
        });
        for phrase in written.chain(disliked) {
            let named = AVOIDANCE_TABLE.chip_of(&phrase.text).or_else(|| AVOIDANCE_TABLE.chip_in(&phrase.text));
            match named {
                Some(chip) => {
                    let means = vec![AVOIDANCE_TABLE.chip(chip).label.clone()];
                    words.push(UnderstoodTerm { word: phrase.text, means, by: MatchKind::Chip });
                    chips.push(chip);
                }
                None => others.push(phrase),
            }
        }
        let query = InterestQuery::new(others, &finder.thesaurus, &finder.snapshot);
        words.extend(query.all_words());
        chips.sort_unstable();
        chips.dedup();
        Self { chips, query, words }
    }
}

/// The folded names of the area that holds a start: its district, its 大字 and the parts of that name.
fn start_names(finder: &Finder, from: Option<&StartPoint>) -> Vec<String> {
    let Some(from) = from else { return Vec::new() };
    let district = from.district.as_ref().and_then(|id| finder.snapshot.districts.by_id(id));
    let mut names: Vec<&str> = Vec::new();
    names.extend(district.map(|it| it.name.as_str()));
    names.extend(district.and_then(|it| it.former_town.as_deref()));
    if let Some(name) = from.name.as_deref().or_else(|| finder.towns.nearest(from.position)) {
        names.push(name);
        if let Some(at) = name.find(['町', '村']).filter(|at| *at + 3 < name.len()) {
            names.extend([&name[..at + 3], &name[at + 3..]]);
        }
    }
    names.into_iter().map(fold).collect()
}

/// Resolves the start of a wish to a point: the centre of a district or 大字, or the person's own point.
pub(super) fn resolve_start(finder: &Finder, start: &WishStart) -> Result<StartPoint, WishError> {
    let snapshot = &finder.snapshot;
    match start {
        WishStart::District(written) => {
            let by_id = snapshot.districts.by_id(&DistrictId(written.clone()));
            let district = by_id.or_else(|| snapshot.districts.named(written)).ok_or_else(|| {
                let known: Vec<&str> = snapshot.districts.all().iter().map(|it| it.name.as_str()).take(60).collect();
                WishError::field("from.district", format!("there is no such district; known are {}", known.join(", ")))
            })?;
            let nowhere =
                || WishError::field("from.district", "nobody knows where this district is; choose a 大字 or a point");
            let (name, position) = (Some(district.name.clone()), district.centre.ok_or_else(nowhere)?);
            Ok(StartPoint { name, district: Some(district.id.clone()), about: true, position })
        }
        WishStart::Town(written) => {
            let (name, position) = finder.towns.find(written).map_err(|why| WishError::field("from.town", why))?;
            Ok(StartPoint { name: Some(name), district: district_at(finder, position), about: true, position })
        }
        WishStart::Position(position) => {
            Ok(StartPoint { name: None, district: district_at(finder, *position), about: false, position: *position })
        }
    }
}

/// The district whose outline contains a position.
fn district_at(finder: &Finder, position: Position) -> Option<DistrictId> {
    finder.snapshot.districts.at(position).map(|it| it.id.clone())
}
