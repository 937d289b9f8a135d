//! What a word means that no category lists: by the registered words that are like it, and by the thesaurus.
//!
//! 「会食」 is what 会食会 is, 「ステンドグラス」 a kind of ガラス工芸, 「食料支援」 ends as most 支援 do. Where the witnesses disagree,
//! the word means nothing: no category is better than a wrong one. This module does no I/O.

use std::collections::HashMap;

use super::{Category, CategoryTable, ConceptCategory};
use crate::model::Thesaurus;
use crate::text::fold;

/// Endings that make a word the name of a meeting or a group of it, and say nothing themselves.
const GENERAL_ENDINGS: [&str; 17] = [
    "会",
    "教室",
    "講座",
    "サークル",
    "クラブ",
    "同好会",
    "活動",
    "団体",
    "グループ",
    "館",
    "施設",
    "体験",
    "集い",
    "センター",
    "事業",
    "サービス",
    "関係",
];
/// Endings that name what is done about it.
const SERVICE_ENDINGS: [&str; 2] = ["支援", "相談"];

/// Characters that separate the words of a list of words.
const SEPARATORS: [char; 18] =
    ['、', ',', '，', '・', '･', '/', '／', ';', '；', '\n', '(', '（', ')', '）', ' ', '　', '＆', '&'];

/// Votes for categories by position in the table.
type Votes = HashMap<usize, usize>;

impl CategoryTable {
    /// The category that `text` means, although none of its words names one: by likeness to registered words, else by the
    /// thesaurus, else by how it ends. `None` where that is not clear.
    pub fn meant_by(&self, text: &str) -> Option<&Category> {
        let parts: Vec<String> =
            text.split(SEPARATORS).map(|part| fold(part).replace('の', "")).filter(|part| !part.is_empty()).collect();
        let whole = fold(text);
        let words = || std::iter::once(whole.as_str()).chain(parts.iter().map(String::as_str));
        let exact = words().find_map(|word| self.like(word).or_else(|| self.concepts.get(word).map(|it| it.category)));
        let found =
            exact.or_else(|| words().find_map(|word| self.by_ending(word))).or_else(|| self.mentioned(&whole, false));
        found.and_then(|at| self.categories.get(at))
    }

    /// The category of all concepts of the thesaurus that the name `text` mentions, if they are of one.
    pub fn mentioned_in(&self, text: &str) -> Option<&Category> {
        self.mentioned(&fold(text), true).and_then(|at| self.categories.get(at))
    }

    /// By the registered words that are `word` with or without 「の」 and a general ending (読書 and 読書会), or by most of
    /// those that begin with it (子育て and 子育て支援, 子育てサークル, 子育てサロン).
    fn like(&self, word: &str) -> Option<usize> {
        if word.chars().count() < 2 {
            return None;
        }
        let (mut same, mut longer) = (Votes::new(), Votes::new());
        for (known, at) in self.clear_words() {
            let Some(rest) = known.strip_prefix(word) else { continue };
            *longer.entry(at).or_default() += 1;
            let endings = GENERAL_ENDINGS.iter().chain(&SERVICE_ENDINGS);
            if rest.is_empty() || endings.into_iter().any(|ending| fold(ending) == rest) {
                *same.entry(at).or_default() += 1;
            }
        }
        // 「健康相談」 says nothing of 「健康」 beside 健康体操 and 健康麻雀.
        let agreed = clear(&same, 1, 100).filter(|category| clear(&longer, 1, 60) == Some(*category));
        agreed.or_else(|| clear(&longer, 3, 60))
    }

    /// By the registered words that end as `word` does: most 〜支援 are one kind of thing.
    fn by_ending(&self, word: &str) -> Option<usize> {
        let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(1).collect();
        let says_something = |ending: &&str| {
            ending.chars().count() >= 2 && !GENERAL_ENDINGS.iter().any(|general| fold(general) == **ending)
        };
        let endings = starts.iter().map(|&at| &word[at..]).filter(says_something);
        endings.into_iter().find_map(|ending| {
            let mut votes = Votes::new();
            for (_, at) in self.clear_words().filter(|(known, _)| known.ends_with(ending)) {
                *votes.entry(at).or_default() += 1;
            }
            clear(&votes, 3, 60)
        })
    }

    /// By the longest words of the thesaurus in `folded`; `own`: only where the concept's own words say so.
    fn mentioned(&self, folded: &str, own: bool) -> Option<usize> {
        let chars: Vec<(usize, char)> = folded.char_indices().collect();
        let (mut votes, mut at) = (Votes::new(), 0);
        while at < chars.len() {
            let longest = (2..=(chars.len() - at).min(12)).rev().find_map(|length| {
                let end = chars.get(at + length).map_or(folded.len(), |(end, _)| *end);
                let word = &folded[chars[at].0..end];
                let is_clear = length > 2 || !word.chars().all(crate::text::is_hiragana);
                self.concepts.get(word).filter(|_| is_clear).map(|concept| (length, *concept))
            });
            if let Some((_, concept)) = longest.filter(|(_, concept)| concept.own || !own) {
                *votes.entry(concept.category).or_default() += 1;
            }
            at += longest.map_or(1, |(length, _)| length);
        }
        clear(&votes, 1, 100)
    }

    /// The words of all categories but the last, which says nothing of a thing.
    fn clear_words(&self) -> impl Iterator<Item = (&str, usize)> {
        let last = self.categories.len().saturating_sub(1);
        self.words.iter().map(|(word, _, at)| (word.as_str(), *at)).filter(move |(_, at)| *at != last)
    }
}

/// The category with at least `percent` of the votes, if there are at least `least` of them.
fn clear(votes: &Votes, least: usize, percent: usize) -> Option<usize> {
    let all: usize = votes.values().sum();
    let (category, count) = votes.iter().max_by_key(|(category, count)| (**count, usize::MAX - **category))?;
    (all >= least && count * 100 >= all * percent).then_some(*category)
}

/// The category of each word of `thesaurus`.
pub(super) fn concepts(table: &CategoryTable, thesaurus: &Thesaurus) -> HashMap<String, ConceptCategory> {
    let own: Vec<Option<usize>> = (0..thesaurus.all().len()).map(|at| of_words(table, thesaurus, at)).collect();
    let inherited = |at: usize| {
        let broader = thesaurus.broader_of(at);
        let mut votes = Votes::new();
        for category in broader.iter().flat_map(|broader| thesaurus.kinds_of(*broader)).filter_map(|kind| own[kind]) {
            *votes.entry(category).or_default() += 1;
        }
        let least = if broader.iter().any(|broader| own[*broader].is_some()) { 1 } else { 3 };
        clear(&votes, least, 70)
    };
    let mut concepts = HashMap::new();
    for (at, interest) in thesaurus.all().iter().enumerate() {
        let found = own[at].map(|category| ConceptCategory { category, own: true });
        let found = found.or_else(|| inherited(at).map(|category| ConceptCategory { category, own: false }));
        let words = std::iter::once(&interest.term).chain(&interest.synonyms);
        for (word, concept) in words.filter_map(|word| Some((fold(word), found?))) {
            concepts.entry(word).or_insert(concept);
        }
    }
    concepts
}

/// By its term, else by most of its words that are registered.
fn of_words(table: &CategoryTable, thesaurus: &Thesaurus, at: usize) -> Option<usize> {
    let interest = &thesaurus.all()[at];
    let mut votes = Votes::new();
    for word in std::iter::once(&interest.term).chain(&interest.synonyms).map(|word| fold(word)) {
        if let Some((_, at)) = table.clear_words().find(|(known, _)| **known == word) {
            *votes.entry(at).or_default() += 1;
        }
    }
    let last = table.categories.last()?;
    let by_term = || table.matching(&interest.term).filter(|category| category.id != last.id);
    let position = |category: &Category| table.categories.iter().position(|it| it.id == category.id);
    by_term().and_then(position).or_else(|| clear(&votes, 1, 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CategoryId, Interest};

    fn table() -> CategoryTable {
        let category = |id: &str, words: &str| Category {
            id: CategoryId(id.into()),
            words: words.split(' ').map(str::to_owned).collect(),
            ..Category::default()
        };
        let interest = |term: &str, synonyms: &str, broader: &str| Interest {
            term: term.to_owned(),
            synonyms: synonyms.split(' ').map(str::to_owned).collect(),
            broader: broader.split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect(),
            ..Interest::default()
        };
        let thesaurus = Thesaurus::new(vec![
            interest("工芸", "木工 陶芸", ""),
            interest("革細工", "レザー", "工芸"),
            interest("書道", "習字 書", ""),
            interest("猫", "ねこ", ""),
            interest("死別", "グリーフケア", ""),
        ]);
        CategoryTable::new(vec![
            category("craft", "木工 陶芸 習字 書道"),
            category("hobby", "読書会 健康麻雀 図書サークル"),
            category("exercise", "健康体操"),
            category("support", "家族会 移動支援 就労支援 外出支援 グリーフケア"),
            category("advice", "健康相談"),
            category("other", "公園 会館"),
        ])
        .with_thesaurus(&thesaurus.unwrap())
    }

    #[test]
    fn a_word_that_is_not_registered_is_taken_for_what_it_means() {
        let table = table();
        for (text, expected) in [
            ("読書", Some("hobby")),
            ("家族の会", Some("support")),
            ("書", Some("craft")),
            ("レザー", Some("craft")),
            ("レザークラフト教室", Some("craft")),
            ("食料支援", Some("support")),
            ("猫・レザー", Some("craft")),
            ("健康", None),
            ("猫", None),
            ("市民団体", None),
            ("駐車", None),
            ("", None),
        ] {
            assert_eq!(table.meant_by(text).map(|c| c.id.0.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn a_name_is_judged_only_by_concepts_that_say_a_category_themselves() {
        let table = table();
        let mentioned = |name| table.mentioned_in(name).map(|c| c.id.0.as_str());
        assert_eq!(mentioned("つゆの部屋（死別を語る）"), Some("support"));
        assert_eq!(mentioned("レザーの夕べ"), None, "its concept only stands below one that says a category");
        assert_eq!(mentioned("木工と死別"), None, "two categories");
    }
}
