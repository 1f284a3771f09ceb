//! What explanations promise whatever the pattern: every kind of piece is told, spans nest and cover, size is bounded.

use postproof_model::Span;
use postproof_model::explain::{Case, Explanation, ItemKind, Named, Note, Part, What};

use super::super::ast::{
    self, Any, Assertion, Ast, Backreference, Class, ClassItem, ClassItemKind, ClassName, Conditional, GroupKind, Kind,
    LineBreak, Literal, Look, Node, Recursion,
};
use super::super::{ByteSet, CharSet, Pattern, PcreFlags, PosixFlags, posix};
use super::{MAX_DEPTH, MAX_PARTS, MAX_SIBLINGS, MAX_TEXT, explain};

const ERE: PosixFlags = PosixFlags { extended: true, fold_case: true, newline: false };

fn explained(pattern: &str) -> Explanation {
    explained_as(pattern, ERE)
}

fn explained_as(pattern: &str, flags: PosixFlags) -> Explanation {
    let ast = posix::parse(pattern.as_bytes(), flags).unwrap_or_else(|error| panic!("{pattern}: {error:?}"));
    explain(pattern.as_bytes(), &ast)
}

/// What a part and all in it are, in short.
fn sketch(part: &Part) -> String {
    let inner: Vec<String> = part.parts.iter().map(sketch).collect();
    let inner = inner.join(" ");
    match &part.what {
        What::Nothing => "nothing".to_owned(),
        What::Setting => "setting".to_owned(),
        What::Comment => "comment".to_owned(),
        What::Text(text) => format!("‘{}’", text.text.escape_ascii()),
        What::Never(text) => format!("never‘{}’", text.text.escape_ascii()),
        What::Characters(characters) => match (characters.negated, characters.known) {
            (negated, Some(known)) => format!("{}{known:?}", if negated { "!" } else { "" }),
            (negated, None) => format!("{}[{}]", if negated { "!" } else { "" }, characters.items.len()),
        },
        What::Any { newline } => if *newline { "any" } else { "any-but-newline" }.to_owned(),
        What::At { anchor } => format!("@{anchor:?}"),
        What::Group(group) => match group {
            postproof_model::explain::Group::Capture { index, .. } => format!("({index}: {inner})"),
            postproof_model::explain::Group::Plain => format!("({inner})"),
            postproof_model::explain::Group::Atomic => format!("(>{inner})"),
        },
        What::Repeat(repeat) => format!("{}..{:?} of {inner}", repeat.min, repeat.max),
        What::Either => format!("either<{inner}>"),
        What::Sequence => format!("<{inner}>"),
        What::SameAs { group, or, case } if or.is_empty() => format!("same{group}{case:?}"),
        What::SameAs { group, or, .. } => format!("same{group}or{or:?}"),
        What::Look { direction, negative } => {
            format!("{}{direction:?}({inner})", if *negative { "not" } else { "" })
        }
        What::Conditional { test } => format!("if {test:?} ({inner})"),
        What::Again { group } => format!("again{group}"),
        What::LineBreak { .. } => "line-break".to_owned(),
        What::Grapheme => "grapheme".to_owned(),
        What::SingleByte => "byte".to_owned(),
        What::Keep => "keep".to_owned(),
        What::Verb { verb } => format!("*{verb:?}"),
        What::AndSoOn { left_out } => format!("…{left_out}"),
    }
}

#[test]
fn a_pattern_comes_apart_where_a_reader_would_cut_it() {
    for (pattern, parts) in [
        ("", "nothing"),
        ("From:", "‘From:’"),
        ("^unknown$", "<@Start ‘unknown’ @End>"),
        ("ab*c", "<‘a’ 0..None of ‘b’ ‘c’>"),
        (r"a\.b", "‘a.b’"),
        ("[0-9]{2,3}", "2..Some(3) of Digit"),
        ("[^.]x?", "<![1] 0..Some(1) of ‘x’>"),
        ("(a|bc|)", "(1: either<‘a’ ‘bc’ nothing>)"),
        ("()", "(1: nothing)"),
        ("(a)|b", "either<(1: ‘a’) ‘b’>"),
        (r"(.)\1", "<(1: any) same1Folded>"),
        (r"\w\W\s\S", "<Word !Word Space !Space>"),
        (r"a\bb", "<‘a’ @WordBoundary ‘b’>"),
        ("a**", "0..None of 0..None of ‘a’"),
        // With folding, glibc compares upper case, and a backslash keeps a letter as it is.
        (r"a\q\Qb", "<‘a’ never‘q’ ‘Qb’>"),
    ] {
        assert_eq!(sketch(&explained(pattern).root), parts, "{pattern}");
    }
}

#[test]
fn names_are_found_for_sets_that_have_one() {
    let known = |pattern: &str, flags| match &explained_as(pattern, flags).root.what {
        What::Characters(characters) => characters.known,
        other => panic!("{pattern}: {other:?}"),
    };
    let exact = PosixFlags { fold_case: false, ..ERE };
    let lines = PosixFlags { newline: true, ..ERE };
    for (pattern, flags, name) in [
        ("[0-9]", ERE, Some(Named::Digit)),
        ("[9876543210]", ERE, Some(Named::Digit)),
        ("[a-z]", ERE, Some(Named::Alpha)),
        ("[a-z]", exact, Some(Named::Lower)),
        ("[[:upper:]]", ERE, Some(Named::Alpha)),
        ("[[:upper:]]", exact, Some(Named::Upper)),
        ("[A-Za-z0-9]", exact, Some(Named::Alnum)),
        ("[0-9a-f]", ERE, Some(Named::Xdigit)),
        ("[0-9a-f]", exact, None),
        ("[^0-9]", ERE, Some(Named::Digit)),
        ("[^0-9]", lines, Some(Named::Digit)),
        ("[^[:space:]]", lines, Some(Named::Space)),
        (r"\W", lines, Some(Named::Word)),
        ("[0-9.]", ERE, None),
        ("[ \t]", ERE, Some(Named::Blank)),
        (r"\S", ERE, Some(Named::Space)),
    ] {
        assert_eq!(known(pattern, flags), name, "{pattern} {flags:?}");
    }
}

#[test]
fn a_range_is_told_as_folding_leaves_it() {
    let ranges = |pattern: &str, flags| match explained_as(pattern, flags).root.what {
        What::Characters(characters) => characters
            .items
            .into_iter()
            .filter_map(|item| match item.kind {
                ItemKind::Range { first, last, known } => Some((first.0[0], last.0[0], known)),
                _ => None,
            })
            .collect::<Vec<_>>(),
        other => panic!("{pattern}: {other:?}"),
    };
    let exact = PosixFlags { fold_case: false, ..ERE };
    // regexec(3) of glibc 2.36: with REG_ICASE `[!-z]` matches "_" no more than `[A-z]` does.
    assert_eq!(ranges("[!-z]", ERE), [(b'!', b'Z', None)]);
    assert_eq!(ranges("[!-z]", exact), [(b'!', b'z', None)]);
    assert_eq!(ranges("[A-z0]", ERE), [(b'A', b'Z', Some(Named::Alpha))]);
    assert_eq!(ranges("[A-z0]", exact), [(b'A', b'z', None)]);
    assert_eq!(ranges("[a-f0-9.]", ERE), [(b'a', b'f', None), (b'0', b'9', Some(Named::Digit))]);
    assert_eq!(explained("[A-z]").case, Case::Folded);
}

#[test]
fn case_counts_where_it_makes_a_difference() {
    let exact = PosixFlags { fold_case: false, ..ERE };
    for (pattern, flags, case) in [
        ("From:", ERE, Case::Folded),
        ("From:", exact, Case::Exact),
        ("^[0-9]+$", ERE, Case::Neither),
        ("[a-z]", ERE, Case::Folded),
        ("[a-z]", exact, Case::Exact),
        ("[A-Za-z]", exact, Case::Neither),
        (r"(\w)\1", exact, Case::Exact),
        (r"\w", ERE, Case::Neither),
    ] {
        assert_eq!(explained_as(pattern, flags).case, case, "{pattern} {flags:?}");
    }
}

#[test]
fn what_is_easily_overlooked_is_noted() {
    let lines = PosixFlags { newline: true, ..ERE };
    for (pattern, flags, notes) in [
        ("^a", ERE, vec![]),
        ("a", ERE, vec![Note::Anywhere]),
        ("(^a|(^b)+)", ERE, vec![]),
        ("^a|b", ERE, vec![Note::Anywhere]),
        ("(^a)?", ERE, vec![Note::MatchesEverything]),
        ("", ERE, vec![Note::MatchesEverything]),
        ("^(a|)b*", ERE, vec![Note::MatchesEverything]),
        ("$", ERE, vec![Note::Anywhere]),
        ("^.", ERE, vec![Note::TakesNewlines]),
        ("^[^a].*", ERE, vec![Note::TakesNewlines]),
        ("^[^a].*", lines, vec![]),
        ("^.{3}", ERE, vec![Note::CountsBytes(Span::new(1, 5)), Note::TakesNewlines]),
        (r"^a\b\c", ERE, vec![Note::NeverMatches(Span::new(4, 6))]),
        ("^カ", ERE, vec![]),
        ("^x(カ)*", ERE, vec![]),
        ("^カ*", ERE, vec![Note::SplitCharacter(Span::new(1, 5))]),
        ("^[カa]", ERE, vec![Note::SplitCharacter(Span::new(1, 7))]),
        ("^[é]", ERE, vec![Note::SplitCharacter(Span::new(1, 5))]),
    ] {
        assert_eq!(explained_as(pattern, flags).notes, notes, "{pattern}");
    }
    // A pattern that is no UTF-8 is one of bytes to begin with.
    let ast = posix::parse(b"^\xE3+", ERE).unwrap();
    assert_eq!(explain(b"^\xE3+", &ast).notes, []);
}

/// One piece of every kind there is; a kind that is missing here does not compile in `kind_name`.
fn one_of_each() -> Vec<Kind> {
    let node = |start: usize, kind: Kind| Node::new(Span::new(start, start + 1), kind);
    let literal = || Kind::Literal(Literal { value: u32::from(b'a'), bytes: ByteSet::of(b'a') });
    let item = |kind| ClassItem { span: Span::new(1, 2), kind };
    let class = Class {
        negated: false,
        items: vec![
            item(ClassItemKind::Literal(0x41)),
            item(ClassItemKind::Range(0x41, 0x43)),
            item(ClassItemKind::Named { name: ClassName::HorizontalSpace, negated: true }),
            item(ClassItemKind::Equivalence(0x41)),
            item(ClassItemKind::Collating(0x41)),
            item(ClassItemKind::Property { negated: false }),
        ],
        bytes: ByteSet::ALL,
        chars: CharSet::EMPTY,
    };
    let look = || {
        Kind::Look(Box::new(Look {
            direction: ast::Direction::Behind,
            negative: true,
            atomic: true,
            steps: vec![1],
            node: node(1, literal()),
        }))
    };
    let conditional =
        |test| Kind::Conditional(Box::new(Conditional { test, yes: node(2, literal()), no: node(3, Kind::Empty) }));
    let group = |kind| Kind::Group(Box::new(ast::Group { kind, node: node(1, literal()) }));
    let repeat = |greed| {
        let operator = Span::new(3, 4);
        Kind::Repeat(Box::new(ast::Repeat { node: node(0, literal()), min: 2, max: Some(3), greed, operator }))
    };
    let mut kinds = vec![
        Kind::Empty,
        literal(),
        Kind::Class(Box::new(class)),
        Kind::Any(Any { bytes: ByteSet::ALL }),
        group(GroupKind::Capture { index: 1, name: Some("name".to_owned()) }),
        group(GroupKind::Plain),
        group(GroupKind::Atomic),
        repeat(ast::Greed::Greedy),
        repeat(ast::Greed::Lazy),
        repeat(ast::Greed::Possessive),
        Kind::Alternation(vec![node(0, literal()), node(2, Kind::Keep)]),
        Kind::Concat(vec![node(0, literal()), node(2, Kind::Keep)]),
        Kind::Backreference(Backreference { group: 1, fold: false }),
        look(),
        conditional(ast::Test::Group(1)),
        conditional(ast::Test::Recursing(None)),
        conditional(ast::Test::Any(vec![ast::Test::Group(1), ast::Test::Group(2)])),
        conditional(ast::Test::Any(vec![ast::Test::Recursing(Some(1))])),
        conditional(ast::Test::Look(Box::new(node(1, look())))),
        conditional(ast::Test::Always(false)),
        Kind::Recursion(Recursion { group: 0 }),
        Kind::LineBreak(LineBreak { unicode: true }),
        Kind::Grapheme,
        Kind::SingleByte,
        Kind::Keep,
    ];
    let assertions = [
        Assertion::Start,
        Assertion::End,
        Assertion::LineStart,
        Assertion::LineEnd,
        Assertion::EndOrFinalNewline,
        Assertion::SearchStart,
        Assertion::WordBoundary,
        Assertion::NotWordBoundary,
        Assertion::WordStart,
        Assertion::WordEnd,
    ];
    kinds.extend(assertions.map(Kind::Assertion));
    let verbs = [
        ast::Verb::Accept,
        ast::Verb::Fail,
        ast::Verb::Commit,
        ast::Verb::Prune,
        ast::Verb::Skip,
        ast::Verb::SkipToMark,
        ast::Verb::Then,
        ast::Verb::Mark,
    ];
    kinds.extend(verbs.map(Kind::Verb));
    kinds
}

/// What a kind is told as.
fn told_as(kind: &Kind, what: &What) -> bool {
    match kind {
        Kind::Empty => matches!(what, What::Nothing | What::Setting | What::Comment),
        Kind::Literal(_) => matches!(what, What::Text(_) | What::Never(_)),
        Kind::Class(_) => matches!(what, What::Characters(_)),
        Kind::Any(_) => matches!(what, What::Any { .. }),
        Kind::Assertion(_) => matches!(what, What::At { .. }),
        Kind::Group(_) => matches!(what, What::Group(_)),
        Kind::Repeat(_) => matches!(what, What::Repeat(_)),
        Kind::Alternation(_) => matches!(what, What::Either),
        Kind::Concat(_) => matches!(what, What::Sequence),
        Kind::Backreference(_) => matches!(what, What::SameAs { .. }),
        Kind::Look(_) => matches!(what, What::Look { .. }),
        Kind::Conditional(_) => matches!(what, What::Conditional { .. }),
        Kind::Recursion(_) => matches!(what, What::Again { .. }),
        Kind::LineBreak(_) => matches!(what, What::LineBreak { .. }),
        Kind::Grapheme => matches!(what, What::Grapheme),
        Kind::SingleByte => matches!(what, What::SingleByte),
        Kind::Keep => matches!(what, What::Keep),
        Kind::Verb(_) => matches!(what, What::Verb { .. }),
    }
}

#[test]
fn every_kind_of_piece_is_told_as_what_it_is() {
    for kind in one_of_each() {
        let root = Node::new(Span::new(0, 4), kind.clone());
        let explanation = explain(b"abcd", &Ast { root, groups: 1, utf8: true });
        assert!(told_as(&kind, &explanation.root.what), "{kind:?}: {:?}", explanation.root.what);
        let parts = match &kind {
            Kind::Conditional(conditional) => 2 + usize::from(matches!(conditional.test, ast::Test::Look(_))),
            Kind::Alternation(_) | Kind::Concat(_) => 2,
            Kind::Group(_) | Kind::Repeat(_) | Kind::Look(_) => 1,
            _ => 0,
        };
        assert_eq!(explanation.root.parts.len(), parts, "{kind:?}");
    }
}

#[test]
fn an_empty_piece_is_a_setting_or_a_remark_where_something_is_written() {
    for (source, what) in [("(?i)", What::Setting), ("(?#x)", What::Comment), ("", What::Nothing)] {
        let root = Node::new(Span::new(0, source.len()), Kind::Empty);
        let explanation = explain(source.as_bytes(), &Ast { root, groups: 0, utf8: false });
        assert_eq!(explanation.root.what, what, "{source}");
    }
}

/// Checks that spans nest, in order and without overlap, and gives the number of parts.
fn check_nesting(part: &Part, depth: usize, pattern: &str) -> usize {
    assert!(depth <= MAX_DEPTH, "{pattern}: too deep");
    assert!(part.parts.len() <= MAX_SIBLINGS + 1, "{pattern}: too many side by side");
    let mut at = part.span.start;
    for inner in &part.parts {
        assert!(inner.span.start >= at && inner.span.end <= part.span.end, "{pattern}: {part:?}");
        assert!(inner.span.start <= inner.span.end, "{pattern}: {inner:?}");
        at = inner.span.end;
    }
    1 + part.parts.iter().map(|part| check_nesting(part, depth + 1, pattern)).sum::<usize>()
}

/// Marks the bytes that parts are told of, and those of their own notation.
fn cover(part: &Part, covered: &mut [bool]) {
    let mut mark = |span: Span| covered[span.start..span.end].iter_mut().for_each(|byte| *byte = true);
    match &part.what {
        What::Repeat(repeat) => mark(repeat.operator),
        _ if part.parts.is_empty() => mark(part.span),
        _ => {}
    }
    for part in &part.parts {
        cover(part, covered);
    }
}

fn check(pattern: &str, explanation: &Explanation) {
    assert_eq!(explanation.root.span, Span::new(0, pattern.len()), "{pattern}");
    let parts = check_nesting(&explanation.root, 0, pattern);
    // The last of several lists may each say that something is left out.
    assert!(parts <= MAX_PARTS + MAX_DEPTH + 1, "{pattern}: {parts} parts");
    let mut covered = vec![false; pattern.len()];
    cover(&explanation.root, &mut covered);
    for (byte, covered) in pattern.bytes().zip(covered) {
        assert!(covered || matches!(byte, b'(' | b')' | b'|' | b'\\'), "{pattern}: {}", byte.escape_ascii());
    }
}

#[test]
fn spans_nest_and_cover_the_pattern() {
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let pieces = [
        "a",
        "b",
        "カ",
        ".",
        "[a-z]",
        "[^x]",
        "[[:digit:].]",
        "(",
        ")",
        "|",
        "*",
        "+",
        "?",
        "{2}",
        "{1,3}",
        "^",
        "$",
        r"\.",
        r"\w",
        r"\<",
        r"\1",
        "-",
        " ",
    ];
    let mut compiled = 0;
    for _ in 0..20_000 {
        let mut pattern = String::new();
        for _ in 0..random % 14 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            pattern.push_str(pieces[(random >> 8) as usize % pieces.len()]);
        }
        random = random.wrapping_mul(0x2545_F491_4F6C_DD1D) | 1;
        for extended in [true, false] {
            let flags = PosixFlags { extended, ..ERE };
            if let Ok(ast) = posix::parse(pattern.as_bytes(), flags) {
                compiled += 1;
                check(&pattern, &explain(pattern.as_bytes(), &ast));
            }
        }
    }
    assert!(compiled > 5000, "{compiled}");
}

#[test]
fn a_hostile_pattern_ends_in_and_so_on() {
    let deep = format!("{}a{}", "(".repeat(200), ")".repeat(200));
    for pattern in [
        "a|".repeat(50_000),
        "[a]".repeat(33_000),
        "()".repeat(50_000),
        "(a|b)".repeat(20_000),
        "a?b".repeat(30_000),
        deep,
    ] {
        let explanation = explained(&pattern);
        check_nesting(&explanation.root, 0, &pattern[..10]);
        assert!(sketch(&explanation.root).contains('…'), "{}", &pattern[..10]);
        assert!(explanation.notes.contains(&Note::Cut), "{}", &pattern[..10]);
        assert!(explanation.groups.len() < 100);
    }
    let long = explained(&"カ".repeat(30_000));
    let What::Text(text) = &long.root.what else { panic!("{:?}", long.root.what) };
    assert!(text.cut && text.text.len() <= MAX_TEXT && std::str::from_utf8(&text.text).is_ok());
    let set = explained(&format!("[{}]", "ab.".repeat(30_000)));
    let What::Characters(characters) = &set.root.what else { panic!("{:?}", set.root.what) };
    assert_eq!(characters.items.len() + characters.left_out, 90_000);
    assert!(characters.items.len() < 100);
    assert!(matches!(&characters.items[0].kind, ItemKind::Character(a) if &**a == b"a"));
}

#[test]
fn what_stands_for_several_pieces_was_written_once() {
    let told = |pattern: &str| {
        let compiled = Pattern::pcre(pattern.as_bytes(), PcreFlags::POSTFIX).unwrap();
        let explanation = explain(pattern.as_bytes(), compiled.ast());
        for (one, next) in explanation.root.parts.iter().zip(explanation.root.parts.iter().skip(1)) {
            assert!(one.span.end <= next.span.start, "{pattern}: {explanation:?}");
        }
        sketch(&explanation.root)
    };
    for start in ["", "(*UCP)"] {
        assert_eq!(told(&format!("{start}x\\by")), "<‘x’ @WordBoundary ‘y’>");
        assert_eq!(told(&format!("{start}x\\By")), "<‘x’ @NotWordBoundary ‘y’>");
        assert_eq!(told(&format!("{start}x[[:<:]]y")), "<‘x’ @WordStart ‘y’>");
        assert_eq!(told(&format!("{start}x[[:>:]]y")), "<‘x’ @WordEnd ‘y’>");
    }
    assert_eq!(told("(*UCP)\\b"), "<@WordBoundary>");
    assert_eq!(told("(*CRLF)(?-s)x.y"), "<setting ‘x’ any-but-newline ‘y’>");
    assert_eq!(told("(*CRLF)(?-s)x.*y"), "<setting ‘x’ 0..None of any-but-newline ‘y’>");
}
