//! The pages on which a person sets a first password, with a code. The code stands in the address behind `#`, which browsers do not send;
//! the script puts it into its field, where it can be typed as well.

use maud::html;

use super::{AccountNotice, InputField, messages, page};
use crate::index::Snapshot;
use crate::publish::html::NavItem;

/// For whom the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstPasswordKind {
    /// The first administrator.
    Setup,
    /// The person of an account.
    Welcome,
}

/// What was sent with a form that was refused, but for the password, so that the link need not be opened again.
#[derive(Debug, Clone, Copy, Default)]
pub struct FirstPasswordForm<'a> {
    /// The code.
    pub code: &'a str,
    /// The name of the account.
    pub name: &'a str,
}

/// The page.
pub fn first_password_page(
    snapshot: &Snapshot,
    kind: FirstPasswordKind,
    sent: FirstPasswordForm<'_>,
    notice: Option<&AccountNotice>,
) -> String {
    let messages = messages();
    let (path, title, lead) = match kind {
        FirstPasswordKind::Setup => ("/setup", messages.text("setup.title"), messages.text("setup.lead")),
        FirstPasswordKind::Welcome => ("/welcome", messages.text("welcome.title"), messages.text("welcome.lead")),
    };
    let fields = [
        InputField {
            name: "code",
            id: "code",
            label: messages.text("code"),
            kind: "text",
            autocomplete: "off",
            hint: Some(messages.text("code.hint")),
            value: sent.code,
        },
        InputField {
            name: "name",
            id: "name",
            label: messages.text("name"),
            kind: "text",
            autocomplete: "username",
            hint: Some(messages.text("name.hint")),
            value: sent.name,
        },
        InputField {
            name: "password",
            id: "password",
            label: messages.text("password"),
            kind: "password",
            autocomplete: "new-password",
            hint: Some(messages.text("password.hint")),
            value: "",
        },
    ];
    let body = html! {
        p { (lead) }
        form class="panel account-form" method="post" action=(path) {
            @for field in &fields { (field.markup()) }
            p { button class="main" { (messages.text("set_password")) } }
        }
    };
    page(snapshot, (NavItem::SignIn, title), notice, &body)
}
