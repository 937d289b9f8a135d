//! Compact feature rows, one per place, built once per snapshot: bit sets instead of text.
//!
//! The finder scans all rows in order, up to a million places, so a row holds everything a wish compares in about a
//! hundred bytes. Text is looked up only for the places in the response. This module does no I/O.

use std::borrow::Cow;
use std::collections::HashMap;

use super::avoidance::AVOIDANCE_TABLE;
use super::eligibility::{self, Eligibility, GroupOnly};
use super::offers::{self, PlaceInterest};
use super::signs::SIGNS;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::CategoryId;
use crate::model::{AccessFact, Facts, Interest, InterestKind, MeetingMode, Position, Role, Status, Thesaurus};
use crate::text::fold;

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
    /// The youngest child for whom it is, where its ages are a child's; a parent comes along.
    pub(super) youngest_child: u8,
    flags: u8,
}

/// What decides how a row is ranked for a wish, but for its text, its distance and its name.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct DecisiveFeatures<'a> {
    interests: &'a [PlaceInterest],
    /// The place, where its own words say for whom its ride is.
    ride_of: Option<u32>,
    /// Its schedules, for wishes that compare them.
    schedules: Option<u32>,
    facts: (u32, u32),
    chips: (u16, u16),
    axes: u8,
    roles: u8,
    ages: (u8, u8, u8),
    only: Option<GroupOnly>,
    unsure: bool,
    status: Status,
    accepts_new: Option<bool>,
    kind: LocationKind,
    flags: u8,
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
    /// The place is meant for people with a condition or in a role.
    pub(super) const FOR_CONDITION: u8 = 1;
    /// It is for those concerned and not for their families.
    pub(super) const NOT_FOR_FAMILY: u8 = 2;
    /// It is not on its own a place for a person's likings: mentors, volunteering, work, help for a trouble.
    pub(super) const ON_DEMAND: u8 = 4;
    /// It also comes home, or can be reached from there.
    pub(super) const COMES_HOME: u8 = 8;
    /// One can only speak with it by telephone.
    pub(super) const VOICE_ONLY: u8 = 16;
    /// It listens or advises anybody.
    pub(super) const DESK: u8 = 32;
    /// Its ride is for some only.
    pub(super) const LIMITED_RIDE: u8 = 64;
    /// It is a person who looks for a person.
    pub(super) const SEEKER: u8 = 128;

    /// Whether a flag is set.
    pub(super) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

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

    /// What decides how it is ranked; its schedules only where wishes compare them.
    pub(super) fn decisive(self, all: &[PlaceInterest], compares_times: bool) -> DecisiveFeatures<'_> {
        // Every field is named, so that a new one is not forgotten.
        #[rustfmt::skip]
        let Self {
            at: _, place, by_name: _, schedules, interests: _, yes, no, avoid, maybe, axes, roles, least_age, most_age, only, unsure,
            status, accepts_new, kind, youngest_child, flags,
        } = self;
        DecisiveFeatures {
            interests: self.interests(all),
            ride_of: Some(place).filter(|_| flags & Self::LIMITED_RIDE != 0),
            schedules: Some(schedules).filter(|_| compares_times),
            facts: (yes, no),
            chips: (avoid, maybe),
            axes,
            roles,
            ages: (least_age, most_age, youngest_child),
            only,
            unsure,
            status,
            accepts_new,
            kind,
            flags,
        }
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
    /// What each category states for its places.
    of_category: HashMap<CategoryId, Vec<usize>>,
    /// The terms of places to turn to when nothing fits, and of those for who wants to give something.
    desks: Vec<usize>,
    giving: Vec<usize>,
    /// What a place offers to whoever wants to do something for others.
    helping: Vec<usize>,
    /// The interests of all places.
    pub(super) place_interests: Vec<PlaceInterest>,
}

impl<'a> FeatureReader<'a> {
    pub(super) fn new(thesaurus: &'a Thesaurus, snapshot: &Snapshot) -> Self {
        let all = thesaurus.all();
        let implied_chips = all.iter().map(|it| chip_bits(|chip| chip.is_implied_by(&it.traits))).collect();
        let meant = |terms: &[String]| terms.iter().flat_map(|it| thesaurus.meant_by(it)).copied().collect();
        Self {
            thesaurus,
            above: thesaurus.above(),
            implied_chips,
            axes: all.iter().map(axis_bits).collect(),
            of_category: offers::category_terms(&snapshot.categories, thesaurus),
            desks: meant(SIGNS.desk_terms()),
            giving: meant(AVOIDANCE_TABLE.giving_terms()),
            helping: meant(SIGNS.helping_terms()),
            place_interests: Vec::new(),
        }
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
        let of_category = self.of_category.get(&facts.category).map_or(&[][..], Vec::as_slice);
        let seeker = is_seeker(snapshot, listed);
        // Of a person who looks for a person, nothing but interests is a reason: a remark on an illness finds nobody.
        let told = if seeker { offers::interests_alone(facts) } else { Cow::Borrowed(facts) };
        let text = offers::descriptive_text(&told);
        let wanted = if listed.private { 0 } else { SIGNS.wanted_roles(&text) };
        let found = offers::interests_of(self.thesaurus, &told, of_category);
        let found = self.with_mode(self.with_volunteering(found, wanted), facts.mode);
        let (yes, no) = access_bits(facts);
        let (avoid, maybe) = self.avoidance_bits(facts, &text, &found);
        let Eligibility { least, most, only, unsure, youngest_child } = eligibility::read_eligibility(facts);
        let position = shown_position(snapshot, listed);
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
            roles: open_roles(listed).fold(wanted, |all, role| all | 1 << role as u8),
            least_age: least,
            most_age: most,
            only,
            unsure,
            status: facts.status,
            accepts_new: listed.place.verification.as_ref().and_then(|it| it.accepts_new),
            kind,
            youngest_child,
            flags: self.flags_of(listed, &text, &found) | if seeker { PlaceFeatures::SEEKER } else { 0 },
            interests: self.append_interests(&found),
        }
    }

    /// A line that listens to anybody is where one talks by telephone, a visitor who does is a visit.
    fn with_mode(&self, mut found: Vec<PlaceInterest>, mode: MeetingMode) -> Vec<PlaceInterest> {
        let listens = found.iter().any(|it| it.stated && self.desks.contains(&usize::from(it.interest)));
        for term in SIGNS.mode_terms(mode).iter().filter(|_| listens).flat_map(|term| self.thesaurus.meant_by(term)) {
            let interest = u16::try_from(*term).unwrap_or(u16::MAX);
            if !found.iter().any(|known| known.interest == interest) {
                found.push(PlaceInterest { interest, stated: false, meant: false, narrowed: false });
            }
        }
        found
    }

    /// Whoever looks for helpers offers something to do for others.
    fn with_volunteering(&self, mut found: Vec<PlaceInterest>, wanted: u8) -> Vec<PlaceInterest> {
        if wanted & (1 << Role::Help as u8) == 0 {
            return found;
        }
        for interest in self.helping.iter().filter_map(|it| u16::try_from(*it).ok()) {
            if !found.iter().any(|known| known.interest == interest) {
                found.push(PlaceInterest { interest, stated: false, meant: false, narrowed: false });
            }
        }
        found
    }

    /// The flags of a place with the folded `text` and the interests `found`.
    fn flags_of(&self, listed: &VisiblePlace, text: &str, found: &[PlaceInterest]) -> u8 {
        let (facts, all) = (&listed.place.facts, self.thesaurus.all());
        let kind = |it: &PlaceInterest| all[usize::from(it.interest)].kind;
        let eligibility = fold(facts.eligibility.as_deref().unwrap_or_default());
        let is_among = |terms: &[usize]| found.iter().any(|it| it.stated && terms.contains(&usize::from(it.interest)));
        let helps =
            |it: &PlaceInterest| it.stated && matches!(kind(it), InterestKind::Trouble | InterestKind::Condition);
        let for_some =
            |it: &PlaceInterest| it.meant && matches!(kind(it), InterestKind::Condition | InterestKind::Role);
        let ride = facts.access.get(&AccessFact::PickUp).and_then(|known| known.limit());
        let is_so = [
            (PlaceFeatures::FOR_CONDITION, found.iter().any(for_some)),
            (PlaceFeatures::NOT_FOR_FAMILY, SIGNS.is_for_oneself_only(&eligibility)),
            (PlaceFeatures::ON_DEMAND, listed.private || is_among(&self.giving) || found.iter().any(helps)),
            (PlaceFeatures::COMES_HOME, SIGNS.comes_home(text)),
            (PlaceFeatures::VOICE_ONLY, offers::is_voice_only(facts, text)),
            (
                PlaceFeatures::DESK,
                is_among(&self.desks) && !found.iter().any(|it| it.meant && kind(it) != InterestKind::Trouble),
            ),
            (PlaceFeatures::LIMITED_RIDE, ride.is_some()),
        ];
        is_so.into_iter().filter(|(_, so)| *so).fold(0, |all, (flag, _)| all | flag)
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
    fn avoidance_bits(&self, facts: &Facts, text: &str, found: &[PlaceInterest]) -> (u16, u16) {
        let stated: Vec<usize> = found.iter().filter(|it| it.stated).map(|it| usize::from(it.interest)).collect();
        let own: Vec<usize> =
            stated.iter().copied().filter(|it| !stated.iter().any(|kind| self.above[*kind].contains(it))).collect();
        let named = self.thesaurus.occurring_in(&facts.name);
        let named: Vec<usize> = named.into_iter().filter(|it| own.contains(it)).collect();
        let venues = || [Some(&facts.name), facts.venue.as_ref()].into_iter().flatten();
        let fact = |fact: Option<AccessFact>| fact.and_then(|fact| facts.access.get(&fact)).map(|known| known.yes);
        let (mut certain, mut maybe) = (0, 0);
        for (at, chip) in AVOIDANCE_TABLE.chips().enumerate() {
            let answer = fact(chip.fact).or_else(|| fact(chip.fact_no).map(|yes| !yes));
            let bit = 1 << at;
            match answer {
                Some(true) => certain |= bit,
                Some(false) => {}
                // The list states both: 「屋外。曇りのときは室内」.
                None if chip.is_contradicted_in(text) => {
                    if chip.is_stated_in(text) || venues().any(|it| chip.is_stated_by_venue(it)) {
                        maybe |= bit;
                    }
                }
                None if chip.is_stated_in(text) || venues().any(|it| chip.is_stated_by_venue(it)) => certain |= bit,
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

/// The bits of the access facts answered yes, and of those answered no.
fn access_bits(facts: &Facts) -> (u32, u32) {
    let bits =
        |yes| facts.access.iter().filter(|(_, known)| known.yes == yes).fold(0, |all, (fact, _)| all | bit(*fact));
    (bits(true), bits(false))
}

/// The roles that somebody else can take there: a mentor's own is no vacancy, but who looks for company has one.
fn open_roles(listed: &VisiblePlace) -> impl Iterator<Item = Role> {
    let is_open = |role: &Role| !listed.private || *role == Role::Company;
    listed.place.facts.roles.iter().copied().filter(is_open)
}

/// Whether the place is a person who looks for a person.
pub(super) fn is_seeker(snapshot: &Snapshot, listed: &VisiblePlace) -> bool {
    let category = snapshot.categories.by_id(&listed.place.facts.category);
    listed.private && category.is_some_and(|category| category.person_to_person)
}

/// The position that distances are measured to: for a private person's place, the centre of its 大字; where a person looks for a
/// person, the middle of the district.
pub(super) fn shown_position(snapshot: &Snapshot, listed: &VisiblePlace) -> Option<Position> {
    let facts = &listed.place.facts;
    if !listed.private {
        return facts.site.map(|site| site.position);
    }
    if is_seeker(snapshot, listed) {
        return listed.district.as_ref().and_then(|id| snapshot.districts.by_id(id)).and_then(|it| it.centre);
    }
    facts.town.as_ref().map(|town| town.centre)
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
