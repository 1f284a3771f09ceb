//! Lists of domains, networks and addresses: mydestination, relay_domains, mynetworks.
//!
//! (Postfix: `match_list`, `match_string`, `match_hostname`, `match_hostaddr`, `string_list`, `domain_list`,
//! `namadr_list`.)

use postproof_model::{Answer, SmtpUnknown, Span, UnknownReason};

use crate::maincf::MainCf;
use crate::names::valid_hostaddr;
use crate::table::braces;
use crate::table::network::{Address, Network};
use crate::table::open::Read;
use crate::table::{MapSpec, Opener, Table, Wanted};

/// How deep files may name files.
const MOST_FILES: usize = 5;

/// Why a list gives no answer.
#[derive(Clone, Debug)]
pub(super) enum Failure {
    /// A lookup fails in Postfix, too.
    Fails,
    /// A table's result is empty, which Postfix takes for a mistake.
    Empty,
    /// It cannot be told.
    Unknown(SmtpUnknown),
}

/// A list, read.
#[derive(Clone, Debug)]
pub(super) struct MatchList {
    parameter: String,
    /// Why the whole cannot be told.
    unknown: Option<SmtpUnknown>,
    entries: Vec<Entry>,
    /// Whether a domain stands for those below it.
    parents: bool,
}

#[derive(Clone, Debug)]
struct Entry {
    negated: bool,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Table(Box<Table>),
    Text(Vec<u8>),
    Unreadable(Vec<u8>),
}

impl MatchList {
    /// Reads the list that a parameter holds.
    pub(super) fn of(main_cf: &MainCf, parameter: &str, read: &mut Read<'_>) -> Self {
        let value = main_cf.get(parameter);
        let parents = main_cf.get("parent_domain_matches_subdomains");
        let parents = parents.list().iter().any(|(_, name)| *name == parameter.as_bytes());
        let mut list = Self { parameter: parameter.to_owned(), unknown: None, entries: Vec::new(), parents };
        match value.text() {
            Some(text) => list.add(text, false, 0, read),
            None => list.unknown = Some(SmtpUnknown::Parameter { name: super::unknown_name(&value) }),
        }
        list
    }

    fn add(&mut self, text: &[u8], negated: bool, depth: usize, read: &mut Read<'_>) {
        for span in braces::parts(text, Span::new(0, text.len())) {
            let mut part = text.get(span.start..span.end).unwrap_or_default();
            let mut negated = negated;
            while let [b'!', rest @ ..] = part {
                negated = !negated;
                part = rest;
            }
            if part.is_empty() {
                self.entries.push(Entry { negated, what: What::Unreadable(b"!".to_vec()) });
            } else if part.starts_with(b"/") {
                let name = String::from_utf8_lossy(part).into_owned();
                match read(Wanted::File(&name)) {
                    Ok(content) if depth < MOST_FILES => {
                        for line in content.split(|&byte| byte == b'\n') {
                            if !line.trim_ascii().starts_with(b"#") {
                                self.add(line, negated, depth + 1, read);
                            }
                        }
                    }
                    _ => self.entries.push(Entry { negated, what: What::Unreadable(part.to_vec()) }),
                }
            } else if part.first() != Some(&b'[') && part.contains(&b':') {
                let table = MapSpec::parse(part).open(Opener::ACCESS, read).table;
                self.entries.push(Entry { negated, what: What::Table(Box::new(table)) });
            } else {
                self.entries.push(Entry { negated, what: What::Text(part.to_vec()) });
            }
        }
    }

    fn first(&self, matches: impl Fn(&What) -> Result<bool, Failure>) -> Result<bool, Failure> {
        if let Some(unknown) = &self.unknown {
            return Err(Failure::Unknown(unknown.clone()));
        }
        for entry in &self.entries {
            if let What::Unreadable(part) = &entry.what {
                return Err(self.not_known(part));
            }
            if matches(&entry.what)? {
                return Ok(!entry.negated);
            }
        }
        Ok(false)
    }

    fn not_known(&self, part: &[u8]) -> Failure {
        Failure::Unknown(SmtpUnknown::List { parameter: self.parameter.clone(), part: part.into() })
    }

    /// Whether the list holds a text.
    pub(super) fn holds(&self, text: &[u8]) -> Result<bool, Failure> {
        self.first(|what| match what {
            What::Table(table) => found(table, text),
            What::Text(pattern) => Ok(pattern.eq_ignore_ascii_case(text)),
            What::Unreadable(_) => Ok(false),
        })
    }

    /// Whether the list holds a domain, or one above it that stands for all below.
    pub(super) fn holds_domain(&self, name: &[u8]) -> Result<bool, Failure> {
        self.first(|what| self.is_domain(what, name))
    }

    /// Whether the list holds a host's name or its address.
    pub(super) fn holds_host(&self, name: &[u8], address: &[u8]) -> Result<bool, Failure> {
        self.first(|what| Ok(self.is_domain(what, name)? || self.is_address(what, address)?))
    }

    fn is_domain(&self, what: &What, name: &[u8]) -> Result<bool, Failure> {
        match what {
            What::Table(table) => {
                let mut part = name;
                loop {
                    if found(table, part)? {
                        return Ok(true);
                    }
                    let Some(dot) = part.get(1..).and_then(|rest| memchr::memchr(b'.', rest)) else { return Ok(false) };
                    part = part.get(dot + 1 + usize::from(self.parents)..).unwrap_or_default();
                    if part.is_empty() || !table.holds_keys() {
                        return Ok(false);
                    }
                }
            }
            What::Text(pattern) => {
                if pattern.eq_ignore_ascii_case(name) {
                    return Ok(true);
                }
                let Some(at) = name.len().checked_sub(pattern.len()).filter(|at| *at > 0) else { return Ok(false) };
                let (before, end) = name.split_at_checked(at).unwrap_or((name, b""));
                let apart = if self.parents { before.last() == Some(&b'.') } else { pattern.first() == Some(&b'.') };
                Ok(apart && end.eq_ignore_ascii_case(pattern))
            }
            What::Unreadable(_) => Ok(false),
        }
    }

    fn is_address(&self, what: &What, address: &[u8]) -> Result<bool, Failure> {
        match what {
            What::Table(table) => found(table, address),
            What::Text(pattern) => {
                if pattern.eq_ignore_ascii_case(address) {
                    return Ok(true);
                }
                let inner = pattern.strip_prefix(b"[").and_then(|rest| rest.split(|&byte| byte == b']').next());
                let looks = inner.is_some()
                    || (pattern.iter().any(u8::is_ascii_digit)
                        && pattern.iter().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':' | b'/')));
                if !looks {
                    return Ok(false);
                }
                let Some(address) = Address::parse(address) else { return Ok(false) };
                match Network::parse(pattern) {
                    Ok(read) => Ok(read.network.contains(address)),
                    Err(_) => Err(self.not_known(pattern)),
                }
            }
            What::Unreadable(_) => Ok(false),
        }
    }

    /// Whether the list holds this address as such; a part that is neither an address nor a network cannot be told.
    pub(super) fn holds_address_only(&self, address: &[u8]) -> Result<bool, Failure> {
        self.first(|what| match what {
            What::Text(text)
                if valid_hostaddr(text.strip_prefix(b"[").and_then(|text| text.strip_suffix(b"]")).unwrap_or(text)) =>
            {
                self.is_address(what, address)
            }
            What::Text(text) | What::Unreadable(text) => Err(self.not_known(text)),
            What::Table(_) => Err(self.not_known(b":")),
        })
    }
}

fn found(table: &Table, key: &[u8]) -> Result<bool, Failure> {
    if key.is_empty() {
        return Ok(false);
    }
    match table.lookup(key) {
        Answer::NotFound => Ok(false),
        Answer::Found(_) => Ok(true),
        Answer::Unknown { reason: UnknownReason::Fails(_), .. } => Err(Failure::Fails),
        Answer::Unknown { reason, .. } => {
            Err(Failure::Unknown(SmtpUnknown::Table { table: table.name().to_owned(), reason }))
        }
    }
}
