//! Pages to sign in, to set a password, of one's own account, and those on which administrators keep accounts and read the audit log. Forms
//! work without script. This module does no I/O.

mod accounts;
mod audit_log;
mod first_password;
mod notice;
mod own;
mod sign_in;

use maud::{Markup, html};

pub use accounts::{AccountRow, accounts_page};
pub use audit_log::log_page;
pub use first_password::{FirstPasswordForm, FirstPasswordKind, first_password_page};
pub use notice::AccountNotice;
pub use own::{OwnAccount, own_page};
pub use sign_in::{not_allowed_page, sign_in_page};

use super::{NavItem, PageLayout};
use crate::index::Snapshot;
use crate::model::{AccountRole, Messages};
use crate::publish::link_worker_messages::catalogue;

fn messages() -> &'static Messages {
    catalogue("account")
}

/// A page of its own title, with what is to be said above its body.
fn page(snapshot: &Snapshot, (tab, title): (NavItem, &str), notice: Option<&AccountNotice>, body: &Markup) -> String {
    let script = matches!(tab, NavItem::SignIn).then_some("account/code.js");
    let styles = &["account/account.css"];
    let layout = PageLayout { snapshot, tab, title: Some(title), styles, script, page: None };
    let body = html! {
        @if let Some(notice) = notice { (notice.markup()) }
        (body)
    };
    layout.document(&layout.main_of(&body)).into_string()
}

/// The name of a role.
fn role_name(role: AccountRole) -> &'static str {
    messages().of("role.", role.code())
}

/// A field with its label; `autocomplete` tells password managers what it is.
struct InputField<'a> {
    name: &'static str,
    id: &'a str,
    label: &'a str,
    kind: &'static str,
    autocomplete: &'static str,
    hint: Option<&'a str>,
    /// What is in it already.
    value: &'a str,
}

impl InputField<'_> {
    fn markup(&self) -> Markup {
        let hint = format!("{}-hint", self.id);
        html! {
            div class="field" {
                label for=(self.id) { (self.label) }
                @if let Some(text) = self.hint { p class="note" id=(hint) { (text) } }
                input id=(self.id) name=(self.name) type=(self.kind) autocomplete=(self.autocomplete) required autocapitalize="none"
                    spellcheck="false" aria-describedby=[self.hint.map(|_| hint.as_str())] value=[Some(self.value).filter(|it| !it.is_empty())];
            }
        }
    }
}
