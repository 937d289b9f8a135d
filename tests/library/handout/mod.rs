//! The paper a person takes home, made for the places of the sample city.

mod redaction;
mod schema;
mod snapshots;

use std::sync::{Arc, LazyLock};

use crate::sample_city::{Sample, now, sample};
use serde_json::Value;
use tsunagari::find::Finder;
use tsunagari::index::Snapshot;
use tsunagari::model::Audience;
use tsunagari::publish::handout::{Handout, HandoutOrder, HandoutSources, TownReadings, handout};

/// The sample city for all tests, with an address that residents reach.
static CITY: LazyLock<City> = LazyLock::new(|| {
    let mut sample = sample();
    sample.everything.city.public_url = Some("https://tsunagari.city.example.jp".to_owned());
    let inner = Arc::new(Snapshot::build(&sample.everything, Audience::LinkWorkers));
    let readings = TownReadings::new(&sample.everything.towns, &sample.everything.city);
    let finder = Finder::new(Arc::clone(&inner), Arc::new(sample.thesaurus.clone()));
    City { public: Snapshot::build(&sample.everything, Audience::Public), readings, finder, sample }
});

struct City {
    sample: Sample,
    public: Snapshot,
    readings: TownReadings,
    finder: Finder,
}

/// The paper for an order in JSON.
fn made(order: &Value) -> Handout {
    let order = HandoutOrder::read(order.to_string().as_bytes()).unwrap();
    let from = order.from.as_ref().map(|start| CITY.finder.start(start).unwrap());
    let sources = HandoutSources { inner: CITY.finder.snapshot(), public: &CITY.public, readings: &CITY.readings };
    handout(&sources, &order, from.as_ref(), now()).unwrap()
}

/// The ids of the places with these words in their names, in that order.
fn ids(names: &[&str]) -> Vec<String> {
    let places = &CITY.finder.snapshot().places;
    let id = |name: &&str| {
        let found = places.iter().find(|it| it.place.facts.name.contains(*name));
        found.unwrap_or_else(|| panic!("no {name} in the sample")).place.id.0.clone()
    };
    names.iter().map(id).collect()
}

/// Every place that link workers see.
fn all_ids() -> Vec<String> {
    CITY.finder.snapshot().places.iter().map(|it| it.place.id.0.clone()).collect()
}
