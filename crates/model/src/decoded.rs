//! What people see of a message, beside the raw lines that Postfix's rules see.
//!
//! Every decoded stretch says which raw lines of the input it was made from, so that both can be shown side by side.

use serde::{Deserialize, Serialize};

use crate::{Class, Lines, RuleRef, Span};

/// A message, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoded {
    /// Its headers, those of parts and attached messages included, in the order written.
    pub headers: Vec<DecodedHeader>,
    /// The bodies that are text: the message's own and those of its parts. Other parts are left out.
    pub bodies: Vec<DecodedBody>,
    /// Whether this is all of it: none was left out to stay within bounds.
    pub complete: bool,
}

/// A header as people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecodedHeader {
    /// Which table looks at the raw header.
    pub class: Class,
    /// Its lines in the input, line ends between them included; the last one's left out.
    pub span: Span,
    /// The numbers of those lines.
    pub lines: Lines,
    /// Name, colon and value: unfolded, encoded words (RFC 2047) and encoded parameters (RFC 2231) as text.
    pub text: String,
    /// Whether the text is not what Postfix's tables are asked for.
    pub differs: bool,
    /// The parameters of a Content-Type or Content-Disposition, names in lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// What could not be decoded and stands as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<DecodeProblem>,
}

/// A parameter of a header: `filename="a.txt"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// The value, decoded.
    pub value: String,
}

/// A body, or that of a part, as people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecodedBody {
    /// Its lines in the input, line ends between them included; the last one's left out.
    pub span: Span,
    /// The numbers of those lines.
    pub lines: Lines,
    /// `text/plain` and the like, in lower case.
    pub media_type: String,
    /// The charset that its Content-Type names, as written there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// How it is encoded.
    pub encoding: TransferEncoding,
    /// What could not be decoded and stands as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<DecodeProblem>,
    /// Its lines, decoded.
    pub text: Vec<DecodedLine>,
}

/// A line as people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecodedLine {
    /// The text, without its line end.
    pub text: String,
    /// The raw lines it was made from, as [`DecodedBody::span`] has them. Lines next to each other may share one.
    pub span: Span,
    /// The numbers of those lines.
    pub lines: Lines,
    /// Whether the text is not what Postfix's tables are asked for.
    pub differs: bool,
}

/// A Content-Transfer-Encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferEncoding {
    /// None: 7bit, 8bit, binary.
    Identity,
    /// quoted-printable.
    QuotedPrintable,
    /// base64.
    Base64,
}

/// What could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecodeProblem {
    /// Nothing is known of this charset; it was read as UTF-8.
    UnknownCharset(String),
    /// Nothing is known of this Content-Transfer-Encoding; the body is shown as written.
    UnknownEncoding(String),
    /// Something within it is not as its encoding wants it.
    Malformed,
    /// It goes on beyond what was decoded.
    CutOff,
}

/// A rule that matches what people read, and nothing that Postfix looks at in that header or part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecodedOnly {
    /// The rule.
    pub rule: RuleRef,
    /// Which class it was asked for.
    pub class: Class,
    /// The raw lines that the decoded text was made from, as [`DecodedLine::span`] has them.
    pub span: Span,
    /// The numbers of those lines.
    pub lines: Lines,
    /// The decoded text: a header, or a line of a body.
    pub text: String,
    /// The part of that text, in bytes, that the rule matches; none when the pattern is negated.
    pub matched: Option<Span>,
    /// How many further lines of the same body it matches.
    #[serde(default)]
    pub further: usize,
}

/// All such rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecodedOnlyRules {
    /// The rules, in the order of the message.
    pub found: Vec<DecodedOnly>,
    /// Whether these are all: nothing was left out to stay within bounds, and every answer is known.
    pub complete: bool,
}
