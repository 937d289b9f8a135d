//! Lists whose columns are called otherwise than any table has it: what names a row, who runs it, when one may come.

use tsunagari::model::{AccessFact, MeetingMode};

use super::{names, places, public};

#[test]
fn what_each_row_has_of_its_own_names_it_and_not_the_building() {
    for (list, right) in [
        (
            "実施団体,配布場所,配布日時\n青葉の会,中央会館,第1土曜 10:00～\n若草の会,港会館,第2土曜 10:00～\n",
            ["青葉の会", "若草の会"],
        ),
        (
            "募集元,活動場所,活動日時\n青葉荘,中央会館,毎週月曜 10:00～\n若草文庫,港会館,毎週火曜 10:00～\n",
            ["青葉荘", "若草文庫"],
        ),
        ("種目名,活動の場所,曜日\nボッチャ,中央会館,月\nモルック,港公園,火\n", ["ボッチャ", "モルック"]),
        // The owner of a building says nothing of what takes place there.
        ("設置者,会場,曜日\n甲区,中央会館,月\n乙区,港会館,火\n", ["中央会館", "港会館"]),
        // Nor does one organiser of all.
        ("主催者,会場,曜日\n乙市,中央会館,月\n乙市,港会館,火\n", ["中央会館", "港会館"]),
    ] {
        assert_eq!(names(list), right, "{list}");
    }
}

#[test]
fn those_who_provide_it_run_it_and_an_office_in_a_column_of_persons_is_one() {
    let found = public("サービス名,提供者,料金\n配食の日,NPO法人青葉,400円\n庭の手入れ,若草福祉会,500円\n");
    assert_eq!(found[0].organization.as_deref(), Some("NPO法人青葉"));
    let found =
        public("施設名,所在地,管理者\n青葉体育館,乙市青葉1-2,乙市教育委員会\n若草体育館,乙市若草3-4,山田 花子\n");
    assert_eq!(found[0].organization.as_deref(), Some("乙市教育委員会"));
    assert!(found[1].organization.is_none() && found[1].contact.person.is_none());
}

#[test]
fn a_deadline_or_a_way_to_book_says_that_one_has_to() {
    for (heading, text, right) in [
        ("予約", "前日15時まで", Some(true)),
        ("予約方法", "電話予約", Some(true)),
        ("申込", "LINEで申込み", Some(true)),
        ("事前連絡", "必要", Some(true)),
        ("事前連絡", "不要", Some(false)),
        ("参加するには", "予約はいりません", Some(false)),
        ("予約", "当日参加可", Some(false)),
    ] {
        let found = places(&format!("名称,会場,{heading}\n青葉の会,中央会館,{text}\n"));
        let booking = found[0].access.get(&AccessFact::BookingNeeded).map(|it| it.yes);
        assert_eq!(booking, right, "{heading}: {text}");
    }
}

#[test]
fn headings_in_two_languages_are_read_by_the_japanese() {
    let found = places("Class / 教室名,Place / 場所,Fee / 費用,Tel / 電話\nあおば教室,中央会館,100円,0790-00-0001\n");
    assert_eq!(found[0].name, "あおば教室");
    assert_eq!(found[0].venue.as_deref(), Some("中央会館"));
    assert_eq!(found[0].cost.as_deref(), Some("100円"));
    assert_eq!(found[0].contact.phone.as_deref(), Some("0790-00-0001"));
}

#[test]
fn ages_from_and_to_say_for_whom_and_those_of_persons_do_not() {
    let found = places("名称,会場,年齢\n青葉ひろば,中央会館,0歳～就学前\n若草ひろば,港会館,0～3歳\n");
    assert_eq!(found[0].eligibility.as_deref(), Some("0歳～就学前"));
    let persons = public("氏名,年齢,特技\n山田 花子,72,手芸\n佐藤 一郎,68,囲碁\n鈴木 次郎,70,将棋\n");
    assert!(persons.iter().all(|facts| facts.eligibility.is_none()));
}

#[test]
fn a_list_of_those_who_come_says_how_one_meets() {
    let found = places("サービス名,料金,対応エリア\n庭の手入れ,500円,甲地区\n買い物の手伝い,300円,市内\n");
    assert!(found.iter().all(|facts| facts.mode == MeetingMode::Visiting));
    let found = places("名称,活動場所\n傾聴の会,市内一円\n");
    assert_eq!(found[0].mode, MeetingMode::Roaming);
}

#[test]
fn records_of_two_columns_one_below_the_other_are_places() {
    let list = "団体名,青葉の会\n活動日,第2土曜 10:00～12:00\n会場,中央会館\n対象,男性\n,\n\
                団体名,若草の会\n活動日,毎週火曜 14:00～\n会場,港会館\n対象,どなたでも\n";
    assert_eq!(names(list), ["青葉の会", "若草の会"]);
    assert_eq!(places(list)[0].eligibility.as_deref(), Some("男性"));
}

#[test]
fn a_contact_alone_in_the_last_row_is_no_place() {
    for last in ["申込先：クラブ事務局　TEL 0790-00-0001", "予約・問合せ：青葉会館 0790-00-0001", "事務局：乙市 福祉課"]
    {
        let list = format!("教室,会場,曜日\nヨガ,中央会館,月\n体操,港会館,火\n{last},,\n");
        assert_eq!(names(&list), ["ヨガ", "体操"], "{last}");
    }
}

#[test]
fn an_extension_behind_an_office_is_its_telephones() {
    let found = public("名称,お問い合わせ\n青葉の会,病院相談室 0790-00-0001 内線220\n");
    assert_eq!(found[0].contact.phone.as_deref(), Some("0790-00-0001 内線 220"));
    assert_eq!(found[0].contact.office.as_deref(), Some("病院相談室"));
}
