//! A project as a test file: its tables under the parameters that name them, its files in place, and its cases.

use postproof_model::report::{FileError, FileProblem};
use postproof_model::{LeftOut, Project, Role};
use postproof_rules::maincf::MainCf;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

use crate::import;
use crate::read::At;

/// A test file that was made of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The test file.
    pub text: String,
    /// What of the project is not in it.
    pub left_out: Vec<LeftOut>,
}

/// The tables that a project knows, by the key that names them in a test file.
pub(crate) const ROLES: [(&str, Role); 5] = [
    ("header_checks", Role::HeaderChecks),
    ("mime_header_checks", Role::MimeHeaderChecks),
    ("nested_header_checks", Role::NestedHeaderChecks),
    ("body_checks", Role::BodyChecks),
    ("client_access", Role::ClientAccess),
];

/// A project as a test file. What is not in it is found by reading it again.
///
/// # Errors
///
/// The cases of the project are no TOML.
pub fn export(project: &Project) -> Result<Exported, FileError> {
    let text = write(project)?;
    let mut left_out: Vec<LeftOut> = Vec::new();
    let again = import::take(&text).ok();
    for file in &project.files {
        if std::str::from_utf8(&file.content).is_err() {
            left_out.push(LeftOut::NotText { file: file.name.clone() });
        } else if !again.as_ref().is_some_and(|again| again.files.contains(file)) {
            left_out.push(LeftOut::File { file: file.name.clone() });
        }
    }
    let held = import::inputs_of_cases(&text);
    for input in project.inputs.iter().filter(|input| !input.content.is_empty()) {
        let same = |(kind, held): &(_, String)| *kind == input.kind && same_text(held.as_bytes(), &input.content);
        if !held.iter().any(same) {
            left_out.push(LeftOut::Input { kind: input.kind, name: input.name.clone() });
        }
    }
    Ok(Exported { text, left_out })
}

/// Whether two texts are the same but for the line end of the last line.
fn same_text(one: &[u8], other: &[u8]) -> bool {
    one.strip_suffix(b"\n").unwrap_or(one) == other.strip_suffix(b"\n").unwrap_or(other)
}

/// The cases of a project, as TOML.
pub(crate) fn document(tests: &str) -> Result<DocumentMut, FileError> {
    tests.parse().map_err(|error: toml_edit::TomlError| {
        let reason = error.message().lines().next().unwrap_or_default().to_owned();
        crate::read::wrong(At { line: 0, column: 0 }, FileProblem::NotToml { reason })
    })
}

/// The test file's text.
pub(crate) fn write(project: &Project) -> Result<String, FileError> {
    let mut kept = document(&project.tests)?;
    let mut head = DocumentMut::new();
    if !project.title.is_empty() {
        head.insert("title", text_item(&project.title));
    }
    for (key, role) in [("main_cf", Role::MainCf), ("world", Role::World)] {
        if let Some(file) = project.files.iter().find(|file| file.role == role) {
            head.insert(key, text_item(&file.name));
        }
    }
    let mut tail = DocumentMut::new();
    if kept.get("case").is_some_and(Item::is_array_of_tables)
        && let Some(cases) = kept.remove("case")
    {
        tail.insert("case", cases);
        tail.set_trailing(kept.trailing().clone());
    }
    let mut tables = tables(project, kept.remove("tables"));
    let unchecked = !head.contains_key("main_cf") && !tables.iter().any(|(key, _)| key.ends_with("_checks"));
    if unchecked && tail.get("case").is_some_and(has_messages) {
        // A message that no table is asked about is a message all the same.
        tables.insert("header_checks", Item::Value(Array::new().into()));
    }
    let files = files(project, kept.remove("files"));
    for (key, item) in kept.iter() {
        head.insert(key, item.clone());
    }
    for (key, table) in [("tables", tables), ("files", files)] {
        if !table.is_empty() {
            head.insert(key, Item::Table(table));
        }
    }
    let (head, tail) = (head.to_string(), tail.to_string());
    let between = if tail.is_empty() || tail.starts_with('\n') { "" } else { "\n" };
    Ok(format!("{head}{between}{tail}"))
}

/// Whether there is a case of messages, or of parts of them.
fn has_messages(cases: &Item) -> bool {
    let keys = ["message", "message_files", "header", "header_files", "body_line", "body_line_files"];
    let mut cases = cases.as_array_of_tables().into_iter().flatten();
    cases.any(|case| keys.iter().any(|key| case.contains_key(key)))
}

/// `[tables]`: those that the project does not know come first, as they stand.
fn tables(project: &Project, kept: Option<Item>) -> Table {
    let mut tables = kept.and_then(|kept| kept.into_table().ok()).unwrap_or_default();
    tables.set_position(None);
    // A list that main.cf sets is main.cf's to say, and the tables that it names stand among the files.
    let main_cf = MainCf::of_project(&project.files).map(|(_, main_cf, _)| main_cf);
    let sets = |key: &str| main_cf.as_ref().is_some_and(|main_cf| main_cf.is_set(key));
    for (key, role) in ROLES.into_iter().filter(|(key, _)| !sets(key)) {
        let mut list = match tables.remove(key) {
            Some(Item::Value(Value::Array(list))) => list,
            Some(Item::Value(one)) => Array::from_iter([one]),
            _ => Array::new(),
        };
        for file in project.files.iter().filter(|file| file.role == role) {
            list.push(format!("{}:{}", file.kind.name(), file.name));
        }
        if let (1, Some(only)) = (list.len(), list.get(0)) {
            tables.insert(key, Item::Value(only.clone().decorated(" ", "")));
        } else if !list.is_empty() {
            list.fmt();
            tables.insert(key, Item::Value(list.into()));
        }
    }
    tables
}

/// `[files]`: the project's, in their order, then those that it does not know.
fn files(project: &Project, kept: Option<Item>) -> Table {
    let mut files = Table::new();
    for file in &project.files {
        if let Ok(text) = std::str::from_utf8(&file.content) {
            files.insert(&file.name, text_item(text));
        }
    }
    for (name, file) in kept.and_then(|kept| kept.into_table().ok()).unwrap_or_default() {
        if !files.contains_key(&name) {
            files.insert(&name, file);
        }
    }
    files
}

/// A text as people would write it: lines between triple quotes that change nothing in it, where TOML lets them.
pub(crate) fn text_item(text: &str) -> Item {
    let plain = |c: char| matches!(c, '\n' | '\t') || !c.is_control();
    if text.contains('\n') && !text.contains("''") && !text.ends_with('\'') && text.chars().all(plain) {
        let literal: Result<Value, _> = format!("'''\n{text}'''").parse();
        if let Ok(literal) = literal {
            return Item::Value(literal.decorated(" ", ""));
        }
    }
    toml_edit::value(text)
}
