//! Judged persons of another city: `city/` has its list and what each person must, may and must not be shown.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use serde_json::{Value, json};
use tsunagari::config::Config;
use tsunagari::editor::{Editor, ListEdition, ReadFile};
use tsunagari::find::{FindAnswer, Finder, Hit, Wish};
use tsunagari::import;
use tsunagari::import::ImportContext;
use tsunagari::import::regions::gazetteer::Gazetteer;
use tsunagari::index::Snapshot;
use tsunagari::model::{Audience, DistrictTable};

/// How many places a link worker reads.
const FIRST: usize = 5;

#[derive(Debug, Deserialize)]
struct Judged {
    at: String,
    never_for_anyone: std::collections::BTreeMap<String, Vec<String>>,
    persons: Vec<Person>,
}

#[derive(Debug, Deserialize)]
struct Person {
    id: String,
    wish: Value,
    must_in_first_5: Vec<String>,
    good: Vec<String>,
    neutral: Vec<String>,
    must_not_appear: Vec<String>,
}

static JUDGED: LazyLock<Judged> = LazyLock::new(|| serde_json::from_str(&read("persons.json")).unwrap());

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/find/city")
}

static CITY: LazyLock<Finder> = LazyLock::new(|| {
    let config = Config::load(&crate::sample_city::data()).unwrap();
    let mut city = config.city.clone();
    (city.code, city.name, city.prefecture) = ("362999".into(), "汐見市".into(), "徳島県".into());
    let folder = tempfile::tempdir().unwrap();
    let editor = Editor::open(&folder.path().join("t.db"), city.clone(), config.categories.clone()).unwrap();
    let at = "2026-11-26T00:00:00Z".parse().unwrap();
    let towns = Gazetteer::read(read("gazetteer.csv").as_bytes()).unwrap();
    editor.set_towns(&towns, at, &|_| ()).unwrap();
    let gazetteer = Gazetteer::new(towns, &city);
    let known = ImportContext {
        columns: &config.columns,
        phrases: &config.phrases,
        categories: &config.categories,
        city: &city,
        gazetteer: Some(&gazetteer),
        boundary: None,
        districts: &DistrictTable::default(),
        today: Some("2026-11-26".parse().unwrap()),
    };
    let import = import::read(read("list.csv").as_bytes(), "list.csv", known);
    let files = vec![ReadFile { file: "list.csv".to_owned(), blake3: String::new(), import }];
    let edition = ListEdition { list: "list".to_owned(), files, by: "test".to_owned(), at };
    editor.import_places(edition, &mut |_, _| {}).unwrap();
    let snapshot = Snapshot::build(&editor.snapshot_input().unwrap(), Audience::LinkWorkers);
    Finder::new(Arc::new(snapshot), Arc::new(config.interests))
});

/// The wish as the page would send it.
fn wish_of(person: &Person) -> Value {
    let written = &person.wish;
    let days = |span: &Value| {
        let (from, to) = (span["from"].clone(), span["to"].clone());
        let names =
            [('月', "mon"), ('火', "tue"), ('水', "wed"), ('木', "thu"), ('金', "fri"), ('土', "sat"), ('日', "sun")];
        let days: Vec<char> = span["days"].as_str().unwrap().chars().collect();
        let days = names.into_iter().filter(move |(day, _)| days.contains(day));
        days.map(|(_, day)| json!({"day": day, "from": from, "to": to})).collect::<Vec<Value>>()
    };
    let needs = |need: &Value| match need.as_str().unwrap() {
        "初回付き添い" => "met_first_time",
        "椅子" => "chairs",
        "聞こえの支援" => "hearing_support",
        "段差なし" => "step_free",
        "車いす用トイレ" => "accessible_toilet",
        "少人数" => "small_group",
        "静か" => "quiet",
        other => panic!("{other}"),
    };
    let all = |name: &str| written[name].as_array().cloned().unwrap_or_default();
    let gender = match written["sex"].as_str() {
        Some("女") => json!("woman"),
        Some("男") => json!("man"),
        _ => Value::Null,
    };
    json!({
        "from": {"town": written["from"]}, "travel": written["travel"], "minutes": written["minutes"],
        "home_only": written["home_only"], "likes": written["likes"], "avoid": written["avoid"],
        "gives": written["gives"], "can_give": written["can_give"], "age": written["age"], "gender": gender,
        "matters": all("needs").iter().map(needs).collect::<Vec<&str>>(),
        "free": all("free").iter().flat_map(days).collect::<Vec<Value>>(), "at": JUDGED.at, "limit": 100,
    })
}

fn answer_to(person: &Person) -> FindAnswer {
    let wish =
        Wish::read(wish_of(person).to_string().as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", person.id));
    CITY.find(&wish, "2026-11-26T09:00:00".parse().unwrap()).unwrap_or_else(|error| panic!("{}: {error}", person.id))
}

/// What fits without a place of its own: telephone, visits, rounds.
fn placeless(answer: &FindAnswer) -> Vec<&Hit> {
    let all = &answer.placeless;
    let groups = [&all.phone, &all.visits, &all.online, &all.roaming, &all.unlocated];
    let mut hits: Vec<&Hit> = groups.into_iter().flat_map(|it| &it.hits).filter(|hit| hit.matches).collect();
    hits.sort_by_key(|hit| -hit.score);
    hits
}

#[test]
fn other_people_in_another_city_are_shown_what_suits_them_and_nothing_that_does_not() {
    let never: BTreeSet<&String> = JUDGED.never_for_anyone.values().flatten().collect();
    let (mut precision, mut found, mut musts, mut forbidden) = (0.0, 0, 0, Vec::new());
    for person in &JUDGED.persons {
        let answer = answer_to(person);
        let (fits, placeless) = (&answer.fits.hits, placeless(&answer));
        let first: Vec<&Hit> = if fits.is_empty() { placeless.clone() } else { fits.iter().collect() };
        let right = |hit: &&&Hit| person.must_in_first_5.contains(&hit.name) || person.good.contains(&hit.name);
        let counted: Vec<&&Hit> = first.iter().take(FIRST).filter(|hit| !person.neutral.contains(&hit.name)).collect();
        let good = counted.iter().filter(|hit| right(hit)).count();
        let nothing_suits = person.must_in_first_5.is_empty() && person.good.is_empty();
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        let own = if counted.is_empty() { f64::from(nothing_suits) } else { good as f64 / counted.len() as f64 };
        precision += own;
        musts += person.must_in_first_5.len();
        let read: Vec<&str> =
            fits.iter().take(FIRST).chain(placeless.iter().copied()).map(|hit| hit.name.as_str()).collect();
        found += person.must_in_first_5.iter().filter(|must| read.contains(&must.as_str())).count();
        let shown = fits.iter().chain(placeless.iter().copied());
        let bad = shown.filter(|hit| person.must_not_appear.contains(&hit.name) || never.contains(&hit.name));
        forbidden.extend(bad.map(|hit| format!("{}: {}", person.id, hit.name)));
    }
    #[expect(clippy::cast_precision_loss, reason = "some dozens")]
    let (precision, recall) = (precision / JUDGED.persons.len() as f64, found as f64 / musts as f64);
    assert!(forbidden.is_empty(), "{forbidden:?}");
    assert!(precision >= 0.9 && recall >= 0.95, "precision@5 {precision:.2}, recall {recall:.2}");
    assert!(JUDGED.persons.len() >= 50);
}

#[test]
fn who_cannot_leave_home_is_shown_only_who_comes_calls_or_writes() {
    let wish =
        json!({"from": {"town": "本町"}, "travel": ["car"], "home_only": true, "likes": ["さみしい"], "limit": 100});
    let wish = Wish::read(wish.to_string().as_bytes()).unwrap();
    let answer = CITY.find(&wish, "2026-11-26T09:00:00".parse().unwrap()).unwrap();
    assert_eq!((answer.fits.count, answer.near.count), (0, 0));
    let placed: Vec<&str> = answer.others.hits.iter().map(|hit| hit.name.as_str()).collect();
    assert!(
        !placed.contains(&"潮風サロン") && placed.contains(&"地域包括支援センター汐見"),
        "{placed:?}: it also comes home"
    );
    assert!(placeless(&answer).len() >= 3);
    assert!(answer.left_out.text.contains("家から出ないと行けない"), "{}", answer.left_out.text);
}

#[test]
fn where_nothing_fits_desks_come_first_and_near_terms_are_offered() {
    let wish = json!({"from": {"town": "本町"}, "travel": ["walk"], "likes": ["フリスビー"], "limit": 100});
    let wish = Wish::read(wish.to_string().as_bytes()).unwrap();
    let answer = CITY.find(&wish, "2026-11-26T09:00:00".parse().unwrap()).unwrap();
    assert_eq!(answer.fits.count, 0);
    assert!(answer.desks.hits.iter().any(|hit| hit.name == "市民総合相談"), "{:?}", answer.desks.hits.len());
    assert!(answer.offered.len() <= 3);
}
