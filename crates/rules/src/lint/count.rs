//! `{,3}` in a pcre: table: what it means hangs on the release of PCRE2 that Postfix is linked with.
//!
//! pcre2pattern(3), "REPETITION": since 10.43 the lower count may be left out, as in Perl 5.34.

use postproof_model::{Problem, Span};

use crate::pattern::ast::{Kind, Node};
use crate::table::rule::Condition;

/// The first such place.
pub(super) fn find(condition: &Condition) -> Option<(Problem, Span)> {
    let pattern = condition.pattern().filter(|pattern| !pattern.is_posix())?;
    let span = in_node(&pattern.ast().root)?;
    // Where it stands in the table cannot be told from here if the pattern goes over several lines.
    let whole = condition.source.len() == pattern.source().len();
    Some((Problem::CountByVersion, if whole { span.shifted(condition.source.start) } else { condition.source }))
}

fn in_node(node: &Node) -> Option<Span> {
    if let Kind::Concat(nodes) = &node.kind {
        let found = (1..nodes.len()).find_map(|start| count(nodes.get(start..)?));
        if found.is_some() {
            return found;
        }
    }
    node.children().into_iter().find_map(in_node)
}

/// `{`, a comma, digits, `}`, each written as it is.
fn count(nodes: &[Node]) -> Option<Span> {
    let byte = |node: &Node| match &node.kind {
        Kind::Literal(literal) if node.span.len() == 1 => u8::try_from(literal.value).ok(),
        _ => None,
    };
    let digits = nodes.iter().skip(2).take_while(|node| byte(node).is_some_and(|byte| byte.is_ascii_digit())).count();
    let (first, last) = (nodes.first()?, nodes.get(2 + digits)?);
    let comma = nodes.get(1).and_then(byte) == Some(b',');
    let is_count = digits > 0 && comma && byte(first) == Some(b'{') && byte(last) == Some(b'}');
    is_count.then(|| Span::new(first.span.start, last.span.end))
}
