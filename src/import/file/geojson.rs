//! `GeoJSON` → a sheet: one row per feature, one column per property, preceded by the longitude and latitude of its point.
//!
//! Such a file has no heading row and no Excel rows: the heading's row is 0 and a feature's row is its number from 1.
//! Geometries other than points become rows without coordinates, because a centroid would be a guess. So do points in a
//! projected or foreign coordinate reference system. This module does no I/O.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::budget::ReadingBudget;
use super::{CellSheet, FileContents, FileFlaw, FileRefusal, SheetRow, refusal};
use crate::import::json::{self, GeometryDetail, JsonFailure, JsonRecord, JsonRoot, JsonSink};
use crate::import::{Format, ListProblem, ProblemKind};
use crate::model::ReadingLimits;

/// Coordinate reference systems in degrees, on WGS 84 or within a metre or two of it.
const DEGREES: [&str; 7] = ["CRS84", "4326", "WGS84", "WGS 84", "4612", "6668", "JGD2011"];

/// Reads `text` as `GeoJSON`.
///
/// # Errors
/// If it is no JSON, or JSON without features, or too large.
pub fn open(text: &str, limits: &ReadingLimits) -> Result<FileContents, FileRefusal> {
    let mut rows = FeatureRows::new(limits);
    let crs = match json::read(text, &mut rows, limits) {
        Ok(root) => rows.finish_root(root)?,
        Err(failure) => by_line(text, &mut rows, failure)?,
    };
    let mut notices = Vec::new();
    if let Some(name) = &crs {
        notices.push(ListProblem::new(0, None, ProblemKind::UnknownCrs, &[("value", name)]));
        rows.forget_points();
    }
    let sheet = rows.sheet()?;
    Ok(FileContents { format: Format::Geojson, encoding: None, sheets: vec![sheet], notices })
}

/// Newline-delimited `GeoJSON` (RFC 8142), where reading as a whole ended with `failure`.
fn by_line(text: &str, rows: &mut FeatureRows<'_>, failure: JsonFailure) -> Result<Option<String>, FileRefusal> {
    let syntax = match failure {
        JsonFailure::Refused(problem) => return Err(refused(*problem)),
        JsonFailure::Syntax(error) => error,
    };
    *rows = FeatureRows::new(rows.limits);
    let damaged = || refusal(Format::Unknown, ProblemKind::JsonDamaged, &syntax.line().to_string());
    let lines = text.lines().map(|line| line.trim_matches(|c: char| c == '\u{1E}' || c.is_whitespace()));
    for line in lines.filter(|line| !line.is_empty()) {
        let feature = json::read_object(line, rows, rows.limits).map_err(|failure| match failure {
            JsonFailure::Refused(problem) => refused(*problem),
            JsonFailure::Syntax(_) => damaged(),
        })?;
        rows.object(feature).map_err(refused)?;
    }
    match rows.count {
        0 | 1 => Err(damaged()),
        _ if !rows.are_features => Err(refusal(Format::Unknown, ProblemKind::JsonWithoutList, "")),
        _ => Ok(None),
    }
}

fn refused(problem: ListProblem) -> FileRefusal {
    FileRefusal { format: Format::Geojson, encoding: None, problem }
}

fn is_feature(members: &Map<String, Value>) -> bool {
    members.get("type").is_some_and(|kind| kind == "Feature")
}

/// The name of the coordinate reference system, if the file declares one that is not in degrees.
fn foreign_crs(root: &Map<String, Value>) -> Option<String> {
    let name = root.get("crs").filter(|crs| !crs.is_null())?;
    let name = name["properties"]["name"].as_str().or_else(|| name["properties"]["href"].as_str()).or(name.as_str());
    let name = name.unwrap_or("?").to_owned();
    let upper = name.to_ascii_uppercase();
    (!DEGREES.iter().any(|known| upper.ends_with(known))).then_some(name)
}

/// The rows of the features that were read so far.
struct FeatureRows<'a> {
    limits: &'a ReadingLimits,
    budget: ReadingBudget<'a>,
    headings: FeatureHeadings,
    sheet: CellSheet,
    count: u32,
    /// Whether each object says that it is a feature.
    are_features: bool,
}

impl JsonSink for FeatureRows<'_> {
    const SEQUENCE: &'static str = "features";
    const MEMBERS: Option<&'static [&'static str]> = Some(&["type", "id", "properties", "crs"]);

    fn geometry(&self, _: usize) -> GeometryDetail {
        GeometryDetail::Position
    }

    fn object(&mut self, feature: JsonRecord) -> Result<(), ListProblem> {
        self.count = self.count.saturating_add(1);
        self.are_features &= is_feature(&feature.members);
        let number = self.count;
        let mut cells = Vec::new();
        match place(feature.members.get("geometry").unwrap_or(&Value::Null)) {
            FeaturePlace::Point(lon, lat) => cells.extend([(0, lon), (1, lat)]),
            FeaturePlace::Nowhere => {}
            FeaturePlace::Shape(shape) => {
                let flaw = FileFlaw { row: number, column: None, kind: ProblemKind::NotAPoint, value: shape };
                self.sheet.flaws.push(flaw);
            }
        }
        cells.extend(self.headings.cells(feature.members));
        if self.headings.names.len() > self.limits.columns {
            return Err(ListProblem::too_large("columns", self.limits.columns));
        }
        self.budget.row().map_err(|refusal| refusal.problem)?;
        for (_, text) in &cells {
            self.budget.cell(number, text).map_err(|refusal| refusal.problem)?;
        }
        cells.sort_by_key(|(column, _)| *column);
        self.sheet.rows.push(SheetRow { number, width: 0, cells });
        Ok(())
    }
}

impl<'a> FeatureRows<'a> {
    fn new(limits: &'a ReadingLimits) -> Self {
        let budget = ReadingBudget::new(Format::Geojson, limits);
        let sheet = CellSheet { headed: true, ..CellSheet::default() };
        Self { limits, budget, headings: FeatureHeadings::default(), sheet, count: 0, are_features: true }
    }

    /// Completes what stands outermost, which is a collection, a plain array of features or a single one, and returns its
    /// coordinate reference system if that is a foreign one.
    fn finish_root(&mut self, root: JsonRoot) -> Result<Option<String>, FileRefusal> {
        match root {
            JsonRoot::Sequence(root) if root.members.get("type").is_some_and(|kind| kind == "FeatureCollection") => {
                Ok(foreign_crs(&root.members))
            }
            JsonRoot::Array if self.are_features && self.count > 0 => Ok(None),
            JsonRoot::Object(feature) if is_feature(&feature.members) => {
                let crs = foreign_crs(&feature.members);
                self.object(feature).map_err(refused)?;
                Ok(crs)
            }
            _ => Err(refusal(Format::Unknown, ProblemKind::JsonWithoutList, "")),
        }
    }

    /// Drops the points, whose coordinate reference system is a foreign one.
    fn forget_points(&mut self) {
        self.sheet.rows.iter_mut().for_each(|row| row.cells.retain(|(column, _)| *column > 1));
    }

    fn sheet(mut self) -> Result<CellSheet, FileRefusal> {
        self.sheet.last_row = self.sheet.rows.last().map_or(0, |row| row.number);
        self.sheet.rows.insert(0, self.headings.row());
        self.budget.sheet(&self.sheet)?;
        Ok(self.sheet)
    }
}

/// Property names in order of first appearance.
#[derive(Debug, Default)]
struct FeatureHeadings {
    names: Vec<String>,
    columns: HashMap<String, u32>,
}

impl FeatureHeadings {
    /// The cells of `feature`'s ID and properties.
    fn cells(&mut self, mut feature: Map<String, Value>) -> Vec<(u32, String)> {
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
        Value::Array(values) if values.iter().all(|v| !v.is_array() && !v.is_object()) && !is_ambiguous(&values) => {
            values.into_iter().map(self::text).collect::<Vec<_>>().join(";")
        }
        deeper => deeper.to_string(),
    }
}

/// Whether the items of a list could not be told from each other with `;` between them.
fn is_ambiguous(values: &[Value]) -> bool {
    values.iter().filter_map(Value::as_str).any(|item| item.contains(';') || item.starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<(u32, String)>> {
        open(text, &ReadingLimits::default()).unwrap().sheets.remove(0).rows.into_iter().map(|r| r.cells).collect()
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
        let contents = open(text, &ReadingLimits::default()).unwrap();
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
            let contents = open(&with(crs), &ReadingLimits::default()).unwrap();
            assert_eq!(contents.sheets[0].rows[1].cells.len(), 1, "{crs}");
            assert_eq!(contents.notices[0].kind, ProblemKind::UnknownCrs);
        }
    }

    #[test]
    fn what_is_no_geojson_is_refused_by_name() {
        for (text, kind) in [
            ("{\"a\":1}", ProblemKind::JsonWithoutList),
            ("[{\"name\":\"a\"}]", ProblemKind::JsonWithoutList),
            ("{\"type\":\"Topology\",\"objects\":{}}", ProblemKind::JsonWithoutList),
            ("{\"type\":\"FeatureCollection\",\"features\":[{", ProblemKind::JsonDamaged),
        ] {
            assert_eq!(open(text, &ReadingLimits::default()).unwrap_err().problem.kind, kind, "{text}");
        }
        let deep = "[".repeat(1_000_000);
        assert_eq!(open(&deep, &ReadingLimits::default()).unwrap_err().problem.kind, ProblemKind::JsonDamaged);
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
