//! Parts of a body: `Range` and `If-Range` (RFC 9110). This module does no I/O.

use std::ops::Range;

use axum::http::{HeaderMap, HeaderValue, header};

/// What of a body a request wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http) enum RequestedRange {
    /// All of it: no range is named, or none that can be told, or it is of an older body.
    Whole,
    /// One part.
    Part(Range<usize>),
    /// Nothing that the body has.
    Beyond,
}

impl RequestedRange {
    /// What `headers` request of a body of `len` bytes with the strong entity tag `tag`.
    pub(in crate::http) fn of(headers: &HeaderMap, len: usize, tag: &HeaderValue) -> Self {
        let condition = headers.get(header::IF_RANGE);
        if condition.is_some_and(|condition| condition != tag) {
            return Self::Whole;
        }
        let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
        range.map_or(Self::Whole, |range| Self::parse(range, len))
    }

    /// Several ranges are answered with the whole, as a server may.
    fn parse(text: &str, len: usize) -> Self {
        let Some((unit, range)) = text.split_once('=') else { return Self::Whole };
        let Some((first, last)) = range.trim().split_once('-').filter(|_| !range.contains(',')) else {
            return Self::Whole;
        };
        if !unit.trim().eq_ignore_ascii_case("bytes") {
            return Self::Whole;
        }
        let number = |text: &str| {
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse::<usize>().unwrap_or(usize::MAX))
        };
        let part = |range: Range<usize>| if range.is_empty() { Self::Beyond } else { Self::Part(range) };
        match (number(first.trim()), number(last.trim())) {
            (Some(first), Some(last)) if first <= last => part(first.min(len)..last.saturating_add(1).min(len)),
            (Some(first), None) if last.trim().is_empty() => part(first.min(len)..len),
            (None, Some(count)) if first.trim().is_empty() => part(len.saturating_sub(count)..len),
            _ => Self::Whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_part_of_what_there_is() {
        use RequestedRange::{Beyond, Part, Whole};
        for (text, wanted) in [
            ("bytes=0-9", Part(0..10)),
            ("bytes=90-", Part(90..100)),
            ("bytes=-5", Part(95..100)),
            ("bytes=-500", Part(0..100)),
            ("BYTES= 10 - 10 ", Part(10..11)),
            ("bytes=99-99999999999999999999999", Part(99..100)),
            ("bytes=100-", Beyond),
            ("bytes=100-200", Beyond),
            ("bytes=-0", Beyond),
            ("bytes=9-0", Whole),
            ("bytes=0-1,5-6", Whole),
            ("bytes=a-b", Whole),
            ("bytes=-", Whole),
            ("bytes", Whole),
            ("items=0-1", Whole),
            ("bytes=+1-2", Whole),
        ] {
            assert_eq!(RequestedRange::parse(text, 100), wanted, "{text}");
        }
    }

    #[test]
    fn a_part_of_an_older_body_is_answered_with_the_whole() {
        let headers = |tag: &'static str| {
            HeaderMap::from_iter([
                (header::RANGE, HeaderValue::from_static("bytes=0-0")),
                (header::IF_RANGE, HeaderValue::from_static(tag)),
            ])
        };
        let tag = HeaderValue::from_static("\"a\"");
        assert_eq!(RequestedRange::of(&headers("\"a\""), 9, &tag), RequestedRange::Part(0..1));
        for other in ["\"b\"", "W/\"a\"", "Fri, 27 Nov 2026 00:00:00 GMT"] {
            assert_eq!(RequestedRange::of(&headers(other), 9, &tag), RequestedRange::Whole, "{other}");
        }
    }
}
