//! Data minimisation for places that a private person offers: the public sees no free text of the list at all.
//!
//! The name of such a place is often the person's own, and remarks contain more names, homes and numbers than any rule could
//! find. Only values that are safe by their form are published (allow-list). This module does no I/O.

use std::collections::BTreeMap;

use super::sensitive_terms::SensitiveTerms;
use super::{named_after, redact_access, town_centre};
use crate::model::{Category, Contact, DistrictTable, Facts, Place, Schedule, Source, Verification};

/// Allow-list of the characters of a schedule: 毎月第2・4木曜 午前10時〜12時（冬季は休み）.
const SCHEDULE_CHARS: &str = "0123456789:-.,/()、。・〜~ 月火水木金土日曜祝休毎週隔第回年時分半午前後中上下旬初春夏秋冬季期間平除随時予約相談可要不定のはまたごろ頃からまでみとき";

/// Maximum length of an interest, in characters; a longer one is a sentence.
const MAX_INTEREST_CHARS: usize = 12;

/// Allow-list of verification methods.
const VERIFICATION_METHODS: [&str; 4] = ["電話", "訪問", "団体から", "広報"];

pub(super) fn redact_private_person(place: &Place, kind: Option<&Category>, districts: &DistrictTable) -> Place {
    let Place { id, facts, source, verification } = place;
    let Source { list: _, file: _, sheet: _, row: _, list_id: _, licence: _ } = source;
    Place {
        id: id.clone(),
        facts: redact_facts(facts, kind, districts),
        source: Source::default(),
        verification: verification.as_ref().map(redact_verification),
    }
}

/// Every field is named, so that a new field does not compile until somebody decides who sees it; hence the length.
fn redact_facts(facts: &Facts, kind: Option<&Category>, districts: &DistrictTable) -> Facts {
    let Facts {
        name,
        kana,
        category,
        tags: _,
        interests,
        roles,
        description: _,
        organization,
        venue: _,
        mode,
        site: _,
        town,
        address: _,
        district_written: _,
        schedule,
        access,
        directions: _,
        cost: _,
        bring: _,
        eligibility: _,
        capacity: _,
        note: _,
        contact,
        status,
        audience,
        extra: _,
    } = facts;
    let mut secrets = SensitiveTerms::of_everyone_in(contact);
    // The import itself generates some names from the category and an interest; those name nobody.
    let is_made = kind.is_some_and(|k| interests.iter().any(|i| *name == named_after(k.name.japanese(), Some(i))));
    [Some(name).filter(|_| !is_made), kana.as_ref(), organization.as_ref()]
        .into_iter()
        .flatten()
        .for_each(|text| secrets.add_name(text));
    let district = district_of(facts, districts);
    let area = town.as_ref().map(|t| t.name.clone()).or_else(|| district.clone());
    Facts {
        name: named_after(kind.map_or(&*category.0, |k| k.name.japanese()), area.as_deref()),
        category: category.clone(),
        interests: interests.iter().filter(|i| is_plain_interest(i, &secrets)).cloned().collect(),
        roles: roles.clone(),
        mode: *mode,
        site: town_centre(facts),
        town: town.clone(),
        address: town.as_ref().map(|t| t.name.clone()),
        district_written: district,
        schedule: schedule.iter().filter(|s| is_plain_schedule(&s.text, &secrets)).cloned().collect::<Vec<Schedule>>(),
        access: redact_access(access, |_| None),
        contact: office_of(kind),
        status: *status,
        audience: *audience,
        extra: BTreeMap::new(),
        ..Facts::default()
    }
}

/// The district's official name: the one that the list names, else the one around the centre of the 大字. The exact position
/// is not used, so that the district cannot reveal it.
fn district_of(facts: &Facts, districts: &DistrictTable) -> Option<String> {
    let coarse =
        Facts { site: town_centre(facts), district_written: facts.district_written.clone(), ..Facts::default() };
    districts.assign(&coarse).map(|d| d.name.clone())
}

fn office_of(kind: Option<&Category>) -> Contact {
    Contact {
        office: kind.and_then(|k| k.office.clone()),
        phone: kind.and_then(|k| k.office_phone.clone()),
        ..Contact::default()
    }
}

fn redact_verification(verification: &Verification) -> Verification {
    let Verification { on, by: _, how, accepts_new } = verification;
    let how = how.clone().filter(|how| VERIFICATION_METHODS.contains(&how.trim()));
    Verification { on: *on, by: None, how, accepts_new: *accepts_new }
}

fn is_plain_interest(interest: &str, secrets: &SensitiveTerms) -> bool {
    interest.chars().count() <= MAX_INTEREST_CHARS
        && !interest.chars().any(char::is_numeric)
        && secrets.cleaned_sentence(interest).is_some()
        && !secrets.have_prefix(interest)
}

/// Whether `text` consists of schedule characters only, and contains no telephone number and no name.
fn is_plain_schedule(text: &str, secrets: &SensitiveTerms) -> bool {
    use unicode_normalization::UnicodeNormalization as _;
    let normal: String = text.nfkc().collect();
    let is_number = |run: &str| run.chars().filter(char::is_ascii_digit).count() >= 6;
    normal.chars().all(|c| SCHEDULE_CHARS.contains(c))
        && !normal.split(|c: char| !c.is_ascii_digit() && !"-()/. ".contains(c)).any(is_number)
        && secrets.cleaned_sentence(text).is_some()
}
