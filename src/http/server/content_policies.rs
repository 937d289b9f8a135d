//! The content security policies of an address, written once. This module does no I/O.

use std::sync::OnceLock;

use axum::http::HeaderValue;

/// The policy of all pages, and that of the one for frames. Settings stay as they are while the server runs.
#[derive(Debug, Default)]
pub(in crate::http) struct ContentPolicies([OnceLock<HeaderValue>; 2]);

impl ContentPolicies {
    /// The policy of a page, which `write` writes the first time.
    pub(in crate::http) fn of(&self, is_embeddable: bool, write: impl FnOnce() -> String) -> HeaderValue {
        // Settings are checked when they are read; with a policy that could not be sent, nothing would be loaded.
        let value = || HeaderValue::from_str(&write()).unwrap_or(HeaderValue::from_static("default-src 'none'"));
        self.0[usize::from(is_embeddable)].get_or_init(value).clone()
    }
}
