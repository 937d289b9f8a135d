//! The settings of the municipality, from `data/city.toml`. This module does no I/O.

use serde::{Deserialize, Serialize};

use super::{CityWords, ReadingLimits};

/// The contents of `data/city.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct City {
    /// Its six-digit code (全国地方公共団体コード), e.g. `282227`.
    pub code: String,
    /// Its name, e.g. 「養父市」.
    pub name: String,
    /// The reading of the name.
    pub kana: String,
    /// Its name in Roman letters.
    pub name_en: String,
    /// Its prefecture.
    pub prefecture: String,
    /// Whether the data is a sample; the page then shows 見本データ.
    pub sample: bool,
    /// The public URL, for links on paper; no trailing slash.
    pub public_url: Option<String>,
    /// The office responsible for the data.
    pub office: String,
    /// The telephone number of that office.
    pub office_phone: Option<String>,
    /// The licence of the open data, e.g. `CC BY 4.0`.
    pub licence: Option<String>,
    /// Names, besides plain addresses and `localhost`, under which the city's own people reach the internal address
    /// (defence against DNS rebinding). `staff_hosts` is its name of the first releases and goes with the next one.
    #[serde(alias = "staff_hosts")]
    pub internal_hosts: Vec<String>,
    /// The days meant by 年末年始, e.g. 「12/28〜1/4」; without it 「12/29〜1/3」.
    pub new_year: Option<String>,
    /// Whether names of representatives in lists are public.
    pub representatives_public: bool,
    /// The most unmet needs that are accepted on one day.
    pub unmet_per_day: DailyNeeds,
    /// What the city calls the parts of its programme, from `words.toml`.
    #[serde(skip_deserializing)]
    pub words: CityWords,
    /// Bounds on what is read from lists; a country's list may need higher ones.
    pub limits: ReadingLimits,
}

/// A number of unmet needs a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyNeeds(pub u32);

impl Default for DailyNeeds {
    /// More than the link workers of a municipality tap on a busy day, and too few to fill every cell of the planners' table.
    fn default() -> Self {
        Self(60)
    }
}
