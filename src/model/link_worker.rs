//! The city's directory of link workers (連携役), who connect people with places.
//!
//! A clinic looks up who serves a district, what for, and where to call. The directory holds no clients. Only
//! [`crate::privacy`] decides who sees which field. This module does no I/O.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Audience, District, DistrictId, DistrictTable, Person, Source, Town};

/// The two layers of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// 1層: health connectors, such as 保健師, 医療ソーシャルワーカー, ケアマネジャー.
    One,
    /// 2層: community connectors, such as 民生委員・児童委員, ふれあい訪問員.
    Two,
}

/// One entry of the directory: a person, or a post at an office.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkWorker {
    /// The layer; `None` where the list leaves it open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<Layer>,
    /// The role as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Whether the list marks the post as vacant (欠員).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub vacant: bool,
    /// The person, where the list names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// The reading of the person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_kana: Option<String>,
    /// The person's own telephone numbers, mobile or at home.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub person_phones: Vec<String>,
    /// The person's home address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_address: Option<String>,
    /// The office or organization that the person works for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The telephone number of the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The fax number of the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    /// The e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A page on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The office's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Hours of availability, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// What they can be asked for, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_for: Option<String>,
    /// Remarks, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The area they serve, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// The same, parsed; empty means the whole municipality.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub serves: Vec<ServedArea>,
    /// Who may see the entry at all.
    pub audience: Audience,
    /// Unrecognized columns, verbatim, by heading; only staff see them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// The list and row of origin.
    pub source: Source,
}

/// A part of the municipality that a link worker serves.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServedArea {
    /// Its name as written.
    pub written: String,
    /// Whether it is the whole municipality (市内全域).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// Its 大字 in the gazetteer, where it is not a district.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub town: Option<Town>,
}

/// The districts that a link worker serves, in terms of the current table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServedDistricts {
    /// Whether they serve the whole municipality.
    pub everywhere: bool,
    /// The districts in the order of the table, without duplicates.
    pub districts: Vec<DistrictId>,
    /// Areas that match no district, as written.
    pub unknown: Vec<String>,
}

impl ServedArea {
    /// The districts it means: the one of that name, all of the former town (旧町) of that name, or the one that
    /// contains the centre of the 大字.
    pub fn districts<'a>(&self, table: &'a DistrictTable) -> Vec<&'a District> {
        if let Some(district) = table.named(&self.written) {
            return vec![district];
        }
        if let Some(town) = table.former_town_of(&self.written) {
            return table.all().iter().filter(|district| district.former_town.as_deref() == Some(town)).collect();
        }
        let town = self.town.as_ref();
        town.and_then(|town| table.at(town.centre).or_else(|| table.of_town(&town.name))).into_iter().collect()
    }
}

impl LinkWorker {
    /// Resolves the areas against `table`. No area means everywhere; an unresolved one does not.
    pub fn served(&self, table: &DistrictTable) -> ServedDistricts {
        let mut served = ServedDistricts {
            everywhere: self.serves.is_empty() || self.serves.iter().any(|area| area.whole),
            ..ServedDistricts::default()
        };
        for area in self.serves.iter().filter(|area| !area.whole) {
            let districts = area.districts(table);
            if districts.is_empty() {
                served.unknown.push(area.written.clone());
            }
            served.districts.extend(districts.into_iter().map(|district| district.id.clone()));
        }
        let place = |id: &DistrictId| table.all().iter().position(|district| district.id == *id);
        served.districts.sort_by_key(place);
        served.districts.dedup();
        served
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Position;

    fn table() -> DistrictTable {
        let district = |(id, name, town): (&str, &str, &str)| District {
            id: DistrictId(id.to_owned()),
            name: name.to_owned(),
            former_town: Some(town.to_owned()),
            kana: None,
            boundary: None,
            centre: Position::new(134.7, 35.4).ok(),
            ..District::default()
        };
        let all = [("yoka", "八鹿", "八鹿町"), ("oya", "大屋", "大屋町"), ("kuchi", "口大屋", "大屋町")];
        DistrictTable::new(all.map(district).to_vec())
    }

    fn serving(areas: &[&str]) -> ServedDistricts {
        let serves =
            areas.iter().map(|area| ServedArea { written: (*area).to_owned(), whole: *area == "全域", town: None });
        LinkWorker { serves: serves.collect(), ..LinkWorker::default() }.served(&table())
    }

    fn ids(served: &ServedDistricts) -> Vec<&str> {
        served.districts.iter().map(|id| id.0.as_str()).collect()
    }

    #[test]
    fn a_former_town_means_all_its_districts_and_each_stands_once_in_the_order_of_the_table() {
        let served = serving(&["口大屋地区", "旧大屋町", "八鹿"]);
        assert_eq!(ids(&served), ["yoka", "oya", "kuchi"]);
        assert!(!served.everywhere && served.unknown.is_empty());
    }

    #[test]
    fn nothing_written_is_everywhere_but_something_unknown_is_not() {
        assert!(serving(&[]).everywhere && serving(&["全域"]).everywhere);
        let served = serving(&["第三民生区"]);
        assert_eq!((served.everywhere, ids(&served).len(), served.unknown), (false, 0, vec!["第三民生区".to_owned()]));
    }
}
