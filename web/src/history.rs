//! Steps of the project that can be taken back: what is added, removed, renamed, moved, opened or mended. Typing is the
//! editors' own affair; a step that is taken back leaves what was typed since.

use crate::notices::Notice;
use crate::page::Page;
use crate::workbench::{Key, Workbench};
use leptos::prelude::*;
use postproof_model::Bytes;
use postproof_protocol::text::to_text;
use postproof_words::{Lang, Phrase, examples};
use std::collections::VecDeque;
use std::sync::Arc;

/// How many steps are kept.
const STEPS: usize = 100;

/// How many bytes of texts that are no longer in the project are kept for them.
const BYTES: usize = 64 * 1024 * 1024;

/// What a step did: a sentence, perhaps about something with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Did {
    what: Phrase,
    name: String,
}

impl Did {
    /// `{name}` in the phrase is the name.
    pub(crate) fn new(what: Phrase, name: impl Into<String>) -> Self {
        Self { what, name: name.into() }
    }

    pub(crate) fn say(&self, lang: Lang) -> String {
        self.what.fill(lang, &[("name", &self.name)])
    }
}

/// One step, with the project on both sides of it. Texts are shared, so that this costs little.
#[derive(Clone, Debug)]
struct Step {
    did: Did,
    before: Workbench,
    after: Workbench,
}

impl Step {
    /// The bytes that are kept for this step alone.
    fn weight(&self) -> usize {
        let is_left = |content: &Arc<Bytes>| self.after.texts().any(|text| Arc::ptr_eq(&text.content, content));
        let texts = self.before.texts().filter(|text| !is_left(&text.content)).map(|text| text.content.len());
        texts.sum::<usize>() + if self.before.tests == self.after.tests { 0 } else { self.before.tests.len() }
    }
}

/// The steps behind and ahead.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
}

impl History {
    /// A step was made: what lay ahead is no more.
    fn push(&mut self, step: Step) {
        self.undone.clear();
        self.keep(step);
    }

    fn keep(&mut self, step: Step) {
        self.done.push_back(step);
        let mut weight = 0;
        let kept = self.done.iter().rev().take_while(|step| {
            weight += step.weight();
            weight <= BYTES
        });
        // The last step can always be taken back.
        let kept = kept.take(STEPS).count().max(1);
        self.done.drain(..self.done.len() - kept);
    }

    /// What the next step back would undo.
    pub(crate) fn back(&self) -> Option<&Did> {
        self.done.back().map(|step| &step.did)
    }

    /// What the next step on would do again.
    pub(crate) fn on(&self) -> Option<&Did> {
        self.undone.last().map(|step| &step.did)
    }

    /// The texts that a step may bring back; their editors keep what was typed in them.
    pub(crate) fn keys(&self) -> Vec<Key> {
        let steps = self.done.iter().chain(&self.undone);
        let mut keys: Vec<Key> =
            steps.flat_map(|step| step.before.texts().chain(step.after.texts())).map(|text| text.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

impl Page {
    /// Changes the project in a step that can be taken back. What changes nothing is no step.
    pub(crate) fn step<T>(self, did: Did, change: impl FnOnce(&mut Workbench) -> T) -> Option<T> {
        let before = self.bench.get_untracked();
        let result = self.bench.try_update(change);
        self.stepped(did, before);
        result
    }

    /// The same, told in a notice from which it can be taken back; `back` is what the button says.
    pub(crate) fn step_told<T>(self, did: Did, back: Phrase, change: impl FnOnce(&mut Workbench) -> T) -> Option<T> {
        let result = self.step(did.clone(), change);
        if self.history.with_untracked(|history| history.back() == Some(&did)) {
            self.notice.set(Some(Notice::Did { did, back }));
        }
        result
    }

    /// The project was changed in a step; `before` is what it was.
    pub(crate) fn stepped(self, did: Did, before: Workbench) {
        let after = self.bench.get_untracked();
        if before.is_same(&after) {
            return;
        }
        self.history.update(|history| history.push(Step { did, before, after }));
        self.forget_step_notice();
    }

    /// Takes the last step back, and says which.
    pub(crate) fn undo(self) {
        while let Some(step) = self.history.try_update(|history| history.done.pop_back()).flatten() {
            if let Some(turned) = self.turn(&step.did, &step.after, &step.before) {
                let did = turned.did.clone();
                // Seen from here, the step leads the other way.
                let ahead = Step { did: turned.did, before: turned.after, after: turned.before };
                self.history.update(|history| history.undone.push(ahead));
                self.notice.set(Some(Notice::Undone(did)));
                return;
            }
        }
        self.forget_step_notice();
    }

    /// Makes the step again that was taken back last.
    pub(crate) fn redo(self) {
        while let Some(step) = self.history.try_update(|history| history.undone.pop()).flatten() {
            if let Some(turned) = self.turn(&step.did, &step.before, &step.after) {
                let did = turned.did.clone();
                self.history.update(|history| history.keep(turned));
                self.notice.set(Some(Notice::Did { did, back: postproof_words::page::UNDO }));
                return;
            }
        }
        self.forget_step_notice();
    }

    /// Turns the project from one side of a step to the other. None where that changes nothing: a person has done it by hand,
    /// or in an editor, already.
    fn turn(self, did: &Did, from: &Workbench, to: &Workbench) -> Option<Step> {
        let before = self.bench.get_untracked();
        let mut after = before.clone();
        let changed = after.turn(from, to);
        if before.is_same(&after) {
            return None;
        }
        self.bench.set(after.clone());
        // Its lesson is about another project then.
        if did.what == examples::OPENED {
            self.examples.lesson.set(None);
        }
        for (key, content) in changed {
            let text = to_text(&content);
            for editor in [self.table_editor(), self.input_editor()].into_iter().flatten() {
                editor.put(key, &text);
            }
        }
        Some(Step { did: did.clone(), before, after })
    }

    /// A notice about an older step would take back another one.
    fn forget_step_notice(self) {
        if self.notice.with_untracked(|notice| matches!(notice, Some(Notice::Did { .. } | Notice::Undone(_)))) {
            self.notice.set(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::{Project, ProjectFile, Role, TableKind};
    use postproof_words::page as words;

    fn bench(size: usize) -> Workbench {
        let file = ProjectFile {
            name: "a".to_owned(),
            role: Role::HeaderChecks,
            kind: TableKind::Regexp,
            content: vec![b'x'; size].into(),
        };
        Workbench::new(Project { files: vec![file], ..Project::default() })
    }

    fn removal(size: usize) -> Step {
        let before = bench(size);
        let mut after = before.clone();
        after.remove_table(before.tables[0].text.key);
        Step { did: Did::new(words::REMOVED, "a"), before, after }
    }

    #[test]
    fn a_step_weighs_what_only_it_keeps() {
        assert_eq!(removal(1000).weight(), 1000);
        let Step { did, before, .. } = removal(1000);
        assert_eq!(Step { did, after: before.clone(), before }.weight(), 0);
    }

    #[test]
    fn old_steps_go_first_and_the_last_one_stays() {
        let mut history = History::default();
        for _ in 0..STEPS + 5 {
            history.push(removal(1));
        }
        assert_eq!(history.done.len(), STEPS);
        history.push(removal(BYTES - 10));
        assert_eq!(history.done.len(), 11);
        history.push(removal(BYTES + 1));
        assert_eq!(history.done.len(), 1);
        assert_eq!(history.back().unwrap().say(Lang::En), "a is removed.");
    }
}
