//! A project: the files, and what they are tried on. The page edits one, a link carries one, a test file is one.

use serde::{Deserialize, Serialize};

use crate::{Bytes, TableKind};

/// A set of named files and inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// What people call it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The tables.
    #[serde(default)]
    pub files: Vec<ProjectFile>,
    /// What they are tried on.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// What is expected: the cases of a test file as TOML, with what of that file has no other place in a project. Empty
    /// where nothing is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tests: String,
    /// Which input is in front: an index in [`Project::inputs`]. The mode of the page follows from its kind.
    #[serde(default)]
    pub shown_input: usize,
    /// Which file is in front: an index in [`Project::files`].
    #[serde(default)]
    pub shown_file: usize,
}

/// A file of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectFile {
    /// Its name: `header_checks`.
    pub name: String,
    /// What reads it.
    pub role: Role,
    /// Which kind of table it is.
    #[serde(default)]
    pub kind: TableKind,
    /// Its bytes.
    pub content: Bytes,
}

/// Which part of Postfix reads a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A table under header_checks.
    HeaderChecks,
    /// A table under mime_header_checks.
    MimeHeaderChecks,
    /// A table under nested_header_checks.
    NestedHeaderChecks,
    /// A table under body_checks.
    BodyChecks,
    /// A table under check_client_access; several are asked in the order of the files.
    ClientAccess,
    /// Another access table, which main.cf names.
    Access,
    /// The configuration: main.cf. It names the other files by the last part of their paths.
    MainCf,
    /// What DNS and policy servers answer: not a file of Postfix's, but what its restrictions depend on.
    World,
}

impl Role {
    /// Whether a file of this role is a table.
    #[must_use]
    pub const fn is_table(self) -> bool {
        !matches!(self, Self::MainCf | Self::World)
    }
}

/// Whether main.cf means the file of this name by this path: it is the name, or its last part is.
#[must_use]
pub fn means(path: &str, name: &str) -> bool {
    path == name || path.rsplit('/').next() == Some(name)
}

/// A change of the cases of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseChange {
    /// Takes a case away.
    Remove(usize),
    /// Gives a case another name.
    Rename(usize, String),
    /// Expects what is seen now.
    Accept(usize),
}

/// Something the tables are tried on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Its name; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it is.
    pub kind: InputKind,
    /// Its bytes.
    pub content: Bytes,
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// A message, or as much of one as was pasted: headers, an empty line, a body.
    Message,
    /// Clients, one a line: `name`, `name[address]` or `address`.
    Hosts,
    /// The lines of one SMTP client, as sent to smtpd(8).
    Session,
    /// A mail log, as syslogd or postlogd(8) writes it.
    Log,
}

impl InputKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Message, Self::Hosts, Self::Session, Self::Log];
}
