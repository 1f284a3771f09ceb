//! Cases made and changed without an editor: what is seen now becomes what is expected.

use postproof_model::report::{CaseOutcome, FileError, FileProblem, Verdict};
use postproof_model::{CaseChange as Change, InputKind, Project};
use postproof_rules::host;
use postproof_rules::maillog::Log;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

use crate::export::{document, text_item, write};
use crate::files::NoFiles;
use crate::observe::Observation;
use crate::prepare::Prepared;
use crate::read::{At, read, wrong};
use crate::snapshot;

const fn whole(problem: FileProblem) -> FileError {
    wrong(At { line: 0, column: 0 }, problem)
}

/// The project's cases with one more: the input in front, and what is seen of it now.
///
/// # Errors
///
/// Why such a case cannot be run, as for a test file.
pub fn keep(project: &Project, name: &str) -> Result<String, FileError> {
    let input = project.inputs.get(project.shown_input).ok_or_else(|| whole(FileProblem::NoInput))?;
    let not_text = || FileProblem::NotToml { reason: "not UTF-8".to_owned() };
    let text = std::str::from_utf8(&input.content).map_err(|_| whole(not_text()))?;
    let mut case = Table::new();
    let mut document = document(&project.tests)?;
    case.insert("name", toml_edit::value(free_name(&document, name)));
    match input.kind {
        InputKind::Message => case.insert("message", text_item(text)),
        InputKind::Session => case.insert("session", text_item(text)),
        InputKind::Hosts => {
            let clients = host::clients(text.as_bytes());
            let clients: Vec<String> =
                clients.map(|(_, client)| String::from_utf8_lossy(client).trim().to_owned()).collect();
            case.insert("host", list(clients))
        }
        InputKind::Log => case.insert("host", list(clients_of_log(text))),
    };
    expect(project, &mut case)?;
    match document.entry("case").or_insert(Item::ArrayOfTables(ArrayOfTables::new())) {
        Item::ArrayOfTables(cases) => cases.push(case),
        Item::Value(Value::Array(cases)) => cases.push(case.into_inline_table()),
        _ => return Err(whole(FileProblem::NoCases)),
    }
    Ok(document.to_string())
}

/// The clients of a log: what its tables are asked about.
pub(crate) fn clients_of_log(text: &str) -> Vec<String> {
    let log = Log::read(text.as_bytes());
    log.clients.iter().map(|client| String::from_utf8_lossy(&client.name_and_address()).into_owned()).collect()
}

/// The project's cases after a change.
///
/// # Errors
///
/// There is no such case, or it cannot be run.
pub fn change(project: &Project, change: &Change) -> Result<String, FileError> {
    let mut document = document(&project.tests)?;
    let none = || whole(FileProblem::NoCases);
    match (document.get_mut("case"), change) {
        (Some(Item::ArrayOfTables(cases)), Change::Remove(index)) => {
            if *index < cases.len() {
                cases.remove(*index);
            }
            if cases.is_empty() {
                document.remove("case");
            }
        }
        (Some(Item::Value(Value::Array(cases))), Change::Remove(index)) => {
            if *index < cases.len() {
                cases.remove(*index);
            }
        }
        (Some(Item::ArrayOfTables(cases)), Change::Rename(index, name)) => {
            cases.get_mut(*index).ok_or_else(none)?.insert("name", toml_edit::value(name));
        }
        (Some(Item::Value(Value::Array(cases))), Change::Rename(index, name)) => {
            let case = cases.get_mut(*index).and_then(Value::as_inline_table_mut).ok_or_else(none)?;
            case.insert("name", name.as_str().into());
        }
        (Some(Item::ArrayOfTables(cases)), Change::Accept(index)) => {
            expect(project, cases.get_mut(*index).ok_or_else(none)?)?;
        }
        (Some(Item::Value(Value::Array(cases))), Change::Accept(index)) => {
            let case = cases.get_mut(*index).and_then(Value::as_inline_table_mut).ok_or_else(none)?;
            let mut table = case.clone().into_table();
            expect(project, &mut table)?;
            *case = table.into_inline_table();
        }
        _ => return Err(none()),
    }
    Ok(document.to_string())
}

/// A name that no case has yet.
fn free_name(document: &DocumentMut, name: &str) -> String {
    let names: Vec<&str> = match document.get("case") {
        Some(Item::ArrayOfTables(cases)) => cases.iter().filter_map(|case| case.get("name")?.as_str()).collect(),
        _ => Vec::new(),
    };
    let numbered = (2..=names.len() + 2).map(|number| format!("{name} ({number})"));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    candidates.find(|name| !names.contains(&name.as_str())).unwrap_or_else(|| name.to_owned())
}

/// Makes what is seen of a case now what it expects.
fn expect(project: &Project, case: &mut Table) -> Result<(), FileError> {
    let mut nothing = Table::new();
    nothing.insert("verdict", toml_edit::value(Verdict::Unknown.name()));
    let last = case.insert("expect", Item::Table(nothing));
    let todo = case.remove("todo");
    let prepared = alone(project, case)?;
    let observations = prepared.observations(0);
    case.insert("expect", Item::Table(expectations(&observations)));
    let passes = |case: &Table| {
        let run = alone(project, case).ok().and_then(|prepared| prepared.run(0));
        run.is_some_and(|run| run.report.outcome == CaseOutcome::Passed)
    };
    if passes(case) {
        return Ok(());
    }
    // What is seen cannot be told in full, an unknown for instance that not all inputs have: its text can.
    let mut text = Table::new();
    text.insert("snapshot", text_item(&snapshot::of(&observations)));
    case.insert("expect", Item::Table(text));
    if passes(case) {
        return Ok(());
    }
    if let Some(last) = last {
        case.insert("expect", last);
    }
    if let Some(todo) = todo {
        case.insert("todo", todo);
    }
    Err(whole(FileProblem::NoExpectation))
}

/// The project with this case alone, ready to run.
fn alone(project: &Project, case: &Table) -> Result<Prepared, FileError> {
    let mut document = document(&project.tests)?;
    let mut cases = ArrayOfTables::new();
    let mut case = case.clone();
    case.set_position(None);
    cases.push(case);
    document.insert("case", Item::ArrayOfTables(cases));
    let text = write(&Project { tests: document.to_string(), ..project.clone() })?;
    Prepared::new(read(text.as_bytes())?, "", &mut NoFiles)
}

/// What was seen of all inputs, as what is expected of each; as a snapshot where they differ in more than the reply, which
/// names the client.
fn expectations(observations: &[Observation]) -> Table {
    let tables: Vec<Table> = observations.iter().map(of_one).collect();
    let same = |tables: &[Table]| {
        let mut texts = tables.iter().map(Table::to_string);
        let first = texts.next();
        texts.all(|text| Some(&text) == first.as_ref())
    };
    let without_reply = |table: &Table| {
        let mut table = table.clone();
        table.remove("reply");
        table
    };
    for tables in [tables.clone(), tables.iter().map(without_reply).collect()] {
        if same(&tables)
            && let Some(first) = tables.into_iter().next()
        {
            return first;
        }
    }
    let mut table = Table::new();
    table.insert("snapshot", text_item(&snapshot::of(observations)));
    table
}

/// The verdict, what is told, and what the rule that had the last word answers. Neither its line nor its pattern: they change
/// when rules are added above or written better, and what comes of it does not.
fn of_one(observation: &Observation) -> Table {
    let seen = &observation.seen;
    let mut table = Table::new();
    table.insert("verdict", toml_edit::value(seen.verdict.name()));
    if seen.verdict == Verdict::Unknown {
        return table;
    }
    if let Some(reply) = seen.reply.as_ref().and_then(|reply| std::str::from_utf8(reply).ok()) {
        table.insert("reply", text_item(reply));
    }
    if !seen.unknown.is_empty() || observation.incomplete {
        return table;
    }
    match seen.fired.last() {
        None => {
            table.insert("rules", list([]));
        }
        Some(last) => {
            if let Ok(result) = std::str::from_utf8(&last.result) {
                table.insert("result", text_item(result));
            }
        }
    }
    table
}

fn list(texts: impl IntoIterator<Item = String>) -> Item {
    Item::Value(texts.into_iter().collect::<Array>().into())
}
