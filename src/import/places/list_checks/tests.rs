use geo::{MultiPolygon, Rect};

use super::*;
use crate::model::{City, Contact, District, DistrictId, Location, Schedule, Source, TownEntry};

fn at(lon: f64, lat: f64) -> Position {
    Position::new(lon, lat).unwrap()
}

fn square(west: f64) -> Area {
    Area::new(MultiPolygon(vec![Rect::new((west, 35.0), (west + 1.0, 36.0)).to_polygon()]))
}

fn districts() -> DistrictTable {
    let district = |name: &str, town: &str, west: f64| District {
        id: DistrictId(name.to_owned()),
        name: name.to_owned(),
        kana: None,
        former_town: Some(town.to_owned()),
        boundary: Some(square(west)),
        centre: Some(at(west + 0.5, 35.5)),
        ..District::default()
    };
    DistrictTable::new(vec![district("大屋", "大屋町", 134.0), district("八鹿", "八鹿町", 135.0)])
}

fn gazetteer() -> Gazetteer {
    let entry = |town: &str, lon: f64| TownEntry {
        prefecture: None,
        city: None,
        city_code: None,
        town: town.to_owned(),
        kana: None,
        small_area: None,
        position: at(lon, 35.5),
    };
    let towns = [
        ("三谷", 134.3),
        ("八鹿町三谷", 135.3),
        ("八鹿町八鹿", 135.4),
        ("八鹿町国木", 135.4),
        ("八鹿町高柳", 135.4),
        ("八鹿町大江", 135.4),
    ];
    let city = City { name: "養父市".to_owned(), ..City::default() };
    Gazetteer::new(towns.map(|(town, lon)| entry(town, lon)).to_vec(), &city)
}

fn place(row: u32, name: &str, facts: Facts) -> ImportedPlace {
    let source = Source { row, ..Source::default() };
    ImportedPlace { source, facts: Facts { name: name.to_owned(), ..facts }, verification: None }
}

fn door(lon: f64, lat: f64) -> Location {
    Location { position: at(lon, lat), precision: Precision::Door }
}

fn located(lon: f64, lat: f64) -> Facts {
    Facts { site: Some(door(lon, lat)), ..Facts::default() }
}

fn headings() -> CheckedHeadings {
    let heading = |text: &str| Some(text.to_owned());
    CheckedHeadings {
        name: heading("名称"), lat: heading("緯度"), address: heading("住所"), district: heading("地区")
    }
}

/// Row, column, kind and values of what is to be mended.
fn found(places: &mut [ImportedPlace], ground: DistrictGround<'_>) -> Vec<String> {
    let problems = check_places(places, &headings(), ground, &City::default());
    let values = |p: &ListProblem| p.values.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" ");
    problems
        .iter()
        .map(|p| format!("{} {} {} {}", p.row, p.column.as_deref().unwrap_or("-"), p.kind.name(), values(p)))
        .collect()
}

fn nothing(districts: &DistrictTable) -> DistrictGround<'_> {
    DistrictGround { gazetteer: None, boundary: None, districts }
}

#[test]
fn rows_without_coordinates_are_placed_by_address_and_every_known_address_tells_its_town() {
    let (gazetteer, districts) = (gazetteer(), districts());
    let ground = DistrictGround { gazetteer: Some(&gazetteer), ..nothing(&districts) };
    let addressed = |address: &str, site, district: Option<&str>| Facts {
        address: Some(address.to_owned()),
        site,
        district_written: district.map(str::to_owned),
        ..Facts::default()
    };
    let mut places = [
        place(2, "a", addressed("養父市八鹿町八鹿1", None, None)),
        place(3, "b", addressed("養父市八鹿町八鹿1", Some(door(135.41, 35.5)), None)),
        place(4, "c", addressed("三谷5", None, None)),
        place(5, "d", addressed("三谷5", None, Some("八鹿地区"))),
        place(6, "e", addressed("豊岡市中央町", None, None)),
        place(7, "f", Facts::default()),
        place(8, "g", addressed(" ", None, None)),
    ];
    let problems = found(&mut places, ground);
    assert_eq!(
        problems,
        [
            "2 住所 placed_by_address 八鹿町八鹿",
            "4 住所 address_ambiguous 三谷5",
            "5 住所 placed_by_address 八鹿町三谷",
            "6 住所 address_not_found 豊岡市中央町",
        ]
    );
    let sites: Vec<_> = places.iter().map(|p| p.facts.site.map(|s| (s.position.lon(), s.precision))).collect();
    assert_eq!(
        sites[..4],
        [Some((135.4, Precision::Town)), Some((135.41, Precision::Door)), None, Some((135.3, Precision::Town))]
    );
    let towns: Vec<_> = places.iter().map(|p| p.facts.town.as_ref().map(|t| t.name.as_str())).collect();
    assert_eq!(towns, [Some("八鹿町八鹿"), Some("八鹿町八鹿"), None, Some("八鹿町三谷"), None, None, None]);
}

#[test]
fn an_address_is_found_beside_or_behind_the_name_of_the_house() {
    let (gazetteer, districts) = (gazetteer(), districts());
    let ground = DistrictGround { gazetteer: Some(&gazetteer), ..nothing(&districts) };
    let town = |address: Option<&str>, venue: Option<&str>| {
        let facts = Facts { address: address.map(str::to_owned), venue: venue.map(str::to_owned), ..Facts::default() };
        let mut places = [place(2, "a", facts)];
        found(&mut places, ground);
        places[0].facts.town.as_ref().map(|town| town.name.clone()).unwrap_or_default()
    };
    for (address, expected) in [
        ("ふれあい館（八鹿町国木12）", "八鹿町国木"),
        ("福祉会館 3階(八鹿町高柳60)", "八鹿町高柳"),
        ("福祉会館（八鹿町高柳60）ほか各支所", "八鹿町高柳"),
        ("ホール（工作室）（八鹿町大江3）", "八鹿町大江"),
        ("国木の館（八鹿町国木1）と高柳の館（八鹿町高柳2）", ""),
        ("ふれあい館（旧役場）", ""),
        ("ふれあい館（八鹿町国木12", "八鹿町国木"),
    ] {
        assert_eq!(town(Some(address), None), expected, "{address}");
    }
    for (venue, expected) in [
        ("八鹿町国木7 国木会館", "八鹿町国木"),
        ("八鹿町高柳　旧分校", "八鹿町高柳"),
        ("いこいの家（八鹿町大江）", "八鹿町大江"),
        ("八鹿町国木公民館", ""),
        ("公民館 2階", ""),
        ("三谷 集会所", ""),
    ] {
        assert_eq!(town(None, Some(venue)), expected, "{venue}");
    }
}

#[test]
fn a_point_far_from_the_town_of_its_address_and_a_second_address_are_told() {
    let districts = districts();
    let entry = |n: u32| TownEntry {
        prefecture: None,
        city: None,
        city_code: None,
        town: format!("{}谷", ["東", "西", "南", "北", "上", "下", "中", "前", "奥"][n as usize]),
        kana: None,
        small_area: None,
        position: at(134.3 + f64::from(n) / 100.0, 35.5),
    };
    let city = City { name: "養父市".to_owned(), ..City::default() };
    let gazetteer = Gazetteer::new((0..9).map(entry).collect(), &city);
    let ground = DistrictGround { gazetteer: Some(&gazetteer), ..nothing(&districts) };
    let addressed = |address: &str, site| Facts { address: Some(address.to_owned()), site, ..Facts::default() };
    let rough = Location { position: at(134.8, 35.5), precision: Precision::Town };
    let roaming = Facts { mode: MeetingMode::Roaming, ..addressed("市内一円", None) };
    let mut places = [
        place(2, "a", addressed("養父市東谷5", Some(door(134.301, 35.5)))),
        place(3, "b", addressed("養父市東谷5", Some(door(134.8, 35.5)))),
        place(4, "c", addressed("養父市東谷5", Some(rough))),
        place(5, "d", addressed("養父市東谷5・西谷7", None)),
        place(6, "e", roaming),
    ];
    assert_eq!(
        found(&mut places, ground),
        ["3 緯度 point_far_from_address 東谷 45.3", "5 住所 two_addresses 養父市東谷5・西谷7"]
    );
    assert_eq!(places[1].facts.site, Some(door(134.8, 35.5)));
}

#[test]
fn a_place_outside_the_municipality_is_kept_with_a_warning_and_a_coarse_one_without() {
    let (districts, boundary) = (DistrictTable::default(), square(134.0));
    let ground = DistrictGround { boundary: Some(&boundary), ..nothing(&districts) };
    let coarse =
        Facts { site: Some(Location { position: at(137.0, 35.5), precision: Precision::Town }), ..Facts::default() };
    let mut places = [place(2, "a", located(134.5, 35.5)), place(3, "b", located(136.5, 35.5)), place(4, "c", coarse)];
    assert_eq!(found(&mut places, ground), ["3 緯度 outside_municipality 136.5 35.5"]);
    assert!(places.iter().all(|p| p.facts.site.is_some()));
}

#[test]
fn a_district_that_disagrees_with_the_map_or_is_unknown_is_told() {
    let districts = districts();
    let written = |lon: f64, precision, district: &str| Facts {
        site: Some(Location { position: at(lon, 35.5), precision }),
        district_written: Some(district.to_owned()),
        ..Facts::default()
    };
    let mut places = [
        place(2, "a", written(134.5, Precision::Door, "大屋地区")),
        place(3, "b", written(134.5, Precision::Door, "八鹿地区")),
        place(4, "c", written(134.5, Precision::Town, "八鹿地区")),
        place(5, "d", written(134.5, Precision::Door, "どこか")),
        place(6, "e", written(134.5, Precision::Door, "旧大屋町")),
        place(7, "f", written(140.0, Precision::Door, "大屋")),
    ];
    assert_eq!(
        found(&mut places, nothing(&districts)),
        ["3 地区 district_disagrees 八鹿地区 大屋", "5 地区 unknown_district どこか"]
    );
    // Where no district is known, those of two rows are told once; where none of the list's is known, that is told once.
    assert_eq!(found(&mut places, nothing(&DistrictTable::default())), ["0 地区 districts_of_list 2 4"]);
    let others = DistrictTable::new(vec![District {
        id: DistrictId("d".to_owned()),
        name: "関宮".to_owned(),
        ..District::default()
    }]);
    assert_eq!(found(&mut places, nothing(&others)), ["0 地区 unknown_districts 4 6"]);
    assert_eq!(found(&mut places[3..4], nothing(&others)), ["5 地区 unknown_district どこか"]);
}

#[test]
fn one_row_far_from_all_others_is_told_and_a_wide_list_is_not() {
    let districts = DistrictTable::default();
    let row = |i: u32, lon: f64| place(i + 2, &format!("名{i}"), located(lon, 35.4));
    let mut near: Vec<_> = (0..10).map(|i| row(i, 134.7 + f64::from(i) / 100.0)).collect();
    near.push(row(10, 139.7));
    assert_eq!(found(&mut near, nothing(&districts)), ["12 緯度 far_from_others 445"]);
    let mut wide: Vec<_> = (0..11).map(|i| row(i, 130.0 + f64::from(i))).collect();
    assert_eq!(found(&mut wide, nothing(&districts)), [""; 0]);
    let mut few: Vec<_> = [134.7, 134.71, 139.7].into_iter().zip(0..).map(|(lon, i)| row(i, lon)).collect();
    assert_eq!(found(&mut few, nothing(&districts)), [""; 0]);
    let boundary = Area::new(MultiPolygon(vec![Rect::new((130.0, 30.0), (141.0, 40.0)).to_polygon()]));
    assert_eq!(found(&mut near, DistrictGround { boundary: Some(&boundary), ..nothing(&districts) }), [""; 0]);
}

#[test]
fn the_same_row_twice_is_told_with_the_first() {
    let districts = DistrictTable::default();
    let facts = |when: &str| Facts {
        address: Some("大屋町加保7".to_owned()),
        schedule: vec![Schedule { text: when.to_owned() }],
        ..Facts::default()
    };
    let mut places = [
        place(2, "サロン加保", facts("毎週月曜")),
        place(3, "ｻﾛﾝ 加保", facts("毎週月曜")),
        place(4, "サロン加保", facts("毎週火曜")),
        place(5, "サロン加保", facts("毎週月曜")),
    ];
    assert_eq!(found(&mut places, nothing(&districts)), ["3 名称 duplicate_row 2", "5 名称 duplicate_row 2"]);
}

#[test]
fn places_of_one_name_are_probably_one_if_near_or_of_one_telephone() {
    let districts = DistrictTable::default();
    let with_phone = |lon, phone: &str| Facts {
        contact: Contact { phone: Some(phone.to_owned()), ..Contact::default() },
        ..located(lon, 35.4)
    };
    let mut places = [
        place(2, "ふれあいサロン", located(134.7000, 35.4)),
        place(3, "ふれあい・さろん", located(134.7005, 35.4)),
        place(4, "ふれあいサロン", located(134.7100, 35.4)),
        place(5, "ふれあいザロン", located(134.7002, 35.4)),
        place(6, "NPO法人つながり", with_phone(134.8, "079-662-0000")),
        place(7, "特定非営利活動法人 つながり", with_phone(134.9, "０７９（６６２）００００")),
        place(8, "ほかの会", with_phone(134.9, "079-662-0000")),
    ];
    assert_eq!(
        found(&mut places, nothing(&districts)),
        [
            "3 名称 likely_duplicate 2 ふれあいサロン lon_lat",
            "5 名称 likely_duplicate 2 ふれあいサロン name,lon_lat",
            "7 名称 likely_duplicate 6 NPO法人つながり name,phone,lon_lat",
        ]
    );
}

#[test]
fn several_groups_in_one_hall_are_no_duplicates() {
    let districts = DistrictTable::default();
    let run_by = |group: &str| Facts { organization: Some(group.to_owned()), ..located(134.7, 35.4) };
    let names = [
        "百歳体操1班",
        "百歳体操2班",
        "百歳体操A班",
        "百歳体操B班",
        "百歳体操東",
        "百歳体操西",
        "囲碁クラブ",
        "将棋クラブ",
    ];
    let mut places: Vec<_> = (2..).zip(names).map(|(row, name)| place(row, name, located(134.7, 35.4))).collect();
    places.push(place(20, "大屋公民館", run_by("俳句の会")));
    places.push(place(21, "大屋公民館", run_by("書道の会")));
    assert_eq!(found(&mut places, nothing(&districts)), [""; 0]);
}

#[test]
fn many_rows_of_one_name_are_checked_in_time() {
    let districts = DistrictTable::default();
    let mut places: Vec<_> =
        (0..10_000).map(|i| place(i + 2, "いきいき百歳体操", located(134.7, 35.0 + f64::from(i) / 1e6))).collect();
    // Pair by pair these would be fifty million.
    assert!(found(&mut places, nothing(&districts)).len() > 5_000);
}
