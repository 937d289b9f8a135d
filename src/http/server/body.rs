//! Zero-copy response bodies: slices of shared memory (a header, a range of the arena, a footer), never copied together.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use crate::index::Snapshot;

/// A response body of several slices, sent one after the other.
#[derive(Debug, Clone)]
pub(in crate::http) struct BodySlices(std::collections::VecDeque<Bytes>);

impl BodySlices {
    /// A body of `slices` in this order.
    pub(in crate::http) fn new(slices: impl IntoIterator<Item = Bytes>) -> Self {
        Self(slices.into_iter().filter(|slice| !slice.is_empty()).collect())
    }

    /// Bytes left to send.
    pub(in crate::http) fn len(&self) -> usize {
        self.0.iter().map(Bytes::len).sum()
    }

    /// The slices copied into one buffer.
    pub(in crate::http) fn joined(&self) -> Vec<u8> {
        let mut all = Vec::with_capacity(self.len());
        self.0.iter().for_each(|slice| all.extend_from_slice(slice));
        all
    }

    /// Converts to axum's body, with a known `Content-Length`.
    pub(in crate::http) fn into_body(mut self) -> Body {
        if self.0.len() == 1 { self.0.pop_front().map_or_else(Body::empty, Body::from) } else { Body::new(self) }
    }
}

impl HttpBody for BodySlices {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|slice| Ok(Frame::data(slice))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.len() as u64)
    }
}

/// The arena of a snapshot as shared bytes, which keep the snapshot alive while any slice of them is being sent.
pub(in crate::http) fn arena(snapshot: &Arc<Snapshot>) -> Bytes {
    struct Arena(Arc<Snapshot>);
    impl AsRef<[u8]> for Arena {
        fn as_ref(&self) -> &[u8] {
            self.0.encoded().whole()
        }
    }
    Bytes::from_owner(Arena(Arc::clone(snapshot)))
}
