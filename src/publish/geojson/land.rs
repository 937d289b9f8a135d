//! `land.geojson`: what the map on the screen draws below places and districts. This module does no I/O.

use serde_json::{Value, json};

use super::geometry;
use crate::index::encoded::{FOOTER, HEADER, SEPARATOR, rounded};
use crate::index::{LandLabel, Snapshot};
use crate::model::{BasemapFeature, BasemapShape};

/// The outline, labels of former towns and 大字 with the zoom from which each is shown, and the base map.
pub fn land(snapshot: &Snapshot) -> Vec<u8> {
    let land = &snapshot.land;
    let outline = land.outline.iter().map(|area| {
        format!(
            "{{\"type\":\"Feature\",\"geometry\":{},\"properties\":{{\"kind\":\"outline\"}}}}",
            geometry::geometry(area)
        )
    });
    let label = |kind: &'static str| move |it: &LandLabel| label_feature(kind, it).to_string();
    let former_towns = land.former_towns.iter().map(label("former_town"));
    let towns = land.towns.iter().map(label("town"));
    let features = land.features.iter().map(|it| basemap_feature(it).to_string());
    let all: Vec<String> = outline.chain(former_towns).chain(towns).chain(features).collect();
    let separator = String::from_utf8_lossy(SEPARATOR);
    [HEADER, all.join(&separator).as_bytes(), FOOTER].concat()
}

fn label_feature(kind: &str, label: &LandLabel) -> Value {
    let coordinates = [rounded(label.position.lon()), rounded(label.position.lat())];
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": coordinates },
        "properties": { "kind": kind, "name": label.name, "zoom": label.zoom },
    })
}

fn basemap_feature(feature: &BasemapFeature) -> Value {
    let geometry = match &feature.shape {
        BasemapShape::Point(at) => json!({ "type": "Point", "coordinates": [rounded(at.lon()), rounded(at.lat())] }),
        BasemapShape::Lines(lines) => {
            let lines: Vec<Vec<[f64; 2]>> =
                lines.iter().map(|line| line.iter().map(|at| at.map(short)).collect()).collect();
            json!({ "type": "MultiLineString", "coordinates": lines })
        }
    };
    let mut properties = json!({ "kind": feature.kind.code() });
    if let Some(name) = &feature.name {
        properties["name"] = json!(name);
    }
    if feature.sketch {
        properties["sketch"] = json!(true);
    }
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

/// Degrees with five decimals, about a metre: finer than a line is drawn.
fn short(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SnapshotInput;
    use crate::model::{Audience, BasemapKind, Position, TownEntry};

    #[test]
    fn a_land_is_geojson_of_what_is_known_and_of_nothing_else() {
        let position = Position::new(134.769_999_999_9, 35.4).unwrap();
        let (prefecture, city, city_code, kana, small_area) = (None, None, None, None, None);
        let town = TownEntry { prefecture, city, city_code, town: "上町".to_owned(), kana, small_area, position };
        let (name, sketch) = (Some("</script>川".to_owned()), true);
        let shape = BasemapShape::Lines(vec![vec![[134.7, 35.3], [134.800_000_4, 35.4]]]);
        let river = BasemapFeature { kind: BasemapKind::River, name, sketch, shape };
        let input = SnapshotInput { towns: vec![town], basemap: vec![river], ..SnapshotInput::default() };
        let bytes = land(&Snapshot::build(&input, Audience::Public));
        let read: geojson::FeatureCollection = String::from_utf8(bytes).unwrap().parse().unwrap();
        let properties: Vec<Value> = read.features.iter().map(|it| json!(it.properties)).collect();
        assert_eq!(properties[0], json!({ "kind": "town", "name": "上町", "zoom": 9 }));
        assert_eq!(properties[1], json!({ "kind": "river", "name": "</script>川", "sketch": true }));
        assert_eq!(properties.len(), 2);
    }
}
