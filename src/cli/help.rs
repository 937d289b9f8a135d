//! Speaks clap's help and errors in the words of `lang/`.
//!
//! This module does no I/O.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};

use super::args::Arguments;
use crate::model::Messages;

/// The arguments of every command, in the order of the help.
const COMMON: [&str; 6] = ["db", "data", "lang", "log_format", "help", "version"];

/// What reading the command line came to, if not to something to do.
#[derive(Debug, PartialEq, Eq)]
pub enum EarlyExit {
    /// Help or version was asked for: this goes to standard output.
    Asked(String),
    /// It was used wrongly: this goes to standard error.
    Wrong(String),
}

/// Reads the command line.
///
/// # Errors
///
/// If help was asked for, or if it cannot be understood; either way with what to print.
pub fn read(arguments: &[std::ffi::OsString], words: &'static Messages) -> Result<Arguments, EarlyExit> {
    let mut command = speak(Arguments::command(), "help.tsunagari", words);
    command
        .try_get_matches_from_mut(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches))
        .map_err(|error| instead(&error, words))
}

/// `command` and those below it with their words.
fn speak(command: Command, key: &str, words: &'static Messages) -> Command {
    let text = |part: &str| words.optional(&format!("{key}.{part}"));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let template = format!(
        "{{about-with-newline}}\n{}\n  {{usage}}\n\n{{all-args}}{{after-help}}\n",
        words.optional("usage.usage")
    );
    let command = command
        .about(text("about"))
        .after_help(text("after"))
        .override_usage(text("usage"))
        .help_template(template)
        .subcommand_help_heading(words.optional("usage.commands"))
        .mut_args(|argument| speak_argument(argument, words));
    names.into_iter().fold(command, |command, name| {
        let key = format!("{key}.{name}");
        command.mut_subcommand(name, |sub| speak(sub, &key, words))
    })
}

fn speak_argument(argument: Arg, words: &'static Messages) -> Arg {
    let heading = if argument.is_positional() { "usage.arguments" } else { "usage.options" };
    let help = words.optional(&format!("arguments.{}", argument.get_id()));
    // What every command understands stands below what is its own.
    let common = COMMON.iter().position(|id| argument.get_id() == id);
    let spoken = argument.help(help).help_heading(words.optional(heading));
    let spoken = if let Some(at) = common { spoken.display_order(900 + at) } else { spoken };
    if spoken.get_action().takes_values() {
        // They are said in the help's words.
        return spoken.hide_default_value(true).hide_possible_values(true);
    }
    spoken
}

fn instead(error: &clap::Error, words: &'static Messages) -> EarlyExit {
    let context = |kind| error.get(kind).map(text_of).unwrap_or_default();
    let key = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            return EarlyExit::Asked(format!("{}\n", error.to_string().trim_end()));
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
    let framed = error.to_string();
    let values = [
        ("argument", argument.as_str()),
        ("command", &context(ContextKind::InvalidSubcommand)),
        ("value", &context(ContextKind::InvalidValue)),
        ("reason", framed.lines().next().unwrap_or_default().trim_start_matches("error: ")),
    ];
    let mut said = words.fill(key, &values);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(context);
    if let Some(near) = near.iter().find(|near| !near.is_empty()) {
        said += &words.fill("usage.near", &[("near", near)]);
    }
    let valid = context(ContextKind::ValidValue);
    if !valid.is_empty() {
        said += &words.fill("usage.possible", &[("values", &valid)]);
    }
    EarlyExit::Wrong(format!("{}\n{}\n", said.trim_end(), words.fill("usage.see_help", &[])))
}

fn text_of(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join(", "),
        other => other.to_string(),
    }
}
