//! Site navigation: the entries of the navigation bar, for the pages of residents and of link workers alike.
//!
//! Both layouts use it, so that neither depends on the other. This module does no I/O.

use maud::{Markup, html};

use crate::model::Audience;
use crate::publish::link_worker_messages::catalogue;

/// An entry of the navigation, one per subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavItem {
    /// The finder; internal address only.
    Find,
    /// All places, as a list and a map.
    Places,
    /// The directory of link workers.
    LinkWorkers,
    /// The sheets to fill in and print.
    Sheets,
    /// The guide.
    Guide,
    /// The unmet needs; internal address only.
    Unmet,
    /// What became of referrals; internal address only.
    Results,
    /// The planners' page.
    Plan,
    /// Accounts, which the footer links; internal address only.
    Account,
    /// Editing places, which the page of one's own account links; internal address only.
    Edit,
    /// Signing in, where nothing else can be opened yet; internal address only.
    SignIn,
}

impl NavItem {
    /// All entries of the bar in display order.
    pub const ALL: [Self; 8] = [
        Self::Find,
        Self::Places,
        Self::LinkWorkers,
        Self::Sheets,
        Self::Guide,
        Self::Unmet,
        Self::Results,
        Self::Plan,
    ];

    /// The path of its page.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Find => "/find",
            Self::Places => "/",
            Self::LinkWorkers => "/link-workers",
            Self::Sheets => "/sheets",
            Self::Guide => "/guide",
            Self::Unmet => "/unmet",
            Self::Results => "/results",
            Self::Plan => "/plan",
            Self::Account => "/account",
            Self::Edit => "/edit",
            Self::SignIn => "/login",
        }
    }

    /// Its Japanese label, from the message table.
    pub fn name(self) -> &'static str {
        let messages = catalogue("common");
        match self {
            Self::Find => messages.text("tab.find"),
            Self::Places => messages.text("tab.places"),
            Self::LinkWorkers => messages.text("tab.link_workers"),
            Self::Sheets => messages.text("tab.sheets"),
            Self::Guide => messages.text("tab.guide"),
            Self::Unmet => messages.text("tab.unmet"),
            Self::Results => messages.text("tab.results"),
            Self::Plan => messages.text("tab.plan"),
            Self::Account => messages.text("tab.account"),
            Self::Edit => messages.text("tab.edit"),
            Self::SignIn => messages.text("tab.sign_in"),
        }
    }

    const fn is_internal(self) -> bool {
        matches!(self, Self::Find | Self::Unmet | Self::Results | Self::Account | Self::Edit | Self::SignIn)
    }
}

/// The navigation bar. Access control: the public address lists only the pages that it serves. `here` is the current page.
pub fn navigation(audience: Audience, here: Option<NavItem>) -> Markup {
    let is_internal_page = audience != Audience::Public;
    html! {
        nav class="link-worker-nav" aria-label=(catalogue("common").text("nav")) {
            ul {
                @for tab in NavItem::ALL.into_iter().filter(|tab| is_internal_page || !tab.is_internal()) {
                    li { a href=(tab.address()) aria-current=[(Some(tab) == here).then_some("page")] { (tab.name()) } }
                }
            }
        }
    }
}
