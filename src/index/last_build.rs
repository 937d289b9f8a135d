//! What the next build takes from the last one: what redaction made of places that are as they were, and indexes of places that an
//! audience sees as before. Redaction is most of what a build costs, and an edit changes one place of many. This module does no I/O.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::snapshot::Snapshot;
use super::visible::VisiblePlace;
use crate::model::{Audience, CategoryTable, DistrictTable, Place, PlaceId, Thesaurus, TimesHistory, TownEntry};
use crate::privacy::{ConsentStanding, PrivateNames};

/// The last build, whose snapshots the next one may share.
#[derive(Debug)]
pub struct LastBuild {
    basis: RedactionBasis,
    fingerprints: HashMap<PlaceId, PlaceFingerprint>,
    /// In the order of [`Audience::ALL`].
    snapshots: [Arc<Snapshot>; Audience::ALL.len()],
}

/// What decides, beside a place itself, on what is seen of it.
#[derive(Debug, Clone)]
pub(super) struct RedactionBasis {
    pub(super) categories: Arc<CategoryTable>,
    pub(super) districts: Arc<DistrictTable>,
    pub(super) towns: Arc<[TownEntry]>,
    pub(super) interests: Arc<Thesaurus>,
    pub(super) names: Arc<PrivateNames>,
}

impl RedactionBasis {
    fn is_same(&self, other: &Self) -> bool {
        let Self { categories, districts, towns, interests, names } = self;
        categories == &other.categories
            && districts.all() == other.districts.all()
            && towns == &other.towns
            && Arc::ptr_eq(interests, &other.interests)
            && names == &other.names
    }
}

/// Hashes of a stored place with all that is told of it: equal where it is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlaceFingerprint {
    place: [u8; blake3::OUT_LEN],
    times: [u8; blake3::OUT_LEN],
}

impl PlaceFingerprint {
    pub(super) fn of(place: &Place, standing: ConsentStanding, is_sample: bool, times: Option<&TimesHistory>) -> Self {
        Self { place: hash(&(place, standing.hides(), is_sample)), times: hash(&times) }
    }
}

fn hash(value: &impl Serialize) -> [u8; blake3::OUT_LEN] {
    let mut hasher = blake3::Hasher::new();
    serde_json::to_writer(&mut hasher, value).expect("plain values always encode, and a hash takes every byte");
    *hasher.finalize().as_bytes()
}

/// What the last build says of a place that is as it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeptPlace<'a> {
    /// What the audience saw of it; `None` where it saw nothing.
    pub(super) visible: Option<&'a VisiblePlace>,
    /// Whether the history of its times is as it was too.
    pub(super) has_same_times: bool,
}

impl LastBuild {
    pub(super) fn new(
        basis: RedactionBasis,
        fingerprints: HashMap<PlaceId, PlaceFingerprint>,
        snapshots: [Arc<Snapshot>; Audience::ALL.len()],
    ) -> Self {
        Self { basis, fingerprints, snapshots }
    }

    /// One snapshot per audience, in the order of [`Audience::ALL`].
    pub fn snapshots(&self) -> [Arc<Snapshot>; Audience::ALL.len()] {
        self.snapshots.clone()
    }

    /// Itself, if nothing but places differs between it and a build on `basis`.
    pub(super) fn on(&self, basis: &RedactionBasis) -> Option<&Self> {
        self.basis.is_same(basis).then_some(self)
    }

    /// The snapshot of `audience`.
    pub(super) fn of(&self, audience: Audience) -> &Arc<Snapshot> {
        &self.snapshots[audience as usize]
    }

    /// What `audience` saw of the place, if that is as it was.
    pub(super) fn kept(&self, id: &PlaceId, now: PlaceFingerprint, audience: Audience) -> Option<KeptPlace<'_>> {
        let then = self.fingerprints.get(id).filter(|then| then.place == now.place)?;
        Some(KeptPlace { visible: self.of(audience).by_id(id), has_same_times: then.times == now.times })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::index::SnapshotInput;
    use crate::model::{
        Category, CategoryId, Consent, Contact, Facts, Person, SampleLists, Schedule, Source, Status, TimesWording,
    };

    static INTERESTS: LazyLock<Arc<Thesaurus>> = LazyLock::new(Arc::default);

    /// Something that happens between two builds to the place at the number, as far as there is one.
    #[derive(Debug, Clone, Copy)]
    enum Change {
        Name,
        Note,
        Person,
        Audience,
        Category,
        Consent,
        Times,
        Gone,
        Added,
        Day,
        Sample,
        Office,
    }

    fn change() -> impl Strategy<Value = (Change, usize, usize)> {
        use Change::{Added, Audience, Category, Consent, Day, Gone, Name, Note, Office, Person, Sample, Times};
        let all = [Name, Note, Person, Audience, Category, Consent, Times, Gone, Added, Day, Sample, Office];
        (prop::sample::select(all.to_vec()), 0..12usize, 0..6usize)
    }

    fn place(number: usize) -> Place {
        let person = Person { name: PERSONS[number % PERSONS.len()].to_owned(), public: number.is_multiple_of(4) };
        let facts = Facts {
            name: format!("見本の会{number}"),
            category: CategoryId(["mentor", "salon"][number % 2].to_owned()),
            note: Some(NOTES[number % NOTES.len()].to_owned()),
            contact: Contact { person: Some(person), ..Contact::default() },
            ..Facts::default()
        };
        let source = Source { list: ["甲", "乙"][number % 2].to_owned(), ..Source::default() };
        Place { id: PlaceId(format!("p{number:011}")), facts, source, verification: None }
    }

    const PERSONS: [&str; 4] = ["見本 太郎", "例示 花子", "試 次郎", "雛形 桃子"];
    const NOTES: [&str; 5] =
        ["見本太郎が教えます", "毎週", "例示さんへ電話", "090-1234-5678 雛形", "雛形桃子・試次郎の会"];

    fn input() -> SnapshotInput {
        let category = |id: &str, private_persons| Category {
            id: CategoryId(id.to_owned()),
            name: id.into(),
            private_persons,
            ..Category::default()
        };
        SnapshotInput {
            categories: CategoryTable::new(vec![category("mentor", true), category("salon", false)]),
            places: (0..8).map(place).collect(),
            today: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
            interests: Arc::clone(&INTERESTS),
            ..SnapshotInput::default()
        }
    }

    fn apply(input: &mut SnapshotInput, (change, at, to): (Change, usize, usize)) {
        let unused = |number: &usize| input.places.iter().all(|it| it.id != place(*number).id);
        match change {
            Change::Added => input.places.push(place((20 + to..100).find(unused).unwrap())),
            Change::Day => input.today = input.today + chrono::Days::new(1),
            Change::Sample => {
                input.sample = ["甲"].into_iter().take(to % 2).collect::<SampleLists>();
            }
            _ => {}
        }
        let at = at.min(input.places.len().saturating_sub(1));
        let Some(place) = input.places.get_mut(at) else { return };
        let audience = Audience::ALL[to % Audience::ALL.len()];
        match change {
            Change::Name => place.facts.name = format!("{}の会", PERSONS[to % PERSONS.len()]),
            Change::Note => place.facts.note = Some(NOTES[to % NOTES.len()].to_owned()),
            Change::Person => {
                let person = Person { name: PERSONS[to % PERSONS.len()].to_owned(), public: to.is_multiple_of(2) };
                place.facts.contact.person = Some(person);
            }
            Change::Audience => place.facts.audience = audience,
            Change::Category => place.facts.category = CategoryId(["mentor", "salon", "other"][to % 3].to_owned()),
            Change::Consent => {
                let until = input.today + chrono::Days::new(to as u64 % 3);
                place.facts.consent = Some(Consent { until: Some(until), ..Consent::default() });
            }
            Change::Times => {
                place.facts.schedule = vec![Schedule { text: format!("第{}火曜", to + 1) }];
                let at = input.today.and_hms_opt(3, 0, u32::try_from(to).unwrap()).unwrap().and_utc();
                let history = input.times.entry(place.id.clone());
                let history = history.or_insert(TimesHistory { since: at, wordings: Vec::new() });
                history.wordings.push(TimesWording {
                    at,
                    schedule: place.facts.schedule.clone(),
                    status: Status::default(),
                    contact: place.facts.contact.clone(),
                });
            }
            Change::Gone => drop(input.places.remove(at)),
            Change::Office => place.facts.contact.office = Some(PERSONS[to % PERSONS.len()].to_owned()),
            Change::Added | Change::Day | Change::Sample => {}
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_follows_another_build_is_what_a_fresh_one_is(changes in prop::collection::vec(prop::collection::vec(change(), 0..3), 1..6)) {
            let mut input = input();
            let mut last = Snapshot::build_in_turn(&input, None, |_| ());
            for step in changes {
                for change in step {
                    apply(&mut input, change);
                }
                let fresh = Snapshot::build_all(&input);
                let facts = Snapshot::visible_facts(&input, Some(&last), Audience::ALL);
                last = Snapshot::build_in_turn(&input, Some(&last), |_| ());
                for (fresh, facts) in fresh.iter().zip(&facts) {
                    let next = last.of(fresh.audience);
                    prop_assert_eq!(&next.places, &fresh.places);
                    prop_assert_eq!(&next.version, &fresh.version);
                    prop_assert_eq!(next.encoded(), fresh.encoded());
                    prop_assert_eq!(next.consents, fresh.consents);
                    prop_assert_eq!(next.sample, fresh.sample);
                    prop_assert_eq!(facts.len(), fresh.places.len());
                    for it in &*fresh.places {
                        prop_assert_eq!(facts.get(&it.place.id), Some(&it.place.facts));
                        prop_assert_eq!(next.by_id(&it.place.id), Some(it));
                    }
                }
            }
        }
    }

    #[test]
    fn an_edit_of_one_place_redacts_no_other() {
        let mut input = input();
        let last = Snapshot::build_in_turn(&input, None, |_| ());
        apply(&mut input, (Change::Note, 1, 0));
        let next = Snapshot::build_in_turn(&input, Some(&last), |_| ());
        assert!(last.on(&next.basis).is_some());
        let now = |place: &Place| next.fingerprints[&place.id];
        let kept = input.places.iter().filter(|place| last.kept(&place.id, now(place), Audience::Public).is_some());
        assert_eq!(kept.count(), input.places.len() - 1);
        apply(&mut input, (Change::Audience, 1, 2));
        let hidden = Snapshot::build_in_turn(&input, Some(&next), |_| ());
        assert!(Arc::ptr_eq(
            &hidden.of(Audience::Public).index,
            &Snapshot::build_in_turn(&input, Some(&hidden), |_| ()).of(Audience::Public).index
        ));
    }
}
