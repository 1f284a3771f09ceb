//! The grammar of regexp: tables.
//!
//! regexp_table(5), "TABLE FORMAT". (Postfix: `dict_regexp_parseline` and what it calls.) What each line is, where its
//! pattern and its flags end, and what a line that is none of these is called, is decided here; what a pattern means
//! is decided in [`crate::pattern`].

use postproof_model::{Consequence, Diagnostic, Problem, Span, UnknownReason};

use super::blocks::{Blocks, keyword};
use super::logical_line::LogicalLine;
use super::rule::{Condition, Op, Rule, Test};
use super::source::{Source, is_space, skip_space};
use super::substitution::Template;
use crate::pattern::{Pattern, PosixFlags};

/// What holds without flags: extended patterns that fold case. Each flag switches its own over.
const DEFAULT_FLAGS: PosixFlags = PosixFlags { extended: true, fold_case: true, newline: false };

/// Parses a whole table: the rules that Postfix keeps, and what it would say about the others.
pub(super) fn parse(source: &Source<'_>) -> (Vec<Rule>, Vec<Diagnostic>) {
    let mut parser = Parser { blocks: Blocks::new(source) };
    for line in source.logical_lines() {
        parser.logical_line(&line);
    }
    let (rules, mut diagnostics) = parser.blocks.finish();
    diagnostics.extend(back_references(source, &rules));
    (rules, diagnostics)
}

/// The patterns that Postfix keeps and nothing here runs yet: only back-references make a POSIX pattern irregular.
fn back_references(source: &Source<'_>, rules: &[Rule]) -> Vec<Diagnostic> {
    let irregular = |condition: &&Condition| condition.pattern().is_some_and(|pattern| pattern.hir().is_none());
    let found = rules.iter().flat_map(|rule| {
        let here = rule.conditions().filter(irregular);
        here.map(|condition| {
            source.diagnostic(Problem::BackReference, Consequence::Unknown, condition.source, rule.lines)
        })
    });
    found.collect()
}

struct Parser<'s> {
    blocks: Blocks<'s>,
}

/// A pattern as written, before it is compiled. Spans are within the logical line's text.
struct Written {
    negated: bool,
    flags: PosixFlags,
    pattern: Span,
    flag_span: Span,
}

/// A line's problem, before it has a place in the source.
type Refused = (Problem, Span);

impl Parser<'_> {
    fn say(&mut self, line: &LogicalLine, problem: Problem, consequence: Consequence, span: Span) {
        self.blocks.say(line, problem, consequence, span);
    }

    fn logical_line(&mut self, line: &LogicalLine) {
        let Some(text) = self.blocks.text(line).filter(|text| !text.is_empty()) else { return };
        if !text.first().is_some_and(u8::is_ascii_alphanumeric) {
            self.answer(line, text);
        } else if keyword(text, b"if") {
            self.open_if(line, text);
        } else if keyword(text, b"endif") {
            self.endif(line, text);
        } else {
            self.say(line, Problem::NotARule, Consequence::RuleDropped, Span::new(0, text.len()));
        }
    }

    fn answer(&mut self, line: &LogicalLine, text: &[u8]) {
        match self.parse_answer(line, text) {
            Ok((op, end)) => self.blocks.keep(line, Span::new(0, text.len()), op, Span::new(0, end)),
            Err((problem, span)) => self.say(line, problem, Consequence::RuleDropped, span),
        }
    }

    /// The rule and where its patterns end.
    fn parse_answer(&mut self, line: &LogicalLine, text: &[u8]) -> Result<(Op, usize), Refused> {
        let mut at = 0;
        let first = read_pattern(text, &mut at)?;
        let second = if text.get(at) == Some(&b'!') {
            at += 1;
            Some(read_pattern(text, &mut at)?)
        } else {
            None
        };
        let end = at;
        let start = skip_space(text, at);
        let result = text.get(start..).unwrap_or_default();
        if result.is_empty() {
            self.say(line, Problem::NoResult, Consequence::RuleKept, Span::new(0, text.len()));
        }
        let template = Template::parse(result).map_err(|(problem, span)| (problem, span.shifted(start)))?;
        let asked = template.highest_group();
        if asked > 0 && first.negated {
            return Err((Problem::GroupInNegated, Span::new(start, text.len())));
        }
        let condition = self.compile(line, text, &first)?;
        let second = second.as_ref().map(|written| self.compile(line, text, written)).transpose()?;
        if let Some(groups) = condition.pattern().map(Pattern::groups)
            && asked > groups
        {
            return Err((Problem::GroupOutOfRange { group: asked, groups }, Span::new(start, text.len())));
        }
        // The second pattern is what must not match.
        let second = second.map(|second| Condition { negated: !second.negated, ..second });
        Ok((Op::Answer { condition, second, result: template }, end))
    }

    fn open_if(&mut self, line: &LogicalLine, text: &[u8]) {
        let mut at = skip_space(text, 2);
        let written = read_pattern(text, &mut at);
        let condition = written.and_then(|written| {
            let extra = skip_space(text, at);
            if extra < text.len() {
                self.say(line, Problem::TextAfterIf, Consequence::TextIgnored, Span::new(extra, text.len()));
            }
            self.compile(line, text, &written)
        });
        match condition {
            Ok(condition) => {
                let start = skip_space(text, 2);
                self.blocks.open(line, Span::new(0, text.len()), condition, Span::new(start, at));
            }
            Err((problem, span)) => self.say(line, problem, Consequence::BlockUnconditional, span),
        }
    }

    fn compile(&mut self, line: &LogicalLine, text: &[u8], written: &Written) -> Result<Condition, Refused> {
        let source = text.get(written.pattern.start..written.pattern.end).unwrap_or_default();
        let test = match Pattern::posix(source, written.flags) {
            Ok(pattern) => Ok(Test::Pattern(pattern)),
            Err(error) if error.kind.is_own_limit() => {
                let problem = Problem::Pattern(error.kind);
                self.say(line, problem, Consequence::Unknown, error.span.shifted(written.pattern.start));
                Err(UnknownReason::Unsupported { what: String::from_utf8_lossy(source).into_owned() })
            }
            Err(error) => {
                return Err((Problem::Pattern(error.kind), error.span.shifted(written.pattern.start)));
            }
        };
        Ok(Condition {
            test,
            negated: written.negated,
            source: line.span_in_source(written.pattern),
            flags: line.span_in_source(written.flag_span),
        })
    }

    fn endif(&mut self, line: &LogicalLine, text: &[u8]) {
        let whole = Span::new(0, text.len());
        if !self.blocks.any_open() {
            self.say(line, Problem::EndifWithoutIf, Consequence::TextIgnored, whole);
            return;
        }
        let extra = skip_space(text, 5);
        if extra < text.len() {
            self.say(line, Problem::TextAfterEndif, Consequence::TextIgnored, Span::new(extra, text.len()));
        }
        self.blocks.close(line, whole);
    }
}

/// Reads `!/pattern/flags` from `at` on: negations, delimiter, pattern, flags. `at` ends after the flags.
///
/// (Postfix: `dict_regexp_get_pat`.)
fn read_pattern(text: &[u8], at: &mut usize) -> Result<Written, Refused> {
    let begin = *at;
    let mut negated = false;
    *at = skip_space(text, *at);
    while text.get(*at) == Some(&b'!') {
        negated = !negated;
        *at = skip_space(text, *at + 1);
    }
    let Some(&delimiter) = text.get(*at) else {
        return Err((Problem::NoPattern, Span::new(begin, text.len())));
    };
    let opened = *at;
    let start = opened + 1;
    *at = start;
    loop {
        match text.get(*at) {
            None => {
                let delimiter = shown(delimiter);
                return Err((Problem::NoClosingDelimiter { delimiter }, Span::new(opened, text.len())));
            }
            // A backslash as the last byte of the line ends the pattern as a delimiter would.
            Some(b'\\') if *at + 1 < text.len() => *at += 2,
            Some(b'\\') => break,
            Some(&byte) if byte == delimiter => break,
            Some(_) => *at += 1,
        }
    }
    let pattern = Span::new(start, *at);
    *at += 1;
    let flags_start = *at;
    let mut flags = DEFAULT_FLAGS;
    while let Some(&flag) = text.get(*at).filter(|&&byte| byte != b'!' && !is_space(byte)) {
        match flag {
            b'i' => flags.fold_case = !flags.fold_case,
            b'm' => flags.newline = !flags.newline,
            b'x' => flags.extended = !flags.extended,
            _ => {
                // Nearly always the delimiter stands inside the pattern: so the whole rest of the word is to blame.
                return Err((Problem::UnknownFlag { flag: shown(flag) }, Span::new(*at, *at + 1)));
            }
        }
        *at += 1;
    }
    Ok(Written { negated, flags, pattern, flag_span: Span::new(flags_start, *at) })
}

/// A byte as a character for people: bytes from 0x80 up are parts of characters or of another encoding.
fn shown(byte: u8) -> char {
    if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Table;
    use postproof_model::{Answer, TableKind};

    /// What postmap 3.7.11 keeps and drops; that it answers `abba` with the first rule is not followed here yet.
    #[test]
    fn a_back_reference_is_said_and_makes_the_answer_unknown() {
        let (table, said) = Table::parse(TableKind::Regexp, "t", b"/^(.)(.)\\2\\1$/ PAL\n/(a)\\1/ $2\n/(/ x\n");
        let said: Vec<_> = said.iter().map(|found| (&found.problem, found.consequence, found.place.line)).collect();
        let dropped = Problem::GroupOutOfRange { group: 2, groups: 1 };
        let broken = Problem::Pattern(postproof_model::PatternErrorKind::UnclosedGroup);
        assert_eq!(
            said,
            [
                (&dropped, Consequence::RuleDropped, 2),
                (&broken, Consequence::RuleDropped, 3),
                (&Problem::BackReference, Consequence::Unknown, 1)
            ]
        );
        let Answer::Unknown { reason, .. } = table.lookup(b"abba") else { panic!("a guess") };
        assert_eq!(reason, UnknownReason::Unsupported { what: "^(.)(.)\\2\\1$".to_owned() });
    }
}
