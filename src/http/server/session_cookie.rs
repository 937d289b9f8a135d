//! The session's cookie. This module does no I/O.

use axum::http::{HeaderMap, HeaderValue, header};

/// The cookie's name: the prefix makes browsers refuse it unless it is `Secure`, of this host alone and for all paths.
const NAME: &str = "__Host-tsunagari";
/// Its name over plain HTTP, where the city allows that.
const PLAIN_NAME: &str = "tsunagari";
/// What both have: no script reads it, and other sites send it only where they link here.
const ATTRIBUTES: &str = "HttpOnly; SameSite=Lax; Path=/";

/// The token that a request brings along; over plain HTTP only where that is allowed.
pub(in crate::http) fn token(headers: &HeaderMap, allow_plain_http: bool) -> Option<&str> {
    let lines = || headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = || lines().flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let of = |name: &str| pairs().find(|(it, _)| *it == name).map(|(_, token)| token);
    of(NAME).or_else(|| of(PLAIN_NAME).filter(|_| allow_plain_http))
}

/// The `Set-Cookie` of a new session. No `Domain`, so that no other host gets it, and no `Max-Age`, so that it ends with the browser.
pub(in crate::http) fn set_cookie(token: &str, is_plain: bool) -> Option<HeaderValue> {
    let cookie = if is_plain {
        format!("{PLAIN_NAME}={token}; {ATTRIBUTES}")
    } else {
        format!("{NAME}={token}; Secure; {ATTRIBUTES}")
    };
    HeaderValue::from_str(&cookie).ok()
}

/// The `Set-Cookie`s that take both away.
pub(in crate::http) fn removals() -> [HeaderValue; 2] {
    [
        HeaderValue::from_static("__Host-tsunagari=; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"),
        HeaderValue::from_static("tsunagari=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_of_this_host_alone_and_no_script_reads_it() {
        let secure = set_cookie("abc", false).unwrap();
        assert_eq!(secure, "__Host-tsunagari=abc; Secure; HttpOnly; SameSite=Lax; Path=/");
        assert_eq!(set_cookie("abc", true).unwrap(), "tsunagari=abc; HttpOnly; SameSite=Lax; Path=/");
        assert!(removals().iter().all(|it| it.to_str().unwrap().ends_with("Path=/; Max-Age=0")));
    }

    #[test]
    fn the_token_is_found_among_other_cookies_and_the_plain_one_only_where_allowed() {
        let headers = |lines: &[&'static str]| {
            let each = lines.iter().map(|line| (header::COOKIE, HeaderValue::from_static(line)));
            each.collect::<HeaderMap>()
        };
        for (lines, secure_only, with_plain) in [
            (&["__Host-tsunagari=a"][..], Some("a"), Some("a")),
            (&["x=1; __Host-tsunagari=a; tsunagari=b"], Some("a"), Some("a")),
            (&["x=1", "tsunagari=b"], None, Some("b")),
            (&["x__Host-tsunagari=a; __host-tsunagari=b"], None, None),
            (&[], None, None),
        ] {
            let headers = headers(lines);
            assert_eq!((token(&headers, false), token(&headers, true)), (secure_only, with_plain), "{lines:?}");
        }
    }
}
