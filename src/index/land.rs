//! The land under every map: outline, names of 大字 and former towns with the zoom from which each is shown, base map.
//!
//! One [`LandMap`] per change of what describes the municipality, the same for every audience: nothing in it comes from places. It
//! is drawn alike on the screen, on paper and where there is no WebGL. This module does no I/O.

use std::collections::HashMap;

use geo::{Coord, LineString, MapCoords as _};

use crate::model::line_simplification::{simplified_area, simplified_line as fewer_corners};
use crate::model::{Area, BasemapFeature, BasemapShape, City, DistrictTable, Position, TownEntry};

/// Tolerance of line simplification of the outline (Ramer–Douglas–Peucker) in degrees: some ten metres.
const TOLERANCE: f64 = 0.000_1;

/// Lines of the finest width side by side in a drawing of the whole municipality.
const OVERVIEW_LINES: f64 = 2_000.0;

/// Corners of the base map at most, and the tolerance in degrees beyond which lines are not simplified further.
const MOST_CORNERS: usize = 60_000;
const COARSEST: f64 = 0.01;

/// Labels of 大字 at most; a municipality has fewer, a gazetteer of a prefecture without an outline may have more.
const MOST_LABELS: usize = 5_000;

/// Characters of a name at most.
const LONGEST: usize = 20;

/// Fewest 大字 that begin alike (大屋町加保, 大屋町夏梅) for the beginning to be a former town.
const TOWNS_OF_A_FORMER: usize = 3;

/// Zooms of the map (tiles of 512 pixels) from which labels are shown: the first, and the one that shows all.
const ZOOMS: std::ops::RangeInclusive<u8> = 9..=15;

/// Metres between two labels at zoom 0 in Japan's latitude: some 80 pixels.
const SPACING_M: f64 = 5_000_000.0;

/// Metres per degree of latitude.
const DEGREE_M: f64 = 111_195.0;

/// A name on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct LandLabel {
    /// The name on the map: of 大屋町加保 within 大屋町, 加保.
    pub name: String,
    /// The whole name.
    pub whole: String,
    /// The reading of the whole name in hiragana, where the gazetteer has it.
    pub kana: Option<String>,
    /// Where it stands.
    pub position: Position,
    /// The zoom from which it is shown.
    pub zoom: u8,
}

/// What is drawn below places and districts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LandMap {
    /// The outline of the municipality, simplified.
    pub outline: Option<Area>,
    /// The outline with the corners that a drawing of the whole municipality shows.
    pub overview: Option<Area>,
    /// Former towns (旧町).
    pub former_towns: Vec<LandLabel>,
    /// 大字, those that are shown first in front.
    pub towns: Vec<LandLabel>,
    /// The base map, in the order in which it is drawn.
    pub features: Vec<BasemapFeature>,
}

impl LandMap {
    /// Derives the land from what describes the municipality.
    pub fn new(
        city: &City,
        (towns, districts): (&[TownEntry], &DistrictTable),
        boundary: Option<&Area>,
        basemap: &[BasemapFeature],
    ) -> Self {
        let towns = own_towns(city, towns, boundary);
        let former = former_towns(&towns, districts);
        let mut features = bounded(basemap);
        features.sort_by_key(|feature| feature.kind);
        let outline = boundary.map(|area| simplified(area, TOLERANCE));
        Self {
            overview: outline.as_ref().map(|area| simplified(area, overview_tolerance(area))),
            outline,
            towns: labels(&towns, &former),
            former_towns: former.into_iter().map(|it| it.label).collect(),
            features,
        }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// West, south, east, north of the municipality in degrees: of its outline, else of its 大字; `None` without either.
    pub fn bbox(&self) -> Option<[f64; 4]> {
        let points = self.towns.iter().map(|town| town.position);
        let around = |a: [f64; 4], b: [f64; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
        let of_towns = || points.map(|at| [at.lon(), at.lat(), at.lon(), at.lat()]).reduce(around);
        self.outline.as_ref().and_then(Area::bbox).or_else(of_towns)
    }
}

/// What a drawing of the whole municipality may simplify its outline by, in degrees: half of its finest line.
fn overview_tolerance(area: &Area) -> f64 {
    let degrees = area.bbox().map_or(0.0, |[west, south, east, north]| (east - west).max(north - south));
    TOLERANCE.max(degrees / OVERVIEW_LINES)
}

/// The outline without the corners that are nearer than `tolerance` in degrees to what is left of it.
fn simplified(area: &Area, tolerance: f64) -> Area {
    let simple = Area::new(
        simplified_area(area.polygons(), tolerance).map_coords(|at| Coord { x: short(at.x), y: short(at.y) }),
    );
    // An islet smaller than the tolerance vanishes; an outline of islets alone stays as it is.
    let simple = if simple.bbox().is_some() { simple } else { area.clone() };
    if area.is_sketch() { simple.into_sketch() } else { simple }
}

/// Degrees with five decimals, about a metre: finer than a line is drawn.
fn short(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// The base map with no more corners than a phone draws: what has more is simplified until it fits.
fn bounded(basemap: &[BasemapFeature]) -> Vec<BasemapFeature> {
    let mut features = basemap.to_vec();
    let mut tolerance = TOLERANCE;
    while corners(&features) > MOST_CORNERS && tolerance < COARSEST {
        for feature in &mut features {
            if let BasemapShape::Lines(lines) = &mut feature.shape {
                for line in lines.iter_mut() {
                    *line = simplified_line(line, tolerance);
                }
            }
        }
        tolerance *= 2.0;
    }
    features
}

fn corners(features: &[BasemapFeature]) -> usize {
    let of = |feature: &BasemapFeature| match &feature.shape {
        BasemapShape::Lines(lines) => lines.iter().map(Vec::len).sum(),
        BasemapShape::Point(_) => 1,
    };
    features.iter().map(of).sum()
}

fn simplified_line(line: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let line: LineString<f64> = line.iter().map(|at| Coord { x: at[0], y: at[1] }).collect();
    fewer_corners(&line, tolerance).0.into_iter().map(|at| [at.x, at.y]).collect()
}

/// A 大字 with all of its 丁目.
struct MergedTown<'a> {
    name: &'a str,
    kana: Option<&'a str>,
    position: Position,
    parts: usize,
}

/// The 大字 of the municipality, each once, at the middle of its 丁目.
fn own_towns<'a>(city: &City, towns: &'a [TownEntry], boundary: Option<&Area>) -> Vec<MergedTown<'a>> {
    let is_own = |town: &TownEntry| {
        let named = city.is_meant_by(town.city_code.as_deref(), town.city.as_deref());
        named.unwrap_or_else(|| boundary.is_none_or(|boundary| boundary.contains(town.position)))
    };
    let mut merged: Vec<(&str, Option<&str>, Vec<Position>)> = Vec::new();
    let mut rows: HashMap<&str, usize> = HashMap::new();
    for town in towns.iter().filter(|town| town.small_area.is_none() && is_own(town)) {
        let row = *rows.entry(town.base()).or_insert_with(|| {
            merged.push((town.base(), town.kana.as_deref(), Vec::new()));
            merged.len() - 1
        });
        merged[row].2.push(town.position);
    }
    let middle = |(name, kana, points): (&'a str, Option<&'a str>, Vec<Position>)| {
        let position = mean(&points)?;
        Some(MergedTown { name, kana, position, parts: points.len() })
    };
    merged.into_iter().filter_map(middle).take(MOST_LABELS).collect()
}

/// A former town and the words that the names of its 大字 begin with.
struct FormerTown {
    beginning: String,
    label: LandLabel,
}

/// The former towns: of the districts where these name them, else by 大字 that begin alike.
fn former_towns(towns: &[MergedTown<'_>], districts: &DistrictTable) -> Vec<FormerTown> {
    let mut points: Vec<(String, Vec<Position>)> = Vec::new();
    let mut add = |name: &str, at: Position| match points.iter_mut().find(|(known, _)| known == name) {
        Some((_, points)) => points.push(at),
        None => points.push((name.to_owned(), vec![at])),
    };
    for district in districts.all() {
        if let (Some(name), Some(centre)) = (&district.former_town, district.centre) {
            add(name, centre);
        }
    }
    let is_by_districts = districts.all().iter().any(|district| district.former_town.is_some());
    if !is_by_districts {
        towns
            .iter()
            .filter_map(|town| Some((beginning(town.name)?, town)))
            .for_each(|(it, town)| add(it, town.position));
        points.retain(|(_, points)| points.len() >= TOWNS_OF_A_FORMER);
    }
    let zoom = *ZOOMS.start();
    let label = |(name, points): (String, Vec<Position>)| {
        let position = mean(&points)?;
        let label = LandLabel { name: shortened(&name), whole: name.clone(), kana: None, position, zoom };
        Some(FormerTown { beginning: name, label })
    };
    points.into_iter().filter_map(label).collect()
}

/// The town that a 大字 begins with: 大屋町 of 大屋町加保; `None` for 瓦町, which is one.
fn beginning(name: &str) -> Option<&str> {
    let (at, sign) = name.char_indices().skip(1).find(|(_, c)| matches!(c, '町' | '村'))?;
    let (start, rest) = name.split_at(at + sign.len_utf8());
    let first = rest.chars().next()?;
    // 京町一丁目 and 東町甲 are parts of a town, not 大字 of a former one.
    (!first.is_numeric() && !"一二三四五六七八九十甲乙丙丁".contains(first)).then_some(start)
}

/// Labels of 大字 with the zoom from which each has room (greedy thinning): those with most 丁目 first, since people know them.
fn labels(towns: &[MergedTown<'_>], former: &[FormerTown]) -> Vec<LandLabel> {
    let mut order: Vec<&MergedTown<'_>> = towns.iter().collect();
    order.sort_by_key(|town| std::cmp::Reverse(town.parts));
    let mut shown: Vec<LandLabel> = Vec::with_capacity(order.len());
    for zoom in ZOOMS {
        let spacing = SPACING_M / f64::from(1_u32 << zoom);
        let is_last = zoom == *ZOOMS.end();
        order.retain(|town| {
            let has_room = is_last || shown.iter().all(|label| apart_m(label.position, town.position) >= spacing);
            if has_room {
                shown.push(label(town, former, zoom));
            }
            !has_room
        });
    }
    shown
}

fn label(town: &MergedTown<'_>, former: &[FormerTown], zoom: u8) -> LandLabel {
    let rest =
        former.iter().find_map(|it| town.name.strip_prefix(it.beginning.as_str()).filter(|rest| !rest.is_empty()));
    let (name, kana) = (shortened(rest.unwrap_or(town.name)), town.kana.map(str::to_owned));
    LandLabel { name, whole: town.name.to_owned(), kana, position: town.position, zoom }
}

/// A name that a map has room for.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// Metres between two points of a municipality, where the Earth is flat.
fn apart_m(a: Position, b: Position) -> f64 {
    let (east, north) = ((a.lon() - b.lon()) * a.lat().to_radians().cos(), a.lat() - b.lat());
    east.hypot(north) * DEGREE_M
}

fn mean(points: &[Position]) -> Option<Position> {
    #[expect(clippy::cast_precision_loss, reason = "a 大字 has few 丁目")]
    let count = points.len() as f64;
    let sum = points.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.lon(), sum.1 + at.lat()));
    Position::new(sum.0 / count, sum.1 / count).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::District;

    fn town(name: &str, lon: f64, lat: f64) -> TownEntry {
        let position = Position::new(lon, lat).unwrap();
        let (prefecture, city, city_code, kana, small_area) = (None, None, None, None, None);
        TownEntry { prefecture, city, city_code, town: name.to_owned(), kana, small_area, position }
    }

    fn land(towns: &[TownEntry]) -> LandMap {
        LandMap::new(&City::default(), (towns, &DistrictTable::default()), None, &[])
    }

    fn names(labels: &[LandLabel]) -> Vec<&str> {
        labels.iter().map(|label| label.name.as_str()).collect()
    }

    #[test]
    fn the_parts_of_a_town_are_one_name_in_their_middle() {
        let land = land(&[town("瓦町一丁目", 134.0, 34.0), town("瓦町二丁目", 134.002, 34.002)]);
        assert_eq!(names(&land.towns), ["瓦町"]);
        assert!((land.towns[0].position.lon() - 134.001).abs() < 1e-9);
    }

    #[test]
    fn towns_that_begin_alike_are_those_of_a_former_town() {
        let towns = ["山田町上", "山田町下", "山田町中", "川町", "川町西", "海町一丁目", "海町二丁目", "海町三丁目"];
        let towns: Vec<TownEntry> =
            (0..).zip(towns).map(|(n, it)| town(it, 134.0 + f64::from(n) * 0.1, 34.0)).collect();
        let land = land(&towns);
        assert_eq!(names(&land.former_towns), ["山田町"]);
        let mut shown = names(&land.towns);
        shown.sort_unstable();
        assert_eq!(shown, ["上", "下", "中", "川町", "川町西", "海町"]);
    }

    #[test]
    fn districts_that_name_former_towns_decide() {
        let position = Position::new(134.0, 34.0).ok();
        let district = District { former_town: Some("八鹿町".to_owned()), centre: position, ..District::default() };
        let towns = [town("八鹿町八鹿", 134.0, 34.0)];
        let table = DistrictTable::new(vec![district]);
        let land = LandMap::new(&City::default(), (&towns, &table), None, &[]);
        assert_eq!((names(&land.former_towns), names(&land.towns)), (vec!["八鹿町"], vec!["八鹿"]));
    }

    #[test]
    fn labels_of_a_zoom_keep_apart_and_every_town_is_shown_in_the_end() {
        let towns: Vec<TownEntry> = (0..200)
            .map(|n| town(&format!("町{n}"), 134.0 + f64::from(n % 20) * 0.004, 34.0 + f64::from(n / 20) * 0.004))
            .collect();
        let land = land(&towns);
        assert_eq!(land.towns.len(), 200);
        for zoom in ZOOMS.start() + 1..*ZOOMS.end() {
            let shown: Vec<_> = land.towns.iter().filter(|label| label.zoom <= zoom).collect();
            let spacing = SPACING_M / f64::from(1_u32 << zoom);
            for (n, a) in shown.iter().enumerate() {
                assert!(shown[..n].iter().all(|b| apart_m(a.position, b.position) >= spacing), "{zoom} {}", a.name);
            }
        }
    }

    #[test]
    fn a_base_map_of_a_prefecture_is_simplified_until_a_phone_draws_it() {
        let wave = |n: u32| [134.0 + f64::from(n) * 1e-5, 34.0 + f64::from(n % 2) * 2e-4];
        let shape = BasemapShape::Lines(vec![(0..200_000).map(wave).collect()]);
        let river = BasemapFeature { kind: crate::model::BasemapKind::River, name: None, sketch: false, shape };
        let land = LandMap::new(&City::default(), (&[], &DistrictTable::default()), None, &[river]);
        assert!(corners(&land.features) <= MOST_CORNERS);
    }

    #[test]
    fn towns_of_neighbours_are_left_out() {
        let city = City { code: "282227".to_owned(), name: "養父市".to_owned(), ..City::default() };
        let of = |code: &str| TownEntry { city_code: Some(code.to_owned()), ..town(code, 134.0, 34.0) };
        let land = LandMap::new(&city, (&[of("28222"), of("28225")], &DistrictTable::default()), None, &[]);
        assert_eq!(names(&land.towns), ["28222"]);
    }
}
