//! Reads the form in a request's body (`application/x-www-form-urlencoded`). Its values may be passwords: none is logged, and none is
//! changed, not even a blank at the end.

use std::collections::BTreeMap;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header;

use super::limits;
use crate::http::HttpProblem;
use crate::http::params::decode;

const FORM: &str = "application/x-www-form-urlencoded";

/// The fields of a form.
pub(in crate::http) struct FormFields(BTreeMap<String, String>);

impl FormFields {
    /// Reads the fields of a request.
    ///
    /// # Errors
    ///
    /// If the body is no form, is too large, or has a field twice.
    pub(in crate::http) async fn read(request: Request) -> Result<Self, HttpProblem> {
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media = media.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case(FORM) {
            return Err(HttpProblem::NotAForm);
        }
        let body = to_bytes(request.into_body(), limits::MAX_BODY).await;
        let body = body.map_err(|_| HttpProblem::BodyTooLarge { limit: limits::MAX_BODY })?;
        let broken = |reason: &str| HttpProblem::BadBody { reason: reason.to_owned() };
        let body = std::str::from_utf8(&body).map_err(|_| broken("the form is not percent-encoded UTF-8"))?;
        let mut fields = BTreeMap::new();
        for pair in body.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = |text: &str| decode(text).map_err(|_| broken("the form is not percent-encoded UTF-8"));
            if fields.insert(decoded(name)?, decoded(value)?).is_some() {
                return Err(broken("a field of the form is given more than once"));
            }
        }
        Ok(Self(fields))
    }

    /// The value of a field; empty where it is missing.
    pub(in crate::http) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}
