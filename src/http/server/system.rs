//! What the operating system is asked for beyond what sockets and threads have anyway: open files, the queue and the buffers of
//! sockets, the priority of a thread. Where it is refused, or the system is none of Unix's kind, the server runs without.

#[cfg(not(unix))]
pub use elsewhere::{prepare_listener, prepare_stream, set_niceness};
#[cfg(unix)]
pub use unix::{prepare_listener, prepare_stream, set_niceness};

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
    pub fn set_niceness(niceness: i32) {
        // `None` is the calling thread on Linux. Where it is refused, the work is done all the same.
        let _ = setpriority_process(None, niceness);
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
    pub fn set_niceness(_: i32) {}
}
