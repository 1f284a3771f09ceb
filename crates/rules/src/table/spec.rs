//! `TYPE:NAME`: which table is meant, as main.cf and the command line write it.
//!
//! DATABASE_README, "Postfix lookup table types". (Postfix: `dict_open`, and the open function of each type.)

use std::sync::Arc;

use postproof_model::{MapProblem, Span, TableKind, TableSource};

use super::braces;
use super::entries::word_end;
use super::source::{is_space, line_starts, skip_space, trim_end};

/// How deep tables may stand in tables.
pub const MAX_DEPTH: usize = 32;

/// A table's name, taken apart. All spans are within the text that was parsed, also those of a table inside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapSpec {
    pub(super) text: Arc<[u8]>,
    /// Where the text's lines start.
    pub(super) line_starts: Arc<[usize]>,
    pub(super) span: Span,
    pub(super) what: What,
}

/// What a table is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A file of this name.
    File { kind: TableKind, name: String },
    /// Rules in place of a name, each of them one line.
    Rules { kind: TableKind, rules: Vec<Span> },
    /// inline: keys with their values.
    Entries(Vec<EntrySpec>),
    /// static: a value.
    Value(Span),
    /// pipemap: and unionmap:. `untyped` is the first part that has no type: Postfix opens the tables before it, and then
    /// refuses the whole.
    Tables { kind: TableKind, tables: Vec<MapSpec>, untyped: Option<Span> },
    /// proxy: and debug: another table, just so.
    Through(Box<MapSpec>),
    /// randmap: values.
    Values(Vec<Span>),
    /// No table of this kind has anything to read here.
    Nothing(TableKind),
    /// A table that only a server or another system can answer from; its name.
    Server { kind: TableKind, name: String },
    /// Postfix does not open it.
    Refused(MapProblem, Span),
}

/// A key and its value in an inline: table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EntrySpec {
    pub(super) whole: Span,
    pub(super) key: Span,
    pub(super) value: Span,
}

impl MapSpec {
    /// Takes apart one table's name. There is always one; if Postfix would refuse it, opening it says why.
    ///
    /// ```
    /// use postproof_model::{Answer, TableKind};
    /// use postproof_rules::table::{MapSpec, Opener, Wanted};
    ///
    /// let spec = MapSpec::parse(b"pipemap:{ inline:{ {a = b} }, texthash:/etc/postfix/names }");
    /// let opened = spec.open(Opener::POSTMAP, &mut |wanted| match wanted {
    ///     Wanted::File("/etc/postfix/names") => Ok(b"b found\n".to_vec()),
    ///     _ => Err("no such file".to_owned()),
    /// });
    /// assert!(opened.diagnostics.is_empty());
    /// let Answer::Found(hit) = opened.table.lookup(b"A") else { panic!("no answer") };
    /// assert_eq!((&hit.result[..], &hit.rule.table[..]), (&b"found"[..], "/etc/postfix/names"));
    /// ```
    #[must_use]
    pub fn parse(text: &[u8]) -> Self {
        Text::new(text).spec(Span::new(0, text.len()), None, 0)
    }

    /// As [`MapSpec::parse`], but a name without a type is of this one, as it is for postmap(1) with
    /// default_database_type.
    #[must_use]
    pub fn parse_with_default(text: &[u8], default: TableKind) -> Self {
        Text::new(text).spec(Span::new(0, text.len()), Some(default), 0)
    }

    /// Takes apart a list of tables, as header_checks and many other parameters of main.cf hold one: between white space
    /// and commas that are not in braces. (Postfix: `maps_create`.)
    #[must_use]
    pub fn parse_list(text: &[u8]) -> Vec<Self> {
        let parts = braces::parts(text, Span::new(0, text.len()));
        let text = Text::new(text);
        parts.into_iter().map(|part| text.spec(part, None, 0)).collect()
    }

    /// Where it stands in the text that was parsed.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The kind of table; none where Postfix would refuse the name.
    #[must_use]
    pub fn kind(&self) -> Option<TableKind> {
        match &self.what {
            What::File { kind, .. }
            | What::Rules { kind, .. }
            | What::Tables { kind, .. }
            | What::Nothing(kind)
            | What::Server { kind, .. } => Some(*kind),
            What::Entries(_) => Some(TableKind::Inline),
            What::Value(_) => Some(TableKind::Static),
            What::Values(_) => Some(TableKind::Randmap),
            What::Through(inner) => inner.kind(),
            What::Refused(..) => None,
        }
    }

    /// Why Postfix would refuse the name; none where it would not. What is wrong inside a table of tables is not asked.
    #[must_use]
    pub const fn refused(&self) -> Option<&MapProblem> {
        match &self.what {
            What::Refused(problem, _) => Some(problem),
            _ => None,
        }
    }

    /// The file that the table is in; none for a table that is in no file, or in several.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match &self.what {
            What::File { name, .. } => Some(name),
            What::Through(inner) => inner.file(),
            _ => None,
        }
    }

    /// Every file that opening it reads, in order.
    #[must_use]
    pub fn files(&self) -> Vec<&str> {
        match &self.what {
            What::File { name, .. } => vec![name],
            What::Tables { tables, .. } => tables.iter().flat_map(Self::files).collect(),
            What::Through(inner) => inner.files(),
            _ => Vec::new(),
        }
    }

    /// The text, as written.
    #[must_use]
    pub fn as_written(&self) -> &[u8] {
        slice(&self.text, self.span)
    }

    /// The name under which the table answers: its file's, or for a table in no file the text as written, shortened.
    #[must_use]
    pub fn label(&self) -> String {
        if let Some(file) = self.file() {
            return file.to_owned();
        }
        let text = String::from_utf8_lossy(self.as_written());
        if text.chars().count() <= LABEL_LENGTH {
            return text.into_owned();
        }
        let start: String = text.chars().take(LABEL_LENGTH).collect();
        format!("{start}…")
    }
}

/// The text that is parsed, shared by all that is in it.
struct Text {
    bytes: Arc<[u8]>,
    line_starts: Arc<[usize]>,
}

impl Text {
    fn new(bytes: &[u8]) -> Self {
        Self { bytes: Arc::from(bytes), line_starts: line_starts(bytes) }
    }

    fn spec(&self, span: Span, default: Option<TableKind>, depth: usize) -> MapSpec {
        let what = what(self, span, default, depth).unwrap_or_else(|(problem, span)| What::Refused(problem, span));
        MapSpec { text: Arc::clone(&self.bytes), line_starts: Arc::clone(&self.line_starts), span, what }
    }
}

/// How many characters of its text a table in no file is named by.
const LABEL_LENGTH: usize = 60;

fn slice(text: &[u8], span: Span) -> &[u8] {
    text.get(span.start..span.end).unwrap_or_default()
}

type Refused = (MapProblem, Span);

fn what(shared: &Text, span: Span, default: Option<TableKind>, depth: usize) -> Result<What, Refused> {
    let text: &[u8] = &shared.bytes;
    if depth > MAX_DEPTH {
        return Err((MapProblem::TooDeep, span));
    }
    let (kind, name) = match (memchr::memchr(b':', slice(text, span)), default) {
        (Some(colon), _) => (Span::new(span.start, span.start + colon), Span::new(span.start + colon + 1, span.end)),
        (None, Some(kind)) => return Ok(file(kind, slice(text, span))),
        (None, None) => return Err((MapProblem::NoType, span)),
    };
    if kind.is_empty() {
        return Err((MapProblem::NoType, span));
    }
    if name.is_empty() {
        return Err((MapProblem::NoName, span));
    }
    let written = String::from_utf8_lossy(slice(text, kind));
    let unknown = || (MapProblem::UnknownType { name: written.clone().into_owned() }, kind);
    let kind = TableKind::from_name(&written).ok_or_else(unknown)?;
    let in_braces = text.get(name.start) == Some(&b'{');
    Ok(match kind {
        TableKind::Inline => What::Entries(entries(text, name)?),
        TableKind::Static if in_braces => What::Value(braces::trimmed(text, braces::inside(text, name)?)),
        TableKind::Static => What::Value(name),
        TableKind::Randmap => What::Values(list(text, name)?),
        TableKind::Pipemap | TableKind::Unionmap => {
            let parts = list(text, name)?;
            let untyped = |&&part: &&Span| memchr::memchr(b':', slice(text, part)).is_none();
            let untyped = parts.iter().find(untyped).copied();
            let typed = parts.into_iter().take_while(|&part| Some(part) != untyped);
            let tables = typed.map(|part| shared.spec(part, None, depth + 1)).collect();
            What::Tables { kind, tables, untyped }
        }
        TableKind::Proxy | TableKind::Debug => What::Through(Box::new(shared.spec(name, None, depth + 1))),
        _ => match kind.source() {
            TableSource::Rules if in_braces => What::Rules { kind, rules: rules(text, name)? },
            TableSource::Rules | TableSource::Entries => file(kind, slice(text, name)),
            TableSource::System if kind.has_server() => {
                What::Server { kind, name: String::from_utf8_lossy(slice(text, name)).into_owned() }
            }
            TableSource::InPlace | TableSource::Tables | TableSource::System => What::Nothing(kind),
        },
    })
}

fn file(kind: TableKind, name: &[u8]) -> What {
    What::File { kind, name: String::from_utf8_lossy(name).into_owned() }
}

/// The parts between the braces, of which there must be one at least.
fn list(text: &[u8], name: Span) -> Result<Vec<Span>, Refused> {
    let inside = braces::inside(text, name)?;
    let parts = braces::parts(text, inside);
    if parts.is_empty() { Err((MapProblem::Empty, name)) } else { Ok(parts) }
}

/// `{ {rule}, {rule} … }`: each rule without its braces and the white space around it.
fn rules(text: &[u8], name: Span) -> Result<Vec<Span>, Refused> {
    let inside = braces::inside(text, name)?;
    let parts = braces::parts(text, inside);
    parts.into_iter().map(|part| Ok(braces::trimmed(text, braces::inside(text, part)?))).collect()
}

/// `{ key=value, {key = value} … }`.
fn entries(text: &[u8], name: Span) -> Result<Vec<EntrySpec>, Refused> {
    let entry = |whole: Span| {
        let in_braces = text.get(whole.start) == Some(&b'{');
        let pair = if in_braces { braces::trimmed(text, braces::inside(text, whole)?) } else { whole };
        key_and_value(text, whole, pair)
    };
    list(text, name)?.into_iter().map(entry).collect()
}

/// `key = value`, where the key may be quoted. (Postfix: `split_qnameval`.)
fn key_and_value(text: &[u8], whole: Span, pair: Span) -> Result<EntrySpec, Refused> {
    let bytes = slice(text, pair);
    if bytes.is_empty() {
        return Err((MapProblem::NoKey, whole));
    }
    let end = word_end(bytes, |byte| is_space(byte) || byte == b'=')
        .map_err(|quote| (MapProblem::UnclosedQuote, Span::new(pair.start + quote, pair.end)))?;
    let equals = skip_space(bytes, end);
    if bytes.get(equals) != Some(&b'=') {
        return Err((MapProblem::NoEqualsSign, Span::new(pair.start, pair.start + end)));
    }
    let value_end = trim_end(bytes).len();
    let value_start = skip_space(bytes, equals + 1).min(value_end);
    Ok(EntrySpec {
        whole,
        key: Span::new(pair.start, pair.start + end),
        value: Span::new(pair.start + value_start, pair.start + value_end),
    })
}
