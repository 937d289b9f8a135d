//! Column mapping by parts of a heading, where the whole is not in the table.
//!
//! Only parts that mean the same under any group heading. This module does no I/O.

use super::fold::folded;
use super::office_words::OFFICES;
use crate::privacy::heading_words;

use super::{Field, HeadingMeaning, HeadingTable, OTHER_DATUM, OTHER_LANGUAGE, is_secret};

impl HeadingTable {
    /// Maps a two-line heading, `上_下`, by its lower line where the upper one cannot change it: a weekday is one under any
    /// group, a telephone is an office's only under words for an office.
    pub(super) fn by_parts(&self, heading: &str) -> Option<HeadingMeaning> {
        let (upper, lower) = heading.split_once('_')?;
        let upper = folded(upper).whole;
        let lower = folded(lower);
        let found = self.meanings.get(&lower.whole).copied().or_else(|| self.without_notes(&lower));
        let is = |words: &[&str]| words.iter().any(|word| upper.contains(word));
        let field = match found {
            Some(HeadingMeaning::Known(field)) => field,
            // 「開催日時_第1」: any part of a schedule is a schedule.
            _ if self.meanings.get(&upper) == Some(&HeadingMeaning::Known(Field::Schedule)) => Field::Schedule,
            _ => return None,
        };
        let is_office = is(&OFFICES);
        let can_be = match field {
            Field::Phone if is_person(&upper) => return Some(HeadingMeaning::Known(Field::PersonPhone)),
            Field::Phone | Field::Fax | Field::Email => is_office && !is_person(&upper),
            Field::Url => !is(&["画像", "写真", "動画"]) && !is_person(&upper),
            Field::Address => is(&["施設", "会場", "場所", "開催", "拠点"]) && !is_person(&upper),
            Field::VenueName => is(&["開催", "活動", "実施", "日時"]),
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
        can_be.then_some(HeadingMeaning::Known(field))
    }
}

impl HeadingTable {
    /// Maps 「活動曜日・頻度」: several words that are each about time.
    pub(super) fn by_words_of_time(&self, heading: &str) -> Option<HeadingMeaning> {
        let parts: Vec<&str> = heading.split(['・', '／', '/', '、', '･']).collect();
        let says_when = |part: &&str| {
            let meaning = self.meanings.get(&folded(part).whole);
            matches!(meaning, Some(HeadingMeaning::Known(Field::Schedule | Field::Weekdays)))
        };
        (parts.len() >= 2 && parts.iter().all(says_when)).then_some(HeadingMeaning::Known(Field::Schedule))
    }

    /// Maps a three-line heading without the last line, which only subdivides it: 固定 under 電話 under 連絡先.
    pub(super) fn by_upper_parts(&self, heading: &str) -> Option<HeadingMeaning> {
        let (upper, last) = heading.rsplit_once('_').filter(|(upper, _)| upper.contains('_'))?;
        let known = self.meanings.get(&folded(upper).whole).copied().or_else(|| self.by_parts(upper))?;
        let is_private = is_person(last);
        match known {
            HeadingMeaning::Known(Field::Phone | Field::OfficePhone) if is_private => {
                Some(HeadingMeaning::Known(Field::PersonPhone))
            }
            known if !is_private => Some(known),
            _ => None,
        }
    }
}

/// Whether a heading makes a telephone below it a private person's, by `privacy.toml`.
fn is_person(heading: &str) -> bool {
    heading_words().headings.iter().any(|word| heading.contains(word.as_str()))
}

/// Maps the first unknown heading that ends with 「名称」, before the building's, to the name of the activity.
pub(super) fn name_by_ending(headings: &[String], fields: &mut [Option<Field>]) {
    let others =
        ["ローマ字", "略", "通", "旧", "別", "国名", "市", "町", "村", "管理", "法人", "事業者", "運営", "設置"];
    let can_be = |heading: &String| {
        let folded = folded(heading);
        let says = |words: &[&str]| words.iter().any(|word| folded.whole.contains(word) || folded.notes.contains(word));
        folded.bare.ends_with("名称")
            && !says(&OTHER_LANGUAGE)
            && !is_secret(heading)
            && !is_person(&folded.whole)
            && !is_person(&folded.notes)
            && !says(&others)
    };
    let before = fields.iter().position(|f| *f == Some(Field::VenueName)).unwrap_or(headings.len());
    if let Some(at) = (0..before).find(|&at| fields[at].is_none() && can_be(&headings[at])) {
        fields[at] = Some(Field::ActivityName);
    }
}

/// Maps the few endings that mean the same after any beginning.
pub(super) fn by_ending(bare: &str) -> Option<HeadingMeaning> {
    let is_private = is_person(bare);
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
    Some(HeadingMeaning::Known(field))
}
