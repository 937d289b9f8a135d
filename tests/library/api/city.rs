//! A small invented city with one of everything that matters to an answer.

use chrono::NaiveDate;
use geo::{LineString, MultiPolygon, Polygon};
use tsunagari::index::SnapshotInput;
use tsunagari::model::place::Town;
use tsunagari::model::{
    AccessAnswer, AccessFact, Area, Audience, Category, CategoryId, CategoryTable, Contact, District, DistrictId,
    DistrictTable, Facts, Language, Layer, LinkWorker, Location, NeedsAccount, Person, Place, PlaceId, Position,
    Precision, Role, Schedule, ServedArea, Source, Status, Verification,
};

/// Occurs in everything that the public must not see, and nowhere else.
pub const SECRET: &str = "秘匿印";
/// Occurs in what link workers may see and the public may not.
pub const FOR_LINK_WORKERS: &str = "支援者印";

pub fn everything() -> SnapshotInput {
    let mut everything = SnapshotInput {
        categories: CategoryTable::new(vec![
            category("salon", "サロン・カフェ", "通いの場", false),
            category("farming", "個別農業指導", "農業", true),
            category("other", "その他", "その他", false),
        ]),
        districts: DistrictTable::new(vec![
            district("yoka", "八鹿", Some(square(134.7, 35.39))),
            district("大谷", "大谷", Some(square(134.8, 35.39))),
            district("ginza", "銀座", None),
        ]),
        places: vec![
            full(),
            simple("bbbbbbbbbb", "囲碁サロン", "salon", at(134.77, 35.409)),
            simple("cccccccccc", "東の茶の間", "salon", at(134.78, 35.400)),
            simple("dddddddddd", "大谷の集い \"引用\" \\ \u{0007}", "other", at(134.85, 35.45)),
            simple("eeeeeeeeee", "場所未定の会", "salon", None),
            farmer(),
            hidden("hhhhhhhhhh", Audience::LinkWorkers, FOR_LINK_WORKERS),
            hidden("iiiiiiiiii", Audience::Staff, SECRET),
        ],
        link_workers: link_workers(),
        ..SnapshotInput::default()
    };
    "見本市".clone_into(&mut everything.city.name);
    everything.city.licence = Some("CC BY 4.0".to_owned());
    // Accounts have tests of their own.
    everything.city.link_workers_need_account = NeedsAccount(false);
    everything
}

/// One of the whole municipality, one of each layer in 八鹿, one for link workers only, one for the staff only.
fn link_workers() -> Vec<LinkWorker> {
    let worker = |layer, role: &str, area: &str| LinkWorker {
        layer: Some(layer),
        role: Some(role.to_owned()),
        person: Some(Person { name: format!("見本 {FOR_LINK_WORKERS}"), public: false }),
        person_phones: vec!["090-0000-6001".to_owned(), "079-662-9999".to_owned()],
        person_address: Some(format!("八鹿町国木 {FOR_LINK_WORKERS} 番地")),
        email: Some(format!("{FOR_LINK_WORKERS}@example.jp")),
        ask_for: Some("つながりのこと".to_owned()),
        note: Some(format!("見本{FOR_LINK_WORKERS}さんは夜は留守")),
        area: Some(area.to_owned()),
        serves: vec![ServedArea { written: area.to_owned(), whole: area == "市内全域", town: None }],
        extra: [("内部メモ".to_owned(), SECRET.to_owned())].into(),
        source: Source { list: SECRET.to_owned(), file: SECRET.to_owned(), row: 4, ..Source::default() },
        ..LinkWorker::default()
    };
    let office = |worker: LinkWorker, office: &str, phone: &str| LinkWorker {
        office: Some(office.to_owned()),
        phone: Some(phone.to_owned()),
        ..worker
    };
    vec![
        worker(Layer::Two, "民生委員・児童委員", "八鹿"),
        office(worker(Layer::One, "保健師", "市内全域"), "健康課", "079-000-1111"),
        office(worker(Layer::One, "主任介護支援専門員", "八鹿"), "地域包括支援センター", "079-000-2222"),
        LinkWorker { audience: Audience::LinkWorkers, ..worker(Layer::Two, FOR_LINK_WORKERS, "八鹿") },
        LinkWorker { audience: Audience::Staff, ..worker(Layer::Two, SECRET, "八鹿") },
    ]
}

fn category(id: &str, name: &str, group: &str, private_persons: bool) -> Category {
    Category {
        id: CategoryId(id.to_owned()),
        name: [(Language::Ja, name), (Language::Easy, name), (Language::En, id)].into(),
        group: [(Language::Ja, group), (Language::En, group)].into(),
        color: "#0072b2".to_owned(),
        icon: "circle".to_owned(),
        private_persons,
        office: private_persons.then(|| "農林課".to_owned()),
        ..Category::default()
    }
}

/// A square of a tenth of a degree, clockwise and open, with more digits than anybody needs.
fn square(west: f64, south: f64) -> Area {
    let (east, north) = (west + 0.1, south + 0.100_000_000_01);
    let ring = LineString::from(vec![(west, south), (west, north), (east, north), (east, south)]);
    Area::new(MultiPolygon::new(vec![Polygon::new(ring, Vec::new())]))
}

fn district(id: &str, name: &str, boundary: Option<Area>) -> District {
    let former_town = Some("旧八鹿町".to_owned()).filter(|_| id == "yoka");
    let centre = Position::new(if id == "yoka" { 134.75 } else { 134.85 }, 35.45).unwrap();
    District {
        id: DistrictId(id.to_owned()),
        name: name.to_owned(),
        kana: None,
        former_town,
        boundary,
        centre: Some(centre),
        ..District::default()
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a place may have no site")]
fn at(lon: f64, lat: f64) -> Option<Location> {
    Some(Location { position: Position::new(lon, lat).unwrap(), precision: Precision::Door })
}

fn simple(id: &str, name: &str, category: &str, site: Option<Location>) -> Place {
    let facts = Facts {
        name: name.to_owned(),
        category: CategoryId(category.to_owned()),
        site,
        district_written: Some("銀座".to_owned()),
        ..Facts::default()
    };
    let source = Source { list: "通いの場".to_owned(), file: "list.xlsx".to_owned(), row: 5, ..Source::default() };
    Place { id: PlaceId(id.to_owned()), facts, source, verification: None }
}

/// Everything that can be known of a place.
fn full() -> Place {
    let mut place = simple("aaaaaaaaaa", "中央サロン", "salon", at(134.750_000_04, 35.45));
    let words = |text: &str| Some(text.to_owned());
    let facts = &mut place.facts;
    facts.kana = words("ちゅうおうさろん");
    facts.tags = vec!["茶話会".to_owned()];
    facts.interests = vec!["囲碁".to_owned(), "天文".to_owned()];
    facts.roles = vec![Role::Join, Role::Teach];
    facts.description = words("お茶を飲みながら話します。");
    facts.organization = words("中央区");
    facts.venue = words("中央公民館");
    facts.town = Some(Town { name: "八鹿町八鹿".to_owned(), centre: Position::new(134.76, 35.41).unwrap() });
    facts.address = words("八鹿町八鹿1番地");
    facts.schedule = vec![Schedule { text: "毎月第2・4木曜 13:30〜15:00".to_owned() }];
    facts.access.insert(AccessFact::StepFree, AccessAnswer { yes: true, words: "段差なし".to_owned() });
    facts.access.insert(AccessFact::PickUp, AccessAnswer { yes: false, words: String::new() });
    facts.directions = words("八鹿駅から歩いて5分");
    facts.cost = words("100円");
    facts.bring = words("上履き");
    facts.eligibility = words("どなたでも");
    facts.capacity = words("15名");
    facts.note = words("雨天決行");
    facts.contact = Contact {
        person: Some(Person { name: "区長".to_owned(), public: true }),
        office: words("公民館"),
        phone: words("079-000-0000"),
        ..Contact::default()
    };
    facts.status = Status::Paused;
    facts.extra.insert("内部メモ".to_owned(), SECRET.to_owned());
    place.source.licence = words("PDL1.0");
    let on = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
    place.verification = Some(Verification { on, by: words(SECRET), how: words("電話"), accepts_new: Some(false) });
    place
}

/// A private person: neither name nor telephone nor door is for the public.
fn farmer() -> Place {
    let mut place = simple("ffffffffff", "畑の先生", "farming", at(134.712_345_6, 35.412_345_6));
    place.facts.district_written = Some("八鹿".to_owned());
    place.facts.town = Some(Town { name: "八鹿町国木".to_owned(), centre: Position::new(134.74, 35.42).unwrap() });
    place.facts.address = Some(format!("八鹿町国木 {FOR_LINK_WORKERS} 番地"));
    place.facts.contact = Contact {
        person: Some(Person { name: format!("養父 {FOR_LINK_WORKERS}"), public: false }),
        person_phone: Some(format!("090-{FOR_LINK_WORKERS}")),
        ..Contact::default()
    };
    place
}

fn hidden(id: &str, audience: Audience, mark: &str) -> Place {
    let mut place = simple(id, &format!("{mark}の会"), "salon", at(134.771, 35.401));
    place.facts.audience = audience;
    place.facts.description = Some(mark.to_owned());
    place
}
