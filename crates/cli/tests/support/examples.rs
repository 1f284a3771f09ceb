//! The examples of the page, `tests/examples`: each as it is and mended, with its tables and what they are tried on.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "it is a part of tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// An example, or its mended form.
pub struct Variant {
    /// The example's name, with `-mended` for the mended form.
    pub name: String,
    /// The text of its main.cf; empty where its test file names the tables.
    pub main_cf: String,
    /// `TYPE:NAME` by parameter, as the test file has them.
    pub tables: Vec<(String, Vec<String>)>,
    /// All files by name, the test file's own included.
    pub files: BTreeMap<String, String>,
    /// The cases of the test file.
    pub cases: Vec<Table>,
}

/// `tests/examples` of the workspace.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/examples")
}

/// The names of the examples' folders, sorted.
pub fn names() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let folders = entries.filter(|path| path.is_dir());
    let mut names: Vec<String> = folders.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A TOML file.
pub fn toml(path: &Path) -> Table {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// One text or a list of them.
pub fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(list)) => list.iter().map(|text| text.as_str().unwrap().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// Both forms of every example.
pub fn variants() -> Vec<Variant> {
    let forms = |name: String| {
        let mended = folder().join(&name).join("mended.postproof.toml").exists();
        let as_it_is = variant(&name, "example.postproof.toml", name.clone());
        let mended = mended.then(|| variant(&name, "mended.postproof.toml", format!("{name}-mended")));
        std::iter::once(as_it_is).chain(mended)
    };
    names().into_iter().flat_map(forms).collect()
}

fn variant(example: &str, test_file: &str, name: String) -> Variant {
    let folder = folder().join(example);
    let test = toml(&folder.join(test_file));
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if !file.ends_with(".toml") {
            files.insert(file, std::fs::read_to_string(&path).unwrap());
        }
    }
    for (file, text) in test.get("files").and_then(Value::as_table).into_iter().flatten() {
        files.insert(file.clone(), text.as_str().unwrap().to_owned());
    }
    let tables = test.get("tables").and_then(Value::as_table).into_iter().flatten();
    Variant {
        name,
        main_cf: test.get("main_cf").map(|file| files[file.as_str().unwrap()].clone()).unwrap_or_default(),
        tables: tables.map(|(parameter, tables)| (parameter.clone(), texts(Some(tables)))).collect(),
        cases: test["case"].as_array().unwrap().iter().map(|case| case.as_table().unwrap().clone()).collect(),
        files,
    }
}

impl Variant {
    /// The inputs of a kind of all cases, those of files included; each once.
    pub fn inputs(&self, kind: &str) -> Vec<String> {
        let mut inputs = Vec::new();
        for case in &self.cases {
            let files = texts(case.get(&format!("{kind}_files"))).into_iter().map(|file| self.files[&file].clone());
            for input in texts(case.get(kind)).into_iter().chain(files) {
                if !inputs.contains(&input) {
                    inputs.push(input);
                }
            }
        }
        inputs
    }

    /// The parameters of its main.cf, in their order, with the lines of each joined.
    pub fn parameters(&self) -> Vec<(String, String)> {
        let mut parameters: Vec<(String, String)> = Vec::new();
        for line in self.main_cf.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match (line.starts_with(' '), parameters.last_mut()) {
                (true, Some((_, value))) => *value += &format!(" {}", line.trim()),
                _ => {
                    let (name, value) = line.split_once('=').unwrap();
                    parameters.push((name.trim().to_owned(), value.trim().to_owned()));
                }
            }
        }
        parameters
    }
}
