//! The main.cf of a project: it names the project's other files by the last part of their paths.

use postproof_model::{Diagnostic, ProjectFile, Role};

use super::MainCf;
use crate::content::ContentChecks;
use crate::table::Wanted;

/// Where Postfix is configured unless it was built otherwise. Only the last part of a path counts in a project.
const CONFIG_DIRECTORY: &[u8] = b"/etc/postfix";

/// The index of the table that main.cf means by a path: its name, or the last part of the path is.
#[must_use]
pub fn file_at(files: &[ProjectFile], path: &str) -> Option<usize> {
    let is = |name: &str| files.iter().position(|file| file.role.is_table() && file.name == name);
    is(path).or_else(|| is(path.rsplit('/').next()?))
}

/// The bytes that main.cf wants, from the project's files. What servers answer is not among them.
///
/// # Errors
///
/// No file of the project has this name.
pub fn read(files: &[ProjectFile], wanted: &Wanted<'_>) -> Result<Vec<u8>, String> {
    match wanted {
        Wanted::File(path) => {
            let table = file_at(files, path).and_then(|index| files.get(index));
            table.map(|table| table.content.to_vec()).ok_or_else(|| format!("{path}: ?"))
        }
        Wanted::Answers { .. } => Err(String::new()),
    }
}

impl MainCf {
    /// The main.cf of a project with the index of its file, and what is wrong with it; none where there is none.
    #[must_use]
    pub fn of_project(files: &[ProjectFile]) -> Option<(usize, Self, Vec<Diagnostic>)> {
        let index = files.iter().position(|file| file.role == Role::MainCf)?;
        let file = files.get(index)?;
        let (mut main_cf, found) = Self::parse(&file.name, &file.content);
        main_cf.set_default("config_directory", CONFIG_DIRECTORY);
        Some((index, main_cf, found))
    }

    /// What main.cf makes of these checks: its limits and settings, and the tables of each list that it sets; `of_main_cf` is
    /// what [`MainCf::content_checks`] gave. A list that it does not set stays as it is, and so do the bounds.
    #[must_use]
    pub fn over(&self, own: ContentChecks, of_main_cf: &ContentChecks) -> ContentChecks {
        let mut checks = ContentChecks { bounds: own.bounds, ..of_main_cf.clone() };
        if !self.is_set("header_checks") {
            checks.header = own.header;
        }
        if !self.is_set("mime_header_checks") {
            checks.mime_header = own.mime_header;
        }
        if !self.is_set("nested_header_checks") {
            checks.nested_header = own.nested_header;
        }
        if !self.is_set("body_checks") {
            checks.body = own.body;
        }
        if !self.is_set("milter_header_checks") {
            checks.milter_header = own.milter_header;
        }
        checks
    }
}
