//! Set-up: a city without any data of its own, which reads a list.

use std::sync::LazyLock;

use chrono::NaiveDate;
use tsunagari::import::columns::HeadingTable;
use tsunagari::import::places::phrases::Phrases;
use tsunagari::import::{ImportContext, ImportedFile, ImportedPlace, read};
use tsunagari::model::{CategoryTable, City, DistrictTable};

/// Built once: lists are read by the hundred.
static HEADINGS: LazyLock<HeadingTable> = LazyLock::new(HeadingTable::standard);
static PHRASES: LazyLock<Phrases> = LazyLock::new(Phrases::built_in);

pub struct BareCity {
    pub categories: CategoryTable,
    /// Without it nothing is past or in the future.
    pub today: Option<NaiveDate>,
}

impl Default for BareCity {
    fn default() -> Self {
        Self { categories: CategoryTable::default(), today: NaiveDate::from_ymd_opt(2026, 11, 22) }
    }
}

impl BareCity {
    /// A city whose lists are read on no day in particular.
    pub fn without_today() -> Self {
        Self { today: None, ..Self::default() }
    }

    pub fn read(&self, bytes: &[u8], file: &str) -> ImportedFile<ImportedPlace> {
        let context = ImportContext {
            columns: &HEADINGS,
            phrases: &PHRASES,
            categories: &self.categories,
            city: &City::default(),
            gazetteer: None,
            boundary: None,
            districts: &DistrictTable::default(),
            today: self.today,
        };
        read(bytes, file, context)
    }
}
