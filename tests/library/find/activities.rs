//! What the sample city offers for each axis of Positive Health.

use std::fmt::Write as _;

use tsunagari::find::activities_per_axis;

use super::FINDER;
use crate::sample_city;

#[test]
fn the_sample_offers_this_for_each_axis() {
    let interests = sample_city::sample().thesaurus;
    let mut said = String::new();
    for (axis, offered) in activities_per_axis(FINDER.snapshot(), &interests, 8).iter().enumerate() {
        let words: Vec<String> = offered.iter().map(|it| format!("{} {}", it.term, it.places)).collect();
        writeln!(said, "{axis} {}", words.join(", ")).unwrap();
    }
    insta::assert_snapshot!(said);
}
