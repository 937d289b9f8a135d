//! Forms of lists that were once misread: days and hours in several columns, grids, notes in headings, two tiers, rows for columns.

use chrono::NaiveDate;
use tsunagari::model::{Audience, MeetingMode};
use tsunagari::schedule::{ScheduleContext, Timetable};

use super::places;

/// The schedules of the places of `text` as rules, in order; `-` for one that is not understood.
fn rules(text: &str) -> Vec<String> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    let timetable = |facts: tsunagari::model::Facts| Timetable::read(&facts.schedule, &ScheduleContext::new(today));
    let written = |timetable: Timetable| {
        let of_one = |reading: &tsunagari::schedule::ParsedSchedule| {
            reading.rule.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string)
        };
        timetable.readings().iter().map(of_one).collect::<Vec<_>>().join(" | ")
    };
    places(text).into_iter().map(timetable).map(written).collect()
}

#[test]
fn a_grid_of_one_and_zero_says_the_weekdays() {
    for (yes, no) in [("1", "0"), ("１", ""), ("TRUE", "FALSE"), ("y", "n")] {
        let text = format!(
            "広場名,月曜日,火曜日,水曜日,開始,終了\nA,{yes},{no},{yes},9:00,15:00\nB,{no},{yes},{no},10:00,16:00\n"
        );
        assert_eq!(rules(&text), ["Mo,We 09:00-15:00", "Tu 10:00-16:00"], "{yes}");
    }
}

#[test]
fn each_of_several_days_has_the_hours_of_its_own_pair_of_columns() {
    let right = ["Tu[1] 10:00-12:00; Sa[3] 13:30-15:30", "We 14:00-16:00"];
    for heading in [
        "曜日①,時間①,曜日②,時間②",
        "開催曜日,開催時間,開催曜日,開催時間",
        "1回目の曜日,1回目の時間,2回目の曜日,2回目の時間",
    ] {
        let rows = "A会,第1火曜,10:00～12:00,第3土曜,13:30～15:30\nB会,毎週水曜,14:00～16:00,,\n";
        assert_eq!(rules(&format!("名称,{heading}\n{rows}")), right, "{heading}");
    }
    let numbered =
        "名称,曜日1,曜日2,時間1,時間2\nA会,第1火曜,第3土曜,10:00～12:00,13:30～15:30\nB会,毎週水曜,,14:00～16:00,\n";
    assert_eq!(rules(numbered), right);
}

#[test]
fn when_an_office_can_be_asked_is_no_meeting() {
    let text = "名称,開催曜日,開催時間,受付曜日,受付時間\nA会,火,10:00～12:00,月～金,9:00～17:00\n";
    assert_eq!(rules(text), ["Tu 10:00-12:00"]);
    assert!(places(text)[0].note.as_deref().is_some_and(|note| note.contains("月～金")));
}

#[test]
fn a_day_and_its_hours_in_two_columns_are_one_whatever_the_words_of_the_day() {
    for (day, hours, rule) in [
        ("令和8年12月4日（金）", "10時～12時", "2026 Dec 04 10:00-12:00"),
        ("月～金曜日（祝日除く）", "9:00～16:00", "Mo-Fr 09:00-16:00; PH off"),
        ("R8.12.3(木)", "13:00～13:30", "2026 Dec 03 13:00-13:30"),
    ] {
        assert_eq!(rules(&format!("講座名,開催日,時間\nA,{day},{hours}\n")), [rule], "{day}");
    }
    let parts = "実施日,曜日,場所,住所,午前,午後\n12月5日,土,駅前広場,乙市駅前8,10:00～12:00,1:00～4:00\n";
    assert_eq!(rules(parts), ["2026 Dec 05 10:00-12:00,13:00-16:00"]);
}

#[test]
fn closed_days_below_a_short_heading_are_no_open_ones() {
    let rows = "A館,9:00～17:00,月曜日\nB館,9:00～17:00,月曜日\nC館,9:00～21:00,火曜日\n";
    for heading in ["休館", "おやすみの曜"] {
        let read = rules(&format!("施設名,開館,{heading}\n{rows}"));
        assert!(read[0].ends_with("Mo off"), "{heading}: {read:?}");
    }
}

#[test]
fn a_note_on_blank_cells_closes_no_column() {
    let text =
        "食堂名,所在地（非公開の場合は空欄）,メールアドレス（空欄は非公開）\nA食堂,乙市青葉1-2,a@example.jp\nB食堂,,\n";
    let places = places(text);
    assert_eq!(places[0].address.as_deref(), Some("乙市青葉1-2"));
    assert_eq!(places[0].contact.email.as_deref(), Some("a@example.jp"));
}

#[test]
fn a_question_whether_a_row_may_be_published_is_obeyed() {
    let text = "団体名,いつ活動していますか,公開してよいですか\nA会,毎週月曜 10時～11時,はい\nB会,毎週火曜 10時～11時,いいえ\n";
    let audiences: Vec<Audience> = places(text).into_iter().map(|facts| facts.audience).collect();
    assert_eq!(audiences, [Audience::Public, Audience::Staff]);
    assert_eq!(rules(text), ["Mo 10:00-11:00", "Tu 10:00-11:00"]);
}

#[test]
fn kinds_of_disasters_are_no_persons() {
    let text =
        "避難所名,住所,想定災害\nA館,乙市青葉1-2,洪水 津波\nB館,乙市青葉3-4,地震 津波\nC館,乙市青葉5-6,土砂 洪水\n";
    assert!(places(text).iter().all(|facts| facts.contact.person.is_none()));
}

#[test]
fn a_list_of_stops_or_of_visits_is_one_without_a_column_for_it() {
    let mode = |text: &str| places(text)[0].mode;
    assert_eq!(mode("停車場所,住所,停車時間\n青葉団地前,乙市青葉1-2,毎週月曜 10:00～10:20\n"), MeetingMode::Roaming);
    assert_eq!(mode("サービス名,訪問可能曜日,訪問可能時間\n理美容ふわり,月・火,9時～17時\n"), MeetingMode::Visiting);
    assert_eq!(mode("会の名前,活動形式,曜日\n家族会,オンライン（Zoom）,日\n"), MeetingMode::Online);
}

#[test]
fn places_beside_each_other_below_a_title_become_rows() {
    let of = |text: &str| places(text).into_iter().map(|facts| (facts.name, facts.contact.phone)).collect::<Vec<_>>();
    let named = |name: &str, phone: &str| (name.to_owned(), Some(phone.to_owned()));
    assert_eq!(
        of(
            "無料相談のご案内\n,法律相談,行政相談\n相談日,第3水曜,第1金曜\n場所,役場2階,役場1階\n予約,要予約,不要\n電話,0790-00-0001,0790-00-0002\n"
        ),
        [named("法律相談", "0790-00-0001"), named("行政相談", "0790-00-0002")]
    );
    assert_eq!(
        of(
            "施設名,東児童館,西児童館\n所在地,乙市東1-2,乙市西3-4\n電話番号,0790-00-0001,0790-00-0002\n開館時間,9:00～17:00,10:00～18:00\n"
        ),
        [named("東児童館", "0790-00-0001"), named("西児童館", "0790-00-0002")]
    );
}

#[test]
fn a_telephone_below_a_person_is_no_public_one_where_another_group_has_one_column() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows: [[&str; 6]; 4] = [
        ["支部", "クラブ", "", "", "事務局", ""],
        ["", "名称", "氏名", "電話", "所在", "電話"],
        ["中央", "中央長寿会", "原田 実", "0790-00-0001", "中央公民館", "0790-00-0100"],
        ["山手", "山手福寿会", "谷 節子", "0790-00-0002", "山手公民館", "0790-00-0200"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).expect("a cell");
        }
    }
    let format = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 2, 0, 3, "会長", &format).expect("a merged cell");
    sheet.merge_range(0, 4, 0, 5, "事務局", &format).expect("a merged cell");
    let read = super::import(&book.save_to_buffer().expect("a workbook"));
    let facts: Vec<_> = read.sheets.into_iter().flat_map(|sheet| sheet.entries).map(|place| place.facts).collect();
    assert_eq!(facts[0].name, "中央長寿会");
    assert_eq!(facts[0].contact.phone.as_deref(), Some("0790-00-0100"));
    assert_eq!(facts[0].contact.person_phone.as_deref(), Some("0790-00-0001"));
}

#[test]
fn a_pause_in_a_column_of_its_own_or_behind_the_hours_parts_them() {
    let own = "名称,曜日,開設時間,昼休み\nA,月～金,9:30～16:30,12:00～13:00\n";
    assert_eq!(rules(own), ["Mo-Fr 09:30-12:00,13:00-16:30"]);
    let behind = "名称,曜日,時間\nA,火・木,10:00～15:00（12時～13時は閉室）\n";
    assert_eq!(rules(behind), ["Tu,Th 10:00-12:00,13:00-15:00"]);
}

#[test]
fn a_count_beside_days_and_hours_does_not_part_them() {
    let list = "講座名,開催日,時間,回数\nA,令和8年12月20日（日）,9:30～12:30,1回\nB,毎週水曜,13:30～15:00,全4回\n";
    let found = rules(list);
    assert_eq!(found[0], "2026 Dec 20 09:30-12:30");
    assert!(found[1].starts_with("We 13:30-15:00"), "{found:?}");
}

#[test]
fn weeks_in_a_column_called_so_belong_to_their_weekday() {
    let list = "講座,曜日,週,時間\nA,月,1・3,10:00～11:30\nB,水,毎週,9:30～10:30\n";
    assert_eq!(rules(list), ["Mo[1,3] 10:00-11:30", "We 09:30-10:30"]);
}

#[test]
fn when_people_are_let_in_is_not_when_it_begins() {
    let list = "会の名前,会場,実施日,受付時間,開始時間\nA,中央会館,12月10日（木）,11:00,11:30\n";
    assert_eq!(rules(list), ["2026 Dec 10 11:30+"]);
}

#[test]
fn a_stop_is_from_its_arrival_to_its_departure() {
    let list = "停車場所,到着,出発,巡回日\n中央会館前,10:00,10:30,第1・第3火曜\n港会館前,10:50,11:20,第1・第3火曜\n";
    assert_eq!(rules(list), ["Tu[1,3] 10:00-10:30", "Tu[1,3] 10:50-11:20"]);
}

#[test]
fn days_below_the_words_for_dates_are_days() {
    let list = "NAME,OPEN_DAY,OPEN_TIME,CLOSE_DAY\nあおば湯,毎日,10時～21時,第3水曜\nわかば湯,土日祝,13時～20時,\n";
    let found = rules(list);
    assert_eq!(found[1], "Sa-Su,PH 13:00-20:00");
    assert!(found[0].contains("We[3] off"), "{found:?}");
}

#[test]
fn a_grid_whose_days_are_most_of_the_heading_has_a_heading() {
    let list = "地区,体操会場,月,火,水,木,金,土,日,時間,初回持ち物,連絡先\n東,東公民館,,○,,,○,,,9:30-10:30,上靴,0790-00-2001\n西,西会館,10:00,,,13:30,,,,,,0790-00-2002\n";
    let read = super::places(list);
    assert_eq!(read.iter().map(|facts| facts.name.as_str()).collect::<Vec<_>>(), ["東公民館", "西会館"]);
    assert_eq!(rules(list)[0], "Tu,Fr 09:30-10:30");
}

#[test]
fn days_of_several_columns_have_the_hours_of_one() {
    let list = "教室名,日程1,日程2,日程3,時間\nA,12/3(木),12/10(木),12/17(木),10:00～11:30\n";
    let read = super::places(list);
    assert_eq!(read[0].schedule.len(), 1, "{:?}", read[0].schedule);
    assert!(rules(list)[0].contains("10:00-11:30"), "{:?}", rules(list));
}

#[test]
fn a_group_that_uses_a_building_is_the_place_and_the_building_where_it_meets() {
    let list = "学校名,使用団体,種目,曜日,時間\n東小学校,東卓球クラブ,卓球,月・木,19:30～21:30\n東小学校,日曜バド,バドミントン,日,19:00～21:00\n西小学校,フラの会,フラダンス,水,20:00～21:30\n";
    let read = super::places(list);
    let found: Vec<_> = read.iter().map(|facts| (facts.name.as_str(), facts.venue.as_deref())).collect();
    assert_eq!(
        found,
        [("東卓球クラブ", Some("東小学校")), ("日曜バド", Some("東小学校")), ("フラの会", Some("西小学校"))]
    );
}

#[test]
fn a_no_below_a_toilet_for_wheelchairs_says_nothing_of_other_toilets() {
    use tsunagari::model::AccessFact::{AccessibleToilet, Toilet};
    let list = "施設名,電話,車いす対応トイレ\n東館,0790-00-0001,○\n西館,0790-00-0002,×\n";
    let read = super::places(list);
    let answers = |at: usize| [Toilet, AccessibleToilet].map(|fact| read[at].access.get(&fact).map(|it| it.yes));
    assert_eq!(answers(0), [Some(true), Some(true)]);
    assert_eq!(answers(1), [None, Some(false)]);
}

#[test]
fn headings_made_of_known_words_are_read_without_an_entry_of_their_own() {
    let list = "団体名,主な事業,受益者負担,募集人員,利用できない日,開館時間,はじめての人も参加できますか？,授乳室\n\
                ひなた会,古民家カフェの運営,500円,15名,月曜,9:00～17:00,はい、大歓迎です,○\n";
    let facts = super::places(list).remove(0);
    assert_eq!(facts.cost.as_deref(), Some("500円"));
    assert_eq!(facts.capacity.as_deref(), Some("15名"));
    assert!(facts.schedule[0].text.contains("定休日: 月曜"), "{:?}", facts.schedule);
    assert_eq!(facts.access.get(&tsunagari::model::AccessFact::Beginners).map(|it| it.yes), Some(true));
    assert!(facts.extra.is_empty(), "{:?}", facts.extra);
}

#[test]
fn a_way_to_book_from_a_day_on_says_that_one_has_to() {
    let list = "行事名,会場,申込み\n朗読会,中央館,12/1から電話・窓口で\nおはなし会,中央館,不要\n";
    let read = super::places(list);
    let booking = |at: usize| read[at].access.get(&tsunagari::model::AccessFact::BookingNeeded).map(|it| it.yes);
    assert_eq!([booking(0), booking(1)], [Some(true), Some(false)]);
}

#[test]
fn whom_one_goes_to_for_advice_is_the_place_and_not_the_building() {
    let list = "こんなとき,相談先,受付日・時間,電話番号,場所\n介護のこと,地域包括支援センター,月～金 8:30～17:15,0790-00-0001,市役所1階\nお金のこと,生活サポートセンター,平日 9:00～17:00,0790-00-0002,福祉会館\n";
    let names: Vec<String> = super::places(list).into_iter().map(|facts| facts.name).collect();
    assert_eq!(names, ["地域包括支援センター", "生活サポートセンター"]);
}

#[test]
fn plain_json_is_a_table_like_any_other() {
    let items = r#"[{"名称":"すみれサロン","会場":{"名称":"谷公民館"},"開催日":"毎週水曜","電話":"0790-00-0001","設備":["駐車場","洋式トイレ"]}]"#;
    for text in [items.to_owned(), format!(r#"{{"success":true,"result":{{"records":{items}}}}}"#)] {
        let found = places(&text);
        assert_eq!(
            (found.len(), found[0].name.as_str(), found[0].venue.as_deref()),
            (1, "すみれサロン", Some("谷公民館"))
        );
        assert_eq!(found[0].contact.phone.as_deref(), Some("0790-00-0001"));
    }
}

#[test]
fn two_things_of_one_cell_are_parted_by_the_mark_that_the_cells_have() {
    let found = places("カフェ名／運営,会場\n\"結\n（特養さくら苑）\",集会室\n\"たんぽぽ\n（家族の会）\",公民館\n");
    let read: Vec<_> = found.iter().map(|facts| (facts.name.as_str(), facts.organization.as_deref())).collect();
    assert_eq!(read, [("結", Some("特養さくら苑")), ("たんぽぽ", Some("家族の会"))]);
    let listed = places(
        "サークル名,活動（日時・場所・会費）\n墨の会,\"第1水曜 13:30～15:30\n谷公民館\n月1,500円\"\n歌の会,\"毎週金曜 19:30～21:00\n森会館\n無料\"\n",
    );
    assert_eq!((listed[0].venue.as_deref(), listed[0].cost.as_deref()), (Some("谷公民館"), Some("月1,500円")));
}

#[test]
fn the_second_number_below_telephone_and_fax_is_the_fax() {
    let found = places(
        "店名,電話／FAX\n谷商店,0790-00-0001／0790-00-0002\n森商店,0790-00-0003\n川商店,0790-00-0004\n丘商店,0790-00-0005\n",
    );
    let contact = &found[0].contact;
    assert_eq!((contact.phone.as_deref(), contact.fax.as_deref()), (Some("0790-00-0001"), Some("0790-00-0002")));
    assert_eq!((found[1].contact.phone.as_deref(), found[1].contact.fax.as_deref()), (Some("0790-00-0003"), None));
}

#[test]
fn a_sum_is_not_cut_at_its_comma_and_a_mark_says_its_heading() {
    let found = places("団体名,活動内容_体操,活動内容_手芸\n谷の会,○,×\n森の会,,○\n");
    assert_eq!((found[0].tags.join(","), found[1].tags.join(",")), ("体操".to_owned(), "手芸".to_owned()));
    let found = places("名称,活動内容\n谷の会,\"体操。会費は月1,500円\"\n森の会,\"会費 月1,500円\"\n");
    assert!(found.iter().all(|facts| facts.tags.join("|").contains("1,500円")));
}
