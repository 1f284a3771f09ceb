//! Domains' names as patterns of access tables: dots that match anything, and ends that are not tied.
//!
//! What is found is shown by a key that the pattern matches and that is another name.

use postproof_model::{Problem, SlipProblem, Span};

use super::place::in_pattern;
use super::reader::Reader;
use crate::pattern::ast::{Assertion, Kind, Node};
use crate::pattern::{Matched, Pattern};
use crate::table::rule::Condition;

/// Names below a country's below which people register theirs: `co.jp`, `com.br`.
const SECOND_LEVEL: &[&str] =
    &["ac", "ad", "co", "com", "ed", "edu", "go", "gob", "gov", "gr", "lg", "ne", "net", "or", "org"];

/// A pattern that is a domain's name, and nothing else but anchors.
struct Name {
    /// The name, dots as dots.
    text: String,
    /// Where it stands in the pattern.
    span: Span,
    /// The places of dots that match anything: in [`Name::text`].
    bare: Vec<usize>,
    start: bool,
    end: bool,
}

/// What a name matches unawares.
pub(super) fn find(condition: &Condition, reader: Reader) -> Vec<(Problem, Span)> {
    if !matches!(reader, Reader::Client | Reader::ReverseClient | Reader::Helo | Reader::Sender | Reader::Recipient) {
        return Vec::new();
    }
    let Some(pattern) = condition.pattern() else { return Vec::new() };
    let Some(name) = Name::of(pattern) else { return Vec::new() };
    let address = matches!(reader, Reader::Sender | Reader::Recipient);
    let user = if address && !name.text.contains('@') { "user@" } else { "" };
    let matches = |key: &str| pattern.is_match(key.as_bytes()) == Matched::Yes;
    let written =
        String::from_utf8_lossy(pattern.source().get(name.span.start..name.span.end).unwrap_or_default()).into_owned();
    let mut found = Vec::new();
    let mut say = |problem| found.push((Problem::Slip(problem), in_pattern(condition, pattern, name.span)));
    // The last dot of all: nobody has a name with a letter in its place but who registers it.
    let bare = name.bare.iter().rev().find_map(|&at| {
        let mut other = name.text.clone();
        other.replace_range(at..=at, "x");
        let key = if other.starts_with(['.', '@']) { format!("a{other}") } else { other };
        let key = format!("{user}{key}");
        matches(&key).then_some(key)
    });
    if let Some(example) = bare {
        say(SlipProblem::BareDot { name: written.clone(), example });
    }
    let plain = name.text.trim_start_matches('.');
    let after = format!(
        "{user}{}.example.net",
        if name.text.starts_with('.') { format!("a{}", name.text) } else { plain.to_owned() }
    );
    let before = format!("{user}not{plain}");
    if !name.end && matches(&after) {
        say(SlipProblem::Unanchored { name: written, example: after });
    } else if !name.start && name.is_registered() && matches(&before) {
        say(SlipProblem::Unanchored { name: written, example: before });
    }
    found
}

impl Name {
    /// Whether it is a name that is registered as a whole, so that a longer one with the same end belongs to somebody else:
    /// `example.net`, `example.co.jp`.
    fn is_registered(&self) -> bool {
        let labels: Vec<&str> = self.text.split('.').collect();
        let shared = labels.get(1).is_some_and(|label| SECOND_LEVEL.contains(&label.to_ascii_lowercase().as_str()));
        let plain = self.text.starts_with(|char: char| char.is_ascii_alphanumeric()) && !self.text.contains('@');
        let country = labels.last().is_some_and(|top| top.len() == 2);
        plain && (labels.len() == 2 || (labels.len() == 3 && shared && country))
    }

    /// The name that a pattern is; none where it is anything else.
    fn of(pattern: &Pattern) -> Option<Self> {
        let single = [pattern.ast().root.clone()];
        let nodes: &[Node] = match &pattern.ast().root.kind {
            Kind::Concat(nodes) => nodes,
            _ => &single,
        };
        let assertion = |node: Option<&Node>| node.is_some_and(|node| matches!(node.kind, Kind::Assertion(_)));
        let start = nodes.first().is_some_and(|node| node.kind == Kind::Assertion(Assertion::Start));
        let end = assertion(nodes.last());
        let inside = nodes.get(usize::from(start)..nodes.len() - usize::from(end))?;
        let mut text = String::new();
        let mut bare = Vec::new();
        for node in inside {
            match &node.kind {
                Kind::Literal(literal) => {
                    let char = char::from_u32(literal.value)
                        .filter(|char| char.is_ascii_alphanumeric() || "-._@".contains(*char))?;
                    text.push(char);
                }
                Kind::Any(_) => {
                    bare.push(text.len());
                    text.push('.');
                }
                _ => return None,
            }
        }
        let domain = text.rsplit('@').next().unwrap_or_default();
        let labels: Vec<&str> = domain.trim_start_matches('.').split('.').collect();
        let top = labels
            .last()
            .is_some_and(|top| (2..=12).contains(&top.len()) && top.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let holds = labels.len() >= 2 && top && labels.iter().all(|label| !label.is_empty());
        let span = Span::new(inside.first()?.span.start, inside.last()?.span.end);
        holds.then_some(Self { text, span, bare, start, end })
    }
}
