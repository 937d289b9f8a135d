//! Parameters in paths, and strict parsing of query parameters: an unknown, repeated or malformed parameter is rejected (400), never ignored.
//!
//! This module does no I/O.

use std::num::IntErrorKind;
use std::str::FromStr;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::Uri;
use percent_encoding::percent_decode_str;

use super::HttpProblem;

/// The parameters in a path, percent-decoded.
pub(super) fn path_parameters<T>(parts: Result<Path<T>, PathRejection>) -> Result<T, HttpProblem> {
    parts.map(|Path(parts)| parts).map_err(|_| HttpProblem::BadPath)
}

/// The query parameters of one request, percent-decoded, in the order given.
#[derive(Debug)]
pub(super) struct QueryParams(Vec<(&'static str, String)>);

impl QueryParams {
    /// Parses the query of `uri`; a parameter that is not in `known` is an error.
    pub(super) fn read(uri: &Uri, known: &'static [&'static str]) -> Result<Self, HttpProblem> {
        let pairs = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let read = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name)?;
            match known.iter().find(|known| **known == name) {
                Some(known) => Ok((*known, decode(value)?)),
                None => Err(HttpProblem::UnknownParameter { name, known }),
            }
        };
        pairs.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The value of a parameter that may be given at most once.
    pub(super) fn one(&self, name: &'static str) -> Result<Option<&str>, HttpProblem> {
        let mut values = self.values(name);
        let first = values.next();
        if values.next().is_some() {
            return Err(HttpProblem::RepeatedParameter { name });
        }
        Ok(first)
    }

    /// The values of a parameter that may be repeated or hold a comma-separated list.
    pub(super) fn list(&self, name: &'static str) -> Vec<&str> {
        self.values(name).flat_map(|value| value.split(',')).map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    /// A number; `must` describes the accepted numbers in the error.
    pub(super) fn number<T: FromStr>(&self, name: &'static str, must: &str) -> Result<Option<T>, HttpProblem> {
        self.one(name)?.map(|value| parse_number(name, value, must)).transpose()
    }

    /// The page size: parameter `limit`, from 1 to `max`.
    pub(super) fn limit(&self, default: usize, max: usize) -> Result<usize, HttpProblem> {
        let must = format!("a whole number from 1 to {max}");
        let limit = self.number("limit", &must)?.unwrap_or(default);
        if (1..=max).contains(&limit) {
            return Ok(limit);
        }
        Err(HttpProblem::BadParameter { name: "limit", reason: format!("{limit} is not {must}") })
    }

    /// The page size of features: parameter `limit`, from 1 on; what is above `max` means `max`.
    pub(super) fn limit_within(&self, default: usize, max: usize) -> Result<usize, HttpProblem> {
        Ok(self.any_limit()?.unwrap_or(default).min(max))
    }

    /// How many places at most, where the default is all of them: parameter `limit`, from 1 on.
    pub(super) fn any_limit(&self) -> Result<Option<usize>, HttpProblem> {
        let must = "a whole number, 1 or more";
        let Some(text) = self.one("limit")? else { return Ok(None) };
        let limit = match text.trim().parse::<usize>() {
            Err(error) if *error.kind() == IntErrorKind::PosOverflow => usize::MAX,
            _ => parse_number("limit", text, must)?,
        };
        let reason = || HttpProblem::BadParameter { name: "limit", reason: format!("0 is not {must}") };
        if limit == 0 { Err(reason()) } else { Ok(Some(limit)) }
    }

    /// All parameters in the order given.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    fn values(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// Parses a number; `must` describes the accepted numbers in the error.
pub(super) fn parse_number<T: FromStr>(name: &'static str, value: &str, must: &str) -> Result<T, HttpProblem> {
    let reason = || format!("{:?} is not {must}", shortened(value));
    value.trim().parse().map_err(|_| HttpProblem::BadParameter { name, reason: reason() })
}

/// `value` for an error message, truncated to 60 characters.
pub(super) fn shortened(value: &str) -> String {
    let mut short: String = value.chars().take(60).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}

/// Decodes percent-encoding and `+` for a space (`application/x-www-form-urlencoded`).
pub(super) fn decode(text: &str) -> Result<String, HttpProblem> {
    // The library leaves a percent sign without two digits as it is; here it is a mistake to be told.
    let is_encoded = |rest: &str| rest.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    if !text.split('%').skip(1).all(is_encoded) {
        return Err(HttpProblem::BadQuery);
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().map_err(|_| HttpProblem::BadQuery)?;
    Ok(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::percent::percent_encoded;

    fn read(query: &str) -> Result<QueryParams, HttpProblem> {
        QueryParams::read(&format!("/x?{query}").parse().unwrap(), &["q", "limit", "category"])
    }

    #[test]
    fn values_are_decoded_and_lists_may_be_written_both_ways() {
        let params = read("q=%E5%9B%B2%E7%A2%81+%e3%81%ae&category=salon,farming&category=hobby").unwrap();
        assert_eq!(params.one("q").unwrap(), Some("囲碁 の"));
        assert_eq!(params.list("category"), ["salon", "farming", "hobby"]);
    }

    #[test]
    fn broken_encoding_is_a_problem() {
        for query in ["q=%", "q=%4", "q=%zz", "q=%ff%fe", "%ff=1"] {
            assert_eq!(read(query).unwrap_err(), HttpProblem::BadQuery, "{query}");
        }
    }

    #[test]
    fn a_limit_out_of_range_is_named_with_its_range() {
        for (query, detail) in [
            ("limit=0", "parameter `limit`: 0 is not a whole number from 1 to 100"),
            ("limit=101", "parameter `limit`: 101 is not a whole number from 1 to 100"),
            ("limit=ten", "parameter `limit`: \"ten\" is not a whole number from 1 to 100"),
            ("limit=1&limit=2", "parameter `limit` is given more than once; give it once"),
        ] {
            assert_eq!(read(query).unwrap().limit(10, 100).unwrap_err().to_string(), detail);
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded_to_the_same(text in ".*") {
            prop_assert_eq!(decode(&percent_encoded(&text)).unwrap(), text);
        }
    }
}
