//! Signing in and out, and one's own account. On the internal address only.
//!
//! Passwords, codes and tokens come in bodies and cookies alone and are never logged. Pages that hold a form tell where they come from
//! (`referrer-policy`), since browsers without `Sec-Fetch-Site` then send their `Origin`.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

use super::HTML;
use crate::accounts::password::PasswordFault;
use crate::accounts::{AccountError, SignInError, SignedIn};
use crate::http::params::QueryParams;
use crate::http::server::client::ClientAddress;
use crate::http::server::form::FormFields;
use crate::http::server::respond;
use crate::http::server::session_cookie;
use crate::http::{HttpProblem, InternalState};
use crate::publish::html::account::{self, AccountNotice, FirstPasswordForm, FirstPasswordKind, OwnAccount};

/// A page, or the problem in its place.
pub(super) type PageResult = Result<Response, HttpProblem>;

/// Handler: the page to sign in at.
pub(in crate::http) async fn show_login(State(internal): State<InternalState>, uri: Uri) -> PageResult {
    let params = QueryParams::read(&uri, &["next"])?;
    let next = own_path(params.one("next")?.unwrap_or_default());
    Ok(page(StatusCode::OK, account::sign_in_page(&internal.app().snapshot(), next, None)))
}

/// Handler: signs in.
pub(in crate::http) async fn log_in(
    State(internal): State<InternalState>,
    Extension(ClientAddress(from)): Extension<ClientAddress>,
    request: Request,
) -> PageResult {
    let (snapshot, transport) = (internal.app().snapshot(), Transport::of(&internal, request.headers()));
    let brought = session_cookie::token(request.headers(), true).map(str::to_owned);
    let form = FormFields::read(request).await?;
    let next = own_path(form.text("next")).to_owned();
    let refused = |notice: AccountNotice| {
        page(status_of(&notice), account::sign_in_page(&snapshot, &next, Some(&notice))).into_response()
    };
    if transport == Transport::Refused {
        return Ok(refused(AccountNotice::PlainHttp));
    }
    let (name, password) = (form.text("name").to_owned(), form.text("password").to_owned());
    let signed_in = internal
        .sign_in()
        .run_hashing(move |accounts| accounts.sign_in(&name, &password, (from, brought.as_deref())))
        .await?;
    match signed_in {
        Ok(token) => with_session(see_other(&next), &token, transport),
        Err(error) => Ok(waiting(refused(notice_of_sign_in(&error)?), &error)),
    }
}

/// Handler: signs out.
pub(in crate::http) async fn log_out(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
) -> PageResult {
    internal.sign_in().run(move |accounts| accounts.sign_out(&who)).await?.map_err(|error| failed(&error))?;
    let mut response = see_other("/login");
    for removal in session_cookie::removals() {
        response.headers_mut().append(header::SET_COOKIE, removal);
    }
    Ok(response)
}

/// Handler: the page on which the first administrator is made.
pub(in crate::http) async fn show_setup(State(internal): State<InternalState>) -> Response {
    show_first_password(&internal, FirstPasswordKind::Setup)
}

/// Handler: makes the first administrator.
pub(in crate::http) async fn set_up(state: State<InternalState>, request: Request) -> PageResult {
    set_first_password(state, request, FirstPasswordKind::Setup).await
}

/// Handler: the page on which a person sets their password.
pub(in crate::http) async fn show_welcome(State(internal): State<InternalState>) -> Response {
    show_first_password(&internal, FirstPasswordKind::Welcome)
}

/// Handler: sets the password of an account with its code.
pub(in crate::http) async fn welcome(state: State<InternalState>, request: Request) -> PageResult {
    set_first_password(state, request, FirstPasswordKind::Welcome).await
}

fn show_first_password(internal: &InternalState, kind: FirstPasswordKind) -> Response {
    page(
        StatusCode::OK,
        account::first_password_page(&internal.app().snapshot(), kind, FirstPasswordForm::default(), None),
    )
}

async fn set_first_password(
    State(internal): State<InternalState>,
    request: Request,
    kind: FirstPasswordKind,
) -> PageResult {
    let (snapshot, transport) = (internal.app().snapshot(), Transport::of(&internal, request.headers()));
    let form = FormFields::read(request).await?;
    let sent = FirstPasswordForm { code: form.text("code"), name: form.text("name") };
    let refused = |notice: AccountNotice| {
        page(status_of(&notice), account::first_password_page(&snapshot, kind, sent, Some(&notice)))
    };
    if transport == Transport::Refused {
        return Ok(refused(AccountNotice::PlainHttp));
    }
    let [code, name, password] = ["code", "name", "password"].map(|field| form.text(field).to_owned());
    let outcome = internal.sign_in().run_hashing(move |accounts| match kind {
        FirstPasswordKind::Setup => accounts.set_up(code.trim(), &name, &password),
        FirstPasswordKind::Welcome => accounts.welcome(code.trim(), &name, &password),
    });
    match outcome.await? {
        Ok(()) => Ok(see_other("/login")),
        Err(error) => notice_of(&error).map(refused),
    }
}

/// Handler: one's own account.
pub(in crate::http) async fn show_own(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
) -> Response {
    own_page(&internal, &who, None)
}

/// Handler: changes one's own password.
pub(in crate::http) async fn change_password(
    State(internal): State<InternalState>,
    Extension(ClientAddress(from)): Extension<ClientAddress>,
    Extension(who): Extension<SignedIn>,
    request: Request,
) -> PageResult {
    let transport = Transport::of(&internal, request.headers());
    let form = FormFields::read(request).await?;
    if transport == Transport::Refused {
        return Ok(own_page(&internal, &who, Some(&AccountNotice::PlainHttp)));
    }
    let (current, new, held) = (form.text("current").to_owned(), form.text("new").to_owned(), who.clone());
    let changed =
        internal.sign_in().run_hashing(move |accounts| accounts.change_password(&held, (&current, &new), from)).await?;
    match changed {
        Ok(token) => with_session(see_other("/account"), &token, transport),
        Err(error) => {
            let notice = match error {
                SignInError::Wrong => AccountNotice::WrongPassword,
                _ => notice_of_sign_in(&error)?,
            };
            Ok(waiting(own_page(&internal, &who, Some(&notice)), &error))
        }
    }
}

/// Handler: ends one's other sessions.
pub(in crate::http) async fn end_others(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
) -> PageResult {
    internal.sign_in().run(move |accounts| accounts.end_others(&who)).await?.map_err(|error| failed(&error))?;
    Ok(see_other("/account"))
}

/// The page for those whose role is too low.
pub(in crate::http) fn not_allowed(internal: &InternalState) -> Response {
    page(StatusCode::FORBIDDEN, account::not_allowed_page(&internal.app().snapshot()))
}

fn own_page(internal: &InternalState, who: &SignedIn, notice: Option<&AccountNotice>) -> Response {
    let sessions = internal.sign_in().accounts_if_any().map_or(0, |accounts| accounts.sessions_of(who));
    let own = OwnAccount { name: who.name.as_str(), role: who.role, sessions };
    let status = notice.map_or(StatusCode::OK, status_of);
    page(status, account::own_page(&internal.app().snapshot(), &own, notice))
}

/// How a request has come, and so how its session's cookie may go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transport {
    /// Encrypted, or on this computer alone.
    Secure,
    /// Over plain HTTP, which the city allows.
    PlainAllowed,
    /// Over plain HTTP: a password would be read by others, and browsers would drop the cookie.
    Refused,
}

impl Transport {
    fn of(internal: &InternalState, headers: &HeaderMap) -> Self {
        let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
        let plain = origin.and_then(|origin| origin.strip_prefix("http://"));
        match (plain, internal.sign_in().allow_plain_http) {
            (None, _) => Self::Secure,
            (Some(_), true) => Self::PlainAllowed,
            (Some(host), false) if is_loopback(host) => Self::Secure,
            (Some(_), false) => Self::Refused,
        }
    }
}

/// Whether a host, perhaps with a port, is this computer, so that nothing goes over a network.
fn is_loopback(host: &str) -> bool {
    let ends_in_port = |(_, port): &(&str, &str)| port.bytes().all(|b| b.is_ascii_digit());
    let name = host.rsplit_once(':').filter(ends_in_port).map_or(host, |(name, _)| name);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let is_address = bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
    is_address || name.eq_ignore_ascii_case("localhost")
}

/// The path to go on to: one of this address, else the first page (open redirect).
fn own_path(next: &str) -> &str {
    let is_plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let is_own = next.starts_with('/') && !next.starts_with("//") && is_plain && next.len() <= 2_000;
    if is_own { next } else { "/" }
}

pub(super) fn page(status: StatusCode, html: String) -> Response {
    let mut response = respond::no_store(HTML, html);
    *response.status_mut() = status;
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

pub(super) fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

fn with_session(mut response: Response, token: &str, transport: Transport) -> PageResult {
    let cookie = session_cookie::set_cookie(token, transport == Transport::PlainAllowed);
    response.headers_mut().insert(header::SET_COOKIE, cookie.ok_or(HttpProblem::Internal)?);
    Ok(response)
}

/// The response, with the time to wait where that is why.
fn waiting(mut response: Response, error: &SignInError) -> Response {
    if let SignInError::Wait(wait) = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.num_seconds() + 1));
    }
    response
}

fn status_of(notice: &AccountNotice) -> StatusCode {
    match notice {
        AccountNotice::Wrong | AccountNotice::WrongPassword | AccountNotice::WrongCode => StatusCode::UNAUTHORIZED,
        AccountNotice::PlainHttp => StatusCode::FORBIDDEN,
        AccountNotice::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
        AccountNotice::Taken | AccountNotice::LastAdministrator => StatusCode::CONFLICT,
        AccountNotice::Unknown => StatusCode::NOT_FOUND,
        AccountNotice::Welcome { .. } => StatusCode::CREATED,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn notice_of_sign_in(error: &SignInError) -> Result<AccountNotice, HttpProblem> {
    match error {
        SignInError::Wrong => Ok(AccountNotice::Wrong),
        SignInError::Wait(wait) => Ok(AccountNotice::Wait { minutes: wait.num_minutes() + 1 }),
        SignInError::Failed(error) => notice_of(error),
    }
}

/// What a page says of an error; those that are no user's fault are a problem.
pub(super) fn notice_of(error: &AccountError) -> Result<AccountNotice, HttpProblem> {
    Ok(match error {
        AccountError::BadName => AccountNotice::BadName,
        AccountError::Taken => AccountNotice::Taken,
        AccountError::Unknown => AccountNotice::Unknown,
        AccountError::LastAdministrator => AccountNotice::LastAdministrator,
        AccountError::WrongCode => AccountNotice::WrongCode,
        AccountError::BadPassword(PasswordFault::TooShort) => AccountNotice::TooShort,
        AccountError::BadPassword(PasswordFault::TooLong) => AccountNotice::TooLong,
        AccountError::BadPassword(PasswordFault::TooWeak) => AccountNotice::TooWeak,
        _ => return Err(failed(error)),
    })
}

/// The problem for the page; also logs the error, which names no account.
pub(super) fn failed(error: &AccountError) -> HttpProblem {
    tracing::error!(%error, "a change of accounts could not be stored");
    HttpProblem::NotStored { reason: "the database cannot be written; the log has the details" }
}

/// The response of a refused change with its status.
pub(super) fn refused(notice: &AccountNotice, html: String) -> Response {
    page(status_of(notice), html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_paths_of_this_address_alone() {
        for own in ["/", "/find", "/?q=%E5%9B%B2&page=2", "/plan#a"] {
            assert_eq!(own_path(own), own);
        }
        let long = format!("/{}", "a".repeat(2_000));
        for other in [
            "",
            "find",
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https://evil.example",
            "/a\r\nb: c",
            "/\t/evil.example",
            "/ /x",
            "/囲碁",
            &long,
        ] {
            assert_eq!(own_path(other), "/", "{other}");
        }
    }

    #[test]
    fn loopback_is_this_computer_whatever_it_is_called() {
        for own in [
            "127.0.0.1",
            "127.0.0.1:8081",
            "127.9.9.9:1",
            "[::1]:8081",
            "localhost",
            "LOCALHOST:8081",
            "[::ffff:127.0.0.1]:1",
        ] {
            assert!(is_loopback(own), "{own}");
        }
        for other in [
            "",
            "10.0.0.5:8081",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "[2001:db8::1]:80",
            "office.example.jp",
        ] {
            assert!(!is_loopback(other), "{other}");
        }
    }
}
