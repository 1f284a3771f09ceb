//! `postproof.toml`: which findings are left out, and where.
//!
//! ```toml
//! [lint]
//! ignore = ["space-at-fold", "PP215"]
//! baseline = "postproof.baseline.json"
//!
//! [lint.files]
//! "old/*" = ["PP201"]
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use clap::ArgMatches;
use globset::{Glob, GlobMatcher};
use postproof_model::Code;
use postproof_words::{Lang, lint as words, suite};
use serde::Deserialize;

use crate::outcome::Failure;

/// The name that is looked for.
const NAME: &str = "postproof.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    lint: Section,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    baseline: Option<String>,
    #[serde(default)]
    files: BTreeMap<String, Vec<String>>,
}

/// What is left out.
#[derive(Debug, Default)]
pub(super) struct Settings {
    ignore: Vec<Code>,
    files: Vec<(GlobMatcher, Vec<Code>)>,
    baseline: Option<String>,
}

impl Settings {
    /// Reads the file that the command line names, else the one of the current folder where there is one; and `--ignore`.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or says something that is not understood; the message names its line and column.
    pub(super) fn read(matches: &ArgMatches, lang: Lang) -> Result<Self, Failure> {
        let named = matches.get_one::<String>("settings").map(String::as_str);
        let mut settings = match named {
            Some(file) => Self::parse(file, lang)?,
            None if Path::new(NAME).is_file() => Self::parse(NAME, lang)?,
            None => Self::default(),
        };
        for text in matches.get_many::<String>("ignore").unwrap_or_default() {
            for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                let failure = || Failure::misuse(words::NO_SUCH_CODE.fill(lang, &[("code", word)]));
                settings.ignore.push(Code::find(word).ok_or_else(failure)?);
            }
        }
        Ok(settings)
    }

    fn parse(file: &str, lang: Lang) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(file).map_err(|error| Failure::read(file, &error, lang))?;
        let wrong =
            |reason: &str| Failure::misuse(words::BAD_SETTINGS.fill(lang, &[("file", file), ("reason", reason)]));
        let read: File = toml::from_str(&text).map_err(|error| wrong(error.to_string().trim_end()))?;
        let codes = |list: &[String]| -> Result<Vec<Code>, Failure> {
            let find = |word: &String| {
                Code::find(word).ok_or_else(|| wrong(&words::NO_SUCH_CODE.fill(lang, &[("code", word)])))
            };
            list.iter().map(find).collect()
        };
        let mut files = Vec::new();
        for (glob, list) in &read.lint.files {
            let pattern = Glob::new(glob)
                .map_err(|error| wrong(&suite::BAD_GLOB.fill(lang, &[("reason", &error.to_string())])))?;
            files.push((pattern.compile_matcher(), codes(list)?));
        }
        Ok(Self { ignore: codes(&read.lint.ignore)?, files, baseline: read.lint.baseline })
    }

    /// Whether findings of a code in a file are left out.
    pub(super) fn leave_out(&self, code: Code, file: &str) -> bool {
        self.ignore.contains(&code)
            || self.files.iter().any(|(glob, codes)| codes.contains(&code) && glob.is_match(file))
    }

    /// The file of known findings.
    pub(super) fn baseline(&self) -> Option<String> {
        self.baseline.clone()
    }
}
