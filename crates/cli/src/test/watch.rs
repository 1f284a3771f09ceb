//! Again when something changes: the folders of the test files, watched.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use postproof_words::{Lang, suite as words};

use crate::outcome::Failure;

/// Editors write a file in several steps: a run waits until there was nothing for so long …
const QUIET: Duration = Duration::from_millis(100);
/// … but no longer than this.
const AT_MOST: Duration = Duration::from_secs(2);
/// How many changes are kept; one is enough to run again.
const KEPT: usize = 64;

/// Folders that are watched from now on.
pub(super) struct Watch {
    _watcher: RecommendedWatcher,
    changes: Receiver<()>,
}

impl Watch {
    /// Watches the folders of these paths; what the run itself writes is no change.
    pub(super) fn new(paths: &[&str], folders: &[PathBuf], written: &[&Path], lang: Lang) -> Result<Self, Failure> {
        let (send, changes) = sync_channel(KEPT);
        let written: Vec<PathBuf> = written.iter().filter_map(|path| std::path::absolute(path).ok()).collect();
        let heard = move |event: notify::Result<Event>| {
            let Ok(event) = event else { return };
            let own = !event.paths.is_empty() && event.paths.iter().all(|path| written.contains(path));
            if !matches!(event.kind, EventKind::Access(_)) && !own {
                // A full channel holds a change already.
                let _ = send.try_send(());
            }
        };
        let failure = |path: &Path, error: notify::Error| {
            let values = [("path", &*path.display().to_string()), ("reason", &error.to_string())];
            Failure::misuse(words::CANNOT_WATCH.fill(lang, &values))
        };
        let mut watcher = notify::recommended_watcher(heard).map_err(|error| failure(Path::new("."), error))?;
        let mut watched: Vec<PathBuf> = Vec::new();
        for path in paths.iter().map(Path::new).chain(folders.iter().map(PathBuf::as_path)) {
            let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
            if watched.iter().any(|watched| absolute.starts_with(watched)) {
                continue;
            }
            watcher.watch(&absolute, RecursiveMode::Recursive).map_err(|error| failure(folder, error))?;
            watched.push(absolute);
        }
        Ok(Self { _watcher: watcher, changes })
    }

    /// Waits for a change; false when there can be none any more.
    pub(super) fn wait(&self) -> bool {
        if self.changes.recv().is_err() {
            return false;
        }
        let until = Instant::now() + AT_MOST;
        while Instant::now() < until {
            match self.changes.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }
}
