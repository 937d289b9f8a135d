//! How the names of a list are shown in a language: with furigana in plain Japanese, with Latin letters in English.
//!
//! Readings come from columns of readings and from the gazetteer, never from a guess; what has none stands as it is written. This module
//! does no I/O.

use std::sync::{Arc, OnceLock};

use super::handout::align::align;
use super::handout::readings::TownReadings;
use super::ruby::{RubyText, plain, reading_over};
use crate::index::Snapshot;
use crate::model::{District, Facts, Language, capitalised, roman_letters};

/// The readings of a municipality, as a page in one language shows them.
#[derive(Debug)]
pub struct NameReadings {
    lang: Language,
    towns: TownReadings,
}

/// The readings in each language.
struct KeptReadings([(Language, OnceLock<Arc<NameReadings>>); Language::ALL.len()]);

impl NameReadings {
    /// The readings for a page in `lang`, collected once per snapshot.
    pub fn of(snapshot: &Snapshot, lang: Language) -> Arc<Self> {
        let each = snapshot.kept.get(|| KeptReadings(Language::ALL.map(|lang| (lang, OnceLock::new()))));
        let found = each.0.iter().find(|(known, _)| *known == lang).map(|(_, kept)| kept);
        let new = || Arc::new(Self::new(snapshot, lang));
        found.map_or_else(new, |kept| Arc::clone(kept.get_or_init(new)))
    }

    fn new(snapshot: &Snapshot, lang: Language) -> Self {
        let towns = if lang == Language::Ja { &[][..] } else { &snapshot.towns };
        Self { lang, towns: TownReadings::new(towns, &snapshot.city) }
    }

    /// The name of a place.
    pub fn name(&self, facts: &Facts) -> RubyText {
        match (&facts.kana, self.lang) {
            (Some(kana), Language::Easy) => align(&facts.name, kana),
            _ => plain(&facts.name),
        }
    }

    /// The line below the name of a place: its reading, where the name does not show it already.
    pub fn below(&self, facts: &Facts) -> Option<String> {
        let kana = facts.kana.as_ref().filter(|kana| **kana != facts.name)?;
        match self.lang {
            Language::Ja => Some(kana.clone()),
            Language::Easy => Some(kana.clone()).filter(|_| self.name(facts).iter().all(|it| it.reading.is_none())),
            Language::En | Language::Vi => in_latin(&facts.name, kana),
        }
    }

    /// The name of a district.
    pub fn district(&self, district: &District) -> RubyText {
        self.read(&district.name, &district.name, district.kana.as_deref())
    }

    /// The name of a 大字.
    pub fn town(&self, town: &str) -> RubyText {
        self.read(town, town, self.towns.of(town))
    }

    /// Venue, else 大字, else address in one line, with the reading of the 大字 that stands in it.
    pub fn whereabouts(&self, facts: &Facts) -> Option<RubyText> {
        let town = facts.town.as_ref().map(|town| town.name.as_str());
        let line = facts.venue.as_deref().or(town).or(facts.address.as_deref())?;
        let Some(town) = town else { return Some(plain(line)) };
        Some(self.read(line, town, self.towns.of(town)))
    }

    /// `text` with the reading of a part of it.
    fn read(&self, text: &str, part: &str, kana: Option<&str>) -> RubyText {
        match (kana, self.lang) {
            (Some(kana), Language::Easy) if text == part => align(text, kana),
            (kana, Language::Easy) => reading_over(text, part, kana),
            (Some(kana), lang) if lang.is_latin() && text.contains(part) => match roman_letters(kana) {
                Some(roman) => plain(&format!("{text} ({})", capitalised(&roman))),
                None => plain(text),
            },
            _ => plain(text),
        }
    }
}

/// A reading in Latin letters, parted where the name changes its script: 「いきいきサロン八鹿」 is "Ikiiki saron yoka".
fn in_latin(name: &str, kana: &str) -> Option<String> {
    let is_katakana = |c: char| ('\u{30a0}'..='\u{30ff}').contains(&c) && c != 'ー';
    let mut words: Vec<String> = Vec::new();
    for segment in align(name, kana) {
        if let Some(reading) = segment.reading {
            words.push(roman_letters(&reading)?);
            continue;
        }
        let chars: Vec<char> = segment.text.chars().collect();
        let runs = chars.chunk_by(|a, b| is_katakana(*a) == is_katakana(*b) || *b == 'ー');
        words.extend(runs.filter_map(|run| roman_letters(&run.iter().collect::<String>())));
    }
    let parted = words.join(" ");
    // What is no kana and has no reading would be left out: then the whole reading, in one.
    let whole = roman_letters(kana)?;
    let said = if parted.replace(' ', "").len() >= whole.len() { parted } else { whole };
    Some(capitalised(&said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::ruby::{RubySegment, base_text};

    fn readings(lang: Language) -> NameReadings {
        NameReadings { lang, towns: TownReadings::default() }
    }

    fn place(name: &str, kana: Option<&str>) -> Facts {
        Facts { name: name.to_owned(), kana: kana.map(str::to_owned), ..Facts::default() }
    }

    #[test]
    fn a_name_has_its_reading_in_the_way_of_each_language() {
        let salon = place("大屋サロン", Some("おおやサロン"));
        let below = |lang| readings(lang).below(&salon);
        assert_eq!(below(Language::Ja).as_deref(), Some("おおやサロン"));
        assert_eq!(below(Language::Easy), None);
        assert_eq!(below(Language::En).as_deref(), Some("Oya saron"));
        let ruby = readings(Language::Easy).name(&salon);
        assert_eq!(ruby, [RubySegment::read("大屋", "おおや"), RubySegment::plain("サロン")]);
        assert_eq!(readings(Language::En).name(&salon), plain("大屋サロン"));
    }

    #[test]
    fn a_reading_that_is_none_is_not_shown_as_one() {
        for (name, kana) in
            [("大屋サロン", None), ("大屋サロン", Some("大屋")), ("サロン", Some("サロン")), ("大屋", Some(""))]
        {
            let facts = place(name, kana);
            for lang in Language::ALL {
                assert_eq!(base_text(&readings(lang).name(&facts)), name);
                assert!(readings(lang).name(&facts).iter().all(|it| it.reading.is_none()), "{name} {kana:?}");
            }
            assert_eq!(readings(Language::En).below(&facts), None);
        }
    }
}
