//! Geometries in CQL2 JSON: GeoJSON, and `{"bbox":[…]}`. This module does no I/O.

use geo::{Coord, Geometry, GeometryCollection, MultiLineString, MultiPoint, MultiPolygon, Point};
use serde_json::{Map, Value};

use crate::index::filter::crs::CoordinateSystem;
use crate::index::filter::expression::shape::{self, FilterShape};

/// The shape that `object` is.
pub(super) fn shape(object: &Map<String, Value>, crs: CoordinateSystem) -> Result<FilterShape, String> {
    if let (Some(sides), false) = (object.get("bbox"), object.contains_key("type")) {
        let numbers: Vec<f64> = items(sides)?.iter().map(number).collect::<Result<_, _>>()?;
        return FilterShape::rectangle(&numbers, crs);
    }
    Ok(FilterShape::drawn(geometry(object, crs)?, crs))
}

fn geometry(object: &Map<String, Value>, crs: CoordinateSystem) -> Result<Geometry<f64>, String> {
    let kind = object.get("type").and_then(Value::as_str).ok_or("no `type` of a geometry")?;
    let coordinates = object.get("coordinates").unwrap_or(&Value::Null);
    let each = |value| items(value);
    let corner = |value| corner(value, crs);
    let corners = |value| each(value)?.iter().map(corner).collect::<Result<Vec<_>, String>>();
    let line = |value| shape::line(corners(value)?);
    let polygon = |value| shape::polygon(each(value)?.iter().map(corners).collect::<Result<_, String>>()?);
    Ok(match kind {
        "Point" => Geometry::Point(Point::from(corner(coordinates)?)),
        "LineString" => Geometry::LineString(line(coordinates)?),
        "Polygon" => Geometry::Polygon(polygon(coordinates)?),
        "MultiPoint" => {
            Geometry::MultiPoint(MultiPoint::new(some(corners(coordinates)?.into_iter().map(Point::from))?))
        }
        "MultiLineString" => {
            let lines = each(coordinates)?.iter().map(line).collect::<Result<Vec<_>, String>>()?;
            Geometry::MultiLineString(MultiLineString::new(some(lines)?))
        }
        "MultiPolygon" => {
            let polygons = each(coordinates)?.iter().map(polygon).collect::<Result<Vec<_>, String>>()?;
            Geometry::MultiPolygon(MultiPolygon::new(some(polygons)?))
        }
        "GeometryCollection" => {
            let parts = items(object.get("geometries").unwrap_or(&Value::Null))?;
            let inner = |part: &Value| geometry(part.as_object().ok_or("a geometry should stand here")?, crs);
            let parts = parts.iter().map(inner).collect::<Result<Vec<_>, String>>()?;
            Geometry::GeometryCollection(GeometryCollection::from(some(parts)?))
        }
        other => return Err(format!("{other:?} is no type of geometry")),
    })
}

/// The items, of which there must be one.
fn some<T>(items: impl IntoIterator<Item = T>) -> Result<Vec<T>, String> {
    let items: Vec<T> = items.into_iter().collect();
    if items.is_empty() { Err("the geometry is empty".to_owned()) } else { Ok(items) }
}

fn items(value: &Value) -> Result<&[Value], String> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| "an array of coordinates should stand here".to_owned())
}

fn number(value: &Value) -> Result<f64, String> {
    value.as_f64().filter(|number| number.is_finite()).ok_or_else(|| format!("{value} is no finite number"))
}

fn corner(value: &Value, crs: CoordinateSystem) -> Result<Coord<f64>, String> {
    match items(value)? {
        [first, second] | [first, second, _] => shape::corner([number(first)?, number(second)?], crs),
        other => Err(format!("{} numbers instead of two", other.len())),
    }
}
