use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::model::{
    AccessAnswer, AccessFact, CategoryId, Consent, Contact, District, DistrictId, Layer, LinkWorker, MeetingMode,
    Person, PlaceId, Position, Role, Schedule, ServedArea, Source, Status, Town, Verification,
};

const PERSON: &str = "会長 城崎 花太郎";
const PHONE: &str = "090-1234-5678";

fn category(id: &str, private_persons: bool) -> Category {
    Category {
        id: CategoryId(id.to_owned()),
        name: "個別農業指導".into(),
        private_persons,
        office: Some("シルバー人材センター".to_owned()),
        office_phone: Some("079-000-1111".to_owned()),
        ..Category::default()
    }
}

fn categories() -> CategoryTable {
    let companion = Category { person_to_person: true, ..category("companion", true) };
    CategoryTable::new(vec![category("mentor", true), companion, category("salon", false)])
}

fn districts() -> DistrictTable {
    let centre = Position::new(134.7, 35.3).unwrap();
    let district = |id: &str, name: &str| District {
        id: DistrictId(id.to_owned()),
        name: name.to_owned(),
        kana: None,
        former_town: None,
        boundary: None,
        centre: Some(centre),
        ..District::default()
    };
    DistrictTable::new(vec![district("ohya", "大屋"), district("kuchi", "口大屋")])
}

/// A place with `words` in every field that takes words.
fn place_saying(words: &str, category: &str, contact: Contact) -> Place {
    let text = || Some(words.to_owned());
    let facts = Facts {
        name: words.to_owned(),
        kana: text(),
        category: CategoryId(category.to_owned()),
        tags: vec![words.to_owned()],
        interests: vec![words.to_owned()],
        roles: vec![Role::Teach],
        description: text(),
        organization: text(),
        venue: text(),
        mode: MeetingMode::AtPlace,
        site: Some(Location { position: Position::new(134.712_345, 35.312_345).unwrap(), precision: Precision::Door }),
        town: Some(Town { name: "大屋町加保".to_owned(), centre: Position::new(134.7, 35.3).unwrap() }),
        address: text(),
        district_written: text(),
        schedule: vec![Schedule { text: words.to_owned() }],
        access: BTreeMap::from([(AccessFact::Chairs, AccessAnswer { yes: true, words: words.to_owned() })]),
        directions: text(),
        cost: text(),
        bring: text(),
        eligibility: text(),
        capacity: text(),
        note: text(),
        contact,
        status: Status::Active,
        consent: Some(Consent::default()),
        audience: Audience::Public,
        extra: BTreeMap::from([(words.to_owned(), words.to_owned())]),
    };
    let verification = Verification {
        on: NaiveDate::from_ymd_opt(2026, 4, 1).unwrap(),
        by: text(),
        how: text(),
        accepts_new: Some(true),
    };
    let source = Source {
        list: words.to_owned(),
        file: words.to_owned(),
        sheet: text(),
        row: 7,
        list_id: text(),
        licence: text(),
    };
    Place { id: PlaceId("abc123".to_owned()), facts, source, verification: Some(verification) }
}

fn private_contact(words: &str) -> Contact {
    let text = || Some(words.to_owned());
    Contact {
        person: Some(Person { name: PERSON.to_owned(), public: false }),
        person_phone: Some(PHONE.to_owned()),
        office: text(),
        phone: text(),
        fax: text(),
        email: text(),
        url: text(),
    }
}

fn in_public(place: &Place) -> String {
    let redacted = redact(place, Audience::Public, &categories(), &districts(), &PrivateNames::default()).unwrap();
    serde_json::to_string(&redacted).unwrap()
}

#[test]
fn an_audience_sees_what_is_meant_for_it_and_for_wider_ones() {
    for meant_for in Audience::ALL {
        let mut place = place_saying("サロン", "salon", Contact::default());
        place.facts.audience = meant_for;
        for reader in Audience::ALL {
            let seen = redact(&place, reader, &categories(), &districts(), &PrivateNames::default()).is_some();
            assert_eq!(seen, meant_for <= reader, "{meant_for:?} {reader:?}");
        }
    }
}

#[test]
fn staff_see_all_and_link_workers_all_but_unknown_columns_and_row_numbers() {
    let place = place_saying("城崎さんの畑", "mentor", private_contact("城崎さん"));
    assert_eq!(
        redact(&place, Audience::Staff, &categories(), &districts(), &PrivateNames::default()).as_ref(),
        Some(&place)
    );
    let mut expected = place.clone();
    expected.facts.extra.clear();
    expected.source.row = 0;
    assert_eq!(
        redact(&place, Audience::LinkWorkers, &categories(), &districts(), &PrivateNames::default()),
        Some(expected)
    );
}

/// Each field of `value` with whether anything of it is there.
fn fields_of(value: &impl serde::Serialize, nothing: &impl serde::Serialize) -> BTreeMap<String, bool> {
    let (value, nothing) = (serde_json::to_value(value).unwrap(), serde_json::to_value(nothing).unwrap());
    let fields = value.as_object().unwrap();
    fields.iter().map(|(field, value)| (field.clone(), nothing.get(field) != Some(value))).collect()
}

/// Fails unless exactly the fields are there that `rule` of the access table does not hide.
fn assert_by_table(record: &str, seen: &BTreeMap<String, bool>, rule: impl Fn(&FieldAccess) -> FieldRule) {
    let rows: Vec<_> = ACCESS_TABLE.iter().flat_map(|table| *table).filter(|row| row.record == record).collect();
    assert!(!rows.is_empty(), "{record}");
    for row in rows {
        let is_seen = seen.get(row.field).copied().unwrap_or(false);
        assert_eq!(is_seen, rule(row) != FieldRule::Hidden, "{record}.{}: {:?}", row.field, rule(row));
    }
}

#[test]
fn of_each_record_an_audience_sees_what_the_access_table_says_and_nothing_else() {
    let contact = Contact {
        person: Some(Person { name: "城崎会".to_owned(), public: true }),
        person_phone: Some("079-662-0000".to_owned()),
        phone: Some("079-662-1111".to_owned()),
        fax: Some("079-662-2222".to_owned()),
        ..private_contact("窓口")
    };
    for (category, is_private) in [("salon", false), ("mentor", true)] {
        let mut place = place_saying("電話", category, contact.clone());
        place.facts.schedule = vec![Schedule { text: "毎週月曜".to_owned() }];
        // Of a private person's place, an interest that is also its name would be the person's.
        place.facts.interests = vec!["家庭菜園".to_owned()];
        place.facts.district_written = Some("大屋".to_owned());
        place.facts.status = Status::Paused;
        place.facts.mode = MeetingMode::Visiting;
        for audience in [Audience::Public, Audience::LinkWorkers] {
            let rule = |row: &FieldAccess| match audience {
                Audience::Public if is_private => row.private_person.unwrap_or(row.public),
                Audience::Public => row.public,
                _ => row.link_workers,
            };
            place.facts.audience = Audience::Public;
            let seen = redact(&place, audience, &categories(), &districts(), &PrivateNames::default()).unwrap();
            let mut facts = fields_of(&seen.facts, &Facts::default());
            facts.insert("audience".to_owned(), true);
            assert_by_table("Facts", &facts, rule);
            assert_by_table("Source", &fields_of(&seen.source, &Source::default()), rule);
            let verification = seen.verification.unwrap();
            assert_by_table("Verification", &fields_of(&verification, &serde_json::json!({})), rule);
            let nothing = serde_json::json!({ "words": "" });
            assert_by_table("AccessAnswer", &fields_of(&seen.facts.access[&AccessFact::Chairs], &nothing), rule);
            if !(is_private && audience == Audience::Public) {
                assert_by_table("Contact", &fields_of(&seen.facts.contact, &Contact::default()), rule);
            }
        }
    }
}

#[test]
fn of_a_link_worker_an_audience_sees_what_the_access_table_says_and_nothing_else() {
    let text = || Some("相談".to_owned());
    let worker = LinkWorker {
        layer: Some(Layer::One),
        role: text(),
        vacant: true,
        person: Some(Person { name: "相談係".to_owned(), public: true }),
        person_kana: text(),
        person_phones: vec!["079-662-0000".to_owned()],
        person_address: Some("八鹿町国木987番地".to_owned()),
        office: text(),
        phone: Some("079-662-1111".to_owned()),
        fax: text(),
        email: text(),
        url: text(),
        address: text(),
        hours: text(),
        ask_for: text(),
        note: text(),
        area: text(),
        serves: vec![ServedArea { written: "大屋".to_owned(), whole: true, town: None }],
        audience: Audience::Public,
        extra: BTreeMap::from([("内部".to_owned(), "相談".to_owned())]),
        source: Source { file: "名簿.csv".to_owned(), row: 7, ..Source::default() },
    };
    for (audience, rule) in [
        (Audience::Public, (|row| row.public) as fn(&FieldAccess) -> FieldRule),
        (Audience::LinkWorkers, |row| row.link_workers),
    ] {
        let seen = redact_link_worker(&worker, audience, &PrivateNames::default()).unwrap();
        let mut fields = fields_of(&seen, &LinkWorker::default());
        fields.insert("audience".to_owned(), true);
        assert_by_table("LinkWorker", &fields, rule);
    }
}

#[test]
fn an_ordinary_place_keeps_what_names_nobody() {
    let contact = Contact {
        person: Some(Person { name: "区長".to_owned(), public: true }),
        office: Some("大屋公民館".to_owned()),
        phone: Some("079-662-0000".to_owned()),
        ..Contact::default()
    };
    let place = place_saying("いきいきサロン", "salon", contact.clone());
    let seen = redact(&place, Audience::Public, &categories(), &districts(), &PrivateNames::default()).unwrap();
    let mut expected = place.clone();
    expected.facts.extra.clear();
    expected.facts.consent = None;
    expected.source =
        Source { list: place.source.list.clone(), licence: place.source.licence.clone(), ..Source::default() };
    // Who confirmed it, and words for how that are not known ones.
    expected.verification.as_mut().unwrap().by = None;
    expected.verification.as_mut().unwrap().how = None;
    assert_eq!(seen, expected);
}

#[test]
fn a_private_name_or_number_is_left_out_however_it_is_written() {
    for words in [
        "城崎花太郎",
        "城崎 花太郎",
        "城崎　花太郎",
        "代表は城崎・花太郎",
        "城崎さんへ",
        "城崎様方",
        "花太郎さん宅",
        "城崎宅",
        "城崎先生の会",
        "電話 090-1234-5678",
        "０９０－１２３４－５６７８",
        "09012345678",
        "090(1234)5678",
        "1234-5678",
        "34-5678",
    ] {
        let seen = in_public(&place_saying(words, "salon", private_contact("")));
        assert!(!seen.contains(words), "{words}: {seen}");
    }
}

#[test]
fn a_family_name_that_is_also_a_place_does_not_take_the_address_away_but_a_sentence() {
    let mut place = place_saying("おしゃべり会", "salon", private_contact(""));
    place.facts.address = Some("養父市城崎12".to_owned());
    place.facts.note = Some("雨の日は城崎まで電話を".to_owned());
    let seen = redact(&place, Audience::Public, &categories(), &districts(), &PrivateNames::default()).unwrap().facts;
    assert_eq!(seen.address, place.facts.address);
    assert_eq!(seen.site, place.facts.site);
    assert_eq!(seen.note, None);
}

#[test]
fn a_place_at_a_private_person_s_home_is_shown_at_its_town_only() {
    let mut place = place_saying("おしゃべり会", "salon", private_contact(""));
    place.facts.venue = Some("城崎宅".to_owned());
    let seen = redact(&place, Audience::Public, &categories(), &districts(), &PrivateNames::default()).unwrap().facts;
    assert_eq!(seen.site, town_centre(&place.facts));
    assert_eq!((seen.venue, seen.address.as_deref()), (None, Some("大屋町加保")));
}

#[test]
fn a_venue_that_is_nothing_but_a_name_is_a_home() {
    for (venue, is_home) in
        [("山田花子", true), ("葛岡 ゑみ", true), ("山田公民館", false), ("大屋ホール", false), ("山田", true)]
    {
        let mut place = place_saying("おしゃべり会", "salon", private_contact(""));
        place.facts.venue = Some(venue.to_owned());
        place.facts.address = Some("大屋町加保12".to_owned());
        let seen =
            redact(&place, Audience::Public, &categories(), &districts(), &PrivateNames::default()).unwrap().facts;
        assert_eq!(seen.address.as_deref(), Some(if is_home { "大屋町加保" } else { "大屋町加保12" }), "{venue}");
        assert_eq!(seen.site == town_centre(&place.facts), is_home, "{venue}");
    }
}

#[test]
fn a_town_that_is_called_like_a_home_is_none() {
    let seen = |town: &str, venue: &str, address: &str| {
        let mut place = place_saying("おしゃべり会", "salon", private_contact(""));
        place.facts.town.as_mut().unwrap().name = town.to_owned();
        (place.facts.venue, place.facts.address) = (Some(venue.to_owned()), Some(address.to_owned()));
        let own = town.rsplit_once('町').map_or(town, |(_, own)| own);
        let everyone = PrivateNames::of_everything(&[], &[], [town, own]);
        let facts = redact(&place, Audience::Public, &categories(), &districts(), &everyone).unwrap().facts;
        facts.venue.is_some() && facts.address.as_deref() == Some(address)
    };
    for (town, venue, address) in [
        ("三宅", "三宅集会所", "養父市三宅"),
        ("上三宅", "上三宅 集会所", "養父市上三宅"),
        ("大屋町東大宅", "公民館", "大屋町東大宅"),
        ("東緒方", "東緒方 会館", "東緒方12番地"),
    ] {
        assert!(seen(town, venue, address), "{town} {venue} {address}");
    }
    for (town, venue, address) in [
        ("上三宅", "上三宅宅", "養父市上三宅"),
        ("三宅", "三宅様方", "養父市三宅1"),
        ("山田", "山田宅", "養父市山田"),
        ("山田", "集いの場", "養父市山田12番地 山田方"),
    ] {
        assert!(!seen(town, venue, address), "{town} {venue} {address}");
    }
}

#[test]
fn mobile_numbers_are_cut_out_of_words_but_an_office_s_number_stays() {
    let mut place =
        place_saying("会", "salon", Contact { phone: Some("079-662-0160".to_owned()), ..Contact::default() });
    place.facts.note = Some("急ぎは 070-9999-8888 へ、普段は079-662-0160、開始 13:30".to_owned());
    let seen = redact(&place, Audience::Public, &categories(), &districts(), &PrivateNames::default()).unwrap().facts;
    assert_eq!(seen.note.as_deref(), Some("急ぎは  へ、普段は079-662-0160、開始 13:30"));
    assert_eq!(seen.contact.phone.as_deref(), Some("079-662-0160"));
    place.facts.contact.phone = Some("080-1111-2222".to_owned());
    assert_eq!(
        redact(&place, Audience::Public, &categories(), &districts(), &PrivateNames::default())
            .unwrap()
            .facts
            .contact
            .phone,
        None
    );
}

#[test]
fn the_mobile_of_a_private_person_in_the_column_of_telephones_is_left_out() {
    let contact = Contact { phone: Some("090-7777-6666".to_owned()), ..private_contact("") };
    assert!(!in_public(&place_saying("会", "salon", contact)).contains("7777"));
}

#[test]
fn a_mobile_in_any_writing_is_cut_out_of_words_and_of_a_private_person_s_telephone_but_the_rest_stays() {
    for mobile in ["+81 90 7777 6666", "090/7777/6666", "90-7777-6666", "〇九〇ー七七七七ー六六六六", "⓪⑨⓪ 7777 6666"]
    {
        let contact = Contact { phone: Some(format!("079-000-0000 / {mobile}")), ..private_contact("") };
        let mut place = place_saying("会", "salon", contact);
        place.facts.note = Some(format!("9:00〜12:00 電話 {mobile}"));
        let seen =
            redact(&place, Audience::Public, &categories(), &districts(), &PrivateNames::default()).unwrap().facts;
        assert_eq!(seen.note.as_deref().map(str::trim), Some("9:00〜12:00 電話"), "{mobile}");
        assert_eq!(seen.contact.phone.as_deref(), Some("079-000-0000"), "{mobile}");
    }
}

#[test]
fn keywords_that_name_somebody_only_together_are_left_out_together() {
    let shown = |keywords: &[&str]| {
        let mut place = place_saying("会", "salon", private_contact(""));
        place.facts.tags = keywords.iter().map(|word| (*word).to_owned()).collect();
        let everyone = PrivateNames::of(&[LinkWorker {
            person: Some(Person { name: "見谷 雪乃".to_owned(), public: false }),
            person_kana: Some("みたに ゆきの".to_owned()),
            ..LinkWorker::default()
        }]);
        redact(&place, Audience::Public, &categories(), &districts(), &everyone).unwrap().facts.tags
    };
    for keywords in [
        &["090", "7777", "6666"][..],
        &["電話090", "7777", "6666"],
        &["会場は090", "3689", "2951です"],
        &["※070", "3689", "2951（要予約）"],
        &["+81", "80", "3689", "2951"],
        &["自宅 079", "661", "0002"],
        &["〇九〇", "三六八九", "二九五一へ"],
        &["見谷", "雪乃"],
        &["担当見谷", "雪乃です"],
        &["mitani", "yukino"],
    ] {
        assert_eq!(shown(keywords), Vec::<String>::new(), "{keywords:?}");
    }
    assert_eq!(shown(&["囲碁", "見谷", "雪乃"]), ["囲碁"]);
    // 城崎 is the family name of the row's own person, and of no town.
    assert_eq!(shown(&["囲碁", "城崎", "花太郎"]), ["囲碁"]);
    for keywords in [
        &["囲碁", "将棋"][..],
        &["体操", "第2", "第4"],
        &["城崎温泉", "囲碁"],
        &["2026", "10", "12"],
        &["見谷", "囲碁"],
    ] {
        assert_eq!(shown(keywords), keywords, "{keywords:?}");
    }
}

#[test]
fn the_family_name_of_the_row_s_own_person_is_left_out_where_it_stands_alone() {
    let seen = |person: &str, venue: &str, towns: &[&'static str]| {
        let person = Some(Person { name: person.to_owned(), public: false });
        let mut place = place_saying("会", "salon", Contact { person, ..Contact::default() });
        place.facts.venue = Some(venue.to_owned());
        place.facts.address = Some("大屋町加保12".to_owned());
        place.facts.interests = vec!["囲碁".to_owned(), venue.to_owned()];
        let everyone = PrivateNames::of_everything(&[], &[], towns.iter().copied());
        let facts = redact(&place, Audience::Public, &categories(), &districts(), &everyone).unwrap().facts;
        (facts.venue.is_some(), facts.address.as_deref() == Some("大屋町加保12"), facts.interests.len() == 2)
    };
    for (person, venue) in [
        ("鴫原久夫", "鴫原"),
        ("鴫原 久夫", "鴫原"),
        ("会長 鴫原久夫", "鴫原さん宅"),
        ("鴫原久夫", "鴫原の離れ"),
        ("山田太郎", "山田"),
        ("毛受千畝", "毛受"),
        ("五百旗頭千畝", "五百旗頭の納屋"),
    ] {
        assert_eq!(seen(person, venue, &[]), (false, false, false), "{person} {venue}");
    }
    for (person, venue, towns) in [
        ("大屋太郎", "大屋公民館", &[][..]),
        ("大屋太郎", "大屋", &["大屋"]),
        ("鴫原久夫", "久原", &[]),
        ("鴫原久夫", "鴫原荘", &[]),
        ("区長", "区民館", &[]),
    ] {
        assert_eq!(seen(person, venue, towns), (true, true, true), "{person} {venue}");
    }
}

#[test]
fn keywords_are_read_a_fixed_number_of_times_each() {
    let reads = |count: usize| {
        let mut place = place_saying("会", "salon", private_contact(""));
        place.facts.tags = (0..count).map(|n| format!("体操{n}の部")).collect();
        let before = redactor::READS.get();
        redact(&place, Audience::Public, &categories(), &districts(), &PrivateNames::default());
        redactor::READS.get() - before
    };
    let (few, many) = (reads(20), reads(40));
    assert!(many - few <= 4 * 20, "20 keywords more are read {} times", many - few);
}

#[test]
fn the_name_of_a_district_names_nobody() {
    for (name, expected) in [
        ("大屋地区（鴫原久夫）", "大屋地区"),
        ("大屋（区長：鴫原）", "大屋"),
        ("大屋地区 区長 山田太郎", "大屋地区"),
        ("大屋地区　鴫原久夫", "大屋地区"),
        ("山田太郎地区", "地区"),
        // Nothing but what looks like a name is the district's own.
        ("新庄徳蔵", "新庄徳蔵"),
        ("新庄 徳蔵", "新庄 徳蔵"),
        ("金山千代", "金山千代"),
        ("大屋", "大屋"),
        ("東部（本村・中組）", "東部（本村・中組）"),
        ("三宅", "三宅"),
        ("第3区（旧大屋町）", "第3区（旧大屋町）"),
        ("山田", "山田"),
        ("上野一郎丸", "上野一郎丸"),
    ] {
        assert_eq!(without_persons_in_name(name), expected);
    }
}

#[test]
fn a_private_person_is_shown_by_category_town_district_and_office() {
    let mut place = place_saying("城崎花太郎農園", "mentor", private_contact("城崎"));
    place.facts.district_written = Some("大屋地区".to_owned());
    place.facts.schedule =
        ["毎月第2・4木曜 13:30〜15:00", "毎月最終日曜", "奇数月の月末", "城崎まで電話", "079-662-1234", "随時"]
            .map(|text| Schedule { text: text.to_owned() })
            .to_vec();
    place.facts.interests = ["家庭菜園", "城崎の畑", "畑12", "城崎"].map(str::to_owned).to_vec();
    insta::assert_json_snapshot!(redact(
        &place,
        Audience::Public,
        &categories(),
        &districts(),
        &PrivateNames::default()
    ));
}

#[test]
fn a_place_of_no_known_category_is_treated_as_a_private_person_s() {
    let seen = in_public(&place_saying("城崎花太郎農園", "gone", Contact::default()));
    assert!(!seen.contains("城崎") && seen.contains("gone（大屋町加保）"), "{seen}");
}

fn words() -> impl Strategy<Value = String> {
    "[ぁ-んァ-ヶ一-龠a-z0-9 、。（）]{0,12}"
}

proptest! {
    #[test]
    fn no_private_name_or_number_is_ever_public(
        before in words(),
        behind in words(),
        named in prop::sample::select(vec!["城崎花太郎", "城崎 花太郎", "城崎　花太郎", "城崎さん", "花太郎先生"]),
        number in prop::sample::select(vec!["090-1234-5678", "09012345678", "０９０ー１２３４ー５６７８"]),
        kind in prop::sample::select(vec!["salon", "mentor", "companion", "gone"]),
    ) {
        for secret in [named, number] {
            let words = format!("{before}{secret}{behind}");
            let seen = in_public(&place_saying(&words, kind, private_contact(&words)));
            prop_assert!(!seen.contains(secret) && !seen.contains(PHONE) && !seen.contains("花太郎"), "{}", seen);
        }
    }

    #[test]
    fn nothing_that_a_list_writes_of_a_private_person_is_public(name in "[ぁ-ん]{0,3}[亀鶴猫犬狐狸]{3,8}[ぁ-ん]{0,3}") {
        let person = Contact { person: Some(Person { name: name.clone(), public: true }), ..private_contact(&name) };
        for kind in ["mentor", "companion"] {
            let seen = in_public(&place_saying(&name, kind, person.clone()));
            prop_assert!(!seen.contains(&name), "{}", seen);
            prop_assert!(!seen.contains("134.71"), "{}", seen);
        }
    }

    /// Who looks for a person is shown at the district, whatever the list has of a 大字.
    #[test]
    fn of_who_looks_for_a_person_not_even_the_town_is_public(
        roles in prop::sample::subsequence(vec![Role::Join, Role::Help, Role::Teach, Role::Company], 0..4),
        district in prop::sample::select(vec!["大屋", "口大屋", "知らない地区", ""]),
    ) {
        let mut place = place_saying("城崎花太郎", "companion", private_contact("城崎花太郎"));
        place.facts.district_written = Some(district.to_owned()).filter(|it| !it.is_empty());
        place.facts.interests = vec!["針金アート".to_owned(), "城崎さんと将棋".to_owned()];
        place.facts.roles = roles;
        let seen = in_public(&place);
        for secret in ["加保", "城崎", "134.7123", "135.3", "access", PHONE] {
            prop_assert!(!seen.contains(secret), "{secret} stands in {seen}");
        }
        prop_assert!(seen.contains("針金アート") && seen.contains("シルバー人材センター"), "{}", seen);
    }
}
