//! Geometries in CQL2 text: well-known text (WKT) and BBOX. This module does no I/O.

use geo::{Coord, Geometry, GeometryCollection, MultiLineString, MultiPoint, MultiPolygon, Point};

use super::{ExpressionError, Parsed, TextParser, TokenKind, build};
use crate::index::filter::expression::shape::{self, FilterShape};

impl TextParser {
    /// The shape that begins with `word` at `at`.
    pub(super) fn shape(&mut self, at: usize, word: &str) -> Parsed<FilterShape> {
        let failed = |reason| ExpressionError::at(at, reason);
        if word.eq_ignore_ascii_case("bbox") {
            let numbers = self.list(Self::number)?;
            return FilterShape::rectangle(&numbers, self.crs).map_err(failed);
        }
        Ok(FilterShape::drawn(self.geometry(at, word)?, self.crs))
    }

    fn geometry(&mut self, at: usize, word: &str) -> Parsed<Geometry<f64>> {
        let kind = word.to_ascii_uppercase();
        let has_height = self.takes_word("z");
        let corners = move |parser: &mut Self| parser.list(|parser| parser.corner(has_height));
        let failed = |reason: String| ExpressionError::at(at, reason);
        let line = move |parser: &mut Self| {
            let at = parser.at();
            shape::line(corners(parser)?).map_err(|reason| ExpressionError::at(at, reason))
        };
        let polygon = move |parser: &mut Self| {
            let at = parser.at();
            let rings = parser.list(corners)?;
            shape::polygon(rings).map_err(|reason| ExpressionError::at(at, reason))
        };
        Ok(match kind.as_str() {
            "POINT" => match corners(self)?.as_slice() {
                [one] => Geometry::Point(Point::from(*one)),
                _ => return Err(failed("a point has one position".to_owned())),
            },
            "LINESTRING" => Geometry::LineString(line(self)?),
            "POLYGON" => Geometry::Polygon(polygon(self)?),
            "MULTIPOINT" => {
                let points = self.list(|parser| parser.bracketed_corner(has_height))?;
                Geometry::MultiPoint(MultiPoint::new(points.into_iter().map(Point::from).collect()))
            }
            "MULTILINESTRING" => Geometry::MultiLineString(MultiLineString::new(self.list(line)?)),
            "MULTIPOLYGON" => Geometry::MultiPolygon(MultiPolygon::new(self.list(polygon)?)),
            "GEOMETRYCOLLECTION" => {
                let parts = self.list(Self::inner_geometry)?;
                Geometry::GeometryCollection(GeometryCollection::from(parts))
            }
            _ if matches!(self.peek(), TokenKind::Sign("(")) => {
                return Err(failed(build::unknown_function(word)));
            }
            _ => return Err(failed(format!("{word:?} is neither geometry, BBOX nor a geometry such as POINT"))),
        })
    }

    fn inner_geometry(&mut self) -> Parsed<Geometry<f64>> {
        let at = self.at();
        match self.advance() {
            TokenKind::Word(word) => self.geometry(at, &word),
            _ => {
                self.next -= 1;
                Err(self.unexpected("a geometry such as POINT"))
            }
        }
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
        shape::corner(coordinates, self.crs).map_err(|reason| ExpressionError::at(at, reason))
    }
}
