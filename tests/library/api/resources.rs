//! The resource list of a snapshot against what the public router serves.

use axum::http::StatusCode;
use tsunagari::http::ROUTES;
use tsunagari::http::now_in_japan;
use tsunagari::index::Snapshot;
use tsunagari::model::{Audience, Status};
use tsunagari::publish::file_format::FileFormat;
use tsunagari::publish::municipal::MunicipalFile;
use tsunagari::publish::resources::{place_calendars, resources};

use super::{app_of, city, get_from};

/// A path of the table of routes with its parameters as wildcards.
fn covers(route: &str, path: &str) -> bool {
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    let is_one = |(wanted, given): (&&str, &&str)| {
        let ending = |path: &str| FileFormat::of_file(path).map(|(_, format)| format);
        wanted == given || wanted.starts_with('{') && ending(wanted) == ending(given)
    };
    route.len() == path.len() && route.iter().zip(&path).all(is_one)
}

#[tokio::test]
async fn every_resource_of_the_list_is_served_with_these_bytes() {
    let mut everything = city::everything();
    // The only place with a schedule is paused.
    everything.places[0].facts.status = Status::Active;
    everything.city.code = "000000".to_owned();
    let (snapshot, app) = (Snapshot::build(&everything, Audience::Public), app_of(&everything, Audience::Public));
    let mut seen = 0;
    let today = now_in_japan().date();
    let calendars = place_calendars(&snapshot, today).count();
    assert_eq!(calendars, 1);
    for resource in resources(&snapshot).chain(place_calendars(&snapshot, today)) {
        let answer = get_from(&app, &resource.path).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", resource.path);
        assert_eq!(answer.header("content-type"), resource.media, "{}", resource.path);
        assert!(answer.body == resource.bytes(&snapshot, today).unwrap(), "{} has other bytes", resource.path);
        assert!(ROUTES.iter().any(|route| covers(route.path, &resource.path)), "{} is no route", resource.path);
        seen += 1;
    }
    let (categories, districts) = (snapshot.categories.all().len(), snapshot.districts.all().len());
    let of_places = (1 + categories) * (1 + districts);
    assert_eq!(seen, 5 + of_places * FileFormat::all().count() + calendars + MunicipalFile::ALL.len());
}
