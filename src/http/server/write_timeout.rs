//! Write timeout (slow clients): closes a connection whose client reads nothing for too long, so that it cannot hold a
//! connection permit for ever.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use super::connections::{ConnectionWatch, WRITE_TIMEOUT};

/// Bytes that count as progress: a client that reads a byte now and then holds its connection as well as one that reads none.
const PROGRESS: usize = 16 << 10;

/// A TCP stream whose writes fail after [`WRITE_TIMEOUT`] without progress. The timer starts only when a write blocks.
#[derive(Debug)]
pub(in crate::http) struct WriteTimeoutStream {
    stream: TcpStream,
    watch: Arc<ConnectionWatch>,
    blocked: Option<BlockedWrite>,
}

/// A write that has blocked, and what was written since.
#[derive(Debug)]
struct BlockedWrite {
    timer: Pin<Box<Sleep>>,
    since: Instant,
    written: usize,
}

impl WriteTimeoutStream {
    pub(in crate::http) fn new(stream: TcpStream, watch: Arc<ConnectionWatch>) -> Self {
        Self { stream, watch, blocked: None }
    }

    /// Clears the timer if the write made progress of `bytes`; fails if the timer has expired.
    fn watch<T>(
        &mut self,
        outcome: Poll<io::Result<T>>,
        bytes: impl Fn(&T) -> usize,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        match &outcome {
            Poll::Ready(Ok(written)) => self.has_written(bytes(written)),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                let blocked = self.blocked.get_or_insert_with(BlockedWrite::new);
                self.watch.waits_for_reading(Some(blocked.since));
                if blocked.timer.as_mut().poll(context).is_ready() {
                    return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                }
            }
        }
        outcome
    }

    fn has_written(&mut self, bytes: usize) {
        let Some(blocked) = &mut self.blocked else { return };
        blocked.written = blocked.written.saturating_add(bytes);
        if blocked.written >= PROGRESS {
            self.blocked = None;
            self.watch.waits_for_reading(None);
        }
    }
}

impl BlockedWrite {
    fn new() -> Self {
        Self { timer: Box::pin(tokio::time::sleep(WRITE_TIMEOUT)), since: Instant::now(), written: 0 }
    }
}

impl AsyncRead for WriteTimeoutStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for WriteTimeoutStream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(outcome, |written| *written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.watch(outcome, |written| *written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // The transport flushes when it has nothing left to write.
        self.has_written(PROGRESS);
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
