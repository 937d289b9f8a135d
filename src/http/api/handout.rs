//! `POST /handout`: the parts of the paper that a person takes home. On the inner address only.
//!
//! Where the person starts comes in the body alone and goes nowhere: it is in no address, no log and no store, and the answer may
//! not be kept.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::http::server::clock::now_in_japan;
use crate::http::server::json_body::json_body_without_query;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;
use crate::http::{InternalState, Problem};
use crate::publish::handout::{Order, OrderError, Sources, handout};

/// The answer that `docs/handout.schema.json` describes.
pub(in crate::http) async fn make(State(staff): State<InternalState>, request: Request) -> Result<Response, Problem> {
    let order = Order::read(&json_body_without_query(request).await?)?;
    let made = staff.prepared_finder().await?;
    let finder = &made.finder;
    let from = order.from.as_ref().map(|start| finder.start(start)).transpose()?;
    let public = staff.public_snapshot();
    let sources = Sources { inner: finder.snapshot(), public: &public, readings: &made.readings };
    let parts = handout(&sources, &order, from.as_ref(), now_in_japan())?;
    let bytes = serde_json::to_vec(&parts).map_err(|_| Problem::Internal)?;
    Ok(respond::unkept(JSON, bytes))
}

impl From<OrderError> for Problem {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::Field { field, reason } => Self::BadField { field, reason: reason.to_owned() },
            OrderError::NotJson { .. } => Self::BadBody { reason: error.to_string() },
        }
    }
}
