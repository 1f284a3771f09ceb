//! Rule sets: a folder each, with tables by the names of their parameters.

use std::fs;
use std::path::Path;

use postproof_model::{Class, TableKind};
use postproof_rules::content::ContentChecks;
use postproof_rules::table::Table;

const PARAMETERS: [&str; 4] = ["header_checks", "mime_header_checks", "nested_header_checks", "body_checks"];

/// One rule set.
pub struct RuleSet {
    /// The folder's name.
    pub name: String,
    files: Vec<(&'static str, Vec<u8>)>,
}

impl RuleSet {
    /// One without tables.
    pub fn empty() -> Self {
        Self { name: "none".to_owned(), files: Vec::new() }
    }

    /// The rule sets in a folder's folders, by name.
    pub fn all(folder: &Path) -> Vec<Self> {
        let mut sets: Vec<Self> = fs::read_dir(folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|entry| Self::read(&entry.expect("a rule set").path()))
            .collect();
        sets.sort_by(|a, b| a.name.cmp(&b.name));
        assert!(!sets.is_empty(), "no rule sets in {}", folder.display());
        sets
    }

    fn read(folder: &Path) -> Self {
        let name = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        let files: Vec<_> = PARAMETERS
            .into_iter()
            .filter_map(|parameter| Some((parameter, fs::read(folder.join(parameter)).ok()?)))
            .collect();
        assert!(!files.is_empty(), "no tables in {}", folder.display());
        Self { name, files }
    }

    /// The parameters set, and their tables' sources.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.files.iter().map(|(parameter, source)| (*parameter, source.as_slice()))
    }

    /// The checks that Postfix makes with this rule set.
    pub fn checks(&self) -> ContentChecks {
        let table = |class: Class| -> Option<Vec<Table>> {
            let parameter = postproof_rules::content::log::parameter(class);
            let (_, source) = self.files().find(|(name, _)| *name == parameter)?;
            Some(vec![Table::parse(TableKind::Regexp, parameter, source).0])
        };
        ContentChecks {
            header: table(Class::Header).unwrap_or_default(),
            mime_header: table(Class::MimeHeader),
            nested_header: table(Class::NestedHeader),
            body: table(Class::Body).unwrap_or_default(),
            ..ContentChecks::default()
        }
    }
}
