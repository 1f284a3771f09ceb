//! A caret on a rule lights the lines of the input that it fired on; a caret on a line of the input lights its rules.

use crate::answers::{Caret, Pane};
use crate::editor::{Lit, LitStretch};
use crate::engine::Finding;
use crate::page::Page;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use postproof_model::project::means;
use postproof_model::{Answer, HostOutcome, KeyLookup, RuleRef};
use postproof_protocol::text::Offsets;
use postproof_protocol::{Mark, Report, Tone, Verdict, tone_of_exchange};
use std::time::Duration;

/// How long the caret must have stood still, in milliseconds.
const PAUSE: u64 = 60;

/// Lights from now on.
pub(crate) fn tie(page: Page) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        page.answers.caret.track();
        page.finding.track();
        page.bench.with(|bench| (bench.shown_table, bench.shown_input));
        if let Some(waiting) = timer.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
        timer.set_value(set_timeout_with_handle(move || light(page), Duration::from_millis(PAUSE)).ok());
    });
}

fn light(page: Page) {
    let (Some(rules), Some(input)) = (page.table_editor(), page.input_editor()) else { return };
    let (mut on_rules, mut on_input) = (Lit::default(), Lit::default());
    let caret = page.answers.caret.get_untracked();
    let finding = page.finding.get_untracked();
    if let (Some(caret), Some(finding)) = (caret, finding) {
        match caret.pane {
            Pane::Rules => on_input.lines = lines_of_rule(page, &finding, caret),
            Pane::Input => on_rules.lines = rules_of_line(page, &finding, caret),
        }
    }
    rules.light(on_rules.into_js());
    input.light(on_input.into_js());
}

const fn holds(mark: Mark, at: u32) -> bool {
    mark.from <= at && at <= mark.to
}

fn stretch(mark: Mark) -> LitStretch {
    LitStretch { from: mark.from, to: mark.to }
}

/// The lines that the rule under the caret fired on.
fn lines_of_rule(page: Page, finding: &Finding, caret: Caret) -> Vec<LitStretch> {
    let shown = page.bench.with_untracked(|bench| {
        let table = bench.table(caret.key)?;
        let index = finding.tables.iter().position(|of| *of == (caret.key, table.text.version))?;
        let rule = finding.report.files.get(index)?.rules.iter().find(|rule| holds(rule.whole, caret.at))?;
        let offsets = Offsets::new(&table.text.content);
        Some((table.name.clone(), rule.whole, offsets))
    });
    let Some((name, whole, offsets)) = shown else { return Vec::new() };
    let is_it = |rule: &&RuleRef| means(&rule.table, &name) && offsets.utf16(rule.span.start) == whole.from;
    let lit = fired(&finding.report).into_iter().filter(|(_, rules)| rules.iter().any(is_it));
    lit.map(|(mark, _)| stretch(mark)).collect()
}

/// The rules of the table in front that fired on the line under the caret.
fn rules_of_line(page: Page, finding: &Finding, caret: Caret) -> Vec<LitStretch> {
    let shown = page.bench.with_untracked(|bench| {
        let current = bench.input(caret.key).is_some_and(|input| finding.input == (caret.key, input.text.version));
        let table = bench.shown_table().filter(|_| current)?;
        let known = finding.tables.contains(&(table.text.key, table.text.version));
        known.then(|| (table.name.clone(), table.text.content.clone()))
    });
    let Some((name, content)) = shown else { return Vec::new() };
    let on_line = fired(&finding.report).into_iter().filter(|(mark, _)| holds(*mark, caret.at));
    let rules: Vec<&RuleRef> = on_line.flat_map(|(_, rules)| rules).filter(|rule| means(&rule.table, &name)).collect();
    if rules.is_empty() {
        return Vec::new();
    }
    let offsets = Offsets::new(&content);
    let mark = |rule: &RuleRef| Mark { from: offsets.utf16(rule.span.start), to: offsets.utf16(rule.span.end) };
    rules.into_iter().map(|rule| stretch(mark(rule))).collect()
}

/// Lines of the input with the rules that fired on them. The engine marks the lines in the order of its verdict.
fn fired(report: &Report) -> Vec<(Mark, Vec<&RuleRef>)> {
    let rules: Vec<Vec<&RuleRef>> = match &report.verdict {
        // A log's verdict tells its clients apart, not its lines.
        Verdict::Nothing | Verdict::Log(_) => Vec::new(),
        Verdict::Message(verdict) => {
            let events = verdict.events.iter().filter(|event| event.line > 0);
            let fired = events.map(|event| std::iter::once(&event.hit.rule).chain(&event.also).collect());
            let unknown = verdict.unknown.iter().filter(|key| key.line > 0).map(|key| vec![&key.rule]);
            fired.chain(unknown).collect()
        }
        Verdict::Hosts(verdict) => {
            let decided = verdict.hosts.iter().filter(|host| host.outcome != HostOutcome::Undecided);
            decided.map(|host| host.lookups.iter().flat_map(of_lookup).collect()).collect()
        }
        Verdict::Session(verdict) => {
            let marked = verdict.exchanges.iter().filter(|exchange| exchange.line > 0);
            let marked = marked.filter(|exchange| tone_of_exchange(&exchange.outcome) != Tone::Pass);
            marked
                .map(|exchange| exchange.tried.iter().flat_map(|tried| &tried.lookups).flat_map(of_lookup).collect())
                .collect()
        }
    };
    report.input.iter().map(|mark| mark.lines).zip(rules).collect()
}

fn of_lookup(lookup: &KeyLookup) -> Vec<&RuleRef> {
    let found = match &lookup.answer {
        Answer::Found(hit) => Some(&hit.rule),
        Answer::Unknown { rule, .. } => Some(rule),
        Answer::NotFound => None,
    };
    found.into_iter().chain(&lookup.also).collect()
}
