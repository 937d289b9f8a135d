//! The kinds of places, as `data/categories.csv` has them. This module does no I/O.

mod meaning;

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Thesaurus, Translated};
use crate::text::fold;

/// How long a word must be to be found within a longer text, in characters.
const CONTAINED_LETTERS: usize = 2;

/// Codes that no category may have: `/collections/` has other features under these names.
pub const RESERVED_CATEGORY_IDS: [&str; 2] = ["places", "districts"];

/// Code of a category in addresses and files, e.g. `salon`: lower-case letters, digits and hyphens.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CategoryId(pub String);

/// One kind of place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its code.
    pub id: CategoryId,
    /// Its name, e.g. 「サロン・カフェ」.
    pub name: Translated,
    /// The wider kind it belongs to, e.g. 「通いの場」; categories of one group stand together.
    pub group: Translated,
    /// Marker colour, `#rrggbb`.
    pub color: String,
    /// Name of a Maki icon.
    pub icon: String,
    /// Whether its places are private persons, who are never shown in public by name, telephone or exact position.
    pub private_persons: bool,
    /// Whether its persons look for a person: to do something together, to teach or to help. They are named by what they look for,
    /// at no finer place than the district, and only while their consent holds.
    pub person_to_person: bool,
    /// Whether its words name buildings, in which anything may take place: the activity of a row decides before them.
    pub buildings: bool,
    /// The office to call instead of a private person.
    pub office: Option<String>,
    /// That office's telephone.
    pub office_phone: Option<String>,
    /// Words by which lists name this category; compared folded.
    pub words: Vec<String>,
}

/// All categories in the order of the page. The last one takes what fits nowhere else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryTable {
    categories: Vec<Category>,
    /// Every word that names a category, folded, with its characters and the category's position; the longest first.
    words: Vec<(String, usize, usize)>,
    /// The positions in `words` of those that begin with a character.
    by_first: HashMap<char, Vec<usize>>,
    /// The positions of the categories of each group, by its folded name.
    groups: HashMap<String, Vec<usize>>,
    /// The position of the category that a word names, folded; `None` where two share it.
    whole_words: HashMap<String, Option<usize>>,
    /// The category of each folded word of the thesaurus, as far as its concept says one.
    concepts: HashMap<String, ConceptCategory>,
}

/// What the thesaurus says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ConceptCategory {
    /// Position of the category.
    category: usize,
    /// Whether words of the concept itself say so, not only its neighbours below the same broader term.
    own: bool,
}

impl CategoryTable {
    /// Keeps `categories` in the order given; the last one takes what fits nowhere else.
    pub fn new(categories: Vec<Category>) -> Self {
        let named =
            categories.iter().enumerate().flat_map(|(i, category)| names(category).map(move |name| (fold(name), i)));
        let named = named.filter(|(word, _)| !word.is_empty());
        let mut words: Vec<(String, usize, usize)> = named
            .map(|(word, i)| {
                let letters = word.chars().count();
                (word, letters, i)
            })
            .collect();
        words.sort_by_key(|(_, letters, i)| (Reverse(*letters), *i));
        words.dedup();
        let mut whole_words: HashMap<String, Option<usize>> = HashMap::new();
        for (word, _, i) in &words {
            whole_words.entry(word.clone()).and_modify(|at| *at = at.filter(|at| at == i)).or_insert(Some(*i));
        }
        let mut by_first: HashMap<char, Vec<usize>> = HashMap::new();
        for (at, (word, ..)) in words.iter().enumerate() {
            word.chars().take(1).for_each(|first| by_first.entry(first).or_default().push(at));
        }
        let groups = groups(&categories);
        Self { categories, words, by_first, groups, whole_words, concepts: HashMap::new() }
    }

    /// The same table, which now also knows what the words of `thesaurus` mean.
    #[must_use]
    pub fn with_thesaurus(mut self, thesaurus: &Thesaurus) -> Self {
        self.concepts = meaning::concepts(&self, thesaurus);
        self
    }

    /// All categories, in the order of the page.
    pub fn all(&self) -> &[Category] {
        &self.categories
    }

    /// The category with this code.
    pub fn by_id(&self, id: &CategoryId) -> Option<&Category> {
        self.categories.iter().find(|c| c.id == *id)
    }

    /// The category that a list means by `text`: one of its words or names, compared folded; a part of a list of such words
    /// (「体操、茶話会」); or else the longest word that `text` contains. `None` where two categories fit equally well. What takes place
    /// comes before the building in which it does: 「公民館で囲碁」 is 囲碁.
    pub fn matching(&self, text: &str) -> Option<&Category> {
        let whole = fold(text);
        let parts = text.split(['、', ',', '，', '・', '/', '／', ';', '；', '\n', '(', '（', ')', '）']).map(fold);
        let named = |part: String| self.whole_words.get(&part).copied().flatten();
        let at = std::iter::once(whole.clone()).chain(parts).find_map(named).or_else(|| self.contained_in(&whole))?;
        self.categories.get(at)
    }

    /// The position of the category of the longest word in `folded`, unless an equally long word of another category is there too.
    fn contained_in(&self, folded: &str) -> Option<usize> {
        let begins = |(at, first): (usize, char)| {
            let words = self.by_first.get(&first).into_iter().flatten();
            words.filter(move |word| folded[at..].starts_with(self.words[**word].0.as_str()))
        };
        let mut positions: Vec<usize> = folded.char_indices().flat_map(begins).copied().collect();
        positions.sort_unstable();
        positions.dedup();
        let of_building = |at: usize| self.categories[at].buildings;
        let words = positions.iter().map(|at| &self.words[*at]).filter(|(_, letters, _)| *letters >= CONTAINED_LETTERS);
        let found: Vec<(usize, usize)> = words.map(|(_, letters, at)| (*letters, *at)).collect();
        let only_activities = found.iter().any(|(_, at)| !of_building(*at));
        let mut fitting = found.into_iter().filter(|(_, at)| !(only_activities && of_building(*at)));
        let (longest, at) = fitting.next()?;
        let rival = fitting.take_while(|(letters, _)| *letters == longest).any(|(_, other)| other != at);
        (!rival).then_some(at)
    }

    /// The categories of the group that `text` names, in the order of the page.
    pub fn in_group(&self, text: &str) -> Vec<&Category> {
        let positions = self.groups.get(&fold(text)).into_iter().flatten();
        positions.filter_map(|at| self.categories.get(*at)).collect()
    }
}

/// The positions of the categories of each group, in order, by the folded names of the group.
fn groups(categories: &[Category]) -> HashMap<String, Vec<usize>> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, category) in categories.iter().enumerate() {
        for name in category.group.each().map(fold).filter(|name| !name.is_empty()) {
            let positions = groups.entry(name).or_default();
            if positions.last() != Some(&at) {
                positions.push(at);
            }
        }
    }
    groups
}

/// Everything by which a list may name `category`.
fn names(category: &Category) -> impl Iterator<Item = &str> {
    let written = category.words.iter().map(String::as_str);
    std::iter::once(&*category.id.0).chain(category.name.each()).chain(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    fn table() -> CategoryTable {
        let category = |id: &str, name: &str, group: &str, words: &[&str]| Category {
            id: CategoryId(id.into()),
            name: [(Language::Ja, name), (Language::En, &id.to_uppercase())].into(),
            group: group.into(),
            words: words.iter().map(|w| (*w).to_owned()).collect(),
            ..Category::default()
        };
        CategoryTable::new(vec![
            category("salon", "サロン・カフェ", "通いの場", &["サロン", "喫茶", "茶話会"]),
            category("exercise", "体操・運動", "通いの場", &["体操", "健康体操"]),
            category("hobby", "趣味・サークル", "通いの場", &["囲碁", "手芸"]),
            category("farm", "個別農業指導", "農業", &["農業指導", "栽培"]),
            Category {
                buildings: true, ..category("hall", "公民館など", "施設", &["公民館", "自治公民館"])
            },
            category("other", "その他", "その他", &[]),
        ])
    }

    #[test]
    fn a_word_of_a_list_finds_its_category() {
        let table = table();
        for (text, expected) in [
            ("サロン", Some("salon")),
            ("ｻﾛﾝ・ｶﾌｪ", Some("salon")),
            ("SALON", Some("salon")),
            ("ふれあい喫茶", Some("salon")),
            ("健康体操教室", Some("exercise")),
            ("体操、茶話会", Some("exercise")),
            ("個別農業指導", Some("farm")),
            ("囲碁サロン", Some("salon")),
            ("喫茶と手芸", None),
            ("北公民館", Some("hall")),
            ("公民館で囲碁", Some("hobby")),
            ("北公民館手芸クラブ", Some("hobby")),
            ("公民館の喫茶と手芸", None),
            ("移動販売", None),
            ("", None),
        ] {
            assert_eq!(table.matching(text).map(|c| c.id.0.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn a_group_names_all_of_its_categories() {
        let ids: Vec<String> = table().in_group("通いの場").iter().map(|c| c.id.0.clone()).collect();
        assert_eq!(ids, ["salon", "exercise", "hobby"]);
        assert!(table().in_group("").is_empty());
    }
}
