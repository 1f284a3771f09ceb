//! How a run ends: its exit status and what it says last.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use postproof_words::{Lang, command};

/// All went well and every answer is known.
pub(crate) const SUCCESS: u8 = 0;
/// A finding: for `query`, no key was found; for the others, some answer is unknown.
pub(crate) const FINDING: u8 = 1;
/// The command was misused, or a table or an input cannot be read.
pub(crate) const MISUSE: u8 = 2;

/// Why a run ends before its work is done.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    status: u8,
}

impl Failure {
    /// The command line makes no sense, or something cannot be read.
    pub(crate) const fn misuse(message: String) -> Self {
        Self { message, status: MISUSE }
    }

    /// The same where postmap ends with status 1.
    pub(crate) const fn as_postmap(message: String) -> Self {
        Self { message, status: FINDING }
    }

    /// An input cannot be read.
    pub(crate) fn read(file: &str, error: &std::io::Error, lang: Lang) -> Self {
        Self::misuse(cannot_read(file, error, lang))
    }

    /// Says what must be said, where the run goes on.
    pub(crate) fn complain(&self, lang: Lang) {
        if !self.message.is_empty() {
            complain(&format!("{}: {}", command::ERROR.say(lang), self.message));
        }
    }

    /// Standard output is gone. A reader that has seen enough (`| head`) is no failure to report.
    pub(crate) fn write(error: &std::io::Error, lang: Lang) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self { message: String::new(), status: SUCCESS };
        }
        Self::misuse(command::CANNOT_WRITE.fill(lang, &[("reason", &error.to_string())]))
    }
}

/// That an input cannot be read, and why.
pub(crate) fn cannot_read(file: &str, error: &std::io::Error, lang: Lang) -> String {
    command::CANNOT_READ.fill(lang, &[("file", file), ("reason", &error.to_string())])
}

/// Writes a file, which people call by this name.
///
/// # Errors
///
/// It cannot be written.
pub(crate) fn save(name: &str, path: &Path, bytes: &[u8], lang: Lang) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| {
        Failure::misuse(command::CANNOT_WRITE_FILE.fill(lang, &[("file", name), ("reason", &error.to_string())]))
    })
}

/// Says what must be said and gives the exit status.
pub(crate) fn exit(result: Result<u8, Failure>, lang: Lang) -> ExitCode {
    match result {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            failure.complain(lang);
            ExitCode::from(failure.status)
        }
    }
}

/// A line on standard error, with the command's name. A standard error that is gone is nobody's loss.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "postproof: {text}");
}

/// What clap has to say: help and version to standard output, anything else to standard error.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { MISUSE } else { SUCCESS })
}
