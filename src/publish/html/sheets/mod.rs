//! The printable sheets between doctor and link worker, filled in on the screen or by hand.
//!
//! They contain no data, so both addresses serve them. Privacy: what is typed stays in the page, because there is no `form` to
//! submit and no field has a name. This module does no I/O.

mod assessment;
mod parts;
mod referral;
mod report;
mod web;

use maud::{Markup, html};

use super::{NavItem, PageLayout};
use crate::index::Snapshot;
use crate::model::{InstitutionTable, Messages, Thesaurus};
use crate::publish::link_worker_messages::catalogue;
use crate::publish::page_file::SitePage;

/// A kind of sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetForm {
    /// 相談支援依頼シート: the referral from a doctor to a link worker.
    Referral,
    /// The assessment by the six axes of Positive Health, together with the person.
    Assessment,
    /// 支援状況連絡シート: the report of the link worker to the doctor.
    Report,
}

impl SheetForm {
    /// All sheets, in the order of use.
    pub const ALL: [Self; 3] = [Self::Referral, Self::Assessment, Self::Report];

    /// The path of its page.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Referral => "/sheets/referral",
            Self::Assessment => "/sheets/assessment",
            Self::Report => "/sheets/report",
        }
    }

    /// The key in message keys and scripts.
    const fn key(self) -> &'static str {
        match self {
            Self::Referral => "referral",
            Self::Assessment => "assessment",
            Self::Report => "report",
        }
    }

    /// The name of the sheet.
    fn name(self, messages: &Messages) -> &str {
        sheet_text(self, messages, "sheet_name.")
    }
}

/// The message of a sheet below `prefix`.
fn sheet_text<'a>(sheet: SheetForm, messages: &'a Messages, prefix: &str) -> &'a str {
    messages.of(prefix, sheet.key())
}

/// The page `/sheets`: what each sheet is for, who gives it to whom, and a link to it.
pub fn sheets_page(snapshot: &Snapshot) -> String {
    let messages = catalogue("sheets");
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Sheets,
        title: None,
        styles: &["sheets/sheets.css"],
        script: None,
        page: Some(SitePage::Sheets),
    };
    let body = html! {
        p class="lead" { (messages.text("lead")) }
        h2 { (messages.text("order")) }
        ol class="sheet-list" {
            @for sheet in SheetForm::ALL {
                li class="panel" {
                    h3 { (sheet.name(messages)) }
                    dl {
                        @for (label, prefix) in [("who", "sheet_way."), ("when", "sheet_when."), ("what", "sheet_what.")] {
                            div { dt { (messages.text(label)) } dd { (sheet_text(sheet, messages, prefix)) } }
                        }
                    }
                    p { a class="button main" href=(sheet.address()) { (messages.fill("open", &[("sheet", sheet.name(messages))])) } }
                }
            }
        }
        h2 { (messages.text("rules")) }
        ul class="rules" {
            @for rule in ["rule.consent", "rule.name", "rule.code", "rule.least", "rule.sent", "rule.hand"] { li { (messages.text(rule)) } }
        }
        p { a href=(NavItem::Guide.address()) { (messages.text("guide")) } }
    };
    layout.document(&layout.main_of(&body)).into_string()
}

/// What sheets offer of the city's own tables.
#[derive(Debug, Clone, Copy)]
pub struct SheetTables<'a> {
    /// Activities are listed by its terms.
    pub thesaurus: &'a Thesaurus,
    /// Where help by law begins.
    pub institutions: &'a InstitutionTable,
}

/// The page of one sheet.
pub fn sheet_page(snapshot: &Snapshot, sheet: SheetForm, tables: SheetTables<'_>) -> String {
    let messages = catalogue("sheets");
    let title = Some(sheet.name(messages));
    let styles = &["sheets/sheets.css"];
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Sheets,
        title,
        styles,
        script: Some("sheets/page.js"),
        page: Some(SitePage::Sheet(sheet.key())),
    };
    let body = html! {
        div class="no-print" {
            p class="lead" { (sheet_text(sheet, messages, "sheet_way.")) }
            p { (messages.text("privacy")) }
            p { a href=(NavItem::Sheets.address()) { (messages.text("back")) } }
        }
        (button_bar(messages))
        (paper(snapshot, sheet, tables))
        (button_bar(messages))
    };
    layout.document(&layout.main_of(&body)).into_string()
}

/// The buttons to print and clear, above and below the sheet.
fn button_bar(messages: &Messages) -> Markup {
    html! {
        div class="bar no-print" hidden {
            button type="button" class="main" data-print { (messages.text("print")) }
            button type="button" data-clear data-confirm=(messages.text("clear_ask")) data-done=(messages.text("cleared")) { (messages.text("clear")) }
            span role="status" {}
        }
    }
}

/// The sheet itself, which scripts of other pages embed.
fn paper(snapshot: &Snapshot, sheet: SheetForm, tables: SheetTables<'_>) -> Markup {
    let messages = catalogue("sheets");
    let institutions: Vec<&str> = tables.institutions.groups().into_iter().map(|(group, _)| group).collect();
    let leaves = match sheet {
        SheetForm::Referral => vec![referral::leaf(messages)],
        SheetForm::Report => vec![report::leaf(messages, &institutions)],
        SheetForm::Assessment => assessment::leaves(messages, snapshot, tables.thesaurus),
    };
    let numbers = match sheet {
        SheetForm::Report => report::numbers(messages),
        SheetForm::Referral | SheetForm::Assessment => parts::area(messages.text("code"), "code"),
    };
    let pages = leaves.len();
    html! {
        article class="paper sheet" data-sheet=(sheet.key()) lang="ja" aria-label=(sheet.name(messages)) {
            @for (at, leaf) in leaves.iter().enumerate() {
                div class="leaf" {
                    @if at == 0 { (parts::head(messages, (sheet.name(messages), sheet_text(sheet, messages, "sheet_way.")), &numbers, sheet != SheetForm::Assessment)) }
                    (leaf)
                    p class="foot" {
                        (snapshot.city.name) " " (sheet.name(messages)) @if pages > 1 { " " (at + 1) "/" (pages) }
                        @if snapshot.sample { "（" (messages.text("sample")) "）" }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SnapshotInput;
    use crate::model::Audience;

    fn pages() -> Vec<String> {
        let snapshot = Snapshot::build(&SnapshotInput::default(), Audience::Public);
        let (thesaurus, institutions) = (Thesaurus::default(), InstitutionTable::default());
        let tables = SheetTables { thesaurus: &thesaurus, institutions: &institutions };
        let sheets = SheetForm::ALL.map(|sheet| sheet_page(&snapshot, sheet, tables));
        [sheets_page(&snapshot)].into_iter().chain(sheets).collect()
    }

    /// The values of an attribute, and of it alone: ` name="` is not in ` data-name="`.
    fn has_attribute(html: &str, name: &str) -> bool {
        html.contains(&format!(" {name}=")) || html.contains(&format!(" {name} "))
    }

    #[test]
    fn nothing_in_a_sheet_could_be_sent() {
        for html in pages() {
            assert!(!html.contains("<form"), "a form could be sent");
            let body = html.split("<main").nth(1).unwrap();
            for attribute in ["name", "action", "formaction", "method", "style", "onclick", "value"] {
                assert!(!has_attribute(body, attribute), "{attribute} in {body}");
            }
            let buttons = body.matches("<button").count();
            assert_eq!(buttons, body.matches("<button type=\"button\"").count(), "a button of another kind submits");
        }
    }

    #[test]
    fn no_browser_keeps_or_sends_what_is_typed() {
        for html in pages() {
            let fields = ["<input", "<textarea", "<select"].map(|tag| html.matches(tag).count()).iter().sum::<usize>();
            assert_eq!(html.matches("autocomplete=\"off\"").count(), fields);
            let typed = html.matches("<textarea").count() + html.matches("<input type=\"text\"").count();
            assert_eq!(html.matches("spellcheck=\"false\"").count(), typed, "a spelling service reads along");
        }
    }

    #[test]
    fn every_text_is_there() {
        for html in pages() {
            for prefix in ["sheet_", "rule.", "referral.", "report.", "assessment.", "axis_", "change."] {
                assert!(!html.contains(&format!(">{prefix}")) && !html.contains(&format!("\"{prefix}")), "{prefix}");
            }
            let pattern = catalogue("sheets").text("report.row_name");
            assert!(!html.replace(pattern, "").contains('{'), "a value was not filled in");
        }
    }

    #[test]
    fn every_field_has_a_label() {
        for html in pages() {
            for field in ["<textarea", "<input", "<select"] {
                for (at, _) in html.match_indices(field) {
                    let tag = &html[at..at + html[at..].find('>').unwrap()];
                    let before = &html[..at];
                    let inside = before.rfind("<label") > before.rfind("</label>");
                    assert!(inside || tag.contains("aria-label=\""), "{tag}");
                }
            }
        }
    }
}
