//! The sample's files: of the data folder's `sample/`, which a city may replace, or those that the program is built with.
//!
//! `sample/` holds lists of places, `link-workers/` those of link workers, `population/` tables of population, and `city/` what a
//! data folder of that city would hold: districts, gazetteer, base map, guide, headings. So nothing of the sample's city stands where a
//! municipality's own files do.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Config, ConfigError, DataFolders, categories, city_file, interests, with_offices};
use crate::import::columns::HeadingTable;
use crate::import::places::phrases::Phrases;

/// One file of the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFile {
    /// Its path, or its name where the program is built with it.
    pub path: PathBuf,
    /// Its contents.
    pub bytes: Cow<'static, [u8]>,
}

/// The files of a sample.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SampleFiles {
    /// Lists of places, ordered by name.
    pub places: Vec<SampleFile>,
    /// Lists of link workers, ordered by name.
    pub link_workers: Vec<SampleFile>,
    /// Tables of population, ordered by name.
    pub population: Vec<SampleFile>,
    /// Outlines of the districts.
    pub districts: Option<SampleFile>,
    /// The gazetteer.
    pub gazetteer: Option<SampleFile>,
    /// The base map.
    pub basemap: Option<SampleFile>,
    /// The guide.
    pub guide: Option<SampleFile>,
    /// What headings of the lists mean.
    pub columns: Option<SampleFile>,
}

/// A file that the program is built with.
macro_rules! built_in {
    ($path:literal) => {
        SampleFile {
            path: PathBuf::from($path),
            bytes: Cow::Borrowed(include_bytes!(concat!("../../data/sample/", $path)).as_slice()),
        }
    };
}

impl SampleFiles {
    /// The sample of a data folder; without any list where it has none.
    ///
    /// # Errors
    ///
    /// If a file that is there cannot be read.
    pub fn of_folder(data: &Path) -> Result<Self, ConfigError> {
        let folder = data.join("sample");
        let city = |name: &str| {
            let path = folder.join("city").join(name);
            path.exists().then(|| SampleFile::read(path)).transpose()
        };
        Ok(Self {
            places: lists_in(&folder)?,
            link_workers: lists_in(&folder.join("link-workers"))?,
            population: lists_in(&folder.join("population"))?,
            districts: city("districts.geojson")?,
            gazetteer: city("gazetteer.csv")?,
            basemap: city("basemap.geojson")?,
            guide: city("guide.md")?,
            columns: city("columns.toml")?,
        })
    }

    /// The sample that the program is built with.
    pub fn built_in() -> Self {
        Self {
            places: vec![
                built_in!("見本_つながりの場一覧.xlsx"),
                built_in!("見本_仲間をさがす人.csv"),
                built_in!("見本_農業・ボランティア.csv"),
            ],
            link_workers: vec![built_in!("link-workers/見本_連携役名簿.xlsx")],
            population: vec![built_in!("population/見本_人口.csv")],
            districts: Some(built_in!("city/districts.geojson")),
            gazetteer: Some(built_in!("city/gazetteer.csv")),
            basemap: Some(built_in!("city/basemap.geojson")),
            guide: Some(built_in!("city/guide.md")),
            columns: Some(built_in!("city/columns.toml")),
        }
    }

    /// Every list, of places or of link workers.
    pub fn lists(&self) -> impl Iterator<Item = &SampleFile> {
        self.places.iter().chain(&self.link_workers)
    }

    /// The guide as text.
    pub fn guide_text(&self) -> Option<String> {
        self.guide.as_ref().map(SampleFile::text)
    }
}

impl SampleFile {
    fn read(path: PathBuf) -> Result<Self, ConfigError> {
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Self { path, bytes: Cow::Owned(bytes) }),
            Err(error) => Err(ConfigError::Unreadable { file: path, reason: error.to_string() }),
        }
    }

    /// Its contents as text, for files that we write ourselves in UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl Config {
    /// The configuration of the sample's city, with which the program is built.
    ///
    /// # Errors
    ///
    /// If the program was built with files that cannot be read, which its tests see.
    pub fn of_sample() -> Result<Self, ConfigError> {
        let named = |name: &str| PathBuf::from(format!("data/{name}"));
        let city = include_str!("../../data/sample/city/city.toml");
        let categories_file = include_str!("../../data/categories.csv");
        let interests_file = include_str!("../../data/interests.csv");
        let city = city_file::parse_city(&named("sample/city/city.toml"), city).map_err(ConfigError::of_all)?;
        let categories =
            categories::parse_categories(&named("categories.csv"), categories_file).map_err(ConfigError::of_all)?;
        Ok(Self {
            folders: DataFolders::default(),
            categories: with_offices(&categories, &city),
            city,
            interests: interests::parse_interests(&named("interests.csv"), interests_file)?,
            guide: None,
            holidays: BTreeSet::new(),
            columns: HeadingTable::standard(),
            phrases: Phrases::built_in(),
        })
    }
}

/// The lists in a folder, ordered by name, without hidden files and lock files (`~$…`); empty where there is no such folder.
fn lists_in(folder: &Path) -> Result<Vec<SampleFile>, ConfigError> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_list = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        file.is_file() && !name.starts_with(['.', '~'])
    };
    let mut files: Vec<PathBuf> = entries.filter(is_list).collect();
    files.sort();
    files.into_iter().map(SampleFile::read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_built_with_the_sample_of_the_data_folder() {
        let folder = SampleFiles::of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap();
        let built_in = SampleFiles::built_in();
        let bytes = |files: &SampleFiles| -> Vec<Vec<u8>> {
            let city = [&files.districts, &files.gazetteer, &files.basemap, &files.guide, &files.columns];
            files
                .lists()
                .chain(&files.population)
                .chain(city.into_iter().flatten())
                .map(|file| file.bytes.to_vec())
                .collect()
        };
        assert_eq!(bytes(&folder), bytes(&built_in));
        assert_eq!(bytes(&folder).len(), 10);
        assert_eq!(Config::of_sample().unwrap().city.name, "養父市");
    }

    #[test]
    fn a_folder_without_a_sample_has_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(SampleFiles::of_folder(folder.path()).unwrap(), SampleFiles::default());
    }
}
