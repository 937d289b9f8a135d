//! Access facts as texts: the answer, and behind a colon the words of the list. This module does no I/O.

use super::items::{joined, parted};
use super::words::ROW_WORDS;
use crate::model::{Access, AccessAnswer, AccessFact};

/// Between the parts of an answer.
const COLON: char = '：';

/// The words for yes and no of a fact.
pub fn yes_no(fact: AccessFact) -> [&'static str; 2] {
    ROW_WORDS.answers.get(fact.code()).map_or(["○", "×"], |[yes, no]| [yes.as_str(), no.as_str()])
}

/// An answer: 「○」, 「×：送迎はありません」.
pub fn answer_text(fact: AccessFact, answer: &AccessAnswer) -> String {
    let [yes, no] = yes_no(fact);
    let words = answer.words.trim();
    let short = if answer.yes { yes } else { no };
    if words.is_empty() { short.to_owned() } else { format!("{short}{COLON}{words}") }
}

/// Reads what [`answer_text`] wrote; `None` for anything else.
pub fn read_answer(fact: AccessFact, text: &str) -> Option<AccessAnswer> {
    let [yes, no] = yes_no(fact);
    let (short, words) = text.split_once(COLON).unwrap_or((text, ""));
    let is_yes = match short {
        _ if short == yes => true,
        _ if short == no => false,
        _ => return None,
    };
    Some(AccessAnswer { yes: is_yes, words: words.to_owned() })
}

fn label(fact: AccessFact) -> Option<&'static str> {
    ROW_WORDS.labels.get(fact.code()).map(String::as_str)
}

/// All facts without a column of their own.
pub(super) fn others_text(access: &Access) -> String {
    let item = |(fact, answer): (&AccessFact, &AccessAnswer)| {
        Some(format!("{}{COLON}{}", label(*fact)?, answer_text(*fact, answer)))
    };
    let items: Vec<String> = access.iter().filter_map(item).collect();
    joined(items.iter().map(String::as_str))
}

/// Reads several facts with their labels, 「多目的トイレ：○;雨天中止：×」.
///
/// # Errors
///
/// An item that is none, as it stands.
pub fn read_other_answers(text: &str) -> Result<Vec<(AccessFact, AccessAnswer)>, String> {
    let read = |item: String| {
        let (name, answer) = item.split_once(COLON).ok_or_else(|| item.clone())?;
        let fact = AccessFact::ALL.into_iter().find(|fact| label(*fact) == Some(name)).ok_or_else(|| item.clone())?;
        Ok((fact, read_answer(fact, answer).ok_or_else(|| item.clone())?))
    };
    parted(text).into_iter().map(read).collect()
}
