//! `-c FILE`: a main.cf, and the tables that it names.
//!
//! A main.cf names files of the server that it is for. Here it is read beside copies of them: what it names in its
//! config_directory, or without a folder, is looked for beside it; anything else only in folders that the command line gives.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use postproof_model::{Consequence, Diagnostic};
use postproof_rules::lint;
use postproof_rules::maincf::{MainCf, State};
use postproof_rules::message::Version;
use postproof_rules::table::{Table, Wanted};
use postproof_words::{Lang, command};

use crate::answers::Answers;
use crate::arguments::values;
use crate::outcome::{Failure, complain};
use crate::problems;

/// Where Postfix is configured unless it was built otherwise.
const CONFIG_DIRECTORY: &str = "/etc/postfix";

/// A main.cf, and the folders that files are read from.
#[derive(Debug)]
pub(crate) struct Configuration {
    /// The parameters.
    pub(crate) main_cf: MainCf,
    /// The file's name.
    name: String,
    /// The file's own folder, and further ones.
    folders: Vec<PathBuf>,
}

impl Configuration {
    /// Reads what `-c` names: a file, or a folder with a main.cf in it. Says on standard error what is wrong with it.
    ///
    /// # Errors
    ///
    /// It cannot be read, or Postfix's programs would refuse it.
    pub(crate) fn read(matches: &ArgMatches, version: Version, lang: Lang) -> Result<Option<Self>, Failure> {
        let Some((file, folders)) = Self::locate(matches) else { return Ok(None) };
        let shown = file.display().to_string();
        let bytes = std::fs::read(&file).map_err(|error| Failure::read(&shown, &error, lang))?;
        let (configuration, found) = Self::parse(version, &file, folders, &bytes);
        problems::say(&found, lang, |_| true);
        refused(&found, lang)?;
        Ok(Some(configuration))
    }

    /// The file that `-c` names, and the folders that files are read from.
    pub(crate) fn locate(matches: &ArgMatches) -> Option<(PathBuf, Vec<PathBuf>)> {
        let mut file = PathBuf::from(matches.get_one::<String>("config")?);
        if file.is_dir() {
            file.push("main.cf");
        }
        let own = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folders = std::iter::once(own.to_owned()).chain(values(matches, "folder").into_iter().map(PathBuf::from));
        let folders = folders.collect();
        Some((file, folders))
    }

    /// The configuration that these bytes make, and what is wrong with it.
    pub(crate) fn parse(version: Version, file: &Path, folders: Vec<PathBuf>, bytes: &[u8]) -> (Self, Vec<Diagnostic>) {
        let name = file.display().to_string();
        let (mut main_cf, found) = MainCf::parse_for(version, &name, bytes);
        main_cf.set_default("config_directory", CONFIG_DIRECTORY.as_bytes());
        (Self { main_cf, name, folders }, found)
    }

    /// Opens tables, and says on standard error what is wrong with them. `names` are the parameters that list them; `open`
    /// gives the tables, what is wrong with them, and reads files as it is told to. `tables` lists them all.
    ///
    /// # Errors
    ///
    /// Postfix could not open a table, or would refuse a parameter; or the machine that the main.cf is for decides which
    /// tables they are.
    pub(crate) fn open<T>(
        &self,
        names: &[&str],
        answers: &Answers,
        lang: Lang,
        open: impl FnOnce(&MainCf, &mut postproof_rules::table::open::Read<'_>) -> (T, Vec<Diagnostic>),
        tables: impl FnOnce(&T) -> Vec<&Table>,
    ) -> Result<T, Failure> {
        for name in names {
            if let State::Unknown { parameter } = &self.main_cf.get(name).state {
                let values = [("name", *name), ("parameter", parameter.as_str())];
                return Err(Failure::misuse(command::MACHINE_DECIDES.fill(lang, &values)));
            }
        }
        let (opened, mut found) = open(&self.main_cf, &mut |wanted| self.wanted(&wanted, answers, lang));
        let mut listed = Vec::new();
        for table in tables(&opened) {
            // One file may be named by several parameters.
            if !listed.contains(&table.name()) {
                listed.push(table.name());
                found.extend(lint::table(table));
            }
        }
        found.sort_by(|one, other| (&one.place.file, one.place.span).cmp(&(&other.place.file, other.place.span)));
        found.dedup();
        problems::say(&found, lang, |_| true);
        refused(&found, lang)?;
        Ok(opened)
    }

    /// What a table is made from that the main.cf names, or why it is not read.
    pub(crate) fn wanted(&self, wanted: &Wanted<'_>, answers: &Answers, lang: Lang) -> Result<Vec<u8>, String> {
        match *wanted {
            Wanted::File(file) => self.bytes(file, lang),
            Wanted::Answers { kind, name } => answers.of_table(kind, name).ok_or_else(String::new),
        }
    }

    /// The bytes of a file that the main.cf names, or why they are not read.
    fn bytes(&self, name: &str, lang: Lang) -> Result<Vec<u8>, String> {
        std::fs::read(self.path(name, lang)?).map_err(|error| error.to_string())
    }

    /// Where a file is that the main.cf names, or why it is not read.
    pub(crate) fn path(&self, name: &str, lang: Lang) -> Result<PathBuf, String> {
        let path = Path::new(name);
        let config_directory = self.main_cf.get("config_directory");
        let config_directory = String::from_utf8_lossy(config_directory.text().unwrap_or_default()).into_owned();
        let own = self.folders.first().map_or(Path::new("."), PathBuf::as_path);
        let place = match path.strip_prefix(&config_directory) {
            Ok(rest) => own.join(rest),
            Err(_) if path.is_absolute() => path.to_owned(),
            Err(_) => {
                // Postfix's programs take it from queue_directory, where they run.
                let values = [("file", name), ("config", &self.name)];
                complain(&format!("{}: {}", command::HINT.say(lang), command::NO_FOLDER.fill(lang, &values)));
                own.join(path)
            }
        };
        let canonical: Vec<PathBuf> = self.folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
        if !self.folders.iter().chain(&canonical).any(|folder| place.starts_with(folder)) {
            return Err(self.outside(lang));
        }
        // A link may lead elsewhere, and so may `..`.
        let place = place.canonicalize().map_err(|error| error.to_string())?;
        if !canonical.iter().any(|folder| place.starts_with(folder)) {
            return Err(self.outside(lang));
        }
        Ok(place)
    }

    fn outside(&self, lang: Lang) -> String {
        let own = self.folders.first().map(|folder| folder.display().to_string()).unwrap_or_default();
        command::OUTSIDE.fill(lang, &[("folder", &own)])
    }
}

/// Fails where Postfix refuses a table or a parameter.
fn refused(found: &[Diagnostic], lang: Lang) -> Result<(), Failure> {
    let refuses =
        |found: &Diagnostic| matches!(found.consequence, Consequence::ConfigurationRefused | Consequence::TableRefused);
    let Some(first) = found.iter().find(|found| refuses(found)) else { return Ok(()) };
    let values = [("file", first.place.file.as_str()), ("line", &first.place.line.to_string())];
    Err(Failure::misuse(command::CONFIGURATION_REFUSED.fill(lang, &values)))
}
