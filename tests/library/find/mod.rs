//! The finder on the sample city: persons with places that must be found, and what must hold for every wish.

mod activities;
mod cases;
mod city;
mod properties;
mod schema;
mod suggestions;
mod words;

use std::sync::{Arc, LazyLock};

use tsunagari::find::{FindAnswer, Finder, HitGroup, Wish};
use tsunagari::index::Snapshot;
use tsunagari::model::Audience;

use crate::sample_city::{self, now};

/// The sample city, taken in as the command line does, and read once for all tests.
static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let sample = sample_city::sample();
    let snapshot = Snapshot::build(&sample.everything, Audience::LinkWorkers);
    Finder::new(Arc::new(snapshot), Arc::new(sample.thesaurus))
});

fn find(wish: &serde_json::Value) -> FindAnswer {
    let wish = Wish::read(wish.to_string().as_bytes()).unwrap_or_else(|error| panic!("{wish}: {error}"));
    FINDER.find(&wish, now()).unwrap_or_else(|error| panic!("{wish:?}: {error}"))
}

fn groups(answer: &FindAnswer) -> [(&'static str, &HitGroup); 10] {
    let placeless = &answer.placeless;
    [
        ("fits", &answer.fits),
        ("near", &answer.near),
        ("desks", &answer.desks),
        ("others", &answer.others),
        ("farther", &answer.farther),
        ("phone", &placeless.phone),
        ("visits", &placeless.visits),
        ("online", &placeless.online),
        ("roaming", &placeless.roaming),
        ("unlocated", &placeless.unlocated),
    ]
}
