use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::Language;
use crate::model::{DistrictTable, Position};

fn at(lon: f64, lat: f64) -> Position {
    Position::new(lon, lat).unwrap()
}

fn ring(west: f64, side: f64) -> Value {
    json!([[west, 35.0], [west + side, 35.0], [west + side, 35.0 + side], [west, 35.0 + side], [west, 35.0]])
}

fn square(west: f64) -> Value {
    json!({"type": "Polygon", "coordinates": [ring(west, 1.0)]})
}

fn collection(features: &[(Value, Value)]) -> Vec<u8> {
    let features: Vec<Value> =
        features.iter().map(|(p, g)| json!({"type": "Feature", "properties": p, "geometry": g})).collect();
    json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes()
}

fn refused(bytes: &[u8]) -> String {
    let problem = districts(bytes).unwrap_err();
    format!("{} {} {}", problem.row, problem.kind.name(), problem.message(Language::En))
}

#[test]
fn features_of_one_name_are_one_district_with_its_former_town() {
    let bytes = collection(&[
        (json!({"名称": "大谷", "旧町": "関宮町"}), square(134.0)),
        (json!({"名称": "熊次"}), square(135.0)),
        (json!({"名称": "大谷", "旧町": "関宮町"}), square(136.0)),
    ]);
    let found = districts(&bytes).unwrap();
    let names: Vec<_> = found.iter().map(|d| (d.id.0.as_str(), d.name.as_str(), d.former_town.as_deref())).collect();
    assert_eq!(names, [("大谷", "大谷", Some("関宮町")), ("熊次", "熊次", None)]);
    let table = DistrictTable::new(found);
    for (lon, name) in [(134.5, "大谷"), (135.5, "熊次"), (136.5, "大谷")] {
        assert_eq!(table.at(at(lon, 35.5)).unwrap().name, name);
    }
    assert!(table.all().iter().all(|d| d.boundary.as_ref().unwrap().contains(d.centre.unwrap())));
}

#[test]
fn a_code_is_the_key_and_goes_into_addresses() {
    let feature = |code: &str, name: &str, west| (json!({"code": code, "name": name}), square(west));
    let found = districts(&collection(&[
        feature("D_01", "中央", 134.0),
        feature("d-02", "中央", 135.0),
        feature("D_01", "中央", 136.0),
    ]))
    .unwrap();
    assert_eq!(found.iter().map(|d| d.id.0.as_str()).collect::<Vec<_>>(), ["d-01", "d-02"]);
}

#[test]
fn a_running_number_of_parts_is_no_code() {
    let feature = |id: u32, name: &str, west| (json!({"id": id, "name": name}), square(west));
    let found =
        districts(&collection(&[feature(1, "大屋", 134.0), feature(2, "大屋", 135.0), feature(3, "関宮", 136.0)]))
            .unwrap();
    assert_eq!(found.iter().map(|d| d.id.0.as_str()).collect::<Vec<_>>(), ["大屋", "関宮"]);
}

#[test]
fn one_name_in_two_former_towns_is_two_districts() {
    let feature = |town: &str, west| (json!({"name": "中央", "former_town": town}), square(west));
    let found = districts(&collection(&[feature("東町", 134.0), feature("西町", 135.0)])).unwrap();
    assert_eq!(found.iter().map(|d| d.id.0.as_str()).collect::<Vec<_>>(), ["東町中央", "西町中央"]);
}

#[test]
fn holes_open_rings_lines_collections_and_points_are_read() {
    let open =
        json!({"type": "Polygon", "coordinates": [[[134.0, 35.0], [135.0, 35.0], [135.0, 36.0], [134.0, 36.0]]]});
    let hole = json!({"type": "MultiPolygon", "coordinates": [[ring(134.0, 1.0), [[134.4, 35.4], [134.6, 35.4], [134.6, 35.6], [134.4, 35.6], [134.4, 35.4]]]]});
    let closed = json!({"type": "LineString", "coordinates": ring(134.0, 1.0)});
    let parts = json!({"type": "MultiLineString", "coordinates": [[[134.0, 35.0], [135.0, 35.0], [135.0, 36.0]], [[134.0, 35.0], [134.0, 36.0], [135.0, 36.0]]]});
    let both = json!({"type": "GeometryCollection", "geometries": [square(140.0), square(134.0)]});
    for geometry in [open, closed, parts, both, hole.clone()] {
        let found = districts(&collection(&[(json!({"name": "a"}), geometry.clone())])).unwrap();
        let outline = found[0].boundary.as_ref().unwrap();
        assert!(outline.contains(at(134.2, 35.2)) && !outline.contains(at(136.0, 35.2)), "{geometry}");
        assert_eq!(outline.contains(at(134.5, 35.5)), geometry != hole);
    }
    let point = json!({"type": "Point", "coordinates": [134.5, 35.5]});
    let found = districts(&collection(&[(json!({"name": "a"}), point)])).unwrap();
    assert_eq!((found[0].boundary.clone(), found[0].centre), (None, Some(at(134.5, 35.5))));
}

#[test]
fn a_point_beside_an_outline_is_where_its_label_stands() {
    let point = json!({"type": "Point", "coordinates": [134.1, 35.1]});
    let found =
        districts(&collection(&[(json!({"name": "a"}), square(134.0)), (json!({"name": "a"}), point)])).unwrap();
    assert_eq!(found[0].centre, Some(at(134.1, 35.1)));
}

#[test]
fn a_line_within_a_line_is_a_hole_and_one_beside_it_is_not() {
    let inner = json!([[134.4, 35.4], [134.6, 35.4], [134.6, 35.6], [134.4, 35.6], [134.4, 35.4]]);
    let lines = json!({"type": "MultiLineString", "coordinates": [inner, ring(134.0, 1.0), ring(135.0, 0.5)]});
    let found = districts(&collection(&[(json!({"name": "a"}), lines)])).unwrap();
    let outline = found[0].boundary.as_ref().unwrap();
    assert!(
        outline.contains(at(134.2, 35.2)) && !outline.contains(at(134.5, 35.5)) && outline.contains(at(135.2, 35.2))
    );
}

#[test]
fn what_cannot_be_used_is_refused_by_name_with_what_to_do() {
    let named = |geometry| collection(&[(json!({"name": "大屋"}), square(134.0)), (json!({"name": "関宮"}), geometry)]);
    let line =
        json!({"type": "LineString", "coordinates": [[134.0, 35.0], [135.0, 35.0], [135.0, 36.0], [134.0, 36.0]]});
    let mercator = json!({"type": "Polygon", "coordinates": [[[15_000_000.0, 4_200_000.0], [15_000_100.0, 4_200_000.0], [15_000_100.0, 4_200_100.0]]]});
    let swapped = json!({"type": "Polygon", "coordinates": [[[35.0, 134.0], [36.0, 134.0], [36.0, 135.0]]]});
    let flat = json!({"type": "Polygon", "coordinates": [[[134.0, 35.0], [135.0, 36.0], [134.0, 35.0]]]});
    let crs = json!({"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2447"}}, "features": []});
    let cases = [
        named(Value::Null),
        named(json!({"type": "Polygon", "coordinates": []})),
        named(json!({"type": "Polygon", "coordinates": [[["a", null], [1], 5]]})),
        named(flat),
        named(line),
        named(mercator),
        named(swapped),
        collection(&[(json!({"面積": 3, "x": null}), square(134.0))]),
        crs.to_string().into_bytes(),
        json!({"type": "Topology", "objects": {}, "arcs": []}).to_string().into_bytes(),
        json!({"type": "FeatureCollection", "features": []}).to_string().into_bytes(),
        json!({"type": "FeatureCollection", "features": [1, null]}).to_string().into_bytes(),
        json!({"places": []}).to_string().into_bytes(),
        b"[1, 2]".to_vec(),
        b"name,lat\n".to_vec(),
        b"".to_vec(),
        b"PK\x03\x04\xff\xfe\x00".to_vec(),
        format!("{{\"type\":\"FeatureCollection\",\"features\":{}", "[".repeat(100_000)).into_bytes(),
    ];
    insta::assert_snapshot!(cases.iter().map(|bytes| refused(bytes)).collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_property_with_the_name_can_be_given() {
    let bytes = collection(&[(json!({"name": "x", "A27_004": "大屋小学校", "A27_003": "B1"}), square(134.0))]);
    let properties = FeatureProperties { name: Some("A27_004".to_owned()), code: Some("A27_003".to_owned()) };
    let found = districts_by(&bytes, &properties, &ReadingLimits::default()).unwrap();
    assert_eq!((found[0].name.as_str(), found[0].id.0.as_str()), ("大屋小学校", "b1"));
}

#[test]
fn other_encodings_are_read() {
    let text = String::from_utf8(collection(&[(json!({"name": "大屋"}), square(134.0))])).unwrap();
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [sjis.into_owned(), utf16, [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat()] {
        assert_eq!(districts(&bytes).unwrap()[0].name, "大屋");
    }
}

#[test]
fn the_outline_of_the_municipality_is_picked_by_code_or_name_and_never_another() {
    let feature =
        |code: &str, name: &str, west| (json!({"N03_003": null, "N03_004": name, "N03_007": code}), square(west));
    let bytes = collection(&[
        feature("28222", "養父市", 134.0),
        feature("28209", "豊岡市", 135.0),
        feature("28222", "養父市", 136.0),
    ]);
    let city = |code: &str, name: &str| City { code: code.to_owned(), name: name.to_owned(), ..City::default() };
    for yabu in [city("282227", ""), city("", "養父市")] {
        let area = boundary(&bytes, &yabu).unwrap();
        assert!(area.contains(at(134.5, 35.5)) && area.contains(at(136.5, 35.5)) && !area.contains(at(135.5, 35.5)));
    }
    let problem = boundary(&bytes, &city("372013", "高松市")).unwrap_err();
    assert!(problem.message(Language::Ja).contains("2 の市区町村") && problem.message(Language::Ja).contains("高松市"));
    let single = collection(&[(json!({"name": "香川県高松市"}), square(134.0)), (json!({}), square(135.0))]);
    assert!(boundary(&single, &city("282227", "養父市")).unwrap().contains(at(135.5, 35.5)));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf =
        prop_oneof![Just(Value::Null), any::<f64>().prop_map(|n| json!(n)), "[a-zA-Z]{0,12}".prop_map(|s| json!(s))];
    let keys = prop::sample::select(vec![
        "type",
        "features",
        "geometry",
        "coordinates",
        "geometries",
        "properties",
        "name",
        "id",
        "crs",
    ]);
    leaf.prop_recursive(6, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::hash_map(keys.clone().prop_map(str::to_owned), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = districts(&bytes);
    }

    #[test]
    fn no_geometry_makes_it_panic(
        kind in prop::sample::select(vec!["Polygon", "MultiPolygon", "LineString", "MultiLineString", "Point", "GeometryCollection"]),
        coordinates in any_json(),
        whole in any_json(),
    ) {
        let geometry = json!({"type": kind, "coordinates": coordinates, "geometries": coordinates});
        let bytes = collection(&[(json!({"name": "a"}), geometry)]);
        let _ = (districts(&bytes), boundary(&bytes, &City::default()), districts(whole.to_string().as_bytes()));
    }

    #[test]
    fn every_outline_holds_its_centre(points in prop::collection::vec((134.0f64..135.0, 35.0f64..36.0), 3..20)) {
        let ring: Vec<[f64; 2]> = points.iter().map(|&(lon, lat)| [lon, lat]).collect();
        let bytes = collection(&[(json!({"name": "a"}), json!({"type": "Polygon", "coordinates": [ring]}))]);
        if let Ok(found) = districts(&bytes) {
            prop_assert!(found[0].boundary.as_ref().unwrap().contains(found[0].centre.unwrap()));
        }
    }
}

/// The folder of real data, or `None` with a word on stderr.
fn real_data() -> Option<std::path::PathBuf> {
    let folder = std::env::var_os("TSUNAGARI_REAL_DATA").map(std::path::PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
    }
    folder
}

#[test]
fn real_municipalities_agree_with_the_towns_of_the_prefecture() {
    let Some(folder) = real_data() else { return };
    let hyogo = districts(&std::fs::read(folder.join("boundaries/N03-21_28_hyogo_s0010.geojson")).unwrap()).unwrap();
    assert_eq!(hyogo.len(), 49);
    let table = DistrictTable::new(hyogo);
    let towns = std::fs::read_to_string(folder.join("geocode/isj-b_hyogo.csv")).unwrap();
    let (mut agree, mut neighbour, mut none) = (0, 0, 0);
    for line in towns.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let position = at(cells[3].parse().unwrap(), cells[2].parse().unwrap());
        match table.at(position) {
            Some(district) if district.id.0 == cells[0][..5] => agree += 1,
            Some(_) => neighbour += 1,
            None => none += 1,
        }
    }
    assert_eq!((agree, neighbour, none), (8937, 24, 6));
}

#[test]
fn real_outlines_of_many_forms_are_read() {
    let Some(folder) = real_data() else { return };
    let read = |name: &str| std::fs::read(folder.join("boundaries").join(name)).unwrap();
    // 1,894 municipalities and 所属未定地, which has no code.
    assert_eq!(districts(&read("N03-21_japan_s0001.geojson")).unwrap().len(), 1895);
    let wards = districts(&read("sapporo_wards.geojson")).unwrap();
    assert_eq!(wards.len(), 10);
    assert_eq!(DistrictTable::new(wards).at(at(141.3544, 43.0621)).unwrap().name, "中央区");
    assert_eq!(districts(&read("N03-21_28_hyogo_s0010.topojson")).unwrap_err().kind, ProblemKind::OutlinesTopojson);
    let yabu = City { code: "282227".to_owned(), name: "養父市".to_owned(), ..City::default() };
    let outline = boundary(&read("28222_yabu.geojson"), &yabu).unwrap();
    let coarse = boundary(&read("N03-21_28_hyogo_s0010.geojson"), &yabu).unwrap();
    assert!(boundary(&read("37201_takamatsu.geojson"), &yabu).unwrap().contains(at(134.0466, 34.3428)));
    let towns = std::fs::read_to_string(folder.join("geocode/isj-b_28222.csv")).unwrap();
    for line in towns.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let position = at(cells[3].parse().unwrap(), cells[2].parse().unwrap());
        assert!(outline.contains(position), "{line}");
        assert!(!coarse.contains(at(134.0466, 34.3428)));
    }
}

#[test]
fn the_reading_of_a_district_is_read_where_the_file_has_it() {
    let district = |kana: &str| {
        let text = format!(
            r#"{{"type":"Feature","properties":{{"name":"大屋"{kana}}},"geometry":{{"type":"Point","coordinates":[134.7,35.3]}}}}"#
        );
        districts(text.as_bytes()).unwrap().remove(0).kana
    };
    assert_eq!(district(r#","kana":"オオヤ""#).as_deref(), Some("おおや"));
    assert_eq!(district(r#","ふりがな":" おおや ""#).as_deref(), Some("おおや"));
    assert_eq!((district(r#","kana":"大屋""#), district(r#","kana":"""#), district("")), (None, None, None));
}
