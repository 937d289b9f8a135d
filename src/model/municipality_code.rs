//! The code of a municipality (全国地方公共団体コード, JIS X 0401/0402): five digits and a check digit.
//!
//! This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

use super::PREFECTURES;

/// The cities that are divided into wards (政令指定都市), without check digit. The codes of their wards follow theirs.
const CITIES_OF_WARDS: [u32; 20] = [
    1100, 4100, 11100, 12100, 14100, 14130, 14150, 15100, 22100, 22130, 23100, 26100, 27100, 27140, 28100, 33100,
    34100, 40100, 40130, 43100,
];

/// The code of a municipality or of a ward of Tokyo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MunicipalityCode {
    /// Without the check digit.
    short: String,
}

/// Why digits are no code of a municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeFault {
    /// It has neither five nor six digits.
    NotDigits,
    /// The first two digits are no prefecture's.
    NoPrefecture,
    /// It is the code of a whole prefecture, or the leading zero is missing.
    NoMunicipality,
    /// The sixth digit does not fit the first five; the right one is this.
    CheckDigit(char),
}

impl MunicipalityCode {
    /// Reads five digits, or six of which the last is checked; full-width digits and blanks around them are fine.
    ///
    /// ```
    /// use tsunagari::model::MunicipalityCode;
    ///
    /// assert_eq!(MunicipalityCode::parse("28222").unwrap().whole(), "282227");
    /// assert!(MunicipalityCode::parse("282228").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// The first [`CodeFault`] that applies.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let digits: String = text.nfkc().collect::<String>().trim().to_owned();
        if !matches!(digits.len(), 5 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CodeFault::NotDigits);
        }
        let code = Self { short: digits[..5].to_owned() };
        if code.prefecture().is_none() {
            return Err(CodeFault::NoPrefecture);
        }
        if code.number() % 1000 < 100 {
            return Err(CodeFault::NoMunicipality);
        }
        let right = code.check_digit();
        if digits.chars().nth(5).is_some_and(|given| given != right) {
            return Err(CodeFault::CheckDigit(right));
        }
        Ok(code)
    }

    /// The five digits that open data mostly use.
    pub fn short(&self) -> &str {
        &self.short
    }

    /// All six digits.
    pub fn whole(&self) -> String {
        format!("{}{}", self.short, self.check_digit())
    }

    /// The name of its prefecture.
    pub fn prefecture(&self) -> Option<&'static str> {
        let number = usize::try_from(self.number() / 1000).unwrap_or(0);
        PREFECTURES.get(number.checked_sub(1)?).copied()
    }

    /// Whether it is a city that is divided into wards with codes of their own.
    pub fn has_wards(&self) -> bool {
        CITIES_OF_WARDS.contains(&self.number())
    }

    /// Whether `code`, of five or more digits, is of this municipality or of one of its wards. A town's code of twelve digits
    /// begins with that of its municipality.
    pub fn covers(&self, code: &str) -> bool {
        let Some(other) = code.get(..5).and_then(|short| short.parse::<u32>().ok()) else { return false };
        let own = self.number();
        if !self.has_wards() {
            return other == own;
        }
        let next = CITIES_OF_WARDS.iter().copied().find(|&city| city > own).unwrap_or(u32::MAX);
        (own..next.min(own - own % 1000 + 200)).contains(&other)
    }

    fn number(&self) -> u32 {
        self.short.parse().unwrap_or(0)
    }

    /// JIS X 0402: weights 6 to 2, modulo 11.
    fn check_digit(&self) -> char {
        let sum: u32 =
            self.short.chars().zip((2..=6).rev()).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
        char::from_digit((11 - sum % 11) % 10, 10).unwrap_or('0')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_published_codes() {
        // Codes as the ministry publishes them, of every remainder that matters.
        for whole in [
            "011002", "012025", "131016", "141003", "141305", "221309", "271004", "282227", "372013", "401307",
            "462012", "473618",
        ] {
            let code = MunicipalityCode::parse(whole).unwrap_or_else(|fault| panic!("{whole}: {fault:?}"));
            assert_eq!((code.whole().as_str(), code.short()), (whole, &whole[..5]));
            assert_eq!(MunicipalityCode::parse(&whole[..5]).unwrap(), code);
        }
    }

    #[test]
    fn any_other_check_digit_is_refused_with_the_right_one() {
        for wrong in (0..10).filter(|digit| *digit != 7) {
            assert_eq!(MunicipalityCode::parse(&format!("28222{wrong}")), Err(CodeFault::CheckDigit('7')));
        }
    }

    #[test]
    fn what_is_no_code_is_refused_by_its_reason() {
        for (text, fault) in [
            ("", CodeFault::NotDigits),
            ("2822", CodeFault::NotDigits),
            ("2822270", CodeFault::NotDigits),
            ("28222x", CodeFault::NotDigits),
            ("養父市", CodeFault::NotDigits),
            ("-28222", CodeFault::NotDigits),
            ("482227", CodeFault::NoPrefecture),
            ("002227", CodeFault::NoPrefecture),
            ("280003", CodeFault::NoMunicipality),
            ("12025", CodeFault::NoMunicipality),
        ] {
            assert_eq!(MunicipalityCode::parse(text), Err(fault), "{text}");
        }
        assert_eq!(MunicipalityCode::parse(" ２８２２２７ ").unwrap().prefecture(), Some("兵庫県"));
    }

    #[test]
    fn a_city_covers_its_wards_and_no_neighbour() {
        for (city, code, covers) in [
            ("28100", "281010001001", true),
            ("28100", "28111", true),
            ("28100", "28201", false),
            ("14100", "14118", true),
            ("14100", "14130", false),
            ("14130", "14137", true),
            ("14130", "14150", false),
            ("22130", "22140", true),
            ("27100", "27140", false),
            ("40130", "40137", true),
            ("13101", "13102", false),
            ("13101", "131016", true),
            ("28222", "28222", true),
            ("28222", "28223", false),
            ("28222", "2822", false),
            ("01100", "01110", true),
        ] {
            assert_eq!(MunicipalityCode::parse(city).unwrap().covers(code), covers, "{city} {code}");
        }
    }
}
