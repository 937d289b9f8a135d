//! The pages of those who connect people: the finder, the sheets, the directory, the guide, the unmet needs.
//!
//! They are in Japanese, like the papers of the programme they serve; their words stand in `web/lang/desk/*.json`. Which of them
//! an address shows depends on the snapshot's audience: what is for link workers is not linked from the public ones. What a
//! page knows of a person stays in that page. This module does no I/O.

mod directory;
mod find;
mod frame;
mod guide;
mod sheets;
mod texts;
pub mod unmet;

pub use directory::{chosen as chosen_district, directory_page};
pub use find::find_page;
pub use frame::{Desk, Tab, navigation};
pub use guide::guide_page;
pub use sheets::{Sheet, sheet_page, sheets_page};
pub use texts::{Texts, texts};
