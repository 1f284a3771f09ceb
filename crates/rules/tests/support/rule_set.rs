//! Rule sets: a folder each, with tables by the names of their parameters, and perhaps a main.cf of other parameters.

use std::fs;
use std::path::Path;

use postproof_model::{Class, TableKind};
use postproof_rules::content::ContentChecks;
use postproof_rules::maincf::MainCf;
use postproof_rules::table::Table;

const PARAMETERS: [&str; 4] = ["header_checks", "mime_header_checks", "nested_header_checks", "body_checks"];

/// One rule set.
pub struct RuleSet {
    /// The folder's name.
    pub name: String,
    files: Vec<(&'static str, Vec<u8>)>,
    main_cf: String,
}

impl RuleSet {
    /// One without tables.
    pub fn empty() -> Self {
        Self { name: "none".to_owned(), files: Vec::new(), main_cf: String::new() }
    }

    /// One with a table for one parameter.
    pub fn of(name: &str, parameter: &str, source: &str) -> Self {
        let parameter = PARAMETERS.into_iter().find(|known| *known == parameter).expect("a parameter of cleanup's");
        Self { name: name.to_owned(), files: vec![(parameter, source.as_bytes().to_vec())], main_cf: String::new() }
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
        let main_cf = fs::read_to_string(folder.join("main.cf")).unwrap_or_default();
        assert!(!files.is_empty() || !main_cf.is_empty(), "nothing in {}", folder.display());
        Self { name, files, main_cf }
    }

    /// The parameters set, and their tables' sources.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.files.iter().map(|(parameter, source)| (*parameter, source.as_slice()))
    }

    /// The parameters of its main.cf: `name=value`, without blanks.
    pub fn parameters(&self) -> impl Iterator<Item = String> {
        self.main_cf.lines().filter(|line| !line.is_empty()).map(|line| line.replace(' ', ""))
    }

    /// The checks that Postfix makes with this rule set.
    pub fn checks(&self) -> ContentChecks {
        let table = |class: Class| -> Option<Vec<Table>> {
            let parameter = postproof_rules::content::log::parameter(class);
            let (_, source) = self.files().find(|(name, _)| *name == parameter)?;
            Some(vec![Table::parse(TableKind::Regexp, parameter, source).0])
        };
        let (main_cf, problems) = MainCf::parse("main.cf", self.main_cf.as_bytes());
        assert!(problems.is_empty(), "{}: {problems:?}", self.name);
        let (checks, problems) = main_cf.content_checks(&mut |_| Err("no such file".to_owned()));
        assert!(problems.is_empty(), "{}: {problems:?}", self.name);
        ContentChecks {
            header: table(Class::Header).unwrap_or_default(),
            mime_header: table(Class::MimeHeader),
            nested_header: table(Class::NestedHeader),
            body: table(Class::Body).unwrap_or_default(),
            // With the defaults of a new Postfix where main.cf says nothing.
            limits: checks.limits,
            soft_bounce: checks.soft_bounce,
            ..ContentChecks::default()
        }
    }
}
