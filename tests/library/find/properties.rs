//! What must hold for every wish.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use tsunagari::find::FindAnswer;
use tsunagari::find::reach::{TravelMode, TravelReach, rule_of_thumb};
use tsunagari::model::{AccessFact, Position};

use super::{FINDER, find, groups};

fn names(answer: &FindAnswer) -> BTreeSet<String> {
    groups(answer).iter().flat_map(|(_, group)| &group.hits).map(|hit| hit.id.0.clone()).collect()
}

fn counted(answer: &FindAnswer) -> usize {
    groups(answer).iter().map(|(_, group)| group.count).sum::<usize>() + answer.left_out.count
}

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "囲碁",
        "科学",
        "畑",
        "歌",
        "料理",
        "体操",
        "おしゃべり",
        "本",
        "旅行",
        "そば",
        "ぜんぜんない言葉",
        "針金アート",
        "ひとりでさみしい",
        "妻を亡くしてから、夜ねむれない",
        "いっしょに将棋をする人がほしい",
        "借金がある。仕事もない",
    ])
}

fn avoided() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "outdoor",
        "hands",
        "strenuous",
        "singing",
        "alcohol",
        "animals",
        "crowd",
        "performing",
        "麻雀",
        "カレー",
        "夜",
        "犬がいるところは苦手",
    ])
}

prop_compose! {
    fn wishes()(
        lon in 134.5..134.9_f64,
        lat in 35.25..35.5_f64,
        travel in prop::sample::subsequence(vec!["walk", "bicycle", "bus", "car", "pick_up"], 0..3),
        minutes in prop::option::of(5_u16..60),
        likes in prop::collection::vec(word(), 0..3),
        avoid in prop::collection::vec(avoided(), 0..2),
        matters in prop::sample::subsequence(vec!["quiet", "toilet", "met_first_time", "step_free"], 0..3),
        age in prop::option::of(10_u8..100),
        free in prop::option::of(prop::sample::select(vec!["mon", "wed", "sat"])),
        placed in any::<bool>(),
        company in any::<bool>(),
    ) -> Value {
        let free: Vec<Value> = free.iter().map(|day| json!({"day": day, "from": "9:00", "to": "17:00"})).collect();
        json!({
            "company": company, "from": if placed { json!({"position": [lon, lat]}) } else { Value::Null },
            "travel": travel, "minutes": minutes, "likes": likes, "avoid": avoid, "matters": matters, "age": age,
            "free": free, "limit": 100,
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn keeping_more_away_never_brings_a_place(wish in wishes(), more in avoided()) {
        let before = find(&wish);
        let mut stricter = wish.clone();
        stricter["avoid"].as_array_mut().unwrap().push(json!(more));
        let after = find(&stricter);
        // Where more fit than are shown, others move up.
        let whole = groups(&before).iter().all(|(_, group)| group.hits.len() == group.count);
        prop_assert!(!whole || names(&after).is_subset(&names(&before)));
        prop_assert_eq!(counted(&after), counted(&before));
    }

    /// Nothing is lost: whatever lies within twice the reach is shown or left out, once.
    #[test]
    fn all_places_within_twice_the_reach_are_accounted_for(wish in wishes()) {
        let answer = find(&wish);
        let ways: Vec<TravelMode> = serde_json::from_value(wish["travel"].clone()).unwrap();
        let minutes = serde_json::from_value(wish["minutes"].clone()).unwrap();
        let horizon = TravelReach::new(&ways, minutes, rule_of_thumb).horizon().0;
        let from: Option<Position> = serde_json::from_value(wish["from"]["position"].clone()).unwrap();
        let snapshot = FINDER.snapshot();
        let near = snapshot.places.iter().filter(|listed| {
            let facts = &listed.place.facts;
            let private = snapshot.categories.by_id(&facts.category).is_none_or(|it| it.private_persons);
            let seeks = snapshot.categories.by_id(&facts.category).is_some_and(|it| it.person_to_person);
            let district = listed.district.as_ref().and_then(|id| snapshot.districts.by_id(id));
            let town = facts.town.as_ref().map(|it| it.centre).filter(|_| !seeks);
            let town = town.or_else(|| district.filter(|_| seeks)?.centre);
            let at = if private { town } else { facts.site.map(|it| it.position) };
            let at = at.filter(|_| facts.mode == tsunagari::model::MeetingMode::AtPlace);
            match (from, at) {
                (Some(from), Some(at)) => from.distance_to(at).0 <= horizon,
                _ => true,
            }
        });
        prop_assert_eq!(counted(&answer), near.count());
    }

    /// Every place that is shown comes once, the best first, ties by name; and the same wish gives the same bytes.
    #[test]
    fn the_order_is_whole_and_stable(wish in wishes()) {
        let answer = find(&wish);
        let all: Vec<&str> = groups(&answer).iter().flat_map(|(_, group)| &group.hits).map(|hit| hit.id.0.as_str()).collect();
        prop_assert_eq!(all.len(), names(&answer).len());
        for (_, group) in groups(&answer) {
            prop_assert!(group.hits.len() <= group.count);
            for pair in group.hits.windows(2) {
                let key = |hit: &tsunagari::find::Hit| (!hit.matches, !hit.near, std::cmp::Reverse(hit.score));
                prop_assert!(key(&pair[0]) <= key(&pair[1]));
            }
        }
        prop_assert_eq!(serde_json::to_string(&answer).unwrap(), serde_json::to_string(&find(&wish)).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(15))]

    #[test]
    fn one_liking_more_never_removes_a_fit(wish in wishes(), first in word(), more in word()) {
        let mut before = wish.clone();
        before["likes"].as_array_mut().unwrap().push(json!(first));
        let mut after = before.clone();
        after["likes"].as_array_mut().unwrap().push(json!(more));
        let (before, after) = (find(&before), find(&after));
        let fits = |answer: &FindAnswer| -> BTreeSet<String> { answer.fits.hits.iter().map(|hit| hit.id.0.clone()).collect() };
        prop_assert!(after.fits.count > 100 || fits(&before).is_subset(&fits(&after)));
    }

    #[test]
    fn the_order_of_words_does_not_matter(wish in wishes(), more in avoided()) {
        let mut turned = wish.clone();
        let mut wish = wish;
        wish["avoid"].as_array_mut().unwrap().push(json!(more));
        turned["avoid"] = Value::Array(wish["avoid"].as_array().unwrap().iter().rev().cloned().collect());
        turned["likes"] = Value::Array(wish["likes"].as_array().unwrap().iter().rev().cloned().collect());
        let order = |wish: &Value| -> Vec<String> {
            groups(&find(wish)).iter().flat_map(|(_, group)| &group.hits).map(|hit| hit.id.0.clone()).collect()
        };
        prop_assert_eq!(order(&wish), order(&turned));
    }
}

/// Asking for something of which nothing is known leaves every place where it was and names it as a question.
#[test]
fn what_is_not_known_excludes_nothing_and_is_asked() {
    let plain = find(&json!({"limit": 100}));
    for fact in AccessFact::ALL {
        let fact = serde_json::to_value(fact).unwrap();
        let asked = find(&json!({"matters": [fact], "limit": 100}));
        assert_eq!(counted(&asked), counted(&plain));
        assert_eq!(asked.left_out.count, plain.left_out.count, "{fact}");
        for (_, group) in groups(&asked) {
            for hit in &group.hits {
                let place = &FINDER.snapshot().by_id(&hit.id).unwrap().place;
                let known = place.facts.access.contains_key(&serde_json::from_value(fact.clone()).unwrap());
                let asks = hit.ask.iter().any(|it| {
                    it.kind == "matter" && it.values.iter().any(|(name, value)| *name == "fact" && *value == fact)
                });
                assert_eq!(asks, !known, "{} {fact}", hit.name);
            }
        }
    }
}

/// Mentors are found by what one wants to grow, and only the office answers for them.
#[test]
fn a_private_person_is_never_named() {
    let snapshot = FINDER.snapshot();
    let private = |id: &tsunagari::model::PlaceId| {
        let category = &snapshot.by_id(id).unwrap().place.facts.category;
        snapshot.categories.by_id(category).is_some_and(|it| it.private_persons)
    };
    let answer = find(&json!({"likes": ["トマト", "大根", "しいたけ", "花"], "limit": 100}));
    let mut seen = 0;
    for (_, group) in groups(&answer) {
        for hit in group.hits.iter().filter(|hit| private(&hit.id)) {
            seen += 1;
            let made =
                hit.name.starts_with("個別農業指導") || hit.name.ends_with("人（窓口：見本市役所 健康福祉課（見本））");
            assert!(made, "{}", hit.name);
            assert_eq!(hit.contact.office.as_deref(), Some("見本市役所 健康福祉課（見本）"));
            let facts = &snapshot.by_id(&hit.id).unwrap().place.facts;
            let whole = serde_json::to_string(hit).unwrap();
            let secrets =
                facts.contact.person.iter().map(|it| it.name.clone()).chain(facts.contact.person_phone.clone());
            for secret in secrets.chain([facts.name.clone()]) {
                assert!(!whole.contains(&secret), "{secret} stands in {whole}");
            }
            let door = facts.site.filter(|it| it.precision == tsunagari::model::Precision::Door).map(|it| it.position);
            assert!(door.is_none() || hit.position != door, "{}", hit.name);
        }
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn a_start_that_nobody_knows_is_an_error_that_names_the_field() {
    for (wish, part) in [
        (json!({"from": {"district": "東京"}}), "field `from.district`: there is no such district; known are 八鹿"),
        (
            json!({"from": {"town": "大屋町加穂"}}),
            "field `from.town`: there is no such town; did you mean one of 大屋町加保",
        ),
    ] {
        let wish = tsunagari::find::Wish::read(wish.to_string().as_bytes()).unwrap();
        let error = FINDER.find(&wish, super::now()).unwrap_err().to_string();
        assert!(error.starts_with(part), "{error}");
    }
    for town in ["大屋町加保", "養父市大屋町加保", "兵庫県養父市大屋町加保", "加保"] {
        let answer = find(&json!({"from": {"town": town}}));
        assert_eq!(answer.understood.from.unwrap().name.as_deref(), Some("大屋町加保"), "{town}");
    }
}
