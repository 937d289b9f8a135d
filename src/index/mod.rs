//! In-memory index: immutable snapshots of the redacted places, with spatial trees, text index and encoded features.
//!
//! One [`Snapshot`] per audience is built from the stored places and never modified; a change builds and swaps in new ones.
//! This module does no I/O.

mod build;
mod directory;
pub mod duplicates;
pub mod encoded;
pub mod filter;
mod hilbert;
mod kept;
pub mod land;
mod last_build;
pub mod neighbours;
mod public_forms;
pub mod ranges;
pub mod searched;
pub mod shared;
mod sketched_districts;
pub mod snapshot;
mod spatial;
mod text;
mod version;
pub mod visible;

pub use self::ranges::PlaceRanges;
pub use encoded::EncodedFeatures;
pub use filter::{Filter, FilterAnswer};
pub use hilbert::neighbourhood_rank;
pub use kept::KeptValues;
pub use land::{LandLabel, LandMap};
pub use last_build::LastBuild;
pub use neighbours::Neighbours;
pub use shared::SharedSnapshots;
pub use snapshot::Snapshot;
pub use visible::{ConsentCounts, SnapshotInput, VisibleLinkWorker, VisiblePlace};
