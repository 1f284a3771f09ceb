//! The grammar of cidr: tables.
//!
//! cidr_table(5), "TABLE FORMAT". (Postfix: `dict_cidr_parse_rule`.) A rule is one address or network and a result;
//! unlike in regexp: tables, whatever is wrong with a line drops it, an `endif` with text after it included.

use postproof_model::{Consequence, Diagnostic, NetworkProblem, Problem, Span};

use super::blocks::{Blocks, keyword};
use super::logical_line::LogicalLine;
use super::network::Network;
use super::rule::{Condition, Op, Rule, Test};
use super::source::{Source, is_space, skip_space};
use super::substitution::Template;

/// Parses a whole table: the rules that Postfix keeps, and what it would say about the others.
pub(super) fn parse(source: &Source<'_>) -> (Vec<Rule>, Vec<Diagnostic>) {
    let mut blocks = Blocks::new(source);
    for line in source.logical_lines() {
        let Some(text) = blocks.text(&line) else { continue };
        if let Err((problem, consequence, span)) = rule(&mut blocks, &line, text) {
            blocks.say(&line, problem, consequence, span);
        }
    }
    blocks.finish()
}

type Refused = (Problem, Consequence, Span);

fn rule(blocks: &mut Blocks<'_>, line: &LogicalLine, text: &[u8]) -> Result<(), Refused> {
    let whole = Span::new(0, text.len());
    let dropped = |(problem, span)| (Problem::Network(problem), Consequence::RuleDropped, span);
    if keyword(text, b"endif") {
        let extra = skip_space(text, 5);
        if extra < text.len() {
            return Err((Problem::TextAfterEndif, Consequence::RuleDropped, Span::new(extra, text.len())));
        }
        if !blocks.any_open() {
            return Err((Problem::EndifWithoutIf, Consequence::TextIgnored, whole));
        }
        blocks.close(line, whole);
        return Ok(());
    }
    if keyword(text, b"if") {
        let start = skip_space(text, 2);
        let condition = condition(blocks, line, text, Span::new(start, text.len()))
            .map_err(|(problem, span)| (Problem::Network(problem), Consequence::BlockUnconditional, span))?;
        blocks.open(line, whole, condition, Span::new(start, text.len()));
        return Ok(());
    }
    let first = skip_negations(text, 0).0;
    let end = first + text.get(first..).unwrap_or_default().iter().take_while(|&&byte| !is_space(byte)).count();
    let condition = condition(blocks, line, text, Span::new(0, end)).map_err(dropped)?;
    let result = text.get(skip_space(text, end)..).unwrap_or_default();
    if result.is_empty() {
        return Err((Problem::NoResult, Consequence::RuleDropped, whole));
    }
    let op = Op::Answer { condition, second: None, result: Template::literal(result) };
    blocks.keep(line, whole, op, Span::new(0, end));
    Ok(())
}

/// Where the network begins after exclamation marks and white space from `at` on, and whether it is negated.
fn skip_negations(text: &[u8], at: usize) -> (usize, bool) {
    let (mut at, mut negated) = (at, false);
    while text.get(at) == Some(&b'!') {
        negated = !negated;
        at = skip_space(text, at + 1);
    }
    (at, negated)
}

/// Reads `!network`.
fn condition(
    blocks: &mut Blocks<'_>,
    line: &LogicalLine,
    text: &[u8],
    whole: Span,
) -> Result<Condition, (NetworkProblem, Span)> {
    let (at, negated) = skip_negations(text, whole.start);
    if at >= whole.end {
        return Err((NetworkProblem::Missing, whole));
    }
    let span = Span::new(at, whole.end);
    let written = text.get(span.start..span.end).unwrap_or_default();
    let read = Network::parse(written).map_err(|(problem, span)| (problem, span.shifted(at)))?;
    if let Some((problem, span)) = read.wrapped {
        blocks.say(line, Problem::Network(problem), Consequence::Silent, span.shifted(at));
    }
    let source = line.span_in_source(span);
    let flags = Span::new(source.end, source.end);
    Ok(Condition { test: Ok(Test::Network(read.network)), negated, source, flags })
}
