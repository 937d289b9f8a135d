//! One place on the paper. What nobody knows is left out, or is something to ask by telephone; it is never printed as if it
//! were known. This module does no I/O.

use serde::Serialize;

use super::align::align;
use super::dates::{HandoutDate, HandoutDates};
use super::qr::HandoutCode;
use super::readings::TownReadings;
use super::shown::PublicFacts;
use super::way::{self, HandoutOrigin};
use crate::find::TravelMode;
use crate::model::{AccessFact, City, Facts, Location, MeetingMode, PlaceId, Precision, Status};
use crate::publish::ruby::{RubyText, plain, reading_over, ruby_message};

/// Letters of a first sentence that still says in one line what a place is.
const ONE_LINE: usize = 60;
/// How many words say what a place is where no sentence does.
const MOST_WORDS: usize = 3;

/// A place on the paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandoutPlace {
    /// Its number on the paper, from 1.
    pub number: usize,
    /// Its identity.
    pub id: PlaceId,
    /// Whether everybody may know of it. If not, the screen says so, and there is no code to its page.
    pub public: bool,
    /// Its name; of a private person, what kind of place it is and its 大字.
    pub name: RubyText,
    /// What kind of place it is.
    pub kind: String,
    /// What it is, in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Why it may be no use to go there: `closed`, `paused`, `full`, `no_new`.
    pub warnings: Vec<&'static str>,
    /// How to get there.
    pub way: HandoutDirections,
    /// When to go.
    pub when: HandoutTimes,
    /// Whom to call.
    pub contact: HandoutContact,
    /// What else to know, or to ask, in the order of the paper.
    pub facts: Vec<HandoutFact>,
    /// The code that leads to its public page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr: Option<HandoutCode>,
}

/// How to get there: words first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HandoutDirections {
    /// How one meets, where that is not at a place: `roaming`, `visiting`, `phone`, `online`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<MeetingMode>,
    /// The way, the landmark and the nearest stop, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The building it takes place in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub address: RubyText,
    /// Whether it is known only about where it is.
    pub about: bool,
    /// From the start: direction and distance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub heading: RubyText,
    /// How long that takes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub travel: Vec<RubyText>,
}

/// When to go.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HandoutTimes {
    /// In the words of those who run it.
    pub words: Vec<String>,
    /// Whether those words are understood, so that dates can be listed.
    pub understood: bool,
    /// The next dates.
    pub next: Vec<HandoutDate>,
}

/// Whom to call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HandoutContact {
    /// The telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whom to ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_for: Option<String>,
    /// Whether that is the municipality, because the place's own telephone is not known.
    pub city: bool,
}

/// One thing to know before going, or to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandoutFact {
    /// What it is about: `cost`, `bring`, `meets`, `booking`, `eligibility`.
    pub kind: &'static str,
    /// What is known; empty where it is to be asked.
    pub words: RubyText,
}

/// What all places of a paper have in common.
#[derive(Debug)]
pub(super) struct HandoutWriter<'a> {
    pub(super) city: &'a City,
    pub(super) readings: &'a TownReadings,
    pub(super) origin: Option<&'a HandoutOrigin>,
    pub(super) travel: &'a [TravelMode],
    pub(super) now: chrono::NaiveDateTime,
}

impl HandoutWriter<'_> {
    /// The place with this number, as it stands on the paper.
    pub(super) fn part(&self, number: usize, shown: &PublicFacts, dates: &HandoutDates) -> HandoutPlace {
        let facts = &shown.place.facts;
        HandoutPlace {
            number,
            id: shown.place.id.clone(),
            public: shown.public,
            name: self.name(shown),
            kind: shown.kind.clone(),
            what: what(facts),
            warnings: warnings(shown),
            way: self.directions(facts),
            when: HandoutTimes {
                words: facts.schedule.iter().map(|it| it.text.clone()).collect(),
                understood: dates.understood,
                next: dates.next(self.now),
            },
            contact: self.call(facts),
            facts: known_or_to_ask(facts),
            qr: self.qr(shown),
        }
    }

    fn name(&self, shown: &PublicFacts) -> RubyText {
        let facts = &shown.place.facts;
        match (&facts.kana, &facts.town) {
            (Some(kana), _) => align(&facts.name, kana),
            // Such a name is made of the category and the 大字; another one may be read differently from its 大字.
            (None, Some(town)) if shown.private => reading_over(&facts.name, &town.name, self.readings.of(&town.name)),
            _ => plain(&facts.name),
        }
    }

    fn directions(&self, facts: &Facts) -> HandoutDirections {
        let rough = facts.site.is_some_and(|site| site.precision != Precision::Door);
        let way = self.origin.zip(facts.site).filter(|_| facts.mode == MeetingMode::AtPlace);
        let ride = facts.access.get(&AccessFact::PickUp).filter(|known| known.yes);
        let travel = |(origin, site): (&HandoutOrigin, Location)| {
            let ways = if way::is_near(origin, site.position, rough) { &[] } else { self.travel };
            way::travel(ways, origin.position.distance_to(site.position), ride)
        };
        let written = facts.address.as_deref().or(facts.town.as_ref().map(|town| town.name.as_str()));
        HandoutDirections {
            mode: Some(facts.mode).filter(|mode| *mode != MeetingMode::AtPlace),
            words: facts.directions.clone(),
            venue: facts.venue.clone().filter(|venue| *venue != facts.name),
            address: written.map(|address| self.address(address, facts)).unwrap_or_default(),
            about: rough,
            heading: way.map(|(origin, site)| way::heading(origin, site.position, rough)).unwrap_or_default(),
            travel: way.map_or_else(|| ride.map(way::ride).unwrap_or_default(), travel),
        }
    }

    /// The address, with readings over the municipality and the 大字.
    fn address(&self, address: &str, facts: &Facts) -> RubyText {
        let (city, kana) = (self.city.name.as_str(), Some(self.city.kana.as_str()).filter(|kana| !kana.is_empty()));
        let after = address.find(city).filter(|_| !city.is_empty()).map_or(0, |at| at + city.len());
        let (before, rest) = address.split_at(after);
        let mut words = reading_over(before, city, kana);
        words.extend(match &facts.town {
            Some(town) => reading_over(rest, &town.name, self.readings.of(&town.name)),
            None => plain(rest),
        });
        words
    }

    /// The place's own telephone, or else the municipality's.
    fn call(&self, facts: &Facts) -> HandoutContact {
        let contact = &facts.contact;
        let own = || contact.office.clone().or_else(|| facts.organization.clone());
        if let Some(phone) = &contact.phone {
            let person = || contact.person.as_ref().map(|person| person.name.clone());
            return HandoutContact { phone: Some(phone.clone()), ask_for: own().or_else(person), city: false };
        }
        match &self.city.office_phone {
            Some(phone) => {
                let office = Some(self.city.office.clone()).filter(|office| !office.is_empty());
                HandoutContact { phone: Some(phone.clone()), ask_for: office, city: true }
            }
            None => HandoutContact { phone: None, ask_for: own(), city: false },
        }
    }

    fn qr(&self, shown: &PublicFacts) -> Option<HandoutCode> {
        let url = self.city.public_url.as_deref().filter(|_| shown.public)?;
        HandoutCode::of_place(url, &shown.place.id)
    }
}

/// The first sentence of its description where that is short, else what it is about.
fn what(facts: &Facts) -> Option<String> {
    let sentence = facts.description.as_deref().map(|text| {
        let end =
            text.find(['。', '\n']).map_or(text.len(), |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
        text[..end].trim().to_owned()
    });
    let short = sentence.filter(|text| !text.is_empty() && text.chars().count() <= ONE_LINE);
    short.or_else(|| {
        let mut words: Vec<&str> = Vec::new();
        let known = facts.interests.iter().chain(&facts.tags).map(String::as_str);
        for word in known.filter(|word| word.chars().count() <= ONE_LINE / 2) {
            if words.len() < MOST_WORDS && !words.contains(&word) {
                words.push(word);
            }
        }
        Some(words.join("、")).filter(|words| !words.is_empty())
    })
}

fn warnings(shown: &PublicFacts) -> Vec<&'static str> {
    let facts = &shown.place.facts;
    let full = facts.access.get(&AccessFact::Full).is_some_and(|known| known.yes);
    let no_new = shown.place.verification.as_ref().is_some_and(|it| it.accepts_new == Some(false));
    [
        (facts.status == Status::Closed, "closed"),
        (facts.status == Status::Paused, "paused"),
        (full, "full"),
        (no_new && !full, "no_new"),
    ]
    .into_iter()
    .filter_map(|(so, warning)| so.then_some(warning))
    .collect()
}

fn known_or_to_ask(facts: &Facts) -> Vec<HandoutFact> {
    let own = |text: &Option<String>| text.as_deref().map(plain);
    let cost = own(&facts.cost).or_else(|| fact(facts, AccessFact::FreeOfCharge, ("fact.free", "")));
    let to_ask = [
        ("cost", cost),
        ("bring", own(&facts.bring)),
        ("meets", fact(facts, AccessFact::MetFirstTime, ("fact.meets", "fact.meets_no"))),
    ];
    let if_known = [("booking", booking(facts)), ("eligibility", own(&facts.eligibility))];
    // Who goes nowhere brings nothing and is met by nobody.
    let goes_there = matches!(facts.mode, MeetingMode::AtPlace | MeetingMode::Roaming);
    let asked = to_ask
        .into_iter()
        .filter(|(kind, words)| goes_there || *kind == "cost" || words.is_some())
        .map(|(kind, words)| HandoutFact { kind, words: words.unwrap_or_default() });
    asked.chain(if_known.into_iter().filter_map(|(kind, words)| Some(HandoutFact { kind, words: words? }))).collect()
}

/// Whether one must book. Lists say so among the hours, which stand elsewhere: words with figures are no sentence about it.
fn booking(facts: &Facts) -> Option<RubyText> {
    let known = facts.access.get(&AccessFact::BookingNeeded)?;
    let words = if known.words.chars().any(char::is_numeric) { "" } else { known.words.as_str() };
    in_words(known.yes, words, ("fact.booking", "fact.booking_no"))
}

/// A yes or no in the list's own words where they are a sentence, else in ours: (yes, no); without words for a no, nothing.
fn fact(facts: &Facts, fact: AccessFact, ours: (&str, &str)) -> Option<RubyText> {
    let known = facts.access.get(&fact)?;
    in_words(known.yes, &known.words, ours)
}

fn in_words(is_so: bool, words: &str, (yes, no): (&str, &str)) -> Option<RubyText> {
    let said = words.trim();
    if said.chars().count() > MARK_LETTERS {
        return Some(plain(said));
    }
    let key = if is_so { yes } else { no };
    (!key.is_empty()).then(|| ruby_message(key, &[]))
}

/// 「○」, 「あり」, 「要」: marks that say nothing without their heading.
const MARK_LETTERS: usize = 3;
