//! Patterns of `LIKE`: `%` any characters, `_` one, `\` before either for itself. This module does no I/O.

use super::scalar::case_folded;

/// A pattern, cut into its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikePattern {
    parts: Vec<PatternPart>,
    /// Whether capital and small letters are the same.
    pub ignores_case: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PatternPart {
    /// This character.
    One(char),
    /// Any one character.
    AnyOne,
    /// Any number of any characters.
    AnyMany,
}

impl LikePattern {
    /// Cuts `pattern` into its parts.
    pub(super) fn new(pattern: &str, ignores_case: bool) -> Self {
        let folded = if ignores_case { case_folded(pattern) } else { pattern.to_owned() };
        let mut parts = Vec::new();
        let mut chars = folded.chars();
        while let Some(c) = chars.next() {
            parts.push(match c {
                '%' => PatternPart::AnyMany,
                '_' => PatternPart::AnyOne,
                '\\' => PatternPart::One(chars.next().unwrap_or('\\')),
                c => PatternPart::One(c),
            });
        }
        Self { parts, ignores_case }
    }

    /// Whether the whole of `text` fits. At a mismatch only the last `%` is tried again, so that time is at most the product of
    /// the lengths.
    pub(super) fn fits(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut at, mut part) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        while at < text.len() {
            match self.parts.get(part) {
                Some(PatternPart::AnyMany) => {
                    retry = Some((part, at));
                    part += 1;
                }
                Some(PatternPart::AnyOne) => (at, part) = (at + 1, part + 1),
                Some(PatternPart::One(c)) if *c == text[at] => (at, part) = (at + 1, part + 1),
                _ => {
                    let Some((many, from)) = retry else { return false };
                    retry = Some((many, from + 1));
                    (at, part) = (from + 1, many + 1);
                }
            }
        }
        self.parts[part..].iter().all(|rest| *rest == PatternPart::AnyMany)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_the_whole_text() {
        for (pattern, text, fits) in [
            ("囲碁%", "囲碁の会", true),
            ("囲碁", "囲碁の会", false),
            ("%碁%", "囲碁の会", true),
            ("囲_の会", "囲碁の会", true),
            ("囲_会", "囲碁の会", false),
            ("%", "", true),
            ("", "", true),
            ("_", "", false),
            ("100\\%", "100%", true),
            ("100\\%", "1000", false),
            ("a\\_b", "a_b", true),
            ("a\\_b", "axb", false),
            ("%ab%ab%c", "abababababc", true),
            ("%ab%abd", "abababababc", false),
            ("\\", "\\", true),
        ] {
            assert_eq!(LikePattern::new(pattern, false).fits(text), fits, "{pattern} {text}");
        }
        assert!(LikePattern::new("CAFÉ%", true).fits(&case_folded("Café あい")));
    }
}
