//! What the city writes itself, from its data folder, as pages show it.

use std::sync::Arc;

use crate::config::{Config, SampleFiles};
use crate::publish::city_content::CityContent;

/// The city's own texts and tables, and the sample's guide, which is shown while the sample is.
pub fn city_content(config: &Config, sample: &SampleFiles) -> CityContent {
    CityContent {
        guide: config.guide.clone(),
        sample_guide: sample.guide_text(),
        interests: Arc::new(config.interests.clone()),
        referral_reasons: config.referral_reasons.clone(),
        institutions: config.institutions.clone(),
        stories: config.stories.clone(),
        practice: config.practice.clone(),
    }
}
