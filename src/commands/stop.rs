//! Stopping on SIGTERM or Ctrl-C: what has begun is finished, the rest is left for the next run.

use rettematch::app::Stopping;
use tokio::signal::unix::{SignalKind, signal};

/// Waits for the signal to stop, and sets the flag that long work checks.
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
