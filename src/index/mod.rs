//! What the program knows at one moment, ready to be asked: places, trees, text index and encoded features.
//!
//! A [`Snapshot`] is built whole from the stored places for one audience and never changed. This module does no I/O.

mod build;
mod directory;
pub mod encoded;
mod hilbert;
pub mod query;
pub mod ranges;
pub mod shared;
pub mod snapshot;
mod spatial;
mod text;
mod version;
pub mod visible;

pub use self::ranges::PlaceRanges;
pub use encoded::EncodedFeatures;
pub use query::Filter;
pub use shared::SharedSnapshots;
pub use snapshot::Snapshot;
pub use visible::{SnapshotInput, VisibleLinkWorker, VisiblePlace};
