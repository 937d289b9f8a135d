//! Problem details: errors as clients get them, `application/problem+json` (RFC 9457).
//!
//! This module does no I/O.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::index::filter::parameters::FilterProblem;
use crate::model::position::PositionError;
use crate::publish::formats::FormatError;
use crate::publish::tiles::TileAddressError;
use crate::text::edit_distance;

/// Every error that a request can get.
///
/// `Display` is the `detail` of the response: it names the parameter and what to do, and never includes an inner error; inner
/// errors are logged where they occur.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpProblem {
    /// The value of a query parameter is invalid.
    #[error("parameter `{name}`: {reason}")]
    BadParameter {
        /// Name of the parameter.
        name: &'static str,
        /// What is wrong with it, as a phrase for the client's author.
        reason: String,
    },
    /// A filter cannot be used.
    #[error("parameter `{name}`{}: {reason}", position.map(|at| format!(", character {at}")).unwrap_or_default())]
    BadFilter {
        /// Name of the parameter.
        name: &'static str,
        /// Where in its value, in characters from 1.
        position: Option<usize>,
        /// What is wrong with it, as a phrase for the client's author.
        reason: String,
    },
    /// The places do not fit into the requested format.
    #[error("{reason}")]
    FormatTooSmall {
        /// Which bound it exceeds, and what to use instead.
        reason: String,
    },
    /// A required query parameter is missing.
    #[error("parameter `{name}` is missing")]
    MissingParameter {
        /// Name of the parameter.
        name: &'static str,
    },
    /// A single-valued query parameter is repeated.
    #[error("parameter `{name}` is given more than once; give it once")]
    RepeatedParameter {
        /// Name of the parameter.
        name: &'static str,
    },
    /// The route has no such query parameter. Probably a typo, and ignoring it would give a wrong result.
    #[error("{}", unknown_parameter_message(name, known))]
    UnknownParameter {
        /// The name as it was given.
        name: String,
        /// The parameters of the route.
        known: &'static [&'static str],
    },
    /// The query is not percent-encoded UTF-8.
    #[error("the query is not percent-encoded UTF-8; encode each value, e.g. é as %C3%A9")]
    BadQuery,
    /// The path is not percent-encoded UTF-8.
    #[error("the path is not percent-encoded UTF-8")]
    BadPath,
    /// The request body is malformed.
    #[error("{reason}")]
    BadBody {
        /// What is wrong with it, as a phrase for the client's author.
        reason: String,
    },
    /// A field of the request body is invalid.
    #[error("field `{field}`: {reason}")]
    BadField {
        /// Path of the field, e.g. `free[1].to`.
        field: String,
        /// What is wrong with it, as a phrase for the client's author.
        reason: String,
    },
    /// The request body has a content type other than JSON.
    #[error("send the body as `content-type: application/json`")]
    UnsupportedMedia,
    /// Defence against DNS rebinding: the `Host` header names an unknown host.
    #[error("this address is not known by that name; add it to internal_hosts in city.toml if it is the city's own")]
    WrongHost,
    /// Defence against CSRF: the request comes from a page of another site.
    #[error("pages of other sites may not ask this address")]
    OtherPage,
    /// The route needs an account, and nobody has signed in.
    #[error("sign in first, at /login")]
    NotSignedIn,
    /// The account has a role that is too low for the route.
    #[error("your account may not do this; ask an administrator")]
    RoleTooLow,
    /// The request body is no form.
    #[error("send the body as `content-type: application/x-www-form-urlencoded`")]
    NotAForm,
    /// The request is no upload of a file.
    #[error("send a form of the type `multipart/form-data` with the file as its field `file`")]
    NotAnUpload,
    /// No route has this path.
    #[error("there is nothing at this address; the addresses are listed in docs/api.md")]
    NotFound,
    /// The route exists, but there is no such place, category or district.
    #[error("there is no {what} `{id}`; {hint}")]
    NoSuch {
        /// What kind of thing was requested, e.g. `district`.
        what: &'static str,
        /// Its identifier as it was given, truncated.
        id: String,
        /// Where those that exist are listed.
        hint: &'static str,
    },
    /// A page of a version of the data that is no longer kept.
    #[error(
        "the data have changed, and pages of version `{version}` are no longer kept; begin again without `version`"
    )]
    VersionGone {
        /// The version as it was given, truncated.
        version: String,
    },
    /// A part of the address of a tile is none.
    #[error("there is no such tile: {0}")]
    NoTile(TileAddressError),
    /// A range that begins behind the end of the body.
    #[error("the range begins behind the end: there are {len} bytes")]
    RangeBeyond {
        /// The length of the body in bytes.
        len: usize,
    },
    /// What is made once, when it is requested first, is not whole yet.
    #[error("it is being made; try again in {retry_after} seconds")]
    InTheMaking {
        /// Seconds until it may be whole.
        retry_after: u32,
    },
    /// Planners' numbers need a population, and none was imported.
    #[error("there is no population yet; import one with `tsunagari import population FILE`")]
    NoPopulation,
    /// What changed needs numbers of an earlier day, and none are kept.
    #[error("no numbers of an earlier day are kept yet; each import keeps those of its day")]
    NoHistory,
    /// The route does not support this method.
    #[error("this address does not take this method; see the Allow header for those it takes")]
    MethodNotAllowed,
    /// The request body is too large.
    #[error("the body is larger than {limit} bytes")]
    BodyTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// Path and query are too long.
    #[error("the address is longer than {limit} bytes")]
    AddressTooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// The header fields are too large.
    #[error("the header fields are larger than {limit} bytes together")]
    HeadersTooLarge {
        /// The limit in bytes, for all header fields together.
        limit: usize,
    },
    /// Slow loris: the body of the request did not arrive in time.
    #[error("the body did not arrive in time; send it at once")]
    SlowBody,
    /// The bound of a day is reached.
    #[error("no more than {most} are accepted on one day; try again tomorrow")]
    EnoughToday {
        /// How many are accepted on one day.
        most: u32,
        /// Seconds until the next day.
        retry_after: u32,
    },
    /// Load shedding: the maximum number of requests is in flight.
    #[error("too many requests are under way; try again in a second")]
    Busy,
    /// The handler exceeded the time limit.
    #[error("the answer took too long; try again later or ask for less")]
    TimedOut,
    /// The request was valid, but the database could not be written.
    #[error("it was not stored: {reason}; try again later")]
    NotStored {
        /// Why not, as a phrase for the user.
        reason: &'static str,
    },
    /// A defect or failure of the server. The details are in the log.
    #[error("the service could not answer; please try again later")]
    Internal,
}

impl HttpProblem {
    /// Status code of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadParameter { .. }
            | Self::BadFilter { .. }
            | Self::MissingParameter { .. }
            | Self::RepeatedParameter { .. }
            | Self::UnknownParameter { .. }
            | Self::BadQuery
            | Self::BadPath
            | Self::BadBody { .. } => StatusCode::BAD_REQUEST,
            Self::BadField { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::UnsupportedMedia | Self::NotAForm | Self::NotAnUpload => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::OtherPage | Self::RoleTooLow => StatusCode::FORBIDDEN,
            Self::NotFound | Self::NoSuch { .. } | Self::NoTile(_) => StatusCode::NOT_FOUND,
            Self::RangeBeyond { .. } => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::VersionGone { .. } => StatusCode::GONE,
            Self::NoPopulation | Self::NoHistory => StatusCode::CONFLICT,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooLarge { .. } | Self::FormatTooSmall { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Self::EnoughToday { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::AddressTooLong { .. } => StatusCode::URI_TOO_LONG,
            Self::HeadersTooLarge { .. } => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Busy | Self::TimedOut | Self::NotStored { .. } | Self::InTheMaking { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The `type` member of RFC 9457: a stable URN, or `about:blank` where the status code suffices.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::BadParameter { .. } | Self::BadFilter { .. } => "urn:tsunagari:problem:bad-parameter",
            Self::MissingParameter { .. } => "urn:tsunagari:problem:missing-parameter",
            Self::RepeatedParameter { .. } => "urn:tsunagari:problem:repeated-parameter",
            Self::UnknownParameter { .. } => "urn:tsunagari:problem:unknown-parameter",
            Self::BadBody { .. } => "urn:tsunagari:problem:bad-body",
            Self::BadField { .. } => "urn:tsunagari:problem:bad-field",
            Self::BadQuery | Self::BadPath => "urn:tsunagari:problem:not-utf-8",
            Self::NotStored { .. } => "urn:tsunagari:problem:not-stored",
            Self::EnoughToday { .. } => "urn:tsunagari:problem:enough-today",
            Self::NoSuch { .. } | Self::NoTile(_) => "urn:tsunagari:problem:no-such-thing",
            Self::FormatTooSmall { .. } => "urn:tsunagari:problem:format-too-small",
            Self::VersionGone { .. } => "urn:tsunagari:problem:version-gone",
            Self::NoPopulation => "urn:tsunagari:problem:no-population",
            Self::NoHistory => "urn:tsunagari:problem:no-history",
            _ => "about:blank",
        }
    }

    /// After how many seconds the same request may succeed.
    fn retry_after(&self) -> Option<u32> {
        match self {
            Self::EnoughToday { retry_after, .. } | Self::InTheMaking { retry_after } => Some(*retry_after),
            _ => (self.status() == StatusCode::SERVICE_UNAVAILABLE).then_some(1),
        }
    }

    /// The query parameter or body field that the problem is about.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::BadParameter { name, .. }
            | Self::BadFilter { name, .. }
            | Self::MissingParameter { name }
            | Self::RepeatedParameter { name } => Some(name),
            Self::VersionGone { .. } => Some("version"),
            Self::NoTile(error) => Some(error.part),
            Self::UnknownParameter { name, .. } | Self::BadField { field: name, .. } => Some(name),
            _ => None,
        }
    }
}

impl From<FilterProblem> for HttpProblem {
    fn from(problem: FilterProblem) -> Self {
        match problem {
            FilterProblem::Repeated { parameter } => Self::RepeatedParameter { name: parameter },
            FilterProblem::BadValue { parameter, position: None, reason } => {
                Self::BadParameter { name: parameter, reason }
            }
            FilterProblem::BadValue { parameter, position, reason } => {
                Self::BadFilter { name: parameter, position, reason }
            }
        }
    }
}

impl From<TileAddressError> for HttpProblem {
    fn from(error: TileAddressError) -> Self {
        Self::NoTile(error)
    }
}

impl From<FormatError> for HttpProblem {
    fn from(error: FormatError) -> Self {
        Self::FormatTooSmall { reason: error.to_string() }
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
        if let Self::BadFilter { position: Some(position), .. } = self {
            body["position"] = json!(position);
        }
        let mut response = (status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Names of parameters in other APIs, and ours for the same thing.
const FOREIGN_NAMES: [(&str, &str); 9] = [
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

/// The message for an unknown parameter, with the known one that was probably meant.
fn unknown_parameter_message(name: &str, known: &[&str]) -> String {
    if known.is_empty() {
        return format!("unknown parameter `{name}`; this address takes none, /collections/places/items filters");
    }
    let foreign = FOREIGN_NAMES.iter().find(|(theirs, ours)| name.eq_ignore_ascii_case(theirs) && known.contains(ours));
    let typo = || known.iter().map(|known| (edit_distance(name, known), *known)).min().filter(|&(edits, _)| edits <= 2);
    let nearest = foreign.map(|(_, ours)| (0, *ours)).or_else(typo);
    let all = known.join(", ");
    nearest.map_or_else(
        || format!("unknown parameter `{name}`; known here: {all}"),
        |(_, nearest)| format!("unknown parameter `{name}`; did you mean `{nearest}`? known here: {all}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_in_a_parameter_is_answered_with_the_one_that_was_probably_meant() {
        let known: &[&str] = &["bbox", "limit", "category"];
        let detail = |name: &str| HttpProblem::UnknownParameter { name: name.to_owned(), known }.to_string();
        assert_eq!(
            detail("catgory"),
            "unknown parameter `catgory`; did you mean `category`? known here: bbox, limit, category"
        );
        assert_eq!(detail("zoom"), "unknown parameter `zoom`; known here: bbox, limit, category");
    }

    #[test]
    fn edits_are_counted_per_character() {
        for (a, b, count) in
            [("", "abc", 3), ("abc", "abc", 0), ("LIMIT", "limit", 0), ("lmit", "limit", 1), ("box", "bbox", 1)]
        {
            assert_eq!(edit_distance(a, b), count, "{a} {b}");
        }
    }
}
