//! The second worker: started when it is first asked, asked one thing at a time, stopped on demand.

use leptos::leptos_dom::helpers::set_timeout;
use leptos::prelude::*;
use postproof_protocol::desk::{Answer, Question, Request, Response};
use serde::Serialize as _;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "postproof-editor")]
extern "C" {
    /// `web/editor/desk.js`.
    type DeskWorker;

    #[wasm_bindgen(constructor)]
    fn new(
        answered: &Closure<dyn FnMut(JsValue)>,
        progressed: &Closure<dyn FnMut(u32, u32)>,
        broken: &Closure<dyn FnMut(String)>,
    ) -> DeskWorker;

    #[wasm_bindgen(method)]
    fn send(this: &DeskWorker, request: JsValue);

    #[wasm_bindgen(method)]
    fn stop(this: &DeskWorker);
}

/// How a question ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Answered(Answer),
    /// A person stopped it.
    Stopped,
    /// The worker failed, and the next question gets a new one.
    Broken(String),
}

/// What is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    Idle,
    /// How much of how much; nothing of nothing where that is not known.
    Busy {
        done: u32,
        all: u32,
    },
}

type Ask = Box<dyn FnOnce() -> Question>;
type Hear = Box<dyn FnOnce(Outcome)>;

/// A worker and what it calls; both go together, as a closure must not outlive its use.
struct Started {
    worker: DeskWorker,
    _answered: Closure<dyn FnMut(JsValue)>,
    _progressed: Closure<dyn FnMut(u32, u32)>,
    _broken: Closure<dyn FnMut(String)>,
}

impl Drop for Started {
    fn drop(&mut self) {
        self.worker.stop();
    }
}

/// Asks the second worker.
#[derive(Clone)]
pub(crate) struct Desk(Rc<RefCell<Inner>>);

struct Inner {
    work: RwSignal<Work>,
    started: Option<Started>,
    last_id: u32,
    under_way: Option<(u32, Hear)>,
    waiting: VecDeque<(Ask, Hear)>,
    this: Weak<RefCell<Inner>>,
}

impl Desk {
    /// No worker yet. `work` shows what is under way.
    pub(crate) fn new(work: RwSignal<Work>) -> Self {
        Self(Rc::new_cyclic(|this| {
            RefCell::new(Inner {
                work,
                started: None,
                last_id: 0,
                under_way: None,
                waiting: VecDeque::new(),
                this: this.clone(),
            })
        }))
    }

    /// Asks, when all that was asked before is answered; the question is made only then.
    pub(crate) fn ask(&self, ask: impl FnOnce() -> Question + 'static, hear: impl FnOnce(Outcome) + 'static) {
        let mut inner = self.0.borrow_mut();
        inner.waiting.push_back((Box::new(ask), Box::new(hear)));
        inner.next();
    }

    /// Whether its module was asked for.
    pub(crate) fn is_started(&self) -> bool {
        self.0.borrow().started.is_some()
    }

    /// Stops what is under way.
    pub(crate) fn stop(&self) {
        Inner::end(&self.0, Outcome::Stopped);
    }
}

impl Inner {
    /// Sends the next question, if the worker is free.
    fn next(&mut self) {
        if self.under_way.is_some() {
            return;
        }
        let Some((ask, hear)) = self.waiting.pop_front() else {
            self.work.set(Work::Idle);
            return;
        };
        self.last_id = self.last_id.wrapping_add(1);
        let request = Request { id: self.last_id, question: ask() };
        self.under_way = Some((self.last_id, hear));
        self.work.set(Work::Busy { done: 0, all: 0 });
        let this = self.this.clone();
        let started = self.started.get_or_insert_with(|| start(&this));
        // What the protocol holds is always plain data.
        if let Ok(request) = request.serialize(&serde_wasm_bindgen::Serializer::json_compatible()) {
            started.worker.send(request);
        }
    }

    /// Ends what is under way without an answer, and its worker with it.
    fn end(this: &Rc<RefCell<Self>>, outcome: Outcome) {
        let mut inner = this.borrow_mut();
        let Some((_, hear)) = inner.under_way.take() else { return };
        let lost = inner.started.take();
        drop(inner);
        // The worker's own closure may be what is running: it goes away after it has returned.
        set_timeout(move || drop(lost), Duration::ZERO);
        hear(outcome);
        this.borrow_mut().next();
    }

    fn answered(this: &Rc<RefCell<Self>>, response: JsValue) {
        match serde_wasm_bindgen::from_value::<Response>(response) {
            Ok(Response { id, answer }) => {
                let mut inner = this.borrow_mut();
                let Some((_, hear)) = inner.under_way.take_if(|(awaited, _)| *awaited == id) else { return };
                drop(inner);
                hear(Outcome::Answered(answer));
                this.borrow_mut().next();
            }
            Err(error) => Self::end(this, Outcome::Broken(error.to_string())),
        }
    }
}

fn start(this: &Weak<RefCell<Inner>>) -> Started {
    let weak = this.clone();
    let answered = Closure::new(move |response: JsValue| {
        if let Some(this) = weak.upgrade() {
            Inner::answered(&this, response);
        }
    });
    let weak = this.clone();
    let progressed = Closure::new(move |done: u32, all: u32| {
        if let Some(this) = weak.upgrade() {
            let work = this.borrow().work;
            work.set(Work::Busy { done, all });
        }
    });
    let weak = this.clone();
    let broken = Closure::new(move |detail: String| {
        let Some(this) = weak.upgrade() else { return };
        if this.borrow().under_way.is_some() {
            Inner::end(&this, Outcome::Broken(detail));
        } else {
            let lost = this.borrow_mut().started.take();
            set_timeout(move || drop(lost), Duration::ZERO);
        }
    });
    let worker = DeskWorker::new(&answered, &progressed, &broken);
    Started { worker, _answered: answered, _progressed: progressed, _broken: broken }
}
