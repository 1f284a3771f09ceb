//! Running the command and postmap side by side.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "it is a part of tests")]

pub(crate) mod case;
pub(crate) mod dns;
pub(crate) mod examples;
pub(crate) mod generate;
pub(crate) mod random;
pub(crate) mod runs;
pub(crate) mod warnings;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a program said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
    pub(crate) status: Option<i32>,
}

/// Runs a program with this standard input. English, whatever the machine speaks.
pub(crate) fn run(program: &Path, arguments: &[&str], stdin: &[u8]) -> Said {
    let mut child = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let mut pipe = child.stdin.take().unwrap();
    let input = stdin.to_vec();
    // A program may end before it has read all.
    let writer = std::thread::spawn(move || drop(pipe.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Said {
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        status: output.status.code(),
    }
}

/// The command. Only tests know where cargo has put it.
#[cfg(test)]
pub(crate) fn postproof(arguments: &[&str], stdin: &[u8]) -> Said {
    run(Path::new(env!("CARGO_BIN_EXE_postproof")), arguments, stdin)
}

/// Where postmap is; where it is not, the test that asks says by name that it is skipped.
pub(crate) fn postmap(test: &str) -> Option<PathBuf> {
    let found =
        ["/usr/sbin/postmap", "/usr/local/sbin/postmap"].into_iter().map(PathBuf::from).find(|path| path.exists());
    if found.is_none() {
        println!("SKIPPED {test}: Postfix is not installed (Debian: apt-get install postfix postfix-pcre)");
    }
    found
}

/// A file in a folder of the test's own.
pub(crate) fn file(folder: &Path, name: &str, content: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// An empty folder for one test.
#[cfg(test)]
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// What a run in a folder of its own said.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) error: String,
}

/// A command in a folder, in English whatever the machine speaks.
#[cfg(test)]
pub(crate) fn command(folder: &Path, name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postproof"));
    command.arg(name).args(arguments).current_dir(folder).env("LC_ALL", "C");
    command
}

/// Runs one.
#[cfg(test)]
pub(crate) fn ran(folder: &Path, name: &str, arguments: &[&str]) -> Ran {
    let output = command(folder, name, arguments).output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with files of its own.
#[cfg(test)]
pub(crate) fn with(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = folder(name);
    for (file, text) in files {
        let file = folder.join(file);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    folder
}
