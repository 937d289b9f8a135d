//! Headings as they stand in lists, and what they must and must not be taken for.

use super::*;

fn field(heading: &str) -> Option<Field> {
    STANDARD.field(heading)
}

fn fields(headings: &[&str]) -> Vec<Option<Field>> {
    let headings: Vec<_> = headings.iter().map(|h| (*h).to_owned()).collect();
    STANDARD.fields(&headings)
}

#[test]
fn headings_of_both_generations_of_the_standard_are_known() {
    let old = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,住所,方書,緯度,経度,電話番号,内線番号,団体名,利用可能曜日,開始時間,終了時間,利用可能日時特記事項,利用可能時間特記事項,説明,バリアフリー情報,URL,備考,\
               イベント名,イベント名_カナ,開始日,終了日,開始日時特記事項,料金(基本),料金（詳細）,連絡先名称,連絡先電話番号,連絡先内線番号,主催者,場所名称,アクセス方法,駐車場情報,定員,参加申込方法,\
               介護サービス事業所名称,介護サービス事業所名称_カナ,実施サービス,FAX番号,法人の名称,利用可能曜日特記事項,種別,収容定員,受入年齢,医療機関の種類,診療曜日,診療開始時間,診療終了時間,診療日時特記事項,診療科目,\
               事業所名,事業所名カナ,サービスの種類,方書（ビル名等）";
    let new = "全国地方公共団体コード,ID,地方公共団体名,所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),高度の種別,\
               連絡先メールアドレス,連絡先FormURL,連絡先備考（その他、SNSなど）,対象となる町会・自治会,想定収容人数,駐車場_有無,料金_要否,イベント種類,料金種別,コンテンツURL,設置者";
    for heading in old.split(',').chain(new.split(',')).map(str::trim) {
        assert!(field(heading).is_some(), "{heading}");
    }
}

#[test]
fn what_only_looks_like_a_known_heading_is_left_unknown() {
    for heading in [
        "標高",
        "標高（メートル）",
        "高度の値",
        "事業所番号",
        "法人番号",
        "法人名_カナ",
        "医療機関コード",
        "POIコード",
        "名称_英語",
        "名称_英字",
        "名称_通称",
        "施設名(英語)",
        "説明（英語）",
        "説明_英語",
        "画像",
        "画像_ライセンス",
        "更新日",
        "最終更新日",
        "登録日",
        "郵便番号",
        "住所コード",
        "代表者住所",
        "代表者_住所",
        "住所（代表者）",
        "住所（非公開）",
        "電話番号（非公開）",
        "生年月日",
        "年齢",
        "性別",
        "緯度（平面直角座標）",
        "X座標（平面直角座標）",
        "災害種別_地震",
        "想定年度",
        "代表者_メールアドレス",
        "会長_FAX",
        "面積",
        "",
        "　",
        "※",
    ] {
        assert_eq!(field(heading), None, "{heading}");
    }
}

#[test]
fn free_forms_are_known_for_what_they_are() {
    for (heading, expected) in [
        ("経度：東経（世界測地系10進法）", Field::Lon),
        ("緯度：北緯（世界測地系10進法）", Field::Lat),
        ("X座標", Field::Lon),
        ("Ｙ座標", Field::Lat),
        ("緯度・経度", Field::LonLat),
        ("連絡先電話番号", Field::Phone),
        ("連絡先（電話番号）", Field::Phone),
        ("ＴＥＬ", Field::Phone),
        ("℡", Field::Phone),
        ("電話番号２", Field::Phone),
        ("お問い合わせ電話番号", Field::Phone),
        ("電話番号（代表者）", Field::PersonPhone),
        ("代表者電話番号", Field::PersonPhone),
        ("連絡先（代表者携帯）", Field::PersonPhone),
        ("備考２-１", Field::Note),
        ("備考1", Field::Note),
        ("備考（駐車場など）", Field::Note),
        ("参加費（円）", Field::Cost),
        ("送迎の有無", Field::PickUp),
        ("駐車場の有無（台数）", Field::Parking),
        ("トイレ（洋式）", Field::Toilet),
        ("サロン名※", Field::ActivityName),
        ("会の名称\n（必須）", Field::ActivityName),
        ("開催場所（住所）", Field::Address),
        ("会場", Field::VenueName),
        ("ｻﾛﾝ名称", Field::ActivityName),
        ("ホームページへの掲載可否", Field::Audience),
        ("掲載可否（○・×・支援者のみ）", Field::Audience),
        ("代表者（公開）", Field::PersonPublic),
        ("代表者名（フルネーム）", Field::Person),
        ("最終確認日", Field::VerifiedOn),
        ("対象者（年齢等）", Field::Eligibility),
        ("小学校区", Field::District),
        ("旧町名", Field::FormerTown),
        ("telephone_number", Field::Phone),
        ("Opening_Hours", Field::Schedule),
        ("連絡先_氏名", Field::Person),
        ("連絡先_電話", Field::Phone),
        ("連絡先_電話番号", Field::Phone),
        ("代表者_電話", Field::PersonPhone),
        ("役員_電話番号", Field::PersonPhone),
        ("会場_名称", Field::VenueName),
        ("会場_住所", Field::Address),
        ("開催日時_曜日", Field::Weekdays),
        ("開催日時_第1回", Field::Schedule),
        ("活動時間_開始", Field::StartTime),
        ("サロン会場_緯度", Field::Lat),
    ] {
        assert_eq!(field(heading), Some(expected), "{heading}");
    }
}

#[test]
fn a_second_column_of_one_kind_keeps_its_meaning_and_its_place() {
    let both = fields(&["名称", "電話番号", "担当者", "電話番号"]);
    assert_eq!(both, [Some(Field::Name), Some(Field::Phone), Some(Field::Person), Some(Field::Phone)]);
}

#[test]
fn a_bare_noun_is_the_name_only_where_nothing_else_is() {
    assert_eq!(fields(&["サロン", "会場"])[0], Some(Field::ActivityName));
    assert_eq!(fields(&["団体名", "サロン", "体操"]), [Some(Field::GroupName), None, None]);
    assert_eq!(fields(&["pref", "city", "lat", "lng"])[1], Some(Field::Name));
    assert_eq!(fields(&["name", "city", "lat", "lng"])[1], Some(Field::AddressCity));
    assert_eq!(fields(&["市区町村名", "人口"])[0], Some(Field::AddressCity));
}

#[test]
fn a_city_adds_headings_and_takes_some_away() {
    let own = "[activity_name]\nheadings = [\"おたっしゃ広場\"]\n[unknown]\nheadings = [\"会場\"]\n[schedule]\nheadings = [\"曜日\"]";
    let columns = HeadingTable::standard().with_additions(own).unwrap();
    assert_eq!(columns.field("おたっしゃ広場"), Some(Field::ActivityName));
    assert_eq!(columns.field("会場"), None);
    assert_eq!(columns.field("曜日"), Some(Field::Schedule));
    assert_eq!(columns.field("緯度"), Some(Field::Lat));
}

#[test]
fn a_table_of_headings_that_cannot_be_used_says_why() {
    let add = |text: &str| HeadingTable::standard().with_additions(text).unwrap_err();
    assert_eq!(add("[nonsense]\nheadings = []"), HeadingTableError::UnknownField("nonsense".into()));
    let two = add("[name]\nheadings = [\"甲\"]\n[kana]\nheadings = [\"甲\"]");
    assert!(matches!(two, HeadingTableError::TwoFields(heading, ..) if heading == "甲"));
    assert!(matches!(add("headings"), HeadingTableError::Toml(_)));
    assert!(matches!(add("[name]\nsynonyms = []"), HeadingTableError::Toml(_)));
}

#[test]
fn the_table_is_as_large_as_cities_are_inventive() {
    assert!(STANDARD.meanings.len() > 1500, "{}", STANDARD.meanings.len());
}
