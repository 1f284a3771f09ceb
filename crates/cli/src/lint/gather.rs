//! The tables that lint looks at: a main.cf's, and those that the command line names; and what is wrong with them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use postproof_model::lint::{Finding, LintReport, LintedFile};
use postproof_model::{Bytes, Diagnostic, MapProblem, Problem, TableKind};
use postproof_rules::lint::{self, Around, Reader, Suppressions};
use postproof_rules::message::Version;
use postproof_rules::table::{MapSpec, Opener, Wanted};
use postproof_words::{Lang, command, lint as words};
use similar::TextDiff;

use super::settings::Settings;
use crate::answers::Answers;
use crate::arguments::{values, version};
use crate::main_cf::Configuration;
use crate::outcome::{Failure, complain, save};

/// The longest line that a finding shows, in bytes.
const LINE: usize = 1_000;

/// A table of the command line.
struct Named {
    spec: String,
    reader: Reader,
}

/// What is looked at, and the bytes of files that fixes have changed.
pub(super) struct Gatherer {
    config: Option<(PathBuf, Vec<PathBuf>)>,
    version: Version,
    answers: Answers,
    tables: Vec<Named>,
    changed: BTreeMap<PathBuf, Vec<u8>>,
    /// The files that were read: the name that diagnostics have, where it is, and its bytes.
    files: BTreeMap<String, (PathBuf, Vec<u8>)>,
    lang: Lang,
}

impl Gatherer {
    /// What the command line names.
    pub(super) fn new(matches: &ArgMatches, lang: Lang) -> Result<Self, Failure> {
        let mut tables = Vec::new();
        for (name, (_, reader)) in options().map(|(name, _)| name).zip(Reader::NAMED.iter().copied()) {
            tables.extend(values(matches, &name).into_iter().map(|spec| Named { spec: spec.to_owned(), reader }));
        }
        for name in values(matches, "table") {
            let (spec, guessed) = with_type(name, lang)?;
            if let Some(kind) = guessed {
                let values = [("table", name), ("kind", kind.name())];
                complain(&format!("{}: {}", command::HINT.say(lang), words::TAKEN_AS.fill(lang, &values)));
            }
            tables.push(Named { reader: Reader::of_file(&spec), spec });
        }
        let config = Configuration::locate(matches);
        if config.is_none() && tables.is_empty() {
            return Err(Failure::misuse(words::NOTHING_NAMED.say(lang).to_owned()));
        }
        Ok(Self {
            config,
            version: version(matches, lang)?,
            answers: Answers::read(matches, lang)?,
            tables,
            changed: BTreeMap::new(),
            files: BTreeMap::new(),
            lang,
        })
    }

    /// What is wrong with all of it, without what comments and settings leave out.
    pub(super) fn findings(&mut self, settings: &Settings) -> Result<LintReport, Failure> {
        let mut found = Vec::new();
        let mut names = Vec::new();
        if let Some((file, folders)) = self.config.clone() {
            let shown = file.display().to_string();
            let bytes = self.bytes(&file).map_err(|error| Failure::read(&shown, &error, self.lang))?;
            let (configuration, own) = Configuration::parse(self.version, &file, folders, &bytes);
            found.extend(own);
            names.push(shown.clone());
            self.files.insert(shown, (file, bytes));
            let (lang, answers, changed, files) = (self.lang, &self.answers, &self.changed, &mut self.files);
            let mut opened = Vec::new();
            found.extend(lint::configuration(&configuration.main_cf, &mut |wanted| match wanted {
                Wanted::File(name) => {
                    let path = configuration.path(name, lang)?;
                    let bytes = changed.get(&path).map_or_else(|| std::fs::read(&path), |bytes| Ok(bytes.clone()));
                    let bytes = bytes.map_err(|error| error.to_string())?;
                    opened.push(name.to_owned());
                    files.insert(name.to_owned(), (path, bytes.clone()));
                    Ok(bytes)
                }
                Wanted::Answers { kind, name } => answers.of_table(kind, name).ok_or_else(String::new),
            }));
            names.extend(opened);
            self.say_what_is_not_here(&mut found);
        }
        for index in 0..self.tables.len() {
            let Some(Named { spec, reader }) = self.tables.get(index) else { break };
            let (spec, reader) = (MapSpec::parse(spec.as_bytes()), *reader);
            let opener = if reader.content().is_some() { Opener::CONTENT } else { Opener::ACCESS };
            let mut read = Vec::new();
            let opened = spec.open(opener, &mut |wanted| match wanted {
                Wanted::File(name) => {
                    let path = PathBuf::from(name);
                    let bytes = self.bytes(&path).map_err(|error| error.to_string())?;
                    read.push((name.to_owned(), path, bytes.clone()));
                    Ok(bytes)
                }
                Wanted::Answers { kind, name } => self.answers.of_table(kind, name).ok_or_else(String::new),
            });
            if let Some(Diagnostic { problem: Problem::Map(MapProblem::CannotRead { reason }), place, .. }) =
                opened.refused()
            {
                let values = [("file", place.file.as_str()), ("reason", reason)];
                return Err(Failure::misuse(command::CANNOT_READ.fill(self.lang, &values)));
            }
            found.extend(opened.diagnostics);
            found.extend(lint::asked(&opened.table, reader, &Around::default()));
            names.extend(read.iter().map(|(name, ..)| name.clone()));
            self.files.extend(read.into_iter().map(|(name, path, bytes)| (name, (path, bytes))));
        }
        Ok(self.report(names, found, settings))
    }

    /// Says which files a main.cf names that cannot be read here: on its server they may well be there, so that is no
    /// finding.
    fn say_what_is_not_here(&self, found: &mut Vec<Diagnostic>) {
        let mut missing = Vec::new();
        found.retain(|found| {
            let Problem::Map(MapProblem::CannotRead { .. }) = &found.problem else { return true };
            let read = self.files.get(&found.place.file);
            let spec = read.and_then(|(_, bytes)| bytes.get(found.place.span.start..found.place.span.end));
            let name = spec.map_or_else(|| found.place.file.clone(), |spec| String::from_utf8_lossy(spec).into_owned());
            if !missing.contains(&name) {
                missing.push(name);
            }
            false
        });
        if let (false, Some((config, _))) = (missing.is_empty(), &self.config) {
            let values = [("config", shown(config)), ("files", missing.join(", "))];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            complain(&format!("{}: {}", command::HINT.say(self.lang), words::NOT_HERE.fill(self.lang, &values)));
        }
    }

    /// The findings, file by file.
    fn report(&self, names: Vec<String>, found: Vec<Diagnostic>, settings: &Settings) -> LintReport {
        let found = lint::once(found);
        let mut order: Vec<String> = Vec::new();
        for name in names.into_iter().chain(found.iter().map(|found| found.place.file.clone())) {
            if !order.contains(&name) {
                order.push(name);
            }
        }
        let mut files: Vec<LintedFile> = Vec::new();
        for name in order {
            let read = self.files.get(&name);
            let shown = read.map_or_else(|| name.clone(), |(path, _)| shown(path));
            let source = read.map(|(_, bytes)| bytes.as_slice()).unwrap_or_default();
            let comments = Suppressions::read(source);
            for (line, word) in &comments.unknown {
                let values = [("file", shown.as_str()), ("line", &line.to_string()), ("word", word)];
                complain(&format!(
                    "{}: {}",
                    command::WARNING.say(self.lang),
                    words::UNKNOWN_ORDER.fill(self.lang, &values)
                ));
            }
            let mut file = LintedFile { file: shown, ..LintedFile::default() };
            for diagnostic in found.iter().filter(|found| found.place.file == name) {
                if comments.leave_out(diagnostic) || settings.leave_out(diagnostic.problem.code(), &file.file) {
                    file.left_out += 1;
                    continue;
                }
                let fix = if read.is_some() { lint::fix(diagnostic, source) } else { Vec::new() };
                let line = line_of(source, diagnostic.place.line);
                let finding = Finding { diagnostic: diagnostic.clone(), fix, line };
                if !file.findings.contains(&finding) {
                    file.findings.push(finding);
                }
            }
            // Two parameters may name one file.
            match files.iter_mut().find(|other| other.file == file.file) {
                Some(other) => {
                    file.findings.retain(|finding| !other.findings.contains(finding));
                    other.findings.append(&mut file.findings);
                }
                None => files.push(file),
            }
        }
        LintReport { files }
    }

    fn bytes(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        self.changed.get(path).map_or_else(|| std::fs::read(path), |bytes| Ok(bytes.clone()))
    }

    /// The files that were read, by the names that people see: where each is, and its bytes.
    pub(super) fn file(&self, shown_as: &str) -> Option<(&Path, &[u8])> {
        let mut files = self.files.values();
        files.find(|(path, _)| shown(path) == shown_as).map(|(path, bytes)| (path.as_path(), bytes.as_slice()))
    }

    /// Takes these bytes for a file's from now on.
    pub(super) fn change(&mut self, path: PathBuf, bytes: Vec<u8>) {
        self.changed.insert(path, bytes);
    }

    /// Writes the files that were changed.
    pub(super) fn write_changes(&self, lang: Lang) -> Result<(), Failure> {
        for (path, bytes) in &self.changed {
            save(&shown(path), path, bytes, lang)?;
        }
        Ok(())
    }

    /// Shows what would be changed, as patch(1) takes it; whether anything would.
    pub(super) fn show_changes(&self, lang: Lang) -> Result<bool, Failure> {
        let mut out = std::io::stdout().lock();
        for (path, bytes) in &self.changed {
            let name = shown(path);
            let before = std::fs::read(path).map_err(|error| Failure::read(&name, &error, lang))?;
            let diff = TextDiff::from_lines(before.as_slice(), bytes.as_slice());
            let written = writeln!(out, "--- a/{name}\n+++ b/{name}")
                .and_then(|()| diff.unified_diff().iter_hunks().try_for_each(|hunk| hunk.to_writer(&mut out)));
            written.map_err(|error| Failure::write(&error, lang))?;
        }
        Ok(!self.changed.is_empty())
    }
}

/// The options that name tables, with the parameter or restriction that asks each's.
pub(crate) fn options() -> impl Iterator<Item = (String, &'static str)> {
    Reader::NAMED.iter().map(|(name, _)| (name.trim_start_matches("check_").replace('_', "-"), *name))
}

/// A table with its type; where a name has none, what it looks like.
fn with_type(text: &str, lang: Lang) -> Result<(String, Option<TableKind>), Failure> {
    match MapSpec::parse(text.as_bytes()).refused() {
        Some(MapProblem::NoType) => {}
        Some(MapProblem::UnknownType { .. }) if Path::new(text).exists() => {}
        Some(MapProblem::UnknownType { name }) => {
            return Err(Failure::misuse(command::UNKNOWN_TYPE.fill(lang, &[("kind", name)])));
        }
        _ => return Ok((text.to_owned(), None)),
    }
    let bytes = std::fs::read(text).map_err(|error| Failure::read(text, &error, lang))?;
    let name = text.to_ascii_lowercase();
    let rules =
        bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty() && !line.starts_with(b"#"));
    let mut patterns = rules.take(50).filter(|line| {
        line.starts_with(b"/")
            || line.starts_with(b"!/")
            || line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(b"if "))
    });
    let kind = if name.contains("pcre") {
        TableKind::Pcre
    } else if name.contains("cidr") {
        TableKind::Cidr
    } else if name.contains("regexp") || patterns.next().is_some() {
        TableKind::Regexp
    } else {
        TableKind::Texthash
    };
    Ok((format!("{}:{text}", kind.name()), Some(kind)))
}

/// A path as people write it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok().and_then(|here| here.canonicalize().ok());
    let inside = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    let text = inside.unwrap_or(path).display().to_string();
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

/// A line of a file, counted from 1.
fn line_of(source: &[u8], number: usize) -> Bytes {
    let line = source.split(|&byte| byte == b'\n').nth(number.saturating_sub(1)).unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.get(..LINE).unwrap_or(line).into()
}
