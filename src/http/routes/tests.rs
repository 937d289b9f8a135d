//! The access of a route in the table decides which address answers it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt as _;

use super::*;
use crate::index::{SharedSnapshots, Snapshot, SnapshotInput};
use crate::model::{Audience, NeedsAccount, Thesaurus};

const INVENTED: [Route; 4] = [
    data("/bus-stops.json", || get(async || "stops")),
    page("/bus-stops", || get(async || "stops")),
    internal(Method::GET, "/bus-drivers", || get(async || "drivers")),
    Route {
        method: Method::GET,
        path: "/bus-keys",
        access: RouteAccess::Internal,
        need: RouteNeed::LinkWorkers,
        handler: RouteHandler::Shared(|| get(async || "keys")),
    },
];

/// The status, and whether pages of other sites may read the answer.
async fn answer(router: &Router, path: &str) -> (StatusCode, bool) {
    let request = Request::get(path).header("host", "127.0.0.1").header("origin", "https://example.jp");
    let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    (answer.status(), answer.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN))
}

#[tokio::test]
async fn of_an_invented_route_the_access_in_the_table_decides_which_address_answers_it() {
    let mut input = SnapshotInput::default();
    input.city.link_workers_need_account = NeedsAccount(false);
    let snapshots = Arc::new(SharedSnapshots::new(Snapshot::build_all(&input)));
    let app = AppState::new(snapshots, Audience::Public);
    let inner = InternalState::new(app.for_audience(Audience::LinkWorkers), Arc::new(Thesaurus::default()), &[]);
    let (public, internal) = (public_router_of(&INVENTED, app), internal_router_of(&INVENTED, inner));
    assert_eq!(answer(&public, "/bus-stops.json").await, (StatusCode::OK, true));
    assert_eq!(answer(&public, "/bus-stops").await, (StatusCode::OK, false));
    for path in ["/bus-drivers", "/bus-keys"] {
        assert_eq!(answer(&public, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    for route in INVENTED {
        let request = Request::get(route.path).header("host", "127.0.0.1").body(Body::empty()).unwrap();
        let answer = internal.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{}", route.path);
    }
}
