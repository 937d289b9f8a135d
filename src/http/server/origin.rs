//! Defences of the internal address against other sites and shared caches: DNS rebinding, cross-site request forgery (CSRF),
//! `no-store`.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::http::HttpProblem;

/// Middleware: `no-store` on every response except static files, which are the same for everybody.
pub(in crate::http) async fn no_store(request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    if is_asset {
        return response;
    }
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

/// Middleware: rejects unknown `Host` headers (DNS rebinding) and cross-site requests (CSRF).
pub(in crate::http) async fn same_origin_only(
    State(hosts): State<Arc<[String]>>,
    request: Request,
    next: Next,
) -> Response {
    match reject_foreign_request(&hosts, request.method(), request.headers()) {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    }
}

fn reject_foreign_request(hosts: &[String], method: &Method, headers: &HeaderMap) -> Option<HttpProblem> {
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = text(header::HOST).unwrap_or_default();
    if !is_allowed_host(hosts, host) || headers.get_all(header::HOST).iter().count() > 1 {
        return Some(HttpProblem::WrongHost);
    }
    let origin = text(header::ORIGIN);
    let same = |origin: &str| {
        let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host))
    };
    if origin.is_some_and(|origin| !same(origin)) {
        return Some(HttpProblem::OtherPage);
    }
    let site = headers.get("sec-fetch-site").map(|value| value.to_str().unwrap_or_default());
    let opens_a_page = method == Method::GET && headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
    let foreign = site.is_some_and(|site| !["same-origin", "none"].contains(&site)) && !opens_a_page;
    foreign.then_some(HttpProblem::OtherPage)
}

/// Whether the `Host` header is `localhost`, an IP address or one of `internal_hosts`. Only names can be rebound, not IP
/// addresses.
fn is_allowed_host(hosts: &[String], host: &str) -> bool {
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |it| it.0);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let name = name.to_ascii_lowercase();
    name == "localhost" || bare.parse::<IpAddr>().is_ok() || hosts.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_allowed_hosts_are_answered() {
        let hosts = ["tsunagari.city.example.jp".to_owned()];
        for host in ["localhost:8081", "127.0.0.1:8081", "[::1]:8081", "192.168.1.5", "Tsunagari.City.example.jp:8081"]
        {
            assert!(is_allowed_host(&hosts, host), "{host}");
        }
        for host in ["", "evil.example", "localhost.evil.example:8081", "127.0.0.1.evil.example"] {
            assert!(!is_allowed_host(&hosts, host), "{host}");
        }
    }
}
