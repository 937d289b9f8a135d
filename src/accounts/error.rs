//! Why something about an account was refused.

use chrono::TimeDelta;

use super::NoRandomness;
use super::password::PasswordFault;
use crate::store::StoreError;

/// Why a change of accounts was refused. Nothing was then changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// The text is no name of an account.
    #[error("the name of an account has up to 64 letters, digits and . _ - @ +")]
    BadName,
    /// There is an account of that name.
    #[error("there is an account of that name")]
    Taken,
    /// There is no account of that name.
    #[error("there is no account of that name")]
    Unknown,
    /// The account is the last administrator, who stays.
    #[error("this is the last administrator, who stays")]
    LastAdministrator,
    /// The code is wrong, was used or is too old, or is another account's.
    #[error("the code is wrong, was used or is too old")]
    WrongCode,
    /// The text may not be a password.
    #[error(transparent)]
    BadPassword(#[from] PasswordFault),
    /// The system has no random numbers.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignInError {
    /// There is no such account, it is disabled, or this is not its password: nothing says which.
    #[error("the name or the password is wrong")]
    Wrong,
    /// Too many have failed (throttling); for how long to wait.
    #[error("too many attempts; wait {} seconds", .0.num_seconds())]
    Wait(TimeDelta),
    /// It could not be done.
    #[error(transparent)]
    Failed(#[from] AccountError),
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}
