//! The gazetteer on invented 大字 with the traps of real ones.

use proptest::prelude::*;

use super::*;
use crate::import::ProblemKind;
use crate::model::Position;

pub(super) fn yabu() -> City {
    City {
        code: "282227".to_owned(), name: "養父市".to_owned(), prefecture: "兵庫県".to_owned(), ..City::default()
    }
}

pub(super) fn entry(city: &str, town: &str, small_area: &str, lon: f64) -> TownEntry {
    TownEntry {
        prefecture: (!city.is_empty()).then(|| "兵庫県".to_owned()),
        city: (!city.is_empty()).then(|| city.to_owned()),
        city_code: None,
        town: town.to_owned(),
        kana: None,
        small_area: (!small_area.is_empty()).then(|| small_area.to_owned()),
        position: Position::new(lon, 35.0).unwrap(),
    }
}

/// Invented 大字 with the traps of real ones.
pub(super) fn gazetteer() -> Gazetteer {
    let own = [
        ("大屋町加保", ""),
        ("大屋町大杉", ""),
        ("大屋町夏梅", ""),
        ("大屋町中間", ""),
        ("大屋町筏場", ""),
        ("三谷", ""),
        ("八鹿町三谷", ""),
        ("八鹿町八鹿", ""),
        ("八鹿町国木", ""),
        ("八鹿町高柳", ""),
        ("八鹿町大江", ""),
        ("大谷", ""),
        ("大谷口", ""),
        ("向大谷", ""),
        ("梨ケ原", ""),
        ("大字十二所", ""),
        ("大薮", ""),
        ("大塚", ""),
        ("大塚", "丁田"),
        ("瓦町一丁目", ""),
        ("瓦町二丁目", ""),
        ("末広町", ""),
        ("末広町一丁目", ""),
        ("安原下第一号", ""),
        ("上箇", ""),
    ];
    let entries = (0u32..).zip(own).map(|(i, (town, small))| entry("", town, small, 134.0 + f64::from(i) / 1000.0));
    let others = [("豊岡市", "大谷"), ("豊岡市", "日高町加保"), ("川辺郡猪名川町", "大谷"), ("神崎郡神河町", "中村")];
    let others = others.map(|(city, town)| entry(city, town, "", 135.5));
    Gazetteer::new(entries.chain(others).collect(), &yabu())
}

pub(super) fn found(gazetteer: &Gazetteer, address: &str) -> String {
    match gazetteer.look_up(address) {
        TownLookup::Found(LocatedAddress { site, town, .. }) => {
            let other = if site.position.lon() > 135.0 { "他市 " } else { "" };
            format!("{other}{} {:?}", town.name, site.precision)
        }
        TownLookup::WithoutTown(site) => format!("{:?}", site.precision),
        TownLookup::Several => "2".to_owned(),
        TownLookup::Ambiguous => "?".to_owned(),
        TownLookup::Unknown => "-".to_owned(),
    }
}

#[test]
fn spellings_of_one_address_are_one() {
    let gazetteer = gazetteer();
    for (expected, addresses) in [
        (
            "大屋町加保 Town",
            &[
                "兵庫県養父市大屋町加保7",
                "養父市大屋町加保",
                "大屋町加保７番地",
                "加保",
                "加保７",
                "兵庫県 養父市 大屋町 加保 7-1",
                "〒667-0315 養父市大屋町加保7",
                "６６７－０３１５　兵庫県養父市大屋町加保",
                "養父郡大屋町加保7",
                "兵庫県養父郡大屋町加保",
                "養父市大字加保12",
                "養父市大屋町大字加保字谷12",
                "大屋町加保（旧小学校）",
                "大屋町加保甲12",
                "大屋町加保 おおやホール",
                "養父市大屋町加保地内",
                "大屋町加保\n公民館",
            ][..],
        ),
        ("三谷 Town", &["養父市三谷12", "兵庫県養父市三谷", "養父市大字三谷"]),
        ("八鹿町三谷 Town", &["八鹿町三谷12", "養父市八鹿町三谷"]),
        ("?", &["三谷", "三谷12"]),
        ("大谷 Town", &["大谷12", "養父市大谷", "兵庫県養父市大谷字口12"]),
        ("大谷口 Town", &["大谷口3", "養父市大谷口"]),
        ("向大谷 Town", &["向大谷3"]),
        ("梨ケ原 Town", &["梨ヶ原12", "梨が原", "梨ガ原", "養父市梨ｹ原1"]),
        ("大字十二所 Town", &["養父市十二所5", "大字十二所", "12所5", "１２所"]),
        ("大薮 Town", &["大藪12", "大籔"]),
        ("安原下第一号 Town", &["安原下第1号100", "安原下第１号"]),
        ("大塚 Block", &["大塚丁田12", "大塚字丁田", "養父市大塚 字丁田5"]),
        ("大塚 Town", &["大塚12", "大塚字山田5"]),
        ("瓦町 Block", &["瓦町1丁目", "瓦町一丁目3", "瓦町１丁目３−２", "瓦町1-3", "養父市瓦町二丁目", "瓦町1の3"]),
        ("瓦町 Town", &["瓦町", "瓦町123番地", "瓦町9丁目", "瓦町5-3"]),
        ("末広町 Block", &["末広町1丁目3"]),
        ("末広町 Town", &["末広町1-3", "末広町5"]),
        ("上箇 Town", &["上箇5", "養父市上箇字谷", "上ヶ5"]),
    ] {
        for address in addresses {
            assert_eq!(found(&gazetteer, address), expected, "{address}");
        }
    }
}

#[test]
fn another_municipality_s_town_of_the_same_name_does_not_catch_an_address() {
    let gazetteer = gazetteer();
    for (address, expected) in [
        ("豊岡市大谷1", "他市 大谷 Town"),
        ("兵庫県豊岡市大谷1", "他市 大谷 Town"),
        ("豊岡市日高町加保", "他市 日高町加保 Town"),
        ("川辺郡猪名川町大谷", "他市 大谷 Town"),
        ("猪名川町大谷", "他市 大谷 Town"),
        ("豊岡市三谷", "-"),
        ("朝来市大谷1", "-"),
        ("香美町大谷", "-"),
        ("美方郡香美町大谷", "-"),
        ("京都府養父市大谷", "-"),
        ("京都府大谷1", "-"),
        ("中村", "-"),
        ("神河町中村5", "他市 中村 Town"),
    ] {
        assert_eq!(found(&gazetteer, address), expected, "{address}");
    }
}

#[test]
fn what_only_begins_like_a_town_or_is_no_address_is_not_placed() {
    let gazetteer = gazetteer();
    for address in [
        "",
        " ",
        "養父市",
        "兵庫県養父市",
        "大谷東5",
        "大谷小学校",
        "中央公民館",
        "大屋町",
        "大屋町加保公民館",
        "八鹿町大谷",
        "大屋町三谷",
        "谷",
        "加",
        "中間3丁目",
        "大谷3丁目2",
        "1-2-3",
        "〒667-0315",
        "大谷の里",
        "電話 079-662-1234",
    ] {
        assert_eq!(found(&gazetteer, address), "-", "{address}");
    }
}

#[test]
fn a_former_town_that_the_names_no_longer_have_may_be_given() {
    let gazetteer = gazetteer();
    assert_eq!(found(&gazetteer, "関宮町大谷12"), "-");
    let extended = gazetteer.with_former_towns(["関宮町", "大屋町", "八鹿町", ""]);
    assert_eq!(found(&extended, "養父市関宮町大谷12"), "大谷 Town");
    assert_eq!(found(&extended, "養父郡関宮町大谷12"), "大谷 Town");
    assert_eq!(found(&extended, "大屋町大谷12"), "-");
}

#[test]
fn two_towns_of_one_name_far_apart_are_ambiguous() {
    let gazetteer = Gazetteer::new(vec![entry("", "新田", "", 134.0), entry("", "新田", "", 134.5)], &yabu());
    assert_eq!(gazetteer.look_up("養父市新田5"), TownLookup::Ambiguous);
    let twice = Gazetteer::new(vec![entry("", "新田", "", 134.0), entry("", "新田", "", 134.001)], &yabu());
    assert_eq!(found(&twice, "養父市新田5"), "新田 Town");
}

#[test]
fn wards_tell_apart_what_the_city_has_twice() {
    let kobe = City {
        code: "281000".to_owned(),
        name: "神戸市".to_owned(),
        prefecture: "兵庫県".to_owned(),
        ..City::default()
    };
    let entries = [("神戸市東灘区", "本町", 135.2), ("神戸市北区", "本町", 135.1), ("神戸市北区", "谷上", 135.15)];
    let gazetteer = Gazetteer::new(entries.map(|(city, town, lon)| entry(city, town, "", lon)).to_vec(), &kobe);
    for (address, expected) in [
        ("神戸市北区本町5", Some(135.1)),
        ("東灘区本町5", Some(135.2)),
        ("北区谷上5", Some(135.15)),
        ("神戸市 北区 神戸市北区本町5", Some(135.1)),
        ("西区本町5", None),
        ("神戸市西区谷上5", None),
        ("大阪市北区本町5", None),
        ("東京都北区本町5", None),
        ("神戸市本町5", None),
        ("谷上5", Some(135.15)),
        ("兵庫県神戸市谷上5", Some(135.15)),
    ] {
        assert_eq!(gazetteer.locate(address).map(|l| l.site.position.lon()), expected, "{address}");
    }
}

#[test]
fn the_forms_in_which_gazetteers_are_published_are_read() {
    let expected = ("養父市".to_owned(), "大屋町加保".to_owned(), "谷".to_owned(), 134.0);
    for text in [
        "pref,city,town,koaza,lat,lng\n兵庫県,養父市,大屋町加保,谷,35,134\n",
        "\u{feff}\"都道府県名\",\"市区町村名\",\"大字町丁目名\",\"小字・通称名\",\"緯度\",\"経度\"\r\n\"兵庫県\",\"養父市\",\"大屋町加保\",\"谷\",\"35.0\",\"134.0\"\r\n",
        "経度,緯度,小字・通称名,大字町丁目名,市区町村名\n134,35,谷,大屋町加保,養父市\n",
        "都道府県名,市区町村名,大字・丁目名,小字・通称名,街区符号・地番,座標系番号,Ｘ座標,Ｙ座標,緯度,経度,住居表示フラグ\n兵庫県,養父市,大屋町加保,谷,1,5,1.0,2.0,35.1,134.1,0\n兵庫県,養父市,大屋町加保,谷,2,5,1.0,2.0,34.9,133.9,0\n",
        r#"[{"city":"養父市","town":"大屋町加保","koaza":"谷","lat":35,"lng":134},{"town":"外野","koaza":"","lat":null,"lng":null}]"#,
        r#"{"meta":{"updated":1},"data":[{"city":"養父市","oaza_cho":"大屋町加保","koaza":"谷","point":[134.0,35.0]}]}"#,
    ] {
        let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(text.trim_start_matches('\u{feff}'));
        for bytes in [text.as_bytes(), &sjis] {
            let entries = Gazetteer::read(bytes).unwrap();
            let read = entries.iter().map(|e| {
                (
                    e.city.clone().unwrap(),
                    e.town.clone(),
                    e.small_area.clone().unwrap(),
                    (e.position.lon() * 1e6).round() / 1e6,
                )
            });
            assert_eq!(read.collect::<Vec<_>>(), std::slice::from_ref(&expected), "{text}");
        }
    }
    let coded =
        Gazetteer::read("大字町丁目コード,大字町丁目名,緯度,経度\n11010001001,旭ケ丘一丁目,43,141\n".as_bytes())
            .unwrap();
    assert_eq!((coded[0].city_code.as_deref(), coded[0].town.as_str()), (Some("01101"), "旭ケ丘一丁目"));
}

#[test]
fn what_is_no_gazetteer_is_refused() {
    for text in [
        "",
        "a,b\n1,2\n",
        "name,lat,lng\n公民館,35,134\n",
        "{}",
        "[]",
        "[1]",
        "town,lat,lng\n",
        "PK\u{3}",
        "{\"data\":5}",
    ] {
        assert_eq!(Gazetteer::read(text.as_bytes()).unwrap_err().kind, ProblemKind::GazetteerUnreadable, "{text}");
    }
    let swapped = Gazetteer::read(b"town,lat,lng\na,35,134\nb,134,35\n").unwrap_err();
    assert_eq!((swapped.row, swapped.kind), (3, ProblemKind::GazetteerBadPosition));
    assert_eq!(Gazetteer::default().look_up("養父市大谷"), TownLookup::Unknown);
}

proptest! {
    #[test]
    fn no_address_makes_it_panic(address in "\\PC{0,20}") {
        let _ = gazetteer().look_up(&address);
    }

    #[test]
    fn no_address_of_familiar_parts_makes_it_panic(
        parts in prop::collection::vec(prop::sample::select(vec![
            "兵庫県", "養父市", "豊岡市", "大屋町", "加保", "三", "谷", "大字", "字", "丁目", "1", "の", "-", "（", " ", "郡", "区", "瓦町", "々", "〒", "大塚", "丁田", "ー",
        ]), 0..8),
    ) {
        let _ = gazetteer().look_up(&parts.concat());
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        let _ = Gazetteer::read(&bytes);
        let _ = Gazetteer::read(&[b"town,lat,lng,code,koaza\n", &bytes[..]].concat());
    }
}

#[test]
fn readings_are_read_where_the_file_has_them_and_nothing_is_made_up() {
    let kana = |text: &str| {
        Gazetteer::read(text.as_bytes())
            .unwrap()
            .into_iter()
            .map(|entry| entry.kana.unwrap_or_default())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kana(
            "市区町村名,大字町丁目名,大字町丁目名カナ,緯度,経度\n養父市,大屋町加保,オオヤチョウカボ,35.3,134.6\n\
             養父市,瓦町二丁目,ｶﾜﾗﾏﾁ 2,35.3,134.7\n養父市,轟,,35.3,134.8\n養父市,安井,安井,35.3,134.9\n"
        ),
        ["おおやちょうかぼ", "かわらまち", "", ""]
    );
    assert_eq!(
        kana(
            "city,oaza_cho,oaza_cho_kana,chome,chome_kana,rep_lat,rep_lon\n高松市,瓦町,カワラマチ,二丁目,2,34.3,134.0\n"
        ),
        ["かわらまち"]
    );
    assert_eq!(
        kana(
            r#"{"meta":{},"data":[{"oaza_cho":"瓦町","oaza_cho_k":"カワラマチ","chome":"二丁目","point":[134.0,34.3]}]}"#
        ),
        ["かわらまち"]
    );
    assert_eq!(kana("町字名,代表点_緯度,代表点_経度\n安井,35.3,134.9\n"), [""]);
}
