//! Errors as clients see them: `application/problem+json` (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::model::position::PositionError;

/// Everything that can go wrong with a request.
///
/// `Display` is the `detail` the client reads, so it names the parameter and says what to do, and never holds an inner error;
/// inner errors are logged where they happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpProblem {
    /// The value of a parameter cannot be used.
    #[error("parameter `{name}`: {reason}")]
    BadParameter {
        /// The parameter's name in the address.
        name: &'static str,
        /// What is wrong with it, in words for its author.
        reason: String,
    },
    /// A parameter that must be given is not.
    #[error("parameter `{name}` is missing")]
    MissingParameter {
        /// The parameter's name in the address.
        name: &'static str,
    },
    /// A parameter that has one value is given several times.
    #[error("parameter `{name}` is given more than once; give it once")]
    RepeatedParameter {
        /// The parameter's name in the address.
        name: &'static str,
    },
    /// A parameter that this address does not know: most likely a slip of the pen, and leaving it out would answer another
    /// question.
    #[error("{}", unknown(name, known))]
    UnknownParameter {
        /// As it stands in the address.
        name: String,
        /// Those that would be understood.
        known: &'static [&'static str],
    },
    /// The query is not percent-encoded UTF-8.
    #[error("the query is not percent-encoded UTF-8; encode each value, e.g. é as %C3%A9")]
    BadQuery,
    /// The path is not percent-encoded UTF-8.
    #[error("the path is not percent-encoded UTF-8")]
    BadPath,
    /// The body is not what this address takes.
    #[error("{reason}")]
    BadBody {
        /// What is wrong with it, in words for its author.
        reason: String,
    },
    /// A field of the body cannot be used.
    #[error("field `{field}`: {reason}")]
    BadField {
        /// The field, e.g. `free[1].to`.
        field: String,
        /// What is wrong with it, in words for its author.
        reason: String,
    },
    /// The body is of another kind.
    #[error("send the body as `content-type: application/json`")]
    UnsupportedMedia,
    /// The request came under a name that is not ours.
    #[error("this address is not known by that name; add it to internal_hosts in city.toml if it is the city's own")]
    WrongHost,
    /// Another site's page asks.
    #[error("pages of other sites may not ask this address")]
    OtherPage,
    /// There is nothing at this address.
    #[error("there is nothing at this address; the addresses are listed in docs/api.md")]
    NotFound,
    /// The address is one of ours, but there is no such thing.
    #[error("there is no {what} `{id}`; {hint}")]
    NoSuch {
        /// What kind of thing was asked for.
        what: &'static str,
        /// As it stands in the address.
        id: String,
        /// Where those that exist are listed.
        hint: &'static str,
    },
    /// The address does not take this method.
    #[error("this address does not take this method; see the Allow header for those it takes")]
    MethodNotAllowed,
    /// The body is too large.
    #[error("the body is larger than {limit} bytes")]
    BodyTooLarge {
        /// How many bytes are taken.
        limit: usize,
    },
    /// The address is too long.
    #[error("the address is longer than {limit} bytes")]
    AddressTooLong {
        /// How many bytes are taken.
        limit: usize,
    },
    /// The header fields are too large.
    #[error("the header fields are larger than {limit} bytes together")]
    HeadersTooLarge {
        /// How many bytes are taken.
        limit: usize,
    },
    /// More requests are under way than the server takes.
    #[error("too many requests are under way; try again in a second")]
    Busy,
    /// The answer took too long.
    #[error("the answer took too long; try again later or ask for less")]
    TimedOut,
    /// What should have been kept was not.
    #[error("it was not stored: {reason}; try again later")]
    NotStored {
        /// Why not, in words for its author.
        reason: &'static str,
    },
    /// Our fault. The details are in the log.
    #[error("the service could not answer; please try again later")]
    Internal,
}

impl HttpProblem {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadParameter { .. }
            | Self::MissingParameter { .. }
            | Self::RepeatedParameter { .. }
            | Self::UnknownParameter { .. }
            | Self::BadQuery
            | Self::BadPath
            | Self::BadBody { .. } => StatusCode::BAD_REQUEST,
            Self::BadField { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::OtherPage => StatusCode::FORBIDDEN,
            Self::NotFound | Self::NoSuch { .. } => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AddressTooLong { .. } => StatusCode::URI_TOO_LONG,
            Self::HeadersTooLarge { .. } => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Busy | Self::TimedOut | Self::NotStored { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What kind of problem it is, as a URI that stays the same; where the status says it all, `about:blank`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::BadParameter { .. } => "urn:tsunagari:problem:bad-parameter",
            Self::MissingParameter { .. } => "urn:tsunagari:problem:missing-parameter",
            Self::RepeatedParameter { .. } => "urn:tsunagari:problem:repeated-parameter",
            Self::UnknownParameter { .. } => "urn:tsunagari:problem:unknown-parameter",
            Self::BadBody { .. } => "urn:tsunagari:problem:bad-body",
            Self::BadField { .. } => "urn:tsunagari:problem:bad-field",
            Self::BadQuery | Self::BadPath => "urn:tsunagari:problem:not-utf-8",
            Self::NotStored { .. } => "urn:tsunagari:problem:not-stored",
            Self::NoSuch { .. } => "urn:tsunagari:problem:no-such-thing",
            _ => "about:blank",
        }
    }

    /// The parameter the problem is about.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::BadParameter { name, .. } | Self::MissingParameter { name } | Self::RepeatedParameter { name } => {
                Some(name)
            }
            Self::UnknownParameter { name, .. } | Self::BadField { field: name, .. } => Some(name),
            _ => None,
        }
    }
}

impl From<PositionError> for HttpProblem {
    fn from(error: PositionError) -> Self {
        let name = match error {
            PositionError::Longitude(_) => "lon",
            PositionError::Latitude(_) => "lat",
        };
        Self::BadParameter { name, reason: error.to_string() }
    }
}

impl IntoResponse for HttpProblem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut body = json!({
            "type": self.kind(),
            "title": status.canonical_reason().unwrap_or("Error"),
            "status": status.as_u16(),
            "detail": self.to_string(),
        });
        if let Some(parameter) = self.parameter() {
            body["parameter"] = json!(parameter);
        }
        let mut response = (status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// What other programs call it, and what we do.
const ELSEWHERE: [(&str, &str); 9] = [
    ("lng", "lon"),
    ("long", "lon"),
    ("longitude", "lon"),
    ("x", "lon"),
    ("latitude", "lat"),
    ("y", "lat"),
    ("query", "q"),
    ("search", "q"),
    ("startindex", "offset"),
];

fn unknown(name: &str, known: &[&str]) -> String {
    if known.is_empty() {
        return format!("unknown parameter `{name}`; this address takes none, /collections/places/items filters");
    }
    let elsewhere = ELSEWHERE.iter().find(|(theirs, ours)| name.eq_ignore_ascii_case(theirs) && known.contains(ours));
    let slip = || known.iter().map(|known| (edits(name, known), *known)).min().filter(|&(edits, _)| edits <= 2);
    let nearest = elsewhere.map(|(_, ours)| (0, *ours)).or_else(slip);
    let all = known.join(", ");
    nearest.map_or_else(
        || format!("unknown parameter `{name}`; known here: {all}"),
        |(_, nearest)| format!("unknown parameter `{name}`; did you mean `{nearest}`? known here: {all}"),
    )
}

/// Levenshtein distance in characters, ignoring case.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().take(40).collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_told_which_parameter_was_meant() {
        let known: &[&str] = &["bbox", "limit", "category"];
        let detail = |name: &str| HttpProblem::UnknownParameter { name: name.to_owned(), known }.to_string();
        assert_eq!(
            detail("catgory"),
            "unknown parameter `catgory`; did you mean `category`? known here: bbox, limit, category"
        );
        assert_eq!(detail("zoom"), "unknown parameter `zoom`; known here: bbox, limit, category");
    }

    #[test]
    fn edits_are_counted_letter_by_letter() {
        for (a, b, count) in
            [("", "abc", 3), ("abc", "abc", 0), ("LIMIT", "limit", 0), ("lmit", "limit", 1), ("box", "bbox", 1)]
        {
            assert_eq!(edits(a, b), count, "{a} {b}");
        }
    }
}
