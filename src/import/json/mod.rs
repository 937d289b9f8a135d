//! JSON read object by object: large files without their tree, which takes up to ninety times their size.
//!
//! Lists, outlines and gazetteers are long sequences of small objects. [`read`] hands each object to a [`JsonSink`] as it comes
//! and keeps nothing; one object is a tree of a bounded number of nodes. This module does no I/O.

mod geometry;
mod value;

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::ListProblem;
use crate::model::ReadingLimits;

use geometry::GeometrySeed;
pub(super) use geometry::{JsonCoordinates, JsonGeometry};
use value::ValueSeed;

/// Elements of each array of a geometry that are kept where only points matter: one more than a position needs.
const POSITION_ITEMS: usize = 3;

/// Takes the objects of a file one by one.
pub(super) trait JsonSink {
    /// The member of the outermost object that holds the sequence.
    const SEQUENCE: &'static str;
    /// The members of objects that are kept; `None`: all.
    const MEMBERS: Option<&'static [&'static str]>;

    /// How the geometry of the object `index` is read.
    fn geometry(&self, index: usize) -> GeometryDetail;

    /// Takes the next object of the sequence.
    ///
    /// # Errors
    /// If nothing more is to be read.
    fn object(&mut self, object: JsonRecord) -> Result<(), ListProblem>;
}

/// How much of a geometry is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GeometryDetail {
    /// Its type, and its position if it is a point; it stays among the members.
    Position,
    /// All of it.
    Outline,
    /// Nothing.
    Nothing,
}

/// One object of a file, such as a feature.
#[derive(Debug, Default)]
pub(super) struct JsonRecord {
    /// Its members, without an outline.
    pub(super) members: Map<String, Value>,
    /// Its outline, if it was read.
    pub(super) outline: Option<JsonGeometry>,
    /// Whether it was an object at all.
    pub(super) is_object: bool,
}

/// What a file holds outermost.
#[derive(Debug)]
pub(super) enum JsonRoot {
    /// A sequence.
    Array,
    /// An object with the sequence, and its other members.
    Sequence(JsonRecord),
    /// An object without it.
    Object(JsonRecord),
    /// A string, number or nothing.
    Scalar,
}

/// Why reading ended.
#[derive(Debug)]
pub(super) enum JsonFailure {
    /// It is no JSON.
    Syntax(serde_json::Error),
    /// A limit was exceeded, or the sink has seen enough.
    Refused(Box<ListProblem>),
}

/// Reads `text`, whose objects go to `sink`.
///
/// # Errors
/// If it is no JSON or exceeds a limit.
pub(super) fn read<S: JsonSink>(text: &str, sink: &mut S, limits: &ReadingLimits) -> Result<JsonRoot, JsonFailure> {
    let bounds = JsonBounds::new(limits);
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = RootSeed { sink, bounds: &bounds, index: 0 }.deserialize(&mut reader);
    let read = read.and_then(|root| reader.end().map(|()| root));
    read.map_err(|error| bounds.failure(error))
}

/// Reads `text` as one object.
///
/// # Errors
/// If it is no JSON or exceeds a limit.
pub(super) fn read_object<S: JsonSink>(
    text: &str,
    sink: &S,
    limits: &ReadingLimits,
) -> Result<JsonRecord, JsonFailure> {
    let bounds = JsonBounds::new(limits);
    let mut reader = serde_json::Deserializer::from_str(text);
    let seed = ObjectSeed { bounds: &bounds, members: S::MEMBERS, detail: sink.geometry(0) };
    let read = seed.deserialize(&mut reader).and_then(|object| reader.end().map(|()| object));
    read.map_err(|error| bounds.failure(error))
}

/// What was read of a file so far, against its limits.
#[derive(Debug)]
struct JsonBounds<'a> {
    limits: &'a ReadingLimits,
    nodes: Cell<usize>,
    points: Cell<usize>,
    rings: Cell<usize>,
    refusal: RefCell<Option<ListProblem>>,
}

impl<'a> JsonBounds<'a> {
    fn new(limits: &'a ReadingLimits) -> Self {
        let zero = || Cell::new(0);
        Self { limits, nodes: zero(), points: zero(), rings: zero(), refusal: RefCell::new(None) }
    }

    /// Counts one more of `count`.
    fn one<E: Error>(&self, count: &Cell<usize>, limit: usize, name: &str) -> Result<(), E> {
        count.set(count.get() + 1);
        if count.get() > limit { self.refuse(ListProblem::too_large(name, limit)) } else { Ok(()) }
    }

    fn node<E: Error>(&self) -> Result<(), E> {
        self.one(&self.nodes, self.limits.nodes, "nodes")
    }

    fn point<E: Error>(&self) -> Result<(), E> {
        self.one(&self.points, self.limits.points, "points")
    }

    fn ring<E: Error>(&self) -> Result<(), E> {
        self.one(&self.rings, self.limits.rings, "rings")
    }

    /// Ends reading: the deserialiser knows its own errors alone.
    fn refuse<T, E: Error>(&self, problem: ListProblem) -> Result<T, E> {
        self.refusal.borrow_mut().get_or_insert(problem);
        Err(E::custom("refused"))
    }

    fn failure(&self, error: serde_json::Error) -> JsonFailure {
        self.refusal.take().map_or(JsonFailure::Syntax(error), |problem| JsonFailure::Refused(Box::new(problem)))
    }
}

/// Accepts a scalar and gives `$none` for it.
macro_rules! scalars_are {
    ($none:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($none)
        }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($none)
        }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($none)
        }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($none)
        }
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($none)
        }
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($none)
        }
        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("JSON")
        }
    };
}
use scalars_are;

/// Skips the rest of an array.
fn skip_items<'de, A: SeqAccess<'de>>(mut items: A) -> Result<(), A::Error> {
    while items.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Skips the rest of an object.
fn skip_members<'de, A: MapAccess<'de>>(mut members: A) -> Result<(), A::Error> {
    while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Reads the outermost value.
struct RootSeed<'a, S> {
    sink: &'a mut S,
    bounds: &'a JsonBounds<'a>,
    index: usize,
}

impl<'de, S: JsonSink> DeserializeSeed<'de> for RootSeed<'_, S> {
    type Value = JsonRoot;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<JsonRoot, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de, S: JsonSink> Visitor<'de> for RootSeed<'_, S> {
    type Value = JsonRoot;

    scalars_are!(JsonRoot::Scalar);

    fn visit_seq<A: SeqAccess<'de>>(mut self, items: A) -> Result<JsonRoot, A::Error> {
        self.items(items)?;
        Ok(JsonRoot::Array)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<JsonRoot, A::Error> {
        let (mut root, mut has_sequence) = (JsonRecord { is_object: true, ..JsonRecord::default() }, false);
        let detail = self.sink.geometry(0);
        while let Some(name) = members.next_key::<String>()? {
            if name == S::SEQUENCE {
                has_sequence |= members.next_value_seed(SequenceSeed(&mut self))?;
            } else {
                root.member(name, &mut members, (self.bounds, S::MEMBERS, detail))?;
            }
        }
        Ok(if has_sequence { JsonRoot::Sequence(root) } else { JsonRoot::Object(root) })
    }
}

impl<S: JsonSink> RootSeed<'_, S> {
    fn items<'de, A: SeqAccess<'de>>(&mut self, mut items: A) -> Result<(), A::Error> {
        loop {
            self.bounds.nodes.set(0);
            let detail = self.sink.geometry(self.index);
            let seed = ObjectSeed { bounds: self.bounds, members: S::MEMBERS, detail };
            let Some(object) = items.next_element_seed(seed)? else { return Ok(()) };
            self.index += 1;
            if let Err(problem) = self.sink.object(object) {
                return self.bounds.refuse(problem);
            }
        }
    }
}

/// Reads the sequence; gives whether it is one.
struct SequenceSeed<'a, 'b, S>(&'a mut RootSeed<'b, S>);

impl<'de, S: JsonSink> DeserializeSeed<'de> for SequenceSeed<'_, '_, S> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de, S: JsonSink> Visitor<'de> for SequenceSeed<'_, '_, S> {
    type Value = bool;

    scalars_are!(false);

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<bool, A::Error> {
        self.0.items(items)?;
        Ok(true)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<bool, A::Error> {
        skip_members(members)?;
        Ok(false)
    }
}

/// Reads one object; anything else is one without members.
struct ObjectSeed<'a> {
    bounds: &'a JsonBounds<'a>,
    members: Option<&'static [&'static str]>,
    detail: GeometryDetail,
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_> {
    type Value = JsonRecord;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<JsonRecord, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_> {
    type Value = JsonRecord;

    scalars_are!(JsonRecord::default());

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<JsonRecord, A::Error> {
        skip_items(items)?;
        Ok(JsonRecord::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<JsonRecord, A::Error> {
        let mut object = JsonRecord { is_object: true, ..JsonRecord::default() };
        while let Some(name) = members.next_key::<String>()? {
            object.member(name, &mut members, (self.bounds, self.members, self.detail))?;
        }
        Ok(object)
    }
}

impl JsonRecord {
    /// Reads the value of the member `name`.
    fn member<'de, A: MapAccess<'de>>(
        &mut self,
        name: String,
        members: &mut A,
        (bounds, kept, detail): (&JsonBounds<'_>, Option<&'static [&'static str]>, GeometryDetail),
    ) -> Result<(), A::Error> {
        if detail == GeometryDetail::Outline && matches!(name.as_str(), "coordinates" | "geometries") {
            // A bare geometry is an object whose outline is its own.
            let outline = self.outline.get_or_insert_default();
            return outline.member(&name, members, bounds);
        }
        if name == "geometry" && detail != GeometryDetail::Position {
            match detail {
                GeometryDetail::Outline => self.outline = members.next_value_seed(GeometrySeed { bounds })?,
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
            return Ok(());
        }
        let is_geometry = name == "geometry";
        if kept.is_some_and(|kept| !is_geometry && !kept.contains(&name.as_str())) {
            members.next_value::<IgnoredAny>()?;
            return Ok(());
        }
        let keep = if is_geometry { POSITION_ITEMS } else { usize::MAX };
        let value = members.next_value_seed(ValueSeed { bounds, keep })?;
        self.members.insert(name, value);
        Ok(())
    }
}
