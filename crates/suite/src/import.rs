//! A test file as a project: what stands in it becomes files and inputs; what a project has no place for stays beside
//! its cases.

use postproof_model::project::means;
use postproof_model::report::FileError;
use postproof_model::{Bytes, Input, InputKind, LeftOut, Project, ProjectFile, Role, TableKind};
use postproof_rules::maincf::MainCf;
use postproof_rules::table::MapSpec;
use toml_edit::{DocumentMut, Item, TableLike};

use crate::export::{ROLES, document, write};
use crate::read::{Case, Kind, Suite, read};

/// A project that was made of a test file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The project.
    pub project: Project,
    /// What of the test file is not in it.
    pub left_out: Vec<LeftOut>,
}

/// A test file as a project.
///
/// # Errors
///
/// What is wrong with the test file, as for one that is run.
pub fn import(source: &[u8]) -> Result<Imported, FileError> {
    let suite = read(source)?;
    let text = String::from_utf8_lossy(source);
    let project = take(&text)?;
    let mut left_out = Vec::new();
    for file in named(&suite).filter(|name| !suite.files.contains_key(*name)) {
        let file = LeftOut::NotInside { file: file.to_owned() };
        if !left_out.contains(&file) {
            left_out.push(file);
        }
    }
    let again = write(&project)?;
    let lost = comments(&text).saturating_sub(comments(&again));
    if lost > 0 {
        left_out.push(LeftOut::Comments { lines: lost });
    }
    Ok(Imported { project, left_out })
}

/// How many lines look like comments.
fn comments(text: &str) -> usize {
    text.lines().filter(|line| line.trim_start().starts_with('#')).count()
}

/// The files that a test file names, as it names them; those that its main.cf names are not among them.
fn named(suite: &Suite) -> impl Iterator<Item = &str> {
    let own = [&suite.main_cf, &suite.world].into_iter().flatten().chain(suite.answers.values());
    let cases = suite.cases.iter().flat_map(|case| case.files.iter().flat_map(|files| &files.value));
    let tables = suite.tables.values().flat_map(|tables| &tables.value);
    let tables = tables.filter_map(|table| table.split_once(':').map(|(_, name)| name));
    own.map(|file| file.value.as_str()).chain(tables).chain(cases.map(String::as_str))
}

/// The project in a test file's text, whether its cases make sense or not.
pub(crate) fn take(text: &str) -> Result<Project, FileError> {
    let mut rest = document(text)?;
    let mut project = Project::default();
    if let Some(title) = rest.get("title").and_then(Item::as_str) {
        title.clone_into(&mut project.title);
        rest.remove("title");
    }
    project.files = take_files(&mut rest);
    for key in ["tables", "files"] {
        if rest.get(key).and_then(Item::as_table_like).is_some_and(TableLike::is_empty) {
            rest.remove(key);
        }
    }
    project.inputs = last_inputs(text);
    let tests = rest.to_string();
    if !tests.trim().is_empty() {
        tests.trim_start_matches('\n').clone_into(&mut project.tests);
    }
    Ok(project)
}

/// Takes the files that a project has a place for.
fn take_files(rest: &mut DocumentMut) -> Vec<ProjectFile> {
    let Some(files) = rest.get("files").and_then(Item::as_table_like) else { return Vec::new() };
    let held = files.iter().filter_map(|(name, text)| Some((name.to_owned(), text.as_str()?.to_owned())));
    let held: Vec<(String, String)> = held.collect();
    // Each file by its name: what reads it, and as which kind.
    let mut uses: Vec<(String, Role, TableKind)> = Vec::new();
    let free = |uses: &[(String, Role, TableKind)], name: &str| {
        held.iter().any(|(held, _)| held == name) && uses.iter().all(|(used, ..)| used != name)
    };
    for (key, role) in [("main_cf", Role::MainCf), ("world", Role::World)] {
        let Some(name) = rest.get(key).and_then(Item::as_str).map(str::to_owned) else { continue };
        if free(&uses, &name) {
            uses.push((name, role, TableKind::default()));
            rest.remove(key);
        }
    }
    for (key, role) in ROLES {
        let Some(tables) = rest.get_mut("tables").and_then(Item::as_table_like_mut) else { break };
        let Some(list) = tables.get(key).map(texts) else { continue };
        let of_list: Option<Vec<_>> = list
            .iter()
            .map(|text| {
                let (kind, name) = text.split_once(':')?;
                let kind = TableKind::from_name(kind).filter(|kind| TableKind::of_files().any(|file| file == *kind))?;
                free(&uses, name).then(|| (name.to_owned(), role, kind))
            })
            .collect();
        let Some(of_list) = of_list else { continue };
        let mut names: Vec<&str> = of_list.iter().map(|(name, ..)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() == list.len() {
            uses.extend(of_list);
            tables.remove(key);
        }
    }
    let main_cf = uses.iter().find(|(_, role, _)| *role == Role::MainCf);
    let main_cf = main_cf.and_then(|(name, ..)| held.iter().find(|(held, _)| held == name));
    if let Some((_, main_cf)) = main_cf {
        let parsed = MainCf::parse("main.cf", main_cf.as_bytes()).0;
        for (name, _) in &held {
            if let Some(kind) = kind_in(main_cf, name).filter(|_| free(&uses, name)) {
                uses.push((name.clone(), role_in(&parsed, name), kind));
            }
        }
    }
    if let Some(files) = rest.get_mut("files").and_then(Item::as_table_like_mut) {
        for (name, ..) in &uses {
            files.remove(name);
        }
    }
    in_order(&held, &uses)
}

/// The files in the order in which they stand; tables of one use in the order in which they are asked.
fn in_order(held: &[(String, String)], uses: &[(String, Role, TableKind)]) -> Vec<ProjectFile> {
    let place = |name: &str| held.iter().position(|(held, _)| held == name);
    let mut placed: Vec<(usize, (String, Role, TableKind))> = Vec::new();
    let mut roles: Vec<Role> = Vec::new();
    for (_, role, _) in uses {
        if !roles.contains(role) {
            roles.push(*role);
        }
    }
    for role in roles {
        let of_role: Vec<_> = uses.iter().filter(|(_, other, _)| *other == role).cloned().collect();
        let mut own: Vec<usize> = of_role.iter().filter_map(|(name, ..)| place(name)).collect();
        own.sort_unstable();
        placed.extend(own.into_iter().zip(of_role));
    }
    placed.sort_by_key(|(place, _)| *place);
    let files = placed.into_iter().filter_map(|(_, (name, role, kind))| {
        let (_, text) = held.iter().find(|(held, _)| *held == name)?;
        Some(ProjectFile { name, role, kind, content: Bytes::from(text.as_str()) })
    });
    files.collect()
}

/// The kind that a main.cf names a file with.
fn kind_in(main_cf: &str, name: &str) -> Option<TableKind> {
    let words = main_cf.split(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | '{' | '}'));
    words.filter(|word| word.contains(':')).find_map(|word| {
        let spec = MapSpec::parse(word.as_bytes());
        let file = spec.file()?;
        let kind = spec.kind().filter(|kind| TableKind::of_files().any(|file| file == *kind))?;
        means(file, name).then_some(kind)
    })
}

/// What a file is for that a main.cf names: the first of its lists that has it.
fn role_in(main_cf: &MainCf, name: &str) -> Role {
    let has = |key: &str| {
        let mut maps = main_cf.get(key).maps().into_iter();
        main_cf.is_set(key) && maps.any(|map| map.files().iter().any(|file| file.rsplit('/').next() == Some(name)))
    };
    ROLES.into_iter().find(|(key, _)| has(key)).map_or(Role::Access, |(_, role)| role)
}

/// One text or a list of them.
fn texts(item: &Item) -> Vec<String> {
    match (item.as_str(), item.as_array()) {
        (Some(text), _) => vec![text.to_owned()],
        (_, Some(list)) => list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

/// The inputs that stand in the cases themselves, as a person would type them.
pub(crate) fn inputs_of_cases(text: &str) -> Vec<(InputKind, String)> {
    let Ok(suite) = read(text.as_bytes()) else { return Vec::new() };
    suite.cases.iter().flat_map(|case| inputs_of(&suite, case)).collect()
}

/// The last input of each kind.
fn last_inputs(text: &str) -> Vec<Input> {
    let all = inputs_of_cases(text);
    let of = |kind| all.iter().rev().find(|(other, _)| *other == kind).cloned();
    let kinds = [InputKind::Message, InputKind::Hosts, InputKind::Session];
    let found = kinds.into_iter().filter_map(of);
    found.map(|(kind, content)| Input { name: String::new(), kind, content: content.into() }).collect()
}

/// The inputs of a case: those that stand in it, and those in files that stand in the test file.
fn inputs_of(suite: &Suite, case: &Case) -> Vec<(InputKind, String)> {
    let files = case.files.iter().flat_map(|files| &files.value);
    let files: Vec<&String> = files.filter_map(|name| suite.files.get(name)).collect();
    let each = || case.inline.iter().chain(files.iter().copied());
    match case.kind {
        Kind::Message => each().map(|text| (InputKind::Message, text.clone())).collect(),
        Kind::Session => each().map(|text| (InputKind::Session, text.clone())).collect(),
        Kind::Header => each().map(|text| (InputKind::Message, format!("{}\n\n", text.trim_end()))).collect(),
        Kind::BodyLine => each().map(|text| (InputKind::Message, format!("\n{}\n", text.trim_end()))).collect(),
        Kind::Host => {
            let mut hosts = String::new();
            for text in each() {
                hosts.push_str(text.trim_end_matches('\n'));
                hosts.push('\n');
            }
            vec![(InputKind::Hosts, hosts)]
        }
        Kind::Key | Kind::Link => Vec::new(),
    }
}

/// The input of a case, to look at: its first message or session, or all its clients. None for a case of keys or a link, or
/// one whose inputs are in other files.
#[must_use]
pub fn input_of_case(project: &Project, index: usize) -> Option<Input> {
    let suite = read(write(project).ok()?.as_bytes()).ok()?;
    let case = suite.cases.get(index)?;
    let (kind, content) = inputs_of(&suite, case).into_iter().next()?;
    Some(Input { name: String::new(), kind, content: content.into() })
}
