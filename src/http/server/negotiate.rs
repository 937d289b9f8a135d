//! Content negotiation and conditional requests: `Accept-Encoding` and `If-None-Match` (RFC 9110).
//!
//! This module does no I/O.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Content coding of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum ContentCoding {
    /// Brotli (RFC 7932).
    Brotli,
    /// Gzip (RFC 1952).
    Gzip,
    /// Uncompressed.
    Identity,
}

impl ContentCoding {
    /// Its name in `Content-Encoding`; `None` for an uncompressed body.
    pub(in crate::http) fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// Negotiates the coding: the one of `offered` with the highest quality value in `Accept-Encoding`, the earlier of equals.
/// `Identity` where the client accepts none of them, because a body it did not accept is better than a 406.
pub(in crate::http) fn coding(headers: &HeaderMap, offered: &[ContentCoding]) -> ContentCoding {
    let Some(accepted) = joined(headers, &header::ACCEPT_ENCODING) else {
        return ContentCoding::Identity;
    };
    let mut best = (ContentCoding::Identity, 0.0);
    for &coding in offered {
        let weight = weight(&accepted, coding);
        if weight > best.1 {
            best = (coding, weight);
        }
    }
    best.0
}

/// Quality value of `coding` in `Accept-Encoding`, from 0 (refused) to 1.
fn weight(accepted: &str, coding: ContentCoding) -> f32 {
    let mut other = if coding == ContentCoding::Identity { 0.0001 } else { 0.0 };
    for entry in accepted.split(',') {
        let (name, parameters) = entry.split_once(';').unwrap_or((entry, ""));
        let name = name.trim();
        let weight = quality(parameters);
        if name.eq_ignore_ascii_case(coding.name().unwrap_or("identity"))
            || (coding == ContentCoding::Gzip && name.eq_ignore_ascii_case("x-gzip"))
        {
            return weight;
        }
        if name == "*" {
            other = weight;
        }
    }
    other
}

fn quality(parameters: &str) -> f32 {
    let value = parameters.trim().strip_prefix(['q', 'Q']).and_then(|rest| rest.trim_start().strip_prefix('='));
    value.map_or(1.0, |value| value.trim().parse().unwrap_or(0.0))
}

/// Entity tags of one version, one per coding: different bytes must have different strong tags.
#[derive(Debug, Clone)]
pub(in crate::http) struct EntityTags {
    identity: HeaderValue,
    gzip: HeaderValue,
    brotli: HeaderValue,
}

impl EntityTags {
    /// Tags of a version, which must be ASCII letters and digits.
    pub(in crate::http) fn new(version: &str) -> Self {
        let tag = |coding: &str| {
            HeaderValue::from_str(&format!("\"{version}{coding}\"")).expect("a version is letters and digits")
        };
        Self { identity: tag(""), gzip: tag("-gzip"), brotli: tag("-br") }
    }

    /// Weak tags of a version: the same answer, though not always the same bytes (it names the time at which it was written).
    pub(in crate::http) fn weak(version: &str) -> Self {
        let Self { identity, gzip, brotli } = Self::new(version);
        let weak = |tag: &HeaderValue| {
            let tag = format!("W/{}", tag.to_str().unwrap_or_default());
            HeaderValue::from_str(&tag).expect("a version is letters and digits")
        };
        Self { identity: weak(&identity), gzip: weak(&gzip), brotli: weak(&brotli) }
    }

    /// Tags by the hash of a body's bytes.
    pub(in crate::http) fn of_bytes(bytes: &[u8]) -> Self {
        Self::new(&blake3::hash(bytes).to_hex()[..20])
    }

    /// The version, as given to [`new`](Self::new).
    pub(in crate::http) fn version(&self) -> &str {
        self.identity.to_str().unwrap_or_default().trim_start_matches("W/").trim_matches('"')
    }

    /// The tag of a body in this coding.
    pub(in crate::http) fn of(&self, coding: ContentCoding) -> &HeaderValue {
        match coding {
            ContentCoding::Brotli => &self.brotli,
            ContentCoding::Gzip => &self.gzip,
            ContentCoding::Identity => &self.identity,
        }
    }

    /// The tag of `If-None-Match` that matches this version in any coding; `None` where the client's copy is stale.
    pub(in crate::http) fn matching(&self, headers: &HeaderMap, coding: ContentCoding) -> Option<&HeaderValue> {
        let sent = joined(headers, &header::IF_NONE_MATCH)?;
        let sent: Vec<&str> = sent.split(',').map(str::trim).map(|tag| tag.strip_prefix("W/").unwrap_or(tag)).collect();
        if sent == ["*"] {
            return Some(self.of(coding));
        }
        let own = [self.of(coding), &self.identity, &self.gzip, &self.brotli];
        let opaque = |tag: &HeaderValue| tag.as_bytes().strip_prefix(b"W/").unwrap_or(tag.as_bytes()).to_vec();
        own.into_iter().find(|tag| sent.iter().any(|it| it.as_bytes() == opaque(tag)))
    }
}

/// All values of a header field, joined with commas; `None` where it is missing or not text.
fn joined<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<std::borrow::Cow<'a, str>> {
    let mut values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let first = values.next()?;
    let rest: Vec<&str> = values.collect();
    if rest.is_empty() { Some(first.into()) } else { Some(format!("{first},{}", rest.join(",")).into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &HeaderName, values: &[&'static str]) -> HeaderMap {
        values.iter().map(|value| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn the_coding_with_the_highest_quality_value_is_chosen() {
        let all = [ContentCoding::Brotli, ContentCoding::Gzip, ContentCoding::Identity];
        for (accepted, chosen) in [
            ("gzip, deflate, br, zstd", ContentCoding::Brotli),
            ("gzip;q=1.0, br;q=0.5", ContentCoding::Gzip),
            ("br;q=0, gzip;q=0.1", ContentCoding::Gzip),
            ("*", ContentCoding::Brotli),
            ("*;q=0.5, br;q=0", ContentCoding::Gzip),
            ("identity, gzip;q=0.5", ContentCoding::Identity),
            ("zstd", ContentCoding::Identity),
            ("", ContentCoding::Identity),
            ("GZIP", ContentCoding::Gzip),
            ("gzip; q = 0.8 , br ;q=nonsense", ContentCoding::Gzip),
            ("identity;q=0", ContentCoding::Identity),
        ] {
            assert_eq!(coding(&with(&header::ACCEPT_ENCODING, &[accepted]), &all), chosen, "{accepted:?}");
        }
        assert_eq!(coding(&HeaderMap::new(), &all), ContentCoding::Identity);
        assert_eq!(coding(&with(&header::ACCEPT_ENCODING, &["br;q=0.1", "gzip"]), &all), ContentCoding::Gzip);
    }

    #[test]
    fn a_tag_of_this_version_in_any_coding_matches() {
        let tags = EntityTags::new("abc");
        let asked = |values: &[&'static str]| {
            let headers = with(&header::IF_NONE_MATCH, values);
            tags.matching(&headers, ContentCoding::Gzip).map(|tag| tag.to_str().unwrap().to_owned())
        };
        assert_eq!(asked(&["\"abc-gzip\""]).unwrap(), "\"abc-gzip\"");
        assert_eq!(asked(&["W/\"abc\""]).unwrap(), "\"abc\"");
        assert_eq!(asked(&["\"old\", \"abc-br\""]).unwrap(), "\"abc-br\"");
        assert_eq!(asked(&["\"old\"", "\"abc\""]).unwrap(), "\"abc\"");
        assert_eq!(asked(&["*"]).unwrap(), "\"abc-gzip\"");
        assert_eq!(asked(&["\"old\""]), None);
        assert_eq!(asked(&["abc"]), None);
        assert_eq!(asked(&["\"abcd\""]), None);
    }

    #[test]
    fn weak_tags_match_weakly() {
        let tags = EntityTags::weak("abc");
        assert_eq!(tags.version(), "abc");
        for sent in ["W/\"abc\"", "\"abc-gzip\"", "*"] {
            assert!(tags.matching(&with(&header::IF_NONE_MATCH, &[sent]), ContentCoding::Identity).is_some(), "{sent}");
        }
        assert!(tags.matching(&with(&header::IF_NONE_MATCH, &["W/\"abd\""]), ContentCoding::Identity).is_none());
    }
}
