//! The project's tests as state: the last run, what is said about them, and what a person can do with them.

use crate::desk::{Desk, Outcome, Work};
use crate::files;
use crate::history::Did;
use crate::notices::Notice;
use crate::page::{FILE_LIMIT, Page};
use crate::workbench::Workbench;
use leptos::prelude::*;
use postproof_model::report::{CaseOutcome, FileError};
use postproof_model::{CaseChange, Input, InputKind, LeftOut};
use postproof_protocol::desk::{Answer, Question, TestRun};
use postproof_words::{Phrase, cases as words, maillog, page as page_words, workspace};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// What stands beside the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Why,
    Result,
    Explain,
    Tests,
}

/// Something to tell about the tests.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    /// A sentence, perhaps about something with a name.
    Plain(Phrase, String),
    /// What could not be done, with what, and why.
    Wrong(Phrase, String, FileError),
    /// A file was made or opened, and this did not come along.
    Left { done: Phrase, name: String, list: Phrase, left_out: Vec<LeftOut> },
}

/// A run, and what it was of.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) run: TestRun,
    tests: String,
    revision: u64,
}

impl Run {
    /// How many cases there are, and how many of them failed.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let failed = self.run.file.cases.iter().filter(|case| case.outcome == CaseOutcome::Failed).count();
        (self.run.file.cases.len(), failed)
    }
}

/// The state.
#[derive(Clone, Copy)]
pub(crate) struct Tests {
    pub(crate) side: RwSignal<Side>,
    /// The last run that ended; it stays until the next one has.
    pub(crate) run: RwSignal<Option<Arc<Run>>>,
    pub(crate) said: RwSignal<Option<Said>>,
    pub(crate) work: RwSignal<Work>,
    /// Whether a run waits already.
    waits: StoredValue<bool>,
    desk: StoredValue<Desk, LocalStorage>,
}

impl Tests {
    pub(crate) fn new() -> Self {
        let work = RwSignal::new(Work::Idle);
        Self {
            side: RwSignal::new(Side::Why),
            run: RwSignal::new(None),
            said: RwSignal::new(None),
            work,
            waits: StoredValue::new(false),
            desk: StoredValue::new_local(Desk::new(work)),
        }
    }

    /// The second worker.
    pub(crate) fn desk(self) -> Desk {
        self.desk.get_value()
    }

    pub(crate) fn say(self, said: Said) {
        self.said.set(Some(said));
    }

    /// Says that an answer did not come, or takes it.
    fn heard(self, outcome: Outcome, cannot: Phrase, name: &str) -> Option<Answer> {
        match outcome {
            Outcome::Answered(Answer::Wrong(error)) => {
                self.say(Said::Wrong(cannot, name.to_owned(), error));
                None
            }
            Outcome::Answered(answer) => Some(answer),
            Outcome::Stopped => {
                self.say(Said::Plain(words::STOPPED, String::new()));
                None
            }
            Outcome::Broken(_) => {
                self.say(Said::Plain(words::DESK_BROKEN, String::new()));
                None
            }
        }
    }
}

impl Page {
    /// Runs the tests of the project as it is when the worker is free. Without tests no worker is started.
    pub(crate) fn run_tests(self) {
        let state = self.tests;
        if self.bench.with_untracked(|bench| bench.tests.is_empty()) {
            state.run.set(None);
            return;
        }
        if state.waits.get_value() {
            return;
        }
        state.waits.set_value(true);
        let of = Rc::new(Cell::new((String::new(), 0)));
        let asked = of.clone();
        let ask = move || {
            state.waits.set_value(false);
            self.bench.with_untracked(|bench| {
                asked.set((bench.tests.clone(), bench.revision));
                Question::Test { project: bench.project() }
            })
        };
        state.desk().ask(ask, move |outcome| {
            let (tests, revision) = of.take();
            if let Some(Answer::Tested(run)) = state.heard(outcome, words::CANNOT_RUN, "") {
                // What was said of a run that did not end is said no more.
                state.said.update(|said| {
                    if matches!(said, Some(Said::Plain(words::STOPPED | words::DESK_BROKEN, _))) {
                        *said = None;
                    }
                });
                state.run.set(Some(Arc::new(Run { run: *run, tests, revision })));
            }
        });
    }

    /// Whether the last run was of an older project than the one in work.
    pub(crate) fn tests_are_old(self) -> bool {
        self.tests.run.with(|run| {
            run.as_ref()
                .is_some_and(|run| self.bench.with(|bench| bench.revision != run.revision || bench.tests != run.tests))
        })
    }

    /// Makes a test of the input in front.
    pub(crate) fn keep_test(self) {
        let name = self.bench.with_untracked(|bench| case_name(bench, self));
        let did = Did::new(workspace::TEST_KEPT, name.clone());
        let ask = move || Question::Keep { project: self.project(), name };
        self.tests.desk().ask(ask, move |outcome| self.take_cases(outcome, words::CANNOT_KEEP, did));
    }

    /// Changes a test.
    pub(crate) fn change_test(self, change: CaseChange) {
        let ask = move || Question::Change { project: self.project(), change };
        let did = Did::new(workspace::TEST_CHANGED, "");
        self.tests.desk().ask(ask, move |outcome| self.take_cases(outcome, words::CANNOT_RUN, did));
    }

    /// Removes a test; the notice about it undoes that.
    pub(crate) fn remove_test(self, index: usize, name: &str) {
        let did = Did::new(words::REMOVED, name);
        let ask = move || Question::Change { project: self.project(), change: CaseChange::Remove(index) };
        self.tests.desk().ask(ask, move |outcome| {
            self.take_cases(outcome, words::CANNOT_RUN, did.clone());
            if self.history.with_untracked(|history| history.back() == Some(&did)) {
                self.notice.set(Some(Notice::Did { did, back: page_words::GO_BACK }));
            }
        });
    }

    fn take_cases(self, outcome: Outcome, cannot: Phrase, did: Did) {
        if let Some(Answer::Cases { tests }) = self.tests.heard(outcome, cannot, "") {
            self.tests.said.set(None);
            self.step(did, |bench| bench.tests = tests);
        }
    }

    /// Puts a test's input in the place of the one of its kind.
    pub(crate) fn show_test(self, index: usize, name: String) {
        let ask = move || Question::InputOf { project: self.project(), case: index };
        self.tests.desk().ask(ask, move |outcome| match self.tests.heard(outcome, words::CANNOT_RUN, "") {
            Some(Answer::Input(Some(input))) => self.put_input(input, &name),
            Some(Answer::Input(None)) => self.tests.say(Said::Plain(words::NO_INPUT_SHOWN, name)),
            _ => {}
        });
    }

    fn put_input(self, input: Input, name: &str) {
        self.step_told(Did::new(words::INPUT_OPEN, name), page_words::GO_BACK, |bench| bench.put_input(input));
    }

    /// Saves the project as a test file.
    pub(crate) fn export_tests(self) {
        let title = self.bench.with_untracked(|bench| bench.title.clone());
        let name = files::name(&title, "postproof.toml");
        let ask = move || Question::Export { project: self.project() };
        self.tests.desk().ask(ask, move |outcome| {
            if let Some(Answer::File { text, left_out }) = self.tests.heard(outcome, words::CANNOT_RUN, "") {
                files::save(&name, text.as_bytes(), "application/toml");
                self.tests.say(Said::Left { done: words::SAVED, name, list: words::LEFT_OUT, left_out });
            }
        });
    }

    /// Opens a project or a test file that a person chooses.
    pub(crate) fn open_file(self) {
        files::choose(".toml,.json", FILE_LIMIT, move |name, bytes, size| match bytes {
            None => crate::rules_pane::too_big(self, name, size),
            // A test file begins with no brace.
            Some(bytes) if bytes.first() == Some(&b'{') => match postproof_share::from_file(&bytes) {
                Ok(project) => self.open(project, Did::new(words::IMPORTED, name)),
                Err(_) => self.notice.set(Some(Notice::NoProject { name })),
            },
            Some(bytes) => {
                let ask = move || Question::Import { source: bytes.into() };
                self.tests.side.set(Side::Tests);
                self.tests.desk().ask(ask, move |outcome| {
                    let answer = self.tests.heard(outcome, words::CANNOT_OPEN, &name);
                    if let Some(Answer::Project { project, left_out }) = answer {
                        self.open(*project, Did::new(words::IMPORTED, name.clone()));
                        self.tests.say(Said::Left { done: words::IMPORTED, name, list: words::NOT_OPENED, left_out });
                    }
                });
            }
        });
    }

    /// The project in work.
    pub(crate) fn project(self) -> postproof_model::Project {
        self.bench.with_untracked(Workbench::project)
    }
}

/// The longest name that a test gets by itself, in characters.
const NAME_LENGTH: usize = 60;

/// What a test of the input in front is called: the subject, the client, the first line.
fn case_name(bench: &Workbench, page: Page) -> String {
    let Some(input) = bench.input(bench.shown_input) else { return String::new() };
    let text = input.text.content.lossy();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let name = match input.kind {
        InputKind::Message => {
            let subject = text.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("Subject").then(|| value.trim())
            });
            // An encoded word says nothing to a reader.
            subject.filter(|subject| !subject.is_empty() && !subject.contains("=?")).map(str::to_owned)
        }
        InputKind::Hosts => {
            let clients = lines.clone().filter(|line| !line.starts_with('#'));
            match clients.clone().count() {
                0 | 1 => None,
                count => Some(page.fill(words::HOST_LIST, &[("count", &count.to_string())])),
            }
        }
        InputKind::Log => Some(page.say(maillog::LOG).to_owned()),
        InputKind::Session => {
            let told = lines.clone().find(|line| line.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("RCPT")));
            told.map(str::to_owned)
        }
    };
    let name = name.or_else(|| lines.next().map(str::to_owned)).unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(NAME_LENGTH).collect()
}
