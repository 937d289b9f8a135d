//! Reference data for the readers of lists (gazetteer, boundary, districts), from the database or from files on the command
//! line.

use chrono::Utc;

use super::region_files;
use crate::cli::Failure;
use crate::cli::args::CheckArgs;
use crate::config::Config;
use crate::editor::Editor;
use crate::import::ImportContext;
use crate::import::places::list_checks;
use crate::import::regions::gazetteer::Gazetteer;
use crate::model::Messages;
use crate::model::{Area, DistrictTable, TownEntry};
use crate::store::StoreError;

/// Reference data: everything that a reader of lists needs besides the file.
#[derive(Debug)]
pub struct ReferenceData {
    /// The configuration of the data folder.
    pub config: Config,
    gazetteer: Option<Gazetteer>,
    boundary: Option<Area>,
    districts: DistrictTable,
}

impl ReferenceData {
    /// From the files named on the command line.
    pub fn of_files(config: Config, check: &CheckArgs, messages: &Messages) -> Result<Self, Failure> {
        let districts = check
            .districts
            .as_deref()
            .map(|file| region_files::read_districts(file, &config.city, messages))
            .transpose()?;
        let boundary = check
            .boundary
            .as_deref()
            .map(|file| region_files::read_boundary(file, &config.city, messages))
            .transpose()?;
        let towns = check
            .gazetteer
            .as_deref()
            .map(|file| region_files::read_gazetteer(file, &config.city, messages))
            .transpose()?;
        let districts = districts.map(DistrictTable::new).unwrap_or_default();
        Ok(Self::new(config, towns.unwrap_or_default(), boundary, districts))
    }

    /// Reads what was imported into the database.
    pub fn of_database(config: Config, editor: &Editor) -> Result<Self, StoreError> {
        Ok(Self::new(config, editor.towns()?, editor.boundary()?, editor.districts()?))
    }

    fn new(config: Config, towns: Vec<TownEntry>, boundary: Option<Area>, districts: DistrictTable) -> Self {
        let gazetteer = (!towns.is_empty()).then(|| gazetteer(towns, &config, &districts));
        Self { config, gazetteer, boundary, districts }
    }

    /// The borrowed form that readers of lists take, with today's date.
    pub fn import_context(&self) -> ImportContext<'_> {
        ImportContext {
            columns: &self.config.columns,
            phrases: &self.config.phrases,
            categories: &self.config.categories,
            city: &self.config.city,
            gazetteer: self.gazetteer.as_ref(),
            boundary: self.boundary.as_ref(),
            districts: &self.districts,
            today: Some(chrono::Local::now().date_naive()),
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
