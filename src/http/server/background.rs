//! Work that no request waits for, at a low priority: it takes no time from visitors that they could measure, so that
//! nobody learns from their waiting that something was edited which they may not see (side channel).

use std::io;
use std::thread::{Builder, JoinHandle};

use super::system;

/// Runs `work` in a thread of its own at a low priority.
///
/// # Errors
///
/// If the system refuses another thread.
pub fn run_in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<JoinHandle<T>> {
    Builder::new().name("background".to_owned()).spawn(|| {
        system::make_background();
        work()
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::http::server::system::NICENESS;

    #[test]
    fn only_the_background_thread_is_nice() {
        let niceness = || rustix::process::getpriority_process(None).unwrap();
        let before = niceness();
        assert_eq!(run_in_background(niceness).unwrap().join().unwrap(), NICENESS);
        assert_eq!(niceness(), before);
    }
}
