//! Slips that Postfix says nothing about: the rule is valid, and does something other than what was meant.
//!
//! | slip | file |
//! |---|---|
//! | `/~From:/`, a tilde where a caret was meant | [`tilde`] |
//! | `/x/i`, which switches case folding off | [`folding`] |
//! | `{,3}` in a pcre: table, which is no count for every PCRE2 | [`count`] |
//! | rules that never fire, that match everything or nothing | [`proof`] |
//! | an indented rule, which the line above swallows | [`swallowed`] |
//! | patterns of client tables that no client matches, or that meet an address unawares | [`clients`] |
//! | `\d` in a regexp: table | [`escapes`] |
//! | the flags `x`, `s` and `m` | [`flags`] |
//! | words in brackets, over a fold, encoded | [`words`] |
//! | domains' names with bare dots and loose ends | [`domains`] |
//! | actions that do not exist here, texts that are none | [`results`] |
//! | rules whose keys another table is asked for | [`keys`] |
//! | characters that look like others, line ends | [`text`] |
//!
//! What mends one, where that is certain: [`fix`]. What comments leave out: [`Suppressions`]. A main.cf with all that it
//! names: [`configuration`].
//!
//! Some depend on who asks a table: that is a [`Reader`].

use std::collections::HashSet;

use postproof_model::{
    Consequence, Diagnostic, KeyProblem, Lines, NoKeyReason, Problem, RuleProblem, SlipProblem, Span,
};

use crate::table::Table;
use crate::table::source::Source;
pub use clients::client_table;
pub use configuration::configuration;
pub use fix::fix;
pub use reader::{Around, Reader};
pub use suppress::Suppressions;

pub(crate) mod clients;
mod configuration;
mod count;
mod domains;
mod escapes;
mod fix;
mod flags;
mod folding;
mod keys;
mod names;
mod place;
pub mod proof;
mod reader;
mod results;
mod suppress;
mod swallowed;
mod text;
mod tilde;
mod words;

/// The slips of a table, in the order of its lines.
#[must_use]
pub fn table(table: &Table) -> Vec<Diagnostic> {
    let source = Source::new(table.name(), table.source());
    let mut found: Vec<(Problem, Consequence, Span, Lines)> = Vec::new();
    for rule in table.rules() {
        for condition in rule.conditions() {
            let findings = [tilde::find(&source, condition), folding::find(&source, condition), count::find(condition)];
            let silent = |(problem, span)| (problem, Consequence::Silent, span, rule.lines);
            found.extend(findings.into_iter().flatten().map(silent));
        }
    }
    found.extend(swallowed::find(&source));
    found.sort_by_key(|(_, _, span, _)| *span);
    let say = |(problem, consequence, span, lines)| source.diagnostic(problem, consequence, span, lines);
    found.into_iter().map(say).collect()
}

/// All that can be said of a table that is asked by `reader`, in the order of its lines: the slips of [`table`], and those
/// that depend on who asks.
#[must_use]
pub fn asked(asked: &Table, reader: Reader, around: &Around) -> Vec<Diagnostic> {
    let source = Source::new(asked.name(), asked.source());
    let mut found = table(asked);
    let mut say = |problem, consequence, span, lines| found.push(source.diagnostic(problem, consequence, span, lines));
    for (problem, span, lines) in text::find(&source, asked.rules()) {
        say(problem, Consequence::Silent, span, lines);
    }
    let addresses = keys::Addresses::new(reader);
    for (index, rule) in asked.rules().iter().enumerate() {
        let mut silent = Vec::new();
        for condition in rule.conditions() {
            silent.extend(escapes::find(condition));
            silent.extend(flags::find(&source, condition, reader));
            silent.extend(words::find(condition, reader));
            silent.extend(domains::find(condition, reader));
        }
        silent.extend(keys::find(&source, asked, rule, reader, around, &addresses));
        for (problem, span) in silent {
            say(problem, Consequence::Silent, span, rule.lines);
        }
        for (problem, consequence, span) in results::find(&source, (asked, index), rule, reader, around) {
            say(problem, consequence, span, rule.lines);
        }
    }
    // With a main.cf, the server that it makes tells these.
    if around.classes.is_none() {
        match reader {
            Reader::Client => found.extend(client_table(asked)),
            Reader::ReverseClient => found.extend(results::forbidden_ok(&source, asked)),
            _ => {}
        }
    }
    let proved = proof::rules(asked, keys_of(reader));
    // What no key matches, no sender does, either.
    let no_key = |lines: Lines| {
        let is = |proved: &Diagnostic| matches!(proved.problem, Problem::Rule(RuleProblem::NoKey { .. }));
        proved.iter().any(|proved| proved.place.lines == lines && is(proved))
    };
    found.retain(|found| {
        !matches!(found.problem, Problem::Key(KeyProblem::NoSender | KeyProblem::NoRecipient))
            || !no_key(found.place.lines)
    });
    // Where an escape is to blame for it, that is what to mend.
    let blamed = |lines: Lines| {
        let is =
            |found: &Diagnostic| matches!(&found.problem, Problem::Slip(SlipProblem::NotAnEscape { means: None, .. }));
        found.iter().any(|found| found.place.lines == lines && is(found))
    };
    let nothing = Problem::Rule(RuleProblem::NoKey { why: NoKeyReason::Nothing });
    let proved: Vec<Diagnostic> =
        proved.into_iter().filter(|proved| proved.problem != nothing || !blamed(proved.place.lines)).collect();
    found.extend(proved);
    for inner in asked.tables() {
        found.extend(self::asked(inner, reader, around));
    }
    once(found)
}

/// Findings from several sides in the order of their files, each once. What is after an if, where that is a rule that belongs
/// on a line of its own, is told as that.
#[must_use]
pub fn once(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let of = |found: &Diagnostic| (found.place.file.clone(), found.place.span);
    let swallowed: HashSet<(String, Span)> =
        found.iter().filter(|found| found.problem == Problem::SwallowedRule).map(of).collect();
    found.retain(|found| {
        !matches!(found.problem, Problem::TextAfterIf | Problem::TextAfterEndif) || !swallowed.contains(&of(found))
    });
    found.sort_by(|one, other| {
        let key = |found: &Diagnostic| (of(found), found.problem.code());
        key(one).cmp(&key(other))
    });
    found.dedup();
    found
}

/// The keys that a reader asks for.
const fn keys_of(reader: Reader) -> proof::Keys {
    match reader {
        _ if reader.is_header() => proof::Keys::Header,
        _ if reader.is_body() => proof::Keys::BodyLine,
        Reader::Client => proof::Keys::Client,
        _ if reader.is_access() => proof::Keys::Access,
        _ => proof::Keys::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::TableKind;

    fn found(source: &str) -> Vec<(Problem, usize, usize)> {
        found_in(TableKind::Regexp, source)
    }

    fn found_in(kind: TableKind, source: &str) -> Vec<(Problem, usize, usize)> {
        let (parsed, _) = Table::parse(kind, "t", source.as_bytes());
        let said = table(&parsed);
        said.into_iter().map(|found| (found.problem, found.place.line, found.place.column)).collect()
    }

    #[test]
    fn a_tilde_for_a_caret() {
        assert_eq!(found("/~From:.*example\\.net>/ REJECT\n"), [(Problem::TildeForCaret, 1, 2)]);
        assert_eq!(found("if /~Received:/\n/by/ DUNNO\nendif\n"), [(Problem::TildeForCaret, 1, 5)]);
        // A tilde may be the delimiter, or be meant.
        assert_eq!(found("~^From:~ REJECT\n/a~b/ DUNNO\n/~[0-9]/ DUNNO\n/~~~/ DUNNO\n"), []);
    }

    #[test]
    fn the_flag_i_switches_folding_off() {
        assert_eq!(found("/casino/i REJECT\n"), [(Problem::FoldingOff, 1, 9)]);
        assert_eq!(found("/casino/ii REJECT\n/casino/m REJECT\n/casino/ REJECT\n"), []);
        assert_eq!(found("/a/!/b/i REJECT\n"), [(Problem::FoldingOff, 1, 8)]);
        assert_eq!(found("/^[A-Za-z]+ casino/i REJECT\n"), [(Problem::FoldingOff, 1, 20)]);
    }

    #[cfg(feature = "decode")]
    #[test]
    fn rules_for_what_is_encoded_are_meant_to_tell_case_apart() {
        use postproof_model::encoded::Charset;
        for kind in [TableKind::Regexp, TableKind::Pcre] {
            for phrase in ["unbelievable offer", "カジノ", "Casino は当選"] {
                let made = crate::encode::rules(phrase, &Charset::ALL, kind, "REJECT").unwrap();
                for rule in made.rules {
                    let source = [rule.text.0.as_slice(), b"\n"].concat();
                    let (parsed, _) = Table::parse(kind, "t", &source);
                    assert_eq!(table(&parsed), [], "{}", rule.text.lossy());
                }
            }
        }
    }

    #[test]
    fn a_count_without_a_lower_one_is_text_for_some() {
        let found = |source| found_in(TableKind::Pcre, source);
        assert_eq!(found("/xa{,3}b/ REJECT\n"), [(Problem::CountByVersion, 1, 4)]);
        assert_eq!(found("/^(?:a{,12})/\n REJECT\n"), [(Problem::CountByVersion, 1, 7)]);
        assert_eq!(found("/a{0,3}/ X\n/a\\{,3}/ X\n/[a{,3}]/ X\n/a{,}/ X\n/a{,x}/ X\n/\\Q{,3\\E/ X\n"), []);
    }

    #[test]
    fn an_indented_rule_is_swallowed() {
        assert_eq!(found("/a/ REJECT\n  /b/ DUNNO\n"), [(Problem::SwallowedRule, 2, 3)]);
        assert_eq!(found("if /a/\n  /b/ DUNNO\nendif\n"), [(Problem::SwallowedRule, 2, 3)]);
        assert_eq!(found("/a/ REJECT see\n  http://example.org/x for more\n"), []);
    }
}
