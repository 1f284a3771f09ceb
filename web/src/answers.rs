//! Closer answers beside the verdict: what people read, what results, what a rule means. The second worker gives them, and
//! only those that are looked at are asked for, when nobody has typed for a moment. The last answer stays until the next.

use crate::desk::Outcome;
use crate::page::Page;
use crate::preferences;
use crate::tests::Side;
use crate::workbench::Key;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use postproof_model::{Bytes, InputKind};
use postproof_protocol::answers::{ExplainedRule, MadeRules, OnlyRead, Reading, Resulting};
use postproof_protocol::desk::{Answer, Question};
use postproof_words::Lang;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// How long nobody must have typed before the worker is asked, in milliseconds.
const PAUSE: u64 = 150;
/// The room for a diagram where it cannot be measured, in pixels.
const ROOM: i32 = 360;
/// What of the panel is no room for a diagram, in pixels.
const EDGES: i32 = 56;

/// What an answer is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) revision: u64,
    pub(crate) input: Key,
    lang: Lang,
    /// Where the caret is: the table's key, and the offset in the editor's units.
    caret: Option<(Key, u32)>,
}

/// An answer, and what it is about.
#[derive(Clone, Debug)]
pub(crate) struct Seen<T> {
    pub(crate) about: About,
    pub(crate) answer: T,
}

/// Something that is asked for again and again.
pub(crate) struct Looked<T: Send + Sync + 'static> {
    /// The last answer.
    pub(crate) seen: RwSignal<Option<Arc<Seen<T>>>>,
    /// Whether there was none the last time.
    pub(crate) failed: RwSignal<bool>,
    waits: StoredValue<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl<T: Send + Sync + 'static> Clone for Looked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Looked<T> {}

impl<T: Send + Sync + 'static> Looked<T> {
    fn new() -> Self {
        Self {
            seen: RwSignal::new(None),
            failed: RwSignal::new(false),
            waits: StoredValue::new(false),
            timer: StoredValue::new(None),
        }
    }

    /// Asks soon, with whatever is in front by then.
    fn soon(self, page: Page, question: fn(Page) -> (About, Question), take: fn(Answer) -> Option<T>) {
        if let Some(waiting) = self.timer.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
        let ask = move || {
            if self.waits.get_value() {
                return;
            }
            self.waits.set_value(true);
            let of = Rc::new(RefCell::new(About::default()));
            let asked = of.clone();
            let ask = move || {
                self.waits.set_value(false);
                let (about, question) = question(page);
                *asked.borrow_mut() = about;
                question
            };
            page.lint.desk().ask(ask, move |outcome| {
                let answer = if let Outcome::Answered(answer) = outcome { take(answer) } else { None };
                self.failed.set(answer.is_none());
                if let Some(answer) = answer {
                    self.seen.set(Some(Arc::new(Seen { about: of.take(), answer })));
                }
            });
        };
        self.timer.set_value(set_timeout_with_handle(ask, Duration::from_millis(PAUSE)).ok());
    }
}

/// Whose caret moved last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pane {
    Rules,
    Input,
}

/// Where the caret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caret {
    pub(crate) pane: Pane,
    pub(crate) key: Key,
    /// In the editor's units.
    pub(crate) at: u32,
}

/// The state.
#[derive(Clone, Copy)]
pub(crate) struct Answers {
    /// Whether a message is shown as people read it.
    pub(crate) decoded: RwSignal<bool>,
    pub(crate) caret: RwSignal<Option<Caret>>,
    /// The last place of the caret in the rules.
    pub(crate) rule: RwSignal<Option<(Key, u32)>>,
    pub(crate) reading: Looked<Reading>,
    pub(crate) result: Looked<Option<Box<Resulting>>>,
    pub(crate) explained: Looked<Option<Box<ExplainedRule>>>,
    /// The rule that matches only what people read and that another is made for.
    pub(crate) making: RwSignal<Option<OnlyRead>>,
    /// What was made, and of which revision.
    pub(crate) made: RwSignal<Option<(u64, MadeRules)>>,
}

impl Answers {
    pub(crate) fn new() -> Self {
        Self {
            decoded: RwSignal::new(false),
            caret: RwSignal::new(None),
            rule: RwSignal::new(None),
            reading: Looked::new(),
            result: Looked::new(),
            explained: Looked::new(),
            making: RwSignal::new(None),
            made: RwSignal::new(None),
        }
    }
}

/// What is in front now.
fn about(page: Page, caret: Option<(Key, u32)>) -> About {
    let lang = page.lang.get_untracked();
    page.bench.with_untracked(|bench| About { revision: bench.revision, input: bench.shown_input, lang, caret })
}

/// Asks for what is looked at, from now on.
pub(crate) fn tie(page: Page) {
    let answers = page.answers;
    // The first verdict comes first.
    let judged = Memo::new(move |_| page.finding.with(Option::is_some));
    let current = Memo::new(move |_| {
        let (revision, input) = page.bench.with(|bench| (bench.revision, bench.shown_input));
        judged.get().then(|| About { revision, input, lang: page.lang.get(), caret: None })
    });
    let side = page.tests.side;
    let message = Memo::new(move |_| page.shows_message());
    let reading = Memo::new(move |_| {
        // The hint in the reasons is not worth the worker to whoever saves data.
        let hinted = side.get() == Side::Why && !preferences::saves_data();
        let looked_at = message.get() && (answers.decoded.get() || hinted);
        current.get().filter(|_| looked_at)
    });
    Effect::new(move |_| {
        if reading.get().is_some() {
            answers.reading.soon(page, ask_reading, |answer| match answer {
                Answer::Read(reading) => Some(*reading),
                _ => None,
            });
        }
    });
    let result = Memo::new(move |_| current.get().filter(|_| message.get() && side.get() == Side::Result));
    Effect::new(move |_| {
        if result.get().is_some() {
            answers.result.soon(page, ask_result, |answer| match answer {
                Answer::Result(result) => Some(result),
                _ => None,
            });
        }
    });
    let explained = Memo::new(move |_| {
        let caret = answers.rule.get();
        current.get().filter(|_| side.get() == Side::Explain && caret.is_some()).map(|about| About { caret, ..about })
    });
    Effect::new(move |_| {
        if explained.get().is_some() {
            answers.explained.soon(page, ask_explained, |answer| match answer {
                Answer::Explained(explained) => Some(explained),
                _ => None,
            });
        }
    });
}

fn ask_reading(page: Page) -> (About, Question) {
    let lang = page.lang.get_untracked().tag().to_owned();
    (about(page, None), Question::Read { project: page.project(), lang })
}

fn ask_result(page: Page) -> (About, Question) {
    (about(page, None), Question::Result { project: page.project() })
}

fn ask_explained(page: Page) -> (About, Question) {
    let caret = page.answers.rule.get_untracked();
    let (key, at) = caret.unwrap_or_default();
    let file = page.bench.with_untracked(|bench| bench.tables.iter().position(|table| table.text.key == key));
    let room = document().get_element_by_id("because-panel").map(|panel| panel.client_width() - EDGES);
    let question = Question::Explain {
        project: page.project(),
        file: file.unwrap_or(usize::MAX),
        at,
        width: room.filter(|room| *room > 0).unwrap_or(ROOM),
        lang: page.lang.get_untracked().tag().to_owned(),
    };
    (about(page, caret), question)
}

impl Page {
    /// Whether a message is in front.
    pub(crate) fn shows_message(self) -> bool {
        self.bench.with(|bench| bench.input(bench.shown_input).is_some_and(|input| input.kind == InputKind::Message))
    }

    /// The caret of an editor moved.
    pub(crate) fn moved(self, pane: Pane, key: Key, at: u32) {
        if pane == Pane::Rules {
            self.answers.rule.set(Some((key, at)));
        }
        self.answers.caret.set(Some(Caret { pane, key, at }));
    }

    /// Asks for rules that catch a phrase where another rule does not match.
    pub(crate) fn make_rules(self, phrase: String) {
        let answers = self.answers;
        let Some(only) = answers.making.get_untracked() else { return };
        let (rule, class) = (only.found.rule, only.found.class);
        let lang = self.lang.get_untracked().tag().to_owned();
        let of = Rc::new(RefCell::new(0));
        let asked = of.clone();
        let ask = move || {
            *asked.borrow_mut() = self.bench.with_untracked(|bench| bench.revision);
            Question::Make { project: self.project(), phrase, rule, class, lang }
        };
        self.lint.desk().ask(ask, move |outcome| {
            let made = if let Outcome::Answered(Answer::Made(made)) = outcome { Some(*made) } else { None };
            answers.made.set(Some((of.take(), made.unwrap_or_default())));
        });
    }

    /// The input in front, as bytes.
    pub(crate) fn input_content(self) -> Arc<Bytes> {
        self.bench
            .with(|bench| bench.input(bench.shown_input).map(|input| input.text.content.clone()))
            .unwrap_or_default()
    }
}
