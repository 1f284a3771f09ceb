//! What a rule means, part by part, and how near it comes to the input in front.

use postproof_engine::evaluate::{Memory, content_checks, evaluate, tables};
use postproof_model::explain::Explanation;
use postproof_model::project::means;
use postproof_model::{Bytes, Class, InputKind, Project, ProjectFile, Role, RuleRef, Span};
use postproof_protocol::answers::{ExplainedPart, ExplainedPattern, ExplainedRule, Near, PatternPiece};
use postproof_protocol::text::Offsets;
use postproof_protocol::{Mark, Verdict};
use postproof_rules::host::{Client, clients};
use postproof_rules::maillog::Log;
use postproof_rules::maincf::project::file_at;
use postproof_rules::message::{Mime, Piece, smtp_records};
use postproof_rules::pattern::Steps;
use postproof_rules::pattern::explain::explain as apart;
use postproof_rules::pattern::railroad::draw;
use postproof_rules::table::Table;
use postproof_rules::table::rule::{Condition, Rule};
use postproof_words::explain::label::label;
use postproof_words::explain::shown::{shortened, shown};
use postproof_words::explain::{description, lines, notes, title};
use postproof_words::{Lang, command, trace};

/// The most parts listed.
const PARTS: usize = 200;
/// The most figures drawn.
const FIGURES: usize = 600;
/// How many near misses are told.
const NEAR: usize = 3;
/// How many keys are tried.
const KEYS: usize = 5_000;
/// How much work goes into near misses, in steps of one piece of a pattern at one place of a key.
const WORK: usize = 20_000_000;
/// How many characters of a description a diagram carries at most.
const DESCRIPTION: usize = 2_000;

/// What the page asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The index of the table.
    pub file: usize,
    /// A place in the rule, in the editor's units.
    pub at: u32,
    /// The room for the diagram.
    pub width: i32,
}

/// The rule at a place, explained; none where there is none.
#[must_use]
pub fn explain(project: &Project, wanted: Wanted, memory: &mut Memory, lang: Lang) -> Option<ExplainedRule> {
    let file = project.files.get(wanted.file).filter(|file| file.role.is_table())?;
    let parsed = tables(project, memory);
    let table = parsed.get(wanted.file)?;
    let offsets = Offsets::new(&file.content);
    let on = |rule: &&Rule| offsets.utf16(rule.span.start) <= wanted.at && wanted.at <= offsets.utf16(rule.span.end);
    let index = table.rules().iter().position(|rule| on(&rule))?;
    let rule = table.rules().get(index)?;
    let named = table.rule_ref(index);
    let patterns = rule.conditions().filter_map(|condition| {
        let pattern = condition.pattern()?;
        let explanation = apart(pattern.source(), pattern.ast());
        Some(pattern_of(table, rule, condition, &explanation, &offsets, wanted.width, lang))
    });
    let patterns: Vec<ExplainedPattern> = patterns.collect();
    let keys = keys(project, file, memory);
    let mut explained =
        ExplainedRule { rule: named, patterns, matches: 0, unknown: 0, keys: keys.len(), near: Vec::new() };
    hold_against(&mut explained, table, &keys, file, lang);
    Some(explained)
}

fn pattern_of(
    table: &Table,
    rule: &Rule,
    condition: &Condition,
    explanation: &Explanation,
    offsets: &Offsets,
    width: i32,
    lang: Lang,
) -> ExplainedPattern {
    let mut said = lines(explanation, lang);
    said.truncate(PARTS);
    let own: Vec<Span> = said.iter().map(|line| line.span).collect();
    let placed = table.parts_in_source(rule, condition, &own);
    let parts = said.iter().zip(placed).map(|(line, span)| ExplainedPart {
        depth: line.depth,
        words: line.words.clone(),
        mark: Mark { from: offsets.utf16(span.start), to: offsets.utf16(span.end) },
        span,
    });
    let mut drawing = draw(explanation, width, &|part| label(explanation, part, lang));
    if drawing.figures.len() > FIGURES {
        drawing = postproof_model::drawing::Drawing::default();
    }
    let part_of = |span: Span| {
        let holding = own.iter().enumerate().filter(|(_, own)| own.start <= span.start && span.end <= own.end);
        holding.min_by_key(|(_, own)| own.len()).map(|(index, _)| index)
    };
    let text = |span: Span| shortened(&shown(explanation.source.slice(span)), 60);
    let head = if condition.negated {
        Some(command::EXPLAIN_NEGATED)
    } else {
        (rule.conditions().count() > 1).then_some(command::EXPLAIN_MUST)
    };
    ExplainedPattern {
        head: head.map(|phrase| phrase.say(lang).to_owned()),
        pieces: pieces(&explanation.source, &own),
        parts: parts.collect(),
        notes: notes(explanation, lang),
        groups: explanation.groups.iter().map(|group| (format!("${}", group.index), text(group.span))).collect(),
        title: title(explanation, lang),
        description: description(explanation, lang, DESCRIPTION),
        figure_parts: drawing.figures.iter().map(|figure| part_of(figure.span)).collect(),
        drawing,
    }
}

/// The pattern cut at the ends of its parts.
fn pieces(source: &Bytes, parts: &[Span]) -> Vec<PatternPiece> {
    let mut cuts: Vec<usize> = parts.iter().flat_map(|part| [part.start, part.end]).chain([0, source.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let pairs = cuts.windows(2).filter_map(|pair| match pair {
        [start, end] => Some(Span::new(*start, *end)),
        _ => None,
    });
    pairs
        .map(|span| {
            let holding = parts.iter().enumerate().filter(|(_, part)| part.start <= span.start && span.end <= part.end);
            let mut holding: Vec<(usize, usize)> = holding.map(|(index, part)| (part.len(), index)).collect();
            holding.sort_unstable_by(|a, b| b.cmp(a));
            PatternPiece {
                text: shown(source.slice(span)),
                parts: holding.into_iter().map(|(_, index)| index).collect(),
            }
        })
        .collect()
}

/// Something that the table is asked for.
struct Key {
    class: Option<Class>,
    line: usize,
    span: Span,
    bytes: Bytes,
}

/// What the table is asked for on behalf of the input in front, as if no other table or rule answered.
fn keys(project: &Project, file: &ProjectFile, memory: &mut Memory) -> Vec<Key> {
    let Some(input) = project.inputs.get(project.shown_input) else { return Vec::new() };
    let is_this = |table: &Table| {
        table.name() == file.name
            || file_at(&project.files, table.name())
                .and_then(|at| project.files.get(at))
                .is_some_and(|at| at.name == file.name)
    };
    match input.kind {
        InputKind::Message => {
            let checks = content_checks(project, memory);
            let asked = |class: Class| checks.tables(class).iter().any(is_this);
            let limit = checks.limits.body_checks_size_limit;
            let looks = checks.limits.body_checks_look;
            let pieces = Mime::new(smtp_records(&input.content, &checks.limits), &checks.limits);
            let keys = pieces.filter_map(|piece| match piece {
                Piece::Header(header) if asked(header.class()) => Some(Key {
                    class: Some(header.class()),
                    line: header.line,
                    span: header.span,
                    bytes: header.key.into(),
                }),
                Piece::Body(line) if asked(Class::Body) && looks && (limit == 0 || line.offset < limit) => {
                    let key = line.key();
                    (!key.is_empty()).then(|| Key {
                        class: Some(Class::Body),
                        line: line.line,
                        span: line.span,
                        bytes: key.into(),
                    })
                }
                _ => None,
            });
            keys.take(KEYS).collect()
        }
        InputKind::Hosts if file.role == Role::ClientAccess => {
            let start = input.content.as_ptr() as usize;
            let keys = clients(&input.content).flat_map(|(line, text)| {
                let from = (text.as_ptr() as usize).saturating_sub(start);
                keys_of_client(text, line, Span::new(from, from + text.len()))
            });
            keys.take(KEYS).collect()
        }
        InputKind::Session => {
            let Verdict::Session(verdict) = evaluate(project, memory).verdict else { return Vec::new() };
            let tried = verdict.exchanges.into_iter().flat_map(|exchange| exchange.tried);
            let lookups = tried.flat_map(|tried| tried.lookups);
            let own = lookups.filter(|lookup| means(&lookup.table, &file.name));
            let keys = own.map(|lookup| Key { class: None, line: 0, span: Span::new(0, 0), bytes: lookup.key });
            keys.take(KEYS).collect()
        }
        InputKind::Log if file.role == Role::ClientAccess => {
            let lines = line_spans(&input.content);
            let read = Log::read(&input.content).clients;
            let keys = read.into_iter().flat_map(|logged| {
                let line = logged.line;
                let span = line.checked_sub(1).and_then(|at| lines.get(at)).copied().unwrap_or(Span::new(0, 0));
                keys_of_client(&logged.name_and_address(), line, span)
            });
            keys.take(KEYS).collect()
        }
        InputKind::Hosts | InputKind::Log => Vec::new(),
    }
}

/// The name and the address that tables are asked for about a client.
fn keys_of_client(client: &[u8], line: usize, span: Span) -> impl Iterator<Item = Key> + use<> {
    let client = Client::parse(client);
    [Some(client.name), client.address].into_iter().flatten().map(move |bytes| Key { class: None, line, span, bytes })
}

/// Where each line of a text stands, without its end.
fn line_spans(text: &[u8]) -> Vec<Span> {
    let mut at = 0;
    let lines = text.split(|byte| *byte == b'\n').map(|line| {
        let span = Span::new(at, at + line.len());
        at = span.end + 1;
        span
    });
    lines.collect()
}

/// Counts the keys that match, and where none does, tells the nearest.
fn hold_against(explained: &mut ExplainedRule, table: &Table, keys: &[Key], file: &ProjectFile, lang: Lang) {
    let rule: &RuleRef = &explained.rule;
    let steps = Steps::for_message(file.content.len());
    let mut work = WORK;
    let mut near: Vec<(usize, Near)> = Vec::new();
    for key in keys {
        match table.rule_match_within(rule, &key.bytes, &steps) {
            Ok(None) => {}
            Ok(Some(_)) => {
                explained.matches += 1;
                continue;
            }
            Err(_) => {
                explained.unknown += 1;
                continue;
            }
        }
        if work == 0 || explained.matches > 0 {
            continue;
        }
        let Some(miss) = table.near_miss_within(rule, &key.bytes, &mut work) else { continue };
        let inside = miss.inside.as_ref().map_or(0, |inside| inside.pattern.len());
        let got = miss.pattern.len() + inside;
        if near.len() == NEAR && near.last().is_some_and(|(least, _)| *least >= got) {
            continue;
        }
        let told = Near {
            class: key.class,
            line: key.line,
            span: key.span,
            key: key.bytes.clone(),
            matched: miss
                .inside
                .as_ref()
                .filter(|inside| !inside.pattern.is_empty())
                .map_or(miss.key, |inside| inside.key),
            said: trace::near(&miss, &key.bytes, &file.content, lang),
            stopped_at: miss.stopped_at,
        };
        let at = near.iter().position(|(other, _)| *other < got).unwrap_or(near.len());
        near.insert(at, (got, told));
        near.truncate(NEAR);
    }
    if explained.matches == 0 {
        // What has nothing of the pattern is near only where nothing has more.
        if near.first().is_some_and(|(_, near)| !near.matched.is_empty()) {
            near.retain(|(_, near)| !near.matched.is_empty());
        }
        explained.near = near.into_iter().map(|(_, near)| near).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::of_message;

    fn explained(rules: &str, at: u32, message: &str) -> Option<ExplainedRule> {
        let project = of_message(&[("h", Role::HeaderChecks, rules)], message);
        explain(&project, Wanted { file: 0, at, width: 400 }, &mut Memory::default(), Lang::En)
    }

    #[test]
    fn the_rule_under_the_caret_is_explained_and_no_other_line() {
        let rules = "# カジノ\n/^Subject:.*([0-9]+)/ WARN\n";
        assert_eq!(explained(rules, 2, ""), None);
        let rule = explained(rules, 12, "").unwrap();
        assert_eq!(rule.rule.lines.first, 2);
        let [pattern] = rule.patterns.as_slice() else { panic!("one pattern") };
        let text: String = pattern.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(text, "^Subject:.*([0-9]+)");
        let units: Vec<u16> = rules.encode_utf16().collect();
        let marked = pattern
            .parts
            .iter()
            .map(|part| String::from_utf16(&units[part.mark.from as usize..part.mark.to as usize]).unwrap());
        assert_eq!(marked.collect::<Vec<_>>(), ["^", "Subject:", ".*", "([0-9]+)"]);
        assert!(pattern.drawing.width > 0 && pattern.figure_parts.len() == pattern.drawing.figures.len());
        assert_eq!(pattern.groups, [("$1".to_owned(), "([0-9]+)".to_owned())]);
    }

    #[test]
    fn the_nearest_line_is_told_first() {
        let rule = explained("/^Subject:.*casinos/ WARN\n", 3, "From: a\nSubject: the casino\n\n").unwrap();
        assert_eq!((rule.matches, rule.keys), (0, 2));
        assert_eq!(rule.near[0].line, 2);
        assert!(rule.near[0].said[0].contains("Subject:"), "{:?}", rule.near);
    }

    #[test]
    fn what_cannot_be_told_is_no_miss() {
        let hard = format!("From: a\nSubject: {}b\n\n", "a".repeat(2_000));
        let rule = explained("/(a+)+(a+)+\\1\\2c/ WARN\n", 3, &hard).unwrap();
        assert_eq!((rule.matches, rule.unknown, rule.keys), (0, 1, 2));
    }

    #[test]
    fn a_log_is_looked_up_by_its_clients() {
        let log = "Nov 25 00:00:01 mx postfix/smtpd[7]: connect from unknown[192.0.2.1]\nNov 25 00:00:02 mx postfix/smtpd[7]: connect from mail.example.org[192.0.2.2]\n";
        let mut project = of_message(&[("c", Role::ClientAccess, "/^mail\\.example\\.net/ REJECT\n")], log);
        project.inputs[0].kind = InputKind::Log;
        let rule = explain(&project, Wanted { file: 0, at: 3, width: 400 }, &mut Memory::default(), Lang::En).unwrap();
        assert_eq!((rule.matches, rule.keys), (0, 4));
        let near = &rule.near[0];
        assert_eq!((near.line, &log[near.span.start..near.span.start + 15]), (2, "Nov 25 00:00:02"));
    }

    #[test]
    fn a_rule_that_matches_came_near_to_nothing() {
        let rule = explained("/^Subject:/ WARN\n", 3, "From: a\nSubject: the casino\n\n").unwrap();
        assert_eq!((rule.matches, rule.near.len()), (1, 0));
    }

    #[test]
    fn a_rule_over_several_lines_is_marked_where_it_stands() {
        let rules = "/^Subject:\n  casino/ WARN\n";
        let rule = explained(rules, 14, "").unwrap();
        let last = rule.patterns[0].parts.last().unwrap();
        assert!(rules[last.span.start..last.span.end].contains("casino"), "{last:?}");
    }
}
