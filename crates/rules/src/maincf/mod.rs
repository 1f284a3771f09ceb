//! main.cf as Postfix reads it.
//!
//! | idea | file |
//! |---|---|
//! | which parameter is set where | [`lines`] |
//! | `$name`, `${name?x}` and the like | `expand` |
//! | parameters, their defaults, what took their place | [`defaults`] |
//! | a value: text, yes or no, a number, a time, a list of tables | [`values`] |
//! | names that nobody knows, references to nothing | `findings` |
//! | header and body checks | `content` |
//! | the main.cf among the files of a project | [`project`] |
//!
//! ```
//! use postproof_rules::maincf::MainCf;
//!
//! let source = b"maps = regexp:/etc/postfix\nheader_checks = $maps/header_checks\nhopcount_limit = 30\n";
//! let (main_cf, problems) = MainCf::parse("main.cf", source);
//! assert!(problems.is_empty());
//! assert_eq!(main_cf.get("header_checks").text(), Some(&b"regexp:/etc/postfix/header_checks"[..]));
//! assert_eq!(main_cf.get("nested_header_checks").maps()[0].file(), Some("/etc/postfix/header_checks"));
//! assert_eq!(main_cf.limits().hopcount_limit, 30);
//! ```

mod content;
pub mod defaults;
mod expand;
mod findings;
pub mod lines;
pub mod project;
pub mod values;

use std::collections::BTreeMap;

use postproof_model::{Diagnostic, Lines, Place, Span};

use crate::message::Version;
use crate::table::source::Source;
use defaults::Default;
use expand::{Expanded, From, Looked, Stopped, Text};
use lines::Setting;
pub use values::{Set, State, Value};

/// A main.cf, and the defaults of one release of Postfix for what it does not set.
#[derive(Clone, Debug)]
pub struct MainCf {
    name: String,
    source: Vec<u8>,
    settings: Vec<Setting>,
    by_name: BTreeMap<String, usize>,
    version: Version,
    /// What the machine decides, where it is known.
    machine: BTreeMap<String, Vec<u8>>,
}

impl MainCf {
    /// Reads a main.cf for the newest release of Postfix whose ways are known here. `name` is the file's name in
    /// diagnostics. There is always a result; what is wrong comes beside it, in the order of the file.
    #[must_use]
    pub fn parse(name: &str, source: &[u8]) -> (Self, Vec<Diagnostic>) {
        Self::parse_for(Version::NEWEST, name, source)
    }

    /// As [`MainCf::parse`], for this release.
    #[must_use]
    pub fn parse_for(version: Version, name: &str, source: &[u8]) -> (Self, Vec<Diagnostic>) {
        let read = lines::read(&Source::new(name, source));
        let main_cf = Self {
            name: name.to_owned(),
            source: source.to_vec(),
            settings: read.list,
            by_name: read.by_name,
            version,
            machine: BTreeMap::new(),
        };
        let mut diagnostics = read.diagnostics;
        diagnostics.extend(main_cf.findings());
        diagnostics.sort_by_key(|found| found.place.span.start);
        (main_cf, diagnostics)
    }

    /// Says what the machine's own default of a parameter is, as `postconf -d` shows it there: myhostname, mynetworks.
    pub fn set_default(&mut self, name: &str, value: &[u8]) {
        self.machine.insert(name.to_owned(), value.to_vec());
    }

    /// The release of Postfix.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The settings, in order; of several of one parameter the last counts.
    #[must_use]
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// Whether the file sets this parameter.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// What a parameter is, expanded. One that the file does not set has its default.
    #[must_use]
    pub fn get(&self, name: &str) -> Value {
        let setting = self.by_name.get(name).and_then(|&index| self.settings.get(index));
        let known = defaults::default(name, self.version).is_some() || self.machine.contains_key(name);
        let set = match setting {
            Some(setting) => Set::Here { lines: setting.lines, span: setting.value_span() },
            None if known => Set::Default,
            None => Set::Nowhere,
        };
        let (state, pieces) = match self.expanded(name) {
            Ok(Expanded { text, pieces }) => (State::Known(text), pieces),
            Err(Stopped::Unknown { name }) => (State::Unknown { parameter: name }, Vec::new()),
            Err(Stopped::Refused { problem, .. }) => (State::Refused(problem), Vec::new()),
            Err(Stopped::TooBig) => (State::TooBig, Vec::new()),
        };
        Value { name: name.to_owned(), set, state, pieces }
    }

    fn expanded(&self, name: &str) -> Result<Expanded, Stopped> {
        match self.look_up(name.as_bytes()) {
            Looked::Undefined => Ok(Expanded::default()),
            Looked::Unknown => Err(Stopped::Unknown { name: name.to_owned() }),
            Looked::Text(text) if defaults::is_raw(name) => Ok(text.as_it_is()),
            Looked::Text(text) => expand::expand(name, text, &|name| self.look_up(name)),
        }
    }

    /// What a name stands for, not expanded.
    fn look_up<'t>(&'t self, name: &[u8]) -> Looked<'t> {
        let Ok(name) = std::str::from_utf8(name) else { return Looked::Undefined };
        if let Some(&index) = self.by_name.get(name).filter(|_| !defaults::is_read_only(name)) {
            return self.text_of(index).map_or(Looked::Undefined, Looked::Text);
        }
        let default = |bytes| Looked::Text(Text { bytes, from: From::Default, start: 0 });
        if let Some(value) = self.machine.get(name).filter(|_| !self.derives(name)) {
            return default(value);
        }
        if name == "mydomain" {
            return match self.domain() {
                Some(domain) => default(domain),
                None => Looked::Unknown,
            };
        }
        match defaults::default(name, self.version) {
            Some(Default::Text(text)) => default(text.as_bytes()),
            Some(Default::Machine) => Looked::Unknown,
            None => Looked::Undefined,
        }
    }

    /// Whether this file sets something that the parameter's default follows from, so that the machine's own does not
    /// count.
    fn derives(&self, name: &str) -> bool {
        let from: &[&str] = match name {
            "mydomain" => &["myhostname"],
            "myhostname" => &["mydomain"],
            "mynetworks" => &["compatibility_level", "inet_interfaces", "inet_protocols", "mynetworks_style"],
            _ => &[],
        };
        from.iter().any(|name| self.is_set(name))
    }

    /// mydomain where nothing sets it: what follows the first dot of myhostname, or localdomain. (Postfix:
    /// `check_mydomainname`.)
    fn domain(&self) -> Option<&[u8]> {
        let host: &[u8] = match self.by_name.get("myhostname") {
            Some(&index) => self.text_of(index)?.bytes,
            None => self.machine.get("myhostname")?,
        };
        // A name that refers to others would have to be expanded first.
        if host.contains(&b'$') {
            return None;
        }
        Some(memchr::memchr(b'.', host).and_then(|dot| host.get(dot + 1..)).unwrap_or(b"localdomain"))
    }

    fn text_of(&self, index: usize) -> Option<Text<'_>> {
        let setting = self.settings.get(index)?;
        Some(Text { bytes: &setting.value, from: From::Setting(index), start: 0 })
    }

    /// Where a stretch of a value's text stands in the file. Where the text comes from a default, that is the place of the
    /// parameter's setting; where nothing sets it, the start of the file.
    #[must_use]
    pub fn place(&self, value: &Value, span: Span) -> Place {
        let of_piece = |at: usize| {
            let index = value.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)?;
            let piece = value.pieces.get(index)?;
            let From::Setting(setting) = piece.from else { return None };
            Some((setting, piece.span.start + at.saturating_sub(piece.at)))
        };
        let first = of_piece(span.start);
        let last = if span.is_empty() { first } else { of_piece(span.end - 1).map(|(setting, at)| (setting, at + 1)) };
        if let (Some((setting, start)), Some((end_setting, end))) = (first, last)
            && setting == end_setting
            && start <= end
            && let Some(setting) = self.settings.get(setting)
        {
            return self.source().place(setting.in_file(Span::new(start, end)), setting.lines);
        }
        match value.set {
            Set::Here { lines, span } => self.source().place(span, lines),
            Set::Default | Set::Nowhere => self.source().place(Span::new(0, 0), Lines { first: 1, last: 1 }),
        }
    }

    fn source(&self) -> Source<'_> {
        Source::new(&self.name, &self.source)
    }
}
