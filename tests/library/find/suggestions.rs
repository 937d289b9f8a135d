//! What the finder offers to somebody who writes a wish.

use std::collections::BTreeSet;

use tsunagari::find::Finder;

use super::{FINDER, find};

#[test]
fn terms_at_one_touch_are_wide_and_find_something() {
    let thesaurus = FINDER.thesaurus();
    let terms: Vec<&str> = FINDER.common_terms().collect();
    assert!((12..=40).contains(&terms.len()), "{terms:?}");
    for term in &terms {
        let number = thesaurus.meant_by(term)[0];
        let kinds: BTreeSet<usize> = thesaurus.kinds_of(number).into_iter().filter(|kind| *kind != number).collect();
        let inside = terms.iter().find(|other| kinds.contains(&thesaurus.meant_by(other)[0]));
        assert_eq!(inside, None, "is a kind of {term}");
        let answer = find(&serde_json::json!({ "likes": [term] }));
        let found = super::groups(&answer).into_iter().flat_map(|(_, group)| &group.hits).filter(|hit| hit.matches);
        assert!(found.count() > 0, "nothing is found by {term}");
    }
}

#[test]
fn every_chip_is_offered_once_in_the_order_of_the_table() {
    let chips = Finder::avoidable();
    let names: BTreeSet<&str> = chips.iter().map(|(name, _)| *name).collect();
    assert_eq!((names.len(), chips.len()), (13, 13));
    assert_eq!(chips[..2], [("outdoor", "屋外"), ("strenuous", "体力がいる")]);
    assert_eq!(chips[12].0, "cost");
}

#[test]
fn every_town_that_is_offered_can_be_started_from() {
    let towns: Vec<String> = FINDER.towns().map(|(name, ..)| name.to_owned()).collect();
    assert!(towns.len() > 50, "{}", towns.len());
    for town in towns {
        let answer = find(&serde_json::json!({ "from": { "town": town }, "limit": 1 }));
        assert_eq!(answer.understood.from.and_then(|from| from.name), Some(town));
    }
}

#[test]
fn a_start_may_be_named_as_it_is_read() {
    let by = |town: &str| find(&serde_json::json!({"from": {"town": town}})).understood.from.unwrap().name;
    assert_eq!(by("かぼ"), by("大屋町加保"));
    assert_eq!(by("オオヤチョウカボ"), by("大屋町加保"));
}
