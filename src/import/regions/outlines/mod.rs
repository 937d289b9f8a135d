//! District and municipal boundaries: bytes of GeoJSON → [`District`]s or one [`Area`].
//!
//! Any `FeatureCollection`, `Feature` or bare geometry serves. Features of one key are one district, however
//! many there are (islands, exclaves, one feature per polygon); closed lines count as outlines; a district that is only
//! a point has a centre and no outline. The key is the code, or the name if there is no code. Properties are found by
//! [`CODE_PROPERTIES`] and [`NAME_PROPERTIES`], or given by [`FeatureProperties`]. Coordinates are never guessed:
//! anything but degrees with longitude first is refused. This module does no I/O.

pub(super) mod features;
mod shape;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use self::features::{OutlineFeature, features_of};
use self::shape::OutlineShape;
use crate::import::{ListProblem, ProblemKind, guarded};
use crate::model::{Area, City, District, DistrictId, ReadingLimits};
use crate::privacy::without_persons_in_name;
use crate::text::hiragana;

/// Properties that hold a code, the most reliable first.
pub const CODE_PROPERTIES: &[&str] =
    &["N03_007", "KEY_CODE", "district_code", "code", "地区コード", "コード", "district_id", "id", "ID", "Code"];

/// Code properties of official maps, which distinguish districts of the same name (中央区).
const OFFICIAL_CODES: [&str; 2] = ["N03_007", "KEY_CODE"];

/// Properties that hold a name, the most reliable first.
pub const NAME_PROPERTIES: &[&str] = &[
    "name",
    "name_ja",
    "名称",
    "地区名",
    "地域名",
    "自治協名",
    "校区名",
    "小学校区名",
    "学区名",
    "district",
    "district_name",
    "N03_004",
    "S_NAME",
    "TOWN1",
    "TOWN",
    "Name",
    "NAME",
    "名前",
    "町名",
    "label",
    "title",
];

/// Properties that hold the former town (旧町).
pub const FORMER_TOWN_PROPERTIES: &[&str] = &["former_town", "旧町", "旧町名", "旧市町村", "旧市町村名", "旧町村"];

/// Properties that hold the reading of the name in kana.
pub const KANA_PROPERTIES: &[&str] =
    &["kana", "name_kana", "かな", "カナ", "名称_カナ", "よみ", "読み", "ふりがな", "フリガナ"];

/// Property mapping, for files without any of the usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeatureProperties {
    /// The property with the name; `None`: by [`NAME_PROPERTIES`].
    pub name: Option<String>,
    /// The property with the code; `None`: by [`CODE_PROPERTIES`].
    pub code: Option<String>,
}

/// The municipality that features of a file say they are, or lie in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OutlineOwner {
    /// Its five-digit code.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// The municipalities that the features of a file name by official properties (国土数値情報, 国勢調査), each once, in order;
/// features that name none are left out.
///
/// # Errors
///
/// As [`districts`], but for shapes, which are not read.
pub fn owners(bytes: &[u8], limits: &ReadingLimits) -> Result<Vec<OutlineOwner>, ListProblem> {
    let read = || features_of(bytes, limits, &|_| false);
    let features = guarded(read).unwrap_or_else(|| Err(ListProblem::reading_failed()))?;
    let mut seen = HashSet::new();
    let only = only_name(&features).map(|name| OutlineOwner { code: None, name: Some(name) });
    let named = features.iter().map(OutlineFeature::owner).filter(|owner| owner.code.is_some() || owner.name.is_some());
    let owners: Vec<OutlineOwner> = named.filter(|owner| seen.insert(owner.clone())).collect();
    Ok(if owners.is_empty() { only.into_iter().collect() } else { owners })
}

/// The one name of all features, where it is that of a municipality.
fn only_name(features: &[OutlineFeature]) -> Option<String> {
    let name = features.first()?.text(NAME_PROPERTIES)?;
    let is_one = features.iter().all(|feature| feature.text(NAME_PROPERTIES).as_ref() == Some(&name));
    (is_one && name.ends_with(['市', '区', '町', '村'])).then_some(name)
}

/// Imports districts in order of first appearance.
///
/// # Errors
///
/// If the bytes are no GeoJSON, a feature has no name or no shape, or coordinates are not degrees; the problem's row counts
/// the features from 1.
pub fn districts(bytes: &[u8]) -> Result<Vec<District>, ListProblem> {
    districts_by(bytes, &FeatureProperties::default(), &ReadingLimits::default())
}

/// Imports districts by the given `properties`, within `limits`.
///
/// # Errors
///
/// As [`districts`], and if the file exceeds a limit.
pub fn districts_by(
    bytes: &[u8],
    properties: &FeatureProperties,
    limits: &ReadingLimits,
) -> Result<Vec<District>, ListProblem> {
    guarded(|| read_districts(bytes, properties, limits)).unwrap_or_else(|| Err(ListProblem::reading_failed()))
}

fn read_districts(
    bytes: &[u8],
    properties: &FeatureProperties,
    limits: &ReadingLimits,
) -> Result<Vec<District>, ListProblem> {
    let features = features_of(bytes, limits, &|_| true)?;
    let keys = PropertyKeys::new(&features, properties);
    let mut drafts: Vec<DistrictDraft> = Vec::new();
    let mut by_key: HashMap<(String, Option<String>), usize> = HashMap::new();
    for feature in &features {
        let label = keys.label(feature).ok_or_else(|| nameless(feature))?;
        let key = (
            label.code.clone().unwrap_or_else(|| label.name.clone()),
            label.former_town.clone().filter(|_| label.code.is_none()),
        );
        let number = *by_key.entry(key).or_insert_with(|| {
            drafts.push(DistrictDraft {
                label: label.clone(),
                feature: feature.number,
                shape: OutlineShape::default(),
                is_sketch: false,
            });
            drafts.len() - 1
        });
        drafts[number].is_sketch |= feature.properties.get("sketch") == Some(&serde_json::Value::Bool(true));
        drafts[number].shape.add(feature, &label.name)?;
    }
    let districts = drafts.into_iter().map(DistrictDraft::finish).collect::<Result<Vec<_>, _>>()?;
    Ok(with_distinct_ids(districts))
}

/// Imports the boundary of the municipality. Of a file with several municipalities, `city` is selected by code or name;
/// a file with one is read as it is.
///
/// # Errors
///
/// As [`districts`], and if the file holds several municipalities but not `city`.
pub fn boundary(bytes: &[u8], city: &City) -> Result<Area, ListProblem> {
    guarded(|| read_boundary(bytes, city)).unwrap_or_else(|| Err(ListProblem::reading_failed()))
}

/// Reads the file twice: a whole country's outlines are many times those of the one municipality that is wanted.
fn read_boundary(bytes: &[u8], city: &City) -> Result<Area, ListProblem> {
    let features = features_of(bytes, &city.limits, &|_| false)?;
    let codes: Vec<Option<String>> = features.iter().map(OutlineFeature::municipality).collect();
    let mut distinct: Vec<&String> = codes.iter().flatten().collect();
    distinct.sort();
    distinct.dedup();
    let is_one = distinct.len() <= 1;
    let is_own = |feature: &OutlineFeature, code: Option<&String>| {
        let by_code = code.is_some_and(|code| city.code.len() >= 5 && city.code.starts_with(code.as_str()));
        by_code || (!city.name.is_empty() && feature.is_municipality_named(&city.name))
    };
    let mut shape = OutlineShape::default();
    let (mut first, mut name) = (1, city.name.clone());
    let wanted = features.iter().zip(&codes).filter(|(f, code)| is_one || is_own(f, code.as_ref()));
    let wanted: HashSet<u32> = wanted.map(|(feature, _)| feature.number).collect();
    let is_wanted = |index: usize| u32::try_from(index + 1).is_ok_and(|number| wanted.contains(&number));
    let shapes = features_of(bytes, &city.limits, &is_wanted)?;
    for feature in shapes.iter().filter(|feature| wanted.contains(&feature.number)) {
        if shape.is_empty() {
            first = feature.number;
            name = feature.text(NAME_PROPERTIES).unwrap_or(name);
        }
        shape.add(feature, &name)?;
    }
    if shape.is_empty() && !is_one {
        let values = [("count", &*distinct.len().to_string()), ("city", &city.name)];
        return Err(ListProblem::new(1, None, ProblemKind::OutlineOfOthers, &values));
    }
    shape.area(first, &name)
}

/// Encoding detection: the text of a file; `None` if it is in no encoding that Japanese offices use.
pub(in crate::import::regions) fn text_of(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (text, _, has_errors) = encoding_rs::UTF_8.decode(bytes);
    if !has_errors {
        return Some(text);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guessed = detector.guess(Some(b"jp"), chardetng::Utf8Detection::Deny);
    let (text, _, has_errors) = guessed.decode(bytes);
    (!has_errors).then_some(text)
}

fn nameless(feature: &OutlineFeature) -> ListProblem {
    let names: Vec<&str> = feature.properties.keys().map(String::as_str).collect();
    let (number, names) = (feature.number.to_string(), names.join(", "));
    let values = [("feature", &*number), ("properties", &*names)];
    ListProblem::new(feature.number, None, ProblemKind::OutlineWithoutName, &values)
}

/// Codes and names of a district.
#[derive(Debug, Clone)]
struct DistrictLabel {
    code: Option<String>,
    name: String,
    kana: Option<String>,
    former_town: Option<String>,
}

/// The property mapping of one file.
struct PropertyKeys {
    code: Option<String>,
    name: Option<String>,
    uses_feature_id: bool,
}

impl PropertyKeys {
    fn new(features: &[OutlineFeature], given: &FeatureProperties) -> Self {
        let name = given.name.clone().or_else(|| commonest(features, NAME_PROPERTIES));
        let names: Vec<Option<String>> = features.iter().map(|f| f.name_by(name.as_deref())).collect();
        let are_distinct = |codes: &[Option<String>]| codes.iter().all(Option::is_some) && !counts_parts(codes, &names);
        let is_code = |property: &&&str| {
            let codes: Vec<Option<String>> = features.iter().map(|f| f.text(&[**property])).collect();
            // Land that belongs to no municipality yet has a name but no code.
            let is_official = OFFICIAL_CODES.contains(property) && codes.iter().any(Option::is_some);
            is_official || are_distinct(&codes)
        };
        let code = given.code.clone().or_else(|| CODE_PROPERTIES.iter().find(is_code).map(|&p| p.to_owned()));
        let ids: Vec<Option<String>> = features.iter().map(|f| f.id.clone()).collect();
        let uses_feature_id = code.is_none() && given.name.is_none() && are_distinct(&ids);
        Self { code, name, uses_feature_id }
    }

    fn label(&self, feature: &OutlineFeature) -> Option<DistrictLabel> {
        let id = || feature.id.clone().filter(|_| self.uses_feature_id);
        let code = self.code.as_deref().and_then(|property| feature.text(&[property])).or_else(id);
        let name =
            feature.name_by(self.name.as_deref()).or_else(|| feature.text(NAME_PROPERTIES)).or_else(|| code.clone())?;
        let kana = feature.text(KANA_PROPERTIES).and_then(|kana| hiragana(&kana));
        // The name of a district is for everybody, and its id is often made from it.
        let former_town = feature.text(FORMER_TOWN_PROPERTIES).as_deref().map(without_persons_in_name);
        Some(DistrictLabel { code, name: without_persons_in_name(&name), kana, former_town })
    }
}

/// Whether codes only number the parts of districts that the names distinguish.
fn counts_parts(codes: &[Option<String>], names: &[Option<String>]) -> bool {
    let distinct = |texts: &[Option<String>]| texts.iter().flatten().collect::<std::collections::HashSet<_>>().len();
    let all_named = names.iter().all(Option::is_some);
    distinct(codes) == codes.len() && all_named && distinct(names) < names.len()
}

/// The property that most features have; the first of `properties` wins a tie.
fn commonest(features: &[OutlineFeature], properties: &[&str]) -> Option<String> {
    let count = |property: &str| features.iter().filter(|f| f.text(&[property]).is_some()).count();
    let counted = properties.iter().rev().map(|&property| (count(property), property));
    counted.max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0).map(|(_, property)| property.to_owned())
}

/// A district while its features are being collected.
struct DistrictDraft {
    label: DistrictLabel,
    feature: u32,
    shape: OutlineShape,
    /// Whether a feature says that it is a sketch.
    is_sketch: bool,
}

impl DistrictDraft {
    fn finish(self) -> Result<District, ListProblem> {
        let Self { label, feature, shape, is_sketch } = self;
        let id = DistrictId(label.code.as_deref().and_then(address_code).unwrap_or_else(|| label.name.clone()));
        let point = shape.point();
        let district = |boundary, centre| {
            let (name, kana, former_town) = (label.name.clone(), label.kana, label.former_town);
            Ok(District { id, name, kana, former_town, boundary, centre: Some(centre), ..District::default() })
        };
        if let Some(centre) = point.filter(|_| !shape.has_lines_or_areas()) {
            return district(None, centre);
        }
        let area = shape.area(feature, &label.name)?;
        let area = if is_sketch { area.into_sketch() } else { area };
        let inside = point.filter(|&p| area.contains(p)).or_else(|| area.interior_point());
        let centre = inside.ok_or_else(|| shape::without_shape(feature, &label.name))?;
        district(Some(area), centre)
    }
}

/// A code fit for web addresses: lower-case letters, digits and hyphens; `None` if impossible.
pub(super) fn address_code(code: &str) -> Option<String> {
    let code = code.trim().to_ascii_lowercase().replace('_', "-");
    let fits = !code.is_empty() && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    fits.then_some(code)
}

/// Makes IDs distinct: puts the former town before the ID of districts that share one, and a number behind if that does
/// not help.
pub(super) fn with_distinct_ids(mut districts: Vec<District>) -> Vec<District> {
    let mut counts: HashMap<DistrictId, usize> = HashMap::new();
    for district in &districts {
        *counts.entry(district.id.clone()).or_default() += 1;
    }
    let mut seen: HashMap<DistrictId, usize> = HashMap::new();
    for district in &mut districts {
        let is_doubled = counts.get(&district.id).is_some_and(|&n| n > 1);
        if let Some(town) = district.former_town.as_deref().filter(|_| is_doubled) {
            district.id.0 = format!("{town}{}", district.id.0);
        }
        let times = seen.entry(district.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            district.id.0 = format!("{}-{times}", district.id.0);
        }
    }
    districts
}

#[cfg(test)]
mod tests;
