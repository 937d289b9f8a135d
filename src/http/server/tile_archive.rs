//! The archive of all tiles of one snapshot: made in the background when it is requested first, then kept with the snapshot.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::Notify;
use tracing::error;

use super::background::{BackgroundWork, run_in_background};
use crate::http::HttpProblem;
use crate::index::{Filter, Snapshot};
use crate::publish::tiles::archive;

/// How long a request waits for the archive; after that it is told to come back.
const WAIT: Duration = Duration::from_secs(15);
/// When to come back, in seconds.
const RETRY_AFTER: u32 = 15;

/// The archive of a snapshot, once somebody has requested it.
#[derive(Debug, Default)]
pub(in crate::http) struct TileArchive {
    /// `None` where it could not be written.
    made: OnceLock<Option<Bytes>>,
    is_being_made: AtomicBool,
    done: Notify,
}

impl TileArchive {
    /// The archive of `snapshot`, which must be the same in every call.
    ///
    /// # Errors
    ///
    /// [`HttpProblem::InTheMaking`] if it is not whole in time.
    pub(in crate::http) async fn bytes(self: &Arc<Self>, snapshot: &Arc<Snapshot>) -> Result<Bytes, HttpProblem> {
        let done = self.done.notified();
        if self.made.get().is_none() {
            self.begin(snapshot)?;
            // What ended before `done` was awaited has been noted by `made`.
            if self.made.get().is_none() && tokio::time::timeout(WAIT, done).await.is_err() {
                return Err(HttpProblem::InTheMaking { retry_after: RETRY_AFTER });
            }
        }
        self.made.get().cloned().flatten().ok_or(HttpProblem::Internal)
    }

    /// Begins to make it, unless that has begun.
    fn begin(self: &Arc<Self>, snapshot: &Arc<Snapshot>) -> Result<(), HttpProblem> {
        if self.is_being_made.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        let (own, snapshot) = (Arc::clone(self), Arc::clone(snapshot));
        let make = move || {
            let made = archive(&snapshot, &Filter::default());
            let bytes = made.inspect_err(|problem| error!(%problem, "no archive of tiles")).ok().map(Bytes::from);
            own.made.get_or_init(|| bytes);
            own.done.notify_waiters();
        };
        if run_in_background(BackgroundWork::Awaited, make).is_err() {
            self.is_being_made.store(false, Ordering::Release);
            return Err(HttpProblem::Busy);
        }
        Ok(())
    }
}
