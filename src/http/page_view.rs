//! The state of a page of this request: by its query, in the language of its reader, as of today.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use crate::editor::now_in_japan;
use crate::publish::html::PageView;

pub(super) use crate::publish::media_types::HTML;

/// The state that `pairs` name; `Accept-Language` decides where they name no language.
pub(super) fn page_view(pairs: &[(String, String)], headers: &HeaderMap) -> PageView {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut view = PageView::parse(pairs, accepted);
    view.filter.today = Some(now_in_japan().date());
    view
}
