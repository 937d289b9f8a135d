//! `/find`: the finder's page (`GET`) and places for a wish, with reasons (`POST`). On the internal address only.
//!
//! Data minimisation: the wish is sent in the body only. It occurs in no URL, no log and no database, and the response is
//! `no-store`.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::editor::now_in_japan;
use crate::find::{Wish, WishError};
use crate::http::pages::HTML;
use crate::http::server::json_body::json_body_without_query;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;
use crate::http::{HttpProblem, InternalState};
use crate::publish::html::find_page;

/// Handler: the finder's page. It is the same for every person, because no part of a wish is in its URL.
pub(in crate::http) async fn page(State(internal): State<InternalState>) -> Result<Response, HttpProblem> {
    let prepared = internal.prepared_finder().await?;
    Ok(respond::no_store(HTML, find_page(&prepared.finder, &internal.app().city_content().institutions)))
}

/// Handler: finds places for the wish in the body; `docs/find.schema.json` is the schema of the response.
pub(in crate::http) async fn find(
    State(internal): State<InternalState>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let body = json_body_without_query(request).await?;
    let wish = Wish::read(&body)?;
    let prepared = internal.prepared_finder().await?;
    let answer = prepared.finder.find(&wish, now_in_japan())?;
    let bytes = serde_json::to_vec(&answer).map_err(|_| HttpProblem::Internal)?;
    Ok(respond::no_store(JSON, bytes))
}

impl From<WishError> for HttpProblem {
    fn from(error: WishError) -> Self {
        match error {
            WishError::Field { field, reason } => Self::BadField { field, reason },
            WishError::NotJson(_) | WishError::NotAnObject => Self::BadBody { reason: error.to_string() },
        }
    }
}
