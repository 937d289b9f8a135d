//! Lists that were once misread, each as the smallest text that shows it.

mod lists;
mod persons;
mod unnamed_columns;

use crate::bare_city::BareCity;
use std::sync::Arc;

use chrono::NaiveDate;
use tsunagari::find::{Finder, Wish};
use tsunagari::import::{ImportedFile, ImportedPlace, ListProblem, ProblemKind};
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{
    AccessFact, Audience, Category, CategoryId, CategoryTable, City, Contact, DistrictTable, Facts, Interest, Person,
    Place, PlaceId, Source, Thesaurus,
};
use tsunagari::privacy::{PrivateNames, redact};

fn category(id: &str, name: &str, private_persons: bool) -> Category {
    Category { id: CategoryId(id.to_owned()), name: name.into(), private_persons, ..Category::default() }
}

fn categories() -> CategoryTable {
    CategoryTable::new(vec![
        category("salon", "サロン", false),
        category("farm-mentor", "農業指導", true),
        category("other", "その他", false),
    ])
}

/// Reads `bytes` as a city without any data of its own would.
fn import(bytes: &[u8]) -> ImportedFile<ImportedPlace> {
    BareCity { categories: categories(), ..BareCity::default() }.read(bytes, "list.csv")
}

/// The places of `text`, in order.
fn places(text: &str) -> Vec<Facts> {
    import(text.as_bytes()).sheets.into_iter().flat_map(|sheet| sheet.entries).map(|place| place.facts).collect()
}

/// What everybody sees of the places of `text`, in order.
fn public(text: &str) -> Vec<Facts> {
    let sheets = import(text.as_bytes()).sheets;
    let places = sheets.into_iter().flat_map(|sheet| sheet.entries).enumerate().map(|(n, place)| Place {
        id: PlaceId(format!("p{n}")),
        facts: place.facts,
        source: place.source,
        verification: place.verification,
    });
    let places: Vec<Place> = places.collect();
    let everyone = PrivateNames::of_everything(&places, &[], ["養父市"]);
    let see = |p| redact(p, Audience::Public, &categories(), &DistrictTable::default(), &everyone);
    places.iter().filter_map(see).map(|place| place.facts).collect()
}

fn names(text: &str) -> Vec<String> {
    places(text).into_iter().map(|facts| facts.name).collect()
}

/// The problems of `kind` in `text`.
fn problems(text: &str, kind: ProblemKind) -> Vec<ListProblem> {
    let sheets = import(text.as_bytes()).sheets;
    sheets.into_iter().flat_map(|sheet| sheet.problems).filter(|problem| problem.kind == kind).collect()
}

#[test]
fn a_heading_of_lost_letters_alone_is_refused_for_the_letters() {
    for text in ["\u{FFFD}\u{FFFD}A\u{FFFD},\u{FFFD}Z\nA会,養父市\n", "\u{FFFD}T\u{FFFD}\u{FFFD},住所\n茶の間,養父市\n"]
    {
        let refused = import(text.as_bytes()).refused.map(|problem| problem.kind);
        assert_eq!(refused, Some(ProblemKind::LostCharacters), "{text}");
    }
}

#[test]
fn what_a_farming_mentor_can_teach_is_what_one_needs_to_like() {
    let places = places("区分,氏名,教えられること,指導できる曜日\n農業指導,見本太郎,トマト・なす,土日\n");
    assert_eq!(places[0].interests, ["トマト", "なす"]);
    assert_eq!(places[0].schedule[0].text, "土日");
}

#[test]
fn tables_beside_each_other_are_read_one_after_the_other() {
    let text = "サロン名,会場,曜日,,サロン名,会場,曜日\nA会,八鹿公民館,月,,D会,広谷公民館,木\nB会,伊佐公民館,火,,,,\n";
    assert_eq!(names(text), ["A会", "B会", "D会"]);
    let places = places(text);
    assert_eq!(places[2].venue.as_deref(), Some("広谷公民館"));
    assert_eq!(places[0].schedule[0].text, "月");
}

#[test]
fn a_house_number_beside_the_address_is_neither_lost_nor_read_from_a_date() {
    let text = "名称,住所,番地\nA会,養父市広谷,1675\nB会,養父市広谷,1月2日\nC会,養父市広谷12,12\n";
    let addresses: Vec<_> = places(text).into_iter().filter_map(|facts| facts.address).collect();
    assert_eq!(addresses, ["養父市広谷1675", "養父市広谷", "養父市広谷12"]);
    assert_eq!(problems(text, ProblemKind::ExcelDamage).iter().map(|p| p.row).collect::<Vec<_>>(), [3]);
}

#[test]
fn a_column_called_name_of_anything_names_the_row_before_its_building_does() {
    assert_eq!(names("資源の名称,場所,電話\n移動スーパー,各地区を巡回,079-000-0000\n"), ["移動スーパー"]);
    assert_eq!(names("見守り協力店の名称,場所,電話\n見本商店,駅前,079-000-0000\n"), ["見本商店"]);
}

#[test]
fn an_advice_desk_in_the_first_column_is_named_before_its_building() {
    let text = "相談窓口,相談内容,相談日・時間,場所,電話\n法律相談,法律,毎月第1金曜,市役所,079-000-0001\n";
    let places = places(text);
    assert_eq!((places[0].name.as_str(), places[0].venue.as_deref()), ("法律相談", Some("市役所")));
    assert_eq!(places[0].schedule[0].text, "毎月第1金曜");
    // Behind the building it is whom to ask.
    assert_eq!(names("施設名,住所,相談窓口\n八鹿公民館,養父市,社会教育課\n"), ["八鹿公民館"]);
}

#[test]
fn remarks_below_the_rows_are_no_places() {
    let text = "名称,会場,日時\nA会,公民館,月\n問い合わせ：社会福祉協議会 079-000-0000,,\n作成：養父市,,\n・C会は準備中です,,\n開催日は変わることがあります。,,\n";
    assert_eq!(names(text), ["A会"]);
}

#[test]
fn an_extension_behind_a_number_and_its_brackets_are_kept_apart() {
    let places = places("名称,電話番号,連絡先\nA会,079-662-1234（内線12）,\nB会,,社会福祉協議会（079-662-2222）\n");
    assert_eq!(places[0].contact.phone.as_deref(), Some("079-662-1234 内線 12"));
    assert_eq!(places[1].contact.phone.as_deref(), Some("079-662-2222"));
}

#[test]
fn more_ways_to_say_as_above() {
    let places = places("名称,会場\nA会,八鹿公民館\nB会,同じ\nC会,′′\nD会,〟\nE会,同\n");
    assert!(places.iter().all(|facts| facts.venue.as_deref() == Some("八鹿公民館")), "{places:?}");
}

#[test]
fn more_ways_to_say_who_may_see_a_place() {
    let places = places("名称,HP掲載可否\nA会,OK\nB会,NG\nC会,◯（支援者のみ）\nD会,不可（本人希望）\n");
    let audiences: Vec<_> = places.iter().map(|facts| facts.audience).collect();
    assert_eq!(audiences, [Audience::Public, Audience::Staff, Audience::LinkWorkers, Audience::Staff]);
}

#[test]
fn a_number_under_a_heading_with_its_unit_keeps_the_unit() {
    let places = places("名称,参加費（円）,定員（名）\nA会,100,20\nB会,無料,約15\n");
    assert_eq!((places[0].cost.as_deref(), places[0].capacity.as_deref()), (Some("100円"), Some("20名")));
    assert_eq!((places[1].cost.as_deref(), places[1].capacity.as_deref()), (Some("無料"), Some("約15")));
}

#[test]
fn a_name_lost_in_one_row_of_many_does_not_refuse_the_file() {
    let rows = (0..30).map(|n| format!("サロン{n},養父市")).collect::<Vec<_>>().join("\n");
    let import = import(format!("名称,住所\n{rows}\n茶\u{FFFD}の間,養父市\n").as_bytes());
    assert!(import.refused.is_none());
    assert_eq!(import.sheets[0].entries.len(), 31);
}

#[test]
fn a_family_name_before_made_is_a_name() {
    let public = public("名称,会場,開催日時,代表者\nA会,公民館,毎週月曜（鈴木まで連絡）,鈴木次郎\n");
    let schedule: Vec<&str> = public[0].schedule.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(schedule, ["毎週月曜"]);
}

#[test]
fn what_a_private_person_teaches_stays_public_where_the_name_was_made_of_it() {
    let public = public("区分,氏名,教えられること,住所\n農業指導,見本太郎,トマト・なす,養父市広谷1\n");
    assert_eq!(public[0].interests, ["トマト", "なす"]);
    assert_eq!(public[0].name, "農業指導");
}

#[test]
fn a_name_in_a_column_of_persons_telephones_is_a_secret_everywhere() {
    let text =
        "団体名,代表者・連絡先,会場\nA会,佐藤一美・田中二美,佐藤一美宅\nB会,高橋三美(090-1234-5678),高橋三美宅\n";
    let places = places(text);
    assert_eq!(places[1].contact.person_phone.as_deref(), Some("090-1234-5678"));
    let shown = format!("{:?}", public(text));
    assert!(["佐藤", "田中", "高橋", "5678"].iter().all(|secret| !shown.contains(secret)), "{shown}");
}

#[test]
fn an_organizer_that_may_be_a_person_is_not_public() {
    let text =
        "名称,問い合わせ,主催者\nA会,民生委員 佐藤一美,佐藤一美\nB会,社協,養父市社会福祉協議会\nC会,社協,加保区\n";
    let shown = public(text);
    assert!(!format!("{shown:?}").contains("佐藤"), "{shown:?}");
    assert_eq!(shown[1].organization.as_deref(), Some("養父市社会福祉協議会"));
    assert_eq!(shown[2].organization.as_deref(), Some("加保区"));
}

#[test]
fn a_name_with_its_reading_in_one_column_is_the_name_and_its_reading() {
    let places = places("団体名(ふりがな),代表者 役職,代表者 氏名\nひまわり会(ひまわりかい),会長,山田太郎\n");
    assert_eq!((places[0].name.as_str(), places[0].kana.as_deref()), ("ひまわり会", Some("ひまわりかい")));
}

#[test]
fn negations_behind_a_fact_turn_it_round() {
    let fact = |note: &str, fact| places(&format!("名称,備考\nA会,{note}\n"))[0].access.get(&fact).map(|k| k.yes);
    assert_eq!(fact("定員に達していません", AccessFact::Full), Some(false));
    assert_eq!(fact("今は募集していない", AccessFact::Full), Some(true));
    assert_eq!(fact("予約しなくても大丈夫", AccessFact::BookingNeeded), Some(false));
    assert_eq!(fact("車椅子の方はご遠慮ください", AccessFact::Wheelchair), Some(false));
    assert_eq!(fact("一人では参加できません", AccessFact::AloneWelcome), Some(false));
}

#[test]
fn a_heading_over_three_lines_is_a_heading() {
    use rust_xlsxwriter::{Format, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    for (top, left, bottom, right, text) in [
        (0, 0, 2, 0, "名称"),
        (0, 1, 0, 3, "活動"),
        (1, 1, 2, 1, "曜日"),
        (1, 2, 1, 3, "時間"),
        (0, 4, 0, 6, "連絡先"),
        (1, 4, 2, 4, "氏名"),
        (1, 5, 1, 6, "電話"),
    ] {
        sheet.merge_range(top, left, bottom, right, text, &plain).unwrap();
    }
    for (column, text) in [(2, "開始"), (3, "終了"), (5, "固定"), (6, "携帯")] {
        sheet.write(2, column, text).unwrap();
    }
    let row = ["A会", "月", "10:00", "11:30", "山田太郎", "079-662-0001", "090-1111-2222"];
    sheet.write_row(3, 0, row).unwrap();
    let import = import(&workbook.save_to_buffer().unwrap());
    let [place] = import.sheets[0].entries.as_slice() else { panic!("{import:?}") };
    assert_eq!((import.sheets[0].heading_row, place.facts.name.as_str()), (3, "A会"));
    assert_eq!(place.facts.schedule[0].text, "月 10:00〜11:30");
    let contact = &place.facts.contact;
    assert_eq!(contact.phone.as_deref(), Some("079-662-0001"));
    assert_eq!(contact.person_phone.as_deref(), Some("090-1111-2222"));
}

#[test]
fn headings_of_several_words_for_when_are_the_schedule() {
    let places = places("サロン名,活動曜日・頻度,活動時間\nA会,毎週水曜日,13:30～15:00\n");
    assert_eq!(places[0].schedule[0].text, "毎週水曜日 13:30～15:00");
}

#[test]
fn a_list_of_advice_is_named_by_the_kind_of_advice() {
    let places =
        places("相談の種類,内容,日時,会場,申込・問合せ\n行政相談,国への要望,第2水曜,市役所,総務課 079-662-3161\n");
    assert_eq!((places[0].name.as_str(), places[0].venue.as_deref()), ("行政相談", Some("市役所")));
    assert_eq!(places[0].contact.phone.as_deref(), Some("079-662-3161"));
}

/// What stands in a wish is a person's: an error names the field and what would do, never what was there.
#[test]
fn an_error_about_a_wish_repeats_nothing_of_it() {
    for wish in [
        r#"{"likes": "秘密の願い"}"#,
        r#"{"travel": ["秘密の願い"]}"#,
        r#"{"from": {"position": [35.123, 134.123]}}"#,
        r#"{"free": [{"秘密の願い": 1}]}"#,
        r#"{"gender": "秘密の願い expected 秘密の願い"}"#,
        r#"{"at": "秘密の願い"}"#,
    ] {
        let error = Wish::read(wish.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with("field `"), "{error}");
        for word in ["秘密", "123"] {
            assert!(!error.contains(word), "{error}");
        }
    }
}

/// The category of a place may be taken out of the table later; nobody can then say that it is not a private person's.
#[test]
fn a_place_whose_category_is_gone_is_found_without_the_person() {
    let person = Person { name: "見本 太郎".to_owned(), public: false };
    let facts = Facts {
        name: "見本 太郎の畑".to_owned(),
        category: CategoryId("gone".to_owned()),
        contact: Contact { person: Some(person), person_phone: Some("090-0000-0000".to_owned()), ..Contact::default() },
        ..Facts::default()
    };
    let source = Source { list: "畑".to_owned(), ..Source::default() };
    let place = Place { id: PlaceId("aaaaaaaaaa".to_owned()), facts, source, verification: None };
    let city = City { office: "見本市役所".to_owned(), ..City::default() };
    let everything = SnapshotInput { places: vec![place], categories: categories(), city, ..SnapshotInput::default() };
    let snapshot = Arc::new(Snapshot::build(&everything, Audience::LinkWorkers));
    let finder = Finder::new(snapshot, Arc::new(Thesaurus::default()));
    let now = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(10, 0, 0).unwrap();
    let answer = serde_json::to_string(&finder.find(&Wish::read(b"{}").unwrap(), now).unwrap()).unwrap();
    assert!(answer.contains("aaaaaaaaaa") && answer.contains("見本市役所"), "{answer}");
    assert!(!answer.contains("太郎") && !answer.contains("090"), "{answer}");
}

#[test]
fn a_remark_behind_the_heading_of_a_section_does_not_hide_it() {
    for heading in [
        "■畑の先生",
        "■畑の先生　※窓口は農業の課 0790-00-2200、平日の昼だけ電話に出ます",
        "◆畑の先生※名前は出しません",
        "【畑の先生】　※要予約",
        "\"■畑の先生\n（窓口は農業の課）\"",
    ] {
        let text = format!(
            "名称,曜日,備考\n■手しごと,,\n針金の会,月,\n編み物の会,火,\n{heading},,\n広谷の畑,水,\n八木の畑,木,\n"
        );
        let sections: Vec<String> =
            places(&text).into_iter().map(|place| place.extra.values().cloned().collect()).collect();
        assert_eq!(sections, ["手しごと", "手しごと", "畑の先生", "畑の先生"], "{heading}");
    }
    // A sentence without a sign, and a sign without words, head nothing.
    for row in ["畑の先生をさがしています※", "■※"] {
        let found = places(&format!("名称,曜日,備考\n針金の会,月,\n{row},,\n広谷の畑,水,\n"));
        assert!(found.iter().all(|place| place.extra.is_empty()), "{row}");
    }
}

#[test]
fn a_word_that_means_something_new_moves_the_version_by_which_answers_are_kept() {
    let of = |synonym: &str| {
        let coffee =
            Interest { term: "コーヒー".to_owned(), synonyms: vec![synonym.to_owned()], ..Interest::default() };
        let interests = Arc::new(Thesaurus::new(vec![coffee]).unwrap());
        Snapshot::build(&SnapshotInput { interests, ..SnapshotInput::default() }, Audience::Public).version
    };
    assert_eq!(of("珈琲"), of("珈琲"));
    assert_ne!(of("珈琲"), of("焙煎"));
}

#[test]
fn a_row_that_has_shifted_is_read_under_its_headings_and_said() {
    let rows = "A会,青葉公民館,乙市青葉1-2,0790-00-0001\nB会,若草会館,乙市若草3-4,0790-00-0002\n\
        C会,港会館,乙市港町5-6,0790-00-0003\nD会,山会館,乙市山手7-8,0790-00-0004\n";
    for row in ["E会,,川会館,乙市川端9-1,0790-00-0005", ",E会,川会館,乙市川端9-1,0790-00-0005"] {
        let text = format!("名称,会場,住所,電話\n{rows}{row}\n");
        let place = places(&text).remove(4);
        let read = (place.name.as_str(), place.venue.as_deref(), place.address.as_deref());
        assert_eq!(read, ("E会", Some("川会館"), Some("乙市川端9-1")), "{row}");
        assert_eq!(place.contact.phone.as_deref(), Some("0790-00-0005"), "{row}");
        assert_eq!(problems(&text, ProblemKind::RowRealigned).iter().map(|p| p.row).collect::<Vec<_>>(), [6]);
    }
}

#[test]
fn a_form_and_paragraphs_are_lists_too() {
    for text in [
        "名称,うたごえ広場\n場所,青葉公民館\n日時,毎月第2水曜 10時～\n電話,0790-00-0001\n",
        "■うたごえ広場\n日時　毎月第2水曜 10時～\n場所　青葉公民館\n電話　0790-00-0001\n",
        "1. うたごえ広場\n　日時：毎月第2水曜 10時～\n　場所：青葉公民館\n　電話：0790-00-0001\n",
    ] {
        let place = places(text).remove(0);
        assert_eq!((place.name.as_str(), place.venue.as_deref()), ("うたごえ広場", Some("青葉公民館")), "{text}");
        assert_eq!(place.contact.phone.as_deref(), Some("0790-00-0001"), "{text}");
        assert_eq!(place.schedule[0].text, "毎月第2水曜 10時～", "{text}");
    }
}

#[test]
fn parts_of_a_value_in_columns_of_their_own_are_put_together() {
    let text = "名称,住所1,住所2,建物名,市外局番,電話番号,廃止年月日\n\
        青葉の家,乙市青葉,1-2-3,青葉ビル2階,0790,00-0001,令和6年3月31日\n若草の家,乙市若草,4-5,,0790,00-0002,\n";
    let read = places(text);
    assert_eq!(read[0].address.as_deref(), Some("乙市青葉1-2-3 青葉ビル2階"));
    assert_eq!(read[0].contact.phone.as_deref(), Some("0790-00-0001"));
    assert_eq!((read[0].status, read[1].status), (tsunagari::model::Status::Closed, tsunagari::model::Status::Active));
}

#[test]
fn what_stands_between_the_rows_of_a_narrow_list_is_no_place() {
    let text = "名称,場所\n【青葉地区】,\nA会,青葉公民館\n2/2,\n合計,2団体\nB会,若草会館\n【問い合わせ先】乙市福祉課 0790-00-0000,\n";
    assert_eq!(names(text), ["A会", "B会"]);
}

#[test]
fn weeks_in_a_column_of_their_own_are_no_meeting_every_week() {
    let read =
        places("サロン名,開催曜日,開催週,開始,終了\n青葉サロン,水,\"2,4\",10:00,12:00\n若草サロン,木,1,10:00,12:00\n");
    let texts: Vec<&str> =
        read.iter().flat_map(|facts| &facts.schedule).map(|schedule| schedule.text.as_str()).collect();
    assert_eq!(texts, ["第2・4水 10:00〜12:00", "第1木 10:00〜12:00"]);
}

#[test]
fn a_person_beside_a_fax_number_is_not_public() {
    let facts = public("名称,FAX\n青葉の会,鮎沢 0790-00-0001\n");
    assert_eq!(facts[0].contact.fax.as_deref(), Some("0790-00-0001"));
}

#[test]
fn what_an_office_notes_for_itself_is_no_venue_whatever_it_sounds_like() {
    for heading in ["内部メモ", "職員記入欄", "引継事項"] {
        let text = format!(
            "名称,種別,住所,{heading}\n囲碁の会,サロン,養父市広谷1,鍵は隣の家\n体操の会,体操,養父市八鹿2,鍵は向かいの家\n歌の会,サロン,養父市大屋3,鍵は集会所\n"
        );
        assert!(public(&text).iter().all(|facts| facts.venue.is_none()), "{heading}");
    }
}

#[test]
fn of_contents_and_places_that_nobody_knows_nothing_is_assumed() {
    for heading in ["診断内容", "相談者の悩みの内容", "鍵を預けている場所", "家族と話した日"]
    {
        let text = format!(
            "名称,種別,住所,{heading}\n囲碁の会,サロン,養父市広谷1,眠れない\n体操の会,体操,養父市八鹿2,物忘れ\n"
        );
        let seen = serde_json::to_string(&public(&text)).unwrap();
        assert!(!seen.contains("眠れない") && !seen.contains("物忘れ"), "{heading}: {seen}");
    }
}
