//! Papers for places that lists really hold: without a position, a private person's, for link workers only, hostile.

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde_json::Value;

use super::*;
use crate::find::Finder;
use crate::index::SnapshotInput;
use crate::model::Status;
use crate::model::{
    AccessAnswer, AccessFact, Audience, Category, CategoryId, CategoryTable, Contact, Facts, Language, Location,
    Person, Place, PlaceId, Position, Schedule, Source, Thesaurus, Town, TownEntry, Verification,
};
use crate::publish::ruby::base_text;

#[expect(clippy::unnecessary_wraps, reason = "a fact may be missing")]
fn words(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[expect(clippy::unnecessary_wraps, reason = "a fact may be missing")]
fn at(lon: f64, lat: f64, precision: Precision) -> Option<Location> {
    Some(Location { position: Position::new(lon, lat).unwrap(), precision })
}

fn category(id: &str, name: &str, private_persons: bool) -> Category {
    Category {
        id: CategoryId(id.to_owned()),
        name: [(Language::Ja, name), (Language::En, id)].into(),
        private_persons,
        office: private_persons.then(|| "農林課".to_owned()),
        office_phone: private_persons.then(|| "079-000-1111".to_owned()),
        ..Category::default()
    }
}

fn place(id: &str, facts: Facts) -> Place {
    let category = if facts.category.0.is_empty() { CategoryId("salon".to_owned()) } else { facts.category.clone() };
    let source = Source { list: "見本".to_owned(), file: "見本.xlsx".to_owned(), row: 5, ..Source::default() };
    Place { id: PlaceId(id.to_owned()), facts: Facts { category, ..facts }, source, verification: None }
}

#[expect(clippy::unnecessary_wraps, reason = "a fact may be missing")]
fn town() -> Option<Town> {
    Some(Town { name: "八鹿町国木".to_owned(), centre: Position::new(134.76, 35.40).unwrap() })
}

/// Everything that a list can say.
fn full() -> Facts {
    let known = |yes, words: &str| AccessAnswer { yes, words: words.to_owned() };
    Facts {
        name: "里の家".to_owned(),
        kana: words("さとのいえ"),
        description: words("お茶を飲みながら話します。だれでもどうぞ。"),
        organization: words("里の会"),
        venue: words("国木公民館"),
        site: at(134.77, 35.41, Precision::Door),
        town: town(),
        address: words("兵庫県見本市八鹿町国木12-3"),
        directions: words("国木のバス停から200m、赤い屋根の家。"),
        schedule: vec![Schedule { text: "第2・4木曜 13:30〜15:00".to_owned() }],
        cost: words("100円"),
        bring: words("上ばき"),
        eligibility: words("どなたでも"),
        access: [
            (AccessFact::MetFirstTime, known(true, "玄関で世話役が待っています")),
            (AccessFact::BookingNeeded, known(false, "不要")),
            (AccessFact::PickUp, known(true, "○")),
        ]
        .into(),
        contact: Contact {
            person: Some(Person { name: "秘密花子".to_owned(), public: false }),
            person_phone: words("090-0000-9999"),
            office: words("里の会事務局"),
            phone: words("079-000-2222"),
            ..Contact::default()
        },
        ..Facts::default()
    }
}

/// A private person who teaches at home.
fn farmer() -> Facts {
    Facts {
        name: "秘密太郎の畑".to_owned(),
        kana: words("ひみつたろうのはたけ"),
        category: CategoryId("farming".to_owned()),
        site: at(134.711_111, 35.411_111, Precision::Door),
        town: town(),
        address: words("見本市八鹿町国木999"),
        directions: words("秘密の角を右"),
        interests: vec!["トマト".to_owned()],
        cost: words("無料（秘密）"),
        contact: Contact { phone: words("079-000-8888"), ..Contact::default() },
        ..Facts::default()
    }
}

/// What is known of some places: a name, and a hostile one.
fn bare() -> Facts {
    Facts {
        name: "<script>alert(1)</script>{嘘|うそ}".to_owned(),
        kana: words("<b>うそ</b>"),
        schedule: vec![Schedule { text: "気が向いたとき <img src=x>".to_owned() }],
        status: Status::Paused,
        ..Facts::default()
    }
}

fn everything() -> SnapshotInput {
    let inner = Facts { name: "支援者だけの会".to_owned(), audience: Audience::LinkWorkers, ..full() };
    let hidden_home = Facts { audience: Audience::LinkWorkers, category: CategoryId("gone".to_owned()), ..farmer() };
    let mut full_place = place("full", full());
    full_place.facts.access.insert(AccessFact::Full, AccessAnswer { yes: true, words: "満員".to_owned() });
    let on = "2026-04-01".parse().unwrap();
    full_place.verification = Some(Verification { on, by: None, how: None, accepts_new: Some(false) });
    let phone = Facts { name: "ひとこと電話".to_owned(), mode: MeetingMode::Phone, ..Facts::default() };
    let mut everything = SnapshotInput {
        categories: CategoryTable::new(vec![
            category("salon", "サロン", false),
            category("farming", "個別農業指導", true),
            category("other", "その他", false),
        ]),
        places: vec![
            full_place,
            place("farmer", farmer()),
            place("bare", bare()),
            place("inner", inner),
            place("home", hidden_home),
            place("phone", phone),
        ],
        ..SnapshotInput::default()
    };
    let city = &mut everything.city;
    "見本市".clone_into(&mut city.name);
    "みほんし".clone_into(&mut city.kana);
    "市役所 福祉課".clone_into(&mut city.office);
    city.office_phone = words("079-000-0000");
    city.public_url = words("https://example.jp");
    everything
}

fn now() -> NaiveDateTime {
    "2026-11-22T10:00:00".parse().unwrap()
}

fn made(everything: &SnapshotInput, order: &str) -> Result<Handout, HandoutOrderError> {
    let order = HandoutOrder::read(order.as_bytes())?;
    let inner = Arc::new(Snapshot::build(everything, Audience::LinkWorkers));
    let public = Snapshot::build(everything, Audience::Public);
    let towns = [TownEntry {
        prefecture: None,
        city: None,
        city_code: None,
        town: "八鹿町国木".to_owned(),
        kana: words("ようかちょうくぬぎ"),
        small_area: None,
        position: Position::new(134.76, 35.40).unwrap(),
    }];
    let readings = TownReadings::new(&towns, &everything.city);
    let finder = Finder::new(Arc::clone(&inner), Arc::new(Thesaurus::default()));
    let from = order.from.as_ref().map(|start| finder.start(start).unwrap());
    handout(&HandoutSources { inner: &inner, public: &public, readings: &readings }, &order, from.as_ref(), now())
}

fn paper(order: &str) -> Handout {
    made(&everything(), order).unwrap()
}

fn part(id: &str) -> HandoutPlace {
    paper(&format!(r#"{{"places":["{id}"],"from":{{"town":"八鹿町国木"}},"travel":["walk"]}}"#)).places.remove(0)
}

fn without_path(mut part: HandoutPlace) -> HandoutPlace {
    if let Some(qr) = &mut part.qr {
        "…".clone_into(&mut qr.path);
    }
    part
}

#[test]
fn a_place_of_which_everything_is_known() {
    insta::assert_json_snapshot!(without_path(part("full")));
}

#[test]
fn a_private_person_is_the_kind_the_town_and_the_office() {
    insta::assert_json_snapshot!(without_path(part("farmer")));
}

#[test]
fn a_place_of_which_little_is_known_says_what_to_ask() {
    insta::assert_json_snapshot!(without_path(part("bare")));
}

#[test]
fn a_place_for_link_workers_only_holds_no_more_than_a_public_one() {
    let (inner, full) = (part("inner"), part("full"));
    assert!(!inner.public && inner.qr.is_none());
    assert_eq!((&inner.way, &inner.contact, &inner.facts), (&full.way, &full.contact, &full.facts));
}

#[test]
fn nothing_of_a_private_person_is_on_any_paper() {
    let all = paper(r#"{"places":["full","farmer","bare","inner","home","phone"],"from":{"position":[134.7,35.4]}}"#);
    let text = serde_json::to_string(&all).unwrap();
    for secret in ["秘密", "ひみつ", "090-", "079-000-8888", "国木999", "134.7111", "35.4111", "見本.xlsx"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn a_place_whose_category_is_gone_is_taken_for_a_private_person_s() {
    let home = part("home");
    assert!(base_text(&home.name).ends_with("（八鹿町国木）"), "{home:?}");
    assert_eq!((home.way.about, home.way.words), (true, None));
}

#[test]
fn a_place_that_is_everywhere_or_nowhere_is_not_on_the_map() {
    let paper = paper(r#"{"places":["bare","full","phone"],"from":{"town":"国木"}}"#);
    let map = paper.map.unwrap();
    assert_eq!((map.numbers, map.start), (vec![2], true));
    assert!(!map.svg.contains("<script"));
    let placeless = made(&everything(), r#"{"places":["phone"],"from":{"town":"国木"}}"#).unwrap();
    assert_eq!((placeless.map, base_text(&placeless.from)), (None, "八鹿町国木".to_owned()));
}

#[test]
fn the_calendar_leaves_out_what_does_not_take_place_and_lists_it_below() {
    let calendar = paper(r#"{"places":["bare","full"]}"#).calendar;
    let days: Vec<String> = calendar.entries.iter().map(|it| format!("{} {}", it.date, it.number)).collect();
    assert_eq!(days, ["2026-11-26 2", "2026-12-10 2", "2026-12-24 2"]);
    assert_eq!(calendar.unread, [1]);
}

#[test]
fn a_place_that_is_not_there_is_named_by_its_field() {
    let error = made(&everything(), r#"{"places":["full","secret"]}"#).unwrap_err().to_string();
    assert!(error.starts_with("field `places[1]`: there is no such place") && !error.contains("secret"), "{error}");
}

#[test]
fn without_a_public_address_there_is_no_code() {
    let mut everything = everything();
    everything.city.public_url = None;
    let paper = made(&everything, r#"{"places":["full"]}"#).unwrap();
    assert!(!paper.links && paper.places[0].qr.is_none());
}

#[test]
fn without_a_telephone_of_its_own_the_municipality_is_called() {
    let call = part("bare").contact;
    assert_eq!(call, HandoutContact { phone: words("079-000-0000"), ask_for: words("市役所 福祉課"), city: true });
}

#[test]
fn the_same_order_gives_the_same_bytes() {
    let bytes = || serde_json::to_vec(&paper(r#"{"places":["full","farmer"],"from":{"town":"国木"}}"#)).unwrap();
    assert_eq!(bytes(), bytes());
}

#[test]
fn nothing_that_is_not_known_stands_there_as_if_it_were() {
    for id in ["full", "farmer", "bare", "inner", "home", "phone"] {
        let json = serde_json::to_value(part(id)).unwrap();
        assert!(!json.to_string().contains("不明"), "{json}");
        let empty = json
            .as_object()
            .unwrap()
            .values()
            .filter(|value| **value == Value::Null || value.as_str() == Some(""))
            .count();
        assert_eq!(empty, 0, "{json}");
    }
}
