//! The program: starts the command line, and the asynchronous part of it where there is one.

use std::process::ExitCode;

use tsunagari::cli::{self, AfterParsing};
use tsunagari::http;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    match cli::start(&arguments) {
        AfterParsing::Done(exit) => exit.into(),
        AfterParsing::Serve(ready) => serve(*ready).into(),
    }
}

/// Serves until SIGTERM or Ctrl+C, then lets requests under way finish.
fn serve(ready: cli::ReadyServer) -> cli::ExitStatus {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let served = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let terminated = termination()?;
            let stop = async move {
                tokio::select! {
                    () = terminated => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
            };
            // Both addresses stop when the sender is gone.
            let (stopping, stopped) = tokio::sync::watch::channel(());
            tokio::spawn(async move {
                stop.await;
                drop(stopping);
            });
            let when = |mut stopped: tokio::sync::watch::Receiver<()>| async move {
                let _ = stopped.changed().await;
            };
            let listener = tokio::net::TcpListener::from_std(ready.listener)?;
            let public = http::serve(listener, ready.app, when(stopped.clone()));
            let Some((listener, internal)) = ready.internal else { return public.await };
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let internal = http::serve_internal(listener, internal, when(stopped));
            tokio::try_join!(public, internal).map(|_| ())
        })
    });
    ready.ending.ended(served)
}

/// Waits for the signal by which a service manager ends a program.
#[cfg(unix)]
fn termination() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        terminate.recv().await;
    })
}

/// Elsewhere there is no such signal.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
fn termination() -> std::io::Result<impl Future<Output = ()>> {
    Ok(std::future::pending())
}
