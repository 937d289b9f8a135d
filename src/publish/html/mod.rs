//! HTML pages, rendered on the server; one folder per subject.
//!
//! Residents see `places`, in every language of `web/lang`. The pages for link workers (finder, sheets, directory, guide, unmet needs, results) are in
//! Japanese, like the papers of the programme that they serve. Access control: the navigation follows the audience of the
//! snapshot, so that a public page links no internal one. Personal data never leaves the page in the browser. Texts are in
//! `web/lang`, never here. This module does no I/O.

pub mod account;
pub mod assets;
mod directory;
pub mod edit;
mod finder;
mod guide;
mod layout;
mod link_worker_layout;
pub mod month;
mod navigation;
pub mod paper;
pub mod places;
pub mod plan;
mod released_period;
pub mod results;
mod ruby;
pub mod service;
mod share;
mod sheets;
mod style;
pub mod suggest;
pub mod unmet;
mod view;

pub use self::directory::{chosen as chosen_district, directory_page};
pub use self::finder::find_page;
pub use self::guide::{guide_page, practice_page, stories_page};
pub use self::layout::{digits, site_title};
pub use self::link_worker_layout::PageLayout;
pub use self::navigation::{NavItem, navigation};
pub use self::sheets::{SheetForm, SheetTables, sheet_page, sheets_page};
pub use self::style::categories_css;
pub use self::view::{Grouping, PageView, query_value};
