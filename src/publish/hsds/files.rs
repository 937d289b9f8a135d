//! HSDS as files: each list whole, and each service. This module does no I/O.

use chrono::NaiveDate;
use serde_json::Value;

use super::service::{HsdsDetail, service};
use super::{Hsds, HsdsKind, HsdsPage, HsdsQuery};
use crate::index::Snapshot;

/// The files of a folder: path and bytes, one after the other.
pub fn hsds_files(snapshot: &Snapshot, today: NaiveDate) -> impl Iterator<Item = (String, Vec<u8>)> + '_ {
    let lists = HsdsKind::ALL.into_iter().map(move |kind| {
        let hsds = Hsds::new(snapshot, today);
        let query = HsdsQuery { full: kind != HsdsKind::Organizations, ..HsdsQuery::default() };
        let whole = HsdsPage { number: 1, size: usize::MAX };
        (format!("{}.json", kind.name()), bytes(&hsds.page(kind, &query, whole)))
    });
    let hsds = Hsds::new(snapshot, today);
    let about = ("index.json".to_owned(), bytes(&hsds.about()));
    let services = snapshot.places.iter().map(move |listed| {
        let written = service(&hsds, listed, HsdsDetail::Full);
        let id = written["id"].as_str().unwrap_or_default().to_owned();
        (format!("services/{id}.json"), bytes(&written))
    });
    std::iter::once(about).chain(lists).chain(services)
}

fn bytes(value: &Value) -> Vec<u8> {
    let mut bytes = value.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}
