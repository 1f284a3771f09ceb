use super::*;
use postproof_model::NoKeyReason;

fn in_table(kind: TableKind, keys: Keys, source: &str) -> Vec<(RuleProblem, usize)> {
    let (table, problems) = Table::parse(kind, "t", source.as_bytes());
    assert_eq!(problems, [], "{source}");
    let of = |found: Diagnostic| match found.problem {
        Problem::Rule(problem) => (problem, found.place.line),
        other => panic!("{other:?}"),
    };
    rules(&table, keys).into_iter().map(of).collect()
}

/// What is found in a regexp: table, and the same in a pcre: one.
fn found(keys: Keys, source: &str) -> Vec<(RuleProblem, usize)> {
    let posix = in_table(TableKind::Regexp, keys, source);
    if !source.contains("/!/") {
        assert_eq!(in_table(TableKind::Pcre, keys, source), posix, "{source}");
    }
    posix
}

/// Of rules that never fire: their lines, and the lines of the rules before them.
fn dead(keys: Keys, source: &str) -> Vec<(usize, Vec<usize>)> {
    let lines = |(problem, line)| match problem {
        RuleProblem::NeverFires { lines, .. } => (line, lines),
        RuleProblem::SameAs { line: same, .. } => (line, vec![same]),
        other => panic!("{other:?} {line} {source}"),
    };
    found(keys, source).into_iter().map(lines).collect()
}

fn none(keys: Keys, source: &str) {
    assert_eq!(found(keys, source), [], "{source}");
}

fn no_key(keys: Keys, source: &str, why: NoKeyReason) {
    assert_eq!(found(keys, source), [(RuleProblem::NoKey { why }, 1)], "{source}");
}

#[test]
fn an_earlier_rule_answers_all() {
    assert_eq!(
        found(Keys::Header, "/^Subject:.*offer/ REJECT\n/^Subject:.*special offer/ HOLD\n"),
        [(
            RuleProblem::NeverFires {
                lines: vec![1],
                key: Bytes::from(&b"subject:special offer"[..]),
                answered: 1,
                only_log: false
            },
            2
        )]
    );
    none(Keys::Header, "/^Subject:.*special offer/ HOLD\n/^Subject:.*offer/ REJECT\n");
    none(Keys::Header, "/^Subject: offer/ HOLD\n/^Subject:  offer/ REJECT\n/offer$/ REJECT\n");
}

#[test]
fn several_earlier_rules_answer_all_together() {
    let source = "/x/ A\n/^From:/ B\n/^To:/ C\n/^Cc:/ D\n/^(To|From):.*y/ E\n";
    assert_eq!(dead(Keys::Header, source), [(5, vec![2, 3])]);
    none(Keys::Header, "/^From:/ B\n/^Cc:/ D\n/^(To|From):.*y/ E\n");
    // The line that answers the key need not be one of the fewest.
    let source = "/^a:b/ A\n/^a:b/ B\n/^a:/ C\n/^a:.*c/ D\n";
    assert_eq!(dead(Keys::Header, source), [(2, vec![1]), (4, vec![3])]);
    assert_eq!(dead(Keys::BodyLine, "/a/ X\n!/a/ Y\n/b/ Z\n"), [(3, vec![1, 2])]);
}

#[test]
fn only_rules_that_log() {
    let only = |keys, source: &str| match found(keys, source).as_slice() {
        [(RuleProblem::NeverFires { only_log, .. } | RuleProblem::SameAs { only_logs: only_log, .. }, _)] => *only_log,
        other => panic!("{other:?}"),
    };
    assert!(only(Keys::Header, "/^Subject:/ WARN\n/^Subject:.*x/ REJECT\n"));
    assert!(only(Keys::BodyLine, "/a/ info a text\n/b/ warn\n/ab/ REJECT\n"));
    assert!(only(Keys::Header, "/^Subject:.*x/ WARN\n/^Subject:.*x/ REJECT\n"));
    assert!(!only(Keys::Header, "/^From:/ WARN\n/^To:/ DUNNO\n/^(From|To):.*x/ REJECT\n"));
    assert!(!only(Keys::Header, "/^Subject:/ WARNING\n/^Subject:.*x/ REJECT\n"));
    assert!(!only(Keys::Access, "/a/ WARN\n/ab/ REJECT\n"));
}

#[test]
fn blocks_count() {
    // What stands in a block answers what enters it only.
    none(Keys::Header, "if /^Subject:/\n/x/ A\nendif\n/x/ B\n");
    assert_eq!(dead(Keys::Header, "if /^Subject:/\n/x/ A\nendif\n/^Subject:.*x/ B\n"), [(4, vec![2])]);
    assert_eq!(dead(Keys::Header, "/x/ A\nif /^Subject:/\n/xy/ B\nendif\n"), [(3, vec![1])]);
    assert_eq!(dead(Keys::Header, "if /^Subject:/\n/./ A\n/xy/ B\nendif\n"), [(3, vec![2])]);
    none(Keys::Header, "if !/^Subject:/\n/x/ A\nendif\n/^Subject:.*x/ B\n");
    let source = "if /^Subject:/\n/x/ A\nendif\nif !/^Subject:/\n/x/ B\nendif\n/xy/ C\n";
    assert_eq!(dead(Keys::Header, source), [(7, vec![2, 5])]);
    // A rule in a block has the same keys as one that says it all at once.
    let same = found(Keys::Header, "if /^a:/\n/x/ A\nendif\n/^a:.*x/ B\n");
    assert!(matches!(same[..], [(RuleProblem::SameAs { line: 2, .. }, 4)]), "{same:?}");
}

#[test]
fn pairs_count() {
    let dead = |source| dead(Keys::BodyLine, source);
    assert_eq!(dead("/a/!/b/ X\n/^a$/ Y\n"), [(2, vec![1])]);
    none(Keys::BodyLine, "/a/!/b/ X\n/ab/ Y\n");
    assert_eq!(dead("/a/!/b/ X\n/b/ Y\n/ca/ Z\n"), [(3, vec![1, 2])]);
    assert_eq!(dead("/a/ X\n/a/!/b/ Y\n"), [(2, vec![1])]);
}

#[test]
fn the_same_keys() {
    let same = |source: &str| match found(Keys::Header, source).as_slice() {
        [(RuleProblem::SameAs { line, key, .. }, 2)] => (*line, String::from_utf8_lossy(key).into_owned()),
        other => panic!("{other:?}"),
    };
    assert_eq!(same("/^x:/ A\n/^x:/ B\n"), (1, "x:".into()));
    assert_eq!(same("/^(x|y):/ A\n/^[yx]:.*/ B\n"), (1, "x:".into()));
    assert_eq!(same("!/a/ A\n!/a+/ B\n"), (1, "b:".into()));
    // Not so where case is told apart.
    assert_eq!(dead(Keys::Header, "/^x:/i A\n/^x:/ B\n"), []);
}

#[test]
fn a_rule_that_matches_everything() {
    let all = |line| (RuleProblem::Everything, line);
    for keys in [Keys::Header, Keys::BodyLine, Keys::Access, Keys::Client, Keys::Unknown] {
        assert_eq!(found(keys, "/^/ DUNNO\n/ab/ REJECT\n/bc/ REJECT\n"), [all(1)], "{keys:?}");
        assert_eq!(found(keys, "/./ DUNNO\n/ab/ REJECT\n"), [all(1)], "{keys:?}");
        assert_eq!(found(keys, "/ab/ REJECT\n/./ DUNNO\n"), [], "{keys:?}");
    }
    assert_eq!(found(Keys::Header, "/:/ DUNNO\n/ab/ REJECT\n"), [all(1)]);
    assert_eq!(found(Keys::Header, "!/^:/ DUNNO\n/ab/ REJECT\n"), [all(1)]);
    none(Keys::BodyLine, "/:/ DUNNO\n/ab/ REJECT\n");
    // Rules that are dead without it are so for their own reasons.
    assert_eq!(
        found(Keys::BodyLine, "/a/ X\n/^/ Y\n/ab/ Z\n/c/ Z\n").iter().map(|(_, line)| *line).collect::<Vec<_>>(),
        [2, 3]
    );
    assert_eq!(dead(Keys::BodyLine, "/a/ X\n/^/ Y\n/ab/ Z\n"), [(3, vec![1])]);
}

#[test]
fn clients_are_said_once() {
    // Another finding says that addresses are never asked for here.
    none(Keys::Client, "/[a-z_]/ DUNNO\n/^[0-9a-z_-]+$/ DUNNO\n/^192\\.0\\.2\\.1$/ REJECT\n");
    assert_eq!(dead(Keys::Client, "/\\.example$/ A\n/dial.*\\.example$/ B\n"), [(2, vec![1])]);
    // No client is looked up like that, which another finding says.
    none(Keys::Client, "/^\\[192\\.0\\.2\\.1\\]$/ OK\n");
    // A name is never one of digits and dots alone.
    assert_eq!(dead(Keys::Client, "/[a-z]/ A\n/^[0-9.]+$/ B\n/_$/ C\n/-1-.*x/ D\n"), [(4, vec![1])]);
}

#[test]
fn no_key_at_all() {
    use NoKeyReason::*;
    for keys in [Keys::Header, Keys::BodyLine, Keys::Access, Keys::Unknown] {
        no_key(keys, "/a^b/ X\n", Nothing);
        if keys != Keys::Unknown {
            no_key(keys, "/costs $100/ X\n", Nothing);
        }
        no_key(keys, "!/^/ X\n", Nothing);
        no_key(keys, "!/./ X\n", EmptyKey);
    }
    no_key(Keys::BodyLine, "/^$/ X\n", EmptyKey);
    assert_eq!(in_table(TableKind::Regexp, Keys::Unknown, "/^$/ X\n"), [(RuleProblem::NoKey { why: EmptyKey }, 1)]);
    // PCRE's $ stands before a newline at the end, too.
    assert_eq!(in_table(TableKind::Pcre, Keys::Unknown, "/^$/ X\n"), []);
    no_key(Keys::Header, "/^Subject / X\n", NoHeader);
    no_key(Keys::Header, "/^ foo/ X\n", NoHeader);
    no_key(Keys::Header, "/^Subject$/ X\n", NoHeader);
    none(Keys::Header, "/^Subject/ X\n/^sub.*: x$/ X\n");
    none(Keys::BodyLine, "/^Subject / X\n");
    for pattern in ["/a\\nb/ X\n", "/^a\\n/ X\n", "/\\n\\t/ X\n"] {
        assert_eq!(
            in_table(TableKind::Pcre, Keys::BodyLine, pattern),
            [(RuleProblem::NoKey { why: LineBreak }, 1)],
            "{pattern}"
        );
    }
    assert_eq!(in_table(TableKind::Pcre, Keys::Header, "/:a\\n b/ X\n/:a$\\n c/m X\n"), []);
    assert_eq!(
        in_table(TableKind::Pcre, Keys::Header, "/:a\\nb/ X\n/:a$\\n b/ X\n"),
        [1, 2].map(|line| (RuleProblem::NoKey { why: NoHeader }, line))
    );
    assert_eq!(in_table(TableKind::Pcre, Keys::Unknown, "/a\\nb/ X\n"), []);
}

#[test]
fn conditions_that_together_have_no_key() {
    let together = |line| (RuleProblem::NoKey { why: NoKeyReason::Together }, line);
    assert_eq!(
        found(Keys::Header, "if /^From:/\nif /^To:/\n/x/ A\n/y/ B\nendif\n/^Cc:/ C\n/x/ D\nendif\n"),
        [together(2), together(6)]
    );
    assert_eq!(found(Keys::BodyLine, "/^a/!/./ A\n"), [(RuleProblem::NoKey { why: NoKeyReason::EmptyKey }, 1)]);
    assert_eq!(found(Keys::BodyLine, "/^ab/!/a/ A\n"), [together(1)]);
    none(Keys::Unknown, "if /^From:/\n/To:/ A\nendif\n");
}

#[test]
fn newlines_in_headers() {
    // Without the flag m, a dot goes on where a header is folded.
    assert_eq!(dead(Keys::Header, "/^a:.*b/ A\n/^a:.*c.*b/ B\n"), [(2, vec![1])]);
    // With it, not so in a regexp: table.
    assert_eq!(in_table(TableKind::Regexp, Keys::Header, "/^a:.*b/m A\n/^a:.*c.*b/ B\n"), []);
    // And ^ stands at each line.
    assert_eq!(in_table(TableKind::Regexp, Keys::Header, "/^.a/ A\n/^.a/m B\n"), []);
    assert_eq!(in_table(TableKind::Pcre, Keys::Header, "/^ a/m A\n"), []);
    no_key(Keys::BodyLine, "/a^b/m A\n", NoKeyReason::Nothing);
    assert_eq!(in_table(TableKind::Pcre, Keys::Header, "/^a:.*b/s A\n/^a:.*c.*b/ B\n"), []);
    // A header has no newline at its end.
    assert_eq!(in_table(TableKind::Pcre, Keys::Header, "/^a:b$/E A\n/^a:b$/ B\n").len(), 1);
    assert_eq!(in_table(TableKind::Pcre, Keys::Unknown, "/^a:b$/E A\n/^a:b$/ B\n"), []);
    // Nothing is claimed where a key may end in a newline.
    assert_eq!(in_table(TableKind::Pcre, Keys::Unknown, "/^a:b/m A\n/^a:b/m B\n"), []);
}

#[test]
fn what_no_automaton_tells_takes_no_part() {
    let pcre = |source| in_table(TableKind::Pcre, Keys::BodyLine, source);
    assert_eq!(pcre("/(?=a)a/ A\n/a/ B\n"), []);
    assert_eq!(pcre("/(?=a)a/ A\n/(?=a)a/ B\n"), []);
    assert_eq!(pcre("/a/ A\n/a(?=b)/ B\n"), []);
    assert_eq!(pcre("if /a(?!b)/\n/a/ A\n/a/ B\nendif\n/^c/ C\n/^cd/ D\n").len(), 1);
    assert_eq!(pcre("/(a)\\1/ A\n/aa/ B\n"), []);
    // A carriage return ends the lines of this one, so that its end may be before one.
    assert_eq!(pcre("/(*CR)^a$/ A\n/^a\\r?$/ B\n"), []);
    assert_eq!(in_table(TableKind::Regexp, Keys::BodyLine, "/(a)\\1/ A\n/aa/ B\n"), []);
}

/// PCRE2 gives up on the key "foofoobarfoofoo…" in the first rule, and then the second fires.
#[test]
fn a_rule_that_pcre_may_give_up_on_answers_nothing_for_sure() {
    let pcre = |keys, source| in_table(TableKind::Pcre, keys, source).len();
    let source = "/^a:.*foo.*bar/ A\n/^a:.*?foo.*?bar/ B\n";
    assert_eq!((pcre(Keys::Header, source), pcre(Keys::Unknown, source), pcre(Keys::BodyLine, source)), (0, 0, 1));
    // It gives up on the same pattern alike.
    assert_eq!(pcre(Keys::Header, "/^a:.*foo.*bar/ A\n/^a:.*foo.*bar/ B\n"), 1);
    assert_eq!(pcre(Keys::Header, "if /^a:.*foo.*bar/\n/b/ A\n/bc/ B\nendif\n"), 1);
}

#[test]
fn what_is_too_big_is_said() {
    let too_big = |rest, line| (RuleProblem::TooBig { rest }, line);
    assert_eq!(
        in_table(TableKind::Regexp, Keys::BodyLine, "/x.{300}a.{100}[bd].{100}c/ A\n/a.{200}b.{200}[ac].{300}/ B\n"),
        [too_big(false, 1), too_big(false, 2)]
    );
    assert_eq!(in_table(TableKind::Regexp, Keys::BodyLine, "/(a{1,255}b){1,255}c/ A\n/b/ B\n"), [too_big(false, 1)]);
}

#[test]
fn on_every_header() {
    let every = |source: &str, index| {
        let (table, _) = Table::parse(TableKind::Pcre, "t", source.as_bytes());
        fires_on_every_header(&table, index)
    };
    for source in ["/^/ PREPEND X: y\n", "/./ PREPEND X: y\n", "/:/ PREPEND X: y\n", "!/^ / PREPEND X: y\n"] {
        assert!(every(source, 0), "{source}");
    }
    assert!(every("if /:/\n/^/ PREPEND X: y\nendif\n", 1));
    assert!(!every("if /^Subject:/\n/^/ PREPEND X: y\nendif\n", 1));
    assert!(!every("/^Subject:/ PREPEND X: y\n", 0));
    assert!(!every("/^[a-z-]+:/ PREPEND X: y\n", 0));
    assert!(!every("/^/ PREPEND X: y\n", 1));
    assert!(!every("/(?=.)/ PREPEND X: y\n", 0));
}
