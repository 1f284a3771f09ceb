//! What results say, beside what they look like: actions that do not exist where the table is asked, texts that are none.

use postproof_model::{
    Action, Consequence, Diagnostic, Effect, Problem, Refusal, RestrictionProblem, ResultProblem, Span,
};

use super::names;
use super::place;
use super::proof::fires_on_every_header;
use super::reader::{Around, Reader};
use crate::action::{access, content};
use crate::maincf::defaults::near;
use crate::smtpd::restriction_exists;
use crate::table::Table;
use crate::table::rule::{Op, Rule};
use crate::table::source::{Source, is_space};

type Found = (ResultProblem, Consequence, Span);

/// What is wrong with a rule's result.
pub(super) fn find(
    source: &Source<'_>,
    at: (&Table, usize),
    rule: &Rule,
    reader: Reader,
    around: &Around,
) -> Vec<(Problem, Consequence, Span)> {
    let Op::Answer { .. } = &rule.op else { return Vec::new() };
    let (span, text) = place::result(source, rule);
    if text.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Found> = Vec::new();
    if reader.content().is_some() {
        found.extend(content_result(at, rule, reader, text, span));
    } else if reader.is_access() {
        found.extend(access_result(reader, around, text, span));
    }
    if reader != Reader::Unknown {
        found.extend(comment(text, span));
    }
    found.into_iter().map(|(problem, consequence, span)| (Problem::Result(problem), consequence, span)).collect()
}

/// The first word of a result.
fn word(text: &[u8]) -> &[u8] {
    text.split(|&byte| is_space(byte)).next().unwrap_or_default()
}

/// What follows it, and where.
fn after_word(text: &[u8], span: Span) -> (&[u8], Span) {
    let skip = word(text).len();
    let rest = text.get(skip..).unwrap_or_default();
    let blanks = rest.iter().take_while(|&&byte| is_space(byte)).count();
    (rest.get(blanks..).unwrap_or_default(), Span::new((span.start + skip + blanks).min(span.end), span.end))
}

/// Groups as some text, so that what is around them can be read.
fn filled(text: &[u8]) -> Vec<u8> {
    text.iter().map(|&byte| if byte == b'\n' { b' ' } else { byte }).collect()
}

fn content_result((table, index): (&Table, usize), rule: &Rule, reader: Reader, text: &[u8], span: Span) -> Vec<Found> {
    let Some((part, context)) = reader.content() else { return Vec::new() };
    let outcome = content::read_in(&filled(text), part, context);
    let written = word(text);
    let word_span = Span::new(span.start, span.start + written.len());
    let shown = || String::from_utf8_lossy(written).into_owned();
    let (rest, rest_span) = after_word(text, span);
    let rest_text = || String::from_utf8_lossy(rest).into_owned();
    let action = shown().to_ascii_uppercase();
    let mut found = Vec::new();
    if let Effect::Refused(refusal) = &outcome.effect {
        let (problem, span) = match refusal {
            // A group may be the action.
            Refusal::UnknownAction if written.contains(&b'$') => return found,
            Refusal::UnknownAction => (no_such_action(written), word_span),
            Refusal::NotHere => (ResultProblem::NotHere { action }, word_span),
            Refusal::NoFilterDestination if rest.contains(&b'$') => return found,
            Refusal::NoAddress if rest.contains(&b'$') => return found,
            Refusal::NotAHeader if rest.starts_with(b"$") => return found,
            Refusal::NoFilterDestination => (ResultProblem::NoDestination { text: rest_text() }, span),
            Refusal::NoAddress => (ResultProblem::NoAddress { action, text: rest_text() }, span),
            Refusal::NoText => (ResultProblem::NoText { action }, span),
            Refusal::NotAHeader => {
                let name =
                    rule.conditions().next().and_then(|condition| names::of(condition.pattern()?).into_iter().next());
                (ResultProblem::NotAHeader { action, name }, rest_span)
            }
        };
        found.push((problem, Consequence::NotDone, span));
        return found;
    }
    match outcome.action {
        Action::Reject => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let code = rest.get(..digits).unwrap_or_default();
            let ends = rest.get(digits).is_some_and(|&byte| is_space(byte));
            if digits == 3 && matches!(code.first(), Some(b'4' | b'5')) && ends {
                let code = String::from_utf8_lossy(code).into_owned();
                let span = Span::new(rest_span.start, rest_span.start + digits);
                found.push((ResultProblem::CodeInText { code }, Consequence::Silent, span));
            }
            if let Some(length) = content::status_length(rest).filter(|_| rest.starts_with(b"2")) {
                let status = String::from_utf8_lossy(rest.get(..length).unwrap_or_default()).into_owned();
                let span = Span::new(rest_span.start, rest_span.start + length);
                found.push((ResultProblem::SuccessInText { status }, Consequence::Silent, span));
            }
        }
        Action::Replace | Action::Prepend => {
            let escape = memchr::memchr_iter(b'\\', rest)
                .find(|at| matches!(rest.get(at + 1), Some(b'n' | b'r' | b't' | b'1'..=b'9')));
            if let Some(at) = escape {
                let written = String::from_utf8_lossy(rest.get(at..at + 2).unwrap_or_default()).into_owned();
                let span = Span::new(rest_span.start + at, rest_span.start + at + 2);
                found.push((ResultProblem::EscapeInText { written }, Consequence::Silent, span));
            }
            if outcome.action == Action::Prepend && reader.is_header() && fires_on_every_header(table, index) {
                found.push((ResultProblem::PrependEverywhere, Consequence::Silent, word_span));
            }
        }
        _ => {}
    }
    found
}

/// The action that a person mistyped; a word of few letters is near to too many.
fn like(word: &str, actions: impl Iterator<Item = &'static str>) -> Option<String> {
    let long = actions.filter(|action| word.len() >= 4 && action.len() >= 4);
    near(word, long).map(str::to_owned)
}

fn no_such_action(written: &[u8]) -> ResultProblem {
    let word = String::from_utf8_lossy(written).into_owned();
    let upper = word.to_ascii_uppercase();
    if matches!(written, [b'2' | b'4' | b'5', second, third] if second.is_ascii_digit() && third.is_ascii_digit()) {
        return ResultProblem::ReplyCode { code: word };
    }
    if access::names().any(|name| name == upper) || restriction_exists(&word.to_ascii_lowercase()) {
        return ResultProblem::AccessAction { word };
    }
    let like = like(&upper, content::names());
    ResultProblem::NoSuchAction { word, like }
}

fn access_result(reader: Reader, around: &Around, text: &[u8], span: Span) -> Vec<Found> {
    let (action, _) = access::parse(&filled(text));
    let written = word(text);
    let word_span = Span::new(span.start, span.start + written.len());
    let shown = String::from_utf8_lossy(written).into_owned();
    match action {
        Action::Ok | Action::AllDigits if reader == Reader::ReverseClient => Vec::new(),
        // The address of a network in an indexed table is a key, and what stands after it a list's date, say.
        Action::AllDigits if reader != Reader::OtherAccess => {
            vec![(ResultProblem::DigitsAlone { digits: shown }, Consequence::Silent, span)]
        }
        Action::Restriction(_) if !written.contains(&b'$') => {
            let upper = shown.to_ascii_uppercase();
            if ["IGNORE", "STRIP", "REPLACE", "PASS"].contains(&upper.as_str()) {
                return vec![(ResultProblem::ContentAction { word: shown }, Consequence::ServerError, word_span)];
            }
            let lower = shown.to_ascii_lowercase();
            let known = restriction_exists(&lower)
                || lower.contains(':')
                || around.classes.as_ref().is_some_and(|classes| classes.contains(&shown));
            let like = like(&upper, access::names());
            // Without a main.cf any word may be a restriction class.
            if known || (around.classes.is_none() && like.is_none()) {
                return Vec::new();
            }
            vec![(ResultProblem::NoSuchRestriction { word: shown, like }, Consequence::ServerError, word_span)]
        }
        _ => Vec::new(),
    }
}

/// A `#` after white space, and white space or a letter after it.
fn comment(text: &[u8], span: Span) -> Option<Found> {
    let at = memchr::memchr_iter(b'#', text).find(|&at| {
        let before = at.checked_sub(1).and_then(|before| text.get(before));
        let after = text.get(at + 1);
        // `#7` counts something; `#` and a space starts what was meant as a comment.
        before.is_some_and(|&byte| is_space(byte)) && after.is_none_or(|&byte| is_space(byte) || byte == b'#')
    })?;
    Some((ResultProblem::CommentInText, Consequence::Silent, Span::new(span.start + at, span.end)))
}

/// The first OK of a table that is asked for reverse names, where smtpd(8) does not take it. (Postfix:
/// `check_reverse_client_hostname_access` in `generic_checks`.)
pub(super) fn forbidden_ok(source: &Source<'_>, table: &Table) -> Option<Diagnostic> {
    let (span, lines) = table.rules().iter().find_map(|rule| {
        let Op::Answer { .. } = &rule.op else { return None };
        let (span, text) = place::result(source, rule);
        let permits = matches!(access::parse(&filled(text)).0, Action::Ok | Action::AllDigits);
        permits.then_some((span, rule.lines))
    })?;
    let restriction = format!("check_reverse_client_hostname_access {}:{}", table.kind().name(), table.name());
    let problem = RestrictionProblem::OkForbidden { restriction, line: lines.first };
    Some(source.diagnostic(Problem::Restriction(problem), Consequence::ServerError, span, lines))
}
