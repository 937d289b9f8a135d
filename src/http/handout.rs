//! `POST /handout`: the parts of the paper that a person takes home. On the inner address only.
//!
//! Where the person starts comes in the body alone and goes nowhere: it is in no address, no log and no store, and the answer may
//! not be kept.

use axum::extract::{Request, State};
use axum::response::Response;

use super::answers::JSON;
use super::find::private_body;
use super::staff::{StaffApp, now_in_japan};
use super::{Problem, respond};
use crate::publish::handout::{Order, OrderError, Sources, handout};

/// The answer that `docs/handout.schema.json` describes.
pub(super) async fn make(State(staff): State<StaffApp>, request: Request) -> Result<Response, Problem> {
    let order = Order::read(&private_body(request).await?)?;
    let made = staff.made().await?;
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
