use chrono::NaiveDate;

use super::*;
use crate::import::columns::HeadingTable;
use crate::import::places::phrases::Phrases;
use crate::import::table::TableRecord;
use crate::model::{
    AccessFact, Audience, Category, CategoryId, CategoryTable, City, DistrictTable, Language, MeetingMode, Position,
    Precision, Role, Status,
};

use Field::{
    AcceptsNew, ActivityName, Address, AddressCity, AddressNumber, AddressTown, ClosedDays, ContactOffice, Cost,
    District, EndDate, EndTime, GroupName, Ignored, Interests, Lat, ListId, Lon, Name, Note, Organization, Parking,
    Person, PersonPublic, Phone, PickUp, Roles, Schedule, StartDate, StartTime, Tags, VenueName, VerifiedBy,
    VerifiedHow, VerifiedOn, Weekdays,
};

fn category(id: &str, name: &str, private_persons: bool, words: &[&str]) -> Category {
    Category {
        id: CategoryId(id.to_owned()),
        name: [(Language::Ja, name), (Language::En, id)].into(),
        private_persons,
        words: words.iter().map(|w| (*w).to_owned()).collect(),
        ..Category::default()
    }
}

/// Reads rows under headings that mean `columns`; a heading without a field is one nobody knows.
fn read(columns: &[(&str, Option<Field>)], rows: &[&[&str]]) -> (Vec<ImportedPlace>, Vec<ListProblem>) {
    let table = ListTable {
        heading_row: 1,
        headings: columns.iter().map(|(heading, _)| (*heading).to_owned()).collect(),
        records: rows
            .iter()
            .zip(2..)
            .map(|(cells, row)| TableRecord {
                row,
                cells: cells.iter().map(|c| (*c).to_owned()).collect(),
                filled: Vec::new(),
            })
            .collect(),
        ..ListTable::default()
    };
    let fields: Vec<Option<Field>> = columns.iter().map(|(_, field)| *field).collect();
    let categories = CategoryTable::new(vec![
        category("salon", "サロン・カフェ", false, &["サロン", "喫茶"]),
        category("farm", "個別農業指導", true, &["農業指導"]),
        category("other", "その他", false, &[]),
    ]);
    let known = ImportContext {
        columns: &HeadingTable::default(),
        phrases: &Phrases::built_in(),
        categories: &categories,
        city: &City { name: "養父市".to_owned(), ..City::default() },
        gazetteer: None,
        boundary: None,
        districts: &DistrictTable::default(),
        today: NaiveDate::from_ymd_opt(2026, 11, 22),
    };
    places(&table, &fields, "list.csv", known)
}

/// The only place of one row, and the kinds of its problems with their columns, without those of the whole list.
fn one(cells: &[(&str, Field, &str)]) -> (ImportedPlace, Vec<(ProblemKind, Option<String>)>) {
    let columns: Vec<_> = cells.iter().map(|(heading, field, _)| (*heading, Some(*field))).collect();
    let row: Vec<&str> = cells.iter().map(|(_, _, text)| *text).collect();
    let (mut places, problems) = read(&columns, &[&row]);
    assert_eq!(places.len(), 1, "{problems:?}");
    let problems = problems.into_iter().filter(|p| p.row > 1).map(|p| (p.kind, p.column)).collect();
    (places.remove(0), problems)
}

fn kinds(problems: &[(ProblemKind, Option<String>)]) -> Vec<ProblemKind> {
    problems.iter().map(|(kind, _)| *kind).collect()
}

#[test]
fn what_is_true_of_many_rows_of_a_column_is_one_notice_with_their_count() {
    let columns = [("名称", Some(Name)), ("経度", Some(Lon)), ("緯度", Some(Lat))];
    let rows = [
        ["甲の会", "134,771,200", "35,400,000"],
        ["乙の会", "134,771,300", "35,400,100"],
        ["丙の会", "134.771", "35.401"],
    ];
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    let (_, problems) = read(&columns, &rows);
    let notices: Vec<_> =
        problems.iter().filter(|p| p.row > 1).map(|p| (p.row, p.kind, p.message(Language::Ja))).collect();
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert!(notices[0].1 == ProblemKind::RepairedCoordinates && notices[0].2.contains("2 行"), "{notices:?}");
}

#[test]
fn problems_name_the_heading_as_it_stands_in_the_file() {
    let (_, problems) = one(&[("名称", Name, "大谷サロン"), ("経 度", Lon, "x"), ("ｲﾄﾞ", Lat, "35.4")]);
    assert_eq!(problems, [(ProblemKind::NotANumber, Some("経 度".to_owned()))]);
}

#[test]
fn the_activity_names_the_place_before_the_group_and_the_group_before_the_hall() {
    let cells = [
        ("施設名", VenueName, "八鹿公民館"),
        ("団体名", GroupName, "八鹿いきいき会"),
        ("活動名", ActivityName, "朝の体操"),
    ];
    let facts = one(&cells).0.facts;
    assert_eq!((&*facts.name, facts.organization.as_deref()), ("朝の体操", Some("八鹿いきいき会")));
    assert_eq!(facts.venue.as_deref(), Some("八鹿公民館"));
    let facts = one(&cells[..2]).0.facts;
    assert_eq!(
        (&*facts.name, facts.organization, facts.venue.as_deref()),
        ("八鹿いきいき会", None, Some("八鹿公民館"))
    );
    let facts = one(&cells[..1]).0.facts;
    assert_eq!((&*facts.name, facts.venue), ("八鹿公民館", None));
    let facts =
        one(&[("名称", Name, "八鹿\n公民館"), ("団体名", GroupName, "養父市"), ("運営", Organization, "協議会")])
            .0
            .facts;
    assert_eq!((&*facts.name, facts.organization.as_deref()), ("八鹿 公民館", Some("養父市、協議会")));
}

#[test]
fn a_row_without_a_name_is_an_error_and_no_place() {
    let columns = [("名称", Some(Name)), ("住所", Some(Address)), ("経度", Some(Lon))];
    let (places, problems) = read(&columns, &[&["", "八鹿町八鹿1675", "x"], &["なし", "大屋町加保7", ""]]);
    assert!(places.is_empty());
    let errors: Vec<_> = problems.iter().filter(|p| p.row > 1).map(|p| (p.row, p.kind, p.column.as_deref())).collect();
    assert_eq!(errors, [(2, ProblemKind::MissingName, Some("名称")), (3, ProblemKind::MissingName, Some("名称"))]);
}

#[test]
fn a_private_person_without_a_name_of_the_place_is_named_after_what_they_do() {
    let cells = [("分類", Field::Category, "農業指導"), ("氏名", Person, "山田太郎"), ("地区", District, "大屋")];
    let facts = one(&cells).0.facts;
    assert_eq!(facts.name, "個別農業指導（大屋）");
    assert_eq!(facts.contact.person.map(|p| (p.name, p.public)), Some(("山田太郎".to_owned(), false)));
}

#[test]
fn weekdays_hours_and_remarks_become_one_text() {
    use ProblemKind::{BadDate, BadTime, EndBeforeStart};
    let text = |cells: &[(&str, Field, &str)]| {
        let mut all = vec![("名称", Name, "大谷サロン")];
        all.extend_from_slice(cells);
        let (place, problems) = one(&all);
        let texts: Vec<String> = place.facts.schedule.into_iter().map(|s| s.text).collect();
        let bad = kinds(&problems).into_iter().filter(|k| matches!(k, BadTime | BadDate | EndBeforeStart)).count();
        (texts.join(" | "), bad)
    };
    let (days, start, end) = ("利用可能曜日", "開始時間", "終了時間");
    for (cells, expected, bad) in [
        (
            &[
                (days, Weekdays, "月火水木金"),
                (start, StartTime, "8：30"),
                (end, EndTime, "17:00"),
                ("特記", Schedule, "祝日・年末年始は休み"),
            ][..],
            "月火水木金 8:30〜17:00（祝日・年末年始は休み）",
            0,
        ),
        (
            &[
                (days, Weekdays, "月・水"),
                (start, StartTime, "0.375"),
                (end, EndTime, "24:00"),
                ("定休日", ClosedDays, "水曜"),
            ],
            "月・水 9:00〜24:00（定休日: 水曜）",
            0,
        ),
        (&[(start, StartTime, "900"), (end, EndTime, "日没")], "9:00〜日没", 1),
        (&[(start, StartTime, "13時半")], "13:30〜", 0),
        (&[(start, StartTime, "なし"), (end, EndTime, "なし"), ("定休日", ClosedDays, "なし")], "定休日: なし", 0),
        (&[(start, StartTime, "終日")], "終日", 0),
        (&[(start, StartTime, "9:00〜12:00")], "9:00〜12:00", 0),
        (&[(start, StartTime, "随時")], "随時", 1),
        (&[(start, StartTime, "15:00"), (end, EndTime, "13:00")], "15:00〜13:00", 1),
        (&[(start, StartTime, "22:00"), (end, EndTime, "2:00")], "22:00〜2:00", 0),
        (&[("開催日時", Schedule, "毎月第2・4木曜 13時半〜")], "毎月第2・4木曜 13時半〜", 0),
        (&[(days, Weekdays, "木"), ("時間", Schedule, "13:30～15:00")], "木 13:30～15:00", 0),
        (
            &[("開催日", Schedule, "第2・4木曜"), (start, StartTime, "13:30"), ("特記", Schedule, "8月は休み")],
            "第2・4木曜 13:30〜（8月は休み）",
            0,
        ),
        (&[("頻度", Schedule, "月2回程度"), ("備考", Schedule, "月曜休館")], "月2回程度 | 月曜休館", 0),
        (
            &[("開催日", Schedule, "毎月第2木曜"), ("時間", Schedule, "13:30〜15:00"), ("定休日", ClosedDays, "祝日")],
            "毎月第2木曜 13:30〜15:00（定休日: 祝日）",
            0,
        ),
        (
            &[
                ("開始日", StartDate, "2026-12-20"),
                ("終了日", EndDate, "2026-12-20"),
                (start, StartTime, "10:00"),
                (end, EndTime, "12:00"),
            ],
            "2026-12-20 10:00〜12:00",
            0,
        ),
        (
            &[("開始日", StartDate, "令和8年12月20日"), ("終了日", EndDate, "令和9年1月10日")],
            "令和8年12月20日〜令和9年1月10日",
            0,
        ),
        (&[("開始日", StartDate, "2026/2/30")], "2026/2/30", 1),
        (&[("開始日", StartDate, "未定")], "未定", 0),
        (
            &[
                ("午前", StartTime, "9:00"),
                ("午後", StartTime, "13:00"),
                ("午前終", EndTime, "12:00"),
                ("午後終", EndTime, "17:00"),
            ],
            "9:00〜12:00、13:00〜17:00",
            0,
        ),
    ] {
        assert_eq!(text(cells), (expected.to_owned(), bad));
    }
}

#[test]
fn a_confirmation_is_taken_with_its_companions_and_never_from_the_future() {
    let cells = [
        ("名称", Name, "大谷サロン"),
        ("確認日", VerifiedOn, "令和8年4月1日"),
        ("確認者", VerifiedBy, "社協"),
        ("確認方法", VerifiedHow, "電話"),
        ("新規受入", AcceptsNew, "不可"),
    ];
    let (place, _) = one(&cells);
    let verification = place.verification.unwrap();
    assert_eq!(verification.on, NaiveDate::from_ymd_opt(2026, 4, 1).unwrap());
    assert_eq!((verification.by.as_deref(), verification.how.as_deref()), (Some("社協"), Some("電話")));
    assert_eq!(verification.accepts_new, Some(false));
    assert_eq!(place.facts.access.get(&AccessFact::Full).map(|k| k.yes), Some(true));
    for text in ["2026-11-23", "済", "2026/2/30"] {
        let (place, problems) = one(&[("名称", Name, "大谷サロン"), ("確認日", VerifiedOn, text)]);
        assert_eq!(place.verification, None, "{text}");
        assert!(kinds(&problems).contains(&ProblemKind::BadDate), "{text}");
        assert_eq!(place.facts.extra.get("確認日").map(String::as_str), Some(text));
    }
}

#[test]
fn who_may_see_a_place_is_decided_by_its_strictest_column() {
    let audience = |first, second| {
        let cells =
            [("名称", Name, "大谷サロン"), ("掲載可否", Field::Audience, first), ("公開", Field::Audience, second)];
        let (place, problems) = one(&cells);
        (place.facts.audience, kinds(&problems).into_iter().find(|k| *k != ProblemKind::MissingCoordinates))
    };
    assert_eq!(audience("○", "○"), (Audience::Public, None));
    assert_eq!(audience("○", "支援者のみ"), (Audience::LinkWorkers, None));
    assert_eq!(audience("×", "○"), (Audience::Staff, None));
    assert_eq!(audience("○", ""), (Audience::Staff, Some(ProblemKind::BlankAudience)));
    assert_eq!(audience("HPのみ不可", "○"), (Audience::Staff, Some(ProblemKind::UnclearAudience)));
}

#[test]
fn a_list_that_does_not_say_who_may_see_it_is_public_with_one_notice() {
    let (places, problems) = read(&[("名称", Some(Name))], &[&["大谷サロン"], &["森カフェ"]]);
    assert!(places.iter().all(|p| p.facts.audience == Audience::Public));
    let notices: Vec<_> = problems.iter().filter(|p| p.row == 1).map(|p| (p.kind, p.column.clone())).collect();
    assert_eq!(notices, [(ProblemKind::NoCategoryColumn, None), (ProblemKind::NoAudienceColumn, None)]);
}

#[test]
fn persons_and_their_numbers_are_kept_apart_from_offices() {
    for (cells, person, person_phone, office, phone) in [
        (
            &[("代表者", Person, "山田太郎"), ("電話", Phone, "079-662-0160")][..],
            Some(("山田太郎", false)),
            None,
            None,
            Some("079-662-0160"),
        ),
        (&[("代表者", Person, "会長")], Some(("会長", true)), None, None, None),
        (&[("代表者", Person, "会長 山田太郎")], Some(("会長 山田太郎", false)), None, None, None),
        (&[("代表者", Person, "山田 079-662-0160")], Some(("山田", false)), Some("079-662-0160"), None, None),
        (&[("代表者（公開）", PersonPublic, "山田太郎")], Some(("山田太郎", true)), None, None, None),
        (
            &[("連絡先", ContactOffice, "山田花子 090-1234-5678")],
            Some(("山田花子", false)),
            Some("090-1234-5678"),
            None,
            None,
        ),
        (
            &[("連絡先", ContactOffice, "社会福祉協議会 079-662-0160")],
            None,
            None,
            Some("社会福祉協議会"),
            Some("079-662-0160"),
        ),
        (&[("連絡先", ContactOffice, "山田 079-662-0160")], Some(("山田", false)), Some("079-662-0160"), None, None),
        (
            &[("連絡先", ContactOffice, "健康課 鈴木 079-662-0160")],
            Some(("鈴木", false)),
            None,
            Some("健康課"),
            Some("079-662-0160"),
        ),
        (&[("連絡先", ContactOffice, "079-662-0160")], None, None, None, Some("079-662-0160")),
        (&[("連絡先", ContactOffice, "大谷サロン")], None, None, Some("大谷サロン"), None),
        (&[("電話", Phone, "090-1234-5678")], None, Some("090-1234-5678"), None, None),
        (&[("電話", Phone, "079-662-0160 / 090-1234-5678")], None, Some("090-1234-5678"), None, Some("079-662-0160")),
        (
            &[("電話", Phone, "079-662-0160（平日の日中に限る）")],
            None,
            None,
            None,
            Some("079-662-0160（平日の日中に限る）"),
        ),
        (&[("電話", Phone, "山田 079-662-0160")], Some(("山田", false)), Some("079-662-0160"), None, None),
        (&[("電話", Phone, "662-0160")], None, None, None, Some("662-0160")),
        (&[("電話", Phone, "796620160")], None, None, None, Some("0796620160")),
        (&[("電話", Phone, "なし")], None, None, None, None),
        (&[("電話", Phone, "5.22001E+12")], None, None, None, None),
    ] {
        let mut all = vec![("名称", Name, "大谷サロン")];
        all.extend_from_slice(cells);
        let contact = one(&all).0.facts.contact;
        let found = contact.person.as_ref().map(|p| (&*p.name, p.public));
        assert_eq!(found, person, "{cells:?}");
        assert_eq!(contact.person_phone.as_deref(), person_phone, "{cells:?}");
        assert_eq!(contact.office.as_deref(), office, "{cells:?}");
        assert_eq!(contact.phone.as_deref(), phone, "{cells:?}");
    }
}

#[test]
fn a_contact_that_may_be_a_person_is_said_to_be_kept_private() {
    let (_, problems) = one(&[("名称", Name, "大谷サロン"), ("連絡先", ContactOffice, "オンディーナ")]);
    assert!(problems.contains(&(ProblemKind::PersonKeptPrivate, Some("連絡先".to_owned()))));
}

#[test]
fn what_excel_made_of_a_value_is_reported_in_every_column_that_is_used_and_never_used() {
    let cells = [
        ("名称", Name, "大谷サロン"),
        ("法人番号", Ignored, "5.22001E+12"),
        ("電話", Phone, "796620160"),
        ("番地", AddressNumber, "1月2日"),
    ];
    let (place, problems) = one(&cells);
    let columns: Vec<_> =
        problems.into_iter().filter(|(kind, _)| *kind == ProblemKind::ExcelDamage).map(|(_, c)| c.unwrap()).collect();
    assert_eq!(columns, ["番地", "電話"], "a column that is not used has nothing to fix");
    assert_eq!(place.facts.address, None);
}

#[test]
fn the_parts_of_an_address_are_joined() {
    let address = |cells: &[(&str, Field, &str)]| {
        let mut all = vec![("名称", Name, "大谷サロン")];
        all.extend_from_slice(cells);
        one(&all).0.facts.address
    };
    let parts = [("市", AddressCity, "養父市"), ("町字", AddressTown, "八鹿町八鹿"), ("番地", AddressNumber, "1675")];
    assert_eq!(address(&parts).as_deref(), Some("養父市八鹿町八鹿1675"));
    assert_eq!(address(&parts[..1]), None);
    assert_eq!(address(&[("市", AddressCity, "養父市大屋町加保7")]).as_deref(), Some("養父市大屋町加保7"));
    let whole = [("住所", Address, "兵庫県養父市八鹿町八鹿1675"), ("方書", Field::AddressBuilding, "3階")];
    assert_eq!(address(&whole).as_deref(), Some("兵庫県養父市八鹿町八鹿1675 3階"));
    assert_eq!(
        address(&[("住所", Address, "八鹿1675"), ("市", AddressCity, "養父市")]).as_deref(),
        Some("養父市八鹿1675")
    );
}

#[test]
fn lasting_ids_are_kept_and_doubtful_ones_are_not() {
    let ids = |texts: &[&str]| {
        let rows: Vec<Vec<&str>> = texts.iter().map(|id| vec!["大谷サロン", *id]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let (places, problems) = read(&[("名称", Some(Name)), ("ID", Some(ListId))], &rows);
        let doubtful = problems.iter().filter(|p| p.kind == ProblemKind::DoubtfulId).count();
        (places.into_iter().map(|p| p.source.list_id.unwrap_or_default()).collect::<Vec<_>>().join(" "), doubtful)
    };
    assert_eq!(ids(&["A1", "A7", "A3"]), ("A1 A7 A3".to_owned(), 0));
    assert_eq!(ids(&["1", "2", "3"]), ("  ".to_owned(), 0));
    assert_eq!(ids(&["A1", "A1", "", "A2"]), ("   A2".to_owned(), 3));
    assert_eq!(ids(&["", "", ""]), ("  ".to_owned(), 0));
}

#[test]
fn a_category_is_found_by_its_words_or_goes_to_the_last_with_a_warning() {
    let category = |text| {
        let (place, problems) = one(&[("名称", Name, "大谷の集い"), ("分類", Field::Category, text)]);
        (place.facts.category.0, kinds(&problems).contains(&ProblemKind::UnknownCategory))
    };
    assert_eq!(category("ふれあい喫茶"), ("salon".to_owned(), false));
    assert_eq!(category("移動販売"), ("other".to_owned(), true));
    assert_eq!(category(""), ("other".to_owned(), false));
    assert_eq!(one(&[("名称", Name, "大谷サロン")]).0.facts.category.0, "salon");
}

#[test]
fn remarks_become_facts_and_columns_of_their_own_win_over_them() {
    let (place, _) = one(&[
        ("名称", Name, "大谷サロン"),
        ("備考", Note, "椅子あり。送迎なし。ボランティア募集。現在休止中"),
        ("送迎", PickUp, "○"),
        ("駐車場", Parking, "要相談"),
        ("費用", Cost, "100円"),
        ("活動内容", Tags, "体操・茶話会"),
        ("参加", Roles, "参加・教える"),
    ]);
    let facts = place.facts;
    let yes = |fact| facts.access.get(&fact).map(|k: &crate::model::AccessAnswer| (k.yes, &*k.words));
    assert_eq!(yes(AccessFact::Chairs), Some((true, "椅子あり")));
    assert_eq!(yes(AccessFact::PickUp), Some((true, "○")));
    assert_eq!(yes(AccessFact::Parking), None);
    assert_eq!(yes(AccessFact::FreeOfCharge), Some((false, "100円")));
    assert!(facts.note.unwrap().ends_with("\n駐車場: 要相談"));
    assert_eq!((facts.status, facts.mode), (Status::Paused, MeetingMode::AtPlace));
    assert_eq!(
        (facts.roles, facts.tags),
        (vec![Role::Join, Role::Help, Role::Teach], vec!["体操".to_owned(), "茶話会".to_owned()])
    );
}

#[test]
fn a_list_of_keywords_is_not_split_within_a_telephone_number() {
    for whole in [
        "会場は090/1234/5678です",
        "会場は090、1234、5678です",
        "080・1234・5678",
        "070,1234,5678（夜）",
        "〇九〇、一二三四、五六七八",
        "+81/90/1234/5678",
    ] {
        let (place, _) = one(&[("名称", Name, "大谷サロン"), ("活動内容", Tags, whole), ("興味", Interests, whole)]);
        assert_eq!((place.facts.tags, place.facts.interests), (vec![whole.to_owned()], vec![whole.to_owned()]));
    }
    for (list, count) in [("体操、電話 079-660-0001", 2), ("体操/090-1234-5678/囲碁", 3), ("10:00、12:00、300円", 3)]
    {
        let (place, _) = one(&[("名称", Name, "大谷サロン"), ("活動内容", Tags, list)]);
        assert_eq!(place.facts.tags.len(), count, "{list}");
    }
}

#[test]
fn columns_nobody_knows_are_kept_word_for_word_and_ignored_ones_are_not() {
    let columns = [("名称", Some(Name)), ("鍵の場所", None), ("鍵の場所", None), ("都道府県コード", Some(Ignored))];
    let (places, _) = read(&columns, &[&["大谷サロン", " 玄関の\n右 ", "なし", "28"]]);
    let extra: Vec<_> = places[0].facts.extra.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(extra, [("鍵の場所", " 玄関の\n右 "), ("鍵の場所 (2)", "なし")]);
}

#[test]
fn a_long_list_is_read_in_time_that_grows_with_its_length() {
    let row = [
        "大谷サロン",
        "月火水木金",
        "9:00",
        "12:00",
        "椅子あり。送迎はありません。初めての方も歓迎します。",
        "社会福祉協議会 079-662-0160",
    ];
    let columns = [
        ("名称", Some(Name)),
        ("曜日", Some(Weekdays)),
        ("開始", Some(StartTime)),
        ("終了", Some(EndTime)),
        ("備考", Some(Note)),
        ("連絡先", Some(ContactOffice)),
    ];
    let rows: Vec<&[&str]> = vec![&row; 6_000];
    assert_eq!(read(&columns, &rows).0.len(), 6_000);
}

#[path = "meanings/tests.rs"]
mod meanings;

#[path = "coordinates/tests.rs"]
mod positions;
