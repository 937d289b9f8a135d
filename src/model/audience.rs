//! Audiences. Only [`crate::privacy`] decides what each may see. This module does no I/O.

use serde::{Deserialize, Serialize};

/// An audience. Each sees everything that the ones before it see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// 保健師, 医療ソーシャルワーカー, 民生委員 and others who connect people.
    LinkWorkers,
    /// The municipal staff who maintain the lists.
    Staff,
}

impl Audience {
    /// Every audience, the widest first.
    pub const ALL: [Self; 3] = [Self::Public, Self::LinkWorkers, Self::Staff];

    /// Its name in addresses and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::LinkWorkers => "link-workers",
            Self::Staff => "staff",
        }
    }

    /// The audience with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.code() == code)
    }
}
