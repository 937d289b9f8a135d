//! What the files given by `--from` know of a municipality: names, 大字 and outline, its own part only.

use std::path::{Path, PathBuf};

use super::download;
use crate::cli::{Failure, inputs};
use crate::import::regions::official_names::OfficialNames;
use crate::import::regions::outlines::OutlineOwner;
use crate::import::regions::{gazetteer, outlines};
use crate::model::{Area, City, Messages, MunicipalityCode, ReadingLimits, TownEntry};

/// What the files know.
#[derive(Debug, Default)]
pub struct CitySources {
    /// The names of the municipality.
    pub names: OfficialNames,
    /// 大字 with their positions.
    pub towns: Vec<TownEntry>,
    /// How many 大字 of other municipalities were left out.
    pub other_towns: usize,
    /// The outline.
    pub boundary: Option<Area>,
    /// The file with the outline, until the municipality's name is known.
    outline: Option<(PathBuf, Vec<u8>)>,
}

impl CitySources {
    /// Reads `files`: tables of municipalities, gazetteers and outlines, in any order.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or knows nothing of the municipality.
    pub fn read(files: &[PathBuf], code: &MunicipalityCode, limits: &ReadingLimits) -> Result<Self, Failure> {
        let mut sources = Self::default();
        for file in files {
            let parts = download::files_in(file, inputs::read(file)?);
            let knows = parts.iter().map(|(part, bytes)| sources.read_file(part, bytes, code, limits));
            // A zip has papers and other things beside what is wanted.
            if !knows.fold(false, |any, knows| any | knows) {
                return Err(nothing_of(code, file));
            }
        }
        Ok(sources)
    }

    /// Whether the file knows anything of the municipality.
    fn read_file(&mut self, file: &Path, bytes: &[u8], code: &MunicipalityCode, limits: &ReadingLimits) -> bool {
        match outlines::owners(bytes, limits) {
            Ok(owners) => self.read_outline(file, bytes, &owners, code),
            Err(_) => self.read_table(bytes, code, limits),
        }
    }

    /// Whether the outlines of these `owners` are of the municipality.
    fn read_outline(&mut self, file: &Path, bytes: &[u8], owners: &[OutlineOwner], code: &MunicipalityCode) -> bool {
        let is_own = |owner: &OutlineOwner| owner.code.as_deref().is_some_and(|other| code.covers(other));
        // Outlines that name no code are taken at their word, as those of one municipality.
        if owners.iter().any(|owner| owner.code.is_some()) && !owners.iter().any(is_own) {
            return false;
        }
        let names = OfficialNames::of_outlines(owners, code);
        self.names = std::mem::take(&mut self.names).or(names);
        self.outline = Some((file.to_owned(), bytes.to_vec()));
        true
    }

    /// Whether the file holds names or 大字 of the municipality.
    fn read_table(&mut self, bytes: &[u8], code: &MunicipalityCode, limits: &ReadingLimits) -> bool {
        let towns = gazetteer::read_within(bytes, limits).unwrap_or_default();
        let of_towns = OfficialNames::of_towns(&towns, code);
        let names = OfficialNames::of_table(bytes, code, limits).or(of_towns);
        let is_own = |town: &TownEntry| town.city_code.as_deref().is_none_or(|other| code.covers(other));
        let knows = names != OfficialNames::default() || towns.iter().any(is_own);
        self.names = std::mem::take(&mut self.names).or(names);
        self.towns.extend(towns);
        knows
    }

    /// The part of it that belongs to `city`.
    ///
    /// # Errors
    ///
    /// If the outline cannot be read.
    pub fn own_part(self, city: &City, messages: &Messages) -> Result<Self, Failure> {
        let read = |(file, bytes): (PathBuf, Vec<u8>)| {
            outlines::boundary(&bytes, city)
                .map_err(|problem| Failure::of_file("error.refused", &file, &problem.message(messages.language())))
        };
        let boundary = self.outline.map(read).transpose()?;
        let (towns, other_towns) = gazetteer::own_entries(self.towns, city);
        Ok(Self { names: self.names, towns, other_towns, boundary, outline: None })
    }
}

fn nothing_of(code: &MunicipalityCode, file: &Path) -> Failure {
    Failure::new("error.init_nothing", &[("file", &file.display().to_string()), ("code", code.short())])
}
