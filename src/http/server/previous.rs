//! The version of the data before the current one, kept for a while: whoever pages through a list goes on in the version in which it
//! began, whatever is edited meanwhile.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::Instant;

use super::prepared::PreparedResponses;

/// How long it is kept.
const KEPT: Duration = Duration::from_mins(10);
/// The largest version that is kept, in bytes.
const MAX_BYTES: usize = 256 << 20;
/// What a snapshot takes in memory per byte of its encoded features, about: they themselves, the places, and the indexes.
const BYTES_PER_ENCODED: usize = 4;

/// The version before, and when it was replaced; `None` where there is none or its time is over.
#[derive(Debug, Default)]
pub(in crate::http) struct PreviousVersion(Mutex<Option<(Arc<PreparedResponses>, Instant)>>);

impl PreviousVersion {
    /// The responses of `version`, if it is the one that is kept.
    pub(in crate::http) fn of(&self, version: &str) -> Option<Arc<PreparedResponses>> {
        self.forget_if_over();
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().map(|(responses, _)| responses).filter(|it| it.snapshot.version == version).map(Arc::clone)
    }

    /// Keeps what `replaced` needs for its pages, unless it is too large.
    pub(in crate::http) fn keep(self: &Arc<Self>, replaced: &PreparedResponses) {
        let bytes = replaced.snapshot.encoded().whole().len().saturating_mul(BYTES_PER_ENCODED);
        let kept = (bytes <= MAX_BYTES).then(|| (replaced.kept(), Instant::now()));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = kept;
        let version = Arc::downgrade(self);
        // Without a runtime, whoever requests the next page forgets it.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                tokio::time::sleep(KEPT).await;
                if let Some(version) = version.upgrade() {
                    version.forget_if_over();
                }
            });
        }
    }

    fn forget_if_over(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_some_and(|(_, replaced)| replaced.elapsed() >= KEPT) {
            *kept = None;
        }
    }
}
