//! `--answers TYPE:NAME=FILE`: what the server behind a table answers, as data.

use clap::ArgMatches;
use postproof_model::TableKind;
use postproof_words::{Lang, command};

use crate::arguments::values;
use crate::outcome::Failure;

/// What servers answer, by table.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    tables: Vec<(String, Vec<u8>)>,
}

impl Answers {
    /// Reads the files that the command line names.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, and an argument that names no table of a kind that needs a server, or no file.
    pub(crate) fn read(matches: &ArgMatches, lang: Lang) -> Result<Self, Failure> {
        let read = |argument: &str| {
            let malformed = || Failure::misuse(command::ANSWERS_MALFORMED.fill(lang, &[("argument", argument)]));
            let (table, file) = argument.rsplit_once('=').ok_or_else(malformed)?;
            let kind = table.split_once(':').and_then(|(kind, _)| TableKind::from_name(kind));
            if !kind.is_some_and(TableKind::has_server) {
                return Err(malformed());
            }
            let bytes = std::fs::read(file).map_err(|error| Failure::read(file, &error, lang))?;
            Ok((table.to_owned(), bytes))
        };
        let tables = values(matches, "answers").into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { tables })
    }

    /// What is given for a table.
    pub(crate) fn of_table(&self, kind: TableKind, name: &str) -> Option<Vec<u8>> {
        let wanted = format!("{}:{name}", kind.name());
        self.tables.iter().find(|(table, _)| *table == wanted).map(|(_, bytes)| bytes.clone())
    }
}
