//! The page that hosts of files show for addresses that they do not have. It may stand at any address, so that it loads no other file
//! and no link in it is relative. This module does no I/O.

use maud::{DOCTYPE, Markup, html};

use super::super::layout::{digits, in_words_of_city, site_title};
use crate::index::Snapshot;
use crate::model::Language;
use crate::publish::messages::{offered_languages, page_messages};

/// The page, in `lang` first and in the other languages below.
pub fn not_found_file(snapshot: &Snapshot, lang: Language) -> String {
    let city = &snapshot.city;
    let others = offered_languages().filter(|other| *other != lang);
    let page = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (page_messages(lang).text("missing.title")) " | " (site_title(city, lang)) }
            }
            body {
                main {
                    h1 { (page_messages(lang).text("missing.title")) }
                    (section(snapshot, lang))
                    @for other in others {
                        div lang=(other.tag()) {
                            h2 { (page_messages(other).text("missing.title")) }
                            (section(snapshot, other))
                        }
                    }
                    @if let Some(phone) = city.office_phone.as_deref().filter(|phone| !digits(phone).is_empty()) {
                        p { (city.office) " " a href={ "tel:" (digits(phone)) } { (phone) } }
                    }
                }
            }
        }
    };
    in_words_of_city(city, &page).into_string()
}

fn section(snapshot: &Snapshot, lang: Language) -> Markup {
    let messages = page_messages(lang);
    html! {
        p { (messages.text("missing.text")) }
        @if let Some(url) = &snapshot.city.public_url { p { a href={ (url) "/" } { (site_title(&snapshot.city, lang)) } } }
    }
}
