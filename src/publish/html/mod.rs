//! Every page, as HTML; one folder per subject.
//!
//! `places` is what residents see, in three languages. The pages of those who connect people (finder, sheets, directory, guide,
//! unmet needs) are in Japanese, like the papers of the programme they serve. Which of them an address shows depends on the
//! snapshot's audience: what is for link workers is not linked from the public ones. What a page knows of a person stays in that
//! page. Text stands in `web/lang`, never here. This module does no I/O.

mod directory;
mod finder;
mod guide;
mod layout;
mod link_worker_layout;
mod navigation;
pub mod places;
mod sheets;
mod style;
pub mod unmet;
mod view;

pub use self::directory::{chosen as chosen_district, directory_page};
pub use self::finder::find_page;
pub use self::guide::guide_page;
pub use self::layout::{digits, site_title};
pub use self::link_worker_layout::PageLayout;
pub use self::navigation::{NavItem, navigation};
pub use self::sheets::{SheetForm, sheet_page, sheets_page};
pub use self::style::categories_css;
pub use self::view::{Grouping, PageView, query_value};
