//! The words that a query can be made of: names of this municipality, interests of the thesaurus, and those of `words.toml`.
//!
//! Built once per snapshot; the page's script gets the same vocabulary. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;
use wana_kana::ConvertJapanese as _;

use super::conditions::PlaceFact;
use crate::model::{CategoryTable, DistrictTable, Thesaurus};
use crate::text::{fold, hiragana};

/// What a word of a query means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordMeaning {
    /// A time: a code of [`MeetingWish::add`](super::conditions::MeetingWish::add).
    When(String),
    /// Something required of the place.
    Fact(PlaceFact),
    /// A name of this municipality: it is searched as it is.
    Name,
    /// How names of this municipality are read: what is searched instead, folded.
    Reading(Vec<String>),
    /// Interests, as numbers of [`SearchVocabulary::interests`].
    Interests(Vec<usize>),
}

/// An interest with the folded words that find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestWords {
    /// Its preferred term, to be shown.
    pub term: String,
    /// Every word that means it, folded.
    pub words: Vec<String>,
    /// Those among them that mean it inside a text, too.
    pub finds: Vec<String>,
    /// It and all narrower ones, as numbers.
    pub kinds: Vec<usize>,
    /// Those near it.
    pub neighbours: Vec<usize>,
}

/// The folded words that mean something in a query.
#[derive(Debug, Default)]
pub struct SearchVocabulary {
    meanings: HashMap<String, WordMeaning>,
    longest: usize,
    interests: Vec<InterestWords>,
}

#[derive(Deserialize)]
struct WordFile {
    when: BTreeMap<String, Vec<String>>,
    facts: BTreeMap<String, Vec<String>>,
    fillers: FillerTable,
    romaji: RomajiTable,
    compounds: CompoundTable,
    /// Words of other languages by the term of the thesaurus that they mean.
    interests: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct FillerTable {
    separators: String,
    particles: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct RomajiTable {
    pairs: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct CompoundTable {
    words: String,
}

/// The table of the program's own words, folded.
struct OwnWords {
    meanings: Vec<(String, WordMeaning)>,
    fillers: BTreeSet<String>,
    separators: String,
    particles: String,
    romaji: Vec<(String, String)>,
    compounds: Vec<String>,
    interests: Vec<(String, Vec<String>)>,
}

static OWN: LazyLock<OwnWords> = LazyLock::new(|| {
    let file: WordFile = toml::from_str(include_str!("words.toml")).expect("the table is our own");
    let when = |(code, words): (&String, &Vec<String>)| {
        let meaning = WordMeaning::When(code.clone());
        words.iter().map(|word| (fold(word), meaning.clone())).collect::<Vec<_>>()
    };
    let fact = |(code, words): (&String, &Vec<String>)| {
        let meaning = WordMeaning::Fact(PlaceFact::from_code(code).expect("a test reads every code"));
        words.iter().map(|word| (fold(word), meaning.clone())).collect::<Vec<_>>()
    };
    OwnWords {
        meanings: file.when.iter().flat_map(when).chain(file.facts.iter().flat_map(fact)).collect(),
        fillers: file.fillers.words.iter().map(|word| fold(word)).collect(),
        separators: file.fillers.separators,
        particles: file.fillers.particles,
        romaji: file.romaji.pairs,
        compounds: file.compounds.words.split_whitespace().map(fold).collect(),
        interests: file
            .interests
            .into_iter()
            .map(|(term, words)| (term, words.iter().map(|word| fold(word)).collect()))
            .collect(),
    }
});

/// The folded words that say nothing about a place.
pub fn fillers() -> &'static BTreeSet<String> {
    &OWN.fillers
}

/// The characters between the words of a query, besides white space.
pub fn separators() -> &'static str {
    &OWN.separators
}

/// The particles of one character, at which what is left of a word is split.
pub fn particles() -> &'static str {
    &OWN.particles
}

/// Common words of two kanji, folded: where two of them meet, no third one stands.
pub fn compounds() -> &'static [String] {
    &OWN.compounds
}

/// The replacements of [`one_romaji`], in their order.
pub fn romaji_pairs() -> &'static [(String, String)] {
    &OWN.romaji
}

/// A folded word in Latin letters in one spelling: Hepburn and kunrei, long vowels or not.
pub fn one_romaji(folded: &str) -> String {
    OWN.romaji.iter().fold(folded.to_owned(), |text, (from, to)| text.replace(from.as_str(), to))
}

/// A reading in kana as Latin letters, in the one spelling that text and query are compared by; `None` for anything but kana.
pub fn romaji_key(kana: &str) -> Option<String> {
    hiragana(kana).map(|kana| one_romaji(&fold(&kana.replace('ー', "").to_romaji())))
}

impl SearchVocabulary {
    /// The words of a municipality: its districts, former towns, 大字 and categories, the thesaurus, and our own.
    pub(in crate::index) fn new<'a>(
        (categories, districts): (&'a CategoryTable, &'a DistrictTable),
        towns: impl Iterator<Item = (&'a str, Option<&'a str>)>,
        thesaurus: &Thesaurus,
    ) -> Self {
        let interests = interest_words(thesaurus);
        let mut meanings: HashMap<String, WordMeaning> = HashMap::new();
        for (number, interest) in interests.iter().enumerate() {
            for word in &interest.words {
                match meanings.entry(word.clone()).or_insert_with(|| WordMeaning::Interests(Vec::new())) {
                    WordMeaning::Interests(numbers) if !numbers.contains(&number) => numbers.push(number),
                    _ => {}
                }
            }
        }
        // In other languages, of one word each, as far as the thesaurus has the interest.
        for (term, words) in &OWN.interests {
            let numbers = thesaurus.meant_by(term).to_vec();
            for word in words.iter().filter(|_| !numbers.is_empty()) {
                meanings.entry(word.clone()).or_insert_with(|| WordMeaning::Interests(numbers.clone()));
            }
        }
        let former = districts.all().iter().filter_map(|it| it.former_town.as_deref());
        let named: Vec<_> =
            districts.all().iter().map(|it| (it.name.as_str(), it.kana.as_deref())).chain(towns).collect();
        let kinds = categories.all().iter().flat_map(|it| it.name.each());
        let all = former.chain(named.iter().map(|(name, _)| *name)).map(fold);
        add_readings(&mut meanings, &named);
        for name in all.filter(|name| name.chars().count() >= 2) {
            meanings.insert(name, WordMeaning::Name);
        }
        for name in kinds.map(fold).filter(|name| name.chars().count() >= 2) {
            meanings.entry(name).or_insert(WordMeaning::Name);
        }
        meanings.extend(OWN.meanings.iter().cloned());
        let longest = meanings.keys().map(|word| word.chars().count()).max().unwrap_or(0);
        Self { meanings, longest, interests }
    }

    /// What a whole folded word means; Latin letters in any spelling.
    pub fn meaning(&self, folded: &str) -> Option<&WordMeaning> {
        self.meanings.get(folded).or_else(|| self.meanings.get(&one_romaji(folded)).filter(|_| folded.is_ascii()))
    }

    /// The longest word of the vocabulary that stands at the beginning of `chars`, in characters, with its meaning. Words that are
    /// ambiguous inside others are not found ([`stands_in_text`]).
    pub(super) fn at_start(&self, chars: &[char]) -> Option<(usize, &WordMeaning)> {
        let lengths = (2..=self.longest.min(chars.len())).rev();
        lengths.into_iter().find_map(|length| {
            let word: String = chars[..length].iter().collect();
            let meaning = self.meanings.get(&word).filter(|_| stands_in_text(&word) && !fillers().contains(&word))?;
            Some((length, meaning))
        })
    }

    /// The interests of the thesaurus, by number.
    pub fn interests(&self) -> &[InterestWords] {
        &self.interests
    }

    /// Every word but those of interests, with its meaning, in no order.
    pub fn words(&self) -> impl Iterator<Item = (&str, &WordMeaning)> {
        self.meanings.iter().map(|(word, meaning)| (word.as_str(), meaning))
    }
}

/// Adds how names are read, in kana and Latin letters. What is read so is searched by its name, since a reading may begin another one
/// (おおや and おおやぶ); by the reading too where it begins none.
fn add_readings(meanings: &mut HashMap<String, WordMeaning>, table: &[(&str, Option<&str>)]) {
    let readings: Vec<(String, String)> =
        table.iter().filter_map(|(name, kana)| Some((fold(name), fold((*kana)?)))).collect();
    for (name, kana) in readings.iter().filter(|(name, kana)| name != kana && kana.chars().count() >= 2) {
        let begins_another = readings.iter().any(|(_, other)| other != kana && other.starts_with(kana.as_str()));
        let own = (!begins_another).then(|| kana.clone());
        let latin = romaji_key(kana).filter(|latin| latin.len() > 2);
        for (key, is_kana) in [Some((kana.clone(), true)), latin.map(|it| (it, false))].into_iter().flatten() {
            let known = meanings.get(&key);
            if !is_kana && known.is_some_and(|it| !matches!(it, WordMeaning::Reading(_))) {
                continue; // 「yoga」 is an interest before it is a place.
            }
            let mut searched = match known {
                Some(WordMeaning::Reading(known)) => known.clone(),
                _ => Vec::new(),
            };
            let spellings = [Some(name.clone()), own.clone().filter(|_| is_kana)];
            searched.extend(spellings.into_iter().flatten());
            searched.sort();
            searched.dedup();
            meanings.insert(key, WordMeaning::Reading(searched));
        }
    }
}

/// Whether a folded word means the same inside a text: one character, two kana and a few Latin letters are too often a part of
/// something else.
pub fn stands_in_text(word: &str) -> bool {
    let chars = word.chars().count();
    let kana = word.chars().all(|c| ('\u{3041}'..='\u{309f}').contains(&c) || c == 'ー');
    let latin = word.chars().all(|c| c.is_ascii_alphanumeric());
    chars >= 2 && !(kana && chars == 2) && !(latin && chars < 4)
}

fn interest_words(thesaurus: &Thesaurus) -> Vec<InterestWords> {
    let all = thesaurus.all();
    let numbers: HashMap<&str, usize> = all.iter().enumerate().map(|(at, it)| (it.term.as_str(), at)).collect();
    let mut near: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); all.len()];
    for (at, interest) in all.iter().enumerate() {
        for other in interest.neighbours.iter().filter_map(|name| numbers.get(name.as_str()).copied()) {
            near[at].insert(other);
            near[other].insert(at);
        }
    }
    let words_of = |at: usize| {
        let interest = &all[at];
        let parts = interest.term.split('・');
        let names = [&interest.term, &interest.reading].into_iter().chain(&interest.synonyms).map(String::as_str);
        let words: BTreeSet<String> = names.chain(parts).map(fold).filter(|word| !word.is_empty()).collect();
        words.into_iter().collect::<Vec<_>>()
    };
    let interest = |(at, neighbours): (usize, BTreeSet<usize>)| {
        let words = words_of(at);
        InterestWords {
            term: all[at].term.clone(),
            finds: words.iter().filter(|word| stands_in_text(word)).cloned().collect(),
            words,
            kinds: thesaurus.kinds_of(at),
            neighbours: neighbours.into_iter().collect(),
        }
    };
    near.into_iter().enumerate().map(interest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::filter::conditions::MeetingWish;

    #[test]
    fn every_code_of_the_table_exists_and_no_word_stands_twice() {
        let file: WordFile = toml::from_str(include_str!("words.toml")).unwrap();
        for code in file.when.keys() {
            assert!(MeetingWish::default().add(code), "{code}");
        }
        assert!(file.facts.keys().all(|code| PlaceFact::from_code(code).is_some()));
        let mut seen = BTreeSet::new();
        let own = OWN.meanings.iter().map(|(word, _)| word).chain(&OWN.fillers);
        for word in own {
            assert!(!word.is_empty() && seen.insert(word.clone()), "{word}");
        }
    }

    #[test]
    fn spellings_in_latin_letters_become_one() {
        for same in [
            ["ooya", "oya", "ōya"],
            ["kinosaki", "kinosaki", "Kinosaki"],
            ["yabu-shi", "yabusi", "yabushi"],
            ["choujuu", "tyouzyuu", "chōjū"],
        ] {
            let keys: BTreeSet<String> = same.iter().map(|word| one_romaji(&fold(word))).collect();
            assert_eq!(keys.len(), 1, "{keys:?}");
        }
    }
}
