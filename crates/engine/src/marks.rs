//! What the editors draw: per rule how often it fired, per line of the input what matched. Offsets are the editor's.

use crate::tables::Parsed;
use postproof_model::{
    Action, Answer, Bytes, Event, HostOutcome, HostVerdict, KeyLookup, MessageVerdict, ProjectFile, RuleRef, Span,
    UnknownKey,
};
use postproof_protocol::text::Offsets;
use postproof_protocol::{
    FileMarks, InputMark, Mark, RuleMark, SessionVerdict, Tone, tone_of_effect, tone_of_exchange,
};
use postproof_rules::action::access;
use postproof_rules::maillog::LoggedLine;
use std::collections::BTreeMap;

/// The most stretches that are marked in an input. An editor draws only what is in sight, but keeps them all.
const INPUT_MARKS: usize = 5000;

/// What a rule did, over all keys.
#[derive(Clone, Debug, Default)]
struct Deeds {
    hits: usize,
    would_hit: usize,
    unknown: usize,
    tone: Option<Tone>,
    decided: bool,
}

/// Gathers what the rules of every file did.
#[derive(Debug)]
pub struct Marker<'a> {
    files: Vec<File<'a>>,
    by_name: BTreeMap<&'a str, usize>,
}

#[derive(Debug)]
struct File<'a> {
    content: &'a [u8],
    problems: Vec<Span>,
    rules: BTreeMap<Span, Deeds>,
}

impl<'a> Marker<'a> {
    /// Nothing fired yet; the problems are those of the tables. Of two files of one name the first one counts.
    #[must_use]
    pub fn new(files: &'a [ProjectFile], parsed: &[Parsed]) -> Self {
        let mut by_name = BTreeMap::new();
        for (index, file) in files.iter().enumerate() {
            by_name.entry(file.name.as_str()).or_insert(index);
        }
        let files = files.iter().zip(parsed).map(|(file, parsed)| File {
            content: &file.content,
            problems: parsed.problems.iter().map(|problem| problem.place.span).collect(),
            rules: BTreeMap::new(),
        });
        Self { files: files.collect(), by_name }
    }

    /// What fired on a message.
    pub fn saw_message(&mut self, verdict: &MessageVerdict) {
        for event in &verdict.events {
            let tone = tone_of_effect(&event.effect);
            self.deed(&event.hit.rule, |deeds| {
                deeds.hits += 1;
                deeds.tone.get_or_insert(tone);
            });
            self.would_have(&event.also);
        }
        for unknown in &verdict.unknown {
            self.deed(&unknown.rule, |deeds| deeds.unknown += 1);
        }
        if let Some(event) = verdict.decided_by.and_then(|index| verdict.events.get(index)) {
            self.deed(&event.hit.rule, |deeds| {
                deeds.decided = true;
                deeds.tone = Some(tone_of_effect(&event.effect));
            });
        }
    }

    /// What fired on a client.
    pub fn saw_host(&mut self, verdict: &HostVerdict) {
        for lookup in &verdict.lookups {
            self.saw_lookup(lookup);
        }
    }

    fn saw_lookup(&mut self, lookup: &KeyLookup) {
        match &lookup.answer {
            Answer::NotFound => {}
            Answer::Found(hit) => {
                let tone = tone_of_access(&hit.result);
                self.deed(&hit.rule, |deeds| {
                    deeds.hits += 1;
                    deeds.tone.get_or_insert(tone);
                });
            }
            Answer::Unknown { rule, .. } => self.deed(rule, |deeds| deeds.unknown += 1),
        }
        self.would_have(&lookup.also);
    }

    /// What was found in a session.
    pub fn saw_session(&mut self, verdict: &SessionVerdict) {
        for lookup in verdict.exchanges.iter().flat_map(|exchange| &exchange.tried).flat_map(|tried| &tried.lookups) {
            self.saw_lookup(lookup);
        }
    }

    fn would_have(&mut self, rules: &[RuleRef]) {
        for rule in rules {
            self.deed(rule, |deeds| deeds.would_hit += 1);
        }
    }

    /// Does nothing for a rule of no file: S25R's built-in ones.
    fn deed(&mut self, rule: &RuleRef, did: impl FnOnce(&mut Deeds)) {
        // main.cf names a file by its path.
        let name = rule.table.as_str();
        let index = self.by_name.get(name).or_else(|| self.by_name.get(name.rsplit('/').next()?));
        let file = index.and_then(|index| self.files.get_mut(*index));
        if let Some(file) = file {
            did(file.rules.entry(rule.span).or_default());
        }
    }

    /// The marks, file by file. Problems are numbered through all files, as in [`postproof_protocol::Report`].
    #[must_use]
    pub fn marks(self) -> Vec<FileMarks> {
        let mut number = 0;
        let marks = self.files.into_iter().map(|file| {
            let offsets = Offsets::new(file.content);
            let problems = file.problems.into_iter().map(|span| {
                number += 1;
                (mark(&offsets, span), number - 1)
            });
            FileMarks {
                problems: problems.collect(),
                rules: file
                    .rules
                    .into_iter()
                    .map(|(span, deeds)| RuleMark {
                        whole: mark(&offsets, span),
                        hits: deeds.hits,
                        would_hit: deeds.would_hit,
                        unknown: deeds.unknown,
                        tone: deeds.tone,
                        decided: deeds.decided,
                    })
                    .collect(),
            }
        });
        marks.collect()
    }
}

/// What is marked of a client.
#[derive(Clone, Debug)]
pub struct ClientMark {
    tone: Tone,
    /// The key that was found, and the part that matched.
    matched: Option<(Bytes, Span)>,
}

/// Gathers what was seen in the input.
#[derive(Debug)]
pub struct Seen<'a> {
    input: &'a [u8],
    offsets: Offsets,
    line_starts: Vec<usize>,
    marks: Vec<InputMark>,
}

impl<'a> Seen<'a> {
    /// Nothing was seen yet in this input.
    #[must_use]
    pub fn of(input: &'a [u8]) -> Self {
        let ends = input.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let line_starts = [0].into_iter().chain(ends.map(|(at, _)| at + 1)).collect();
        Self { input, offsets: Offsets::new(input), line_starts, marks: Vec::new() }
    }

    /// The keys of a message that a rule fired on, and those that nobody can tell about.
    pub fn saw_message(&mut self, verdict: &MessageVerdict) {
        // The header that smtpd(8) adds stands on no line of the input.
        for event in verdict.events.iter().filter(|event| event.line > 0) {
            self.add(event.span, in_input(event), tone_of_effect(&event.effect));
        }
        for UnknownKey { span, .. } in verdict.unknown.iter().filter(|key| key.line > 0) {
            self.add(*span, Vec::new(), Tone::Unknown);
        }
    }

    /// A client that some table decided about. One that none did stays unmarked, like a header that no rule fired on.
    pub fn saw_host(&mut self, verdict: &HostVerdict) {
        let Some(outcome) = Self::of_client(verdict) else { return };
        let Some(&start) = verdict.line.checked_sub(1).and_then(|index| self.line_starts.get(index)) else { return };
        let end = self.line_starts.get(verdict.line).map_or(self.input.len(), |next| next - 1);
        let client = self.input.get(start..end).and_then(|line| find(line, &verdict.input));
        let named = client.map(|at| Span::new(start + at, start + at + verdict.input.len()));
        self.saw_client(Span::new(start, end), named, &outcome);
    }

    /// What is marked of a client wherever it stands; none where no table decided.
    #[must_use]
    pub fn of_client(verdict: &HostVerdict) -> Option<ClientMark> {
        let tone = match &verdict.outcome {
            HostOutcome::Undecided => return None,
            HostOutcome::Permitted => Tone::Pass,
            HostOutcome::Rejected(_) => Tone::Reject,
            HostOutcome::Other(_) => Tone::Change,
            HostOutcome::Unknown => Tone::Unknown,
        };
        let matched = verdict.lookups.last().and_then(|lookup| {
            let Answer::Found(hit) = &lookup.answer else { return None };
            Some((lookup.key.clone(), hit.matched?))
        });
        Some(ClientMark { tone, matched })
    }

    /// A line of a mail log, with what the tables say of its client.
    pub fn saw_logged(&mut self, event: &LoggedLine, outcome: &ClientMark) {
        self.saw_client(event.span, Some(event.named), outcome);
    }

    /// The key is the name or the address; marked where it stands, if it stands there at all: an address alone has the name
    /// `unknown`.
    fn saw_client(&mut self, line: Span, named: Option<Span>, outcome: &ClientMark) {
        let matched = outcome.matched.as_ref().and_then(|(key, matched)| {
            let named = named?;
            let key = find(self.input.get(named.start..named.end)?, key)?;
            Some(matched.shifted(named.start + key))
        });
        self.add(line, matched.into_iter().collect(), outcome.tone);
    }

    /// The lines of a client that are refused, and those whose answer cannot be told.
    pub fn saw_session(&mut self, verdict: &SessionVerdict) {
        for exchange in verdict.exchanges.iter().filter(|exchange| exchange.line > 0) {
            let tone = match tone_of_exchange(&exchange.outcome) {
                Tone::Pass => continue,
                tone => tone,
            };
            let Some(&start) = exchange.line.checked_sub(1).and_then(|index| self.line_starts.get(index)) else {
                continue;
            };
            let end = self.line_starts.get(exchange.line).map_or(self.input.len(), |next| next - 1);
            self.add(Span::new(start, end), Vec::new(), tone);
        }
    }

    fn add(&mut self, lines: Span, matched: Vec<Span>, tone: Tone) {
        if self.marks.len() < INPUT_MARKS {
            let matched = matched.into_iter().filter(|span| !span.is_empty());
            let matched = matched.map(|span| mark(&self.offsets, span)).collect();
            self.marks.push(InputMark { lines: mark(&self.offsets, lines), matched, tone });
        }
    }

    /// The marks, in the order in which they were seen.
    #[must_use]
    pub fn marks(self) -> Vec<InputMark> {
        self.marks
    }
}

fn mark(offsets: &Offsets, span: Span) -> Mark {
    Mark { from: offsets.utf16(span.start), to: offsets.utf16(span.end.max(span.start)) }
}

/// The stretches of the input that a match on the key is about: one for each stretch of the key that was carried over.
fn in_input(event: &Event) -> Vec<Span> {
    let Some(matched) = event.hit.matched else { return Vec::new() };
    let ends = event.key_map.iter().skip(1).map(|(key, _)| *key).chain([event.key.len()]);
    let stretches = event.key_map.iter().zip(ends);
    stretches
        .filter_map(|(&(key, input), end)| {
            let (from, to) = (matched.start.max(key), matched.end.min(end));
            (from < to).then(|| Span::new(input + (from - key), input + (to - key)))
        })
        .collect()
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() {
        return None;
    }
    text.windows(part.len()).position(|window| window == part)
}

/// The tone of what an access table says.
fn tone_of_access(result: &[u8]) -> Tone {
    if result.is_empty() {
        // Postfix refuses the client with a server error.
        return Tone::Reject;
    }
    match access::parse(result).0 {
        Action::Reject | Action::Defer | Action::Status(_) | Action::Discard => Tone::Reject,
        Action::Ok | Action::AllDigits | Action::Dunno | Action::Pass => Tone::Pass,
        Action::Warn | Action::Info | Action::Hold | Action::DeferIfReject | Action::DeferIfPermit => Tone::Warn,
        Action::Filter
        | Action::Redirect
        | Action::Bcc
        | Action::Ignore
        | Action::Strip
        | Action::Replace
        | Action::Prepend => Tone::Change,
        Action::Restriction(_) | Action::Other(_) => Tone::Unknown,
    }
}
