//! Answers to a form on the web: when somebody sent it, and from which address, is about who filled it in, not about the place.
//!
//! Forms put these columns before their questions. This module does no I/O.

use super::{Basis, Planning};
use crate::import::columns::Field;
use crate::import::columns::taken_apart::cleaned;

/// Headings that only an export of answers has.
const SENT: [&str; 7] =
    ["タイムスタンプ", "timestamp", "完了時刻", "completion time", "回答日時", "送信日時", "submitted at"];
/// When the form was opened, beside one of these.
const OPENED: [&str; 2] = ["開始時刻", "start time"];
/// Who sent it: addresses and names that stand before the questions.
const ADDRESSES: [&str; 6] = ["メールアドレス", "メール", "email", "email address", "ユーザー名", "username"];
const NAMES: [&str; 4] = ["名前", "氏名", "お名前", "name"];
/// Columns before the questions at most.
const BEFORE_QUESTIONS: usize = 6;

impl Planning<'_> {
    /// Keeps with staff what an export of answers says of who sent them.
    pub(super) fn respondents(&mut self) {
        let headings: Vec<String> = self.headings.iter().map(|heading| cleaned(heading).to_lowercase()).collect();
        let is = |at: usize, words: &[&str]| words.contains(&headings[at].as_str());
        if !(0..headings.len()).any(|at| is(at, &SENT)) {
            return;
        }
        for at in 0..headings.len() {
            if self.columns[at].basis == Basis::Given {
                continue;
            }
            let is_before = at < BEFORE_QUESTIONS;
            if is(at, &SENT) || is(at, &OPENED) {
                self.take(at, Some(Field::Ignored), Basis::Words, 95);
            } else if is_before && (is(at, &ADDRESSES) || is(at, &NAMES)) {
                self.take(at, Some(Field::Person), Basis::Words, 90);
            }
        }
    }
}
