//! Admission to the internal address, before anything else of a request is looked at: who has sent it, what its route needs, and whether a
//! page of ours has sent it (CSRF). Deny by default: a path that no route has needs what the link workers' pages need.
//!
//! It is the outermost layer, so that the body of a request that is not admitted is not even read; the refusal itself is answered further in,
//! behind the limits, the log and the security headers.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::client::ClientAddress;
use super::session_cookie;
use crate::accounts::SignedIn;
use crate::http::pages::{account, wants_html};
use crate::http::route_need::RouteNeed;
use crate::http::{HttpProblem, InternalState};
use crate::text::percent::percent_encoded;

/// The needs of every method of every path, as the router has it.
#[derive(Debug, Default)]
pub(in crate::http) struct RouteNeeds(HashMap<String, Vec<(Method, RouteNeed)>>);

impl RouteNeeds {
    /// Adds a route.
    pub(in crate::http) fn add(&mut self, pattern: String, method: &Method, need: RouteNeed) {
        self.0.entry(pattern).or_default().push((method.clone(), need));
    }

    /// What a request needs. A method that the path does not take needs what its least demanding one does.
    fn of(&self, pattern: Option<&str>, method: &Method) -> RouteNeed {
        let method = if *method == Method::HEAD { &Method::GET } else { method };
        let needs = pattern.and_then(|it| self.0.get(it)).map(Vec::as_slice).unwrap_or_default();
        let own = needs.iter().find(|(it, _)| it == method).or_else(|| needs.iter().min_by_key(|(_, need)| *need));
        own.map_or(RouteNeed::LinkWorkers, |(_, need)| *need)
    }
}

/// Why a request was not admitted.
#[derive(Debug, Clone)]
enum Refusal {
    NotSignedIn,
    /// The browser opens a page: it is sent to the one to sign in at, and back here.
    ToSignIn(HeaderValue),
    RoleTooLow {
        is_page: bool,
    },
    OtherPage,
}

/// Middleware: decides whether a request is admitted, and notes who has sent it. Of one that is not, nothing but the head goes on.
pub(in crate::http) async fn admit(
    State((internal, needs)): State<(InternalState, Arc<RouteNeeds>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let pattern = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let need = needs.of(pattern.as_deref(), request.method());
    let settings = internal.sign_in();
    let token = session_cookie::token(request.headers(), settings.allow_plain_http);
    let who = token.and_then(|token| settings.accounts_if_any()?.signed_in(token));
    let is_open = need == RouteNeed::LinkWorkers && !settings.link_workers_need_account;
    let refusal = if is_open && who.is_none() {
        // Whoever is on the network may do this without a cookie, so that a forged request gains nothing; `origin` rejects those of other sites.
        None
    } else {
        refusal(&request, need, who.as_ref())
    };
    if let Some(refusal) = refusal {
        let (mut parts, _) = request.into_parts();
        parts.headers.remove(header::CONTENT_LENGTH);
        request = Request::from_parts(parts, Body::empty());
        request.extensions_mut().insert(refusal);
        return next.run(request).await;
    }
    let client = ClientAddress::of(&request, &settings.trusted_proxies);
    request.extensions_mut().insert(client);
    if let Some(who) = who {
        request.extensions_mut().insert(who);
    }
    next.run(request).await
}

/// Middleware: answers a request that was not admitted.
pub(in crate::http) async fn answer_refusal(
    State(internal): State<InternalState>,
    request: Request,
    next: Next,
) -> Response {
    match request.extensions().get::<Refusal>() {
        None => next.run(request).await,
        Some(Refusal::NotSignedIn) => HttpProblem::NotSignedIn.into_response(),
        Some(Refusal::ToSignIn(location)) => {
            (StatusCode::SEE_OTHER, [(header::LOCATION, location.clone())]).into_response()
        }
        Some(Refusal::RoleTooLow { is_page: true }) => account::not_allowed(&internal),
        Some(Refusal::RoleTooLow { is_page: false }) => HttpProblem::RoleTooLow.into_response(),
        Some(Refusal::OtherPage) => HttpProblem::OtherPage.into_response(),
    }
}

fn refusal(request: &Request, need: RouteNeed, who: Option<&SignedIn>) -> Option<Refusal> {
    let (method, headers) = (request.method(), request.headers());
    let is_safe = [Method::GET, Method::HEAD].contains(method);
    let is_page = is_safe && is_navigation(headers);
    if need.lowest_role().is_some() && who.is_none() {
        let location = is_page.then(|| sign_in_address(request.uri())).flatten();
        return Some(location.map_or(Refusal::NotSignedIn, Refusal::ToSignIn));
    }
    if !is_safe && !is_of_our_page(headers) {
        return Some(Refusal::OtherPage);
    }
    let is_too_low = need.lowest_role().zip(who).is_some_and(|(lowest, who)| who.role < lowest);
    is_too_low.then_some(Refusal::RoleTooLow { is_page })
}

/// Whether a browser opens a page; without the header that says so, by what it accepts.
fn is_navigation(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-mode").map_or_else(|| wants_html(headers), |mode| mode == "navigate")
}

/// CSRF: whether the browser says that a page of this address has sent the request. Browsers without `Sec-Fetch-Site` send `Origin`.
pub(in crate::http) fn is_of_our_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), ..) => site == "same-origin",
        (None, Some(origin), Some(host)) => {
            let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            !host.is_empty() && rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host))
        }
        _ => false,
    }
}

/// The page to sign in at, from which one comes back to `uri`.
fn sign_in_address(uri: &Uri) -> Option<HeaderValue> {
    let here = uri.path_and_query().map_or("/", |it| it.as_str());
    let address = if here == "/" { "/login".to_owned() } else { format!("/login?next={}", percent_encoded(here)) };
    HeaderValue::from_str(&address).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (header::HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_what_a_page_of_this_address_sends_is_its_own() {
        let host = ("host", "office.example.jp");
        for (sent, is_own) in [
            (&[host][..], false),
            (&[host, ("sec-fetch-site", "same-origin")], true),
            (&[host, ("sec-fetch-site", "same-origin"), ("origin", "null")], true),
            (&[host, ("sec-fetch-site", "same-site"), ("origin", "https://office.example.jp")], false),
            (&[host, ("sec-fetch-site", "none")], false),
            (&[host, ("sec-fetch-site", "cross-site")], false),
            (&[host, ("origin", "https://office.example.jp")], true),
            (&[host, ("origin", "http://OFFICE.example.jp")], true),
            (&[host, ("origin", "https://office.example.jp:8443")], false),
            (&[host, ("origin", "https://office.example.jp.evil.example")], false),
            (&[host, ("origin", "null")], false),
            (&[("origin", "https://")], false),
        ] {
            assert_eq!(is_of_our_page(&headers(sent)), is_own, "{sent:?}");
        }
    }

    #[test]
    fn a_route_needs_what_the_table_says_and_what_is_in_none_needs_what_link_workers_do() {
        let mut needs = RouteNeeds::default();
        let editor = RouteNeed::Account(crate::model::AccountRole::Editor);
        needs.add("/a/{id}".to_owned(), &Method::POST, editor);
        needs.add("/a/{id}".to_owned(), &Method::GET, RouteNeed::LinkWorkers);
        needs.add("/b".to_owned(), &Method::GET, RouteNeed::Nobody);
        for (pattern, method, need) in [
            (Some("/a/{id}"), Method::GET, RouteNeed::LinkWorkers),
            (Some("/a/{id}"), Method::HEAD, RouteNeed::LinkWorkers),
            (Some("/a/{id}"), Method::POST, editor),
            (Some("/a/{id}"), Method::DELETE, RouteNeed::LinkWorkers),
            (Some("/b"), Method::PUT, RouteNeed::Nobody),
            (Some("/c"), Method::GET, RouteNeed::LinkWorkers),
            (None, Method::GET, RouteNeed::LinkWorkers),
        ] {
            assert_eq!(needs.of(pattern, &method), need, "{method} {pattern:?}");
        }
    }
}
