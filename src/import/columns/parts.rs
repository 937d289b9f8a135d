//! What a part of a heading says where the whole is not in the table.
//!
//! Only parts that mean the same whatever stands before them. This module does no I/O.

use super::fold::folded;
use super::{Columns, Field, Meaning, OTHER_DATUM};

/// Words that make a telephone beside them a private person's.
const PERSONS: [&str; 17] = [
    "代表者",
    "世話",
    "講師",
    "担当者",
    "責任者",
    "会長",
    "役員",
    "指導者",
    "自宅",
    "個人",
    "本人",
    "緊急",
    "保護者",
    "区長",
    "携帯",
    "家族",
    "氏名",
];

impl Columns {
    /// The meaning of a heading over two lines, `上_下`, by the lower one where the upper one cannot change it: a weekday is
    /// one under whatever it stands, a telephone is an office's only under words for an office.
    pub(super) fn by_parts(&self, heading: &str) -> Option<Meaning> {
        let (upper, lower) = heading.split_once('_')?;
        let upper = folded(upper).whole;
        let lower = folded(lower);
        let found = self.meanings.get(&lower.whole).copied().or_else(|| self.without_notes(&lower));
        let is = |words: &[&str]| words.iter().any(|word| upper.contains(word));
        let field = match found {
            Some(Meaning::Known(field)) => field,
            // 「開催日時_第1」: whatever it is the first of, it is a time.
            _ if self.meanings.get(&upper) == Some(&Meaning::Known(Field::Schedule)) => Field::Schedule,
            _ => return None,
        };
        let is_office = is(&["連絡", "問", "事務局", "窓口", "申込", "施設", "会場", "場所", "開催", "拠点", "団体"]);
        let can_be = match field {
            Field::Phone if is(&PERSONS) => return Some(Meaning::Known(Field::PersonPhone)),
            Field::Phone | Field::Fax | Field::Email => is_office && !is(&PERSONS),
            Field::Url => !is(&["画像", "写真", "動画"]) && !is(&PERSONS),
            Field::Address => is(&["施設", "会場", "場所", "開催", "拠点"]) && !is(&PERSONS),
            Field::Lon | Field::Lat | Field::LonLat => !is(&OTHER_DATUM),
            Field::Weekdays
            | Field::StartTime
            | Field::EndTime
            | Field::Schedule
            | Field::ClosedDays
            | Field::Note
            | Field::Cost
            | Field::Parking
            | Field::Toilet
            | Field::PickUp
            | Field::Person => true,
            _ => false,
        };
        can_be.then_some(Meaning::Known(field))
    }
}

/// The few endings that mean the same whatever stands before them.
pub(super) fn by_ending(bare: &str) -> Option<Meaning> {
    let is_private = PERSONS.iter().any(|word| bare.contains(word));
    let field = if bare.starts_with("備考") {
        Field::Note
    } else if bare.ends_with("電話番号") {
        if is_private { Field::PersonPhone } else { Field::Phone }
    } else if is_private {
        return None;
    } else if bare.ends_with("fax番号") || bare.ends_with("ファックス番号") {
        Field::Fax
    } else if bare.ends_with("メールアドレス") {
        Field::Email
    } else {
        return None;
    };
    Some(Meaning::Known(field))
}
