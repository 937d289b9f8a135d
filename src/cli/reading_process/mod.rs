//! The process in which lists are read: one of its own, which the system bounds, on Unix; elsewhere the command's own.

#[cfg(unix)]
mod bounded;
#[cfg(not(unix))]
mod unbounded;
mod upload;

#[cfg(unix)]
pub use bounded::{bound_this_process, is_reader, run};
#[cfg(not(unix))]
pub use unbounded::{bound_this_process, is_reader, run};
pub use upload::{read_upload_here, upload_reader};
