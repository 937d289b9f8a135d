//! What a page says of what was just tried.

use maud::{Markup, html};

use super::messages;

/// What is to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountNotice {
    /// Name or password is wrong; nothing says which.
    Wrong,
    /// The current password is wrong.
    WrongPassword,
    /// Too many have failed.
    Wait {
        /// Minutes until the next attempt, rounded up.
        minutes: i64,
    },
    /// The page came over plain HTTP.
    PlainHttp,
    /// The code is wrong, was used or is too old.
    WrongCode,
    /// That is no name of an account.
    BadName,
    /// There is such an account.
    Taken,
    /// There is no such account.
    Unknown,
    /// The last administrator stays.
    LastAdministrator,
    /// The password is too short.
    TooShort,
    /// The password is too long.
    TooLong,
    /// The password would soon be guessed.
    TooWeak,
    /// The account waits for its person, who gets this link. It is shown once.
    Welcome {
        /// The account.
        name: String,
        /// Where the password is set, with the code.
        link: String,
    },
}

impl AccountNotice {
    fn text(&self) -> String {
        let key = match self {
            Self::Wrong => "notice.wrong",
            Self::WrongPassword => "notice.wrong_password",
            Self::Wait { minutes } => return messages().fill("notice.wait", &[("minutes", &minutes.to_string())]),
            Self::PlainHttp => "notice.plain_http",
            Self::WrongCode => "notice.wrong_code",
            Self::BadName => "notice.bad_name",
            Self::Taken => "notice.taken",
            Self::Unknown => "notice.unknown",
            Self::LastAdministrator => "notice.last_administrator",
            Self::TooShort => "notice.too_short",
            Self::TooLong => "notice.too_long",
            Self::TooWeak => "notice.too_weak",
            Self::Welcome { name, .. } => return messages().fill("notice.welcome", &[("name", name)]),
        };
        messages().text(key).to_owned()
    }

    /// The notice, which a screen reader says at once.
    pub(super) fn markup(&self) -> Markup {
        html! {
            @if let Self::Welcome { link, .. } = self {
                div class="panel account-welcome" role="status" {
                    p { (self.text()) }
                    p { code id="welcome-link" { (link) } }
                }
            } @else {
                p class="account-notice" role="alert" { (self.text()) }
            }
        }
    }
}
