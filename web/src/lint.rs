//! What is wrong with the files: what the engine tells with its verdict, and what the second worker finds when it has had
//! time to look closer. Neither the verdict nor typing waits for that.

use crate::desk::{Desk, Outcome, Work};
use crate::engine::Finding;
use crate::page::Page;
use crate::preferences;
use crate::workbench::Key;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use postproof_model::{Code, Severity};
use postproof_protocol::desk::{Answer, CodePage, LintFinding, Question};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// How long nobody must have typed before the second worker looks, in milliseconds.
const PAUSE: u64 = 300;

/// What the second worker found, and in which texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linted {
    revision: u64,
    texts: Vec<(Key, u32)>,
    found: Vec<Vec<LintFinding>>,
}

/// The page of a code that is open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Explained {
    Loading,
    Page(Box<CodePage>),
    Missing,
}

/// The state.
#[derive(Clone, Copy)]
pub(crate) struct Lint {
    found: RwSignal<Option<Arc<Linted>>>,
    /// Whether the second worker failed, so that only what the engine tells is known.
    pub(crate) failed: RwSignal<bool>,
    /// The code whose page is open.
    pub(crate) code: RwSignal<Option<Code>>,
    /// That page.
    pub(crate) explained: RwSignal<Explained>,
    waits: StoredValue<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// One of its own, so that no run of tests holds it up and nobody waits for it.
    desk: StoredValue<Desk, LocalStorage>,
}

impl Lint {
    pub(crate) fn new() -> Self {
        Self {
            found: RwSignal::new(None),
            failed: RwSignal::new(false),
            code: RwSignal::new(None),
            explained: RwSignal::new(Explained::Loading),
            waits: StoredValue::new(false),
            timer: StoredValue::new(None),
            desk: StoredValue::new_local(Desk::new(RwSignal::new(Work::Idle))),
        }
    }

    /// The worker that looks closer: at the files, and at what a person looks at.
    pub(crate) fn desk(self) -> Desk {
        self.desk.get_value()
    }
}

/// What is wrong with one table of a finding.
pub(crate) fn of_table(finding: &Finding, linted: Option<&Linted>, index: usize) -> Vec<LintFinding> {
    let text = finding.tables.get(index);
    let seen = linted.and_then(|linted| {
        let at = linted.texts.iter().position(|seen| Some(seen) == text)?;
        linted.found.get(at)
    });
    if let Some(seen) = seen {
        return seen.clone();
    }
    let report = &finding.report;
    let problems = report.files.get(index).into_iter().flat_map(|marks| &marks.problems);
    let told = problems.filter_map(|&(mark, number)| {
        let diagnostic = report.diagnostics.get(number)?.clone();
        Some(LintFinding { diagnostic, mark, fix: Vec::new() })
    });
    told.collect()
}

/// How many problems there are of each severity, the worst first; none of those that there are none of.
pub(crate) fn counts<'f>(found: impl IntoIterator<Item = &'f LintFinding>) -> Vec<(Severity, usize)> {
    let mut counts = [Severity::Error, Severity::Warning, Severity::Unknown, Severity::Hint].map(|each| (each, 0));
    for found in found {
        let severity = found.diagnostic.severity();
        if let Some((_, count)) = counts.iter_mut().find(|(each, _)| *each == severity) {
            *count += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

impl Page {
    /// What is wrong with each table, as far as it is known now: its text's key and version, and its problems.
    pub(crate) fn problems(self) -> Vec<(Key, u32, Vec<LintFinding>)> {
        let linted = self.lint.found.get();
        self.finding.with(|finding| {
            let Some(finding) = finding else { return Vec::new() };
            let of = |(index, &(key, version)): (usize, &(Key, u32))| {
                (key, version, of_table(finding, linted.as_deref(), index))
            };
            finding.tables.iter().enumerate().map(of).collect()
        })
    }

    /// Has the second worker look at the files when nobody types any more. Where a person wants to save data, what the engine
    /// tells has to do until the second worker's module is there for another reason.
    pub(crate) fn lint_soon(self) {
        let lint = self.lint;
        if preferences::saves_data() && !lint.desk.with_value(Desk::is_started) {
            return;
        }
        if let Some(waiting) = lint.timer.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
        let timer = set_timeout_with_handle(move || self.lint_now(), Duration::from_millis(PAUSE)).ok();
        lint.timer.set_value(timer);
    }

    fn lint_now(self) {
        let lint = self.lint;
        let revision = self.bench.with_untracked(|bench| bench.revision);
        let known = lint.found.with_untracked(|found| found.as_ref().is_some_and(|found| found.revision == revision));
        if known || lint.waits.get_value() {
            return;
        }
        lint.waits.set_value(true);
        let of = Rc::new(RefCell::new(Linted::default()));
        let asked = of.clone();
        let ask = move || {
            lint.waits.set_value(false);
            self.bench.with_untracked(|bench| {
                let texts = bench.tables.iter().map(|table| (table.text.key, table.text.version)).collect();
                *asked.borrow_mut() = Linted { revision: bench.revision, texts, found: Vec::new() };
                Question::Lint { project: bench.project() }
            })
        };
        lint.desk.get_value().ask(ask, move |outcome| {
            let answered = if let Outcome::Answered(Answer::Linted(found)) = outcome { Some(found) } else { None };
            lint.failed.set(answered.is_none());
            if let Some(found) = answered {
                lint.found.set(Some(Arc::new(Linted { found, ..of.take() })));
            }
        });
    }

    /// Opens the page of a code.
    pub(crate) fn explain(self, code: Code) {
        self.lint.code.set(Some(code));
    }

    /// Fetches the page of the open code, in the page's language.
    pub(crate) fn fetch_explained(self) {
        let lint = self.lint;
        let lang = self.lang.get().tag().to_owned();
        let Some(code) = lint.code.get() else { return };
        lint.explained.set(Explained::Loading);
        lint.desk.get_value().ask(
            move || Question::Code { code, lang },
            move |outcome| {
                if lint.code.get_untracked() == Some(code) {
                    lint.explained.set(match outcome {
                        Outcome::Answered(Answer::Code(page)) => Explained::Page(page),
                        _ => Explained::Missing,
                    });
                }
            },
        );
    }
}
