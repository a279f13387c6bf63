//! Being told to stop (SIGTERM, or Ctrl-C): what is begun is finished, what is not is left for the next.

use rettematch::app::Stopping;
use tokio::signal::unix::{SignalKind, signal};

/// Waits until somebody says so, and notes it for whoever works for long.
///
/// # Errors
/// Signals cannot be listened for.
pub fn told(stopping: Stopping) -> Result<impl Future<Output = ()>, String> {
    let listen = |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
    let (mut terminated, mut interrupted) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
        stopping.begin();
    })
}
