//! Geometries in CQL2 text: well-known text (WKT) and BBOX. This module does no I/O.

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use super::{ExpressionError, ExpressionTokenKind, Parsed, TextParser, build};
use crate::index::filter::expression::shape::{self, FilterShape};

impl TextParser {
    /// The shape that begins with `word` at `at`.
    pub(super) fn shape(&mut self, at: usize, word: &str) -> Parsed<FilterShape> {
        let failed = |reason| ExpressionError::at(at, reason);
        if word.eq_ignore_ascii_case("bbox") {
            let numbers = self.list(Self::number)?;
            return FilterShape::rectangle(&numbers, self.context.crs).map_err(failed);
        }
        Ok(FilterShape::drawn(self.geometry(at, word)?, self.context.crs))
    }

    fn geometry(&mut self, at: usize, word: &str) -> Parsed<Geometry<f64>> {
        let z = self.takes_word("z");
        let failed = |reason: String| Err(ExpressionError::at(at, reason));
        Ok(match word.to_ascii_uppercase().as_str() {
            "POINT" => match self.corners(z)?.as_slice() {
                [one] => Geometry::Point(Point::from(*one)),
                _ => return failed("a point has one position".to_owned()),
            },
            "LINESTRING" => Geometry::LineString(self.line(z)?),
            "POLYGON" => Geometry::Polygon(self.polygon(z)?),
            "MULTIPOINT" => {
                let points = self.list(|parser| parser.bracketed_corner(z))?;
                Geometry::MultiPoint(MultiPoint::new(points.into_iter().map(Point::from).collect()))
            }
            "MULTILINESTRING" => Geometry::MultiLineString(MultiLineString::new(self.list(|parser| parser.line(z))?)),
            "MULTIPOLYGON" => Geometry::MultiPolygon(MultiPolygon::new(self.list(|parser| parser.polygon(z))?)),
            "GEOMETRYCOLLECTION" => {
                Geometry::GeometryCollection(GeometryCollection::from(self.list(Self::inner_geometry)?))
            }
            _ if matches!(self.peek(), ExpressionTokenKind::Sign("(")) => return failed(build::unknown_function(word)),
            _ => return failed(format!("{word:?} is neither geometry, BBOX nor a geometry such as POINT")),
        })
    }

    fn corners(&mut self, has_height: bool) -> Parsed<Vec<Coord<f64>>> {
        self.list(|parser| parser.corner(has_height))
    }

    fn line(&mut self, has_height: bool) -> Parsed<LineString<f64>> {
        let at = self.at();
        shape::line(self.corners(has_height)?).map_err(|reason| ExpressionError::at(at, reason))
    }

    fn polygon(&mut self, has_height: bool) -> Parsed<Polygon<f64>> {
        let at = self.at();
        let rings = self.list(|parser| parser.corners(has_height))?;
        shape::polygon(rings).map_err(|reason| ExpressionError::at(at, reason))
    }

    fn inner_geometry(&mut self) -> Parsed<Geometry<f64>> {
        let at = self.at();
        let ExpressionTokenKind::Word(word) = self.peek().clone() else {
            return Err(self.unexpected("a geometry such as POINT"));
        };
        self.next += 1;
        self.geometry(at, &word)
    }

    /// A position of a MULTIPOINT, which may stand between brackets of its own.
    fn bracketed_corner(&mut self, has_height: bool) -> Parsed<Coord<f64>> {
        let is_bracketed = self.takes("(");
        let corner = self.corner(has_height)?;
        if is_bracketed {
            self.expect(")")?;
        }
        Ok(corner)
    }

    fn corner(&mut self, has_height: bool) -> Parsed<Coord<f64>> {
        let at = self.at();
        let coordinates = [self.number()?, self.number()?];
        if has_height {
            self.number()?;
        }
        shape::corner(coordinates, self.context.crs).map_err(|reason| ExpressionError::at(at, reason))
    }
}
