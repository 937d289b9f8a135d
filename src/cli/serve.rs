//! `serve`: loads the configuration, opens the database, seeds a new one, binds the sockets and watches for changes of other
//! processes. `main` then runs the asynchronous server.

use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use super::args::{LogFormat, ServeArgs};
use super::city_content::city_content;
use super::escape::EscapeStyle;
use super::import::{sample, seed_regions};
use super::log::{self, LogLines};
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, reading_process};
use crate::accounts::Accounts;
use crate::config::{Config, SampleFiles};
use crate::editor::{Editor, PlaceEditor, ReportLog};
use crate::http::{self, AppState, BackgroundWork, InternalState};
use crate::model::{Audience, Messages, NeedsAccount};

/// Polling interval for changes by other processes. An import must be served within two seconds, which includes building the
/// snapshots.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// A server that is ready to run: sockets bound, snapshots built.
#[derive(Debug)]
pub struct ReadyServer {
    /// The public address, already listening.
    pub listener: TcpListener,
    /// State of the public address.
    pub app: AppState,
    /// The internal address and its state, where one was requested.
    pub internal: Option<(TcpListener, InternalState)>,
    /// Prints how the server ended.
    pub ending: ServerEnding,
}

/// Prints how the server ended, in the user's language.
#[derive(Debug)]
pub struct ServerEnding(CommandContext);

impl ServerEnding {
    /// Prints how it ended and returns the exit status.
    pub fn ended(self, served: io::Result<()>) -> ExitStatus {
        let exit = self.print(served);
        log::flush();
        exit
    }

    fn print(self, served: io::Result<()>) -> ExitStatus {
        match served {
            Ok(()) => {
                self.0.report("serve.stopped", &[]);
                ExitStatus::Fine
            }
            Err(error) => {
                print_to_stderr(
                    &Failure::new("error.server", &[("reason", &error.to_string())]).message(self.0.messages),
                );
                ExitStatus::Refused
            }
        }
    }
}

/// Sends logs to standard error, filtered by `RUST_LOG`.
pub fn start_log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let style = if format == LogFormat::Json { EscapeStyle::Json } else { EscapeStyle::Visible };
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(LogLines(style));
    // Without colours: their escape sequences could not be told from those that a value holds.
    let logs = logs.with_ansi(false).log_internal_errors(false);
    // An error means that a subscriber is set already; logs then go there.
    let _ = match format {
        LogFormat::Text => logs.try_init(),
        LogFormat::Json => logs.json().try_init(),
    };
    log::start_writing();
    http::hide_panic_messages();
}

/// Prepares the server and prints its addresses.
///
/// # Errors
///
/// If the configuration is invalid, the database cannot be opened, or an address cannot be bound.
pub fn prepare(context: &CommandContext, serve: &ServeArgs) -> Result<ReadyServer, Failure> {
    let config = if serve.try_sample { Config::of_sample()? } else { context.load_config()? };
    let listener = listen(serve.listen)?;
    let internal_listener = serve.internal_listen.map(listen).transpose()?;
    let (editor, reports) = if serve.try_sample { try_sample(context, &config)? } else { open(context, &config)? };
    let editor = Arc::new(editor);
    let sample = if serve.try_sample { SampleFiles::built_in() } else { SampleFiles::of_folder(config.folders.own())? };
    let app = AppState::new(editor.shared_snapshots()?, Audience::Public)
        .with_city_content(Arc::new(city_content(&config, &sample)));
    let places = PlaceEditor::new(Arc::clone(&editor), config.columns.clone(), config.phrases.clone());
    let places = Arc::new(places);
    let app = app.with_suggestions_to(Arc::clone(&places));
    announce(context.messages, "serve.ready", &listener);
    let internal = match internal_listener {
        None => None,
        Some(listener) => {
            let accounts = open_accounts(context, &config, serve.try_sample)?;
            announce(context.messages, "serve.ready_internal", &listener);
            warn_of_settings(context, &config);
            if let Some(code) = accounts.offer_setup()? {
                announce_at(context.messages, "serve.setup", &listener, &format!("setup#{code}"));
            }
            let state = internal_state(&app, &config).with_reports(reports).with_accounts(Arc::clone(&accounts));
            let folders = if serve.try_sample { &[] } else { context.data.all() };
            let state = state.with_place_editor(places).with_upload_reader(reading_process::upload_reader(folders));
            watch_accounts(accounts);
            Some((listener, state))
        }
    };
    if !serve.try_sample {
        watch_database(editor);
    }
    Ok(ReadyServer { listener, app, internal, ending: ServerEnding(context.clone()) })
}

/// The accounts of the database, or in memory.
fn open_accounts(context: &CommandContext, config: &Config, in_memory: bool) -> Result<Arc<Accounts>, Failure> {
    let accounts =
        if in_memory { Accounts::in_memory(&config.city)? } else { Accounts::open(&context.db, &config.city)? };
    Ok(Arc::new(accounts))
}

/// Opens the database, and fills a new one with the sample or with the regions of the data folder.
fn open(context: &CommandContext, config: &Config) -> Result<(Editor, ReportLog), Failure> {
    let editor = Editor::open(&context.db, config.city.clone(), config.categories.clone())?;
    let editor = editor.with_interests(Arc::new(config.interests.clone()));
    if !sample::import_at_first_start(context, config, &editor)? {
        seed_regions::import_missing(context, config, &editor)?;
    }
    Ok((editor, ReportLog::new(&context.db)))
}

/// The sample that the program is built with, in memory: nothing is left behind.
fn try_sample(context: &CommandContext, config: &Config) -> Result<(Editor, ReportLog), Failure> {
    let editor = Editor::in_memory(config.city.clone(), config.categories.clone())?;
    let editor = editor.with_interests(Arc::new(config.interests.clone()));
    sample::load(context, config, &editor, &SampleFiles::built_in())?;
    context.report("serve.tried", &[]);
    Ok((editor, ReportLog::in_memory()?))
}

/// State of the internal address, which serves the link workers' snapshot.
fn internal_state(app: &AppState, config: &Config) -> InternalState {
    let link_workers = app.for_audience(Audience::LinkWorkers);
    let interests = Arc::clone(&link_workers.city_content().interests);
    InternalState::new(link_workers, interests, &config.city.internal_hosts)
}

fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let refused = |error: io::Error| {
        let values = [("address", &*address.to_string()), ("reason", &error.to_string())];
        Failure::new("error.address", &values)
    };
    let listener = TcpListener::bind(address).map_err(refused)?;
    listener.set_nonblocking(true).map_err(refused)?;
    Ok(listener)
}

/// Prints the address on standard output, flushed, so that a program that started the server can wait for it. Ignores a closed
/// pipe.
fn announce(messages: &Messages, key: &str, listener: &TcpListener) {
    announce_at(messages, key, listener, "");
    if io::IsTerminal::is_terminal(&io::stdout()) {
        print_to_stderr(&messages.fill("serve.stop", &[]));
    }
}

/// As [`announce`], of a path of the address. Never in the log: it may hold a code.
fn announce_at(messages: &Messages, key: &str, listener: &TcpListener, path: &str) {
    let address = listener.local_addr().map(|address| format!("http://{address}/{path}")).unwrap_or_default();
    let mut out = io::stdout().lock();
    let ready = messages.fill(key, &[("address", &address)]);
    let _ = writeln!(out, "{ready}").and_then(|()| out.flush());
}

/// Warns of settings that open the internal address, but for the sample, which is nobody's.
fn warn_of_settings(context: &CommandContext, config: &Config) {
    let NeedsAccount(link_workers_need_account) = config.city.link_workers_need_account;
    if !link_workers_need_account && !config.city.sample {
        context.report("serve.open_to_network", &[]);
    }
    if config.city.allow_plain_http {
        context.report("serve.plain_http", &[]);
    }
}

/// Takes on changes of accounts by other processes, in a thread of its own and of usual priority: neither an import nor its snapshots may
/// delay that somebody is shut out.
fn watch_accounts(accounts: Arc<Accounts>) {
    let watch = move || {
        let mut failing = false;
        loop {
            std::thread::sleep(POLL_INTERVAL);
            let polled = accounts.poll();
            match &polled {
                // Logged once, not at every poll.
                Err(error) if !failing => tracing::error!(%error, "cannot look for changes of accounts"),
                Ok(()) | Err(_) => {}
            }
            failing = polled.is_err();
        }
    };
    if let Err(error) = std::thread::Builder::new().name("accounts".to_owned()).spawn(watch) {
        tracing::error!(%error, "changes of accounts will not be noticed");
    }
}

/// Polls the database for changes by other processes, in its own thread, because SQLite blocks and async tasks must not.
fn watch_database(editor: Arc<Editor>) {
    let watch = move || {
        let mut failing = false;
        loop {
            std::thread::sleep(POLL_INTERVAL);
            let reloaded = editor.reload_if_changed();
            match &reloaded {
                Ok(true) => tracing::info!("the database has changed; serving what it holds now"),
                // Logged once, not at every poll; the old snapshots are still served.
                Err(error) if !failing => tracing::error!(%error, "cannot look for changes in the database"),
                Ok(false) | Err(_) => {}
            }
            failing = reloaded.is_err();
        }
    };
    // Nobody could be served without a thread either.
    if let Err(error) = http::run_in_background(BackgroundWork::Awaited, watch) {
        tracing::error!(%error, "changes of the database will not be noticed");
    }
}
