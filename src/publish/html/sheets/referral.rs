//! The referral sheet (相談支援依頼シート), from a doctor to a link worker. This module does no I/O.

use maud::{Markup, html};

use super::parts::{date, date_to_come, number, one_of, part, row, text_box, ticks};
use crate::model::Messages;

/// What worries the doctor, in a doctor's words: seen from the consulting room, before anybody has a plan.
const WORRIES: [&str; 9] = [
    "referral.worry_life",
    "referral.worry_visits",
    "referral.worry_drink",
    "referral.worry_medicine",
    "referral.worry_heat",
    "referral.worry_weight",
    "referral.worry_family",
    "referral.worry_mood",
    "referral.worry_alone",
];
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

/// The only page of the sheet. Its upper half is a referral by itself, for a doctor who has one minute and a pen.
pub(super) fn leaf(messages: &Messages) -> Markup {
    html! {
        div class="first-half" {
            (part(messages, "referral.sides", "", &sides(messages)))
            (part(messages, "referral.worries", "", &worries(messages)))
            (part(messages, "referral.consent", "", &consent(messages)))
            (part(messages, "referral.urgency_title", "", &urgency(messages)))
        }
        p class="enough" { (messages.text("referral.enough")) }
        (part(messages, "referral.heard", "tall", &heard(messages)))
        (part(messages, "referral.care", "tall", &care(messages)))
        (part(messages, "referral.received", "received", &received(messages)))
    }
}

/// The doctor's own worry.
fn worries(messages: &Messages) -> Markup {
    html! {
        (ticks(messages, "referral.worry_which", &WORRIES))
        (row("wide", &[text_box(messages, "referral.worry_more")]))
    }
}

/// Sender and recipient.
fn sides(messages: &Messages) -> Markup {
    let text = |key| text_box(messages, key);
    html! {
        (row("thirds", &[text("referral.from"), text("referral.from_person"), text("referral.from_phone")]))
        (row("two-one", &[text("referral.to"), text("referral.to_phone")]))
    }
}

/// The consent of the person.
fn consent(messages: &Messages) -> Markup {
    let how = one_of(messages, "referral.consent_how", &["referral.consent_spoken", "referral.consent_written"]);
    html! {
        (ticks(messages, "referral.consent_to", &CONSENT))
        (row("thirds", &[text_box(messages, "referral.confirmed_by"), date(messages, "referral.consent_on"), how]))
        (row("wide", &[text_box(messages, "referral.contact_how")]))
    }
}

/// What the person said: reason, likings, living, travel.
fn heard(messages: &Messages) -> Markup {
    html! {
        (row("halves taller", &[text_box(messages, "referral.reason"), text_box(messages, "referral.likes")]))
        (row("one-two", &[number(messages, "referral.age", "referral.age_unit"), text_box(messages, "referral.district")]))
        (row("halves", &[one_of(messages, "referral.living", &LIVING), text_box(messages, "referral.relies_on")]))
        (ticks(messages, "referral.travel", &TRAVEL))
    }
}

/// Contraindications and care needs.
fn care(messages: &Messages) -> Markup {
    html! {
        (ticks(messages, "referral.care_which", &CARE))
        (row("thirds tall", &["referral.care_more", "referral.must_not", "referral.medical"].map(|key| text_box(messages, key))))
    }
}

/// Urgency, and the feedback that the doctor wants.
fn urgency(messages: &Messages) -> Markup {
    html! {
        (one_of(messages, "referral.urgency", &URGENCY))
        (row("two-one", &[ticks(messages, "referral.feedback", &FEEDBACK), text_box(messages, "referral.feedback_when")]))
        p class="note" { strong { (messages.text("referral.urgency_note")) } }
    }
}

/// The receipt by the link worker.
fn received(messages: &Messages) -> Markup {
    let by = text_box(messages, "referral.received_by");
    row("thirds", &[by, date(messages, "referral.received_on"), date_to_come(messages, "referral.first_meeting")])
}
