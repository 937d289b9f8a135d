//! The program: starts the command line, and the asynchronous part of it where there is one.

use std::process::ExitCode;

use tokio::signal::unix::{SignalKind, signal};
use tsunagari::cli::{self, Next};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    match cli::start(&arguments) {
        Next::Done(exit) => exit.into(),
        Next::Serve(ready) => serve(*ready).into(),
    }
}

/// Serves until SIGTERM or Ctrl+C, then lets requests under way finish.
fn serve(ready: cli::Ready) -> cli::Exit {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let served = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let mut terminate = signal(SignalKind::terminate())?;
            let stop = async move {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
            };
            let listener = tokio::net::TcpListener::from_std(ready.listener)?;
            tsunagari::http::serve(listener, ready.app, stop).await
        })
    });
    ready.ending.ended(served)
}
