//! Geometries whose coordinates take the room of their numbers, not of a tree of values. This module does no I/O.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::value::ValueSeed;
use super::{JsonBounds, scalars_are, skip_items, skip_members};

/// A geometry as it stands in the file.
#[derive(Debug, Default)]
pub(in crate::import) struct JsonGeometry {
    /// Its type; empty if it has none.
    pub(in crate::import) kind: String,
    /// Its coordinates, if it has any.
    pub(in crate::import) coordinates: Option<JsonCoordinates>,
    /// Its parts, if it is a collection.
    pub(in crate::import) geometries: Vec<JsonGeometry>,
}

/// Coordinates, nested as deep as the type has them.
#[derive(Debug)]
pub(in crate::import) enum JsonCoordinates {
    /// One position, longitude before latitude; NaN where it is no number.
    Point(f64, f64),
    /// A line, a ring, a polygon or several of them.
    List(Vec<JsonCoordinates>),
}

impl JsonGeometry {
    /// Reads the value of the member `name`.
    pub(super) fn member<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        members: &mut A,
        bounds: &JsonBounds<'_>,
    ) -> Result<(), A::Error> {
        match name {
            "type" => {
                let kind = members.next_value_seed(ValueSeed { bounds, keep: 0 })?;
                kind.as_str().unwrap_or_default().clone_into(&mut self.kind);
            }
            "coordinates" => {
                self.coordinates = match members.next_value_seed(ItemSeed { bounds })? {
                    CoordinateItem::Nested(coordinates) => Some(coordinates),
                    CoordinateItem::Number(_) | CoordinateItem::Other => None,
                };
            }
            "geometries" => self.geometries = members.next_value_seed(PartsSeed { bounds })?,
            _ => drop(members.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

/// Reads a geometry; anything but an object is none.
pub(super) struct GeometrySeed<'a> {
    pub(super) bounds: &'a JsonBounds<'a>,
}

impl<'de> DeserializeSeed<'de> for GeometrySeed<'_> {
    type Value = Option<JsonGeometry>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        self.bounds.ring()?;
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed<'_> {
    type Value = Option<JsonGeometry>;

    scalars_are!(None);

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        skip_items(items)?;
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut geometry = JsonGeometry::default();
        while let Some(name) = members.next_key::<String>()? {
            geometry.member(&name, &mut members, self.bounds)?;
        }
        Ok(Some(geometry))
    }
}

/// Reads the parts of a collection.
struct PartsSeed<'a> {
    bounds: &'a JsonBounds<'a>,
}

impl<'de> DeserializeSeed<'de> for PartsSeed<'_> {
    type Value = Vec<JsonGeometry>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PartsSeed<'_> {
    type Value = Vec<JsonGeometry>;

    scalars_are!(Vec::new());

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = items.next_element_seed(GeometrySeed { bounds: self.bounds })? {
            parts.push(part.unwrap_or_default());
        }
        Ok(parts)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        skip_members(members)?;
        Ok(Vec::new())
    }
}

/// What stands in an array of coordinates.
enum CoordinateItem {
    Number(f64),
    Nested(JsonCoordinates),
    Other,
}

struct ItemSeed<'a> {
    bounds: &'a JsonBounds<'a>,
}

impl<'de> DeserializeSeed<'de> for ItemSeed<'_> {
    type Value = CoordinateItem;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<CoordinateItem, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ItemSeed<'_> {
    type Value = CoordinateItem;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("coordinates")
    }

    fn visit_bool<E>(self, _: bool) -> Result<CoordinateItem, E> {
        Ok(CoordinateItem::Other)
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small numbers; others are refused")]
    fn visit_i64<E>(self, value: i64) -> Result<CoordinateItem, E> {
        Ok(CoordinateItem::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small numbers; others are refused")]
    fn visit_u64<E>(self, value: u64) -> Result<CoordinateItem, E> {
        Ok(CoordinateItem::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<CoordinateItem, E> {
        Ok(CoordinateItem::Number(value))
    }

    fn visit_str<E>(self, _: &str) -> Result<CoordinateItem, E> {
        Ok(CoordinateItem::Other)
    }

    fn visit_unit<E>(self) -> Result<CoordinateItem, E> {
        Ok(CoordinateItem::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<CoordinateItem, A::Error> {
        skip_members(members)?;
        Ok(CoordinateItem::Other)
    }

    /// An array that begins with a number is a position, any other one a list of arrays.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<CoordinateItem, A::Error> {
        let bounds = self.bounds;
        let next = |items: &mut A| items.next_element_seed(ItemSeed { bounds });
        let Some(first) = next(&mut items)? else {
            bounds.ring()?;
            return Ok(nested(Vec::new()));
        };
        let CoordinateItem::Nested(first) = first else {
            let second = next(&mut items)?;
            skip_items(items)?;
            bounds.point()?;
            let (lon, lat) = (number(&first), second.as_ref().map_or(f64::NAN, number));
            return Ok(CoordinateItem::Nested(JsonCoordinates::Point(lon, lat)));
        };
        let mut list = vec![first];
        while let Some(item) = next(&mut items)? {
            let item = match item {
                CoordinateItem::Nested(item) => item,
                CoordinateItem::Number(_) | CoordinateItem::Other => JsonCoordinates::Point(f64::NAN, f64::NAN),
            };
            list.push(item);
        }
        bounds.ring()?;
        Ok(nested(list))
    }
}

fn nested(list: Vec<JsonCoordinates>) -> CoordinateItem {
    CoordinateItem::Nested(JsonCoordinates::List(list))
}

fn number(item: &CoordinateItem) -> f64 {
    match item {
        CoordinateItem::Number(number) => *number,
        CoordinateItem::Nested(_) | CoordinateItem::Other => f64::NAN,
    }
}
