//! What people read of the message in front, and which rules match only that.

use postproof_engine::evaluate::{Memory, content_checks};
use postproof_model::decoded::{Decoded, DecodedHeader, DecodedOnly};
use postproof_model::explain::{Part, What};
use postproof_model::{Class, InputKind, Project, RuleRef, Span};
use postproof_protocol::answers::{OnlyRead, ReadLine, ReadPart, Reading};
use postproof_rules::content::decoded_only;
use postproof_rules::message::decode::{Bounds, decode};
use postproof_rules::pattern::explain::explain;
use postproof_rules::table::Table;
use postproof_words::{Lang, answers as words, decoded};

/// As much as a page can show.
const BOUNDS: Bounds = Bounds { bytes: 1 << 20, headers: 500, bodies: 100, lines: 3_000 };
/// The most rules listed.
const LISTED: usize = 20;

/// What people read. Nothing where the input is no message.
#[must_use]
pub fn reading(project: &Project, memory: &mut Memory, lang: Lang) -> Reading {
    let Some(input) = project.inputs.get(project.shown_input).filter(|input| input.kind == InputKind::Message) else {
        return Reading::default();
    };
    let checks = content_checks(project, memory);
    let bounds = decoded_only::Bounds { found: LISTED, ..decoded_only::Bounds::default() };
    let found = checks.decoded_only(&input.content, &bounds);
    let read = decode(&input.content, &checks.limits, &BOUNDS);
    let tables = [Class::Header, Class::MimeHeader, Class::NestedHeader, Class::Body].map(|class| checks.tables(class));
    let table = |name: &str| tables.iter().flat_map(|tables| tables.iter()).find(|table| table.name() == name);
    let mut reading = Reading {
        parts: parts(&read, &found.found, lang),
        maybe_more: (!found.complete).then(|| decoded::NOT_ALL.say(lang).to_owned()),
        ..Reading::default()
    };
    if !read.complete {
        reading.remarks.push(decoded::CUT.say(lang).to_owned());
    }
    reading.only = found.found.into_iter().map(|found| only(found, &table)).collect();
    reading
}

fn only<'t>(found: DecodedOnly, table: &impl Fn(&str) -> Option<&'t Table>) -> OnlyRead {
    let phrase = phrase(&found, table(&found.rule.table));
    OnlyRead { found, phrase }
}

/// Headers that stand together, and bodies, in the order of the message.
fn parts(read: &Decoded, only: &[DecodedOnly], lang: Lang) -> Vec<ReadPart> {
    let mut parts: Vec<(usize, ReadPart)> = Vec::new();
    let mut last: Option<&DecodedHeader> = None;
    for header in &read.headers {
        let goes_on = last.is_some_and(|last| last.lines.last + 1 == header.lines.first);
        let line = ReadLine {
            // A header that Postfix's tables see as people do keeps its folds.
            text: header.text.replace('\n', ""),
            lines: header.lines,
            span: header.span,
            differs: header.differs,
            only: matched(only, header.span, &header.text),
        };
        let remarks = header.problems.iter().map(|problem| decoded::problem(problem, lang));
        match parts.last_mut().filter(|_| goes_on) {
            Some((_, part)) => {
                part.lines.push(line);
                part.remarks.extend(remarks);
            }
            None => {
                let title = match header.class {
                    _ if header.lines.first == 1 => words::HEADERS,
                    Class::NestedHeader => words::NESTED_HEADERS,
                    _ => words::PART_HEADERS,
                };
                let part =
                    ReadPart { title: title.say(lang).to_owned(), remarks: remarks.collect(), lines: vec![line] };
                parts.push((header.span.start, part));
            }
        }
        last = Some(header);
    }
    for body in &read.bodies {
        let lines = body.text.iter().map(|line| ReadLine {
            text: line.text.clone(),
            lines: line.lines,
            span: line.span,
            differs: line.differs,
            only: matched(only, line.span, &line.text),
        });
        let part = ReadPart {
            title: decoded::body(body, lang),
            remarks: body.problems.iter().map(|problem| decoded::problem(problem, lang)).collect(),
            lines: lines.collect(),
        };
        parts.push((body.span.start, part));
    }
    parts.sort_by_key(|(start, _)| *start);
    parts.into_iter().map(|(_, part)| part).collect()
}

/// What rules match of a text that Postfix does not see, in order and apart from each other.
fn matched(only: &[DecodedOnly], span: Span, text: &str) -> Vec<Span> {
    let of_this = only.iter().filter(|found| found.span == span && found.text == text);
    let mut spans: Vec<Span> = of_this.filter_map(|found| found.matched).filter(|span| !span.is_empty()).collect();
    spans.sort();
    let mut end = 0;
    spans.retain(|span| {
        let apart = span.start >= end;
        end = end.max(span.end);
        apart
    });
    spans
}

/// What a rule for the encoded text would look for: the longest text of the pattern that stands in what it matched, as it
/// stands there; else all that it matched.
fn phrase(found: &DecodedOnly, table: Option<&Table>) -> String {
    let text = found.matched.and_then(|span| found.text.get(span.start..span.end)).unwrap_or(&found.text);
    let literal = table.and_then(|table| longest_text(table, &found.rule, text));
    let value = if found.class == Class::Body { text } else { text.split_once(": ").map_or(text, |(_, value)| value) };
    literal.unwrap_or_else(|| value.trim().chars().take(60).collect())
}

fn longest_text(table: &Table, rule: &RuleRef, text: &str) -> Option<String> {
    let rule = table.rules().iter().find(|other| other.span == rule.span)?;
    let pattern = rule.conditions().next()?.pattern()?;
    let mut texts = Vec::new();
    gather(&explain(pattern.source(), pattern.ast()).root, &mut texts);
    // ASCII case makes no text longer or shorter.
    let folded = text.to_ascii_lowercase();
    let standing = texts.iter().filter_map(|literal| {
        let at = folded.find(&literal.to_ascii_lowercase())?;
        let end = at + literal.len();
        // The name of a header is never encoded.
        let is_name = at == 0 && literal.ends_with(':');
        text.get(at..end).map(str::trim).filter(|phrase| !is_name && phrase.len() > 2)
    });
    standing.max_by_key(|phrase| phrase.len()).map(str::to_owned)
}

fn gather(part: &Part, texts: &mut Vec<String>) {
    if let What::Text(text) = &part.what {
        texts.extend(std::str::from_utf8(&text.text).ok().map(str::to_owned));
    }
    for part in &part.parts {
        gather(part, texts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::of_message;
    use postproof_model::Role;

    const HIDDEN: &str = "From: friend@example.org\nSubject: =?UTF-8?B?44Kr44K444OO?= tonight\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nRGVhciBmcmllbmQsCmFuIHVuYmVsaWV2YWJsZSBvZmZlciB3YWl0cyBmb3IgeW91Lgo=\n";

    fn read(rules: &[(&str, Role, &str)], message: &str) -> Reading {
        reading(&of_message(rules, message), &mut Memory::default(), Lang::En)
    }

    #[test]
    fn parts_are_named_and_say_which_raw_lines_they_come_from() {
        let reading = read(&[], HIDDEN);
        let titles: Vec<&str> = reading.parts.iter().map(|part| part.title.as_str()).collect();
        assert_eq!(titles, ["Headers", "line 7, text/plain (charset utf-8), base64"]);
        let subject = &reading.parts[0].lines[1];
        assert_eq!((subject.text.as_str(), subject.differs), ("Subject: カジノ tonight", true));
        let body: Vec<&str> = reading.parts[1].lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(body, ["Dear friend,", "an unbelievable offer waits for you."]);
        assert_eq!(reading.parts[1].lines[1].lines.first, 7);
    }

    #[test]
    fn the_phrase_is_the_longest_text_of_the_pattern_as_it_stands_there() {
        let rules = [
            ("h", Role::HeaderChecks, "/^subject:.*カジノ/ WARN\n"),
            ("b", Role::BodyChecks, "/(an )?UNBELIEVABLE offer/ REJECT\n/y[o]u\\./ WARN\n"),
        ];
        let reading = read(&rules, HIDDEN);
        let phrases: Vec<&str> = reading.only.iter().map(|only| only.phrase.as_str()).collect();
        assert_eq!(phrases, ["カジノ", "unbelievable offer", "you."]);
        let marked =
            |line: &ReadLine| line.only.iter().map(|span| line.text[span.start..span.end].to_owned()).collect();
        let marked: Vec<Vec<String>> = reading.parts[1].lines.iter().map(marked).collect();
        assert_eq!(marked, [vec![], vec!["an unbelievable offer".to_owned(), "you.".to_owned()]]);
    }

    #[test]
    fn what_is_no_message_is_not_read() {
        assert_eq!(reading(&Project::default(), &mut Memory::default(), Lang::En), Reading::default());
    }
}
