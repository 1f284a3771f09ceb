//! Which headers a pattern asks for, as far as it names them: `^Subject:`, `^(To|Cc):`.

use crate::pattern::ast::{Assertion, Kind, Node};
use crate::pattern::{Matched, Pattern};

/// How many names are looked at.
const MOST: usize = 64;

/// The names that a key must start with, a colon after them, for the pattern to match; none where it names no header.
pub(super) fn of(pattern: &Pattern) -> Vec<String> {
    let root = &pattern.ast().root;
    let nodes: Vec<&Node> = match &root.kind {
        Kind::Concat(nodes) => nodes.iter().collect(),
        _ => vec![root],
    };
    let anchored =
        nodes.first().is_some_and(|node| matches!(node.kind, Kind::Assertion(Assertion::Start | Assertion::LineStart)));
    if !anchored {
        return Vec::new();
    }
    let mut starts = vec![String::new()];
    for node in nodes.into_iter().skip(1) {
        let Some(texts) = texts(node) else { return Vec::new() };
        starts = starts.iter().flat_map(|start| texts.iter().map(move |text| format!("{start}{text}"))).collect();
        if starts.len() > MOST {
            return Vec::new();
        }
        if starts.iter().all(|start| start.contains(':')) {
            let names = starts.iter().map(|start| start.split(':').next().unwrap_or_default().to_owned());
            let names: Vec<String> = names.collect();
            return if names.iter().any(String::is_empty) { Vec::new() } else { names };
        }
    }
    Vec::new()
}

/// The texts that a piece stands for, where they are few and made of a header name's characters and colons.
fn texts(node: &Node) -> Option<Vec<String>> {
    match &node.kind {
        Kind::Empty => Some(vec![String::new()]),
        Kind::Literal(literal) => {
            let char = char::from_u32(literal.value).filter(char::is_ascii_graphic)?;
            Some(vec![char.to_string()])
        }
        Kind::Group(group) => texts(&group.node),
        Kind::Alternation(nodes) => {
            let all: Option<Vec<Vec<String>>> = nodes.iter().map(texts).collect();
            all.map(|texts| texts.concat()).filter(|texts| texts.len() <= MOST)
        }
        Kind::Concat(nodes) => nodes.iter().try_fold(vec![String::new()], |starts, node| {
            let texts = texts(node)?;
            let all: Vec<String> =
                starts.iter().flat_map(|start| texts.iter().map(move |text| format!("{start}{text}"))).collect();
            (all.len() <= MOST).then_some(all)
        }),
        Kind::Repeat(repeat) if (repeat.min, repeat.max) == (0, Some(1)) => {
            let mut texts = texts(&repeat.node)?;
            texts.push(String::new());
            Some(texts)
        }
        _ => None,
    }
}

/// Whether a pattern matches every header: it matches a few that have nothing in common.
pub(super) fn every_header(pattern: &Pattern) -> bool {
    ["A:", "Subject: hello", "Received: from [192.0.2.1]\n\tby x", "X-9: \u{e9}", "z-z_z: 1"]
        .iter()
        .all(|key| pattern.is_match(key.as_bytes()) == Matched::Yes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::PosixFlags;

    #[test]
    fn headers_that_a_pattern_names() {
        let flags = PosixFlags { extended: true, fold_case: true, newline: false };
        let of = |source: &str| of(&Pattern::posix(source.as_bytes(), flags).unwrap()).join(" ");
        assert_eq!(of("^Subject: hello"), "Subject");
        assert_eq!(of("^(To|Cc|Bcc):.*x"), "To Cc Bcc");
        assert_eq!(of("^(Resent-)?To:"), "Resent-To To");
        assert_eq!(of("^Content-(Type|Disposition): .*name"), "Content-Type Content-Disposition");
        assert_eq!(of("^X-(Spam:|Virus:)"), "X-Spam X-Virus");
        for none in ["Subject: x", "^.*: x", "^X-[a-z]+:", "^(a|b)", "^: x", "^a|b:"] {
            assert_eq!(of(none), "", "{none}");
        }
    }
}
