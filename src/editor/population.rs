//! Imports a population: all files of one day are one edition, which replaces an earlier one of the same day.

use chrono::NaiveDate;

use super::Editor;
use super::list_edition::{EditionError, ListEdition, split_edition};
use crate::model::{MunicipalityCode, PopulationArea, PopulationEdition, SampleState};
use crate::store::{Store, StoreError};

impl Editor {
    /// Dry run: refuses what [`import_population`](Self::import_population) would. Writes nothing.
    ///
    /// # Errors
    ///
    /// As [`import_population`](Self::import_population).
    pub fn preview_population(&self, edition: ListEdition<PopulationArea>) -> Result<bool, EditionError> {
        let (_, areas) = split_areas(edition)?;
        Ok(!areas.is_empty())
    }

    /// Imports the population of `as_of`, all of it or nothing, and returns whether anything is new. The same edition again
    /// writes nothing.
    ///
    /// # Errors
    ///
    /// If a file was refused, the edition has no area, or the store cannot be written. Nothing is then written.
    pub fn import_population(
        &self,
        edition: ListEdition<PopulationArea>,
        as_of: NaiveDate,
    ) -> Result<bool, EditionError> {
        self.add_population(edition, as_of, "")
    }

    /// Imports the population of `as_of` of a neighbouring municipality, as [`import_population`](Self::import_population) does
    /// the municipality's own.
    ///
    /// # Errors
    ///
    /// As [`import_population`](Self::import_population).
    pub fn import_neighbour_population(
        &self,
        edition: ListEdition<PopulationArea>,
        as_of: NaiveDate,
        municipality: &MunicipalityCode,
    ) -> Result<bool, EditionError> {
        self.add_population(edition, as_of, municipality.short())
    }

    /// Adds a population of `municipality`, '' for our own.
    fn add_population(
        &self,
        edition: ListEdition<PopulationArea>,
        as_of: NaiveDate,
        municipality: &str,
    ) -> Result<bool, EditionError> {
        let (header, areas) = split_areas(edition)?;
        let population = PopulationEdition { as_of, areas };
        self.write(|store| {
            let before = store.population_of(municipality, Some(as_of))?;
            let is_new = before.is_none_or(|before| before != population);
            if is_new {
                let edit = store.edit()?;
                // While the sample is imported, its own comes.
                if edit.sample()?.state == SampleState::Loaded {
                    return Err(EditionError::BesideSample { list: header.list });
                }
                edit.add_population(&header, municipality, &population)?;
                self.commit(edit)?;
            }
            Ok((is_new, is_new))
        })
    }

    /// The population of `as_of`, or of the latest day.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn population(&self, as_of: Option<NaiveDate>) -> Result<Option<PopulationEdition>, StoreError> {
        self.read(|store| store.population(as_of))
    }

    /// The days of which there is a population, ascending.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn population_days(&self) -> Result<Vec<NaiveDate>, StoreError> {
        self.read(Store::population_days)
    }
}

/// Splits the edition; one without areas is refused, because it is probably the wrong file.
fn split_areas(
    edition: ListEdition<PopulationArea>,
) -> Result<(crate::store::Edition, Vec<PopulationArea>), EditionError> {
    let (header, sheets) = split_edition(edition)?;
    let areas: Vec<PopulationArea> = sheets.into_iter().flat_map(|of| of.sheet.entries).collect();
    if areas.is_empty() {
        return Err(EditionError::NoAreas);
    }
    Ok((header, areas))
}
