//! The finder on the sample city: persons with places that must be found, and what must hold for every wish.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails must fail the test")]

mod cases;
mod offer;
mod properties;
mod pursuits;
mod schema;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use chrono::NaiveDateTime;
use tsunagari::config::Config;
use tsunagari::editor::{Editor, NewEdition, ReadFile};
use tsunagari::find::{Answer, Finder, Group, Wish};
use tsunagari::import::gazetteer::Gazetteer;
use tsunagari::import::{self, Known, outlines};
use tsunagari::index::Snapshot;
use tsunagari::model::{Audience, DistrictTable};

/// The sample city, taken in as the command line does, and read once for all tests.
static FINDER: LazyLock<Finder> = LazyLock::new(sample);

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn now() -> NaiveDateTime {
    "2026-11-22T10:00:00".parse().unwrap()
}

fn sample() -> Finder {
    let config = Config::load(&data()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let editor = Editor::open(&folder.path().join("t.db"), config.city.clone(), config.categories.clone()).unwrap();
    let read = |name: &str| std::fs::read(data().join(name)).unwrap();
    editor.set_districts(&outlines::districts(&read("districts.geojson")).unwrap()).unwrap();
    let towns = Gazetteer::read(&read("gazetteer.csv")).unwrap();
    let districts: DistrictTable = editor.districts().unwrap();
    let former = districts.all().iter().filter_map(|district| district.former_town.as_deref());
    let gazetteer = Gazetteer::new(towns.clone(), &config.city).with_former_towns(former);
    for name in ["見本_つながりの場一覧.xlsx", "見本_農業・ボランティア.csv"] {
        let known = Known {
            columns: &config.columns,
            phrases: &config.phrases,
            categories: &config.categories,
            city: &config.city,
            gazetteer: Some(&gazetteer),
            boundary: None,
            districts: &districts,
            today: Some(now().date()),
        };
        let import = import::read(&read(&format!("sample/{name}")), name, known);
        let files = vec![ReadFile { file: name.to_owned(), blake3: String::new(), import }];
        let at = "2026-11-22T01:00:00Z".parse().unwrap();
        let edition = NewEdition { list: name.to_owned(), files, by: "test".to_owned(), at };
        editor.import_places(edition, &mut |_, _| {}).unwrap();
    }
    let snapshot = Snapshot::build(&editor.everything().unwrap(), Audience::LinkWorkers);
    Finder::new(Arc::new(snapshot), Arc::new(config.interests), &towns)
}

fn find(wish: &serde_json::Value) -> Answer {
    let wish = Wish::read(wish.to_string().as_bytes()).unwrap_or_else(|error| panic!("{wish}: {error}"));
    FINDER.find(&wish, now()).unwrap_or_else(|error| panic!("{wish:?}: {error}"))
}

fn groups(answer: &Answer) -> [(&'static str, &Group); 8] {
    let placeless = &answer.placeless;
    [
        ("fits", &answer.fits),
        ("others", &answer.others),
        ("farther", &answer.farther),
        ("phone", &placeless.phone),
        ("visits", &placeless.visits),
        ("online", &placeless.online),
        ("roaming", &placeless.roaming),
        ("unlocated", &placeless.unlocated),
    ]
}
