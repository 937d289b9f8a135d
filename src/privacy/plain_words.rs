//! Allow-lists: words of a private person's place that are safe by their form. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

use super::sensitive_terms::SensitiveTerms;

/// Allow-list of the characters of a schedule: 毎月第2・4木曜 午前10時〜12時（冬季は休み）.
const SCHEDULE_CHARS: &str = "0123456789:-.,/()、。・〜~ 月火水木金土日曜祝休毎週隔第回年時分半午前後中上下旬初末最終始翌奇偶数春夏秋冬季期間平除随時予約相談可要不定のはまたごろ頃からまでみとき";

/// Maximum length of an interest, in characters; a longer one is a sentence.
const MAX_SHORT_WORD_CHARS: usize = 12;

/// Digits in a row that may be a telephone number.
const NUMBER_DIGITS: usize = 6;

/// Whether `word` is short, has no digits and names nobody.
pub(super) fn is_short_word(word: &str, terms: &SensitiveTerms) -> bool {
    word.chars().count() <= MAX_SHORT_WORD_CHARS
        && !word.chars().any(char::is_numeric)
        && terms.cleaned_sentence(word).is_some()
        && !terms.have_prefix(word)
}

/// Whether `text` consists of schedule characters only, and contains no telephone number and no name.
pub(super) fn is_schedule(text: &str, terms: &SensitiveTerms) -> bool {
    let normal: String = text.nfkc().collect();
    let is_number = |run: &str| run.chars().filter(char::is_ascii_digit).count() >= NUMBER_DIGITS;
    normal.chars().all(|c| SCHEDULE_CHARS.contains(c))
        && !normal.split(|c: char| !c.is_ascii_digit() && !"-()/. ".contains(c)).any(is_number)
        && terms.cleaned_sentence(text).is_some()
}
