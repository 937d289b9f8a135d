//! Vector tiles: what is inside the tiles of a zoom is exactly what there is, by category, and no tile is too large.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use fast_mvt::{MvtGeometry, MvtReaderRef, MvtValueRef};
use geo::{LineString, MultiPolygon, Polygon};
use proptest::prelude::*;
use tsunagari::index::{Filter, Snapshot, SnapshotInput};
use tsunagari::model::{
    Area, Audience, Category, CategoryId, CategoryTable, District, DistrictId, DistrictTable, Facts, Location, Place,
    PlaceId, Position, Precision, Source,
};
use tsunagari::publish::tiles::{EXTENT, MAX_ZOOM, TileAddress, TileContent, archive, tile};

/// A point of a tile: where, of which category, how many places.
#[derive(Debug, Clone, PartialEq)]
struct Point {
    at: [i32; 2],
    category: String,
    count: u64,
}

#[derive(Debug, Default)]
struct Decoded {
    points: Vec<Point>,
    rings: Vec<Vec<[i32; 2]>>,
    texts: BTreeSet<String>,
}

fn unpack(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    bytes
}

fn decoded(packed: &[u8]) -> Decoded {
    let bytes = unpack(packed);
    let mut all = Decoded::default();
    for layer in MvtReaderRef::new(&bytes).unwrap().layers() {
        for feature in layer.features() {
            let mut tags: BTreeMap<String, String> = BTreeMap::new();
            for property in feature.properties() {
                let (key, value) = property.unwrap();
                let text = match value {
                    MvtValueRef::String(text) => text.to_owned(),
                    MvtValueRef::UInt(number) => number.to_string(),
                    other => panic!("{other:?}"),
                };
                all.texts.insert(text.clone());
                tags.insert(key.to_owned(), text);
            }
            match feature.geometry().unwrap() {
                MvtGeometry::Point(point) => all.points.push(Point {
                    at: [point.x(), point.y()],
                    category: tags["category"].clone(),
                    count: tags.get("point_count").map_or(1, |count| count.parse().unwrap()),
                }),
                MvtGeometry::Polygon(polygon) => all.rings.push(corners(polygon.exterior())),
                MvtGeometry::MultiPolygon(polygons) => {
                    all.rings.extend(polygons.iter().map(|it| corners(it.exterior())));
                }
                other => panic!("{other:?}"),
            }
        }
    }
    all
}

fn corners(ring: &LineString<i32>) -> Vec<[i32; 2]> {
    ring.coords().map(|at| [at.x, at.y]).collect()
}

impl Point {
    fn is_inside(&self) -> bool {
        self.at.iter().all(|it| (0..EXTENT).contains(it))
    }
}

/// A snapshot of places `(longitude, latitude, category)`.
fn town(places: &[(f64, f64, usize)], categories: usize, districts: Vec<District>) -> Snapshot {
    let category = |n| Category { id: CategoryId(format!("c{n}")), ..Category::default() };
    let place = |(n, &(lon, lat, category)): (usize, &(f64, f64, usize))| {
        let position = Position::new(lon, lat).unwrap();
        let site = Some(Location { position, precision: Precision::Door });
        let name = format!("{n}番目の集いの場所");
        let facts = Facts { name, category: CategoryId(format!("c{category}")), site, ..Facts::default() };
        Place { id: PlaceId(format!("p{n:09}")), facts, source: Source::default(), verification: None }
    };
    let input = SnapshotInput {
        categories: CategoryTable::new((0..categories).map(category).collect()),
        districts: DistrictTable::new(districts),
        places: places.iter().enumerate().map(place).collect(),
        ..SnapshotInput::default()
    };
    Snapshot::build(&input, Audience::Public)
}

/// The tile of a position, by the formula that everybody uses.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the matrix")]
fn tile_of(lon: f64, lat: f64, zoom: u8) -> TileAddress {
    let side = f64::from(1_u32 << zoom);
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    let at = |it: f64| (it * side).floor().clamp(0.0, side - 1.0) as u32;
    TileAddress { zoom, row: at(y), column: at((lon + 180.0) / 360.0) }
}

/// What is inside each tile of a zoom, by category, as the tiles have it.
fn inside(snapshot: &Snapshot, filter: &Filter, tiles: &BTreeSet<TileAddress>) -> BTreeMap<(TileAddress, String), u64> {
    let content = TileContent { places: Some(("places".to_owned(), filter.clone())), ..TileContent::default() };
    let mut counted = BTreeMap::new();
    for at in tiles {
        let Some(packed) = tile(snapshot, &content, *at) else { continue };
        assert!(packed.len() <= 200 << 10, "{at:?}: {}", packed.len());
        for point in decoded(&packed).points.iter().filter(|point| point.is_inside()) {
            *counted.entry((*at, point.category.clone())).or_default() += point.count;
        }
    }
    counted
}

fn neighbours(at: TileAddress) -> impl Iterator<Item = TileAddress> {
    let most = (1 << at.zoom) - 1;
    let around = move |it: u32| it.saturating_sub(1)..=(it + 1).min(most);
    around(at.row).flat_map(move |row| around(at.column).map(move |column| TileAddress { row, column, ..at }))
}

/// Places around a few spots, on the borders of tiles, and anywhere.
fn places() -> impl Strategy<Value = Vec<(f64, f64, usize)>> {
    let spots = [(134.767, 35.404), (135.0, 34.65), (139.767, 35.681), (0.0, 0.0), (-179.999, 84.9), (179.9999, -84.9)];
    let near = (proptest::sample::select(spots.to_vec()), -0.03..0.03_f64, -0.03..0.03_f64)
        .prop_map(|((lon, lat), x, y)| ((lon + x).clamp(-180.0, 180.0), lat + y));
    let on_border = (0..=64_i32, -30..30_i32).prop_map(|(n, lat)| (f64::from(n) * 5.625 - 180.0, f64::from(lat)));
    let anywhere = (-180.0..=180.0_f64, -89.9..89.9_f64);
    let position = prop_oneof![6 => near, 1 => on_border, 1 => anywhere];
    proptest::collection::vec((position, 0..4_usize).prop_map(|((lon, lat), category)| (lon, lat, category)), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn inside_the_tiles_of_each_zoom_is_every_place_once_by_category(places in places()) {
        let snapshot = town(&places, 4, Vec::new());
        for zoom in 0..=MAX_ZOOM {
            let mut expected: BTreeMap<(TileAddress, String), u64> = BTreeMap::new();
            for &(lon, lat, category) in &places {
                *expected.entry((tile_of(lon, lat, zoom), format!("c{category}"))).or_default() += 1;
            }
            let tiles: BTreeSet<TileAddress> = expected.keys().flat_map(|(at, _)| neighbours(*at)).collect();
            prop_assert_eq!(inside(&snapshot, &Filter::default(), &tiles), expected, "zoom {}", zoom);
        }
    }

    #[test]
    fn a_filter_leaves_in_the_tiles_what_it_leaves_anywhere(places in places(), category in 0..4_usize) {
        let snapshot = town(&places, 4, Vec::new());
        let filters = [
            Filter { categories: vec![CategoryId(format!("c{category}"))], ..Filter::default() },
            Filter { bbox: Some([134.0, 34.0, 139.77, 35.41]), ..Filter::default() },
        ];
        for filter in filters {
            for zoom in [0, 9, MAX_ZOOM] {
                let tiles: BTreeSet<TileAddress> = places.iter().map(|&(lon, lat, _)| tile_of(lon, lat, zoom)).collect();
                let counted: u64 = inside(&snapshot, &filter, &tiles).values().sum();
                prop_assert_eq!(counted, snapshot.matching(&filter).len() as u64);
            }
        }
    }
}

#[test]
fn at_the_deepest_zoom_every_place_is_a_feature_even_where_several_stand_on_one_point() {
    let snapshot = town(&[(134.767, 35.404, 0); 7], 1, Vec::new());
    let content = TileContent::of_all(Filter::default());
    let count = |zoom| decoded(&tile(&snapshot, &content, tile_of(134.767, 35.404, zoom)).unwrap()).points;
    assert_eq!(count(MAX_ZOOM).len(), 7);
    assert_eq!(count(13).iter().map(|it| it.count).collect::<Vec<_>>(), [7]);
}

/// Far more than any city has in two kilometres.
#[test]
fn a_crowded_tile_stays_below_the_bound_and_loses_names_before_places() {
    let mut seed = 7_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(seed >> 33).unwrap()) / f64::from(u32::MAX >> 1)
    };
    let places: Vec<(f64, f64, usize)> =
        (0..8_000).map(|n| (134.767 + random() * 0.01, 35.404 + random() * 0.008, n % 40)).collect();
    let snapshot = town(&places, 40, Vec::new());
    for zoom in [0, MAX_ZOOM] {
        let tiles: BTreeSet<TileAddress> = places.iter().map(|&(lon, lat, _)| tile_of(lon, lat, zoom)).collect();
        assert_eq!(inside(&snapshot, &Filter::default(), &tiles).values().sum::<u64>(), 8_000, "zoom {zoom}");
    }
}

#[test]
fn what_stands_just_beside_a_tile_is_drawn_in_it_but_not_counted() {
    // 135° east is the border of tiles of every zoom from 3 on.
    let snapshot = town(&[(135.000_01, 35.0, 0)], 1, Vec::new());
    let content = TileContent::of_all(Filter::default());
    let own = tile_of(135.000_01, 35.0, MAX_ZOOM);
    let beside = TileAddress { column: own.column - 1, ..own };
    let points = |at| decoded(&tile(&snapshot, &content, at).unwrap()).points;
    assert!(points(own)[0].is_inside());
    let drawn = points(beside);
    assert!(!drawn[0].is_inside() && drawn[0].at[0] >= 4096 && drawn[0].at[0] < 4096 + 64, "{drawn:?}");
    assert!(
        tile(&snapshot, &content, TileAddress { column: own.column - 2, ..own }).is_none(),
        "an empty tile is none"
    );
}

fn district(id: &str, [west, south, east, north]: [f64; 4]) -> District {
    let ring = LineString::from(vec![(west, south), (east, south), (east, north), (west, north), (west, south)]);
    let boundary = Some(Area::new(MultiPolygon::new(vec![Polygon::new(ring, Vec::new())])));
    District { id: DistrictId(id.to_owned()), name: format!("{id}地区"), boundary, ..District::default() }
}

#[test]
fn outlines_are_cut_at_the_buffer_and_those_that_become_nothing_are_left_out() {
    let large = district("large", [134.0, 35.0, 135.5, 36.0]);
    let tiny = district("tiny", [134.767, 35.404, 134.767_1, 35.404_1]);
    let snapshot = town(&[], 1, vec![large, tiny]);
    let content = TileContent::of_all(Filter::default());
    let tile_at = |zoom| decoded(&tile(&snapshot, &content, tile_of(134.767, 35.404, zoom)).unwrap());
    let deepest = tile_at(MAX_ZOOM);
    assert!(deepest.texts.contains("large地区") && deepest.texts.contains("tiny地区"), "{:?}", deepest.texts);
    let frame: BTreeSet<i32> = deepest.rings[0].iter().flatten().copied().collect();
    assert_eq!(frame, BTreeSet::from([-64, 4160]), "the tile lies within the outline");
    assert!(!tile_at(5).texts.contains("tiny地区"));
    for zoom in 0..=MAX_ZOOM {
        assert!(tile_at(zoom).rings.iter().flatten().flatten().all(|it| (-64..=4160).contains(it)), "zoom {zoom}");
    }
}

#[test]
fn an_archive_is_clustered_and_the_same_bytes_each_time() {
    let places: Vec<(f64, f64, usize)> =
        (0..50_u32).map(|n| (134.7 + f64::from(n) * 0.003, 35.4 + f64::from(n % 7) * 0.01, (n % 3) as usize)).collect();
    let snapshot = town(&places, 3, vec![district("yoka", [134.7, 35.39, 134.8, 35.45])]);
    let bytes = archive(&snapshot, &Filter::default()).unwrap();
    assert_eq!(&bytes[..8], b"PMTiles\x03");
    // Offsets of the header as the specification of PMTiles 3 has them.
    let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
    assert_eq!(bytes[96..102], [1, 2, 2, 1, 0, MAX_ZOOM], "clustered, gzip inside and out, vector tiles, zooms");
    let content = TileContent::of_all(Filter::default());
    let mut expected = 0;
    for zoom in 0..=MAX_ZOOM {
        let corners = [(134.69, 35.46), (134.86, 35.38)].map(|(lon, lat)| tile_of(lon, lat, zoom));
        for row in corners[0].row.saturating_sub(1)..=corners[1].row + 1 {
            for column in corners[0].column.saturating_sub(1)..=corners[1].column + 1 {
                let most = (1 << zoom) - 1;
                let at = TileAddress { zoom, row, column };
                expected += u64::from(row <= most && column <= most && tile(&snapshot, &content, at).is_some());
            }
        }
    }
    assert_eq!(number(72), expected, "every tile that is not empty is in it, and no other");
    assert_eq!(bytes, archive(&snapshot, &Filter::default()).unwrap());
    let one =
        archive(&snapshot, &Filter { categories: vec![CategoryId("c1".to_owned())], ..Filter::default() }).unwrap();
    assert!(one.len() < bytes.len());
}
