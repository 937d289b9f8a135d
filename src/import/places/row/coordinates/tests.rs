//! Where a place lies by its columns of coordinates.

use super::*;

fn placed(lon: &str, lat: &str) -> (Option<Position>, Vec<ProblemKind>) {
    let (place, problems) = one(&[("名称", Name, "大谷サロン"), ("経度", Lon, lon), ("緯度", Lat, lat)]);
    (place.facts.site.map(|s| s.position), kinds(&problems))
}

#[test]
fn a_coordinate_that_cannot_be_used_leaves_the_place_without_a_position() {
    use ProblemKind::{
        ExcelDamage, IncompleteCoordinates, MissingCoordinates, NotANumber, NotOnGlobe, OutsideJapan, ZeroCoordinates,
    };
    for (lon, lat, kinds) in [
        ("134.77", "八鹿町", vec![NotANumber]),
        ("不明", "不明", vec![NotANumber, NotANumber]),
        ("139.9", "369.56056", vec![NotOnGlobe]),
        ("13477000000", "355", vec![NotOnGlobe]),
        ("134.8", "35.4", vec![ProblemKind::CoarseCoordinates]),
        ("0", "0", vec![ZeroCoordinates]),
        ("0.0", "０", vec![ZeroCoordinates]),
        ("-", "ー", vec![MissingCoordinates]),
        ("−", "―", vec![MissingCoordinates]),
        ("", "", vec![MissingCoordinates]),
        ("134.77", "", vec![IncompleteCoordinates]),
        ("2.35", "48.86", vec![OutsideJapan]),
        ("134.77", "0", vec![OutsideJapan]),
        ("1.34E+02", "3.54E+01", vec![ExcelDamage, ExcelDamage]),
    ] {
        assert_eq!(placed(lon, lat), (None, kinds), "{lon} {lat}");
    }
}

#[test]
fn a_coordinate_that_can_be_used_is_used() {
    let yabu = Position::new(134.7712, 35.4).ok();
    assert_eq!(placed("134.7712", "35.4"), (yabu, vec![]));
    assert_eq!(placed("１３４．７７１２", "３５．４０００"), (yabu, vec![]));
    assert_eq!(placed("35.4", "134.7712"), (yabu, vec![ProblemKind::SwappedCoordinates]));
    assert_eq!(placed("", "35.40,134.7712"), (yabu, vec![]));
    assert_eq!(placed("134,771,200", "35,400,000"), (yabu, vec![ProblemKind::RepairedCoordinates]));
}

#[test]
fn a_point_with_few_decimals_is_no_door() {
    for (lon, lat, precision) in [
        ("134.7712", "35.4", Precision::Door),
        ("134.771", "35.401", Precision::Block),
        ("134.77", "35.4", Precision::Town),
        ("134度46分", "35度24分", Precision::Town),
        ("134度46分16秒", "35度24分0秒", Precision::Door),
    ] {
        let (place, problems) = one(&[("名称", Name, "大谷サロン"), ("経度", Lon, lon), ("緯度", Lat, lat)]);
        assert_eq!(place.facts.site.map(|site| site.precision), Some(precision), "{lon} {lat}");
        let is_told = kinds(&problems) == [ProblemKind::RoundedCoordinates];
        assert_eq!(is_told, precision != Precision::Door, "{lon} {lat}: {problems:?}");
    }
}

#[test]
fn coordinates_of_the_former_datum_are_converted_by_heading_or_column() {
    let world = Position::new(134.7684, 35.4032).unwrap();
    let headed =
        [("名称", Name, "大谷サロン"), ("経度（日本測地系）", Lon, "134.7712"), ("緯度（日本測地系）", Lat, "35.4000")];
    let stated = |datum| {
        [("名称", Name, "大谷サロン"), ("経度", Lon, "134.7712"), ("緯度", Lat, "35.4000"), ("測地系", Ignored, datum)]
    };
    for (cells, is_converted) in [
        (&headed[..], true),
        (&stated("日本測地系")[..], true),
        (&stated("Tokyo")[..], true),
        (&stated("JGD2011")[..], false),
        (&stated("世界測地系")[..], false),
    ] {
        let (place, problems) = one(cells);
        let away = place.facts.site.unwrap().position.distance_to(world).0;
        assert_eq!(
            (away < 30.0, kinds(&problems).contains(&ProblemKind::DatumConverted)),
            (is_converted, is_converted),
            "{cells:?}"
        );
    }
}
