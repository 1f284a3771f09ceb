//! What the desk tells beside the verdict: what people read of a message, what results of it, what a rule means.
//!
//! Sentences come in the language that was asked for, so that the page need not hold the words for all that can be said.

use crate::Mark;
use postproof_model::decoded::DecodedOnly;
use postproof_model::drawing::Drawing;
use postproof_model::{Bytes, Class, Disposition, Effect, Lines, Reply, RuleRef, Span};
use serde::{Deserialize, Serialize};

/// What people read of a message, beside what Postfix's tables are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The headers, and the bodies that are text, in the order of the message.
    pub parts: Vec<ReadPart>,
    /// What is left out, in sentences.
    pub remarks: Vec<String>,
    /// The rules that match what people read, and nothing that Postfix looks at there.
    pub only: Vec<OnlyRead>,
    /// That there may be more such rules, where that is so.
    pub maybe_more: Option<String>,
}

/// Headers that stand together, or a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPart {
    /// What it is, in words.
    pub title: String,
    /// What could not be decoded, in sentences.
    pub remarks: Vec<String>,
    /// Its headers or lines.
    pub lines: Vec<ReadLine>,
}

/// A header or a line as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadLine {
    /// The text.
    pub text: String,
    /// The numbers of the raw lines it was made from.
    pub lines: Lines,
    /// Those lines in the input.
    pub span: Span,
    /// Whether it is not what Postfix's tables are asked for.
    pub differs: bool,
    /// The bytes of the text that a rule matches though nothing raw does.
    pub only: Vec<Span>,
}

/// A rule that matches what people read, and nothing that Postfix looks at there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlyRead {
    /// The rule, and where it matches.
    pub found: DecodedOnly,
    /// What a rule that does match would have to look for, as far as the pattern tells.
    pub phrase: String,
}

/// Rules that catch a phrase where it is encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeRules {
    /// The rules; those that fire on the message in front come first.
    pub rules: Vec<MadeRule>,
    /// What they do not catch, in sentences.
    pub limits: Vec<String>,
    /// Why there are none, where the phrase or its action is to blame.
    pub problem: Option<String>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeRule {
    /// Its line in the table.
    pub text: Bytes,
    /// Its encoding and its charsets.
    pub about: String,
    /// On how many messages made for it it was proved.
    pub proofs: usize,
    /// Whether it fires on the message in front, in its place in the table.
    pub fires: bool,
    /// What puts it there.
    pub edit: crate::desk::TextEdit,
}

/// What results of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resulting {
    /// What becomes of it.
    pub disposition: Disposition,
    /// What the sender is told, where that is not the usual.
    pub reply: Option<Reply>,
    /// The rule that decided.
    pub decided_by: Option<RuleRef>,
    /// What the rules made of the envelope and the message's way, in their order.
    pub way: Vec<WayChange>,
    /// The message as it is queued beside the message as it came; none where nothing is queued or it cannot be told.
    pub queued: Option<Queued>,
}

/// What a rule makes of the envelope or of the message's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayChange {
    /// The rule.
    pub rule: RuleRef,
    /// What it does.
    pub effect: Effect,
    /// Whether that stands in the end.
    pub stands: bool,
}

/// A queued message beside the one that came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queued {
    /// The lines near to what differs, in order.
    pub lines: Vec<ResultLine>,
    /// Whether rules change it.
    pub changed: bool,
    /// Whether there is more than is listed.
    pub cut: bool,
}

/// A line of the comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultLine {
    /// In both.
    Kept(Bytes),
    /// Only in what is queued.
    Added(Bytes, By),
    /// Only in what came.
    Removed(Bytes, By),
    /// So many lines in both that are not listed.
    Gap(usize),
}

/// Who changes a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A rule.
    Rule,
    /// Postfix, rules or not.
    Postfix,
}

/// A rule, explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainedRule {
    /// The rule.
    pub rule: RuleRef,
    /// Its pattern, or its patterns.
    pub patterns: Vec<ExplainedPattern>,
    /// How many keys of the input in front it matches.
    pub matches: usize,
    /// For how many it cannot be told.
    pub unknown: usize,
    /// How many keys of the input in front are asked for in its table.
    pub keys: usize,
    /// Where in the input it came nearest to a match, where it matches nothing.
    pub near: Vec<Near>,
}

/// A pattern, part by part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainedPattern {
    /// That it must not match, where that is so.
    pub head: Option<String>,
    /// The pattern in pieces, in order.
    pub pieces: Vec<PatternPiece>,
    /// Its parts in words.
    pub parts: Vec<ExplainedPart>,
    /// What is true of the whole, or easily overlooked.
    pub notes: Vec<String>,
    /// Its groups: the number or the name, and the text.
    pub groups: Vec<(String, String)>,
    /// What the diagram is called.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// The diagram.
    pub drawing: Drawing,
    /// The part that each figure of the diagram shows.
    pub figure_parts: Vec<Option<usize>>,
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternPiece {
    /// Its text.
    pub text: String,
    /// The parts that it belongs to, the smallest last.
    pub parts: Vec<usize>,
}

/// A part of a pattern in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainedPart {
    /// How deep it stands.
    pub depth: usize,
    /// The words.
    pub words: String,
    /// Where it stands in the file.
    pub span: Span,
    /// The same in the editor's units.
    pub mark: Mark,
}

/// How near a rule came to a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// What kind of line; none for a client.
    pub class: Option<Class>,
    /// The number of the line; 0 for the Received header that smtpd(8) adds.
    pub line: usize,
    /// Where in the input.
    pub span: Span,
    /// The key.
    pub key: Bytes,
    /// The part of the key that the beginning of the pattern matches.
    pub matched: Span,
    /// What was matched and what did not follow, in sentences.
    pub said: Vec<String>,
    /// The piece of the pattern that did not follow, in the file.
    pub stopped_at: Span,
}
