//! Where a list ordered by distance begins: a district, a 大字 or a place, by its name or reading. `web/search/start.js` finds the
//! same. This module does no I/O.

use crate::index::Snapshot;
use crate::model::{DistrictId, Position};
use crate::text::fold;

/// A starting point, with its name as the tables write it.
pub struct ListStart<'a> {
    /// The name.
    pub name: &'a str,
    /// The point.
    pub position: Position,
}

/// The first of districts, 大字 and places that is called or read `from`, compared folded; venues count as places.
pub fn list_start<'a>(snapshot: &'a Snapshot, from: &str) -> Option<ListStart<'a>> {
    let wanted = fold(from);
    if wanted.is_empty() {
        return None;
    }
    let is = |name: &str| fold(name) == wanted;
    let called = |name: &str, kana: Option<&str>| is(name) || kana.is_some_and(is);
    let districts = snapshot.districts.all().iter();
    let district = || {
        let found = districts.clone().find(|it| it.centre.is_some() && called(&it.name, it.kana.as_deref()))?;
        Some(ListStart { name: &found.name, position: found.centre? })
    };
    let town = || {
        let mut towns = snapshot.towns.iter().filter(|it| it.small_area.is_none());
        let found = towns.find(|it| called(&it.town, it.kana.as_deref()))?;
        Some(ListStart { name: &found.town, position: found.position })
    };
    let place = || {
        snapshot.places.iter().find_map(|it| {
            let facts = &it.place.facts;
            let name = if called(&facts.name, facts.kana.as_deref()) {
                &facts.name
            } else {
                facts.venue.as_ref().filter(|it| is(it))?
            };
            Some(ListStart { name, position: facts.site?.position })
        })
    };
    district().or_else(town).or_else(place)
}

/// The districts nearest to `district` by their centres, at most `count` of them: rows of the table.
pub fn neighbours(snapshot: &Snapshot, district: &DistrictId, count: usize) -> Vec<usize> {
    let Some(centre) = snapshot.districts.by_id(district).and_then(|it| it.centre) else { return Vec::new() };
    let others = snapshot.districts.all().iter().enumerate().filter(|(_, it)| it.id != *district);
    let mut near: Vec<(f64, usize)> =
        others.filter_map(|(row, it)| Some((centre.distance_to(it.centre?).0, row))).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.into_iter().take(count).map(|(_, row)| row).collect()
}
