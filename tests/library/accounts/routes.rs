//! Each route with each role, from the table of routes; and the paper that the table makes.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use tsunagari::http::{ROUTES, Route, RouteAccess, RouteNeed};
use tsunagari::model::{AccountRole, City, NeedsAccount};

use super::{Office, answer, request};

/// An address that no handler could make anything of: identifiers that there are not, and a query that no route knows.
fn address(route: &Route) -> String {
    let path = route.path.replace("{lang}", "en").replace("{z}/{y}/{x}", "a/b/c");
    path.replace(['{', '}'], "") + "?unknown=1"
}

/// Not what any handler reads, so that whoever is let in gets an error of the handler.
fn nonsense() -> Body {
    Body::from("\u{0}no body of any route")
}

#[tokio::test]
async fn each_route_is_for_its_lowest_role_and_those_above_and_for_nobody_else() {
    let office = Office::new();
    let mut cookies = vec![(None, String::new())];
    for role in AccountRole::ALL {
        cookies.push((Some(role), office.sign_in(role).await));
    }
    let mut asked = 0;
    for route in ROUTES.iter().filter(|route| route.path != "/logout" && route.path != "/account/sessions/end") {
        for (role, cookie) in &cookies {
            let answer = office.ask(request(&route.method, &address(route), cookie).body(nonsense()).unwrap()).await;
            let lowest = route.need.lowest_role();
            let shown = format!("{} {} as {role:?}: {}", route.method, route.path, answer.status);
            match (lowest, role) {
                (Some(_), None) => {
                    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{shown}");
                    assert!(answer.body.contains("/login"), "{shown}");
                }
                (Some(lowest), Some(role)) if *role < lowest => {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{shown}");
                }
                // A handler answers, which refuses a wrong code by itself.
                _ => assert!(
                    ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status)
                        || ["/setup", "/welcome"].contains(&route.path),
                    "{shown}"
                ),
            }
            asked += 1;
        }
    }
    assert!(asked > 500, "{asked}");
}

#[tokio::test]
async fn a_head_request_is_admitted_as_the_page_is() {
    let office = Office::new();
    for route in ROUTES.iter().filter(|route| route.method == Method::GET && route.need != RouteNeed::Nobody) {
        let answer = office.ask(request(&Method::HEAD, &address(route), "").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", route.path);
    }
}

#[tokio::test]
async fn what_is_internal_is_not_on_the_public_address_with_a_cookie_or_without() {
    let office = Office::new();
    let cookie = office.sign_in(AccountRole::Administrator).await;
    let internal = ROUTES.iter().filter(|route| route.access == RouteAccess::Internal);
    for route in internal {
        for cookie in ["", &cookie] {
            let found =
                answer(&office.public, request(&route.method, &address(route), cookie).body(nonsense()).unwrap()).await;
            assert_eq!(found.status, StatusCode::NOT_FOUND, "{} {}", route.method, route.path);
        }
    }
    // And nothing that is public changes with a cookie.
    for cookie in ["", &cookie] {
        let found =
            answer(&office.public, request(&Method::GET, "/places.geojson", cookie).body(Body::empty()).unwrap()).await;
        assert_eq!((found.status, found.headers.contains_key(header::SET_COOKIE)), (StatusCode::OK, false));
    }
}

#[tokio::test]
async fn who_is_not_admitted_is_told_so_before_anything_of_the_request_is_looked_at() {
    let office = Office::new();
    let link_worker = office.sign_in(AccountRole::LinkWorker).await;
    let long = "x".repeat(70 << 10);
    for (path, body) in [
        ("/admin/accounts/nobody/role", "role=nothing"),
        ("/admin/accounts/%ff/role", "\u{0}"),
        ("/admin/accounts/boss/disable?unknown=%", ""),
        ("/admin/accounts", &long),
    ] {
        for (cookie, status) in [("", StatusCode::UNAUTHORIZED), (&link_worker, StatusCode::FORBIDDEN)] {
            let request = request(&Method::POST, path, cookie).header("content-length", body.len());
            let answer = office.ask(request.body(Body::from(body.to_owned())).unwrap()).await;
            assert_eq!(answer.status, status, "{path}");
        }
    }
    for path in ["/nowhere", "/admin", "/admin/accounts/", "/edit/"] {
        let answer = office.ask(request(&Method::GET, path, "").body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}: nobody learns what there is");
        assert_eq!(office.open(path, &link_worker).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_city_may_leave_todays_pages_open_and_only_those() {
    let office = Office::of(City { link_workers_need_account: NeedsAccount(false), ..City::default() });
    for route in ROUTES {
        let answer = office.ask(request(&route.method, &address(route), "").body(nonsense()).unwrap()).await;
        let is_closed = answer.status == StatusCode::UNAUTHORIZED && route.path != "/setup" && route.path != "/welcome";
        assert_eq!(is_closed, matches!(route.need, RouteNeed::Account(_)), "{} {}", route.method, route.path);
    }
    let added: Vec<_> = ROUTES.iter().filter(|route| matches!(route.need, RouteNeed::Account(_))).collect();
    let is_of_accounts =
        |route: &&&Route| ["/account", "/admin", "/edit", "/logout"].iter().any(|it| route.path.starts_with(it));
    assert_eq!(added.iter().filter(is_of_accounts).count(), added.len());
}

/// The table in `docs/accounts.md`, as the routes have it.
fn table() -> String {
    let row = |route: &Route| format!("| {} | `{}` | {} |\n", route.method, route.path, route.need.name());
    let rows: String = ROUTES.iter().map(row).collect();
    format!("<!-- routes:begin -->\n\n| method | path | role |\n|---|---|---|\n{rows}\n<!-- routes:end -->")
}

#[test]
fn the_paper_has_the_table_of_routes() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/accounts.md");
    let paper = std::fs::read_to_string(&file).unwrap();
    let (before, rest) = paper.split_once("<!-- routes:begin -->").unwrap();
    let (_, after) = rest.split_once("<!-- routes:end -->").unwrap();
    let wanted = format!("{before}{}{after}", table());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &wanted).unwrap();
    }
    assert!(std::fs::read_to_string(&file).unwrap() == wanted, "run the tests with UPDATE_DOCS=1");
}
