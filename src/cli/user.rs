//! `user`: keeps the accounts of the internal address, for whoever has the database.

use std::io::{self, BufRead as _, Read as _};

use serde_json::json;

use super::args::{PasswordOption, UserCommand};
use super::export::require_database;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, user_name};
use crate::accounts::password::{LONGEST, PasswordFault};
use crate::accounts::{AccountError, AccountView, Accounts};
use crate::model::{AccountName, AccountRole, City};
use crate::store::Store;

/// Most bytes of a password that are read.
const MOST_BYTES: u64 = 8 * LONGEST as u64;

/// Runs one command for accounts.
pub fn run(context: &CommandContext, what: &UserCommand, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let city = context.config()?.city;
    match what {
        // The first account may come before the first list.
        UserCommand::Add { .. } => drop(Store::open(&context.db)?),
        _ => require_database(&context.db)?,
    }
    let accounts = Accounts::open(&context.db, &city)?;
    let by = user_name();
    match what {
        UserCommand::Add { account, role, password } => {
            let name = parse_name(account)?;
            let role = AccountRole::from_code(role).ok_or(AccountError::BadName)?;
            let code = accounts.add(&by, (&name, role), read_password(*password)?.as_deref());
            print_code(context, (&city, &name), code.map_err(|error| of_account(&error, account))?, out)?;
        }
        UserCommand::Reset { account, password } => {
            let name = parse_name(account)?;
            let code = accounts.reset(&by, &name, read_password(*password)?.as_deref());
            print_code(context, (&city, &name), code.map_err(|error| of_account(&error, account))?, out)?;
        }
        UserCommand::Disable { account } => {
            let name = parse_name(account)?;
            accounts.disable(&by, &name).map_err(|error| of_account(&error, account))?;
            out.line(&context.messages.fill("user.disabled", &[("name", name.as_str())]))?;
        }
        UserCommand::List { json } => {
            for account in accounts.list() {
                out.line(&if *json { json_line(&account) } else { text_line(context, &account) })?;
            }
        }
    }
    Ok(ExitStatus::Fine)
}

fn parse_name(name: &str) -> Result<AccountName, Failure> {
    AccountName::parse(name).ok_or_else(|| of_account(&AccountError::BadName, name))
}

/// The first line of standard input, without its end and otherwise exactly as it comes.
fn read_password(option: PasswordOption) -> Result<Option<String>, Failure> {
    if !option.password_stdin {
        return Ok(None);
    }
    let mut line = String::new();
    let read = io::stdin().lock().take(MOST_BYTES).read_line(&mut line);
    read.map_err(|error| Failure::new("error.password_input", &[("reason", &error.to_string())]))?;
    let line = line.strip_suffix('\n').unwrap_or(&line);
    Ok(Some(line.strip_suffix('\r').unwrap_or(line).to_owned()))
}

fn print_code(
    context: &CommandContext,
    (city, name): (&City, &AccountName),
    code: Option<String>,
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    let Some(code) = code else {
        return out.line(&context.messages.fill("user.password_set", &[("name", name.as_str())]));
    };
    // Behind a name there is TLS; without one nobody but the reader knows the address.
    let (key, host) = match city.internal_hosts.first() {
        Some(host) => ("user.welcome", format!("https://{host}")),
        None => ("user.welcome_below", String::new()),
    };
    let link = format!("{host}/welcome#{code}");
    out.line(&context.messages.fill(key, &[("name", name.as_str()), ("link", &link)]))
}

fn json_line(account: &AccountView) -> String {
    json!({
        "name": account.name.as_str(),
        "role": account.role.code(),
        "disabled": account.is_disabled,
        "password_set": account.has_password,
        "sessions": account.sessions,
        "created": account.created.to_rfc3339(),
    })
    .to_string()
}

fn text_line(context: &CommandContext, account: &AccountView) -> String {
    let state = match (account.is_disabled, account.has_password) {
        (true, _) => "user.state_disabled",
        (false, true) => "user.state_active",
        (false, false) => "user.state_waits",
    };
    let values =
        [("name", account.name.as_str()), ("role", account.role.code()), ("state", context.messages.optional(state))];
    context.messages.fill("user.line", &values)
}

/// The failure for an account of that name.
fn of_account(error: &AccountError, name: &str) -> Failure {
    let key = match error {
        AccountError::BadName => "error.account_name",
        AccountError::Taken => "error.account_taken",
        AccountError::Unknown => "error.account_unknown",
        AccountError::LastAdministrator => "error.last_administrator",
        AccountError::BadPassword(PasswordFault::TooShort) => "error.password_short",
        AccountError::BadPassword(PasswordFault::TooLong) => "error.password_long",
        AccountError::BadPassword(PasswordFault::TooWeak) => "error.password_weak",
        _ => "error.accounts",
    };
    let name: String = name.chars().take(100).collect();
    Failure::new(key, &[("name", &name), ("reason", &error.to_string())])
}

impl From<AccountError> for Failure {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Store(error) => error.into(),
            error => of_account(&error, ""),
        }
    }
}
