//! What one cell of a population table says: a number, a dash, or nothing that may be known. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

/// What one cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PopulationCell {
    /// A number.
    Number(f64),
    /// A number below zero, which no people are.
    Negative,
    /// A dash: 0 as statistics bureaus mean it, unless the row's sums say otherwise.
    Dash,
    /// Not known: suppressed (X, *, 秘匿), blank, or other words.
    Hidden,
}

impl PopulationCell {
    /// Reads a cell.
    pub(super) fn of(text: &str) -> Self {
        let folded: String = text.nfkc().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        if !folded.is_empty() && folded.chars().all(is_dash) {
            return Self::Dash;
        }
        let (rest, is_negative) = match folded.strip_prefix(['△', '▲']).or_else(|| folded.strip_prefix(is_dash)) {
            Some(rest) => (rest, true),
            None => (folded.as_str(), false),
        };
        let number = rest.strip_suffix(['人', '名']).unwrap_or(rest).replace([',', '、', '，'], "");
        match number.parse::<f64>() {
            Ok(number) if is_plain(rest) => {
                if is_negative && number > 0.0 {
                    Self::Negative
                } else {
                    Self::Number(number)
                }
            }
            _ => Self::Hidden,
        }
    }
}

/// Whether `text` begins with a digit and has no exponent: 「1e5」 and 「inf」 are words.
fn is_plain(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(['e', 'E'])
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' | '─' | '━' | 'ｰ' | '－')
}

#[cfg(test)]
mod tests {
    use super::PopulationCell::{Dash, Hidden, Negative, Number};
    use super::*;

    #[test]
    fn cells_are_read_as_statistics_bureaus_mean_them() {
        for (text, means) in [
            ("1,234", Number(1234.0)),
            ("１２３", Number(123.0)),
            ("１，２３４", Number(1234.0)),
            ("12.5", Number(12.5)),
            (" 7 ", Number(7.0)),
            ("7人", Number(7.0)),
            ("0", Number(0.0)),
            ("-0", Number(0.0)),
            ("-", Dash),
            ("－", Dash),
            ("―", Dash),
            ("‐", Dash),
            ("ー", Dash),
            ("−", Dash),
            ("X", Hidden),
            ("x", Hidden),
            ("χ", Hidden),
            ("*", Hidden),
            ("***", Hidden),
            ("…", Hidden),
            ("...", Hidden),
            ("秘匿", Hidden),
            ("", Hidden),
            ("不明", Hidden),
            ("1e5", Hidden),
            ("inf", Hidden),
            ("NaN", Hidden),
            ("-5", Negative),
            ("△5", Negative),
            ("▲1,234", Negative),
            ("−３", Negative),
        ] {
            assert_eq!(PopulationCell::of(text), means, "{text:?}");
        }
    }
}
