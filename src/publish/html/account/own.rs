//! One's own account: its role, its password, its sessions.

use maud::html;

use super::{AccountNotice, InputField, messages, page, role_name};
use crate::index::Snapshot;
use crate::model::AccountRole;
use crate::publish::html::NavItem;

/// The account of whoever looks at the page.
#[derive(Debug)]
pub struct OwnAccount<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it may do.
    pub role: AccountRole,
    /// How many sessions last, this one included.
    pub sessions: usize,
}

/// The page.
pub fn own_page(snapshot: &Snapshot, own: &OwnAccount<'_>, notice: Option<&AccountNotice>) -> String {
    let messages = messages();
    let current = InputField {
        name: "current",
        id: "current",
        label: messages.text("password.current"),
        kind: "password",
        autocomplete: "current-password",
        hint: None,
        value: "",
    };
    let new = InputField {
        name: "new",
        id: "new",
        label: messages.text("password.new"),
        kind: "password",
        autocomplete: "new-password",
        hint: Some(messages.text("password.hint")),
        value: "",
    };
    let sessions = messages.fill("sessions", &[("count", &own.sessions.to_string())]);
    let body = html! {
        section class="panel" {
            p { strong { (own.name) } "（" (role_name(own.role)) "）" }
            form method="post" action="/logout" { button { (messages.text("sign_out")) } }
        }
        @if own.role >= AccountRole::Editor {
            ul class="account-links" { li { a href="/edit" { (messages.text("edit")) } } }
        }
        @if own.role == AccountRole::Administrator {
            ul class="account-links" {
                li { a href="/admin/accounts" { (messages.text("accounts")) } }
                li { a href="/admin/log" { (messages.text("log")) } }
            }
        }
        section class="panel" aria-labelledby="password-title" {
            h2 id="password-title" { (messages.text("password.change")) }
            form class="account-form" method="post" action="/account/password" {
                // For password managers, which otherwise do not know whose password it is.
                input type="hidden" autocomplete="username" value=(own.name);
                (current.markup())
                (new.markup())
                p { button class="main" { (messages.text("password.change")) } }
            }
        }
        section class="panel" aria-labelledby="sessions-title" {
            h2 id="sessions-title" { (messages.text("sessions.title")) }
            p { (sessions) }
            form method="post" action="/account/sessions/end" { button { (messages.text("sessions.end")) } }
        }
    };
    page(snapshot, (NavItem::Account, NavItem::Account.name()), notice, &body)
}
