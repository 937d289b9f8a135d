//! What the client has and what it can read: `If-None-Match` and `Accept-Encoding` (RFC 9110).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum ContentCoding {
    /// Brotli (RFC 7932).
    Brotli,
    /// Gzip (RFC 1952).
    Gzip,
    /// Not at all.
    Identity,
}

impl ContentCoding {
    /// Its name in `Content-Encoding`; `None` for a body that is not packed.
    pub(in crate::http) fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// The best of `offered` for a client that sent `headers`; the earlier of those it likes equally. `Identity` where it takes
/// none of them: a body it did not ask for is better than none.
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

/// The entity tags of one version, one a coding: bytes that differ must have tags that differ.
#[derive(Debug, Clone)]
pub(in crate::http) struct EntityTags {
    identity: HeaderValue,
    gzip: HeaderValue,
    brotli: HeaderValue,
}

impl EntityTags {
    /// Tags of a version, which must be letters and digits.
    pub(in crate::http) fn new(version: &str) -> Self {
        let tag = |coding: &str| {
            HeaderValue::from_str(&format!("\"{version}{coding}\"")).expect("a version is letters and digits")
        };
        Self { identity: tag(""), gzip: tag("-gzip"), brotli: tag("-br") }
    }

    /// Tags of these very bytes.
    pub(in crate::http) fn of_bytes(bytes: &[u8]) -> Self {
        Self::new(&blake3::hash(bytes).to_hex()[..20])
    }

    /// The version they were made of.
    pub(in crate::http) fn version(&self) -> &str {
        self.identity.to_str().unwrap_or_default().trim_matches('"')
    }

    /// The tag of a body in this coding.
    pub(in crate::http) fn of(&self, coding: ContentCoding) -> &HeaderValue {
        match coding {
            ContentCoding::Brotli => &self.brotli,
            ContentCoding::Gzip => &self.gzip,
            ContentCoding::Identity => &self.identity,
        }
    }

    /// The tag by which the client still has this version, in whatever coding it got it; `None` where it has not.
    pub(in crate::http) fn matching(&self, headers: &HeaderMap, coding: ContentCoding) -> Option<&HeaderValue> {
        let has = joined(headers, &header::IF_NONE_MATCH)?;
        let has: Vec<&str> = has.split(',').map(str::trim).map(|tag| tag.strip_prefix("W/").unwrap_or(tag)).collect();
        if has == ["*"] {
            return Some(self.of(coding));
        }
        let own = [self.of(coding), &self.identity, &self.gzip, &self.brotli];
        own.into_iter().find(|tag| has.iter().any(|it| it.as_bytes() == tag.as_bytes()))
    }
}

/// All values of a field in one line; `None` where it is not sent or is not text.
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
    fn the_coding_the_client_likes_best_is_chosen() {
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
    fn a_client_that_has_this_version_in_any_coding_is_told_so() {
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
}
