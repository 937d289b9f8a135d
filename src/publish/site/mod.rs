//! The site as files: every page, asset and data file of the public snapshot, which the server answers and `export site` writes.
//!
//! What is listed here is a function of the snapshot, the city's own texts and the month: no page needs a clock. This module does no
//! I/O.

mod browser_files;
mod files;
mod hosting;
mod pages;
mod policy;
mod write;

pub use self::files::{SiteFile, SiteFileError, site_file_at, site_files};
pub use self::hosting::{headers_file, nginx_conf};
pub use self::policy::{CONTENT_SECURITY_POLICY, SECURITY_HEADERS, content_security_policy, is_embeddable};
pub use self::write::{file_view, write_directory_without, write_page};

use crate::gaps::PlannerData;
use crate::index::Snapshot;
use crate::model::Month;
use crate::publish::city_content::CityContent;

/// What the files of a site are made from.
#[derive(Debug, Clone, Copy)]
pub struct SiteSource<'a> {
    /// The snapshot; that of the public for everything that leaves the office.
    pub snapshot: &'a Snapshot,
    /// What the city writes itself.
    pub content: &'a CityContent,
    /// The current month in Japan.
    pub month: Month,
    /// What planners' numbers are computed from; `None` without a population.
    pub planner: Option<&'a PlannerData>,
}
