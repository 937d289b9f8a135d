//! How people meet: at a place, on rounds, by visits, by telephone or online. This module does no I/O.

use crate::import::cells::cell::RecordCells;
use crate::import::cells::cell::SheetContext;
use crate::import::columns::Field;
use crate::import::places::phrases::AddressModeWords;
use crate::model::{Facts, MeetingMode};
use crate::text::fold;

/// Characters of a title at most; anything longer is an explanation.
const TITLE_CHARS: usize = 40;

/// The mode of meeting by its column, else by an address that is none (市内一円), else by the list, else by the remarks of a place
/// without an address.
pub(super) fn mode(
    row: &RecordCells<'_>,
    of_list: Option<MeetingMode>,
    of_remarks: Option<MeetingMode>,
    facts: &mut Facts,
) -> MeetingMode {
    let words = row.sheet.known.phrases.mode();
    let instead = row.sheet.known.phrases.instead_of_address();
    let Some(cell) = row.first(Field::Mode) else {
        let place = facts.address.as_deref().or(facts.venue.as_deref());
        if let Some(mode) = place.and_then(|address| mode_of_address(instead, address)) {
            return mode;
        }
        if let Some(mode) = of_list {
            return mode;
        }
        let somewhere = facts.address.is_some() || facts.site.is_some();
        return if somewhere { MeetingMode::AtPlace } else { of_remarks.unwrap_or_default() };
    };
    let folded = fold(cell.text);
    let named = [
        (MeetingMode::AtPlace, &words.at_place),
        (MeetingMode::Roaming, &words.roaming),
        (MeetingMode::Visiting, &words.visiting),
        (MeetingMode::Phone, &words.phone),
        (MeetingMode::Online, &words.online),
    ];
    let found = named.into_iter().find(|(_, words)| words.iter().any(|w| folded.contains(w.as_str())));
    if found.is_none() || folded.contains(['・', '、', '/', ',']) {
        super::add_note(facts, cell);
    }
    found.map(|(mode, _)| mode).unwrap_or_default()
}

/// The mode of meeting of all rows of a list, by its title or by headings such as 停車場所 and 訪問可能曜日.
pub(super) fn of_list(sheet: &SheetContext<'_>) -> Option<MeetingMode> {
    let words = sheet.known.phrases.mode_of_list();
    let table = sheet.table;
    let titles = table.above.iter().chain(&table.sheet).map(String::as_str).chain([sheet.file]);
    let is_title_of = |list: &[String]| {
        let mut titles = titles.clone().filter(|title| title.chars().count() <= TITLE_CHARS).map(fold);
        titles.any(|title| list.iter().any(|word| title.contains(word.as_str())))
    };
    let has_heading = |list: &[String]| {
        let begins = |heading: &String| {
            let folded = fold(heading);
            let last = folded.rsplit('_').next().unwrap_or(&folded);
            list.iter().any(|word| last.starts_with(word.as_str()))
        };
        table.headings.iter().any(begins)
    };
    if is_title_of(&words.roaming_titles) || has_heading(&words.roaming_headings) {
        Some(MeetingMode::Roaming)
    } else {
        let has_place = [Field::Address, Field::AddressTown, Field::VenueName, Field::Lat, Field::LonLat];
        let goes_out = !has_place.iter().any(|field| sheet.has(*field)) && has_heading(&words.visiting_areas);
        (goes_out || has_heading(&words.visiting_headings)).then_some(MeetingMode::Visiting)
    }
}

/// The mode of meeting that an address names instead of a place: 市内一円, オンライン.
fn mode_of_address(words: &AddressModeWords, address: &str) -> Option<MeetingMode> {
    let folded = fold(address);
    let outer = folded.split(['(', '[']).next().unwrap_or_default();
    let said = |word: &String| {
        let behind = outer.rfind(word.as_str()).map(|at| &outer[at + word.len()..]);
        behind.is_some_and(|rest| rest.is_empty() || words.endings.iter().any(|ending| ending == rest))
    };
    let named = [
        (MeetingMode::Visiting, &words.visiting),
        (MeetingMode::Roaming, &words.roaming),
        (MeetingMode::Phone, &words.phone),
        (MeetingMode::Online, &words.online),
    ];
    // An address with a house number is one, whatever its building is called.
    let is_address = outer.chars().any(|c| c.is_ascii_digit());
    let found = named.into_iter().find(|(_, names)| !is_address && names.iter().any(said));
    found.map(|(mode, _)| mode)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::places::phrases::Phrases;

    #[test]
    fn an_address_that_is_none_says_how_people_meet() {
        let phrases = Phrases::built_in();
        for (mode, addresses) in [
            (
                MeetingMode::Roaming,
                &["市内一円", "養父市内一円", "市内各地区", "各地区公民館を巡回", "市内全域（要相談）"][..],
            ),
            (MeetingMode::Online, &["オンライン", "ｵﾝﾗｲﾝ開催", "Zoom", "オンライン（Zoom）", "WEB会議"]),
            (MeetingMode::Visiting, &["自宅へ訪問", "ご自宅へ訪問します", "利用者宅", "家庭訪問"]),
            (MeetingMode::Phone, &["電話", "電話相談", "電話のみ"]),
        ] {
            for address in addresses {
                assert_eq!(mode_of_address(phrases.instead_of_address(), address), Some(mode), "{address}");
            }
        }
        for address in [
            "養父市三宅7",
            "三宅オンライン館2階",
            "電話局前",
            "大谷",
            "訪問看護ステーション三宅",
            "オンラインカフェ三宅",
            "",
        ] {
            assert_eq!(mode_of_address(phrases.instead_of_address(), address), None, "{address}");
        }
    }
}
