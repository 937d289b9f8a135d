//! Where a place is: its address with links to a map application, and a small map that the server draws. This module does no I/O.

use maud::{Markup, html};

use crate::index::encoded::decimals;
use crate::index::{Filter, Snapshot, VisiblePlace};
use crate::model::{Language, Precision};
use crate::publish::html::view::PageView;
use crate::publish::messages::{lang_of, page_messages};
use crate::publish::svg::places_map::{self, NumberedPlace, PlacesMapContent};

/// The address, and how to get there: a `geo:` link (RFC 5870), and the map service that the city has chosen. No link leads to the
/// middle of a 大字 as if it were a door.
pub fn address(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language) -> Markup {
    let messages = page_messages(lang);
    let facts = &listed.place.facts;
    let at = facts.site.filter(|site| site.precision == Precision::Door).map(|site| site.position);
    let at = at.map(|at| (decimals(at.lon()), decimals(at.lat())));
    let service = snapshot.city.map.directions.as_deref().zip(at.as_ref());
    let service = service.map(|(url, (lon, lat))| url.replace("{lat}", lat).replace("{lon}", lon));
    let service_name = snapshot.city.map.directions_name.as_deref();
    html! {
        @if facts.address.is_some() || at.is_some() {
            dt { (messages.text("detail.address")) }
            dd {
                @if let Some(address) = &facts.address { span lang=[lang_of(address, lang)] { (address) } " " }
                @if let Some((lon, lat)) = &at {
                    a class="go" href={ "geo:" (lat) "," (lon) "?q=" (lat) "," (lon) } { (messages.text("detail.go")) }
                }
                @if let Some(service) = service {
                    " " a class="go" href=(service) rel="noopener noreferrer" {
                        @match service_name { Some(name) => (messages.fill("detail.go_service", &[("name", name)])), None => (messages.text("detail.go")) }
                    }
                }
            }
        }
    }
}

/// The small map; nothing where nobody knows the position.
pub fn figure(snapshot: &Snapshot, listed: &VisiblePlace, view: &PageView) -> Markup {
    let messages = page_messages(view.lang);
    let facts = &listed.place.facts;
    let Some(site) = facts.site else { return html! {} };
    let rough = site.precision != Precision::Door;
    let address = PageView { filter: Filter::default(), ..view.clone() }.place_url(&listed.place.id);
    let place = NumberedPlace { number: 1, name: facts.name.clone(), position: site.position, rough, address };
    let label = messages.fill("detail.map_label", &[("name", &facts.name)]);
    let map = places_map::draw(&PlacesMapContent {
        land: &snapshot.land,
        districts: &snapshot.districts,
        focus: None,
        places: &[place],
        label: &label,
        north: messages.text("map.north_letter"),
        several: messages.text("print.several"),
        list: "",
        for_screen: true,
    });
    html! {
        @if let Some(map) = map {
            figure class="locator" {
                (map)
                figcaption {
                    @if rough { (messages.text("print.legend_rough")) " " }
                    @if snapshot.land.features.iter().any(|feature| feature.sketch) { (messages.text("map.sketch_lines")) " " }
                    @if let Some(credit) = &snapshot.city.map.credit { (messages.fill("map.credit", &[("credit", credit)])) }
                }
            }
        }
    }
}
