//! Explains a place: reasons for it, cautions, and open questions.
//!
//! Only places of the response get here, so that text is looked up only for them. This module does no I/O.

use std::borrow::Cow;
use std::cell::OnceCell;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::TravelMode;
use super::answer::{Hit, HitDate, HitReason, HitTravel};
use super::avoidance::AVOIDANCE_TABLE;
use super::contact::contact_of;
use super::features::{LocationKind, PlaceFeatures};
use super::interests::InterestQuery;
use super::offers::is_keyword;
use super::prepared_wish::FIRST_STEPS;
use super::prepared_wish::PreparedWish;
use super::reach::NEEDS_NO_RIDE;
use super::score::{FitLevel, Score};
use super::sentences::{access_sentence, era_date, fill_sentence, occurrence_text};
use super::times::FreeTimeFit;
use super::wish::LifeAxis;
use crate::index::VisiblePlace;
use crate::model::{AccessFact, Closeness, Facts, Metres, Place, PlaceId, Precision, Role};
use crate::schedule::ParsedSchedule;
use crate::text::fold;

/// How long a confirmation holds, in days.
const DAYS_CONFIRMED: i64 = 365;
/// The number of next dates per place.
const DATES: usize = 3;

/// Writes one place into the response.
pub(super) struct HitWriter<'a> {
    prepared: &'a PreparedWish<'a>,
    row: &'a PlaceFeatures,
    listed: &'a VisiblePlace,
    /// Redacted for the public where it is a private person's place.
    place: Cow<'a, Place>,
    private: bool,
    readings: &'a [ParsedSchedule],
    distance: Option<Metres>,
    /// The interests stated in the name, as numbers in the thesaurus.
    name_terms: OnceCell<Vec<usize>>,
}

impl<'a> HitWriter<'a> {
    /// A writer for the place of `row`, at `distance` from the start.
    pub(super) fn new(prepared: &'a PreparedWish<'a>, row: &'a PlaceFeatures, distance: Option<Metres>) -> Self {
        let snapshot = &prepared.finder.snapshot;
        let listed = &snapshot.places[row.place as usize];
        let private = listed.private;
        Self {
            place: if private { snapshot.public_form(row.place as usize) } else { Cow::Borrowed(&listed.place) },
            readings: &prepared.times(row).readings,
            prepared,
            row,
            listed,
            private,
            distance,
            name_terms: OnceCell::new(),
        }
    }

    /// The facts, redacted where the place is a private person's.
    fn facts(&self) -> &Facts {
        &self.place.facts
    }

    /// Writes the place with its reasons.
    pub(super) fn write(&self, score: Score) -> Hit {
        let travel = self.quickest_travel();
        let facts = self.facts();
        let placed = self.row.kind == LocationKind::Placed;
        Hit {
            id: self.place.id.clone(),
            name: facts.name.clone(),
            sample: self.listed.sample,
            category: facts.category.clone(),
            district: self.listed.district.clone(),
            organization: facts.organization.clone(),
            venue: facts.venue.clone(),
            mode: facts.mode,
            position: facts.site.filter(|_| placed).map(|site| site.position),
            precision: facts.site.filter(|_| placed).map(|site| site.precision),
            distance_m: self.distance.map(whole_metres),
            travel,
            matches: score.fits(),
            near: score.level == FitLevel::Near,
            score: score.points,
            words: self.own_words(),
            schedule: facts.schedule.iter().map(|it| it.text.clone()).collect(),
            next: self.next_dates(),
            reasons: self.reasons(travel),
            cautions: self.caution_reasons(),
            ask: self.open_questions(travel),
            contact: contact_of(&self.prepared.finder.snapshot, &self.place, self.private),
        }
    }

    /// The list's own words: what it is, whom it is for, what else is remarked.
    fn own_words(&self) -> Vec<String> {
        let facts = self.facts();
        let sentences = facts.tags.iter().filter(|tag| !is_keyword(tag));
        let said = facts.description.iter().chain(sentences).chain(&facts.eligibility).chain(&facts.note);
        said.cloned().collect()
    }

    /// The quickest travel mode with its minutes.
    fn quickest_travel(&self) -> Option<HitTravel> {
        let (way, minutes) = self.prepared.reach.quickest(self.distance?, self.prepared.is_fetched(self.row))?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "minutes of a way on the globe")]
        let minutes = minutes.round().max(1.0) as u32;
        Some(HitTravel { way, minutes })
    }

    /// The next dates; none unless every schedule was parsed.
    fn next_dates(&self) -> Vec<HitDate> {
        let dates = self.prepared.times(self.row).next(self.prepared.now, DATES);
        dates.into_iter().map(|when| HitDate { text: occurrence_text(&when), when }).collect()
    }

    /// Reasons for the place, in the order of the response.
    fn reasons(&self, travel: Option<HitTravel>) -> Vec<HitReason> {
        let mut reasons = self.liking_reasons();
        reasons.extend(self.company_reason());
        reasons.extend(self.giving_reasons());
        reasons.extend(self.axis_reasons());
        reasons.extend(self.travel_reason(travel));
        reasons.extend(self.ride_reason(travel));
        reasons.extend(self.schedule_reason());
        let matters = self.prepared.wish.matters.iter().copied();
        let steps = FIRST_STEPS.into_iter().filter(|fact| !self.prepared.wish.matters.contains(fact));
        reasons.extend(
            matters
                .chain(steps)
                .filter(|fact| self.row.is(*fact))
                .map(|fact| self.access_reason(fact, "yes", "reason")),
        );
        reasons.extend(self.welcome_reason());
        reasons
    }

    /// One reason per word that the person likes.
    fn liking_reasons(&self) -> Vec<HitReason> {
        let query = &self.prepared.likes;
        (0..query.words.len()).filter_map(|word| self.liking_reason(query, word)).collect()
    }

    /// The reason for one liked word: its closest term, else the text that contains it.
    fn liking_reason(&self, query: &InterestQuery, word: usize) -> Option<HitReason> {
        let like = &query.words[word].word;
        let Some((term, closeness)) = self.best_term(query, word) else {
            let here = query.match_bits(self.row, &self.prepared.finder.place_interests).text & (1 << word) != 0;
            return here.then(|| reason("like", "like_text", &[("like", like)], vec![("closeness", json!("text"))]));
        };
        let what = self.subject_of(&term);
        let (key, near) = match closeness {
            Closeness::Same if AVOIDANCE_TABLE.is_sentence(like) => ("like_said", "same"),
            Closeness::Same if self.private && self.is_kind_of(&term, AVOIDANCE_TABLE.growing_terms()) => {
                ("grow", "same")
            }
            // What one is, or is troubled by, nobody likes.
            Closeness::Same if !self.is_pursuit(&term) => ("like_said", "same"),
            Closeness::Same if self.is_kind_of(&term, AVOIDANCE_TABLE.trouble_terms()) => ("like_said", "same"),
            Closeness::Same => ("like_same", "same"),
            Closeness::Wider => ("like_said", "wider"),
            Closeness::Near if AVOIDANCE_TABLE.is_sentence(like) => ("near_said", "near"),
            Closeness::Near => ("like_near", "near"),
        };
        Some(reason(
            "like",
            key,
            &[("like", like), ("what", &what)],
            vec![("term", json!(term)), ("closeness", json!(near))],
        ))
    }

    /// The interest of the place that matches a word best.
    fn best_term(&self, query: &InterestQuery, word: usize) -> Option<(String, Closeness)> {
        let thesaurus = &self.prepared.finder.thesaurus;
        let found = self.row.interests(&self.prepared.finder.place_interests);
        let near = found.iter().filter_map(|it| Some((query.closeness(word, it.interest)?, !it.stated, it.interest)));
        let (closeness, _, interest) = near.min_by_key(|(closeness, unstated, _)| (*unstated, *closeness))?;
        Some((thesaurus.all()[usize::from(interest)].term.clone(), closeness))
    }

    fn is_pursuit(&self, term: &str) -> bool {
        let thesaurus = &self.prepared.finder.thesaurus;
        thesaurus.meant_by(term).iter().any(|it| thesaurus.all()[*it].is_pursuit())
    }

    /// Whether a term is one of `wide` or narrower.
    fn is_kind_of(&self, term: &str, wide: &[String]) -> bool {
        let thesaurus = &self.prepared.finder.thesaurus;
        let all = thesaurus.all();
        let meant = wide.iter().flat_map(|it| thesaurus.meant_by(it));
        meant.flat_map(|it| thesaurus.kinds_of(*it)).any(|kind| all[kind].term == term)
    }

    /// What the sentence points at: the name where it contains the term or a synonym, else the term.
    fn subject_of(&self, term: &str) -> String {
        let thesaurus = &self.prepared.finder.thesaurus;
        if self.private {
            return term.to_owned();
        }
        let name = &self.facts().name;
        let in_name = self.name_terms.get_or_init(|| thesaurus.occurring_in(name));
        let named = in_name.iter().any(|it| thesaurus.all()[*it].term == term);
        if named || name.contains(term) || fold(name).contains(&fold(term)) { name.clone() } else { term.to_owned() }
    }

    /// That somebody there looks for company as well.
    fn company_reason(&self) -> Option<HitReason> {
        let both = self.prepared.company && self.row.wants(Role::Company);
        both.then(|| reason("company", "company", &[], Vec::new()))
    }

    /// Reasons why the person can contribute there.
    fn giving_reasons(&self) -> Vec<HitReason> {
        let Some(giving) = &self.prepared.giving else { return Vec::new() };
        let mut reasons = Vec::new();
        let wanted: Vec<Role> = giving.roles.iter().copied().filter(|role| self.row.wants(*role)).collect();
        for role in &wanted {
            let key = if *role == Role::Teach { "give_teach" } else { "give_help" };
            reasons.push(reason("give", key, &[], vec![("role", json!(role))]));
        }
        if !wanted.is_empty() {
            for word in 0..giving.words.words.len() {
                if let Some((term, _)) = self.best_term(&giving.words, word) {
                    let values = [("like", giving.words.words[word].word.as_str()), ("what", &self.subject_of(&term))];
                    reasons.push(reason("give", "give_term", &values, vec![("term", json!(term))]));
                }
            }
        }
        if let Some((term, Closeness::Same)) = self.best_term(&giving.terms, 0)
            && giving.terms.match_bits(self.row, &self.prepared.finder.place_interests).same != 0
        {
            reasons.push(reason(
                "give",
                "give_place",
                &[("what", &self.subject_of(&term))],
                vec![("term", json!(term))],
            ));
        }
        reasons
    }

    /// One reason per low axis of Positive Health that the place strengthens.
    fn axis_reasons(&self) -> Vec<HitReason> {
        let wanted = self.prepared.wish.axes.iter().filter(|axis| self.row.axes & (1 << **axis as u8) != 0);
        let name = |axis: &LifeAxis| json!(axis).as_str().unwrap_or_default().to_owned();
        wanted
            .map(|axis| {
                let sentence = fill_sentence("axes", &name(axis), &[]);
                reason(
                    "axis",
                    "axis",
                    &[("axis", &sentence), ("what", &self.facts().name)],
                    vec![("axis", json!(axis))],
                )
            })
            .collect()
    }

    /// How the person gets there, or how one meets without going anywhere.
    fn travel_reason(&self, travel: Option<HitTravel>) -> Option<HitReason> {
        let here = match self.row.kind {
            LocationKind::Phone => Some("phone"),
            LocationKind::Visits => Some("visits"),
            LocationKind::Online => Some("online"),
            LocationKind::Roaming => Some("roaming"),
            LocationKind::Placed | LocationKind::Unlocated => None,
        };
        if let Some(key) = here {
            return Some(reason("way", key, &[], Vec::new()));
        }
        let metres = whole_metres(self.distance?);
        let Some(HitTravel { way, minutes }) = travel else {
            let km = format!("{:.1}", f64::from(metres) / 1000.0);
            return Some(reason("distance", "distance", &[("km", &km)], vec![("distance_m", json!(metres))]));
        };
        let limit = self.facts().access.get(&AccessFact::PickUp).and_then(|known| known.limit());
        let key = match way {
            TravelMode::Walk => "way_walk",
            TravelMode::Bicycle => "way_bicycle",
            TravelMode::Bus => "way_bus",
            TravelMode::Car => "way_car",
            TravelMode::PickUp if limit.is_some() => "way_pick_up_limited",
            TravelMode::PickUp => "way_pick_up",
        };
        let values = vec![
            ("way", json!(way)),
            ("minutes", json!(minutes)),
            ("distance_m", json!(metres)),
            ("estimate", json!(true)),
        ];
        let words = limit.unwrap_or_default();
        Some(reason("way", key, &[("minutes", &minutes.to_string()), ("words", words)], values))
    }

    /// That a person who needs a ride is fetched, although the way is told by another mode.
    fn ride_reason(&self, travel: Option<HitTravel>) -> Option<HitReason> {
        let is_told = travel.is_none_or(|it| it.way == TravelMode::PickUp)
            || self.prepared.wish.matters.contains(&AccessFact::PickUp)
            || !self.prepared.reach.has_pick_up();
        let fetched = !is_told && self.prepared.is_fetched(self.row);
        fetched.then(|| self.access_reason(AccessFact::PickUp, "yes", "reason"))
    }

    /// When it takes place, in the words of the list.
    fn schedule_reason(&self) -> Option<HitReason> {
        let words: Vec<&str> = self.facts().schedule.iter().map(|it| it.text.as_str()).collect();
        let words = words.join(" / ");
        let key = if self.free_time_fit() == Some(FreeTimeFit::Full) { "free_day" } else { "schedule" };
        (!words.is_empty()).then(|| reason("when", key, &[("schedule", &words)], vec![("schedule", json!(words))]))
    }

    /// How its hours fit the person's free time; `None` if the wish names none.
    fn free_time_fit(&self) -> Option<FreeTimeFit> {
        let free = &self.prepared.wish.free;
        (!free.is_empty()).then(|| self.prepared.times(self.row).fit_with(free))
    }

    /// A reason about an access fact, with the words of the list.
    fn access_reason(&self, fact: AccessFact, answer: &str, kind: &str) -> HitReason {
        let name = json!(fact).as_str().unwrap_or_default().to_owned();
        let sentence = access_sentence(&name, answer);
        let words = self.facts().access.get(&fact).map(|known| known.words.clone()).unwrap_or_default();
        let mut values = vec![("fact", json!(fact))];
        if !words.is_empty() && answer != "ask" {
            values.push(("words", json!(words)));
        }
        HitReason { kind: if kind == "caution" { "matter_not" } else { "matter" }, text: sentence.to_owned(), values }
    }

    /// That it accepted new people when it was last confirmed.
    fn welcome_reason(&self) -> Option<HitReason> {
        let verification = self.listed.place.verification.as_ref()?;
        (verification.accepts_new == Some(true) && !self.is_outdated(verification.on)).then(|| {
            let date = verification.on.to_string();
            reason("accepts_new", "accepts_new", &[("date", &era_date(verification.on))], vec![("on", json!(date))])
        })
    }

    /// Whether a confirmation is older than a year.
    fn is_outdated(&self, confirmed: NaiveDate) -> bool {
        (self.prepared.now.date() - confirmed).num_days() > DAYS_CONFIRMED
    }

    /// Cautions: facts that matter but are answered no, hours that fit only in part.
    fn caution_reasons(&self) -> Vec<HitReason> {
        let missing = self.prepared.wish.matters.iter().filter(|fact| self.row.is_not(**fact));
        let mut cautions: Vec<HitReason> = missing.map(|fact| self.access_reason(*fact, "no", "caution")).collect();
        if self.prepared.has_steps_for_wheels(self.row) {
            cautions.push(self.access_reason(AccessFact::StepFree, "no", "caution"));
        }
        if self.free_time_fit() == Some(FreeTimeFit::Partly) {
            let words: Vec<&str> = self.facts().schedule.iter().map(|it| it.text.as_str()).collect();
            let text = fill_sentence("caution", "free_partly", &[("schedule", &words.join(" / "))]);
            cautions.push(HitReason { kind: "free_partly", text, values: Vec::new() });
        }
        let reach = &self.prepared.reach;
        if reach.only_pick_up()
            && !self.prepared.is_fetched(self.row)
            && self.distance.is_some_and(|it| it <= NEEDS_NO_RIDE)
        {
            cautions.push(HitReason {
                kind: "no_ride_near",
                text: fill_sentence("caution", "no_ride_near", &[]),
                values: Vec::new(),
            });
        }

        cautions
    }

    /// Questions for the link worker, where a fact is unknown or an estimate is rough.
    fn open_questions(&self, travel: Option<HitTravel>) -> Vec<HitReason> {
        let wish = self.prepared.wish;
        let unknown = |fact: &&AccessFact| !self.row.is(**fact) && !self.row.is_not(**fact);
        let mut questions: Vec<HitReason> =
            wish.matters.iter().filter(unknown).map(|fact| self.access_reason(*fact, "ask", "ask")).collect();
        for chip in self.prepared.chips.iter().filter(|chip| self.row.maybe & (1 << **chip) != 0) {
            let chip = AVOIDANCE_TABLE.chip(*chip);
            questions.push(HitReason {
                kind: "avoid",
                text: chip.ask.clone(),
                values: vec![("what", json!(chip.name))],
            });
        }
        questions.extend(self.avoided_mentions());
        let needs_ride = self.prepared.reach.ways.iter().any(|it| it.way == TravelMode::PickUp);
        if needs_ride && unknown(&&AccessFact::PickUp) && !wish.matters.contains(&AccessFact::PickUp) {
            questions.push(question("pick_up", &[]));
        }
        if travel.is_some_and(|it| it.way == TravelMode::Bus) {
            questions.push(question("bus", &[]));
        }
        questions.extend(self.questions_about_words());
        if let Some(on) = self.listed.place.verification.as_ref().map(|it| it.on).filter(|on| self.is_outdated(*on)) {
            questions.push(question("outdated", &[("date", &era_date(on))]));
        }
        questions
    }

    /// Words to avoid that the place's sentences mention, although it is not about them.
    fn avoided_mentions(&self) -> Vec<HitReason> {
        let query = &self.prepared.avoid;
        if query.words.is_empty() {
            return Vec::new();
        }
        let bits = query.match_bits(self.row, &self.prepared.finder.place_interests);
        let mentioned = (bits.same_mentioned | bits.text) & !bits.same;
        let words = query.words.iter().enumerate().filter(|(at, _)| mentioned & (1 << at) != 0);
        words
            .map(|(_, understood)| HitReason {
                kind: "avoid",
                text: fill_sentence("ask", "avoid_word", &[("word", &understood.word)]),
                values: vec![("what", json!(understood.word))],
            })
            .collect()
    }

    /// Questions that the words of the place leave open.
    fn questions_about_words(&self) -> Vec<HitReason> {
        let mut questions = Vec::new();
        match self.readings.iter().find_map(|it| it.unread.as_deref()) {
            None if self.readings.is_empty() => questions.push(question("schedule", &[])),
            None => {}
            Some(_) if self.private => questions.push(question("schedule", &[])),
            Some(unread) => questions.push(question("schedule_unread", &[("words", unread)])),
        }
        let dates = self.prepared.times(self.row).next(self.prepared.now, DATES);
        if dates.iter().any(|date| self.prepared.context.is_holiday_or_new_year(date.start.date())) {
            questions.push(question("holiday", &[]));
        }
        if let (true, Some(words)) = (self.row.unsure, &self.facts().eligibility) {
            questions.push(question("eligibility", &[("words", words)]));
        }
        match self.facts().site.map(|site| site.precision) {
            _ if self.private => {}
            None if self.row.kind == LocationKind::Unlocated => questions.push(question("location", &[])),
            Some(Precision::Town | Precision::District) if self.row.kind == LocationKind::Placed => {
                questions.push(question("about_here", &[]));
            }
            _ => {}
        }
        questions
    }
}

/// The identity of a place and its public name.
pub(super) fn public_name_of(prepared: &PreparedWish<'_>, row: &PlaceFeatures) -> (PlaceId, String) {
    let snapshot = &prepared.finder.snapshot;
    let listed = &snapshot.places[row.place as usize];
    let id = listed.place.id.clone();
    if listed.private {
        return (id, snapshot.public_form(row.place as usize).facts.name.clone());
    }
    (id, listed.place.facts.name.clone())
}

/// Fills the template `reason.key`; `more` and the values `like` and `what` become JSON values.
fn reason(
    kind: &'static str,
    key: &str,
    values: &[(&'static str, &str)],
    more: Vec<(&'static str, Value)>,
) -> HitReason {
    let mut all = more;
    let named = values.iter().filter(|(name, _)| ["like", "what"].contains(name));
    all.extend(named.map(|(name, value)| (*name, json!(value))));
    HitReason { kind, text: fill_sentence("reason", key, values), values: all }
}

/// Fills the template `ask.kind`.
fn question(kind: &'static str, values: &[(&'static str, &str)]) -> HitReason {
    let all = values.iter().map(|(name, value)| (*name, json!(value))).collect();
    HitReason { kind, text: fill_sentence("ask", kind, values), values: all }
}

/// Metres rounded to ten: a great-circle distance is only an estimate of the way.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "half round the globe is 20,000 km")]
pub(super) fn whole_metres(distance: Metres) -> u32 {
    (distance.0 / 10.0).round() as u32 * 10
}
