//! `serve`: opens the database, fills a new one, takes the address, and leaves the rest to the asynchronous part.

use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use super::args::{LogFormat, ServeArgs};
use super::import::{first_start, seed_regions};
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure};
use crate::config::Config;
use crate::editor::{Editor, UnmetLog};
use crate::http::{self, AppState, CityContent, InternalState};
use crate::model::Audience;
use crate::model::Messages;

/// How often the database is asked whether another process has changed it. What was imported must be served within two
/// seconds, and that includes building the snapshots.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// A server that needs only to be run.
#[derive(Debug)]
pub struct ReadyServer {
    /// The socket, already listening.
    pub listener: TcpListener,
    /// What answers.
    pub app: AppState,
    /// The internal address, where one is asked for.
    pub internal: Option<(TcpListener, InternalState)>,
    /// What to say at the end.
    pub ending: ServerEnding,
}

/// What to say when the server has ended.
#[derive(Debug)]
pub struct ServerEnding(CommandContext);

impl ServerEnding {
    /// Says how it ended, and with which exit code.
    pub fn ended(self, served: io::Result<()>) -> ExitStatus {
        match served {
            Ok(()) => {
                self.0.report("serve.stopped", &[]);
                ExitStatus::Fine
            }
            Err(error) => {
                print_to_stderr(&Failure::new("error.server", &[("reason", &error.to_string())]).message(self.0.words));
                ExitStatus::Refused
            }
        }
    }
}

/// Sends logs to standard error: `RUST_LOG` says which.
pub fn log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // A closed standard error is no reason to stop serving, nor to panic.
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).log_internal_errors(false);
    // An error means that somebody else has set up logs already, which then go there.
    let _ = match format {
        LogFormat::Text => logs.with_ansi(io::IsTerminal::is_terminal(&io::stderr())).try_init(),
        LogFormat::Json => logs.json().try_init(),
    };
    http::hide_panic_messages();
}

/// Makes everything ready to serve and says where.
///
/// # Errors
///
/// If the settings, the database or the address cannot be used.
pub fn prepare(desk: &CommandContext, serve: &ServeArgs) -> Result<ReadyServer, Failure> {
    let config = Config::load(&desk.data)?;
    let listener = listen(serve.listen)?;
    let inner = serve.internal_listen.map(listen).transpose()?;
    let editor = Editor::open(&desk.db, config.city.clone(), config.categories.clone())?;
    seed_regions::import_missing(desk, &config, &editor)?;
    first_start::import_sample(desk, &config, &editor)?;
    let programme = CityContent { guide: config.guide.clone(), interests: Arc::new(config.interests.clone()) };
    let app = AppState::new(editor.serve()?, Audience::Public).with_city_content(Arc::new(programme));
    announce(desk.words, "serve.ready", &listener);
    let internal = inner.map(|listener| {
        announce(desk.words, "serve.ready_internal", &listener);
        (listener, internal_state(&app, &config).with_unmet(UnmetLog::new(&desk.db)))
    });
    keep_up(editor);
    Ok(ReadyServer { listener, app, internal, ending: ServerEnding(desk.clone()) })
}

/// What answers at the internal address: from the link workers' snapshot.
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

/// Prints the address, also where standard output is a file or a pipe; nobody need be reading.
fn announce(words: &Messages, key: &str, listener: &TcpListener) {
    let address = listener.local_addr().map(|address| format!("http://{address}/")).unwrap_or_default();
    let mut out = io::stdout().lock();
    let ready = words.fill(key, &[("address", &address)]);
    let _ = writeln!(out, "{ready}").and_then(|()| out.flush());
    if io::IsTerminal::is_terminal(&io::stdout()) {
        print_to_stderr(&words.fill("serve.stop", &[]));
    }
}

/// Looks for what other processes write, in a thread of its own: SQLite waits, and the asynchronous part must not.
fn keep_up(editor: Editor) {
    std::thread::spawn(move || {
        let mut failing = false;
        loop {
            std::thread::sleep(LOOK_EVERY);
            let looked = editor.reload_if_changed();
            match &looked {
                Ok(true) => tracing::info!("the database has changed; serving what it holds now"),
                // Said once, not twice a second: what was served before is served still.
                Err(error) if !failing => tracing::error!(%error, "cannot look for changes in the database"),
                Ok(false) | Err(_) => {}
            }
            failing = looked.is_err();
        }
    });
}
