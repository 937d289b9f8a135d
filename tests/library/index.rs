//! The index against a full scan: no answer may differ.

use proptest::prelude::*;
use tsunagari::index::{Filter, Snapshot, SnapshotInput};
use tsunagari::model::{Audience, CategoryId, DistrictId, PlaceId, Position};
use tsunagari::text::fold;

#[path = "../../benches/support/generated.rs"]
mod generated;

use generated::{CATEGORIES, Dice};

fn snapshot(places: usize) -> Snapshot {
    let mut everything = generated::everything(places);
    for place in everything.places.iter_mut().step_by(17) {
        place.facts.site = None;
    }
    Snapshot::build(&everything, Audience::Public)
}

fn point(snapshot: &Snapshot, place: usize) -> Option<Position> {
    snapshot.places[place].place.facts.site.map(|site| site.position)
}

fn scan_nearest(snapshot: &Snapshot, from: Position, category: Option<&CategoryId>, count: usize) -> Vec<usize> {
    let mut all: Vec<(f64, usize)> = (0..snapshot.places.len())
        .filter(|&place| category.is_none_or(|id| snapshot.places[place].place.facts.category == *id))
        .filter_map(|place| Some((from.distance_to(point(snapshot, place)?).0, place)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all.into_iter().take(count).map(|(_, place)| place).collect()
}

fn nearest_agrees(snapshot: &Snapshot, from: Position, dice: &mut Dice) {
    let category = (dice.below(2) == 0).then(|| CategoryId(dice.pick(&CATEGORIES).0.to_owned()));
    let count = dice.pick(&[1, 10, 20, 50]);
    let asked: Vec<CategoryId> = category.iter().cloned().collect();
    let found: Vec<usize> = snapshot.nearest(from, &asked, count).into_iter().map(|(place, _)| place).collect();
    assert_eq!(found, scan_nearest(snapshot, from, category.as_ref(), count), "{count} nearest to {from:?}");
}

#[test]
fn two_thousand_nearest_in_a_city_are_those_of_a_full_scan() {
    let snapshot = snapshot(600);
    let (centres, mut dice) = (generated::centres(600), Dice::new(1));
    for _ in 0..2_000 {
        let from = generated::somewhere(&centres, &mut dice);
        nearest_agrees(&snapshot, from, &mut dice);
    }
}

#[test]
fn two_thousand_nearest_in_a_country_are_those_of_a_full_scan() {
    let snapshot = snapshot(2_500);
    let mut dice = Dice::new(2);
    for _ in 0..2_000 {
        let from = Position::new(129.0 + 16.5 * dice.share(), 31.0 + 14.5 * dice.share()).unwrap();
        nearest_agrees(&snapshot, from, &mut dice);
    }
}

#[test]
fn nearest_is_right_from_the_poles_the_antimeridian_and_the_other_side_of_the_globe() {
    let snapshot = snapshot(600);
    let mut dice = Dice::new(3);
    for (lon, lat) in [(0.0, 90.0), (0.0, -90.0), (180.0, 0.0), (-180.0, 0.0), (-45.3, -35.35), (-45.25, -35.4)] {
        nearest_agrees(&snapshot, Position::new(lon, lat).unwrap(), &mut dice);
    }
}

#[test]
fn nearest_in_a_real_country_are_those_of_a_full_scan() {
    let Ok(folder) = std::env::var("TSUNAGARI_REAL_DATA") else {
        return eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
    };
    let file = std::fs::File::open(format!("{folder}/large/japan_isj-b_oaza.csv.gz")).unwrap();
    let mut everything = generated::everything(4_000);
    let points = real_points(file);
    for (place, point) in everything.places.iter_mut().zip(points.into_iter().step_by(46)) {
        place.facts.site.as_mut().unwrap().position = point;
    }
    let snapshot = Snapshot::build(&everything, Audience::Public);
    let mut dice = Dice::new(4);
    for _ in 0..300 {
        let near = point(&snapshot, dice.below(4_000)).unwrap();
        let from = Position::new(near.lon() + 0.1 * dice.share(), near.lat() + 0.1 * dice.share()).unwrap();
        nearest_agrees(&snapshot, from, &mut dice);
    }
}

/// Every pair of neighbouring cells that is a point in Japan, in whichever order the file has them.
fn real_points(gzipped: std::fs::File) -> Vec<Position> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(flate2::read::GzDecoder::new(gzipped));
    let rows = rows.byte_records().map(Result::unwrap);
    rows.filter_map(|row| {
        let cells: Vec<f64> = row.iter().filter_map(|c| std::str::from_utf8(c).ok()?.parse().ok()).collect();
        cells.windows(2).find_map(|pair| {
            let (lon, lat) = if pair[0] > pair[1] { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
            ((122.0..154.0).contains(&lon) && (20.0..46.0).contains(&lat)).then(|| Position::new(lon, lat).unwrap())
        })
    })
    .collect()
}

/// A snapshot with the folded texts of every place, to be looked at one by one.
struct Scan<'a> {
    snapshot: &'a Snapshot,
    texts: Vec<Vec<String>>,
}

impl<'a> Scan<'a> {
    fn new(snapshot: &'a Snapshot) -> Self {
        let texts = (0..snapshot.places.len()).map(|place| texts(snapshot, place)).collect();
        Self { snapshot, texts }
    }

    fn select(&self, filter: &Filter) -> Vec<usize> {
        (0..self.snapshot.places.len()).filter(|&place| self.passes(place, filter)).collect()
    }

    fn passes(&self, place: usize, filter: &Filter) -> bool {
        let listed = &self.snapshot.places[place];
        let in_box = |bbox| point(self.snapshot, place).is_some_and(|at| in_box(bbox, at));
        (filter.categories.is_empty() || filter.categories.contains(&listed.place.facts.category))
            && (filter.districts.is_empty() || listed.district.as_ref().is_some_and(|d| filter.districts.contains(d)))
            && filter.bbox.is_none_or(in_box)
            && filter.text.split_whitespace().map(fold).all(|word| self.texts[place].iter().any(|t| t.contains(&word)))
    }
}

fn in_box([west, south, east, north]: [f64; 4], at: Position) -> bool {
    let lon = if west <= east { west <= at.lon() && at.lon() <= east } else { at.lon() >= west || at.lon() <= east };
    lon && south <= at.lat() && at.lat() <= north
}

fn texts(snapshot: &Snapshot, place: usize) -> Vec<String> {
    let listed = &snapshot.places[place];
    let facts = &listed.place.facts;
    let category = snapshot.categories.by_id(&facts.category).unwrap();
    let district = listed.district.as_ref().and_then(|id| snapshot.districts.by_id(id));
    let mut texts: Vec<&str> = vec![&facts.name, facts.address.as_deref().unwrap_or("")];
    texts.extend(category.name.each().chain(category.group.each()));
    let single = [&facts.kana, &facts.description, &facts.organization, &facts.venue, &facts.directions, &facts.cost];
    let more =
        [&facts.bring, &facts.eligibility, &facts.capacity, &facts.note, &facts.contact.office, &facts.contact.phone];
    texts.extend(single.into_iter().chain(more).flatten().map(String::as_str));
    texts.extend(facts.schedule.iter().map(|schedule| schedule.text.as_str()));
    texts.extend(facts.access.values().map(|answer| answer.words.as_str()));
    texts.extend(facts.tags.iter().chain(facts.town.iter().map(|town| &town.name)).map(String::as_str));
    texts.extend(facts.interests.iter().map(String::as_str));
    texts.extend(
        district.iter().flat_map(|d| [Some(d.name.as_str()), d.kana.as_deref(), d.former_town.as_deref()]).flatten(),
    );
    texts.into_iter().map(fold).collect()
}

/// Words that are common, rare, of one letter, of two, in another width, and not there at all.
const WORDS: [&str; 14] = [
    "囲碁",
    "畑",
    "ｻﾛﾝ",
    "さろん",
    "第0003地区",
    "通いの場",
    "SALON",
    "ほたる",
    "１２",
    "無い語",
    "0",
    "番地",
    "の",
    "農園",
];

prop_compose! {
    fn filters()(
        categories in proptest::collection::vec(0..CATEGORIES.len(), 0..3),
        districts in proptest::collection::vec(1..19_usize, 0..4),
        bbox in proptest::option::of((134.5..134.95, 35.2..35.5, 134.5..134.95, 35.2..35.5)),
        words in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..3),
    ) -> Filter {
        Filter {
            categories: categories.into_iter().map(|c| CategoryId(CATEGORIES[c].0.to_owned())).collect(),
            districts: districts.into_iter().map(|d| DistrictId(format!("d{d:04}"))).collect(),
            bbox: bbox.map(|(west, south, east, north): (f64, f64, f64, f64)| [west, south.min(north), east, north.max(south)]),
            text: words.join(" "),
            ..Filter::default()
        }
    }
}

#[test]
fn every_filter_finds_what_a_full_scan_finds() {
    let snapshot = snapshot(600);
    let scan = Scan::new(&snapshot);
    proptest!(ProptestConfig::with_cases(1_000), |(filter in filters())| {
        prop_assert_eq!(snapshot.select(&filter), scan.select(&filter));
    });
}

#[test]
fn two_thousand_boxes_in_a_country_hold_what_a_full_scan_holds() {
    let snapshot = snapshot(2_500);
    let (scan, mut dice) = (Scan::new(&snapshot), Dice::new(5));
    for _ in 0..2_000 {
        let from = point(&snapshot, 1 + dice.below(200)).unwrap_or(Position::new(135.0, 35.0).unwrap());
        let to = Position::new(129.0 + 16.5 * dice.share(), 31.0 + 14.5 * dice.share()).unwrap();
        let (south, north) = (from.lat().min(to.lat()), from.lat().max(to.lat()));
        let filter = Filter { bbox: Some([from.lon(), south, to.lon(), north]), ..Filter::default() };
        assert_eq!(snapshot.select(&filter), scan.select(&filter), "{filter:?}");
    }
}

#[test]
fn counts_are_those_of_the_lists() {
    let snapshot = snapshot(600);
    let mut sum = 0;
    for category in snapshot.categories.all() {
        for district in snapshot.districts.all() {
            let filter = Filter {
                categories: vec![category.id.clone()],
                districts: vec![district.id.clone()],
                ..Filter::default()
            };
            assert_eq!(snapshot.count(Some(&category.id), Some(&district.id)), snapshot.select(&filter).len());
        }
        sum += snapshot.count(Some(&category.id), None);
    }
    assert_eq!((sum, snapshot.count(None, None)), (600, 600));
}

#[test]
fn places_that_nobody_has_placed_are_listed_searched_and_found_by_their_id() {
    let snapshot = snapshot(600);
    let unplaced = snapshot.places.iter().filter(|listed| listed.place.facts.site.is_none()).count();
    assert_eq!(unplaced, 36);
    let id = PlaceId("g000000017".to_owned());
    let listed = snapshot.by_id(&id).unwrap();
    let filter = Filter { text: listed.place.facts.name.clone(), ..Filter::default() };
    assert!(snapshot.select(&filter).iter().any(|&place| snapshot.places[place].place.id == id));
    assert_eq!(snapshot.by_id(&PlaceId("nobody".to_owned())), None);
}

#[test]
fn the_same_places_in_another_order_are_the_same_bytes_and_the_same_version() {
    let mut everything = generated::everything(600);
    let first = Snapshot::build(&everything, Audience::Public);
    everything.places.reverse();
    let second = Snapshot::build(&everything, Audience::Public);
    assert_eq!(first.encoded(), second.encoded());
    assert_eq!(first.version, second.version);
}

#[test]
fn an_edit_that_the_public_cannot_see_moves_only_the_versions_of_those_who_can() {
    let mut everything = generated::everything(600);
    everything.places[3].facts.audience = Audience::Staff;
    let before = Snapshot::build_all(&everything);
    everything.places[3].facts.name = "別の名".to_owned();
    let after = Snapshot::build_all(&everything);
    let moved: Vec<bool> = before.iter().zip(&after).map(|(b, a)| b.version != a.version).collect();
    assert_eq!(moved, [false, false, true]);
}

#[test]
fn audiences_that_see_the_same_places_share_them() {
    let [public, link_workers, staff] = Snapshot::build_all(&generated::everything(60));
    assert!(std::ptr::eq(public.encoded(), link_workers.encoded()));
    assert!(std::ptr::eq(public.encoded(), staff.encoded()));
}

#[test]
fn a_category_that_is_in_no_table_is_listed_under_the_last_one() {
    let mut everything = generated::everything(60);
    everything.places[0].facts.category = CategoryId("abolished".to_owned());
    let snapshot = Snapshot::build(&everything, Audience::Public);
    assert_eq!(snapshot.by_id(&PlaceId("g000000000".to_owned())).unwrap().place.facts.category.0, "other");
}

#[test]
fn an_empty_city_has_an_empty_collection() {
    let snapshot = Snapshot::build(&SnapshotInput::default(), Audience::Public);
    let text = std::str::from_utf8(snapshot.encoded().whole()).unwrap();
    assert_eq!(serde_json::from_str::<geojson::FeatureCollection>(text).unwrap().features.len(), 0);
    assert_eq!(snapshot.select(&Filter::default()), Vec::<usize>::new());
    assert_eq!(snapshot.nearest(Position::new(134.0, 35.0).unwrap(), &[], 5), vec![]);
}
