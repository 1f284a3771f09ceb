//! All state of the page in one place. Views read it; what changes it is a method here.

use crate::answers::Answers;
use crate::editor::{Editor, changes};
use crate::engine::{Client, Finding, Health};
use crate::examples::{self, Before, Examples};
use crate::history::{Did, History};
use crate::lint::Lint;
use crate::markup::Place;
use crate::notices::Notice;
use crate::panes::Widths;
use crate::preferences::{self, Theme};
use crate::tests::Tests;
use crate::workbench::{About, BadName, Key, Text, Way, Workbench};
use crate::{input_pane, keeping, lesson, link, recognised};
use leptos::prelude::*;
use postproof_model::{Bytes, Input, InputKind, Project, Role, Span, TableKind};
use postproof_protocol::text::{Offsets, to_text};
use postproof_words::{Lang, Phrase, page as words, recognised as recognised_words, sharing, workspace};
use std::rc::Rc;
use std::sync::Arc;

/// The largest file that is opened, in bytes.
pub(crate) const FILE_LIMIT: usize = 16 * 1024 * 1024;

/// The state.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) lang: RwSignal<Lang>,
    pub(crate) theme: RwSignal<Theme>,
    pub(crate) widths: RwSignal<Widths>,
    pub(crate) bench: RwSignal<Workbench>,
    /// The steps that led to it.
    pub(crate) history: RwSignal<History>,
    /// The last report that came.
    pub(crate) finding: RwSignal<Option<Arc<Finding>>>,
    pub(crate) health: RwSignal<Health>,
    /// How long the engine may take, in milliseconds.
    pub(crate) deadline: RwSignal<u32>,
    /// Whether the engine is at work.
    pub(crate) busy: RwSignal<bool>,
    pub(crate) notice: RwSignal<Option<Notice>>,
    pub(crate) tests: Tests,
    pub(crate) lint: Lint,
    pub(crate) answers: Answers,
    table_editor: StoredValue<Option<Rc<Editor>>, LocalStorage>,
    input_editor: StoredValue<Option<Rc<Editor>>, LocalStorage>,
    client: StoredValue<Option<Client>, LocalStorage>,
    pub(crate) examples: Examples,
    /// What was opened last, as long as it is no one's own work.
    opened: StoredValue<Option<Project>, LocalStorage>,
}

/// The page's state, wherever in it one is.
pub(crate) fn page() -> Page {
    expect_context()
}

impl Page {
    /// The state of a page that has just been opened, with the project of its address.
    pub(crate) fn new() -> Self {
        let lang = preferences::lang();
        let kept = keeping::kept();
        let example = examples::named(&link::hash());
        let of_address = link::project_of_address();
        let own = kept.is_some() && of_address.is_none() && example.is_none();
        let (project, told, before) = match of_address {
            // It comes a moment later.
            _ if example.is_some() => (Project::default(), None, None),
            None => (kept.unwrap_or_else(|| lesson::project(lang)), None, None),
            Some(Ok(project)) => {
                let before = kept.filter(|kept| *kept != project);
                (project, None, before)
            }
            Some(Err(error)) => (Project::default(), Some(error.kind()), None),
        };
        let kept = before.map(Workbench::new);
        let bench = kept.as_ref().map_or_else(
            || Workbench::new(project.clone()),
            |kept| {
                let mut bench = kept.clone();
                bench.open(project.clone());
                bench
            },
        );
        let notice = told.map(|kind| Notice::BadLink { kind, back: false });
        let page = Self {
            lang: RwSignal::new(lang),
            theme: RwSignal::new(preferences::theme()),
            widths: RwSignal::new(preferences::widths()),
            bench: RwSignal::new(bench),
            history: RwSignal::new(History::default()),
            finding: RwSignal::new(None),
            health: RwSignal::new(Health::Well),
            deadline: RwSignal::new(preferences::deadline()),
            busy: RwSignal::new(false),
            notice: RwSignal::new(notice),
            tests: Tests::new(),
            lint: Lint::new(),
            answers: Answers::new(),
            table_editor: StoredValue::new_local(None),
            input_editor: StoredValue::new_local(None),
            client: StoredValue::new_local(None),
            examples: Examples::new(),
            opened: StoredValue::new_local(None),
        };
        if !own {
            page.as_opened();
        }
        if let Some(kept) = kept {
            let did = Did::new(sharing::WORK_BEFORE, "");
            page.stepped(did.clone(), kept);
            page.notice.set(Some(Notice::Did { did, back: words::GO_BACK }));
        }
        if let Some(name) = example {
            page.open_example(name, Before::Nothing);
        }
        page
    }

    /// What is in work was opened just now: it takes no one's place until a person changes it.
    pub(crate) fn as_opened(self) {
        self.opened.set_value(Some(in_no_order(self.project())));
    }

    /// Whether this is what was opened.
    pub(crate) fn is_as_opened(self, project: &Project) -> bool {
        let project = in_no_order(project.clone());
        self.opened.with_value(|opened| opened.as_ref() == Some(&project))
    }

    /// A phrase that follows the page's language: for attributes and texts of views.
    pub(crate) fn words(self, phrase: Phrase) -> Signal<&'static str> {
        Signal::derive(move || self.say(phrase))
    }

    /// A phrase in the page's language.
    pub(crate) fn say(self, phrase: Phrase) -> &'static str {
        phrase.say(self.lang.get())
    }

    /// A phrase with values, in the page's language.
    pub(crate) fn fill(self, phrase: Phrase, values: &[(&str, &str)]) -> String {
        phrase.fill(self.lang.get(), values)
    }

    /// Whether what is shown is about an older project than the one in work.
    pub(crate) fn is_old(self) -> bool {
        self.finding.with(|finding| finding.as_ref().map(|finding| finding.revision))
            != Some(self.bench.with(|bench| bench.revision))
    }

    pub(crate) fn set_client(self, client: Client) {
        self.client.set_value(Some(client));
    }

    /// Asks the engine about the project as it is now.
    pub(crate) fn ask(self) {
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.wake();
            }
        });
    }

    /// Asks the engine again, perhaps with another deadline.
    pub(crate) fn ask_again(self, deadline: u32) {
        self.deadline.set(deadline);
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.try_again();
            }
        });
    }

    /// Stops the engine.
    pub(crate) fn stop(self) {
        self.client.with_value(|client| {
            if let Some(client) = client {
                client.stop();
            }
        });
    }

    pub(crate) fn set_table_editor(self, editor: Editor) {
        self.table_editor.set_value(Some(Rc::new(editor)));
    }

    pub(crate) fn set_input_editor(self, editor: Editor) {
        self.input_editor.set_value(Some(Rc::new(editor)));
    }

    pub(crate) fn table_editor(self) -> Option<Rc<Editor>> {
        self.table_editor.get_value()
    }

    pub(crate) fn input_editor(self) -> Option<Rc<Editor>> {
        self.input_editor.get_value()
    }

    /// The texts that editors keep: those of the project, and those that a step back would bring.
    pub(crate) fn keys(self) -> Vec<Key> {
        let mut keys = self.history.with(History::keys);
        self.bench.with(|bench| keys.extend(bench.texts().map(|text| text.key)));
        keys
    }

    /// A text changed; in a step of its own when that was no typing.
    pub(crate) fn edited(self, key: Key, content: Bytes, version: u32, step: bool) {
        if step {
            let name = self.bench.with_untracked(|bench| self.name_of(bench, key));
            self.step(Did::new(workspace::CHANGED, name), |bench| bench.edited(key, content, version));
        } else {
            self.bench.update(|bench| bench.edited(key, content, version));
        }
    }

    /// What a table or an input is called.
    fn name_of(self, bench: &Workbench, key: Key) -> String {
        let lang = self.lang.get_untracked();
        let table = bench.table(key).map(|table| table.name.clone());
        table.or_else(|| Some(input_pane::name(bench, bench.input(key)?, lang))).unwrap_or_default()
    }

    /// Opens the project that the address names, after it changed.
    pub(crate) fn open_address(self) {
        if let Some(name) = examples::named(&link::hash()) {
            self.open_example(name, Before::Project);
            return;
        }
        let Some(opened) = link::project_of_address() else { return };
        let did = Did::new(words::LINK_OPENED, "");
        match opened {
            Ok(project) => self.open(project, did),
            Err(error) => {
                self.step(did, |bench| bench.open(Project::default()));
                self.notice.set(Some(Notice::BadLink { kind: error.kind(), back: true }));
            }
        }
    }

    /// Puts a project in the place of the one in work; the notice about it leads back.
    pub(crate) fn open(self, project: Project, did: Did) {
        self.examples.lesson.set(None);
        self.step_told(did, words::GO_BACK, |bench| bench.open(project));
    }

    /// Adds a table.
    pub(crate) fn add_table(self, about: &About, content: Bytes) -> Result<(), BadName> {
        let did = Did::new(workspace::ADDED, about.name.trim());
        self.step(did, |bench| bench.add_table(about, content)).unwrap_or(Ok(()))
    }

    /// Gives a table another name, kind or use.
    pub(crate) fn change_table(self, key: Key, about: &About) -> Result<(), BadName> {
        let name = self.bench.with_untracked(|bench| self.name_of(bench, key));
        self.step(Did::new(workspace::SETTINGS_CHANGED, name), |bench| bench.change_table(key, about)).unwrap_or(Ok(()))
    }

    /// Removes a table; the notice about it undoes that.
    pub(crate) fn remove_table(self, key: Key) {
        let name = self.bench.with_untracked(|bench| self.name_of(bench, key));
        self.step_told(Did::new(words::REMOVED, name), words::UNDO, |bench| bench.remove_table(key));
    }

    /// Puts a copy of a table beside it.
    pub(crate) fn duplicate_table(self, key: Key) {
        let name = self.bench.with_untracked(|bench| self.name_of(bench, key));
        self.step(Did::new(workspace::DUPLICATED, name), |bench| bench.duplicate_table(key));
    }

    /// Moves a table along its row.
    pub(crate) fn move_table(self, key: Key, way: Way) {
        let name = self.bench.with_untracked(|bench| self.name_of(bench, key));
        self.step(Did::new(workspace::MOVED, name), |bench| bench.move_table(key, way));
    }

    /// Adds an input.
    pub(crate) fn add_input(self, name: &str, kind: InputKind) {
        let input = Input { name: name.trim().to_owned(), kind, content: Bytes::default() };
        let told =
            if input.name.is_empty() { self.say(input_pane::kind_word(kind)).to_owned() } else { input.name.clone() };
        self.step(Did::new(workspace::ADDED, told), |bench| bench.add_input(input));
    }

    /// Gives an input another name or kind.
    pub(crate) fn change_input(self, key: Key, name: &str, kind: InputKind) {
        let old = self.bench.with_untracked(|bench| self.name_of(bench, key));
        self.step(Did::new(workspace::SETTINGS_CHANGED, old), |bench| bench.change_input(key, name, kind));
    }

    /// Removes an input; the notice about it undoes that.
    pub(crate) fn remove_input(self, key: Key) {
        let name = self.bench.with_untracked(|bench| self.name_of(bench, key));
        self.step_told(Did::new(words::REMOVED, name), words::UNDO, |bench| bench.remove_input(key));
    }

    /// Puts a copy of an input beside it.
    pub(crate) fn duplicate_input(self, key: Key) {
        let name = self.bench.with_untracked(|bench| self.name_of(bench, key));
        self.step(Did::new(workspace::DUPLICATED, name), |bench| bench.duplicate_input(key));
    }

    /// Moves an input along its row.
    pub(crate) fn move_input(self, key: Key, way: Way) {
        let name = self.bench.with_untracked(|bench| self.name_of(bench, key));
        self.step(Did::new(workspace::MOVED, name), |bench| bench.move_input(key, way));
    }

    /// A file was dropped on the rules: a new table, used for what its name says.
    pub(crate) fn drop_table(self, name: &str, content: Bytes) {
        let shown = self.bench.with_untracked(|bench| bench.shown_table().map(|table| table.role));
        let role = role_by_name(name).or(shown).unwrap_or(Role::HeaderChecks);
        let name = self.bench.with_untracked(|bench| bench.free_name(name));
        // A free name is a good one.
        let _ = self.add_table(&About { name, role, kind: TableKind::default() }, content);
    }

    /// A text is put in the place of an input's. Where it is certainly of another kind, it becomes an input of that kind, and
    /// this one keeps what it had; true then. Who took that back wants the text where it was put.
    pub(crate) fn take_input(self, key: Key, content: &Bytes) -> bool {
        let Some(kind) = recognised::kind(content) else { return false };
        let is_new = self.bench.with_untracked(|bench| bench.input(key).is_some_and(|input| input.kind != kind));
        let did = Did::new(taken_words(kind), "");
        if !is_new || self.history.with_untracked(|history| history.on() == Some(&did)) {
            return false;
        }
        let input = Input { name: String::new(), kind, content: content.clone() };
        self.step_told(did, words::UNDO, |bench| bench.add_input(input));
        true
    }

    /// A file was dropped on the input: it takes the place of what was there, or becomes an input of its kind.
    pub(crate) fn drop_input(self, content: &Bytes) {
        if self.take_input(self.bench.with_untracked(|bench| bench.shown_input), content) {
            return;
        }
        if let Some(editor) = self.input_editor() {
            editor.replace(&to_text(content));
        }
    }

    /// Goes to a place, if it is still there.
    pub(crate) fn go(self, place: Place) {
        match place {
            Place::Table(name, span) => {
                let text = self.bench.with_untracked(|bench| Some(bench.table_meant(&name)?.text.clone()));
                if let Some(text) = text {
                    self.bench.update(|bench| bench.show_table(text.key));
                    self.go_to(Self::table_editor, text, span);
                }
            }
            Place::Input(span) => {
                let text = self.bench.with_untracked(|bench| Some(bench.input(bench.shown_input)?.text.clone()));
                if let Some(text) = text {
                    // The editor has the message as it is sent.
                    self.answers.decoded.set(false);
                    self.go_to(Self::input_editor, text, span);
                }
            }
            Place::Mend { key, version, edits } => {
                self.bench.update(|bench| bench.show_table(key));
                // The editor shows another text one effect later.
                request_animation_frame(move || {
                    if let Some(editor) = self.table_editor() {
                        editor.mend(key, version, changes(&edits));
                    }
                });
            }
            Place::Code(code) => self.explain(code),
            Place::Make(only) => {
                self.answers.made.set(None);
                let phrase = only.phrase.clone();
                self.answers.making.set(Some(*only));
                self.make_rules(phrase);
            }
            Place::InputLine(line) => {
                let span =
                    self.bench.with_untracked(|bench| line_span(&bench.input(bench.shown_input)?.text.content, line));
                if let Some(span) = span {
                    self.go(Place::Input(span));
                }
            }
        }
    }

    fn go_to(self, editor: fn(Self) -> Option<Rc<Editor>>, text: Text, span: Span) {
        // The editor shows another text one effect later.
        request_animation_frame(move || {
            let offsets = Offsets::new(&text.content);
            if let Some(editor) = editor(self) {
                editor.jump(offsets.utf16(span.start), offsets.utf16(span.end));
            }
        });
    }
}

const fn taken_words(kind: InputKind) -> Phrase {
    match kind {
        InputKind::Message => recognised_words::AS_MESSAGE,
        InputKind::Hosts => recognised_words::AS_HOSTS,
        InputKind::Session => recognised_words::AS_SESSION,
        InputKind::Log => recognised_words::AS_LOG,
    }
}

/// A project, whatever is in front of it.
fn in_no_order(mut project: Project) -> Project {
    project.shown_file = 0;
    project.shown_input = 0;
    project.inputs.retain(|input| !input.content.is_empty());
    project
}

/// The bytes of a line, counted from 1.
fn line_span(content: &[u8], line: usize) -> Option<Span> {
    let mut start = 0;
    for (at, text) in content.split(|byte| *byte == b'\n').enumerate() {
        if at + 1 == line {
            return Some(Span::new(start, start + text.len()));
        }
        start += text.len() + 1;
    }
    None
}

/// What a file of this name is used for, where the name says so.
fn role_by_name(name: &str) -> Option<Role> {
    let name = name.to_ascii_lowercase();
    let roles = [
        ("main.cf", Role::MainCf),
        ("world", Role::World),
        ("mime_header", Role::MimeHeaderChecks),
        ("nested_header", Role::NestedHeaderChecks),
        ("header", Role::HeaderChecks),
        ("body", Role::BodyChecks),
        ("client", Role::ClientAccess),
        ("sender", Role::Access),
        ("recipient", Role::Access),
        ("helo", Role::Access),
        ("access", Role::ClientAccess),
        ("reject", Role::ClientAccess),
        ("white", Role::ClientAccess),
    ];
    roles.into_iter().find(|(part, _)| name.contains(part)).map(|(_, role)| role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_by_its_number() {
        let spans = [0, 1, 2, 3, 4].map(|line| line_span(b"ab\n\ncd", line));
        assert_eq!(spans, [None, Some(Span::new(0, 2)), Some(Span::new(3, 3)), Some(Span::new(4, 6)), None]);
    }

    #[test]
    fn a_files_name_says_what_it_is_used_for() {
        for (name, role) in [
            ("header_checks", Some(Role::HeaderChecks)),
            ("my.mime_header_checks.txt", Some(Role::MimeHeaderChecks)),
            ("nested_header_checks", Some(Role::NestedHeaderChecks)),
            ("Body_Checks", Some(Role::BodyChecks)),
            ("rejections", Some(Role::ClientAccess)),
            ("white-list.txt", Some(Role::ClientAccess)),
            ("sender_access", Some(Role::Access)),
            ("main.cf", Some(Role::MainCf)),
            ("notes.txt", None),
        ] {
            assert_eq!(role_by_name(name), role, "{name}");
        }
    }
}
