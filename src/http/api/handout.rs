//! `POST /handout`: the parts of the handout, the sheet of paper that a person takes home. On the internal address only.
//!
//! Data minimisation: the person's starting point is sent in the body only. It occurs in no URL, no log and no database, and
//! the response is `no-store`.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::editor::now_in_japan;
use crate::http::server::json_body::json_body_without_query;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;
use crate::http::{HttpProblem, InternalState};
use crate::publish::handout::{HandoutOrder, HandoutOrderError, HandoutSources, handout};

/// Handler: lays out the handout of the order in the body; `docs/handout.schema.json` is the schema of the response.
pub(in crate::http) async fn make(
    State(internal): State<InternalState>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let order = HandoutOrder::read(&json_body_without_query(request).await?)?;
    let made = internal.prepared_finder().await?;
    let finder = &made.finder;
    let from = order.from.as_ref().map(|start| finder.start(start)).transpose()?;
    let public = internal.public_snapshot();
    let sources = HandoutSources { inner: finder.snapshot(), public: &public, readings: &made.readings };
    let parts = handout(&sources, &order, from.as_ref(), now_in_japan())?;
    let bytes = serde_json::to_vec(&parts).map_err(|_| HttpProblem::Internal)?;
    Ok(respond::no_store(JSON, bytes))
}

impl From<HandoutOrderError> for HttpProblem {
    fn from(error: HandoutOrderError) -> Self {
        match error {
            HandoutOrderError::Field { field, reason } => Self::BadField { field, reason: reason.to_owned() },
            HandoutOrderError::NotJson { .. } => Self::BadBody { reason: error.to_string() },
        }
    }
}
