//! Table of access facts of one place: yes, no or 不明, with the words of the list. This module does no I/O.

use maud::{Markup, html};

use crate::model::{Access, AccessAnswer, AccessFact, Language};
use crate::publish::messages::page_messages;

/// The table of all access facts, known ones first.
pub fn table(access: &Access, lang: Language) -> Markup {
    let messages = page_messages(lang);
    let (known, unknown): (Vec<_>, Vec<_>) = AccessFact::ALL.into_iter().partition(|fact| access.contains_key(fact));
    html! {
        section {
            h2 id="access" { (messages.text("detail.access")) }
            table class="access" aria-labelledby="access" {
                thead { tr {
                    th scope="col" { (messages.text("detail.fact")) }
                    th scope="col" { (messages.text("detail.answer")) }
                } }
                tbody {
                    @for fact in known.iter().chain(&unknown) { (row(*fact, access.get(fact), lang)) }
                }
            }
            p class="note" { (messages.text("detail.access_note")) }
        }
    }
}

/// One access fact with its answer.
fn row(fact: AccessFact, known: Option<&AccessAnswer>, lang: Language) -> Markup {
    let messages = page_messages(lang);
    let (class, answer) = match known {
        Some(AccessAnswer { yes: true, .. }) => ("yes", messages.text("yes")),
        Some(_) => ("no", messages.text("no")),
        None => ("unknown", messages.text("unknown")),
    };
    html! {
        tr class=(class) {
            th scope="row" { (label(fact, lang)) }
            td {
                span class="answer" { (answer) }
                @if let Some(words) = known.map(|k| k.words.as_str()).filter(|words| !words.is_empty()) {
                    " " span class="words" { "「" (words) "」" }
                }
            }
        }
    }
}

/// The message for an access fact.
fn label(fact: AccessFact, lang: Language) -> String {
    let key = serde_json::to_value(fact).ok();
    let key = key.as_ref().and_then(|value| value.as_str()).unwrap_or_default();
    page_messages(lang).find(&format!("access.{key}")).unwrap_or(key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_a_name_in_every_language() {
        for lang in Language::ALL {
            for fact in AccessFact::ALL {
                assert!(!label(fact, lang).contains('_') && !label(fact, lang).is_empty(), "{fact:?}");
            }
        }
    }

    #[test]
    fn what_is_not_in_the_list_is_unknown_and_not_no() {
        let html = table(&Access::new(), Language::Ja).into_string();
        assert_eq!(html.matches("不明</span>").count(), AccessFact::ALL.len());
        assert!(!html.contains("いいえ</span>"));
    }
}
