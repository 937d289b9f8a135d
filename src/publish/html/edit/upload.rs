//! A workbook that came home in a browser: what it changes, old beside new, to be taken change by change.

use maud::{Markup, html};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

use super::overview::moment;
use super::{heading, messages, page, script_texts, text};
use crate::index::Snapshot;
use crate::model::place_row::audience_in_words;
use crate::model::{Audience, PlaceId, WorkbookUpload};

/// Texts longer than this are shown whole: their difference by character takes longer than a person waits, and says less.
const MOST_COMPARED: usize = 2_000;

/// Texts that have less than this in common, from 0 to 1, are two texts: single characters that happen to be in both say nothing.
const LEAST_IN_COMMON: f32 = 0.5;

/// What an upload would change.
#[derive(Debug)]
pub struct UploadView<'a> {
    /// The upload.
    pub upload: &'a WorkbookUpload,
    /// What is sent back, so that only what was looked at is taken.
    pub state: &'a str,
    /// Places with edited cells.
    pub changes: Vec<UploadChangeView<'a>>,
    /// New places.
    pub added: Vec<NewPlaceView<'a>>,
    /// Places of which the row was removed.
    pub removed: Vec<(&'a PlaceId, &'a str)>,
    /// How many rows change nothing.
    pub unchanged: u32,
    /// Rows that cannot be used, and why.
    pub rejected: Vec<(u32, String)>,
    /// What somebody has to decide: the row, the key of the column, the code of the reason.
    pub undecided: Vec<(u32, Option<&'a str>, &'static str)>,
}

/// A new place.
#[derive(Debug)]
pub struct NewPlaceView<'a> {
    /// Its row.
    pub row: u32,
    /// Its name.
    pub name: &'a str,
    /// Who will see it.
    pub audience: Audience,
}

/// A place with edited cells.
#[derive(Debug)]
pub struct UploadChangeView<'a> {
    /// The place.
    pub id: &'a PlaceId,
    /// Its name.
    pub name: &'a str,
    /// The edited cells.
    pub cells: Vec<ChangedCellView<'a>>,
    /// Whether nothing of it would be stored: all of it is in conflict, or waits to be published.
    pub is_nothing: bool,
    /// Why it would widen who sees something, by code.
    pub widened: Option<&'static str>,
}

/// An edited cell.
#[derive(Debug)]
pub struct ChangedCellView<'a> {
    /// The key of its column.
    pub field: &'a str,
    /// Where it stands.
    pub cell: &'a str,
    /// The text with which it went out.
    pub was: &'a str,
    /// Its text now.
    pub now: &'a str,
    /// What is stored.
    pub stored: &'a str,
    /// Whether somebody else has changed it meanwhile: what is stored stays.
    pub is_conflict: bool,
}

/// The page of an upload.
pub fn upload_page(snapshot: &Snapshot, view: &UploadView<'_>) -> String {
    let upload = view.upload;
    let data = json!({
        "texts": script_texts(snapshot, &["upload.", "failed"]), "number": upload.number, "state": view.state,
    });
    let title = messages().fill("upload.of", &[("file", &upload.file)]);
    let (published, plain): (Vec<_>, Vec<_>) = view.changes.iter().partition(|it| it.widened.is_some());
    let is_something = !(view.changes.is_empty() && view.added.is_empty() && view.removed.is_empty());
    let body = html! {
        p { a href="/edit" { (text("back")) } }
        p { (moment(upload.at)) " " (upload.by) }
        (counts(view))
        form id="upload-form" {
            (section("changed", &plain, |it| change(it)))
            (section("added", &view.added.iter().collect::<Vec<_>>(), |it| added(it)))
            (section("removed", &view.removed.iter().collect::<Vec<_>>(), |(id, name)| removed(id, name)))
            (section("widened", &published, |it| change(it)))
            p class="edit-pair-buttons" {
                @if is_something { button class="main" type="submit" value="accept" { (text("upload.accept")) } }
                button type="submit" value="reject" { (text(if is_something { "upload.reject" } else { "upload.drop" })) }
            }
        }
        (section("undecided", &view.undecided.iter().collect::<Vec<_>>(), |it| undecided(it)))
        (section("rejected", &view.rejected.iter().collect::<Vec<_>>(), |(row, why)| row_entry(*row, why)))
    };
    page(snapshot, (&title, Some("edit/upload.js")), &data, &body)
}

/// The page that says why a file was not taken; `why` is the code of the reason.
pub fn refused_upload_page(snapshot: &Snapshot, why: &str, detail: &str) -> String {
    let body = html! {
        p { a href="/edit" { (text("back")) } }
        p class="panel edit-notice" role="alert" { (messages().of("upload.refused.", why)) }
        @if !detail.is_empty() { p { (detail) } }
    };
    page(snapshot, (text("upload.refused"), None), &Value::Null, &body)
}

fn counts(view: &UploadView<'_>) -> Markup {
    let counted = [
        ("upload.changed", view.changes.len()),
        ("upload.added", view.added.len()),
        ("upload.removed", view.removed.len()),
        ("upload.unchanged", view.unchanged as usize),
        ("upload.undecided", view.undecided.len()),
        ("upload.rejected", view.rejected.len()),
    ];
    html! {
        dl class="edit-counts" {
            @for (key, count) in counted { div { dt { (text(key)) } dd { (count) } } }
        }
    }
}

/// A part of the page with its entries; nothing where there are none.
fn section<T>(what: &'static str, entries: &[T], entry: impl Fn(&T) -> Markup) -> Markup {
    let lead = messages().optional(&format!("upload.lead.{what}"));
    html! {
        @if !entries.is_empty() {
            section aria-labelledby={ "upload-" (what) "-title" } {
                h2 id={ "upload-" (what) "-title" } { (messages().of("upload.", what)) "（" (entries.len()) "）" }
                @if !lead.is_empty() { p { (lead) } }
                ul class="edit-list" { @for it in entries { (entry(it)) } }
            }
        }
    }
}

fn change(view: &UploadChangeView<'_>) -> Markup {
    let key = format!("edited:{}", view.id.0);
    let is_nothing = view.is_nothing;
    html! {
        li class="panel" {
            @if is_nothing && view.widened.is_none() {
                p class="edit-name" { strong { (view.name) } }
                p class="note" { (text("upload.nothing")) }
            } @else {
                (choice("take", &key, (view.name, !is_nothing)))
            }
            @if let Some(why) = view.widened {
                p { (messages().fill("upload.widens", &[("why", messages().of("upload.why.", why))])) }
                label class="edit-take" {
                    input type="checkbox" name="publish" value=(view.id.0);
                    span { (messages().fill("upload.publish", &[("name", view.name)])) }
                }
            }
            div class="edit-changes" tabindex="0" role="region" aria-label=(messages().fill("upload.cells", &[("name", view.name)])) {
                table {
                    thead { tr { th scope="col" { (text("history.field")) } th scope="col" { (text("history.was")) } th scope="col" { (text("history.now")) } } }
                    tbody { @for cell in &view.cells { (cell_row(cell)) } }
                }
            }
            p class="note" { a href={ "/edit/places/" (view.id.0) } { (text("upload.open")) } }
        }
    }
}

fn choice(name: &str, key: &str, (label, is_taken): (&str, bool)) -> Markup {
    html! {
        label class="edit-take" {
            input type="checkbox" name=(name) value=(key) checked[is_taken];
            strong { (label) }
        }
    }
}

fn cell_row(cell: &ChangedCellView<'_>) -> Markup {
    let (was, now) = marked(cell.was, cell.now);
    html! {
        tr {
            th scope="row" { (heading(cell.field)) " " span class="note" { (cell.cell) } }
            td { (was) }
            td { (now)
                @if cell.is_conflict {
                    p class="edit-fault" { (messages().fill("upload.conflict", &[("stored", cell.stored)])) }
                }
            }
        }
    }
}

/// Two texts with what only one of them has marked, by character.
fn marked(was: &str, now: &str) -> (Markup, Markup) {
    if was.chars().count() > MOST_COMPARED || now.chars().count() > MOST_COMPARED {
        return (html! { (was) }, html! { (now) });
    }
    let diff = TextDiff::from_chars(was, now);
    if diff.ratio() < LEAST_IN_COMMON {
        return (html! { @if !was.is_empty() { del { (was) } } }, html! { @if !now.is_empty() { ins { (now) } } });
    }
    // Runs of characters with the same tag, so that a screen reader says a word and not its letters.
    let runs = |other: ChangeTag| {
        let mut runs: Vec<(bool, String)> = Vec::new();
        for change in diff.iter_all_changes().filter(|change| change.tag() != other) {
            let is_own = change.tag() != ChangeTag::Equal;
            match runs.last_mut().filter(|(is, _)| *is == is_own) {
                Some((_, run)) => run.push_str(change.value()),
                None => runs.push((is_own, change.value().to_owned())),
            }
        }
        runs
    };
    let (removed, added) = (runs(ChangeTag::Insert), runs(ChangeTag::Delete));
    let was = html! { @for (is_own, run) in &removed { @if *is_own { del { (run) } } @else { (run) } } };
    let now = html! { @for (is_own, run) in &added { @if *is_own { ins { (run) } } @else { (run) } } };
    (was, now)
}

fn added(NewPlaceView { row, name, audience }: &NewPlaceView<'_>) -> Markup {
    let values =
        [("row", row.to_string()), ("name", (*name).to_owned()), ("audience", audience_in_words(*audience).to_owned())];
    let label = messages().fill("upload.new", &values.each_ref().map(|(key, value)| (*key, value.as_str())));
    html! { li class="panel" { (choice("take", &format!("added:{row}"), (&label, true))) } }
}

fn removed(id: &PlaceId, name: &str) -> Markup {
    html! { li class="panel" { (choice("take", &format!("removed:{}", id.0), (name, true))) } }
}

fn undecided((row, field, why): &(u32, Option<&str>, &'static str)) -> Markup {
    let field = field.map(|key| format!("{}：", heading(key))).unwrap_or_default();
    row_entry(*row, &format!("{field}{}", messages().of("upload.undecided.", why)))
}

fn row_entry(row: u32, said: &str) -> Markup {
    html! { li { (messages().fill("upload.row", &[("row", &row.to_string()), ("text", said)])) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_one_text_has_is_marked() {
        let (was, now) = marked("毎月第2火曜日", "毎月第3火曜日<");
        assert_eq!(was.into_string(), "毎月第<del>2</del>火曜日");
        assert_eq!(now.into_string(), "毎月第<ins>3</ins>火曜日<ins>&lt;</ins>");
        let (was, now) = marked("月曜 10時", "水・金の午後");
        assert_eq!(
            (was.into_string(), now.into_string()),
            ("<del>月曜 10時</del>".to_owned(), "<ins>水・金の午後</ins>".to_owned())
        );
        let (was, now) = marked("", "新しい");
        assert_eq!((was.into_string(), now.into_string()), (String::new(), "<ins>新しい</ins>".to_owned()));
    }
}
