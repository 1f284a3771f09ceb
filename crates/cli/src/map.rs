//! `TYPE:NAME`: from an argument to a table.

use postproof_model::{Diagnostic, TableKind};
use postproof_rules::lint;
use postproof_rules::table::Table;
use postproof_words::{Lang, command};

use crate::problems;

/// A table as the command line names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Map {
    /// Its kind.
    kind: TableKind,
    /// Its file.
    file: String,
}

impl Map {
    /// Reads `TYPE:NAME`.
    ///
    /// # Errors
    ///
    /// A message for the user when there is no type, or one that is not known.
    pub(crate) fn parse(text: &str, lang: Lang) -> Result<Self, String> {
        let Some((kind, file)) = text.split_once(':') else {
            return Err(command::NO_TYPE.fill(lang, &[("map", text)]));
        };
        match kind {
            "regexp" => Ok(Self { kind: TableKind::Regexp, file: file.to_owned() }),
            _ => Err(command::UNKNOWN_TYPE.fill(lang, &[("kind", kind)])),
        }
    }

    /// Reads the file and parses it.
    ///
    /// # Errors
    ///
    /// A message for the user when the file cannot be read.
    pub(crate) fn open(&self, lang: Lang) -> Result<(Table, Vec<Diagnostic>), String> {
        let source = std::fs::read(&self.file).map_err(|error| {
            command::CANNOT_READ.fill(lang, &[("file", &self.file), ("reason", &error.to_string())])
        })?;
        Ok(Table::parse(self.kind, &self.file, &source))
    }

    /// Reads the file, parses it and says on standard error what is wrong with it, slips that Postfix keeps quiet about
    /// included.
    ///
    /// # Errors
    ///
    /// A message for the user when the file cannot be read.
    pub(crate) fn open_with_findings(&self, lang: Lang) -> Result<Table, String> {
        let (table, mut diagnostics) = self.open(lang)?;
        diagnostics.extend(lint::table(&table));
        diagnostics.sort_by_key(|diagnostic| diagnostic.place.span);
        problems::say(&diagnostics, lang, |_| true);
        Ok(table)
    }
}
