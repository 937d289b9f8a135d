//! Gazetteer files: 町字 with coordinates → entries.
//!
//! Supported, whatever the order of the columns: CSV of 位置参照情報 (大字町丁目 and 街区 level, with Japanese headings or the short
//! ones), CSV and JSON of geolonia's japanese-addresses (both generations), and the アドレス・ベース・レジストリ's columns if they
//! have a representative point. This module does no I/O.

use std::collections::HashMap;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;

use crate::import::json::{self, GeometryDetail, JsonFailure, JsonRecord, JsonRoot, JsonSink};
use crate::import::regions::outlines::text_of;
use crate::import::{ListProblem, ProblemKind, guarded};
use crate::model::{Position, ReadingLimits, TownEntry};
use crate::text;

/// Metres beyond which two 大字 of one name and municipality are distinct rather than listed twice.
const APART_M: f64 = 300.0;

/// Meaning of a column of a gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum GazetteerColumn {
    Prefecture,
    County,
    City,
    Ward,
    Code,
    Town,
    Kana,
    Chome,
    SmallArea,
    Block,
    Lon,
    Lat,
}

/// Column mapping by heading, in lower case after NFKC.
const HEADINGS: &[(GazetteerColumn, &[&str])] = &[
    (GazetteerColumn::Prefecture, &["pref", "prefecture", "都道府県名", "都道府県"]),
    (GazetteerColumn::County, &["county", "郡名"]),
    (GazetteerColumn::City, &["city", "市区町村名", "市区町村", "市町村名"]),
    (GazetteerColumn::Ward, &["ward", "政令市区名"]),
    (
        GazetteerColumn::Code,
        &["大字町丁目コード", "code", "lg_code", "市区町村コード", "全国地方公共団体コード", "city_code", "jisx0402"],
    ),
    (
        GazetteerColumn::Town,
        &[
            "town",
            "大字町丁目名",
            "大字・丁目名",
            "大字_丁目名",
            "町域名",
            "町字名",
            "oaza_cho",
            "name",
            "neighborhood",
        ],
    ),
    (
        GazetteerColumn::Kana,
        &[
            "大字町丁目名カナ",
            "大字・丁目名カナ",
            "大字_丁目名_カナ",
            "町域名カナ",
            "町字名_カナ",
            "oaza_cho_kana",
            "oaza_cho_k",
            "town_kana",
            "neighborhood_kana",
            "kana",
        ],
    ),
    (GazetteerColumn::Chome, &["chome"]),
    (GazetteerColumn::SmallArea, &["koaza", "小字・通称名", "小字_通称名", "小字名", "小字"]),
    (GazetteerColumn::Block, &["街区符号・地番", "街区符号"]),
    (GazetteerColumn::Lon, &["lng", "lon", "longitude", "経度", "rep_lon", "代表点_経度"]),
    (GazetteerColumn::Lat, &["lat", "latitude", "緯度", "rep_lat", "代表点_緯度"]),
];

/// Imports the 町字 of a file, whatever its format and encoding. Rows without coordinates are left out; so are 大字 of one
/// name in one municipality that lie apart, because no address distinguishes them.
///
/// # Errors
///
/// If the bytes hold no 町字, a coordinate is none in degrees, or there are more than `limits` allow.
pub fn read_within(bytes: &[u8], limits: &ReadingLimits) -> Result<Vec<TownEntry>, ListProblem> {
    guarded(|| read_towns(bytes, limits)).unwrap_or_else(|| Err(ListProblem::reading_failed()))
}

/// As [`read_within`], within the default limits.
///
/// # Errors
///
/// As [`read_within`].
pub fn read(bytes: &[u8]) -> Result<Vec<TownEntry>, ListProblem> {
    read_within(bytes, &ReadingLimits::default())
}

fn read_towns(bytes: &[u8], limits: &ReadingLimits) -> Result<Vec<TownEntry>, ListProblem> {
    let text = text_of(bytes).ok_or_else(gazetteer_unreadable)?;
    let mut reading = GazetteerReading { limits, rows: 0, entries: Vec::new(), by_name: HashMap::new() };
    if text.trim_start().starts_with(['[', '{']) {
        read_json(&text, &mut reading)?;
    } else {
        read_csv(&text, &mut reading)?;
    }
    let entries = reading.finish();
    if entries.is_empty() { Err(gazetteer_unreadable()) } else { Ok(entries) }
}

fn gazetteer_unreadable() -> ListProblem {
    ListProblem::new(1, None, ProblemKind::GazetteerUnreadable, &[])
}

type GazetteerCells = HashMap<GazetteerColumn, String>;

fn column_of(heading: &str) -> Option<GazetteerColumn> {
    let heading: String = heading.nfkc().collect::<String>().trim().to_lowercase();
    HEADINGS.iter().find(|(_, names)| names.contains(&heading.as_str())).map(|(column, _)| *column)
}

fn read_csv(text: &str, reading: &mut GazetteerReading<'_>) -> Result<(), ListProblem> {
    let first = text.lines().find(|line| !line.trim().is_empty()).ok_or_else(gazetteer_unreadable)?;
    let delimiter = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|_| gazetteer_unreadable())?;
    let columns: Vec<Option<GazetteerColumn>> = headings.iter().map(column_of).collect();
    let has = |column| columns.contains(&Some(column));
    if !(has(GazetteerColumn::Town) && has(GazetteerColumn::Lon) && has(GazetteerColumn::Lat)) {
        return Err(gazetteer_unreadable());
    }
    // A list of places has names and coordinates, too.
    let only_names = headings.iter().all(|h| column_of(h) != Some(GazetteerColumn::Town) || h.trim() == "name");
    if only_names && !has(GazetteerColumn::Code) {
        return Err(gazetteer_unreadable());
    }
    for (row, record) in (2u32..).zip(reader.into_records().map_while(Result::ok)) {
        let mut cells = GazetteerCells::new();
        for (column, cell) in columns.iter().zip(record.iter()).filter_map(|(column, cell)| Some(((*column)?, cell))) {
            // The first of two columns of one meaning counts.
            cells.entry(column).or_insert_with(|| cell.to_owned());
        }
        reading.add_row(row, &cells)?;
    }
    Ok(())
}

/// Reads a list of objects, or an object with such a list under `data`.
fn read_json(text: &str, reading: &mut GazetteerReading<'_>) -> Result<(), ListProblem> {
    let limits = reading.limits;
    match json::read(text, reading, limits) {
        Ok(JsonRoot::Array | JsonRoot::Sequence(_)) => Ok(()),
        Ok(JsonRoot::Object(_) | JsonRoot::Scalar) | Err(JsonFailure::Syntax(_)) => Err(gazetteer_unreadable()),
        Err(JsonFailure::Refused(problem)) => Err(*problem),
    }
}

impl JsonSink for GazetteerReading<'_> {
    const SEQUENCE: &'static str = "data";
    const MEMBERS: Option<&'static [&'static str]> = None;

    fn geometry(&self, _: usize) -> GeometryDetail {
        GeometryDetail::Nothing
    }

    fn object(&mut self, object: JsonRecord) -> Result<(), ListProblem> {
        if object.members.is_empty() {
            return Ok(());
        }
        self.rows = self.rows.saturating_add(1);
        self.add_row(self.rows, &object_cells(&object.members))
    }
}

fn object_cells(object: &Map<String, Value>) -> GazetteerCells {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let mut cells: GazetteerCells =
        object.iter().filter_map(|(key, value)| Some((column_of(key)?, text(value)?))).collect();
    if let Some([lon, lat]) = object.get("point").and_then(Value::as_array).map(Vec::as_slice) {
        cells.extend([(GazetteerColumn::Lon, lon.to_string()), (GazetteerColumn::Lat, lat.to_string())]);
    }
    cells
}

/// The entries read so far, in the order of the file.
struct GazetteerReading<'a> {
    limits: &'a ReadingLimits,
    /// Objects of a JSON file so far.
    rows: u32,
    entries: Vec<GatheredTowns>,
    by_name: HashMap<(String, String, String, String), usize>,
}

/// One 町字, with the sum of its points if the file goes down to the 街区.
struct GatheredTowns {
    entry: TownEntry,
    code: String,
    count: f64,
    is_torn: bool,
}

impl GazetteerReading<'_> {
    fn add_row(&mut self, row: u32, cells: &GazetteerCells) -> Result<(), ListProblem> {
        if self.entries.len() > self.limits.towns {
            return Err(ListProblem::too_large("towns", self.limits.towns));
        }
        let longest = self.limits.cell_characters;
        if cells.values().any(|cell| cell.len() > longest && cell.chars().count() > longest) {
            return Err(ListProblem::too_large("cell_characters", longest));
        }
        let cell = |column| cells.get(&column).map(|c| c.trim()).filter(|c| !c.is_empty() && *c != "null");
        let Some(town) = cell(GazetteerColumn::Town).or(cell(GazetteerColumn::Chome)) else { return Ok(()) };
        let town = match cell(GazetteerColumn::Chome).filter(|_| cell(GazetteerColumn::Town).is_some()) {
            Some(chome) => format!("{town}{chome}"),
            None => town.to_owned(),
        };
        let (Some(lon), Some(lat)) = (cell(GazetteerColumn::Lon), cell(GazetteerColumn::Lat)) else { return Ok(()) };
        let bad = || {
            ListProblem::new(
                row,
                None,
                ProblemKind::GazetteerBadPosition,
                &[("town", &town), ("value", &format!("{lon}, {lat}"))],
            )
        };
        let (lon, lat) = (lon.parse().map_err(|_| bad())?, lat.parse().map_err(|_| bad())?);
        let position = Position::new(lon, lat).map_err(|_| bad())?;
        let city = cell(GazetteerColumn::City).map(|city| {
            format!(
                "{}{city}{}",
                cell(GazetteerColumn::County).unwrap_or(""),
                cell(GazetteerColumn::Ward).unwrap_or("")
            )
            .replace([' ', '　'], "")
        });
        let code = cell(GazetteerColumn::Code).unwrap_or("").to_owned();
        let entry = TownEntry {
            prefecture: cell(GazetteerColumn::Prefecture).map(str::to_owned),
            city,
            city_code: city_code(&code),
            kana: cell(GazetteerColumn::Kana).and_then(reading),
            town,
            small_area: cell(GazetteerColumn::SmallArea).map(str::to_owned),
            position,
        };
        self.add(entry, code, cell(GazetteerColumn::Block).is_some());
        Ok(())
    }

    /// Adds `entry`, or its point to the entry of the same name.
    fn add(&mut self, entry: TownEntry, code: String, is_block: bool) {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        let place = part(&entry.city_code) + &part(&entry.prefecture);
        let name = (place, part(&entry.city), entry.town.clone(), part(&entry.small_area));
        let Some(&known) = self.by_name.get(&name) else {
            self.by_name.insert(name, self.entries.len());
            self.entries.push(GatheredTowns { entry, code, count: 1.0, is_torn: false });
            return;
        };
        let gathered = &mut self.entries[known];
        let old = gathered.entry.position;
        if gathered.code != code && old.distance_to(entry.position).0 > APART_M {
            gathered.is_torn = true;
        } else if !is_block && gathered.code == code && old.distance_to(entry.position).0 > APART_M {
            // Nothing distinguishes the two: let the gazetteer see both.
            self.entries.push(GatheredTowns { entry, code, count: 1.0, is_torn: false });
        } else {
            let mean = |old: f64, new: f64| (old * gathered.count + new) / (gathered.count + 1.0);
            let middle = Position::new(mean(old.lon(), entry.position.lon()), mean(old.lat(), entry.position.lat()));
            gathered.entry.position = middle.unwrap_or(old);
            gathered.count += 1.0;
        }
    }

    fn finish(self) -> Vec<TownEntry> {
        self.entries.into_iter().filter(|gathered| !gathered.is_torn).map(|gathered| gathered.entry).collect()
    }
}

/// The reading of a 大字 in hiragana: 「ｶﾜﾗﾏﾁ 2」 → 「かわらまち」. `None` if a character is not kana.
fn reading(kana: &str) -> Option<String> {
    let normal: String = kana.nfkc().collect();
    let base = normal.trim().trim_end_matches("チョウメ").trim_end_matches("ちょうめ");
    let base = base.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    text::hiragana(base)
}

/// The first five digits of a code of 5, 6, 12 or more digits. Excel may have dropped a leading zero.
fn city_code(code: &str) -> Option<String> {
    if !code.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let padded = match code.len() {
        4 | 11 => format!("0{code}"),
        _ => code.to_owned(),
    };
    padded.get(..5).map(str::to_owned)
}
