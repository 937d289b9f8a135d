//! The resource list of a snapshot against what the public router serves.

use axum::http::StatusCode;
use tsunagari::http::ROUTES;
use tsunagari::index::Snapshot;
use tsunagari::model::Audience;
use tsunagari::publish::formats::PlaceFormat;
use tsunagari::publish::resources::resources;

use super::{city, get};

/// A path of the table of routes with its parameters as wildcards.
fn covers(route: &str, path: &str) -> bool {
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    let is_one = |(wanted, given): (&&str, &&str)| {
        let ending = |path: &str| PlaceFormat::of_file(path).map(|(_, format)| format);
        wanted == given || wanted.starts_with('{') && ending(wanted) == ending(given)
    };
    route.len() == path.len() && route.iter().zip(&path).all(is_one)
}

#[tokio::test]
async fn every_resource_of_the_list_is_served_with_these_bytes() {
    let snapshot = Snapshot::build(&city::everything(), Audience::Public);
    let mut seen = 0;
    for resource in resources(&snapshot) {
        let answer = get(&resource.path).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", resource.path);
        assert_eq!(answer.header("content-type"), resource.media, "{}", resource.path);
        assert!(answer.body == resource.bytes(&snapshot).unwrap(), "{} has other bytes", resource.path);
        assert!(ROUTES.iter().any(|route| covers(route.path, &resource.path)), "{} is no route", resource.path);
        seen += 1;
    }
    let (categories, districts) = (snapshot.categories.all().len(), snapshot.districts.all().len());
    let of_places = (1 + categories) * (1 + districts);
    assert_eq!(seen, 4 + of_places * PlaceFormat::ALL.len());
}
