//! The districts of the municipality (地域自治協議会 and the like), with lookup by point and by name.
//!
//! This module does no I/O.

mod named;

use std::collections::HashMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde::{Deserialize, Serialize};

use self::named::DistrictNames;
pub use self::named::bare_key;
use super::town::base_of;
use super::{Area, Facts, Position, Precision};
use crate::text::fold;

/// The code of a district in URLs and files: lower-case letters, digits and hyphens where the file gives a code, else
/// its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DistrictId(pub String);

/// One district.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct District {
    /// Its code.
    pub id: DistrictId,
    /// Its name.
    pub name: String,
    /// The reading of its name in hiragana; `None` where the file gives none.
    pub kana: Option<String>,
    /// The former town (旧町) it belonged to.
    pub former_town: Option<String>,
    /// The 大字 it consists of, where the municipality names them.
    pub towns: Vec<String>,
    /// Its outline; `None` where the municipality provides none.
    pub boundary: Option<Area>,
    /// In a snapshot, the hull of what is known to lie in a district without an outline (概形): to be drawn, never to decide
    /// what lies in it.
    pub sketch: Option<Area>,
    /// The point for its label and for distances: inside its outline; without one, the middle of its 大字 or of its places, and
    /// `None` where neither is known.
    pub centre: Option<Position>,
}

impl District {
    /// What maps draw of it: its outline, else the hull of what is known to lie in it.
    pub fn drawn(&self) -> Option<&Area> {
        self.boundary.as_ref().or(self.sketch.as_ref())
    }
}

/// All districts, indexed by outline and name.
#[derive(Debug, Clone, Default)]
pub struct DistrictTable {
    districts: Vec<District>,
    by_id: HashMap<DistrictId, usize>,
    envelopes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    names: DistrictNames,
    /// The districts that name each 大字, by folded name; more than one for a name that several share.
    by_town: HashMap<String, Vec<usize>>,
}

impl DistrictTable {
    /// Indexes `districts`, keeping their order.
    pub fn new(districts: Vec<District>) -> Self {
        let envelope = |(i, district): (usize, &District)| {
            let [west, south, east, north] = district.boundary.as_ref()?.bbox()?;
            Some(GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), i))
        };
        let envelopes = RTree::bulk_load(districts.iter().enumerate().filter_map(envelope).collect());
        let by_id = districts.iter().enumerate().rev().map(|(i, d)| (d.id.clone(), i)).collect();
        let names = DistrictNames::new(&districts);
        let by_town = by_town(&districts);
        Self { districts, by_id, envelopes, names, by_town }
    }

    /// All districts in the order of the file.
    pub fn all(&self) -> &[District] {
        &self.districts
    }

    /// Whether the outline of any district is a sketch (概形), which every map of them has to say.
    pub fn has_sketch(&self) -> bool {
        self.districts.iter().filter_map(District::drawn).any(Area::is_sketch)
    }

    /// The district with this code.
    pub fn by_id(&self, id: &DistrictId) -> Option<&District> {
        self.by_id.get(id).map(|&i| &self.districts[i])
    }

    /// The district whose outline contains `position`; on a shared border, the first in the order of the file.
    ///
    /// Takes microseconds, whatever the number of districts: an R-tree of their envelopes comes first.
    pub fn at(&self, position: Position) -> Option<&District> {
        let point = AABB::from_point([position.lon(), position.lat()]);
        let near = self.envelopes.locate_in_envelope_intersecting(&point).map(|envelope| envelope.data);
        let holds = |&i: &usize| self.districts[i].boundary.as_ref().is_some_and(|b| b.contains(position));
        near.filter(holds).min().map(|i| &self.districts[i])
    }

    /// Resolves `written` as a district: by name or code, compared folded, with or without a suffix such as 地区,
    /// 地域自治協議会 or 校区協議会, and with or without its former town.
    ///
    /// `None` where no or more than one district matches: 大屋 never finds 口大屋, and a name shared by two former
    /// towns is found only with its town.
    pub fn named(&self, written: &str) -> Option<&District> {
        self.names.find(written).map(|i| &self.districts[i])
    }

    /// The district that names this 大字 of the gazetteer among its own; `None` where no or more than one does. One that names
    /// 国木 and was part of 八鹿町 means 八鹿町国木.
    pub fn of_town(&self, town: &str) -> Option<&District> {
        let (whole, base) = (fold(town), fold(base_of(town)));
        let found = self.by_town.get(&whole).or_else(|| self.by_town.get(&base))?;
        match found.as_slice() {
            [one] => Some(&self.districts[*one]),
            _ => None,
        }
    }

    /// The former town that `written` names, directly or by one of its districts (旧大屋町, 大屋町内; 口大屋 → 大屋町).
    pub fn former_town_of(&self, written: &str) -> Option<&str> {
        let district = self.names.find_town(written).map(|i| &self.districts[i]).or_else(|| self.named(written))?;
        district.former_town.as_deref()
    }

    /// The district a place belongs to.
    ///
    /// An exact position ([`Precision::Door`]) decides by the outlines; where it lies in none of them, the list does. For
    /// approximate positions and for none at all the district written in the list decides. Only where the list writes
    /// nothing, the outline round the approximate point is taken: the middle of a 大字 lies in its own district but for rare
    /// cases, and a place without any district would be missing from every count. A written district that is none of ours is
    /// a contradiction, not a gap: then there is none. Without outlines, the 大字 of the place decides as its point would.
    pub fn assign(&self, facts: &Facts) -> Option<&District> {
        let written = facts.district_written.as_deref().filter(|w| !w.trim().is_empty());
        let by_list = || written.and_then(|w| self.named(w));
        let by_town = || facts.town.as_ref().and_then(|town| self.of_town(&town.name));
        match facts.site {
            Some(site) if site.precision == Precision::Door => self.at(site.position).or_else(by_list).or_else(by_town),
            Some(site) if written.is_none() => self.at(site.position).or_else(by_town),
            None if written.is_none() => by_town(),
            _ => by_list(),
        }
    }
}

/// The districts by the folded names of their 大字: as written, and behind the former town.
fn by_town(districts: &[District]) -> HashMap<String, Vec<usize>> {
    let mut by_town: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, district) in districts.iter().enumerate() {
        let former = district.former_town.as_deref().unwrap_or_default();
        for town in &district.towns {
            for name in [fold(town), fold(&format!("{former}{town}"))] {
                let found = by_town.entry(name).or_default();
                if found.last() != Some(&number) {
                    found.push(number);
                }
            }
        }
    }
    by_town
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Rect};

    use super::*;
    use crate::model::Location;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    fn cell(name: &str, town: &str, west: f64) -> District {
        let outline = Rect::new((west, 35.0), (west + 1.0, 36.0)).to_polygon();
        District {
            id: DistrictId(name.to_owned()),
            name: name.to_owned(),
            kana: None,
            former_town: (!town.is_empty()).then(|| town.to_owned()),
            boundary: Some(Area::new(MultiPolygon(vec![outline]))),
            centre: Some(at(west + 0.5, 35.5)),
            ..District::default()
        }
    }

    fn table() -> DistrictTable {
        DistrictTable::new(vec![
            cell("大屋", "大屋町", 134.0),
            cell("口大屋", "大屋町", 135.0),
            cell("大谷", "関宮町", 136.0),
        ])
    }

    fn facts(site: Option<(f64, Precision)>, written: Option<&str>) -> Facts {
        let site = site.map(|(lon, precision)| Location { position: at(lon, 35.5), precision });
        Facts { site, district_written: written.map(str::to_owned), ..Facts::default() }
    }

    fn assigned(facts: &Facts) -> Option<String> {
        table().assign(facts).map(|d| d.name.clone())
    }

    #[test]
    fn a_point_finds_its_district_and_on_a_border_the_first() {
        let table = table();
        assert_eq!(table.at(at(135.5, 35.5)).unwrap().name, "口大屋");
        assert_eq!(table.at(at(135.0, 35.5)).unwrap().name, "大屋");
        assert_eq!(table.at(at(140.0, 35.5)), None);
        assert_eq!(DistrictTable::default().at(at(135.0, 35.5)), None);
    }

    #[test]
    fn an_exact_position_outweighs_the_list() {
        assert_eq!(assigned(&facts(Some((136.5, Precision::Door)), Some("大屋地区"))).as_deref(), Some("大谷"));
    }

    #[test]
    fn an_exact_position_in_no_outline_leaves_it_to_the_list() {
        assert_eq!(assigned(&facts(Some((140.0, Precision::Door)), Some("大屋地区"))).as_deref(), Some("大屋"));
    }

    #[test]
    fn the_list_outweighs_an_approximate_position() {
        for precision in [Precision::Block, Precision::Town, Precision::District] {
            assert_eq!(assigned(&facts(Some((136.5, precision)), Some("口大屋"))).as_deref(), Some("口大屋"));
        }
        assert_eq!(assigned(&facts(None, Some("口大屋"))).as_deref(), Some("口大屋"));
    }

    #[test]
    fn an_approximate_position_serves_only_where_the_list_is_silent() {
        assert_eq!(assigned(&facts(Some((136.5, Precision::Town)), None)).as_deref(), Some("大谷"));
        assert_eq!(assigned(&facts(Some((136.5, Precision::Town)), Some("どこか"))), None);
        assert_eq!(assigned(&facts(None, None)), None);
    }
}
