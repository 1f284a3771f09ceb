//! All state of the page in one place. Views read it; what changes it is a method here.

use crate::editor::{Editor, changes};
use crate::engine::{Client, Finding, Health};
use crate::examples::{self, Before, Examples};
use crate::lint::Lint;
use crate::markup::Place;
use crate::notices::Notice;
use crate::preferences::{self, Theme};
use crate::tests::Tests;
use crate::workbench::{About, Key, Table, Text, Workbench};
use crate::{keeping, lesson, link};
use leptos::prelude::*;
use postproof_model::{Bytes, Project, Role, Span, TableKind};
use postproof_protocol::text::{Offsets, to_text};
use postproof_words::{Lang, Phrase, sharing};
use std::rc::Rc;
use std::sync::Arc;

/// The largest file that is opened, in bytes.
pub(crate) const FILE_LIMIT: usize = 16 * 1024 * 1024;

/// The state.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) lang: RwSignal<Lang>,
    pub(crate) theme: RwSignal<Theme>,
    pub(crate) bench: RwSignal<Workbench>,
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
        let (project, notice) = match of_address {
            // It comes a moment later.
            _ if example.is_some() => (Project::default(), None),
            None => (kept.unwrap_or_else(|| lesson::project(lang)), None),
            Some(Ok(project)) => {
                let before = kept.filter(|kept| *kept != project).map(Box::new);
                let what = sharing::WORK_BEFORE.say(lang).to_owned();
                (project, before.map(|before| Notice::Replaced { what, before }))
            }
            Some(Err(error)) => (Project::default(), Some(Notice::BadLink { kind: error.kind(), before: None })),
        };
        let page = Self {
            lang: RwSignal::new(lang),
            theme: RwSignal::new(preferences::theme()),
            bench: RwSignal::new(Workbench::new(project)),
            finding: RwSignal::new(None),
            health: RwSignal::new(Health::Well),
            deadline: RwSignal::new(preferences::deadline()),
            busy: RwSignal::new(false),
            notice: RwSignal::new(notice),
            tests: Tests::new(),
            lint: Lint::new(),
            table_editor: StoredValue::new_local(None),
            input_editor: StoredValue::new_local(None),
            client: StoredValue::new_local(None),
            examples: Examples::new(),
            opened: StoredValue::new_local(None),
        };
        if !own {
            page.as_opened();
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

    /// A person changed a text.
    pub(crate) fn edited(self, key: Key, content: Bytes, version: u32) {
        self.bench.update(|bench| bench.edited(key, content, version));
    }

    /// Opens the project that the address names, after it changed.
    pub(crate) fn open_address(self) {
        if let Some(name) = examples::named(&link::hash()) {
            self.open_example(name, Before::Project);
            return;
        }
        let Some(opened) = link::project_of_address() else { return };
        let before = Box::new(self.bench.with_untracked(Workbench::project));
        match opened {
            Ok(project) => {
                self.open(project);
                self.notice.set(Some(Notice::Opened { before }));
            }
            Err(error) => {
                self.open(Project::default());
                self.notice.set(Some(Notice::BadLink { kind: error.kind(), before: Some(before) }));
            }
        }
    }

    /// Puts a project in the place of the one in work.
    pub(crate) fn open(self, project: Project) {
        self.examples.lesson.set(None);
        self.bench.update(|bench| bench.open(project));
    }

    /// Removes a table; the notice about it undoes that.
    pub(crate) fn remove_table(self, key: Key) {
        let removed = self.bench.try_update(|bench| bench.remove_table(key)).flatten();
        if let Some((at, table)) = removed {
            self.notice.set(Some(Notice::Removed { at, table: Box::new(table) }));
        }
    }

    /// Undoes a removal.
    pub(crate) fn put_back(self, at: usize, table: Table) {
        self.notice.set(None);
        self.bench.update(|bench| bench.put_back(at, table));
    }

    /// A file was dropped on the rules: a new table, used for what its name says.
    pub(crate) fn drop_table(self, name: &str, content: Bytes) {
        let shown = self.bench.with_untracked(|bench| bench.shown_table().map(|table| table.role));
        let role = role_by_name(name).or(shown).unwrap_or(Role::HeaderChecks);
        self.bench.update(|bench| {
            let about = About { name: bench.free_name(name), role, kind: TableKind::default() };
            // A free name is a good one.
            let _ = bench.add_table(&about, content);
        });
    }

    /// A file was dropped on the input: it takes the place of what was there.
    pub(crate) fn drop_input(self, content: &Bytes) {
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
