//! Districts drawn from towns: their shapes, and that everything that shows them says that they are a sketch.

use geo::{Area as _, BooleanOps as _, MultiPolygon, Rect};
use proptest::prelude::*;
use tsunagari::editor::Editor;
use tsunagari::import::regions::gazetteer::Gazetteer;
use tsunagari::import::regions::outlines;
use tsunagari::import::regions::sketch::{DistrictSketch, districts};
use tsunagari::index::Snapshot;
use tsunagari::model::{Area, Audience, CategoryTable, City, Position, ReadingLimits, TownEntry};
use tsunagari::publish::geojson;
use tsunagari::publish::html::{PageView, places};

/// Towns t0, t1 … at these points.
fn gazetteer(points: &[(f64, f64)]) -> Gazetteer {
    let town = |(n, &(lon, lat)): (usize, &(f64, f64))| TownEntry {
        prefecture: None,
        city: None,
        city_code: None,
        town: format!("見本町{}", char::from(b'a' + u8::try_from(n).unwrap())),
        kana: None,
        small_area: None,
        position: Position::new(lon, lat).unwrap(),
    };
    Gazetteer::new(points.iter().enumerate().map(town).collect(), &City::default())
}

fn square() -> Area {
    Area::new(MultiPolygon(vec![Rect::new((134.0, 35.0), (134.1, 35.1)).to_polygon()]))
}

fn drawn(points: &[(f64, f64)], of: &[&str]) -> DistrictSketch {
    let rows = of
        .iter()
        .enumerate()
        .map(|(n, district)| format!("見本町{},{district}\n", char::from(b'a' + u8::try_from(n).unwrap())));
    let table = "大字,地区\n".to_owned() + &rows.collect::<String>();
    districts(table.as_bytes(), &gazetteer(points), Some(&square()), &ReadingLimits::default()).unwrap()
}

const POINTS: [(f64, f64); 4] = [(134.02, 35.02), (134.08, 35.02), (134.02, 35.08), (134.08, 35.08)];

#[test]
fn each_town_is_in_its_district_and_districts_fill_the_outline_without_overlap() {
    let sketch = drawn(&POINTS, &["南", "南", "北", "北"]);
    assert_eq!(sketch.districts.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["南", "北"]);
    let [south, north] = [0, 1].map(|at| sketch.districts[at].boundary.clone().unwrap());
    for (at, (lon, lat)) in POINTS.iter().enumerate() {
        let position = Position::new(*lon, *lat).unwrap();
        assert_eq!([south.contains(position), north.contains(position)], [at < 2, at >= 2], "{position:?}");
    }
    let whole = square().polygons().unsigned_area();
    assert!((south.polygons().unsigned_area() + north.polygons().unsigned_area() - whole).abs() < 1e-9);
    assert!(south.polygons().intersection(north.polygons()).unsigned_area() < 1e-12);
}

#[test]
fn one_town_or_towns_in_a_row_have_districts_too() {
    assert_eq!(drawn(&POINTS[..1], &["全部"]).districts.len(), 1);
    let row = [(134.02, 35.05), (134.05, 35.05), (134.08, 35.05)];
    let sketch = drawn(&row, &["西", "中", "東"]);
    let whole: f64 = sketch.districts.iter().map(|it| it.boundary.as_ref().unwrap().polygons().unsigned_area()).sum();
    assert!((whole - square().polygons().unsigned_area()).abs() < 1e-9);
}

#[test]
fn a_town_that_is_not_known_is_reported_and_a_table_without_any_is_refused() {
    let table = "町名,校区\n見本町a,南\nどこか町,南\n".as_bytes();
    let sketch = districts(table, &gazetteer(&POINTS), None, &ReadingLimits::default()).unwrap();
    assert_eq!(sketch.unknown_towns, [(3, "どこか町".to_owned())]);
    for table in ["大字,地区\nどこか町,南\n", "名前,電話\nあ,い\n", ""] {
        assert!(districts(table.as_bytes(), &gazetteer(&POINTS), None, &ReadingLimits::default()).is_err(), "{table}");
    }
}

#[test]
fn what_shows_a_sketch_says_so_and_what_shows_an_outline_does_not() {
    let file = geojson::outlines(&drawn(&POINTS, &["南", "南", "北", "北"]).districts);
    let read = outlines::districts(&file).unwrap();
    assert!(read.iter().all(|district| district.boundary.as_ref().unwrap().is_sketch()));
    let folder = tempfile::tempdir().unwrap();
    let editor = Editor::open(&folder.path().join("t.sqlite"), City::default(), CategoryTable::default()).unwrap();
    let shown = |editor: &Editor| {
        let snapshot = Snapshot::build(&editor.snapshot_input().unwrap(), Audience::Public);
        let districts = String::from_utf8(geojson::districts(&snapshot)).unwrap();
        (districts, places::list_page(&snapshot, &PageView::default(), "2026-11".parse().unwrap()), snapshot.version)
    };
    editor.set_districts(&read).unwrap();
    let (districts, page, version) = shown(&editor);
    assert!(districts.contains("\"sketch\":true") && page.contains("class=\"map-sketch\""), "{districts}");
    let plain = String::from_utf8(file).unwrap().replace(",\"sketch\":true", "");
    editor.set_districts(&outlines::districts(plain.as_bytes()).unwrap()).unwrap();
    let (districts, page, other) = shown(&editor);
    assert!(!districts.contains("sketch") && !page.contains("class=\"map-sketch\""));
    assert_ne!(version, other, "a page that says something else has another version");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_point_of_the_outline_is_in_the_district_of_the_nearest_town(
        towns in proptest::collection::vec((0_u16..100, 0_u16..100, 0_usize..3), 1..9),
        at in (0.0_f64..0.1, 0.0_f64..0.1),
    ) {
        let mut points: Vec<(f64, f64)> = Vec::new();
        let mut of = Vec::new();
        for (x, y, district) in towns {
            let point = (134.0 + f64::from(x) / 1000.0, 35.0 + f64::from(y) / 1000.0);
            if !points.contains(&point) {
                points.push(point);
                of.push(["東", "中", "西"][district]);
            }
        }
        let sketch = drawn(&points, &of);
        let position = Position::new(134.0 + at.0, 35.0 + at.1).unwrap();
        let squared = |point: &(f64, f64)| (point.0 - position.lon()).powi(2) + (point.1 - position.lat()).powi(2);
        let mut near: Vec<(f64, &str)> = points.iter().map(squared).zip(of.iter().copied()).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Beside a border either may be right.
        let is_clear = near.iter().find(|(_, district)| *district != near[0].1).is_none_or(|other| other.0 > near[0].0 + 1e-7);
        if is_clear {
            let found = sketch.districts.iter().find(|it| it.boundary.as_ref().unwrap().contains(position));
            prop_assert_eq!(found.map(|it| it.name.as_str()), Some(near[0].1));
        }
    }
}
