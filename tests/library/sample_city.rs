//! The sample city, taken in as the command line does.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use tsunagari::config::Config;
use tsunagari::editor::{Editor, ListEdition, ReadFile};
use tsunagari::import;
use tsunagari::import::ImportContext;
use tsunagari::import::regions::gazetteer::Gazetteer;
use tsunagari::import::regions::outlines;
use tsunagari::index::SnapshotInput;
use tsunagari::model::{DistrictTable, PlaceId, Source, Thesaurus};

/// What a finder and a paper are made from.
pub struct Sample {
    pub everything: SnapshotInput,
    pub thesaurus: Thesaurus,
}

pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

pub fn now() -> NaiveDateTime {
    "2026-11-22T10:00:00".parse().unwrap()
}

pub fn sample() -> Sample {
    let config = Config::load(&data()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let editor = Editor::open(&folder.path().join("t.db"), config.city.clone(), config.categories.clone()).unwrap();
    let editor = editor.with_day(|| now().date());
    let read = |name: &str| std::fs::read(data().join(name)).unwrap();
    editor.set_districts(&outlines::districts(&read("sample/city/districts.geojson")).unwrap()).unwrap();
    let towns = Gazetteer::read(&read("sample/city/gazetteer.csv")).unwrap();
    let at = "2026-11-22T01:00:00Z".parse().unwrap();
    editor.set_towns(&towns, at, &|_| ()).unwrap();
    let districts: DistrictTable = editor.districts().unwrap();
    let former = districts.all().iter().filter_map(|district| district.former_town.as_deref());
    let gazetteer = Gazetteer::new(towns, &config.city).with_former_towns(former);
    let lists = ["見本_つながりの場一覧.xlsx", "見本_農業・ボランティア.csv", "見本_仲間をさがす人.csv"];
    editor.begin_sample(&lists.into_iter().collect()).unwrap();
    for name in lists {
        let known = ImportContext {
            gazetteer: Some(&gazetteer),
            today: Some(now().date()),
            ..config.import_context(&districts)
        };
        let import = import::read(&read(&format!("sample/{name}")), name, known);
        let files = vec![ReadFile { file: name.to_owned(), blake3: String::new(), import }];
        let edition = ListEdition { list: name.to_owned(), files, by: "test".to_owned(), at };
        editor.import_places(edition, &mut |_, _| {}).unwrap();
    }
    Sample { everything: with_lasting_identities(editor.snapshot_input().unwrap()), thesaurus: config.interests }
}

/// The same places with identities that follow from their rows: random ones would put another place first in each run.
fn with_lasting_identities(mut everything: SnapshotInput) -> SnapshotInput {
    let scattered = |source: &Source| {
        let Source { list, sheet, row, .. } = source;
        let digest = blake3::hash(format!("{list} {sheet:?} {row}").as_bytes());
        let digit = |byte: &u8| char::from(b"0123456789abcdefghjkmnpqrstvwxyz"[usize::from(byte & 31)]);
        PlaceId(digest.as_bytes()[..10].iter().map(digit).collect())
    };
    for place in &mut everything.places {
        let id = scattered(&place.source);
        if let Some(times) = everything.times.remove(&place.id) {
            everything.times.insert(id.clone(), times);
        }
        place.id = id;
    }
    everything.places.sort_by(|a, b| a.id.cmp(&b.id));
    let count = everything.places.len();
    everything.places.dedup_by(|a, b| a.id == b.id);
    assert_eq!(everything.places.len(), count, "each has an identity of its own");
    everything
}
