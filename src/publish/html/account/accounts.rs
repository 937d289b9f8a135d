//! The page on which administrators keep accounts.

use maud::{Markup, html};

use super::{AccountNotice, InputField, messages, page, role_name};
use crate::index::Snapshot;
use crate::model::AccountRole;
use crate::publish::html::{NavItem, query_value};

/// An account in the table.
#[derive(Debug)]
pub struct AccountRow {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: AccountRole,
    /// Whether nobody may sign in with it.
    pub is_disabled: bool,
    /// Whether its person has set a password.
    pub has_password: bool,
    /// How many sessions last.
    pub sessions: usize,
}

/// The page.
pub fn accounts_page(snapshot: &Snapshot, accounts: &[AccountRow], notice: Option<&AccountNotice>) -> String {
    let messages = messages();
    let name = InputField {
        name: "name",
        id: "new-name",
        label: messages.text("name"),
        kind: "text",
        autocomplete: "off",
        hint: Some(messages.text("name.hint")),
        value: "",
    };
    let body = html! {
        p { a href="/admin/log" { (messages.text("log")) } }
        section class="panel" aria-labelledby="add-title" {
            h2 id="add-title" { (messages.text("add")) }
            form class="account-form" method="post" action="/admin/accounts" {
                (name.markup())
                div class="field" {
                    label for="new-role" { (messages.text("role")) }
                    (role_choice("new-role", AccountRole::LinkWorker))
                }
                p { button class="main" { (messages.text("add")) } }
            }
        }
        @for account in accounts { (entry(account)) }
    };
    page(snapshot, (NavItem::Account, messages.text("accounts")), notice, &body)
}

fn entry(account: &AccountRow) -> Markup {
    let messages = messages();
    let state = match (account.is_disabled, account.has_password) {
        (true, _) => messages.text("state.disabled"),
        (false, true) => messages.text("state.active"),
        (false, false) => messages.text("state.waits"),
    };
    let address = format!("/admin/accounts/{}", query_value(&account.name));
    let role_id = format!("role-{}", account.name);
    html! {
        section class="panel account-entry" aria-label=(account.name) {
            h2 { (account.name) }
            p { (role_name(account.role)) " ・ " (state) " ・ " (messages.fill("sessions", &[("count", &account.sessions.to_string())])) }
            div class="account-actions" {
                form method="post" action={ (address) "/role" } {
                    label class="visually-hidden" for=(role_id) { (messages.fill("role.of", &[("name", &account.name)])) }
                    (role_choice(&role_id, account.role))
                    button { (messages.text("role.change")) }
                }
                form method="post" action={ (address) "/reset" } { button { (messages.text("reset")) } }
                @if !account.is_disabled {
                    form method="post" action={ (address) "/disable" } { button { (messages.text("disable")) } }
                }
            }
        }
    }
}

fn role_choice(id: &str, chosen: AccountRole) -> Markup {
    html! {
        select id=(id) name="role" {
            @for role in AccountRole::ALL {
                option value=(role.code()) selected[role == chosen] { (role_name(role)) }
            }
        }
    }
}
