//! What everybody may see of a private person who offers something, whatever the list says: nothing that the list wrote freely.
//!
//! The name of such a place is often the person's own, and remarks hold more names, houses and numbers than any rule could
//! find. So only what is safe by its form is taken over. This module does no I/O.

use std::collections::BTreeMap;

use super::sensitive_terms::SensitiveTerms;
use super::{access_for_everybody, middle_of_town, named_after};
use crate::model::{Category, Contact, DistrictTable, Facts, Place, Schedule, Source, Verification};

/// Letters of words that say when: 毎月第2・4木曜 午前10時〜12時（冬季は休み）.
const WHEN_LETTERS: &str = "0123456789:-.,/()、。・〜~ 月火水木金土日曜祝休毎週隔第回年時分半午前後中上下旬初春夏秋冬季期間平除随時予約相談可要不定のはまたごろ頃からまでみとき";

/// Letters of an interest at most; what is longer is a sentence.
const INTEREST_LETTERS: usize = 12;

/// How somebody confirmed a place, where the list uses one of these words.
const HOW: [&str; 4] = ["電話", "訪問", "団体から", "広報"];

pub(super) fn for_everybody(place: &Place, kind: Option<&Category>, districts: &DistrictTable) -> Place {
    let Place { id, facts, source, verification } = place;
    let Source { list: _, file: _, sheet: _, row: _, list_id: _, licence: _ } = source;
    Place {
        id: id.clone(),
        facts: facts_for_everybody(facts, kind, districts),
        source: Source::default(),
        verification: verification.as_ref().map(verification_for_everybody),
    }
}

/// Longer than it should be because every field is named once, so that none is forgotten.
fn facts_for_everybody(facts: &Facts, kind: Option<&Category>, districts: &DistrictTable) -> Facts {
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
    // A name that the import made of the category and an interest names nobody.
    let is_made = kind.is_some_and(|k| interests.iter().any(|i| *name == named_after(&k.name_ja, Some(i))));
    [Some(name).filter(|_| !is_made), kana.as_ref(), organization.as_ref()]
        .into_iter()
        .flatten()
        .for_each(|text| secrets.add_name(text));
    let district = district_of(facts, districts);
    let area = town.as_ref().map(|t| t.name.clone()).or_else(|| district.clone());
    Facts {
        name: named_after(kind.map_or(&category.0, |k| &k.name_ja), area.as_deref()),
        category: category.clone(),
        interests: interests.iter().filter(|i| is_plain_interest(i, &secrets)).cloned().collect(),
        roles: roles.clone(),
        mode: *mode,
        site: middle_of_town(facts),
        town: town.clone(),
        address: town.as_ref().map(|t| t.name.clone()),
        district_written: district,
        schedule: schedule.iter().filter(|s| says_only_when(&s.text, &secrets)).cloned().collect::<Vec<Schedule>>(),
        access: access_for_everybody(access, |_| None),
        contact: office_of(kind),
        status: *status,
        audience: *audience,
        extra: BTreeMap::new(),
        ..Facts::default()
    }
}

/// The district by its own name: as the list means it, else by the middle of the 大字. The exact position has no say.
fn district_of(facts: &Facts, districts: &DistrictTable) -> Option<String> {
    let coarse =
        Facts { site: middle_of_town(facts), district_written: facts.district_written.clone(), ..Facts::default() };
    districts.assign(&coarse).map(|d| d.name.clone())
}

fn office_of(kind: Option<&Category>) -> Contact {
    Contact {
        office: kind.and_then(|k| k.office.clone()),
        phone: kind.and_then(|k| k.office_phone.clone()),
        ..Contact::default()
    }
}

fn verification_for_everybody(verification: &Verification) -> Verification {
    let Verification { on, by: _, how, accepts_new } = verification;
    let how = how.clone().filter(|how| HOW.contains(&how.trim()));
    Verification { on: *on, by: None, how, accepts_new: *accepts_new }
}

fn is_plain_interest(interest: &str, secrets: &SensitiveTerms) -> bool {
    interest.chars().count() <= INTEREST_LETTERS
        && !interest.chars().any(char::is_numeric)
        && secrets.cleaned_sentence(interest).is_some()
        && !secrets.hold(interest)
}

/// Whether `text` holds nothing but words of time: no letter that they do not need, and no telephone number.
fn says_only_when(text: &str, secrets: &SensitiveTerms) -> bool {
    use unicode_normalization::UnicodeNormalization as _;
    let normal: String = text.nfkc().collect();
    let is_number = |run: &str| run.chars().filter(char::is_ascii_digit).count() >= 6;
    normal.chars().all(|c| WHEN_LETTERS.contains(c))
        && !normal.split(|c: char| !c.is_ascii_digit() && !"-()/. ".contains(c)).any(is_number)
        && secrets.cleaned_sentence(text).is_some()
}
