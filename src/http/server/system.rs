//! What the operating system is asked for beyond what sockets and threads have anyway: open files, the queue and the buffers of
//! sockets, the priority of a thread. Where it is refused, or the system is none of Unix's kind, the server runs without.

#[cfg(not(unix))]
pub use elsewhere::{make_background, prepare_listener, prepare_stream};
#[cfg(unix)]
pub use unix::{make_background, prepare_listener, prepare_stream};

/// The niceness of background threads: they get a tenth of the time of a thread that serves requests. The highest niceness would
/// leave them none on a machine that is busy otherwise, where an import must still be served within two seconds.
#[cfg(unix)]
pub(super) const NICENESS: i32 = 10;

#[cfg(unix)]
mod unix {
    use rustix::net::listen;
    use rustix::net::sockopt::set_socket_send_buffer_size;
    use rustix::process::{Resource, Rlimit, getrlimit, setpriority_process, setrlimit};
    use tokio::net::{TcpListener, TcpStream};
    use tracing::debug;

    /// Open files for both addresses and the database; the usual limit of 1,024 is raised where the system permits.
    const OPEN_FILES: u64 = 4_096;
    /// Connections that the system holds until they are accepted.
    const QUEUED_CONNECTIONS: i32 = 4_096;
    /// Buffer of the system for what a connection sends, in bytes: a thousand clients that read nothing fill so much each.
    const SEND_BUFFER: usize = 128 << 10;

    /// Raises the soft limit of open files as far as is needed and permitted, and makes the queue of `listener` longer.
    pub fn prepare_listener(listener: &TcpListener) {
        let limit = getrlimit(Resource::Nofile);
        let wanted = limit.maximum.unwrap_or(OPEN_FILES).min(OPEN_FILES);
        if limit.current.is_some_and(|current| current < wanted)
            && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit })
        {
            debug!(%error, "the limit of open files cannot be raised");
        }
        // The standard library asks for a queue of 128, beyond which clients wait a second and more before they try again.
        if let Err(error) = listen(listener, QUEUED_CONNECTIONS) {
            debug!(%error, "the accept queue cannot be made longer");
        }
    }

    /// Bounds what the system keeps for a client that does not read.
    pub fn prepare_stream(stream: &TcpStream) {
        if let Err(error) = set_socket_send_buffer_size(stream, SEND_BUFFER) {
            debug!(%error, "the send buffer cannot be set");
        }
    }

    /// Lowers the priority of the calling thread.
    pub fn make_background() {
        // `None` is the calling thread on Linux. Where it is refused, the work is done all the same.
        let _ = setpriority_process(None, super::NICENESS);
    }
}

/// Windows and others, where nothing of this was tried.
#[cfg(not(unix))]
mod elsewhere {
    use tokio::net::{TcpListener, TcpStream};

    /// Nothing is asked for.
    pub fn prepare_listener(_: &TcpListener) {}

    /// Nothing is asked for.
    pub fn prepare_stream(_: &TcpStream) {}

    /// Nothing is asked for.
    pub fn make_background() {}
}
