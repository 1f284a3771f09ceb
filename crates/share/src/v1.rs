//! Version 1 of what a link holds: the project as JSON.
//!
//! These types are the format. They stand apart from the model's, which may change; a change here would break links
//! that exist. What may be added: fields with a default, which older versions ignore, and names of roles and kinds,
//! which older versions refuse as [`ErrorKind::Newer`].

use crate::{Error, ErrorKind, NAME_LIMIT, PARTS_LIMIT};
use postproof_model::{Bytes, Input, InputKind, Project, ProjectFile, Role, TableKind};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Shared {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    files: Vec<SharedFile>,
    inputs: Vec<SharedInput>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    tests: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    shown_file: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    shown_input: u32,
}

#[derive(Serialize, Deserialize)]
struct SharedFile {
    name: String,
    role: String,
    kind: String,
    content: Bytes,
}

#[derive(Serialize, Deserialize)]
struct SharedInput {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    kind: String,
    content: Bytes,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Roles by the names they have in links.
const ROLES: &[(Role, &str)] = &[
    (Role::HeaderChecks, "header_checks"),
    (Role::MimeHeaderChecks, "mime_header_checks"),
    (Role::NestedHeaderChecks, "nested_header_checks"),
    (Role::BodyChecks, "body_checks"),
    (Role::ClientAccess, "client_access"),
    (Role::Access, "access"),
    (Role::MainCf, "main.cf"),
    (Role::World, "world"),
];

/// Kinds of inputs by the names they have in links.
const INPUT_KINDS: &[(InputKind, &str)] = &[
    (InputKind::Message, "message"),
    (InputKind::Hosts, "hosts"),
    (InputKind::Session, "session"),
    (InputKind::Log, "log"),
];

/// The name of a value; an error only for a value that has no name in version 1 yet.
fn name_of<T: PartialEq + Copy>(names: &[(T, &str)], value: T) -> Result<String, Error> {
    let found = names.iter().find(|(known, _)| *known == value);
    found.map(|(_, name)| (*name).to_owned()).ok_or_else(|| ErrorKind::Newer.into())
}

fn value_of<T: Copy>(names: &[(T, &str)], name: &str) -> Result<T, Error> {
    let found = names.iter().find(|(_, known)| *known == name);
    found.map(|(value, _)| *value).ok_or_else(|| ErrorKind::Newer.into())
}

/// Kinds of tables have Postfix's own names in links, too.
fn table_kind(name: &str) -> Result<TableKind, Error> {
    TableKind::ALL.iter().copied().find(|kind| kind.name() == name).ok_or_else(|| ErrorKind::Newer.into())
}

/// The project as JSON.
pub(crate) fn write(project: &Project) -> Result<Vec<u8>, Error> {
    let shared = Shared {
        title: project.title.clone(),
        files: project
            .files
            .iter()
            .map(|file| {
                Ok(SharedFile {
                    name: file.name.clone(),
                    role: name_of(ROLES, file.role)?,
                    kind: file.kind.name().to_owned(),
                    content: file.content.clone(),
                })
            })
            .collect::<Result<_, Error>>()?,
        inputs: project
            .inputs
            .iter()
            .map(|input| {
                Ok(SharedInput {
                    name: input.name.clone(),
                    kind: name_of(INPUT_KINDS, input.kind)?,
                    content: input.content.clone(),
                })
            })
            .collect::<Result<_, Error>>()?,
        tests: project.tests.clone(),
        shown_file: index(project.shown_file),
        shown_input: index(project.shown_input),
    };
    within_limits(&shared)?;
    serde_json::to_vec(&shared).map_err(|_| ErrorKind::NotAProject.into())
}

/// The project in JSON.
pub(crate) fn read(json: &[u8]) -> Result<Project, Error> {
    let shared: Shared = serde_json::from_slice(json).map_err(|_| ErrorKind::NotAProject)?;
    within_limits(&shared)?;
    let (shown_file, shown_input) = (shared.shown_file as usize, shared.shown_input as usize);
    Ok(Project {
        title: shared.title,
        tests: shared.tests,
        shown_file: if shown_file < shared.files.len() { shown_file } else { 0 },
        shown_input: if shown_input < shared.inputs.len() { shown_input } else { 0 },
        files: shared
            .files
            .into_iter()
            .map(|file| {
                Ok(ProjectFile {
                    name: file.name,
                    role: value_of(ROLES, &file.role)?,
                    kind: table_kind(&file.kind)?,
                    content: file.content,
                })
            })
            .collect::<Result<_, Error>>()?,
        inputs: shared
            .inputs
            .into_iter()
            .map(|input| {
                Ok(Input { name: input.name, kind: value_of(INPUT_KINDS, &input.kind)?, content: input.content })
            })
            .collect::<Result<_, Error>>()?,
    })
}

/// Refuses what no page could show: a hundred thousand tabs, a name as long as a book.
fn within_limits(shared: &Shared) -> Result<(), Error> {
    let names = shared.files.iter().map(|file| &file.name).chain(shared.inputs.iter().map(|input| &input.name));
    let fits = shared.files.len() <= PARTS_LIMIT
        && shared.inputs.len() <= PARTS_LIMIT
        && names.chain([&shared.title]).all(|name| name.len() <= NAME_LIMIT);
    if fits { Ok(()) } else { Err(ErrorKind::TooLarge.into()) }
}

fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or_default()
}
