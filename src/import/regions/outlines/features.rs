//! GeoJSON parsing: bytes → features. This module does no I/O.

use serde_json::{Map, Value};

use super::{OutlineOwner, text_of};
use crate::import::json::{self, GeometryDetail, JsonFailure, JsonGeometry, JsonRecord, JsonRoot, JsonSink};
use crate::import::{ListProblem, ProblemKind};
use crate::model::ReadingLimits;

/// Coordinate reference systems in degrees that serve as WGS 84: CRS84, WGS 84, JGD2000, JGD2011.
const DEGREES: [&str; 6] = ["84", "CRS84", "4326", "4612", "6668", "6697"];

/// A GeoJSON feature with its number.
#[derive(Debug)]
pub(in crate::import::regions) struct OutlineFeature {
    /// The number of the feature in the file, from 1.
    pub(in crate::import::regions) number: u32,
    pub(super) id: Option<String>,
    pub(in crate::import::regions) properties: Map<String, Value>,
    /// Empty where it was not read.
    pub(in crate::import::regions) geometry: JsonGeometry,
}

impl OutlineFeature {
    /// The first of `properties` that is not blank.
    pub(in crate::import::regions) fn text(&self, properties: &[&str]) -> Option<String> {
        properties.iter().find_map(|property| text(self.properties.get(*property)?))
    }

    /// The name by `property`. In 国土数値情報, wards of a city have the city's name before theirs.
    pub(super) fn name_by(&self, property: Option<&str>) -> Option<String> {
        let name = self.text(&[property?])?;
        if property != Some("N03_004") {
            return Some(name);
        }
        let city = self.text(&["N03_003"]).filter(|city| city.ends_with('市')).unwrap_or_default();
        let ward = self.text(&["N03_005"]).filter(|ward| ward.ends_with('区')).unwrap_or_default();
        Some(format!("{city}{name}{ward}"))
    }

    /// The code or name that identifies the municipality of a feature, in files with several municipalities.
    pub(super) fn municipality(&self) -> Option<String> {
        let code = self.text(&["N03_007"]).or_else(|| self.name_by(Some("N03_004")));
        code.map(|code| if code.chars().all(|c| c.is_ascii_digit()) { code.chars().take(5).collect() } else { code })
    }

    /// The municipality that the feature says it is, or lies in, by official properties.
    pub(super) fn owner(&self) -> OutlineOwner {
        let digits = |text: String| text.bytes().all(|b| b.is_ascii_digit()).then_some(text);
        let code = self.text(&["N03_007", "KEY_CODE"]).and_then(digits).filter(|code| code.len() >= 5);
        let city = self.text(&["N03_003"]).filter(|city| city.ends_with('市'));
        let name = city.or_else(|| self.text(&["N03_004", "CITY_NAME", "市区町村名"]));
        OutlineOwner { code: code.and_then(|code| code.get(..5).map(str::to_owned)), name }
    }

    pub(super) fn is_municipality_named(&self, name: &str) -> bool {
        let city = self.text(&["N03_003"]);
        self.name_by(Some("N03_004")).as_deref() == Some(name) || city.as_deref() == Some(name)
    }
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number
            .as_f64()
            .filter(|n| n.fract() == 0.0 && n.abs() < 1e15)
            .map_or_else(|| number.to_string(), |n| format!("{n:.0}")),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Parses the features of `bytes`; `wants_shape` says by number, from 0, of which features the geometry is read.
pub(in crate::import::regions) fn features_of(
    bytes: &[u8],
    limits: &ReadingLimits,
    wants_shape: &dyn Fn(usize) -> bool,
) -> Result<Vec<OutlineFeature>, ListProblem> {
    let text = text_of(bytes).ok_or_else(|| outlines_unreadable("encoding"))?;
    let mut sink = OutlineSink { count: 0, features: Vec::new(), limits, wants_shape };
    let root = json::read(&text, &mut sink, limits).map_err(|failure| match failure {
        JsonFailure::Syntax(error) => outlines_unreadable(&error.to_string()),
        JsonFailure::Refused(problem) => *problem,
    })?;
    let (root, has_sequence) = match root {
        JsonRoot::Sequence(root) => (root, true),
        JsonRoot::Object(root) => (root, false),
        JsonRoot::Array | JsonRoot::Scalar => return Err(outlines_unreadable("no object")),
    };
    let kind = root.members.get("type").and_then(Value::as_str).unwrap_or("").to_owned();
    if kind == "Topology" {
        return Err(ListProblem::new(1, None, ProblemKind::OutlinesTopojson, &[]));
    }
    refuse_outlines_not_in_degrees(&root.members)?;
    match kind.as_str() {
        "FeatureCollection" if has_sequence => {}
        "FeatureCollection" => return Err(outlines_unreadable("no features")),
        "Feature" => sink.object(root)?,
        "Polygon" | "MultiPolygon" | "GeometryCollection" | "LineString" | "MultiLineString" => {
            let outline = Some(JsonGeometry { kind, ..root.outline.unwrap_or_default() });
            let members = Map::from_iter([("type".to_owned(), Value::from("Feature"))]);
            sink.object(JsonRecord { members, outline, is_object: true })?;
        }
        other => return Err(outlines_unreadable(&format!("type: {other:?}"))),
    }
    if sink.features.is_empty() { Err(outlines_unreadable("no features")) } else { Ok(sink.features) }
}

/// Collects features.
struct OutlineSink<'a> {
    count: u32,
    features: Vec<OutlineFeature>,
    limits: &'a ReadingLimits,
    wants_shape: &'a dyn Fn(usize) -> bool,
}

impl JsonSink for OutlineSink<'_> {
    const SEQUENCE: &'static str = "features";
    const MEMBERS: Option<&'static [&'static str]> = Some(&["type", "id", "properties", "crs"]);

    fn geometry(&self, index: usize) -> GeometryDetail {
        if (self.wants_shape)(index) { GeometryDetail::Outline } else { GeometryDetail::Nothing }
    }

    fn object(&mut self, object: JsonRecord) -> Result<(), ListProblem> {
        let JsonRecord { mut members, outline, is_object } = object;
        self.count = self.count.saturating_add(1);
        if !is_object {
            return Ok(());
        }
        if self.features.len() >= self.limits.rows {
            return Err(ListProblem::too_large("rows", self.limits.rows));
        }
        let properties = match members.remove("properties") {
            Some(Value::Object(properties)) => properties,
            _ => Map::new(),
        };
        let id = members.get("id").and_then(text);
        self.features.push(OutlineFeature {
            number: self.count,
            id,
            properties,
            geometry: outline.unwrap_or_default(),
        });
        Ok(())
    }
}

/// Refuses outlines that declare a coordinate reference system other than degrees, as old GeoJSON may; a list only gets a notice.
fn refuse_outlines_not_in_degrees(root: &Map<String, Value>) -> Result<(), ListProblem> {
    let properties = root.get("crs").and_then(|crs| crs.get("properties"));
    let Some(name) = properties.and_then(|p| p.get("name").or_else(|| p.get("code"))).and_then(text) else {
        return Ok(());
    };
    let code = name.rsplit([':', '/']).next().unwrap_or(&name);
    if DEGREES.contains(&code) {
        return Ok(());
    }
    let values = [("feature", "1"), ("name", ""), ("value", &*name)];
    Err(ListProblem::new(1, None, ProblemKind::OutlineNotDegrees, &values))
}

fn outlines_unreadable(detail: &str) -> ListProblem {
    ListProblem::new(1, None, ProblemKind::OutlinesUnreadable, &[("detail", detail)])
}
