//! From the bytes of a test file to a suite: what each case tries, on which tables, and what it expects.

use std::collections::BTreeMap;
use std::ops::Range;

use postproof_model::report::{Amount, FileError, FileProblem, Verdict};
use postproof_rules::host::Client;
use postproof_rules::message::Version;
use postproof_rules::message::header::name_length;
use toml::Spanned;

use crate::expect::Expectations;
use crate::limits;
use crate::raw::{self, Many, Texts};

/// Where something stands in the test file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in bytes.
    pub column: usize,
}

/// Something with its place in the test file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// What it is.
    pub value: T,
    /// Where it stands.
    pub at: At,
}

/// A test file, read and found to make sense. No other file has been looked at.
#[derive(Clone, Debug)]
pub struct Suite {
    /// What people call it; may be empty.
    pub title: String,
    /// The release of Postfix that it is about.
    pub version: Version,
    pub(crate) main_cf: Option<Placed<String>>,
    pub(crate) world: Option<Placed<String>>,
    pub(crate) answers: BTreeMap<String, Placed<String>>,
    /// The tables by the parameter that would name them.
    pub(crate) tables: BTreeMap<&'static str, Placed<Vec<String>>>,
    /// Files that stand in the test file itself, by name.
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) cases: Vec<Case>,
}

impl Suite {
    /// How many cases there are.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.cases.len()
    }

    /// The name of a case.
    #[must_use]
    pub fn case_name(&self, index: usize) -> Option<&str> {
        self.cases.get(index).map(|case| case.name.as_str())
    }
}

/// One case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) at: At,
    pub(crate) todo: Option<String>,
    pub(crate) kind: Kind,
    /// Inputs that stand in the test file.
    pub(crate) inline: Vec<String>,
    /// Files of inputs, or patterns of their names.
    pub(crate) files: Option<Placed<Vec<String>>>,
    /// The table that keys are looked up in.
    pub(crate) table: Option<Placed<Vec<String>>>,
    pub(crate) envelope: CaseEnvelope,
    /// Which line of a session counts.
    pub(crate) line: Option<String>,
    pub(crate) expect: Expectations,
}

/// Who sends a case's messages to whom; what is not said is as the command check has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct CaseEnvelope {
    pub(crate) client: Option<Client>,
    pub(crate) helo: Option<String>,
    pub(crate) protocol: Option<String>,
    pub(crate) sender: Option<String>,
    pub(crate) recipients: Vec<String>,
    pub(crate) milter_headers: Vec<String>,
}

/// What a case's inputs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Clients, through access tables.
    Host,
    /// Keys, looked up in a table.
    Key,
    /// Headers, each by itself.
    Header,
    /// Body lines, each by itself.
    BodyLine,
    /// Messages.
    Message,
    /// Transcripts of SMTP sessions.
    Session,
    /// The inputs of a project in a share link, with its tables.
    Link,
}

impl Kind {
    /// Whether the inputs are messages, or parts of them.
    pub(crate) const fn is_content(self) -> bool {
        matches!(self, Self::Header | Self::BodyLine | Self::Message)
    }

    /// The verdicts that such inputs can have.
    pub(crate) const fn verdicts(self) -> &'static [Verdict] {
        use Verdict as V;
        match self {
            Self::Host => &[V::Permitted, V::Undecided, V::Rejected, V::Deferred, V::Other, V::Unknown],
            Self::Key => &[V::Found, V::NotFound, V::Unknown],
            Self::Header | Self::BodyLine | Self::Message => {
                &[V::Accepted, V::Rejected, V::Deferred, V::Discarded, V::Held, V::Redirected, V::Unknown]
            }
            Self::Session => &[V::Accepted, V::Rejected, V::Deferred, V::Unknown],
            Self::Link => Verdict::ALL,
        }
    }
}

/// Reads a test file.
///
/// # Errors
///
/// The first thing that is wrong with it, and where.
pub fn read(source: &[u8]) -> Result<Suite, FileError> {
    let whole = |problem| FileError { line: 0, column: 0, problem };
    if source.len() > limits::FILE_BYTES {
        return Err(whole(FileProblem::TooMuch { what: Amount::FileBytes, limit: limits::FILE_BYTES }));
    }
    let lines = Lines::of(source);
    let text = std::str::from_utf8(source).map_err(|error| {
        let at = lines.at(error.valid_up_to());
        FileError { line: at.line, column: at.column, problem: FileProblem::NotToml { reason: "not UTF-8".to_owned() } }
    })?;
    let file = raw::parse(text).map_err(|error| not_toml(&error, &lines))?;
    Reader { lines }.file(file)
}

/// What the TOML parser refuses.
fn not_toml(error: &toml::de::Error, lines: &Lines) -> FileError {
    let at = error.span().map(|span| lines.at(span.start));
    let (line, column) = at.map_or((0, 0), |at| (at.line, at.column));
    let message = error.message();
    let problem = match message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`')) {
        Some((key, rest)) => FileProblem::UnknownKey { key: key.to_owned(), meant: meant(key, rest) },
        None => FileProblem::NotToml { reason: message.lines().next().unwrap_or_default().to_owned() },
    };
    FileError { line, column, problem }
}

/// The keys that would be known where a file has an unknown one; none where it has none. For the test that holds the
/// schema against the reader.
#[doc(hidden)]
#[must_use]
pub fn known_keys(source: &str) -> Option<Vec<String>> {
    let error = raw::parse(source).err()?;
    let (_, listed) = error.message().strip_prefix("unknown field `")?.split_once('`')?;
    Some(listed.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

/// The key that may have been meant: the nearest of those that the parser lists in back quotes.
fn meant(key: &str, listed: &str) -> Option<String> {
    let known = listed.split('`').skip(1).step_by(2);
    let near = known.map(|known| (strsim::damerau_levenshtein(key, known), known)).min()?;
    (near.0 <= 2.max(key.len() / 3)).then(|| near.1.to_owned())
}

/// Where the lines of a file start.
struct Lines(Vec<usize>);

impl Lines {
    fn of(source: &[u8]) -> Self {
        let breaks = source.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        Self(std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect())
    }

    fn at(&self, offset: usize) -> At {
        let line = self.0.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.0.get(index)).copied().unwrap_or_default();
        At { line, column: offset - start + 1 }
    }
}

pub(crate) struct Reader {
    lines: Lines,
}

pub(crate) type Read<T> = Result<T, FileError>;

impl Reader {
    pub(crate) fn at(&self, span: &Range<usize>) -> At {
        self.lines.at(span.start)
    }

    fn wrong<T>(&self, span: &Range<usize>, problem: FileProblem) -> Read<T> {
        Err(wrong(self.at(span), problem))
    }

    pub(crate) fn placed<T>(&self, spanned: Spanned<T>) -> Placed<T> {
        let at = self.at(&spanned.span());
        Placed { value: spanned.into_inner(), at }
    }

    pub(crate) fn texts(&self, texts: Texts) -> Option<Placed<Vec<String>>> {
        let Placed { value: Many(value), at } = self.placed(texts?);
        Some(Placed { value, at })
    }

    fn file(&self, file: raw::File) -> Read<Suite> {
        let version = match &file.postfix {
            None => Version::NEWEST,
            Some(text) => match text.get_ref().parse() {
                Ok(version) => version,
                Err(_) => return self.wrong(&text.span(), FileProblem::NoVersion { text: text.get_ref().clone() }),
            },
        };
        if file.case.is_empty() {
            return Err(FileError { line: 0, column: 0, problem: FileProblem::NoCases });
        }
        if file.case.len() > limits::CASES {
            let problem = FileProblem::TooMuch { what: Amount::Cases, limit: limits::CASES };
            return Err(FileError { line: 0, column: 0, problem });
        }
        let raw = file.tables;
        let tables = [
            ("header_checks", raw.header_checks),
            ("mime_header_checks", raw.mime_header_checks),
            ("nested_header_checks", raw.nested_header_checks),
            ("body_checks", raw.body_checks),
            ("milter_header_checks", raw.milter_header_checks),
            ("smtp_header_checks", raw.smtp_header_checks),
            ("smtp_mime_header_checks", raw.smtp_mime_header_checks),
            ("smtp_nested_header_checks", raw.smtp_nested_header_checks),
            ("smtp_body_checks", raw.smtp_body_checks),
            ("client_access", raw.client_access),
        ];
        let tables = tables.into_iter().filter_map(|(name, texts)| Some((name, self.texts(texts)?))).collect();
        let mut suite = Suite {
            title: file.title,
            version,
            main_cf: file.main_cf.map(|name| self.placed(name)),
            world: file.world.map(|name| self.placed(name)),
            answers: file.answers.into_iter().map(|(table, file)| (table, self.placed(file))).collect(),
            tables,
            files: file.files,
            cases: Vec::new(),
        };
        for case in file.case {
            let at = self.at(&case.span());
            let case = self.case(case.into_inner(), at, &suite)?;
            suite.cases.push(case);
        }
        Ok(suite)
    }

    fn case(&self, raw: raw::Case, at: At, suite: &Suite) -> Read<Case> {
        let link = raw.link.map(|link| {
            let span = link.span();
            Spanned::new(span, Many(vec![link.into_inner()]))
        });
        let inputs = [
            (Kind::Host, "host", raw.host, false),
            (Kind::Host, "host_files", raw.host_files, true),
            (Kind::Key, "key", raw.key, false),
            (Kind::Key, "key_files", raw.key_files, true),
            (Kind::Header, "header", raw.header, false),
            (Kind::Header, "header_files", raw.header_files, true),
            (Kind::BodyLine, "body_line", raw.body_line, false),
            (Kind::BodyLine, "body_line_files", raw.body_line_files, true),
            (Kind::Message, "message", raw.message, false),
            (Kind::Message, "message_files", raw.message_files, true),
            (Kind::Session, "session", raw.session, false),
            (Kind::Session, "session_files", raw.session_files, true),
            (Kind::Link, "link", link, false),
        ];
        let mut found: Option<(Kind, &str)> = None;
        let (mut inline, mut files) = (Vec::new(), None);
        for (kind, key, texts, is_files) in inputs {
            let Some(texts) = self.texts(texts) else { continue };
            match found {
                Some((other, first)) if other != kind => {
                    let keys = [first.to_owned(), key.to_owned()];
                    return Err(wrong(texts.at, FileProblem::MixedInputs { keys }));
                }
                _ => found = Some((kind, key)),
            }
            if is_files {
                files = Some(texts);
                continue;
            }
            if kind == Kind::Header
                && let Some(text) = texts.value.iter().find(|text| !is_header(text.as_bytes()))
            {
                return Err(wrong(texts.at, FileProblem::NoHeader { text: text.clone() }));
            }
            inline = texts.value;
        }
        let Some((kind, _)) = found else { return Err(wrong(at, FileProblem::NoInput)) };
        if inline.is_empty() && files.as_ref().is_none_or(|files| files.value.is_empty()) {
            return Err(wrong(at, FileProblem::NoInput));
        }
        let table = self.texts(raw.table);
        match (kind, &table) {
            (Kind::Key, None) => return Err(wrong(at, FileProblem::Missing { key: "table".to_owned() })),
            (Kind::Key, Some(_)) | (_, None) => {}
            (_, Some(table)) => return Err(wrong(table.at, FileProblem::NotHere { key: "table".to_owned() })),
        }
        if kind == Kind::Session && suite.main_cf.is_none() {
            return Err(wrong(at, FileProblem::Missing { key: "main_cf".to_owned() }));
        }
        if kind.is_content() && suite.main_cf.is_none() && !suite.tables.keys().any(|name| name.ends_with("_checks")) {
            return Err(wrong(at, FileProblem::Missing { key: "tables.header_checks".to_owned() }));
        }
        let envelope = self.envelope(
            kind,
            raw.client,
            [("helo", raw.helo), ("protocol", raw.protocol), ("sender", raw.sender)],
            [("recipient", raw.recipient), ("milter_header", raw.milter_header)],
        )?;
        let line = match raw.at {
            Some(line) if kind != Kind::Session => {
                return self.wrong(&line.span(), FileProblem::NotHere { key: "at".to_owned() });
            }
            line => line.map(Spanned::into_inner),
        };
        Ok(Case {
            name: raw.name,
            at,
            todo: raw.todo.and_then(|todo| todo.0),
            kind,
            inline,
            files,
            table,
            envelope,
            line,
            expect: self.expect(raw.expect, kind, at)?,
        })
    }

    fn envelope(
        &self,
        kind: Kind,
        client: Option<Spanned<String>>,
        texts: [(&str, Option<Spanned<String>>); 3],
        lists: [(&str, Texts); 2],
    ) -> Read<CaseEnvelope> {
        let mut envelope = CaseEnvelope::default();
        if let Some(client) = client {
            if !kind.is_content() && kind != Kind::Session {
                return self.wrong(&client.span(), FileProblem::NotHere { key: "client".to_owned() });
            }
            let parsed = Client::parse(client.get_ref().as_bytes());
            if parsed.address.is_none() || client.get_ref().contains(char::is_control) {
                return self.wrong(&client.span(), FileProblem::NoClient { text: client.get_ref().clone() });
            }
            envelope.client = Some(parsed);
        }
        let here = |key: &str, at: At, values: &[String]| {
            // These become parts of a line.
            if !kind.is_content() || values.iter().any(|text| text.contains(char::is_control)) {
                return Err(wrong(at, FileProblem::NotHere { key: key.to_owned() }));
            }
            Ok(())
        };
        for (key, text) in texts {
            let Some(Placed { value, at }) = text.map(|text| self.placed(text)) else { continue };
            here(key, at, std::slice::from_ref(&value))?;
            match key {
                "helo" => envelope.helo = Some(value),
                "protocol" => envelope.protocol = Some(value),
                _ => envelope.sender = Some(value),
            }
        }
        for (key, list) in lists {
            let Some(Placed { value, at }) = self.texts(list) else { continue };
            here(key, at, &value)?;
            if key == "recipient" {
                envelope.recipients = value;
                continue;
            }
            if let Some(text) = value.iter().find(|text| !is_header(text.as_bytes())) {
                return Err(wrong(at, FileProblem::NoHeader { text: text.clone() }));
            }
            envelope.milter_headers = value;
        }
        Ok(envelope)
    }
}

/// Whether a text is one header, folds included.
pub(crate) fn is_header(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let mut more = text.split(|&byte| byte == b'\n').skip(1);
    name_length(text).is_some() && more.all(|line| matches!(line.first(), Some(b' ' | b'\t')))
}

/// Something wrong at a place.
pub(crate) const fn wrong(at: At, problem: FileProblem) -> FileError {
    FileError { line: at.line, column: at.column, problem }
}
