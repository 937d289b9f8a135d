//! Whatever this program exports it imports again without any loss: in every format, for every audience, twice.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::Value;
use tsunagari::config::Config;
use tsunagari::editor::{Editor, ListEdition, ReadFile};
use tsunagari::import::regions::gazetteer::Gazetteer;
use tsunagari::import::{self, ImportContext, ImportedFile, ImportedPlace};
use tsunagari::index::filter::crs::CoordinateSystem;
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{
    AccessAnswer, AccessFact, Audience, City, Consent, ConsentState, Contact, DistrictTable, Facts, Location,
    MeetingMode, Person, Place, PlaceId, Position, Precision, Role, Schedule, Source, Status, Verification,
};
use tsunagari::publish::formats::PlaceFormat;

use crate::sample_city;

/// What a list is called that comes home without its name, because the name may be a person's.
const UNNAMED_LIST: &str = "export";

/// The features without their ids, and without the list where it has only the name of the file, in one order.
fn features(snapshot: &Snapshot) -> Vec<Value> {
    let all: Value = serde_json::from_slice(snapshot.encoded().whole()).unwrap();
    let mut features = all["features"].as_array().unwrap().clone();
    for feature in &mut features {
        feature.as_object_mut().unwrap().remove("id");
        let properties = feature["properties"].as_object_mut().unwrap();
        if properties.get("list").is_some_and(|list| list == UNNAMED_LIST) {
            properties.remove("list");
        }
    }
    features.sort_by_key(Value::to_string);
    features
}

fn written(snapshot: &Snapshot, format: PlaceFormat) -> Vec<u8> {
    format.write(snapshot, 0..snapshot.places.len(), CoordinateSystem::Crs84).unwrap()
}

/// An empty database with the regions of `everything`.
struct EmptyCity {
    editor: Editor,
    config: Config,
    districts: DistrictTable,
    gazetteer: Gazetteer,
    _folder: tempfile::TempDir,
}

impl EmptyCity {
    fn like(everything: &SnapshotInput, config: Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let editor =
            Editor::open(&folder.path().join("t.db"), everything.city.clone(), everything.categories.clone()).unwrap();
        editor.set_districts(everything.districts.all()).unwrap();
        editor.set_towns(&everything.towns, "2026-11-22T01:00:00Z".parse().unwrap(), &|_| ()).unwrap();
        let districts = editor.districts().unwrap();
        let gazetteer = Gazetteer::new(everything.towns.clone(), &everything.city);
        Self { editor, config, districts, gazetteer, _folder: folder }
    }

    fn read(&self, bytes: &[u8], file: &str) -> ImportedFile<ImportedPlace> {
        let known = ImportContext {
            gazetteer: Some(&self.gazetteer),
            today: Some(sample_city::now().date()),
            ..self.config.import_context(&self.districts)
        };
        import::read(bytes, file, known)
    }

    /// Imports a file, each list that it names as one edition; returns how many places were new, changed, and unchanged.
    fn import(&self, bytes: &[u8], format: PlaceFormat) -> (usize, usize, usize) {
        let file = format!("{UNNAMED_LIST}.{}", format.ending());
        let read = self.read(bytes, &file);
        assert!(read.refused.is_none(), "{format:?}");
        let mut counts = (0, 0, 0);
        let mut lists: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for sheet in read.sheets {
            assert!(sheet.problems.is_empty(), "{format:?}: {:?}", sheet.problems);
            lists.entry(sheet.list.clone().unwrap_or_else(|| UNNAMED_LIST.to_owned())).or_default().push(sheet);
        }
        let samples =
            lists.iter().filter(|(_, sheets)| sheets.iter().any(|it| it.is_sample)).map(|(list, _)| list.as_str());
        let samples: tsunagari::model::SampleLists = samples.collect();
        if !samples.is_empty() {
            self.editor.begin_sample(&samples).unwrap();
        }
        for (list, sheets) in lists {
            let import = ImportedFile { format: read.format, encoding: read.encoding, sheets, refused: None };
            let files = vec![ReadFile { file: file.clone(), blake3: String::new(), import }];
            let at = "2026-11-22T01:00:00Z".parse().unwrap();
            let edition = ListEdition { list, files, by: "test".to_owned(), at };
            for report in self.editor.import_places(edition, &mut |_, _| {}).unwrap() {
                counts.0 += report.added.len();
                counts.1 += report.changed.len();
                counts.2 += report.unchanged as usize;
            }
        }
        counts
    }

    fn snapshot(&self, like: &SnapshotInput, audience: Audience) -> Snapshot {
        let stored = self.editor.snapshot_input().unwrap();
        Snapshot::build(&SnapshotInput { places: stored.places, sample: stored.sample, ..like.clone() }, audience)
    }
}

/// Everything without those whom a public file shows and cannot show again: who looks for a person is shown with a consent alone,
/// which is for link workers and staff.
fn of_whom_files_tell_all(everything: &SnapshotInput, audience: Audience) -> SnapshotInput {
    let mut all = everything.clone();
    let seekers: Vec<_> =
        all.categories.all().iter().filter(|it| it.person_to_person).map(|it| it.id.clone()).collect();
    all.places.retain(|place| audience != Audience::Public || !seekers.contains(&place.facts.category));
    all
}

fn comes_back(everything: &SnapshotInput, config: impl Fn() -> Config, audience: Audience) {
    let everything = &of_whom_files_tell_all(everything, audience);
    let snapshot = Snapshot::build(everything, audience);
    let before = features(&snapshot);
    for format in PlaceFormat::ALL {
        let city = EmptyCity::like(everything, config());
        let bytes = written(&snapshot, format);
        let count = before.len();
        assert_eq!(city.import(&bytes, format), (count, 0, 0), "{format:?}");
        let again = city.snapshot(everything, audience);
        let after = features(&again);
        let changed = before.iter().zip(&after).find(|(before, after)| before != after);
        assert!(before == after, "{format:?}: {changed:#?}");
        assert_eq!(city.import(&bytes, format), (0, 0, count), "{format:?}, a second time");
    }
}

#[test]
fn the_sample_comes_back_from_every_format() {
    let sample = sample_city::sample();
    for audience in Audience::ALL {
        comes_back(&sample.everything, || Config::load(&sample_city::data()).unwrap(), audience);
    }
}

/// The lists of Takamatsu, with its 大字.
pub fn takamatsu() -> Option<SnapshotInput> {
    let data = std::path::PathBuf::from(std::env::var_os("TSUNAGARI_REAL_DATA")?);
    let config = Config::load(&sample_city::data()).unwrap();
    let (name, prefecture, code) = ("高松市".to_owned(), "香川県".to_owned(), "372013".to_owned());
    let city = City { name, prefecture, code, ..City::default() };
    let towns = std::fs::read(data.join("geocode/geolonia_takamatsu_machiaza.json")).unwrap();
    let towns = Gazetteer::read(&towns).unwrap();
    let empty = SnapshotInput { city, categories: config.categories.clone(), towns, ..SnapshotInput::default() };
    let reader = EmptyCity::like(&empty, Config { city: empty.city.clone(), ..config });
    let mut files: Vec<_> =
        std::fs::read_dir(data.join("resources/takamatsu")).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "xlsx"));
    files.sort();
    for path in files {
        let list = path.file_stem().unwrap().to_string_lossy().into_owned();
        let import = reader.read(&std::fs::read(&path).unwrap(), &list);
        if import.refused.is_none() {
            let files = vec![ReadFile { file: list.clone(), blake3: String::new(), import }];
            let at = "2026-11-22T01:00:00Z".parse().unwrap();
            let edition = ListEdition { list, files, by: "test".to_owned(), at };
            reader.editor.import_places(edition, &mut |_, _| {}).unwrap();
        }
    }
    Some(SnapshotInput { places: reader.editor.snapshot_input().unwrap().places, ..empty })
}

#[test]
fn a_real_city_comes_back_from_every_format() {
    let Some(everything) = takamatsu() else { return eprintln!("skipped: TSUNAGARI_REAL_DATA is not set") };
    assert!(everything.places.len() > 100, "{} places", everything.places.len());
    let config = || Config { city: everything.city.clone(), ..Config::load(&sample_city::data()).unwrap() };
    comes_back(&everything, config, Audience::Public);
}

/// Characters that files, spreadsheets and our own lists give a meaning.
const TEXT: &str = "[あア亜ー;：:,\"'=+@＝\\\\\\[\\]{}○×\n 　ab0-]{0,12}";

fn text() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(TEXT.prop_filter("blank texts are not known", |text| !text.trim().is_empty()))
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(TEXT.prop_filter("blank", |text| !text.trim().is_empty()), 0..3)
}

prop_compose! {
    fn words()(
        name in "[あ;=\\\\'a,\"(]{1,6}",
        kana in text(), description in text(), organization in text(), venue in text(), address in text(),
        directions in text(), cost in text(), bring in text(), eligibility in text(), capacity in text(), note in text(),
        tags in texts(), interests in texts(), schedule in texts(),
    ) -> Facts {
        Facts {
            name, kana, description, organization, venue, address, directions, cost, bring, eligibility, capacity, note,
            tags, interests, schedule: schedule.into_iter().map(|text| Schedule { text }).collect(),
            ..Facts::default()
        }
    }
}

prop_compose! {
    pub fn places()(
        facts in words(),
        at in proptest::option::of((134.0..136.0_f64, 34.0..36.0_f64, 0..4_usize)),
        roles in proptest::sample::subsequence(Role::ALL.to_vec(), 0..=4),
        codes in (0..5_usize, 0..3_usize, 0..3_usize),
        access in proptest::collection::btree_map(0..21_usize, (any::<bool>(), text()), 0..6),
        contact in (text(), text(), text(), text(), text(), any::<bool>()),
        seen in proptest::option::of((0..900_i64, text(), proptest::option::of(any::<bool>()))),
        extra in proptest::collection::btree_map("[あa;\"]{1,4}", "[あa;\"=]{1,6}", 0..3),
        consent in proptest::option::of((0..3_usize, any::<[bool; 2]>())),
    ) -> (Facts, Option<Verification>) {
        let (mode, status, audience) = codes;
        let site = at.map(|(lon, lat, precision)| {
            let rounded = |degrees: f64| (degrees * 1e7).round() / 1e7;
            let position = Position::new(rounded(lon), rounded(lat)).unwrap();
            Location { position, precision: Precision::ALL[precision] }
        });
        let answer = |(fact, (yes, words)): (usize, (bool, Option<String>))| {
            (AccessFact::ALL[fact], AccessAnswer { yes, words: words.unwrap_or_default().trim().to_owned() })
        };
        let (person, person_phone, office, phone, fax, public) = contact;
        let person = person.map(|name| Person { name, public });
        let contact = Contact { person, person_phone, office, phone, fax, email: None, url: None };
        let day = |days| sample_city::now().date() - chrono::Days::new(u64::try_from(days).unwrap());
        // Far ahead, so that it has not ended whenever this runs.
        let far = |is_known: bool| is_known.then(|| NaiveDate::from_ymd_opt(2098, 4, 1).unwrap());
        let consent = consent.map(|(state, [given, until])| Consent {
            given_on: far(given),
            until: far(until),
            state: ConsentState::ALL[state],
        });
        let verification = seen.map(|(days, how, accepts_new)| Verification { on: day(days), by: None, how, accepts_new });
        let facts = Facts {
            site, roles, contact, extra, consent,
            access: access.into_iter().map(answer).collect(),
            mode: MeetingMode::ALL[mode],
            status: Status::ALL[status],
            audience: Audience::ALL[audience],
            ..facts
        };
        (facts, verification)
    }
}

#[test]
fn any_places_come_back_from_every_format() {
    let config = || Config::load(&sample_city::data()).unwrap();
    let loaded = config();
    let empty =
        SnapshotInput { city: loaded.city.clone(), categories: loaded.categories.clone(), ..SnapshotInput::default() };
    let city = EmptyCity::like(&empty, config());
    let categories: Vec<_> = empty.categories.all().iter().map(|it| it.id.clone()).collect();
    let settings = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) };
    proptest!(settings, |(generated in proptest::collection::vec(places(), 1..8))| {
        let place = |(number, (facts, verification)): (usize, (Facts, Option<Verification>))| Place {
            id: PlaceId(format!("id{number:08}")),
            facts: Facts { category: categories[number % categories.len()].clone(), ..facts },
            source: Source { list: format!("一覧{}", number % 2), ..Source::default() },
            verification,
        };
        let given: Vec<Place> = generated.into_iter().enumerate().map(place).collect();
        let snapshot = Snapshot::build(&SnapshotInput { places: given, ..empty.clone() }, Audience::Staff);
        for format in PlaceFormat::ALL {
            let read = city.read(&written(&snapshot, format), "export");
            let mut again = Vec::new();
            for sheet in read.sheets {
                prop_assert!(sheet.problems.is_empty(), "{:?} {:?}", format, sheet.problems);
                for entry in sheet.entries {
                    let source = Source { list: sheet.list.clone().unwrap_or_default(), ..entry.source };
                    let id = PlaceId(source.list_id.clone().unwrap());
                    again.push(Place { id, facts: entry.facts, source, verification: entry.verification });
                }
            }
            let again = Snapshot::build(&SnapshotInput { places: again, ..empty.clone() }, Audience::Staff);
            let (before, after) = (features(&snapshot), features(&again));
            let changed = before.iter().zip(&after).find(|(before, after)| before != after);
            prop_assert!(before == after, "{:?} {:#?}", format, changed);
        }
    });
}

#[test]
fn the_same_places_are_the_same_bytes_in_every_format() {
    let everything = sample_city::sample().everything;
    let (first, second) =
        (Snapshot::build(&everything, Audience::Public), Snapshot::build(&everything, Audience::Public));
    for format in PlaceFormat::ALL {
        assert!(written(&first, format) == written(&second, format), "{format:?}");
    }
}
