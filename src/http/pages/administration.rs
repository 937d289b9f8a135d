//! Administrators' pages: accounts, and the audit log. On the internal address only.

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::Response;

use super::account::{PageResult, failed, notice_of, page, refused, see_other};
use crate::accounts::{AccountError, Accounts, SignedIn};
use crate::http::params::{QueryParams, path_parameters};
use crate::http::server::form::FormFields;
use crate::http::{HttpProblem, InternalState};
use crate::model::{AccountName, AccountRole};
use crate::publish::html::account::{self, AccountNotice, AccountRow};

type NameInPath = Result<Path<String>, PathRejection>;

/// Rows of the audit log on one page.
const ROWS: usize = 100;

/// Handler: every account.
pub(in crate::http) async fn list(State(internal): State<InternalState>) -> Response {
    page(StatusCode::OK, accounts_page(&internal, None))
}

/// Handler: adds an account; the page has the link with which its person sets a password.
pub(in crate::http) async fn add(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    request: Request,
) -> PageResult {
    let origin = origin_of(request.headers());
    let form = FormFields::read(request).await?;
    let Some(name) = AccountName::parse(form.text("name")) else {
        return Ok(answered(&internal, &AccountNotice::BadName));
    };
    let role = role_of(&form)?;
    let held = name.clone();
    let added = internal.sign_in().run(move |accounts| accounts.add(who.name.as_str(), (&held, role), None)).await?;
    with_link(&internal, (&name, &origin), added)
}

/// Handler: changes a role.
pub(in crate::http) async fn set_role(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    name: NameInPath,
    request: Request,
) -> PageResult {
    let role = role_of(&FormFields::read(request).await?)?;
    change(&internal, name, move |accounts, name| accounts.set_role(who.name.as_str(), name, role)).await
}

/// Handler: disables an account.
pub(in crate::http) async fn disable(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    name: NameInPath,
) -> PageResult {
    change(&internal, name, move |accounts, name| accounts.disable(who.name.as_str(), name)).await
}

/// Handler: takes the password of an account away; the page has the link with which its person sets another.
pub(in crate::http) async fn reset(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    name: NameInPath,
    headers: HeaderMap,
) -> PageResult {
    let Some(name) = AccountName::parse(&path_parameters(name)?) else {
        return Ok(answered(&internal, &AccountNotice::Unknown));
    };
    let held = name.clone();
    let reset = internal.sign_in().run(move |accounts| accounts.reset(who.name.as_str(), &held, None)).await?;
    with_link(&internal, (&name, &origin_of(&headers)), reset)
}

/// Handler: the audit log, the newest rows first.
pub(in crate::http) async fn log(State(internal): State<InternalState>, uri: Uri) -> PageResult {
    let params = QueryParams::read(&uri, &["before"])?;
    let before: Option<u64> = params.number("before", "the number of a row")?;
    let rows = internal.sign_in().run(move |accounts| accounts.audit_log(before, ROWS)).await?;
    let rows = rows.map_err(|error| failed(&error))?;
    let next = rows.last().filter(|last| rows.len() == ROWS && last.number > 1).map(|last| last.number);
    Ok(page(StatusCode::OK, account::log_page(&internal.app().snapshot(), &rows, next)))
}

async fn change(
    internal: &InternalState,
    name: NameInPath,
    change: impl FnOnce(&Accounts, &AccountName) -> Result<(), AccountError> + Send + 'static,
) -> PageResult {
    let Some(name) = AccountName::parse(&path_parameters(name)?) else {
        return Ok(answered(internal, &AccountNotice::Unknown));
    };
    match internal.sign_in().run(move |accounts| change(accounts, &name)).await? {
        Ok(()) => Ok(see_other("/admin/accounts")),
        Err(error) => Ok(answered(internal, &notice_of(&error)?)),
    }
}

/// The address as the administrator's browser knows it, whatever proxies stand before this server; empty if it does not say. That it
/// is this address was checked when the request was admitted.
fn origin_of(headers: &HeaderMap) -> String {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()).filter(|origin| *origin != "null");
    origin.unwrap_or_default().to_owned()
}

fn with_link(
    internal: &InternalState,
    (name, origin): (&AccountName, &str),
    code: Result<Option<String>, AccountError>,
) -> PageResult {
    let notice = match code {
        Ok(code) => AccountNotice::Welcome {
            name: name.to_string(),
            link: format!("{origin}/welcome#{}", code.unwrap_or_default()),
        },
        Err(error) => notice_of(&error)?,
    };
    Ok(answered(internal, &notice))
}

/// The page with what is to be said, and its status.
fn answered(internal: &InternalState, notice: &AccountNotice) -> Response {
    refused(notice, accounts_page(internal, Some(notice)))
}

fn accounts_page(internal: &InternalState, notice: Option<&AccountNotice>) -> String {
    let accounts = internal.sign_in().accounts_if_any().map(|accounts| accounts.list()).unwrap_or_default();
    let row = |it: &crate::accounts::AccountView| AccountRow {
        name: it.name.to_string(),
        role: it.role,
        is_disabled: it.is_disabled,
        has_password: it.has_password,
        sessions: it.sessions,
    };
    let rows: Vec<AccountRow> = accounts.iter().map(row).collect();
    account::accounts_page(&internal.app().snapshot(), &rows, notice)
}

fn role_of(form: &FormFields) -> Result<AccountRole, HttpProblem> {
    let reason = || format!("must be one of {}", AccountRole::ALL.map(AccountRole::code).join(", "));
    let role = AccountRole::from_code(form.text("role"));
    role.ok_or_else(|| HttpProblem::BadField { field: "role".to_owned(), reason: reason() })
}
