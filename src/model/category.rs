//! The kinds of places, as `data/categories.csv` has them. This module does no I/O.

use serde::{Deserialize, Serialize};

/// Code of a category in addresses and files, e.g. `salon`: lower-case letters, digits and hyphens.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CategoryId(pub String);

/// One kind of place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its code.
    pub id: CategoryId,
    /// Its name in Japanese, e.g. 「サロン・カフェ」.
    pub name_ja: String,
    /// Its name in plain Japanese (やさしい日本語).
    pub name_easy: String,
    /// Its name in English.
    pub name_en: String,
    /// The wider kind it belongs to, e.g. 「通いの場」; categories of one group stand together.
    pub group_ja: String,
    /// The same in English.
    pub group_en: String,
    /// Marker colour, `#rrggbb`.
    pub color: String,
    /// Name of a Maki icon.
    pub icon: String,
    /// Whether its places are private persons, who are never shown in public by name, telephone or exact position.
    pub private_persons: bool,
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
}

impl CategoryTable {
    /// Keeps `categories` in the order given; the last one takes what fits nowhere else.
    pub fn new(categories: Vec<Category>) -> Self {
        Self { categories }
    }

    /// All categories, in the order of the page.
    pub fn all(&self) -> &[Category] {
        &self.categories
    }

    /// The category with this code.
    pub fn by_id(&self, id: &CategoryId) -> Option<&Category> {
        self.categories.iter().find(|c| c.id == *id)
    }
}
