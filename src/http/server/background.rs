//! Work that no request waits for, at a low priority: it takes no time from visitors that they could measure, so that
//! nobody learns from their waiting that something was edited which they may not see (side channel).

use std::io;
use std::thread::{Builder, JoinHandle};

use super::system;

/// How much somebody waits for background work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackgroundWork {
    /// Somebody looks at a page for what it makes: new snapshots, a finder, an archive.
    Awaited,
    /// Nobody does: what is sent is only smaller for it. It leaves the processor to awaited work, so that compressing the snapshot of
    /// before does not delay the next one.
    Spare,
}

impl BackgroundWork {
    /// The niceness of its threads. Awaited work gets a tenth of the time of a thread that serves requests: the highest niceness would
    /// leave it none on a machine that is busy otherwise, where an import must still be served within two seconds.
    fn niceness(self) -> i32 {
        match self {
            Self::Awaited => 10,
            Self::Spare => 15,
        }
    }
}

/// Runs `work` in a thread of its own at the low priority of its kind.
///
/// # Errors
///
/// If the system refuses another thread.
pub fn run_in_background<T: Send + 'static>(
    kind: BackgroundWork,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    Builder::new().name("background".to_owned()).spawn(move || {
        system::set_niceness(kind.niceness());
        work()
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_background_threads_are_nice_and_spare_work_the_most() {
        let niceness = || rustix::process::getpriority_process(None).unwrap();
        let before = niceness();
        let of = |kind| run_in_background(kind, niceness).unwrap().join().unwrap();
        assert_eq!(niceness(), before);
        let [awaited, spare] = [BackgroundWork::Awaited, BackgroundWork::Spare].map(of);
        assert!(before < awaited && awaited < spare, "{before} {awaited} {spare}");
    }
}
