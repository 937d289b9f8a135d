//! A place with its reasons: what speaks for it, what to mind, what to ask.
//!
//! Only places that are shown come here, so that words are looked up only for them. This module does no I/O.

use std::borrow::Cow;
use std::cell::OnceCell;

use serde_json::{Value, json};

use super::TravelMode;
use super::answer::{Hit, HitContact, HitDate, HitReason, HitTravel};
use super::avoidance::WORDS;
use super::features::{AvoidanceKind, PlaceFeatures};
use super::interests::InterestQuery;
use super::prepared_wish::FIRST_STEPS;
use super::prepared_wish::PreparedWish;
use super::score::Score;
use super::sentences::{matter, occurrence, say};
use super::times::NextMeeting;
use super::wish::LifeAxis;
use crate::index::VisiblePlace;
use crate::model::{AccessFact, Closeness, Facts, Metres, Place, PlaceId, Precision, Role};
use crate::privacy::as_if_public;
use crate::schedule::ParsedSchedule;
use crate::text::fold;

/// So many of the next dates are told.
const DATES: usize = 3;

/// A place on its way to being shown.
pub(super) struct HitWriter<'a> {
    asked: &'a PreparedWish<'a>,
    row: &'a PlaceFeatures,
    listed: &'a VisiblePlace,
    /// As it may be shown: of a private person only what everybody may see.
    place: Cow<'a, Place>,
    private: bool,
    readings: &'a [ParsedSchedule],
    distance: Option<Metres>,
    /// The interests that the name states.
    named: OnceCell<Vec<usize>>,
}

impl<'a> HitWriter<'a> {
    pub(super) fn new(asked: &'a PreparedWish<'a>, row: &'a PlaceFeatures, distance: Option<Metres>) -> Self {
        let snapshot = &asked.finder.snapshot;
        let listed = &snapshot.places[row.place as usize];
        let private = listed.private;
        Self {
            place: if private { Cow::Owned(for_everybody(asked, listed)) } else { Cow::Borrowed(&listed.place) },
            readings: &asked.times(row).readings,
            asked,
            row,
            listed,
            private,
            distance,
            named: OnceCell::new(),
        }
    }

    fn facts(&self) -> &Facts {
        &self.place.facts
    }

    /// The place as it is answered.
    pub(super) fn hit(&self, suit: Score) -> Hit {
        let travel = self.travel();
        let facts = self.facts();
        let placed = self.row.kind == AvoidanceKind::Placed;
        Hit {
            id: self.place.id.clone(),
            name: facts.name.clone(),
            category: facts.category.clone(),
            district: self.listed.district.clone(),
            organization: facts.organization.clone(),
            venue: facts.venue.clone(),
            mode: facts.mode,
            position: facts.site.filter(|_| placed).map(|site| site.position),
            precision: facts.site.filter(|_| placed).map(|site| site.precision),
            distance_m: self.distance.map(whole_metres),
            travel,
            matches: suit.matches,
            score: suit.score,
            schedule: facts.schedule.iter().map(|it| it.text.clone()).collect(),
            next: self.next(),
            reasons: self.reasons(travel),
            cautions: self.cautions(),
            ask: self.ask(travel),
            contact: self.contact(),
        }
    }

    fn travel(&self) -> Option<HitTravel> {
        let (way, minutes) = self.asked.reach.quickest(self.distance?, self.row.is(AccessFact::PickUp))?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "minutes of a way on the globe")]
        let minutes = minutes.round().max(1.0) as u32;
        Some(HitTravel { way, minutes })
    }

    /// The next dates; none where any words are not understood.
    fn next(&self) -> Vec<HitDate> {
        let dates = self.asked.times(self.row).next(self.asked.now, DATES);
        dates.into_iter().map(|when| HitDate { text: occurrence(&when), when }).collect()
    }

    fn reasons(&self, travel: Option<HitTravel>) -> Vec<HitReason> {
        let mut reasons = self.likings();
        reasons.extend(self.givings());
        reasons.extend(self.axes());
        reasons.extend(self.way(travel));
        reasons.extend(self.when());
        let asked = self.asked.wish.matters.iter().copied();
        let steps = FIRST_STEPS.into_iter().filter(|fact| !self.asked.wish.matters.contains(fact));
        reasons.extend(
            asked.chain(steps).filter(|fact| self.row.is(*fact)).map(|fact| self.matter(fact, "yes", "reason")),
        );
        reasons.extend(self.welcome());
        reasons
    }

    /// One reason a word that the person likes.
    fn likings(&self) -> Vec<HitReason> {
        let taste = &self.asked.likes;
        (0..taste.words.len()).filter_map(|word| self.liking(taste, word)).collect()
    }

    fn liking(&self, taste: &InterestQuery, word: usize) -> Option<HitReason> {
        let like = &taste.words[word].word;
        let Some((term, closeness)) = self.best_term(taste, word) else {
            let here = taste.marks(self.row, &self.asked.finder.likeable).text & (1 << word) != 0;
            return here.then(|| reason("like", "like_text", &[("like", like)], vec![("closeness", json!("text"))]));
        };
        let what = self.what(&term);
        let (key, near) = match closeness {
            Closeness::Same if WORDS.is_sentence(like) => ("like_said", "same"),
            Closeness::Same if self.private && self.is_kind_of(&term, WORDS.growing_terms()) => ("grow", "same"),
            Closeness::Same if self.is_kind_of(&term, WORDS.trouble_terms()) => ("like_said", "same"),
            Closeness::Same => ("like_same", "same"),
            Closeness::Near if WORDS.is_sentence(like) => ("near_said", "near"),
            Closeness::Near => ("like_near", "near"),
        };
        Some(reason(
            "like",
            key,
            &[("like", like), ("what", &what)],
            vec![("term", json!(term)), ("closeness", json!(near))],
        ))
    }

    /// The place's interest that answers best to a word.
    fn best_term(&self, taste: &InterestQuery, word: usize) -> Option<(String, Closeness)> {
        let thesaurus = &self.asked.finder.thesaurus;
        let found = self.row.interests(&self.asked.finder.likeable);
        let near = found.iter().filter_map(|it| Some((taste.closeness(word, it.interest)?, !it.stated, it.interest)));
        let (closeness, _, interest) = near.min_by_key(|(closeness, unstated, _)| (*unstated, *closeness))?;
        Some((thesaurus.all()[usize::from(interest)].term.clone(), closeness))
    }

    /// Whether a term is one of `wide` or a kind of it.
    fn is_kind_of(&self, term: &str, wide: &[String]) -> bool {
        let thesaurus = &self.asked.finder.thesaurus;
        let all = thesaurus.all();
        let meant = wide.iter().flat_map(|it| thesaurus.meant_by(it));
        meant.flat_map(|it| thesaurus.kinds_of(*it)).any(|kind| all[kind].term == term)
    }

    /// What to point at: the name, where the term or a word for it stands in it, else the term.
    fn what(&self, term: &str) -> String {
        let thesaurus = &self.asked.finder.thesaurus;
        if self.private {
            return term.to_owned();
        }
        let name = &self.facts().name;
        let in_name = self.named.get_or_init(|| thesaurus.occurring_in(name).into_iter().map(|(it, _)| it).collect());
        let named = in_name.iter().any(|it| thesaurus.all()[*it].term == term);
        if named || name.contains(term) || fold(name).contains(&fold(term)) { name.clone() } else { term.to_owned() }
    }

    fn givings(&self) -> Vec<HitReason> {
        let Some(giving) = &self.asked.giving else { return Vec::new() };
        let mut reasons = Vec::new();
        let wanted: Vec<Role> = giving.roles.iter().copied().filter(|role| self.row.wants(*role)).collect();
        for role in &wanted {
            let key = if *role == Role::Teach { "give_teach" } else { "give_help" };
            reasons.push(reason("give", key, &[], vec![("role", json!(role))]));
        }
        if !wanted.is_empty() {
            for word in 0..giving.words.words.len() {
                if let Some((term, _)) = self.best_term(&giving.words, word) {
                    let values = [("like", giving.words.words[word].word.as_str()), ("what", &self.what(&term))];
                    reasons.push(reason("give", "give_term", &values, vec![("term", json!(term))]));
                }
            }
        }
        if let Some((term, Closeness::Same)) = self.best_term(&giving.terms, 0)
            && giving.terms.marks(self.row, &self.asked.finder.likeable).same != 0
        {
            reasons.push(reason("give", "give_place", &[("what", &self.what(&term))], vec![("term", json!(term))]));
        }
        reasons
    }

    fn axes(&self) -> Vec<HitReason> {
        let wanted = self.asked.wish.axes.iter().filter(|axis| self.row.axes & (1 << **axis as u8) != 0);
        let name = |axis: &LifeAxis| json!(axis).as_str().unwrap_or_default().to_owned();
        wanted
            .map(|axis| {
                let said = say("axes", &name(axis), &[]);
                reason("axis", "axis", &[("axis", &said), ("what", &self.facts().name)], vec![("axis", json!(axis))])
            })
            .collect()
    }

    fn way(&self, travel: Option<HitTravel>) -> Option<HitReason> {
        let here = match self.row.kind {
            AvoidanceKind::Phone => Some("phone"),
            AvoidanceKind::Visits => Some("visits"),
            AvoidanceKind::Online => Some("online"),
            AvoidanceKind::Roaming => Some("roaming"),
            AvoidanceKind::Placed | AvoidanceKind::Unlocated => None,
        };
        if let Some(key) = here {
            return Some(reason("way", key, &[], Vec::new()));
        }
        let metres = whole_metres(self.distance?);
        let Some(HitTravel { way, minutes }) = travel else {
            let km = format!("{:.1}", f64::from(metres) / 1000.0);
            return Some(reason("distance", "distance", &[("km", &km)], vec![("distance_m", json!(metres))]));
        };
        let key = match way {
            TravelMode::Walk => "way_walk",
            TravelMode::Bicycle => "way_bicycle",
            TravelMode::Bus => "way_bus",
            TravelMode::Car => "way_car",
            TravelMode::PickUp => "way_pick_up",
        };
        let values = vec![
            ("way", json!(way)),
            ("minutes", json!(minutes)),
            ("distance_m", json!(metres)),
            ("estimate", json!(true)),
        ];
        Some(reason("way", key, &[("minutes", &minutes.to_string())], values))
    }

    fn when(&self) -> Option<HitReason> {
        let words: Vec<&str> = self.facts().schedule.iter().map(|it| it.text.as_str()).collect();
        let words = words.join(" / ");
        let key = if self.meeting() == Some(NextMeeting::Fits) { "free_day" } else { "schedule" };
        (!words.is_empty()).then(|| reason("when", key, &[("schedule", &words)], vec![("schedule", json!(words))]))
    }

    fn meeting(&self) -> Option<NextMeeting> {
        let free = &self.asked.wish.free;
        (!free.is_empty()).then(|| self.asked.times(self.row).meets(free))
    }

    /// What is known of something that matters, in the place's own words where they are short.
    fn matter(&self, fact: AccessFact, answer: &str, kind: &str) -> HitReason {
        let name = json!(fact).as_str().unwrap_or_default().to_owned();
        let said = matter(&name, answer);
        let words = self.facts().access.get(&fact).map(|known| known.words.clone()).unwrap_or_default();
        let mut values = vec![("fact", json!(fact))];
        if !words.is_empty() && answer != "ask" {
            values.push(("words", json!(words)));
        }
        HitReason { kind: if kind == "caution" { "matter_not" } else { "matter" }, text: said.to_owned(), values }
    }

    fn welcome(&self) -> Option<HitReason> {
        let verification = self.listed.place.verification.as_ref()?;
        (verification.accepts_new == Some(true)).then(|| {
            let date = verification.on.to_string();
            reason("accepts_new", "accepts_new", &[("date", &date)], vec![("on", json!(date))])
        })
    }

    fn cautions(&self) -> Vec<HitReason> {
        let missing = self.asked.wish.matters.iter().filter(|fact| self.row.is_not(**fact));
        let mut cautions: Vec<HitReason> = missing.map(|fact| self.matter(*fact, "no", "caution")).collect();
        if self.meeting() == Some(NextMeeting::Partly) {
            let words: Vec<&str> = self.facts().schedule.iter().map(|it| it.text.as_str()).collect();
            let text = say("caution", "free_partly", &[("schedule", &words.join(" / "))]);
            cautions.push(HitReason { kind: "free_partly", text, values: Vec::new() });
        }
        cautions
    }

    fn ask(&self, travel: Option<HitTravel>) -> Vec<HitReason> {
        let wish = self.asked.wish;
        let unknown = |fact: &&AccessFact| !self.row.is(**fact) && !self.row.is_not(**fact);
        let mut asks: Vec<HitReason> =
            wish.matters.iter().filter(unknown).map(|fact| self.matter(*fact, "ask", "ask")).collect();
        for chip in self.asked.chips.iter().filter(|chip| self.row.maybe & (1 << **chip) != 0) {
            let chip = WORDS.chip(*chip);
            asks.push(HitReason { kind: "avoid", text: chip.ask.clone(), values: vec![("what", json!(chip.name))] });
        }
        let needs_ride = self.asked.reach.ways.iter().any(|it| it.way == TravelMode::PickUp);
        if needs_ride && unknown(&&AccessFact::PickUp) && !wish.matters.contains(&AccessFact::PickUp) {
            asks.push(question("pick_up", &[]));
        }
        if travel.is_some_and(|it| it.way == TravelMode::Bus) {
            asks.push(question("bus", &[]));
        }
        asks.extend(self.ask_of_words());
        if self.listed.place.verification.as_ref().and_then(|it| it.accepts_new).is_none() {
            asks.push(question("accepts_new", &[]));
        }
        asks
    }

    /// What the words of the place leave open.
    fn ask_of_words(&self) -> Vec<HitReason> {
        let mut asks = Vec::new();
        match self.readings.iter().find_map(|it| it.unread.as_deref()) {
            None if self.readings.is_empty() => asks.push(question("schedule", &[])),
            None => {}
            Some(_) if self.private => asks.push(question("schedule", &[])),
            Some(unread) => asks.push(question("schedule_unread", &[("words", unread)])),
        }
        let dates = self.asked.times(self.row).next(self.asked.now, DATES);
        if dates.iter().any(|date| self.asked.context.is_out_of_the_ordinary(date.start.date())) {
            asks.push(question("holiday", &[]));
        }
        if let (true, Some(words)) = (self.row.unsure, &self.facts().eligibility) {
            asks.push(question("eligibility", &[("words", words)]));
        }
        match self.facts().site.map(|site| site.precision) {
            _ if self.private => {}
            None if self.row.kind == AvoidanceKind::Unlocated => asks.push(question("location", &[])),
            Some(Precision::Town | Precision::District) if self.row.kind == AvoidanceKind::Placed => {
                asks.push(question("about_here", &[]));
            }
            _ => {}
        }
        asks
    }

    fn contact(&self) -> HitContact {
        let contact = &self.facts().contact;
        let category = self.asked.finder.snapshot.categories.by_id(&self.facts().category);
        if self.private {
            let city = &self.asked.finder.snapshot.city;
            return match category.filter(|it| it.office.is_some()) {
                Some(category) => HitContact { office: category.office.clone(), phone: category.office_phone.clone() },
                None => HitContact {
                    office: Some(city.office.clone()).filter(|it| !it.is_empty()),
                    phone: city.office_phone.clone(),
                },
            };
        }
        let office = contact.office.clone().or_else(|| category.and_then(|it| it.office.clone()));
        HitContact { office, phone: contact.phone.clone() }
    }
}

/// The identity of a place and the name it may be called by.
pub(super) fn named(asked: &PreparedWish<'_>, row: &PlaceFeatures) -> (PlaceId, String) {
    let snapshot = &asked.finder.snapshot;
    let listed = &snapshot.places[row.place as usize];
    let name = if listed.private { for_everybody(asked, listed).facts.name } else { listed.place.facts.name.clone() };
    (listed.place.id.clone(), name)
}

/// Of a private person's place, what everybody may see; one that only link workers may see at all is shown to them in the
/// same way.
fn for_everybody(asked: &PreparedWish<'_>, listed: &VisiblePlace) -> Place {
    let snapshot = &asked.finder.snapshot;
    as_if_public(&listed.place, listed.private, &snapshot.categories, &snapshot.districts)
}

fn reason(
    kind: &'static str,
    key: &str,
    values: &[(&'static str, &str)],
    more: Vec<(&'static str, Value)>,
) -> HitReason {
    let mut all = more;
    let named = values.iter().filter(|(name, _)| ["like", "what"].contains(name));
    all.extend(named.map(|(name, value)| (*name, json!(value))));
    HitReason { kind, text: say("reason", key, values), values: all }
}

fn question(kind: &'static str, values: &[(&'static str, &str)]) -> HitReason {
    let all = values.iter().map(|(name, value)| (*name, json!(value))).collect();
    HitReason { kind, text: say("ask", kind, values), values: all }
}

/// Metres, to the nearest ten: nobody walks a great circle.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "half round the globe is 20,000 km")]
pub(super) fn whole_metres(distance: Metres) -> u32 {
    (distance.0 / 10.0).round() as u32 * 10
}
