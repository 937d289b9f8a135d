//! `/find`: the page on which a link worker asks (`GET`), and places for a person, with reasons (`POST`). On the inner address
//! only.
//!
//! The wish comes in the body alone and goes nowhere: it is in no address, no log and no store, and the answer may not be kept.

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::answers::JSON;
use super::pages::HTML;
use super::staff::{StaffApp, now_in_japan};
use super::{Problem, guard, respond};
use crate::find::{Wish, WishError};
use crate::publish::desk::find_page;

/// The page. It is the same for every person: nothing of a wish is in its address.
pub(super) async fn page(State(staff): State<StaffApp>) -> Result<Response, Problem> {
    let finder = staff.finder().await?;
    Ok(respond::unkept(HTML, find_page(&finder)))
}

/// The answer that `docs/find.schema.json` describes.
pub(super) async fn find(State(staff): State<StaffApp>, request: Request) -> Result<Response, Problem> {
    let body = private_body(request).await?;
    let wish = Wish::read(&body)?;
    let finder = staff.finder().await?;
    let answer = finder.find(&wish, now_in_japan())?;
    let bytes = serde_json::to_vec(&answer).map_err(|_| Problem::Internal)?;
    Ok(respond::unkept(JSON, bytes))
}

/// The body of a request that may have nothing of its own in the address.
pub(super) async fn private_body(request: Request) -> Result<Bytes, Problem> {
    if request.uri().query().is_some_and(|query| !query.is_empty()) {
        return Err(Problem::BadBody { reason: "what is asked goes into the body, never into the address".to_owned() });
    }
    if !is_json(request.headers()) {
        return Err(Problem::UnsupportedMedia);
    }
    let body = to_bytes(request.into_body(), guard::MAX_BODY).await;
    body.map_err(|_| Problem::BodyTooLarge { limit: guard::MAX_BODY })
}

fn is_json(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case(JSON))
}

impl From<WishError> for Problem {
    fn from(error: WishError) -> Self {
        match error {
            WishError::Field { field, reason } => Self::BadField { field, reason },
            WishError::NotJson(_) | WishError::NotAnObject => Self::BadBody { reason: error.to_string() },
        }
    }
}
