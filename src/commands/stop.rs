//! The signal to stop (SIGTERM, or Ctrl-C): what has begun is finished, the rest is left for the next start.

use rettematch::app::Shutdown;
use tokio::signal::unix::{SignalKind, signal};

/// Listens for the signal. The future ends when it comes, after the shutdown is requested of long work.
///
/// # Errors
/// Signals cannot be listened for.
pub fn signalled(shutdown: Shutdown) -> std::io::Result<impl Future<Output = ()> + use<>> {
    let (mut terminated, mut interrupted) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
        shutdown.request();
    })
}
