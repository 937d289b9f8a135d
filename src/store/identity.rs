//! Which file it is that stands at a path: a name says little once files are moved.

use std::path::Path;

/// Tells a file from another one that takes its name while the first is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileId {
    device: u64,
    number: u64,
}

impl FileId {
    /// The file that stands at `path`; `None` where there is none, or the system does not tell files apart.
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;

        let about = std::fs::metadata(path).ok()?;
        Some(Self { device: about.dev(), number: about.ino() })
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Path) -> Option<Self> {
        None
    }
}
