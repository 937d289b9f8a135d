//! The first page: what waits for somebody, drafts, what was made together lately.

use chrono::{DateTime, FixedOffset, Offset as _, Utc};
use maud::{Markup, html};
use serde_json::json;

use super::{messages, page, script_texts, text};
use crate::index::Snapshot;
use crate::model::{EditDraft, WorkbookUpload};

/// Japan's clock, which has no summer time: seconds east of UTC.
const JAPAN: i32 = 9 * 3600;

/// What waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditQueue {
    /// Places to go to that have no point.
    Unplaced,
    /// Places that the newest edition of their list lacks (終了候補).
    Ending,
    /// Places that are likely the same.
    Duplicates,
    /// Merged places that their lists have revised since.
    Merged,
}

impl EditQueue {
    /// Every queue, in the order of the type.
    pub const ALL: [Self; 4] = [Self::Unplaced, Self::Ending, Self::Duplicates, Self::Merged];

    /// Its code in addresses, and the key of its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unplaced => "unplaced",
            Self::Ending => "ending",
            Self::Duplicates => "duplicates",
            Self::Merged => "merged",
        }
    }

    /// The queue with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// What was made together: an import, a workbook, an edit of many places.
#[derive(Debug)]
pub struct BatchView {
    /// Its number.
    pub number: i64,
    /// The list that it is an edition of; `None` for edits.
    pub list: Option<String>,
    /// The file that it was made from; `None` for edits in a browser.
    pub file: Option<String>,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// How many places it changed.
    pub places: u32,
    /// How many places it no longer had.
    pub absent: u32,
}

/// What the first page shows.
#[derive(Debug)]
pub struct EditOverviewView<'a> {
    /// How many places, or groups of them, wait in each queue.
    pub counts: &'a [(EditQueue, usize)],
    /// How many suggestions wait.
    pub suggestions: usize,
    /// The workbooks that were uploaded and of which nobody has decided yet.
    pub uploads: &'a [WorkbookUpload],
    /// The drafts of the account, with the names of their places.
    pub drafts: &'a [(&'a EditDraft, Option<String>)],
    /// The newest batches, the newest first.
    pub batches: &'a [BatchView],
}

/// The page.
pub fn overview_page(snapshot: &Snapshot, view: &EditOverviewView<'_>) -> String {
    let data = json!({ "texts": script_texts(snapshot, &["undo.", "failed", "publish.", "upload.refused.too_large"]) });
    let body = html! {
        p { (text("lead")) }
        div class="edit-start" {
            (search(""))
            p { a class="button main" href="/edit/places/new" { (text("new")) } }
            p { a class="button" href="/edit/workbook.xlsx" { (text("workbook")) } }
            (upload_form())
        }
        section aria-labelledby="queues-title" {
            h2 id="queues-title" { (text("queues")) }
            ul class="edit-queues" {
                li { a href="/edit/suggestions" { span class="edit-count" { (view.suggestions) } span { (text("queue.suggestions")) } } }
                @for (queue, count) in view.counts {
                    li { a href={ "/edit/places?queue=" (queue.code()) } {
                        span class="edit-count" { (count) }
                        span { (messages().of("queue.", queue.code())) } } }
                }
            }
        }
        @if !view.uploads.is_empty() {
            section aria-labelledby="uploads-title" {
                h2 id="uploads-title" { (text("uploads")) }
                ul { @for upload in view.uploads {
                    li { a href={ "/edit/imports/" (upload.number) } { (upload.file) } " "
                        span class="note" { (moment(upload.at)) " " (upload.by) } }
                } }
            }
        }
        @if !view.drafts.is_empty() {
            section aria-labelledby="drafts-title" {
                h2 id="drafts-title" { (text("drafts")) }
                ul { @for (draft, name) in view.drafts { (draft_entry(draft, name.as_deref())) } }
            }
        }
        section aria-labelledby="batches-title" {
            h2 id="batches-title" { (text("batches")) }
            @if view.batches.is_empty() { p { (text("batches.none")) } }
            ul class="edit-batches" { @for batch in view.batches { (batch_entry(batch)) } }
        }
    };
    page(snapshot, (text("title"), Some("edit/overview.js")), &data, &body)
}

/// The form that looks for a place.
pub(super) fn search(query: &str) -> Markup {
    html! {
        form class="edit-search" action="/edit/places" role="search" {
            label for="edit-q" { (text("search")) }
            div class="edit-search-row" {
                input id="edit-q" type="search" name="q" value=(query) maxlength="200";
                button { (text("search.go")) }
            }
        }
    }
}

/// The form that takes a workbook home.
fn upload_form() -> Markup {
    html! {
        form class="edit-upload" action="/edit/imports" method="post" enctype="multipart/form-data" {
            label for="edit-file" { (text("upload")) }
            div class="edit-search-row" {
                input id="edit-file" type="file" name="file" required data-most=(WorkbookUpload::MOST_BYTES) accept=".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt";
                button { (text("upload.go")) }
            }
            p class="note" { (text("upload.note")) }
        }
    }
}

/// A time in Japan, to the minute.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    let japan = FixedOffset::east_opt(JAPAN).unwrap_or(Utc.fix());
    at.with_timezone(&japan).format("%Y-%m-%d %H:%M").to_string()
}

fn draft_entry(draft: &EditDraft, name: Option<&str>) -> Markup {
    let typed = draft.fields.get("name").map(String::as_str).filter(|name| !name.is_empty());
    let name = typed.or(name).unwrap_or_else(|| text("new"));
    html! {
        li { a href={ "/edit/places/" (draft.place) } { (name) } " "
            span class="note" { (messages().fill("drafts.at", &[("at", &moment(draft.at))])) } }
    }
}

fn batch_entry(batch: &BatchView) -> Markup {
    let workbook = || batch.file.as_deref().map(|file| messages().fill("batches.workbook", &[("file", file)]));
    let what = batch.list.clone().or_else(workbook).unwrap_or_else(|| text("batches.edits").to_owned());
    let what = what.as_str();
    let count = messages().fill("batches.places", &[("count", &batch.places.to_string())]);
    html! {
        li class="panel" {
            p { strong { (what) } " " (count)
                @if batch.absent > 0 { "・" (messages().fill("batches.absent", &[("count", &batch.absent.to_string())])) } }
            p class="note" { (moment(batch.at)) " " (batch.by) }
            p { button type="button" data-batch=(batch.number)
                aria-label=(messages().fill("undo.batch_of", &[("what", what), ("at", &moment(batch.at))])) { (text("undo.batch")) } }
        }
    }
}
