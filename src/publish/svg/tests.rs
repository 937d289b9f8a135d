//! The map: the same every time, readable, and nothing over anything.

use geo::{MultiPolygon, Rect as Square};

use super::*;
use crate::model::{Area, District, DistrictId};

fn at(lon: f64, lat: f64) -> Position {
    Position::new(lon, lat).unwrap()
}

fn marker(number: usize, lon: f64, lat: f64) -> MapMarker {
    MapMarker {
        number,
        name: format!("{number}番目の長い名前のサロン"),
        position: at(lon, lat),
        rough: number.is_multiple_of(2),
    }
}

fn districts() -> DistrictTable {
    let district = |(n, name): (usize, &&str)| {
        let west = 134.6 + 0.1 * f64::from(u8::try_from(n).unwrap());
        let outline = Square::new((west, 35.3), (west + 0.1, 35.4)).to_polygon();
        District {
            id: DistrictId(format!("d{n}")),
            name: (*name).to_owned(),
            kana: None,
            former_town: None,
            boundary: Some(Area::new(MultiPolygon(vec![outline]))),
            centre: Some(at(west + 0.05, 35.35)),
            ..District::default()
        }
    };
    DistrictTable::new(["大屋", "<script>"].iter().enumerate().map(district).collect())
}

fn numbers(svg: &str, attribute: &str) -> Vec<f64> {
    svg.split(&format!("{attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
}

#[test]
fn without_a_place_that_has_a_position_there_is_no_map() {
    assert_eq!(draw((&LandMap::default(), &districts()), Some(at(134.7, 35.35)), &[]), None);
    assert_eq!(draw((&LandMap::default(), &districts()), None, &[]), None);
}

#[test]
fn the_map_is_this() {
    let markers = [marker(1, 134.66, 35.33), marker(2, 134.72, 35.36)];
    let map = draw((&LandMap::default(), &districts()), Some(at(134.68, 35.35)), &markers).unwrap();
    assert_eq!(map, draw((&LandMap::default(), &districts()), Some(at(134.68, 35.35)), &markers).unwrap());
    insta::assert_snapshot!(map.svg.replace("><", ">\n<"));
}

#[test]
fn the_map_says_of_outlines_in_view_whether_they_are_a_sketch() {
    let markers = [marker(1, 134.66, 35.33)];
    let drawn = |districts: &[District]| {
        draw((&LandMap::default(), &DistrictTable::new(districts.to_vec())), None, &markers).unwrap().sketch
    };
    let outlines = districts().all().to_vec();
    let sketched = |district: &District| District {
        boundary: district.boundary.clone().map(Area::into_sketch),
        ..district.clone()
    };
    assert!(!drawn(&outlines));
    assert!(drawn(&[sketched(&outlines[0]), outlines[1].clone()]));
    let elsewhere = Area::new(MultiPolygon(vec![Square::new((136.6, 35.3), (136.7, 35.4)).to_polygon()]));
    let far = District { boundary: Some(elsewhere.into_sketch()), ..outlines[1].clone() };
    assert!(!drawn(&[outlines[0].clone(), far]), "one that is out of view is not drawn");
    // A hull would be drawn from what link workers know, and the paper is for everybody.
    let hull = District { boundary: None, sketch: sketched(&outlines[0]).boundary, ..outlines[0].clone() };
    assert!(!drawn(&[hull]));
}

#[test]
fn eight_places_on_one_spot_stand_apart_and_keep_a_line_to_it() {
    let markers: Vec<MapMarker> = (1..=8).map(|n| marker(n, 134.7, 35.35)).collect();
    let svg = draw((&LandMap::default(), &DistrictTable::default()), Some(at(134.7, 35.35)), &markers).unwrap().svg;
    let (x, y, radius) = (numbers(&svg, "cx"), numbers(&svg, "cy"), numbers(&svg, " r"));
    let circles: Vec<(f64, f64)> =
        x.iter().zip(&y).zip(&radius).filter(|(_, r)| **r == RADIUS).map(|((x, y), _)| (*x, *y)).collect();
    assert_eq!(circles.len(), 8);
    for (n, one) in circles.iter().enumerate() {
        for other in &circles[n + 1..] {
            assert!((one.0 - other.0).hypot(one.1 - other.1) >= 2.0 * RADIUS, "{one:?} {other:?}");
        }
    }
    assert_eq!(svg.matches("<line").count(), 8);
}

#[test]
fn everything_is_on_the_map_whatever_its_size() {
    for spread in [0.0, 0.000_01, 0.01, 1.0, 30.0] {
        let markers = [marker(1, 134.7 - spread, 35.3), marker(2, 134.7 + spread, 35.3 + spread)];
        let svg = draw((&LandMap::default(), &districts()), Some(at(134.7, 35.35)), &markers).unwrap().svg;
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert!(numbers(&svg, "cx").iter().all(|x| (0.0..=WIDTH).contains(x)), "{spread}");
        assert!(numbers(&svg, "cy").iter().all(|y| (0.0..=HEIGHT).contains(y)), "{spread}");
    }
}

#[test]
fn a_hostile_name_is_only_a_name() {
    let mut one = marker(1, 134.75, 35.35);
    "<b>\"&".clone_into(&mut one.name);
    let svg = draw((&LandMap::default(), &districts()), None, &[one]).unwrap().svg;
    assert!(!svg.contains("<b>") && !svg.contains("style="), "{svg}");
    assert!(svg.contains("&lt;b&gt;&quot;&amp;"), "{svg}");
}

#[test]
fn the_scale_is_round_and_right() {
    let view = MapView::around(&[at(134.7, 35.3), at(134.7, 35.4)]).unwrap();
    let (metres, words) = view.round_length(260.0);
    assert_eq!(words, format!("{}km", metres / 1_000.0));
    assert!(metres * view.units_per_metre() <= 260.0 && metres * view.units_per_metre() * 2.5 >= 260.0, "{metres}");
    let apart = view.point(at(134.7, 35.3)).y - view.point(at(134.7, 35.4)).y;
    let truly = at(134.7, 35.3).distance_to(at(134.7, 35.4)).0;
    assert!((apart / view.units_per_metre() - truly).abs() < 1.0, "{metres}");
}
