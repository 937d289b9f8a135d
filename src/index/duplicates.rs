//! Places that are likely the same: with the same name, near each other or with the same telephone. This module does no I/O.

use std::collections::BTreeMap;

use super::visible::VisiblePlace;
use crate::model::{Metres, Status};
use crate::text::fold;

/// Two places of one name are farther apart: a club with two halls, or two clubs.
const NEAR: f64 = 500.0;
/// Places of one name that are compared: more of them are a kind (公民館) and no duplicates.
const MOST_ALIKE: usize = 20;

/// Pairs of places that are likely the same, as indices into `places`, each pair once. What has ended is left out.
pub fn likely_duplicates(places: &[VisiblePlace]) -> Vec<(usize, usize)> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, it) in places.iter().enumerate().filter(|(_, it)| it.place.facts.status != Status::Closed) {
        by_name.entry(bare_name(&it.place.facts.name)).or_default().push(at);
    }
    let alike = by_name.into_iter().filter(|(name, all)| !name.is_empty() && all.len() <= MOST_ALIKE);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, all) in alike {
        for (n, first) in all.iter().enumerate() {
            let same = all[n + 1..].iter().filter(|second| is_likely_same(&places[*first], &places[**second]));
            pairs.extend(same.map(|second| (*first, *second)));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The name without signs, blanks and differences of writing.
fn bare_name(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_likely_same(first: &VisiblePlace, second: &VisiblePlace) -> bool {
    let (a, b) = (&first.place.facts, &second.place.facts);
    let digits = |phone: &Option<String>| {
        let digits: String = phone.as_deref().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        (digits.len() >= 9).then_some(digits)
    };
    let has_same_phone = digits(&a.contact.phone).is_some_and(|it| Some(it) == digits(&b.contact.phone));
    let has_same_address = a.address.as_deref().map(fold).is_some_and(|it| Some(it) == b.address.as_deref().map(fold));
    let is_near = match (a.site, b.site) {
        (Some(a), Some(b)) => a.position.distance_to(b.position) <= Metres(NEAR),
        // Of a place whose position nobody knows, the name has to do.
        _ => first.district == second.district || first.district.is_none() || second.district.is_none(),
    };
    has_same_phone || has_same_address || is_near
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Contact, Facts, Location, Place, PlaceId, Position, Precision, Source};

    fn place(name: &str, lon: Option<f64>, phone: &str) -> VisiblePlace {
        let site = lon.map(|lon| Location { position: Position::new(lon, 35.0).unwrap(), precision: Precision::Door });
        let phone = Some(phone.to_owned()).filter(|phone| !phone.is_empty());
        let contact = Contact { phone, ..Contact::default() };
        let facts = Facts { name: name.to_owned(), site, contact, ..Facts::default() };
        let place = Place { id: PlaceId(name.to_owned()), facts, source: Source::default(), verification: None };
        VisiblePlace { place, district: None, private: false, sample: false, times_revised: None }
    }

    #[test]
    fn places_of_one_name_are_likely_the_same_where_they_are_near_or_have_one_telephone() {
        let near = [place("囲碁クラブ", Some(134.0), ""), place("囲碁 クラブ（）", Some(134.004), "")];
        assert_eq!(likely_duplicates(&near), [(0, 1)]);
        let far = [place("囲碁クラブ", Some(134.0), ""), place("囲碁クラブ", Some(134.1), "")];
        assert_eq!(likely_duplicates(&far), []);
        let called = [place("サロン", Some(134.0), "079-662-0000"), place("ｻﾛﾝ", Some(134.1), "0796620000")];
        assert_eq!(likely_duplicates(&called), [(0, 1)]);
        let unplaced = [place("サロン", Some(134.0), ""), place("サロン", None, "")];
        assert_eq!(likely_duplicates(&unplaced), [(0, 1)]);
        let mut ended = [place("サロン", Some(134.0), ""), place("サロン", Some(134.0), "")];
        ended[1].place.facts.status = Status::Closed;
        assert_eq!(likely_duplicates(&ended), []);
        let kinds: Vec<VisiblePlace> = (0..=MOST_ALIKE).map(|_| place("公民館", Some(134.0), "")).collect();
        assert_eq!(likely_duplicates(&kinds), [], "a kind of place is no duplicate");
    }
}
