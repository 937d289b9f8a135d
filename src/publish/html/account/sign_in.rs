//! The page to sign in at, and the one for those whose role is too low.

use maud::html;

use super::{AccountNotice, InputField, messages, page};
use crate::index::Snapshot;
use crate::publish::html::NavItem;

/// The page to sign in at. `next` is the path that one came from.
pub fn sign_in_page(snapshot: &Snapshot, next: &str, notice: Option<&AccountNotice>) -> String {
    let messages = messages();
    let name = InputField {
        name: "name",
        id: "name",
        label: messages.text("name"),
        kind: "text",
        autocomplete: "username",
        hint: None,
        value: "",
    };
    let password = InputField {
        name: "password",
        id: "password",
        label: messages.text("password"),
        kind: "password",
        autocomplete: "current-password",
        hint: None,
        value: "",
    };
    let body = html! {
        form class="panel account-form" method="post" action="/login" {
            @if next != "/" { input type="hidden" name="next" value=(next); }
            (name.markup())
            (password.markup())
            p { button class="main" { (messages.text("sign_in")) } }
        }
        p class="note" { (messages.text("forgotten")) }
    };
    page(snapshot, (NavItem::SignIn, messages.text("sign_in")), notice, &body)
}

/// The page for those whose role is too low.
pub fn not_allowed_page(snapshot: &Snapshot) -> String {
    let body = html! {
        p { (messages().text("not_allowed.text")) }
        p { a href="/account" { (NavItem::Account.name()) } }
    };
    page(snapshot, (NavItem::Account, messages().text("not_allowed.title")), None, &body)
}
