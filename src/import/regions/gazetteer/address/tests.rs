//! Numbers, 丁目, 小字, and what stands around an address.

use super::super::tests::{entry, found, gazetteer, yabu};
use super::super::{Gazetteer, TownLookup};
use crate::model::{City, Position, Precision, TownEntry};

/// Invented 大字 whose names are also those of 丁目, far away or near, and other traps of numbers.
fn numbered() -> Gazetteer {
    let towns = [
        ("大字森", "", 134.1),
        ("森一丁目", "", 134.2),
        ("森二丁目", "", 134.201),
        ("森三丁目", "", 134.202),
        ("浜町", "", 134.3),
        ("浜町一丁目", "", 134.302),
        ("浜町二丁目", "", 134.304),
        ("大字原一丁目", "", 134.4),
        ("大字原二丁目", "", 134.402),
        ("大字原", "", 134.5),
        ("南十三丁目", "", 134.6),
        ("南十三丁目", "第五地割", 134.61),
        ("南町", "", 134.62),
        ("北二条東三丁目", "", 134.7),
        ("北二条東四丁目", "", 134.702),
        ("川端通五番町", "", 134.71),
        ("上野", "", 134.72),
        ("上野", "イ", 134.73),
        ("上野", "い", 134.74),
        ("上野", "カ", 134.75),
        ("上野", "ケ", 134.76),
        ("上野", "四", 134.77),
        ("里町大字奥", "", 134.8),
        ("里町大字口", "", 134.81),
        ("字谷", "", 134.82),
        ("拾番町", "", 134.83),
        ("大通り一丁目", "", 134.84),
        ("（大字なし）", "", 134.9),
        ("（大字なし）", "沖の島", 134.91),
    ];
    let entries = towns.map(|(town, small, lon)| entry("養父市", town, small, lon));
    Gazetteer::new(entries.to_vec(), &yabu())
}

#[test]
fn a_number_means_what_the_towns_of_the_name_allow() {
    let gazetteer = numbered();
    for (addresses, expected) in [
        (
            &["大字森", "大字森123", "森123番地", "森3番地の5", "森字ほげ12", "大字森1-2-3", "養父市字森5番地"][..],
            Some(134.1),
        ),
        (&["森2-3-4", "森二丁目3", "森２丁目", "森二の三の四", "養父市森2-3番4号", "森二丁目字ほげ"], Some(134.201)),
        (&["森", "森2-3", "森3", "森 会館", "森のなか", "森2条5", "森5番町1"], None),
        (&["浜町", "浜町123", "浜町 5-6", "浜町（会館）"], Some(134.3)),
        (&["浜町1-2-3", "浜町一丁目2", "浜町１丁目"], Some(134.302)),
        (&["浜町2-3"], None),
        (&["大字原2-3-4", "原二丁目3", "大字原2丁目"], Some(134.402)),
        (&["大字原123", "原45番地"], Some(134.5)),
        (&["南十三丁目5", "南13丁目", "南十三丁目字ほげ"], Some(134.6)),
        (&["南十三丁目第五地割10-2", "南13丁目5地割10", "南十三丁目 第5地割"], Some(134.61)),
        (&["南町5-6", "南町１３"], Some(134.62)),
        (&["南13-2", "南5"], None),
        (&["北二条東三丁目1", "北2東3", "北2条東3-4", "北２東３丁目"], Some(134.7)),
        (&["川端通五番町5", "川端通5-12", "川端通５番町"], Some(134.71)),
        (&["川端通5", "川端通"], None),
        (&["上野イ5", "上野字イ5番地"], Some(134.73)),
        (&["上野い5"], Some(134.74)),
        (&["上野カ5"], Some(134.75)),
        (&["上野ケ5"], Some(134.76)),
        (&["上野四5番地", "上野字四 5"], Some(134.77)),
        (&["上野四番地5", "上野4", "上野№4", "上野No.4", "上野番外地", "上野弐拾番地"], Some(134.72)),
        (&["上野三国5", "上野五条2", "上野 から徒歩5分"], None),
        (&["里町奥12", "里町大字奥12", "里町字奥12", "里町 大字 奥"], Some(134.8)),
        (&["字谷5", "谷5", "養父市谷"], Some(134.82)),
        (&["十番町5", "拾番町5", "10番町", "壱拾番町5"], Some(134.83)),
        (&["大通1-2-3", "大通り１丁目", "大通一丁目"], Some(134.84)),
    ] {
        for address in addresses {
            let found = gazetteer.locate(address).map(|located| located.site.position.lon());
            assert_eq!(found, expected, "{address}: {:?}", gazetteer.look_up(address));
        }
    }
}

#[test]
fn a_municipality_with_the_character_of_a_county_in_its_name_is_found() {
    for name in ["大和郡山市", "郡山市", "蒲郡市"] {
        let city = City { name: name.to_owned(), ..City::default() };
        let gazetteer = Gazetteer::new(vec![entry(name, "三谷", "", 134.1)], &city);
        assert_eq!(found(&gazetteer, &format!("{name}三谷5")), "三谷 Town", "{name}");
        assert_eq!(found(&gazetteer, "山市三谷5"), "-", "{name}");
    }
    let town = City { name: "猪名川町".to_owned(), prefecture: "兵庫県".to_owned(), ..City::default() };
    let gazetteer = Gazetteer::new(vec![entry("川辺郡猪名川町", "三谷", "", 134.1)], &town);
    for address in ["川辺郡猪名川町三谷5", "猪名川町三谷5", "兵庫県川辺郡猪名川町川辺郡猪名川町三谷5", "兵庫県三谷5"]
    {
        assert_eq!(found(&gazetteer, address), "三谷 Town", "{address}");
    }
}

#[test]
fn what_lies_in_no_town_is_put_at_the_middle_of_the_district() {
    let gazetteer = numbered();
    for (address, expected) in [
        ("養父市123", Some((134.9, Precision::District))),
        ("養父市 12番地3", Some((134.9, Precision::District))),
        ("養父市沖の島5", Some((134.91, Precision::Block))),
        ("養父市", None),
        ("養父市内", None),
        ("養父市3丁目", None),
        ("養父市ほげ12", None),
        ("123", None),
    ] {
        let found = match gazetteer.look_up(address) {
            TownLookup::WithoutTown(site) => Some((site.position.lon(), site.precision)),
            _ => None,
        };
        assert_eq!(found, expected, "{address}");
    }
}

#[test]
fn what_stands_around_an_address_does_not_hide_it() {
    let gazetteer = gazetteer();
    for address in [
        "（〒667-0315）養父市大屋町加保7",
        "(6670315) 養父市大屋町加保7",
        "住所：養父市大屋町加保7",
        "【所在地】養父市大屋町加保7",
        "「養父市大屋町加保7」",
        "養父市「大屋町加保」7",
        "079-664-0000 養父市大屋町加保7",
        "TEL:079(664)0000　養父市大屋町加保7",
        "養父市大屋町加保7 電話079-664-0000",
        "養父市養父市大屋町加保7",
        "兵庫県兵庫県養父市大屋町加保7",
        "兵庫県養父市兵庫県養父市大屋町加保7",
        "養父市／大屋町／加保7",
        "養父市（旧大屋町）加保7",
        "養父市旧大屋町加保7",
        "加保会館（養父市大屋町加保7）",
        "加保会館 養父市大屋町加保7",
        "養父市大屋町加保7、加保会館",
        "養父市大屋町加保7・8",
        "養父市大屋町字加保7",
    ] {
        assert_eq!(found(&gazetteer, address), "大屋町加保 Town", "{address}");
    }
}

#[test]
fn two_addresses_in_one_cell_are_told_as_two() {
    let gazetteer = gazetteer();
    for address in [
        "大屋町加保7・大谷5",
        "大屋町加保、大谷",
        "大屋町加保及び大谷",
        "養父市大屋町加保7 養父市大谷5",
        "大屋町加保7／大谷口3",
        "大屋町加保7\n大谷口3",
        "大屋町加保7、豊岡市日高町加保3",
        "大屋町加保7、朝来市和田山町12",
        "大屋町加保7；大阪府大阪市北区1",
        "大屋町加保7 大谷5",
    ] {
        assert_eq!(found(&gazetteer, address), "2", "{address}");
    }
    for address in [
        "大屋町加保7、市民会館",
        "大屋町加保7 大谷ビル",
        "大屋町加保7・加保9",
        "大屋町加保（大谷）",
        "大屋町加保字大谷5",
    ] {
        assert_eq!(found(&gazetteer, address), "大屋町加保 Town", "{address}");
    }
}

#[test]
fn streets_stand_before_the_town_in_kyoto_only() {
    let kyoto = City {
        code: "261009".to_owned(),
        name: "京都市".to_owned(),
        prefecture: "京都府".to_owned(),
        ..City::default()
    };
    let towns = [("鍵屋町", 135.1), ("上鍵屋町", 135.2), ("角倉町", 135.3), ("堀川町", 135.4)];
    let entries = towns
        .map(|(town, lon)| TownEntry {
            prefecture: Some("京都府".to_owned()), ..entry("京都市中京区", town, "", lon)
        });
    let gazetteer = Gazetteer::new(entries.to_vec(), &kyoto);
    for (address, expected) in [
        ("京都市中京区柳通桜上る鍵屋町12", Some(135.1)),
        ("京都府京都市中京区柳通桜上ル上鍵屋町12", Some(135.2)),
        ("中京区桜通柳東入鍵屋町", Some(135.1)),
        ("中京区桜通柳西入ル角倉町5", Some(135.3)),
        ("京都市中京区桜通柳下る二丁目鍵屋町5", Some(135.1)),
        ("中京区桜通柳下がる 鍵屋町5", Some(135.1)),
        ("中京区堀川通鍵屋町5", Some(135.1)),
        ("中京区柳通桜上る中鍵屋町12", None),
        ("中京区柳通桜上る", None),
        ("左京区柳通桜上る鍵屋町", None),
    ] {
        assert_eq!(gazetteer.locate(address).map(|l| l.site.position.lon()), expected, "{address}");
    }
    assert_eq!(found(&super::super::tests::gazetteer(), "養父市柳通桜上る大谷5"), "-");
}

#[test]
fn a_point_farther_than_the_neighbours_of_its_town_is_known() {
    let towns = (0u32..12).map(|i| {
        entry(
            "",
            &format!("村{}", ["い", "ろ", "は", "に"][i as usize % 4].repeat(1 + i as usize / 4)),
            "",
            134.0 + f64::from(i) / 100.0,
        )
    });
    let gazetteer = Gazetteer::new(towns.collect(), &yabu());
    let located = gazetteer.locate("養父市村い5").unwrap();
    let beyond = |lon: f64| gazetteer.metres_beyond_neighbours(&located, Position::new(lon, 35.0).unwrap()).is_some();
    assert!(!beyond(134.0) && !beyond(134.05) && beyond(134.08) && beyond(135.0));
}

#[test]
fn a_landmark_or_a_building_beside_a_town_does_not_hide_it() {
    let gazetteer = numbered();
    for (addresses, expected) in [
        (
            &[
                "浜町の県道ぞい",
                "浜町の個人の店（907）",
                "浜町ほか",
                "浜町他",
                "浜町区内",
                "集合：浜町 旧町役場前",
                "集合は浜町のバス停前",
                "場所は浜町の公民館です",
            ][..],
            Some(134.3),
        ),
        (&["南町の商店街", "南町 南町会館", "養父市南町の港前"], Some(134.62)),
        (&["みなと会館（里町奥12）", "みなと会館 里町奥12-3"], Some(134.8)),
        (&["南十三丁目5地割10", "南十三丁目第5地割10"], Some(134.61)),
        (&["森の公園", "谷の公園", "みなと会館 里町奥", "浜町の夕日"], None),
        (&["南町（場所は伏せる）", "里町奥12（非公開）"], None),
        (&["南町5と里町奥12"], None),
    ] {
        for address in addresses {
            let found = gazetteer.locate(address).map(|located| located.site.position.lon());
            assert_eq!(found, expected, "{address}: {:?}", gazetteer.look_up(address));
        }
    }
}
