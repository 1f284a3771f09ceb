//! The project as the page edits it: plain data, and what can be done to it.
//!
//! Every text has a key, a number that no other text of this visit had or will have, so that an editor, a report and a
//! text that changed meanwhile are never mistaken for each other.

use postproof_model::{Bytes, Input, InputKind, Project, ProjectFile, Role, TableKind};
use std::sync::Arc;

/// Names a text for as long as the page is open.
pub(crate) type Key = u32;

/// A text that an editor shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    pub(crate) key: Key,
    pub(crate) content: Arc<Bytes>,
    /// How many times the editor's text has changed: marks made for an older text are not drawn.
    pub(crate) version: u32,
}

/// A file that Postfix would read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub(crate) text: Text,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) kind: TableKind,
}

/// Something the tables are tried on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trial {
    pub(crate) text: Text,
    pub(crate) name: String,
    pub(crate) kind: InputKind,
}

/// Whether a table is asked about an input of this kind.
const fn is_asked(role: Role, kind: InputKind) -> bool {
    match role {
        Role::HeaderChecks | Role::MimeHeaderChecks | Role::NestedHeaderChecks | Role::BodyChecks => {
            matches!(kind, InputKind::Message)
        }
        Role::ClientAccess => matches!(kind, InputKind::Hosts | InputKind::Log),
        Role::Access | Role::MainCf | Role::World => matches!(kind, InputKind::Session),
    }
}

/// What a person says about a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) kind: TableKind,
}

/// Which way something goes along its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Back,
    On,
}

/// Why a table cannot have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadName {
    /// It is empty.
    Missing,
    /// Another table has it.
    Taken,
}

/// The project in work.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Workbench {
    pub(crate) title: String,
    pub(crate) tables: Vec<Table>,
    /// There is always at least one; a project that is opened gets one of each kind.
    pub(crate) inputs: Vec<Trial>,
    /// The cases, as TOML: see [`Project::tests`].
    pub(crate) tests: String,
    pub(crate) shown_table: Option<Key>,
    pub(crate) shown_input: Key,
    /// Grows with every change that a verdict may depend on.
    pub(crate) revision: u64,
    next_key: Key,
}

impl Workbench {
    pub(crate) fn new(project: Project) -> Self {
        let mut bench = Self {
            title: String::new(),
            tables: Vec::new(),
            inputs: Vec::new(),
            tests: String::new(),
            shown_table: None,
            shown_input: 0,
            revision: 0,
            next_key: 0,
        };
        bench.open(project);
        bench
    }

    /// Puts another project in the place of this one.
    pub(crate) fn open(&mut self, project: Project) {
        self.revision += 1;
        self.title = project.title;
        self.tests = project.tests;
        self.tables.clear();
        self.inputs.clear();
        for file in project.files {
            let name = self.free_name(&file.name);
            let text = self.text(file.content);
            self.tables.push(Table { text, name, role: file.role, kind: file.kind });
        }
        self.shown_table = self.tables.get(project.shown_file).or(self.tables.first()).map(|table| table.text.key);
        for input in project.inputs {
            let text = self.text(input.content);
            self.inputs.push(Trial { text, name: input.name, kind: input.kind });
        }
        let shown = self.inputs.get(project.shown_input).map(|input| input.text.key);
        for kind in InputKind::ALL {
            if !self.inputs.iter().any(|input| input.kind == kind) {
                let text = self.text(Bytes::default());
                self.inputs.push(Trial { text, name: String::new(), kind });
            }
        }
        let first = self.inputs.first().map_or(0, |input| input.text.key);
        self.shown_input = shown.unwrap_or(first);
    }

    /// The project as links and the engine take it. Inputs that are empty and have no name are left out, unless in front.
    pub(crate) fn project(&self) -> Project {
        let inputs: Vec<&Trial> = self
            .inputs
            .iter()
            .filter(|input| {
                !input.text.content.is_empty() || !input.name.is_empty() || input.text.key == self.shown_input
            })
            .collect();
        Project {
            title: self.title.clone(),
            tests: self.tests.clone(),
            shown_file: self.tables.iter().position(|table| Some(table.text.key) == self.shown_table).unwrap_or(0),
            shown_input: inputs.iter().position(|input| input.text.key == self.shown_input).unwrap_or(0),
            files: self
                .tables
                .iter()
                .map(|table| ProjectFile {
                    name: table.name.clone(),
                    role: table.role,
                    kind: table.kind,
                    content: Bytes::clone(&table.text.content),
                })
                .collect(),
            inputs: inputs
                .into_iter()
                .map(|input| Input {
                    name: input.name.clone(),
                    kind: input.kind,
                    content: Bytes::clone(&input.text.content),
                })
                .collect(),
        }
    }

    pub(crate) fn table(&self, key: Key) -> Option<&Table> {
        self.tables.iter().find(|table| table.text.key == key)
    }

    pub(crate) fn table_named(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The table that a name or a path in main.cf means.
    pub(crate) fn table_meant(&self, path: &str) -> Option<&Table> {
        self.table_named(path).or_else(|| self.table_named(path.rsplit('/').next()?))
    }

    pub(crate) fn shown_table(&self) -> Option<&Table> {
        self.shown_table.and_then(|key| self.table(key))
    }

    pub(crate) fn input(&self, key: Key) -> Option<&Trial> {
        self.inputs.iter().find(|input| input.text.key == key)
    }

    /// A text is now this, says its editor.
    pub(crate) fn edited(&mut self, key: Key, content: Bytes, version: u32) {
        let Some(text) = self.texts_mut().find(|text| text.key == key) else { return };
        text.content = Arc::new(content);
        text.version = version;
        self.revision += 1;
    }

    /// Adds a table and shows it.
    pub(crate) fn add_table(&mut self, about: &About, content: Bytes) -> Result<(), BadName> {
        let name = self.check_name(&about.name, None)?;
        let text = self.text(content);
        self.shown_table = Some(text.key);
        self.tables.push(Table { text, name, role: about.role, kind: about.kind });
        self.revision += 1;
        Ok(())
    }

    /// Gives a table another name, kind or use.
    pub(crate) fn change_table(&mut self, key: Key, about: &About) -> Result<(), BadName> {
        let name = self.check_name(&about.name, Some(key))?;
        if let Some(table) = self.tables.iter_mut().find(|table| table.text.key == key) {
            table.name = name;
            table.role = about.role;
            table.kind = about.kind;
            self.revision += 1;
        }
        Ok(())
    }

    /// Takes a table away.
    pub(crate) fn remove_table(&mut self, key: Key) {
        let Some(at) = self.tables.iter().position(|table| table.text.key == key) else { return };
        self.tables.remove(at);
        if self.shown_table == Some(key) {
            let neighbour = self.tables.get(at).or(self.tables.last());
            self.shown_table = neighbour.map(|table| table.text.key);
        }
        self.revision += 1;
    }

    /// Puts a copy of a table behind it, under a free name, and shows it.
    pub(crate) fn duplicate_table(&mut self, key: Key) {
        let Some(at) = self.tables.iter().position(|table| table.text.key == key) else { return };
        let Some(mut copy) = self.tables.get(at).cloned() else { return };
        copy.name = self.free_name(&copy.name);
        copy.text = self.text(Bytes::clone(&copy.text.content));
        self.shown_table = Some(copy.text.key);
        self.tables.insert(at + 1, copy);
        self.revision += 1;
    }

    /// Moves a table one place along; tables of one use are asked in this order.
    pub(crate) fn move_table(&mut self, key: Key, way: Way) {
        if let Some((at, to)) = places(self.tables.iter().map(|table| table.text.key), key, way) {
            self.tables.swap(at, to);
            self.revision += 1;
        }
    }

    pub(crate) fn show_table(&mut self, key: Key) {
        self.shown_table = Some(key);
    }

    /// Shows an input, and a table that is asked about such an input, if there is one.
    pub(crate) fn show_input(&mut self, key: Key) {
        if self.shown_input == key {
            return;
        }
        self.shown_input = key;
        self.revision += 1;
        let Some(kind) = self.input(key).map(|input| input.kind) else { return };
        if self.shown_table().is_none_or(|table| !is_asked(table.role, kind)) {
            let fitting = self.tables.iter().find(|table| is_asked(table.role, kind));
            self.shown_table = fitting.map(|table| table.text.key).or(self.shown_table);
        }
    }

    /// Puts an input in the place of the one of its kind and shows it.
    pub(crate) fn put_input(&mut self, input: Input) {
        let shown = self.inputs.iter().position(|other| other.text.key == self.shown_input && other.kind == input.kind);
        let at = shown.or_else(|| self.inputs.iter().position(|other| other.kind == input.kind));
        let Some(place) = at.and_then(|at| self.inputs.get(at)) else {
            self.add_input(input);
            return;
        };
        let mut key = place.text.key;
        if *place.text.content != input.content {
            let text = self.text(input.content);
            key = text.key;
            if let Some(place) = at.and_then(|at| self.inputs.get_mut(at)) {
                place.text = text;
            }
            self.revision += 1;
        }
        self.show_input(key);
    }

    /// Adds an input and shows it. It takes the place of one of its kind that is empty and has no name.
    pub(crate) fn add_input(&mut self, input: Input) -> Key {
        let text = self.text(input.content);
        let key = text.key;
        let added = Trial { text, name: input.name.trim().to_owned(), kind: input.kind };
        let unused =
            |other: &&mut Trial| other.kind == added.kind && other.name.is_empty() && other.text.content.is_empty();
        // Who asks for one more empty input gets one more.
        let unused = if added.text.content.is_empty() { None } else { self.inputs.iter_mut().find(unused) };
        match unused {
            Some(place) => *place = added,
            None => self.inputs.push(added),
        }
        self.revision += 1;
        self.show_input(key);
        key
    }

    /// Gives an input another name or kind. Another kind is another text to the editor, which colours it otherwise.
    pub(crate) fn change_input(&mut self, key: Key, name: &str, kind: InputKind) {
        let Some(at) = self.inputs.iter().position(|input| input.text.key == key) else { return };
        let anew = self.input(key).filter(|input| input.kind != kind).map(|input| Bytes::clone(&input.text.content));
        let anew = anew.map(|content| self.text(content));
        if let Some(input) = self.inputs.get_mut(at) {
            name.trim().clone_into(&mut input.name);
            input.kind = kind;
            if let Some(text) = anew {
                let shown = self.shown_input == key;
                let key = text.key;
                input.text = text;
                if shown {
                    self.show_input(key);
                }
            }
            self.revision += 1;
        }
    }

    /// Puts a copy of an input behind it, and shows it.
    pub(crate) fn duplicate_input(&mut self, key: Key) {
        let Some(at) = self.inputs.iter().position(|input| input.text.key == key) else { return };
        let Some(mut copy) = self.inputs.get(at).cloned() else { return };
        if !copy.name.is_empty() {
            copy.name = self.free_input_name(&copy.name);
        }
        copy.text = self.text(Bytes::clone(&copy.text.content));
        let key = copy.text.key;
        self.inputs.insert(at + 1, copy);
        self.show_input(key);
    }

    /// Takes an input away. In the place of the last one comes an empty one of its kind.
    pub(crate) fn remove_input(&mut self, key: Key) {
        let Some(at) = self.inputs.iter().position(|input| input.text.key == key) else { return };
        let removed = self.inputs.remove(at);
        if self.inputs.is_empty() {
            let text = self.text(Bytes::default());
            self.inputs.push(Trial { text, name: String::new(), kind: removed.kind });
        }
        self.revision += 1;
        if self.shown_input == key
            && let Some(neighbour) = self.inputs.get(at).or(self.inputs.last())
        {
            self.show_input(neighbour.text.key);
        }
    }

    /// Moves an input one place along.
    pub(crate) fn move_input(&mut self, key: Key, way: Way) {
        if let Some((at, to)) = places(self.inputs.iter().map(|input| input.text.key), key, way) {
            self.inputs.swap(at, to);
            self.revision += 1;
        }
    }

    /// `name`, or `name` with a number behind it that makes it the only one among the inputs.
    fn free_input_name(&self, name: &str) -> String {
        let taken = |name: &String| self.inputs.iter().any(|input| input.name == *name);
        let numbered = (2..).map(|number| format!("{name} {number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    /// How many inputs of its kind without a name stand before an input that has none: what tells them apart.
    pub(crate) fn unnamed_before(&self, key: Key) -> usize {
        let Some(input) = self.input(key) else { return 0 };
        let before = self.inputs.iter().take_while(|other| other.text.key != key);
        before.filter(|other| other.kind == input.kind && other.name.is_empty()).count()
    }

    /// Every text.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.tables.iter().map(|table| &table.text).chain(self.inputs.iter().map(|input| &input.text))
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        self.tables.iter_mut().map(|table| &mut table.text).chain(self.inputs.iter_mut().map(|input| &mut input.text))
    }

    /// Whether the two are the same project, whatever is in front.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let texts = |bench: &Self| bench.texts().map(|text| (text.key, text.content.clone())).collect::<Vec<_>>();
        let tables = |bench: &Self| {
            bench.tables.iter().map(|table| (table.name.clone(), table.role, table.kind)).collect::<Vec<_>>()
        };
        let inputs =
            |bench: &Self| bench.inputs.iter().map(|input| (input.name.clone(), input.kind)).collect::<Vec<_>>();
        self.title == other.title
            && self.tests == other.tests
            && tables(self) == tables(other)
            && inputs(self) == inputs(other)
            && texts(self) == texts(other)
    }

    /// Takes back the step that led from `to` to `from`, or makes it again. What was typed since then stays: a text that is
    /// in both keeps what is in it now, unless the step itself changed it. Gives the texts that it changed under their keys.
    pub(crate) fn turn(&mut self, from: &Self, to: &Self) -> Vec<(Key, Arc<Bytes>)> {
        let content = |bench: &Self, key| bench.texts().find(|text| text.key == key).map(|text| text.content.clone());
        let now = std::mem::replace(self, to.clone());
        self.revision = now.revision.max(to.revision) + 1;
        self.next_key = now.next_key.max(to.next_key);
        if from.title == to.title {
            self.title = now.title.clone();
        }
        if from.tests == to.tests {
            self.tests = now.tests.clone();
        }
        let mut changed = Vec::new();
        for text in self.texts_mut() {
            let Some(living) = now.texts().find(|other| other.key == text.key) else { continue };
            if content(from, text.key) == Some(text.content.clone()) {
                text.content = living.content.clone();
            } else if text.content != living.content {
                changed.push((text.key, text.content.clone()));
            }
            text.version = living.version;
        }
        changed
    }

    fn text(&mut self, content: Bytes) -> Text {
        self.next_key += 1;
        Text { key: self.next_key, content: Arc::new(content), version: 0 }
    }

    fn check_name(&self, name: &str, own: Option<Key>) -> Result<String, BadName> {
        let name = name.trim();
        if name.is_empty() {
            return Err(BadName::Missing);
        }
        if self.table_named(name).is_some_and(|table| Some(table.text.key) != own) {
            return Err(BadName::Taken);
        }
        Ok(name.to_owned())
    }

    /// `name`, or `name` with a number behind it that makes it the only one.
    pub(crate) fn free_name(&self, name: &str) -> String {
        let name = if name.trim().is_empty() { "table" } else { name.trim() };
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        std::iter::once(name.to_owned())
            .chain(numbered)
            .find(|name| self.table_named(name).is_none())
            .unwrap_or_default()
    }
}

/// Where something stands and where it goes, if it can go that way.
fn places(mut keys: impl ExactSizeIterator<Item = Key>, key: Key, way: Way) -> Option<(usize, usize)> {
    let count = keys.len();
    let at = keys.position(|each| each == key)?;
    let to = match way {
        Way::Back => at.checked_sub(1)?,
        Way::On => at + 1,
    };
    (to < count).then_some((at, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, content: &str) -> ProjectFile {
        ProjectFile {
            name: name.to_owned(),
            role: Role::HeaderChecks,
            kind: TableKind::Regexp,
            content: content.into(),
        }
    }

    fn about(name: &str) -> About {
        About { name: name.to_owned(), role: Role::BodyChecks, kind: TableKind::Regexp }
    }

    fn bench() -> Workbench {
        Workbench::new(Project {
            files: vec![file("a", "/x/ OK\n"), file("b", ""), file("c", "")],
            ..Project::default()
        })
    }

    #[test]
    fn a_project_comes_back_as_it_was_opened() {
        let project = Project {
            title: "t".to_owned(),
            files: vec![file("a", "/x/ OK\n"), file("b", "")],
            inputs: vec![
                Input { name: String::new(), kind: InputKind::Message, content: "From: x\n".into() },
                Input { name: String::new(), kind: InputKind::Hosts, content: "unknown\n".into() },
            ],
            tests: "[[case]]\nname = \"x\"\n".to_owned(),
            shown_file: 1,
            shown_input: 1,
        };
        assert_eq!(Workbench::new(project.clone()).project(), project);
    }

    #[test]
    fn there_is_an_input_of_each_kind_even_in_an_empty_project() {
        let bench = Workbench::new(Project::default());
        let kinds: Vec<InputKind> = bench.inputs.iter().map(|input| input.kind).collect();
        assert_eq!(kinds, InputKind::ALL);
        assert_eq!(bench.project().inputs.len(), 1);
    }

    #[test]
    fn keys_are_never_used_twice() {
        let mut bench = bench();
        let before: Vec<Key> = bench.tables.iter().map(|table| table.text.key).collect();
        bench.open(bench.project());
        assert!(bench.tables.iter().all(|table| !before.contains(&table.text.key)));
    }

    #[test]
    fn names_are_unique_however_they_come() {
        let mut bench =
            Workbench::new(Project { files: vec![file("a", ""), file("a", ""), file(" ", "")], ..Project::default() });
        let names: Vec<&str> = bench.tables.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["a", "a_2", "table"]);
        assert_eq!(bench.add_table(&about(" a "), Bytes::default()), Err(BadName::Taken));
        assert_eq!(bench.add_table(&about("  "), Bytes::default()), Err(BadName::Missing));
        let key = bench.tables[1].text.key;
        assert_eq!(bench.change_table(key, &about("a")), Err(BadName::Taken));
        assert_eq!(bench.change_table(key, &about("a_2")), Ok(()));
    }

    fn names(bench: &Workbench) -> Vec<&str> {
        bench.tables.iter().map(|table| table.name.as_str()).collect()
    }

    #[test]
    fn a_step_taken_back_leaves_what_was_typed_since() {
        let mut bench = bench();
        let (first, key) = (bench.tables[0].text.key, bench.tables[1].text.key);
        bench.show_table(key);
        let before = bench.clone();
        bench.remove_table(key);
        let after = bench.clone();
        assert_eq!((names(&bench), bench.shown_table().unwrap().name.as_str()), (vec!["a", "c"], "c"));
        bench.edited(first, "typed".into(), 1);
        assert_eq!(bench.turn(&after, &before), []);
        assert_eq!((names(&bench), bench.shown_table().unwrap().name.as_str()), (vec!["a", "b", "c"], "b"));
        assert_eq!(**bench.tables[0].text.content, *b"typed");
        assert_eq!(bench.tables[0].text.version, 1);
    }

    #[test]
    fn a_text_that_the_step_changed_is_changed_back() {
        let mut bench = bench();
        let key = bench.tables[0].text.key;
        let before = bench.clone();
        bench.edited(key, "mended".into(), 1);
        let after = bench.clone();
        bench.edited(bench.tables[1].text.key, "typed".into(), 1);
        assert_eq!(bench.turn(&after, &before), [(key, before.tables[0].text.content.clone())]);
        assert_eq!(**bench.tables[1].text.content, *b"typed");
        assert!(!bench.is_same(&before));
    }

    #[test]
    fn tables_are_copied_and_moved() {
        let mut bench = bench();
        let key = bench.tables[0].text.key;
        bench.duplicate_table(key);
        assert_eq!((names(&bench), bench.shown_table().unwrap().name.as_str()), (vec!["a", "a_2", "b", "c"], "a_2"));
        bench.move_table(key, Way::On);
        assert_eq!(names(&bench), ["a_2", "a", "b", "c"]);
        let revision = bench.revision;
        bench.move_table(bench.tables[0].text.key, Way::Back);
        bench.move_table(bench.tables[3].text.key, Way::On);
        assert_eq!(bench.revision, revision);
    }

    fn inputs(bench: &Workbench) -> Vec<(&str, InputKind)> {
        bench.inputs.iter().map(|input| (input.name.as_str(), input.kind)).collect()
    }

    #[test]
    fn inputs_are_added_copied_and_taken_away() {
        use InputKind::{Hosts, Log, Message, Session};
        let mut bench = bench();
        let message = bench.inputs[0].text.key;
        let input = |name: &str, kind, content: &str| Input { name: name.to_owned(), kind, content: content.into() };
        // An empty place is filled; who asks for an empty input gets one more.
        let hosts = bench.add_input(input("", Hosts, "unknown\n"));
        bench.add_input(input(" b ", Hosts, ""));
        assert_eq!(inputs(&bench), [("", Message), ("", Hosts), ("", Session), ("", Log), ("b", Hosts)]);
        bench.duplicate_input(hosts);
        assert_eq!(inputs(&bench)[1..3], [("", Hosts), ("", Hosts)]);
        assert_eq!(bench.unnamed_before(bench.shown_input), 1);
        let copy = bench.shown_input;
        bench.change_input(copy, "c", Session);
        assert_ne!(bench.shown_input, copy, "the editor colours another kind otherwise");
        bench.duplicate_input(bench.shown_input);
        assert_eq!(inputs(&bench)[2..4], [("c", Session), ("c 2", Session)]);
        bench.move_input(bench.shown_input, Way::Back);
        assert_eq!(inputs(&bench)[2..4], [("c 2", Session), ("c", Session)]);
        for input in bench.inputs.clone().iter().rev() {
            bench.remove_input(input.text.key);
        }
        assert_eq!(inputs(&bench), [("", Message)]);
        assert_ne!(bench.shown_input, message);
        assert_eq!(bench.shown_input, bench.inputs[0].text.key);
    }

    #[test]
    fn an_input_brings_a_table_that_is_asked_about_it() {
        let mut access = file("rejections", "");
        access.role = Role::ClientAccess;
        let mut bench =
            Workbench::new(Project { files: vec![file("a", ""), access, file("c", "")], ..Project::default() });
        bench.show_table(bench.tables[2].text.key);
        bench.show_input(bench.inputs[1].text.key);
        assert_eq!(bench.shown_table().unwrap().name, "rejections");
        bench.show_input(bench.inputs[0].text.key);
        assert_eq!(bench.shown_table().unwrap().name, "a");
    }

    #[test]
    fn only_what_a_verdict_depends_on_makes_a_new_revision() {
        let mut bench = bench();
        let before = bench.revision;
        bench.show_table(bench.tables[2].text.key);
        bench.title = "other".to_owned();
        bench.edited(9999, Bytes::default(), 1);
        assert_eq!(bench.revision, before);
        bench.edited(bench.tables[0].text.key, "new".into(), 1);
        bench.show_input(bench.inputs[1].text.key);
        assert_eq!(bench.revision, before + 2);
    }
}
