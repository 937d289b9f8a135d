//! 相談支援依頼シート: what a link worker has to know to meet a person. This module does no I/O.

use maud::{Markup, html};

use super::parts::{date, date_to_come, number, one_of, part, row, text_box, ticks};
use crate::model::Messages;

const CARE: [&str; 8] = [
    "referral.care_hearing",
    "referral.care_sight",
    "referral.care_walking",
    "referral.care_memory",
    "referral.care_allergy",
    "referral.care_heat",
    "referral.care_toilet",
    "referral.care_crowd",
];
const TRAVEL: [&str; 6] = [
    "referral.travel_walk",
    "referral.travel_bicycle",
    "referral.travel_bus",
    "referral.travel_car",
    "referral.travel_ride",
    "referral.travel_hard",
];
const LIVING: [&str; 4] =
    ["referral.living_alone", "referral.living_partner", "referral.living_family", "referral.living_other"];
const CONSENT: [&str; 3] = ["referral.consent_contact", "referral.consent_talk", "referral.consent_back"];
const URGENCY: [&str; 3] = ["referral.urgency_month", "referral.urgency_weeks", "referral.urgency_days"];
const FEEDBACK: [&str; 4] =
    ["referral.feedback_met", "referral.feedback_chosen", "referral.feedback_change", "referral.feedback_none"];

/// The one page of it.
pub(super) fn leaf(words: &Messages) -> Markup {
    html! {
        (part(words, "referral.sides", "", &sides(words)))
        (part(words, "referral.consent", "", &consent(words)))
        (part(words, "referral.heard", "tall", &heard(words)))
        (part(words, "referral.care", "tall", &care(words)))
        (part(words, "referral.urgency_title", "", &urgency(words)))
        (part(words, "referral.received", "received", &received(words)))
    }
}

fn sides(words: &Messages) -> Markup {
    let text = |key| text_box(words, key);
    html! {
        (row("thirds", &[text("referral.from"), text("referral.from_person"), text("referral.from_phone")]))
        (row("two-one", &[text("referral.to"), text("referral.to_phone")]))
    }
}

fn consent(words: &Messages) -> Markup {
    let how = one_of(words, "referral.consent_how", &["referral.consent_spoken", "referral.consent_written"]);
    html! {
        (ticks(words, "referral.consent_to", &CONSENT))
        (row("thirds", &[text_box(words, "referral.confirmed_by"), date(words, "referral.consent_on"), how]))
        (text_box(words, "referral.contact_how"))
    }
}

fn heard(words: &Messages) -> Markup {
    html! {
        (row("taller", &[text_box(words, "referral.reason")]))
        (row("taller", &[text_box(words, "referral.likes")]))
        (row("one-two", &[number(words, "referral.age", "referral.age_unit"), text_box(words, "referral.district")]))
        (row("halves", &[one_of(words, "referral.living", &LIVING), text_box(words, "referral.relies_on")]))
        (ticks(words, "referral.travel", &TRAVEL))
    }
}

fn care(words: &Messages) -> Markup {
    html! {
        (ticks(words, "referral.care_which", &CARE))
        (row("tall", &[text_box(words, "referral.care_more")]))
        (row("halves tall", &[text_box(words, "referral.must_not"), text_box(words, "referral.medical")]))
    }
}

fn urgency(words: &Messages) -> Markup {
    html! {
        (one_of(words, "referral.urgency", &URGENCY))
        p class="note" { strong { (words.text("referral.urgency_note")) } }
        (row("two-one", &[ticks(words, "referral.feedback", &FEEDBACK), text_box(words, "referral.feedback_when")]))
    }
}

fn received(words: &Messages) -> Markup {
    let by = text_box(words, "referral.received_by");
    row("thirds", &[by, date(words, "referral.received_on"), date_to_come(words, "referral.first_meeting")])
}
