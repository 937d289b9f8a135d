//! Where districts without an outline lie, by what an audience sees of them: the middle and the hull (概形) of their 大字, or of their
//! places.
//!
//! Derived from redacted places alone, so that no sketch gives away a place that is hidden. This module does no I/O.

use std::collections::HashMap;

use geo::{ConvexHull as _, Coord, MultiPoint, MultiPolygon, Polygon};

use super::visible::VisiblePlace;
use crate::model::{Area, District, DistrictId, DistrictTable, Position, TownEntry};

/// Metres around the middle of a district within which no point is far: a large one in the mountains.
const NEAR_M: f64 = 2_000.0;

/// Multiple of the median distance from the middle beyond which a point is left out: one wrong point must not make a district of
/// half the municipality.
const TIMES_THE_MEDIAN: f64 = 4.0;

/// Fewest points of a hull.
const HULL_POINTS: usize = 3;

/// `districts` with middle and hull where they have no outline; `None` if every district has one.
pub(super) fn sketched(
    districts: &DistrictTable,
    towns: &[TownEntry],
    places: &[VisiblePlace],
) -> Option<DistrictTable> {
    if districts.all().iter().all(|district| district.boundary.is_some()) {
        return None;
    }
    let mut points = points_of_towns(districts, towns);
    for (district, points_of_places) in points_of_places(places) {
        points.entry(district).or_insert(points_of_places);
    }
    let sketch = |district: &District| match points.get(&district.id) {
        Some(points) if district.boundary.is_none() => {
            District { sketch: hull(points), centre: district.centre.or_else(|| middle(points)), ..district.clone() }
        }
        _ => district.clone(),
    };
    Some(DistrictTable::new(districts.all().iter().map(sketch).collect()))
}

/// The points of the 大字 that each district names.
fn points_of_towns<'a>(districts: &'a DistrictTable, towns: &[TownEntry]) -> HashMap<&'a DistrictId, Vec<Position>> {
    let mut points: HashMap<&DistrictId, Vec<Position>> = HashMap::new();
    for town in towns.iter().filter(|town| town.small_area.is_none()) {
        if let Some(district) = districts.of_town(&town.town) {
            points.entry(&district.id).or_default().push(town.position);
        }
    }
    points
}

fn points_of_places(places: &[VisiblePlace]) -> HashMap<&DistrictId, Vec<Position>> {
    let mut points: HashMap<&DistrictId, Vec<Position>> = HashMap::new();
    for place in places {
        if let (Some(district), Some(site)) = (&place.district, place.place.facts.site) {
            points.entry(district).or_default().push(site.position);
        }
    }
    points
}

/// The mean of the points that lie together; rounded like the places, to a centimetre.
fn middle(points: &[Position]) -> Option<Position> {
    let near = together(points);
    let count = f64::from(u32::try_from(near.len()).ok().filter(|count| *count > 0)?);
    let mean = |part: fn(Position) -> f64| {
        let mean = near.iter().map(|&point| part(point)).sum::<f64>() / count;
        (mean * 1e7).round() / 1e7
    };
    Position::new(mean(Position::lon), mean(Position::lat)).ok()
}

/// The convex hull of the points that lie together; `None` where they span no area.
fn hull(points: &[Position]) -> Option<Area> {
    let near = together(points);
    if near.len() < HULL_POINTS {
        return None;
    }
    let points: MultiPoint<f64> = near.iter().map(|at| Coord { x: at.lon(), y: at.lat() }).collect();
    let hull: Polygon<f64> = points.convex_hull();
    (hull.exterior().0.len() > HULL_POINTS).then(|| Area::new(MultiPolygon::new(vec![hull])).into_sketch())
}

/// The points without those far from the others.
fn together(points: &[Position]) -> Vec<Position> {
    let median = |mut numbers: Vec<f64>| {
        let middle = numbers.len() / 2;
        *numbers.select_nth_unstable_by(middle, f64::total_cmp).1
    };
    if points.is_empty() {
        return Vec::new();
    }
    let coordinate = |part: fn(Position) -> f64| median(points.iter().map(|&point| part(point)).collect());
    let Ok(middle) = Position::new(coordinate(Position::lon), coordinate(Position::lat)) else { return Vec::new() };
    let distances: Vec<f64> = points.iter().map(|point| point.distance_to(middle).0).collect();
    let limit = NEAR_M.max(TIMES_THE_MEDIAN * median(distances.clone()));
    points.iter().zip(distances).filter(|(_, distance)| *distance <= limit).map(|(point, _)| *point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Snapshot, SnapshotInput};
    use crate::model::{
        Audience, Category, CategoryId, CategoryTable, Facts, Location, Place, PlaceId, Precision, Source,
    };

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    fn district(name: &str, towns: &[&str]) -> District {
        let towns = towns.iter().map(|town| (*town).to_owned()).collect();
        District { id: DistrictId(name.to_owned()), name: name.to_owned(), towns, ..District::default() }
    }

    fn place(number: usize, district: &str, (lon, lat): (f64, f64), audience: Audience) -> Place {
        let site = Some(Location { position: at(lon, lat), precision: Precision::Door });
        let district_written = Some(district.to_owned());
        let category = CategoryId("salon".to_owned());
        let facts =
            Facts { name: format!("場{number}"), category, site, district_written, audience, ..Facts::default() };
        Place { id: PlaceId(format!("p{number:09}")), facts, source: Source::default(), verification: None }
    }

    fn town(name: &str, lon: f64, lat: f64) -> TownEntry {
        let (prefecture, city, city_code, kana, small_area) = (None, None, None, None, None);
        TownEntry { prefecture, city, city_code, town: name.to_owned(), kana, small_area, position: at(lon, lat) }
    }

    fn first_district(everything: &SnapshotInput, audience: Audience) -> District {
        // A place of an unknown category is a private person's, whose position the public does not see.
        let salon = Category { id: CategoryId("salon".to_owned()), ..Category::default() };
        let everything = SnapshotInput { categories: CategoryTable::new(vec![salon]), ..everything.clone() };
        Snapshot::build(&everything, audience).districts.all()[0].clone()
    }

    #[test]
    fn a_district_lies_where_its_places_are_and_one_wrong_point_does_not_move_it() {
        let corners = [(134.0, 35.0), (134.02, 35.0), (134.02, 35.02), (134.0, 35.02), (139.0, 42.0)];
        let places = corners.iter().enumerate().map(|(n, &corner)| place(n, "北地区", corner, Audience::Public));
        let districts = DistrictTable::new(vec![district("北", &[])]);
        let everything = SnapshotInput { districts, places: places.collect(), ..SnapshotInput::default() };
        let found = first_district(&everything, Audience::Public);
        assert_eq!(found.centre, Some(at(134.01, 35.01)));
        assert_eq!(found.sketch.unwrap().bbox(), Some([134.0, 35.0, 134.02, 35.02]));
    }

    #[test]
    fn its_own_towns_outweigh_its_places() {
        let districts = DistrictTable::new(vec![district("北", &["東町", "西町"])]);
        let towns = vec![town("東町", 134.0, 35.0), town("西町二丁目", 134.02, 35.0), town("南町", 139.0, 42.0)];
        let places = vec![place(1, "北", (134.5, 35.5), Audience::Public)];
        let everything = SnapshotInput { districts, places, towns, ..SnapshotInput::default() };
        let found = first_district(&everything, Audience::Public);
        assert_eq!((found.centre, found.sketch), (Some(at(134.01, 35.0)), None));
    }

    #[test]
    fn no_sketch_gives_away_a_place_that_is_hidden() {
        let districts = DistrictTable::new(vec![district("北", &[])]);
        let places = vec![place(1, "北", (134.5, 35.5), Audience::LinkWorkers)];
        let everything = SnapshotInput { districts, places, ..SnapshotInput::default() };
        assert_eq!(first_district(&everything, Audience::Public).centre, None);
        assert_eq!(first_district(&everything, Audience::LinkWorkers).centre, Some(at(134.5, 35.5)));
    }
}
