//! The audit log as a page.

use chrono::{FixedOffset, Offset as _, Utc};
use maud::html;

use super::{messages, page};
use crate::index::Snapshot;
use crate::model::AuditEntry;
use crate::publish::html::NavItem;

/// Japan's clock, which has no summer time: seconds east of UTC.
const JAPAN: i32 = 9 * 3600;

/// The page with these rows; `before` is the number from which older ones follow.
pub fn log_page(snapshot: &Snapshot, rows: &[AuditEntry], before: Option<u64>) -> String {
    let messages = messages();
    let japan = FixedOffset::east_opt(JAPAN).unwrap_or(Utc.fix());
    let heads = ["log.number", "log.at", "log.by", "log.action", "log.subject", "log.fields"];
    let action = |code: &str| match messages.optional(&format!("action.{code}")) {
        "" => code.to_owned(),
        text => text.to_owned(),
    };
    let body = html! {
        p { (messages.text("log.lead")) }
        @if rows.is_empty() { p { (messages.text("log.none")) } }
        @else {
            // It scrolls by itself where the window is narrow; keys can then reach it.
            div class="account-log" tabindex="0" role="region" aria-label=(messages.text("log")) {
                table {
                    thead { tr { @for head in heads { th scope="col" { (messages.text(head)) } } } }
                    tbody {
                        @for row in rows {
                            tr {
                                td { (row.number) }
                                td { (row.at.with_timezone(&japan).format("%Y-%m-%d %H:%M:%S")) }
                                td { (row.by) }
                                td { (action(&row.action)) }
                                td { (row.subject) }
                                td { (row.fields.join(", ")) }
                            }
                        }
                    }
                }
            }
        }
        @if let Some(before) = before { p { a href={ "/admin/log?before=" (before) } { (messages.text("log.older")) } } }
    };
    page(snapshot, (NavItem::Account, messages.text("log")), None, &body)
}
