//! Headings that no table holds, and what they are taken for.

use super::super::{Field, HeadingTable};

#[test]
fn headings_are_seen_through_for_every_field_alike() {
    let table = HeadingTable::standard();
    for (heading, expected) in [
        ("USER_施設名", Field::VenueName),
        ("USER_施設所在地", Field::Address),
        ("①電話番号", Field::Phone),
        ("電話番号\n※市外局番から", Field::Phone),
        ("関連ホームページ", Field::Url),
        ("学童クラブ電話", Field::Phone),
        ("広場の所在地", Field::Address),
        ("所在地又は会場", Field::Address),
        ("実施施設及び利用案内", Field::VenueName),
        ("電話番号若しくはFAX番号", Field::Phone),
        ("参加費_大人", Field::Cost),
        ("参加費（子ども）", Field::Cost),
        ("利用料_減免", Field::Cost),
        ("参加費特記事項", Field::Cost),
        ("予約特記事項", Field::BookingNeeded),
        ("開催日時特記事項", Field::Schedule),
        ("利用可能曜日備考", Field::Schedule),
        ("電話番号1_連絡先備考", Field::ContactOffice),
        ("電話番号2", Field::Phone),
        ("メールアドレス1", Field::Email),
        ("開館日時_平日", Field::Schedule),
        ("基本情報_名称", Field::Name),
        ("運営法人_名称", Field::Organization),
        ("会場情報_住所", Field::Address),
        ("implementationLocation", Field::VenueName),
        ("fullNameInKana", Field::Kana),
        ("closingDay", Field::ClosedDays),
        ("facilityName", Field::VenueName),
        ("phone_number", Field::Phone),
        ("facility_address", Field::Address),
        ("利用定員", Field::Capacity),
        ("利用時間 (注)祝日・年末年始を除く", Field::Schedule),
        ("受付担当者", Field::Person),
        ("保護者連絡先", Field::PersonPhone),
    ] {
        assert_eq!(table.field_of_words(heading), Some(expected), "{heading}");
    }
}

#[test]
fn nothing_is_assumed_of_headings_about_persons_languages_datums_and_files() {
    let table = HeadingTable::standard();
    for heading in [
        "名称_英語",
        "名称_en",
        "施設名(英語)",
        "説明_英語",
        "画像",
        "画像_ライセンス",
        "施設写真のURL",
        "代表者住所",
        "会員住所",
        "住所（非公開）",
        "電話番号（非公開）",
        "生年月日",
        "標高",
        "緯度（平面直角座標）",
        "X座標（平面直角座標）",
        "法人番号",
        "POIコード",
        "災害種別_地震",
        "会長_FAX",
        "代表者_メールアドレス",
        "登録日",
        "更新日",
        "運営法人_住所",
        "法人の所在地",
        "郵便番号",
        "年齢",
        "性別",
        "事業所番号",
        "備忘（口座等）",
        "photoUrl",
        "",
    ] {
        assert_eq!(table.field_of_words(heading), None, "{heading}");
    }
}

#[test]
fn a_heading_that_joins_a_person_with_something_public_is_the_persons() {
    let table = HeadingTable::standard();
    assert_eq!(table.field_of_words("団体名・代表者名"), Some(Field::Person));
    assert_eq!(table.field_of_words("電話番号・担当"), Some(Field::Phone));
    assert_eq!(table.field_of_words("会場及び責任者"), Some(Field::Person));
}
