//! Running other programs: an error says which one, with which arguments, and how to install it.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// The command line, for people.
fn shown(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

/// Says what to install when the program isn't there.
fn not_started(command: &Command, install: &str, error: std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy().into_owned();
    if error.kind() == ErrorKind::NotFound {
        anyhow::anyhow!("{program} isn't installed; {install}")
    } else {
        anyhow::Error::new(error).context(format!("{program} can't be started"))
    }
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{}` failed: {status}", shown(command));
    }
    Ok(())
}

/// Runs a program in the foreground. `install` says how to get it.
pub(crate) fn run(command: &mut Command, install: &str) -> Result<()> {
    let status = status(command, install)?;
    succeeded(command, status)
}

/// Runs a program in the foreground, whose status is the answer.
pub(crate) fn status(command: &mut Command, install: &str) -> Result<ExitStatus> {
    command.status().map_err(|error| not_started(command, install, error))
}

/// Runs a program in the foreground, whose status is the answer. Each line that it prints is shown, and given to `hear`.
pub(crate) fn heard(command: &mut Command, install: &str, hear: &mut dyn FnMut(&str)) -> Result<ExitStatus> {
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let (reader, writer) = std::io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer).stdin(Stdio::null());
    let child = command.spawn();
    // The command holds the pipe's other end, and the output ends only when all ends are closed.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = child.map_err(|error| not_started(command, install, error))?;
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        std::io::stdout().write_all(&line)?;
        hear(String::from_utf8_lossy(&line).trim_end());
        line.clear();
    }
    child.wait().context("waiting for a program")
}

/// Runs a program in the foreground and ends it after `limit`.
pub(crate) fn run_within(command: &mut Command, install: &str, limit: Duration) -> Result<()> {
    let mut child = command.spawn().map_err(|error| not_started(command, install, error))?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().context("waiting for a program")? {
            return succeeded(command, status);
        }
        if start.elapsed() > limit {
            // It may have ended in between: then there is nothing to end, and nothing to say.
            let _ = child.kill();
            let _ = child.wait();
            bail!("`{}` took longer than {} s", shown(command), limit.as_secs());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Runs a program and takes what it prints; its standard error is shown only when it fails.
pub(crate) fn output(command: &mut Command, install: &str) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| not_started(command, install, error))?;
    if !output.status.success() {
        bail!("`{}` failed: {}\n{}", shown(command), output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program starts and ends well, with nothing shown.
pub(crate) fn answers(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// A program's file, found on PATH or in one of `also`.
pub(crate) fn find(name: &str, also: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(also.iter().map(PathBuf::from))
        .map(|folder| folder.join(name).with_extension(std::env::consts::EXE_EXTENSION))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named_with_what_installs_it() {
        let error =
            run(&mut Command::new("postproof-no-such-program"), "install it with: cargo install it").unwrap_err();
        assert_eq!(error.to_string(), "postproof-no-such-program isn't installed; install it with: cargo install it");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_past_its_limit_is_ended() {
        let start = Instant::now();
        let error = run_within(Command::new("sleep").arg("60"), "", Duration::from_millis(100)).unwrap_err();
        assert!(error.to_string().contains("took longer"), "{error}");
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_program_prints_is_heard_line_by_line() {
        let mut lines = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2; exit 3"]);
        let status = heard(&mut command, "", &mut |line| lines.push(line.to_owned())).unwrap();
        assert_eq!((lines, status.code()), (vec!["one".to_owned(), "two".to_owned()], Some(3)));
    }

    #[cfg(unix)]
    #[test]
    fn a_failure_shows_the_command_and_its_complaint() {
        let error = output(Command::new("sh").args(["-c", "echo broken >&2; exit 3"]), "").unwrap_err().to_string();
        assert!(error.contains("exit 3") && error.contains("broken"), "{error}");
    }
}
