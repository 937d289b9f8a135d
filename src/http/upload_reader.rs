//! What reads workbooks that are uploaded: a process of its own, which the system bounds. The server itself never opens a file.

use std::fmt;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::HttpProblem;
use crate::editor::ReadUpload;

/// Uploads that are received and read at once.
const AT_ONCE: usize = 2;

/// Reads the bytes of a file.
type ReadBytes = dyn Fn(&[u8]) -> ReadUpload + Send + Sync;

/// Reads workbooks that are uploaded.
#[derive(Clone)]
pub struct UploadReader {
    read: Arc<ReadBytes>,
    room: Arc<Semaphore>,
}

impl UploadReader {
    /// Reads by `read`, which waits for the process.
    pub fn new(read: impl Fn(&[u8]) -> ReadUpload + Send + Sync + 'static) -> Self {
        Self { read: Arc::new(read), room: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Receives an upload by `receive` and reads it; both only while there is room.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        receive: impl Future<Output = Result<(T, Vec<u8>), HttpProblem>>,
    ) -> Result<(T, String, ReadUpload), HttpProblem> {
        let Ok(_held) = self.room.try_acquire() else { return Err(HttpProblem::Busy) };
        let (about, bytes) = receive.await?;
        let read = Arc::clone(&self.read);
        let done = tokio::task::spawn_blocking(move || (blake3::hash(&bytes).to_hex().to_string(), read(&bytes))).await;
        let (blake3, read) = done.map_err(|_| HttpProblem::Internal)?;
        Ok((about, blake3, read))
    }
}

impl fmt::Debug for UploadReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadReader").finish_non_exhaustive()
    }
}
