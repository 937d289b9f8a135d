//! Links of a page of places to itself and its neighbours. This module does no I/O.

use crate::http::params::{QueryParams, encode};
use crate::http::server::prepared::{GEOJSON, PreparedResponses};
use crate::model::PlaceId;
use crate::publish::geojson::CollectionLink;

const ITEMS: &str = "/collections/places/items";

/// Links of one place.
pub(super) fn item_links(responses: &PreparedResponses, id: &PlaceId) -> [CollectionLink; 2] {
    let own = link(responses, "self", &format!("{ITEMS}/{}", encode(&id.0)));
    [own, link(responses, "collection", ITEMS)]
}

/// Links of the page at `offset` of `matched` places.
pub(super) fn page_links(
    responses: &PreparedResponses,
    params: &QueryParams,
    (offset, limit): (usize, usize),
    matched: usize,
) -> Vec<CollectionLink> {
    let at = |rel, offset| link(responses, rel, &address(params, offset, limit));
    let mut links = vec![at("self", offset)];
    if offset.saturating_add(limit) < matched {
        links.push(at("next", offset + limit));
    }
    if offset > 0 {
        links.push(at("prev", offset.min(matched).saturating_sub(limit)));
    }
    links
}

/// URL of this list at another offset.
fn address(params: &QueryParams, offset: usize, limit: usize) -> String {
    let others = params.all().filter(|(name, _)| !["limit", "offset"].contains(name));
    let others: Vec<String> = others.map(|(name, value)| format!("&{name}={}", encode(value))).collect();
    format!("{ITEMS}?limit={limit}&offset={offset}{}", others.concat())
}

/// A link to `path`, absolute where the city has set `public_url`.
fn link(responses: &PreparedResponses, rel: &'static str, path: &str) -> CollectionLink {
    let host = responses.snapshot.city.public_url.as_deref().unwrap_or_default().trim_end_matches('/');
    CollectionLink { href: format!("{host}{path}"), rel, media: GEOJSON }
}
