//! Links of a page of features to itself, its neighbours and its other formats. This module does no I/O.

use super::{ItemsRequest, ItemsWindow};
use crate::index::filter::queryables::FilterSubject;
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::publish::geojson::CollectionLink;
use crate::publish::ogc::{HTML, ServedCollection, ServiceAddress};
use crate::publish::resources::{GEOJSON, JSON};
use crate::text::percent::percent_encoded;

/// Links of one feature.
pub(super) fn feature_links(service: &ServiceAddress, collection: &ServedCollection, id: &str) -> Vec<CollectionLink> {
    let of = format!("/collections/{}", percent_encoded(collection.id()));
    let own = format!("{of}/items/{}", percent_encoded(id));
    let mut links = vec![
        service.link("self", GEOJSON, &own),
        service.link("alternate", HTML, &format!("{own}?f=html")),
        service.link("collection", JSON, &of),
    ];
    links.extend(service.licence_link());
    links
}

impl ItemsRequest<'_> {
    /// Links of the page at `window` of `matched` features of `version`; `media` is [`GEOJSON`] or [`HTML`], in which the page
    /// itself and its neighbours are read.
    pub(super) fn page_links(
        &self,
        window: &ItemsWindow,
        matched: usize,
        version: &str,
        media: &'static str,
    ) -> Vec<CollectionLink> {
        let (offset, limit) = (window.offset, window.limit.unwrap_or(matched));
        let at = |rel, offset| self.service.link(rel, media, &self.address(offset, limit, version));
        let rel = |of| if of == media { "self" } else { "alternate" };
        let in_both = [(GEOJSON, "json"), (HTML, "html")];
        let in_both = in_both.map(|(of, format)| self.service.link(rel(of), of, &self.with_format(format)));
        let mut links = Vec::from(in_both);
        if self.collection.subject() == FilterSubject::Place {
            let files = FileFormat::downloads();
            links.extend(files.map(|it| self.service.link("alternate", it.media(), &self.download(it))));
        }
        if offset.saturating_add(limit) < matched {
            links.push(at("next", offset + limit));
        }
        if offset > 0 {
            links.push(at("prev", offset.min(matched).saturating_sub(limit)));
        }
        links.push(self.service.link(
            "collection",
            JSON,
            &format!("/collections/{}", percent_encoded(self.collection.id())),
        ));
        links.extend(self.service.licence_link());
        links
    }

    /// This list at another offset, in the version in which the walk began.
    fn address(&self, offset: usize, limit: usize, version: &str) -> String {
        let others = self.others(&["limit", "offset", "version"]);
        self.items(&format!("limit={limit}&offset={offset}{others}&version={version}"))
    }

    /// This page in another format.
    fn with_format(&self, format: &str) -> String {
        self.items(&format!("f={format}{}", self.others(&["f"])))
    }

    /// All that match as a file.
    fn download(&self, format: FileFormat) -> String {
        let has_points = format == FileFormat::Places(PlaceFormat::JsonLines);
        let no_file: &[&str] = if has_points { &["f", "limit", "offset"] } else { &["f", "limit", "offset", "crs"] };
        self.items(&format!("f={}{}", format.name(), self.others(no_file)))
    }

    fn items(&self, query: &str) -> String {
        format!("/collections/{}/items?{query}", percent_encoded(self.collection.id()))
    }

    /// The parameters of this request but those `without`, each behind `&`.
    pub(super) fn others(&self, without: &[&str]) -> String {
        let others = self.params.all().filter(|(name, _)| !without.contains(name));
        others.map(|(name, value)| format!("&{name}={}", percent_encoded(value))).collect::<Vec<_>>().concat()
    }
}
