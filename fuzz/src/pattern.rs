//! What holds for a pattern of any dialect.

use postproof_model::drawing::{Drawing, Label, Step, Tone};
use postproof_model::explain::{Explanation, GROUPS_LISTED, Part};
use postproof_model::{PatternError, Span};
use postproof_rules::pattern::ast::{GroupKind, Kind, Node};
use postproof_rules::pattern::explain::{self, explain};
use postproof_rules::pattern::railroad::{draw, svg};
use postproof_rules::pattern::{Captures, Matched, NoAnswer, Pattern, Steps};

use super::span::{assert_within, contains};

/// Keys that cost little, and have a bit of what patterns ask for.
pub(crate) const KEYS: &[&[u8]] = &[
    b"",
    b"a",
    b"ab",
    b"AbaB aab",
    b"Subject: buy now, 100% free\n 1.2.3",
    b"host-192-0-2-7.dsl.example.net",
    "x\u{e9}\u{130}\u{3042}\r\ny".as_bytes(),
    b"\xff\xfe\x80z_9",
];

/// Checks what became of a pattern.
pub(crate) fn assert_sound(source: &[u8], read: Result<Pattern, PatternError>) {
    let pattern = match read {
        Ok(pattern) => pattern,
        Err(error) => return assert_within(error.span, source.len(), &error),
    };
    assert_eq!(pattern.source(), source);
    assert_node(&pattern.ast().root, source.len(), pattern.groups());
    assert_explained(&explain(source, pattern.ast()), source);
    // As for the keys of a message: what was not found out when none are left is unknown.
    let steps = Steps::for_lookup();
    for key in KEYS {
        assert_matches(&pattern, key, &steps);
    }
}

/// Every piece was written somewhere, and within the piece that it is a part of.
fn assert_node(node: &Node, length: usize, groups: u32) {
    assert_within(node.span, length, node);
    if let Kind::Group(group) = &node.kind
        && let GroupKind::Capture { index, .. } = group.kind
    {
        assert!((1..=groups).contains(&index), "group {index} of {groups}");
    }
    for child in node.children() {
        assert!(contains(node.span, child.span), "{child:?} is not within {:?}", node.span);
        assert_node(child, length, groups);
    }
}

fn assert_explained(explanation: &Explanation, source: &[u8]) {
    assert_eq!(&*explanation.source, source);
    assert_eq!(explanation.root.span, Span::new(0, source.len()));
    let parts = assert_part(&explanation.root, 0);
    // Whoever is cut off says so in parts of their own, one for each part they belong to.
    assert!(parts <= 2 * explain::MAX_PARTS + 2, "{parts} parts");
    assert!(explanation.groups.len() <= GROUPS_LISTED);
    for group in &explanation.groups {
        assert_within(group.span, source.len(), group);
    }
    let label = |part: &Part| Label {
        caption: (!part.parts.is_empty()).then(|| "some of this".to_owned()),
        pieces: vec![(String::from_utf8_lossy(explanation.source.slice(part.span)).into_owned(), Tone::Verbatim)],
        ..Label::default()
    };
    for width in [0, 720] {
        let drawing = draw(explanation, width, &label);
        assert_drawn(&drawing, source.len());
        let svg = svg::render(&drawing, &svg::Document { title: "pattern", ..svg::Document::default() });
        assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{svg}");
    }
}

/// Parts lie within the part they belong to, in order, and do not overlap. How many there are.
fn assert_part(part: &Part, depth: usize) -> usize {
    assert!(depth <= explain::MAX_DEPTH + 2, "{depth} deep");
    let mut at = part.span.start;
    let mut count = 1;
    for inner in &part.parts {
        assert!(inner.span.start <= inner.span.end, "{inner:?}");
        assert!(at <= inner.span.start, "{inner:?} starts before {at}: {part:?}");
        assert!(inner.span.end <= part.span.end, "{inner:?} ends after {part:?}");
        at = inner.span.end;
        count += assert_part(inner, depth + 1);
    }
    count
}

/// Nothing is drawn outside.
fn assert_drawn(drawing: &Drawing, source_length: usize) {
    let Drawing { width, height, .. } = *drawing;
    let assert_inside = |x: i32, y: i32, what: &dyn std::fmt::Debug| {
        assert!((0..=width).contains(&x) && (0..=height).contains(&y), "{x}, {y} of {width}, {height}: {what:?}");
    };
    let (mut x, mut y) = (0, 0);
    for step in &drawing.rails {
        (x, y) = match *step {
            Step::Move(x, y) | Step::Line(x, y) | Step::Turn { x, y, .. } => (x, y),
            Step::Across(x) => (x, y),
            Step::Down(y) => (x, y),
        };
        assert_inside(x, y, step);
    }
    for figure in &drawing.figures {
        assert_within(figure.span, source_length, figure);
        if let Some(frame) = figure.frame {
            assert_inside(frame.x, frame.y, figure);
            assert_inside(frame.x + frame.width, frame.y + frame.height, figure);
        }
        for text in &figure.texts {
            assert_inside(text.x, text.y, text);
        }
    }
}

/// The ways to ask whether a pattern matches do not contradict each other.
fn assert_matches(pattern: &Pattern, key: &[u8], steps: &Steps) {
    let matched = pattern.is_match_within(key, steps);
    match pattern.is_match_or_error_within(key, steps) {
        Matched::Yes => assert!(matches!(matched, Matched::Yes | Matched::Unknown(_)), "yes, but {matched:?}: {key:?}"),
        Matched::No => assert!(matches!(matched, Matched::No | Matched::Unknown(_)), "no, but {matched:?}: {key:?}"),
        Matched::Failed(_) | Matched::Unknown(_) => assert_ne!(matched, Matched::Yes, "{key:?}"),
    }
    let captures = pattern.captures_within(key, pattern.groups(), steps);
    match &captures {
        Ok(Some(captures)) => {
            assert!(matches!(matched, Matched::Yes | Matched::Unknown(_)), "captures, but {matched:?}: {key:?}");
            assert_captures(pattern, captures, key);
        }
        // In rare patterns glibc finds no match when it is asked for groups, and one when it is not.
        Ok(None) => assert!(pattern.is_posix() || matched != Matched::Yes, "no captures, but {matched:?}: {key:?}"),
        Err(NoAnswer::Failed(_)) => assert_ne!(matched, Matched::Yes, "{key:?}"),
        Err(NoAnswer::Unknown(_)) => {}
    }
}

fn assert_captures(pattern: &Pattern, captures: &Captures, key: &[u8]) {
    let whole = captures.whole();
    whole.iter().for_each(|&span| assert_within(span, key.len(), captures));
    if captures.groups_unknown() {
        return;
    }
    assert!(whole.is_some(), "{captures:?}");
    assert_eq!(captures.groups().len(), pattern.groups() as usize, "{captures:?}");
    for &span in captures.groups().iter().flatten() {
        assert_within(span, key.len(), captures);
        // What looks around, or keeps out of the match, may lie outside it.
        assert!(!pattern.is_posix() || whole.is_some_and(|whole| contains(whole, span)), "{captures:?}");
    }
}
