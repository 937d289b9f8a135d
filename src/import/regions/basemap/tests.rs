//! Tests of reading base maps.

use serde_json::{Value, json};

use super::*;
use crate::model::{BasemapKind, BasemapShape};

/// A feature collection of these geometries with properties.
fn collection(features: &[(Value, Value)]) -> Vec<u8> {
    let features: Vec<Value> = features
        .iter()
        .map(|(geometry, properties)| json!({ "type": "Feature", "geometry": geometry, "properties": properties }))
        .collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

fn line() -> Value {
    json!({ "type": "LineString", "coordinates": [[134.7, 35.3], [134.75, 35.35], [134.8, 35.4]] })
}

fn point() -> Value {
    json!({ "type": "Point", "coordinates": [134.75, 35.35] })
}

fn read_all(features: &[(Value, Value)]) -> Result<BasemapReading, ListProblem> {
    read(&collection(features), None, &ReadingLimits::default())
}

#[test]
fn what_published_files_and_plain_words_mean() {
    for (geometry, properties, kind, name) in [
        (line(), json!({ "N02_003": "山陰線", "N02_004": "西日本" }), BasemapKind::Railway, Some("山陰線")),
        (line(), json!({ "N02_003": "山陰線", "N02_005": "八鹿" }), BasemapKind::Station, Some("八鹿")),
        (line(), json!({ "W05_001": "860607", "W05_004": "大屋川" }), BasemapKind::River, Some("大屋川")),
        (line(), json!({ "W05_001": "860607", "W05_004": "名称不明" }), BasemapKind::River, None),
        (line(), json!({ "N01_001": "3", "N01_002": "国道9号" }), BasemapKind::Road, Some("国道9号")),
        (
            point(),
            json!({ "P29_001": "28222", "P29_004": "16001", "P29_005": "東小学校" }),
            BasemapKind::School,
            Some("東小学校"),
        ),
        (
            point(),
            json!({ "P29_001": "28222", "P29_004": "西中学校", "P29_005": "28-1" }),
            BasemapKind::School,
            Some("西中学校"),
        ),
        (point(), json!({ "P34_002": "1", "P34_003": "市役所" }), BasemapKind::TownHall, Some("市役所")),
        (point(), json!({ "P11_001": "広谷", "P11_002": "全但" }), BasemapKind::BusStop, Some("広谷")),
        (point(), json!({ "P04_001": 1, "P04_002": "中央病院" }), BasemapKind::Hospital, Some("中央病院")),
        (point(), json!({ "種類": "駅", "名称": "上田" }), BasemapKind::Station, Some("上田")),
        (point(), json!({ "kind": "Landmark", "name": "大きなけやき" }), BasemapKind::Landmark, Some("大きなけやき")),
        (line(), json!({ "highway": "primary", "ref": "312号" }), BasemapKind::Road, Some("312号")),
    ] {
        let reading = read_all(&[(geometry, properties.clone())]).unwrap();
        assert_eq!((reading.features[0].kind, reading.features[0].name.as_deref()), (kind, name), "{properties}");
    }
}

#[test]
fn what_is_not_drawn_is_counted_and_a_file_of_nothing_else_is_refused() {
    let hall = (point(), json!({ "P34_002": "3", "P34_003": "公民館" }));
    let footway = (line(), json!({ "highway": "footway" }));
    let nowhere = (Value::Null, json!({ "kind": "river" }));
    let point_of_a_line = (point(), json!({ "kind": "road" }));
    let unknown = [hall, footway, nowhere, point_of_a_line];
    let with_a_river: Vec<_> = unknown.iter().cloned().chain([(line(), json!({ "kind": "川" }))]).collect();
    let reading = read_all(&with_a_river).unwrap();
    assert_eq!((reading.features.len(), reading.unknown), (1, 4));
    assert_eq!(read_all(&unknown).unwrap_err().kind, ProblemKind::BasemapUnknown);
}

#[test]
fn what_lies_elsewhere_is_left_out_and_what_leads_here_stays() {
    let far = json!({ "type": "LineString", "coordinates": [[139.7, 35.6], [139.8, 35.7]] });
    let features = [(far, json!({ "kind": "river" })), (line(), json!({ "kind": "river" }))];
    let reading = read(&collection(&features), Some([134.82, 35.42, 134.9, 35.5]), &ReadingLimits::default()).unwrap();
    assert_eq!((reading.features.len(), reading.elsewhere), (1, 1));
}

#[test]
fn a_line_keeps_its_bends_and_loses_what_no_map_shows() {
    let corners: Vec<[f64; 2]> =
        (0..1000).map(|n| [134.7 + f64::from(n) * 1e-4, 35.3 + f64::from(n % 2) * 1e-6]).collect();
    let straight = json!({ "type": "LineString", "coordinates": corners });
    let reading = read_all(&[(straight, json!({ "kind": "river" }))]).unwrap();
    let BasemapShape::Lines(lines) = &reading.features[0].shape else { panic!("a river is a line") };
    assert_eq!(lines[0].len(), 2);
}

#[test]
fn coordinates_that_are_no_degrees_and_swapped_ones_are_refused_by_feature() {
    for (coordinates, kind) in [
        (json!([[-35_000.0, 12_000.0], [-35_100.0, 12_100.0]]), ProblemKind::OutlineNotDegrees),
        (json!([[35.3, 134.7], [35.4, 134.8]]), ProblemKind::OutlineSwapped),
        (json!([[134.7, 35.3], ["x", "y"]]), ProblemKind::OutlineNotDegrees),
    ] {
        let geometry = json!({ "type": "LineString", "coordinates": coordinates });
        let problem = read_all(&[(line(), json!({ "kind": "川" })), (geometry, json!({ "kind": "川" }))]).unwrap_err();
        assert_eq!((problem.kind, problem.row), (kind, 2));
    }
}

#[test]
fn hostile_names_stay_names() {
    let name = format!("<script>\u{202e}{}", "あ".repeat(300));
    let reading = read_all(&[(point(), json!({ "kind": "landmark", "name": name }))]).unwrap();
    assert_eq!(reading.features[0].name.as_ref().unwrap().chars().count(), 100);
}
