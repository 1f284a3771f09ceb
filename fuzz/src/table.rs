//! A table, whatever stands in it: there is always a table, and what is wrong with it stands somewhere in it.

use postproof_model::{TableKind, TableSource};
use postproof_rules::lint;
use postproof_rules::table::rule::{Op, Rule};
use postproof_rules::table::{MapSpec, Opener, Table, Wanted};

use super::answer::assert_answers;
use super::span::{Text, assert_within, contains};

/// Keys that cost little, one for each kind of thing that tables hold.
const KEYS: &[&[u8]] = &[b"", b"a", b"Key", b"Subject: hello", b"192.0.2.7", b"2001:db8::7", b"\xe9\xff"];

/// Which programs open it.
const OPENERS: &[Opener] = &[Opener::POSTMAP, Opener::CONTENT];

/// What the source is read as. `A` is a regexp: table's file; the last is `TYPE:NAME`, with rules in place of the name
/// perhaps.
const FORMS: &[Option<TableKind>] = &[
    Some(TableKind::Regexp),
    Some(TableKind::Pcre),
    Some(TableKind::Cidr),
    Some(TableKind::Texthash),
    Some(TableKind::Hash),
    Some(TableKind::Lmdb),
    Some(TableKind::Inline),
    Some(TableKind::Pipemap),
    None,
];

/// The first byte chooses the form, and the rest is the source.
pub fn check(input: &[u8]) {
    let Some((&form, source)) = super::choice(input, FORMS) else { return };
    for &opener in OPENERS {
        match form {
            Some(kind) => {
                let (table, diagnostics) = Table::parse_as(opener, kind, "table", source);
                let is_file = matches!(kind.source(), TableSource::Rules | TableSource::Entries);
                let text = Text::new(table.source(), is_file);
                if is_file {
                    assert_eq!(table.source(), source);
                }
                diagnostics.iter().for_each(|diagnostic| text.assert_diagnostic(diagnostic));
                assert_table(&table, &text);
            }
            None => assert_spec(source, opener),
        }
    }
}

/// A table's name, and a list of them.
fn assert_spec(source: &[u8], opener: Opener) {
    let specs = MapSpec::parse_list(source);
    for spec in specs.into_iter().chain([MapSpec::parse(source)]) {
        assert_within(spec.span(), source.len(), &spec);
        // Files hold what the whole text holds: some of it may be rules.
        let mut files = 0;
        let opened = spec.open(opener, &mut |wanted| {
            let Wanted::File(_) = wanted else { return Err("no answers".to_owned()) };
            files += 1;
            if files % 2 == 1 { Ok(b"a b\n/a/ b\n".to_vec()) } else { Err("no such file".to_owned()) }
        });
        assert!(files <= spec.files().len(), "{files} files read, {:?} named", spec.files());
        let text = Text::new(source, false);
        let in_file = |name: &str| spec.files().contains(&name);
        for diagnostic in opened.diagnostics.iter().filter(|diagnostic| !in_file(&diagnostic.place.file)) {
            text.assert_diagnostic(diagnostic);
        }
        if files == 0 {
            assert_table(&opened.table, &text);
        } else {
            for key in KEYS {
                assert_eq!(opened.table.trace(key).answer, opened.table.lookup(key));
            }
        }
    }
}

fn assert_table(table: &Table, text: &Text<'_>) {
    for finding in lint::table(table) {
        // A table in place of a file's name is one stretch of its text, and lint reads all of that as lines.
        text.assert_diagnostic(&finding);
    }
    let mut at = 0;
    for (index, rule) in table.rules().iter().enumerate() {
        assert_rule(rule, table.rules().len(), table, text);
        text.assert_rule(&table.rule_ref(index));
        assert!(at <= rule.span.start, "{rule:?} starts before {at}");
        at = rule.span.end;
    }
    for key in KEYS {
        assert_answers(table, key, text);
    }
}

fn assert_rule(rule: &Rule, rules: usize, table: &Table, text: &Text<'_>) {
    text.assert_on(rule.span, rule.lines, rule);
    assert!(contains(rule.span, rule.pattern), "{rule:?}");
    if let Op::If { end, .. } = rule.op {
        assert!(end <= rules, "{rule:?}");
    }
    for condition in rule.conditions() {
        assert_within(condition.source, table.source().len(), condition);
        assert_within(condition.flags, table.source().len(), condition);
        assert!(contains(rule.span, condition.source) && contains(rule.span, condition.flags), "{rule:?}");
    }
}
