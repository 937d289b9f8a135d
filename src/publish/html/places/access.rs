//! What is known of how one gets in and how it is there: answers in words, and one line of what nobody has written down.
//!
//! This module does no I/O.

use maud::{Markup, html};

use crate::model::{Access, AccessAnswer, AccessFact, Facts, Language};
use crate::publish::messages::{lang_of, page_messages};

/// Characters that answer and question do not have, from which on the words of a list say more than yes or no.
const TELLING: usize = 3;

/// How many unknown facts the line names before it is unfolded.
const NAMED: usize = 4;

/// What people ask first, in the line of what is unknown.
const ASKED_FIRST: [AccessFact; 4] =
    [AccessFact::StepFree, AccessFact::Toilet, AccessFact::PickUp, AccessFact::Parking];

/// The section: known facts in words, then one line that unfolds what is unknown.
pub fn section(facts: &Facts, lang: Language) -> Markup {
    let messages = page_messages(lang);
    let known = known_access(&facts.access, lang);
    let unknown = unknown(facts, lang);
    html! {
        section class="access" {
            h2 id="access" { (messages.text("detail.access")) }
            @if !known.is_empty() { ul class="known" aria-labelledby="access" { @for fact in &known { li lang=[lang_of(fact, lang)] { (fact) } } } }
            @if !unknown.is_empty() {
                details class="unknown-facts" {
                    summary { (summary(&unknown, lang)) }
                    p class="note" { (messages.text("detail.access_note")) }
                    ul { @for name in &unknown { li { (name) } } }
                }
            }
        }
    }
}

/// 「分からないこと：段差、トイレ … ほか12（電話で聞いてください）」.
fn summary(unknown: &[String], lang: Language) -> String {
    let messages = page_messages(lang);
    let names = unknown.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(messages.text("brief.comma"));
    match unknown.len().saturating_sub(NAMED) {
        0 => messages.fill("brief.unknown", &[("what", &names)]),
        more => messages.fill("brief.unknown_more", &[("what", &names), ("n", &more.to_string())]),
    }
}

/// Every known fact in words: 「送迎なし」; with the list's own words where they say more.
pub fn known_access(access: &Access, lang: Language) -> Vec<String> {
    let words = |fact: AccessFact| access.get(&fact).map(|answer| answer_text(fact, answer, lang));
    AccessFact::ALL.into_iter().filter_map(words).collect()
}

fn answer_text(fact: AccessFact, answer: &AccessAnswer, lang: Language) -> String {
    let said = answer_words(fact, answer.yes, lang);
    let words = answer.words.trim();
    let (label, marks) = (label(fact, lang), "：:・、 （）()「」○×◯");
    let new = words.chars().filter(|c| !said.contains(*c) && !label.contains(*c) && !marks.contains(*c)).count();
    let tells = new >= TELLING;
    if tells {
        page_messages(lang).fill("brief.in_words", &[("answer", said), ("words", words)])
    } else {
        said.to_owned()
    }
}

/// The words for yes or no, which stand together in the catalogue: 「送迎あり／送迎なし」.
fn answer_words(fact: AccessFact, yes: bool, lang: Language) -> &'static str {
    let both = page_messages(lang).find(&format!("answer.{}", key(fact))).unwrap_or_default();
    let (for_yes, for_no) = both.split_once('|').unwrap_or((both, both));
    if yes { for_yes } else { for_no }
}

/// The names of everything that the list does not say, what people ask first in front.
fn unknown(facts: &Facts, lang: Language) -> Vec<String> {
    let messages = page_messages(lang);
    let first = ASKED_FIRST.into_iter();
    let rest = AccessFact::ALL.into_iter().filter(|fact| !ASKED_FIRST.contains(fact));
    let access = first.chain(rest).filter(|fact| !facts.access.contains_key(fact));
    let texts = [
        ("detail.cost", facts.cost.is_none() && !facts.access.contains_key(&AccessFact::FreeOfCharge)),
        ("detail.bring", facts.bring.is_none()),
        ("detail.eligibility", facts.eligibility.is_none()),
        ("detail.directions", facts.directions.is_none()),
    ];
    let texts = texts.into_iter().filter(|(_, unknown)| *unknown).map(|(key, _)| messages.text(key).to_owned());
    access.map(|fact| label(fact, lang)).chain(texts).collect()
}

/// What a fact is called in a question.
fn label(fact: AccessFact, lang: Language) -> String {
    let key = key(fact);
    page_messages(lang).find(&format!("access.{key}")).unwrap_or(&key).to_owned()
}

fn key(fact: AccessFact) -> String {
    let key = serde_json::to_value(fact).ok();
    key.as_ref().and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_a_name_and_two_answers_in_every_language() {
        for lang in Language::ALL {
            for fact in AccessFact::ALL {
                assert!(!label(fact, lang).contains('_') && !label(fact, lang).is_empty(), "{fact:?}");
                let [yes, no] = [true, false].map(|yes| answer_words(fact, yes, lang));
                assert!(!yes.is_empty() && !no.is_empty() && yes != no, "{fact:?} {lang:?}");
            }
        }
    }

    #[test]
    fn what_is_not_in_the_list_is_one_line_to_ask_and_never_a_no() {
        let html = section(&Facts::default(), Language::Ja).into_string();
        assert_eq!(html.matches("<summary>").count(), 1, "{html}");
        assert!(html.contains("分からないこと：段差"), "{html}");
        assert!(!html.contains("送迎なし"), "{html}");
    }

    #[test]
    fn answers_are_words() {
        let answer = |yes, words: &str| AccessAnswer { yes, words: words.to_owned() };
        let access = Access::from([
            (AccessFact::PickUp, answer(false, "×")),
            (AccessFact::StepFree, answer(true, "玄関にスロープあり")),
        ]);
        assert_eq!(known_access(&access, Language::Ja), ["段差なし（「玄関にスロープあり」）", "送迎なし"]);
    }
}
