//! The worker, its timer, and the signals that its answers go to.

use super::schedule::Schedule;
use super::{Finding, Health, Question};
use crate::workbench::Workbench;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use postproof_protocol::{Request, Response};
use serde::Serialize as _;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "postproof-editor")]
extern "C" {
    /// `web/editor/engine.js`.
    type EngineWorker;

    #[wasm_bindgen(constructor)]
    fn new(
        ready: &Closure<dyn FnMut()>,
        loading: &Closure<dyn FnMut()>,
        answered: &Closure<dyn FnMut(JsValue, f64)>,
        broken: &Closure<dyn FnMut(String)>,
    ) -> EngineWorker;

    #[wasm_bindgen(method)]
    fn send(this: &EngineWorker, request: JsValue);

    #[wasm_bindgen(method)]
    fn stop(this: &EngineWorker);
}

/// A worker and what it calls; both go together, as a closure must not outlive its use.
struct Started {
    worker: EngineWorker,
    _ready: Closure<dyn FnMut()>,
    _loading: Closure<dyn FnMut()>,
    _answered: Closure<dyn FnMut(JsValue, f64)>,
    _broken: Closure<dyn FnMut(String)>,
}

impl Drop for Started {
    fn drop(&mut self) {
        self.worker.stop();
    }
}

/// Where answers go, and where questions and deadlines come from.
#[derive(Clone, Copy)]
pub(crate) struct Wires {
    pub(crate) bench: RwSignal<Workbench>,
    pub(crate) finding: RwSignal<Option<Arc<Finding>>>,
    pub(crate) health: RwSignal<Health>,
    /// In milliseconds, counted from when the worker is ready.
    pub(crate) deadline: RwSignal<u32>,
    /// Whether a question is under way.
    pub(crate) busy: RwSignal<bool>,
}

/// Asks the engine.
#[derive(Clone)]
pub(crate) struct Client(Rc<RefCell<Inner>>);

struct Inner {
    wires: Wires,
    schedule: Schedule,
    started: Option<Started>,
    /// The request under way.
    question: Option<Question>,
    timer: Option<TimeoutHandle>,
    this: Weak<RefCell<Inner>>,
}

impl Client {
    /// Starts the worker.
    pub(crate) fn start(wires: Wires) -> Self {
        let inner = Rc::new_cyclic(|this| {
            RefCell::new(Inner {
                wires,
                schedule: Schedule::new(),
                started: None,
                question: None,
                timer: None,
                this: this.clone(),
            })
        });
        inner.borrow_mut().start_worker();
        Self(inner)
    }

    /// Something changed: asks, as soon as the worker is free.
    pub(crate) fn wake(&self) {
        let mut inner = self.0.borrow_mut();
        if let Some(id) = inner.schedule.want() {
            inner.send(id);
        }
    }

    /// Stops what is under way.
    pub(crate) fn stop(&self) {
        let mut inner = self.0.borrow_mut();
        if inner.question.is_some() {
            inner.replace_worker(Health::Stopped);
        }
    }

    /// Asks again what was given up, with a new worker if there is none.
    pub(crate) fn try_again(&self) {
        let mut inner = self.0.borrow_mut();
        inner.wires.health.set(Health::Well);
        if inner.started.is_none() {
            inner.schedule.restarted();
            inner.start_worker();
        }
        drop(inner);
        self.wake();
    }
}

impl Inner {
    fn start_worker(&mut self) {
        let hear = |what: fn(&mut Self)| {
            let this = self.this.clone();
            Closure::new(move || {
                if let Some(inner) = this.upgrade() {
                    what(&mut inner.borrow_mut());
                }
            })
        };
        let ready = hear(|inner| {
            if let Some(id) = inner.schedule.ready() {
                inner.send(id);
            } else if let Some(id) = inner.schedule.under_way() {
                inner.start_timer(id);
            }
        });
        // The deadline is for answers; how long the network takes says nothing about a pattern.
        let loading = hear(Self::stop_timer);
        let this = self.this.clone();
        let answered = Closure::new(move |response: JsValue, milliseconds: f64| {
            if let Some(inner) = this.upgrade() {
                inner.borrow_mut().answered(response, milliseconds);
            }
        });
        let this = self.this.clone();
        let broken = Closure::new(move |detail: String| {
            // The closure that is running goes away with its worker, so the worker is replaced after it has returned.
            let this = this.clone();
            set_timeout(
                move || {
                    if let Some(inner) = this.upgrade() {
                        inner.borrow_mut().broken(detail);
                    }
                },
                Duration::ZERO,
            );
        });
        let worker = EngineWorker::new(&ready, &loading, &answered, &broken);
        self.started = Some(Started { worker, _ready: ready, _loading: loading, _answered: answered, _broken: broken });
    }

    fn send(&mut self, id: u32) {
        let (project, question) = self.wires.bench.with_untracked(|bench| (bench.project(), Question::about(bench)));
        let request = Request::Evaluate { id, project };
        let Ok(request) = request.serialize(&serde_wasm_bindgen::Serializer::json_compatible()) else { return };
        self.question = Some(question);
        self.wires.busy.set(true);
        if let Some(started) = &self.started {
            started.worker.send(request);
        }
        self.start_timer(id);
    }

    fn start_timer(&mut self, id: u32) {
        self.stop_timer();
        let this = self.this.clone();
        let milliseconds = self.wires.deadline.get_untracked();
        let overdue = move || {
            if let Some(inner) = this.upgrade() {
                inner.borrow_mut().overdue(id, milliseconds);
            }
        };
        self.timer = set_timeout_with_handle(overdue, Duration::from_millis(u64::from(milliseconds))).ok();
    }

    fn answered(&mut self, response: JsValue, milliseconds: f64) {
        match serde_wasm_bindgen::from_value(response) {
            Ok(Response::Evaluated { id, report }) => {
                if !self.schedule.answered(id) {
                    return;
                }
                self.stop_timer();
                self.wires.busy.set(false);
                if let Some(question) = self.question.take() {
                    self.wires.health.set(Health::Well);
                    self.wires.finding.set(Some(Arc::new(question.finding(*report, milliseconds))));
                }
                if let Some(id) = self.schedule.next() {
                    self.send(id);
                }
            }
            // The worker asks elsewhere and does not tell.
            Ok(Response::NeedsServer { .. }) => self.broken_later("the engine has no server".to_owned()),
            Ok(Response::Misunderstood { detail }) => self.broken_later(detail),
            Err(error) => self.broken_later(error.to_string()),
        }
    }

    fn overdue(&mut self, id: u32, milliseconds: u32) {
        if self.schedule.awaits(id) {
            self.replace_worker(Health::Overdue { milliseconds });
        }
    }

    /// As [`Inner::broken`], from within one of the worker's own closures.
    fn broken_later(&self, detail: String) {
        let this = self.this.clone();
        set_timeout(
            move || {
                if let Some(inner) = this.upgrade() {
                    inner.borrow_mut().broken(detail);
                }
            },
            Duration::ZERO,
        );
    }

    fn broken(&mut self, detail: String) {
        if self.schedule.is_starting() {
            // It never came up: the next one would not either.
            self.started = None;
            self.schedule.down();
            self.wires.health.set(Health::Missing { detail });
        } else {
            self.replace_worker(Health::Broken { detail });
        }
    }

    fn replace_worker(&mut self, health: Health) {
        self.stop_timer();
        self.question = None;
        self.wires.busy.set(false);
        self.started = None;
        self.schedule.restarted();
        self.start_worker();
        self.wires.health.set(health);
    }

    fn stop_timer(&mut self) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
    }
}
