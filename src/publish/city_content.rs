//! What a city writes itself and no snapshot holds: guide, tables of words, and what link workers learn from. This module does no I/O.

use std::sync::Arc;

use crate::index::Snapshot;
use crate::model::{InstitutionTable, PracticePerson, ReferralReasonTable, Thesaurus};

/// Content that the city writes itself, from its data folder: the same for every audience and while the server runs.
#[derive(Debug, Clone, Default)]
pub struct CityContent {
    /// The guide of `guide.md` as Markdown; without it the page explains how to add one.
    pub guide: Option<String>,
    /// The sample's guide, in place of the city's while the sample is served.
    pub sample_guide: Option<String>,
    /// The thesaurus of interests, from `interests.csv`.
    pub interests: Arc<Thesaurus>,
    /// Why people are referred, from `referral-reasons.csv`.
    pub referral_reasons: ReferralReasonTable,
    /// Where help by law begins, by trouble, from `institutions.csv`.
    pub institutions: InstitutionTable,
    /// Invented cases to read, from `stories.md`, as Markdown.
    pub stories: String,
    /// Invented persons to practise with, from `practice.csv`.
    pub practice: Vec<PracticePerson>,
}

impl CityContent {
    /// The guide to show with `snapshot`.
    pub fn guide_for(&self, snapshot: &Snapshot) -> Option<&str> {
        if snapshot.sample { self.sample_guide.as_deref() } else { self.guide.as_deref() }
    }
}
