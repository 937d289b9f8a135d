//! Findings in the settings: code, names, what was left of the sample, what residents need. This module does no I/O.

use super::{contact, own_names};
use crate::cli::finding::Finding;
use crate::config::Config;
use crate::model::{City, CodeFault, MunicipalityCode};

/// Words of the sample and of examples, which mean nothing in a municipality's own settings.
const PLACEHOLDERS: [&str; 6] = ["見本", "養父", "八鹿", "000-0000", "0000-00-0000", "example."];

/// The municipality that the sample borrows its name from.
const SAMPLE_CODE: &str = "28222";

/// Words that are right in the settings of that municipality.
const ITS_OWN: [&str; 2] = ["養父", "八鹿"];

/// What the guide says that `init` writes, until somebody has written their own.
const SKELETON: &str = "ここから下を、このまちの言葉に書きかえてください";

/// Findings in `config`.
pub fn findings(config: &Config) -> Vec<Finding> {
    let city = &config.city;
    let mut findings: Vec<Finding> = of_code(city).into_iter().collect();
    findings.extend(placeholders(config));
    findings.extend(city.sample.then(|| Finding::warning("doctor.sample_setting", &[])));
    let is_blank = |text: &str| text.trim().is_empty();
    let lacks = [
        (city.public_url.is_none(), "doctor.no_public_url"),
        (is_blank(&city.office), "doctor.no_office"),
        (city.office_phone.as_deref().is_none_or(is_blank), "doctor.no_office_phone"),
        (is_blank(&city.kana), "doctor.no_kana"),
        (is_blank(&city.name_en), "doctor.no_roman"),
    ];
    findings.extend(lacks.iter().filter(|(lacks, _)| *lacks).map(|(_, key)| Finding::warning(key, &[])));
    findings.extend(own_names::findings(city));
    findings.extend(contact::findings(config));
    let is_skeleton = config.guide.as_deref().is_some_and(|guide| guide.contains(SKELETON));
    findings.extend(is_skeleton.then(|| Finding::note("doctor.guide_skeleton", &[])));
    findings
}

fn of_code(city: &City) -> Option<Finding> {
    let code = match MunicipalityCode::parse(&city.code) {
        Ok(code) => code,
        Err(CodeFault::CheckDigit(right)) => {
            return Some(Finding::warning(
                "doctor.check_digit",
                &[("code", &city.code), ("right", &right.to_string())],
            ));
        }
        Err(_) => return Some(Finding::warning("doctor.no_code", &[("code", &city.code)])),
    };
    let right = code.prefecture()?;
    let values = [("code", city.code.as_str()), ("prefecture", &city.prefecture), ("right", right)];
    (city.prefecture != right).then(|| Finding::warning("doctor.prefecture_and_code", &values))
}

/// One finding per file and key in which a word of the sample stands.
fn placeholders(config: &Config) -> Vec<Finding> {
    let city = &config.city;
    let is_sample_town = city.code.starts_with(SAMPLE_CODE);
    let words: Vec<&str> =
        PLACEHOLDERS.into_iter().filter(|word| !(is_sample_town && ITS_OWN.contains(word))).collect();
    let word_in = |text: &str| words.iter().copied().find(|word| text.contains(word));
    let phone = city.office_phone.clone().unwrap_or_default();
    let url = city.public_url.clone().unwrap_or_default();
    let mut texts: Vec<(&str, String, &str)> = vec![
        ("city.toml", "name".to_owned(), &city.name),
        ("city.toml", "kana".to_owned(), &city.kana),
        ("city.toml", "office".to_owned(), &city.office),
        ("city.toml", "office_phone".to_owned(), &phone),
        ("city.toml", "public_url".to_owned(), &url),
    ];
    texts.extend(city.internal_hosts.iter().map(|host| ("city.toml", "internal_hosts".to_owned(), host.as_str())));
    for category in config.categories.all() {
        let offices = [&category.office, &category.office_phone];
        texts
            .extend(offices.into_iter().flatten().map(|text| ("categories.csv", category.id.0.clone(), text.as_str())));
    }
    texts.extend(config.guide.as_deref().map(|guide| ("guide.md", "1".to_owned(), guide)));
    let found = texts.iter().filter_map(|(file, key, text)| Some((file, key, word_in(text)?)));
    found
        .map(|(file, key, word)| {
            Finding::warning("doctor.placeholder", &[("file", file), ("key", key), ("word", word)])
        })
        .collect()
}
