//! One question to postmap and to the command: tables, keys, options.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::warnings::{Warned, warned};
use super::{Said, run};

/// A table's file.
#[derive(Clone, Debug)]
pub(crate) struct TableFile {
    pub(crate) bytes: Vec<u8>,
    /// The kind that postmap builds from it, where one must be built.
    pub(crate) build: Option<&'static str>,
}

/// Tables, keys and options.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// What it is about: the kind of the first table.
    pub(crate) about: &'static str,
    /// The tables' names; `FILE0` stands for the path of the first file, and so on.
    pub(crate) maps: Vec<String>,
    pub(crate) files: Vec<TableFile>,
    /// `-q`, `-hmq` …
    pub(crate) option: &'static str,
    /// The key; none for keys from standard input.
    pub(crate) key: Option<String>,
    pub(crate) stdin: Vec<u8>,
}

/// The two programs, and a folder for tables.
pub(crate) struct Programs {
    pub(crate) postmap: PathBuf,
    pub(crate) postproof: PathBuf,
    pub(crate) folder: PathBuf,
}

/// What both said.
pub(crate) struct Both {
    theirs: Said,
    ours: Said,
    their_warnings: Warned,
    our_warnings: Warned,
    /// Why the command calls answers unknown, once for each key.
    pub(crate) unknown: Vec<String>,
}

impl Case {
    /// How many keys it asks for.
    pub(crate) fn keys(&self) -> usize {
        if self.key.is_some() { 1 } else { self.stdin.split(|&byte| byte == b'\n').count().saturating_sub(1).max(1) }
    }

    /// Asks both.
    pub(crate) fn ask(&self, programs: &Programs) -> Both {
        let mut built = Vec::new();
        let mut paths = Vec::new();
        for (index, file) in self.files.iter().enumerate() {
            let path = programs.folder.join(format!("t{index}"));
            write_old(&path, &file.bytes);
            for extension in ["db", "cdb", "lmdb"] {
                let _ = std::fs::remove_file(path.with_extension(extension));
            }
            if let Some(kind) = file.build {
                let said = run(&programs.postmap, &[&format!("{kind}:{}", path.display())], b"");
                built.push(warned(&said.stderr));
            }
            paths.push(path);
        }
        let map = |map: &String| {
            let paths = paths.iter().enumerate();
            paths.fold(map.clone(), |map, (index, path)| {
                map.replace(&format!("FILE{index}"), &path.display().to_string())
            })
        };
        let maps: Vec<String> = self.maps.iter().map(map).collect();
        let mut arguments = vec![self.option, self.key.as_deref().unwrap_or("-")];
        arguments.extend(maps.iter().map(String::as_str));
        let mut theirs = run(&programs.postmap, &arguments, &self.stdin);
        let mut ours = run(&programs.postproof, &[&["query"], arguments.as_slice()].concat(), &self.stdin);
        let unknown = leave_unknown_out(&mut theirs, &mut ours);
        if self.key.is_some() && !unknown.is_empty() {
            // One key on the command line: postmap prints the value alone.
            theirs.stdout.clear();
        }
        let our_warnings = warned(&ours.stderr);
        let their_warnings = with_some(&warned(&theirs.stderr), &built, &our_warnings);
        Both { theirs, ours, their_warnings, our_warnings, unknown }
    }

    /// The smallest case found by leaving lines and keys out that still differs.
    pub(crate) fn shrunk(mut self, programs: &Programs) -> Self {
        let mut tries = 0;
        loop {
            let smaller = self.smaller().into_iter().find(|case| {
                tries += 1;
                tries < 600 && case.ask(programs).difference().is_some()
            });
            match smaller {
                Some(case) => self = case,
                None => return self,
            }
        }
    }

    fn smaller(&self) -> Vec<Self> {
        let mut cases = Vec::new();
        for index in 0..self.maps.len() {
            if self.maps.len() > 1 {
                let mut case = self.clone();
                case.maps.remove(index);
                cases.push(case);
            }
        }
        for stdin in without_lines(&self.stdin) {
            cases.push(Self { stdin, ..self.clone() });
        }
        for (index, file) in self.files.iter().enumerate() {
            for bytes in without_lines(&file.bytes) {
                let mut case = self.clone();
                case.files[index].bytes = bytes;
                cases.push(case);
            }
        }
        cases
    }

    /// The case in words, for a report.
    pub(crate) fn show(&self) -> String {
        let files: String = self
            .files
            .iter()
            .map(|file| format!("\n  file {:?}: b\"{}\"", file.build, file.bytes.escape_ascii()))
            .collect();
        format!("{:?} {} {:?}{files}\n  stdin: b\"{}\"", self.maps, self.option, self.key, self.stdin.escape_ascii())
    }
}

/// A text without its first half, its second half, and each of its lines.
fn without_lines(text: &[u8]) -> Vec<Vec<u8>> {
    let lines: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
    let mut texts = Vec::new();
    if lines.len() > 3 {
        texts.push(lines[lines.len() / 2..].concat());
        texts.push(lines[..lines.len() / 2].concat());
    }
    if lines.len() > 1 {
        texts.extend((0..lines.len()).map(|index| [&lines[..index], &lines[index + 1..]].concat().concat()));
    }
    texts
}

impl Both {
    /// What differs; none where nothing does.
    pub(crate) fn difference(&self) -> Option<String> {
        if self.theirs.stdout != self.ours.stdout {
            return Some(format!("standard output\n{}", self.show()));
        }
        if self.theirs.status != self.ours.status && self.unknown.is_empty() {
            return Some(format!("exit status\n{}", self.show()));
        }
        if self.their_warnings != self.our_warnings {
            return Some(format!("warnings: {:?}, ours {:?}\n{}", self.their_warnings, self.our_warnings, self.show()));
        }
        None
    }

    fn show(&self) -> String {
        let show = |said: &Said| {
            let stdout = said.stdout[..said.stdout.len().min(2000)].escape_ascii();
            format!("status {:?}, b\"{stdout}\"\n{}", said.status, &said.stderr)
        };
        format!("  postmap: {}  postproof: {}", show(&self.theirs), show(&self.ours))
    }
}

/// Warnings of a query, with those of building some of the tables: the command says them when it opens a table, which it
/// may never do.
fn with_some(query: &Warned, built: &[Warned], ours: &Warned) -> Warned {
    let with = |chosen: usize| {
        let chosen =
            built.iter().enumerate().filter(|(index, _)| chosen >> index & 1 == 1).flat_map(|(_, warned)| warned);
        let mut all: Warned = query.iter().chain(chosen).cloned().collect();
        all.sort();
        all
    };
    let all = (1 << built.len()) - 1;
    (0..=all).map(with).find(|warned| warned == ours).unwrap_or_else(|| with(all))
}

/// Takes the keys out of what postmap printed whose answer the command calls unknown, and gives the reasons.
fn leave_unknown_out(theirs: &mut Said, ours: &mut Said) -> Vec<String> {
    let mut unknown = Vec::new();
    let mut kept = String::new();
    for line in ours.stderr.split_inclusive('\n') {
        let key = line.split_once("answers to key ").and_then(|(_, rest)| rest.rsplit_once(" is unknown. "));
        let Some((key, reason)) = key else {
            kept.push_str(line);
            continue;
        };
        unknown.push(reason.trim_end().to_owned());
        leave_key_out(&mut theirs.stdout, key);
    }
    ours.stderr = kept;
    unknown
}

/// Takes the lines of a key out of what postmap printed. `shown`: the key as the command shows it, where control characters
/// are dots; a header that goes on over lines has newlines among them, so that what postmap prints of it is lines, too.
fn leave_key_out(stdout: &mut Vec<u8>, shown: &str) {
    let printable = |line: &[u8]| -> String {
        String::from_utf8_lossy(line).chars().map(|c| if c.is_control() { '·' } else { c }).collect()
    };
    // A key's lines end in newlines, and its last one in the tab before the value: dots, too.
    let start = format!("{shown}·");
    let lines: Vec<&[u8]> = stdout.split_inclusive(|&byte| byte == b'\n').collect();
    let mut kept = Vec::new();
    let mut rest = lines.as_slice();
    while let Some((line, after)) = rest.split_first() {
        let mut taken = 1;
        while taken < rest.len() && start.starts_with(&printable(&rest[..taken].concat())) {
            taken += 1;
        }
        if printable(&rest[..taken].concat()).starts_with(&start) {
            rest = &rest[taken..];
        } else {
            kept.extend_from_slice(line);
            rest = after;
        }
    }
    *stdout = kept;
}

/// Writes a file as if an hour ago: Postfix reads a texthash: file again and again while it is new.
pub(crate) fn write_old(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
}
