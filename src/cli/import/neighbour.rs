//! `--municipality`: a list or a population of a neighbouring municipality.

use std::path::PathBuf;

use crate::cli::Failure;
use crate::cli::args::NeighbourArgs;
use crate::config::Config;
use crate::model::MunicipalityCode;

/// A neighbouring municipality.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// Its code.
    pub code: MunicipalityCode,
    /// Its gazetteer.
    pub gazetteer: Option<PathBuf>,
}

impl Neighbour {
    /// The neighbour that the options name, if they name one.
    ///
    /// # Errors
    ///
    /// If the code is none, or the municipality's own.
    pub fn of_args(args: &NeighbourArgs, config: &Config) -> Result<Option<Self>, Failure> {
        let Some(written) = &args.code else { return Ok(None) };
        let code = MunicipalityCode::parse(written)
            .map_err(|_| Failure::new("error.neighbour_code", &[("value", written)]))?;
        let is_own = MunicipalityCode::parse(&config.city.code).is_ok_and(|own| own.covers(code.short()));
        if is_own {
            return Err(Failure::new("error.neighbour_is_own", &[("value", written), ("name", &config.city.name)]));
        }
        Ok(Some(Self { code, gazetteer: args.gazetteer.clone() }))
    }
}
