//! Plans of whole tables, by headings and contents together.

use super::super::profile::ColumnProfile;
use super::super::{Basis, ColumnPlan, Field, HeadingTable};

/// The plan of a table, written as rows of cells; the first row is the heading.
fn plan(rows: &[&[&str]]) -> ColumnPlan {
    let headings: Vec<String> = rows[0].iter().map(|h| (*h).to_owned()).collect();
    let column = |at: usize| ColumnProfile::of(rows[1..].iter().map(move |row| row.get(at).copied().unwrap_or("")));
    let profiles: Vec<ColumnProfile> = (0..headings.len()).map(column).collect();
    HeadingTable::standard().plan(&headings, &profiles)
}

fn fields(rows: &[&[&str]]) -> Vec<Option<Field>> {
    plan(rows).fields()
}

#[test]
fn the_name_is_the_heading_that_ends_like_one() {
    let found = fields(&[
        &["地区名", "助産所名", "所在地"],
        &["東", "みずいろ助産所", "甲町1-2"],
        &["西", "すみれ助産所", "乙町3-4"],
    ]);
    assert_eq!(found, [Some(Field::District), Some(Field::Name), Some(Field::Address)]);
}

#[test]
fn a_filled_column_beats_an_empty_one_with_a_better_heading() {
    let found = fields(&[
        &["name", "助産所名", "address"],
        &["", "みずいろ助産所", "甲町1-2"],
        &["", "すみれ助産所", "乙町3-4"],
    ]);
    assert_eq!(found[1], Some(Field::Name));
}

#[test]
fn codes_as_headings_are_decided_by_contents_alone() {
    let found = plan(&[
        &["X", "Y", "F001", "F002", "F003", "F004"],
        &["134.7701", "35.4012", "みずいろ広場", "児童館", "甲町1-2-3", "https://example.jp/a"],
        &["134.7702", "35.4013", "すみれ広場", "児童館", "乙町3-4-5", "https://example.jp/b"],
        &["134.7703", "35.4014", "あおば広場", "児童館", "丙町3-4-6", "https://example.jp/c"],
    ]);
    let expected =
        [Some(Field::Lon), Some(Field::Lat), Some(Field::Name), None, Some(Field::Address), Some(Field::Url)];
    assert_eq!(found.fields(), expected);
    assert_eq!(found.columns[2].basis, Basis::Contents);
}

#[test]
fn a_heading_that_its_column_contradicts_is_overruled() {
    let found = fields(&[
        &["installationLocation", "location", "URL"],
        &["みずいろ会館", "甲市乙町1-2", "a@example.jp"],
        &["すみれ会館", "甲市乙町3-4", "b@example.jp"],
    ]);
    assert_eq!(found, [Some(Field::VenueName), Some(Field::Address), Some(Field::Email)]);
}

#[test]
fn places_that_are_called_by_their_address_keep_their_name() {
    let found = fields(&[&["name", "lat"], &["兵庫県甲市乙町1-2", "34.901"], &["兵庫県甲市丙町3-4", "34.902"]]);
    assert_eq!(found[0], Some(Field::Name));
}

#[test]
fn the_building_leads_and_the_room_is_where_in_it() {
    let found = fields(&[
        &["施設名", "トイレ名", "所在地"],
        &["みずいろ公園", "北側", "甲町1-2"],
        &["みずいろ公園", "南側", "甲町1-2"],
    ]);
    assert_eq!(found[..2], [Some(Field::Name), Some(Field::VenueName)]);
}

#[test]
fn a_column_of_persons_is_private_whatever_its_heading() {
    for heading in ["", "F007", "メモ2", "おなまえ欄", "連絡の人"] {
        let found = fields(&[
            &["サロン名", heading, "会場"],
            &["みずいろ", "山田 花子", "会館"],
            &["すみれ", "佐藤 一郎", "公民館"],
            &["あおば", "鈴木 次郎", "集会所"],
        ]);
        assert_eq!(found[1], Some(Field::Person), "{heading}");
    }
}

#[test]
fn a_list_of_persons_gives_no_public_contact() {
    let found = fields(&[
        &["a", "b", "c"],
        &["山田 花子", "甲市乙町1-2", "079-000-0001"],
        &["佐藤 一郎", "甲市乙町3-4", "079-000-0002"],
        &["鈴木 次郎", "甲市乙町5-6", "090-0000-0003"],
    ]);
    assert_eq!(found, [Some(Field::Person), None, Some(Field::PersonPhone)]);
}

#[test]
fn mobile_numbers_under_any_heading_are_a_persons() {
    let found = fields(&[&["名称", "col3"], &["みずいろ", "090-0000-0001"], &["すみれ", "080-0000-0002"]]);
    assert_eq!(found[1], Some(Field::PersonPhone));
}

#[test]
fn a_column_of_towns_is_known_by_the_gazetteer_whatever_it_is_called() {
    let towns = |cell: &str| ["広谷", "八鹿", "大屋", "関宮"].iter().any(|town| cell.starts_with(town));
    let fields = |cells: [&'static str; 4]| {
        let names = ["ひだまりの会", "こもれびの会", "手しごとの会", "囲碁の会"];
        let profile = |cells: [&'static str; 4]| ColumnProfile::with_towns(cells.into_iter(), &towns);
        let headings = ["欄1".to_owned(), "欄2".to_owned()];
        HeadingTable::standard().plan(&headings, &[profile(names), profile(cells)]).fields()[1]
    };
    assert_eq!(fields(["広谷", "八鹿", "大屋", "関宮"]), Some(Field::AddressTown));
    assert_eq!(fields(["広谷12", "八鹿1675", "大屋7", "関宮613"]), Some(Field::Address));
    assert_ne!(fields(["あちら", "こちら", "そちら", "どちら"]), Some(Field::AddressTown));
}
