//! Columns that are parts of one address: 住所1 and 住所2, 所在地（市区町村）and 所在地（番地）, a postal code, a building.
//!
//! The words of a heading alone say "address" of each of them. What a part is, its note or its contents say. This module
//! does no I/O.

use super::{Basis, Planning};
use crate::import::columns::Field;
use crate::import::columns::profile::CellKind;
use crate::import::columns::taken_apart::cleaned;

/// Percent of cells of a kind from which a part is known by its contents.
const ENOUGH: u32 = 70;

/// What the note behind a heading of an address calls its part, the finer ones first: 「市区町村以下」 is no municipality.
const PARTS: [(&[&str], Field); 5] = [
    (&["建物", "方書", "ビル", "マンション", "部屋"], Field::AddressBuilding),
    (&["番地", "地番", "番号", "以下", "以降"], Field::AddressNumber),
    (&["町名", "町字", "大字", "町域", "字名"], Field::AddressTown),
    (&["市区町村", "市町村", "区市町村", "市町", "市区"], Field::AddressCity),
    (&["都道府県", "県名"], Field::AddressPrefecture),
];

impl Planning<'_> {
    /// Tells the parts of an address that stands in several columns.
    pub(super) fn address_parts(&mut self) {
        let whole: Vec<usize> =
            (0..self.columns.len()).filter(|&at| self.columns[at].field == Some(Field::Address)).collect();
        for &at in whole.iter().filter(|_| whole.len() > 1) {
            if self.columns[at].basis != Basis::Given && self.columns[at].filled > 0 {
                let is_first = whole.first() == Some(&at);
                self.part(at, is_first);
            }
        }
        self.buildings();
    }

    fn part(&mut self, at: usize, is_first: bool) {
        let profile = &self.profiles[at];
        let heading = cleaned(&self.headings[at]);
        let by_note = heading.split_once('(').and_then(|(_, note)| part_called(note));
        if profile.percent(&[CellKind::Postal]) >= ENOUGH || heading.contains('〒') && by_note.is_none() {
            // A postal code is no part of the address as people write it.
            self.take(at, Some(Field::Ignored), Basis::Contents, 95);
        } else if let Some(field) = by_note {
            self.take(at, Some(field), Basis::Words, 90);
        } else if !is_first && profile.percent(&[CellKind::Number, CellKind::Code, CellKind::Date]) >= ENOUGH {
            self.take(at, Some(Field::AddressNumber), Basis::Contents, 85);
        }
    }

    /// The building behind an address is a part of it, not a place's name: 住所1, 住所2, 建物名.
    fn buildings(&mut self) {
        let is_address = |field: Option<Field>| {
            use Field::{Address, AddressBuilding, AddressCity, AddressNumber, AddressTown};
            matches!(field, Some(Address | AddressTown | AddressNumber | AddressCity | AddressBuilding))
        };
        for at in 1..self.columns.len() {
            let is_building = ["建物名", "建物名称", "建物名等", "ビル名", "マンション名", "方書"]
                .contains(&self.headings[at].trim());
            if is_building && self.columns[at].basis != Basis::Given && is_address(self.columns[at - 1].field) {
                self.take(at, Some(Field::AddressBuilding), Basis::Words, 90);
            }
        }
    }
}

fn part_called(note: &str) -> Option<Field> {
    PARTS.iter().find(|(words, _)| words.iter().any(|word| note.contains(word))).map(|(_, field)| *field)
}
