//! Signing in: cookies, CSRF, plain HTTP, throttling, first passwords.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use tsunagari::model::{AccountName, AccountRole, City};

use super::{Answer, FORM, HOST, Office, PASSWORD, form, form_body, request};

const SIGN_IN: [(&str, &str); 2] = [("name", "editor"), ("password", PASSWORD)];

/// A form to sign in with, with these headers and no others but `Host`.
async fn sign_in_with(office: &Office, headers: &[(&str, &str)]) -> Answer {
    let request = Request::post("/login").header("content-type", FORM);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    office.ask(request.body(Body::from(form_body(&SIGN_IN))).unwrap()).await
}

#[tokio::test]
async fn the_cookie_is_of_this_host_alone_ends_with_the_browser_and_opens_what_the_role_may() {
    let office = Office::new();
    let signed_in = office.send("/login", "", &SIGN_IN).await;
    assert_eq!((signed_in.status, signed_in.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/"));
    let set = signed_in.header(header::SET_COOKIE);
    let (pair, attributes) = set.split_once("; ").unwrap();
    assert_eq!(attributes, "Secure; HttpOnly; SameSite=Lax; Path=/");
    let token = pair.strip_prefix("__Host-tsunagari=").unwrap();
    assert!(token.len() * 5 >= 256, "{token}");
    assert_eq!(signed_in.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(office.open("/places.geojson", pair).await.status, StatusCode::OK);
    assert_eq!(office.open("/account", &format!("tsunagari={token}")).await.status, StatusCode::UNAUTHORIZED);
    let out = office.send("/logout", pair, &[]).await;
    assert_eq!((out.status, out.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/login"));
    assert!(
        out.header(header::SET_COOKIE).starts_with("__Host-tsunagari=;")
            && out.header(header::SET_COOKIE).contains("Max-Age=0")
    );
    assert_eq!(office.open("/places.geojson", pair).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_cookie_that_was_planted_is_never_adopted_and_an_old_one_ends() {
    let office = Office::new();
    let planted = format!("__Host-tsunagari={}", "a".repeat(52));
    let first = office.send("/login", &planted, &SIGN_IN).await.cookie();
    assert_ne!(first, planted);
    assert_eq!(office.open("/account", &planted).await.status, StatusCode::UNAUTHORIZED);
    let second = office.send("/login", &first, &SIGN_IN).await.cookie();
    assert_eq!(office.open("/account", &first).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(office.open("/account", &second).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_browser_is_sent_to_sign_in_and_back_to_where_it_was() {
    let office = Office::new();
    let opened = |path: &'static str, headers: &'static [(&'static str, &'static str)]| {
        let request = Request::get(path).header("host", HOST);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        office.ask(request.body(Body::empty()).unwrap())
    };
    let page = [("sec-fetch-mode", "navigate"), ("accept", "text/html,*/*")];
    for (path, location) in [
        ("/find", "/login?next=%2Ffind"),
        ("/?q=%E5%9B%B2&category=salon", "/login?next=%2F%3Fq%3D%25E5%259B%25B2%26category%3Dsalon"),
        ("/", "/login"),
        ("/admin/log", "/login?next=%2Fadmin%2Flog"),
        ("//evil.example/x", "/login?next=%2F%2Fevil.example%2Fx"),
    ] {
        let answer = opened(path, Box::leak(Box::new(page))).await;
        assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, location), "{path}");
    }
    let old_browser = opened("/find", &[("accept", "text/html,*/*")]).await;
    assert_eq!(old_browser.status, StatusCode::SEE_OTHER, "one that sends no Sec-Fetch-Mode");
    for headers in [&[("sec-fetch-mode", "cors"), ("accept", "text/html")][..], &[("accept", "application/json")], &[]]
    {
        assert_eq!(opened("/find", headers).await.status, StatusCode::UNAUTHORIZED, "{headers:?}");
    }
    for (next, location) in
        [("/find?a=1", "/find?a=1"), ("//evil.example", "/"), ("https://evil.example/", "/"), ("/\\evil.example", "/")]
    {
        let fields = [&SIGN_IN[..], &[("next", next)]].concat();
        assert_eq!(office.send("/login", "", &fields).await.header(header::LOCATION), location);
    }
    let form = office.open("/login?next=%2Ffind%3Fa%3D1", "").await;
    assert!(form.body.contains("name=\"next\" value=\"/find?a=1\""), "{}", form.body);
    assert!(!office.open("/login?next=%2F%2Fevil.example", "").await.body.contains("evil"));
}

#[tokio::test]
async fn nothing_says_why_nobody_was_signed_in() {
    let office = Office::new();
    office.accounts.disable("root", &AccountName::parse("link-worker").unwrap()).unwrap();
    let tries =
        [("nobody", PASSWORD), ("link-worker", PASSWORD), ("editor", "gravel teapot orchard"), ("", ""), ("a b", "x")];
    let mut bodies = Vec::new();
    for (name, password) in tries {
        let answer = office.send("/login", "", &[("name", name), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}");
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
        bodies.push(answer.body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
}

/// The time of a try does not tell whether there is such an account: each compares one password, and stores nothing before it answers.
/// Of many tries the shortest, since other programs run, too.
#[test]
fn an_unknown_name_takes_as_long_as_a_wrong_password() {
    let office = Office::new();
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..12 {
        for (at, name) in [(0, "editor"), (1, "nobody")] {
            let from = std::net::IpAddr::from([192, 0, 2, round]);
            let begun = std::time::Instant::now();
            office.accounts.sign_in(name, "gravel teapot orchard", (from, None)).unwrap_err();
            times[at].push(begun.elapsed());
        }
    }
    let [known, unknown] = times.map(|it| it.into_iter().min().unwrap());
    assert!(known < unknown * 4 && unknown < known * 4, "{known:?} {unknown:?}");
}

#[tokio::test]
async fn csrf_every_change_comes_from_a_page_of_this_address() {
    let office = Office::new();
    let (host, own) = (("host", HOST), ("origin", "http://127.0.0.1:8081"));
    for (headers, status) in [
        (&[host][..], StatusCode::FORBIDDEN),
        (&[host, ("sec-fetch-site", "same-origin")], StatusCode::SEE_OTHER),
        (&[host, own], StatusCode::SEE_OTHER),
        (&[host, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], StatusCode::FORBIDDEN),
        (&[host, ("sec-fetch-site", "same-site")], StatusCode::FORBIDDEN),
        (&[host, ("sec-fetch-site", "none")], StatusCode::FORBIDDEN),
        (&[host, ("origin", "https://evil.example")], StatusCode::FORBIDDEN),
        (&[host, ("origin", "http://127.0.0.1:9999")], StatusCode::FORBIDDEN),
        (&[host, ("origin", "null")], StatusCode::FORBIDDEN),
    ] {
        assert_eq!(sign_in_with(&office, headers).await.status, status, "{headers:?}");
    }
    let cookie = office.sign_in(AccountRole::Administrator).await;
    for route in tsunagari::http::ROUTES.iter().filter(|route| route.method != Method::GET) {
        for headers in [&[][..], &[("sec-fetch-site", "cross-site")], &[("origin", "https://evil.example")]] {
            let path = route.path.replace("{name}", "editor");
            let request =
                Request::builder().method(&route.method).uri(path).header("host", HOST).header("cookie", &cookie);
            let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            let answer = office.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {} {headers:?}", route.method, route.path);
        }
    }
    assert_eq!(office.open("/account", &cookie).await.status, StatusCode::OK, "nobody was signed out");
}

#[tokio::test]
async fn over_plain_http_nobody_signs_in_but_on_this_computer() {
    let office = Office::new();
    let at = |host: &'static str, scheme: &'static str| {
        [("host", host.to_owned()), ("origin", format!("{scheme}://{host}"))]
    };
    for (host, scheme, status) in [
        ("office.example.jp", "http", StatusCode::FORBIDDEN),
        ("10.0.0.5:8081", "http", StatusCode::FORBIDDEN),
        ("office.example.jp", "https", StatusCode::SEE_OTHER),
        ("localhost:8081", "http", StatusCode::SEE_OTHER),
        ("[::1]:8081", "http", StatusCode::SEE_OTHER),
    ] {
        let headers = at(host, scheme);
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = sign_in_with(&office, &headers).await;
        assert_eq!(answer.status, status, "{scheme}://{host}");
        assert_eq!(answer.body.contains("nginx"), status == StatusCode::FORBIDDEN, "it says how to put TLS in front");
        assert_eq!(answer.headers.contains_key(header::SET_COOKIE), status == StatusCode::SEE_OTHER);
    }
    let open = Office::of(City { allow_plain_http: true, ..City::default() });
    let plain = sign_in_with(&open, &[("host", "10.0.0.5:8081"), ("origin", "http://10.0.0.5:8081")]).await;
    let set = plain.header(header::SET_COOKIE);
    assert!(
        set.starts_with("tsunagari=") && set.ends_with("; HttpOnly; SameSite=Lax; Path=/") && !set.contains("Secure"),
        "{set}"
    );
    assert_eq!(open.open("/account", &plain.cookie()).await.status, StatusCode::OK);
    let secure = sign_in_with(&open, &[("host", "office.example.jp"), ("origin", "https://office.example.jp")]).await;
    assert!(secure.header(header::SET_COOKIE).starts_with("__Host-tsunagari="), "behind TLS nothing is given up");
}

#[tokio::test]
async fn who_has_failed_too_often_waits_also_with_the_right_password_and_by_no_forged_address() {
    let office = Office::of(City { trusted_proxies: vec!["10.0.0.1".to_owned()], ..City::default() });
    for n in 0..5 {
        let forged = form("/login", "", &[("name", "editor"), ("password", "wrong")]);
        let (mut parts, body) = forged.into_parts();
        parts.headers.insert("x-forwarded-for", format!("203.0.113.{n}").parse().unwrap());
        assert_eq!(office.ask(Request::from_parts(parts, body)).await.status, StatusCode::UNAUTHORIZED);
    }
    let waits = office.send("/login", "", &SIGN_IN).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u32 = waits.header(header::RETRY_AFTER).parse().unwrap();
    assert!((50..=61).contains(&seconds), "{seconds}");
    assert!(!waits.headers.contains_key(header::SET_COOKIE));
    office.sign_in(AccountRole::LinkWorker).await;
}

#[tokio::test]
async fn a_first_password_is_set_with_a_code_that_no_address_holds() {
    let office = Office::new();
    let new = AccountName::parse("new").unwrap();
    let code = office.accounts.add("root", (&new, AccountRole::Editor), None).unwrap().unwrap();
    let fields = |code, password| [("code", code), ("name", "new"), ("password", password)];
    for (code, password, status) in [
        ("wrong", PASSWORD, StatusCode::UNAUTHORIZED),
        (&*code, "short", StatusCode::UNPROCESSABLE_ENTITY),
        (&code, "password1234", StatusCode::UNPROCESSABLE_ENTITY),
        (&code, PASSWORD, StatusCode::SEE_OTHER),
        (&code, PASSWORD, StatusCode::UNAUTHORIZED),
    ] {
        let answer = office.send("/welcome", "", &fields(code, password)).await;
        assert_eq!(answer.status, status, "{code} {password}");
        assert!(!answer.body.contains(password), "no password is sent back");
    }
    let setup = office.send("/setup", "", &fields(&code, PASSWORD)).await;
    assert_eq!(setup.status, StatusCode::UNAUTHORIZED, "there is an administrator");
    assert_eq!(
        office.send("/login", "", &[("name", "new"), ("password", PASSWORD)]).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_changed_password_gives_a_new_cookie_and_ends_all_others() {
    let office = Office::new();
    let (here, there) = (office.sign_in(AccountRole::Editor).await, office.sign_in(AccountRole::Editor).await);
    let wrong =
        office.send("/account/password", &here, &[("current", "wrong"), ("new", "gravel teapot orchard")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let weak = office.send("/account/password", &here, &[("current", PASSWORD), ("new", "editor123456")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    let changed =
        office.send("/account/password", &here, &[("current", PASSWORD), ("new", "gravel teapot orchard")]).await;
    assert_eq!((changed.status, changed.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/account"));
    let new = changed.cookie();
    for (cookie, status) in
        [(&here, StatusCode::UNAUTHORIZED), (&there, StatusCode::UNAUTHORIZED), (&new, StatusCode::OK)]
    {
        assert_eq!(office.open("/account", cookie).await.status, status);
    }
    let again = office.send("/login", "", &[("name", "editor"), ("password", "gravel teapot orchard")]).await.cookie();
    office.send("/account/sessions/end", &again, &[]).await;
    assert_eq!(office.open("/account", &new).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(office.open("/account", &again).await.status, StatusCode::OK);
}

#[tokio::test]
async fn reading_changes_nothing_and_no_get_signs_anybody_in_or_out() {
    let office = Office::new();
    let cookie = office.sign_in(AccountRole::Administrator).await;
    let rows = office.accounts.audit_log(None, 100).unwrap().len();
    for path in ["/logout", "/account/sessions/end", "/admin/accounts/editor/disable", "/account/password"] {
        assert_eq!(office.open(path, &cookie).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    let in_address = format!("/login?{}", form_body(&SIGN_IN));
    assert_eq!(
        office.open(&in_address, "").await.status,
        StatusCode::BAD_REQUEST,
        "passwords do not belong into addresses"
    );
    assert_eq!(office.accounts.audit_log(None, 100).unwrap().len(), rows);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_a_problem() {
    let office = Office::new();
    for (media, body, status) in [
        ("application/json", "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("text/plain", "name=a", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (FORM, "name=%zz", StatusCode::BAD_REQUEST),
        (FORM, "name=%ff", StatusCode::BAD_REQUEST),
        (FORM, "name=a&name=b", StatusCode::BAD_REQUEST),
        (FORM, "", StatusCode::UNAUTHORIZED),
        ("Application/X-WWW-Form-URLEncoded; charset=UTF-8", "name=a+b&password=%E5%9B%B2", StatusCode::UNAUTHORIZED),
    ] {
        let request = request(&Method::POST, "/login", "").header("content-type", media);
        let answer = office.ask(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, status, "{media} {body}");
    }
}
