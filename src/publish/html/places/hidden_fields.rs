//! The state of the list as hidden fields, so that a form changes one part of it and keeps the rest. This module does no I/O.

use maud::{Markup, html};

use crate::publish::html::view::PageView;

/// The rest of the state as hidden fields of a form that has the field `own`; the language is in the address of the form.
pub fn hidden_fields(view: &PageView, own: &str) -> Markup {
    let plain = PageView { offset: 0, place: None, ..view.clone() };
    html! {
        @for (name, value) in plain.pairs().iter().filter(|(name, _)| *name != own && *name != "lang") {
            input type="hidden" name=(name) value=(value);
        }
    }
}
