//! Headings that their own column contradicts: a 座標 with addresses in it, a URL with e-mail addresses.
//!
//! Only kinds of cells that cannot be mistaken count, and never what would open a private column. This module does no
//! I/O.

use super::{Basis, Planning};
use crate::import::columns::Field;
use crate::import::columns::profile::{CellKind, ColumnProfile};

/// Percent of cells of another kind from which a column contradicts its heading.
const CONTRADICTS: u32 = 80;
/// Characters of a telephone at most.
const TELEPHONE_CHARS: u32 = 14;
/// Percent of cells of the expected kind up to which it does.
const AGREES: u32 = 10;

impl Planning<'_> {
    /// Gives each column that contradicts its heading the field of its contents, or none.
    pub(super) fn overrule(&mut self) {
        for at in 0..self.columns.len() {
            let Some(field) = self.columns[at].field.filter(|_| self.columns[at].basis != Basis::Given) else {
                continue;
            };
            let profile = &self.profiles[at];
            if profile.is_empty() || !is_typed(field) || profile.percent(expected(field)) > AGREES {
                continue;
            }
            // Places may be called by their address: 「甲県乙市丙町」. Without another name it stays the name.
            let is_only_name = field_is_a_name(field) && !self.has_other_name(at);
            let contradicting = certain_kind(profile).filter(|(other, _)| *other != field);
            let may_hold = |other: Field| match other {
                Field::Address => is_only_name,
                // Words beside the number are the name.
                Field::Phone | Field::PersonPhone => {
                    field_is_a_name(field)
                        && says_telephone(&self.headings[at])
                        && profile.mean_chars() > TELEPHONE_CHARS
                }
                _ => false,
            };
            if let Some((other, percent)) = contradicting.filter(|(other, _)| !may_hold(*other)) {
                self.take(at, Some(other), Basis::Contents, percent);
            } else if field_is_a_name(field) && contradicting.is_none() && profile.percent(&NEVER_A_NAME) >= CONTRADICTS
            {
                self.take(at, None, Basis::Contents, 0);
            }
        }
    }
}

impl Planning<'_> {
    /// Columns taken for a first and a last day that hold no dates are the days on which it is open, or closed: `OPEN_DAY`, `CLOSE_DAY`.
    pub(super) fn days_that_are_no_dates(&mut self) {
        for at in 0..self.columns.len() {
            let field = self.columns[at].field.filter(|_| self.columns[at].basis != Basis::Given);
            let profile = &self.profiles[at];
            let says_days = profile.percent(&[CellKind::Weekday, CellKind::When]);
            let no_dates = profile.percent(&[CellKind::Date, CellKind::Number]) <= AGREES;
            if !matches!(field, Some(Field::StartDate | Field::EndDate)) || !no_dates || says_days * 2 < CONTRADICTS {
                continue;
            }
            let is_closed = field == Some(Field::EndDate);
            let field = if is_closed { Field::ClosedDays } else { Field::Schedule };
            self.take(at, Some(field), Basis::Contents, says_days);
        }
    }

    /// A column of halls that holds nothing but addresses is one, once another names the places.
    pub(super) fn addresses_of_venues(&mut self) {
        let taken = [Field::Address, Field::AddressTown, Field::AddressNumber];
        for at in 0..self.columns.len() {
            let is_venue = self.columns[at].field == Some(Field::VenueName) && self.columns[at].basis != Basis::Given;
            if !is_venue || !self.has_other_name(at) || self.has_filled(&taken) {
                continue;
            }
            let (addresses, towns) =
                (self.profiles[at].percent(&[CellKind::Address]), self.profiles[at].town_percent());
            if addresses >= CONTRADICTS {
                self.take(at, Some(Field::Address), Basis::Contents, addresses);
            } else if towns >= CONTRADICTS {
                self.take(at, Some(Field::AddressTown), Basis::Contents, towns);
            }
        }
    }

    fn has_other_name(&self, than: usize) -> bool {
        let columns = self.columns.iter().enumerate().filter(|(at, column)| *at != than && column.filled > 0);
        columns.into_iter().any(|(_, column)| column.field.is_some_and(field_is_a_name))
    }
}

/// Whether a heading says that telephones stand in its cells too: 「ひろば名・電話」.
pub(in crate::import) fn says_telephone(heading: &str) -> bool {
    ["電話", "連絡先", "TEL", "Tel", "tel", "ＴＥＬ"].iter().any(|word| heading.contains(word))
}

/// Kinds of cells that never are the name of a place.
const NEVER_A_NAME: [CellKind; 9] = [
    CellKind::Number,
    CellKind::Lat,
    CellKind::Lon,
    CellKind::Phone,
    CellKind::Postal,
    CellKind::Email,
    CellKind::Url,
    CellKind::Date,
    CellKind::Mark,
];

fn field_is_a_name(field: Field) -> bool {
    matches!(field, Field::Name | Field::ActivityName | Field::GroupName | Field::VenueName)
}

/// Whether the cells of `field` are of a kind that can be told by its look.
fn is_typed(field: Field) -> bool {
    use Field::{Address, BookingNeeded, Capacity, Email, Fax, Lat, Lon, LonLat, Phone, Url};
    matches!(field, Lat | Lon | LonLat | Phone | Fax | Email | Url | Address | BookingNeeded | Capacity)
        || field_is_a_name(field)
}

/// The kinds of cells that `field` may hold.
fn expected(field: Field) -> &'static [CellKind] {
    match field {
        Field::Lat => &[CellKind::Lat, CellKind::Number],
        Field::Lon => &[CellKind::Lon, CellKind::Number],
        Field::LonLat => &[CellKind::LonLat, CellKind::Lat, CellKind::Lon],
        Field::Phone | Field::Fax => &[CellKind::Phone, CellKind::Mobile, CellKind::Number],
        Field::Email => &[CellKind::Email],
        Field::Url => &[CellKind::Url],
        Field::Address => &[CellKind::Address, CellKind::Word, CellKind::Sentence, CellKind::When],
        Field::Capacity => &[CellKind::Number, CellKind::Word],
        Field::BookingNeeded => &[CellKind::Mark, CellKind::Word, CellKind::Sentence],
        _ => &[CellKind::Word, CellKind::Kana, CellKind::Sentence, CellKind::Person, CellKind::Code],
    }
}

/// The field of a column whose cells are nearly all of one kind that means one thing.
fn certain_kind(profile: &ColumnProfile) -> Option<(Field, u32)> {
    let kinds: [(&[CellKind], Field); 7] = [
        (&[CellKind::Email], Field::Email),
        (&[CellKind::Url], Field::Url),
        (&[CellKind::LonLat], Field::LonLat),
        (&[CellKind::Lat], Field::Lat),
        (&[CellKind::Lon], Field::Lon),
        (&[CellKind::Phone, CellKind::Mobile], Field::Phone),
        (&[CellKind::Address], Field::Address),
    ];
    let shares = kinds.iter().map(|(kinds, field)| (*field, profile.percent(kinds)));
    let (field, percent) = shares.max_by_key(|(_, percent)| *percent)?;
    let is_own = profile.percent(&[CellKind::Mobile]) * 2 > profile.percent(&[CellKind::Phone, CellKind::Mobile]);
    let field = if field == Field::Phone && is_own { Field::PersonPhone } else { field };
    (percent >= CONTRADICTS).then_some((field, percent))
}
