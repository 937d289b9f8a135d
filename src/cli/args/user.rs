//! Arguments of `user`.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

/// Arguments of `user`.
#[derive(Debug, Args)]
pub struct UserArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: UserCommand,
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Adds an account.
    Add {
        /// Its name.
        #[arg(value_name = "NAME")]
        account: String,
        /// What it may do.
        #[arg(long, value_name = "ROLE", value_parser = PossibleValuesParser::new(["link-worker", "editor", "administrator"]))]
        role: String,
        /// Where its password comes from.
        #[command(flatten)]
        password: PasswordOption,
    },
    /// Takes the password of an account away, ends its sessions and enables it.
    Reset {
        /// Its name.
        #[arg(value_name = "NAME")]
        account: String,
        /// Where its password comes from.
        #[command(flatten)]
        password: PasswordOption,
    },
    /// Disables an account and ends its sessions.
    Disable {
        /// Its name.
        #[arg(value_name = "NAME")]
        account: String,
    },
    /// Lists the accounts.
    List {
        /// JSON Lines: one line per account.
        #[arg(long)]
        json: bool,
    },
}

/// Where a password comes from.
#[derive(Debug, Clone, Copy, Args)]
pub struct PasswordOption {
    /// The first line of standard input.
    #[arg(long)]
    pub password_stdin: bool,
}
