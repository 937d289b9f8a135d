//! `GeoJSON` → a sheet: one row per feature, one column per property, preceded by the longitude and latitude of its point.
//!
//! Such a file has no heading row and no Excel rows: the heading's row is 0 and a feature's row is its number from 1.
//! Geometries other than points become rows without coordinates, because a centroid would be a guess. So do points in a
//! projected or foreign coordinate reference system. This module does no I/O.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{CellBudget, CellSheet, FileContents, FileFlaw, FileRefusal, SheetRow, limits, mib, refusal};
use crate::import::{Format, ListProblem, ProblemKind};

/// Coordinate reference systems in degrees, on WGS 84 or within a metre or two of it.
const DEGREES: [&str; 7] = ["CRS84", "4326", "WGS84", "WGS 84", "4612", "6668", "JGD2011"];

/// Reads `text` as `GeoJSON`.
///
/// # Errors
/// If it is no JSON, or JSON without features, or too large.
pub fn open(text: &str) -> Result<FileContents, FileRefusal> {
    if text.len() > limits::JSON_BYTES {
        return Err(refusal(Format::Geojson, ProblemKind::TooLarge, &mib(limits::JSON_BYTES)));
    }
    let whole = serde_json::from_str(text).or_else(|error| by_line(text).ok_or(error));
    let whole: Value =
        whole.map_err(|error| refusal(Format::Unknown, ProblemKind::JsonDamaged, &error.line().to_string()))?;
    let crs = foreign_crs(&whole);
    let features = features(whole).ok_or_else(|| refusal(Format::Unknown, ProblemKind::JsonNotGeojson, ""))?;
    let mut notices = Vec::new();
    if let Some(name) = &crs {
        notices.push(ListProblem::new(0, None, ProblemKind::UnknownCrs, &[("value", name)]));
    }
    let sheet = sheet(features, crs.is_none())?;
    Ok(FileContents { format: Format::Geojson, encoding: None, sheets: vec![sheet], notices })
}

/// Newline-delimited `GeoJSON` (RFC 8142), as a collection.
fn by_line(text: &str) -> Option<Value> {
    let lines = text.lines().map(|line| line.trim_matches(|c: char| c == '\u{1E}' || c.is_whitespace()));
    let features: Option<Vec<Value>> =
        lines.filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).ok()).collect();
    features.filter(|f| f.len() > 1).map(|f| serde_json::json!({ "type": "FeatureCollection", "features": f }))
}

/// The features of `whole`: a collection, a single feature, or a plain array of them.
fn features(whole: Value) -> Option<Vec<Value>> {
    let is_feature = |value: &Value| value["type"] == "Feature";
    match whole {
        Value::Object(mut object) if object.get("type").is_some_and(|t| t == "FeatureCollection") => {
            match object.get_mut("features").map(Value::take) {
                Some(Value::Array(features)) => Some(features),
                _ => None,
            }
        }
        Value::Array(values) if values.iter().all(is_feature) && !values.is_empty() => Some(values),
        value if is_feature(&value) => Some(vec![value]),
        _ => None,
    }
}

/// The name of the coordinate reference system, if the file declares one that is not in degrees.
fn foreign_crs(whole: &Value) -> Option<String> {
    let name = whole.get("crs").filter(|crs| !crs.is_null())?;
    let name = name["properties"]["name"].as_str().or_else(|| name["properties"]["href"].as_str()).or(name.as_str());
    let name = name.unwrap_or("?").to_owned();
    let upper = name.to_ascii_uppercase();
    (!DEGREES.iter().any(|known| upper.ends_with(known))).then_some(name)
}

/// Builds the sheet of `features`; `placed` is whether their coordinates can be used.
fn sheet(features: Vec<Value>, placed: bool) -> Result<CellSheet, FileRefusal> {
    let mut headings = FeatureHeadings::default();
    let mut sheet = CellSheet { headed: true, ..CellSheet::default() };
    let mut budget = CellBudget::default();
    for (index, feature) in features.into_iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let mut cells = Vec::new();
        match place(&feature["geometry"]) {
            FeaturePlace::Point(lon, lat) if placed => cells.extend([(0, lon), (1, lat)]),
            FeaturePlace::Point(..) | FeaturePlace::Nowhere => {}
            FeaturePlace::Shape(shape) => {
                sheet.flaws.push(FileFlaw { row: number, column: None, kind: ProblemKind::NotAPoint, value: shape });
            }
        }
        cells.extend(headings.cells(feature));
        if headings.names.len() > limits::COLUMNS {
            return Err(refusal(Format::Geojson, ProblemKind::TooLarge, &limits::COLUMNS.to_string()));
        }
        for (_, text) in &cells {
            budget.take(Format::Geojson, text.len())?;
        }
        cells.sort_by_key(|(column, _)| *column);
        sheet.rows.push(SheetRow { number, width: 0, cells });
    }
    sheet.last_row = sheet.rows.last().map_or(0, |row| row.number);
    sheet.rows.insert(0, headings.row());
    Ok(sheet)
}

/// Property names in order of first appearance.
#[derive(Debug, Default)]
struct FeatureHeadings {
    names: Vec<String>,
    columns: HashMap<String, u32>,
}

impl FeatureHeadings {
    /// The cells of `feature`'s ID and properties.
    fn cells(&mut self, feature: Value) -> Vec<(u32, String)> {
        let Value::Object(mut feature) = feature else { return Vec::new() };
        let mut properties = match feature.remove("properties") {
            Some(Value::Object(properties)) => properties,
            _ => Map::new(),
        };
        if let Some(id) = feature.remove("id") {
            properties.entry("id").or_insert(id);
        }
        let texts = properties.into_iter().map(|(name, value)| (name, text(value)));
        texts.filter(|(_, text)| !super::is_blank(text)).map(|(name, text)| (self.column(name), text)).collect()
    }

    /// The column of the property `name`; the first two columns are those of the point.
    fn column(&mut self, name: String) -> u32 {
        if let Some(column) = self.columns.get(&name) {
            return *column;
        }
        let column = u32::try_from(self.names.len()).unwrap_or(u32::MAX - 2) + 2;
        self.names.push(name.clone());
        self.columns.insert(name, column);
        column
    }

    fn row(self) -> SheetRow {
        let point = ["longitude", "latitude"].map(|name| {
            let taken = self.columns.contains_key(name);
            if taken { format!("geometry.{name}") } else { name.to_owned() }
        });
        let cells = point.into_iter().chain(self.names).zip(0..).map(|(name, column)| (column, name)).collect();
        SheetRow { number: 0, width: 0, cells }
    }
}

enum FeaturePlace {
    Point(String, String),
    /// A geometry that is not one point, by its type.
    Shape(String),
    Nowhere,
}

fn place(geometry: &Value) -> FeaturePlace {
    let coordinates = match geometry["type"].as_str() {
        None => return FeaturePlace::Nowhere,
        Some("Point") => &geometry["coordinates"],
        Some("MultiPoint") if geometry["coordinates"].as_array().is_some_and(|points| points.len() == 1) => {
            &geometry["coordinates"][0]
        }
        Some(shape) => return FeaturePlace::Shape(shape.to_owned()),
    };
    match (plain(&coordinates[0]), plain(&coordinates[1])) {
        (Some(lon), Some(lat)) => FeaturePlace::Point(lon, lat),
        _ => FeaturePlace::Nowhere,
    }
}

/// A coordinate as text; some programs quote their numbers.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// Renders a property as text: lists with `;` between the items, as the open-data standard does, nested values as JSON.
fn text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Bool(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Number(number) => {
            let text = number.to_string();
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
        Value::Array(values) if values.iter().all(|v| !v.is_array() && !v.is_object()) => {
            values.into_iter().map(self::text).collect::<Vec<_>>().join(";")
        }
        deeper => deeper.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<(u32, String)>> {
        open(text).unwrap().sheets.remove(0).rows.into_iter().map(|r| r.cells).collect()
    }

    #[test]
    fn a_feature_is_a_row_with_its_point_before_its_properties() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":"a1","geometry":{"type":"Point","coordinates":[134.7,35.4]},"properties":{"name":"国木","tags":["囲碁","将棋"],"n":1.0,"none":null}},
            {"type":"Feature","geometry":null,"properties":{"TEL":"1","name":"大屋"}}]}"#;
        let rows = rows(text);
        let names: Vec<_> = rows[0].iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["longitude", "latitude", "name", "tags", "n", "id", "TEL"]);
        let cells: Vec<_> = rows[1].iter().map(|(c, text)| (*c, text.as_str())).collect();
        assert_eq!(cells, [(0, "134.7"), (1, "35.4"), (2, "国木"), (3, "囲碁;将棋"), (4, "1"), (5, "a1")]);
        assert_eq!(rows[2], [(2, "大屋".to_owned()), (6, "1".to_owned())]);
    }

    #[test]
    fn shapes_stay_as_rows_without_coordinates() {
        let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]},"properties":{"name":"園"}}]}"#;
        let contents = open(text).unwrap();
        assert_eq!(contents.sheets[0].rows[1].cells, [(2, "園".to_owned())]);
        assert_eq!(contents.sheets[0].flaws[0].kind, ProblemKind::NotAPoint);
    }

    #[test]
    fn points_in_metres_are_not_taken_for_degrees() {
        let with = |crs: &str| {
            format!(
                r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{crs}"}}}},"features":[{{"type":"Feature","geometry":{{"type":"Point","coordinates":[1,2]}},"properties":{{"name":"a"}}}}]}}"#
            )
        };
        for crs in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::6668"] {
            assert_eq!(rows(&with(crs))[1].len(), 3, "{crs}");
        }
        for crs in ["EPSG:2447", "urn:ogc:def:crs:EPSG::3857", "EPSG:4301"] {
            let contents = open(&with(crs)).unwrap();
            assert_eq!(contents.sheets[0].rows[1].cells.len(), 1, "{crs}");
            assert_eq!(contents.notices[0].kind, ProblemKind::UnknownCrs);
        }
    }

    #[test]
    fn what_is_no_geojson_is_refused_by_name() {
        for (text, kind) in [
            ("{\"a\":1}", ProblemKind::JsonNotGeojson),
            ("[{\"name\":\"a\"}]", ProblemKind::JsonNotGeojson),
            ("{\"type\":\"Topology\",\"objects\":{}}", ProblemKind::JsonNotGeojson),
            ("{\"type\":\"FeatureCollection\",\"features\":[{", ProblemKind::JsonDamaged),
        ] {
            assert_eq!(open(text).unwrap_err().problem.kind, kind, "{text}");
        }
        let deep = "[".repeat(1_000_000);
        assert_eq!(open(&deep).unwrap_err().problem.kind, ProblemKind::JsonDamaged);
    }

    #[test]
    fn a_feature_a_line_is_read_too() {
        let line = |n: u32| {
            format!(
                r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{n},35]}},"properties":{{"name":"a"}}}}"#
            )
        };
        assert_eq!(rows(&format!("{}\n{}\n", line(134), line(135))).len(), 3);
    }
}
