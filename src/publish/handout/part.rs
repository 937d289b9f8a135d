//! One place on the handout. An unknown fact is omitted or becomes a question to ask by telephone. This module does no I/O.

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

/// The longest summary in characters: one line on paper.
const ONE_LINE: usize = 60;
/// The most keywords in a summary without a sentence.
const MOST_WORDS: usize = 3;

/// A place on the handout.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandoutPlace {
    /// Its number on the handout, from 1.
    pub number: usize,
    /// Its identity.
    pub id: PlaceId,
    /// Whether it is public. If not, the page shows a warning and there is no QR code.
    pub public: bool,
    /// Its name; for a private person's place, its category and 大字.
    pub name: RubyText,
    /// The name of its category.
    pub kind: String,
    /// A summary in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Reasons why a visit may be in vain: `sample`, `closed`, `paused`, `full`, `no_new`.
    pub warnings: Vec<&'static str>,
    /// How to get there.
    pub way: HandoutDirections,
    /// When to go.
    pub when: HandoutTimes,
    /// Whom to call.
    pub contact: HandoutContact,
    /// Practical facts and open questions, in the order of the handout.
    pub facts: Vec<HandoutFact>,
    /// The QR code of its public page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr: Option<HandoutCode>,
}

/// How to get there.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HandoutDirections {
    /// The meeting mode, if not at a place: `roaming`, `visiting`, `phone`, `online`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<MeetingMode>,
    /// Directions as the list has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The building, if its name differs from that of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// The address, else the 大字.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub address: RubyText,
    /// Whether the position is approximate.
    pub about: bool,
    /// From the start: direction and distance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub heading: RubyText,
    /// Estimated travel times from the start.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub travel: Vec<RubyText>,
}

/// When to go.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HandoutTimes {
    /// The schedules as the list has them.
    pub words: Vec<String>,
    /// Whether all of them were parsed, so that dates can be listed.
    pub understood: bool,
    /// The next dates, at most three.
    pub next: Vec<HandoutDate>,
}

/// Whom to call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HandoutContact {
    /// The telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The office or person to ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_for: Option<String>,
    /// Whether it is the municipality's number, because the place's own is unknown.
    pub city: bool,
}

/// A practical fact, or an open question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandoutFact {
    /// The subject: `cost`, `bring`, `meets`, `booking`, `eligibility`.
    pub kind: &'static str,
    /// The fact; empty if it is an open question.
    pub words: RubyText,
}

/// Writes places into a handout; holds what they have in common.
#[derive(Debug)]
pub(super) struct HandoutWriter<'a> {
    pub(super) city: &'a City,
    pub(super) readings: &'a TownReadings,
    pub(super) origin: Option<&'a HandoutOrigin>,
    pub(super) travel: &'a [TravelMode],
    pub(super) now: chrono::NaiveDateTime,
}

impl HandoutWriter<'_> {
    /// Writes the place with this number.
    pub(super) fn write_place(&self, number: usize, shown: &PublicFacts, dates: &HandoutDates) -> HandoutPlace {
        let facts = &shown.place.facts;
        HandoutPlace {
            number,
            id: shown.place.id.clone(),
            public: shown.public,
            name: self.name(shown),
            kind: shown.kind.clone(),
            what: one_line_summary(facts),
            warnings: warnings(shown),
            way: self.directions(facts),
            when: HandoutTimes {
                words: facts.schedule.iter().map(|it| it.text.clone()).collect(),
                understood: dates.is_understood(),
                next: dates.next(self.now),
            },
            contact: self.office_or_city(facts),
            facts: practical_facts(facts),
            qr: self.qr(shown),
        }
    }

    /// The name with furigana, if its reading is known.
    fn name(&self, shown: &PublicFacts) -> RubyText {
        let facts = &shown.place.facts;
        match (&facts.kana, &facts.town) {
            (Some(kana), _) => align(&facts.name, kana),
            // Such a name is made of the category and the 大字; another one may be read differently from its 大字.
            (None, Some(town)) if shown.private => reading_over(&facts.name, &town.name, self.readings.of(&town.name)),
            _ => plain(&facts.name),
        }
    }

    /// How to get there from the start, if any.
    fn directions(&self, facts: &Facts) -> HandoutDirections {
        let rough = facts.site.is_some_and(|site| site.precision != Precision::Door);
        let way = self.origin.zip(facts.site).filter(|_| facts.mode == MeetingMode::AtPlace);
        let ride = facts.access.get(&AccessFact::PickUp).filter(|known| known.yes);
        let travel = |(origin, site): (&HandoutOrigin, Location)| {
            let ways = if way::is_near(origin, site.position, rough) { &[] } else { self.travel };
            way::travel_times(ways, origin.position.distance_to(site.position))
        };
        let names = self.origin.map(|origin| origin.names.as_slice());
        let ride = ride.map(|offered| way::ride(offered, names)).unwrap_or_default();
        let written = facts.address.as_deref().or(facts.town.as_ref().map(|town| town.name.as_str()));
        HandoutDirections {
            mode: Some(facts.mode).filter(|mode| *mode != MeetingMode::AtPlace),
            words: facts.directions.clone(),
            venue: facts.venue.clone().filter(|venue| *venue != facts.name),
            address: written.map(|address| self.address(address, facts)).unwrap_or_default(),
            about: rough,
            heading: way
                .map(|(origin, site)| way::direction_and_distance(origin, site.position, rough))
                .unwrap_or_default(),
            travel: way.map(travel).unwrap_or_default().into_iter().chain(ride).collect(),
        }
    }

    /// The address with furigana for the municipality and the 大字.
    fn address(&self, address: &str, facts: &Facts) -> RubyText {
        let (city, kana) = (self.city.name.as_str(), Some(self.city.kana.as_str()).filter(|kana| !kana.is_empty()));
        let after = address.find(city).filter(|_| !city.is_empty()).map_or(0, |at| at + city.len());
        let (before, rest) = address.split_at(after);
        let mut line = reading_over(before, city, kana);
        line.extend(match &facts.town {
            Some(town) => reading_over(rest, &town.name, self.readings.of(&town.name)),
            None => plain(rest),
        });
        line
    }

    /// The place's own telephone number, else the municipality's.
    fn office_or_city(&self, facts: &Facts) -> HandoutContact {
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

    /// The QR code of its public page; none for a place that is not public.
    fn qr(&self, shown: &PublicFacts) -> Option<HandoutCode> {
        let url = self.city.public_url.as_deref().filter(|_| shown.public)?;
        HandoutCode::of_place(url, &shown.place.id)
    }
}

/// A summary: the first sentence of the description if it is short, else the first keywords.
fn one_line_summary(facts: &Facts) -> Option<String> {
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

/// The keys of the warnings: of the sample, closed, paused, full, or no new people.
fn warnings(shown: &PublicFacts) -> Vec<&'static str> {
    let facts = &shown.place.facts;
    let full = facts.access.get(&AccessFact::Full).is_some_and(|known| known.yes);
    let no_new = shown.place.verification.as_ref().is_some_and(|it| it.accepts_new == Some(false));
    [
        (shown.sample, "sample"),
        (facts.status == Status::Closed, "closed"),
        (facts.status == Status::Paused, "paused"),
        (full, "full"),
        (no_new && !full, "no_new"),
    ]
    .into_iter()
    .filter_map(|(so, warning)| so.then_some(warning))
    .collect()
}

/// Practical facts in the order of the handout; those that everybody needs become questions where they are unknown.
fn practical_facts(facts: &Facts) -> Vec<HandoutFact> {
    let own = |text: &Option<String>| text.as_deref().map(plain);
    let cost = own(&facts.cost).or_else(|| access_fact(facts, AccessFact::FreeOfCharge, ("fact.free", "")));
    let to_ask = [
        ("cost", cost),
        ("bring", own(&facts.bring)),
        ("meets", access_fact(facts, AccessFact::MetFirstTime, ("fact.meets", "fact.meets_no"))),
    ];
    let if_known = [("booking", booking(facts)), ("eligibility", own(&facts.eligibility))];
    // Without going out, there is nothing to bring and nobody to be met by.
    let goes_there = matches!(facts.mode, MeetingMode::AtPlace | MeetingMode::Roaming);
    let questions = to_ask
        .into_iter()
        .filter(|(kind, words)| goes_there || *kind == "cost" || words.is_some())
        .map(|(kind, words)| HandoutFact { kind, words: words.unwrap_or_default() });
    questions
        .chain(if_known.into_iter().filter_map(|(kind, words)| Some(HandoutFact { kind, words: words? })))
        .collect()
}

/// Whether booking is needed. Words with digits are replaced by ours: they are opening hours, which are printed elsewhere.
fn booking(facts: &Facts) -> Option<RubyText> {
    let known = facts.access.get(&AccessFact::BookingNeeded)?;
    let words = if known.words.chars().any(char::is_numeric) { "" } else { known.words.as_str() };
    answer_text(known.yes, words, ("fact.booking", "fact.booking_no"))
}

/// An access fact as text; `ours` are the message keys for (yes, no), an empty key omits the fact.
fn access_fact(facts: &Facts, fact: AccessFact, ours: (&str, &str)) -> Option<RubyText> {
    let known = facts.access.get(&fact)?;
    answer_text(known.yes, &known.words, ours)
}

/// The words of the list if they are more than a mark, else our message for yes or no.
fn answer_text(is_so: bool, words: &str, (yes, no): (&str, &str)) -> Option<RubyText> {
    let own = words.trim();
    if own.chars().count() > LONGEST_MARK {
        return Some(plain(own));
    }
    let key = if is_so { yes } else { no };
    (!key.is_empty()).then(|| ruby_message(key, &[]))
}

/// The longest mark in characters: 「○」, 「あり」 and 「要」 mean nothing without their heading.
const LONGEST_MARK: usize = 3;
