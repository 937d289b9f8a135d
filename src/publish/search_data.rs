//! What the page's script needs to answer a query and filters as the server does: vocabulary, times and facts, as JSON.
//!
//! The script reads the searched text itself out of the GeoJSON, by the names of the fields given here; what only the engines know (when
//! a place meets, what follows from what) it gets ready. Rows are in the order of `/places.geojson`. This module does no I/O.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::html::places::next_dates::dates_data;
use super::html::places::{LOAD_ALL_MAX, segments};
use super::name_readings::NameReadings;
use super::rule_words::spoken_schedule;
use crate::index::Snapshot;
use crate::index::filter::conditions::PlaceFact;
use crate::index::filter::meeting_dates::MeetingDates;
use crate::index::filter::vocabulary::{
    InterestWords, WordMeaning, fillers, particles, romaji_key, romaji_pairs, separators,
};
use crate::index::searched::{SEARCHED_FIELDS, TownKana, reading_words};
use crate::model::{Language, Month, Schedule};
use crate::schedule::ScheduleContext;
use crate::text::fold;

/// The search data of `snapshot` in a month, with what cards in `lang` say beyond the GeoJSON; without rows where the script does not load the places.
pub fn search_data(snapshot: &Snapshot, month: Month, lang: Language) -> String {
    let first = month.first_day();
    let vocabulary = snapshot.vocabulary();
    let words: BTreeMap<&str, String> =
        vocabulary.words().filter_map(|(word, meaning)| Some((word, meaning_code(meaning)?))).collect();
    let latin: BTreeMap<&str, String> = snapshot.districts.all().iter().filter_map(latin_district).collect();
    let fields: Vec<&str> = SEARCHED_FIELDS.iter().map(|(path, _)| *path).collect();
    let loads_all = snapshot.places.len() <= LOAD_ALL_MAX;
    let value = json!({
        "first": first,
        "fields": fields,
        "facts": PlaceFact::all().map(PlaceFact::code).collect::<Vec<_>>(),
        "fillers": fillers(),
        "separators": separators(),
        "particles": particles(),
        "romaji": romaji_pairs(),
        "compounds": snapshot.word_bounds().joined(),
        "words": words,
        "interests": vocabulary.interests().iter().map(interest).collect::<Vec<_>>(),
        "foreign": foreign_words(snapshot),
        "districtLatin": latin,
        "starts": starts(snapshot),
        "dates": if loads_all { dates(snapshot, month) } else { Vec::new() },
        "places": if loads_all { places(snapshot) } else { Vec::new() },
        "spoken": if loads_all { spoken(snapshot, first, lang) } else { Vec::new() },
        "names": if loads_all { names(snapshot, lang) } else { Vec::new() },
    });
    value.to_string()
}

/// `when:mon`, `fact:toilet`, `name` or what is read so, `name:大屋`; interests stand in their own table.
fn meaning_code(meaning: &WordMeaning) -> Option<String> {
    match meaning {
        WordMeaning::When(code) => Some(format!("when:{code}")),
        WordMeaning::Fact(fact) => Some(format!("fact:{}", fact.code())),
        WordMeaning::Name => Some("name".to_owned()),
        WordMeaning::Reading(names) => Some(format!("name:{}", names.join(" "))),
        WordMeaning::Interests(_) => None,
    }
}

/// Words of other languages, with the numbers of the interests that they mean; the thesaurus's own words stand with each interest.
fn foreign_words(snapshot: &Snapshot) -> BTreeMap<&str, &[usize]> {
    let vocabulary = snapshot.vocabulary();
    let is_own = |word: &str, number: usize| vocabulary.interests()[number].words.iter().any(|own| own == word);
    let foreign = vocabulary.words().filter_map(|(word, meaning)| match meaning {
        WordMeaning::Interests(numbers) if !numbers.iter().any(|&number| is_own(word, number)) => {
            Some((word, numbers.as_slice()))
        }
        _ => None,
    });
    foreign.collect()
}

/// Term, words (those that mean it inside a text first), how many these are, narrower and near ones.
fn interest(interest: &InterestWords) -> Value {
    let InterestWords { term, words, finds, kinds, neighbours } = interest;
    let others = words.iter().filter(|word| !finds.contains(word));
    let ordered: Vec<&String> = finds.iter().chain(others).collect();
    json!([term, ordered, finds.len(), kinds, neighbours])
}

fn latin_district(district: &crate::model::District) -> Option<(&str, String)> {
    Some((district.id.0.as_str(), romaji_key(district.kana.as_deref()?)?))
}

/// The points that a list may begin at, beside places: districts, then 大字; each with its folded names.
fn starts(snapshot: &Snapshot) -> Vec<Value> {
    let row = |name: &str, kana: Option<&str>, at: crate::model::Position| {
        let names: Vec<String> = [Some(name), kana].into_iter().flatten().map(fold).collect();
        json!([name, names, at.lon(), at.lat()])
    };
    let districts = snapshot.districts.all().iter();
    let districts = districts.filter_map(|it| Some(row(&it.name, it.kana.as_deref(), it.centre?)));
    let towns = snapshot.towns.iter().filter(|it| it.small_area.is_none());
    districts.chain(towns.map(|it| row(&it.town, it.kana.as_deref(), it.position))).collect()
}

/// Per set of schedules: its dates, of which the script says what is today and next.
fn dates(snapshot: &Snapshot, month: Month) -> Vec<Value> {
    let row = |set: &Vec<Schedule>| dates_data(&MeetingDates::read(set, month, &snapshot.city), month.first_day());
    snapshot.meetings().sets().iter().map(row).collect()
}

/// Per set of schedules: days and hours in the words of the language, and whether they say all; null where the list's own stay. Empty
/// in the list's language.
fn spoken(snapshot: &Snapshot, first: NaiveDate, lang: Language) -> Vec<Value> {
    if lang == Language::Ja {
        return Vec::new();
    }
    let context = ScheduleContext::of_city(&snapshot.city, first);
    let row = |set: &Vec<Schedule>| {
        spoken_schedule(set, &context, lang).map_or(Value::Null, |it| json!([it.text, it.is_whole]))
    };
    snapshot.meetings().sets().iter().map(row).collect()
}

/// Per place: its name, the line below it and where it is, each null where it is as in the list's language. Empty in that.
fn names(snapshot: &Snapshot, lang: Language) -> Vec<Value> {
    if lang == Language::Ja {
        return Vec::new();
    }
    let names = NameReadings::of(snapshot, lang);
    let row = |listed: &crate::index::VisiblePlace| {
        let facts = &listed.place.facts;
        json!([segments(&names.name(facts)), names.below(facts), names.whereabouts(facts).map(|line| segments(&line))])
    };
    snapshot.places.iter().map(row).collect()
}

/// Per place: the number of its schedules (-1 if it does not meet), bits of what is so and of what is known, readings.
fn places(snapshot: &Snapshot) -> Vec<Value> {
    let towns = TownKana::new(&snapshot.towns);
    let row = |(at, listed)| {
        let facts = snapshot.known_facts(at);
        let number = snapshot.meetings().number_of(at).map_or(json!(-1), |number| json!(number));
        json!([number, facts.yes, facts.known, reading_words(listed, &towns)])
    };
    snapshot.places.iter().enumerate().map(row).collect()
}
