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
    /// There is always at least one of each kind.
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
        let texts = self.tables.iter_mut().map(|table| &mut table.text);
        let mut texts = texts.chain(self.inputs.iter_mut().map(|input| &mut input.text));
        if let Some(text) = texts.find(|text| text.key == key) {
            text.content = Arc::new(content);
            text.version = version;
            self.revision += 1;
        }
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

    /// Takes a table away, and gives back what [`Workbench::put_back`] needs.
    pub(crate) fn remove_table(&mut self, key: Key) -> Option<(usize, Table)> {
        let at = self.tables.iter().position(|table| table.text.key == key)?;
        let removed = self.tables.remove(at);
        if self.shown_table == Some(key) {
            let neighbour = self.tables.get(at).or(self.tables.last());
            self.shown_table = neighbour.map(|table| table.text.key);
        }
        self.revision += 1;
        Some((at, removed))
    }

    /// Undoes the removal of a table. Its editor starts anew, under a new key.
    pub(crate) fn put_back(&mut self, at: usize, mut table: Table) {
        table.name = self.free_name(&table.name);
        table.text = self.text(Bytes::clone(&table.text.content));
        self.shown_table = Some(table.text.key);
        self.tables.insert(at.min(self.tables.len()), table);
        self.revision += 1;
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

    /// Puts an input in the place of the one of its kind and shows it. False where it is that already.
    pub(crate) fn put_input(&mut self, input: Input) -> bool {
        let shown = self.inputs.iter().position(|other| other.text.key == self.shown_input && other.kind == input.kind);
        let at = shown.or_else(|| self.inputs.iter().position(|other| other.kind == input.kind));
        let text = self.text(input.content);
        let Some(place) = at.and_then(|at| self.inputs.get_mut(at)) else { return false };
        let changed = place.text.content != text.content;
        if changed {
            place.text = text;
            self.revision += 1;
        }
        let key = place.text.key;
        self.show_input(key);
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

    #[test]
    fn a_removed_table_comes_back_to_its_place() {
        let mut bench = bench();
        let key = bench.tables[1].text.key;
        bench.show_table(key);
        let (at, table) = bench.remove_table(key).unwrap();
        assert_eq!(bench.shown_table().unwrap().name, "c");
        bench.put_back(at, table);
        let names: Vec<&str> = bench.tables.iter().map(|table| table.name.as_str()).collect();
        assert_eq!((names, bench.shown_table().unwrap().name.as_str()), (vec!["a", "b", "c"], "b"));
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
