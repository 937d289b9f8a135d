//! Writes the manual pages in both languages and the completions of shells: cargo run --example `make_manual` FOLDER
//!
//! They are made from the program's own command line, so that they cannot say anything else than `--help`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_complete::Shell;
use tsunagari::cli;
use tsunagari::model::Language;

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("target/manual"), PathBuf::from);
    for (language, below) in [(Language::En, "man/man1"), (Language::Ja, "man/ja/man1")] {
        let below = folder.join(below);
        fs::create_dir_all(&below)?;
        let mut command = cli::command(language);
        // Hands the options of every command down to each.
        command.build();
        pages(&below, &command, "tsunagari")?;
    }
    let shells = folder.join("completions");
    fs::create_dir_all(&shells)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut cli::command(Language::En), "tsunagari", &shells)?;
    }
    Ok(())
}

/// Writes the page of `command`, which is called `name` with its parents, and those of its subcommands.
fn pages(folder: &Path, command: &Command, name: &str) -> io::Result<()> {
    // The library takes names that live as long as the program.
    let own: &'static str = name.to_owned().leak();
    let renamed = command.clone().name(own).display_name(own);
    let mut page = Vec::new();
    clap_mangen::Man::new(renamed).title(name).render(&mut page)?;
    fs::write(folder.join(format!("{name}.1")), page)?;
    for sub in command.get_subcommands() {
        pages(folder, sub, &format!("{name}-{}", sub.get_name()))?;
    }
    Ok(())
}
