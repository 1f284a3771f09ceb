//! `postproof query`: what postmap -q answers.
//!
//! postmap(1), "-q key". Standard output and the exit status are postmap's; warnings name the same lines, in our words.
//! Tables of keys and values are read from the text that postmap would build them from, and what postmap would warn of
//! then is said when they are opened.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, Read as _};

use clap::ArgMatches;
use postproof_model::{Answer, Bytes, Consequence, Trace, UnknownReason};
use postproof_rules::message::{Limits, QueryMode, query_keys};
use postproof_rules::table::{Opener, Remark, Table};
use postproof_words::{Lang, command, pcre, verdicts};
use serde::Serialize;

use crate::answers::Answers;
use crate::arguments::{Format, values};
use crate::map::{Map, refusal};
use crate::marked::printable;
use crate::outcome::{FINDING, Failure, SUCCESS, cannot_read, complain};
use crate::problems;
use crate::stdout::Stdout;
use crate::trace;

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let key = matches.get_one::<OsString>("key").map(|key| key_bytes(key)).unwrap_or_default();
    let mode = QueryMode {
        headers: matches.get_flag("headers"),
        body: matches.get_flag("body"),
        mime: matches.get_flag("mime"),
    };
    let any_class = mode.headers || mode.body;
    let mut query = Query {
        maps: values(matches, "map").into_iter().map(|map| Opened::Not(Map::parse_as_postmap(map))).collect(),
        opener: if any_class { Opener::POSTMAP_MESSAGE } else { Opener::POSTMAP },
        answers: Answers::read(matches, lang)?,
        lang,
        format: Format::of(matches),
        trace: matches.get_flag("trace"),
        out: Stdout::default(),
        found: false,
    };
    if key != b"-" {
        if any_class || mode.mime {
            return Err(Failure::as_postmap(command::ONLY_WITH_STANDARD_INPUT.say(lang).to_owned()));
        }
        query.one(&key, false)?;
    } else if any_class {
        let mut input = Vec::new();
        std::io::stdin().lock().read_to_end(&mut input).map_err(|error| stdin_failed(&error, lang))?;
        for key in query_keys(&input, mode, &Limits::default()) {
            query.one(&key.bytes, true)?;
        }
    } else {
        if mode.mime {
            complain(&format!("{}: {}", command::WARNING.say(lang), command::MIME_NEEDS_CLASS.say(lang)));
        }
        let mut input = std::io::stdin().lock();
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line).map_err(|error| stdin_failed(&error, lang))? > 0 {
            query.one(line.strip_suffix(b"\n").unwrap_or(&line), true)?;
            line.clear();
        }
    }
    query.out.finish().map_err(|error| Failure::write(&error, lang))?;
    Ok(if query.found { SUCCESS } else { FINDING })
}

fn stdin_failed(error: &std::io::Error, lang: Lang) -> Failure {
    Failure::as_postmap(cannot_read("-", error, lang))
}

#[cfg(unix)]
fn key_bytes(key: &OsStr) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    key.as_bytes().to_vec()
}

#[cfg(not(unix))]
fn key_bytes(key: &OsStr) -> Vec<u8> {
    key.to_string_lossy().into_owned().into_bytes()
}

/// A table is opened when a key first needs it, as postmap does: one that is never needed may as well not exist.
enum Opened {
    Not(Map),
    Yes {
        table: Table,
        /// Whether it has found a key yet.
        found: bool,
    },
}

struct Query {
    maps: Vec<Opened>,
    opener: Opener,
    answers: Answers,
    lang: Lang,
    format: Format,
    /// Whether each lookup is told rule by rule.
    trace: bool,
    out: Stdout,
    found: bool,
}

/// An answer for programs.
#[derive(Serialize)]
struct Found<'a> {
    key: &'a Bytes,
    #[serde(flatten)]
    answer: &'a Answer,
}

/// A lookup for programs, told rule by rule.
#[derive(Serialize)]
struct Traced<'a> {
    key: &'a Bytes,
    trace: &'a Trace,
}

/// Writes an object on a line of its own.
fn json(out: &mut Stdout, object: &impl Serialize, lang: Lang) -> Result<(), Failure> {
    let mut line = serde_json::to_vec(object).unwrap_or_default();
    line.push(b'\n');
    out.write(&line).map_err(|error| Failure::write(&error, lang))
}

impl Query {
    /// Asks the tables, in order, for one key. `with_key`: the key is printed, too.
    fn one(&mut self, key: &[u8], with_key: bool) -> Result<(), Failure> {
        let lang = self.lang;
        let key = key.split(|&byte| byte == 0).next().unwrap_or_default();
        let shown = printable(key);
        for opened in &mut self.maps {
            if let Opened::Not(map) = opened {
                *opened = Opened::Yes { table: open(map, self.opener, &self.answers, lang)?, found: false };
            }
            let Opened::Yes { table, found } = opened else { continue };
            if key.is_empty() && !*found && table.lmdb_finds(key).is_some() {
                // Only a key that was found tells Postfix whether keys are stored with a zero byte after them; until then it
                // tries both, and without one nothing is left of this key.
                let values = [("table", table.name()), ("key", ""), ("reason", command::EMPTY_KEY_FAILS.say(lang))];
                return Err(Failure::as_postmap(command::LOOKUP_FAILS.fill(lang, &values)));
            }
            let answer = table.ask(key, &mut |remark| warn(&remark_text(&remark, lang), lang));
            if self.trace {
                let trace = table.trace(key);
                match self.format {
                    Format::Text => trace::lines(&trace, table, lang).iter().for_each(|line| complain(line)),
                    Format::Json => json(&mut self.out, &Traced { key: &Bytes::from(key), trace: &trace }, lang)?,
                }
            }
            let names = [("table", table.name()), ("key", &shown)];
            match &answer {
                Answer::NotFound => continue,
                Answer::Unknown { reason, .. } => {
                    let why = verdicts::unknown_reason(reason, lang);
                    let values = [names.as_slice(), &[("reason", &why)]].concat();
                    if matches!(reason, UnknownReason::Fails(_)) {
                        // postmap ends here, and what it has not written yet is lost.
                        return Err(Failure::as_postmap(command::LOOKUP_FAILS.fill(lang, &values)));
                    }
                    warn(&command::ANSWER_UNKNOWN.fill(lang, &values), lang);
                }
                Answer::Found(hit) => {
                    self.found = true;
                    *found |= table.lmdb_finds(key) == Some(true);
                    if hit.result.is_empty() {
                        warn(&command::EMPTY_RESULT_FOR.fill(lang, &names), lang);
                    }
                    if self.format == Format::Text {
                        let line = if with_key {
                            [key, b"\t", &hit.result, b"\n"].concat()
                        } else {
                            [hit.result.as_ref(), b"\n"].concat()
                        };
                        self.out.write(&line).map_err(|error| Failure::write(&error, lang))?;
                    }
                }
            }
            if self.format == Format::Json && !self.trace {
                json(&mut self.out, &Found { key: &Bytes::from(key), answer: &answer }, lang)?;
            }
            return Ok(());
        }
        Ok(())
    }
}

/// Opens a table and says what postmap would warn of: when it opens it, or when it builds it.
fn open(map: &Map, opener: Opener, answers: &Answers, lang: Lang) -> Result<Table, Failure> {
    let opened = map.open(opener, answers);
    // postmap ends where it cannot open a table, and says nothing of those that it would open after it.
    let refused = opened.diagnostics.iter().position(|found| found.consequence == Consequence::TableRefused);
    let until = refused.unwrap_or(opened.diagnostics.len());
    problems::say(opened.diagnostics.get(..until).unwrap_or_default(), lang, |found| found.consequence.postfix_warns());
    match refused.and_then(|at| opened.diagnostics.get(at)) {
        Some(found) => Err(Failure::as_postmap(refusal(found, lang))),
        None => Ok(opened.table),
    }
}

fn warn(text: &str, lang: Lang) {
    complain(&format!("{}: {text}", command::WARNING.say(lang)));
}

fn remark_text(remark: &Remark, lang: Lang) -> String {
    match remark {
        Remark::KeyNotUtf8 { key, .. } => command::NOT_UTF_8.fill(lang, &[("key", &printable(key))]),
        Remark::ResultNotUtf8 { table, key, result } => command::RESULT_NOT_UTF_8
            .fill(lang, &[("table", table), ("key", &printable(key)), ("result", &printable(result))]),
        Remark::MatchFailed { rule, error } => {
            let reason = pcre::match_error(*error).say(lang);
            let values = [("table", &*rule.table), ("line", &rule.lines.first.to_string()), ("reason", reason)];
            command::MATCH_FAILED.fill(lang, &values)
        }
    }
}
