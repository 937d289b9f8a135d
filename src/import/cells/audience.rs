//! Access level per place, by the list's columns on publishing. Values that are not understood are for staff only.
//!
//! This module does no I/O.

use super::cell::{RecordCells, is_blank};
use crate::import::ProblemKind;
use crate::import::columns::Field;
use crate::import::places::phrases::AudienceWords;
use crate::model::Audience;
use crate::text::fold;

/// The audience of this row's place. Of several columns, the strictest decides.
pub(in crate::import) fn audience(row: &mut RecordCells<'_>) -> Audience {
    let columns = row.sheet.columns_of(Field::Audience);
    let is_hidden = row.sheet.table.hidden_rows.contains(&row.record.row);
    // Who hides a row takes it out of the list as others see it.
    let mut strictest = if is_hidden { Audience::Staff } else { Audience::Public };
    for &column in columns {
        let text = row.record.cells.get(column).map_or("", |c| c.trim());
        let heading = row.sheet.table.headings.get(column).map(String::as_str);
        // The group heading above it (「非公開_掲載可否」) does not invert the meaning.
        let own = heading.and_then(|heading| heading.rsplit('_').next()).unwrap_or_default();
        let found = audience_of_text(text, own, row.sheet.known.phrases.audience());
        if found.is_none() {
            let kind = if is_blank(text) { ProblemKind::BlankAudience } else { ProblemKind::UnclearAudience };
            row.problem(heading, kind, &[("value", text)]);
        }
        strictest = strictest.max(found.unwrap_or(Audience::Staff));
    }
    strictest
}

/// The audience that `text` means under `heading`; `None` if it is blank or not understood.
pub(in crate::import) fn audience_of_text(text: &str, heading: &str, words: &AudienceWords) -> Option<Audience> {
    let folded = fold(text).trim_end_matches(['。', '.']).to_owned();
    let public = words.public.contains(&folded);
    let staff = words.staff.contains(&folded);
    // Under 「非公開」 a circle (○) means the opposite, a word such as 「公開」 does not.
    let asks_to_hide = asks_to_hide(heading);
    let is_sign = !folded.contains("公開") && !folded.contains("掲載");
    match (public, staff, asks_to_hide && is_sign) {
        (true, _, false) | (_, true, true) => Some(Audience::Public),
        (_, true, false) | (true, _, true) => Some(Audience::Staff),
        _ if words.link_workers.contains(&folded) || is_limited(&folded, words) => Some(Audience::LinkWorkers),
        _ => None,
    }
}

/// Whether ○ under `heading` means hidden: 「非公開」, 「公開×」; not 「公開・非公開」 nor 「公開可否（非公開は×）」, where the answer may be either.
fn asks_to_hide(heading: &str) -> bool {
    const HIDDEN: [&str; 5] = ["非公開", "不掲載", "非掲載", "掲載不可", "公開不可"];
    let rest = HIDDEN.iter().fold(heading.to_owned(), |rest, word| rest.replace(word, ""));
    let offers_choice = |rest: &str| ["公開", "掲載", "可否"].iter().any(|word| rest.contains(word));
    let crossed = heading.contains(['×', '✕', '✗', '✖']) && !heading.contains(['○', '〇', '◯']);
    if rest == heading { crossed && !heading.contains("可否") } else { !offers_choice(&rest) }
}

/// Whether `text` names a group of people and a limit to it, and nothing unknown: 「支援者・関係機関のみに公開」.
fn is_limited(text: &str, words: &AudienceWords) -> bool {
    let (mut rest, mut circle, mut limit) = (text, false, false);
    while !rest.is_empty() {
        if let Some(after) = strip(rest, &words.circles) {
            (rest, circle) = (after, true);
        } else if let Some(after) = strip(rest, &words.limits) {
            (rest, limit) = (after, true);
        } else if let Some(after) = strip(rest, &words.fillers) {
            rest = after;
        } else {
            return false;
        }
    }
    circle && limit
}

/// `text` without the longest of `words` that is its prefix.
fn strip<'t>(text: &'t str, words: &[String]) -> Option<&'t str> {
    words.iter().filter_map(|word| text.strip_prefix(word.as_str())).min_by_key(|rest| rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::places::phrases::Phrases;

    #[test]
    fn a_circle_hides_only_where_the_heading_asks_for_nothing_else() {
        for heading in ["非公開", "非公開希望", "公開×", "掲載不可"] {
            assert!(asks_to_hide(heading), "{heading}");
        }
        for heading in
            ["公開", "公開・非公開", "公開/非公開", "公開可否（非公開は×）", "掲載可否", "公開（○×）", "公開可否×"]
        {
            assert!(!asks_to_hide(heading), "{heading}");
        }
    }

    #[test]
    fn signs_and_words_say_who_may_see_a_place() {
        use Audience::{LinkWorkers, Public, Staff};
        let phrases = Phrases::built_in();
        for (text, expected) in [
            ("○", Some(Public)),
            ("〇", Some(Public)),
            ("◯", Some(Public)),
            ("可", Some(Public)),
            ("公開", Some(Public)),
            ("する", Some(Public)),
            ("掲載可", Some(Public)),
            ("はい", Some(Public)),
            ("1", Some(Public)),
            ("１", Some(Public)),
            ("×", Some(Staff)),
            ("✕", Some(Staff)),
            ("不可", Some(Staff)),
            ("非公開", Some(Staff)),
            ("掲載しない", Some(Staff)),
            ("支援者のみ", Some(LinkWorkers)),
            ("関係者のみ", Some(LinkWorkers)),
            ("専門職のみ", Some(LinkWorkers)),
            ("限定", Some(LinkWorkers)),
            ("支援者のみ公開", Some(LinkWorkers)),
            ("支援者・関係機関のみに公開", Some(LinkWorkers)),
            ("○（支援者のみ）", Some(LinkWorkers)),
            ("△（支援者のみ）", Some(LinkWorkers)),
            ("支援者限定", Some(LinkWorkers)),
            ("HPのみ不可", None),
            ("△", None),
            ("", None),
            ("-", None),
            ("要確認", None),
            ("支援者", None),
            ("支援者のみ不可", None),
            ("○（電話は不可）", None),
            ("のみ", None),
            ("2", None),
        ] {
            assert_eq!(audience_of_text(text, "掲載可否", phrases.audience()), expected, "{text}");
        }
    }

    #[test]
    fn a_sign_under_a_heading_that_asks_for_hiding_means_the_opposite() {
        let phrases = Phrases::built_in();
        assert_eq!(audience_of_text("○", "非公開", phrases.audience()), Some(Audience::Staff));
        assert_eq!(audience_of_text("公開", "公開・非公開", phrases.audience()), Some(Audience::Public));
        assert_eq!(audience_of_text("非公開", "公開・非公開", phrases.audience()), Some(Audience::Staff));
    }
}
