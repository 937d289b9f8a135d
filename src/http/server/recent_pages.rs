//! The pages that were last written from one snapshot, by their state: whoever goes to and fro between a few choices waits once.
//!
//! Unlike the pages of [`PreparedResponses`](super::prepared::PreparedResponses), whose keys are few, these have a client's choices
//! as keys. So they are bounded for themselves, and those that were not requested for longest go first.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::prepared::PreparedResponse;

/// Pages that are kept at most.
const MOST_PAGES: usize = 32;
/// Bytes that are kept at most, before compression.
const MOST_BYTES: usize = 16 << 20;

/// The pages that were last written, by their keys; those that were requested last in front.
#[derive(Debug, Default)]
pub(in crate::http) struct RecentPages(Mutex<VecDeque<(String, Arc<PreparedResponse>)>>);

impl RecentPages {
    /// The page at `key`, written by `write` where it is not kept. Two who want the same page at once may both write it.
    pub(in crate::http) fn page(&self, key: String, write: impl FnOnce() -> PreparedResponse) -> Arc<PreparedResponse> {
        if let Some(page) = self.kept(&key) {
            return page;
        }
        let page = Arc::new(write());
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.push_front((key, Arc::clone(&page)));
        pages.truncate(MOST_PAGES);
        while pages.len() > 1 && pages.iter().map(|(_, page)| page.identity().len()).sum::<usize>() > MOST_BYTES {
            pages.pop_back();
        }
        page
    }

    fn kept(&self, key: &str) -> Option<Arc<PreparedResponse>> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = pages.iter().position(|(known, _)| known == key)?;
        let entry = pages.remove(at)?;
        let page = Arc::clone(&entry.1);
        pages.push_front(entry);
        Some(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(pages: &RecentPages, key: usize, bytes: usize) -> bool {
        let mut is_written = false;
        pages.page(key.to_string(), || {
            is_written = true;
            PreparedResponse::ready("text/html", vec![b' '; bytes].into())
        });
        is_written
    }

    #[test]
    fn the_page_that_was_not_requested_for_longest_is_written_anew() {
        let pages = RecentPages::default();
        assert!((0..MOST_PAGES).all(|key| page(&pages, key, 10)));
        assert!(!page(&pages, 0, 10), "it is kept");
        assert!(page(&pages, MOST_PAGES, 10), "it is new");
        assert_eq!((page(&pages, 0, 10), page(&pages, 1, 10)), (false, true));
    }

    #[test]
    fn pages_are_bounded_by_their_bytes_too() {
        let pages = RecentPages::default();
        assert!((0..3).all(|key| page(&pages, key, MOST_BYTES / 2)));
        assert_eq!((page(&pages, 2, 1), page(&pages, 0, 1)), (false, true));
        assert!(page(&pages, 9, 2 * MOST_BYTES) && !page(&pages, 9, 1), "alone, even a larger one is kept");
    }
}
