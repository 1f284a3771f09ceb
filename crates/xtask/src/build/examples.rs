//! The examples of the page: the folders of `tests/examples`, in one file that the page fetches when one is asked for.

use crate::workspace::Workspace;
use anyhow::{Context, Result, anyhow, bail};
use postproof_model::{Input, InputKind, Project};
use serde_json::{Value, json};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;
use toml_edit::{DocumentMut, Item, Table};

/// Where they are, in the repository.
const FOLDER: &str = "tests/examples";

/// The list of all, in their order.
const LIST: &str = "examples.toml";

/// What is said of one.
const ABOUT: &str = "example.toml";

/// How it is, and what is expected of it.
const AS_IT_IS: &str = "example.postproof.toml";

/// A mail log, where there is one.
const LOG: &str = "log";

/// The same, mended.
const MENDED: &str = "mended.postproof.toml";

/// Writes them into the folder of the site's assets, under a name that holds a hash of their bytes.
///
/// # Errors
///
/// An example that is not whole, by name.
pub(super) fn write(workspace: &Workspace, assets: &Path) -> Result<String> {
    let bytes = serde_json::to_vec(&all(&workspace.root().join(FOLDER))?)?;
    let mut hash = DefaultHasher::new();
    hash.write(&bytes);
    let name = format!("examples-{:016x}.json", hash.finish());
    fs::create_dir_all(assets)?;
    fs::write(assets.join(&name), bytes).with_context(|| name.clone())?;
    Ok(name)
}

/// All groups with their examples.
fn all(folder: &Path) -> Result<Value> {
    let list = document(&folder.join(LIST))?;
    let groups = list.get("group").and_then(Item::as_array_of_tables).context("examples.toml has no [[group]]")?;
    let mut listed = Vec::new();
    let mut all = Vec::new();
    for group in groups {
        let names = group.get("examples").and_then(Item::as_array).context("a group without examples")?;
        let names: Vec<&str> = names.iter().filter_map(|name| name.as_str()).collect();
        let examples = names.iter().map(|name| one(&folder.join(name), name).with_context(|| (*name).to_owned()));
        all.push(json!({ "title": both(group)?, "examples": examples.collect::<Result<Vec<_>>>()? }));
        listed.extend(names.into_iter().map(str::to_owned));
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !listed.contains(&name) {
            bail!("{FOLDER}/{LIST} does not list {name}");
        }
    }
    Ok(all.into())
}

/// One example, as the page takes it.
fn one(folder: &Path, name: &str) -> Result<Value> {
    let about = document(&folder.join(ABOUT))?;
    let part = |key: &str| {
        let part = about.get(key).and_then(Item::as_table).with_context(|| format!("{ABOUT} has no [{key}]"))?;
        both(part).with_context(|| format!("[{key}]"))
    };
    let keeps_tests = about.get("tests").and_then(Item::as_bool).unwrap_or(false);
    let shown = about.get("show").and_then(Item::as_str);
    let project = |file: &str| file_of(&project(folder, file, keeps_tests, shown)?);
    let mended = if folder.join(MENDED).exists() { Some(project(MENDED)?) } else { None };
    Ok(json!({
        "name": name,
        "title": part("title")?,
        "see": part("see")?,
        "why": part("why")?,
        "mend": part("mend")?,
        "project": project(AS_IT_IS)?,
        "mended": mended,
    }))
}

/// A text in both languages.
fn both(table: &Table) -> Result<Value> {
    let text = |lang: &str| {
        let text = table.get(lang).and_then(Item::as_str).map(str::trim).filter(|text| !text.is_empty());
        text.with_context(|| format!("nothing in the language {lang}"))
    };
    Ok(json!({ "en": text("en")?, "ja": text("ja")? }))
}

/// A project as `postproof-share` writes it.
fn file_of(project: &Project) -> Result<String> {
    let file =
        postproof_share::to_file(project).map_err(|error| anyhow!("not a project that can be shared: {error}"))?;
    Ok(String::from_utf8(file)?)
}

/// The project of a test file, with the files beside it, and the inputs of its first case of each kind.
fn project(folder: &Path, test_file: &str, keeps_tests: bool, shown: Option<&str>) -> Result<Project> {
    let mut document = document(&folder.join(test_file))?;
    let held = document.remove("files").and_then(|files| files.into_table().ok()).unwrap_or_default();
    let mut files = Table::new();
    for name in names(&document, folder)? {
        let text = match held.get(&name).and_then(Item::as_str) {
            Some(text) => text.to_owned(),
            None => fs::read_to_string(folder.join(&name)).with_context(|| name.clone())?,
        };
        files.insert(&name, toml_edit::value(text));
    }
    document.insert("files", Item::Table(files));
    let imported = postproof_suite::import(document.to_string().as_bytes());
    let mut project = imported.map_err(|error| anyhow!("{test_file}: {error:?}"))?.project;

    let of_cases = (0..).map_while(|index| postproof_suite::input_of_case(&project, index));
    let mut inputs: Vec<Input> = Vec::new();
    for input in of_cases {
        if inputs.iter().all(|other| other.kind != input.kind) {
            inputs.push(input);
        }
    }
    let first = inputs.first().map(|input| input.kind).context("no case has an input that the page can show")?;
    // What no case of a test file holds.
    if let Ok(log) = fs::read(folder.join(LOG)) {
        inputs.push(Input { name: String::new(), kind: InputKind::Log, content: log.into() });
    }
    inputs.sort_by_key(|input| input.kind);
    project.shown_input = inputs.iter().position(|input| input.kind == first).unwrap_or_default();
    project.inputs = inputs;
    let shown = shown.map(|name| {
        let found = project.files.iter().position(|file| file.name == name);
        found.with_context(|| format!("show = {name:?} is no file of the project"))
    });
    project.shown_file = shown.transpose()?.unwrap_or_else(|| in_front(&project, first));
    // An example is there to be changed, and then its cases fail.
    if !keeps_tests {
        project.tests.clear();
    }
    project.title.clear();
    Ok(project)
}

/// The file in front where the example names none: a table, where messages or hosts go through it.
fn in_front(project: &Project, kind: InputKind) -> usize {
    if kind == InputKind::Session {
        return 0;
    }
    project.files.iter().position(|file| file.role.is_table()).unwrap_or_default()
}

/// The files of an example in their order: those that the test file names first.
fn names(document: &DocumentMut, folder: &Path) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    let main_cf = document.get("main_cf").and_then(Item::as_str);
    names.extend(main_cf.map(str::to_owned));
    for (_, tables) in document.get("tables").and_then(Item::as_table_like).into_iter().flat_map(|tables| tables.iter())
    {
        let list = tables.as_array().into_iter().flatten().filter_map(|table| table.as_str());
        let files = tables.as_str().into_iter().chain(list).filter_map(|table| table.split_once(':'));
        names.extend(files.map(|(_, name)| name.to_owned()));
    }
    let mut others = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".toml") && !names.contains(&name) {
            others.push(name);
        }
    }
    // Tables in the order in which main.cf asks them.
    let source = main_cf.map(|name| fs::read_to_string(folder.join(name))).transpose()?.unwrap_or_default();
    others.sort_by_key(|name| (source.find(&format!("/{name}")).unwrap_or(usize::MAX), name.clone()));
    names.extend(others);
    Ok(names)
}

fn document(file: &Path) -> Result<DocumentMut> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    text.parse().with_context(|| file.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn every_example_is_whole() {
        let all = all(&Workspace::find().unwrap().root().join(FOLDER)).unwrap();
        let examples = all.as_array().unwrap().iter().flat_map(|group| group["examples"].as_array().unwrap());
        let mut count = 0;
        for example in examples {
            count += 1;
            let project = postproof_share::from_file(example["project"].as_str().unwrap().as_bytes()).unwrap();
            let name = &example["name"];
            assert!(!project.files.is_empty() && !project.inputs.is_empty(), "{name}");
            if let Some(mended) = example["mended"].as_str() {
                let mended = postproof_share::from_file(mended.as_bytes()).unwrap();
                assert_ne!(mended.files, project.files, "{name}: what is mended is something else");
                assert_eq!(mended.inputs, project.inputs, "{name}: what it is tried on is the same");
            }
        }
        assert!(count >= 24, "{count} examples");
    }
}
