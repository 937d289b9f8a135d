//! Characters that fold by themselves, whatever stands beside them: nearly all that is written. A text of nothing else is folded by
//! looking up each, without normalizing the whole. This module does no I/O.

use std::sync::OnceLock;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

use super::{TABLE, fold_char, is_kanji};

/// What a character becomes, as the code point of that, or one of the two below.
type FoldedCode = u32;

/// The character disappears.
const DROPPED: FoldedCode = u32::MAX;
/// What it becomes depends on its neighbours, or is more than one character.
const DEPENDS: FoldedCode = u32::MAX - 1;
/// A bit beside the code point: between two kanji it becomes something else.
const BETWEEN: FoldedCode = 1 << 24;

const BLOCK_CHARS: usize = 256;

/// The characters of Unicode's first plane, in blocks that are computed when the first of their characters is met.
static BLOCKS: [OnceLock<Box<[FoldedCode]>>; 0x1_0000 / BLOCK_CHARS] =
    [const { OnceLock::new() }; 0x1_0000 / BLOCK_CHARS];

/// `text` folded, where each of its characters folds by itself; `None` where the whole must be looked at.
pub(super) fn fold_lone(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    let (mut before, mut is_between) = (None, false);
    for c in text.chars() {
        let code = folded_code(c);
        if code == DROPPED {
            continue;
        }
        let to = char::from_u32(code & !BETWEEN).filter(|_| code != DEPENDS)?;
        if is_between && is_kanji(to) {
            return None;
        }
        is_between = code & BETWEEN != 0 && before.is_some_and(|c: char| is_kanji(c) || c.is_ascii_digit());
        before = Some(to);
        folded.push(to);
    }
    Some(folded)
}

fn folded_code(c: char) -> FoldedCode {
    let at = c as usize;
    let Some(block) = BLOCKS.get(at / BLOCK_CHARS) else { return DEPENDS };
    let first = at - at % BLOCK_CHARS;
    let codes = block.get_or_init(|| (first..first + BLOCK_CHARS).map(computed_code).collect());
    codes[at % BLOCK_CHARS]
}

fn computed_code(at: usize) -> FoldedCode {
    let Some(c) = u32::try_from(at).ok().and_then(char::from_u32) else { return DEPENDS };
    let is_inert = |c: char| canonical_combining_class(c) == 0 && is_nfkc_quick([c].into_iter()) == IsNormalized::Yes;
    let normalized: Vec<char> = [c].into_iter().nfkc().collect();
    let folded: Vec<char> = normalized.iter().flat_map(|c| c.to_lowercase()).filter_map(fold_char).collect();
    let is_alone = |c: char| !TABLE.is_mark(c) && TABLE.sequences.iter().all(|(key, _)| key[0] != c);
    match folded[..] {
        _ if !normalized.iter().all(|c| is_inert(*c)) => DEPENDS,
        [] => DROPPED,
        [to] if is_inert(to) && is_alone(to) => {
            let is_between = TABLE.between.iter().any(|(from, _)| *from == to);
            u32::from(to) | if is_between { BETWEEN } else { 0 }
        }
        _ => DEPENDS,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold_whole;
    use super::*;

    #[test]
    fn every_character_folds_beside_others_as_in_the_whole_text() {
        for c in (0..0x1_1000).filter_map(char::from_u32) {
            for text in
                [format!("{c}"), format!("谷{c}谷"), format!("か{c}"), format!("{c}\u{3099}"), format!("1{c}々")]
            {
                if let Some(folded) = fold_lone(&text) {
                    assert_eq!(folded, fold_whole(&text), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn ordinary_text_needs_no_look_at_the_whole() {
        let texts =
            ["第2・4木曜 13:30〜15:00", "おおやアート村　ＢＩＧ ＬＡＢＯ", "カラオケの会（八鹿町）、初心者歓迎。"];
        for text in texts {
            assert_eq!(fold_lone(text).as_deref(), Some(&*fold_whole(text)), "{text}");
        }
        for text in ["佐々木", "㈱", "ｶﾞ", "ヴァイオリン", "𠮷"] {
            assert_eq!(fold_lone(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_folded_by_characters_is_what_the_whole_gives(text in "([か゛が々ゞゝヴァ゙ 　ヶケ之箇っ三1谷ΣİｶﾞＡａ・－-]|\\PC){0,16}") {
            if let Some(folded) = fold_lone(&text) {
                prop_assert_eq!(folded, fold_whole(&text));
            }
        }
    }
}
