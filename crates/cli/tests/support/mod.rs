//! Running the command and postmap side by side.
#![allow(dead_code, reason = "each test file uses a part of it")]

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

/// The command.
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
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// What a program warned of, in a form that can be compared: the line numbers, and a letter for what has none.
///
/// postmap names the first line of a logical line; so does the command where it names a rule's lines.
pub(crate) fn warned(stderr: &str) -> Vec<String> {
    let mut warned: Vec<String> = stderr.lines().filter_map(warning).collect();
    warned.sort();
    warned.dedup();
    warned
}

fn warning(line: &str) -> Option<String> {
    if line.contains("must not start with whitespace") || line.contains("This line starts with white space") {
        return Some("starts with space".to_owned());
    }
    if line.contains("empty string result") || line.contains("an empty result") {
        return Some("empty result".to_owned());
    }
    if line.contains("should return NO RESULT") {
        return None;
    }
    if line.contains("UTF-8") {
        return Some("not UTF-8".to_owned());
    }
    let number = |after: &str| {
        let rest = &line[line.find(after)? + after.len()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    };
    number("rule on lines ").or_else(|| number(", line ")).map(|number| format!("line {number}"))
}

/// A small generator of numbers: xorshift64*.
pub(crate) struct Random(u64);

impl Random {
    /// From POSTPROOF_SEED, or new each run. The seed is printed, so that a failure can be run again.
    pub(crate) fn new(test: &str) -> Self {
        let seed = std::env::var("POSTPROOF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
            u64::from(now.subsec_nanos()) ^ now.as_secs()
        });
        println!("{test}: POSTPROOF_SEED={seed}");
        Self(seed | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(crate) fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }
}
