//! Zero-copy response bodies: slices of shared memory (a header, a range of the arena, a footer), never copied together.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::in_flight::GeneratedBytes;
use crate::index::encoded::{FOOTER, SEPARATOR};
use crate::index::{PlaceRanges, Snapshot};

/// A response body of several slices, sent one after the other: some of any memory, then ranges of the arena.
#[derive(Debug, Clone, Default)]
pub(in crate::http) struct BodySlices {
    first: VecDeque<Bytes>,
    arena: Bytes,
    ranges: VecDeque<Range<usize>>,
    last: Bytes,
    /// Bytes that exist for this body alone.
    generated: usize,
}

impl BodySlices {
    /// A body of one slice of shared memory.
    pub(in crate::http) fn shared(slice: Bytes) -> Self {
        Self { first: VecDeque::from([slice]), ..Self::default() }
    }

    /// A body that was generated for one request.
    pub(in crate::http) fn generated(bytes: Vec<u8>) -> Self {
        Self { generated: bytes.len(), ..Self::shared(bytes.into()) }
    }

    /// The `FeatureCollection` of these places: `header`, their features as they lie in the arena, the footer.
    pub(in crate::http) fn of_places(snapshot: &Snapshot, arena: &Bytes, header: Bytes, places: &PlaceRanges) -> Self {
        let runs = places.ranges();
        let span = |(rank, run): (usize, &Range<usize>)| {
            let span = snapshot.encoded().span(run.clone());
            // Between two places of the arena lies the separator, which is sent with the first of them.
            let separator = if rank + 1 < runs.len() { SEPARATOR.len() } else { 0 };
            span.start..span.end + separator
        };
        let ranges: VecDeque<Range<usize>> = runs.iter().enumerate().map(span).collect();
        let generated = header.len() + ranges.len() * size_of::<Range<usize>>();
        let last = Bytes::from_static(FOOTER);
        Self { first: VecDeque::from([header]), arena: arena.clone(), ranges, last, generated }
    }

    /// Bytes left to send.
    pub(in crate::http) fn len(&self) -> usize {
        let (first, ranges) = (self.first.iter().map(Bytes::len), self.ranges.iter().map(ExactSizeIterator::len));
        first.chain(ranges).sum::<usize>() + self.last.len()
    }

    /// Bytes that exist for this body alone.
    pub(in crate::http) fn generated_bytes(&self) -> GeneratedBytes {
        GeneratedBytes(self.generated)
    }

    /// Whether most of it lies in shared memory.
    pub(in crate::http) fn is_shared(&self) -> bool {
        self.generated < self.len() / 2
    }

    /// The slices copied into one buffer.
    pub(in crate::http) fn joined(&self) -> Vec<u8> {
        let mut all = Vec::with_capacity(self.len());
        self.clone().for_each(|slice| all.extend_from_slice(&slice));
        all
    }

    /// Converts to axum's body, with a known `Content-Length`.
    pub(in crate::http) fn into_body(self) -> Body {
        if self.len() == 0 { Body::empty() } else { Body::new(self) }
    }
}

impl Iterator for BodySlices {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        let slice = self.first.pop_front().or_else(|| self.ranges.pop_front().map(|range| self.arena.slice(range)));
        slice.or_else(|| Some(std::mem::take(&mut self.last)).filter(|last| !last.is_empty()))
    }
}

impl HttpBody for BodySlices {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.next().map(|slice| Ok(Frame::data(slice))))
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_empty() && self.ranges.is_empty() && self.last.is_empty()
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
