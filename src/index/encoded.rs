//! Byte arena of GeoJSON features (RFC 7946): each place is encoded once per snapshot, and only copied after that.
//!
//! All features lie in one arena in the order of the places, one per line, framed as one `FeatureCollection`: the whole arena
//! is the response with every place, and any range of places is one slice. Unknown values are omitted, never written as `""`,
//! `null` or `false`. This module does no I/O.

use std::ops::Range;

use serde::Serialize;
use serde_json::{Value, json};

use super::visible::VisiblePlace;
use crate::model::{Access, Audience, CategoryTable, City, Contact, Position};

/// Version of the encoding, part of the snapshot's version: increment it when the same place is encoded differently.
pub const ENCODER_VERSION: u32 = 2;

/// Bytes before the first feature of a `FeatureCollection`.
pub const HEADER: &[u8] = b"{\"type\":\"FeatureCollection\",\"features\":[\n";
/// Bytes between two features.
pub const SEPARATOR: &[u8] = b",\n";
/// Bytes after the last feature.
pub const FOOTER: &[u8] = b"\n]}\n";
/// Bytes that close `properties` and the feature; a caller can insert another property before them.
pub const FEATURE_END: &[u8] = b"}}";

/// Bytes before the geometry of a feature.
const GEOMETRY: &[u8] = b",\"geometry\":";
/// Bytes before its properties.
const PROPERTIES: &[u8] = b",\"properties\":";

/// The encoded features of all places, in one byte arena.
#[derive(Debug, PartialEq, Eq)]
pub struct EncodedFeatures {
    bytes: Vec<u8>,
    /// Offset of each feature, and of the end of the last one.
    starts: Vec<usize>,
}

impl EncodedFeatures {
    /// Encodes `places` in their order.
    pub(super) fn new(places: &[VisiblePlace], city: &City, categories: &CategoryTable) -> Self {
        let mut bytes = HEADER.to_vec();
        let mut starts = Vec::with_capacity(places.len() + 1);
        for listed in places {
            starts.push(bytes.len());
            encode_feature(&mut bytes, listed, city, categories);
            bytes.extend_from_slice(SEPARATOR);
        }
        starts.push(bytes.len());
        if !places.is_empty() {
            bytes.truncate(bytes.len() - SEPARATOR.len());
        }
        bytes.extend_from_slice(FOOTER);
        bytes.shrink_to_fit();
        Self { bytes, starts }
    }

    /// The whole arena: a `FeatureCollection` of every place.
    pub fn whole(&self) -> &[u8] {
        &self.bytes
    }

    /// Byte range in [`whole`](Self::whole) of the features of a range of places, separated but not framed.
    ///
    /// # Panics
    ///
    /// If the range ends behind the last place.
    pub fn span(&self, places: Range<usize>) -> Range<usize> {
        let start = self.starts[places.start];
        start..self.starts[places.end].saturating_sub(SEPARATOR.len()).max(start)
    }

    /// The features of a range of places, separated but not framed.
    ///
    /// # Panics
    ///
    /// If the range ends behind the last place.
    pub fn features(&self, places: Range<usize>) -> &[u8] {
        &self.bytes[self.span(places)]
    }

    /// One feature. It ends with [`FEATURE_END`].
    ///
    /// # Panics
    ///
    /// If there is no such place.
    pub fn feature(&self, place: usize) -> &[u8] {
        self.features(place..place + 1)
    }

    /// Appends one feature with other coordinates for its point, which it must have.
    ///
    /// # Panics
    ///
    /// If there is no such place.
    pub fn put_at(&self, out: &mut Vec<u8>, place: usize, [first, second]: [f64; 2]) {
        let feature = self.feature(place);
        let find = |wanted: &[u8]| feature.windows(wanted.len()).position(|part| part == wanted);
        // The first of each: before them is only the id, a JSON text in which no quote stands bare.
        let geometry = find(GEOMETRY).map_or(0, |at| at + GEOMETRY.len());
        let properties = find(PROPERTIES).unwrap_or(geometry);
        out.extend_from_slice(&feature[..geometry]);
        out.extend_from_slice(format!("{{\"type\":\"Point\",\"coordinates\":[{first},{second}]}}").as_bytes());
        out.extend_from_slice(&feature[properties..]);
    }
}

/// `degrees` as text with at most seven decimals (about a centimetre) and no trailing zeros.
pub fn decimals(degrees: f64) -> String {
    let rounded = rounded(degrees);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// `degrees` rounded to seven decimals, about a centimetre.
pub fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

fn encode_feature(out: &mut Vec<u8>, listed: &VisiblePlace, city: &City, categories: &CategoryTable) {
    out.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    encode_json(out, &listed.place.id);
    out.extend_from_slice(GEOMETRY);
    match listed.place.facts.site {
        Some(site) => encode_point(out, site.position),
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(PROPERTIES);
    encode_properties(out, listed, city, categories);
    out.push(b'}');
}

fn encode_point(out: &mut Vec<u8>, at: Position) {
    let (lon, lat) = (decimals(at.lon()), decimals(at.lat()));
    out.extend_from_slice(format!("{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}}").as_bytes());
}

/// The order is that of [`Facts`](crate::model::Facts).
fn encode_properties(out: &mut Vec<u8>, listed: &VisiblePlace, city: &City, categories: &CategoryTable) {
    let (place, facts) = (&listed.place, &listed.place.facts);
    let mut object = JsonObject::open(out);
    object.put("name", &facts.name);
    object.put("category", &facts.category);
    object.put_some("district", listed.district.as_ref());
    object.put("status", &facts.status);
    object.put("mode", &facts.mode);
    object.put_some("precision", facts.site.map(|site| site.precision));
    object.put_text("kana", facts.kana.as_deref());
    object.put_list("tags", &facts.tags);
    object.put_list("interests", &facts.interests);
    object.put_list("roles", &facts.roles);
    object.put_text("description", facts.description.as_deref());
    object.put_text("organization", facts.organization.as_deref());
    object.put_text("venue", facts.venue.as_deref());
    object.put_text("address", facts.address.as_deref());
    object.put_text("town", facts.town.as_ref().map(|town| town.name.as_str()));
    object.put_list("schedule", &facts.schedule);
    object.put_some("access", access_json(&facts.access));
    object.put_text("directions", facts.directions.as_deref());
    object.put_text("cost", facts.cost.as_deref());
    object.put_text("bring", facts.bring.as_deref());
    object.put_text("eligibility", facts.eligibility.as_deref());
    object.put_text("capacity", facts.capacity.as_deref());
    object.put_text("note", facts.note.as_deref());
    object.put_some("contact", contact_json(&facts.contact));
    let private = categories.by_id(&facts.category).is_some_and(|category| category.private_persons);
    object.put_some("private_person", private.then_some(true));
    let verification = place.verification.as_ref();
    object.put_some("verified_on", verification.map(|it| it.on));
    object.put_text("verified_how", verification.and_then(|it| it.how.as_deref()));
    object.put_some("accepts_new", verification.and_then(|it| it.accepts_new));
    object.put_text("list", Some(&place.source.list));
    object.put_some("sample", listed.sample.then_some(true));
    object.put_text("licence", place.source.licence.as_deref().or(city.licence.as_deref()));
    object.put_some("audience", (facts.audience != Audience::Public).then_some(facts.audience));
    object.put_some("consent", facts.consent.as_ref());
    object.put_some("extra", (!facts.extra.is_empty()).then_some(&facts.extra));
    object.close();
}

fn access_json(access: &Access) -> Option<Value> {
    let facts = access.iter().map(|(fact, known)| {
        let name = json!(fact).as_str().unwrap_or_default().to_owned();
        let words = Some(known.words.trim()).filter(|words| !words.is_empty());
        (name, words.map_or_else(|| json!({ "yes": known.yes }), |words| json!({ "yes": known.yes, "words": words })))
    });
    let facts: serde_json::Map<String, Value> = facts.collect();
    (!facts.is_empty()).then_some(Value::Object(facts))
}

fn contact_json(contact: &Contact) -> Option<Value> {
    let fields = [
        ("person", contact.person.as_ref().map(|person| &person.name)),
        ("person_phone", contact.person_phone.as_ref()),
        ("office", contact.office.as_ref()),
        ("phone", contact.phone.as_ref()),
        ("fax", contact.fax.as_ref()),
        ("email", contact.email.as_ref()),
        ("url", contact.url.as_ref()),
    ];
    let known =
        fields.into_iter().filter_map(|(name, value)| Some((name, value?))).filter(|(_, v)| !v.trim().is_empty());
    let mut known: serde_json::Map<String, Value> =
        known.map(|(name, value)| (name.to_owned(), json!(value))).collect();
    // Whoever reads this back must not take a name for public that is not.
    if contact.person.as_ref().is_some_and(|person| person.public) && known.contains_key("person") {
        known.insert("person_public".to_owned(), json!(true));
    }
    (!known.is_empty()).then_some(Value::Object(known))
}

fn encode_json(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).expect("plain values always encode, and a Vec takes every byte");
}

/// Streaming encoder of one JSON object.
struct JsonObject<'a> {
    out: &'a mut Vec<u8>,
    before: u8,
}

impl<'a> JsonObject<'a> {
    fn open(out: &'a mut Vec<u8>) -> Self {
        Self { out, before: b'{' }
    }

    fn put(&mut self, name: &str, value: &impl Serialize) {
        self.out.push(std::mem::replace(&mut self.before, b','));
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        encode_json(self.out, value);
    }

    fn put_some(&mut self, name: &str, value: Option<impl Serialize>) {
        if let Some(value) = value {
            self.put(name, &value);
        }
    }

    fn put_text(&mut self, name: &str, value: Option<&str>) {
        self.put_some(name, value.filter(|text| !text.trim().is_empty()));
    }

    fn put_list(&mut self, name: &str, values: &[impl Serialize]) {
        self.put_some(name, (!values.is_empty()).then_some(values));
    }

    fn close(self) {
        if self.before == b'{' {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_no_digit_more_than_they_need() {
        for (degrees, text) in [
            (134.0, "134"),
            (134.769_999_999_9, "134.77"),
            (35.404_512_345, "35.4045123"),
            (-0.000_000_01, "0"),
            (0.000_000_1, "0.0000001"),
            (-180.0, "-180"),
        ] {
            assert_eq!(decimals(degrees), text);
        }
    }
}
