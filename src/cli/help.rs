//! Localisation of clap's help and usage errors, with the messages of `lang/`.
//!
//! This module does no I/O.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};

use super::args::Arguments;
use crate::model::Messages;

/// Options of every command, in the order of the help.
const COMMON: [&str; 6] = ["db", "data", "lang", "log_format", "help", "version"];

/// Why parsing ended early: help or version was requested, or the arguments are invalid.
#[derive(Debug, PartialEq, Eq)]
pub enum EarlyExit {
    /// The help or version that was requested, for standard output.
    Requested(String),
    /// The usage error, for standard error.
    Wrong(String),
}

/// Parses the command line.
///
/// # Errors
///
/// If help or version is requested, or the arguments are invalid; either way with the text to print.
pub fn parse(arguments: &[std::ffi::OsString], messages: &'static Messages) -> Result<Arguments, EarlyExit> {
    command(messages)
        .try_get_matches_from_mut(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches))
        .map_err(|error| early_exit(&error, messages))
}

/// The whole command line with the texts of the catalogue.
pub fn command(messages: &'static Messages) -> Command {
    localised(Arguments::command(), "help.tsunagari", messages)
}

/// `command` and its subcommands with the help texts of the catalogue.
fn localised(command: Command, key: &str, messages: &'static Messages) -> Command {
    let text = |part: &str| messages.optional(&format!("{key}.{part}"));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let template = format!(
        "{{about-with-newline}}\n{}\n  {{usage}}\n\n{{all-args}}{{after-help}}\n",
        messages.optional("usage.usage")
    );
    let command = command
        .about(text("about"))
        .after_help(text("after"))
        .override_usage(text("usage"))
        .help_template(template)
        .subcommand_help_heading(messages.optional("usage.commands"))
        .mut_args(|argument| localised_argument(argument, messages));
    names.into_iter().fold(command, |command, name| {
        let key = format!("{key}.{name}");
        command.mut_subcommand(name, |sub| localised(sub, &key, messages))
    })
}

fn localised_argument(argument: Arg, messages: &'static Messages) -> Arg {
    let heading = if argument.is_positional() { "usage.arguments" } else { "usage.options" };
    let help = messages.optional(&format!("arguments.{}", argument.get_id()));
    // Options of every command are listed below the command's own.
    let common = COMMON.iter().position(|id| argument.get_id() == id);
    let argument = argument.help(help).help_heading(messages.optional(heading));
    let argument = if let Some(at) = common { argument.display_order(900 + at) } else { argument };
    if argument.get_action().takes_values() {
        // The catalogue's text names default and possible values.
        return argument.hide_default_value(true).hide_possible_values(true);
    }
    argument
}

/// The localised text of clap's error.
fn early_exit(error: &clap::Error, messages: &'static Messages) -> EarlyExit {
    let context = |kind| error.get(kind).map(text_of).unwrap_or_default();
    let key = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            return EarlyExit::Requested(format!("{}\n", error.to_string().trim_end()));
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return EarlyExit::Wrong(error.to_string()),
        ErrorKind::UnknownArgument => "usage.unknown_argument",
        ErrorKind::InvalidSubcommand => "usage.unknown_command",
        ErrorKind::MissingSubcommand => "usage.missing_command",
        ErrorKind::MissingRequiredArgument => "usage.missing_argument",
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => "usage.missing_value",
        ErrorKind::InvalidValue
        | ErrorKind::ValueValidation
        | ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => "usage.wrong_value",
        ErrorKind::ArgumentConflict => "usage.twice",
        _ => "usage.other",
    };
    let argument = context(ContextKind::InvalidArg);
    let clap_text = error.to_string();
    let values = [
        ("argument", argument.as_str()),
        ("command", &context(ContextKind::InvalidSubcommand)),
        ("value", &context(ContextKind::InvalidValue)),
        ("reason", clap_text.lines().next().unwrap_or_default().trim_start_matches("error: ")),
    ];
    let mut text = messages.fill(key, &values);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(context);
    if let Some(near) = near.iter().find(|near| !near.is_empty()) {
        text += &messages.fill("usage.near", &[("near", near)]);
    }
    let valid = context(ContextKind::ValidValue);
    if !valid.is_empty() {
        text += &messages.fill("usage.possible", &[("values", &valid)]);
    }
    EarlyExit::Wrong(format!("{}\n{}\n", text.trim_end(), messages.fill("usage.see_help", &[])))
}

fn text_of(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join(", "),
        other => other.to_string(),
    }
}
