//! Reference data for the readers of lists (gazetteer, boundary, districts), from the database or from files on the command
//! line.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::Utc;

use super::neighbour::Neighbour;
use super::{region_files, remembered_columns};
use crate::cli::args::CheckArgs;
use crate::cli::{CommandContext, Failure};
use crate::config::Config;
use crate::editor::Editor;
use crate::import::ImportContext;
use crate::import::columns::HeadingTable;
use crate::import::places::list_checks;
use crate::import::regions::gazetteer::Gazetteer;
use crate::model::{Area, DistrictTable, Messages, TownEntry};
use crate::store::{self, StoreError};

/// Reference data: everything that a reader of lists needs besides the file.
#[derive(Debug)]
pub struct ReferenceData {
    /// The configuration of the data folder.
    pub config: Config,
    gazetteer: Option<Gazetteer>,
    boundary: Option<Area>,
    districts: DistrictTable,
    /// What `import --columns` said of lists.
    remembered_columns: BTreeMap<String, String>,
}

/// What a database has of reference data.
#[derive(Default)]
struct StoredData {
    towns: Vec<TownEntry>,
    boundary: Option<Area>,
    districts: DistrictTable,
    remembered_columns: BTreeMap<String, String>,
}

impl ReferenceData {
    /// What an import would know, without importing: the files named on the command line, else what is in the database, else the
    /// files of the data folder. The database is left alone where it would have to be upgraded, and where it holds the sample.
    pub fn of_check(config: Config, check: &CheckArgs, context: &CommandContext) -> Result<Self, Failure> {
        let stored = Self::stored(&config, check, context).unwrap_or_default();
        let StoredData { towns, boundary, districts, remembered_columns } = stored;
        let (city, messages) = (&config.city, context.messages);
        let file_of = |named: &Option<PathBuf>, is_stored: bool, in_folder: &[&str]| {
            let folder = || region_files::in_folders(&config.folders, in_folder);
            named.clone().or_else(|| if is_stored { None } else { folder() })
        };
        let file = file_of(&check.districts, !districts.all().is_empty(), &region_files::DISTRICTS);
        let districts = match file {
            Some(file) => DistrictTable::new(region_files::read_districts(&file, city, messages)?),
            None => districts,
        };
        let boundary = match file_of(&check.boundary, boundary.is_some(), &region_files::BOUNDARY) {
            Some(file) => Some(region_files::read_boundary(&file, city, messages)?),
            None => boundary,
        };
        let towns = match file_of(&check.gazetteer, !towns.is_empty(), &region_files::GAZETTEER) {
            Some(file) => region_files::read_gazetteer(&file, city, messages)?,
            None => towns,
        };
        Ok(Self { remembered_columns, ..Self::new(config, towns, boundary, districts) })
    }

    /// The regions, and what is remembered of the lists to check, in the database, if there is one that can be looked at as it is.
    fn stored(config: &Config, check: &CheckArgs, context: &CommandContext) -> Option<StoredData> {
        if !store::is_up_to_date(&context.db) {
            return None;
        }
        // One that cannot be read keeps nobody from checking a list.
        let editor = Editor::open(&context.db, config.city.clone(), config.categories.clone()).ok()?;
        if editor.sample().ok()?.is_held() {
            return None;
        }
        let lists = check.files.iter().map(|file| check.list_of(file));
        let remembered = |list: String| Some((list.clone(), remembered_columns::of_list(&editor, &list).ok()??));
        Some(StoredData {
            towns: editor.towns().ok()?,
            boundary: editor.boundary().ok()?,
            districts: editor.districts().ok()?,
            remembered_columns: lists.filter_map(remembered).collect(),
        })
    }

    /// The headings of `list`: those of the data folder, with what `import --columns` said at its last edition.
    pub fn columns_of(&self, list: &str) -> HeadingTable {
        let remembered = self.remembered_columns.get(list).map(String::as_str);
        remembered_columns::with_remembered(self.config.columns.of_list(list), remembered)
    }

    /// Reads what was imported into the database.
    pub fn of_database(config: Config, editor: &Editor) -> Result<Self, StoreError> {
        Ok(Self::new(config, editor.towns()?, editor.boundary()?, editor.districts()?))
    }

    /// What is known of a neighbouring municipality: nothing but its code and, where the user has one, its gazetteer. By the
    /// municipality's own towns and outline every row of a neighbour would be wrong.
    pub fn of_neighbour(mut config: Config, neighbour: &Neighbour, messages: &Messages) -> Result<Self, Failure> {
        let file = neighbour.gazetteer.as_ref();
        let towns = file.map(|file| region_files::read_gazetteer(file, &config.city, messages)).transpose()?;
        let of_neighbour = |town: &TownEntry| town.city_code.as_deref().is_none_or(|code| neighbour.code.covers(code));
        let towns: Vec<TownEntry> = towns.unwrap_or_default().into_iter().filter(of_neighbour).collect();
        config.city.code = neighbour.code.whole();
        let first = towns.first();
        config.city.name = first.and_then(|town| town.city.clone()).unwrap_or_default();
        let prefecture = first.and_then(|town| town.prefecture.clone());
        config.city.prefecture =
            prefecture.or_else(|| neighbour.code.prefecture().map(str::to_owned)).unwrap_or_default();
        Ok(Self::new(config, towns, None, DistrictTable::default()))
    }

    fn new(config: Config, towns: Vec<TownEntry>, boundary: Option<Area>, districts: DistrictTable) -> Self {
        let gazetteer = (!towns.is_empty()).then(|| gazetteer(towns, &config, &districts));
        Self { config, gazetteer, boundary, districts, remembered_columns: BTreeMap::new() }
    }

    /// The borrowed form that readers of lists take, with today's date.
    pub fn import_context(&self) -> ImportContext<'_> {
        ImportContext {
            gazetteer: self.gazetteer.as_ref(),
            boundary: self.boundary.as_ref(),
            today: Some(chrono::Local::now().date_naive()),
            ..self.config.import_context(&self.districts)
        }
    }
}

/// The gazetteer for geocoding, which also accepts the names of former towns in old addresses.
fn gazetteer(towns: Vec<TownEntry>, config: &Config, districts: &DistrictTable) -> Gazetteer {
    let former = districts.all().iter().filter_map(|district| district.former_town.as_deref());
    Gazetteer::new(towns, &config.city).with_former_towns(former)
}

/// Replaces the gazetteer and geocodes the stored places that have no position; returns how many it geocoded.
pub fn replace_gazetteer(editor: &Editor, config: &Config, towns: &[TownEntry]) -> Result<u32, Failure> {
    let districts = editor.districts()?;
    let gazetteer = gazetteer(towns.to_vec(), config, &districts);
    Ok(editor.set_towns(towns, Utc::now(), &|facts| list_checks::locate(facts, &gazetteer, &districts))?)
}
