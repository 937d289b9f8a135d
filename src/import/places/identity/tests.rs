//! Which row is which place, on invented lists.

use proptest::prelude::*;

use super::*;
use crate::model::{Contact, Location, Position, Precision, Schedule};

/// An entry written as `name | address | telephone | rest`, where the rest is `venue=…`, `id=…`, `when=…`, `by=…`, `at=lon,lat`.
fn list(lines: &[&str]) -> Vec<(Facts, Option<String>)> {
    lines.iter().map(|line| entry(line)).collect()
}

fn entry(line: &str) -> (Facts, Option<String>) {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let some = |i: usize| cells.get(i).filter(|c| !c.is_empty()).map(|c| (*c).to_owned());
    let mut facts = Facts { name: cells[0].to_owned(), address: some(1), ..Facts::default() };
    facts.contact = Contact { phone: some(2), ..Contact::default() };
    let mut id = None;
    for (key, value) in cells.iter().skip(3).filter_map(|c| c.split_once('=')) {
        match key {
            "venue" => facts.venue = Some(value.into()),
            "id" => id = Some(value.to_owned()),
            "when" => facts.schedule.push(Schedule { text: value.into() }),
            "by" => facts.organization = Some(value.into()),
            "at" => {
                let (lon, lat) = value.split_once(',').unwrap();
                let position = Position::new(lon.parse().unwrap(), lat.parse().unwrap()).unwrap();
                facts.site = Some(Location { position, precision: Precision::Door });
            }
            _ => panic!("{key}"),
        }
    }
    (facts, id)
}

fn matched(before: &[&str], now: &[&str]) -> Vec<Option<usize>> {
    let (before, now) = (list(before), list(now));
    match_rows(&borrow(&before), &borrow(&now)).stored_of_row
}

fn borrow(list: &[(Facts, Option<String>)]) -> Vec<IdentityEntry<'_>> {
    list.iter().map(|(facts, id)| IdentityEntry { facts, list_id: id.as_deref() }).collect()
}

const N: Option<usize> = None;
const A: Option<usize> = Some(0);
const B: Option<usize> = Some(1);
const C: Option<usize> = Some(2);

#[test]
fn spelling_and_order_mean_nothing() {
    let before =
        ["いきいきサロン | 八鹿町八鹿1番地2 | | venue=八鹿公民館", "囲碁クラブ | 関宮10-1", "囲碁クラブ | 大屋町加保7"];
    let now = [
        "囲碁ｸﾗﾌﾞ | 大屋町加保７番地",
        "囲碁クラブ | 関宮１０－１",
        "いきいき サロン | 八鹿町八鹿１－２ | | venue=八鹿公民館",
    ];
    assert_eq!(matched(&before, &now), [C, B, A]);
}

#[test]
fn the_lists_own_id_goes_before_everything_else() {
    let before = ["囲碁クラブ | 関宮10 | | id=a1", "将棋クラブ | 関宮10 | | id=a2"];
    let now = ["なかよし会 | 大谷3 | | id=a2", "囲碁クラブ | 関宮10 | | id=a1"];
    assert_eq!(matched(&before, &now), [B, A]);
}

#[test]
fn a_running_number_in_a_column_of_ids_is_found_out() {
    let before = ["囲碁 | 関宮1 | | id=1", "将棋 | 関宮2 | | id=2", "手芸 | 関宮3 | | id=3", "合唱 | 関宮4 | | id=4"];
    let now = [
        "茶道 | 関宮9 | | id=1",
        "囲碁 | 関宮1 | | id=2",
        "将棋 | 関宮2 | | id=3",
        "手芸 | 関宮3 | | id=4",
        "合唱 | 関宮4 | | id=5",
    ];
    assert_eq!(matched(&before, &now), [N, A, B, C, Some(3)]);
}

#[test]
fn an_id_that_stands_at_several_groups_names_none_of_them() {
    let before = ["囲碁 | 関宮1 | | id=28", "将棋 | 関宮1 | | id=28"];
    let now = ["将棋 | 関宮1 | | id=28", "囲碁 | 関宮1 | | id=28"];
    assert_eq!(matched(&before, &now), [B, A]);
}

#[test]
fn an_id_that_the_list_has_only_now_does_not_part_what_is_the_same() {
    assert_eq!(matched(&["囲碁 | 関宮1"], &["囲碁 | 関宮1 | | id=28"]), [A]);
    assert_eq!(matched(&["囲碁 | 関宮1 | | id=7"], &["囲碁 | 関宮1 | | id=28"]), [A]);
}

#[test]
fn two_ids_are_two_places_even_where_the_names_are_near() {
    let before = ["ひばりコーラス | 関宮1 | 079-661-0001 | id=a"];
    assert_eq!(matched(&before, &["関宮ひばりコーラス | 関宮1 | 079-661-0001 | id=b"]), [N]);
}

#[test]
fn a_place_that_was_renamed_where_it_stands_is_the_same() {
    let before = ["ひまわりサロン | 八鹿町八鹿1675 | 079-662-1111", "囲碁 | 関宮3 | 079-662-2222"];
    let near = ["いきいきひまわりサロン | 八鹿町八鹿1675 | 079-662-1111", "囲碁 | 関宮3 | 079-662-2222"];
    assert_eq!(matched(&before, &near), [A, B]);
    let without_phone = ["ひまわりさろん会 | 八鹿町八鹿1675", "囲碁 | 関宮3 | 079-662-2222"];
    assert_eq!(matched(&before, &without_phone), [A, B]);
}

#[test]
fn a_hall_that_is_alone_with_its_address_and_telephone_may_get_a_wholly_new_name() {
    let before = ["八鹿公民館 | 八鹿町八鹿1 | 079-662-1111", "大屋公民館 | 大屋町加保7 | 079-669-1111"];
    let now = ["コミュニティセンター | 八鹿町八鹿1 | 079-662-1111", "大屋公民館 | 大屋町加保7 | 079-669-1111"];
    assert_eq!(matched(&before, &now), [A, B]);
    let another_group =
        ["コミュニティセンター | 八鹿町八鹿1 | 079-662-9999", "大屋公民館 | 大屋町加保7 | 079-669-1111"];
    assert_eq!(matched(&before, &another_group), [N, B]);
}

#[test]
fn of_several_groups_in_one_hall_one_that_went_is_not_one_that_came() {
    let before = ["囲碁の会 | 関宮10 | 079-667-1111", "コーラス花 | 関宮10 | 079-667-1111"];
    assert_eq!(matched(&before, &["囲碁の会 | 関宮10 | 079-667-1111", "手芸の会 | 関宮10 | 079-667-1111"]), [A, N]);
    let classes = ["ヨガ教室A | 関宮10", "ヨガ教室B | 関宮10", "いきいき百歳体操ひまわり | 関宮10"];
    let others = ["ヨガ教室A | 関宮10", "ヨガ教室C | 関宮10", "いきいき百歳体操たんぽぽ | 関宮10"];
    assert_eq!(matched(&classes, &others), [A, N, N]);
    let second = ["ヨガ教室 | 関宮10", "囲碁 | 関宮10"];
    assert_eq!(matched(&second, &["ヨガ教室第二 | 関宮10", "囲碁 | 関宮10"]), [N, B]);
}

#[test]
fn of_several_groups_in_one_hall_one_that_only_added_to_its_name_is_the_same() {
    let before = ["囲碁の会 | 関宮10 | 079-667-1111", "ひばり会 | 関宮10 | 079-667-1111"];
    assert_eq!(
        matched(&before, &["コーラスひばり会 | 関宮10 | 079-667-1111", "囲碁の会 | 関宮10 | 079-667-1111"]),
        [B, A]
    );
}

#[test]
fn a_place_that_moved_near_by_or_took_its_telephone_along_is_the_same() {
    let before = ["ひまわりサロン | 八鹿町八鹿1675 | 079-662-1111", "囲碁 | 関宮3 | 079-662-2222"];
    let near = ["ひまわりサロン | 八鹿町八鹿538", "囲碁 | 関宮3 | 079-662-2222"];
    assert_eq!(matched(&before, &near), [A, B]);
    let far = ["ひまわりサロン | 大屋町加保7 | 079-662-1111", "囲碁 | 関宮3 | 079-662-2222"];
    assert_eq!(matched(&before, &far), [A, B]);
    let somewhere_else = ["ひまわりサロン | 大屋町加保7 | 079-669-5555", "囲碁 | 関宮3 | 079-662-2222"];
    assert_eq!(matched(&before, &somewhere_else), [N, B]);
}

#[test]
fn a_name_that_many_halls_share_and_the_telephone_of_the_office_prove_nothing() {
    let before = ["いきいきサロン | 関宮1 | 079-662-0000", "いきいきサロン | 大谷5 | 079-662-0000", "茶道 | 大谷5"];
    let now = ["いきいきサロン | 関宮1 | 079-662-0000", "いきいきサロン | 口大屋8 | 079-662-0000", "茶道 | 大谷5"];
    assert_eq!(matched(&before, &now), [A, N, C]);
}

#[test]
fn where_two_could_be_meant_neither_is_taken() {
    let before = ["ひまわりサロン | 八鹿町八鹿1"];
    assert_eq!(matched(&before, &["ひまわりサロン | 八鹿町八鹿7", "ひまわりサロン | 八鹿町八鹿8"]), [N, N]);
    assert_eq!(matched(&before, &["なかよしひまわりサロン | 八鹿町八鹿1", "ひまわりサロン花 | 八鹿町八鹿1"]), [N, N]);
}

#[test]
fn groups_of_one_name_in_one_hall_are_told_apart_by_when_they_meet() {
    let before = ["体操 | 関宮1 | | when=月曜", "体操 | 関宮1 | | when=木曜"];
    assert_eq!(matched(&before, &["体操 | 関宮1 | | when=木曜", "体操 | 関宮1 | | when=月曜"]), [B, A]);
    assert_eq!(matched(&before, &["体操 | 関宮1 | | when=木曜"]), [B]);
    assert_eq!(matched(&before, &["体操 | 関宮1 | | when=金曜", "体操 | 関宮1 | | when=月曜"]), [B, A]);
}

#[test]
fn a_list_without_addresses_is_told_apart_by_its_positions() {
    let before = ["東屋 | | | at=134.7700,35.4000", "東屋 | | | at=134.9000,35.4000"];
    assert_eq!(matched(&before, &["東屋 | | | at=134.9010,35.4000", "東屋 | | | at=134.7700,35.4000"]), [B, A]);
    assert_eq!(matched(&before, &["東屋 | | | at=134.9900,35.4000", "東屋 | | | at=134.7700,35.4000"]), [N, A]);
    assert_eq!(matched(&before[..1], &["東屋 | | | at=134.9900,35.4000"]), [A]);
    assert_eq!(matched(&["東屋 | | | at=134.77,35.4"], &["展望東屋台 | | | at=134.77,35.4"]), [N]);
    assert_eq!(matched(&["桜の東屋 | | | at=134.77,35.4"], &["桜の大東屋 | | | at=134.77,35.4"]), [A]);
}

#[test]
fn ten_thousand_rows_that_say_almost_the_same_take_no_time_to_speak_of() {
    let lines = |street: &str| -> Vec<(Facts, Option<String>)> {
        (0..5_000).map(|n| entry(&format!("サロン{n} | {street}{} | 079-662-0000", n % 3))).collect()
    };
    let (before, now) = (lines("関宮"), lines("大谷"));
    let found = match_rows(&borrow(&before), &borrow(&now));
    assert_eq!(found.stored_of_row.len(), 5_000);
}

proptest! {
    #[test]
    fn the_same_rows_in_any_order_are_the_same_places(
        (lines, shuffled) in prop::collection::vec(("[ab]{1,2}", "[xy]?[12]?", "(0796620)?[12]?", "[mt]?"), 0..30)
            .prop_flat_map(|lines| {
                let order: Vec<usize> = (0..lines.len()).collect();
                (Just(lines), Just(order).prop_shuffle())
            })
    ) {
        let text = |(name, address, phone, when): &(String, String, String, String)| {
            entry(&format!("{name} | {address} | {phone} | when={when}"))
        };
        let before: Vec<_> = lines.iter().map(text).collect();
        let now: Vec<_> = shuffled.iter().map(|&i| text(&lines[i])).collect();
        let found = match_rows(&borrow(&before), &borrow(&now)).stored_of_row;
        for (row, stored) in found.iter().enumerate() {
            prop_assert_eq!(&before[stored.unwrap()].0, &now[row].0);
        }
    }

    #[test]
    fn no_two_rows_are_one_place_and_the_answer_never_changes(
        before in prop::collection::vec(("[あい]{1,4}", "[xy]?[12]?", "(0796620)?[12]?"), 0..20),
        now in prop::collection::vec(("[あい]{1,4}", "[xy]?[12]?", "(0796620)?[12]?"), 0..20),
    ) {
        let text = |(name, address, phone): &(String, String, String)| entry(&format!("{name} | {address} | {phone}"));
        let (before, now): (Vec<_>, Vec<_>) = (before.iter().map(text).collect(), now.iter().map(text).collect());
        let found = match_rows(&borrow(&before), &borrow(&now));
        let mut taken: Vec<usize> = found.stored_of_row.iter().flatten().copied().collect();
        taken.sort_unstable();
        let count = taken.len();
        taken.dedup();
        prop_assert_eq!(taken.len(), count);
        prop_assert_eq!(&found, &match_rows(&borrow(&before), &borrow(&now)));
    }
}

/// Name and position of every row of a file of town halls.
fn town_halls(path: &std::path::Path) -> Vec<(Facts, Option<String>)> {
    let bytes = std::fs::read(path).unwrap();
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::SHIFT_JIS.decode(&bytes).0.into_owned(),
    };
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let rows = table.records().map(Result::unwrap);
    rows.map(|row| (entry(&format!("{} | | | at={},{}", &row[3], &row[6], &row[5])).0, None)).collect()
}

#[test]
fn town_halls_of_two_years_are_the_same_but_for_names_that_two_share() {
    let Some(folder) = std::env::var_os("TSUNAGARI_REAL_DATA") else {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
        return;
    };
    let file = |name: &str| std::path::Path::new(&folder).join("geocode").join(name);
    let (before, now) = (town_halls(&file("localgovjp-sjis_2019.csv")), town_halls(&file("localgovjp-utf8.csv")));
    let found = match_rows(&borrow(&before), &borrow(&now)).stored_of_row;
    let renamed: Vec<(&str, &str)> = found
        .iter()
        .zip(&now)
        .filter_map(|(stored, row)| Some((before[(*stored)?].0.name.as_str(), row.0.name.as_str())))
        .filter(|(old, new)| old != new)
        .collect();
    assert_eq!(renamed, [("七ケ宿町", "七ヶ宿町"), ("篠山市", "丹波篠山市"), ("那珂川町", "那珂川市")]);
    // Their halls stand elsewhere now, and another prefecture has a town of the same name.
    let new: Vec<&str> = found.iter().zip(&now).filter(|(s, _)| s.is_none()).map(|(_, r)| r.0.name.as_str()).collect();
    assert_eq!(new, ["南部町", "川西町", "太子町"]);
}
