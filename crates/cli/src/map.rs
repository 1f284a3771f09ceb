//! `TYPE:NAME`: from an argument to a table.

use postproof_model::{Diagnostic, MapProblem, Problem, TableKind};
use postproof_rules::lint;
use postproof_rules::table::{MapSpec, Opened, Opener, Table, Wanted};
use postproof_words::{Lang, command, problems as words};

use crate::answers::Answers;
use crate::problems;

/// A table as the command line names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Map {
    spec: MapSpec,
}

impl Map {
    /// Reads `TYPE:NAME`.
    ///
    /// # Errors
    ///
    /// A message for the user when there is no type, or one that is not known.
    pub(crate) fn parse(text: &str, lang: Lang) -> Result<Self, String> {
        let spec = MapSpec::parse(text.as_bytes());
        match spec.refused() {
            Some(MapProblem::NoType) => Err(command::NO_TYPE.fill(lang, &[("map", text)])),
            Some(MapProblem::UnknownType { name }) => Err(command::UNKNOWN_TYPE.fill(lang, &[("kind", name)])),
            _ => Ok(Self { spec }),
        }
    }

    /// Reads `TYPE:NAME` as postmap does, which takes a name alone for a table of default_database_type. Whatever is
    /// wrong is said when the table is opened.
    pub(crate) fn parse_as_postmap(text: &str) -> Self {
        Self { spec: MapSpec::parse_with_default(text.as_bytes(), TableKind::Hash) }
    }

    /// Reads the files and parses them.
    pub(crate) fn open(&self, opener: Opener, answers: &Answers) -> Opened {
        self.spec.open(opener, &mut |wanted| match wanted {
            Wanted::File(file) => std::fs::read(file).map_err(|error| error.to_string()),
            Wanted::Answers { kind, name } => answers.of_table(kind, name).ok_or_else(String::new),
        })
    }

    /// Reads the files, parses them and says on standard error what is wrong with them, slips that Postfix keeps quiet
    /// about included.
    ///
    /// # Errors
    ///
    /// A message for the user when Postfix could not open the table.
    pub(crate) fn open_with_findings(&self, opener: Opener, answers: &Answers, lang: Lang) -> Result<Table, String> {
        let mut opened = self.open(opener, answers);
        if let Some(diagnostic) = opened.refused() {
            return Err(refusal(diagnostic, lang));
        }
        let mut diagnostics = std::mem::take(&mut opened.diagnostics);
        diagnostics.extend(lint::table(&opened.table));
        diagnostics.sort_by_key(|diagnostic| diagnostic.place.span);
        problems::say(&diagnostics, lang, |_| true);
        Ok(opened.table)
    }
}

/// Why Postfix cannot open a table, in words.
pub(crate) fn refusal(diagnostic: &Diagnostic, lang: Lang) -> String {
    match &diagnostic.problem {
        Problem::Map(MapProblem::CannotRead { reason }) => {
            command::CANNOT_READ.fill(lang, &[("file", &diagnostic.place.file), ("reason", reason)])
        }
        Problem::Map(_) => {
            let explained = words::explain(diagnostic, lang);
            let space = if lang == Lang::En { " " } else { "" };
            let mend = explained.mend.map(|mend| format!("{space}{mend}")).unwrap_or_default();
            format!("{}: {}{mend}", diagnostic.place.file, explained.what)
        }
        _ => problems::without_severity(diagnostic, lang),
    }
}
