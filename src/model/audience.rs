//! The circles of readers. What each may see is decided in [`crate::privacy`] alone. This module does no I/O.

use serde::{Deserialize, Serialize};

/// A circle of readers. Each sees what the ones before it see, and more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// 保健師, 医療ソーシャルワーカー, 民生委員 and others who connect people.
    LinkWorkers,
    /// Those who keep the list at the municipality.
    Staff,
}

impl Audience {
    /// Every audience, the widest first.
    pub const ALL: [Self; 3] = [Self::Public, Self::LinkWorkers, Self::Staff];
}
